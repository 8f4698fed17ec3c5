"""Whether a form of a derivative has the values of the raw one, to 30 digits; also where a variable is 0."""

from __future__ import annotations

from fractions import Fraction
from functools import cache, cached_property
from typing import TYPE_CHECKING

from flint import arb, ctx

from derivcli.witnesses.proof.machine import BallMachine
from derivcli.witnesses.proof.numbers import OutsideError, UnprovedError, ball
from derivcli.witnesses.proof.prover import result_at
from derivcli.witnesses.tidy.domain import exactly

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.language.program import Program
    from derivcli.witnesses.proof.machine import Result
    from derivcli.witnesses.tidy.domain import Domain

_BITS = (140, 400)  # 42 digits; more where a form has lost too many of them
_SAME = arb(10) ** -30  # 30 digits: more than a float64 and what its errors make of it
_POINTS = 3
_MOST_TRIED = 12  # points of f's domain: at one in four the derivative has a value, or the form is not shown


class Check:
    """Compares forms of a derivative with the raw one at points of f's domain; `at` holds some variables."""

    def __init__(self, raw: Program, domain: Domain, at: Mapping[str, Fraction] | None = None) -> None:
        self._raw = _Compared(raw)
        points = [exactly(point) for point in domain.first(_MOST_TRIED)] if raw.variables else [{}]
        self._points = [{**point, **(at or {})} for point in points]
        self._count = len(self._points)
        # `abs(x)^1.5/x` has no value at 0, where sqrt(abs(x))*sign(x) has that of the derivative.
        self._points += [{**point, name: Fraction(0)} for point in self._points[:1] for name in point if not at]
        self._true = cache(self._true_at)

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
        is_nothing = None
        for bits in _BITS:
            true, found = self._true(number, bits), form.value(self._points[number], bits)
            if isinstance(true, OutsideError):
                return None
            if isinstance(found, OutsideError):
                return False
            if isinstance(true, UnprovedError) or isinstance(found, UnprovedError):
                continue
            with ctx.workprec(bits):
                size, apart = ball(true), abs(ball(found - true))
                if apart <= abs(size) * _SAME:
                    return True
                if apart > 0:
                    return False
                # both are 0, as far as the digits go, or neither is known well enough
                is_nothing = True if apart < _SAME and size.contains(0) else None
        return is_nothing

    def _true_at(self, number: int, bits: int) -> Result:
        return self._raw.value(self._points[number], bits)


class _Compared:
    """A form that is evaluated, made ready when it is first needed."""

    def __init__(self, program: Program) -> None:
        self._program = program

    @cached_property
    def _balls(self) -> BallMachine:
        return BallMachine(self._program)

    def value(self, point: Mapping[str, Fraction], bits: int) -> Result:
        """Return the value at a point, or why none is proved."""
        return result_at(self._balls, point, bits)
