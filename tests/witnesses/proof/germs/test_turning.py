"""Waves of one phase: by the identities of textbooks, and against mpmath over a period."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from flint import arb, ctx, fmpq
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from derivcli.witnesses.proof.germs.turning import Turning, wave_of
from tests.every import examples, for_all
from tests.witnesses.proof.germs.asking import check, limits, slopes

if TYPE_CHECKING:
    from collections.abc import Mapping


@for_all(
    ("text", "limit"),
    [
        # sin^2 + cos^2 = 1; cos(2u) = cos^4 - sin^4; (sin + cos)^2 = 1 + sin(2u); sin(3u) = 3*sin - 4*sin^3
        ("sin(1/x)^2+cos(1/x)^2", "1"),
        ("cos(1/x)*cos(1/x)+sin(1/x)*sin(1/x)+x", "1"),
        ("sin(1/x)^4-cos(1/x)^4+cos(2/x)", "0"),
        ("(sin(1/x)+cos(1/x))^2-sin(2/x)", "1"),
        ("3*sin(1/x)-4*sin(1/x)^3-sin(3/x)", "0"),
        ("sin(pi/x)^2+cos(pi/x)^2", "1"),
        ("(x+sin(1/x))^2+(x+cos(1/x))^2", "1"),
        ("floor(sin(1/x)^2+cos(1/x)^2)", "1"),
        ("(1+sin(1/x))^2-2*sin(1/x)+cos(1/x)^2", "2"),
        ("x*sin(1/x)*cos(1/x)", "0"),
        ("(x*sin(1/x)^2+x*cos(1/x)^2-x)/x^2", "0"),  # it is exactly x
        ("sin(1/x)*cos(1/x)", "wave"),
        ("sin(1/x)*cos(2/x)", "wave"),
        ("sin(1/x)^2", "wave"),
        ("sin(1/x)+cos(1/x)", "wave"),
        ("1/(2+sin(1/x)*cos(1/x))", "wave"),
        ("sin(1/x)*cos(1/x)/x", "wave"),
        ("(1+x)*sin(1/x)*cos(1/x)", "wave"),
        # Open: two phases; what is near 1, above it and below it; from 1 to 9, which a bound may not double
        ("sin(1/x)*sin(sqrt(2)/x)", "?"),
        ("sin(1/x)*cos(1/x^2)", "?"),
        ("floor((x+sin(1/x))^2+(x+cos(1/x))^2)", "?"),
        ("((1+x)*sin(1/x)^2+(1+x)*cos(1/x)^2-1)/x", "?"),  # 1: of a product of two terms only the first is kept
        ("sign((2+sin(1/x)*sin(1/x^2))*(2+sin(1/x)*sin(1/x^2))-1.5)", "?"),
    ],
)
def test_products_of_waves_have_the_limits_of_identities(text: str, limit: str) -> None:
    check(limits(text, "0"), limit, limit)


@for_all(
    ("text", "slope"),
    [
        ("where(x==0,0,x*sin(1/x)*cos(1/x))", "wave"),
        ("where(x==0,0,x*sin(1/x)^2)", "wave"),
        ("where(x==0,0,x^2*sin(1/x)^2)", "0"),
        ("where(x==0,0,x^2*sin(1/x)*cos(1/x))", "0"),
        ("where(x==0,0,x*(sin(1/x)^2+cos(1/x)^2))", "1"),
    ],
)
def test_products_of_waves_have_slopes(text: str, slope: str) -> None:
    check(slopes(text, "0"), slope, slope)


_PAIRS = st.tuples(st.integers(-3, 3), st.integers(-3, 3))
_SUMS = st.dictionaries(st.sampled_from([Fraction(n, 2) for n in range(5)]), _PAIRS, min_size=1, max_size=3)


def _sum(harmonics: dict[Fraction, tuple[int, int]]) -> Turning:
    total = wave_of("u", Fraction(0), is_sine=True)
    for k, (a, b) in harmonics.items():
        for factor, is_sine in ((a, False), (b, True)):
            found = total.plus(wave_of("u", k, is_sine=is_sine).times(fmpq(factor)))
            assert found is not None
            total = found
    return total


def _value(harmonics: Mapping[Fraction, tuple[float, float]], u: mpf) -> mpf:
    return sum((a * mp.cos(u * float(k)) + b * mp.sin(u * float(k)) for k, (a, b) in harmonics.items()), mpf(0))


@examples(20, 5_000)
@given(_SUMS, _SUMS, st.integers(0, 400))
def test_sums_and_products_are_those_of_the_functions(
    one: dict[Fraction, tuple[int, int]], other: dict[Fraction, tuple[int, int]], step: int
) -> None:
    u = mpf(step) / 100 * mp.pi  # over two turns, as half frequencies need
    product, total = _sum(one).multiplied(_sum(other)), _sum(one).plus(_sum(other))
    assert product is not None
    assert total is not None
    x, y = _value(one, u), _value(other, u)
    for turning, expected in ((product, x * y), (total, x + y)):
        seen = _value({k: (int(4 * a) / 4, int(4 * b) / 4) for k, (a, b) in turning.harmonics.items()}, u)
        assert seen == pytest.approx(expected, abs=1e-9)
        assert turning.ball.contains(arb(float(expected), 1e-9)) or abs(turning.ball - arb(float(expected))) < 1e-6
        low, high = (float(point.mid()) for point in turning.points)
        assert turning.ball.contains(arb(low)) or abs(turning.ball - low) < 1e-6
        assert turning.ball.contains(arb(high)) or abs(turning.ball - high) < 1e-6


def test_two_phases_make_no_product_and_no_sum() -> None:
    one, other = wave_of("u", Fraction(1), is_sine=True), wave_of("v", Fraction(1), is_sine=True)
    assert one.multiplied(other) is None
    assert one.plus(other) is None


def test_a_range_is_enclosed() -> None:
    with ctx.workprec(256):
        half = wave_of("u", Fraction(2), is_sine=True).times(fmpq(1, 2))
        assert half.ball.contains(arb(0, 0.5))
        assert half.ball < arb(0.6)
        assert [float(point.mid()) for point in half.points] == pytest.approx([-0.5, 0.5], abs=0.01)
