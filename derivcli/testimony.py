"""What the witnesses say: asks the worker, and torch as soon as the program of f has come back by way of sympy."""

from __future__ import annotations

import math
import sys
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from derivcli import parts, wording
from derivcli.errors import PointError, UsageError
from derivcli.language.numbers import exact
from derivcli.language.program import FLOAT, Program
from derivcli.language.tree import NUMBER
from derivcli.targets import name_of
from derivcli.witnesses import client
from derivcli.witnesses.evidence import SlopeEvidence, ValueEvidence, Wrt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.cases import Case
    from derivcli.witnesses.client import Meanwhile
    from derivcli.witnesses.protocol import Direction, Exact, Formula, Remainder, Reply, SecondPoint

TIME = "time"  # the limit that is reached at the deadline

Numbers = tuple[float, dict[Wrt, float | None]]


@dataclass(slots=True)
class Testimony:
    """What has arrived from the worker and from torch. `program` is f as torch runs it."""

    program: Program | None = None
    coordinates: list[dict[str, float]] = field(default_factory=list)
    autograd: list[Numbers] = field(default_factory=list)
    nested: dict[Wrt, float] = field(default_factory=dict)
    missing: dict[Wrt, str] = field(default_factory=dict)
    values: dict[int, ValueEvidence] = field(default_factory=dict)
    slopes: dict[tuple[int, Wrt], SlopeEvidence] = field(default_factory=dict)
    formulas: dict[Wrt, Formula] = field(default_factory=dict)
    coefficients: dict[Wrt, Exact] = field(default_factory=dict)
    second: SecondPoint | None = None
    remainder: Remainder | None = None
    broken: Direction | None = None
    notes: list[str] = field(default_factory=list)
    limit_reached: str | None = None


def hear(case: Case, meanwhile: Meanwhile = client.nothing) -> Testimony:
    """Return what the witnesses say until the deadline; while the worker thinks there is time for `meanwhile`."""
    _check_surroundings()
    seen = Testimony()
    if time.monotonic() < case.deadline:
        _hear_worker(seen, case, meanwhile)
    else:
        _give_up(seen, None)
    if seen.program is None and (case.at_point or seen.limit_reached != TIME):
        _without_worker(seen, case)  # at spots without a formula there is nothing to check
    return seen


def _hear_worker(seen: Testimony, case: Case, meanwhile: Meanwhile) -> None:
    """Ask the worker, and file what it says until the deadline."""
    with client.ask(case.to_json(), case.deadline) as conversation:
        parts.load("torch")  # while the worker imports sympy
        import derivcli.witnesses.autograd  # noqa: F401 - with what else it imports

        for reply in conversation.replies(meanwhile):
            _take_in(reply, case, seen)
        if not conversation.done:
            _give_up(seen, conversation.ending)


def _take_in(reply: Reply, asked: Case, seen: Testimony) -> None:
    """File a reply of the worker's."""
    from derivcli.witnesses.protocol import Direction, Exact, Failed, Formula, Programs, Remainder, SecondPoint

    match reply:
        case Programs():
            seen.coordinates = [_checked(point) for point in reply.points]
            _hear_torch(seen, reply.program, asked)
        case ValueEvidence():
            seen.values[reply.point] = reply
            seen.notes += [wording.ZERO_TO_THE_ZERO] if reply.zero_to_the_zero and asked.at_point else []
        case SlopeEvidence():
            seen.slopes[reply.point, reply.wrt] = reply
        case Formula():
            seen.formulas[reply.wrt] = reply
            seen.notes += [wording.hole(reply.holes)] if reply.holes and asked.request.implicit is None else []
        case Exact():
            seen.coefficients[reply.wrt] = reply
        case Direction():
            seen.broken = reply
        case SecondPoint():
            seen.second = reply
        case Remainder():
            seen.remainder = reply
        case Failed():
            seen.notes.append(f"the symbolic witness failed ({reply.reason})")
            seen.limit_reached = seen.limit_reached or reply.limit


def _give_up(seen: Testimony, ending: str | None) -> None:
    """Say what has come between: the end of the time, or of the worker."""
    seen.limit_reached = ending or TIME
    seen.notes.append(
        "time ran out before every witness answered"
        if ending is None
        else f"the process of the symbolic witnesses ended early: {_HOW.get(ending, ending)}"
    )


_HOW = {client.MEMORY: "memory ran out"}


def _without_worker(seen: Testimony, case: Case) -> None:
    """Let torch run the program straight from the tree."""
    seen.notes.append("sympy did not answer, so torch ran the expression without it")
    seen.coordinates = [evaluated(point) for point in case.points]
    _hear_torch(seen, case.program, case)


def _checked(point: dict[str, float | None]) -> dict[str, float]:
    checked = {}
    for name, coordinate in point.items():
        if coordinate is None:
            raise PointError(f"the value of `{name}` is not a real number")
        if abs(coordinate) == float("inf"):
            raise PointError(f"the value of `{name}` is too large for float64")
        checked[name] = coordinate
    return checked


