"""Formulas in the notation of the question, which can be typed in again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from derivcli.document import Canvas, Format, render
from derivcli.document.spelling import Spelling
from derivcli.errors import Span
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.language.styles import PYTHON, Notation, style_of
from derivcli.language.tree import Node, variables
from derivcli.model import Value
from tests.document.builders import derivative, result
from tests.document.samples import CAUSED
from tests.document.view_samples import CURVE, TAYLOR, TOTAL
from tests.every import examples, for_all
from tests.language.test_styles import _with_powers
from tests.strategies import expressions

if TYPE_CHECKING:
    from derivcli.model import Result

MATH = Spelling(style_of("x^2"), ("x", "y"))


def lines(answer: Result, notation: Notation = Notation.AUTO, form: Format = Format.TABLE) -> list[str]:
    return render(replace(answer, expression="x^2"), form, Canvas(notation=notation)).splitlines()


@for_all(
    ("text", "shown"),
    [
        ("2*x**3", "2x^3"),
        ("exp(x)*log(x)", "e^x*ln(x)"),
        ("x***2", "x***2"),
        ("no closed form", "no closed form"),
        ("df/dx", "df/dx"),
    ],
)
def test_what_can_be_read_is_written_in_the_style(text: str, shown: str) -> None:
    assert MATH.text(text) == shown


def test_a_long_text_stays_as_it_is() -> None:
    long = " + ".join(f"x**{n}" for n in range(2, 2000))
    assert MATH.text(long) == long


def test_in_the_style_of_python_nothing_is_read() -> None:
    assert Spelling(PYTHON).text("x**2 + ") == "x**2 + "


def test_of_equations_for_names_the_right_sides_are_formulas() -> None:
    assert MATH.right_sides("x = 1 + 2*t, df = 3*x**2*dx") == "x = 1 + 2t, df = 3x^2*dx"
    assert MATH.equation("x**2 + y**2 = 2*x*y") == "x^2 + y^2 = 2x*y"


def test_formulas_quoted_in_a_sentence_are_in_the_style_too() -> None:
    assert MATH.quoted("overflow of `exp(x**2)`, torch's `**` magnifies") == (
        "overflow of `e^(x^2)`, torch's `**` magnifies"
    )


@for_all(
    ("text", "part"),
    [
        ("(1 - cos(x))/x**2", "1 - cos(x)"),
        ("exp(2*x)*exp(2*y)", "2*y"),
        ("x + exp(x**2)", "x**2"),
        ("x + exp(x**2)", "exp(x**2)"),
        ("abs(x)*abs(2*x**2)", "2*x**2"),
        ("y", "y"),
    ],
)
def test_a_marked_part_is_marked_in_the_other_spelling(text: str, part: str) -> None:
    start = text.index(part)
    shown, span = MATH.marked(text, Span(start, start + len(part)))
    assert shown[slice(*span)] == MATH.text(part)
    assert shown == MATH.text(text)


def test_a_figure_has_its_carets_below_the_part() -> None:
    drawn = lines(CAUSED)
    (place,) = (index for index, line in enumerate(drawn) if "^^^" in line)
    start, end = drawn[place].index("^"), len(drawn[place])
    assert drawn[place - 1][start:end] == "1 - cos(x)"
    assert drawn[place - 1].endswith("/x^2")
    assert drawn[place + 1].endswith("hint: write 2*sin(x/2)^2/x^2")


@pytest.mark.parametrize("answer", [CURVE, TAYLOR, TOTAL])
@pytest.mark.parametrize("form", [Format.TABLE, Format.MARKDOWN])
def test_one_answer_has_one_notation(answer: Result, form: Format) -> None:
    assert "^" in "".join(lines(answer, form=form))
    assert "**" not in re.sub(r"\*\*([-\d., e]+)\*\*", r"\1", "".join(lines(answer, form=form)))  # bold numbers
    assert "^" not in "".join(lines(answer, Notation.PYTHON, form))


def test_bare_formulas_have_it_too_and_json_keeps_python_s() -> None:
    answer = replace(result("x^3", None, Value(), derivative("x", expression="3*x**2")), variables=("x",))
    assert render(answer, Format.VALUE) == "3x^2\n"
    assert render(answer, Format.VALUE, Canvas(notation=Notation.PYTHON)) == "3*x**2\n"
    assert '"3*x**2"' in render(answer, Format.JSON)


@given(tree=expressions())
@examples(25, 100)
def test_what_the_terminal_shows_can_be_typed_in_again(tree: Node) -> None:
    names, text = variables(tree), to_text(tree)
    answer = replace(result(text, None, Value(), derivative("x", expression=text)), variables=names, expression="x^2")
    shown = [line.partition(" = ")[2] for line in render(answer, Format.TABLE).splitlines()[:2]]
    assert all(_with_powers(parse(form, names).tree) == _with_powers(tree) for form in shown)
