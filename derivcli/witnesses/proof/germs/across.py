"""A program on jets: instructions that depend on the second direction, the others are as germs have them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from derivcli.witnesses.proof.germs.analytic import taylor
from derivcli.witnesses.proof.germs.jet_rules import JET_RULES
from derivcli.witnesses.proof.germs.jets import Crossing, Jet, still
from derivcli.witnesses.proof.germs.programs import FORMULAS, Expansions, by_formula, no_errors, run
from derivcli.witnesses.proof.germs.series import Germ
from derivcli.witnesses.proof.germs.walk import Germs, Result, germ_of
from derivcli.witnesses.proof.machine import ORDER
from derivcli.witnesses.proof.numbers import UnprovedError, need

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from derivcli.language.program import Instruction, Program


class Decision(NamedTuple):
    """Whether a condition holds for small t > 0, and whether it may be otherwise for t < 0."""

    holds: bool
    is_sided: bool


KnownJet = Jet | Decision
JetResult = KnownJet | UnprovedError


def cross(program: Program, base: Sequence[Result], moved: Mapping[str, Jet], work: Crossing) -> Jet:
    """Return the jet of a program where some variables move; `base` are the results where they stand still.

    Raises `UnprovedError` where none is known.
    """
    known = {k: _still(base[k]) for k, moves in enumerate(program.depends_on(moved)) if not moves}
    kind: Expansions[KnownJet] = _Jets(work)
    return _jet(run(program.instructions, moved, known, kind, work.work.until)[-1])


def _still(result: Result) -> JetResult:
    if isinstance(result, bool):
        return Decision(result, is_sided=False)
    if isinstance(result, Germ):
        return still(result)
    return result if isinstance(result, UnprovedError) else UnprovedError()


@dataclass(frozen=True, slots=True)
class _Jets:
    """What instructions do to jets, and to conditions on them."""

    work: Crossing

    def chosen(self, operands: Sequence[JetResult]) -> JetResult:
        """Return the first branch whose condition holds; for t < 0 any one may, where a condition turns there."""
        bend, chosen = math.inf, operands[-1]
        for value, condition in zip(operands[:-1:2], operands[1::2], strict=True):
            (truth,) = _truths([condition])
            bend = -math.inf if truth.is_sided else bend
            if truth.holds:
                chosen = value
                break
        return chosen.bent(bend) if isinstance(chosen, Jet) else chosen

    def joined(self, op: str, operands: Sequence[JetResult]) -> Decision:
        """Return what conditions make together."""
        return _LOGIC[op](operands)

    def compared(self, op: str, operands: Sequence[KnownJet], *, is_alike: bool) -> Decision:
        """Return whether a comparison holds for small t > 0."""
        rise = Jet() if is_alike else self.work.minus(*map(_jet, operands))
        return Decision(ORDER[op](self.work.sign(rise)), rise.is_sided)

    def computed(self, instruction: Instruction, operands: Sequence[KnownJet]) -> Jet:
        """Return a function of jets."""
        op = instruction.op
        jets = list(map(_jet, operands))
        if all(jet.is_still for jet in jets):
            return still(germ_of(Germs(self.work.work).computed(instruction, [jet.here for jet in jets])))
        if op in JET_RULES:
            return JET_RULES[op](self.work, *jets)
        if op in FORMULAS:
            kind: Expansions[KnownJet] = self
            found = by_formula(op, jets, kind)
            return _jet(found)
        return _analytic(op, jets, self.work)


def _analytic(op: str, jets: Sequence[Jet], work: Crossing) -> Jet:
    """Return a function of the catalogue of which one argument moves, where it is analytic."""
    moving = [k for k, jet in enumerate(jets) if not jet.is_still]
    need(len(moving) == 1)
    (place,) = moving
    germs = [jet.here for jet in jets]
    return work.plug(lambda k: taylor(op, work.work, germs, place, k), jets[place].rise)


def _jet(result: JetResult) -> Jet:
    if isinstance(result, UnprovedError):
        raise result
    if not isinstance(result, Jet):
        raise UnprovedError
    return result


def _truths(operands: Sequence[JetResult]) -> list[Decision]:
    no_errors([operand for operand in operands if not isinstance(operand, Decision)])
    return [operand for operand in operands if isinstance(operand, Decision)]


def _all(operands: Sequence[JetResult], way: bool = True) -> Decision:
    """Return whether all hold, or (`way` False) none: one that decides on both sides of t = 0 is enough."""
    against = [truth for truth in operands if isinstance(truth, Decision) and truth.holds is not way]
    if any(not truth.is_sided for truth in against):
        return Decision(holds=not way, is_sided=False)
    truths = _truths(operands)
    return Decision(way if not against else not way, any(truth.is_sided for truth in truths))


_LOGIC: dict[str, Callable[[Sequence[JetResult]], Decision]] = {
    "and": _all,
    "or": lambda operands: _all(operands, way=False),
    "not": lambda operands: Decision(not _truths(operands)[0].holds, _truths(operands)[0].is_sided),
}
