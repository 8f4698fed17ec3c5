"""A table of traps: what an examiner writes down beside an expression and a point, and how it is held against us.

The right answers are the files' own: by hand, or from a closed form that mpmath evaluates at 100 digits. They never
come from derivcli.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mpmath import mp, mpf

from derivcli import differentiate
from derivcli.model import Derivative, Kind, Sides, Status, Value

if TYPE_CHECKING:
    from derivcli.model import Result

DIGITS = 100  # of the references
RTOL = 1e-12  # of a float64
SHARP = 1e-20  # of the 25 digits
ATOL = 1e-12  # where the truth is 0: the tool's own tolerance

# An integer, a decimal or a fraction as text, or a closed form in mpmath.
Number = int | str | Callable[[], Any]
Side = Number | None
INF, MINUS_INF, NAN = "inf", "-inf", math.nan


@dataclass(frozen=True, slots=True)
class Expected:
    """The right verdict on one number; `sides` are one-sided slopes, or limits where f is undefined."""

    status: Status
    kind: Kind | None = None
    number: Side = None
    sides: tuple[Side, Side] | None = None
    autograd: float | None = None

    def shown(self, autograd: float) -> Expected:
        """Return the same, with the wrong number that autograd gives and that must be shown."""
        return replace(self, autograd=autograd)


@dataclass(frozen=True, slots=True)
class Row:
    """One trap: an expression, a point, and the right verdict on the value and on each derivative."""

    expression: str
    point: dict[str, str]
    value: Expected
    slopes: dict[str, Expected]

    def __str__(self) -> str:
        return f"{self.expression} @ {', '.join(f'{name}={text}' for name, text in self.point.items())}"


def row(expression: str, point: str, value: Expected, **slopes: Expected) -> Row:
    """Return a row; the point is written as on the command line."""
    at = dict(part.strip().split("=") for part in point.split(",")) if point else {}
    return Row(expression, at, value, slopes)


def agree(number: Number) -> Expected:
    """Autograd is right."""
    return Expected(Status.AGREE, number=number)


def differ(number: Number) -> Expected:
    """Autograd is wrong; this is the truth."""
    return Expected(Status.DIFFER, number=number)


def unverified(number: Number) -> Expected:
    """Autograd has no number; this is the truth."""
    return Expected(Status.UNVERIFIED, number=number)


def _kink(kind: Kind) -> Callable[[Side, Side], Expected]:
    return lambda left, right: Expected(Status.NOT_DIFFERENTIABLE, kind, sides=(left, right))


def _gap(kind: Kind) -> Callable[[Side, Side], Expected]:
    return lambda left, right: Expected(Status.UNDEFINED, kind, sides=(left, right))


corner, cusp, jump = _kink(Kind.CORNER), _kink(Kind.CUSP), _kink(Kind.JUMP)
vertical, one_sided = _kink(Kind.VERTICAL_TANGENT), _kink(Kind.ONE_SIDED)
pole, removable, jump_gap = _gap(Kind.POLE), _gap(Kind.REMOVABLE), _gap(Kind.JUMP)
OSCILLATING = Expected(Status.NOT_DIFFERENTIABLE, Kind.OSCILLATING, sides=(None, None))
ISOLATED = Expected(Status.UNDEFINED, Kind.ISOLATED)
OUTSIDE = Expected(Status.UNDEFINED, Kind.OUTSIDE_DOMAIN)
POLE = Expected(Status.UNDEFINED, Kind.POLE)
REMOVABLE = Expected(Status.UNDEFINED, Kind.REMOVABLE)


def check(trap: Row) -> Result:
    """Hold the product's verdict against the right one, and return what it said."""
    found = differentiate(trap.expression, trap.point)
    _check_value(found.value, trap.value)
    undefined = trap.value.status is Status.UNDEFINED
    expected = dict.fromkeys(trap.point, Expected(Status.UNDEFINED, trap.value.kind)) if undefined else trap.slopes
    assert {seen.wrt for seen in found.derivatives} == {(name,) for name in expected}
    for seen in found.derivatives:
        _check_slope(seen, expected[seen.wrt[0]])
    return found


def _check_value(seen: Value, right: Expected) -> None:
    _check_number(seen, right)
    if right.sides is not None:
        limit = seen.limit or Sides(None, None)
        _check_sides((limit.left, limit.right), right.sides)


def _check_slope(seen: Derivative, right: Expected) -> None:
    _check_number(seen, right)
    both = right.sides if right.number is None else (right.number, right.number)
    if both is not None and right.status is not Status.UNVERIFIED:
        _check_sides((seen.left, seen.right), both)


def _check_sides(seen: tuple[float | None, float | None], right: tuple[Side, Side]) -> None:
    for name, side, truth in zip(("left", "right"), seen, right, strict=True):
        good = side is None if truth is None else near(side, truth, RTOL)
        assert good, f"{name}: {side}, not {truth if truth is None else _float(truth)}"


def _check_number(seen: Value, right: Expected) -> None:
    assert (seen.status, seen.kind) == (right.status, right.kind), seen
    if right.autograd is not None:
        assert seen.autograd is not None
        same = seen.autograd == right.autograd or (math.isnan(seen.autograd) and math.isnan(right.autograd))
        assert same, f"autograd gives {seen.autograd}, not {right.autograd}"
    if right.number is None:
        assert (seen.answer, seen.digits) == (None, None)
        return
    assert near(seen.digits, right.number, SHARP), seen.digits
    beyond = not math.isfinite(_float(right.number))
    assert seen.answer is None if beyond else near(seen.answer, right.number, RTOL, ATOL), seen.answer


def near(seen: str | float | None, right: Number, rtol: float, atol: float = 0) -> bool:
    """Tell whether a number is the truth to a relative `rtol`, or to `atol` where that is 0, or the nearest float64."""
    if seen is None:
        return False
    if seen == _float(right):  # infinities, and numbers below the normal range
        return True
    with mp.workdps(DIGITS):
        truth, found = _exactly(right), mpf(seen)
        return bool(mp.isfinite(truth) and abs(found - truth) <= (rtol * abs(truth) or atol))


def _exactly(number: Number) -> Any:
    return number() if callable(number) else mpf(number)


def _float(number: Number) -> float:
    with mp.workdps(DIGITS):
        return float(_exactly(number))
