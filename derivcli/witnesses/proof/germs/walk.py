"""A program on germs: each instruction once.

A result is a germ, a truth value, or the error that says why there is none.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from flint import fmpq

from derivcli.language import catalogue
from derivcli.language.domains import domain
from derivcli.language.lowering import definition, expand, formula
from derivcli.language.numbers import exact as typed
from derivcli.language.program import FLOAT, UNDEFINED, Instruction, Program
from derivcli.language.tree import NUMBER, PIECEWISE, VARIABLE
from derivcli.witnesses.proof import functions
from derivcli.witnesses.proof.germs import switches
from derivcli.witnesses.proof.germs.analytic import analytic
from derivcli.witnesses.proof.germs.constants import PI, E
from derivcli.witnesses.proof.germs.edges import EDGES
from derivcli.witnesses.proof.germs.elementary import ELEMENTARY
from derivcli.witnesses.proof.germs.far import FAR
from derivcli.witnesses.proof.germs.infinite import Infinite, compared, limit_row, reached, with_infinite
from derivcli.witnesses.proof.germs.powers import Expanding, NoSideError
from derivcli.witnesses.proof.germs.series import NOTHING, UNITY, Germ, constant
from derivcli.witnesses.proof.machine import DECIDING, LOGIC, ORDER
from derivcli.witnesses.proof.numbers import ONE, ZERO, BlurredError, UnprovedError, need, rational

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.language.catalogue.infinity import LimitRow

Result = Germ | Infinite | bool | UnprovedError

_LEAVES: dict[str, Result] = {
    "pi": constant(PI),
    "e": constant(E),
    "inf": Infinite(1),
    "true": True,
    "false": False,
}
# x op x where x is not 0, whatever its expansion leaves out.
_OF_ITSELF = {"div": ONE, "floordiv": ONE, "mod": ZERO}


class UndecidedError(UnprovedError):
    """A comparison of two numbers, which are there for sure, holds or does not: which is open."""


def walk(
    instructions: Sequence[Instruction],
    coordinates: Mapping[str, Germ | Infinite],
    work: Expanding,
    known: Mapping[int, Result],
) -> list[Result]:
    """Return the result of every instruction; `known` are those that need not be looked at again."""
    results: list[Result] = []
    for k, instruction in enumerate(instructions):
        try:
            need(k in known or time.monotonic() < work.until)
            results.append(known[k] if k in known else _result(instruction, results, coordinates, work))
        except UnprovedError as why:
            results.append(why)
        except (
            ArithmeticError,
            AttributeError,
            TypeError,
            NotImplementedError,
        ) as error:  # of FLINT's, as in `machine`
            results.append(UnprovedError(error))
    return results


def _result(
    instruction: Instruction, results: Sequence[Result], coordinates: Mapping[str, Germ | Infinite], work: Expanding
) -> Result:
    op, args, text = instruction
    if op == VARIABLE:
        return coordinates[text]
    if op in (NUMBER, FLOAT):
        return constant(rational(typed(text)) if op == NUMBER else fmpq(*float(text).as_integer_ratio()))
    if op in _LEAVES:
        return _LEAVES[op]
    operands: Sequence[Result] = [results[arg] for arg in args]
    if op == PIECEWISE:
        return _chosen(operands, work)
    if op in DECIDING and any(operand is DECIDING[op] for operand in operands):
        return DECIDING[op]
    raise_worst(operands)
    if op in LOGIC:
        return LOGIC[op](*operands)
    if any(isinstance(operand, Infinite) for operand in operands):
        return _of_infinite(op, operands, work)  # type: ignore[arg-type]
    germs = list(map(germ_of, operands))
    if op in ORDER:
        return _compared(op, germs, work, is_alike=args[0] == args[1])
    return of_function(op, germs, work, is_alike=len(set(args)) == 1)


def _of_infinite(op: str, operands: Sequence[Germ | Infinite], work: Expanding) -> Result:
    if op in ORDER:
        return ORDER[op](compared(*operands))
    if op in catalogue.FUNCTIONS and _outside(op, operands, work):
        raise NoSideError
    row = limit_row(op, operands)
    if row is not None:
        return _limit(row, [x for x in operands if isinstance(x, Germ)], work)
    if op in catalogue.FUNCTIONS and op not in functions.RULES:
        return _by_definition(op, operands, work)
    found = with_infinite(op, operands)
    return of_function(op, found, work, is_alike=False) if isinstance(found, list) else found


def _limit(row: LimitRow, finite: Sequence[Germ], work: Expanding) -> Result:
    """Return what a function tends to, where its condition holds for sure; of one that is open nothing is known."""
    arguments = dict(zip(row.parameters, finite, strict=True))
    if row.condition:
        condition = formula(f"where({row.condition}, 1, 0)", row.parameters)
        need(walk(condition.instructions, arguments, work, {})[-1] == UNITY)
    found = walk(formula(row.limit, row.parameters).instructions, arguments, work, {})[-1]
    raise_worst([found])
    return found


def _compared(op: str, germs: Sequence[Germ], work: Expanding, *, is_alike: bool) -> bool:
    try:
        return ORDER[op](0 if is_alike else work.minus(*germs).sign())
    except UnprovedError as why:
        raise UndecidedError from why


def of_function(op: str, germs: Sequence[Germ], work: Expanding, *, is_alike: bool) -> Germ:
    """Return a function of germs; `is_alike`: they are one and the same."""
    if op == UNDEFINED:
        raise NoSideError
    if op in _OF_ITSELF and is_alike and germs[0].sign():
        return constant(_OF_ITSELF[op])
    if op in ELEMENTARY:
        return ELEMENTARY[op](work, *germs)
    if op not in functions.RULES:
        return germ_of(_by_definition(op, germs, work))
    if _outside(op, germs, work):
        raise NoSideError
    if op in FAR and germs[-1 if op != "zeta" else 0].grows:
        return FAR[op](work, *germs)
    return EDGES[op](work, *germs) if op in EDGES else analytic(op, work, *germs)


def _by_definition(op: str, operands: Sequence[Germ | Infinite], work: Expanding) -> Result:
    """Return a function that was kept whole, as infinity might have reached it."""
    row = catalogue.FUNCTIONS.get(op)
    if row is None or row.definition is None:
        raise UnprovedError
    program = expand(definition(op), functions.RULES.__contains__)
    return walk(program.instructions, dict(zip(row.parameters, operands, strict=True)), work, {})[-1]


def written_out(program: Program) -> Program:
    """Return a program in functions with rules, and those that infinity reaches, which have a limit there as a whole.

    The terms of k0e(x) = exp(x)*besselk(0, x) are infinite and 0 there, which tells nothing.
    """
    whole = reached(program)
    return expand(program, lambda op: op in functions.RULES or op in whole)


def _outside(op: str, args: Sequence[Germ | Infinite], work: Expanding) -> bool:
    """Tell whether the formula of a function's domain does not hold, for sure."""
    program = domain(op)
    if program is None:
        return False
    parameters = dict(zip(catalogue.FUNCTIONS[op].parameters, args, strict=False))  # log(x) is without its base
    return walk(program.instructions, parameters, Expanding(work.most, work.until), {})[-1] == NOTHING


