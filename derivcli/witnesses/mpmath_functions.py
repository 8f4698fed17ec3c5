"""The functions of the catalogue in mpmath: exactly over the rationals, as balls, or by mpmath's own function.

`ON_BALLS` knows its own errors. `SMOOTH` are mpmath's functions on real numbers at
the current precision; a result that is complex, infinite or not a number, and a `ValueError` or `ZeroDivisionError`,
mean "undefined".
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mpmath import mp, mpf

from derivcli.witnesses import balls, mpmath_special, rationals
from derivcli.witnesses.balls import BEYOND, BLURRED, Ball, Unknown, image, nearest_integer

if TYPE_CHECKING:
    from collections.abc import Callable

_CHECK_BITS = 32
_EXACT_TO_THE_LAST_PLACE = frozenset(
    {"sin", "cos", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "atanh", "exp", "expm1", "log", "log10"}
    | {"log2", "sqrt", "sinc", "erf", "erfc", "gamma", "sigmoid", "softplus"}
)
_LARGEST_MAGNITUDE = 20_000  # bits of the exponent of an argument
_LARGEST_EXPONENT = 2**_LARGEST_MAGNITUDE


def smooth(name: str, args: list[Ball]) -> Any:
    """Return one of mpmath's functions of balls."""
    if any(mp.isfinite(arg.middle) and arg.middle and mp.mag(arg.middle) > _LARGEST_MAGNITUDE for arg in args):
        return BEYOND
    try:
        found = image(lambda *values: real_value(SMOOTH[name], values), args)
        return found if name in _EXACT_TO_THE_LAST_PLACE or not isinstance(found, Ball) else _checked(name, found, args)
    except mp.NoConvergence:
        return BEYOND
    except TypeError:
        if all(mp.isfinite(arg.middle) for arg in args):
            raise
        return BLURRED  # hypergeometric series of mpmath's cannot take an infinity


def _checked(name: str, found: Ball, args: list[Ball]) -> Any:
    """Return a value with what more digits change about it: near their zeros many of mpmath's functions cancel."""
    with mp.workprec(mp.prec + _CHECK_BITS):
        again = real_value(SMOOTH[name], tuple(arg.middle for arg in args))
    if again is None:  # at the edge of the domain
        return found if balls.taken_as_equal() else BLURRED
    return Ball(found.middle, found.error + 2 * abs(again - found.middle))


def real_value(function: Callable[..., Any], values: tuple[Any, ...]) -> Any:
    """Return a function's value as a real number, None where it has none."""
    try:
        value = function(*values)
    except (ValueError, ZeroDivisionError):
        return None
    return value if isinstance(value, mpf) and mp.isfinite(value) else None


def power(x: Any, y: Any) -> Any:
    """Return x**y over the reals: a negative base needs an integer exponent; 0**0 is 1."""
    base, exponent = balls.ball(x), balls.ball(y)
    integer = _integer(y)
    if integer is not None:
        return _integer_power(base, integer)
    above = balls.leaning(base)
    if isinstance(above, Unknown):
        return above
    if above == 0:
        return _power_of_zero(exponent)
    if above < 0:
        found = nearest_integer(exponent)
        return None if found is None else _decided(lambda: _integer_power(base, found))
    if exponent.middle and mp.mag(exponent.middle) > _LARGEST_MAGNITUDE:
        return BEYOND
    return image(lambda a, b: real_value(_positive_power, (a, b)), [base, exponent])


def _integer(y: Any) -> int | None:
    """Return an exponent that is an integer for sure."""
    if isinstance(y, Fraction):
        return y.numerator if y.denominator == 1 else None
    return None if y.error else nearest_integer(y)


def _integer_power(base: Ball, n: int) -> Any:
    if base.middle and abs(mp.mag(base.middle)) * abs(n) > _LARGEST_EXPONENT:
        return BEYOND
    if n < 0:
        inverse = balls.divide(Ball(mpf(1), mpf(0)), base)
        return _integer_power(inverse, -n) if isinstance(inverse, Ball) else inverse
    return image(lambda a: a**n, [base])


