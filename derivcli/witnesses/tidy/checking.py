"""Whether a form of a derivative has the values of the raw one, to 30 digits; also where a variable is 0.

Balls of FLINT's prove most of it, at a third of the work; where they prove nothing, many digits decide.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from flint import arb, ctx
from mpmath import mp, mpf

from derivcli.witnesses import balls
from derivcli.witnesses.balls import Ball
from derivcli.witnesses.precise import Machine, compute
from derivcli.witnesses.proof.machine import BallMachine
from derivcli.witnesses.proof.numbers import UnprovedError, ball, is_complex, rational

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.language.program import Program
    from derivcli.witnesses.tidy.domain import Domain

_BITS = (140, 400)  # 42 digits; more where a form has lost too many of them
_DIGITS = 30
_SAME = mpf(10) ** -_DIGITS
_POINTS = 3
_MOST_TRIED = 12  # points of f's domain: at one in four the derivative has a value, or the form is not shown


class Check:
    """Compares forms of a derivative with the raw one at points of f's domain; `at` holds some variables."""

    def __init__(self, raw: Program, domain: Domain, at: Mapping[str, Fraction] | None = None) -> None:
        self._raw = _Compared(raw)
        self._points: list[dict[str, Fraction]] = [{}]
        if raw.variables:
            tried = domain.points[:_MOST_TRIED]
            self._points = [{name: Fraction(str(place)) for name, place in point.items()} for point in tried]
        self._points = [{**point, **(at or {})} for point in self._points]
        self._count = len(self._points)
        # `abs(x)^1.5/x` has no value at 0, where sqrt(abs(x))*sign(x) has that of the derivative.
        self._points += [{**point, name: Fraction(0)} for point in self._points[:1] for name in point if not at]
        self._true = cache(self._true_at)
        self._proved = cache(self._proved_at)

    def agrees(self, form: Program, *, everywhere: bool = False) -> bool:
        """Tell whether a form has the value of the raw one at three points, at one where there are no variables.

        Where a variable is 0 it has one if the raw form has. With `everywhere` all points are looked at: a form by
        cases may be wrong in one of them.
        """
        compared, met = _Compared(form), 0
        if any(self._agrees_at(compared, number) is False for number in range(self._count, len(self._points))):
            return False
        for number in range(self._count):
            found = self._agrees_at(compared, number)
            if found is False:
                return False
            met += found is True
            if met == min(_POINTS, self._count) and not everywhere:
                return True
        return 0 < min(_POINTS, self._count) <= met

    def _agrees_at(self, form: _Compared, number: int) -> bool | None:
        """Return whether both forms have one value at a point; None where the raw form has none there."""
        if self._is_proved(form, number):
            return True
        for bits in _BITS:
            true = self._true(number, bits)
            if not _is_number(true):
                return None
            with mp.workprec(bits):
                found = form.machine.values(self._points[number])[-1]
                if not _is_number(found):
                    return False
                difference = balls.ball(compute("add", [found, compute("neg", [true])]))
                if abs(difference.middle) + difference.error <= abs(balls.ball(true).middle) * _SAME:
                    return True
                if abs(difference.middle) > difference.error:
                    return False
        return _is_nothing(true, difference)

    def _true_at(self, number: int, bits: int) -> Any:
        with mp.workprec(bits):
            return self._raw.machine.values(self._points[number])[-1]

    def _is_proved(self, form: _Compared, number: int) -> bool:
        true = self._proved(number)
        found = None if true is None else form.proved(self._points[number])
        if true is None or found is None:
            return False
        with ctx.workprec(_BITS[0]):
            return bool(abs(found - true) <= abs(true) * arb(10) ** -_DIGITS)

    def _proved_at(self, number: int) -> arb | None:
        return self._raw.proved(self._points[number])


class _Compared:
    """A form that is evaluated in either way, each made ready when it is first needed."""

    def __init__(self, program: Program) -> None:
        self._program = program

    @cached_property
    def machine(self) -> Machine:
        return Machine(self._program)

    @cached_property
    def _balls(self) -> BallMachine:
        return BallMachine(self._program)

    def proved(self, point: Mapping[str, Fraction]) -> arb | None:
        """Return a ball that holds the value at a point; None where none is proved to be there."""
        with ctx.workprec(_BITS[0]):
            found = self._balls.values({name: rational(place) for name, place in point.items()})[-1]
            return None if isinstance(found, (bool, UnprovedError)) or is_complex(found) else ball(found)


def _is_nothing(true: Any, difference: Ball) -> bool | None:
    """Tell two forms that are both 0, as far as the digits go, from those that are not known well enough."""
    return True if abs(balls.ball(true).middle) <= difference.error <= _SAME else None


def _is_number(value: Any) -> bool:
    return isinstance(value, (Fraction, Ball))
