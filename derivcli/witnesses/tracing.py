"""What every part of an expression truly is at a point, and which other forms of it are the same function.

All parts are evaluated at once: their values, and their slopes as central differences with steps far below every scale.
At a kink such a slope is the mean of both sides.
"""

from __future__ import annotations

from contextlib import nullcontext
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from mpmath import mp, mpf

from derivcli.language import catalogue
from derivcli.language.lowering import definition
from derivcli.language.tree import VARIABLE
from derivcli.witnesses import balls, evidence
from derivcli.witnesses.balls import last_resort
from derivcli.witnesses.differences import Point, Scales
from derivcli.witnesses.evidence import ARITHMETIC, Outcome, Reading
from derivcli.witnesses.folding import fold
from derivcli.witnesses.mpmath_functions import KNOWN
from derivcli.witnesses.precise import LADDER, Machine, compute, read
from derivcli.witnesses.protocol import PartSlopes, PartValues, SameForm, SameForms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from derivcli.language.program import Program
    from derivcli.witnesses.precise import Number
    from derivcli.witnesses.protocol import Reply, TraceRequest

_RUNGS = LADDER[:5]
_DOUBLINGS = 4
_SAME_SLOPE = mpf(10) ** -20  # two steps that give it less precisely show no slope
_SAME = Decimal("1e-25")
# A slope of 0 is seen as the square of the step, which shrinks by 1e-10; one that is half of both sides of a jump of
# the second derivative as the step itself, 1e-5.
_VANISHES = mpf(10) ** -8
_ERROR_DIGITS = 5
# Where else two forms of a function are compared: `scale*x + shift`.
_ELSEWHERE = ((Fraction(9, 8), Fraction(1, 7)), (Fraction(7, 8), Fraction(-1, 9)), (Fraction(-1, 99), Fraction(-1, 3)))


