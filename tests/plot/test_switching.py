"""Asking the worker where a function switches, and what a chart makes of its answer."""

from __future__ import annotations

import math

import pytest

from derivcli.errors import LimitError
from derivcli.plot import scale
from derivcli.plot.shapes import Spot
from derivcli.witnesses import client
from derivcli.witnesses.switching import switches_of
from tests.checks import program_of
from tests.plot.graphs import graph_of, graphs_of, marks, slope_of


def test_the_worker_says_where_f_switches() -> None:
    found = switches_of(program_of("abs(x - a)"), "x", {"a": program_of("1/3"), "b": program_of("2")}, (-1, 1))
    assert found is not None
    assert [place.text for place in found.places] == ["1/3"]


def test_without_an_answer_the_picture_stands_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_args: object) -> object:
        raise LimitError("there is no room")

    monkeypatch.setattr(client, "ask", none)
    assert switches_of(program_of("abs(x)"), "x", {}, (-1, 1)) is None
    (graph,) = graphs_of(["abs(x)"], {"x": "-1:1"})
    assert graph.function.marks == ()
    assert graph.notes == ("where f has kinks, jumps or poles is not known: what should have said it gave no answer",)


def test_a_pole_is_found_where_rounding_hides_it() -> None:
    graph = graph_of("1/(1 + cos(x))", "-5:5")
    poles = marks(graph.function, Spot.POLE)
    assert [(p.text, p.left, p.right) for p in poles] == [("-pi", math.inf, math.inf), ("pi", math.inf, math.inf)]
    assert all(not piece.x[0] < math.pi < piece.x[-1] for curve in graph.curves for piece in curve.pieces)
    assert [(m.left, m.right) for m in slope_of(graph).marks] == [(math.inf, -math.inf)] * 2


def test_a_hole_is_found_where_float64_has_a_value() -> None:
    (hole,) = graph_of("exp(-1/x^2)", "-2:2").function.marks
    assert (hole.spot, hole.text, hole.left, hole.right, hole.value) == (Spot.HOLE, "0", 0, 0, None)


def test_the_slope_beside_a_hole_is_no_rounding_error() -> None:
    assert scale.together([slope_of(graph_of("(x^2 - 1)/(x - 1)", "-3:3"))]) == pytest.approx((0.5, 1.5))


def test_a_crowded_stretch_is_dots_and_is_said() -> None:
    graph = graph_of("abs(sin(1/x))", "-1:1")
    ((low, high),) = graph.crowded
    assert -0.04 < low < 0 < high < 0.04
    assert all(piece.x[-1] <= low + 1e-9 or piece.x[0] >= high - 1e-9 for piece in graph.function.pieces)
    (dots,) = graph.function.dots
    assert low < dots.x.min() < dots.x.max() < high
    words = f"kinks, jumps or poles too close to be told apart for {scale.label(low)} < x < {scale.label(high)}"
    assert list(scale.stretches(graph)) == [(scale.Why.CROWDED, words)]


def test_where_all_is_crowded_the_dots_show_where_f_goes() -> None:
    graph = graph_of("floor(1e6*x)", "0:1")
    assert not graph.function.pieces
    (stretch,) = graph.crowded
    assert stretch == (0.0, 1.0)
    (dots,) = graph.function.dots
    assert dots.y == pytest.approx(1e6 * dots.x, abs=1)
    assert [text for _, text in scale.stretches(graph)] == [
        "kinks, jumps or poles too close to be told apart for all of this x"
    ]


def test_stretches_end_at_exact_numbers() -> None:
    lines = [text for _, text in scale.stretches(graph_of("sqrt(sin(x))", "-4:4"))]
    assert lines == ["undefined for -pi < x < 0, x > pi"]
    lines = [text for _, text in scale.stretches(graph_of("sqrt(x^2 - 2)", "-4:4"))]
    assert lines == ["undefined for -sqrt(2) < x < sqrt(2)"]


def test_a_point_beside_the_curve_is_a_single_point() -> None:
    points = marks(graph_of("ceil(x) - floor(x)", "-1.5:1.5").function, Spot.POINT)
    assert [(p.x, p.left, p.right, p.value) for p in points] == [(k, 1, 1, 0) for k in (-1, 0, 1)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sqrt(x^4 - 2*x^2 + 1)", [(Spot.KINK, "-1", 0, 0, 0), (Spot.KINK, "1", 0, 0, 0)]),  # |x^2 - 1|
        ("abs(x^2 - 2*x + 1)", []),  # (x - 1)^2
        ("abs(sin(x) - 1)", []),  # 1 - sin(x)
        ("max(x^2, 0)", []),
        ("floor(1.5 - x^2/8)", [(Spot.JUMP, "-2", 0, 1, 1), (Spot.JUMP, "2", 1, 0, 1)]),
        ("floor(sin(x))", [(Spot.JUMP, "0", -1, 0, 0), (Spot.POINT, "pi/2", 0, 0, 1)]),
        ("ceil(cos(x))", [(Spot.JUMP, "-pi/2", 0, 1, 0), (Spot.JUMP, "pi/2", 1, 0, 0)]),
        ("sign(x^2)", [(Spot.POINT, "0", 1, 1, 0)]),
        ("where(x^2 == 0, 5, x)", [(Spot.POINT, "0", 0, 0, 5)]),
        ("cbrt((x - 1)^2)", [(Spot.VERTICAL, "1", 0, 0, 0)]),
        ("sqrt(-x^2)", [(Spot.POINT, "0", None, None, 0)]),
    ],
)
def test_what_touches_without_crossing_is_seen_as_it_is(text: str, found: list[tuple[object, ...]]) -> None:
    seen = graph_of(text, "-2.5:3").function.marks
    assert [(mark.spot, mark.text, mark.left, mark.right, mark.value) for mark in seen] == found
    assert all(mark.sure for mark in seen)