def raise_worst(operands: Sequence[object]) -> None:
    """Raise an error of the operands, if there is one: that there is no real value, before that nothing is known."""
    errors = [operand for operand in operands if isinstance(operand, UnprovedError)]
    if errors:
        raise min(errors, key=lambda why: (not isinstance(why, NoSideError), isinstance(why, UndecidedError)))


def germ_of(result: Result) -> Germ:
    """Return a result that is a germ; raise the error of one that is none: infinity is no real number."""
    if isinstance(result, UnprovedError):
        raise result
    if not isinstance(result, Germ):
        raise NoSideError if isinstance(result, Infinite) else UnprovedError
    return result


def _chosen(operands: Sequence[Result], work: Expanding) -> Result:
    """Return the first branch whose condition holds; where one is open, what lies between what follows from both.

    A condition of which not even that is known that it has a truth value leaves all open.
    """
    value, condition, *others = operands
    last = others[0] if len(others) == 1 else None
    if isinstance(condition, UndecidedError):
        work.is_rough = True
        work.is_wild |= not isinstance(condition.__cause__, BlurredError)
        follows = last if last is not None else _chosen(others, work)
        return switches.either(work, _known(value), _known(follows))
    if isinstance(condition, UnprovedError):
        raise condition
    if condition:
        return value
    return last if last is not None else _chosen(others, work)


def _known(result: Result) -> Germ:
    """Return a branch that may be taken: one without values says nothing of the whole."""
    if not isinstance(result, Germ):
        raise UnprovedError
    return result
