"""The real domains of the catalogue: true exactly where there is a real value, on edges too, and said in words."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest
from mpmath import mp, mpf

from derivcli.language import catalogue
from derivcli.language.catalogue.search import LISTED
from derivcli.language.domains import domain, in_words
from derivcli.language.lowering import formula
from derivcli.language.program import Builder
from derivcli.witnesses.evidence import Outcome
from derivcli.witnesses.many_digits import ManyDigits
from tests.checks import LITERALS, exactly, in_balls, row_program
from tests.every import for_all, is_nightly
from tests.references import DIFFERENT, POINTS, REFERENCES

if TYPE_CHECKING:
    from derivcli.language.program import Program

# On an edge, close beside it and far away: enough for rows of one, two, three and four parameters.
BESIDE = ("0", "1e-6", "-1e-6", "1", "0.999999", "1.000001", "-1", "-0.999999", "-1.000001", "-2", "-1.999999", "-3")
ALONE = (*BESIDE, "2", "1.999999", "2.000001", "0.5", "-0.5", "90", "89.999", "-0.3678", "-0.3679", "7.25")
GRIDS = {
    1: ALONE,
    2: ("0", "1e-6", "-1e-6", "1", "0.999999", "1.000001", "-1", "-2", "0.5", "-1.5", "2"),
    3: ("-1", "0", "0.5", "1", "2"),
    4: ("-1", "0", "1", "2.5"),
}
LIMITED = sorted(name for name, row in catalogue.FUNCTIONS.items() if row.domain)
UNKNOWN = ("hypsum", "hypercomb")  # how mpmath's complaints begin where a series comes to 0

# The references that take the real part, or a number of degrees that is rounded.
WHOLE: dict[str, Any] = {
    "polylog": mp.polylog,
    "Li2": lambda x: mp.polylog(2, x),
    "LambertW": mp.lambertw,
    "tand": lambda x: mp.sinpi(x / 180) / mp.cospi(x / 180),
}


def holds(name: str, point: tuple[str, ...]) -> bool:
    program = domain(name)
    parameters, every = catalogue.FUNCTIONS[name].parameters, (*point, LITERALS.get(name, ""))
    return program is None or true(program, dict(zip(parameters, every, strict=False)))


def true(program: Program, at: dict[str, str]) -> bool:
    found = in_balls(program, {name: exactly(mpf(at[name])) for name in program.variables})
    assert found in (0, 1)
    return bool(found == 1)


def points(name: str) -> list[tuple[str, ...]]:
    row = catalogue.FUNCTIONS[name]
    if row.literal:
        return [(x, LITERALS[name]) for x in ALONE]
    count = len(row_program(name).variables)
    step = 1 if count == 1 or is_nightly() else 3  # prime to the sizes of the grids: each number and most pairs
    return list(itertools.product(GRIDS[count], repeat=count))[::step]


def has_value(name: str, point: tuple[str, ...]) -> bool | None:
    """Tell whether mpmath's own function has a real value there; None where mpmath does not say."""
    with mp.workdps(30):
        try:
            found: Any = mp.mpmathify({**REFERENCES, **WHOLE}[name](*map(mpf, point)))
        except (ArithmeticError, mp.NoConvergence, ValueError, NotImplementedError) as error:
            return None if str(error).strip().startswith(UNKNOWN) else False
        return bool(mp.isfinite(found)) and abs(mp.im(found)) <= mpf(10) ** -25 * abs(found)


def computes(name: str, point: tuple[str, ...]) -> bool:
    """Tell whether the witness with many digits has a value there, known or not."""
    program = row_program(name)
    at = dict(zip(catalogue.FUNCTIONS[name].parameters, point, strict=False))
    if name == "polylog" and mpf(at["x"]) < -1:
        return True  # after seconds
    exact = {variable: Builder.of_number(exactly(mpf(at[variable]))) for variable in program.variables}
    return ManyDigits(program).at(exact).outcome is not Outcome.UNDEFINED


def is_different(name: str, point: tuple[str, ...]) -> bool:
    if name not in DIFFERENT:
        return False
    parameters = catalogue.FUNCTIONS[name].parameters
    return true(formula(f"where({DIFFERENT[name]}, 1, 0)", parameters), dict(zip(parameters, point, strict=True)))


