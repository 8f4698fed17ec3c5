"""The autograd graph on the command line: where it stands, what does not go together, what is left behind."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from derivcli.errors import ExitCode
from derivcli.model import Result
from tests.cli import complaint, deriv, error_object, is_harmless, on_screen, validator

if TYPE_CHECKING:
    from pathlib import Path

needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which the command runs."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_stands_below_the_answer() -> None:
    answer = deriv("x^2", "--at", "x=3", "--graph")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(deriv("x^2", "--at", "x=3").out)
    assert "1 PowBackward0  x**2" in answer.out
    assert answer.out.endswith("exponent = 2, self = 3\n")
    assert is_harmless(answer.out)


def test_a_terminal_gets_lines_that_fit() -> None:
    answer = on_screen("sin(x/(2*sqrt(2)))", "--at", "x=100", "--graph", "--color", "never")
    assert answer.code == 0
    assert max(map(len, answer.out.partition("autograd graph")[2].splitlines())) <= 80


@pytest.mark.parametrize("arguments", [("--graph=attributes",), ("--graph", "attributes")])
def test_attributes_are_the_table_of_the_tutorials(arguments: tuple[str, ...]) -> None:
    answer = deriv("x^2", "--at", "x=3", *arguments)
    assert "tensor   data   grad   grad_fn          is_leaf   requires_grad" in answer.out
    assert "x**2        9     1*   <PowBackward0>   False     True" in answer.out


def test_the_exit_code_is_that_of_the_answer() -> None:
    assert deriv("abs(x)", "--at", "x=0", "--graph").code == ExitCode.NO_DERIVATIVE


@pytest.mark.parametrize(
    "arguments",
    [("--graph", "-"), ("--graph=-",), ("--graph", "-j"), ("--graph", "--format", "jsonl")],
)  # fmt: skip
def test_json_has_it_under_graph_as_the_schema_says(arguments: tuple[str, ...]) -> None:
    answer = deriv("where(x != 0, sin(x)/x, 1)", "--at", "x=0", *arguments)
    data = json.loads(answer.out)
    validator("result").validate(data)
    assert data["graph"]["operations"][0]["name"] == "WhereBackward0"
    assert data["graph"]["leaves"][0]["grad_special"] == "nan"
    assert data["derivatives"][0]["answer"] == 0
    assert Result.from_dict(data).to_dict() == data


@pytest.mark.parametrize(
    ("name", "start"), [("g.dot", b"digraph"), ("g.gv", b"digraph"), ("g.mmd", b"flowchart TD"), ("g.json", b"{")]
)
def test_a_file_is_written_by_its_name_and_the_answer_printed(name: str, start: bytes, here: Path) -> None:
    answer = deriv("x^2", "--at", "x=3", "--graph", name, "--quiet")
    assert (answer.code, answer.out, answer.err) == (0, "6.0\n", f"graph of f written to {name}\n")
    assert (here / name).read_bytes().startswith(start)
    assert len(list(here.iterdir())) == 1


@needs_dot
@pytest.mark.parametrize(("suffix", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_graphviz_writes_pictures(suffix: str, start: bytes, here: Path) -> None:
    answer = deriv("x^2", "--at", "x=3", "--graph", f"g.{suffix}")
    assert (answer.code, answer.out) == (0, deriv("x^2", "--at", "x=3").out)
    assert (here / f"g.{suffix}").read_bytes().startswith(start)


def test_without_graphviz_the_error_comes_before_the_work(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    said = complaint("x^2", "--at", "x=3", "--graph", "g.svg")
    assert said.startswith("error: a graph as .svg needs Graphviz, whose program `dot` is not found\nhint: install")
    assert list(here.iterdir()) == []


def test_the_second_order_shows_the_graph_of_the_gradient() -> None:
    answer = deriv("x^4", "--at", "x=2", "--order", "2", "--graph")
    assert "autograd graph of df/dx at x = 2" in answer.out
    assert "x.grad = 48" in answer.out


def test_the_expression_may_come_from_standard_input() -> None:
    assert deriv("-", "--at", "x=3", "--graph", stdin=b"x^2\n") == deriv("x^2", "--at", "x=3", "--graph")


def test_readings_stand_where_they_do_without_a_graph(here: Path) -> None:
    answer = deriv("1/2x", "--at", "x=2", "--graph", "g.dot", "--quiet")
    assert answer.err == "note: `1/2x` was read as `(1/2)*x`\ngraph of f written to g.dot\n"


_AT_ONE = "--graph draws f at one point"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("x^2 --graph", "a graph needs a point, whose numbers it shows\nhint: add --at x=2"),
        ("x^2 --at x=0:1:3 --graph", "a graph is drawn at one point\nhint: give `x` one value: --at x=2"),
        ("x^2 --at x=1,2 --graph", "a graph is drawn at one point\nhint: give `x` one value: --at x=2"),
        ("x --points p.csv --graph", f"--graph and --points do not go together\nhint: {_AT_ONE}"),
        ("x --at x=1 --along x=1 --graph", f"--graph and --along do not go together\nhint: {_AT_ONE}"),
        ("x --at x=1 --partial x,x --graph", f"--graph and --partial do not go together\nhint: {_AT_ONE}"),
        ("x^2=y --at x=1,y=1 --implicit y --graph", f"--graph and --implicit do not go together\nhint: {_AT_ONE}"),
        ("x x^2 --at x=1 --graph", "--graph draws one expression\nhint: ask for one expression at a time"),
        (
            "x --graph --plot",
            "--plot and --graph do not go together\nhint: --plot draws f and its derivatives over a range",
        ),
        ("x --at x=1 --order 9 --graph", "a graph is drawn up to order 4, not 9\nhint: ask for order 4"),
        (
            "x --at x=1 --graph --csv",
            "--graph and --format csv do not go together\n"
            "hint: the table and JSON show the graph; --graph FILE goes with every format",
        ),
        (
            "x --at x=1 --graph g.gif",
            "a graph cannot be written as `.gif`\n"
            "hint: write a file with the suffix .dot, .mmd, .json, .svg, .png or .pdf",
        ),
        (
            "x --at x=1 --graph g",
            "--graph cannot draw into `g`\n"
            "hint: a picture needs a file with the suffix .dot, .mmd, .json, .svg, .png or .pdf, and one expression",
        ),
    ],
)
def test_what_has_no_graph_is_refused(arguments: str, said: str, here: Path) -> None:
    answer = deriv(*arguments.split())
    assert answer.err == f"error: {said}\n"
    assert (answer.code, answer.out) == (ExitCode.USAGE, "")
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("arguments", ["x+ --at x=1 --graph g.dot", "1+gamma(x) --at x=1 --graph g.dot"])
def test_an_error_leaves_no_file(arguments: str, here: Path) -> None:
    assert deriv(*arguments.split()).code in (ExitCode.USAGE, ExitCode.UNREADABLE)
    assert list(here.iterdir()) == []


def test_a_function_that_torch_lacks_is_pointed_at() -> None:
    assert complaint("1+gamma(x)", "--at", "x=2", "--graph") == (
        "error: torch has no function for `gamma` that it can differentiate, so there is no graph\n"
        "  1+gamma(x)\n"
        "    ^^^^^^^^\n"
        "hint: leave out the graph: the answer has the derivative all the same\n"
    )


def test_an_error_is_a_json_object_where_json_was_asked_for() -> None:
    assert error_object(complaint("x", "--graph", "--json"))["kind"] == "point"


def test_a_locale_of_ascii_gets_a_tree_of_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("derivcli.cli.streams.Environment.unicode", lambda _self: False)
    answer = deriv("x^2+x", "--at", "x=3", "--graph")
    assert answer.out.isascii()
    assert "| 2 PowBackward0" in answer.out
