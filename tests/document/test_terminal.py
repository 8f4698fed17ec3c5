"""The table: how it looks at each width, and that nothing is ever lost or acted on."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rich.cells import cell_len

from derivcli.document import Canvas, Format, render
from derivcli.model import Result, System, Value
from tests.document.builders import agreed, derivative
from tests.document.pictures import DRAWN, FOLDER, pictures
from tests.document.samples import CORNER, LOST, NO_POINT, POLE, SAMPLES, SMOOTH, UNSYMBOLIC
from tests.document.view_samples import CURVE, HESSIAN, LONG, VERTICAL, WIDE_HESSIAN
from tests.every import at_night

PYTHON = "x**2"  # a question in that notation


EVERY_PICTURE = pytest.mark.parametrize("name", DRAWN)
EVERY_SAMPLE = pytest.mark.parametrize("name", SAMPLES)


def table(result: Result | System, width: int | None = None, *, color: bool = False, unicode: bool = True) -> str:
    return render(result, Format.TABLE, Canvas(width, color, unicode))


def squeezed(text: str) -> str:
    return "".join(text.split())


@EVERY_PICTURE
def test_looks_as_in_its_picture_at_every_width(name: str) -> None:
    assert pictures(name) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_smooth_answer_on_a_terminal_of_80_columns() -> None:
    assert table(SMOOTH, 80) == (
        "  f(x)  = 5x^4 + 3x^3\n"
        "  df/dx = 20x^3 + 9x^2\n"
        "\n"
        "  df/dx at x = 2 is 196: all three witnesses agree\n"
        "\n"
        "  at x = 2   autograd   symbolic   difference   verdict\n"
        "  ─────────────────────────────────────────────────────\n"
        "  f               104        104            0   agree\n"
        "  df/dx           196        196            0   agree\n"
    )


@EVERY_PICTURE
@pytest.mark.parametrize("width", [20, 40, 60, 80, *at_night(30, 50, 120)])
def test_no_line_is_wider_than_the_terminal(name: str, width: int) -> None:
    assert max(map(cell_len, table(DRAWN[name], width).splitlines())) <= width


@EVERY_SAMPLE
@pytest.mark.parametrize("width", [1, 20, 40, 79, *at_night(30, 60)])
def test_nothing_is_lost_on_a_narrow_terminal(name: str, width: int) -> None:
    sample = SAMPLES[name]
    shown = squeezed(table(sample, width))
    for value in (sample.value, *sample.derivatives):
        numbers = (value.autograd, value.symbolic, value.answer)
        texts = [repr(number).removesuffix(".0") for number in numbers if number is not None and abs(number) < 1e300]
        assert all(squeezed(text) in shown for text in (*texts, value.note or "")), (texts, shown)


def test_a_long_formula_is_folded_with_a_hanging_indent_and_never_cut() -> None:
    formula = "*".join(f"sin({n}*x)" for n in range(60))
    picture = table(replace(SMOOTH, expression=PYTHON, read_as=formula), 60)
    lines = picture.split("  df/dx")[0].splitlines()
    assert len(lines) > 5
    assert all(line.startswith("          ") for line in lines[1:])
    assert formula in squeezed(picture)


def test_what_is_no_terminal_is_neither_wrapped_nor_coloured() -> None:
    formula = " + ".join(f"x**{n}" for n in range(3000))
    picture = table(replace(SMOOTH, read_as=formula, notes=("word " * 500,)))
    assert f"  f(x)  = {formula}\n" in picture
    assert "\x1b" not in picture


@EVERY_SAMPLE
@pytest.mark.parametrize("width", [None, 40, *at_night(80)])
def test_colours_come_only_when_asked_for_and_change_no_word(name: str, width: int | None) -> None:
    plain, coloured = table(SAMPLES[name], width), table(SAMPLES[name], width, color=True)
    assert "\x1b" not in plain
    assert "\x1b[" in coloured
    assert [line.rstrip() for line in re.sub(r"\x1b\[[\d;]*m", "", coloured).splitlines()] == plain.splitlines()


def test_colours_are_the_standard_ones_that_every_terminal_theme_has() -> None:
    coloured = "".join(table(sample, color=True) for sample in SAMPLES.values())
    codes = {code for sequence in re.findall(r"\x1b\[([\d;]*)m", coloured) for code in sequence.split(";")}
    assert codes <= {"0", "1", "31", "32", "33"}


def test_agreement_is_green_and_the_answer_is_bold() -> None:
    row = table(SMOOTH, color=True).splitlines()[-1]
    assert row == "  \x1b[1mdf/dx\x1b[0m           \x1b[1m196\x1b[0m        196            0   \x1b[32magree\x1b[0m"


def test_the_number_to_trust_is_the_bold_one_where_witnesses_differ() -> None:
    assert "\x1b[1m-8.333333333333334e-10\x1b[0m" in table(LOST, color=True)


def test_the_environment_has_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    before = table(CORNER, 70, color=True)
    for name, value in {"COLUMNS": "20", "NO_COLOR": "1", "FORCE_COLOR": "1", "TERM": "dumb"}.items():
        monkeypatch.setenv(name, value)
    assert table(CORNER, 70, color=True) == before
    assert "\x1b" not in table(CORNER, 70)


@EVERY_PICTURE
def test_only_ascii_where_unicode_is_off(name: str) -> None:
    assert table(DRAWN[name], unicode=False).isascii()


def test_ascii_has_its_own_words_for_signs_and_escapes_for_letters() -> None:
    greek = replace(POLE, variables=("α", "y"), read_as="1/α", derivatives=(derivative("α", **agreed(1.0)),))
    picture = table(greek, unicode=False)
    assert "left limit -inf, right limit inf" in picture
    assert "df/d\\u03b1" in picture
    assert "∂f/∂α" in table(greek)


@pytest.mark.parametrize("text", ["[red]x", "[/]", ":smile:", "[link=http://x]y[/link]", "\\[bold]x"])
def test_markup_in_what_was_typed_is_shown_literally(text: str) -> None:
    picture = table(replace(SMOOTH, read_as=text, notes=(text,)), color=True)
    assert picture.count(text) == 2


def test_control_and_invisible_characters_are_escaped() -> None:
    picture = table(replace(SMOOTH, read_as="x\x1b[31m\u202e\r\n\t", notes=("a\x07\u200bb",)))
    assert "x\\x1b[31m\\u202e\\r\\n\\t" in picture
    assert "a\\x07\\u200bb" in picture


def test_a_coordinate_that_is_no_plain_number_is_followed_by_its_float() -> None:
    assert "\n  at u = 3, v = pi/4 (0.7853981633974483)\n" in table(UNSYMBOLIC)


def test_the_quotient_has_a_column_only_where_it_says_what_the_symbolic_number_does_not() -> None:
    step = replace(SMOOTH, derivatives=(derivative(**{**agreed(1.0), "symbolic": 0.5}),))
    assert "quotient" not in table(SMOOTH)
    assert "quotient" in table(UNSYMBOLIC)
    assert "quotient" in table(step)


def test_minus_zero_is_shown_as_zero() -> None:
    assert "-0" not in table(replace(SMOOTH, derivatives=(derivative(**agreed(-0.0)),)))


def test_no_point_and_no_spot_check_is_said() -> None:
    assert "not checked against autograd at any point" in table(replace(NO_POINT, spot_checks=None))


def test_many_or_long_variables_do_not_push_the_formula_away() -> None:
    names = tuple(f"variable_number_{n}" for n in range(30))
    picture = table(replace(SMOOTH, variables=names), 80)
    assert picture.startswith("  f     = 5x^4")


def test_a_very_long_name_stands_above_its_formula() -> None:
    name = "n" * 70
    lines = table(replace(NO_POINT, variables=(name,), derivatives=(derivative(name, expression="1"),)), 40)
    assert squeezed(f"df/d{name} = 1") in squeezed(lines)


def test_a_number_without_a_note_has_no_empty_remark() -> None:
    assert table(replace(SMOOTH, value=Value(**agreed(1.0), note=None))).count("\n") == 9


def test_no_number_of_a_matrix_is_lost_on_a_narrow_terminal() -> None:
    for width in (20, 30, 40):
        shown = squeezed(table(WIDE_HESSIAN, width).split("Hessian", 1)[1])
        assert all(number in shown for number in ("0.14285714285714285", "0.6666666666666666"))


def test_formulas_of_high_order_are_cut_on_a_terminal_and_nowhere_else() -> None:
    note = "formulas that end in ... are longer: JSON has the whole of them"
    long = replace(LONG, expression=PYTHON)
    picture = table(long, 80)
    assert f"\n  {note}\n" in picture
    assert picture.count(" ...\n") == 9
    assert len(picture.splitlines()) < 80
    assert squeezed(LONG.derivatives[0].expression or "") in squeezed(picture)
    assert note not in table(long)
    assert (LONG.derivatives[9].expression or "?") in table(long)
    assert note not in table(HESSIAN, 80)


def test_ascii_names_of_higher_derivatives() -> None:
    picture = table(HESSIAN, unicode=False)
    assert "\n  d2f/dxdy = -400*x\n" in picture


def test_what_stands_for_an_equation_is_not_taken_for_its_variable() -> None:
    assert table(CURVE).startswith("  x**2 + y**2 = 25\n  F(x, y) = left side - right side\n  dy/dx   = -x/y\n")
    assert "\n  F " in table(CURVE)


def test_the_point_leaves_the_corner_before_the_table_is_stacked() -> None:
    lines = table(VERTICAL, 80).splitlines()
    assert "  at x = 5, y = 0" in lines
    assert lines[-3].endswith("no derivative: vertical tangent")


def test_how_the_text_was_read_stands_above_and_the_other_notes_below() -> None:
    read = replace(SMOOTH, notes=("read `2x` as `2*x`", "sympy gave up"), readings=("read `2x` as `2*x`",))
    picture = table(read)
    assert picture.startswith("  note: read `2x` as `2*x`\n\n  f(x)  = 5x^4 + 3x^3\n")
    assert picture.endswith("agree\n\n  note: sympy gave up\n")
    assert picture.count("read `2x`") == 1


def test_functions_that_share_a_reading_say_it_once() -> None:
    read = replace(SMOOTH, notes=("read `2x` as `2*x`",), readings=("read `2x` as `2*x`",))
    assert table(System((read, read), None, read.status)).count("note: ") == 1
