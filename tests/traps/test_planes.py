"""Traps with two variables: partial derivatives that exist although f is not differentiable, and those that do not.

All by hand: a partial derivative sees f on one axis only, where it is a function of one variable.
"""

from __future__ import annotations

from mpmath import mp, mpf

from tests.every import for_all
from tests.traps import (
    INF,
    MINUS_INF,
    NAN,
    OUTSIDE,
    POLE,
    REMOVABLE,
    Row,
    agree,
    check,
    corner,
    differ,
    jump,
    row,
    vertical,
)


def half_root() -> mpf:
    return mp.sqrt(2) / 2


KINKS = [
    row("max(x,y)", "x=2,y=2", agree(2), x=corner(0, 1), y=corner(0, 1)),
    row("min(x,y)", "x=2,y=2", agree(2), x=corner(1, 0), y=corner(1, 0)),
    row("max(x,y)", "x=1e-300,y=0", agree("1e-300"), x=agree(1), y=agree(0)),
    row("max(x,y)-min(x,y)", "x=1,y=1", agree(0), x=corner(-1, 1), y=corner(-1, 1)),
    row("max(x,y)+min(x,y)", "x=1,y=1", agree(2), x=agree(1), y=agree(1)),
    row("abs(x-y)", "x=0.1,y=0.1", agree(0), x=corner(-1, 1), y=corner(-1, 1)),
    row("abs(x+y)", "x=1e-200,y=-1e-200", agree(0), x=corner(-1, 1), y=corner(-1, 1)),
    row("abs(x+y-0.3)", "x=0.1,y=0.2", agree(0), x=corner(-1, 1), y=corner(-1, 1)),
    row("abs(x*y)", "x=0,y=0", agree(0), x=agree(0), y=agree(0)),
    row("abs(x*y)", "x=0,y=1", agree(0), x=corner(-1, 1), y=agree(0)),
    row("abs(x)*y", "x=0,y=2", agree(0), x=corner(-2, 2), y=agree(0)),
    row("x*abs(y)", "x=0,y=0", agree(0), x=agree(0), y=agree(0)),
    row("max(x,y)*max(-x,y)", "x=0,y=0", agree(0), x=agree(0), y=agree(0)),
    row("hypot(x,y)", "x=0,y=0", agree(0), x=corner(-1, 1), y=corner(-1, 1)),
    row("sqrt(x^2+y^2)", "x=0,y=0", agree(0), x=corner(-1, 1), y=corner(-1, 1)),
    row("sqrt(x^2+y^2)", "x=0,y=1e-200", differ("1e-200").shown(0), x=differ(0), y=differ(1)),
    row("sqrt(x^2+y^4)", "x=0,y=0", agree(0), x=corner(-1, 1), y=differ(0).shown(NAN)),
    row("cbrt(x*y)", "x=0,y=0", agree(0), x=differ(0).shown(NAN), y=differ(0).shown(NAN)),
    row("cbrt(x*y)", "x=1,y=0", agree(0), x=differ(0).shown(NAN), y=vertical(INF, INF)),
    row("sqrt(abs(x*y))", "x=0,y=0", agree(0), x=differ(0).shown(NAN), y=differ(0).shown(NAN)),
    row("where(x<y,0,1)", "x=1,y=1", agree(1), x=jump(INF, 0), y=jump(0, MINUS_INF)),
    row("where(x==y,x,2y)", "x=1,y=1", agree(1), x=jump(MINUS_INF, INF), y=jump(MINUS_INF, INF)),
    row("where(x==y,x^2,x*y)", "x=2,y=2", agree(4), x=differ(2).shown(4), y=differ(2).shown(0)),
    row("floor(10(x+y))", "x=0.1,y=0.2", agree(3), x=jump(INF, 0), y=jump(INF, 0)),
    row("abs(x)+abs(y)+abs(x+y)", "x=0,y=0", agree(0), x=corner(-2, 2), y=corner(-2, 2)),
    row("min(x,y,z)", "x=1,y=1,z=2", agree(1), x=corner(1, 0), y=corner(1, 0), z=agree(0)),
    row("max(x,y)+z", "x=1,y=1,z=1e30", agree("1e30"), x=corner(0, 1), y=corner(0, 1), z=agree(1)),
]

