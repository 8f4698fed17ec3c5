"""What the witnesses say: asks the worker, and torch as soon as the program of f has come back by way of sympy."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from derivcli import parts, wording
from derivcli.errors import PointError
from derivcli.language.directions import ALONG, UNIT
from derivcli.language.numbers import exact
from derivcli.language.program import FLOAT, Program
from derivcli.language.tree import NUMBER
from derivcli.model import Device, Dtype
from derivcli.verdict import SlopeEvidence, ValueEvidence
from derivcli.witnesses import client, surroundings
from derivcli.witnesses.evidence import MISSING, Reading, Sided

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.witnesses.client import Meanwhile

TIME = "time"  # the limit that is reached at the deadline

Wrt = tuple[str, ...]
Reply = dict[str, Any]
Numbers = tuple[float, dict[Wrt, float | None]]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What the witnesses are asked: f, the points, and what each derivative is taken by.

    `implicit` is the variable that `f = constant` makes a function of the others. `near` is a second point, at which f
    alone is wanted, and how far it is from the Taylor polynomial of `taylor_order`; with `coefficients` the exact
    Taylor coefficients at the first point are, with `whole` whether f is differentiable there in several variables.
    """

    program: Program
    points: list[dict[str, Program]]
    wrt: list[Wrt]
    implicit: str | None = None
    near: dict[str, Program] | None = None
    coefficients: bool = False
    whole: bool = False
    taylor_order: int = 0
    at_point: bool = True
    dtype: Dtype = Dtype.FLOAT64
    device: Device = Device.CPU

    def to_json(self) -> Reply:
        """Return what the worker is asked."""
        return {
            "program": self.program.to_json(),
            "points": [_to_json(point) for point in self.points],
            "wrt": [list(wrt) for wrt in self.wrt],
            "implicit": self.implicit,
            "near": _to_json(self.near or {}),
            "coefficients": self.coefficients,
            "whole": self.whole,
            "taylor_order": self.taylor_order,
            "at_zero": [name for name in (ALONG, UNIT) if name in self.program.variables],
        }


@dataclass(slots=True)
class Testimony:
    """What has arrived from the worker and from torch. `program` is f as torch runs it."""

    program: Program | None = None
    coordinates: list[dict[str, float]] = field(default_factory=list)
    autograd: list[Numbers] = field(default_factory=list)
    nested: dict[Wrt, float] = field(default_factory=dict)
    missing: dict[Wrt, str] = field(default_factory=dict)
    references: dict[int, Reply] = field(default_factory=dict)
    slopes: dict[tuple[int, Wrt], Reply] = field(default_factory=dict)
    derivatives: dict[Wrt, Reply] = field(default_factory=dict)
    coefficients: dict[Wrt, Reply] = field(default_factory=dict)
    near: Reply | None = None
    broken: Reply | None = None
    notes: list[str] = field(default_factory=list)
    limit_reached: str | None = None


def hear(inquiry: Inquiry, deadline: float, meanwhile: Meanwhile = client.nothing) -> Testimony:
    """Return what the witnesses say until the deadline; while the worker thinks there is time for `meanwhile`."""
    surroundings.check()
    seen = Testimony()
    if time.monotonic() < deadline:
        _hear_worker(seen, inquiry, deadline, meanwhile)
    else:
        _give_up(seen, None)
    if seen.program is None and (inquiry.at_point or seen.limit_reached != TIME):
        _without_worker(seen, inquiry)  # at spots without a formula there is nothing to check
    return seen


def _hear_worker(seen: Testimony, inquiry: Inquiry, deadline: float, meanwhile: Meanwhile) -> None:
    """Ask the worker, and file what it says until the deadline."""
    with client.ask(inquiry.to_json(), deadline) as conversation:
        parts.load("torch")  # while the worker imports sympy
        import derivcli.witnesses.autograd  # noqa: F401 - with what else it imports

        for reply in conversation.replies(meanwhile):
            _take_in(reply, inquiry, seen)
        if not conversation.done:
            _give_up(seen, conversation.ending)


