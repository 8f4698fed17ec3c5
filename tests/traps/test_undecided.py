"""Where the tool is at its wits' end: it must give the right answer or say that it has none, never a wrong one.

All by hand, like the kinks.
"""

from __future__ import annotations

import pytest
from mpmath import mp

from derivcli import Status, differentiate
from derivcli.model import Kind
from tests.answers import ask
from tests.traps import (
    INF,
    MINUS_INF,
    NAN,
    OSCILLATING,
    OUTSIDE,
    Row,
    agree,
    check,
    corner,
    cusp,
    differ,
    jump,
    row,
    vertical,
)

# The jump is where floor's argument is an integer by an identity that no precision proves: cbrt(8) is 2.
UNPROVEN = [
    row("floor(x^2)", "x=sqrt(2)", agree(2), x=jump(INF, 0)),
    row("floor(log2(x))", "x=8", agree(3), x=jump(INF, 0)),
    row("floor(cbrt(x))", "x=8", agree(2), x=jump(INF, 0)),
    row("floor(exp(log(x)))", "x=3", agree(3), x=jump(INF, 0)),
    row("floor(x/pi)", "x=3pi", agree(3), x=jump(INF, 0)),
    row("mod(x,2pi)", "x=2pi", agree(0), x=jump(MINUS_INF, 1)),
    row("sign(sin(x))", "x=pi", differ(0).shown(1), x=jump(MINUS_INF, MINUS_INF)),
    row("where(x*x==2,1,0)", "x=sqrt(2)", differ(1).shown(0), x=jump(INF, MINUS_INF)),
    row("where(x^2>=2,1,x)", "x=sqrt(2)", agree(1), x=jump(MINUS_INF, 0)),
    row("sign(x^2-2)*(x^2-2)", "x=sqrt(2)", agree(0), x=corner(lambda: -2 * mp.sqrt(2), lambda: 2 * mp.sqrt(2))),
    row("heaviside(sin(x))*sin(x)", "x=pi", agree(0), x=corner(-1, 0)),
    row("atan2(sin(x),-1)", "x=pi", agree(lambda: +mp.pi), x=jump(1, MINUS_INF)),
]

# The slope of f(0) = 0 is the limit of f(h)/h, which grows like a root or a logarithm of log(1/h), or turns with it.
SLOW = [
    row("where(x==0,0,x*sqrt(-log(abs(x))))", "x=0", agree(0), x=vertical(INF, INF)),
    row("where(x==0,0,x*log(-log(abs(x))))", "x=0", agree(0), x=vertical(INF, INF)),
    row("where(x==0,0,x*sin(log(-log(abs(x)))))", "x=0", agree(0), x=OSCILLATING),
    row("where(x==0,0,x/log(abs(x)))", "x=0", agree(0), x=agree(0)),
    row("where(x==0,0,1/log(-log(abs(x))))", "x=0", agree(0), x=cusp(MINUS_INF, INF)),
]

# Continuous, however slowly f tends to 0.
CONTINUOUS = [
    row("abs(x)^0.01", "x=0", agree(0), x=cusp(MINUS_INF, INF)),
    row("abs(x)^1e-3", "x=0", agree(0), x=cusp(MINUS_INF, INF)),
    row("x^0.01", "x=0", agree(0), x=vertical(None, INF)),
    row("root(x,99)", "x=0", agree(0), x=vertical(INF, INF)),
]

# The slope of f at 0 is reached slowly: like a power of h that is small itself.
SLOWLY_RIGHT = [
    row("x*exp(abs(x)^0.2)", "x=0", agree(0), x=differ(1).shown(NAN)),
    row("where(x==0,x,x*(1+100*abs(x)^0.15)^3)", "x=0", agree(0), x=agree(1)),
    row("x*(1+1e-20*abs(x)^1e-6)", "x=0", agree(0), x=differ(1).shown(NAN)),
    row("x/(1+abs(x)^1e-7)", "x=0", agree(0), x=differ(1).shown(NAN)),
    row("abs(x)/(1+abs(x)^1e-7)", "x=0", agree(0), x=corner(-1, 1)),
    row("abs(x)^1.2+abs(x)^1.21", "x=0", agree(0), x=agree(0)),
]

# Smooth at 0, with a scale that is a product of three numbers, or a power of one.
HIDDEN_SCALES = [
    row("atan(1e50*(1e50*(1e50*x)))", "x=0", agree(0), x=agree("1e150")),
    row("tanh(1e50*tanh(1e50*tanh(1e50*x)))", "x=0", agree(0), x=agree("1e150")),
    row("where(abs(x)^0.001<1/2,0,1)", "x=0", agree(0), x=agree(0)),
]

# A kink that is small beside the slope.
SMALL_KINKS = [
    row("1e13*x+abs(x)", "x=0", agree(0), x=corner("9999999999999", "10000000000001")),
    row("1e30*x+abs(x)", "x=0", agree(0), x=corner("1e30", "1e30")),
    row("x+1e-20*abs(x)", "x=0", agree(0), x=corner(1, 1)),
]

# Real on one side only, whatever the slope is there: a power of a negative number, an upper end of a domain.
ONE_SIDE = [
    ("x^1.1+x^1.2", "x=0"),
    ("(1-x)^1.1+(1-x)^1.2", "x=1"),
    ("gammainc(1.1,x)+gammainc(1.2,x)", "x=0"),
    pytest.param("polylog(2.05,x)+polylog(2.1,x)", "x=1", marks=pytest.mark.nightly),  # mpmath takes seconds
    ("exp(x^1.1)+x^1.2", "x=0"),
    ("log(1+x^1.1)-x^1.05", "x=0"),
    ("acos(x)^2.2+acos(x)^2.3", "x=1"),
]

# 0 along every line, 1/2 along the parabola y = x^2: no limit.
NO_LIMIT = [row("x^2*y/(x^4+y^2)", "x=0,y=0", OUTSIDE)]


@pytest.mark.parametrize("trap", [*CONTINUOUS, *HIDDEN_SCALES, *SMALL_KINKS, *NO_LIMIT], ids=str)
def test_the_right_answer_is_given(trap: Row) -> None:
    check(trap)


@pytest.mark.parametrize(("expression", "at"), ONE_SIDE)
def test_where_one_side_has_no_real_values_there_is_no_derivative(expression: str, at: str) -> None:
    (slope,) = ask(expression, at).derivatives
    assert (slope.status, slope.kind, slope.answer) == (Status.NOT_DIFFERENTIABLE, Kind.ONE_SIDED, None)
    assert "on one side only" in (slope.note or "")


def test_what_ends_at_a_point_has_no_derivatives_of_higher_order_there() -> None:
    for slope in ask("x^2.1+x^2.2", "x=0", order=2).derivatives:
        assert (slope.status, slope.kind) == (Status.NOT_DIFFERENTIABLE, Kind.ONE_SIDED)


@pytest.mark.parametrize("trap", [*UNPROVEN, *SLOW, *SLOWLY_RIGHT], ids=str)
def test_what_cannot_be_decided_is_unverified_and_no_number_is_given(trap: Row) -> None:
    found = differentiate(trap.expression, dict(trap.point))
    (slope,) = found.derivatives
    if slope.status is Status.UNVERIFIED:
        assert (slope.answer, slope.digits) == (None, None)
        assert found.value.status in (Status.UNVERIFIED, Status.AGREE)
    else:
        check(trap)


def test_zero_to_the_power_zero_is_said_to_be_one() -> None:
    found = check(row("x^x", "x=0", agree(1), x=vertical(None, MINUS_INF)))
    assert any("0^0" in note for note in (*found.notes, found.value.note or ""))
