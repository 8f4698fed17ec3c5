"""Products and sums of atoms, held against the rules of powers, roots and absolute values, by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sympy import Symbol

from derivcli.witnesses.tidy.adding import add
from derivcli.witnesses.tidy.field import ABS, CBRT, SYMBOL, Atom, Field, Product
from derivcli.witnesses.tidy.polynomials import TooLargeError
from derivcli.witnesses.tidy.work import MOST_STEPS, Work


def field(sign: int = 0, steps: int = MOST_STEPS) -> Field:
    return Field(Work(steps), lambda _field, _atom: sign, ())


def variable(home: Field, name: str = "x") -> Product:
    return home.of(home.generator(SYMBOL, Symbol(name, real=True)))


def number(value: int) -> Product:
    return Product(Fraction(value), {})


def test_common_factors_are_cancelled() -> None:
    home = field()
    x = variable(home)
    square = add(home, [home.power(x, 2), number(-1)])
    difference = add(home, [x, number(-1)])
    assert home.product(square, home.power(difference, -1)) == add(home, [x, number(1)])


def test_fractions_are_brought_to_one_denominator() -> None:
    home = field()
    x = variable(home)
    above = add(home, [x, number(1)])
    total = add(home, [home.power(above, -1), home.product(number(-1), x, home.power(above, -2))])
    assert total == home.power(above, -2)  # 1/(x + 1) - x/(x + 1)^2


def test_a_root_keeps_an_exponent_below_its_degree() -> None:
    home = field(sign=1)
    root = home.root(variable(home), 2)
    assert home.power(root, 2) == variable(home)
    assert home.power(root, 3) == home.product(root, variable(home))


def test_the_root_of_a_square_is_an_absolute_value_where_the_sign_is_not_known() -> None:
    home = field(sign=0)
    (atom,) = home.root(home.power(variable(home), 2), 2).powers
    assert atom.kind == ABS
    known = field(sign=-1)
    assert known.root(known.power(variable(known), 2), 2) == known.product(number(-1), variable(known))


def test_squares_come_out_of_the_roots_of_numbers() -> None:
    home = field()
    found = home.root(number(72), 2)
    assert found.coefficient == 6
    assert home.power(found, 2) == number(72)


def test_a_cube_root_has_the_sign_of_what_it_is_taken_of() -> None:
    home = field()
    assert home.root(number(-8), 3, CBRT) == number(-2)


def test_a_root_of_odd_degree_of_what_may_be_negative_is_left() -> None:
    home = field(sign=0)
    with pytest.raises(ArithmeticError):
        home.root(home.power(variable(home), 3), 3)


def test_x_less_its_root_has_the_root_as_a_factor() -> None:
    home = field(sign=1)
    x = variable(home)
    root = home.root(x, 2)
    total = add(home, [x, home.product(number(-1), root)])
    assert sorted(exponent for exponent in total.powers.values()) == [1, 1]
    assert set(root.powers) <= set(total.powers)


def test_zero_has_no_inverse() -> None:
    home = field()
    nothing = add(home, [variable(home), home.product(number(-1), variable(home))])
    assert nothing.coefficient == 0
    with pytest.raises(ZeroDivisionError):
        home.power(nothing, -1)


def test_nothing_is_added_when_the_work_is_over() -> None:
    late = field(steps=-1)
    with pytest.raises(TooLargeError):
        add(late, [number(1), number(2)])


def test_there_is_room_for_so_many_generators_only() -> None:
    home = field()
    with pytest.raises(TooLargeError):
        [variable(home, f"x{k}") for k in range(100)]


def test_a_relation_is_put_into_a_sum() -> None:
    home = field()
    s, c = (home.generator(SYMBOL, Symbol(name)) for name in "sc")
    square = 2, home.ring.one - s.poly**2
    total = add(home, [Product(Fraction(1), {s: 2}), Product(Fraction(1), {c: 2})], {c.index: square})
    assert total == number(1)


def test_atoms_are_told_apart_by_what_they_are() -> None:
    home = field()
    assert isinstance(home.generator(SYMBOL, Symbol("x")), Atom)
    assert home.generator(SYMBOL, Symbol("x")) is home.generator(SYMBOL, Symbol("x"))
