from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivcli.model import Proof
from derivcli.witnesses import third
from derivcli.witnesses.differences import Leg
from derivcli.witnesses.evidence import Outcome
from derivcli.witnesses.third import Third
from tests.every import for_all
from tests.witnesses.proof.asking import program

if TYPE_CHECKING:
    import pytest


def at(text: str, order: int = 1, **point: str) -> Third:
    return Third(program(text, *point), {name: program(typed) for name, typed in point.items()}, order)


def test_where_f_is_analytic_no_quotient_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(third, "Quotient", refuse)
    asked = at("sin(x)*y", 2, x="1", y="2")
    assert asked.value().proof is Proof.BALL
    for wrt in (("x",), ("y",), ("x", "x"), ("x", "y")):
        sides = asked.slopes(wrt).sides
        assert sides.left == sides.right
        assert sides.left.proof is Proof.DISC
    assert asked.is_analytic
    assert asked.broken_along(["x", "y"]) is None


@for_all(
    ("text", "x", "left", "right"),
    [
        ("abs(x)", "0", Outcome.NUMBER, Outcome.NUMBER),
        ("sqrt(x)", "0", Outcome.UNDEFINED, Outcome.INFINITE),
        ("floor(x)", "2", Outcome.JUMPS, Outcome.NUMBER),
    ],
)
def test_at_a_kink_an_end_or_a_jump_both_sides_are_proved(text: str, x: str, left: Outcome, right: Outcome) -> None:
    asked = at(text, x=x)
    sides = asked.slopes(("x",)).sides
    assert (sides.left.outcome, sides.right.outcome) == (left, right)
    assert sides.left.proof is sides.right.proof is Proof.SIDE
    assert asked.value().proof is Proof.EXACT
    assert not asked.is_analytic


def test_the_quotients_answer_for_the_side_that_is_not_proved() -> None:
    sides = at("where(x <= 0, x, x*jn(0, 1/x))", x="0").slopes(("x",)).sides  # jn(0, t) tends to 0
    assert (sides.left.text, sides.left.proof) == ("1", None)  # together they prove nothing
    assert sides.right.proof is None
    assert sides.right.outcome is not Outcome.MISSING


def test_where_f_has_no_value_the_domain_is_left_for_sure() -> None:
    asked = at("1/x", x="0")
    assert (asked.value().outcome, asked.value().proof) == (Outcome.UNDEFINED, Proof.SIDE)
    sides = asked.limits({"x": Leg(Fraction(1))})
    assert [(side.outcome, side.sign, side.proof) for side in (sides.left, sides.right)] == [
        (Outcome.INFINITE, -1, Proof.SIDE),
        (Outcome.INFINITE, 1, Proof.SIDE),
    ]


def test_a_direction_in_which_f_breaks_is_still_found() -> None:
    asked = at("where(x == 0 and y == 0, 0, x^2*y/(x^2 + y^2))", x="0", y="0")
    assert asked.broken_along(["x", "y"]) is not None


@for_all(
    ("text", "point", "wrt", "slope"),
    [  # by hand
        ("x^2 + y^2 - 25", {"x": "3", "y": "4"}, "x", "-0.75"),
        ("x^2 + y^2 - 25", {"x": "3", "y": "4"}, "xx", "-0.390625"),  # -25/y^3
        ("x^2 + y^2 - 25", {"x": "3", "y": "4"}, "xxx", "-0.2197265625"),  # -75*x/y^5
        ("x^3 + y^3 - 6*x*y", {"x": "3", "y": "3"}, "x", "-1"),
        ("x*z*exp(y) - 1", {"x": "1", "y": "0", "z": "1"}, "xx", "1"),  # y = -log(x*z)
        ("x*z + y*z - 8", {"x": "1", "y": "3", "z": "2"}, "zz", "2"),  # y = 8/z - x
    ],
)
def test_the_slope_of_a_curve_is_proved(text: str, point: dict[str, str], wrt: str, slope: str) -> None:
    found = at(text, len(wrt), **point).implicit_slope(tuple(wrt), "y")
    assert found is not None
    assert found.proof is Proof.DISC
    assert abs(Decimal(found.text) - Decimal(slope)) <= Decimal(found.error) < Decimal("1e-30")


@for_all(
    ("text", "x", "y"),
    [
        ("x^2 + y^2 - 25", "5", "0"),
        ("y^3 - abs(x)*y - 8", "0", "2"),
        ("x*y", "0", "0"),
        ("y + sqrt(x*y) - x", "0", "0"),
    ],
)
def test_where_a_curve_is_vertical_or_not_analytic_no_slope_is_proved(text: str, x: str, y: str) -> None:
    assert at(text, x=x, y=y).implicit_slope(("x",), "y") is None


def test_where_f_has_no_value_around_a_point_no_limits_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(third, "Quotient", refuse)
    asked = at("x + sqrt(erf(y) - 1)", x="3", y="30")
    assert asked.value().outcome is Outcome.UNDEFINED
    assert asked.limits({"x": Leg(Fraction(1))}).left.outcome is Outcome.UNDEFINED


def test_zero_to_the_zero_is_told() -> None:
    assert at("x^y", x="0", y="0").takes_zero_to_the_zero()
    assert not at("x^y", x="2", y="0").takes_zero_to_the_zero()
