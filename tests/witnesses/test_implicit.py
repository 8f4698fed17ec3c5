"""Derivatives of implicit functions, from numbers of the equation: by hand, and against a power series."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from mpmath import mp, mpf

from derivcli.witnesses.implicit import derivative, needed


def exact(**partials: int | Fraction) -> dict[tuple[str, ...], Fraction]:
    return {tuple(name): Fraction(number) for name, number in partials.items()}


def test_what_is_needed_is_as_few_as_can_be() -> None:
    assert needed(("x",), "y") == [("x",), ("y",)]
    assert needed(("x", "x"), "y") == [("x",), ("y",), ("x", "x"), ("x", "y"), ("y", "y")]
    # nothing is differentiated twice by x, nor by z
    assert needed(("x", "z"), "y") == [
        *(("x",), ("y",), ("z",)),
        *(("x", "y"), ("x", "z"), ("y", "y"), ("y", "z")),
    ]


@pytest.mark.parametrize("variable", ["y", "a"])
def test_the_first_and_second_derivative_are_those_of_books(variable: str) -> None:
    v = variable
    partials = {
        tuple(sorted(key)): Fraction(number)
        for key, number in {("x",): 2, (v,): 3, ("x", "x"): 5, ("x", v): 7, (v, v): 11}.items()
    }
    assert derivative(("x",), v, partials) == Fraction(-2, 3)
    # -(F_xx*F_y^2 - 2*F_xy*F_x*F_y + F_yy*F_x^2)/F_y^3
    assert derivative(("x", "x"), v, partials) == -Fraction(5 * 9 - 2 * 7 * 2 * 3 + 11 * 4, 27)


def test_a_mixed_second_derivative_is_that_of_books() -> None:
    # F = x^2 + y^2 + z^2 at (1, 2, 2): z_xy = -x*y/z^3
    partials = exact(x=2, y=4, z=4, xy=0, xz=0, yz=0, zz=2)
    assert derivative(("x", "y"), "z", partials) == Fraction(-1, 4)


def test_high_orders_of_a_parabola_are_those_of_a_square_root() -> None:
    # y^2 = x at 4: d^n/dx^n sqrt(x) = (-1)^(n-1)*(2n-3)!!/2^n*x^(1/2-n)
    for order in range(1, 9):
        wrt = ("x",) * order
        partials = {t: Fraction(0) for t in needed(wrt, "y")} | exact(x=-1, y=4)
        if order > 1:
            partials[("y", "y")] = Fraction(2)
        odd = 1
        for k in range(1, 2 * order - 2, 2):
            odd *= k
        expected = Fraction((-1) ** (order - 1) * odd, 2**order) * Fraction(2) ** (1 - 2 * order)
        assert derivative(wrt, "y", partials) == expected


def test_high_orders_of_kepler_s_equation_are_those_of_lagrange() -> None:
    # y - sin(y)/2 = x at 0, so y = 2x - 8/6*x^3 + ...; mpmath inverts by its own root finder
    with mp.workdps(60):

        def solved(x: Any) -> Any:
            return mp.findroot(lambda y: y - mp.sin(y) / 2 - x, 2 * x)

        for order in (1, 2, 3, 5):
            wrt = ("x",) * order
            partials = {t: mpf(0) for t in needed(wrt, "y")}
            partials[("x",)] = mpf(-1)
            for n in range(1, order + 1):
                partials[("y",) * n] = (mpf(1) if n == 1 else mpf(0)) - mp.diff(mp.sin, 0, n) / 2
            assert abs(derivative(wrt, "y", partials) - mp.diff(solved, 0, order)) < mpf(10) ** -15


def test_mixed_orders_of_a_product_are_those_of_its_solution() -> None:
    # x*y*z = 6 makes z = 6/(x*y): at (1, 2) z_xxy = 6*2*(-1)/(1*4)
    partials = dict.fromkeys(needed(("x", "x", "y"), "z"), Fraction(0))
    partials |= exact(x=6, y=3, z=2, xy=3, xz=2, yz=1, xyz=1)
    assert derivative(("x", "x", "y"), "z", partials) == -Fraction(12, 4)
    assert derivative(("x",), "z", partials) == -3


def test_a_vertical_tangent_divides_by_zero() -> None:
    with pytest.raises(ZeroDivisionError):
        derivative(("x",), "y", exact(x=1, y=0))


def test_floats_will_do_too() -> None:
    assert derivative(("x",), "y", {("x",): 6.0, ("y",): 8.0}) == -0.75
