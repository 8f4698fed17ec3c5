from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivcli.model import Proof
from derivcli.witnesses import third
from derivcli.witnesses.differences import Leg
from derivcli.witnesses.evidence import Outcome
from derivcli.witnesses.third import ManyDigits, Third
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


def test_zero_to_the_zero_is_told() -> None:
    assert at("x^y", x="0", y="0").takes_zero_to_the_zero()
    assert not at("x^y", x="2", y="0").takes_zero_to_the_zero()


def test_values_of_symbolic_forms_come_from_balls_and_are_no_proofs(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(third, "settle", refuse)
    form = ManyDigits(program("sqrt(x)*y", "x", "y"))
    for x, root in (("4", "2"), ("9", "3")):
        found = form.at({"x": program(x), "y": program("1")})
        assert (found.text, found.proof, found.enclosure) == (root, None, None)


def test_where_balls_do_not_settle_mpmath_evaluates() -> None:
    assert ManyDigits(program("log(x)", "x")).at({"x": program("-1")}).outcome is Outcome.UNDEFINED
