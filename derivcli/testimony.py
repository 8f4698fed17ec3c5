"""What the witnesses say: asks the worker, and torch as soon as the program of f has come back by way of sympy."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from derivcli import parts, wording
from derivcli.language.lowering import has_odd_root
from derivcli.targets import name_of
from derivcli.witnesses import client, process
from derivcli.witnesses.constants import checked, evaluated
from derivcli.witnesses.evidence import Outcome, SlopeEvidence, TorchEvidence, ValueEvidence, Wrt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.cases import Case
    from derivcli.language.program import Program
    from derivcli.witnesses.client import Conversation, Meanwhile
    from derivcli.witnesses.replies import (
        Direction,
        Exact,
        Remainder,
        Reply,
        SecondPoint,
        StationaryPoint,
        SymbolicDerivative,
    )

TIME = "time"  # the limit that is reached at the deadline
_MOST_LATE = 20_000  # operands, of which torch evaluates and differentiates 150 a millisecond: a tenth of a second


@dataclass(frozen=True, slots=True)
class Testimony:
    """What has been heard: of torch, and of the worker about f and its derivatives at each point, by its number.

    `torch` is empty where it was not asked; of the rest what has not arrived is missing. `limit_reached` says what has
    come between, and `notes` what a reader has to know of it all.
    """

    torch: TorchEvidence = field(default_factory=TorchEvidence)
    values: Mapping[int, ValueEvidence] = field(default_factory=dict)
    slopes: Mapping[tuple[int, Wrt], SlopeEvidence] = field(default_factory=dict)
    formulas: Mapping[Wrt, SymbolicDerivative] = field(default_factory=dict)
    coefficients: Mapping[Wrt, Exact] = field(default_factory=dict)
    second: SecondPoint | None = None
    remainder: Remainder | None = None
    broken: Direction | None = None
    stationary: StationaryPoint | None = None
    notes: tuple[str, ...] = ()
    limit_reached: str | None = None

    @property
    def is_of_torch_alone(self) -> bool:
        """True where no other witness was heard: torch by itself verifies nothing."""
        return not (self.formulas or self.slopes or self.values)

    def torch_number(self, index: int, wrt: Wrt | None) -> float | None:
        """Return torch's number of a derivative at a point, or of f itself; None where it has none."""
        if not self.torch.numbers:
            return None
        value, slopes = self.torch.numbers[index]
        return value if wrt is None else slopes[wrt]

    def with_slopes(self, slopes: Mapping[Wrt, float | None]) -> Testimony:
        """Return the testimony with other slopes of torch's at the first point."""
        (value, known), *others = self.torch.numbers
        return replace(self, torch=replace(self.torch, numbers=((value, {**known, **slopes}), *others)))


def hear(case: Case, meanwhile: Meanwhile = client.nothing, conversation: Conversation | None = None) -> Testimony:
    """Return what the witnesses say until the deadline; while the worker thinks there is time for `meanwhile`.

    In a `conversation` that is under way the worker says of the case what it would be asked.
    """
    if case.needs_torch:
        parts.check_torch()
    hearing = _Hearing(case)
    if conversation is not None:
        hearing.listen(conversation, meanwhile)
    elif time.monotonic() < case.deadline:
        hearing.ask_worker(meanwhile)
    else:
        hearing.give_up(None)
    if case.needs_torch and not hearing.has_torch and (case.at_point or hearing.limit_reached != TIME):
        hearing.ask_torch_alone()  # at spots without a formula there is nothing to check
    return hearing.testimony()


