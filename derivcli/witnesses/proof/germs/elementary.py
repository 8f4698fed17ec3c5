"""Arithmetic, elementary functions and switches of germs: a row for each operation that has a rule of its own.

What is put together by a formula stands in `programs.FORMULAS`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derivcli.witnesses.proof.germs import angles, switches
from derivcli.witnesses.proof.germs.exponentials import exp, general_power, log, wave
from derivcli.witnesses.proof.germs.powers import Expanding, power, root
from derivcli.witnesses.proof.germs.series import UNITY, Germ, negative

if TYPE_CHECKING:
    from derivcli.witnesses.proof.germs.poles import Rule

_HALF = Fraction(1, 2)
_sine = wave("sin")


def _softplus(work: Expanding, x: Germ) -> Germ:
    """Return log(1 + exp(x)); of what grows, x + log(1 + exp(-x))."""
    grows = x.grows and x.sign() > 0
    rest = log(work, work.add(UNITY, exp(work, negative(x) if grows else x)))
    return work.add(x, rest) if grows else rest


def _sinc(work: Expanding, x: Germ) -> Germ:
    return UNITY if x.scale is None else work.divide(_sine(work, x), x)


ELEMENTARY: dict[str, Rule] = {
    "add": Expanding.add,
    "mul": Expanding.multiply,
    "neg": lambda _work, x: negative(x),
    "div": Expanding.divide,
    "pow": general_power,
    "root": root,
    "sqrt": lambda work, x: power(work, x, _HALF),
    "exp": exp,
    "log": log,
    "sin": _sine,
    "cos": wave("cos"),
    "sinc": _sinc,
    "softplus": _softplus,
    "asin": angles.asin,
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
    "round": switches.rounded,
    "mod": switches.modulo,
}
