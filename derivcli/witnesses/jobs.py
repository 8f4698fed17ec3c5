"""The parts of an answer of the worker's: f by way of sympy, reference numbers, slopes, symbolic derivatives."""

from __future__ import annotations

import math
import time
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from mpmath import mp

from derivcli.language.program import FLOAT, Builder, Instruction, Program
from derivcli.language.tree import COMPARISONS, NUMBER, PIECEWISE
from derivcli.witnesses import evidence
from derivcli.witnesses.curves import follows, implicit_slope
from derivcli.witnesses.differences import Leg, Point
from derivcli.witnesses.evidence import Outcome, Reading, Sided, SlopeEvidence, ValueEvidence
from derivcli.witnesses.folding import fold
from derivcli.witnesses.precise import LADDER, Machine, compute, number_reading, settle
from derivcli.witnesses.protocol import Direction, Exact, Formula, Programs, Remainder, SecondPoint
from derivcli.witnesses.samples import one_slope
from derivcli.witnesses.symbolic import Differentiator, ImplicitDifferentiator, OutgrownError, via_sympy
from derivcli.witnesses.third import Third

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from derivcli.witnesses.evidence import Wrt
    from derivcli.witnesses.tidy import Shown

_MOST_CURVED = 4  # variables along which f is followed on parabolas
_TIDYING = 0.5  # seconds for all derivatives of a question: a hundred everyday ones
_MODERATE = 10**30
_MOST_SHORT = 9  # instructions of an exact number that says more than its decimals
_SHORT = frozenset({NUMBER, "add", "mul", "neg", "div", "pow", "sqrt", "cbrt", "root", "exp", "log", "pi", "e"})
_TO_PI = frozenset({"asin", "acos", "atan", "acot", "asec", "acsc", "atan2", PIECEWISE})  # of rationals, parts of pi
_CONDITIONS = frozenset({PIECEWISE, "and", "or", "not", "true", "false", *COMPARISONS})
_MOST_POINTS = 3  # where derivatives of higher order are looked at

Coordinates = dict[str, Program]


