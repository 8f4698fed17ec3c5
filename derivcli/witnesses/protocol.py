"""What the worker is asked about f; requests and replies as text, frozen records by one codec, a line each.

A line is the number of the request, the kind of the record and those of its fields as JSON that are not as by default;
of a request then the seconds after which an answer comes too late.
Other requests, with their replies, are in the package `asking`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from derivcli.language.program import Program
from derivcli.model.codec import Coded
from derivcli.witnesses.evidence import Wrt
from derivcli.witnesses.replies import SymbolicDerivative

if TYPE_CHECKING:
    from typing import TypeAlias

    from derivcli.witnesses.asking.equations import EquationsRequest
    from derivcli.witnesses.asking.looks import LookRequest
    from derivcli.witnesses.asking.rows import RowsRequest
    from derivcli.witnesses.asking.switches import SwitchesRequest
    from derivcli.witnesses.asking.traces import TraceRequest
    from derivcli.witnesses.replies import Reply

ExactPoint = dict[str, Program]  # a point as it was typed: a constant for each variable


@dataclass(frozen=True, slots=True)
class EvidenceRequest(Coded):
    """What the witnesses are asked about f; only f by way of sympy where nothing more is said.

    `points` are where f is looked at, `wrt` is what each derivative is taken by, with `implicit` each derivative of
    that variable, which the equation `program = constant` makes a function. The variables in `at_zero` are 0 in every
    symbolic form. The derivatives that are `known` are not taken again: only their values are wanted. With `whole` it
    is wanted whether f is differentiable in several variables; with names that are `stationary`, what a point is at
    which f does not move by these. Of the first point `coefficients` are Taylor
    coefficients to be had exactly, and `exact` is what a short form is wanted of. `near` is another point, at which f
    alone is wanted, and how far it is from the Taylor polynomial of `taylor_order`. With `raw` the forms of a textbook
    are not looked for; `unseen` ones, of which only numbers are wanted, are not even put in order.
    """

    program: Program
    points: tuple[ExactPoint, ...] = ()
    wrt: tuple[Wrt, ...] = ()
    implicit: str | None = None
    at_zero: tuple[str, ...] = ()
    known: tuple[SymbolicDerivative, ...] = ()
    whole: bool = False
    stationary: tuple[str, ...] = ()
    coefficients: tuple[Wrt, ...] = ()
    exact: tuple[Wrt, ...] = ()
    near: ExactPoint | None = None
    taylor_order: int = 0
    raw: bool = False
    unseen: bool = False


if TYPE_CHECKING:
    WorkerRequest: TypeAlias = (
        EvidenceRequest | LookRequest | TraceRequest | EquationsRequest | RowsRequest | SwitchesRequest
    )

_ROOM = "derivcli.witnesses."


def line_of(number: int, record: WorkerRequest | Reply, *seconds: float) -> str:
    """Return a request with its seconds, or a reply to it, as a line of text."""
    return json.dumps([number, _name_of(type(record)), record.to_brief(), *seconds]) + "\n"


def request_in(line: str | bytes) -> tuple[int, WorkerRequest, float]:
    """Return the number of the request that a line is, the request, and its seconds."""
    request: tuple[int, WorkerRequest, float] = _read(line)
    return request


def reply_in(line: str | bytes) -> tuple[int, Reply]:
    """Return the number of the request that a line answers, and the reply."""
    reply: tuple[int, Reply] = _read(line)
    return reply


def _read(line: str | bytes) -> Any:
    number, kind, data, *seconds = json.loads(line)
    return number, _kind_named(kind).from_dict(data), *seconds


def _name_of(kind: type) -> str:
    """Return the name of a kind of record, with the module of this room that it stands in."""
    return f"{kind.__module__.removeprefix(_ROOM)}.{kind.__name__}"


@cache
def _kind_named(name: str) -> type[Coded]:
    """Return a kind of record; its module is loaded when the first one comes."""
    module, _, kind = name.rpartition(".")
    found: type[Coded] = getattr(import_module(_ROOM + module), kind)
    return found
