"""Families of questions at kinks, ends and gaps, from the text to the verdict: what is proved is said, with its kind.

The right values are by hand. Their many members are held in `tests/witnesses/proof/germs`.
"""

from __future__ import annotations

import math

import pytest

from derivcli.model import Kind, Proof, Sides, Status
from tests.answers import ask
from tests.every import for_all

INF = math.inf


@for_all(
    ("text", "kind", "limit"),
    [
        ("sin(1/x)", Kind.OSCILLATING, None),
        ("floor(3*sin(1/x))", Kind.OSCILLATING, None),
        ("where(x < 0, 1, sin(1/x))/(x/x)", Kind.OSCILLATING, Sides(1.0, None)),
        ("x*sin(1/x)^2", Kind.REMOVABLE, Sides(0.0, 0.0)),
        ("exp(1/x)/exp(1/x + 1)", Kind.REMOVABLE, Sides(1 / math.e, 1 / math.e)),
        ("1/log(abs(x))", Kind.REMOVABLE, Sides(0.0, 0.0)),
        ("log(abs(log(abs(x))))", Kind.POLE, Sides(INF, INF)),
        ("abs(x)^(1 + pi)/x^4", Kind.REMOVABLE, Sides(0.0, 0.0)),
    ],
)
def test_where_f_has_no_value_its_limits_are_proved(text: str, kind: Kind, limit: Sides | None) -> None:
    value = ask(text, "x=0").value
    assert value is not None
    assert (value.status, value.kind, value.limit, value.proof) == (Status.UNDEFINED, kind, limit, Proof.SIDE)


@for_all(
    ("text", "right"),
    [  # 1/(x+x^2)^4 > 1/x for small x > 0; what is known as flat may be smaller than what is flat, too
        ("where(x<=0,0,where(exp(-1/x)>exp(-1/(x+x^2)^4),x,0))", 1),
        ("where(x<=0,0,x*step(exp(-1/x)-exp(-1/sin(x)^4)))", 1),
        ("where(x<=0,0,where(exp(-1/(x+x^2)^30)>exp(-1/x),x,0))", 0),
        ("where(x<=0,0,where(2^(-floor(1/x^2))>exp(-1/x),x,0))", 0),
        ("where(x<=0,0,x*step(exp(1/sin(x)^4)-exp(1/x)))", 1),
    ],
)
def test_of_two_flat_functions_that_are_not_known_better_neither_is_the_larger(text: str, right: int) -> None:
    (seen,) = ask(text, "x=0").derivatives
    assert seen.right in (None, right)
    assert seen.status is not Status.AGREE or right == 0


@for_all(
    ("text", "at"),
    [  # for y > 0 f jumps at x = 0: f_x(0, y) is not there
        ("where(x>0 and y>0,y^2,0)", "x=0,y=0"),
        ("relu(y)^2*step(x)", "x=0,y=0"),
        ("relu(y)^2*mod(x,1)", "x=1,y=0"),
    ],
)
def test_a_mixed_derivative_of_which_one_order_does_not_exist_is_not_agreed_on(text: str, at: str) -> None:
    (seen,) = ask(text, at, partial=(("x", "y"),)).derivatives
    assert seen.status in (Status.UNVERIFIED, Status.NOT_DIFFERENTIABLE)
    assert seen.answer is None


@for_all(
    ("text", "x", "value"),
    [  # by hand
        ("where(x != 0 and sin(x)/x > 0, x^2, 1)", "x=0", 1),
        ("where(x == 0 or sin(x)/x > 0, x^2, 1)", "x=0", 0),
        ("where(x < 0 or log(x) < 0, x^2, 1)", "x=-1", 1),
        ("x^2 if x > -1 or log(x) < 0 else 2", "x=-0.5", 0.25),
    ],
)
def test_a_condition_that_one_operand_decides_needs_no_value_of_the_others(text: str, x: str, value: float) -> None:
    found = ask(text, x).value
    assert found is not None
    assert (found.status, found.answer) == (Status.AGREE, value)


@for_all(
    ("text", "at", "kind", "left", "right"),
    [
        ("floor(4*sin(x)*cos(x))", "x=pi/12", Kind.JUMP, INF, 0.0),
        ("abs(x + sqrt(3 + 2*sqrt(2)) - 1 - sqrt(2))", "x=0", Kind.CORNER, -1.0, 1.0),
        (
            "clamp(8*cos(x)*cos(2*x)*cos(3*x), 0, 1)",
            "x=pi/7",
            Kind.CORNER,
            0.0,
            -16.133354096737406,
        ),  # -tan(x) - 2*tan(2*x) - ...
        ("where(x == 0, 0, x*sin(1/x)^2)", "x=0", Kind.OSCILLATING, None, None),
        ("abs(x)^(1 - sqrt(2)/1e6)", "x=0", Kind.CUSP, -INF, INF),
    ],
)
def test_at_a_kink_both_sides_are_proved(text: str, at: str, kind: Kind, left: float, right: float) -> None:
    (seen,) = ask(text, at).derivatives
    assert (seen.status, seen.kind, seen.proof) == (Status.NOT_DIFFERENTIABLE, kind, Proof.SIDE)
    assert (seen.left, seen.right) == (left, right)


@for_all(
    ("text", "kind", "left", "right"),
    [("floor(x + y)", Kind.JUMP, INF, 0.0), ("clamp(x + y, 0, 1)", Kind.CORNER, math.sqrt(2), 0.0)],
)
def test_a_direction_of_irrational_length_is_exact(text: str, kind: Kind, left: float, right: float) -> None:
    *_, seen = ask(text, "x=.5,y=.5", along="x=1,y=1").derivatives
    assert (seen.kind, seen.left, seen.right, seen.proof) == (kind, left, right, Proof.SIDE)


@pytest.mark.parametrize("text", ["(x^2 + y^2)^1.5", "hypot(x, y)^3", "abs(x)^3*exp(y) + y^3"])
def test_a_hessian_at_a_seam_is_proved_to_be_0(text: str) -> None:
    found = ask(text, "x=0,y=0", hessian=True)
    assert found.hessian is not None
    assert (found.hessian.matrix, found.hessian.symmetric) == (((0.0, 0.0), (0.0, 0.0)), True)
    assert {d.proof for d in found.derivatives} <= {Proof.SIDE, Proof.DISC}


def test_a_hessian_whose_order_matters_is_proved_not_to_be_symmetric() -> None:
    found = ask("where(x^2 + y^2 == 0, 0, x*y*(x^2 - y^2)/(x^2 + y^2))", "x=0,y=0", hessian=True)
    assert found.hessian is not None
    assert found.hessian.symmetric is False
    (mixed,) = (d for d in found.derivatives if len(set(d.wrt)) == 2)
    assert (mixed.kind, mixed.proof) == (Kind.ORDER_MATTERS, Proof.SIDE)


@for_all(
    ("text", "at"),
    [("besselk(0, floor(x) + 0.3)", "x=5.1"), ("harmonic(ceil(x)^2 + 0.3)", "x=0.3"), ("LambertW(x)", "x=-1/e")],
)
def test_steps_of_special_functions_are_proved(text: str, at: str) -> None:
    for seen in ask(text, at, order=2).derivatives:
        if seen.kind is None:
            assert (seen.status, seen.answer, seen.proof) == (Status.AGREE, 0, Proof.SIDE)
        else:  # the branch point of LambertW
            assert seen.kind is Kind.VERTICAL_TANGENT
