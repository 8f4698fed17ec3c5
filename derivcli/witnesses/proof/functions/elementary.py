"""Steps, trigonometric and hyperbolic functions. Cuts: DLMF 4.2, 4.23, 4.37."""

from __future__ import annotations

from flint import acb, arb, fmpq

from derivcli.witnesses.proof.functions.arithmetic import divide, exp
from derivcli.witnesses.proof.functions.guards import STEEPEST, guarded, inner, method
from derivcli.witnesses.proof.numbers import (
    HALF,
    ONE,
    BlurredError,
    Number,
    Rule,
    ball,
    checked,
    floor,
    inside,
    is_complex,
    need,
    real,
    sign,
)


def _unit(x: Number) -> None:
    """Guard asin and acos: the edges are values of a number, but no box may touch them."""
    inside(sign(1 - x) >= 0, sign(1 + x) >= 0)


def _off_imaginary_cuts(x: Number) -> None:
    """Guard atan and asinh, whose cuts go from i and -i to infinity."""
    if isinstance(x, acb) and not (abs(x.imag) < 1 or x.real > 0 or x.real < 0):
        raise BlurredError


def absolute(x: Number) -> Number:
    """Return |x|; a ball may hold 0, a box may not."""
    try:
        return -x if sign(x) < 0 else x
    except BlurredError:
        if isinstance(x, acb):
            raise
        return abs(ball(x))


def extreme(way: int) -> Rule:
    """Return the largest (way 1) or the smallest (way -1) number; balls may touch each other, boxes may not."""

    def function(*args: Number) -> Number:
        best = args[0]
        for other in args[1:]:
            best = _better(best, other, way)
        return best

    return function


def _better(a: Number, b: Number, way: int) -> Number:
    try:
        return b if sign(b - a) == way else a
    except BlurredError:
        if is_complex(a, b):
            raise
        first, second = real(a), real(b)
        return first.max(second) if way > 0 else first.min(second)


def rounded(x: Number) -> Number:
    """Return the nearest integer; a half goes to the even one."""
    low = floor(x + HALF)
    return low - 1 if x + HALF == low and int(low) % 2 else low


def atan(x: Number) -> Number:
    """Return the inverse tangent."""
    _off_imaginary_cuts(x)
    return ball(x).atan()


def atan2(y: Number, x: Number) -> Number:
    """Return the angle of (x, y) on the right, above or below; on the left edge, where y is 0, that of a number."""
    try:
        right = sign(x) > 0
    except BlurredError:
        right = False
    if right:
        return atan(divide(y, x))
    above_axis = sign(y)
    if above_axis == 0:
        need(sign(x) < 0)
        return arb.pi()
    return above_axis * arb.pi() / 2 - atan(divide(x, y))


def sigmoid(x: Number) -> Number:
    """Return 1/(1 + exp(-x)), which left of 0 is exp(x)/(1 + exp(x))."""
    if real(x) < 0:
        grown = exp(x)
        return divide(grown, 1 + grown)
    return divide(ONE, 1 + exp(-x))


def softplus(x: Number) -> Number:
    """Return log(1 + exp(x)), far to the right as x + log(1 + exp(-x))."""
    if real(x) > STEEPEST:
        return x + softplus(-x)
    grown = exp(x)
    need(sign(1 + grown) > 0)
    return ball(grown).log1p()


def tanh(x: Number) -> Number:
    """Return the hyperbolic tangent, far from 0 as 2*sigmoid(2*x) - 1."""
    return 2 * sigmoid(2 * x) - 1 if abs(real(x)) > STEEPEST else _near_tanh(x)


def expm1(x: Number) -> Number:
    """Return exp(x) - 1."""
    return exp(x) - 1 if real(x) < -STEEPEST else _near_expm1(x)


_steep = {name: method(name, reach=STEEPEST) for name in ("sinh", "cosh")}
_near_tanh, _near_expm1 = (method(name, reach=STEEPEST) for name in ("tanh", "expm1"))
_entire = {name: method(name) for name in ("sin", "cos", "tan", "sinc")}

ELEMENTARY: dict[str, Rule] = {
    **_steep,
    "tanh": tanh,
    "expm1": expm1,
    **_entire,
    "abs": absolute,
    "sign": lambda x: fmpq(sign(x)),
    "heaviside": lambda x: fmpq(1 + sign(x), 2),
    "floor": floor,
    "ceil": lambda x: -floor(-x),
    "round": rounded,
    "mod": lambda x, y: x - y * floor(checked(divide(x, y))),  # 0 over a ball is 0, an integer for sure
    "floordiv": lambda x, y: floor(checked(divide(x, y))),
    "max": extreme(1),
    "min": extreme(-1),
    "cot": guarded(lambda x: need(not (isinstance(x, fmpq) and x == 0)), method("cot")),
    "asin": guarded(_unit, method("asin")),
    "acos": guarded(_unit, method("acos")),
    "atan": atan,
    "atan2": atan2,
    "asinh": guarded(_off_imaginary_cuts, method("asinh")),
    "acosh": guarded(lambda x: inside(sign(x - 1) >= 0), method("acosh")),
    "atanh": guarded(inner, method("atanh")),
    "sigmoid": sigmoid,
    "softplus": softplus,
}
