"""Pictures as text: how they look, and that nothing goes beyond the width or the characters of the terminal."""

from __future__ import annotations

import pytest

from derivcli.document import Canvas
from derivcli.language.styles import Notation
from derivcli.plot import as_text, picture
from tests.plot.graphs import graphs_of
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


WINDOWS = [(60, 20), (80, 24), (120, 40), (200, 60)]


@pytest.mark.parametrize(
    ("texts", "at", "order"),
    [
        (["x^3 - 3x"], None, 1),
        (["x^3 - 3x"], {"x": "2"}, 2),
        (["x/(x - 1)"], {"x": "3"}, 1),
        (["sin(x)", "cos(x)", "x/5"], None, 1),
        (["a*sin(x)"], {"a": "2", "x": "1"}, 1),
        (["(x^3 + 5x^2 - 8)*sin(x)*exp(-x/3)/(x^2 + 7)*cos(5x)"], None, 1),
    ],
)
def test_all_panels_the_legend_the_command_and_the_prompt_fit_the_window(
    texts: list[str], at: dict[str, str] | None, order: int
) -> None:
    graphs = graphs_of(texts, at, order=order, tangent=at is not None)
    for columns, lines in WINDOWS:
        drawn = as_text(graphs, Canvas(columns, height=lines))
        assert drawn.count("\n") <= lines - 2, (columns, lines)
        assert max(map(len, drawn.splitlines())) <= columns
        for curve in graphs[0].curves:
            assert f"  {curve.name}" in drawn


def test_a_map_and_its_arrows_fit_the_window() -> None:
    for columns, lines in WINDOWS:
        drawn = picture("x*y", None, Canvas(columns, height=lines))
        assert drawn.count("\n") in range(lines // 2, lines - 1), (columns, lines)


def test_a_high_window_has_high_panels_with_room_between_them() -> None:
    low, high = (picture("x^2", None, Canvas(80, height=lines)) for lines in (24, 60))
    assert high.count("\n") > 2 * low.count("\n")
    assert low.count("└") == 1
    assert high.count("└") == 2


def test_a_title_that_is_too_long_for_a_low_window_is_cut() -> None:
    long = "+".join(f"sin({k}x)" for k in range(1, 12))
    drawn = picture(long, {"x": "0:1"}, Canvas(60, height=20))
    assert drawn.splitlines()[0].endswith("...")
    assert drawn.count("\n") <= 18


def test_a_point_is_marked_on_f_and_on_its_derivatives() -> None:
    drawn = picture("x^3", {"x": "2"}, Canvas(60), order=2)
    assert drawn.count("◆") == 4
    assert "\n  ◆ x = 2: f is 8, df/dx is 12, d²f/dx² is 12\n" in drawn
    assert "\n  X x = 2: f is 8, df/dx is 12, d2f/dx2 is 12\n" in picture(
        "x^3", {"x": "2"}, Canvas(60, unicode=False), order=2
    )


def test_the_tangent_is_drawn_with_its_equation() -> None:
    drawn = picture("x^2", {"x": "1"}, Canvas(60), tangent=True)
    assert "\n  · tangent: y = 2x - 1\n" in drawn
    assert drawn.count("·") > 10


@pytest.mark.parametrize(
    ("text", "at", "said"),
    [
        ("abs(x)", "0", "x = 0: f is 0, no df/dx (corner)"),
        ("1/x", "0", "x = 0: f is undefined (pole)"),
        ("sin(x)/x", "0", "x = 0: f is undefined (removable gap)"),
    ],
)
def test_where_there_is_no_tangent_none_is_drawn(text: str, at: str, said: str) -> None:
    drawn = picture(text, {"x": at}, Canvas(60), tangent=True)
    assert f"◆ {said}\n" in drawn
    assert "tangent" not in drawn


def test_several_curves_have_colours_and_without_colour_signs() -> None:
    graphs = graphs_of(["x", "x^2", "x^3"], {"x": "-2:2"})
    plain, coloured = (as_text(graphs, Canvas(80, color=color)) for color in (False, True))
    assert plain.startswith("  f1(x) = x   + f2(x) = x^2   x f3(x) = x^3\n")
    assert plain.count("+") > 50
    assert "+ f2" not in coloured
    assert [coloured.count(f"\x1b[1;{code}m") for code in (36, 33, 32)] == [2, 2, 2]


def test_the_legend_names_the_function_it_speaks_of() -> None:
    drawn = as_text(graphs_of(["1/x", "sqrt(x)"], {"x": "-1:4"}), Canvas(80))
    assert "\n    pole of f1 at x = 0\n" in drawn
    assert "\n    f2 is undefined for x < 0\n" in drawn


@pytest.mark.parametrize(
    ("text", "notation", "titles"),
    [
        ("x^2*ln(x)", Notation.AUTO, ["f(x) = x^2*ln(x)", "df/dx = 2x*ln(x) + x"]),
        ("x**2*log(x)", Notation.AUTO, ["f(x) = x**2*log(x)", "df/dx = 2*x*log(x) + x"]),
        ("x^2*ln(x)", Notation.PYTHON, ["f(x) = x**2*log(x)", "df/dx = 2*x*log(x) + x"]),
    ],
)
def test_titles_are_in_the_notation_of_the_question(text: str, notation: Notation, titles: list[str]) -> None:
    lines = picture(text, {"x": "1:3"}, Canvas(80, notation=notation)).splitlines()
    assert [line.strip() for line in lines if " = " in line and "plotted" not in line] == titles


def test_the_title_of_a_field_is_in_the_notation_of_the_question() -> None:
    assert "f(x, y) = x^2*|y|" in picture("x^2*|y|", None, Canvas(80))
