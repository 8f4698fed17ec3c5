"""Traps that need functions and conventions that are younger than the table.

The derivatives by hand, in mpmath's functions: zeta', W' = W/(x*(1+W)), 2*J2' = J1 - J3, 2*m*(1-m)*K' = E - (1-m)*K.
"""

from __future__ import annotations

import pytest
from mpmath import mp, mpf

from tests.traps import INF, MINUS_INF, Row, agree, check, cusp, near, one_sided, row, unverified


def elliptic_slope() -> mpf:
    m = mpf(1) / 2
    return (mp.ellipe(m) - (1 - m) * mp.ellipk(m)) / (2 * m * (1 - m))


def lambert_slope() -> mpf:
    w = mp.lambertw(1).real
    return w / (1 + w)


NEW_FUNCTIONS = [
    row("gammainc(1,x)", "x=0", agree(0), x=one_sided(None, 1)),
    row("zeta(x)", "x=2", agree(lambda: mp.pi**2 / 6), x=unverified(lambda: mp.zeta(2, 1, 1))),
    row("LambertW(x)", "x=0", agree(0), x=agree(1)),
    row("LambertW(x)", "x=1", agree(lambda: mp.lambertw(1).real), x=agree(lambert_slope)),
    row(
        "besselj(2,x)",
        "x=1",
        agree(lambda: mp.besselj(2, 1)),
        x=agree(lambda: (mp.besselj(1, 1) - mp.besselj(3, 1)) / 2),
    ),
    row("elliptic_k(x)", "x=1/2", agree(lambda: mp.ellipk(mpf(1) / 2)), x=agree(elliptic_slope)),
]

# A fraction with an odd denominator is a real root of a power: x^(2/3) is cbrt(x)^2.
REAL_ROOTS = [
    row("x^(2/3)", "x=0", agree(0), x=cusp(MINUS_INF, INF)),
    row("x^(2/3)", "x=-8", agree(4), x=agree("-1/3")),
]


@pytest.mark.parametrize("trap", [*NEW_FUNCTIONS, *REAL_ROOTS], ids=str)
def test_a_younger_function_is_right_in_its_traps(trap: Row) -> None:
    check(trap)


@pytest.mark.parametrize(
    ("expression", "point", "printed"),
    [
        ("zeta(x)", "2", -0.93754825431584),
        ("LambertW(x)", "1", 0.36189625663489),
        ("besselj(2,x)", "1", 0.21024361588113),
        ("elliptic_k(x)", "1/2", 0.84721308479398),
    ],
)
def test_the_closed_forms_are_the_printed_numbers(expression: str, point: str, printed: float) -> None:
    (trap,) = (trap for trap in NEW_FUNCTIONS if (trap.expression, trap.point) == (expression, {"x": point}))
    truth = trap.slopes["x"].number
    assert truth is not None
    assert near(printed, truth, 1e-13)
