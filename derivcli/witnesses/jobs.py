"""The parts of an answer of the worker's: f by way of sympy, reference numbers, slopes, symbolic derivatives.

`ANSWERS` has what answers each kind of request, part by part. What is for points, or for views, is loaded on use: for
a formula without a point it would be a tenth of the worker's start.
"""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from functools import cached_property, lru_cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from derivcli.language.program import FLOAT, Instruction, Program
from derivcli.witnesses.derived import derived
from derivcli.witnesses.evidence import MISSING, Outcome, Reading, SlopeEvidence, ValueEvidence
from derivcli.witnesses.folding import fold
from derivcli.witnesses.many_digits import ManyDigits, constant, value_at
from derivcli.witnesses.replies import Direction, Programs, StationaryPoint, SymbolicDerivative
from derivcli.witnesses.symbolic import via_sympy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from derivcli.witnesses.curves import ImplicitCurve
    from derivcli.witnesses.derived import Derived
    from derivcli.witnesses.evidence import Wrt
    from derivcli.witnesses.protocol import EvidenceRequest, ExactPoint
    from derivcli.witnesses.replies import Reply
    from derivcli.witnesses.third import Third

_KEPT = 16  # programs that are kept ready: many points are asked about one after the other
_MOST_POINTS = 3  # where derivatives of higher order are looked at


class Job:
    """The parts of an answer."""

    def __init__(self, request: EvidenceRequest) -> None:
        self._request = request
        self._program = request.program
        self._points = request.points
        self._wrt = request.wrt
        self._forms: dict[Wrt, Program | None] = {}  # of the derivatives that have been asked for
        self._known = {form.wrt: form for form in request.known}
        self._rounded: list[ExactPoint | None] = [None] * len(request.points)
        self._via_sympy: ManyDigits | None = None
        self._thirds: dict[int, Third] = {}  # where f has a value

    @cached_property
    def _derived(self) -> Derived:
        return derived(self._request)

    def parts(self) -> Iterator[Callable[[], Reply]]:
        """Yield what makes each part of the answer: what may take long comes last."""
        yield self.programs
        lacking = {name for name in self._program.variables if self._program.lacks_slope(name)}
        slow = dict.fromkeys(wrt for wrt in self._wrt if lacking & set(wrt))
        first = [wrt for wrt in self._wrt if len(wrt) == 1 and wrt not in slow]
        for index in range(len(self._points)):
            yield partial(self.reference, index)
            yield from self.slopes(index, first)
        for wrt in self._wrt:
            if len(wrt) > 1 and wrt not in slow:
                yield from (part for index in range(len(self._points)) for part in self.slopes(index, [wrt]))
            yield partial(self.derivative, wrt)
        yield from self._wanted_besides()
        for index in range(len(self._points)):
            yield from self.slopes(index, tuple(slow))

    def _wanted_besides(self) -> Iterator[Callable[[], Reply]]:
        """Yield the parts that views of the answer need."""
        request = self._request
        if request.whole:
            yield partial(self.broken, [wrt[0] for wrt in request.wrt if len(wrt) == 1])
        if request.stationary:
            yield partial(self.point_kind, request.stationary)
        if request.coefficients or request.exact or request.near:
            from derivcli.witnesses.first_point import FirstPoint

            first = FirstPoint(self._program, self._points[0], self._forms, lambda: self._derived.differentiator)
            yield from (partial(first.coefficient, wrt) for wrt in request.coefficients)
            yield from (partial(first.exact, wrt) for wrt in request.exact)
            if request.near:
                yield partial(first.near, request.near)
                yield partial(first.remainder, request.near, [t for t in self._wrt if len(t) <= request.taylor_order])

    def programs(self) -> Programs:
        """Return f by way of sympy, and the points as float64 (None where a coordinate is no real number)."""
        faithful, folded = _faithful(self._program)
        self._via_sympy = _with_many_digits(faithful)
        coordinates = tuple(self._nearest(index) for index in range(len(self._points)))
        return Programs(folded, coordinates)

    def reference(self, index: int) -> ValueEvidence:
        """Return what is found at a point, straight from the tree: f, or its limits where it has no value."""
        from derivcli.witnesses.third import Third

        third = Third(self._program, self._points[index], max(map(len, self._wrt), default=1))
        value = third.value()
        if value.outcome is Outcome.NUMBER:
            self._thirds[index] = third
        is_gap = value.outcome is Outcome.UNDEFINED
        return ValueEvidence(
            symbolic=self._by_way_of_sympy(index, third.proved),
            third=value,
            nearby=value_at(self._via_sympy, self._rounded[index]),
            limits=tuple(third.limits_along_paths()) if is_gap else (),
            together=third.limit_together if is_gap else MISSING,
            analytic=third.is_analytic,
            zero_to_the_zero=third.takes_zero_to_the_zero(),
            point=index,
        )

    def _by_way_of_sympy(self, index: int, proved: Reading | None) -> Reading:
        """Return f by way of sympy, which is nothing to compute anew where that is the same program: it should be."""
        if proved is not None and self._via_sympy is not None and self._via_sympy.program == self._program:
            return replace(proved, proof=None)
        return value_at(self._via_sympy, self._points[index])

    def slopes(self, index: int, wrt: Sequence[Wrt]) -> Iterator[Callable[[], SlopeEvidence]]:
        """Yield what is seen of derivatives at a point, where f has a value; of higher ones at few points only."""
        looked = list(self._thirds)[:_MOST_POINTS]
        for t in wrt if index in self._thirds else ():
            if len(t) == 1 or index in looked:
                yield partial(self._slope, index, t)

    def _slope(self, index: int, wrt: Wrt) -> SlopeEvidence:
        return replace(self._seen(index, wrt), wrt=wrt, point=index)

    def broken(self, names: list[str]) -> Direction:
        """Return a direction in which f, at the first point, has not the slope that its partial derivatives make."""
        direction = self._thirds[0].broken_along(names) if 0 in self._thirds else None
        return Direction({name: float(pace) for name, pace in (direction or {}).items()})

    def point_kind(self, names: tuple[str, ...]) -> StationaryPoint:
        """Return what the first point is where the slopes by the names are 0, as far as it is proved."""
        kind = self._thirds[0].point_kind(names) if 0 in self._thirds else None
        return StationaryPoint(None if kind is None else str(kind))

    def _seen(self, index: int, wrt: Wrt) -> SlopeEvidence:
        return self._thirds[index].slopes(wrt)

    def derivative(self, wrt: Wrt) -> SymbolicDerivative:
        """Return a symbolic derivative, with its value at each point and at the float64 next to it."""
        form = self._known.get(wrt) or self._derived.form(wrt)
        self._forms[wrt] = form.program
        numbers = _with_many_digits(form.program) if form.program else None
        values, nearby = (tuple(value_at(numbers, at) for at in points) for points in (self._points, self._rounded))
        return replace(form, values=values, nearby=nearby)

    def _nearest(self, index: int) -> dict[str, float | None]:
        """Return a point as float64, and keep it where that is another point."""
        coordinates = {name: constant(program) for name, program in self._points[index].items()}
        nearest = {name: reading.as_float() for name, reading in coordinates.items()}
        finite = all(number is not None and math.isfinite(number) for number in nearest.values())
        if finite and any(_rounds(coordinates[name], nearest[name]) for name in nearest):
            self._rounded[index] = {
                name: Program((Instruction(FLOAT, text=repr(number)),)) for name, number in nearest.items()
            }
        return nearest


