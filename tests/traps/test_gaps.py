"""Points where f has no value, and edges of the domain, where a slope has one side or none.

All by hand, from the first term of a series (`(1-cos(x))/x^2` begins with 1/2, gamma near -2 with 1/(2*(x+2))) and from
the sign of the rest. A closed form stands where a limit is no fraction.
"""

from __future__ import annotations

from mpmath import mp, mpf

from derivcli.model import Kind, Status
from tests.every import for_all
from tests.traps import (
    INF,
    ISOLATED,
    MINUS_INF,
    NAN,
    OUTSIDE,
    Expected,
    Row,
    agree,
    check,
    differ,
    jump_gap,
    one_sided,
    pole,
    removable,
    row,
    vertical,
)

REMOVABLE_GAPS = [
    row("(x^2-1)/(x-1)", "x=1", removable(2, 2)),
    row("(x^3-8)/(x-2)", "x=2", removable(12, 12)),
    row("(1-cos(x))/x^2", "x=0", removable("1/2", "1/2")),
    row("(x-sin(x))/x^3", "x=0", removable("1/6", "1/6")),
    row("(exp(x)-1-x)/x^2", "x=0", removable("1/2", "1/2")),
    row("(sqrt(1+x)-1)/x", "x=0", removable("1/2", "1/2")),
    row("(2^x-1)/x", "x=0", removable(lambda: mp.log(2), lambda: mp.log(2))),
    row("log(1+x)/x", "x=0", removable(1, 1)),
    row("tan(x)/x", "x=0", removable(1, 1)),
    row("sinh(x)/x", "x=0", removable(1, 1)),
    row("asin(x)/x", "x=0", removable(1, 1)),
    row("log(x)/(x-1)", "x=1", removable(1, 1)),
    row("sin(x)/(x-pi)", "x=pi", removable(-1, -1)),
    row("x^2/abs(x)", "x=0", removable(0, 0)),
    row("x*sin(1/x)", "x=0", removable(0, 0)),
    row("exp(-1/x^2)", "x=0", removable(0, 0)),
    row("x^2*log(x)", "x=0", removable(None, 0)),
    row("sqrt(x)*log(x)", "x=0", removable(None, 0)),
    row("sin(x)/sqrt(x)", "x=0", removable(None, 0)),
    # acos(1-u) begins with sqrt(2*u)
    row("acos(x)/sqrt(1-x)", "x=1", removable(lambda: mp.sqrt(2), None)),
    row("1/(1/x)", "x=0", removable(0, 0)),
    row("(1+x)^(1/x)", "x=0", removable(lambda: +mp.e, lambda: +mp.e)),
    row("abs(x)^(1/log(abs(x)))", "x=0", removable(lambda: +mp.e, lambda: +mp.e)),
    row("x^(1/x)", "x=0", removable(None, 0)),
    row("x*tanh(1/x)", "x=0", removable(0, 0)),
    # gamma has the residue -1 at -1, and sin(pi*x) begins with -pi*(x+1)
    row("gamma(x)*sin(pi*x)", "x=-1", removable(lambda: +mp.pi, lambda: +mp.pi)),
    row("gamma(x)/gamma(x-1)", "x=0", removable(-1, -1)),
    row("x!/(x-1)!", "x=0", removable(0, 0)),
    row("tan(x)*cos(x)", "x=pi/2", removable(1, 1)),
    row("1/tan(x)", "x=pi/2", removable(0, 0)),
    row("0*log(x)", "x=0", removable(None, 0)),
    row("0/x", "x=0", removable(0, 0)),
    row("log(x)/log(x)", "x=1", removable(1, 1)),
    row("(cbrt(x)-2)/(x-8)", "x=8", removable("1/12", "1/12")),
    row("(x^2-2)/(x-sqrt(2))", "x=sqrt(2)", removable(lambda: 2 * mp.sqrt(2), lambda: 2 * mp.sqrt(2))),
]

