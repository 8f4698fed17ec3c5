"""Programs as sympy expressions, and the functions of the catalogue as sympy classes.

Where sympy has no such function, or one that rewrites its arguments (`Max` sorts, `Piecewise` collapses, `Abs` asks for
real parts), an opaque class stands in: it keeps its arguments as they are and takes its derivative from the catalogue.
"""

from __future__ import annotations

import operator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

import sympy
from sympy import Add, Integer, Mul, Pow, Rational, Symbol
from sympy.core.function import ArgumentIndexError

from derivcli.language import catalogue
from derivcli.language.lowering import definition, formula
from derivcli.language.numbers import exact
from derivcli.language.program import UNDEFINED, Program
from derivcli.language.tree import COMPARISONS, NUMBER, PIECEWISE, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction


_KEPT = 1_000  # literals: the few that people write come again and again


class Opaque(sympy.Function):
    """A function that sympy knows nothing of but its partial derivatives."""

    op: ClassVar[str] = ""

    def fdiff(self, argindex: int = 1) -> Any:
        """Return the partial derivative with respect to one argument."""
        row = catalogue.FUNCTIONS.get(self.op)
        if row is None or argindex > len(row.parameters):
            raise ArgumentIndexError(self, argindex)
        bound = dict(zip(row.parameters, self.args, strict=True))
        if not row.partials and row.definition:
            slope = _slope_of_definition(row.name, row.parameters[argindex - 1])
            return slope.xreplace({_symbol(name): arg for name, arg in bound.items()})
        text = row.partials[argindex - 1] if row.partials else None
        if text is None:
            raise ArgumentIndexError(self, argindex)
        return build(formula(text, row.parameters), evaluate=True, bound=bound)

    def _eval_is_extended_real(self) -> bool:
        return True


class Pieces(Opaque):
    """`piecewise(a1, cond1, a2, cond2, ..., otherwise)`; conditions are not differentiated."""

    op = PIECEWISE

    def _eval_derivative(self, symbol: Any) -> Any:
        slopes = [arg if index % 2 else arg.diff(symbol) for index, arg in enumerate(self.args[:-1])]
        otherwise = self.args[-1]
        return pieces(*slopes, otherwise if operation(otherwise) == UNDEFINED else otherwise.diff(symbol))


class Extremum(Opaque):
    """The largest or the smallest of its arguments."""

    wins: ClassVar[str] = ""

    def _eval_derivative(self, symbol: Any) -> Any:
        """Return the slope of the argument that wins against all that follow it."""
        parts: list[Any] = []
        for index, arg in enumerate(self.args[:-1]):
            conditions = [opaque(self.wins)(arg, other) for other in self.args[index + 1 :]]
            parts += [arg.diff(symbol), conditions[0] if len(conditions) == 1 else opaque("and")(*conditions)]
        return pieces(*parts, self.args[-1].diff(symbol))


class Max(Extremum):
    """The largest argument."""

    op = "max"
    wins = "gt"


class Min(Extremum):
    """The smallest argument."""

    op = "min"
    wins = "lt"


_SPECIAL: dict[str, type[Opaque]] = {PIECEWISE: Pieces, "max": Max, "min": Min}


def pieces(*args: Any) -> Any:
    """Return a piecewise expression, or its value where only one is left."""
    kept: list[Any] = []
    otherwise = args[-1]
    for value, condition in zip(args[:-1:2], args[1::2], strict=True):
        if condition == opaque("true")():
            otherwise = value
            break
        if condition != opaque("false")():
            kept += (value, condition)
    values = {*kept[::2], otherwise}
    return otherwise if len(values) == 1 else Pieces(*kept, otherwise, evaluate=False)


@cache
def _slope_of_definition(name: str, parameter: str) -> Any:
    """Return the derivative of a function that is a formula, in symbols named as its parameters."""
    return build(definition(name), evaluate=True).diff(_symbol(parameter))


def _symbol(name: str) -> Any:
    return Symbol(name, real=True)


@cache
def opaque(op: str) -> type[Opaque]:
    """Return the opaque class of an operation."""
    return _SPECIAL.get(op) or type(op, (Opaque,), {"op": op})


@cache
def function_class(op: str) -> Any:
    """Return the sympy class of a function, a comparison or a connective."""
    row = catalogue.FUNCTIONS.get(op)
    return getattr(sympy, op) if row and row.sympy else opaque(op)


def operation(expression: Any) -> str | None:
    """Return the operation that an application of a function stands for, None if it is not in the catalogue."""
    if isinstance(expression, Opaque):
        return expression.op
    return _OPERATIONS.get(getattr(expression, "func", None))


_OPERATIONS = {
    **{getattr(sympy, row.name): row.name for row in catalogue.FUNCTIONS.values() if row.sympy},
    sympy.Abs: "abs",
    sympy.sign: "sign",
}


_LEAVES: dict[str, Callable[[str], Any]] = {
    NUMBER: lru_cache(_KEPT)(lambda text: rational(exact(text))),
    VARIABLE: _symbol,
    UNDEFINED: lambda _text: opaque(UNDEFINED)(),
    "pi": lambda _text: sympy.pi,
    "e": lambda _text: sympy.E,
    "inf": lambda _text: sympy.oo,
}


def rational(value: Fraction) -> Any:
    """Return an exact sympy number."""
    return Rational(value.numerator, value.denominator)


def build(program: Program, *, evaluate: bool, bound: Mapping[str, Any] | None = None) -> Any:
    """Return the sympy expression of a program; `bound` replaces variables by expressions."""
    return expressions(program, evaluate=evaluate, bound=bound)[-1]


def expressions(program: Program, *, evaluate: bool, bound: Mapping[str, Any] | None = None) -> list[Any]:
    """Return the sympy expression of each instruction."""
    found: list[Any] = []
    for op, args, text in program.instructions:
        if op == VARIABLE and bound and text in bound:
            found.append(bound[text])
        elif op in _LEAVES:
            found.append(_LEAVES[op](text))
        else:
            found.append(_apply(op, [found[arg] for arg in args], evaluate))
    return found


def _apply(op: str, args: list[Any], evaluate: bool) -> Any:
    if op in _ARITHMETIC:
        return _ARITHMETIC[op](args, evaluate)
    if evaluate and op == PIECEWISE:
        return pieces(*args)
    if evaluate and op in COMPARISONS and all(isinstance(arg, Rational) for arg in args):
        return opaque("true" if getattr(operator, op)(*args) else "false")()
    return function_class(op)(*args, evaluate=evaluate)


_ARITHMETIC: dict[str, Callable[[list[Any], bool], Any]] = {
    "add": lambda args, evaluate: Add(*args, evaluate=evaluate),
    "mul": lambda args, evaluate: Mul(*args, evaluate=evaluate),
    "neg": lambda args, evaluate: Mul(Integer(-1), *args, evaluate=evaluate),
    "div": lambda args, evaluate: Mul(args[0], Pow(args[1], -1, evaluate=evaluate), evaluate=evaluate),
    "pow": lambda args, evaluate: Pow(*args, evaluate=evaluate),
    "sqrt": lambda args, evaluate: Pow(args[0], Rational(1, 2), evaluate=evaluate),
}
