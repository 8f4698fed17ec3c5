"""Which functions a language has: what it lacks is written out by its definition, as a helper or in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import LimitError
from derivcli.language import catalogue
from derivcli.language.lowering import definition, formula
from derivcli.language.program import CORE
from derivcli.language.tree import VARIABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.exports.language import Language
    from derivcli.language.program import Builder, Program

# What a person writes where a language has no such function and the catalogue no formula, or one that overflows. Of a
# number that is none each of them is none. expm1 and log1p near 0 are Kahan's, from "Branch cuts", 1987.
_FORMULAS = {
    "abs": "where(x < 0, -x, x)",
    "sign": "where(x > 0, 1, where(x < 0, -1, x))",
    "max": "where(x > y, x, where(x <= y, y, x + y))",
    "min": "where(x < y, x, where(x >= y, y, x + y))",
    "mod": "x - y*floor(x/y)",
    "floordiv": "floor(x/y)",
    "floor": "where(trunc(x) > x, trunc(x) - 1, trunc(x))",
    "ceil": "-floor(-x)",
    "round": "where(x - floor(x) < 1/2, floor(x), where(x - floor(x) > 1/2, floor(x) + 1, 2*ceil(floor(x)/2)))",
    "heaviside": "where(x > 0, 1, where(x < 0, 0, x + 1/2))",
    "sinc": "where(x == 0, 1, sin(x)/x)",
    "factorial": "gamma(x + 1)",
    "cbrt": "where(x < 0, -(-x)^(1/3), x^(1/3))",
    "root": "where(x < 0 and n - 2*floor(n/2) == 1, -(-x)^(1/n), x^(1/n))",
    "expm1": "where(abs(x) < 1, 2*sinh(x/2)*exp(x/2), exp(x) - 1)",
    "log1p": "where(1 + x == 1, x, where(abs(x) < 1, log(1 + x)*x/((1 + x) - 1), log(1 + x)))",
    "log10": "log(x)/log(10)",
    "softplus": "max(x, 0) + log1p(exp(-abs(x)))",
    "logaddexp": "max(x, y) + log1p(exp(-abs(x - y)))",
    "asinh": "where(x < 0, -1, 1)*log1p(abs(x) + x^2/(1 + sqrt(x^2 + 1)))",
    "acosh": "log1p((x - 1) + sqrt(x - 1)*sqrt(x + 1))",
    "atanh": "log1p(2*x/(1 - x))/2",
}


class LackingError(Exception):
    """A language has no such function, and there is no formula for it."""

    def __init__(self, function: str) -> None:
        super().__init__(function)
        self.function = function


def too_long(language: str, most: int, length: int) -> LimitError:
    """Return the error for a formula that is longer than a language takes."""
    return LimitError(f"a formula of {language} has up to {most:,} characters, and this one needs {length:,}")


def meaning(op: str, language: Language) -> Program:
    """Return the formula of a function that a language lacks; raises `LackingError` where there is none."""
    row = catalogue.FUNCTIONS[op]
    text = language.formulas.get(op) or _FORMULAS.get(op)
    if text is not None:
        return formula(text, row.parameters)
    if row.definition is None:
        raise LackingError(op)
    return definition(op)


def has(op: str, language: Language) -> bool:
    """Tell whether a language has an operation by itself."""
    return op in CORE or op in language.functions


def helpers(ops: set[str], language: Language) -> dict[str, Program]:
    """Return the functions that are to be written out for these, each after those that it needs itself."""
    found: dict[str, Program] = {}

    def add(op: str) -> None:
        if not has(op, language) and op not in found:
            program = meaning(op, language)
            for inner in program.instructions:
                add(inner.op)
            found[op] = program

    for op in sorted(ops):
        add(op)
    return found


def in_place(builder: Builder, program: Program, language: Language, bound: Mapping[str, int]) -> int:
    """Add a program with the functions that a language lacks written out; return the index of its result."""
    done: list[int] = []
    for op, args, text in program.instructions:
        indices = [done[arg] for arg in args]
        if op == VARIABLE and text in bound:
            done.append(bound[text])
        elif has(op, language):
            done.append(builder.add(op, *indices, text=text))
        else:
            parameters = catalogue.FUNCTIONS[op].parameters
            inner = dict(zip(parameters, indices, strict=True))
            done.append(in_place(builder, meaning(op, language), language, inner))
    return done[-1]
