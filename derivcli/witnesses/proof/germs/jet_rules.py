"""Functions of jets: by their Taylor coefficients at a germ, or as books define them by others."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from flint import fmpq

from derivcli.witnesses.proof.germs import exact, switches
from derivcli.witnesses.proof.germs.constants import PI
from derivcli.witnesses.proof.germs.exponentials import exp, wave
from derivcli.witnesses.proof.germs.exponentials import log as log_of_germ
from derivcli.witnesses.proof.germs.jets import Crossing, Jet, still
from derivcli.witnesses.proof.germs.series import Germ, constant, scaled
from derivcli.witnesses.proof.germs.walk import of_function
from derivcli.witnesses.proof.numbers import HALF, ONE, UnprovedError, need

if TYPE_CHECKING:
    from derivcli.witnesses.proof.germs.constants import Coefficient, Power

JetRule = Callable[..., Jet]
_HALF = Fraction(1, 2)
_ALMOST_BOUNDED = Fraction(-1, 2**20)  # what is bounded is o of any power below 0
_UNITY = still(constant(ONE))
_RIGHT_ANGLE = still(constant(PI * HALF))
_of_sine, _of_cosine = wave("sin"), wave("cos")


def _number(c: Coefficient) -> Jet:
    return still(constant(c))


# Functions by their Taylor coefficients at a germ.


def _exp(work: Crossing, x: Jet) -> Jet:
    here = exp(work.work, x.here)
    return work.plug(lambda k: scaled(here, fmpq(1, math.factorial(k))), x.rise)


def _wave(first: int) -> JetRule:
    """Return sin (first 0) or cos (first 1): derivatives are sin, cos, -sin, -cos in turn."""

    def rule(work: Crossing, x: Jet) -> Jet:
        if x.lead < 0:  # no more is kept than that it is bounded
            work.is_wild = True
            return Jet((), _ALMOST_BOUNDED)
        here = (_of_sine(work.work, x.here), _of_cosine(work.work, x.here))

        def coefficient(k: int) -> Germ:
            turn = (k + first) % 4
            return scaled(here[turn % 2], fmpq(-1 if turn > 1 else 1, math.factorial(k)))

        return work.plug(coefficient, x.rise)

    return rule


def _log(work: Crossing, x: Jet) -> Jet:
    """Return the logarithm: that of what t does not move, and of 1 + what is left."""
    here = x.here
    need(here.scale is not None)
    front = log_of_germ(work.work, here)
    rest = work.multiply(x.rise, still(work.work.divide(constant(ONE), here)))
    grown = work.plug(lambda k: constant(fmpq((-1) ** (k + 1), k)) if k else Germ(), rest)
    return work.add(still(front), grown)


def _general_power(work: Crossing, x: Jet, y: Jet) -> Jet:
    q = y.here.constant if y.is_still else None
    if isinstance(q, fmpq):
        return work.power(x, exact.fraction(q))
    need(x.here.sign() > 0)  # a power of a negative number has values where the exponent is whole
    return _exp(work, work.multiply(y, _log(work, x)))


def _root(work: Crossing, x: Jet, n: Jet) -> Jet:
    degree = n.here.constant if n.is_still else None
    if not isinstance(degree, fmpq) or degree == 0:
        raise UnprovedError
    if degree.q == 1 and degree.p % 2 and x.parts and work.sign(x) < 0:
        return work.negative(work.power(work.negative(x), exact.fraction(1 / degree)))
    return work.power(x, exact.fraction(1 / degree))


# Functions by those, as books define them.


def _one_and_square(work: Crossing, way: int, x: Jet) -> Jet:
    return work.add(_UNITY, work.scaled(work.multiply(x, x), fmpq(way)))


def _by_slope(op: str, way: int, q: Power) -> JetRule:
    """Return a function whose slope is (1 + way*x^2)^q: the integral of that."""

    def rule(work: Crossing, x: Jet) -> Jet:
        here = of_function(op, [x.here], work.work, is_alike=False)
        slope = work.power(_one_and_square(work, way, x), q)
        return work.add(still(here), work.integral(slope, x))

    return rule


_atan = _by_slope("atan", 1, -1)


def _atan2(work: Crossing, y: Jet, x: Jet) -> Jet:
    """Return the angle of (x, y): on the right, above, below."""
    if not x.is_sided and work.sign(x) > 0:
        return _atan(work, work.divide(y, x))
    above = work.sign(y)
    need(above != 0 and not y.is_sided)
    return work.minus(work.scaled(_RIGHT_ANGLE, fmpq(above)), _atan(work, work.divide(x, y)))


def _by_sign(value: Callable[[int], fmpq]) -> JetRule:
    def rule(work: Crossing, x: Jet) -> Jet:
        found = _number(value(work.sign(x)))
        return found.bent(0) if x.is_sided else found

    return rule


def _floor(work: Crossing, x: Jet) -> Jet:
    need(not x.here.grows)
    return work.floor(x, switches.floor)


JET_RULES: dict[str, JetRule] = {
    "add": Crossing.add,
    "mul": Crossing.multiply,
    "neg": Crossing.negative,
    "div": Crossing.divide,
    "pow": _general_power,
    "root": _root,
    "sqrt": lambda work, x: work.power(x, _HALF),
    "exp": _exp,
    "log": _log,
    "sin": _wave(0),
    "cos": _wave(1),
    "asin": _by_slope("asin", -1, -_HALF),
    "atan": _atan,
    "asinh": _by_slope("asinh", 1, -_HALF),
    "atanh": _by_slope("atanh", -1, -1),
    "acosh": lambda work, x: _log(work, work.add(x, work.power(work.minus(work.multiply(x, x), _UNITY), _HALF))),
    "atan2": _atan2,
    "abs": Crossing.absolute,
    "max": lambda work, *jets: work.better(1, jets),
    "min": lambda work, *jets: work.better(-1, jets),
    "sign": _by_sign(fmpq),
    "heaviside": _by_sign(lambda way: fmpq(1 + way, 2)),
    "floor": _floor,
    "round": lambda work, x: _floor(work, work.add(x, _number(HALF))),
}
