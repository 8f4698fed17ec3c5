"""Polynomials of rationals: by mpmath, and by hand where they have a zero."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flint import arb, ctx, fmpq
from mpmath import mp

from derivcli.witnesses.proof.functions import RULES
from tests.every import for_all

if TYPE_CHECKING:
    from collections.abc import Callable


@for_all(
    ("name", "by_mpmath", "parameters"),
    [
        ("legendre", mp.legendre, ()),
        ("chebyshevt", mp.chebyt, ()),
        ("chebyshevu", mp.chebyu, ()),
        ("hermite", mp.hermite, ()),
        ("laguerre", lambda n, x: mp.laguerre(n, 0, x), ()),
        ("assoc_laguerre", mp.laguerre, (fmpq(3, 2),)),
        ("gegenbauer", mp.gegenbauer, (fmpq(3, 2),)),
        ("jacobi", mp.jacobi, (fmpq(1, 2), fmpq(3, 2))),
    ],
)
def test_a_polynomial_is_exact_over_the_rationals(
    name: str, by_mpmath: Callable[..., Any], parameters: tuple[fmpq, ...]
) -> None:
    for n in (0, 1, 2, 7, 64):
        found = RULES[name](fmpq(n), *parameters, fmpq(2, 7))
        assert isinstance(found, fmpq)
        with mp.workprec(400), ctx.workprec(300):
            numbers = [mp.mpf(int(x.p)) / int(x.q) for x in (*parameters, fmpq(2, 7))]
            truth = arb(mp.nstr(by_mpmath(n, *numbers), 80))
            assert abs(arb(found) - truth) <= abs(truth) * arb(10) ** -60


@for_all("name", ["legendre", "chebyshevt", "hermite"])
def test_beyond_what_is_summed_up_it_is_a_ball_around_the_same(name: str) -> None:
    with ctx.workprec(200):
        x = fmpq(1, 3)
        balls = [RULES[name](fmpq(n), arb(x)) for n in (30, 64)]
        assert all(b.contains(RULES[name](fmpq(n), x)) for n, b in zip((30, 64), balls, strict=True))
        assert not isinstance(RULES[name](fmpq(65), x), fmpq)


@for_all(
    ("name", "args", "value"),
    [  # by hand
        ("hyp1f1", ("-1", "2", "2"), "0"),  # 1 - x/2
        ("hyp2f1", ("-2", "1", "1", "3"), "4"),  # (1 - x)^2
        ("hyp2f1", ("-2", "1", "1", "1"), "0"),
        ("legendre", ("3", "1/2"), "-7/16"),  # (5x^3 - 3x)/2
        ("binomial", ("5", "2"), "10"),
        ("binomial", ("3", "5"), "0"),
    ],
)
def test_what_is_rational_is_exact(name: str, args: tuple[str, ...], value: str) -> None:
    numbers = [fmpq(*map(int, text.split("/"))) for text in (*args, value)]
    found = RULES[name](*numbers[:-1])
    assert isinstance(found, fmpq)
    assert found == numbers[-1]


def test_where_the_sum_divides_by_zero_the_ball_is_there() -> None:
    with ctx.workprec(200):
        found = RULES["jacobi"](fmpq(3), fmpq(-2), fmpq(-2), fmpq(3, 10))
        assert arb(found).contains(0)  # DLMF 18.5.8, by hand
