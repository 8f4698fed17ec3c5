"""Paths through a point: f along a line, as a function of one variable that is 0 there; curves."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derivcli.language.lowering import inline
from derivcli.language.program import Builder, Program
from derivcli.language.tree import VARIABLE
from derivcli.witnesses.approach import Leg

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from derivcli.witnesses.protocol import ExactPoint

_MOST_CURVED = 4  # variables along which f is followed on curves
# Their powers, and how wide they are: one parabola is below y = x^2, and one between that and y = 3x^2.
_CURVES = ((2, Fraction(1)), (3, Fraction(1)), (2, Fraction(9, 4)))
PACE = "@s"  # how far it is along the path: no name that can be typed


def along(program: Program, direction: Mapping[str, Fraction]) -> Program:
    """Return f on the line through a point in a direction."""
    builder = Builder()
    pace = builder.add(VARIABLE, text=PACE)
    moved = {}
    for name, share in direction.items():
        step = builder.add("mul", _constant(builder, Builder.of_number(share)), pace)
        moved[name] = builder.add("add", builder.add(VARIABLE, text=name), step)
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


def paths_between(variables: Sequence[str]) -> list[dict[str, Leg]]:
    """Return the axes, and for several variables lines between them and parabolas along each."""
    axes = [{name: Leg(Fraction(1))} for name in variables]
    if len(variables) < 2:
        return axes
    paces = {name: Fraction(5, 7) ** k for k, name in enumerate(variables)}
    between = {name: Leg(pace) for name, pace in paces.items()}
    across = {name: Leg(-pace if k % 2 else pace) for k, (name, pace) in enumerate(paces.items())}
    curves = [
        {name: Leg(Fraction(1)) if name == along else Leg(pace * wide, power) for name, pace in paces.items()}
        for along in variables[:_MOST_CURVED]
        for power, wide in _CURVES
    ]
    return [*axes, between, across, *curves]


def beside_diagonals(
    program: Program, point: Mapping[str, Program], names: Sequence[str]
) -> Iterator[tuple[Program, str, str]]:
    """Yield f of two variables with its second one moved along by the first, or against it, and their names.

    On a curve of the new variables f stays near a diagonal of the old ones, where x + y or x - y is smaller than both.
    """
    if len(names) != 2:
        return
    first, second = names
    for op in ("add", "neg"):
        builder = Builder()
        moved = builder.add(VARIABLE, text=first)
        step = builder.add("add", moved, builder.add("neg", _constant(builder, point[first])))
        step = step if op == "add" else builder.add("neg", step)
        there = builder.add("add", builder.add(VARIABLE, text=second), step)
        yield builder.build(inline(builder, program, lambda _op: True, {first: moved, second: there})), first, second


def _constant(builder: Builder, program: Program) -> int:
    return inline(builder, program, lambda _op: True, {})
