"""The real domains of the catalogue as conditions: true nowhere but where mpmath has a real value."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from mpmath import mp, mpf

from derivcli.language import catalogue
from derivcli.language.domains import domain
from derivcli.language.program import Program
from derivcli.witnesses.precise import Machine
from tests.checks import LITERALS, exactly
from tests.references import POINTS, REFERENCES

COORDINATES = ("0", "1", "-1", "0.5", "-0.5", "2", "-2", "-2.5", "3", "5", "7.25", "1e-3")
FEWER = ("-1", "0.5", "-2.5", "2")
LIMITED = sorted(name for name, row in catalogue.FUNCTIONS.items() if row.domain != "all real x")


UNKNOWN = ("hypsum", "hypercomb")  # how mpmath's complaints begin where a series comes to 0
BY_LIMIT = {"jn": "0", "jacobi": "-1", "assoc_laguerre": "2"}  # where the reference is a limit, or takes seconds


def holds(name: str, point: tuple[str, ...]) -> bool:
    program = domain(name)
    assert program is not None
    row = catalogue.FUNCTIONS[name]
    every = (*point, LITERALS[name]) if row.literal else point
    at = {n: exactly(mpf(text)) for n, text in zip(row.parameters, every, strict=False) if n in program.variables}
    (*_, found) = Machine(program).values(at)
    assert found in (0, 1)
    return bool(found == 1)


def has_no_real_value(name: str, point: tuple[str, ...]) -> bool:
    """Tell whether mpmath's own function has no real value there, and is not infinite either, as torch would be."""
    with mp.workdps(30):
        try:
            found: Any = REFERENCES[name](*map(mpf, point))
        except (ArithmeticError, mp.NoConvergence, ValueError) as error:
            return not str(error).strip().startswith(UNKNOWN)
        return bool(mp.isnan(found)) or abs(mp.im(found)) > mpf(10) ** -25 * abs(found)


@pytest.mark.parametrize("name", sorted(catalogue.FUNCTIONS))
def test_every_function_has_a_domain_that_can_be_evaluated(name: str) -> None:
    row, program = catalogue.FUNCTIONS[name], domain(name)
    assert (program is None) == (row.domain == "all real x")
    assert program is None or isinstance(program, Program)
    assert program is None or set(program.variables) <= set(row.parameters)


@pytest.mark.parametrize("name", LIMITED)
def test_the_condition_holds_at_points_inside(name: str) -> None:
    assert [point for point in POINTS[name] if not holds(name, point)] == []


@pytest.mark.parametrize("name", LIMITED)
def test_the_condition_holds_only_where_there_is_a_real_value(name: str) -> None:
    count = len(POINTS[name][0])
    samples = COORDINATES if count < 3 else FEWER
    points = [p for p in itertools.product(samples, repeat=count) if BY_LIMIT.get(name) not in p]
    assert [point for point in points if holds(name, point) and has_no_real_value(name, point)] == []


@pytest.mark.parametrize(
    ("name", "point"),
    [
        ("log", ("0",)),
        ("log", ("-1",)),
        ("asin", ("1.5",)),
        ("gamma", ("-2",)),
        ("root", ("-8", "2")),
        ("root", ("8", "0")),
        ("polylog", ("2", "3")),
        ("hyp2f1", ("1", "2", "3", "1.5")),
        ("besselj", ("0.5", "-1")),
        ("mod", ("1", "0")),
        ("atan2", ("0", "0")),
        ("zeta", ("1", "2")),
        ("LambertW", ("-1", "0")),
        ("LambertW", ("1", "-1")),
        ("acoth", ("0.5",)),
    ],
)
def test_the_condition_does_not_hold_outside(name: str, point: tuple[str, ...]) -> None:
    assert not holds(name, point)
