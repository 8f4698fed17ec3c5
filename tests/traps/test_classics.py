"""The classics: places where plain autograd is silently wrong.

Kinks and gaps are by hand, from one-sided limits. Numbers are integers, decimals and fractions by hand, or the closed
form beside them (the derivative written out by hand), which mpmath evaluates at 100 digits.
"""

from __future__ import annotations

import pytest
from mpmath import mp, mpf

from tests.every import for_all
from tests.traps import (
    INF,
    ISOLATED,
    MINUS_INF,
    NAN,
    OSCILLATING,
    OUTSIDE,
    Row,
    agree,
    check,
    corner,
    differ,
    jump,
    jump_gap,
    one_sided,
    pole,
    removable,
    row,
    vertical,
)

KINKS = [
    row("max(x,0)", "x=0", agree(0), x=corner(0, 1)),
    row("min(x,2)", "x=2", agree(2), x=corner(1, 0)),
    row("max(x,x^2)", "x=1", agree(1), x=corner(1, 2)),
    row("abs(x-1)+abs(x+1)", "x=1", agree(2), x=corner(0, 2)),
    row("abs(x)+x", "x=0", agree(0), x=corner(0, 2)),
    row("relu(x)-relu(-x)", "x=0", agree(0), x=differ(1).shown(0)),
    row("max(x,y,1)", "x=1,y=1", agree(1), x=corner(0, 1), y=corner(0, 1)),
    row("asin(sin(x))", "x=pi/2", agree(lambda: mp.pi / 2), x=corner(1, -1)),
    # The decimal is 1.9e-17 left of pi/2.
    row("asin(sin(x))", "x=1.5707963267948966", agree("1.5707963267948966"), x=differ(1)),
    row("asin(x)+acos(x)", "x=1", agree(lambda: mp.pi / 2), x=one_sided(0, None).shown(NAN)),
    row("cbrt(x)", "x=0", agree(0), x=vertical(INF, INF)),
    row("cbrt(x)", "x=-8", agree(-2), x=agree("1/12")),
    row("x^(1/3)", "x=-8", OUTSIDE),
    row("x^x", "x=0", agree(1), x=vertical(None, MINUS_INF)),
    row("x^y", "x=-2,y=3", agree(-8), x=agree(12), y=ISOLATED),
    row("x^0", "x=0", agree(1), x=agree(0)),
    row("(-8)^x", "x=2", agree(64), x=ISOLATED),
]

JUMPS = [
    row("where(x<0,0,1)", "x=0", agree(1), x=jump(INF, 0)),
    row("floor(x)", "x=2", agree(2), x=jump(INF, 0)),
    row("x-floor(x)", "x=3", agree(0), x=jump(MINUS_INF, 1)),
    row("mod(x,3)", "x=6", agree(0), x=jump(MINUS_INF, 1)),
    row("(x-2)^2*floor(x)", "x=2", agree(0), x=agree(0)),
    row("(x-2)*floor(x)", "x=2", agree(0), x=corner(1, 2)),
    row("mod(-7,3)", "", agree(2)),
    row("round(2.5)", "", agree(2)),
    # atan2 falls from pi to -pi below the negative x axis; along the axis it is constant.
    row("atan2(y,x)", "y=0,x=-1", agree(lambda: +mp.pi), y=jump(INF, -1), x=agree(0)),
]

# A branch that is not taken leaks nothing; a slope is that of f, not that of the branch.
BRANCHES = [
    row("piecewise(x, x!=1, 1)", "x=1", agree(1), x=differ(1).shown(0)),
    row("piecewise(x^2+3x, x!=0, 0)", "x=0", agree(0), x=differ(3).shown(0)),
    row("where(x>0,x^2*log(x),0)", "x=0", agree(0), x=agree(0)),
    row("where(x!=0,x^2*sin(1/x),0)", "x=0", agree(0), x=agree(0)),
    row("where(x!=0,exp(-1/x^2),0)", "x=0", agree(0), x=agree(0)),
    row("where(x>1e-3,1/x,0)", "x=0", agree(0), x=agree(0)),
    row("where(x!=0,x*sin(1/x),0)", "x=0", agree(0), x=OSCILLATING),
]

