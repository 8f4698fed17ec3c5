"""Evidence where nothing is proved: difference quotients and values of f in balls, which converge fast on one side.

The steps towards the point shrink by a ratio r. What tends to L like L + C*h^a has changes that shrink by r^a. Where
they shrink that fast at every step, and by two ratios of steps that have nothing in common, the last number is L for
all that is seen, and its error is all of the last change. Any other behaviour is undecided: slow powers and logarithms
among them, whose changes do not shrink, and what grows without bound. No number here is a proof.

Steps do not see what happens between them. So nothing is said of functions that may turn, jump or have poles without
end on the way to the point, sin(1/x) and floor(1/x) among them: what is left has limits (see `germs`).
"""

from __future__ import annotations

import time
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from flint import arb, ctx, fmpq

from derivcli.language.program import FLOAT
from derivcli.language.tree import NUMBER, PIECEWISE, VARIABLE
from derivcli.witnesses.evidence import UNDECIDED
from derivcli.witnesses.proof.machine import BallMachine, number
from derivcli.witnesses.proof.numbers import BlurredError, Number, UnprovedError, need, rational, real
from derivcli.witnesses.proof.prover import Prover
from derivcli.witnesses.proof.readings import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from fractions import Fraction

    from derivcli.language.program import Program
    from derivcli.witnesses.evidence import Reading

# Two primes: nothing that repeats itself by the one does by the other.
_RATIOS = (99_991, 1_009)
_STEPS = 5  # four changes: three times they have to shrink
# Changes shrink at least by r^(1/3): those of what goes like sqrt(h), the slowest that people type, do by r^(1/2).
# Whatever goes slower than that, by however little, is no longer told from a logarithm here.
_SHRINKS = 3
_FIRST_BITS = 66  # the first step is 1e-20 of the smallest scale in sight
# The steps are multiples of this prime (Mersenne's): 1/h is then no whole number, nor any multiple of it that is typed,
# so that sin(pi/h) does not stand still.
_PRIME = 2**61 - 1
# Bits of numbers on the way to f, of which the square is a scale too (sin(a/x) turns over x^2/a). Beyond, steps are too
# small to be evaluated in a second.
_MOST_SCALE_BITS = 1_000
_GUARDS = (200, 1_600)  # bits that are left of a quotient; more where terms of f cancel
_LEAST_BITS = 30  # of a number that is not 0: what has fewer digits than witnesses are compared to says nothing
_PATIENCE = 1.0  # seconds for a side


