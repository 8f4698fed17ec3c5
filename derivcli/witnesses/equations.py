"""Whether equations hold at points, in which derivatives of parts stand: their numbers are those of germs.

Nothing of the explanation that the equations come from is used here. All is computed with many digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flint import arb, ctx

from derivcli.language.program import UNDEFINED, Builder, Instruction, Program
from derivcli.witnesses import evidence
from derivcli.witnesses.asking.equations import Equation, Equations, Proved
from derivcli.witnesses.evidence import ARITHMETIC, Outcome, Reading
from derivcli.witnesses.many_digits import constant
from derivcli.witnesses.proof.coordinates import ExactCoordinates
from derivcli.witnesses.proof.machine import BallMachine
from derivcli.witnesses.proof.numbers import UnprovedError, ball
from derivcli.witnesses.proof.parts import Parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from derivcli.witnesses.asking.equations import EquationsRequest
    from derivcli.witnesses.proof.machine import Result
    from derivcli.witnesses.protocol import ExactPoint
    from derivcli.witnesses.replies import Reply

# Of a coordinate on a curve, and what is left of them for sure; the steps of Newton's method on the way there.
_CURVE_BITS, _CURVE_DIGITS, _MOST_TURNS = 960, 100, 60


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
        of_kinks = place >= request.asked
        slopes = _slopes(request.parts, request.of, point, request.along, of_kinks=of_kinks)
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
                        equation.moved = constant(point[request.variable])
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
    machine = BallMachine(program)
    with ctx.workprec(_CURVE_BITS):
        at = ExactCoordinates(point).results(_CURVE_BITS)
        y = _middle(at[name])
        for _ in range(_MOST_TURNS):
            if y is None:
                return None
            step = (1 + abs(y)).mid() * arb(2) ** -(_CURVE_BITS // 3)
            here, ahead = (_middle(machine.values({**at, name: place})[-1]) for place in (y, y + step))
            if here is None or ahead is None or ahead == here:
                return None
            move = here * step / (ahead - here)
            y = _middle(y - move)
            if abs(move) < (1 + abs(y)) * arb(2) ** -(_CURVE_BITS // 2):
                return _decimal(y.str(_CURVE_DIGITS, radius=False))
    return None


def _middle(result: Result) -> Any:
    """Return a number without its error, None where there is none."""
    return None if isinstance(result, UnprovedError) else ball(result).mid()


def _is_zero(program: Program) -> bool:
    """Tell whether algebra makes an expression 0."""
    from derivcli.witnesses.symbolic import Differentiator  # here: the steps ask for no algebra

    return Differentiator(program).is_zero()


def _slopes(
    program: Program, indices: Sequence[int], point: ExactPoint, along: str, *, of_kinks: bool
) -> list[Reading]:
    if not indices:
        return []
    found = Parts(program, point).slopes(along, of_kinks=of_kinks)
    return [found[index] for index in indices]


def _values(program: Program, point: ExactPoint, slopes: Sequence[Reading]) -> list[Reading]:
    known = {f"@{k}": _constant(slope) for k, slope in enumerate(slopes)}
    unknown = [name for name, slope in known.items() if slope is None]
    return Parts(program, point | {name: slope for name, slope in known.items() if slope is not None}, unknown).values()


def _constant(slope: Reading) -> Program | None:
    """Return a slope to be computed with, which may be none; None where it is not known."""
    if slope.outcome is Outcome.NUMBER:
        return _decimal(slope.text)
    return Program((Instruction(UNDEFINED),)) if slope.outcome is Outcome.UNDEFINED else None


def _decimal(text: str) -> Program:
    """Return a decimal as its digits times a power of 10: a long exponent is not written out."""
    sign, digits, exponent = Decimal(text).as_tuple()
    builder = Builder()
    mantissa = builder.default("-" * sign + "".join(map(str, digits)))
    scale = builder.power(builder.number("10"), builder.default(str(exponent)))
    return builder.build(builder.add("mul", mantissa, scale))


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