class Job:
    """The parts of an answer."""

    def __init__(self, program: Program, points: list[Coordinates], wrt: list[Wrt], at_zero: list[str]) -> None:
        self.wrt = wrt
        lacking = {name for name in program.variables if program.lacks_slope(name)}
        self.slow = [t for t in wrt if lacking & set(t)]
        self.first = [t for t in wrt if len(t) == 1 and not lacking & set(t)]
        self.higher = {t for t in wrt if len(t) > 1 and not lacking & set(t)}
        self._program = program
        self._points = points
        self._forms: dict[Wrt, Program | None] = {}  # of the derivatives that have been asked for
        self._at_zero = dict.fromkeys(at_zero, 0)
        self._rounded: list[Coordinates | None] = [None] * len(points)
        self._seconds_to_tidy = _TIDYING
        self._via_sympy: Machine | None = None
        self._quotients: dict[int, Third] = {}  # where f has a value

    def programs(self) -> Programs:
        """Return f by way of sympy, and the points as float64 (None where a coordinate is no real number)."""
        faithful = via_sympy(self._program)
        self._via_sympy = Machine(faithful)
        coordinates = tuple(self._nearest(index) for index in range(len(self._points)))
        return Programs(fold(faithful), coordinates)

    def reference(self, index: int) -> ValueEvidence:
        """Return what is found at a point, straight from the tree: f, or its limits where it has no value."""
        quotient = Third(self._program, self._points[index], max(map(len, self.wrt), default=1))
        value, paths = quotient.value(), []
        if value.outcome is Outcome.NUMBER:
            self._quotients[index] = quotient
        elif value.outcome is Outcome.UNDEFINED:
            variables = [name for name in self._program.variables if name in self._points[index]]
            paths = _paths(variables)
        return ValueEvidence(
            symbolic=self._value_at(self._via_sympy, self._points[index]),
            quotient=value,
            nearby=self._value_at(self._via_sympy, self._rounded[index]),
            limits=tuple(map(quotient.limits, paths)),
            analytic=quotient.is_analytic,
            zero_to_the_zero=quotient.takes_zero_to_the_zero(),
            point=index,
        )

    def slopes(self, index: int, wrt: list[Wrt]) -> Iterator[Callable[[], SlopeEvidence]]:
        """Yield what is seen of derivatives at a point, where f has a value; of higher ones at few points only."""
        looked = list(self._quotients)[:_MOST_POINTS]
        for t in wrt if index in self._quotients else ():
            if len(t) == 1 or index in looked:
                yield partial(self._slope, index, t)

    def _slope(self, index: int, wrt: Wrt) -> SlopeEvidence:
        return replace(self._seen(index, wrt), wrt=wrt, point=index)

    def broken(self, names: list[str]) -> Direction:
        """Return a direction in which f, at the first point, has not the slope that its partial derivatives make."""
        direction = self._quotients[0].broken_along(names) if 0 in self._quotients else None
        return Direction({name: float(pace) for name, pace in (direction or {}).items()})

    def _seen(self, index: int, wrt: Wrt) -> SlopeEvidence:
        return self._quotients[index].slopes(wrt)

    def derivative(self, wrt: Wrt) -> Formula:
        """Return a symbolic derivative, with its value at each point and at the float64 next to it."""
        program, outgrown = None, True
        with suppress(OutgrownError):
            program, outgrown = self._differentiator.derivative(wrt, self._at_zero), False
        self._forms[wrt] = program
        machine = Machine(program) if program else None
        shown = self._shown(wrt) if program else None
        values, nearby = (
            tuple(self._value_at(machine, at) for at in points) for points in (self._points, self._rounded)
        )
        form, holes = (shown.program, shown.holes) if shown else (None, ())
        return Formula(wrt, program, outgrown, values, nearby, form, holes)

    def _shown(self, wrt: Wrt) -> Shown | None:
        """Return the tidy form of a derivative; None where the time for all of them is over, or tidying fails."""
        started = time.thread_time()
        if self._seconds_to_tidy <= 0:
            return None
        try:
            return self._differentiator.shown(wrt, self._at_zero)
        except Exception:  # a fault in what is only for the eye must not cost the derivative
            return None
        finally:
            self._seconds_to_tidy -= time.thread_time() - started

    @cached_property
    def _differentiator(self) -> Differentiator:
        return Differentiator(self._program)

    def coefficient(self, wrt: Wrt) -> Exact:
        """Return the exact Taylor coefficient at the first point, where a short form of it is found."""
        program, value = None, evidence.MISSING
        with suppress(OutgrownError):
            program = self._differentiator.coefficient(wrt, self._points[0])
        if program is not None:
            machine = Machine(program)
            value = self._value_at(machine, {})
            with mp.workprec(LADDER[0]):
                number = machine.values({})[-1]
            program = Builder.of_number(number) if isinstance(number, Fraction) else _unconditional(program)
        return Exact(wrt, program, value)

    def exact(self, wrt: Wrt) -> Exact:
        """Return f or a first derivative at the first point, if it is a rational or short: roots, pi, e, logarithms.

        Where a number on the way is very large or small, sympy is not asked: it would write 2^(1e9) out.
        """
        form = self._forms.get(wrt) if wrt else self._program
        if form is None:
            return Exact(wrt, None, evidence.MISSING)
        machine = Machine(form)
        at = Point({name: self._points[0][name] for name in form.variables})
        with mp.workprec(LADDER[0]):
            values = machine.values(at.coordinates())
        if isinstance(values[-1], Fraction):
            return Exact(wrt, Builder.of_number(values[-1]), number_reading(values[-1]))
        if not all(map(_is_moderate, values)) or _has_no_form(machine.program, values):
            return Exact(wrt, None, evidence.MISSING)
        found = self.coefficient(wrt)
        short = found.program is not None and _is_short(found.program)
        return found if short else replace(found, program=None)

    def near(self, there: Coordinates) -> SecondPoint:
        """Return f at another point, and the way there from the first point."""
        point, other = Point(self._points[0]), Point(there)

        def step(name: str) -> Any:
            return compute("add", [other.coordinate(name), compute("neg", [point.coordinate(name)])])

        steps = {name: settle(partial(step, name)) for name in there}
        return SecondPoint(self._value_at(Machine(self._program), there), steps)

    def remainder(self, there: Coordinates, order: int) -> Remainder:
        """Return the Taylor polynomial at another point and how much f is larger, where every derivative has a form.

        The difference is taken at rising precision: it may be far smaller than the last digit of both.
        """
        forms = {wrt: self._forms.get(wrt) for wrt in self.wrt if len(wrt) <= order}
        if any(form is None for form in forms.values()):
            return Remainder()
        series = _Series(self._program, forms, self._points[0], there)
        return Remainder(settle(series.polynomial), settle(series.error))

    def _nearest(self, index: int) -> dict[str, float | None]:
        """Return a point as float64, and keep it where that is another point."""
        point = Point(self._points[index])
        coordinates = {name: settle(partial(point.coordinate, name)) for name in self._points[index]}
        nearest = {name: reading.as_float() for name, reading in coordinates.items()}
        finite = all(number is not None and math.isfinite(number) for number in nearest.values())
        if finite and any(_rounds(coordinates[name], nearest[name]) for name in nearest):
            self._rounded[index] = {
                name: Program((Instruction(FLOAT, text=repr(number)),)) for name, number in nearest.items()
            }
        return nearest

    @staticmethod
    def _value_at(machine: Machine | None, point: Coordinates | None) -> Reading:
        if machine is None or point is None:
            return evidence.MISSING
        at = Point({name: point[name] for name in machine.program.variables})
        return settle(lambda: machine.values(at.coordinates())[-1])