def _power_of_zero(exponent: Ball) -> Any:
    above = balls.sign(exponent)
    if isinstance(above, Unknown):
        return above
    return None if above < 0 else Fraction(1 if above == 0 else 0)


def _positive_power(base: Any, exponent: Any) -> Any:
    """Return exp(y*log(x)), with digits enough for the size of y*log(x)."""
    with mp.workprec(mp.prec + _CHECK_BITS):
        product = exponent * mp.log(base)
    with mp.workprec(mp.prec + max(0, mp.mag(product) if product else 0) + _CHECK_BITS):
        return mp.exp(exponent * mp.log(base))


def _decided(answer: Callable[[], Any]) -> Any:
    """Return an answer that holds only if two numbers that cannot be told apart are equal."""
    return answer() if balls.taken_as_equal() else BLURRED


def root(x: Any, n: Any) -> Any:
    """Return the real n-th root: of a negative number for odd integers n only."""
    degree = _integer(n)
    if degree is None or degree == 0:
        return _root_of_positive(x, n)
    if degree % 2:
        return image(lambda a: real_value(_odd_root, (a, mpf(degree))), [balls.ball(x)])
    return power(x, Fraction(1, degree))


def _root_of_positive(x: Any, n: Any) -> Any:
    """Return x**(1/n) where n is no odd integer: x must not be negative, n not 0."""
    above = balls.leaning(balls.ball(x))
    if isinstance(above, Unknown):
        return above
    exponent = (1 / n if n else None) if isinstance(n, Fraction) else balls.divide(Ball(mpf(1), mpf(0)), n)
    if exponent is None or isinstance(exponent, Unknown):
        return exponent
    return None if above < 0 else power(x, exponent)


def _odd_root(x: Any, n: Any) -> Any:
    if not x:
        return mpf(0) if n > 0 else mp.nan
    found = mp.root(abs(x), abs(int(n)))
    return mp.sign(x) * (found if n > 0 else 1 / found)


def mod(x: Ball, y: Ball) -> Any:
    """Return x - y*floor(x/y)."""
    floor = floordiv(x, y)
    if not isinstance(floor, (Fraction, Ball)):
        return floor
    return balls.add(x, balls.negate(balls.multiply(y, balls.ball(floor))))


def floordiv(x: Ball, y: Ball) -> Any:
    """Return floor(x/y)."""
    quotient = balls.divide(x, y)
    return balls.whole(quotient, mp.floor) if isinstance(quotient, Ball) else quotient


def _ratio(above: str, below: str) -> Callable[[Ball], Any]:
    def ratio(x: Ball) -> Any:
        parts = smooth(above, [x]), smooth(below, [x])
        unknown = [part for part in parts if not isinstance(part, Ball)]
        return unknown[0] if unknown else balls.divide(*parts)

    return ratio


def _wave(name: str) -> Callable[[Ball], Any]:
    """Return sin or cos: mpmath finds both at once, and each is the slope of the other."""

    def wave(x: Ball) -> Any:
        if not x.error or not mp.isfinite(x.middle) or mp.mag(x.middle) > _LARGEST_MAGNITUDE:
            return smooth(name, [x])
        cos, sin = mp.cos_sin(x.middle)
        middle, steep = (sin, cos) if name == "sin" else (cos, sin)
        return balls.along(middle, abs(steep), x)

    return wave


def _exp(x: Ball) -> Any:
    """Return exp(x), whose slope is itself."""
    if x.error and x.error < 1 and mp.isfinite(x.middle) and mp.mag(x.middle) <= _LARGEST_MAGNITUDE:
        middle = mp.exp(x.middle)
        return balls.along(middle, middle, x, middle)
    return smooth("exp", [x])


def _rounded(function: Callable[[Any], Any]) -> Callable[[Ball], Any]:
    return lambda x: balls.whole(x, function)


