"""Bessel, Airy and Struve functions: closed forms of half and of whole orders (DLMF 10.16, 10.39, 10.49, 9.2, 11.4)."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from flint import acb, arb, ctx, fmpq
from mpmath import mp

from derivcli.witnesses.proof.functions.bessel import BESSEL
from derivcli.witnesses.proof.numbers import BlurredError, UnprovedError, ball
from tests.every import for_all
from tests.witnesses.proof.asking import apart

HALF = fmpq(1, 2)


@for_all(
    ("name", "args", "value"),
    [
        ("besselj", [HALF, 2], lambda: mp.sqrt(1 / mp.pi) * mp.sin(2)),
        ("besselj", [-HALF, 2], lambda: mp.sqrt(1 / mp.pi) * mp.cos(2)),
        ("besselj", [0, 0], lambda: 1),
        ("besselj", [HALF, 0], lambda: 0),
        ("besselj", [1, -2], lambda: -mp.besselj(1, 2)),
        ("bessely", [HALF, 2], lambda: -mp.sqrt(1 / mp.pi) * mp.cos(2)),
        ("besseli", [HALF, 2], lambda: mp.sqrt(1 / mp.pi) * mp.sinh(2)),
        ("besseli", [HALF, 0], lambda: 0),
        ("besseli", [2, -2], lambda: mp.besseli(2, 2)),
        ("besselk", [HALF, 2], lambda: mp.sqrt(mp.pi / 4) * mp.exp(-2)),
        ("jn", [0, 2], lambda: mp.sin(2) / 2),
        ("jn", [1, 2], lambda: mp.sin(2) / 4 - mp.cos(2) / 2),
        ("jn", [2, 2], lambda: (mp.mpf(3) / 8 - mp.mpf(1) / 2) * mp.sin(2) - mp.mpf(3) / 4 * mp.cos(2)),
        ("jn", [0, 0], lambda: 1),
        ("yn", [0, 2], lambda: -mp.cos(2) / 2),
        ("yn", [1, 2], lambda: -mp.cos(2) / 4 - mp.sin(2) / 2),
        ("yn", [2, 2], lambda: (mp.mpf(1) / 2 - mp.mpf(3) / 8) * mp.cos(2) - mp.mpf(3) / 4 * mp.sin(2)),
        ("airyai", [0], lambda: 1 / (mp.cbrt(9) * mp.gamma(mp.mpf(2) / 3))),
        ("airyaiprime", [0], lambda: -1 / (mp.cbrt(3) * mp.gamma(mp.mpf(1) / 3))),
        ("airybi", [0], lambda: 1 / (mp.root(3, 6) * mp.gamma(mp.mpf(2) / 3))),
        ("airybiprime", [0], lambda: mp.root(3, 6) / mp.gamma(mp.mpf(1) / 3)),
        ("struveh", [HALF, 2], lambda: mp.sqrt(1 / mp.pi) * (1 - mp.cos(2))),
        ("struveh", [-HALF, 2], lambda: mp.sqrt(1 / mp.pi) * mp.sin(2)),
        ("struveh", [-HALF, 0], lambda: 0),
        ("struveh", [0, -2], lambda: -mp.struveh(0, 2)),
        ("struvel", [HALF, 2], lambda: mp.sqrt(1 / mp.pi) * (mp.cosh(2) - 1)),
        ("struvel", [-HALF, 2], lambda: mp.sqrt(1 / mp.pi) * mp.sinh(2)),
    ],
)
def test_a_function_has_the_values_of_its_closed_forms(name: str, args: list[Any], value: Any) -> None:
    with ctx.workprec(250):
        found = BESSEL[name](*map(fmpq, args))
    assert apart(found, value) < 1e-50


@for_all(
    ("name", "args"),
    [
        ("besselj", [HALF, -1]),
        ("besselj", [-HALF, 0]),
        ("besseli", [HALF, -1]),
        ("besseli", [-HALF, 0]),
        ("bessely", [0, 0]),
        ("bessely", [1, -1]),
        ("besselk", [1, 0]),
        ("jn", [-1, 1]),
        ("jn", [HALF, 1]),
        ("jn", [101, 1]),
        ("yn", [0, 0]),
        ("yn", [-1, 1]),
        ("struveh", [HALF, -1]),
        ("struvel", [fmpq(-3, 2), 0]),
        ("struveh", [0, 300]),
    ],
)
def test_outside_of_the_domain_or_out_of_reach_nothing_is_proved(name: str, args: list[Any]) -> None:
    with pytest.raises(UnprovedError):
        BESSEL[name](*map(fmpq, args))


def test_a_box_across_the_cut_has_a_value_for_whole_orders_only() -> None:
    box = acb(arb(0, "0.5"), arb(0, "0.5"))
    for name in ("besselj", "besseli"):
        assert ball(BESSEL[name](fmpq(2), box)).contains(0)
        with pytest.raises(BlurredError):
            BESSEL[name](HALF, box)
    for name in ("bessely", "besselk"):
        with pytest.raises(BlurredError):
            BESSEL[name](fmpq(2), box)


def test_the_highest_order_of_a_spherical_function_is_100() -> None:
    for name, by_mpmath in (("jn", mp.besselj), ("yn", mp.bessely)):
        with mp.workdps(60):
            value = mp.sqrt(mp.pi / 100) * by_mpmath(mp.mpf(201) / 2, 50)  # DLMF 10.47.3
        with ctx.workprec(300):
            found = BESSEL[name](fmpq(100), fmpq(50))
        assert apart(found, partial(mp.mpf, value)) < 1e-9 * abs(value)
