"""Arithmetic, elementary functions and switches of germs: a row for each operation that has a rule of its own."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from flint import fmpq

from derivcli.witnesses.proof.germs import angles, exact, switches
from derivcli.witnesses.proof.germs.constants import PI
from derivcli.witnesses.proof.germs.exponentials import exp, general_power, log, wave
from derivcli.witnesses.proof.germs.powers import Expanding, power, root
from derivcli.witnesses.proof.germs.series import UNITY, Germ, constant, negative, scaled
from derivcli.witnesses.proof.numbers import HALF

if TYPE_CHECKING:
    from derivcli.witnesses.proof.germs.poles import Rule

_HALF = Fraction(1, 2)
_sine, _cosine = wave("sin"), wave("cos")


def _exponentials(work: Expanding, x: Germ) -> tuple[Germ, Germ]:
    return exp(work, x), exp(work, negative(x))


def _sinh(work: Expanding, x: Germ) -> Germ:
    up, down = _exponentials(work, x)
    return scaled(work.minus(up, down), HALF)


def _cosh(work: Expanding, x: Germ) -> Germ:
    return scaled(work.add(*_exponentials(work, x)), HALF)


def _sigmoid(work: Expanding, x: Germ) -> Germ:
    return work.divide(UNITY, work.add(UNITY, exp(work, negative(x))))


def _tanh(work: Expanding, x: Germ) -> Germ:
    """Return 2*sigmoid(2*x) - 1, which has a limit where x grows without bound."""
    return work.minus(scaled(_sigmoid(work, scaled(x, fmpq(2))), fmpq(2)), UNITY)


def _softplus(work: Expanding, x: Germ) -> Germ:
    """Return log(1 + exp(x)); of what grows, x + log(1 + exp(-x))."""
    grows = x.grows and x.sign() > 0
    rest = log(work, work.add(UNITY, exp(work, negative(x) if grows else x)))
    return work.add(x, rest) if grows else rest


def _sinc(work: Expanding, x: Germ) -> Germ:
    return UNITY if x.scale is None else work.divide(_sine(work, x), x)


def _log_to(base: int) -> Rule:
    return lambda work, x: work.divide(log(work, x), constant(exact.log(fmpq(base))))


ELEMENTARY: dict[str, Rule] = {
    "add": Expanding.add,
    "mul": Expanding.multiply,
    "neg": lambda _work, x: negative(x),
    "div": Expanding.divide,
    "pow": general_power,
    "root": root,
    "sqrt": lambda work, x: power(work, x, _HALF),
    "cbrt": lambda work, x: root(work, x, constant(fmpq(3))),
    "exp": exp,
    "expm1": lambda work, x: work.minus(exp(work, x), UNITY),
    "log": log,
    "log1p": lambda work, x: log(work, work.add(UNITY, x)),
    "log2": _log_to(2),
    "log10": _log_to(10),
    "sin": _sine,
    "cos": _cosine,
    "tan": lambda work, x: work.divide(_sine(work, x), _cosine(work, x)),
    "cot": lambda work, x: work.divide(_cosine(work, x), _sine(work, x)),
    "sinc": _sinc,
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": _tanh,
    "sigmoid": _sigmoid,
    "softplus": _softplus,
    "asin": angles.asin,
    "acos": lambda work, x: work.minus(constant(PI * HALF), angles.asin(work, x)),
    "atan": angles.atan,
    "asinh": angles.asinh,
    "acosh": angles.acosh,
    "atanh": angles.atanh,
    "atan2": switches.atan2,
    "abs": switches.absolute,
    "max": switches.extreme(1),
    "min": switches.extreme(-1),
    "sign": switches.sign,
    "heaviside": switches.heaviside,
    "floor": switches.floor,
    "ceil": switches.ceiling,
    "round": switches.rounded,
    "mod": switches.modulo,
    "floordiv": switches.floor_of_quotient,
}