def evaluated(point: Mapping[str, Program]) -> dict[str, float]:
    """Return constants as float64; raises `PointError` for one that is no real number, or too large."""
    _check_surroundings()
    parts.load("torch")
    from derivcli.witnesses import autograd

    programs = {id(program): program for program in point.values()}  # many variables may have one value
    numbers = {key: autograd.partials(program, {}, ())[0] for key, program in programs.items()}
    real = {key: number if _is_real(number, programs[key]) else None for key, number in numbers.items()}
    return _checked({name: real[id(program)] for name, program in point.items()})


def _is_real(number: float, program: Program) -> bool:
    """Tell whether a constant has a value; an infinity that is still computed is a division by zero."""
    return math.isfinite(number) or (math.isinf(number) and len(program.instructions) == 1)


def nearest(programs: Mapping[str, Program], deadline: float) -> tuple[dict[str, float], frozenset[str]]:
    """Return constants as the float64 nearest to them, and which of them only round to an integer, or to 0.

    The worker computes them with many digits; raises as `evaluated` does.
    """
    folded = {name: _folded(program, deadline) for name, program in programs.items()}
    numbers = evaluated(folded)
    whole = {name: number for name, number in numbers.items() if number.is_integer()}
    return numbers, frozenset(name for name, number in whole.items() if not _is_exactly(folded[name], number))


def _folded(program: Program, deadline: float) -> Program:
    """Return a constant as one float64 where it can be; a literal is left as it is, without asking."""
    if program.instructions[-1].op == NUMBER or time.monotonic() >= deadline:
        return program
    request = {"asks": "programs", "program": program.to_json()}
    from derivcli.witnesses.protocol import Programs

    with client.ask(request, deadline) as conversation:
        parts.load("torch")  # while the worker imports sympy: `evaluated` needs it
        for reply in conversation.replies():
            program = reply.program if isinstance(reply, Programs) else program
    return program


def _is_exactly(constant: Program, number: float) -> bool:
    op, _, text = constant.instructions[-1]
    return op == FLOAT or (op == NUMBER and exact(text) == number)


def _hear_torch(seen: Testimony, program: Program, case: Case) -> None:
    """Let torch evaluate and differentiate the program at each point; keep why a derivative is missing."""
    from derivcli.witnesses import by_torch
    from derivcli.witnesses.numerics import numerics

    seen.program = program
    request = case.request
    kind = numerics(request.dtype, request.device)
    for at in seen.coordinates:
        value, slopes = by_torch.numbers(program, at, case.wrt, request.implicit, kind)
        seen.autograd.append((value, slopes))
        for wrt in (wrt for wrt, slope in slopes.items() if slope is None):
            seen.missing[wrt] = by_torch.why_missing(program, at, wrt)
    if case.at_point and request.implicit is None and seen.autograd:
        seen.nested = by_torch.nested(program, seen.coordinates[0], seen.autograd[0][1])
        if len(case.points) == 1:
            others = by_torch.otherwise_by_where(program, seen.coordinates[0], seen.autograd[0][1])
            seen.notes += [wording.by_where({name_of((name,)): n for name, n in others.items()})] if others else []


def _check_surroundings() -> None:
    """Raise `UsageError` inside a transform of `torch.func`, which would trace what torch does for us."""
    functorch: Any = getattr(getattr(sys.modules.get("torch"), "_C", None), "_functorch", None)
    current = getattr(functorch, "peek_interpreter_stack", None)  # torch has no public way to ask
    if current is not None and current() is not None:
        raise UsageError(
            "deriv cannot work inside a transform of torch.func",
            hint="call it outside of torch.func.grad, jvp, vmap and the like: its answers are plain numbers",
        )


def value_evidence(index: int, seen: Testimony) -> ValueEvidence:
    """Return what is known of f at a point."""
    return replace(seen.values.get(index, ValueEvidence()), autograd=seen.autograd[index][0])


def slope_evidence(index: int, wrt: Wrt, case: Case, seen: Testimony) -> SlopeEvidence:
    """Return what is known of a derivative at a point: what the worker has seen, its formula and torch's number."""
    variable = case.request.implicit
    known = replace(
        seen.slopes.get((index, wrt), SlopeEvidence(wrt=wrt)),
        autograd=seen.autograd[index][1][wrt],
        may_switch=any(map(case.program.may_switch, wrt if variable is None else (*wrt, variable))),
        missing=seen.missing.get(wrt),
        nested=seen.nested.get(wrt) if index == 0 else None,
        on_curve=variable is not None,
    )
    formula = seen.formulas.get(wrt)
    if formula is None:
        return known
    return replace(
        known,
        symbolic=formula.values[index],
        nearby=formula.nearby[index],
        has_formula=formula.program is not None,
        outgrown=formula.outgrown,
    )