OTHER_GAPS = [
    row("x/abs(x)", "x=0", jump_gap(-1, 1)),
    row("1/(1+exp(1/x))", "x=0", jump_gap(1, 0)),
    row("atan(tan(x))", "x=pi/2", jump_gap(lambda: mp.pi / 2, lambda: -mp.pi / 2)),
    row("sin(1/x)", "x=0", Expected(Status.UNDEFINED, Kind.OSCILLATING)),
    row("1/(x-x)", "x=1", OUTSIDE),
    row("1/floor(x)", "x=1/2", OUTSIDE),
    row("0^x", "x=-1", OUTSIDE),
    row("asec(x)", "x=0", OUTSIDE),
    row("sqrt(-1-x^2)", "x=0", OUTSIDE),
    row("log(-x^2)", "x=0", OUTSIDE),
    row("acosh(x)", "x=1-1e-30", OUTSIDE),
    row("sqrt(x)", "x=-1e-300", OUTSIDE),
    row("tanh(1/x)", "x=0", jump_gap(-1, 1)),
    row("atan2(x,0)", "x=0", jump_gap(lambda: -mp.pi / 2, lambda: mp.pi / 2)),
    row("atan2(0,x)", "x=0", jump_gap(lambda: +mp.pi, 0)),
    row("0/(sin(x)^2+cos(x)^2-1)", "x=1", OUTSIDE),
]

POLES = [
    row("1/x", "x=0", pole(MINUS_INF, INF)),
    row("1/x^2", "x=0", pole(INF, INF)),
    row("x^-3", "x=0", pole(MINUS_INF, INF)),
    row("x^(-1/2)", "x=0", pole(None, INF)),
    row("1/abs(x)", "x=0", pole(INF, INF)),
    row("1/(x-0.1)", "x=0.1", pole(MINUS_INF, INF)),
    row("log(x)", "x=0", pole(None, MINUS_INF)),
    row("log(x-1)", "x=1", pole(None, MINUS_INF)),
    row("log(abs(x))", "x=0", pole(MINUS_INF, MINUS_INF)),
    row("log(1-cos(x))", "x=0", pole(MINUS_INF, MINUS_INF)),
    row("log(sin(x))", "x=pi", pole(MINUS_INF, None)),
    row("log(log(x))", "x=1", pole(None, MINUS_INF)),
    row("1/log(x)", "x=1", pole(MINUS_INF, INF)),
    row("log1p(x)", "x=-1", pole(None, MINUS_INF)),
    row("exp(1/x)", "x=0", pole(0, INF)),
    row("x*exp(1/x)", "x=0", pole(0, INF)),
    row("1/sqrt(x-1)", "x=1", pole(None, INF)),
    row("tan(x)", "x=pi/2", pole(INF, MINUS_INF)),
    row("tan(x)", "x=-3pi/2", pole(INF, MINUS_INF)),
    row("sec(x)", "x=pi/2", pole(INF, MINUS_INF)),
    row("cot(x)", "x=pi", pole(MINUS_INF, INF)),
    row("csc(x)", "x=0", pole(MINUS_INF, INF)),
    row("coth(x)", "x=0", pole(MINUS_INF, INF)),
    row("atanh(x)", "x=1", pole(INF, None)),
    row("atanh(x)", "x=-1", pole(None, MINUS_INF)),
    row("acoth(x)", "x=1", pole(None, INF)),
    row("gamma(x)", "x=0", pole(MINUS_INF, INF)),
    row("gamma(x)", "x=-1", pole(INF, MINUS_INF)),
    row("gamma(x)", "x=-2", pole(MINUS_INF, INF)),
    row("x!", "x=-1", pole(MINUS_INF, INF)),
    row("loggamma(x)", "x=-1", pole(INF, INF)),
    row("digamma(x)", "x=0", pole(INF, MINUS_INF)),
    row("polygamma(1,x)", "x=-1", pole(INF, INF)),
    row("log(cbrt(x)-2)", "x=8", pole(None, MINUS_INF)),
    row("1/(cbrt(x)-2)", "x=8", pole(MINUS_INF, INF)),
    row("1/(x^2-2)", "x=sqrt(2)", pole(MINUS_INF, INF)),
]

