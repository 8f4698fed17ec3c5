"""Points of f's domain, and signs on it; the domains are known from analysis."""

from __future__ import annotations

from sympy import Symbol

from derivcli.witnesses.sympy_functions import build
from derivcli.witnesses.tidy.converting import Converter
from derivcli.witnesses.tidy.domain import Domain, has_zeros
from derivcli.witnesses.tidy.field import Field
from derivcli.witnesses.tidy.work import MOST_STEPS, Work
from tests.every import for_all
from tests.witnesses.tidy.shown import program_of


def sign(function: str, part: str) -> int:
    domain = Domain(program_of(function), {})
    field = Field(Work(MOST_STEPS), domain.sign, ())
    (atom,) = Converter(field, {}).of(build(program_of(part), evaluate=True)).powers
    return field.sign(atom)


@for_all(
    ("function", "part", "expected"),
    [
        ("sqrt(x)", "x", 1),
        ("log(-x)", "x", -1),
        ("acosh(x)", "x - 1", 1),
        ("asin(x)", "x + 1", 1),
        ("asin(x)", "x", 0),
        ("x", "x^2 + x + 1", 1),
        ("x", "x - 1000", 0),  # negative at every usual point: the zero is looked for
        ("sqrt(x*y)", "x", 0),  # both may be negative
        ("sqrt(x) + sqrt(y)", "y", 1),
        ("x", "exp(x)", 1),
        ("x", "sin(x)", 0),
    ],
)
def test_a_sign_is_that_on_the_whole_domain(function: str, part: str, expected: int) -> None:
    assert sign(function, part) == expected


def test_points_lie_where_f_has_a_value() -> None:
    assert all(abs(point["x"]) <= 1 for point in Domain(program_of("asin(x)"), {}).points)
    assert all(point["x"] > 0 for point in Domain(program_of("digamma(x)*log(x)"), {}).points)
    assert Domain(program_of("sqrt(-1 - x^2)"), {}).points == []


def test_a_held_variable_has_its_value() -> None:
    points = Domain(program_of("log(t + x)"), {"t": 0}).points
    assert points
    assert all(set(point) == {"x"} and point["x"] > 0 for point in points)


def test_polynomials_without_real_zeros_are_known() -> None:
    field = Field(Work(MOST_STEPS), lambda _field, _atom: 0, ())
    x = Symbol("x", real=True)
    (square,) = Converter(field, {}).of(x**2 + 1).powers
    (line,) = Converter(field, {}).of(x + 1).powers
    assert not has_zeros(square)
    assert has_zeros(line)
