"""What is found of a curve, held against numbers from outside."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcli.plot import subject
from derivcli.plot.exploring import explore, grid
from derivcli.plot.sampling import Sampler
from derivcli.plot.shapes import Spot
from derivcli.witnesses.proof.switches import switches
from tests.every import examples
from tests.plot.graphs import graph_of, graphs_of, marks, slope_of


def test_relu_has_one_kink_at_0_with_the_slopes_0_and_1() -> None:
    graph = graph_of("relu(x)", "-3:3")
    (mark,) = slope_of(graph).marks
    assert (mark.spot, mark.x, mark.left, mark.right, mark.text, mark.sure) == (Spot.KINK, 0.0, 0.0, 1.0, "0", True)
    (kink,) = graph.function.marks
    assert (kink.left, kink.right, kink.value) == (0.0, 0.0, 0.0)
    assert len(graph.function.pieces) == 1


@pytest.mark.parametrize(
    ("text", "tips"),
    [
        ("max(0, 1 - 1e6*abs(x - 0.5))", [(0.499999, 0), (0.5, 1), (0.500001, 0)]),
        ("min(1, 1e4*abs(x - 1/3))", [(1 / 3 - 1e-4, 1), (1 / 3, 0), (1 / 3 + 1e-4, 1)]),
    ],
)
def test_a_curve_goes_through_its_kinks_however_near_to_each_other_they_are(
    text: str, tips: list[tuple[float, float]]
) -> None:
    (piece,) = graph_of(text, "-3:3").function.pieces
    for x, y in tips:
        at = np.abs(piece.x - x).argmin()
        assert (piece.x[at], piece.y[at]) == (pytest.approx(x, abs=1e-9), pytest.approx(y, abs=1e-6))


@pytest.mark.parametrize(
    ("text", "slopes"),
    [
        ("abs(x)", [(0, -1, 1)]),
        ("max(x, 2*x - 1)", [(1, 1, 2)]),
        ("abs(x - 0.1)", [(0.1, -1, 1)]),
        (
            "abs(x^2 - 2)",
            [(-math.sqrt(2), -2 * math.sqrt(2), 2 * math.sqrt(2)), (math.sqrt(2), -2 * math.sqrt(2), 2 * math.sqrt(2))],
        ),
        (
            "max(x^2, 1 - x)",
            [((-1 - math.sqrt(5)) / 2, -1 - math.sqrt(5), -1), ((math.sqrt(5) - 1) / 2, -1, math.sqrt(5) - 1)],
        ),
        ("x^2", []),
        ("x*abs(x)", []),
        ("tanh(1000*x)", []),
    ],
)
def test_kinks_stand_where_they_are_with_both_slopes(text: str, slopes: list[tuple[float, float, float]]) -> None:
    found = marks(slope_of(graph_of(text, "-3:3")), Spot.KINK)
    assert [(mark.x, mark.left, mark.right) for mark in found] == [pytest.approx(s, abs=1e-8) for s in slopes]


def test_the_poles_of_tan_are_at_the_odd_multiples_of_a_quarter_turn() -> None:
    poles = marks(graph_of("tan(x)", "-6.5:6.5").function, Spot.POLE)
    assert [p.x for p in poles] == pytest.approx([-3 * math.pi / 2, -math.pi / 2, math.pi / 2, 3 * math.pi / 2])
    assert {(p.left, p.right) for p in poles} == {(math.inf, -math.inf)}


@examples(15, 20)
@given(st.integers(1, 200), st.integers(0, 99))
def test_no_pole_is_missed_however_the_samples_fall(length: int, hundredths: int) -> None:
    low = hundredths / 100
    exact = [(k + 0.5) * math.pi for k in range(100) if low < (k + 0.5) * math.pi < low + length]
    (asked,) = subject.read(["tan(x)"], {"x": f"{low}:{low + length}"})
    places = switches(asked.program, "x", {}, (low, low + length)).places
    found = explore(Sampler(asked.program, asked.free, {}), grid(asked.ranges["x"]), places).places
    assert {place.spot for place in found} <= {Spot.POLE}
    assert [pole.x for pole in found] == pytest.approx(exact, abs=1e-9)


@pytest.mark.parametrize(
    ("text", "span", "pole"),
    [
        ("1/x", "-5:5", 0),
        ("1/x^2", "-5:5", 0),
        ("log(abs(x))", "-2:2", 0),
        ("1/(x - 0.3)", "0:1", 0.3),
        ("1/(x^3 - 2)", "0:3", 2 ** (1 / 3)),
        ("1/x", "0:5", 0),
        ("log(x)", "0:5", 0),
    ],
)
def test_no_piece_crosses_a_pole(text: str, span: str, pole: float) -> None:
    graph = graph_of(text, span)
    assert [mark.x for mark in marks(graph.function, Spot.POLE)] == pytest.approx([pole], abs=1e-12)
    for curve in (graph.function, slope_of(graph)):
        assert curve.is_unbounded
        assert all(piece.x[-1] <= pole + 1e-12 or piece.x[0] >= pole - 1e-12 for piece in curve.pieces)


@examples(8, 60)
@given(st.integers(-400, 400), st.sampled_from(["1/(x - {})", "sign(x - {})", "abs(x - {})", "sqrt(abs(x - {}))"]))
def test_a_place_is_found_wherever_it_is(hundredths: int, form: str) -> None:
    place = hundredths / 100
    found = graph_of(form.format(f"({place})"), "-5:5").function.marks
    assert [mark.x for mark in found] == pytest.approx([place], abs=1e-9)


def test_floor_jumps_at_the_whole_numbers_and_its_points_are_on_the_right() -> None:
    graph = graph_of("floor(x)", "-4.5:4.5")
    jumps = marks(graph.function, Spot.JUMP)
    assert [(j.x, j.left, j.right, j.value) for j in jumps] == [(k, k - 1, k, k) for k in range(-4, 5)]
    assert [(j.left, j.right, j.value) for j in slope_of(graph).marks] == [(0, 0, None)] * 9
    assert all(np.ptp(piece.y) == 0 for piece in graph.function.pieces)


def test_hundreds_of_jumps_are_found() -> None:
    jumps = marks(graph_of("floor(100*x)", "-1:1").function, Spot.JUMP)
    assert [round(100 * j.x) for j in jumps] == list(range(-100, 101))


def test_the_point_of_a_jump_may_be_on_neither_side() -> None:
    (jump,) = graph_of("sign(x)", "-1:1").function.marks
    assert (jump.left, jump.right, jump.value) == (-1, 1, 0)


def test_sqrt_is_undefined_left_of_0_and_has_its_first_point_there() -> None:
    graph = graph_of("sqrt(x)", "-1:5")
    assert graph.undefined == ((-1.0, 0.0),)
    (edge,) = graph.function.marks
    assert (edge.spot, edge.x, edge.left, edge.right, edge.value) == (Spot.EDGE, 0.0, None, 0.0, 0.0)
    assert min(piece.x[0] for piece in graph.function.pieces) == 0.0


def test_where_f_is_undefined_its_slope_is_not_drawn() -> None:
    assert all(piece.x[0] >= 0 for piece in slope_of(graph_of("log(x)", "-1:5")).pieces)


def test_x_log_x_has_a_limit_at_the_end_of_its_domain_but_no_point() -> None:
    (edge,) = graph_of("x*log(x)", "-1:2").function.marks
    assert (edge.spot, edge.value) == (Spot.EDGE, None)
    assert edge.right == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(
    ("text", "x", "limit"),
    [
        ("sin(x)/x", 0, 1),
        ("(x^2 - 1)/(x - 1)", 1, 2),
        ("(1 - cos(x))/x^2", 0, 0.5),
        ("(x^2 - 2)/(x - sqrt(2))", math.sqrt(2), 2 * math.sqrt(2)),
    ],
)
def test_a_point_that_is_missing_is_a_hole(text: str, x: float, limit: float) -> None:
    (hole,) = graph_of(text, "-3:3").function.marks
    assert hole.spot is Spot.HOLE
    assert (hole.x, hole.left, hole.right) == pytest.approx((x, limit, limit), abs=1e-5)
    assert hole.value is None


def test_a_vertical_tangent_interrupts_the_slope_alone() -> None:
    graph = graph_of("cbrt(x)", "-2:2")
    assert len(graph.function.pieces) == 1
    assert len(slope_of(graph).pieces) == 2
    (mark,) = graph.function.marks
    assert (mark.spot, mark.left, mark.right, mark.value) == (Spot.VERTICAL, 0, 0, 0)


def test_what_oscillates_ends_and_has_no_limit() -> None:
    (mark,) = graph_of("sin(1/x)", "-1:1").function.marks
    assert (mark.spot, mark.x, mark.left, mark.right) == (Spot.BREAK, 0.0, None, None)


def test_what_is_too_large_for_float64_is_not_called_undefined() -> None:
    graph = graph_of("exp(x)", "-800:800")
    assert graph.undefined == ()
    ((low, high),) = graph.too_large
    assert (low, high) == pytest.approx((math.log(1.7976931348623157e308), 800.0))


def test_a_nan_that_rounding_made_is_not_called_undefined() -> None:
    graph = graph_of("exp(x)/(1 + exp(x))", "-1000:1000")
    assert graph.undefined == ()
    assert len(graph.too_large) == 1


def test_a_curve_that_rounding_spoils_says_so_and_marks_nothing_by_itself() -> None:
    graph = graph_of("(1 - cos(x))/x^2", "-1e-7:1e-7")
    assert graph.notes[0] == "rounding spoils the curve: at x = -5.726e-08, f is 0.5 and drawn as 0.507924"
    assert all(mark.sure for mark in graph.function.marks)


def test_a_curve_that_is_too_fast_says_so() -> None:
    note = "f changes faster than a picture of this range can show: give a smaller one"
    assert note in graph_of("mod(1e9*x, 1)", "0:1").notes
    assert note not in graph_of("sin(x)", "-100:100").notes


def test_without_a_derivative_in_closed_form_f_stands_alone() -> None:
    graph = graph_of("gammainc(x, 2)", "0.5:4")
    assert graph.slopes == ()
    assert graph.notes == ("the slope is not drawn: autograd has no derivative in closed form",)


@pytest.mark.parametrize("text", ["5*x**4 + 3*x**3", "sin(x)*exp(-x^2)", "relu(x)", "x^2"])
def test_the_curves_go_through_the_right_points(text: str) -> None:
    exact: Any = {
        "5*x**4 + 3*x**3": (lambda x: 5 * x**4 + 3 * x**3, lambda x: 20 * x**3 + 9 * x**2),
        "sin(x)*exp(-x^2)": (
            lambda x: np.sin(x) * np.exp(-(x**2)),
            lambda x: np.exp(-(x**2)) * (np.cos(x) - 2 * x * np.sin(x)),
        ),
        "relu(x)": (lambda x: np.maximum(x, 0), lambda x: np.where(x > 0, 1.0, 0.0)),
        "x^2": (lambda x: x**2, lambda x: 2 * x),
    }[text]
    graph = graph_of(text, "-3:3")
    for curve, right in zip((graph.function, slope_of(graph)), exact, strict=True):
        for piece in curve.pieces:
            inner = slice(1, -1)
            assert piece.y[inner] == pytest.approx(right(piece.x[inner]), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("text", "span"), [("1e300*abs(x)", "-1:1"), ("abs(x)", "-1e300:1e300"), ("1e-300*abs(x)", "-1e-3:1e-3")]
)
def test_huge_and_tiny_scales_work(text: str, span: str) -> None:
    (kink,) = graph_of(text, span).function.marks
    assert (kink.spot, kink.x) == (Spot.KINK, 0.0)


def test_what_is_held_is_named() -> None:
    graph = graph_of("a*floor(x)", "-1.5:1.5", a="2.5")
    assert graph.constants == (("a", "2.5"),)
    assert [(j.left, j.value) for j in graph.function.marks] == [(-5, -2.5), (-2.5, 0), (0, 2.5)]


@pytest.mark.parametrize(
    ("text", "derivatives"),
    [
        ("x^4", [lambda x: 4 * x**3, lambda x: 12 * x**2, lambda x: 24 * x, lambda x: 24 + 0 * x]),
        ("sin(2*x)", [lambda x: 2 * np.cos(2 * x), lambda x: -4 * np.sin(2 * x), lambda x: -8 * np.cos(2 * x)]),
        ("x*abs(x)", [lambda x: 2 * np.abs(x), lambda x: 2 * np.sign(x), lambda x: 0 * x]),
    ],
)
def test_higher_derivatives_go_through_the_right_points(text: str, derivatives: list[Any]) -> None:
    (graph,) = graphs_of([text], {"x": "-3:3"}, order=len(derivatives))
    assert [curve.name for curve in graph.slopes] == ["df/dx", "d²f/dx²", "d³f/dx³", "d⁴f/dx⁴"][: len(derivatives)]
    for curve, right in zip(graph.slopes, derivatives, strict=True):
        for piece in curve.pieces:
            inner = slice(1, -1)
            assert piece.y[inner] == pytest.approx(right(piece.x[inner]), rel=1e-9, abs=1e-9)


def test_the_second_derivative_jumps_where_the_first_has_a_kink() -> None:
    (graph,) = graphs_of(["x*abs(x)"], {"x": "-3:3"}, order=2)
    (mark,) = graph.slopes[1].marks
    assert (mark.x, mark.left, mark.right, mark.value) == (0, -2, 2, None)


def test_rounding_errors_beside_a_hole_are_no_curve() -> None:
    (graph,) = graphs_of(["sin(x)/x"], {"x": "-15:15"}, order=3)  # |f'''| is at most 1/4: of an integral of t^3 sin(xt)
    assert all(np.abs(piece.y).max() < 0.25 for piece in graph.slopes[2].pieces)


def test_where_autograd_has_no_higher_derivative_those_below_are_drawn() -> None:
    (graph,) = graphs_of(["gammainc(x, 2)"], {"x": "0.5:4"}, order=2)
    assert graph.slopes == ()


def test_a_marked_point_has_the_numbers_of_the_witnesses() -> None:
    (graph,) = graphs_of(["(1 - cos(x))/x^2"], {"x": "1e-8"})  # autograd says 0 there; the limit is 1/2
    assert graph.point is not None
    assert graph.point.x == 1e-8
    assert graph.function.marked == pytest.approx(0.5)


def test_the_tangent_touches_f_at_the_point_with_its_slope() -> None:
    (graph,) = graphs_of(["x^3"], {"x": "2"}, tangent=True)
    assert graph.point is not None
    assert graph.point.tangent is not None
    (piece,) = graph.point.tangent.pieces
    assert piece.y == pytest.approx(8 + 12 * (piece.x - 2))


def test_functions_share_a_range_and_have_a_point_each() -> None:
    first, second = graphs_of(["x^2", "x^3"], {"x": "2"})
    assert first.span == second.span
    assert (first.function.marked, second.function.marked) == (4, 8)
    assert (first.slopes[0].marked, second.slopes[0].marked) == (4, 12)


@pytest.mark.parametrize("width", [1e-6, 1e-9, 1e-12])
def test_a_peak_of_the_slope_is_found_between_samples(width: float) -> None:
    # By hand: tanh has the slope 1 at 0.
    slope = slope_of(graph_of(f"tanh((x - 0.5)/{width!r})", "-3:3"))
    (piece,) = slope.pieces
    assert piece.y.max() == pytest.approx(1 / width, rel=1e-3)
    assert piece.x[piece.y.argmax()] == pytest.approx(0.5, abs=width)


def test_a_wave_too_fast_for_a_picture_gets_no_peaks() -> None:
    slope = slope_of(graph_of("sin(1e7*x)", "-3:3"))
    assert sum(len(piece.x) for piece in slope.pieces) < 16_000
    assert max(float(np.abs(piece.y).max()) for piece in slope.pieces) <= 1e7


@pytest.mark.parametrize(("text", "height"), [("exp(-1e8*(x-0.3)^2)", 1), ("sin(x)/9 - exp(-1e12*(x-0.3)^2)", -0.967)])
def test_a_peak_between_two_samples_is_drawn(text: str, height: float) -> None:
    graph = graph_of(text, "-1:1")  # sin(0.3)/9 - 1 = -0.967
    (curve,) = graph.function.pieces
    at = int(np.argmax(np.abs(curve.y)))
    assert (curve.x[at], curve.y[at]) == (pytest.approx(0.3, abs=1e-5), pytest.approx(height, abs=0.02))


def test_the_slope_of_such_a_peak_is_drawn() -> None:
    (curve,) = slope_of(graph_of("exp(-1e8*(x-0.3)^2)", "-1:1")).pieces
    steepest = math.sqrt(2e8 / math.e)  # half a width beside the peak
    assert (curve.y.min(), curve.y.max()) == (pytest.approx(-steepest, rel=0.1), pytest.approx(steepest, rel=0.1))