@for_all("name", sorted(catalogue.FUNCTIONS))
def test_every_function_has_a_domain_that_can_be_evaluated(name: str) -> None:
    row, program = catalogue.FUNCTIONS[name], domain(name)
    assert (program is None) == (not row.domain)
    assert program is None or set(program.variables) <= set(row.parameters)


@for_all("name", LIMITED)
def test_the_condition_holds_at_points_inside(name: str) -> None:
    assert [point for point in POINTS[name] if not holds(name, point)] == []


@for_all("name", sorted(catalogue.FUNCTIONS)[:: 1 if is_nightly() else 2])
def test_the_condition_holds_exactly_where_mpmath_has_a_real_value(name: str) -> None:
    wrong = []
    for point in points(name):
        if not is_different(name, point):
            found = has_value(name, point)
            wrong += [point] if found not in (None, holds(name, point)) else []
    assert wrong == []


@for_all("name", LIMITED)
def test_the_condition_holds_exactly_where_the_function_is_computed(name: str) -> None:
    assert [point for point in points(name) if holds(name, point) != computes(name, point)] == []


@for_all(
    ("name", "point", "value"),
    [  # on edges: DLMF 8.19.6, 15.4.20, 25.12.1 and 4.13.1, and Abramowitz and Stegun 5.1
        ("expint", ("1.25", "0"), 4),
        ("expint", ("0", "-1"), -2.718281828459045),  # exp(-x)/x
        ("hyp2f1", ("1", "1", "3", "1"), 2),
        ("hyp2f1", ("-1", "1", "2", "3"), -0.5),
        ("polylog", ("2", "1"), 1.6449340668482264),
        ("uppergamma", ("2", "0"), 1),
        ("li", ("0",), 0),
        ("root", ("0", "2.5"), 0),
        ("factorial2", ("-3",), -1),
    ],
)
def test_an_edge_with_a_value_belongs_to_the_domain(name: str, point: tuple[str, ...], value: float) -> None:
    program = row_program(name)
    at = dict(zip(catalogue.FUNCTIONS[name].parameters, map(mpf, point), strict=True))
    assert holds(name, point)
    found = ManyDigits(program).at({n: Builder.of_number(exactly(at[n])) for n in program.variables})
    assert float(found.text) == pytest.approx(value, rel=1e-15)


@for_all(
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


@for_all(
    ("name", "words"),
    [
        ("sin", "all real x"),
        ("sqrt", "x >= 0"),
        ("asech", "0 < x <= 1"),
        ("atan2", "not both 0"),
        ("gamma", "x not 0, -1, -2, ..."),
        ("factorial", "x not -1, -2, ..."),
        ("factorial2", "x not -2, -4, ..."),
        ("beta", "x not 0, -1, -2, ...; y not 0, -1, -2, ..."),
        ("legendre", "n = 0, 1, 2, ..."),
        ("betainc", "0 <= x <= 1, a > 0, b > 0"),
        ("yn", "n = 0, 1, 2, ...; x != 0"),
        ("polygamma", "n = 0, 1, 2, ...; x not 0, -1, -2, ..."),
        ("tanpi", "x + 1/2 not an integer"),
        ("root", "x > 0 and n != 0, or x = 0 and n > 0, or x < 0 and n an odd integer"),
        ("expint", "x > 0, or x = 0 and n > 1, or x < 0 and n = 0, -1, -2, ..."),
        ("besselj", "x > 0, or n an integer, or x = 0 and n > 0"),
        ("LambertW", "k = 0 and x >= -1/e, or k = -1 and -1/e <= x < 0"),
        (
            "hyp2f1",
            "c not 0, -1, -2, ...; x < 1, or x = 1 and c > a + b, or a = 0, -1, -2, ..., or b = 0, -1, -2, ...",
        ),
    ],
)
def test_a_domain_is_said_as_people_write_it(name: str, words: str) -> None:
    assert in_words(catalogue.FUNCTIONS[name]) == words


def test_no_domain_is_said_in_the_words_of_a_machine() -> None:
    said = {name: in_words(row) for name, row in catalogue.FUNCTIONS.items()}
    assert not {name: text for name, text in said.items() if "==" in text or "floor" in text or len(text) > 100}


def test_a_constant_has_no_domain() -> None:
    assert {in_words(row) for row in LISTED["constants"]} == {""}
