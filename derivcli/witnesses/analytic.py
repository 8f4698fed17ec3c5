"""Is a function analytic at a point? Where it surely is, all its derivatives exist there and simple differences do.

Every operation on the way must be analytic at its operands. Most are wherever they have a value; roots and the absolute
value are away from 0; comparisons must be decided by more than equality.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivcli.language.program import FLOAT, UNDEFINED
from derivcli.language.tree import COMPARISONS, NUMBER, PIECEWISE, VARIABLE
from derivcli.witnesses import balls
from derivcli.witnesses.balls import Ball, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from derivcli.language.program import Program

_ALWAYS = frozenset(
    {NUMBER, FLOAT, VARIABLE, UNDEFINED, PIECEWISE, "pi", "e", "true", "false", "and", "or", "not"}
    | {"add", "mul", "neg", "div", "sin", "cos", "tan", "cot", "sinc", "exp", "expm1", "log", "log10", "log2"}
    | {"sinh", "cosh", "tanh", "atan", "asinh", "atanh", "sigmoid", "softplus", "erf", "erfc", "erfi", "dawson"}
    | {"gamma", "loggamma", "digamma", "polygamma", "factorial", "harmonic", "zeta", "Si", "Shi", "Ci", "Chi", "Ei"}
    | {"airyai", "airybi", "airyaiprime", "airybiprime", "fresnels", "fresnelc", "hyp1f1"}
)


def is_analytic(program: Program, values: Sequence[Any]) -> bool:
    """Tell whether f is analytic at a point; `values` are the results of the instructions there, as balls."""
    constant = [not found for found in program.depends_on(program.variables)]
    for op, args, _text in program.instructions:
        operands = [values[arg] for arg in args]
        if op in _ALWAYS or any(operand is None for operand in operands):  # a branch that is not taken
            continue
        if any(isinstance(operand, Unknown) for operand in operands):
            return False
        rule = _compared if op in COMPARISONS else _RULES.get(op)
        if not all(constant[arg] for arg in args) and (rule is None or not rule(operands, [constant[a] for a in args])):
            return False
    return True


def _nonzero(value: Any) -> bool:
    return bool(value != 0) if isinstance(value, Fraction) else isinstance(value, Ball) and not value.holds_zero


def _compared(operands: Sequence[Any], _constant: Sequence[bool]) -> bool:
    return balls.compare(*map(balls.ball, operands)) in (-1, 1)


def _first(operands: Sequence[Any], _constant: Sequence[bool]) -> bool:
    return _nonzero(operands[0])


def _last(operands: Sequence[Any], _constant: Sequence[bool]) -> bool:
    return _nonzero(operands[-1])


def _power(operands: Sequence[Any], constant: Sequence[bool]) -> bool:
    base, exponent = operands
    if constant[1] and isinstance(exponent, Fraction) and exponent.denominator == 1:
        return True
    return balls.compare(balls.ball(base), balls.ball(Fraction(0))) == 1


def _one_wins(operands: Sequence[Any], _constant: Sequence[bool]) -> bool:
    """Tell whether one operand is larger, or smaller, than all others for sure."""
    found = [balls.ball(operand) for operand in operands]
    signs = [{balls.compare(a, b) for b in found if b is not a} for a in found]
    return {1} in signs and {-1} in signs if len(found) > 2 else not signs[0] - {-1, 1}


_RULES: dict[str, Callable[[Sequence[Any], Sequence[bool]], bool]] = {
    "pow": _power,
    **dict.fromkeys(("sqrt", "root", "cbrt", "abs", "sign", "heaviside"), _first),
    **dict.fromkeys(("besselj", "bessely", "besseli", "besselk", "struveh", "struvel"), _last),
    **dict.fromkeys(("max", "min"), _one_wins),
}
