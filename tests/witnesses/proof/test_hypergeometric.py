"""Orthogonal polynomials, elliptic integrals, zeta and hypergeometric functions: closed forms (DLMF), edges, cuts."""

from __future__ import annotations

from typing import Any

import pytest
from flint import acb, arb, ctx, fmpq
from mpmath import mp

from derivcli.witnesses.proof.functions import RULES
from derivcli.witnesses.proof.numbers import BlurredError, UnprovedError, ball
from tests.every import for_all
from tests.witnesses.proof.asking import apart

HALF = fmpq(1, 2)


@for_all(
    ("name", "args", "value"),
    [  # polynomials by their formulas, at 3 (DLMF 18.5)
        ("legendre", [2, 3], lambda: 13),
        ("chebyshevt", [3, 3], lambda: 99),
        ("chebyshevu", [2, 3], lambda: 35),
        ("hermite", [3, 3], lambda: 180),
        ("laguerre", [2, 3], lambda: mp.mpf(-1) / 2),
        ("assoc_laguerre", [1, 4, 3], lambda: 2),
        ("gegenbauer", [2, 3, 3], lambda: 213),
        ("jacobi", [1, 2, 4, 3], lambda: 11),
        ("elliptic_k", [0], lambda: mp.pi / 2),
        ("elliptic_k", [HALF], lambda: mp.gamma(mp.mpf(1) / 4) ** 2 / (4 * mp.sqrt(mp.pi))),  # 19.6 and 23.5
        ("elliptic_e", [0], lambda: mp.pi / 2),
        ("elliptic_e", [-1], lambda: mp.ellipe(-1)),
        ("elliptic_f", [1, 0], lambda: 1),
        ("elliptic_f", [fmpq(1, 4), HALF], lambda: mp.ellipf(mp.mpf(1) / 4, mp.mpf(1) / 2)),
        ("elliptic_f", [HALF, 2], lambda: mp.ellipf(mp.mpf(1) / 2, 2)),
        ("elliptic_f", [-5, HALF], lambda: mp.ellipf(-5, mp.mpf(1) / 2)),
        ("elliptic_einc", [1, 0], lambda: 1),
        ("elliptic_einc", [HALF, 1], lambda: mp.sin(mp.mpf(1) / 2)),
        ("elliptic_pi", [0, HALF], lambda: mp.ellipk(mp.mpf(1) / 2)),
        ("elliptic_pi", [HALF, 0], lambda: mp.pi / mp.sqrt(2)),  # pi/(2*sqrt(1 - n))
        ("elliptic_piinc", [0, 1, HALF], lambda: mp.ellipf(1, mp.mpf(1) / 2)),
        ("elliptic_piinc", [HALF, 1, 0], lambda: mp.sqrt(2) * mp.atan(mp.tan(1) / mp.sqrt(2))),
        ("agm", [1, 1], lambda: 1),
        ("agm", [0, 3], lambda: 0),
        ("agm", [3, 0], lambda: 0),
        ("agm", [1, 2], lambda: mp.agm(1, 2)),
        ("zeta", [2, 1], lambda: mp.pi**2 / 6),
        ("zeta", [-1, 1], lambda: -mp.mpf(1) / 12),
        ("zeta", [2, 2], lambda: mp.pi**2 / 6 - 1),
        ("zeta", [0, 3], lambda: -mp.mpf(5) / 2),  # 1/2 - a
        ("polylog", [1, HALF], lambda: mp.log(2)),
        ("polylog", [2, 1], lambda: mp.pi**2 / 6),
        ("polylog", [2, -1], lambda: -(mp.pi**2) / 12),
        ("polylog", [0, -3], lambda: -mp.mpf(3) / 4),  # x/(1 - x)
        ("LambertW", [0, 0], lambda: 0),
        ("LambertW", [1, 0], lambda: mp.lambertw(1)),
        ("LambertW", [fmpq(-1, 4), 0], lambda: mp.lambertw(-mp.mpf(1) / 4)),
        ("LambertW", [fmpq(-1, 4), -1], lambda: mp.lambertw(-mp.mpf(1) / 4, -1).real),
        ("hyp1f1", [1, 1, 2], lambda: mp.exp(2)),
        ("hyp1f1", [1, 2, 2], lambda: (mp.exp(2) - 1) / 2),
        ("hyp2f1", [1, 1, 2, HALF], lambda: 2 * mp.log(2)),
        ("hyp2f1", [-2, 1, 1, 3], lambda: 4),  # (1 - x)^2
        ("hyp2f1", [1, -2, 1, 3], lambda: 4),
        ("hyp2f1", [0, 1, 1, 3], lambda: 1),
        # at 1 by Gauss (DLMF 15.4.20): gamma(4)*gamma(3/2)/(gamma(2)*gamma(7/2)), gamma(4)*gamma(1)/(gamma(3)*gamma(2))
        ("hyp2f1", [2, HALF, 4, 1], lambda: mp.mpf(8) / 5),
        ("hyp2f1", [HALF, 2, 4, 1], lambda: mp.mpf(8) / 5),
        ("hyp2f1", [1, 2, 4, 1], lambda: 3),
        ("hyp2f1", [1, 2, 2, -3], lambda: mp.mpf(1) / 4),  # 1/(1 - x)
    ],
)
def test_a_function_has_the_values_of_its_closed_forms(name: str, args: list[Any], value: Any) -> None:
    with ctx.workprec(250):
        found = RULES[name](*map(fmpq, args))
    assert apart(found, value) < 1e-45


