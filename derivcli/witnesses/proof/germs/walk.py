"""A program on germs: what its instructions do to them.

A result is a germ, a truth value, or the error that says why there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from flint import fmpq

from derivcli.language import catalogue
from derivcli.language.domains import domain
from derivcli.language.lowering import definition, expand, formula
from derivcli.language.numbers import exact as typed
from derivcli.language.program import FLOAT, UNDEFINED, Instruction, Program
from derivcli.language.tree import NUMBER
from derivcli.witnesses.proof import functions
from derivcli.witnesses.proof.germs import switches
from derivcli.witnesses.proof.germs.analytic import analytic
from derivcli.witnesses.proof.germs.constants import PI, E
from derivcli.witnesses.proof.germs.edges import EDGES
from derivcli.witnesses.proof.germs.elementary import ELEMENTARY
from derivcli.witnesses.proof.germs.far import FAR
from derivcli.witnesses.proof.germs.infinite import Infinite, compared, limit_row, reached, with_infinite
from derivcli.witnesses.proof.germs.powers import Expanding, NoSideError
from derivcli.witnesses.proof.germs.programs import FORMULAS, Expansions, UndecidedError, by_formula, no_errors, run
from derivcli.witnesses.proof.germs.series import NOTHING, UNITY, Germ, constant
from derivcli.witnesses.proof.machine import DECIDING, LOGIC, ORDER
from derivcli.witnesses.proof.numbers import ONE, ZERO, BlurredError, UnprovedError, need, rational

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.language.catalogue.infinity import LimitRow

Known = Germ | Infinite | bool
Result = Known | UnprovedError

_KEPT = 256  # literals: a program is walked again and again, with more and more terms
_LEAVES: dict[str, Known] = {"pi": constant(PI), "e": constant(E), "inf": Infinite(1)}
# x op x where x is not 0, whatever its expansion leaves out.
_OF_ITSELF = {"div": ONE, "floordiv": ONE, "mod": ZERO}


def walk(
    instructions: Sequence[Instruction],
    coordinates: Mapping[str, Germ | Infinite],
    work: Expanding,
    known: Mapping[int, Result],
) -> list[Result]:
    """Return the result of every instruction; `known` are those that need not be looked at again."""
    return run(instructions, coordinates, known, Germs(work), work.until)


@dataclass(frozen=True, slots=True)
class Germs:
    """What instructions do to germs, and to what stands beside them: infinity, truth values."""

    work: Expanding

    def chosen(self, operands: Sequence[Result]) -> Result:
        """Return the first branch whose condition holds; where one is open, what lies between what follows from both.

        A condition of which not even that is known that it has a truth value leaves all open.
        """
        value, condition, *others = operands
        last = others[0] if len(others) == 1 else None
        if isinstance(condition, UndecidedError):
            self.work.is_rough = True
            self.work.is_wild |= not isinstance(condition.__cause__, BlurredError)
            follows = last if last is not None else self.chosen(others)
            return switches.either(self.work, _known(value), _known(follows))
        if isinstance(condition, UnprovedError):
            raise condition
        if condition:
            return value
        return last if last is not None else self.chosen(others)

    def joined(self, op: str, operands: Sequence[Result]) -> bool:
        """Return what conditions make together: one that decides is enough."""
        if op in DECIDING and any(operand is DECIDING[op] for operand in operands):
            return DECIDING[op]
        return LOGIC[op](*no_errors(operands))

    def compared(self, op: str, operands: Sequence[Known], *, is_alike: bool) -> bool:
        """Return whether a comparison holds for small s > 0."""
        if any(isinstance(operand, Infinite) for operand in operands):
            return ORDER[op](compared(*operands))  # type: ignore[arg-type]
        germs = list(map(germ_of, operands))
        try:
            return ORDER[op](0 if is_alike else self.work.minus(*germs).sign())
        except UnprovedError as why:
            raise UndecidedError from why

    def computed(self, instruction: Instruction, operands: Sequence[Known]) -> Known:
        """Return a constant, or a function of germs some of which may be infinite."""
        op, args, text = instruction
        if op in (NUMBER, FLOAT):
            return _literal(op, text)
        if op in _LEAVES:
            return _LEAVES[op]
        if any(isinstance(operand, Infinite) for operand in operands):
            return _of_infinite(op, operands, self.work)  # type: ignore[arg-type]
        return of_function(op, list(map(germ_of, operands)), self.work, is_alike=len(set(args)) == 1)


@lru_cache(_KEPT)
def _literal(op: str, text: str) -> Germ:
    return constant(rational(typed(text)) if op == NUMBER else fmpq(*float(text).as_integer_ratio()))


def _of_infinite(op: str, operands: Sequence[Germ | Infinite], work: Expanding) -> Known:
    if op in catalogue.FUNCTIONS and _outside(op, operands, work):
        raise NoSideError
    row = limit_row(op, operands)
    if row is not None:
        return _limit(row, [x for x in operands if isinstance(x, Germ)], work)
    if op in catalogue.FUNCTIONS and op not in functions.RULES:
        return _by_definition(op, operands, work)
    found = with_infinite(op, operands)
    return of_function(op, found, work, is_alike=False) if isinstance(found, list) else found


def _limit(row: LimitRow, finite: Sequence[Germ], work: Expanding) -> Known:
    """Return what a function tends to, where its condition holds for sure; of one that is open nothing is known."""
    arguments = dict(zip(row.parameters, finite, strict=True))
    if row.condition:
        condition = formula(f"where({row.condition}, 1, 0)", row.parameters)
        need(walk(condition.instructions, arguments, work, {})[-1] == UNITY)
    return _last(formula(row.limit, row.parameters), arguments, work)


def _last(program: Program, coordinates: Mapping[str, Germ | Infinite], work: Expanding) -> Known:
    found: list[Known] = no_errors(walk(program.instructions, coordinates, work, {})[-1:])
    return found[0]


def of_function(op: str, germs: Sequence[Germ], work: Expanding, *, is_alike: bool) -> Germ:
    """Return a function of germs; `is_alike`: they are one and the same."""
    if op == UNDEFINED:
        raise NoSideError
    if op in _OF_ITSELF and is_alike and germs[0].sign():
        return constant(_OF_ITSELF[op])
    if op in ELEMENTARY:
        return ELEMENTARY[op](work, *germs)
    if op in FORMULAS:
        kind: Expansions[Known] = Germs(work)
        found = by_formula(op, germs, kind)
        return germ_of(found)
    if op not in functions.RULES:
        return germ_of(_by_definition(op, germs, work))
    if _outside(op, germs, work):
        raise NoSideError
    if op in FAR and germs[-1 if op != "zeta" else 0].grows:
        return FAR[op](work, *germs)
    return EDGES[op](work, *germs) if op in EDGES else analytic(op, work, *germs)


def _by_definition(op: str, operands: Sequence[Germ | Infinite], work: Expanding) -> Known:
    """Return a function that was kept whole, as infinity might have reached it."""
    row = catalogue.FUNCTIONS.get(op)
    if row is None or row.definition is None:
        raise UnprovedError
    program = expand(definition(op), functions.RULES.__contains__)
    return _last(program, dict(zip(row.parameters, operands, strict=True)), work)


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


def germ_of(result: Result) -> Germ:
    """Return a result that is a germ; raise the error of one that is none: infinity is no real number."""
    if isinstance(result, UnprovedError):
        raise result
    if not isinstance(result, Germ):
        raise NoSideError if isinstance(result, Infinite) else UnprovedError
    return result


def _known(result: Result) -> Germ:
    """Return a branch that may be taken: one without values says nothing of the whole."""
    if not isinstance(result, Germ):
        raise UnprovedError
    return result