class ImplicitJob(Job):
    """The parts of an answer for a variable that an equation makes a function of the others."""

    def __init__(self, *question: Any, variable: str) -> None:
        super().__init__(*question)
        self._variable = variable

    @cached_property
    def _differentiator(self) -> Differentiator:
        return ImplicitDifferentiator(self._program, self._variable)

    def _seen(self, index: int, wrt: Wrt) -> SlopeEvidence:
        """Return the slope of the curve; undecided where F, not being smooth, does not stay constant along it."""
        below = self._seen(index, wrt[:-1]) if len(wrt) > 1 else None
        if below is not None and below.lower is None and not one_slope(below.sides):
            return replace(below, lower=wrt[:-1])
        slope = implicit_slope(self._quotients[index], wrt, self._variable)
        if slope.lower is not None or len(set(wrt)) > 1 or self._quotients[index].is_analytic:
            return slope
        sides = [slope.sides] if below is None else [*self._sides_below(index, wrt), slope.sides]
        sure = all(self._follows(index, wrt[0], [getattr(s, side) for s in sides], side) for side in ("left", "right"))
        return slope if sure else SlopeEvidence(sides=Sided(evidence.UNDECIDED, evidence.UNDECIDED))

    def _sides_below(self, index: int, wrt: Wrt) -> list[Sided]:
        quotient = self._quotients[index]
        return [implicit_slope(quotient, wrt[:n], self._variable).sides for n in range(1, len(wrt))]

    def _follows(self, index: int, name: str, slopes: list[Reading], side: str) -> bool:
        """Tell whether the curve is sure to have these numbers on one side; what is no number stays as it is."""
        if any(reading.outcome is not Outcome.NUMBER for reading in slopes):
            return True
        return follows(self._program, self._points[index], (name, self._variable), slopes, side)


class _Series:
    """A Taylor polynomial at another point, evaluated at whatever precision is current."""

    def __init__(self, program: Program, forms: dict[Wrt, Any], point: Coordinates, there: Coordinates) -> None:
        self._function = Machine(program)
        self._forms = {wrt: Machine(form) for wrt, form in forms.items()}
        self._point = Point(point)
        self._there = Point(there)

    def polynomial(self) -> Any:
        """Return the sum of the derivatives times the powers of the step over the factorials."""
        at, there = self._point.coordinates(), self._there.coordinates()
        steps = {name: compute("add", [there[name], compute("neg", [at[name]])]) for name in there}
        terms = [self._function.values(at)[-1]]
        for wrt, form in self._forms.items():
            factor = Fraction(1, math.prod(map(math.factorial, Counter(wrt).values())))
            terms.append(compute("mul", [form.values(at)[-1], factor, *(steps[name] for name in wrt)]))
        return compute("add", terms)

    def error(self) -> Any:
        """Return f less the polynomial."""
        true = self._function.values(self._there.coordinates())[-1]
        return compute("add", [true, compute("neg", [self.polynomial()])])


def _unconditional(program: Program) -> Program | None:
    """Return a program that chooses between no cases; None for one that does: it is no form to show people."""
    return None if any(i.op in _CONDITIONS for i in program.instructions) else program


def _is_short(program: Program) -> bool:
    return len(program.instructions) <= _MOST_SHORT and all(i.op in _SHORT for i in program.instructions)


def _has_no_form(program: Program, values: list[Any]) -> bool:
    """Tell whether a function such as sin has a rational argument and no rational value: sin(2) has no shorter form."""
    return any(
        i.args
        and i.op not in _SHORT
        and i.op not in _TO_PI
        and not isinstance(value, (Fraction, bool))
        and all(isinstance(values[arg], Fraction) for arg in i.args)
        for i, value in zip(program.instructions, values, strict=True)
    )


def _is_moderate(value: Any) -> bool:
    """Tell whether a number on the way is 0 or of a usual size; a truth value is."""
    if value is None or isinstance(value, bool):
        return value is not None
    size = abs(value) if isinstance(value, Fraction) else abs(getattr(value, "middle", mp.inf))
    return not size or bool(1 / _MODERATE < size < _MODERATE)


def _rounds(reading: Reading, nearest: float | None) -> bool:
    return nearest is not None and reading.number is not None and Fraction(reading.number) != Fraction(nearest)


def _paths(variables: list[str]) -> list[dict[str, Leg]]:
    """Return the axes, and for several variables lines between them and parabolas along each."""
    axes = [{name: Leg(Fraction(1))} for name in variables]
    if len(variables) < 2:
        return axes
    paces = {name: Fraction(5, 7) ** k for k, name in enumerate(variables)}
    between = {name: Leg(pace) for name, pace in paces.items()}
    across = {name: Leg(-pace if k % 2 else pace) for k, (name, pace) in enumerate(paces.items())}
    curves = [
        {name: Leg(pace, 1 if name == along else power) for name, pace in paces.items()}
        for along in variables[:_MOST_CURVED]
        for power in (2, 3)
    ]
    return [*axes, between, across, *curves]