@pytest.mark.parametrize(
    ("text", "span", "found"),
    [
        ("floor(x)", "0:2", [("0", None, 0, 0), ("1", 0, 1, 1), ("2", 1, None, 2)]),
        ("1/x", "0:3", [("0", None, math.inf, None)]),
        ("tan(x)", "0:pi/2", [("pi/2", math.inf, None, None)]),  # float64 has no pi/2: it lies next to the end
        ("sin(x)/x", "-1:0", [("0", 1, None, None)]),
        ("abs(x)", "0:3", []),  # what lies beyond the end makes the kink
    ],
)
def test_at_the_ends_of_the_range_the_side_inside_counts(text: str, span: str, found: list[tuple[object, ...]]) -> None:
    seen = graph_of(text, span).function.marks
    assert [(mark.text, mark.left, mark.right, mark.value) for mark in seen] == found


def test_a_single_point_is_shown_where_it_is_near_and_told_where_it_is_far() -> None:
    near, far = (graph_of(f"where(x == 0, {value}, x)", "-3:3") for value in (5, 1000))
    assert scale.heights(near.function)[1] > 5
    assert scale.heights(far.function)[1] < 4
    assert [line for _, line in scale.special(far)] == ["single point at x = 0: f is 1000 there"]


def test_two_places_next_to_each_other_have_names_apart() -> None:
    graph = graph_of("abs(x*exp(x) - 1) + abs(x*exp(x) - 1.0000001)", "-1:1")  # lambertw of both, by mpmath
    (line,) = (line for _, line in scale.special(graph))
    assert line.startswith("kink at x = 0.56714329, 0.56714333")


def test_the_slope_beside_a_hole_is_known_where_it_is_proved() -> None:
    (mark,) = slope_of(graph_of("sin(x)/x", "-3:3")).marks
    assert (mark.spot, mark.left, mark.right, mark.value) == (Spot.HOLE, 0, 0, None)
    (mark,) = slope_of(graph_of("x*sin(1/x)", "-3:3")).marks
    assert (mark.spot, mark.left, mark.right) == (Spot.BREAK, None, None)


def test_zeros_at_every_look_are_no_pole() -> None:
    assert [mark.spot for mark in graph_of("sin(pi/x)", "-4:4").function.marks] == [Spot.BREAK]


def test_a_point_that_stands_alone_parts_where_f_is_undefined() -> None:
    graph = graph_of("sqrt(-x^2*(x - 1)^2)", "-1:2")
    assert [text for _, text in scale.stretches(graph)] == ["undefined for x < 0, 0 < x < 1, x > 1"]
    assert [text for _, text in scale.special(graph)] == ["single point at x = 0, 1: f is 0 there"]


def test_a_quotient_by_0_all_along_is_undefined_and_not_too_large() -> None:
    graph = graph_of("1/floor(x)", "-1.5:2.5")
    assert (graph.undefined, graph.too_large) == (((0.0, 1.0),), ())
    graph = graph_of("0^x", "-1:2")
    assert (graph.undefined, graph.too_large) == (((-1.0, 0.0),), ())


def test_one_side_that_grows_makes_a_pole() -> None:
    (pole,) = marks(graph_of("exp(1/x)", "-2:2").function, Spot.POLE)
    assert (pole.text, pole.left, pole.right) == ("0", 0, math.inf)


def test_in_a_narrow_range_too_a_pole_is_a_pole_and_a_kink_a_kink() -> None:
    for text, spot in (("1/(x - 1)", Spot.POLE), ("abs(x - 1)", Spot.KINK)):
        assert [mark.spot for mark in graph_of(text, "0.9999:1.0001").function.marks] == [spot]


@pytest.mark.parametrize(
    ("text", "span"), [("abs(x - 1e6)", "999997:1000003"), ("abs(x - 1/3)", "1/3 - 1e-12:1/3 + 1e-12")]
)
def test_where_float64_is_too_coarse_to_look_the_proof_still_tells(text: str, span: str) -> None:
    (kink,) = graph_of(text, span).function.marks
    assert (kink.spot, kink.value, kink.sure) == (Spot.KINK, 0, True)
    (slope,) = slope_of(graph_of(text, span)).marks
    assert (slope.left, slope.right) == (-1, 1)
