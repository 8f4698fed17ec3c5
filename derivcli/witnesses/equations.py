"""Whether equations hold at points, in which derivatives of parts stand: their numbers are seen as differences.

No rule of differentiation is used here. All is computed with many digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivcli.language.lowering import inline
from derivcli.language.program import Builder, Program
from derivcli.witnesses import evidence
from derivcli.witnesses.balls import BEYOND
from derivcli.witnesses.differences import Point
from derivcli.witnesses.evidence import ARITHMETIC, Outcome, Reading
from derivcli.witnesses.precise import LADDER
from derivcli.witnesses.protocol import Equation, Equations
from derivcli.witnesses.tracing import Parts, Trace, reading_of, settle_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from derivcli.witnesses.precise import Number
    from derivcli.witnesses.protocol import Reply

_RUNGS = LADDER[:4]
_ONE_SLOPE = Decimal("1e-9")  # of slopes 2e-40 apart: at a kink they differ by far more


def parts(request: Mapping[str, Any]) -> Iterator[Callable[[], Reply]]:
    """Yield the one part of the answer."""
    yield lambda: hold(request)


def hold(request: Mapping[str, Any]) -> Equations:
    """Return at how many of the points each equation holds, until each has been seen to hold at `enough` of them.

    The instructions `of` of the program `parts` are the parts of which derivatives by `along` stand in the equations:
    as the variables `@0`, `@1`, ... of the program `sides`, whose instructions are paired in `pairs`. A point counts
    only where the instructions `needs` of `sides` have values. The first `asked` points are those of the question: they
    count for nothing, since they may lie at a kink.
    """
    parts_of, sides = Program.from_json(request["parts"]), Program.from_json(request["sides"])
    tolerance = Decimal(f"1e-{request['digits']}")
    seen = [_Seen(tolerance) for _ in request["pairs"]]
    for place, at in enumerate(request["points"]):
        point = {name: Program.from_json(coordinate) for name, coordinate in at.items()}
        see = _sure_slopes if place < request["asked"] else _slopes
        slopes = see(parts_of, request["of"], point, request["along"])
        values = _values(sides, point, slopes)
        if all(values[index].outcome is Outcome.NUMBER for index in request["needs"]):
            scale = max((abs(s.number) for s in slopes if s.number is not None), default=Decimal(0))
            for equation, (left, right) in zip(seen, request["pairs"], strict=True):
                if place < request["asked"]:
                    equation.look(values[left], values[right], scale)
                else:
                    equation.add(place, values[left], values[right], scale)
        if all(e.broken is not None or e.held >= request["enough"] for e in seen):
            break
    return Equations(tuple(Equation(e.held, e.broken, e.wider, e.left, e.right, e.here) for e in seen))


def _slopes(program: Program, indices: Sequence[int], point: Mapping[str, Program], along: str) -> list[Reading]:
    if not indices:
        return []
    found = Trace(program, point).slopes(along)
    return [found[index] for index in indices]


def _sure_slopes(program: Program, indices: Sequence[int], point: Mapping[str, Program], along: str) -> list[Reading]:
    """Return the slopes at a point that may lie at a kink: a central difference is half of both sides there."""
    here, *beside = (
        _slopes(program, indices, {**point, along: _moved(point[along], sign)}, along) for sign in (0, 1, -1)
    )
    return [h if _meet(a, b) else evidence.UNDEFINED for h, a, b in zip(here, *beside, strict=True)]


def _moved(coordinate: Program, sign: int) -> Program:
    """Return a coordinate moved by less than anything in a question is wide."""
    builder = Builder()
    moved = inline(builder, coordinate, lambda _op: True, {})
    step = builder.default("-1e-40" if sign < 0 else "1e-40")
    return builder.build(builder.add("add", moved, step)) if sign else coordinate


def _meet(a: Reading, b: Reading) -> bool:
    """Tell whether the slopes on both sides of a point are one."""
    if a.number is None or b.number is None:
        return False
    apart = ARITHMETIC.abs(ARITHMETIC.subtract(a.number, b.number))
    return apart <= ARITHMETIC.multiply(_ONE_SLOPE, max(abs(a.number), abs(b.number), Decimal(1)))


def _values(program: Program, point: Mapping[str, Program], slopes: Sequence[Reading]) -> list[Reading]:
    machine, at = Parts(program), Point(point)
    known = {f"@{k}": _number(slope) for k, slope in enumerate(slopes)}
    return settle_all(lambda: machine.values({**at.coordinates(), **known}), _RUNGS, reading_of)


def _number(slope: Reading) -> Number:
    """Return a slope to be computed with: None where there is none, unknown where it is not known."""
    if slope.outcome is Outcome.NUMBER:
        return Fraction(slope.text)
    return None if slope.outcome is Outcome.UNDEFINED else BEYOND


@dataclass(slots=True)
class _Seen:
    """What is known of an equation so far; `here` is its left side at the point of the question, where it holds."""

    tolerance: Decimal
    held: int = 0
    wider: int = 0
    broken: int | None = None
    left: Reading = evidence.MISSING
    right: Reading = evidence.MISSING
    here: Reading = evidence.MISSING

    def look(self, left: Reading, right: Reading, scale: Decimal) -> None:
        """Take in the sides at the point of the question."""
        self.here = left if self._holds(left, right, scale) else evidence.MISSING

    def add(self, place: int, left: Reading, right: Reading, scale: Decimal) -> None:
        """Take in the sides at a point."""
        if left.number is None:
            self.wider += left.outcome is Outcome.UNDEFINED and right.number is not None
        elif self._holds(left, right, scale):
            self.held += 1
        elif self.broken is None and (right.number is not None or right.outcome is Outcome.UNDEFINED):
            self.broken, self.left, self.right = place, left, right

    def _holds(self, left: Reading, right: Reading, scale: Decimal) -> bool:
        """Tell whether two numbers are as good as equal beside the size of what they are made of."""
        a, b = left.number, right.number
        if a is None or b is None:
            return False
        size = max(abs(a), abs(b), scale)
        return ARITHMETIC.abs(ARITHMETIC.subtract(a, b)) <= ARITHMETIC.multiply(self.tolerance, size)
