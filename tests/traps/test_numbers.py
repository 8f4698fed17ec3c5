"""Lost digits, overflow and underflow where f is perfectly smooth.

Every number is a decimal by hand, or a closed form beside the row, the derivative written out by hand, which mpmath
evaluates at 100 digits. `differ` says that float64 loses more than the tool's tolerance on the way. Where a number is
below or above the range of float64 its digits are still right.
"""

from __future__ import annotations

import pytest
from mpmath import mp, mpf

from tests.traps import NAN, Row, agree, check, differ, row

INFINITE = float("inf")


def scaled_erfc() -> mpf:
    return mp.exp(900) * mp.erfc(30)


def negative_gamma() -> mpf:
    return mp.gamma(mpf("-170.5"))


def taylor_rest(first: int) -> mpf:
    """Return exp(1e-10) without the terms before x^first."""
    return mp.fsum(mpf("1e-10") ** k / mp.factorial(k) for k in range(first, 20))


OVERFLOW = [
    row("exp(1000-x)*exp(-1000)", "x=1", differ(lambda: mp.exp(-1)), x=differ(lambda: -mp.exp(-1))),
    row("exp(x)/exp(x)", "x=800", differ(1).shown(NAN), x=differ(0).shown(NAN)),
    row("log(exp(x))", "x=1000", differ(1000).shown(INFINITE), x=differ(1).shown(NAN)),
    row("log(exp(x))", "x=-1000", differ(-1000).shown(-INFINITE), x=differ(1).shown(NAN)),
    row("log(sinh(x))", "x=1000", differ(lambda: mp.log(mp.sinh(1000))), x=differ(lambda: mp.coth(1000))),
    row("log(gamma(x))", "x=200", differ(lambda: mp.loggamma(200)), x=differ(lambda: mp.digamma(200))),
    row("log(x!)", "x=200", differ(lambda: mp.loggamma(201)), x=differ(lambda: mp.digamma(201))),
    row("sqrt(exp(x))", "x=1000", differ(lambda: mp.exp(500)), x=differ(lambda: mp.exp(500) / 2)),
    row("exp(x)^(1/1000)", "x=1000", differ(lambda: mp.exp(1)), x=differ(lambda: mp.exp(1) / 1000)),
    row("asinh(sinh(x))", "x=800", differ(800), x=differ(1)),
    row(
        "x/sqrt(x^2+1)",
        "x=1e200",
        differ(lambda: 1 / mp.sqrt(1 + mpf("1e-400"))).shown(0),
        x=agree(lambda: (1 + mpf("1e400")) ** mpf("-1.5")),
    ),
    row("x^2/(x^2+1)", "x=1e200", differ(lambda: 1 / (1 + mpf("1e-400"))).shown(NAN), x=differ("2e-600").shown(NAN)),
    # The way back meets the factors in the other order: 1e-400 is 0, 1e400 infinite.
    row("(x*1e200)^2/1e300/1e100", "x=1", differ(1).shown(INFINITE), x=differ(2).shown(0)),
    row("x*1e-200*1e-200*1e300*1e100", "x=1", differ(1).shown(0), x=differ(1).shown(INFINITE)),
    row("x^200", "x=1e3", differ("1e600"), x=differ("2e599")),
    row("x^3", "x=1e-110", agree("1e-330"), x=agree("3e-220")),
    row("x^-3", "x=1e-110", differ("1e330"), x=differ("-3e440")),
    row("1/x", "x=1e-310", differ("1e310"), x=differ("-1e620")),
    row("exp(x)", "x=709.9", differ(lambda: mp.exp(mpf("709.9"))), x=differ(lambda: mp.exp(mpf("709.9")))),
    row("sinh(x)", "x=1000", differ(lambda: mp.sinh(1000)), x=differ(lambda: mp.cosh(1000))),
    row("gamma(x)", "x=172", differ(lambda: mp.factorial(171)), x=differ(lambda: mp.gamma(172) * mp.digamma(172))),
    row(
        "gamma(x)",
        "x=171.5",
        agree(lambda: mp.gamma(mpf("171.5"))),
        x=differ(lambda: mp.gamma(mpf("171.5")) * mp.digamma(mpf("171.5"))),
    ),
    row("loggamma(x)", "x=1e300", agree(lambda: mp.loggamma(mpf("1e300"))), x=agree(lambda: mp.digamma(mpf("1e300")))),
    row("softplus(x)", "x=800", agree(lambda: 800 + mp.log1p(mp.exp(-800))), x=agree(lambda: 1 / (1 + mp.exp(-800)))),
    row("atan(1e400*x)", "x=0", differ(0).shown(NAN), x=differ("1e400")),
    pytest.param(  # takes mpmath two seconds
        row("exp(x^2)*erfc(x)", "x=30", differ(scaled_erfc), x=differ(lambda: 60 * scaled_erfc() - 2 / mp.sqrt(mp.pi))),
        marks=pytest.mark.nightly,
    ),
    row("asinh(x)", "x=1e200", agree(lambda: mp.asinh(mpf("1e200"))), x=differ("1e-200").shown(0)),
    row("acosh(x)", "x=1e200", agree(lambda: mp.acosh(mpf("1e200"))), x=differ("1e-200").shown(0)),
]

