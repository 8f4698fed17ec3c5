"""Pictures as text: how they look, and that nothing goes beyond the width or the characters of the terminal."""

from __future__ import annotations

import pytest

from derivcli.document import Canvas
from derivcli.plot import picture
from tests.plot.pictures import DRAWN, FOLDER, pictures


@pytest.mark.parametrize("name", DRAWN)
def test_looks_as_in_its_picture(name: str) -> None:
    assert pictures(name) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [30, 60, 80, 120])
@pytest.mark.parametrize("name", ["relu", "saddle", "sqrt"])
def test_no_line_is_longer_than_the_terminal_is_wide(name: str, width: int) -> None:
    text, at = DRAWN[name]
    assert max(map(len, picture(text, at, Canvas(width)).splitlines())) <= width


@pytest.mark.parametrize("name", ["relu", "reciprocal", "sqrt", "saddle"])
def test_a_terminal_without_unicode_gets_ascii(name: str) -> None:
    assert picture(*DRAWN[name], Canvas(80, unicode=False)).isascii()


def test_colours_are_drawn_only_where_they_are_wanted() -> None:
    assert "\x1b[" not in picture("x^2", None, Canvas(60))
    assert "\x1b[36m" in picture("x^2", None, Canvas(60, color=True))


def test_where_there_is_no_terminal_a_picture_is_80_columns_wide() -> None:
    assert max(map(len, picture("x^2", None).splitlines())) <= 80


def test_the_range_is_said_and_that_it_was_chosen() -> None:
    assert picture("x^2").endswith("  plotted over x = -3:3, chosen\n")
    assert picture("x^2", {"x": "-10:10:1000"}).endswith("  plotted over x = -10:10\n")


def test_an_axis_far_out_has_numbers_that_differ() -> None:
    assert "1000000000.5" in picture("x^2", {"x": "1e9:1e9+1"}, Canvas(80))


def test_a_constant_function_has_an_axis() -> None:
    assert "\n    5┤" in picture("5 + 0*x", None, Canvas(60))


def test_the_same_question_gives_the_same_picture() -> None:
    assert picture("tan(x)", None, Canvas(60)) == picture("tan(x)", None, Canvas(60))


@pytest.mark.parametrize(("text", "title"), [("1/2x", "f(x) = 1/2*x"), ("1/2x*y", "f(x, y) = 1/2*x*y")])
def test_how_the_text_was_read_stands_above_the_picture(text: str, title: str) -> None:
    drawn = picture(text)
    assert drawn.startswith(f"  note: `{text}` was read as `{text.replace('1/2', '(1/2)*')}`\n\n  {title}\n")
    assert drawn.count("note: ") == 1
