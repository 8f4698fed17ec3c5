"""Bounds below the length of a form: counted by hand, and never above what is written."""

from __future__ import annotations

import random
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from derivcli.witnesses.sympy_functions import build
from derivcli.witnesses.tidy.domain import Domain
from derivcli.witnesses.tidy.forms import Workshop
from derivcli.witnesses.tidy.nodes import MOST_OPERATIONS, TooLongError, Written
from derivcli.witnesses.tidy.work import MOST_STEPS, Work
from tests.every import for_all
from tests.witnesses.tidy.shown import program_of

if TYPE_CHECKING:
    from derivcli.witnesses.tidy.field import Product


def converted(text: str) -> tuple[Workshop, Product]:
    """Return an expression as a product, with what writes it."""
    program = program_of(text)
    workshop = Workshop(Domain(program, {}), (), Work(100 * MOST_STEPS), {})
    return workshop, workshop.converter.of(build(program, evaluate=True))


def bound(text: str) -> int:
    workshop, x = converted(text)
    (atom,) = x.powers
    return workshop.writer.least.sum(atom.poly)


# Signs and calls of the shortest way that is tried.
@for_all(
    ("text", "operations"),
    [
        ("x + 1", 1),
        ("x^2 + 1", 2),
        ("x^2 + 3*x + 5", 4),
        ("sin(x) + x", 2),
        ("log(x) + y + 1", 3),
        ("x*sin(x) + x*cos(x) + 3", 5),  # x*(sin(x) + cos(x)) + 3
    ],
)
def test_a_bound_is_counted_by_hand(text: str, operations: int) -> None:
    assert bound(text) == operations


_PARTS = (
    "x",
    "y",
    "x^2",
    "sin(x)",
    "exp(y)",
    "sqrt(x)",
    "3",
    "(x+1)",
    "(x-y)",
    "log(x*y)",
    "abs(x)",
    "x^a",
    "cos(x)^2",
)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_written_within_a_number_of_operations_is_the_same_as_without(seed: int) -> None:
    source = random.Random(seed)  # noqa: S311 - nothing is hidden with it
    for _ in range(12):
        terms = ("*".join(source.choices(_PARTS, k=source.randint(1, 3))) for _ in range(source.randint(2, 5)))
        text = f"({'+'.join(terms)})/({source.choice(_PARTS)}+{source.choice(_PARTS)}*x)"
        written = written_within(text, MOST_OPERATIONS)
        assert written is not None
        assert written_within(text, written.cost) == written, text
        less = written_within(text, written.cost - 1)
        assert less is None or less == written, text  # the bound is not always sharp


@for_all(("text", "operations"), [("exp(x)", 1), ("sqrt(x)", 1), ("x*exp(x)", 2), ("abs(x)*exp(x)", 3), ("1/(x*y)", 2)])
def test_a_bound_beside_roots_and_powers_is_not_above_the_operations(text: str, operations: int) -> None:
    written = written_within(text, operations)
    assert written is not None
    assert written.cost == operations


def written_within(text: str, most: int) -> Written | None:
    workshop, x = converted(text)
    with suppress(TooLongError):
        return workshop.writer.product(x, most)
    return None