UNDERFLOW = [
    row("exp(-x^2)", "x=30", agree(lambda: mp.exp(-900)), x=agree(lambda: -60 * mp.exp(-900))),
    row("exp(x)", "x=-745", agree(lambda: mp.exp(-745)), x=agree(lambda: mp.exp(-745))),
    row("tanh(x)", "x=20", agree(lambda: mp.tanh(20)), x=differ(lambda: mp.sech(20) ** 2).shown(0)),
    row("tanh(x)", "x=400", agree(lambda: mp.tanh(400)), x=agree(lambda: mp.sech(400) ** 2)),
    row("erf(x)", "x=7", agree(lambda: mp.erf(7)), x=agree(lambda: 2 / mp.sqrt(mp.pi) * mp.exp(-49))),
    row("erfc(x)", "x=28", agree(lambda: mp.erfc(28)), x=agree(lambda: -2 / mp.sqrt(mp.pi) * mp.exp(-784))),
    row("sqrt(x^2)", "x=1e-200", differ("1e-200").shown(0), x=differ(1)),
    row("log(x^2)", "x=1e-200", differ(lambda: -400 * mp.log(10)), x=differ("2e200")),
    row(
        "1/(1+x^2)",
        "x=1e200",
        agree(lambda: 1 / (1 + mpf("1e400"))),
        x=agree(lambda: -mpf("2e200") / (1 + mpf("1e400")) ** 2),
    ),
    row("x^2", "x=1e-170", agree("1e-340"), x=agree("2e-170")),
    row("abs(x)", "x=1e-320", agree("1e-320"), x=agree(1)),
    row("softplus(x)", "x=-800", agree(lambda: mp.log1p(mp.exp(-800))), x=agree(lambda: 1 / (1 + mp.exp(800)))),
    row("softplus(x)", "x=-40", agree(lambda: mp.log1p(mp.exp(-40))), x=agree(lambda: 1 / (1 + mp.exp(40)))),
    row("sech(x)", "x=700", agree(lambda: mp.sech(700)), x=differ(lambda: -mp.sech(700) * mp.tanh(700)).shown(0)),
    row("sech(x)", "x=800", agree(lambda: mp.sech(800)), x=differ(lambda: -mp.sech(800) * mp.tanh(800)).shown(NAN)),
    row("erf(x)", "x=1e-330", agree(lambda: 2 / mp.sqrt(mp.pi) * mpf("1e-330")), x=agree(lambda: 2 / mp.sqrt(mp.pi))),
    row("log1p(x)", "x=1e-300", agree("1e-300"), x=agree(1)),
    row("expm1(x)", "x=1e-300", agree("1e-300"), x=agree(1)),
    row("(1-cos(x))/x^2", "x=1e-200", differ("0.5").shown(NAN), x=differ(lambda: -mpf("1e-200") / 12).shown(NAN)),
]

