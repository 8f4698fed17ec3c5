"""Words that are no expression by themselves: what is said of them, and which ones are left alone."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from derivcli.cli.slips import HELP, expressions_among, option_meant
from derivcli.errors import UsageError
from tests.cli import deriv, error_object
from tests.every import for_all

if TYPE_CHECKING:
    from pathlib import Path

_CONSTANT = "write a constant function in parentheses: (3)"
_SHELL = "is the name of a file: the shell puts such names in place of an unquoted `*`"
_QUOTES = 'put the expression in quotes: deriv "x^2 + 1" --at x=3'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which the command runs, with some files in it."""
    for name in ("Makefile", "README.md", "y"):
        (tmp_path / name).touch()
    (tmp_path / "tests").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(words: list[str], at: list[str]) -> tuple[str, str | None]:
    """Return the cause and the hint of a refusal."""
    with pytest.raises(UsageError) as caught:
        expressions_among(words, at)
    return caught.value.message, caught.value.hint


@pytest.mark.parametrize(
    ("words", "shown", "value"),
    [
        (["x^2", "-x", "3"], "-x 3", "x=3"),
        (["x^2", "--x", "3"], "--x 3", "x=3"),
        (["-x", "3", "x^2"], "-x 3", "x=3"),
        (["-x", "3"], "-x 3", "x=3"),
        (["sin(t)", "-t", "pi/4"], "-t pi/4", "t=pi/4"),
        (["sin(t)", "-t", "2*pi"], "-t 2*pi", "t=2*pi"),
        (["x^2", "-x=3"], "-x=3", "x=3"),
        (["x^2", "--x=1e-3"], "--x=1e-3", "x=1e-3"),
        (["k*x", "-rate", ".5"], "-rate .5", "rate=.5"),
    ],
)
def test_a_variable_is_no_option_with_a_value(words: list[str], shown: str, value: str) -> None:
    name = value.partition("=")[0]
    assert refused(words, []) == (f"`{shown}` gives no value to `{name}`", f"write --at {value}")


def test_the_values_that_are_there_stay_in_the_hint() -> None:
    assert refused(["x*y", "-y", "3"], ["x=2"]) == ("`-y 3` gives no value to `y`", "write --at x=2,y=3")


@pytest.mark.parametrize(
    ("words", "at", "hint"),
    [
        (["x^2", "3"], [], f"write a value with its name: --at x=3; {_CONSTANT}"),
        (["x*sin(z)", "3"], [], f"write a value with its name: --at x=3,z=...; {_CONSTANT}"),
        (["x*z", "3"], ["x=1"], f"write a value with its name: --at x=1,z=3; {_CONSTANT}"),
        (["2pi*r", "3"], [], f"write a value with its name: --at r=3; {_CONSTANT}"),
        (["3", "x^2"], [], f'put it in quotes: deriv "3 x^2"; {_CONSTANT}'),
        (["x", "3"], ["x=1"], f'put it in quotes: deriv "x 3"; {_CONSTANT}'),
    ],
)
def test_a_number_beside_an_expression_is_a_value_or_a_part_of_it(words: list[str], at: list[str], hint: str) -> None:
    assert refused(words, at) == ("`3` could be a value or an expression", hint)


@for_all(
    "words",
    [
        ["x^2", "+3x"],
        ["x^2", "+x"],
        ["x", "+", "1"],
        ["x", "-", "1"],
        ["x^2", "-2"],
        ["-x", "-3"],
        ["-x", "+", "3"],
        ["x", "/", "2"],
        ["sin(x", ")"],
    ],
)
def test_pieces_of_an_expression_are_put_together(words: list[str]) -> None:
    joined = " ".join(words)
    assert refused(words, []) == (
        f"the shell made {len(words)} words of one expression",
        f'put it in quotes: deriv "{joined}"',
    )


def test_a_star_that_the_shell_has_replaced_is_put_back() -> None:
    words = ["x", "Makefile", "README.md", "tests", "y", "2"]
    assert refused(words, []) == (f"`Makefile` {_SHELL}", 'put it in quotes: deriv "x * 2"')
    assert refused(["2", *words], []) == (f"`Makefile` {_SHELL}", _QUOTES)


