"""Where f has a hole that the form of its derivative does not have: `(x^2 - 1)/(x - 1)` has none at x = 1."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derivcli.language.printer import to_text
from derivcli.language.tree import PIECEWISE
from derivcli.witnesses.sympy_functions import expressions
from derivcli.witnesses.tidy.domain import has_zeros
from derivcli.witnesses.tidy.field import SYMBOL, Atom, Product
from derivcli.witnesses.tidy.nodes import number
from derivcli.witnesses.tidy.ring import TooLargeError, generators

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.language.program import Program
    from derivcli.witnesses.tidy.forms import Workshop
    from derivcli.witnesses.tidy.writing import Writer


def holes(function: Program, shown: Program, workshop: Workshop) -> tuple[str, ...]:
    """Return that the denominators of f are not 0 which the form shown does not have: `x != 1`."""
    by_cases = any(i.op == PIECEWISE for i in function.instructions)
    if by_cases or next(_divisors(function), None) is None:
        return ()
    lost = _denominators(function, workshop)
    kept = set(_denominators(shown, workshop)) if lost else set()
    return tuple(_nonzero(atom, workshop.writer) for atom in lost if atom not in kept)


def _divisors(program: Program) -> Iterator[int]:
    """Yield the instructions by which something is divided."""
    for op, args, _ in program.instructions:
        if op == "div":
            yield args[1]
        elif op == "pow" and program.instructions[args[1]].op == "neg":
            yield args[0]


def _denominators(program: Program, workshop: Workshop) -> list[Atom]:
    """Return the polynomials in variables by which something is divided, if they can be 0."""
    found: dict[Atom, None] = {}
    divisors = list(_divisors(program))
    known = expressions(program, evaluate=True) if divisors else []
    for index in divisors:
        try:
            product = workshop.converter.of(known[index])
        except (TooLargeError, ArithmeticError):
            continue
        for atom in product.powers:
            inside = [atom, *(atom.relation.powers if atom.relation else ())]
            found |= dict.fromkeys(each for each in inside if _can_be_zero(each, workshop))
    return list(found)


def _can_be_zero(atom: Atom, workshop: Workshop) -> bool:
    kinds = {workshop.field.generators[index].kind for index in generators(atom.poly)}
    return kinds == {SYMBOL} and has_zeros(workshop.field, atom)


def _nonzero(atom: Atom, writer: Writer) -> str:
    """Return that an atom is not 0: `x != 1` where it is linear in its only variable."""
    constant, *others = reversed(writer.field.terms(atom.poly))
    if len(others) == 1 and not constant.powers and list(others[0].powers.values()) == [1]:
        value = -constant.coefficient / others[0].coefficient
        found = number(abs(value), writer.field.typed)._replace(negative=value < 0)
        return f"{to_text(writer.written(Product(Fraction(1), others[0].powers)).node)} != {to_text(found.signed)}"
    return f"{to_text(writer.base(writer.factor(atom, 1)).signed)} != 0"
