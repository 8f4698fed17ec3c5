"""What is proved of a place says what happens there: a table by hand."""

from __future__ import annotations

import math

import pytest

from derivcli.model.statuses import Proof
from derivcli.plot.shapes import Interval, Spot
from derivcli.plot.telling import is_told, told
from derivcli.witnesses.evidence import Outcome, Reading, Switch

Seen = float | str


def reading(seen: Seen) -> Reading:
    """Return a proved reading: a number, an infinity, or what there is in its place."""
    if isinstance(seen, str):
        return Reading(Outcome(seen), proof=None if seen == "undecided" else Proof.SIDE)
    if math.isinf(seen):
        return Reading(Outcome.INFINITE, sign=int(math.copysign(1, seen)), proof=Proof.SIDE)
    return Reading(Outcome.NUMBER, repr(seen), proof=Proof.SIDE)


def place(here: Seen, left: list[Seen], right: list[Seen]) -> Switch:
    return Switch(0.5, "1/2", True, 0, reading(here), tuple(map(reading, left)), tuple(map(reading, right)))


@pytest.mark.parametrize(
    ("here", "left", "right", "spot"),
    [
        (0, [0, -1], [0, 1], Spot.KINK),
        (0, [0, 1], [0, 1], None),
        (0, [0, -math.inf], [0, math.inf], Spot.VERTICAL),
        (0, [0, 1], [0, math.inf], Spot.VERTICAL),
        (1, [0, 0], [1, 0], Spot.JUMP),
        ("undefined", [0, 0], [1, 0], Spot.JUMP),
        ("undecided", [0, 0], [1, 0], Spot.JUMP),
        (5, [0, 1], [0, 1], Spot.POINT),
        (5, ["undefined"] * 2, ["undefined"] * 2, Spot.POINT),
        ("undefined", ["undefined"] * 2, ["undefined"] * 2, None),
        ("undefined", [1, 0], [1, 0], Spot.HOLE),
        ("undefined", [1, "undecided"], [1, "undecided"], Spot.HOLE),
        ("undefined", [-math.inf, -math.inf], [math.inf, -math.inf], Spot.POLE),
        ("undefined", [0, 0], [math.inf, -math.inf], Spot.POLE),
        ("undefined", ["undefined"] * 2, [-math.inf, math.inf], Spot.POLE),
        (0, ["undefined"] * 2, [0, math.inf], Spot.EDGE),
        ("undefined", ["oscillates", "undecided"], ["oscillates", "undecided"], Spot.BREAK),
        (0, ["oscillates", "undecided"], [0, 1], Spot.BREAK),
    ],
)
def test_the_limits_and_slopes_of_both_sides_tell_the_spot(
    here: Seen, left: list[Seen], right: list[Seen], spot: Spot | None
) -> None:
    at = place(here, left, right)
    assert is_told(at, 0)
    found = told(at, 0, 0.1)
    assert (None if found is None else found.spot) is spot
    assert found is None or found.proved


@pytest.mark.parametrize(
    ("here", "left", "right"),
    [
        ("undecided", [0, 1], [0, 1]),  # a hole, a point, or nothing
        (0, ["undecided", 1], [0, 1]),
        (0, [0, "undecided"], [0, 1]),
        (0, [0], [0]),
    ],
)
def test_what_is_open_is_not_told(here: Seen, left: list[Seen], right: list[Seen]) -> None:
    assert not is_told(place(here, left, right), 0)


def test_a_place_at_which_nobody_has_looked_is_not_told() -> None:
    assert not is_told(Switch(0.5), 0)


@pytest.mark.parametrize(
    ("here", "left", "right", "spot"),
    [
        (0, [0, 0, -2], [0, 0, 2], Spot.KINK),  # x*abs(x): its slope has a kink
        (0, [0, -1, 0], [0, 1, 0], Spot.JUMP),  # abs(x): its slope jumps
        (0, [-1, 0, 0], [0, 0, 0], Spot.HOLE),  # floor(x) has no slope at 0
        (0, [0, 0, 0], [1, 0, 0], Spot.HOLE),  # nor has ceil(x)
        (5, [0, 1, 0], [0, 1, 0], Spot.HOLE),  # nor a function with a single point
        (0, [0, 0, 2], [0, 0, 2], None),  # x^2
    ],
)
def test_a_derivative_has_a_value_where_what_is_below_it_has_no_leap(
    here: Seen, left: list[Seen], right: list[Seen], spot: Spot | None
) -> None:
    found = told(place(here, left, right), 1, 0.1)
    assert (None if found is None else found.spot) is spot


def test_a_number_beyond_float64_is_nothing_to_draw() -> None:
    huge = Reading(Outcome.NUMBER, "1e400", proof=Proof.SIDE)
    at = Switch(0.5, "1/2", True, 0, huge, (huge, reading(-1.0)), (huge, reading(1.0)))
    assert told(at, 0, 0.1) is None


def test_of_a_place_at_an_end_the_side_inside_is_seen() -> None:
    found = told(place(1, [0, 2], [1, 3]), 0, 0.1)
    assert found is not None
    low, high = (found.inside(Interval("x", *ends, chosen=False)) for ends in ((0.5, 1.0), (0.0, 0.5)))
    assert (low.values[1], low.slopes[1], high.values[0], high.slopes[0]) == (1, 3, 0, 2)
    assert all(map(math.isnan, (low.values[0], low.slopes[0], high.values[1], high.slopes[1])))