CANCELLATION = [
    row("1-cos(x)", "x=1e-8", differ(lambda: 1 - mp.cos(mpf("1e-8"))).shown(0), x=agree(lambda: mp.sin(mpf("1e-8")))),
    row("exp(x)-1", "x=1e-20", differ(lambda: mp.expm1(mpf("1e-20"))).shown(0), x=agree(lambda: mp.exp(mpf("1e-20")))),
    row(
        "log(1+x)", "x=1e-20", differ(lambda: mp.log1p(mpf("1e-20"))).shown(0), x=agree(lambda: 1 / (1 + mpf("1e-20")))
    ),
    row(
        "exp(x)-exp(-x)",
        "x=1e-10",
        differ(lambda: 2 * mp.sinh(mpf("1e-10"))),
        x=agree(lambda: 2 * mp.cosh(mpf("1e-10"))),
    ),
    row(
        "log(x+1)-log(x)",
        "x=1e15",
        differ(lambda: mp.log1p(mpf("1e-15"))),
        x=differ(lambda: -1 / (mpf("1e15") * (mpf("1e15") + 1))),
    ),
    row(
        "x-sin(x)",
        "x=1e-5",
        differ(lambda: mpf("1e-5") - mp.sin(mpf("1e-5"))),
        x=differ(lambda: 1 - mp.cos(mpf("1e-5"))),
    ),
    row(
        "tan(x)-sin(x)",
        "x=1e-6",
        differ(lambda: mp.tan(mpf("1e-6")) - mp.sin(mpf("1e-6"))),
        x=differ(lambda: mp.sec(mpf("1e-6")) ** 2 - mp.cos(mpf("1e-6"))),
    ),
    row(
        "sqrt(x+1)-sqrt(x)",
        "x=1e14",
        differ(lambda: mp.sqrt(mpf("1e14") + 1) - mpf("1e7")),
        x=differ(lambda: 1 / (2 * mp.sqrt(mpf("1e14") + 1)) - mpf("5e-8")),
    ),
    row(
        "erf(x)/x",
        "x=1e-9",
        agree(lambda: mp.erf(mpf("1e-9")) * mpf("1e9")),
        x=differ(lambda: 2 / mp.sqrt(mp.pi) * mp.exp(-mpf("1e-18")) * mpf("1e9") - mp.erf(mpf("1e-9")) * mpf("1e18")),
    ),
    row("cosh(x)-sinh(x)", "x=20", differ(lambda: mp.exp(-20)), x=differ(lambda: -mp.exp(-20))),
    row("tanh(x)-1", "x=20", differ(lambda: mp.tanh(20) - 1).shown(0), x=differ(lambda: mp.sech(20) ** 2).shown(0)),
    row(
        "atan(x)-pi/2",
        "x=1e20",
        differ(lambda: -mp.atan(mpf("1e-20"))).shown(0),
        x=agree(lambda: 1 / (1 + mpf("1e40"))),
    ),
    row("atanh(tanh(x))", "x=20", differ(20), x=differ(1)),
    row("acos(cos(x))", "x=1e-9", differ("1e-9").shown(0), x=differ(1)),
    row(
        "sqrt(1-cos(x)^2)",
        "x=1e-9",
        differ(lambda: mp.sin(mpf("1e-9"))).shown(0),
        x=differ(lambda: mp.cos(mpf("1e-9"))),
    ),
    row("x^3-3x^2+3x-1", "x=1.00001", differ("1e-15"), x=differ("3e-10")),
    row("(x+1e20)-1e20", "x=1", differ(1).shown(0), x=agree(1)),
    row("(1e16+x)-1e16", "x=1", differ(1).shown(0), x=agree(1)),
    row(
        "log(x)-log(x-1)",
        "x=1e16",
        differ(lambda: -mp.log1p(-mpf("1e-16"))),
        x=differ(lambda: -1 / (mpf("1e32") - mpf("1e16"))),
    ),
    row("expm1(x)", "x=-50", agree(lambda: mp.expm1(-50)), x=differ(lambda: mp.exp(-50)).shown(0)),
    row("coth(x)", "x=20", agree(lambda: mp.coth(20)), x=differ(lambda: -(mp.csch(20) ** 2))),
    row("cosh(x)^2-sinh(x)^2", "x=20", differ(1), x=agree(0)),
    row(
        "log(x+sqrt(x^2+1))",
        "x=-1e10",
        differ(lambda: -mp.asinh(mpf("1e10"))),
        x=differ(lambda: 1 / mp.sqrt(1 + mpf("1e20"))),
    ),
    row(
        "exp(x)-1-x-x^2/2-x^3/6",
        "x=1e-10",
        differ(lambda: taylor_rest(4)),
        x=differ(lambda: taylor_rest(3)).shown(0),
    ),
]

# What is exactly 0 has no digits to lose: there the absolute tolerance decides.
ZEROS = [
    row("cos(x)", "x=pi/2", agree(0), x=agree(-1)),
    row("tan(x)", "x=pi", agree(0), x=agree(1)),
    row("x^2-2", "x=sqrt(2)", agree(0), x=agree(lambda: 2 * mp.sqrt(2))),
    row("3x-1", "x=1/3", agree(0), x=agree(3)),
    row("0.1+0.2-x", "x=0.3", agree(0), x=agree(-1)),
    row("sin(x)^2+cos(x)^2", "x=1", agree(1), x=agree(0)),
    row("exp(2log(x))-x^2", "x=3", agree(0), x=agree(0)),
    row("cos(2x)-cos(x)^2+sin(x)^2", "x=0.7", agree(0), x=agree(0)),
    row("sin(pi*x)", "x=1e20", differ(0), x=differ(lambda: +mp.pi)),
    row("sin(x)", "x=1e6*pi", differ(0), x=agree(1)),
]

# The reduction of a large argument: 1e22 is a float64, 1e23 is not.
ARGUMENTS = [
    row("sin(x)", "x=1e22", agree(lambda: mp.sin(mpf("1e22"))), x=agree(lambda: mp.cos(mpf("1e22")))),
    row("sin(x)", "x=1e23", differ(lambda: mp.sin(mpf("1e23"))), x=differ(lambda: mp.cos(mpf("1e23")))),
    row("exp(log(x))", "x=1e-300", agree("1e-300"), x=agree(1)),
    row("cos(1/x)", "x=1e-20", agree(lambda: mp.cos(mpf("1e20"))), x=agree(lambda: mp.sin(mpf("1e20")) * mpf("1e40"))),
    row("mod(x,1)", "x=-1e-20", agree(lambda: 1 - mpf("1e-20")), x=agree(1)),
    row("gamma(x)", "x=-170.5", agree(negative_gamma), x=agree(lambda: negative_gamma() * mp.digamma(mpf("-170.5")))),
]


@pytest.mark.parametrize("trap", [*OVERFLOW, *UNDERFLOW, *CANCELLATION, *ZEROS, *ARGUMENTS], ids=str)
def test_the_true_number_is_given(trap: Row) -> None:
    check(trap)