class _Hearing:
    """Asks the witnesses about a case, and files what they say."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._torch = TorchEvidence()
        self._replies: dict[type, list[Any]] = {}
        self._notes: list[str] = []
        self.limit_reached: str | None = None

    @property
    def has_torch(self) -> bool:
        """True where torch has been asked."""
        return self._torch.program is not None

    def ask_worker(self, meanwhile: Meanwhile) -> None:
        """Ask the worker, and file what it says until the deadline."""
        with client.ask(self._case.sent, self._case.deadline) as conversation:
            if self._case.needs_torch:
                parts.load("torch")  # while the worker imports sympy
                import derivcli.witnesses.autograd  # noqa: F401 - with what else it imports

            self.listen(conversation, meanwhile)

    def listen(self, conversation: Conversation, meanwhile: Meanwhile) -> None:
        """File what the worker says until the deadline."""
        for reply in conversation.replies(meanwhile):
            self._take_in(reply)
        if not conversation.done:
            self.give_up(conversation.ending)

    def _take_in(self, reply: Reply) -> None:
        """File a reply of the worker's."""
        from derivcli.witnesses.replies import Failed, Programs, SymbolicDerivative

        self._replies.setdefault(type(reply), []).append(reply)
        match reply:
            case Programs() if self._case.needs_torch:
                points = (*map(checked, reply.points), *map(evaluated, self._case.alone))
                self._ask_torch(reply.program, points)
            case ValueEvidence() if reply.zero_to_the_zero and self._case.at_point:
                self._notes.append(wording.ZERO_TO_THE_ZERO)
            case ValueEvidence() if self._case.at_point and _is_far_outside(reply):
                self._notes += [wording.REAL_ROOTS] * has_odd_root(self._case.asked.tree)
            case SymbolicDerivative() if reply.holes and self._case.request.implicit is None:
                self._notes.append(wording.hole(reply.holes))
            case Failed():
                self._notes.append(wording.witness_failed(reply.reason))
                self.limit_reached = self.limit_reached or reply.limit

    def give_up(self, ending: str | None) -> None:
        """Say what has come between: the end of the time, or of the worker."""
        self.limit_reached = ending or TIME
        self._notes.append(
            "time ran out before every witness answered"
            if ending is None
            else f"the process of the symbolic witnesses ended early: {_HOW.get(ending, ending)}"
        )

    def ask_torch_alone(self) -> None:
        """Let torch run the program straight from the tree; a large one not when the time is over."""
        sent = self._case.sent
        points = tuple(map(evaluated, (*sent.points, *self._case.alone)))
        if self.limit_reached == TIME and sum(len(i.args) for i in sent.program.instructions) > _MOST_LATE:
            self._notes.append("torch was not asked either: so large an expression takes it long")
            self._torch = TorchEvidence(coordinates=points)
        else:
            self._notes.append("sympy did not answer, so torch ran the expression without it")
            self._ask_torch(sent.program, points)

    def _ask_torch(self, program: Program, coordinates: tuple[dict[str, float], ...]) -> None:
        """Let torch evaluate and differentiate a program at each point."""
        from derivcli.witnesses import by_torch

        case = self._case
        self._torch = by_torch.torch_evidence(program, coordinates, case.sent.wrt, case.request, at_point=case.at_point)
        if self._torch.by_where:
            names = {name_of((name,)): slope for name, slope in self._torch.by_where.items()}
            self._notes.append(wording.by_where(names))

    def testimony(self) -> Testimony:
        """Return all that has been filed."""
        from derivcli.witnesses.replies import (
            Direction,
            Exact,
            Remainder,
            SecondPoint,
            StationaryPoint,
            SymbolicDerivative,
        )

        def one(kind: type) -> Any:
            return next(iter(self._replies.get(kind, ())), None)

        return Testimony(
            torch=self._torch,
            values={reply.point: reply for reply in self._replies.get(ValueEvidence, ())},
            slopes={(reply.point, reply.wrt): reply for reply in self._replies.get(SlopeEvidence, ())},
            formulas={reply.wrt: reply for reply in self._replies.get(SymbolicDerivative, ())},
            coefficients={reply.wrt: reply for reply in self._replies.get(Exact, ())},
            second=one(SecondPoint),
            remainder=one(Remainder),
            broken=one(Direction),
            stationary=one(StationaryPoint),
            notes=tuple(self._notes),
            limit_reached=self.limit_reached,
        )


_HOW = {process.MEMORY: "memory ran out"}


def value_evidence(index: int, seen: Testimony) -> ValueEvidence:
    """Return what is known of f at a point."""
    return replace(seen.values.get(index, ValueEvidence()), autograd=seen.torch_number(index, None))


def _is_far_outside(reply: ValueEvidence) -> bool:
    """Tell whether f has no value at the point and none beside it."""
    sides = [side.outcome for sided in reply.limits for side in (sided.left, sided.right)]
    return {reply.third.outcome, *sides} == {Outcome.UNDEFINED}


def slope_evidence(index: int, wrt: Wrt, case: Case, seen: Testimony) -> SlopeEvidence:
    """Return what is known of a derivative at a point: what the worker has seen, its formula and torch's number."""
    variable = case.request.implicit
    formula = seen.formulas.get(wrt)
    by_formula: dict[str, Any] = {}
    if formula is not None:
        by_formula = {
            "symbolic": formula.values[index],
            "nearby": formula.nearby[index],
            "has_formula": formula.program is not None,
            "outgrown": formula.outgrown,
        }
    return replace(
        seen.slopes.get((index, wrt), SlopeEvidence(wrt=wrt)),
        autograd=seen.torch_number(index, wrt),
        may_switch=any(map(case.sent.program.may_switch, wrt if variable is None else (*wrt, variable))),
        missing=seen.torch.missing.get(wrt),
        on_curve=variable is not None,
        **by_formula,
    )


def is_off_curve(miss: float, index: int, seen: Testimony) -> bool:
    """Tell whether a point misses a curve by more than the rounding of its coordinates explains."""
    if not miss or seen.torch.program is None:
        return False
    from derivcli.witnesses import by_torch

    return abs(miss) > by_torch.room(seen.torch.program, seen.torch.coordinates[index])