GAPS = [
    row("atan2(y,x)", "y=0,x=0", OUTSIDE),
    row("digamma(x)", "x=-1", pole(INF, MINUS_INF)),
    row("sinc(x)", "x=0", agree(1), x=agree(0)),
    row("sin(x)/x", "x=0", removable(1, 1)),
    row("sin(2x)/sin(3x)", "x=0", removable("2/3", "2/3")),
    row("sin(x)/abs(x)", "x=0", jump_gap(-1, 1)),
    row("x/(exp(x)-1)", "x=0", removable(1, 1)),
    row("(exp(x)-1)/x", "x=0", removable(1, 1)),
]


def tiny() -> mpf:
    return mpf("1e-12")


# Where x is tiny: sin(x)/x = 1 - x^2/6 + ..., x/(exp(x)-1) = 1 - x/2 + x^2/12 - ..., its inverse 1 + x/2 + x^2/6 + ...
LOST = [
    row("sinc(x)", "x=1e-12", agree(lambda: mp.sin(tiny()) / tiny()), x=agree(lambda: -tiny() / 3 + tiny() ** 3 / 30)),
    row(
        "sin(x)/x", "x=1e-12", agree(lambda: mp.sin(tiny()) / tiny()), x=differ(lambda: -tiny() / 3 + tiny() ** 3 / 30)
    ),
    row(
        "x/(exp(x)-1)",
        "x=1e-12",
        differ(lambda: 1 - tiny() / 2 + tiny() ** 2 / 12),
        x=differ(lambda: -mpf(1) / 2 + tiny() / 6 - tiny() ** 3 / 180),
    ),
    row(
        "(exp(x)-1)/x",
        "x=1e-12",
        differ(lambda: 1 + tiny() / 2 + tiny() ** 2 / 6),
        x=differ(lambda: mpf(1) / 2 + tiny() / 3 + tiny() ** 2 / 8),
    ),
    row(
        "sqrt(x^2+1)-x",
        "x=1e9",
        differ(lambda: mp.sqrt(mpf("1e18") + 1) - mpf("1e9")).shown(0),
        x=differ(lambda: mpf("1e9") / mp.sqrt(mpf("1e18") + 1) - 1).shown(0),
    ),
    row(
        "(1+1/x)^x",
        "x=1e10",
        differ(lambda: mp.exp(mpf("1e10") * mp.log1p(mpf("1e-10")))),
        x=differ(
            lambda: mp.exp(mpf("1e10") * mp.log1p(mpf("1e-10"))) * (mp.log1p(mpf("1e-10")) - 1 / (1 + mpf("1e10")))
        ),
    ),
    row("x^7-7x^6+21x^5-35x^4+35x^3-21x^2+7x-1", "x=1.0001", differ("1e-28"), x=differ("7e-24")),
    # Rump's polynomial; its partial derivatives lose nothing.
    row(
        "333.75b^6+a^2(11a^2b^2-b^6-121b^4-2)+5.5b^8+a/(2b)",
        "a=77617,b=33096",
        differ("-54767/66192"),
        a=agree(lambda: rump_a(mpf(77617), mpf(33096))),
        b=agree(lambda: rump_b(mpf(77617), mpf(33096))),
    ),
    row("1-erf(x)", "x=6", differ(lambda: mp.erfc(6)).shown(0), x=agree(lambda: -2 / mp.sqrt(mp.pi) * mp.exp(-36))),
    row("sin(pi*x)", "x=1e15", differ(0), x=differ(lambda: +mp.pi)),
    row(".1x+.2x-.3x", "x=1", agree(0), x=agree(0)),
]


def rump_a(a: mpf, b: mpf) -> mpf:
    return 44 * a**3 * b**2 - 2 * a * b**6 - 242 * a * b**4 - 4 * a + 1 / (2 * b)


def rump_b(a: mpf, b: mpf) -> mpf:
    return 2002.5 * b**5 + 22 * a**4 * b - 6 * a**2 * b**5 - 484 * a**2 * b**3 + 44 * b**7 - a / (2 * b**2)


