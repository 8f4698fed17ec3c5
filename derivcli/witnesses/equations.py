"""Whether equations hold at points, in which derivatives of parts stand: their numbers are seen as differences.

No rule of differentiation is used here. All is computed with many digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mpmath import mp, mpf

from derivcli.language.lowering import inline
from derivcli.language.program import Builder
from derivcli.witnesses import balls, evidence
from derivcli.witnesses.balls import BEYOND
from derivcli.witnesses.differences import Point
from derivcli.witnesses.evidence import ARITHMETIC, Outcome, Reading
from derivcli.witnesses.precise import LADDER, Machine, settle
from derivcli.witnesses.protocol import Equation, Equations, Proved
from derivcli.witnesses.tracing import Parts, Trace, reading_of, settle_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from derivcli.language.program import Program
    from derivcli.witnesses.precise import Number
    from derivcli.witnesses.protocol import EquationsRequest, ExactPoint, Reply

_RUNGS = LADDER[:4]
# Of a coordinate on a curve, and what is left of them for sure; the steps of Newton's method on the way there.
_CURVE_BITS, _CURVE_DIGITS, _MOST_TURNS = 960, 100, 60
_ONE_SLOPE = Decimal("1e-9")  # of slopes 2e-40 apart: at a kink they differ by far more


def parts(request: EquationsRequest) -> Iterator[Callable[[], Reply]]:
    """Yield the parts of the answer: what was seen of the equations, and whether the first is one by algebra."""
    yield lambda: hold(request)
    if request.prove is not None:
        zero = request.prove
        yield lambda: Proved(_is_zero(zero))


def hold(request: EquationsRequest) -> Equations:
    """Return at how many of the points each equation holds to its digits, until each has held at enough of them.

    The points of the question count for nothing, since they may lie at a kink.
    """
    seen = [_Seen(Decimal(f"1e-{digits}"), request.strict) for digits in request.digits]
    for place, at in enumerate(request.points):
        point = _placed(at, request)
        if point is None:
            continue
        see = _sure_slopes if place < request.asked else _slopes
        slopes = see(request.parts, request.of, point, request.along)
        values = _values(request.sides, point, slopes)
        if any(values[index].outcome is not Outcome.NUMBER for index in request.needs):
            for equation, (_, right) in zip(seen, request.pairs, strict=True):
                equation.wider += values[right].number is not None
        else:
            scale = max((ARITHMETIC.abs(s.number) for s in slopes if s.number is not None), default=Decimal(0))
            for equation, (left, right) in zip(seen, request.pairs, strict=True):
                if place < request.asked:
                    equation.look(values[left], values[right], scale)
                else:
                    equation.add(place, values[left], values[right], scale)
                    if equation.broken == place and request.curve is not None:
                        equation.moved = _coordinate(point[request.variable])
        if all(e.broken is not None or e.held >= request.enough for e in seen):
            break
    return Equations(tuple(Equation(e.held, e.broken, e.wider, e.left, e.right, e.here, e.moved) for e in seen))


def _placed(point: ExactPoint, request: EquationsRequest) -> ExactPoint | None:
    """Return a point, on a curve if there is one; None where no point of it is found."""
    if request.curve is None:
        return point
    found = _onto(request.curve, request.variable, point)
    return None if found is None else {**point, request.variable: found}


def _onto(program: Program, name: str, point: Mapping[str, Program]) -> Program | None:
    """Return the coordinate at which a curve passes, as Newton's method with differences finds it from a point."""
    machine = Machine(program)
    with mp.workprec(_CURVE_BITS):
        everywhere = Point(point).coordinates()
        at = {other: everywhere[other] for other in program.variables}
        y = balls.ball(at[name]).middle
        for _ in range(_MOST_TURNS):
            step = mp.ldexp(1 + abs(y), -_CURVE_BITS // 3)
            seen = (machine.values({**at, name: balls.Ball(place, mpf(0))})[-1] for place in (y, y + step))
            here, ahead = map(_middle, seen)
            if here is None or ahead is None or ahead == here:
                return None
            move = here * step / (ahead - here)
            y -= move
            if abs(move) < mp.ldexp(1 + abs(y), -_CURVE_BITS // 2):
                builder = Builder()
                return builder.build(builder.default(mp.nstr(y, _CURVE_DIGITS)))
    return None


def _middle(value: Number) -> Any:
    return balls.ball(value).middle if isinstance(value, (Fraction, balls.Ball)) else None


def _coordinate(place: Program) -> Reading:
    return settle(lambda: Machine(place).values({})[-1])


def _is_zero(program: Program) -> bool:
    """Tell whether algebra makes an expression 0."""
    from derivcli.witnesses.symbolic import Differentiator  # here: the steps ask for no algebra

    return Differentiator(program).is_zero()


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
    return apart <= ARITHMETIC.multiply(_ONE_SLOPE, max(*map(ARITHMETIC.abs, (a.number, b.number)), Decimal(1)))


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
    strict: bool
    held: int = 0
    wider: int = 0
    broken: int | None = None
    left: Reading = evidence.MISSING
    right: Reading = evidence.MISSING
    here: Reading = evidence.MISSING
    moved: Reading = evidence.MISSING

    def look(self, left: Reading, right: Reading, scale: Decimal) -> None:
        """Take in the sides at the point of the question."""
        self.here = left if self._holds(left, right, scale) else evidence.MISSING

    def add(self, place: int, left: Reading, right: Reading, scale: Decimal) -> None:
        """Take in the sides at a point."""
        if left.number is None:
            self.wider += left.outcome is Outcome.UNDEFINED and right.number is not None
        elif self._holds(left, right, scale):
            self.held += 1
        elif self.broken is None and (right.number is not None or self._lacks(right)):
            self.broken, self.left, self.right = place, left, right

    def _lacks(self, right: Reading) -> bool:
        """Tell whether a right side has no value where it should."""
        return self.strict and right.outcome is Outcome.UNDEFINED

    def _holds(self, left: Reading, right: Reading, scale: Decimal) -> bool:
        """Tell whether two numbers are as good as equal beside the size of what they are made of."""
        a, b = left.number, right.number
        if a is None or b is None:
            return False
        size = max(ARITHMETIC.abs(a), ARITHMETIC.abs(b), scale)  # Python's own stops at 1e999999
        return ARITHMETIC.abs(ARITHMETIC.subtract(a, b)) <= ARITHMETIC.multiply(self.tolerance, size)
