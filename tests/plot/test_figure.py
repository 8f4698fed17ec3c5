"""Pictures in files: valid, the same every time, and true to what was computed."""

from __future__ import annotations

import logging
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from derivcli.errors import MissingPartError
from derivcli.plot import panels, paper
from tests.every import at_night
from tests.plot.graphs import figure, graph_of, graphs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEADS = {"png": b"\x89PNG\r\n\x1a\n", "svg": b"<?xml", "pdf": b"%PDF-"}
ENDS = {"png": b"IEND\xaeB`\x82", "svg": b"</svg>\n", "pdf": b"%%EOF\n"}


@pytest.fixture
def sheet() -> Iterator[Figure]:
    with paper.sheet() as lent:
        yield lent


def drawn(sheet: Figure, text: str, span: str) -> list[Axes]:
    panels.draw([graph_of(text, span)], sheet)
    return sheet.get_axes()


@pytest.mark.parametrize(
    ("text", "suffix"),
    [("relu(x)", "svg"), *at_night(("relu(x)", "png"), ("relu(x)", "pdf"), *(("x*y", suffix) for suffix in HEADS))],
)
def test_a_file_is_whole_and_the_same_every_time(text: str, suffix: str) -> None:
    first = figure(text, suffix)
    assert first.startswith(HEADS[suffix])
    assert first.endswith(ENDS[suffix])
    assert figure(text, f".{suffix.upper()}") == first


@pytest.mark.parametrize(("text", "pole"), [("1/x", 0.0), ("tan(x)", np.pi / 2), ("floor(x)", 1.0), ("sign(x)", 0.0)])
def test_no_line_crosses_a_pole_or_a_jump(sheet: Figure, text: str, pole: float) -> None:
    for axes in drawn(sheet, text, "-3:3"):
        lines = [np.asarray(line.get_xdata(), dtype=float) for line in axes.get_lines() if line.get_linestyle() == "-"]
        curves = [x for x in lines if len(x) > 2]
        assert curves
        assert not [x for x in curves if x.min() < pole - 1e-9 and x.max() > pole + 1e-9]


def circles(axes: Axes) -> list[tuple[float, float, bool]]:
    """Return x, y and whether it is open of each circle."""
    found = [line for line in axes.get_lines() if line.get_marker() == "o"]
    return sorted(
        (float(np.ravel(c.get_xdata())[0]), float(np.ravel(c.get_ydata())[0]), c.get_markerfacecolor() == "white")
        for c in found
    )


def test_a_kink_is_a_point_of_f_and_two_open_circles_of_its_slope(sheet: Figure) -> None:
    above, below = drawn(sheet, "relu(x)", "-3:3")
    assert circles(above) == [(0.0, 0.0, False)]
    assert circles(below) == [(0.0, 0.0, True), (0.0, 1.0, True)]
    assert sorted(text.get_text() for text in below.texts) == ["0", "1"]


def test_a_jump_has_an_open_circle_and_its_point(sheet: Figure) -> None:
    above, below = drawn(sheet, "floor(x)", "-0.5:1.5")
    assert circles(above) == [(0.0, -1.0, True), (0.0, 0.0, False), (1.0, 0.0, True), (1.0, 1.0, False)]
    assert circles(below) == [(0.0, 0.0, True), (1.0, 0.0, True)]


def test_axes_and_legend_have_their_words(sheet: Figure) -> None:
    above, below = drawn(sheet, "sqrt(x)", "-1:5")
    assert (above.get_ylabel(), below.get_ylabel(), below.get_xlabel()) == ("$f(x)$", "$df/{dx}$", "$x$")
    assert above.get_title() == r"$f(x) = \sqrt{x}$"
    words = [text.get_text() for text in sheet.legends[0].get_texts()]
    assert words == ["f(x)", "df/dx", "undefined for x < 0", "plotted over x = -1:5"]


def test_a_huge_function_is_drawn_in_powers_of_ten(sheet: Figure) -> None:
    above, _ = drawn(sheet, "1e300*x^2", "-1:1")
    assert above.get_ylabel() == "$f(x)$ / $10^{300}$"
    assert above.get_ylim()[1] == pytest.approx(1.06)


