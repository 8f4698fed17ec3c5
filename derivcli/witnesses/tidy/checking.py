"""Whether a form of a derivative has the values of the raw one, to 30 digits; also where a variable is 0."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from mpmath import mp, mpf

from derivcli.witnesses import balls
from derivcli.witnesses.balls import Ball
from derivcli.witnesses.precise import Machine, compute

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.language.program import Program
    from derivcli.witnesses.tidy.domain import Domain

_BITS = (140, 400)  # 42 digits; more where a form has lost too many of them
_SAME = mpf(10) ** -30
_POINTS = 3
_MOST_TRIED = 12  # points of f's domain: at one in four the derivative has a value, or the form is not shown


class Check:
    """Compares forms of a derivative with the raw one at points of f's domain; `at` holds some variables."""

    def __init__(self, raw: Program, domain: Domain, at: Mapping[str, Fraction] | None = None) -> None:
        self._raw = Machine(raw)
        self._points: list[dict[str, Fraction]] = [{}]
        if raw.variables:
            tried = domain.points[:_MOST_TRIED]
            self._points = [{name: Fraction(str(place)) for name, place in point.items()} for point in tried]
        self._points = [{**point, **(at or {})} for point in self._points]
        self._count = len(self._points)
        # `abs(x)^1.5/x` has no value at 0, where sqrt(abs(x))*sign(x) has that of the derivative.
        self._points += [{**point, name: Fraction(0)} for point in self._points[:1] for name in point if not at]
        self._true = cache(self._true_at)

    def agrees(self, form: Program, *, everywhere: bool = False) -> bool:
        """Tell whether a form has the value of the raw one at three points, at one where there are no variables.

        Where a variable is 0 it has one if the raw form has. With `everywhere` all points are looked at: a form by
        cases may be wrong in one of them.
        """
        machine, met = Machine(form), 0
        if any(self._compared(machine, number) is False for number in range(self._count, len(self._points))):
            return False
        for number in range(self._count):
            found = self._compared(machine, number)
            if found is False:
                return False
            met += found is True
            if met == min(_POINTS, self._count) and not everywhere:
                return True
        return 0 < min(_POINTS, self._count) <= met

    def _compared(self, machine: Machine, number: int) -> bool | None:
        """Return whether both forms have one value at a point; None where the raw form has none there."""
        for bits in _BITS:
            true = self._true(number, bits)
            if not _is_number(true):
                return None
            with mp.workprec(bits):
                found = machine.values(self._points[number])[-1]
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
            return self._raw.values(self._points[number])[-1]


def _is_nothing(true: Any, difference: Ball) -> bool | None:
    """Tell two forms that are both 0, as far as the digits go, from those that are not known well enough."""
    return True if abs(balls.ball(true).middle) <= difference.error <= _SAME else None


def _is_number(value: Any) -> bool:
    return isinstance(value, (Fraction, Ball))