@for_all(
    ("name", "args"),
    [
        ("legendre", [HALF, 1]),
        ("legendre", [501, 1]),
        ("hermite", [-1, 1]),
        ("elliptic_k", [1]),
        ("elliptic_e", [fmpq(9, 8)]),
        ("elliptic_f", [2, 2]),
        ("elliptic_f", [-2, 2]),
        ("elliptic_einc", [2, fmpq(3, 2)]),
        ("elliptic_pi", [1, HALF]),
        ("elliptic_pi", [HALF, 1]),
        ("elliptic_piinc", [2, 2, HALF]),
        ("elliptic_piinc", [HALF, 2, 2]),
        ("agm", [-1, 2]),
        ("agm", [2, -1]),
        ("zeta", [1, 1]),
        ("zeta", [2, 0]),
        ("zeta", [2, -HALF]),
        ("polylog", [1, 1]),
        ("polylog", [2, 2]),
        ("LambertW", [fmpq(-1, 2), 0]),
        ("LambertW", [fmpq(-1, 2), -1]),
        ("LambertW", [1, -1]),
        ("LambertW", [0, -1]),
        ("LambertW", [1, 1]),
        ("LambertW", [1, HALF]),
        ("hyp1f1", [1, -1, 1]),
        ("hyp1f1", [1, 0, 1]),
        ("hyp2f1", [1, 1, 2, 1]),
        ("hyp2f1", [HALF, 1, 2, 3]),
        ("hyp2f1", [-HALF, 1, 2, 3]),
        ("hyp2f1", [1, 1, -2, HALF]),
    ],
)
def test_outside_of_the_domain_or_out_of_reach_nothing_is_proved(name: str, args: list[Any]) -> None:
    with pytest.raises(UnprovedError):
        RULES[name](*map(fmpq, args))


def square(real: str, reach: str) -> acb:
    """Return a square box about a point of the real axis."""
    return acb(arb(real, reach), arb(0, reach))


@for_all(
    ("name", "args"),
    [
        ("elliptic_k", [square("1", "0.25")]),
        ("elliptic_f", [square("1.57", "0.25"), fmpq(1, 2)]),  # pi/2, where FLINT puts two pieces together
        ("elliptic_f", [fmpq(1), square("1.5", "0.25")]),
        ("zeta", [square("1", "0.25"), fmpq(1)]),
        ("polylog", [fmpq(2), square("1", "0.25")]),
        ("LambertW", [square("-0.3679", "0.01"), fmpq(0)]),
        ("LambertW", [square("0", "0.01"), fmpq(-1)]),
        ("hyp2f1", [fmpq(1), fmpq(1), fmpq(2), square("1", "0.25")]),
        ("hyp1f1", [fmpq(1), square("-1", "0.25"), fmpq(1)]),
    ],
)
def test_a_box_that_meets_a_cut_a_pole_or_a_seam_waits_for_a_smaller_one(name: str, args: list[Any]) -> None:
    with pytest.raises(BlurredError):
        RULES[name](*args)


def test_beside_a_cut_the_lower_branch_of_lambert_w_has_a_value_on_a_box() -> None:
    found = ball(RULES["LambertW"](square("-0.25", "0.01"), fmpq(-1)))
    assert found.real.contains(arb("-2.15329236411035"))  # w*exp(w) = -1/4, by mpmath