@pytest.mark.parametrize(
    "text",
    [
        "where(x < 0, 1, not_a_name_*x)",
        *at_night("x_1^2", "x % 2", "alpha*floor(alpha/2)", "abs(x/2)"),
        "+".join(["sin(x)"] * 100),
    ],
)
def test_no_name_and_no_formula_breaks_a_picture(text: str) -> None:
    assert figure(text, "svg").endswith(ENDS["svg"])


def test_nothing_is_said_on_the_way_and_no_setting_is_left_behind(capfd: pytest.CaptureFixture[str]) -> None:
    import matplotlib as mpl

    before, handlers = dict(mpl.rcParams), list(logging.getLogger("matplotlib").handlers)
    figure("x^2", "pdf")
    assert capfd.readouterr() == ("", "")
    assert dict(mpl.rcParams) == before
    assert logging.getLogger("matplotlib").handlers == handlers


@pytest.mark.nightly
def test_pyplot_is_never_loaded() -> None:
    code = (
        "import sys; from tests.plot.graphs import figure; figure('x^2'); sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=120).returncode == 0


def test_kinks_next_to_each_other_have_slopes_on_their_outer_sides_alone(sheet: Figure) -> None:
    _, slope = drawn(sheet, "abs(x) + abs(x - 1e-7)", "-1:1")
    assert [text.get_text() for text in slope.texts] == ["-2", "2"]


def test_slopes_near_each_other_are_written_away_from_each_other_and_from_the_frame(sheet: Figure) -> None:
    from matplotlib.text import Annotation

    def below(text: str, span: str) -> list[tuple[str, bool]]:
        sheet.clear()
        _, slope = drawn(sheet, text, span)
        return [(label.get_text(), label.xyann[1] < 0) for label in slope.texts if isinstance(label, Annotation)]

    assert below("abs(x^3 - x)", "-3:3")[:2] == [("-2", True), ("2", False)]  # of 52 in height
    assert below("abs(x)", "-3:3") == [("-1", False), ("1", True)]


def test_a_kink_at_the_end_of_a_picture_has_a_slope_on_its_inner_side_alone(sheet: Figure) -> None:
    _, slope = drawn(sheet, "abs(x - 0.99)", "0:1")
    assert [text.get_text() for text in slope.texts] == ["-1"]


def test_without_matplotlib_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingPartError) as caught:
        figure("x^2")
    assert caught.value.message == "a picture in a file needs matplotlib, which is not installed"
    assert caught.value.hint == "pip install 'derivcli[plot]'"


def dashed(axes: Axes) -> list[float]:
    return [float(np.ravel(line.get_xdata())[0]) for line in axes.get_lines() if line.get_linestyle() == "--"]


def test_an_asymptote_is_dashed_and_named(sheet: Figure) -> None:
    for axes in drawn(sheet, "x/(x-1)", "-3:3"):
        assert dashed(axes) == [1.0]
        assert "x = 1" in [text.get_text() for text in axes.texts]


def test_the_tangent_is_dashed_and_the_point_is_marked_in_all_panels(sheet: Figure) -> None:
    panels.draw(graphs_of(["x^3"], {"x": "2"}, order=2, tangent=True), sheet)
    first, *others = sheet.get_axes()
    assert len(others) == 2
    assert len(dashed(first)) == 1
    points = [line for axes in (first, *others) for line in axes.get_lines() if line.get_marker() == "D"]
    assert [float(np.ravel(point.get_ydata())[0]) for point in points] == [8, 12, 12]
    assert others[1].get_title() == r"$\frac{d^2f}{dx^2} = 6 x$"
    words = [text.get_text() for text in sheet.legends[0].get_texts()]
    assert "tangent: y = 12x - 16" in words
    assert "x = 2: f is 8, df/dx is 12, d²f/dx² is 12" in words


def test_several_functions_keep_their_colours_in_both_panels(sheet: Figure) -> None:
    panels.draw(graphs_of(["x", "x^2"], {"x": "-2:2"}), sheet)
    colours = [
        [line.get_color() for line in axes.get_lines() if len(np.ravel(line.get_xdata())) > 2]
        for axes in sheet.get_axes()
    ]
    assert colours == [["tab:blue", "tab:orange"]] * 2
    words = [text.get_text() for text in sheet.legends[0].get_texts()]
    assert [axes.get_ylabel() for axes in sheet.get_axes()] == ["$f(x)$", "$df/{dx}$"]
    assert words[:4] == ["f1(x) = x", "f2(x) = x^2", "df1/dx = 1", "df2/dx = 2x"]