def _take_in(reply: Reply, inquiry: Inquiry, seen: Testimony) -> None:
    """File a reply of the worker's."""
    kind = reply["kind"]
    if kind == "program":
        seen.coordinates = [_checked(point) for point in reply["points"]]
        _hear_torch(seen, Program.from_json(reply["program"]), inquiry)
    elif kind == "reference":
        seen.references[reply["point"]] = reply
        seen.notes += [wording.ZERO_TO_THE_ZERO] if reply["zero_to_the_zero"] and inquiry.at_point else []
    elif kind == "slope":
        seen.slopes[reply["point"], tuple(reply["wrt"])] = reply
    elif kind == "broken":
        seen.broken = reply
    elif kind in ("near", "remainder"):
        seen.near = {**(seen.near or {}), **reply}
    elif kind in ("derivative", "coefficient"):
        seen.notes += [wording.hole(where) for where in reply.get("holes", ()) if inquiry.implicit is None]
        (seen.derivatives if kind == "derivative" else seen.coefficients)[tuple(reply["wrt"])] = reply
    else:
        seen.notes.append(f"the symbolic witness failed ({reply['reason']})")
        seen.limit_reached = seen.limit_reached or reply["limit"]


def _give_up(seen: Testimony, ending: str | None) -> None:
    """Say what has come between: the end of the time, or of the worker."""
    seen.limit_reached = ending or TIME
    seen.notes.append(
        "time ran out before every witness had answered"
        if ending is None
        else f"the process of the symbolic witnesses ended early: {_HOW.get(ending, ending)}"
    )


_HOW = {client.MEMORY: "memory ran out"}


def _without_worker(seen: Testimony, inquiry: Inquiry) -> None:
    """Let torch run the program straight from the tree."""
    seen.notes.append("torch ran the expression straight from the text, not by way of sympy")
    seen.coordinates = [evaluated(point) for point in inquiry.points]
    _hear_torch(seen, inquiry.program, inquiry)


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
    surroundings.check()
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
    if program.instructions[-1].op == NUMBER:
        return program
    return hear(Inquiry(program, [], []), deadline).program or program


def _is_exactly(constant: Program, number: float) -> bool:
    op, _, text = constant.instructions[-1]
    return op == FLOAT or (op == NUMBER and exact(text) == number)


def _hear_torch(seen: Testimony, program: Program, inquiry: Inquiry) -> None:
    """Let torch evaluate and differentiate the program at each point; keep why a derivative is missing."""
    from derivcli.witnesses import by_torch
    from derivcli.witnesses.numerics import numerics

    seen.program = program
    kind = numerics(inquiry.dtype, inquiry.device)
    for at in seen.coordinates:
        value, slopes = by_torch.numbers(program, at, inquiry.wrt, inquiry.implicit, kind)
        seen.autograd.append((value, slopes))
        for wrt in (wrt for wrt, slope in slopes.items() if slope is None):
            seen.missing[wrt] = by_torch.why_missing(program, at, wrt)
    if inquiry.at_point and inquiry.implicit is None and seen.autograd:
        seen.nested = by_torch.nested(program, seen.coordinates[0], seen.autograd[0][1])


def _to_json(point: Mapping[str, Program]) -> dict[str, Any]:
    return {name: program.to_json() for name, program in point.items()}


def value_evidence(index: int, seen: Testimony) -> ValueEvidence:
    """Return what is known of f at a point."""
    number, reference = seen.autograd[index][0], seen.references.get(index)
    if reference is None:
        return ValueEvidence(number)
    return ValueEvidence(
        autograd=number,
        symbolic=Reading.from_json(reference["symbolic"]),
        quotient=Reading.from_json(reference["value"]),
        nearby=Reading.from_json(reference["nearby"]),
        limits=tuple(Sided.from_json(pair) for pair in reference["limits"]),
    )


def slope_evidence(index: int, wrt: Wrt, inquiry: Inquiry, seen: Testimony) -> SlopeEvidence:
    """Return what is known of a derivative at a point."""
    derivative, slope = seen.derivatives.get(wrt), seen.slopes.get((index, wrt))
    other = slope["other"] if slope else None
    moving = wrt if inquiry.implicit is None else (*wrt, inquiry.implicit)
    return SlopeEvidence(
        autograd=seen.autograd[index][1][wrt],
        symbolic=Reading.from_json(derivative["values"][index]) if derivative else MISSING,
        nearby=Reading.from_json(derivative["nearby"][index]) if derivative else MISSING,
        sides=Sided.from_json(slope["sides"]) if slope else None,
        lower=tuple(slope["lower"]) if slope and slope["lower"] else None,
        other=Reading.from_json(other) if other else None,
        lasts=tuple(slope["lasts"]) if slope and slope["lasts"] else None,
        has_formula=bool(derivative and derivative["program"]),
        outgrown=bool(derivative and derivative["outgrown"]),
        may_switch=any(inquiry.program.may_switch(name) for name in moving),
        order=len(wrt),
        missing=seen.missing.get(wrt),
        nested=seen.nested.get(wrt) if index == 0 else None,
        on_curve=inquiry.implicit is not None,
    )