class ImplicitJob(Job):
    """The parts of an answer for a variable that an equation makes a function of the others."""

    def __init__(self, request: EvidenceRequest, variable: str) -> None:
        super().__init__(request)
        self._variable = variable
        self._curves: dict[int, ImplicitCurve] = {}

    def _seen(self, index: int, wrt: Wrt) -> SlopeEvidence:
        if index not in self._curves:
            from derivcli.witnesses.curves import ImplicitCurve

            at = self._points[index]
            self._curves[index] = ImplicitCurve(self._program, at, self._variable, self._thirds[index])
        return self._curves[index].slope(wrt)


@lru_cache(maxsize=_KEPT)
def _faithful(program: Program) -> tuple[Program, Program]:
    """Return a program by way of sympy, and that with its constants folded."""
    faithful = via_sympy(program)
    return faithful, fold(faithful)


_with_many_digits = lru_cache(maxsize=_KEPT)(ManyDigits)


def _rounds(reading: Reading, nearest: float | None) -> bool:
    return nearest is not None and reading.number is not None and Fraction(reading.number) != Fraction(nearest)


def _evidence(request: EvidenceRequest) -> Iterator[Callable[[], Reply]]:
    job = Job(request) if request.implicit is None else ImplicitJob(request, request.implicit)
    return job.parts()


def _by(module: str) -> Callable[[Any], Iterator[Callable[[], Reply]]]:
    """Return what answers by the `parts` of a module, which is loaded on use: most questions need none of them."""
    return lambda request: import_module(f"derivcli.witnesses.{module}").parts(request)


ANSWERS: dict[str, Callable[[Any], Iterator[Callable[[], Reply]]]] = {
    "EvidenceRequest": _evidence,
    "LookRequest": _by("first_look"),
    "TraceRequest": _by("tracing"),
    "EquationsRequest": _by("equations"),
    "SwitchesRequest": _by("places"),
    "RowsRequest": _by("blocks"),
}