POWERS = [
    row("x^y", "x=0,y=0", agree(1), x=agree(0), y=jump(None, MINUS_INF)),
    row("x^y", "x=0,y=1", agree(0), x=agree(1), y=agree(0)),
    row("x^y", "x=0,y=2", agree(0), x=agree(0), y=agree(0)),
    row("x^y", "x=0,y=0.5", agree(0), x=vertical(None, INF), y=agree(0)),
    row("atan2(y,x)", "y=0,x=1", agree(0), y=agree(1), x=agree(0)),
    row("atan2(y,x)", "y=1,x=0", agree(lambda: mp.pi / 2), y=agree(0), x=agree(-1)),
    row("atan2(y,x)", "y=-1,x=0", agree(lambda: -mp.pi / 2), y=agree(0), x=agree(1)),
]

GAPS = [
    row("x*y/(x^2+y^2)", "x=0,y=0", OUTSIDE),
    row("where(x^2+y^2>0,x*y/(x^2+y^2),0)", "x=0,y=0", agree(0), x=agree(0), y=agree(0)),
    row("x^2*y/(x^2+y^2)", "x=0,y=0", REMOVABLE),
    row("where(x^2+y^2>0,x^2*y/(x^4+y^2),0)", "x=0,y=0", agree(0), x=agree(0), y=agree(0)),
    row("(x^2-y^2)/(x-y)", "x=1,y=1", REMOVABLE),
    row("atan(y/x)", "y=1,x=0", OUTSIDE),
    row("log(x)*y", "x=-1,y=0", OUTSIDE),
    row("x^3/(x^2+y^2)", "x=0,y=0", REMOVABLE),
    row("where(x^2+y^2>0,x^3/(x^2+y^2),0)", "x=0,y=0", agree(0), x=differ(1).shown(0), y=agree(0)),
    row("where(x^2+y^2>0,x*y*(x^2-y^2)/(x^2+y^2),0)", "x=0,y=0", agree(0), x=agree(0), y=agree(0)),
    row("sin(x*y)/(x*y)", "x=0,y=0", REMOVABLE),
    row("sin(x*y)/x", "x=0,y=2", OUTSIDE),  # its limit is 2, which is not proved
    row("(x+y)^2/(x^2+y^2)", "x=0,y=0", OUTSIDE),
    row("exp(-1/(x^2+y^2))", "x=0,y=0", REMOVABLE),
    row("1/(x^2+y^2)", "x=0,y=0", POLE),
    row("1/(x-y)", "x=1,y=1", POLE),
    row("log(x^2+y^2)", "x=0,y=0", POLE),
    row("y/(x^2+y^2)", "x=0,y=0", POLE),
]

SIZES = [
    row(
        "sqrt(x^2+y^2)",
        "x=1e200,y=1e200",
        differ(lambda: mp.sqrt(2) * mpf("1e200")),
        x=differ(half_root).shown(0),
        y=differ(half_root).shown(0),
    ),
    row("hypot(x,y)", "x=3e200,y=4e200", agree("5e200"), x=agree("0.6"), y=agree("0.8")),
    row("x*y", "x=1e200,y=1e200", differ("1e400"), x=agree("1e200"), y=agree("1e200")),
    row("x/y", "x=1e-200,y=1e-300", agree("1e100"), x=agree("1e300"), y=differ("-1e400")),
    row("x^2-y^2", "x=100000001,y=100000000", differ(200000001), x=agree(200000002), y=agree(-200000000)),
    row("(x+y)-y", "x=1,y=1e20", differ(1).shown(0), x=agree(1), y=agree(0)),
    # The small root of x^2 + b*x + c. The root of the discriminant is 1e8*sqrt(1-4e-16).
    row(
        "(-b+sqrt(b^2-4c))/2",
        "b=1e8,c=1",
        differ(lambda: (mp.sqrt(mpf("1e16") - 4) - mpf("1e8")) / 2),
        b=differ(lambda: (mpf("1e8") / mp.sqrt(mpf("1e16") - 4) - 1) / 2),
        c=agree(lambda: -1 / mp.sqrt(mpf("1e16") - 4)),
    ),
    row(
        "log(exp(x)+exp(y))",
        "x=1000,y=1000",
        differ(lambda: 1000 + mp.log(2)),
        x=differ("0.5").shown(NAN),
        y=differ("0.5").shown(NAN),
    ),
]


@for_all("trap", [*KINKS, *POWERS, *GAPS, *SIZES])
def test_a_trap_in_the_plane_is_seen(trap: Row) -> None:
    check(trap)
