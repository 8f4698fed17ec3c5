"""Functions that are formulas: their definitions put in their place."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from derivcli.language import catalogue
from derivcli.language.lowering import compile_tree
from derivcli.language.parser import parse
from derivcli.language.program import CORE, Builder, Program
from derivcli.language.tree import VARIABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def expand(program: Program, keep: Callable[[str], bool]) -> Program:
    """Return the program with each function replaced by its definition, unless `keep` says to keep it."""
    builder = Builder()
    result = inline(builder, program, keep, {})
    return builder.build(result)


def inline(builder: Builder, program: Program, keep: Callable[[str], bool], bound: Mapping[str, int]) -> int:
    """Add a program to a builder, its variables bound to instructions; return the index of its result."""
    done: list[int] = []
    for op, args, text in program.instructions:
        indices = [done[arg] for arg in args]
        if op == VARIABLE and text in bound:
            done.append(bound[text])
        elif op in CORE or keep(op):
            done.append(builder.add(op, *indices, text=text))
        else:
            parameters = catalogue.FUNCTIONS[op].parameters
            done.append(inline(builder, definition(op), keep, dict(zip(parameters, indices, strict=True))))
    return done[-1]


@cache
def definition(name: str) -> Program:
    """Return the program of the definition of a function of the catalogue."""
    row = catalogue.FUNCTIONS[name]
    return formula(row.definition or "", row.parameters)


@cache
def formula(text: str, parameters: tuple[str, ...]) -> Program:
    """Return the program of a formula in the catalogue."""
    return compile_tree(parse(text, frozenset(parameters)).tree)
