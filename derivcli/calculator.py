"""Request -> Result: reads the texts, asks the witnesses, hands what they say to the verdict.

The worker (sympy and mpmath) is started as soon as the expression has parsed, so that its imports run while this
process imports torch.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from derivcli import wording
from derivcli.errors import PointError
from derivcli.language import question
from derivcli.language.latex import to_latex
from derivcli.language.limits import MAX_DEPTH
from derivcli.language.lowering import compile_tree, to_tree
from derivcli.language.printer import to_text
from derivcli.language.program import Program
from derivcli.model import Derivative, Result, SpotCheck, Status, Value, worst
from derivcli.spots import candidates
from derivcli.verdict import NO_BLAME, SlopeEvidence, Tolerance, ValueEvidence, agrees, judge_derivative, judge_value
from derivcli.witnesses import client
from derivcli.witnesses.evidence import MISSING, Outcome, Reading, Sided

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from derivcli.language.question import Question
    from derivcli.language.tree import Node
    from derivcli.model import Request
    from derivcli.verdict import Blame

_MAX_SHOWN = 2_000  # parts of a symbolic form that is still shown
_SPOT_CHECKS = 3
_LONGEST = 10**6  # seconds

_NOBODY: Mapping[str | None, Blame] = MappingProxyType({})

Reply = dict[str, Any]


@dataclass(slots=True)
class _Testimony:
    """What has arrived from the worker and from torch."""

    coordinates: list[dict[str, float]] = field(default_factory=list)
    autograd: list[tuple[float, dict[str, float | None]]] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    switches: frozenset[str] = frozenset()
    references: dict[int, Reply] = field(default_factory=dict)
    slopes: dict[tuple[int, str], Any] = field(default_factory=dict)
    derivatives: dict[str, Reply] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    limit_reached: str | None = None


def calculate(request: Request) -> Result:
    """Answer one request.

    Raises a `DerivError` for an expression or a point that cannot be read, or that is too large. Running out of time
    is no error: what has arrived is in the result, the rest `unverified`, and `limit_reached` says so.
    """
    deadline = time.monotonic() + min(request.timeout, _LONGEST)
    asked = question.read(request.expression, request.at, request.wrt)
    client.start()
    tolerance = Tolerance(request.rtol, request.atol)
    program = compile_tree(asked.tree)
    spots = None if asked.point is not None else candidates(asked.variables)
    points = [asked.point] if asked.point is not None else [question.read_point(spot) for spot in spots or []]
    programs = [{name: compile_tree(tree) for name, tree in point.items()} for point in points]
    seen = _hear(program, programs, asked, deadline)
    derivatives = [_formula(name, seen) for name in asked.wrt]
    if spots is None:
        return _at_point(request, asked, seen, derivatives, tolerance, deadline)
    return _spot_checked(request, asked, seen, derivatives, tolerance)


def _hear(program: Program, points: list[dict[str, Program]], asked: Question, deadline: float) -> _Testimony:
    """Ask the worker, and torch as soon as the program of f has come back by way of sympy."""
    seen = _Testimony(switches=frozenset(name for name in asked.wrt if program.may_switch(name)))
    with client.ask(program, points, asked.wrt, deadline) as conversation:
        import derivcli.witnesses.autograd  # noqa: F401 - imports torch while the worker imports sympy

        for reply in conversation.replies():
            if reply["kind"] == "program":
                seen.coordinates = [_checked(point) for point in reply["points"]]
                faithful = Program.from_json(reply["program"])
                _hear_torch(seen, faithful, asked.wrt)
            elif reply["kind"] == "reference":
                seen.references[reply["point"]] = reply
                seen.notes += [wording.ZERO_TO_THE_ZERO] if reply["zero_to_the_zero"] and asked.point else []
            elif reply["kind"] == "slope":
                seen.slopes[reply["point"], reply["name"]] = reply["sides"]
            elif reply["kind"] == "derivative":
                seen.derivatives[reply["name"]] = reply
            else:
                seen.notes.append(f"the symbolic witness failed ({reply['reason']})")
                seen.limit_reached = seen.limit_reached or reply["limit"]
        if not conversation.done:
            _give_up(seen, died=conversation.died)
    if not seen.autograd:
        _without_worker(seen, program, points, asked.wrt)
    return seen


def _give_up(seen: _Testimony, *, died: bool) -> None:
    seen.limit_reached = "memory" if died else "time"
    seen.notes.append(
        "the process of the symbolic witnesses ended early"
        if died
        else "time ran out before every witness had answered"
    )


def _without_worker(seen: _Testimony, program: Program, points: list[dict[str, Program]], wrt: tuple[str, ...]) -> None:
    """Let torch run the program straight from the tree."""
    from derivcli.witnesses import autograd

    seen.notes.append("torch ran the expression straight from the text, not by way of sympy")
    seen.coordinates = [
        {name: autograd.partials(value, {}, ())[0] for name, value in point.items()} for point in points
    ]
    _hear_torch(seen, program, wrt)


def _hear_torch(seen: _Testimony, program: Program, wrt: tuple[str, ...]) -> None:
    """Let torch evaluate and differentiate the program at each point; keep why a derivative is missing."""
    from derivcli.witnesses import autograd

    seen.autograd = [autograd.partials(program, at, wrt) for at in seen.coordinates]
    for at, (_, slopes) in zip(seen.coordinates, seen.autograd, strict=True):
        for name in (name for name, slope in slopes.items() if slope is None):
            seen.missing[name] = autograd.why_missing(program, at, name) or ""


def _checked(point: dict[str, float | None]) -> dict[str, float]:
    checked = {}
    for name, coordinate in point.items():
        if coordinate is None:
            raise PointError(f"the value of `{name}` is not a real number")
        if abs(coordinate) == float("inf"):
            raise PointError(f"the value of `{name}` is too large for float64")
        checked[name] = coordinate
    return checked


def _formula(name: str, seen: _Testimony) -> Derivative:
    """Return the symbolic form of a derivative, without numbers."""
    tree = _shown_tree(seen.derivatives.get(name, {}).get("program"))
    return Derivative(
        wrt=(name,),
        name=f"df/d{name}",
        expression=None if tree is None else to_text(tree),
        latex=None if tree is None else to_latex(tree),
    )


def _shown_tree(program: Any) -> Node | None:
    if program is None:
        return None
    tree = to_tree(Program.from_json(program))
    return tree if tree.size <= _MAX_SHOWN and tree.depth <= MAX_DEPTH else None


def _judge(
    index: int,
    seen: _Testimony,
    formulas: list[Derivative],
    tolerance: Tolerance,
    blames: Mapping[str | None, Blame] = _NOBODY,
) -> tuple[Value, list[Derivative]]:
    """Return the verdicts at one point; `blames` says of a variable's slope, or with None of f, why it is wrong."""
    number, slopes = seen.autograd[index]
    reference = seen.references.get(index)
    found = replace(_value_evidence(number, reference), blame=blames.get(None, NO_BLAME))
    value = judge_value(found, tolerance)
    verdicts = []
    for formula in formulas:
        (name,) = formula.wrt
        evidence = replace(_slope_evidence(index, name, slopes[name], seen), blame=blames.get(name, NO_BLAME))
        verdict = judge_derivative(value, evidence, tolerance)
        named = replace(verdict, wrt=formula.wrt, name=formula.name)
        verdicts.append(replace(named, expression=formula.expression, latex=formula.latex))
    return value, verdicts