EDGES = [
    row("sqrt(x)", "x=0", agree(0), x=vertical(None, INF)),
    row("x^0.9", "x=0", agree(0), x=vertical(None, INF)),
    row("exp(sqrt(x))", "x=0", agree(1), x=vertical(None, INF)),
    row("sqrt(1-x^2)", "x=1", agree(0), x=vertical(MINUS_INF, None)),
    row("sqrt(1-x^2)", "x=-1", agree(0), x=vertical(None, INF)),
    # In float64 sin(pi) is 1.2e-16, and its root 1.1e-8.
    row("sqrt(sin(x))", "x=pi", differ(0), x=vertical(MINUS_INF, None)),
    row("asin(x)", "x=1", agree(lambda: mp.pi / 2), x=vertical(INF, None)),
    row("asin(x)", "x=-1", agree(lambda: -mp.pi / 2), x=vertical(None, INF)),
    row("acos(x)", "x=1", agree(0), x=vertical(MINUS_INF, None)),
    row("acosh(x)", "x=1", agree(0), x=vertical(None, INF)),
    row("asech(x)", "x=1", agree(0), x=vertical(MINUS_INF, None)),
    row("x^sqrt(x)", "x=0", agree(1), x=vertical(None, MINUS_INF)),
    row("x^abs(x)", "x=0", agree(1), x=vertical(None, MINUS_INF)),
    row("x*sqrt(x)", "x=0", agree(0), x=one_sided(None, 0)),
    row("x^1.5", "x=0", agree(0), x=one_sided(None, 0)),
    row("x^2.5", "x=0", agree(0), x=one_sided(None, 0)),
    row("x^pi", "x=0", agree(0), x=one_sided(None, 0)),
    row("sqrt(x^3)", "x=0", agree(0), x=one_sided(None, 0).shown(NAN)),
    row("sqrt(x)^2", "x=0", agree(0), x=one_sided(None, 1).shown(NAN)),
    row("sqrt(x)^4", "x=0", agree(0), x=one_sided(None, 0)),
    row("(1-x)*sqrt(1-x)", "x=1", agree(0), x=one_sided(0, None)),
    row("cos(sqrt(x))", "x=0", agree(1), x=one_sided(None, "-1/2")),
    row("sqrt(x)*sin(sqrt(x))", "x=0", agree(0), x=one_sided(None, 1)),
    row("asin(sqrt(x))^2", "x=0", agree(0), x=one_sided(None, 1)),
    row("acos(x)^2", "x=1", agree(0), x=one_sided(-2, None).shown(NAN)),
    row("sqrt(x-1)+sqrt(1-x)", "x=1", agree(0), x=ISOLATED),
    row("sqrt(-x^2)", "x=0", agree(0), x=ISOLATED),
    row("sqrt(x)*sqrt(-x)", "x=0", agree(0), x=ISOLATED),
    row("acos(1+x^2)", "x=0", agree(0), x=ISOLATED),
    row("sqrt(cos(x)-1)", "x=0", agree(0), x=ISOLATED),
    # x^x tends to 1, and x^(x^x) to x
    row("x^x^x", "x=0", agree(0), x=one_sided(None, 1)),
    row("x*0^x", "x=0", agree(0), x=one_sided(None, 0)),
    row("sqrt(cbrt(x)-2)", "x=8", agree(0), x=vertical(None, INF)),
    row("asin(2sin(x))", "x=pi/6", agree(lambda: mp.pi / 2), x=vertical(INF, None)),
    # In float64 sqrt(2)^2 - 2 is 4.4e-16, and its root 2.1e-8.
    row("sqrt(x^2-2)", "x=sqrt(2)", differ(0), x=vertical(None, INF)),
    row("x^(sin(pi/6)+1/2)", "x=0", agree(0), x=agree(1)),
]

# In the domain by a hair: float64 is on the edge, the point as typed is not.
BY_A_HAIR = [
    row("sqrt(1-x)", "x=1-1e-30", differ("1e-15").shown(0), x=differ("-5e14")),
    row("1/(x-0.1)", "x=0.1+1e-30", differ("1e30"), x=differ("-1e60")),
    row("log1p(x)", "x=-1+1e-20", differ(lambda: -20 * mp.log(10)), x=differ("1e20")),
    row(
        "tan(x)",
        "x=1.5707963267948966",
        differ(lambda: mp.tan(mpf("1.5707963267948966"))),
        x=differ(lambda: mp.sec(mpf("1.5707963267948966")) ** 2),
    ),
    row("mod(x,1)", "x=1e17+0.5", differ("0.5").shown(0), x=agree(1)),
    row("log(x)", "x=1e-310", agree(lambda: -310 * mp.log(10)), x=differ("1e310")),
    row("log(x)", "x=5e-324", differ(lambda: mp.log(mpf("5e-324"))), x=differ("2e323")),
    row("log(x-1)", "x=1+1e-18", differ(lambda: -18 * mp.log(10)), x=differ("1e18")),
    row(
        "gamma(x)",
        "x=-1+1e-20",
        differ(lambda: mp.gamma(-1 + mpf("1e-20"))),
        x=differ(lambda: mp.gamma(-1 + mpf("1e-20")) * mp.digamma(-1 + mpf("1e-20"))),
    ),
]


@for_all("trap", [*REMOVABLE_GAPS, *OTHER_GAPS, *POLES, *EDGES, *BY_A_HAIR])
def test_a_gap_or_an_edge_is_seen(trap: Row) -> None:
    check(trap)
