"""Those of mpmath's special functions that needed help: against closed forms and symmetries of the DLMF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from mpmath import mp, mpf

from derivcli.witnesses.mpmath_special import SPECIAL

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _precision() -> Iterator[None]:
    with mp.workprec(240):
        yield


def near(found: Any, truth: Any) -> bool:
    return bool(abs(found - truth) <= abs(truth) * mpf(10) ** -68)


@pytest.mark.parametrize("x", ["0.5", "1", "7.5", "12", "100", "470", "490", "1e6"])
def test_besselk_of_half_an_integer_is_elementary_on_both_sides_of_each_switch(x: str) -> None:
    at = mpf(x)
    short = mp.sqrt(mp.pi / (2 * at)) * mp.exp(-at)  # DLMF 10.39.2, and 10.29.1 for the next one
    assert near(SPECIAL["besselk"](mpf(1) / 2, at), short)
    assert near(SPECIAL["besselk"](mpf(-3) / 2, at), short * (1 + 1 / at))


@pytest.mark.parametrize(
    ("n", "x"), [("0", "1.5"), ("1", "2.5"), ("3", "12"), ("90", "2"), ("101", "2"), ("0.25", "30")]
)
def test_besselk_keeps_the_wronskian(n: str, x: str) -> None:
    order, at = mpf(n), mpf(x)  # DLMF 10.28.2
    k, above = (SPECIAL["besselk"](order + j, at) for j in (0, 1))
    i, next_i = (mp.besseli(order + j, at) for j in (0, 1))
    assert near(i * above + next_i * k, 1 / at)


@pytest.mark.parametrize("n", range(5))
def test_spherical_bessel_functions_are_odd_or_even(n: int) -> None:
    for name, parity in (("jn", (-1) ** n), ("yn", (-1) ** (n + 1))):  # DLMF 10.47.14
        assert SPECIAL[name](mpf(n), mpf("-0.75")) == parity * SPECIAL[name](mpf(n), mpf("0.75"))


def test_spherical_bessel_functions_at_zero() -> None:
    assert [SPECIAL["jn"](mpf(n), mpf(0)) for n in range(3)] == [1, 0, 0]
    assert mp.isnan(SPECIAL["yn"](mpf(0), mpf(0)))


@pytest.mark.parametrize("n", [1, 2, 3])
def test_besseli_of_a_negative_whole_order_is_that_of_the_positive_one(n: int) -> None:
    assert SPECIAL["besseli"](mpf(-n), mpf("-2.5")) == SPECIAL["besseli"](mpf(n), mpf("-2.5"))  # DLMF 10.27.1


def test_polylog_of_a_negative_number_is_real() -> None:
    found = SPECIAL["polylog"](mpf("0.5"), mpf(-1))
    assert isinstance(found, mpf)
    assert near(found, (mp.sqrt(2) - 1) * mp.zeta(mpf("0.5")))  # DLMF 25.12.11 with 25.2.3


@pytest.mark.parametrize("order", [0, 1, 4, -3])
@pytest.mark.parametrize("x", ["0.001", "2.5", "50", "200"])
def test_bessely_of_a_whole_order_is_mpmaths(order: int, x: str) -> None:
    with mp.workprec(400):
        truth = mp.bessely(order, mpf(x))
        assert abs(SPECIAL["bessely"](mpf(order), mpf(x)) - truth) <= abs(truth) * mpf(10) ** -68


@pytest.mark.parametrize(("a", "x"), [("3.5", "1e-40"), ("0.5", "0.25"), ("3.5", "0.9"), ("2", "5")])
def test_the_upper_incomplete_gamma_function_is_mpmaths(a: str, x: str) -> None:
    truth = mp.gammainc(mpf(a), mpf(x))
    assert abs(SPECIAL["uppergamma"](mpf(a), mpf(x)) - truth) <= truth * mpf(10) ** -68
    assert abs(SPECIAL["gammaincc"](mpf(a), mpf(x)) * mp.gamma(mpf(a)) - truth) <= truth * mpf(10) ** -68


def test_polylog_of_order_1_is_a_logarithm() -> None:
    assert abs(SPECIAL["polylog"](mpf(1), mpf(10) ** -90) / mpf(10) ** -90 - 1) < mpf(10) ** -60


def test_elliptic_e_near_1_keeps_its_digits() -> None:
    h = mpf(10) ** -140  # DLMF 19.12.2: E = 1 + h/2*(log(4/sqrt(h)) - 1/2) + O(h^2*log(h))
    with mp.workprec(1200):
        found = SPECIAL["elliptic_e"](1 - h)
        assert abs((found - 1) / h - (mp.log(4 / mp.sqrt(h)) - mpf(1) / 2) / 2) < mpf(10) ** -60


@pytest.mark.parametrize(("name", "args", "zero"), [("hyp1f1", (-1, 2), 2), ("hyp2f1", (-2, 1, 1), 1)])
def test_a_hypergeometric_polynomial_has_its_zeros(name: str, args: tuple[int, ...], zero: int) -> None:
    assert SPECIAL[name](*map(mpf, args), mpf(zero)) == 0


@pytest.mark.parametrize(
    ("name", "args", "zero"),
    [
        ("hyp1f1", ("2", "1"), "-1"),  # (1 + x)*exp(x): DLMF 13.2.39
        ("hyp2f1", ("2", "3", "1"), "-0.5"),  # (1 + 2*x)/(1 - x)^4: DLMF 15.8.1
    ],
)
def test_a_hypergeometric_function_that_is_nearly_a_polynomial_has_its_zeros(
    name: str, args: tuple[str, ...], zero: str
) -> None:
    assert SPECIAL[name](*map(mpf, args), mpf(zero)) == 0
