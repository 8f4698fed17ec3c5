"""Corners, cusps, jumps, and functions that only look as if they had one.

All by hand: the function is written as another one on each side of the point (`abs(sin(x))` is -sin(x) after pi), and
the slopes from the left and from the right are read off. A closed form stands where such a slope is no fraction.
"""

from __future__ import annotations

from mpmath import mp, mpf

from tests.every import for_all
from tests.traps import (
    INF,
    MINUS_INF,
    NAN,
    OSCILLATING,
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


def root_of_two() -> mpf:
    return mp.sqrt(2)


def half_root() -> mpf:
    return mp.sqrt(2) / 2


CORNERS = [
    row("abs(abs(x)-1)", "x=1", agree(0), x=corner(-1, 1)),
    row("abs(abs(x)-1)", "x=-1", agree(0), x=corner(-1, 1)),
    row("abs(abs(x)-1)", "x=0", agree(1), x=corner(1, -1)),
    row("max(min(x,1),-1)", "x=1", agree(1), x=corner(1, 0)),
    row("clamp(x,-1,1)", "x=-1", agree(-1), x=corner(0, 1)),
    row("clamp(x,-1,1)", "x=1", agree(1), x=corner(1, 0)),
    row("max(x,-x)", "x=0", agree(0), x=corner(-1, 1)),
    row("max(3x,x)", "x=0", agree(0), x=corner(1, 3)),
    row("max(x,2-x)", "x=1", agree(1), x=corner(-1, 1)),
    row("min(x,x^2)", "x=1", agree(1), x=corner(2, 1)),
    row("min(x,x^2)", "x=0", agree(0), x=corner(1, 0)),
    row("relu(-x)", "x=0", agree(0), x=corner(-1, 0)),
    row("relu(abs(x))", "x=0", agree(0), x=corner(-1, 1)),
    row("heaviside(x)*x", "x=0", agree(0), x=corner(0, 1)),
    row("x*sign(x)", "x=0", agree(0), x=corner(-1, 1)),
    row("sqrt(x^2)", "x=0", agree(0), x=corner(-1, 1).shown(NAN)),
    row("(x^2)^(1/2)", "x=0", agree(0), x=corner(-1, 1)),
    row("sqrt(x^2+x^4)", "x=0", agree(0), x=corner(-1, 1)),
    row("abs(x^2-1)", "x=1", agree(0), x=corner(-2, 2)),
    row("abs(sin(x))", "x=pi", agree(0), x=corner(-1, 1)),
    row("sqrt(sin(x)^2)", "x=pi", agree(0), x=corner(-1, 1)),
    row("max(sin(x),cos(x))", "x=pi/4", agree(half_root), x=corner(lambda: -half_root(), half_root)),
    row("abs(exp(x)-1)", "x=0", agree(0), x=corner(-1, 1)),
    row("abs(log(x))", "x=1", agree(0), x=corner(-1, 1)),
    row("exp(-abs(x))", "x=0", agree(1), x=corner(1, -1)),
    row("log(1+abs(x))", "x=0", agree(0), x=corner(-1, 1)),
    row("cos(sqrt(abs(x)))", "x=0", agree(1), x=corner("1/2", "-1/2")),
    # 1 - cos(x) is 2*sin(x/2)^2, acos(1-u) and acosh(1+u) begin with sqrt(2*u).
    row("sqrt(1-cos(x))", "x=0", agree(0), x=corner(lambda: -half_root(), half_root)),
    row("acos(1-x^2)", "x=0", agree(0), x=corner(lambda: -root_of_two(), root_of_two)),
    row("acosh(1+x^2)", "x=0", agree(0), x=corner(lambda: -root_of_two(), root_of_two)),
    row("acos(cos(x))", "x=0", agree(0), x=corner(-1, 1)),
    row("acos(cos(x))", "x=pi", agree(lambda: +mp.pi), x=corner(1, -1)),
    # 2*atan(x), and pi - 2*atan(x) from 1 on
    row("asin(2x/(1+x^2))", "x=1", agree(lambda: mp.pi / 2), x=corner(1, -1)),
    row("where(x<1,x^2,x)", "x=1", agree(1), x=corner(2, 1)),
    row("where(abs(x)<1,x,sign(x))", "x=1", agree(1), x=corner(1, 0)),
    row("piecewise(x,x<0,sin(x),x<=pi,0)", "x=pi", agree(0), x=corner(-1, 0)),
    row("where(x!=0,x*atan(1/x),0)", "x=0", agree(0), x=corner(lambda: -mp.pi / 2, lambda: mp.pi / 2)),
    row("where(x!=0,x/(1+exp(1/x)),0)", "x=0", agree(0), x=corner(1, 0)),
    row("max(abs(x),abs(x-2))", "x=1", agree(1), x=corner(-1, 1)),
    row("min(abs(x),1)", "x=-1", agree(1), x=corner(0, -1)),
    row("max(0,min(1,x))", "x=0", agree(0), x=corner(0, 1)),
    row("where(x==0,0,x*tanh(1/x))", "x=0", agree(0), x=corner(-1, 1)),
    row("where(x==0,0,x^2*sin(1/x))+abs(x)", "x=0", agree(0), x=corner(-1, 1)),
    row("abs(x-sqrt(2))", "x=sqrt(2)", agree(0), x=corner(-1, 1)),
    row("max(x^2,2)", "x=sqrt(2)", agree(2), x=corner(0, lambda: 2 * mp.sqrt(2))),
    row("abs(tan(x)-1)", "x=pi/4", agree(0), x=corner(-2, 2)),
    row("relu(log2(x)-3)", "x=8", agree(0), x=corner(0, lambda: 1 / (8 * mp.log(2)))),
    row("max(cbrt(x),2)", "x=8", agree(2), x=corner(0, "1/12")),
    row("acos(sin(x))", "x=pi/2", agree(0), x=corner(-1, 1)),
    row("abs(sin(x)^2+cos(x)^2-1)+abs(x-1)", "x=1", agree(0), x=corner(-1, 1)),
]

# A kink beside something far larger or far smaller.
WIDE = [
    row("abs(x)+1e30", "x=0", agree("1e30"), x=corner(-1, 1)),
    row("1e-30*abs(x)", "x=0", agree(0), x=corner("-1e-30", "1e-30")),
    row("abs(x)+abs(x-1e-20)", "x=0", agree("1e-20"), x=corner(-2, 0)),
    row("1e10*x+abs(x)", "x=0", agree(0), x=corner("9999999999", "10000000001")),
    row("abs(x-1)", "x=1+1e-40", differ("1e-40").shown(0), x=differ(1).shown(0)),
    row("relu(x)", "x=1e-300", agree("1e-300"), x=agree(1)),
    row("relu(x)", "x=-1e-300", agree(0), x=agree(0)),
    row("max(x,1e-300)", "x=0", agree("1e-300"), x=agree(0)),
    row("where(x<1e-30,0,1)", "x=0", agree(0), x=agree(0)),
    row("where(x>1,2,3)", "x=1+1e-40", differ(2).shown(3), x=agree(0)),
    row("floor(x)", "x=3-1e-30", differ(2).shown(3), x=agree(0)),
]

CUSPS = [
    row("sqrt(abs(x))", "x=0", agree(0), x=cusp(MINUS_INF, INF)),
    row("abs(x)^0.5", "x=0", agree(0), x=cusp(MINUS_INF, INF)),
    row("abs(x)^0.9", "x=0", agree(0), x=cusp(MINUS_INF, INF)),
    row("cbrt(x^2)", "x=0", agree(0), x=cusp(MINUS_INF, INF)),
    row("-abs(cbrt(x))", "x=0", agree(0), x=cusp(INF, MINUS_INF)),
    row("root(x,5)", "x=0", agree(0), x=vertical(INF, INF)),
    row("-cbrt(x-2)", "x=2", agree(0), x=vertical(MINUS_INF, MINUS_INF)),
    # x*log(abs(x)) has the slope log(h) on both sides; x*log(x) only on the right
    row("where(x==0,0,x*log(abs(x)))", "x=0", agree(0), x=vertical(MINUS_INF, MINUS_INF)),
    row("where(x>0,x*log(x),0)", "x=0", agree(0), x=corner(0, MINUS_INF)),
    row("where(x!=0,1/log(abs(x)),0)", "x=0", agree(0), x=cusp(INF, MINUS_INF)),
    row("abs(x)^x", "x=0", agree(1), x=vertical(MINUS_INF, MINUS_INF)),
    row("where(x!=0,cbrt(x)*sin(1/x),0)", "x=0", agree(0), x=OSCILLATING),
    row("where(x==0,0,sin(1/x))", "x=0", agree(0), x=OSCILLATING),
    row("abs(x)^0.9999", "x=0", agree(0), x=cusp(MINUS_INF, INF)),
    row("(x^2)^x", "x=0", agree(1), x=vertical(MINUS_INF, MINUS_INF)),
    row("sin(x)^x", "x=0", agree(1), x=vertical(None, MINUS_INF)),
    row("where(x==0,0,x*sin(log(abs(x))))", "x=0", agree(0), x=OSCILLATING),
]

JUMPS = [
    row("round(x)", "x=0.5", agree(0), x=jump(0, INF)),
    row("round(x)", "x=1.5", agree(2), x=jump(INF, 0)),
    row("round(x)", "x=-0.5", agree(0), x=jump(INF, 0)),
    row("ceil(x)", "x=2", agree(2), x=jump(0, INF)),
    row("ceil(x/3)", "x=6", agree(2), x=jump(0, INF)),
    row("sign(x)", "x=0", agree(0), x=jump(INF, INF)),
    row("sign(x)^2", "x=0", agree(0), x=jump(MINUS_INF, INF)),
    row("heaviside(x)", "x=0", agree("0.5"), x=jump(INF, INF)),
    row("frac(x)", "x=2", agree(0), x=jump(MINUS_INF, 1)),
    row("frac(-x)", "x=2", agree(0), x=jump(-1, INF)),
    row("x//2", "x=4", agree(2), x=jump(INF, 0)),
    row("x%2", "x=4", agree(0), x=jump(MINUS_INF, 1)),
    row("mod(x,-3)", "x=6", agree(0), x=jump(1, MINUS_INF)),
    row("floor(x)+floor(-x)", "x=2", agree(0), x=jump(INF, MINUS_INF)),
    row("floor(sqrt(x))", "x=4", agree(2), x=jump(INF, 0)),
    row("where(x<=1,x^2,x+1)", "x=1", agree(1), x=jump(2, INF)),
    row("where(x==1,5,x)", "x=1", agree(5), x=jump(INF, MINUS_INF).shown(0)),
    row("where(x==0,0,1/x)", "x=0", agree(0), x=jump(INF, INF)),
    row("where(x!=0,exp(1/x),0)", "x=0", agree(0), x=jump(0, INF)),
    row("0^x", "x=0", agree(1), x=jump(None, MINUS_INF)),
    row("round(x)", "x=2.5", agree(2), x=jump(0, INF)),
    row("round(10x)", "x=0.25", agree(2), x=jump(0, INF)),
    row("atan2(x-0.1,-1)", "x=0.1", agree(lambda: +mp.pi), x=jump(INF, -1)),
]

# Decimals are exact, whatever float64 makes of them.
DECIMALS = [
    row("abs(x-0.1)", "x=0.1", agree(0), x=corner(-1, 1)),
    row("abs(10x-1)", "x=0.1", agree(0), x=corner(-10, 10)),
    row("abs(x-1/3)", "x=1/3", agree(0), x=corner(-1, 1)),
    row("abs(x-0.1-0.2)", "x=0.3", agree(0), x=corner(-1, 1)),
    row("max(x,0.3)", "x=0.1+0.2", agree("0.3"), x=corner(0, 1)),
    row("floor(10x)", "x=0.7", agree(7), x=jump(INF, 0)),
    row("floor(100x)", "x=0.29", differ(29).shown(28), x=jump(INF, 0)),
    row("floor(x/0.1)", "x=0.3", differ(3).shown(2), x=jump(INF, 0)),
    row("mod(x,0.1)", "x=0.3", differ(0), x=jump(MINUS_INF, 1)),
    row("where(x<0.3,0,1)", "x=0.1+0.2", agree(1), x=jump(INF, 0)),
    row("where(3x==1,1,0)", "x=1/3", agree(1), x=jump(INF, MINUS_INF)),
    row("clamp(x,0.1,0.3)", "x=0.1+0.2", agree("0.3"), x=corner(1, 0)),
]

# No kink at all.
SMOOTH = [
    row("relu(x)^2", "x=0", agree(0), x=agree(0)),
    row("relu(x^3)", "x=0", agree(0), x=agree(0)),
    row("abs(x)^3", "x=0", agree(0), x=agree(0)),
    row("abs(x)^1.5", "x=0", agree(0), x=agree(0)),
    row("abs(x)^1.1", "x=0", agree(0), x=agree(0)),
    row("x*abs(x)^0.001", "x=0", agree(0), x=differ(0).shown(NAN)),
    row("x*abs(x)", "x=0", agree(0), x=agree(0)),
    row("sign(x)*x^2", "x=0", agree(0), x=agree(0)),
    row("cos(abs(x))", "x=0", agree(1), x=agree(0)),
    row("clamp(x,0,1)^2", "x=0", agree(0), x=agree(0)),
    row("max(x^2,x^3)", "x=0", agree(0), x=agree(0)),
    row("max(x,sin(x))", "x=0", agree(0), x=agree(1)),
    row("max(x,x)", "x=1", agree(1), x=agree(1)),
    row("max(x,0)+min(x,0)", "x=0", agree(0), x=agree(1)),
    row("abs(sin(x))^2", "x=pi", agree(0), x=agree(0)),
    row("cbrt(x)^3", "x=0", agree(0), x=differ(1).shown(NAN)),
    row("cbrt(x^3)", "x=0", agree(0), x=differ(1).shown(NAN)),
    row("cbrt(x^4)", "x=0", agree(0), x=differ(0).shown(NAN)),
    row("asin(sin(x))", "x=0", agree(0), x=agree(1)),
    row("where(x<1,x^2,2x-1)", "x=1", agree(1), x=agree(2)),
    row("where(abs(x)<=1,x^2/2,abs(x)-1/2)", "x=1", agree("0.5"), x=agree(1)),
    row("where(x>0,x,0)*where(x>0,0,x)", "x=0", agree(0), x=agree(0)),
    row("where(x==0,1,sin(x)/x)", "x=0", agree(1), x=agree(0)),
    row("where(x==0,1,(exp(x)-1)/x)", "x=0", agree(1), x=differ("0.5").shown(0)),
    row("where(x==0,1,tan(x)/x)", "x=0", agree(1), x=agree(0)),
    row("piecewise(x,x<0,sin(x),x<=pi,0)", "x=0", agree(0), x=agree(1)),
    row("piecewise(x^2,x<=0,x^3)", "x=0", agree(0), x=agree(0)),
    row("where(x!=0,x^2*sin(1/x^2),0)", "x=0", agree(0), x=agree(0)),
    row("abs(x)^1.0001", "x=0", agree(0), x=agree(0)),
    row("where(x>0,exp(-1/x),0)", "x=0", agree(0), x=agree(0)),
    row("sqrt(x^2+1e-300)", "x=0", agree("1e-150"), x=agree(0)),
    row("hypot(x,1e-200)", "x=0", agree("1e-200"), x=agree(0)),
    row("where(x^2<1e-200,0,abs(x))", "x=0", agree(0), x=agree(0)),
    row("tanh(1e30*x)", "x=0", agree(0), x=agree("1e30")),
    row("tanh(x/1e-300)", "x=0", agree(0), x=agree("1e300")),
    row("sigmoid(1e15*(x-0.1))", "x=0.1", agree("0.5"), x=agree("2.5e14")),
]


@for_all("trap", [*CORNERS, *WIDE, *CUSPS, *JUMPS, *DECIMALS, *SMOOTH])
def test_a_kink_is_seen_and_none_is_made_up(trap: Row) -> None:
    check(trap)
