"""Expressions as products: what is a power, a root or an atom."""

from __future__ import annotations

import pytest
from sympy import E, Symbol, exp, sin, sqrt

from derivcli.witnesses.tidy.converting import convert
from derivcli.witnesses.tidy.field import CALL, POWER, ROOT, SYMBOL, Field, Product
from derivcli.witnesses.tidy.work import MOST_STEPS, Work

x, n = Symbol("x", real=True), Symbol("n", real=True)


def product(expression: object) -> Product:
    return convert(lambda: Field(Work(MOST_STEPS), lambda _field, _atom: 1, ()), expression)[1]


def kinds(expression: object) -> dict[str, int]:
    return {atom.kind: exponent for atom, exponent in product(expression).powers.items()}


def test_a_variable_and_a_function_are_atoms() -> None:
    assert kinds(x**3 / sin(x)) == {SYMBOL: 3, CALL: -1}


def test_roots_of_one_thing_are_powers_of_the_finest() -> None:
    ((root, exponent),) = product(sqrt(x + 1) * (x + 1) ** (n - n)).powers.items()
    assert (root.kind, root.degree, exponent) == (ROOT, 2, 1)
    found = {atom.degree: exponent for atom, exponent in product(sqrt(x) + x ** (x / x / 3)).powers.items()}
    assert 6 in found  # sqrt(x) + x^(1/3) are powers of the sixth root


def test_exponents_with_letters_add_up() -> None:
    ((atom, exponent),) = product(exp(x) * exp(x / 2)).powers.items()
    assert (atom.kind, atom.degree, exponent) == (POWER, 2, 3)
    assert kinds(x**n / x) == {SYMBOL: -1, POWER: 1}


def test_a_number_to_a_power_is_no_letter() -> None:
    assert product(E**2).powers


def test_a_division_by_zero_is_told() -> None:
    with pytest.raises(ZeroDivisionError):
        product(sin(x) / ((x + 1) ** 2 - x**2 - 2 * x - 1))
