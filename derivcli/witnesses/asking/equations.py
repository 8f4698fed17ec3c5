"""Equations that are held against numbers at points: what is asked, and what is replied."""

from __future__ import annotations

from dataclasses import dataclass

from derivcli.language.program import Program
from derivcli.model.codec import Coded
from derivcli.witnesses.evidence import MISSING, Reading
from derivcli.witnesses.protocol import ExactPoint


@dataclass(frozen=True, slots=True)
class EquationsRequest(Coded):
    """Equations, in which derivatives of parts stand, are to be held against numbers at points.

    The instructions `of` of the program `parts` are the parts of which derivatives by `along` stand in the equations:
    as the variables `@0`, `@1`, ... of the program `sides`. `pairs` are the instructions of `sides` that are to be
    equal, each to as many `digits`. A point counts only where the instructions `needs` of `sides` have values; it is
    `strict` that a right side has a value wherever the left one has. The first `asked` points are those of the
    question; of the others as many are looked at as it takes until each equation has held at `enough` of them. With a
    `curve`, where that program is 0, the points are moved onto it along the `variable`. `prove` is what may be 0 by
    algebra.
    """

    parts: Program
    of: tuple[int, ...]
    sides: Program
    pairs: tuple[tuple[int, ...], ...]
    needs: tuple[int, ...]
    along: str
    points: tuple[ExactPoint, ...]
    asked: int
    enough: int
    digits: tuple[int, ...]
    strict: bool = False
    prove: Program | None = None
    curve: Program | None = None
    variable: str = ""


@dataclass(frozen=True, slots=True)
class Equation(Coded):
    """At how many points an equation holds, and the first at which it does not, with its sides there.

    `wider` counts the points where the right side alone has a value; `here` is the left side at the point of the
    question, if the equation holds there. `moved` is the coordinate of the point that had to be moved onto a curve.
    """

    held: int
    broken: int | None = None
    wider: int = 0
    left: Reading = MISSING
    right: Reading = MISSING
    here: Reading = MISSING
    moved: Reading = MISSING


@dataclass(frozen=True, slots=True)
class Equations(Coded):
    """What was seen of each equation."""

    seen: tuple[Equation, ...]


@dataclass(frozen=True, slots=True)
class Proved(Coded):
    """Whether algebra makes the difference of two sides 0."""

    is_zero: bool