class Parts(Machine):
    """A machine that keeps every instruction as it is: a function that is a formula is one step too."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def values(self, point: Mapping[str, Number]) -> list[Number]:
        """Return the result of every instruction."""
        values: list[Number] = []
        for op, args, text in self.program.instructions:
            values.append(point[text] if op == VARIABLE else _step(op, [values[arg] for arg in args], text))
        return values


class Trace:
    """The true numbers of all parts of a program at a point."""

    def __init__(self, program: Program, coordinates: Mapping[str, Program]) -> None:
        self._parts = Parts(program)
        self._point = Point(coordinates)
        self._plan = Scales.seen(self._parts, self._point, tuple(coordinates)).plan(factors=1)

    def values(self, elsewhere: tuple[Fraction, Fraction] | None = None) -> list[Reading]:
        """Return the value of every part, at the point or at one that is scaled and shifted."""

        def evaluate() -> list[Number]:
            point = self._point.coordinates()
            if elsewhere is not None:
                scale, shift = elsewhere
                point = {name: compute("add", [compute("mul", [c, scale]), shift]) for name, c in point.items()}
            return self._parts.values(point)

        return settle_all(evaluate, _RUNGS, reading_of)

    def slopes(self, name: str) -> list[Reading]:
        """Return the slope of every part with respect to a variable; undecided where there is none to be seen."""
        depends = self._parts.program.depends_on((name,))
        if self._plan is None:
            return [evidence.UNDECIDED if found else evidence.ZERO for found in depends]
        rungs = [self._plan.bits << doubling for doubling in range(_DOUBLINGS)]
        found = settle_all(lambda: self._quotients(name), rungs, _slope)
        return [reading if d else evidence.ZERO for d, reading in zip(depends, found, strict=True)]

    def _quotients(self, name: str) -> list[tuple[Number, Number]]:
        """Return the central differences of every part at two steps."""
        assert self._plan is not None  # noqa: S101 - asked before
        centre = self._point.coordinates()
        found = []
        for step in self._plan.steps[:2]:
            ahead, behind = (
                self._parts.values({**centre, name: compute("add", [centre[name], s * step])}) for s in (1, -1)
            )
            found.append([_quotient(a, b, 2 * step) for a, b in zip(ahead, behind, strict=True)])
        return list(zip(*found, strict=True))


def parts(request: TraceRequest) -> Iterator[Callable[[], Reply]]:
    """Yield the parts of the answer: the values, the slopes by each variable, the forms that are the same function."""

    @cache
    def trace() -> Trace:
        return Trace(request.program, request.point)

    yield lambda: PartValues(tuple(trace().values()))
    for name in request.wrt:
        yield lambda name=name: PartSlopes(name, tuple(trace().slopes(name)))  # type: ignore[misc]
    yield lambda: SameForms(same_forms(request))


def same_forms(request: TraceRequest) -> tuple[SameForm, ...]:
    """Return each root after the first that is the same function."""
    trace = Trace(request.forms, request.point)
    here = [trace.values(), *(trace.slopes(name) for name in request.wrt)]
    elsewhere = [trace.values(another) for another in _ELSEWHERE] if request.point else []
    first, *others = request.roots
    return tuple(
        SameForm(root, fold(request.forms.part(root)))
        for root in others
        if all(_same(column[first], column[root]) for column in here)
        and all(_not_another(column[first], column[root]) for column in elsewhere)
    )


def _step(op: str, args: list[Number], text: str) -> Number:
    row = catalogue.FUNCTIONS.get(op)
    if row is None or op in KNOWN:
        return compute(op, args, text)
    return _machine(op).values(dict(zip(row.parameters, args, strict=False)))[-1]


@cache
def _machine(op: str) -> Machine:
    return Machine(definition(op))


def settle_all(
    evaluate: Callable[[], Sequence[Any]], rungs: Sequence[int], see: Callable[[Any], Reading | None]
) -> list[Reading]:
    """Evaluate at rising precision until every result is sure; what never is, is undecided."""
    found: list[Reading | None] = []
    for bits in rungs:
        with mp.workprec(bits), last_resort() if bits == rungs[-1] else nullcontext():
            seen = [see(value) for value in evaluate()]
            doubtful = bits == rungs[-1] and balls.assumed()
        found = [old or new for old, new in zip(found, seen, strict=True)] if found and not doubtful else found or seen
        if None not in found:
            break
    return [reading or evidence.UNDECIDED for reading in found]


def reading_of(value: Number) -> Reading | None:
    """Return what a value is for sure; true is 1, false is 0."""
    return Reading(Outcome.NUMBER, str(int(value))) if isinstance(value, bool) else read(value)


def _quotient(ahead: Number, behind: Number, width: Fraction) -> Number:
    if isinstance(ahead, bool) or isinstance(behind, bool):
        return None
    return compute("div", [compute("add", [ahead, compute("neg", [behind])]), width])


def _slope(quotients: tuple[Number, Number]) -> Reading | None:
    """Return the slope that two steps agree on; undecided where they do not."""
    readings = [read(quotient) for quotient in quotients]
    if None in readings or readings[1] == evidence.UNDEFINED:
        return readings[1] if readings[1] == evidence.UNDEFINED else None
    far, near = (balls.ball(q) if isinstance(q, (Fraction, balls.Ball)) else None for q in quotients)
    if far is None or near is None:
        return evidence.UNDECIDED
    apart = abs(far.middle - near.middle)
    if 0 < abs(near.middle) <= _VANISHES * abs(far.middle):
        return Reading(Outcome.NUMBER, "0", mp.nstr(abs(near.middle) + near.error, _ERROR_DIGITS))
    settled = apart <= _SAME_SLOPE * abs(near.middle) + far.error + near.error
    return readings[1] if settled else evidence.UNDECIDED


def _same(a: Reading, b: Reading) -> bool:
    if a.number is None or b.number is None:
        return False
    larger = max(abs(a.number), abs(b.number))
    return ARITHMETIC.abs(ARITHMETIC.subtract(a.number, b.number)) <= ARITHMETIC.multiply(_SAME, larger)


def _not_another(a: Reading, b: Reading) -> bool:
    """Tell whether two numbers are the same where both are known."""
    return a.number is None or b.number is None or _same(a, b)