SIZES = [
    row("sqrt(x^2+y^2)^2", "x=0,y=0", agree(0), x=differ(0).shown(NAN), y=differ(0).shown(NAN)),
    row(
        "sqrt(x^2+y^2)",
        "x=1e-200,y=1e-200",
        differ(lambda: mp.sqrt(2) * mpf("1e-200")).shown(0),
        x=differ(lambda: mp.sqrt(mpf(1) / 2)),
        y=differ(lambda: mp.sqrt(mpf(1) / 2)),
    ),
    row(
        "hypot(x,y)",
        "x=1e-200,y=1e-200",
        agree(lambda: mp.sqrt(2) * mpf("1e-200")),
        x=agree(lambda: mp.sqrt(mpf(1) / 2)),
        y=agree(lambda: mp.sqrt(mpf(1) / 2)),
    ),
    row("atan2(y,x)", "y=1e200,x=1e200", agree(lambda: mp.pi / 4), y=differ("5e-201"), x=differ("-5e-201")),
    row(
        "sigmoid(x)",
        "x=40",
        agree(lambda: 1 / (1 + mp.exp(-40))),
        x=differ(lambda: mp.exp(-40) / (1 + mp.exp(-40)) ** 2).shown(0),
    ),
    row(
        "1/(1+exp(-x))",
        "x=-400",
        agree(lambda: 1 / (1 + mp.exp(400))),
        x=differ(lambda: mp.exp(400) / (1 + mp.exp(400)) ** 2).shown(0),
    ),
    row(
        "exp(x)/(1+exp(x))",
        "x=800",
        differ(lambda: 1 / (1 + mp.exp(-800))).shown(NAN),
        x=differ(lambda: mp.exp(800) / (1 + mp.exp(800)) ** 2).shown(NAN),
    ),
    row(
        "log(1+exp(x))",
        "x=800",
        differ(lambda: 800 + mp.log1p(mp.exp(-800))),
        x=differ(lambda: 1 / (1 + mp.exp(-800))).shown(NAN),
    ),
    row(
        "log(1+exp(x))",
        "x=-40",
        differ(lambda: mp.log1p(mp.exp(-40))).shown(0),
        x=agree(lambda: 1 / (1 + mp.exp(40))),
    ),
    row("log(cosh(x))", "x=1000", differ(lambda: mp.log(mp.cosh(1000))), x=differ(lambda: mp.tanh(1000)).shown(NAN)),
    row(
        "log(erfc(x))",
        "x=30",
        differ(lambda: mp.log(mp.erfc(30))),
        x=differ(lambda: -2 / mp.sqrt(mp.pi) * mp.exp(-900) / mp.erfc(30)),
    ),
    row("1/x^2", "x=1e-160", differ("1e320"), x=differ("-2e480")),
    # gamma(1/2) is sqrt(pi).
    row(
        "gamma(x)",
        "x=-0.5",
        agree(lambda: -2 * mp.sqrt(mp.pi)),
        x=agree(lambda: -2 * mp.sqrt(mp.pi) * mp.digamma(mpf(-1) / 2)),
    ),
]


@for_all("trap", [*KINKS, *JUMPS, *BRANCHES, *GAPS, *LOST, *SIZES])
def test_a_classic_trap_is_seen(trap: Row) -> None:
    check(trap)


# The numbers as they are printed elsewhere, against the closed forms above being mistaken.


@pytest.mark.parametrize(
    ("expression", "point", "value", "slope"),
    [
        ("log(cosh(x))", {"x": "1000"}, 999.30685281944, 1),
        ("log(erfc(x))", {"x": "30"}, -903.974117110644, -60.0332963987562),
        ("sqrt(x^2+1)-x", {"x": "1e9"}, 5e-10, -5e-19),
        ("gamma(x)", {"x": "-0.5"}, -3.5449077018, -0.1293535898),
        ("1-erf(x)", {"x": "6"}, 2.15197e-17, None),
        ("(1+1/x)^x", {"x": "1e10"}, 2.71828182832, None),
        ("(1+1/x)^x", {"x": "1e10"}, None, 1.3591e-20),
        ("333.75b^6+a^2(11a^2b^2-b^6-121b^4-2)+5.5b^8+a/(2b)", {"a": "77617", "b": "33096"}, -0.827396059946821, None),
    ],
)
def test_the_closed_forms_are_the_printed_numbers(
    expression: str, point: dict[str, str], value: float | None, slope: float | None
) -> None:
    (trap,) = (trap for trap in (*LOST, *SIZES) if (trap.expression, trap.point) == (expression, point))
    for printed, right in ((value, trap.value), *((slope, slope_) for slope_ in trap.slopes.values())):
        if printed is not None:
            assert callable(right.number) or isinstance(right.number, str)
            with mp.workdps(60):
                truth = right.number() if callable(right.number) else mpf(right.number)
            assert float(truth) == pytest.approx(printed, rel=1e-5)
