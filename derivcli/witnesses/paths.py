"""f along a line or a curve through a point, as a function of one variable that is 0 there."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derivcli.language.lowering import inline
from derivcli.language.program import Builder, Program
from derivcli.language.tree import VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from derivcli.witnesses.protocol import ExactPoint

PACE = "@s"  # how far it is along the path: no name that can be typed


def along(program: Program, moves: Mapping[str, Sequence[Fraction]]) -> Program:
    """Return f where each name has moved by a polynomial without a constant term, whose coefficients these are."""
    builder = Builder()
    pace = builder.add(VARIABLE, text=PACE)
    moved = {}
    for name, coefficients in moves.items():
        terms = [builder.add(VARIABLE, text=name)]
        for power, c in enumerate(coefficients, 1):
            factor = _constant(builder, Builder.of_number(c))
            terms.append(builder.add("mul", factor, builder.add("pow", pace, builder.number(str(power)))))
        moved[name] = builder.add("add", *terms)
    return builder.build(inline(builder, program, lambda _op: True, moved))


def start(point: Mapping[str, Program]) -> ExactPoint:
    """Return the point as one of a function along a path."""
    return {**point, PACE: Builder.of_number(Fraction(0))}


def between_axes(names: Sequence[str]) -> Iterator[dict[str, Fraction]]:
    """Yield a few directions between the axes: diagonals, and two that no symmetry favours."""
    yield dict.fromkeys(names, Fraction(1))
    yield {name: Fraction(-1 if k % 2 else 1) for k, name in enumerate(names)}
    for order in (names, names[::-1]):
        yield {name: Fraction(5, 7) ** k for k, name in enumerate(order)}


def _constant(builder: Builder, program: Program) -> int:
    return inline(builder, program, lambda _op: True, {})
