"""Code on the command line: where it goes, which language it is, what does not go together."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from derivcli import code
from derivcli.errors import ExitCode
from derivcli.model.choices import CODE
from tests.cli import complaint, deriv, error_object

if TYPE_CHECKING:
    from pathlib import Path


def test_it_is_what_python_returns() -> None:
    answer = deriv("x^2", "--code", "rust")
    assert (answer.code, answer.out, answer.err) == (0, code("x^2", "rust"), "")
    assert deriv("--code=rust", "x^2").out == answer.out
    assert deriv("--code", "rust", stdin=b"x^2\n").out == answer.out


def test_a_language_may_be_written_in_any_case() -> None:
    answer = deriv("x^2", "--code", "Rust")
    assert (answer.code, answer.out) == (0, code("x^2", "rust"))
    assert deriv("x^2", "--code=C").out == code("x^2", "c") == code("x^2", "C")
    assert json.loads(deriv("--code", "C", "x^2", "--json").out)["language"] == "c"


def test_alone_it_lists_the_languages() -> None:
    answer = deriv("--code")
    assert [line.split()[0] for line in answer.out.splitlines()] == list(CODE)
    assert "  rust            Rust (-o f.rs)\n" in answer.out


@pytest.mark.parametrize(("name", "language"), [("f.rs", "rust"), ("f.f90", "fortran"), ("f.py", "python")])
def test_the_name_of_the_file_tells_the_language(name: str, language: str, tmp_path: Path) -> None:
    file = tmp_path / name
    answer = deriv("x^2", "-o", str(file))
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert file.read_text(encoding="utf-8") == code("x^2", language)


def test_a_format_or_a_language_that_is_asked_for_counts_more_than_the_name(tmp_path: Path) -> None:
    file = tmp_path / "f.rs"
    deriv("x^2", "-o", str(file), "--code", "c")
    assert "#include <math.h>" in file.read_text(encoding="utf-8")
    deriv("x^2", "-o", str(file), "--json")
    assert json.loads(file.read_text(encoding="utf-8"))["derivatives"][0]["expression"] == "2*x"


def test_json_has_it_as_text() -> None:
    data = json.loads(deriv("x^2", "--code", "c", "--json").out)
    assert data == {"schema_version": 1, "expression": "x^2", "language": "c", "code": code("x^2", "c")}
    assert deriv("x^2", "--code", "c", "--format", "jsonl").out.count("\n") == 1


def test_how_the_text_was_read_is_said_on_standard_error() -> None:
    answer = deriv("1/2x", "--code", "c")
    assert answer.err.startswith("note: ")
    assert "0.5 * x" in answer.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--code", "brain", "x^2"), "error: no such language: brain\n"),
        (("x^2", "--code", "ruby"), "error: no such language: ruby\n"),
        (("x^2", "y^2", "--code"), "error: --code needs a language\n"),
        (("--code=brain", "x^2"), "error: --code is python, numpy, "),
        (("x^2", "--code"), "error: --code needs a language\n"),
        (("x^2", "y^2", "--code", "c"), "error: --code is for one expression\n"),
        (("x^2", "--code", "c", "--csv"), "error: --code and --format csv do not go together\n"),
        (("x^2", "--code", "c", "--at", "x=0:1:3"), "error: --code takes one point\n"),
        (("x^2", "--code", "c", "--steps"), "error: --code and --steps do not go together\n"),
        (("x^2", "--code", "c", "--graph", "--at", "x=1"), "error: --code and --graph do not go together\n"),
        (("x^2", "--code", "c", "--tangent", "--at", "x=1"), "error: --code and --tangent do not go together\n"),
        (("x^2", "--code", "c", "--plot"), "error: --code and --plot do not go together\n"),
    ],
)
def test_what_does_not_go_together_is_said(arguments: tuple[str, ...], message: str) -> None:
    answer = deriv(*arguments)
    assert answer.code == ExitCode.USAGE
    assert answer.err.startswith(message)


def test_a_function_that_is_lacking_is_marked() -> None:
    assert complaint("1 + erf(x)", "--code", "rust").startswith("error: rust has no erf\n  1 + erf(x)\n      ^^^^^^\n")
    assert error_object(complaint("1 + erf(x)", "--code", "rust", "--json"))["span"] == [4, 10]


def test_nothing_is_left_behind_where_no_code_can_be_written(tmp_path: Path) -> None:
    deriv("1 + erf(x)", "-o", str(tmp_path / "f.rs"))
    assert list(tmp_path.iterdir()) == []
