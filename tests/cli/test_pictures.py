"""Pictures on the command line: in the terminal and in files, what does not go together, what is left behind."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from derivcli import plot
from derivcli.document import Canvas
from derivcli.errors import DataError, ExitCode
from tests.cli import Broken, complaint, deriv, error_object, is_harmless, on_screen, writing_to
from tests.every import at_night

if TYPE_CHECKING:
    from pathlib import Path

HEADS = {"png": b"\x89PNG\r\n\x1a\n", "svg": b"<?xml", "pdf": b"%PDF-"}
_RANGE = "--plot draws f and its derivatives over a range"
_HIGHER = "ask for higher ones in another call, without --plot"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which the command runs."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        ("x^3-3x", "--plot"),
        ("--plot", "--", "x^3-3x"),
        ("x^3-3x", "--plot", "--at", "x=-2:2"),
        ("x^3-3x", "--at", "x=-2:2:50", "--plot"),
        ("a*x", "--at", "a=2", "--plot"),
        ("x*y", "--plot"),
    ],
)
def test_a_picture_in_text_needs_no_terminal(arguments: tuple[str, ...]) -> None:
    answer = deriv(*arguments)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.endswith("\n")
    assert not answer.out.endswith("\n\n")
    assert answer.out.count("\n") > 10
    assert is_harmless(answer.out)


def test_it_is_the_picture_of_that_function_over_that_range() -> None:
    answer = deriv("x^3-3x", "--plot", "--at", "x=-2:2")
    assert answer.out == plot.picture("x^3-3x", {"x": "-2:2"}, Canvas())
    assert answer.out != plot.picture("x^3-3x", {"x": "-3:2"}, Canvas())


def test_the_expression_may_come_from_standard_input() -> None:
    assert deriv("-", "--plot", stdin=b"x^3-3x\n") == deriv("x^3-3x", "--plot")


def test_a_terminal_gets_a_picture_that_fits() -> None:
    answer = on_screen("x^3-3x", "--plot", "--color", "never")
    assert answer.code == 0
    assert all(len(line) <= 80 for line in answer.out.splitlines())
    assert is_harmless(answer.out)


def test_a_picture_in_text_can_be_written_to_a_file(here: Path) -> None:
    answer = deriv("x^2", "--plot", "--output", "picture.txt")
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert (here / "picture.txt").read_text(encoding="utf-8") == deriv("x^2", "--plot").out


def test_the_file_of_the_answer_is_drawn_on_if_its_name_is_that_of_a_picture(here: Path) -> None:
    answer = deriv("relu(x)", "--plot", "-o", "picture.PNG", "--at", "x=-2:2")
    assert (answer.code, answer.out, answer.err) == (0, "", "plotted over x = -2:2, written to picture.PNG\n")
    assert (here / "picture.PNG").read_bytes().startswith(HEADS["png"])


@pytest.mark.parametrize("suffix", ["png", *at_night("svg", "pdf")])
def test_a_picture_is_written_to_a_file(suffix: str, here: Path) -> None:
    answer = deriv("relu(x)", "--plot", f"picture.{suffix}", "--at", "x=-2:2")
    assert (answer.code, answer.out, answer.err) == (0, "", f"plotted over x = -2:2, written to picture.{suffix}\n")
    assert (here / f"picture.{suffix}").read_bytes().startswith(HEADS[suffix])
    assert len(list(here.iterdir())) == 1


@pytest.mark.parametrize(
    "arguments", [("--plot=p.svg", "x^2"), *at_night((("x^2", "--plot=p.svg"),), (("x^2", "--plot", "p.svg"),))]
)
def test_the_name_of_the_file_may_stand_before_the_expression(arguments: tuple[str, ...], here: Path) -> None:
    assert deriv(*arguments).code == 0
    assert [path.name for path in here.iterdir()] == ["p.svg"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            "x x*y --plot",
            "a picture shows several functions of one variable, and x, y are 2\nhint: hold the others: --at y=2",
        ),
        (
            "x 2x 3x 4x 5x 6x --plot",
            "a picture shows 5 expressions at most, not 6\nhint: ask for some of them in another call",
        ),
        ("x --plot --points p.csv", f"--plot and --points do not go together\nhint: {_RANGE}"),
        ("x --plot --order 5", f"a picture shows derivatives of the orders 1 to 4, not 5\nhint: {_HIGHER}"),
        ("x --plot --order 0", f"a picture shows derivatives of the orders 1 to 4, not 0\nhint: {_HIGHER}"),
        (
            "x*y --plot --order 2",
            "--order is drawn for one variable; a picture of two shows f and its gradient\n"
            "hint: hold one of them, such as --at y=2",
        ),
        ("x --plot --wrt x", f"--plot and --wrt do not go together\nhint: {_RANGE}"),
        ("x --plot --partial x,x", f"--plot and --partial do not go together\nhint: {_RANGE}"),
        ("x --plot --hessian", f"--plot and --hessian do not go together\nhint: {_RANGE}"),
        ("x --plot --along x=1", f"--plot and --along do not go together\nhint: {_RANGE}"),
        ("x^2=y --plot --implicit y", f"--plot and --implicit do not go together\nhint: {_RANGE}"),
        ("x --plot --tangent", "--tangent needs a point\nhint: add --at x=..."),
        (
            "a*sin(x) --plot",
            "`a` is a parameter of a function of x, without a value\n"
            "hint: add --at a=2; a range, such as --at a=-5:5, makes it a second variable",
        ),
        ("x --plot --taylor 2", f"--plot and --taylor do not go together\nhint: {_RANGE}"),
        ("x --plot --taylor 0", f"--plot and --taylor do not go together\nhint: {_RANGE}"),
        ("x --plot --total", f"--plot and --total do not go together\nhint: {_RANGE}"),
        ("x --plot --csv", "--plot and --format csv do not go together\nhint: ask for the numbers in another call"),
        ("x --plot --quiet", "--plot and --format value do not go together\nhint: ask for the numbers in another call"),
        ("x --plot p.png --output q.png", "--plot names its file itself\nhint: leave out --output"),
        (
            "x --plot p.gif",
            "a picture cannot be written as `.gif`\nhint: write a file with the suffix .png, .svg or .pdf",
        ),
    ],
)
def test_what_a_picture_does_not_show_is_refused(arguments: str, said: str, here: Path) -> None:
    answer = deriv(*arguments.split())
    assert answer.err == f"error: {said}\n"
    assert (answer.code, answer.out) == (2, "")
    assert list(here.iterdir()) == []


def test_a_range_that_was_chosen_is_said(here: Path) -> None:
    answer = deriv("relu(x)", "--plot", "p.png")
    assert answer.err == "plotted over x = -3:3, chosen, written to p.png\n"


@pytest.mark.parametrize("name", ["noext", "d.csv/", "/dev/full", "a-b", "./p", "~/p"])
@pytest.mark.parametrize("form", ["x^2 --plot {}", "--plot {} x^2", "x^2 --at x=0:1 --plot {} --color never"])
def test_a_word_behind_it_that_is_no_picture_is_told_so(name: str, form: str, here: Path) -> None:
    assert complaint(*form.format(name).split()) == (
        f"error: --plot cannot draw into `{name}`\n"
        "hint: a picture needs a file with the suffix .png, .svg or .pdf, and one expression\n"
    )
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("arguments", ["--plot x", "--plot x/2", "--plot x --at x=0:1", "--plot -x/2"])
def test_a_word_behind_it_that_stands_alone_is_the_expression(arguments: str) -> None:
    assert deriv(*arguments.split()).code == 0


def test_two_expressions_around_it_are_two_expressions() -> None:
    assert deriv("x", "--plot", "x^2") == deriv("x", "x^2", "--plot")


def test_one_of_several_expressions_may_come_from_standard_input() -> None:
    assert deriv("x", "-", "--plot", stdin=b"x^2\n") == deriv("x", "x^2", "--plot")
    assert complaint("-", "-", "--plot").startswith("error: - stands for standard input, which can be read once only")


def test_a_picture_the_command_and_the_prompt_fit_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("LINES", "20")
    answer = on_screen("x^3-3x", "--plot", "--color", "never")
    assert answer.out.count("\n") in (17, 18)
    assert "df/dx = " in answer.out
    assert answer.out.endswith("plotted over x = -3:3, chosen\n")


@pytest.mark.parametrize("arguments", ["x+ --plot p.png", "x*y*z --plot p.svg", "x+y --at x=1,y=2 --plot p.png"])
def test_an_error_leaves_no_file(arguments: str, here: Path) -> None:
    assert deriv(*arguments.split()).code in (ExitCode.USAGE, ExitCode.UNREADABLE)
    assert list(here.iterdir()) == []


def test_an_error_leaves_the_file_that_was_there(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise DataError("the brush broke")

    monkeypatch.setattr(plot, "on_paper", fail)
    (here / "p.png").write_bytes(b"old")
    assert complaint("x", "--plot", "p.png") == "error: the brush broke\n"
    assert [(path.name, path.read_bytes()) for path in here.iterdir()] == [("p.png", b"old")]


def test_a_folder_that_is_not_there_is_noticed_before_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plot, "shapes_of", lambda *_: pytest.fail("drawn for nobody"))
    answer = deriv("x", "--plot", "/no/such/folder/p.png")
    assert answer.code == ExitCode.OUTPUT
    assert answer.err == "error: cannot write to /no/such/folder/p.png: No such file or directory\n"


def test_an_error_is_a_json_object_where_json_was_asked_for() -> None:
    found = error_object(complaint("x", "--plot", "--json"))
    assert (found["kind"], found["message"]) == ("usage", "--plot and --format json do not go together")


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, here: Path) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    said = complaint("x", "--plot", "p.png")
    assert "derivcli[plot]" in said
    assert list(here.iterdir()) == []
    assert deriv("x^2", "--plot").code == 0


def test_a_full_disk_is_said() -> None:
    code, said = writing_to(Broken(OSError(28, "No space left on device")), "x^2", "--plot")
    assert (code, said) == (ExitCode.OUTPUT, "error: cannot write to standard output: No space left on device\n")