def _value_evidence(number: float, reference: Reply | None) -> ValueEvidence:
    if reference is None:
        return ValueEvidence(number)
    return ValueEvidence(
        autograd=number,
        symbolic=Reading.from_json(reference["symbolic"]),
        quotient=Reading.from_json(reference["value"]),
        nearby=Reading.from_json(reference["nearby"]),
        limits=tuple(Sided.from_json(pair) for pair in reference["limits"]),
    )


def _slope_evidence(index: int, name: str, slope: float | None, seen: _Testimony) -> SlopeEvidence:
    derivative = seen.derivatives.get(name)
    sides = seen.slopes.get((index, name))
    return SlopeEvidence(
        autograd=slope,
        symbolic=Reading.from_json(derivative["values"][index]) if derivative else MISSING,
        nearby=Reading.from_json(derivative["nearby"][index]) if derivative else MISSING,
        sides=Sided.from_json(sides) if sides else None,
        has_formula=bool(derivative and derivative["program"]),
        may_switch=name in seen.switches,
        missing=seen.missing.get(name),
    )


def _at_point(
    request: Request,
    asked: Question,
    seen: _Testimony,
    formulas: list[Derivative],
    tolerance: Tolerance,
    deadline: float,
) -> Result:
    value, derivatives = _judge(0, seen, formulas, tolerance)
    named: list[tuple[str | None, Value]] = [(None, value), *((d.wrt[0], d) for d in derivatives)]
    suspects = {name: number for name, number in named if number.status is Status.DIFFER}
    if suspects:
        from derivcli import reasons  # few numbers need any

        blames = reasons.why(asked, seen.coordinates[0], suspects, tolerance, deadline)
        value, derivatives = _judge(0, seen, formulas, tolerance, blames)
    numbers: list[Value] = [value, *derivatives]
    return replace(
        _skeleton(request, asked, seen),
        at=seen.coordinates[0],
        at_text=asked.texts,
        value=value,
        derivatives=tuple(derivatives),
        status=worst([number.status for number in numbers if number.status is not None]),
    )


def _spot_checked(
    request: Request, asked: Question, seen: _Testimony, formulas: list[Derivative], tolerance: Tolerance
) -> Result:
    """Hold the symbolic derivatives against autograd at points where f is defined."""
    checks: list[SpotCheck] = []
    for index in range(len(seen.autograd)):
        value, derivatives = _judge(index, seen, formulas, tolerance)
        if value.status is not Status.UNDEFINED and len(checks) < _SPOT_CHECKS:
            found = worst([value.status or Status.AGREE, *(_spot_status(d, tolerance) for d in derivatives)])
            checks.append(SpotCheck(seen.coordinates[index], found))
    return replace(
        _skeleton(request, asked, seen),
        derivatives=tuple(formulas),
        spot_checks=tuple(checks),
        status=worst([check.status for check in checks]) if checks else Status.UNVERIFIED,
    )


def _spot_status(derivative: Derivative, tolerance: Tolerance) -> Status:
    """Return the status at a spot check, where the symbolic form must agree as well."""
    status = derivative.status or Status.UNVERIFIED
    if status is not Status.AGREE or derivative.digits is None:
        return status
    if derivative.symbolic is None:
        return Status.UNVERIFIED
    reading = Reading(Outcome.NUMBER, derivative.digits)
    number = reading.number
    return status if number is not None and agrees(derivative.symbolic, number, tolerance) else Status.DIFFER


def _skeleton(request: Request, asked: Question, seen: _Testimony) -> Result:
    """Return the parts of the answer that do not depend on the point."""
    notes: Iterable[str] = (*asked.notes, *seen.notes)
    shown = asked.tree.size <= _MAX_SHOWN
    return Result(
        expression=request.expression,
        read_as=to_text(asked.tree),
        latex=to_latex(asked.tree) if shown else None,
        variables=asked.variables,
        at=None,
        value=Value(),
        derivatives=(),
        status=Status.UNVERIFIED,
        notes=tuple(dict.fromkeys(notes)),
        limit_reached=seen.limit_reached,
    )
