"""A product whose factors hold different variables: its factors, each with variables of its own."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from derivcli.language.lowering import inline
from derivcli.language.program import Builder, Program

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def split(program: Program) -> list[Program]:
    """Return factors of which no two hold the same variable; one where it is no such product."""
    groups: list[list[Program]] = []
    for factor in _factors(program):
        names = set(factor.variables)
        near = [group for group in groups if any(names & set(other.variables) for other in group)]
        groups = [group for group in groups if group not in near] + [[*chain(*near), factor]]
    return [_product(group) for group in groups]


def _factors(program: Program) -> Iterator[Program]:
    op, args, _text = program.instructions[-1]
    if op != "mul":
        yield program
    else:
        for arg in args:
            yield from _factors(program.part(arg))


def _product(factors: Sequence[Program]) -> Program:
    if len(factors) == 1:
        return factors[0]
    builder = Builder()
    return builder.build(builder.add("mul", *(inline(builder, factor, lambda _op: True, {}) for factor in factors)))
