"""Programs computed with floats, at many points, as far as floats have their functions."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from derivcli.language import catalogue
from derivcli.language.lowering import expand
from derivcli.language.numbers import exact
from derivcli.language.tree import NUMBER, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from derivcli.language.program import Instruction, Program


class Floats:
    """A program that is computed with floats, at many points; functions that they have not are written out."""

    def __init__(self, program: Program) -> None:
        found = expand(program, lambda op: op in _FLOATS or not catalogue.FUNCTIONS[op].definition)
        self.are_known = all(i.op in _FLOATS or i.op in (NUMBER, VARIABLE) for i in found.instructions)
        self._steps = [_step(instruction) for instruction in found.instructions]

    def value(self, point: Mapping[str, float]) -> float | None:
        """Return a real number, or None where the program has none or cannot be computed with floats."""
        found: list[Any] = []
        try:
            for compute, args, known in self._steps:
                if compute is None:
                    found.append(point[known] if isinstance(known, str) else known)
                else:
                    found.append(compute(*[found[k] for k in args]))
        except (ArithmeticError, ValueError, KeyError, TypeError):
            return None
        result = found[-1]
        return result if isinstance(result, (int, float)) and math.isfinite(result) else None


def _step(instruction: Instruction) -> tuple[Callable[..., Any] | None, tuple[int, ...], Any]:
    """Return what an instruction does with which results; nothing, with a number or the name of a variable."""
    op, args, text = instruction
    if op == VARIABLE:
        return None, args, text
    if op == NUMBER:
        try:
            return None, args, _constant(text)
        except ArithmeticError:
            return _nothing, args, None
    return _FLOATS.get(op, _nothing), args, None


def _nothing(*_args: float) -> float:
    raise ArithmeticError


@lru_cache(1024)  # all numbers of a question, and little memory
def _constant(text: str) -> float:
    return float(exact(text))


def _power(base: float, exponent: float) -> Any:
    return base**exponent


_OF_PYTHON = """
    sqrt exp log log2 log10 log1p expm1 sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh hypot cbrt
    erf erfc gamma
"""
_FLOATS: dict[str, Callable[..., Any]] = {
    "pi": lambda: math.pi,
    "e": lambda: math.e,
    "add": lambda *terms: sum(terms),
    "mul": lambda *factors: math.prod(factors),
    "neg": lambda x: -x,
    "div": lambda a, b: a / b,
    "pow": _power,
    "abs": abs,
    "sign": lambda x: (x > 0) - (x < 0),
    **{name: getattr(math, name) for name in _OF_PYTHON.split()},
}
