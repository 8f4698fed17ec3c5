"""Gamma functions, error functions and integrals: closed forms (DLMF), in numbers of mpmath's; edges and inverses."""

from __future__ import annotations

from typing import Any

import pytest
from flint import acb, arb, ctx, fmpq
from mpmath import mp

from derivcli.witnesses.proof.functions.gammas import GAMMAS
from derivcli.witnesses.proof.numbers import BlurredError, UnprovedError, ball
from tests.every import for_all
from tests.witnesses.proof.asking import apart

HALF = fmpq(1, 2)


@for_all(
    ("name", "args", "value"),
    [
        ("gamma", [HALF], lambda: mp.sqrt(mp.pi)),  # 5.4.6
        ("gamma", [fmpq(-1, 2)], lambda: -2 * mp.sqrt(mp.pi)),
        ("factorial", [4], lambda: 24),
        ("loggamma", [HALF], lambda: mp.log(mp.pi) / 2),
        ("loggamma", [fmpq(-1, 2)], lambda: mp.log(2 * mp.sqrt(mp.pi))),
        ("loggamma", [fmpq(-3, 2)], lambda: mp.log(4 * mp.sqrt(mp.pi) / 3)),
        ("digamma", [1], lambda: -mp.euler),  # 5.4.12
        ("polygamma", [0, 1], lambda: -mp.euler),
        ("polygamma", [1, HALF], lambda: mp.pi**2 / 2),  # 5.15.3
        ("binomial", [5, 2], lambda: 10),
        ("binomial", [5, 7], lambda: 0),
        ("binomial", [fmpq(-1, 2), 2], lambda: mp.mpf(3) / 8),
        ("beta", [2, 3], lambda: mp.mpf(1) / 12),  # 5.12.1
        ("beta", [HALF, HALF], lambda: mp.pi),
        ("betainc", [2, 1, HALF], lambda: mp.mpf(1) / 4),  # x^a
        ("betainc", [1, 3, HALF], lambda: mp.mpf(7) / 8),  # 1 - (1 - x)^b
        ("betainc", [2, 3, 0], lambda: 0),
        ("betainc", [2, 3, 1], lambda: 1),
        ("gammainc", [1, 2], lambda: 1 - mp.exp(-2)),  # 8.4.7
        ("gammaincc", [1, 2], lambda: mp.exp(-2)),
        ("gammainc", [3, 0], lambda: 0),
        ("gammaincc", [3, 0], lambda: 1),
        ("lowergamma", [2, 1], lambda: 1 - 2 / mp.e),
        ("lowergamma", [2, 0], lambda: 0),
        ("uppergamma", [2, 1], lambda: 2 / mp.e),
        ("uppergamma", [3, 0], lambda: 2),
        ("uppergamma", [0, 1], lambda: mp.e1(1)),  # 8.4.4
        ("erfcx", [1], lambda: mp.e * mp.erfc(1)),
        ("dawson", [1], lambda: mp.sqrt(mp.pi) / 2 / mp.e * mp.erfi(1)),  # 7.5.1
        ("erfinv", [HALF], lambda: mp.erfinv(mp.mpf(1) / 2)),
        ("erfcinv", [fmpq(3, 2)], lambda: -mp.erfinv(mp.mpf(1) / 2)),
        ("Ei", [1], lambda: mp.ei(1)),
        ("Ei", [-1], lambda: -mp.e1(1)),  # 6.2.6
        ("E1", [1], lambda: mp.e1(1)),
        ("expint", [2, 1], lambda: mp.exp(-1) - mp.e1(1)),  # 8.19.12
        ("expint", [3, 0], lambda: mp.mpf(1) / 2),  # 8.19.6
        ("li", [2], lambda: mp.ei(mp.log(2))),  # 6.2.8
        ("li", [HALF], lambda: -mp.e1(mp.log(2))),
        ("li", [0], lambda: 0),
        ("Si", [1], lambda: mp.si(1)),
        ("Ci", [1], lambda: mp.ci(1)),
        ("Shi", [1], lambda: (mp.ei(1) + mp.e1(1)) / 2),  # 6.5.3
        ("Chi", [1], lambda: (mp.ei(1) - mp.e1(1)) / 2),
        ("fresnels", [1], lambda: mp.fresnels(1)),
        ("fresnelc", [1], lambda: mp.fresnelc(1)),
    ],
)
def test_a_function_has_the_values_of_its_closed_forms(name: str, args: list[Any], value: Any) -> None:
    with ctx.workprec(250):
        found = GAMMAS[name](*map(fmpq, args))
    assert apart(found, value) < 1e-50


@for_all(
    ("name", "args"),
    [
        ("gamma", [0]),
        ("gamma", [-2]),
        ("loggamma", [-1]),
        ("digamma", [0]),
        ("polygamma", [1, 0]),
        ("polygamma", [HALF, 1]),
        ("polygamma", [-1, 1]),
        ("factorial", [-1]),
        ("binomial", [-1, 2]),
        ("beta", [0, 1]),
        ("beta", [1, 0]),
        ("betainc", [0, 1, HALF]),
        ("betainc", [1, 0, HALF]),
        ("betainc", [1, 1, fmpq(-1, 8)]),
        ("betainc", [1, 1, fmpq(9, 8)]),
        ("gammainc", [0, 1]),
        ("gammaincc", [1, -1]),
        ("lowergamma", [HALF, -1]),
        ("uppergamma", [0, 0]),
        ("uppergamma", [HALF, -1]),
        ("erfinv", [1]),
        ("erfcinv", [0]),
        ("erfcinv", [2]),
        ("Ci", [0]),
        ("Chi", [-1]),
        ("Ei", [0]),
        ("E1", [0]),
        ("E1", [-1]),
        ("expint", [1, 0]),
        ("li", [1]),
        ("li", [-1]),
    ],
)
def test_at_a_pole_or_outside_of_the_domain_nothing_is_proved(name: str, args: list[Any]) -> None:
    with pytest.raises(UnprovedError):
        GAMMAS[name](*map(fmpq, args))


@for_all("name", ["gamma", "loggamma", "digamma", "factorial"])
def test_a_ball_around_a_pole_waits_for_a_smaller_one(name: str) -> None:
    for x in (arb(-1, "0.25"), acb(arb(-1, "0.25"), arb(0, "0.25"))):
        with pytest.raises(BlurredError):
            GAMMAS[name](x)


def test_between_two_poles_a_ball_has_a_value() -> None:
    for name in ("gamma", "loggamma", "factorial"):
        assert ball(GAMMAS[name](arb("-1.5", "0.125"))).is_finite()


def test_of_a_box_too_wide_to_have_one_inverse_none_is_proved() -> None:
    high = acb(arb("0.97", "0.0299"), arb(0, "0.0299"))
    for name, wide in (("erfinv", high), ("erfcinv", 1 - high)):
        with pytest.raises(BlurredError):
            GAMMAS[name](wide)


@for_all("real", ["0.5", "-0.5", "-1.5"])
def test_log_gamma_of_a_box_holds_the_real_function_at_its_real_points(real: str) -> None:
    """Left of 0 the reflection takes sin(pi*x) with the sign that it has there."""
    with ctx.workprec(100):
        found = GAMMAS["loggamma"](acb(arb(real, "0.125"), arb(0, "0.125")))
        for beside in ("-0.0625", "0", "0.0625"):
            value = mp.log(abs(mp.gamma(mp.mpf(real) + mp.mpf(beside))))
            assert found.real.contains(arb(mp.nstr(value, 15)))
            assert found.imag.contains(0)
