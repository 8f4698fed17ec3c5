"""What a person is shown of a derivative, its length and its value at points: for the tests of this room."""

from __future__ import annotations

import ast
from fractions import Fraction
from typing import TYPE_CHECKING

from flint import arb, ctx

from derivcli.language.lowering import compile_tree, to_tree
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.witnesses.proof.machine import BallMachine
from derivcli.witnesses.proof.numbers import UnprovedError, ball, rational
from derivcli.witnesses.symbolic import Differentiator

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from derivcli.language.program import Program
    from derivcli.witnesses.tidy import Shown

PLACES = tuple(
    Fraction(text) for text in ("0.37", "2.9", "-0.61", "1.23", "-3.3", "0.083", "7.1", "-17.7", "0.94", "41")
)


def program_of(text: str) -> Program:
    """Return the program of an expression in which every name is a variable."""
    return compile_tree(parse(text).tree)


def derivative(text: str, variable: str = "x", order: int = 1) -> Shown:
    """Return the derivative in the form that is shown."""
    found = Differentiator(program_of(text)).shown((variable,) * order)
    assert found is not None
    return found


def shown(text: str, variable: str = "x", order: int = 1) -> str:
    """Return the text of a derivative."""
    return to_text(to_tree(derivative(text, variable, order).program))


def operations(text: str) -> int:
    """Return the signs and calls in a text, by Python's own parser."""
    nodes = ast.walk(ast.parse(text, mode="eval"))
    return sum(isinstance(node, (ast.BinOp, ast.UnaryOp, ast.Call)) for node in nodes)


def value(machine: BallMachine, point: Mapping[str, Fraction]) -> arb | None:
    """Return the value at a point, None where there is none or it is not known to 30 digits."""
    found = machine.values({name: rational(place) for name, place in point.items()})[-1]
    if isinstance(found, UnprovedError):
        return None
    return size if (size := ball(found)).rad() <= abs(size) * arb(10) ** -30 else None


def points(names: Iterable[str]) -> list[dict[str, Fraction]]:
    """Return points of both signs; letters other than x are positive at every second one."""
    return [
        {
            name: PLACES[(k * (2 * place + 1) + place) % len(PLACES)] * (-1 if place and k % 2 else 1)
            for place, name in named
        }
        for k in range(2 * len(PLACES))
        for named in [list(enumerate(names))]
    ]


def same(a: Program, b: Program, function: Program, at: Iterable[Mapping[str, Fraction]], most: int) -> list[bool]:
    """Return at points of the domain of a function whether two programs have the same value, to 25 digits."""
    machines = [BallMachine(program) for program in (function, a, b)]
    found: list[bool] = []
    with ctx.workprec(200):
        for point in at:
            values = [value(machine, point) for machine in machines]
            x, y = values[1:]
            if values[0] is not None and x is not None and y is not None:
                found.append(bool(abs(x - y) <= abs(x).max(abs(y)) * arb(10) ** -25))
            if len(found) == most:
                break
    return found