# What turns, jumps and has poles a few times at most, whatever its operands are. Others may do so without end where an
# operand is not analytic at the point: 1/x, or log(x).
_TAME = frozenset(
    {*("add", "mul", "neg", "div", "pow", "sqrt", "cbrt", "root", "exp", "log", "abs", "max", "min", "pi", "e", "inf")}
    | {*("asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "erf", "erfc", "log1p", "expm1")}
    | {NUMBER, FLOAT, VARIABLE, PIECEWISE, "and", "or", "not", "true", "false"}
)


class Leg(NamedTuple):
    """How one coordinate moves with the step h: by pace*h^power."""

    pace: Fraction
    power: int = 1


class Approach:
    """What is seen of f beside a point."""

    def __init__(self, program: Program, coordinates: Mapping[str, Program]) -> None:
        self._machine = BallMachine(program)
        self._program = program
        self._coordinates = coordinates
        self._point = {name: BallMachine(coordinates[name]) for name in program.variables}

    def slope(self, name: str, way: int) -> Reading:
        """Return the slope on one side of the point, undecided where it is not plain to see."""

        def quotient(h: fmpq) -> Number:
            here, there = self._value({}), self._value({name: h * way})
            return (there - here) / (h * way)

        return self._seen(quotient)

    def limit(self, path: Mapping[str, Leg], way: int) -> Reading:
        """Return the limit of f along one side of a path, undecided where it is not plain to see."""

        def value(h: fmpq) -> Number:
            return self._value({name: rational(leg.pace) * (h * way) ** leg.power for name, leg in path.items()})

        return self._seen(value)

    def _value(self, moved: Mapping[str, fmpq]) -> Number:
        point = {name: number(machine.values({})[-1]) for name, machine in self._point.items()}
        return number(self._machine.values({name: x + moved.get(name, 0) for name, x in point.items()})[-1])

    @cached_property
    def _is_tame(self) -> bool:
        """Whether all that may turn or jump without end has operands that are analytic at the point."""
        wild = (i.args for i in self._program.instructions if i.op not in _TAME)
        return all(self._is_analytic(self._program.part(arg)) for arg in {arg for args in wild for arg in args})

    def _is_analytic(self, part: Program) -> bool:
        return Prover(part, {name: self._coordinates[name] for name in part.variables}).is_analytic

    def _seen(self, look: Callable[[fmpq], Number]) -> Reading:
        if not self._is_tame:
            return UNDECIDED
        until = time.thread_time() + _PATIENCE
        for guard in _GUARDS:
            try:
                return _agreed([self._limit(look, ratio, guard, until) for ratio in _RATIOS])
            except BlurredError:
                continue
            except (UnprovedError, ZeroDivisionError):
                break
        return UNDECIDED

    def _limit(self, look: Callable[[fmpq], Number], ratio: int, guard: int, until: float) -> arb:
        """Return a ball around what the numbers at some steps tend to; raises `UnprovedError` where that is open."""
        need(self._scale <= _MOST_SCALE_BITS)
        first = fmpq(_PRIME, 2 ** (_PRIME.bit_length() + _FIRST_BITS + 2 * self._scale))
        steps = [first / ratio**k for k in range(_STEPS)]
        found = []
        with ctx.workprec(int(steps[-1].q).bit_length() + 2 * self._scale + guard):
            for h in steps:
                need(time.thread_time() < until)
                found.append(real(look(h)))
            return _converged(found, ratio)

    @cached_property
    def _scale(self) -> int:
        """The bits of the largest or smallest number on the way to f at the point, or of a coordinate."""
        with ctx.workprec(_GUARDS[0]):
            ways = [machine.values({}) for machine in self._point.values()]
            point = {name: number(way[-1]) for name, way in zip(self._point, ways, strict=True)}
            return max((_bits(x) for way in (*ways, self._machine.values(point)) for x in way), default=0)


def _bits(x: object) -> int:
    """Return how many bits lie between 1 and a number; 0 for what is no number, or may be 0."""
    if not isinstance(x, (fmpq, arb)) or real(x).contains(0):
        return 0
    mantissa, exponent = real(x).mid().man_exp()
    return abs(int(mantissa).bit_length() + int(exponent))


def _converged(found: Sequence[arb], ratio: int) -> arb:
    """Return the last number with the last change as its error, if the changes shrink fast all the way.

    That covers what is still to come: a geometric series whose first term is below a tenth of the last change. Raises
    `BlurredError` where more digits may tell, `UnprovedError` where the changes do not shrink.
    """
    changes = [abs(later - earlier) for earlier, later in pairwise(found)]
    factor = arb(ratio) ** fmpq(-1, _SHRINKS)
    for earlier, later in pairwise(changes):
        if not later <= earlier * factor:
            raise BlurredError if later.overlaps(earlier * factor) else UnprovedError
    return arb(found[-1].mid(), (changes[-1] + found[-1].rad()).upper())


def _agreed(found: Sequence[arb]) -> Reading:
    """Return what both ratios of steps show, as far as they agree."""
    first, second = found
    need(first.overlaps(second))
    apart = abs(first.mid() - second.mid())
    both = arb(first.mid(), (apart + first.rad()).upper())
    need(bool(both.contains(0)) or both.rel_accuracy_bits() >= _LEAST_BITS)
    return reading(both, None)