def _with_poles(name: str, first: int = 0) -> Callable[..., Any]:
    """Return the function with its poles at first, first - 1, ... kept where rounding would miss them."""

    def guarded(*args: Ball) -> Any:
        pole = nearest_integer(args[-1])
        if pole is not None and pole <= first:
            return None if not args[-1].error else _decided(lambda: None)
        return smooth(name, list(args))

    return guarded


def _atan2(y: Ball, x: Ball) -> Any:
    """Return the angle; on the negative x axis, the cut, it is pi."""
    above, right = balls.sign(y), balls.sign(x)
    if above in (-1, 1) or right == 1:
        return image(mp.atan2, [y, x])
    if isinstance(above, Unknown) or isinstance(right, Unknown):
        return BLURRED
    return None if right == 0 else Ball(+mp.pi, balls.rounding(mp.pi))


def _lambertw(x: Ball, branch: Ball) -> Any:
    """Return a branch of LambertW; both are -1 at the edge -1/e of its domain."""
    above_edge = balls.leaning(balls.add(balls.multiply(x, Ball(+mp.e, balls.rounding(mp.e))), Ball(mpf(1), mpf(0))))
    if isinstance(above_edge, Unknown):
        return above_edge
    if above_edge > 0:
        return smooth("LambertW", [x, branch])
    return None if above_edge < 0 or branch.middle not in (0, -1) else Fraction(-1)


# These take rationals and balls alike.
ON_ANY: dict[str, Callable[..., Any]] = {
    "pow": power,
    "root": root,
    "cbrt": lambda x: root(x, Fraction(3)),
    "max": balls.largest,
    "min": balls.smallest,
}

ON_BALLS: dict[str, Callable[..., Any]] = {
    "add": balls.add,
    "mul": balls.multiply,
    "neg": balls.negate,
    "div": balls.divide,
    "floordiv": floordiv,
    "mod": mod,
    "abs": lambda x: Ball(abs(x.middle), x.error),
    "sign": rationals.sign,
    "heaviside": rationals.step,
    "floor": _rounded(mp.floor),
    "ceil": _rounded(mp.ceil),
    "round": _rounded(mp.nint),
    "sin": _wave("sin"),
    "cos": _wave("cos"),
    "exp": _exp,
    "tan": _ratio("sin", "cos"),
    "cot": _ratio("cos", "sin"),
    "atan2": _atan2,
    "gamma": _with_poles("gamma"),
    "loggamma": _with_poles("loggamma"),
    "digamma": _with_poles("digamma"),
    "polygamma": _with_poles("polygamma"),
    "LambertW": _lambertw,
    "harmonic": _with_poles("harmonic", -1),
    "factorial": lambda x: ON_BALLS["gamma"](balls.add(x, Ball(mpf(1), mpf(0)))),
}

SMOOTH: dict[str, Callable[..., Any]] = {
    "sin": mp.sin,
    "cos": mp.cos,
    "sinc": lambda x: mp.sin(x) / x if x else mpf(1),
    "asin": mp.asin,
    "acos": mp.acos,
    "atan": mp.atan,
    "sinh": mp.sinh,
    "cosh": mp.cosh,
    "tanh": mp.tanh,
    "asinh": mp.asinh,
    "acosh": mp.acosh,
    "atanh": mp.atanh,
    "exp": mp.exp,
    "expm1": mp.expm1,
    "log": mp.log,
    "log10": mp.log10,
    "log2": lambda x: mp.log(x) / mp.ln2,
    "sqrt": mp.sqrt,
    "erf": mp.erf,
    "erfc": mp.erfc,
    "gamma": mp.gamma,
    "loggamma": lambda x: mp.re(mp.loggamma(x)),
    "digamma": mpmath_special.digamma,
    "polygamma": mpmath_special.psi,
    "sigmoid": lambda x: 1 / (1 + mp.exp(-x)),
    "softplus": mpmath_special.softplus,
    **mpmath_special.SPECIAL,
}

KNOWN = rationals.EXACT.keys() | ON_ANY.keys() | ON_BALLS.keys() | SMOOTH.keys()
