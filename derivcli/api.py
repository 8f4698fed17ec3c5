"""`differentiate`: the Python face of the calculator."""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from derivcli.calculator import calculate
from derivcli.errors import PointError, UsageError
from derivcli.model import Request, Result

_SHORTEST = 1e-9  # seconds

Coordinate = str | int | float | Decimal | Fraction


def differentiate(
    expression: str,
    at: Mapping[str, Coordinate] | None = None,
    *,
    wrt: str | Iterable[str] | None = None,
    rtol: float = 1e-9,
    atol: float = 1e-12,
    timeout: float = 30.0,
) -> Result:
    """Return the value and the first partial derivatives of an expression, with a verdict on each number.

    `at` gives each variable a value: a number, or a text with a constant expression such as `"pi/4"`. A float stands
    for its shortest decimal, so 0.1 is 1/10. Without `at` the result holds the symbolic derivatives, spot-checked.
    `wrt` names the variables to differentiate by, all of them by default. Two numbers agree within `rtol` of the
    reference, or within `atol` where that is 0. `timeout` is in seconds; when it runs out, what is known so far is
    returned, the rest is `unverified` and `limit_reached` is set.

    Raises `ExpressionError` for an expression that cannot be read, `PointError` for values that do not fit it,
    `LimitError` for one that is too large, `UsageError` for arguments that make no sense.
    """
    if not isinstance(expression, str):
        raise UsageError(f"the expression must be a text, not {type(expression).__name__}")
    for name, number, least in (("rtol", rtol, 0.0), ("atol", atol, 0.0), ("timeout", timeout, _SHORTEST)):
        _check_option(name, number, least)
    chosen = None if wrt is None else (wrt,) if isinstance(wrt, str) else _names(wrt)
    return calculate(Request(expression, _point(at), chosen, float(rtol), float(atol), float(timeout)))


def _check_option(name: str, number: Any, least: float) -> None:
    if not isinstance(number, (int, float)) or not math.isfinite(number) or number < least:
        wanted = "a number, 0 or larger" if least == 0 else "a number of seconds above 0"
        raise UsageError(f"{name} must be {wanted}, not {number}")


def _point(at: Any) -> dict[str, str] | None:
    if at is None:
        return None
    if not isinstance(at, Mapping) or not all(isinstance(name, str) for name in at):
        raise UsageError("at must map names to values, such as {'x': 2}")
    return {name: coordinate_text(name, value) for name, value in at.items()}


def _names(wrt: Any) -> tuple[str, ...]:
    names = tuple(wrt) if isinstance(wrt, Iterable) else (wrt,)
    if not all(isinstance(name, str) for name in names):
        raise UsageError("wrt must be a name or several names")
    return tuple(dict.fromkeys(names))


def coordinate_text(name: str, value: Coordinate) -> str:
    """Return a coordinate as the text that stands for exactly that number.

    Raises `PointError` for what is not a finite real number.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, (numbers.Real, Decimal)):
        raise PointError(f"the value of `{name}` must be a number or a text, not {type(value).__name__}")
    if not _is_finite(value):
        shown = value if isinstance(value, (float, Decimal)) else "a number beyond float64"
        raise PointError(f"the value of `{name}` must be finite, not {shown}")
    if isinstance(value, numbers.Rational):
        fraction = Fraction(value.numerator, value.denominator)
        return (
            str(fraction.numerator) if fraction.denominator == 1 else f"({fraction.numerator})/{fraction.denominator}"
        )
    return str(value) if isinstance(value, Decimal) else repr(float(value))


def _is_finite(value: Any) -> bool:
    try:
        return math.isfinite(float(value))
    except (OverflowError, ValueError):
        return False
