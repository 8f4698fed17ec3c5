"""Program -> sympy -> derivatives, and sympy expressions -> programs.

The way through sympy is faithful: `build(program, evaluate=False)` and `reading.Reader` are inverse to each other, so
what torch runs is the expression as it was typed. Derivatives are taken of the evaluated form, which sympy tidies while
it builds it; that form is never what torch runs.
"""

from __future__ import annotations

from typing import Any

from sympy import Add, Symbol

from derivcli.language.program import Builder, Program
from derivcli.language.tree import NUMBER
from derivcli.witnesses.chain import slope
from derivcli.witnesses.reading import Reader
from derivcli.witnesses.sympy_functions import build, expressions


def via_sympy(program: Program) -> Program:
    """Return the program of sympy's form of a program: the same one, which is what makes it trustworthy."""
    builder = Builder()
    reader = Reader(builder)
    return builder.build(reader.read(build(program, evaluate=False)))


class Differentiator:
    """Takes derivatives of one program. A sum is differentiated term by term."""

    def __init__(self, program: Program) -> None:
        found = expressions(program, evaluate=True)
        top = program.instructions[-1]
        terms = [found[arg] for arg in top.args] if top.op == "add" else [found[-1]]
        self._holding: dict[Any, list[Any]] = {}
        for term in terms:
            for symbol in term.free_symbols:
                self._holding.setdefault(symbol, []).append(term)
        self._decimals = any(not i.text.isdigit() for i in program.instructions if i.op == NUMBER)

    def derivative(self, name: str) -> Program | None:
        """Return the program of a partial derivative, or None if it has no closed form in the catalogue."""
        symbol = Symbol(name, real=True)
        slopes = [slope(term, symbol) for term in self._holding.get(symbol, ())]
        builder = Builder()
        reader = Reader(builder, tidy=True, decimals=self._decimals)
        try:
            return builder.build(reader.read(Add(*slopes)))
        except KeyError:
            return None