@pytest.mark.parametrize(
    ("words", "file", "hint"),
    [
        (["x^2", "README.md"], "README.md", _QUOTES),
        (["x^2", "not_there.csv"], "not_there.csv", _QUOTES),
        (["x^2", "tests/a-b.py"], "tests/a-b.py", _QUOTES),
        (["x^2", "y"], "y", f"{_QUOTES}; a variable in parentheses: (y)"),
    ],
)
def test_a_file_beside_an_expression_is_no_function(words: list[str], file: str, hint: str) -> None:
    assert refused(words, []) == (f"`{file}` {_SHELL}", hint)


def test_the_name_of_a_file_alone_is_told_from_an_expression() -> None:
    assert refused(["data.csv"], []) == (
        "`data.csv` is the name of a file, not an expression",
        "--points data.csv reads points, deriv - < data.csv reads an expression",
    )


def test_a_folder_of_many_files_is_looked_through_at_once(folder: Path) -> None:
    names = [f"file{number}" for number in range(5000)]
    for name in names:
        (folder / name).touch()
    started = time.monotonic()
    assert refused(["x", *names, "2"], []) == (f"`file0` {_SHELL}", 'put it in quotes: deriv "x * 2"')
    assert time.monotonic() - started < 5


@for_all(
    ("words", "at"),
    [
        (["x", "-x"], ["x=1"]),
        (["x*y", "y"], []),  # y is a file too
        (["x", "y"], ["x=1,y=2"]),
        (["x^2", "(y)"], []),
        (["y"], []),
        (["tests"], []),
        (["x^2", "(3)"], []),
        (["3"], []),
        (["-3"], []),
        (["+3x"], []),
        (["-", "x"], []),
        (["x", "-"], []),
        (["x", "-v"], ["x=1,v=2"]),
        (["x.5"], []),
        (["2.5x", "1.e"], []),
        (["y=x^2", "g(x)=2x"], []),
    ],
)
def test_what_can_be_meant_as_it_stands_is_left_alone(words: list[str], at: list[str]) -> None:
    assert expressions_among(words, at) == words


def test_it_is_an_error_of_usage_in_either_form() -> None:
    answer = deriv("x^2", "-x", "3")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "error: `-x 3` gives no value to `x`\nhint: write --at x=3\n"
    assert error_object(deriv("x^2", "-x", "3", "-j").err)["hint"] == "write --at x=3"


@for_all(
    ("unknown", "hint"),
    [
        ("--tangents", "did you mean --tangent?"),
        ("--hesian", "did you mean --hessian?"),
        ("--graf", "did you mean --graph?"),
        ("--wtr", "did you mean --wrt?"),
        ("--At", "did you mean --at?"),
        ("--colour", "did you mean --color?"),
        ("--quite", "did you mean --quiet?"),
        ("--partials", "did you mean --partial?"),
        ("--impl", "did you mean --implicit?"),
        ("--out", "did you mean --output?"),
        ("--latex", "write --format latex"),
        ("--markdown", "write --format markdown"),
        *(
            (f"--{word}", HELP)
            for word in ("foo", "gradient", "precision", "derivative", "second", "dark", "log", "tree")
        ),
    ],
)
def test_an_unknown_option_is_told_what_was_meant_or_nothing(unknown: str, hint: str) -> None:
    assert option_meant(unknown) == hint


@for_all(
    ("words", "hint"),
    [
        (["-x^2", "-q"], 'leave `--` out: deriv "-x^2" -q'),
        (["-x^2", "--at", "x=2"], 'leave `--` out: deriv "-x^2" --at x=2'),
        (["-x^2" * 20, "--json"], "leave `--` out: an expression may start with a minus"),
    ],
)
def test_an_option_behind_the_end_of_options_is_told(words: list[str], hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        expressions_among(words, [])
    assert caught.value.message == f"`{words[1]}` stands behind `--`, where all words are expressions"
    assert caught.value.hint == hint


def test_the_name_of_an_option_that_has_a_value_is_an_expression() -> None:
    assert expressions_among(["h", "-h"], ["h=1"]) == ["h", "-h"]
