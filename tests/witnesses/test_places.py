"""What f does where it may switch, by hand."""

from __future__ import annotations

from fractions import Fraction
from math import asinh, e, inf, pi, sqrt
from typing import TYPE_CHECKING

import pytest

from derivcli.language.program import Builder
from derivcli.witnesses.asking.switches import SwitchesRequest
from derivcli.witnesses.places import parts
from tests.checks import program_of

if TYPE_CHECKING:
    from derivcli.witnesses.evidence import Reading, Switch

Told = float | str
SLOPE = sqrt(5)  # cosh(asinh(2))


def places(text: str, *borders: float, order: int = 1) -> tuple[Switch, ...]:
    *_, last = parts(SwitchesRequest(program_of(text), "x", {"a": Builder.of_number(Fraction(2))}, borders, order))
    return last().places


def told(reading: Reading) -> Told:
    """Return a number, an infinity, or why there is neither."""
    found = reading.as_float()
    return reading.outcome.value if found is None else found


@pytest.mark.parametrize(
    ("text", "place", "here", "left", "right"),
    [
        ("abs(x)^3 + a*x", "0", 0, [0, 2, 0], [0, 2, 0]),
        ("x*abs(x)", "0", 0, [0, 0, -2], [0, 0, 2]),
        ("sqrt(x^4 - 2*x^2 + 1)", "1", 0, [0, -2, -2], [0, 2, 2]),
        ("floor(2 - x^2)", "0", 2, [1, 0, 0], [1, 0, 0]),
        ("x*floor(x)", "1", 1, [0, 0, 0], [1, 1, 0]),
        ("tan(x)", "pi/2", "undefined", [inf, inf, inf], [-inf, inf, -inf]),
        ("sin(x)/x", "0", "undefined", [1, 0, pytest.approx(-1 / 3)], [1, 0, pytest.approx(-1 / 3)]),
        (
            "(x^2 - 2)/(x - sqrt(2))",
            "sqrt(2)",
            "undefined",
            [pytest.approx(8**0.5), 1, 0],
            [pytest.approx(8**0.5), 1, 0],
        ),
        ("exp(-1/x)", "0", "undefined", [inf, inf, inf], [0, 0, 0]),
        ("x*log(x)", "0", "undefined", ["undefined"] * 3, [0, -inf, inf]),
        ("sqrt(x)^3", "0", 0, ["undefined"] * 3, [0, 0, inf]),
        ("cbrt(x)", "0", 0, [0, inf, inf], [0, inf, -inf]),
        (
            "sin(1/x)",
            "0",
            "undefined",
            ["oscillates", "undecided", "undecided"],
            ["oscillates", "undecided", "undecided"],
        ),
        ("asin(sin(x))", "pi/2", pytest.approx(pi / 2), [pytest.approx(pi / 2), 1, 0], [pytest.approx(pi / 2), -1, 0]),
        ("abs(log(x))", "1", 0, [0, -1, 1], [0, 1, -1]),
        ("floor(exp(x))", "log(2)", 2, [1, 0, 0], [2, 0, 0]),
        ("abs(exp(x) - 3/2)", "log(3/2)", 0, [0, -1.5, -1.5], [0, 1.5, 1.5]),
        ("sign(exp(x) - 2/3)", "-log(3/2)", 0, [-1, 0, 0], [1, 0, 0]),
        ("max(log(x), 1/2)", "exp(1/2)", 0.5, [0.5, 0, 0], [0.5, pytest.approx(e**-0.5), pytest.approx(-1 / e)]),
        ("exp(1 + abs(x))", "0", pytest.approx(e), [pytest.approx(k) for k in (e, -e, e)], [pytest.approx(e)] * 3),
    ],
)
def test_f_and_its_derivatives_tend_to_what_they_do_by_hand(
    text: str, place: str, here: Told, left: list[Told], right: list[Told]
) -> None:
    (found,) = (one for one in places(text, -0.5, 1.8, order=2) if one.text == place)
    assert told(found.here) == here
    assert [told(reading) for reading in found.left] == left
    assert [told(reading) for reading in found.right] == right


def test_where_f_is_analytic_it_does_not_switch() -> None:
    assert [place.text for place in places("abs(sin(x) - 1)", -4, 4)] == ["pi/2"]  # -pi/2 is a false clue


@pytest.mark.parametrize(
    ("text", "here", "left", "right"),
    [  # at asinh(2), where sinh(x) - 2 rises as sqrt(5)*(x - asinh(2))
        ("abs(sinh(x) - 2)", 0, [0, -SLOPE], [0, SLOPE]),
        ("abs(sinh(x) - 2) + abs(sinh(x) - 2.0000002)", 2e-7, [2e-7, -2 * SLOPE], [2e-7, 0]),
        ("1/(sinh(x) - 2)", "undecided", [-inf, -inf], [inf, -inf]),
        ("log(abs(sinh(x) - 2))/1000", "undecided", [-inf, -inf], [-inf, inf]),
        ("sign(sinh(x) - 2)", "undecided", [-1, 0], [1, 0]),
        ("sqrt(sinh(x) - 2)", "undecided", ["undefined", "undefined"], [0, inf]),
        ("cbrt((sinh(x) - 2)^2)", "undecided", [0, -inf], [0, inf]),
        ("sqrt((sinh(x) - 2)^2)", "undecided", [0, -SLOPE], [0, SLOPE]),
        ("where(sinh(x) < 2, x, 3*x)", "undecided", [asinh(2), 1], [3 * asinh(2), 3]),
        ("(sinh(x)^2 - 4)/(sinh(x) - 2)", "undecided", [4, SLOPE], [4, SLOPE]),
        ("sin(1/(sinh(x) - 2))", "undecided", ["undecided", "undecided"], ["undecided", "undecided"]),
    ],
)
def test_at_a_place_without_a_text_there_is_evidence(
    text: str, here: Told, left: list[Told], right: list[Told]
) -> None:
    found = next(place for place in places(text, 1, 2) if abs(place.x - asinh(2)) < 1e-8)
    assert found.text is None
    assert [told(found.here)] == [here if isinstance(here, str) else pytest.approx(here)]
    for seen, wanted in ((found.left, left), (found.right, right)):
        assert [told(reading) for reading in seen] == [w if isinstance(w, str) else pytest.approx(w) for w in wanted]
        assert all(reading.proof is None for reading in seen)


def test_without_an_order_no_place_is_looked_at() -> None:
    (only,) = parts(SwitchesRequest(program_of("abs(x)"), "x", {}, (-1, 1)))
    (place,) = only().places
    assert (place.text, place.left) == ("0", ())


def test_the_places_next_to_the_middle_are_looked_at_first() -> None:
    *_, last = parts(SwitchesRequest(program_of("floor(x)"), "x", {}, (-3.5, 3.5), 0, 3))
    assert [place.x for place in last().places if place.left] == [-1, 0, 1]


def test_each_place_tells_its_clue() -> None:
    found = places("floor(x) + abs(x^2 - 3)", -2.5, 2.5)
    roots = [place for place in found if place.text in ("-sqrt(3)", "sqrt(3)")]
    assert len({place.clue for place in roots}) == 1
    assert {place.clue for place in found if place not in roots} == {1 - roots[0].clue}
