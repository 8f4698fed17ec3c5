"""What the worker is asked, a frozen record for each kind; requests and replies as text, by one codec, a line each.

A line is the number of the request, the kind of the record and those of its fields as JSON that are not as by default.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, get_args

from derivcli.language.program import Program
from derivcli.model.codec import Coded
from derivcli.witnesses.evidence import Wrt
from derivcli.witnesses.replies import Reply, SymbolicDerivative

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
    are not looked for; `unseen` ones, of which only numbers are wanted, are not even put in order. An answer that takes
    more than so many `seconds` comes too late.
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
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class LookRequest(Coded):
    """The bare numbers of a text are wanted at a point, f and its first derivatives, if one look settles all of them.

    `at` are the coordinates as they were typed, and `wrt` the variables to differentiate by, all if there are none.
    """

    expression: str
    at: dict[str, str]
    wrt: tuple[str, ...] | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class TraceRequest(Coded):
    """The numbers of every part of f at a point are wanted, and which other forms are the same function.

    `wrt` are the variables by which slopes are wanted. The instruction of `forms` that `roots` names first is f.
    """

    program: Program
    forms: Program
    roots: tuple[int, ...]
    point: ExactPoint
    wrt: tuple[str, ...]
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class EquationsRequest(Coded):
    """Equations, in which derivatives of parts stand, are to be held against numbers at points.

    The instructions `of` of the program `parts` are the parts of which derivatives by `along` stand in the equations:
    as the variables `@0`, `@1`, ... of the program `sides`. `pairs` are the instructions of `sides` that are to be
    equal, each to as many `digits`. A point counts only where the instructions `needs` of `sides` have values; it is
    `strict` that a right side has a value wherever the left one has. The first `asked` points are those of the
    question; of the others as many are looked at as it takes until each equation has held at `enough` of them. With a
    `curve`, where that program is 0, the points are moved onto it along the `variable`. `prove` is what may be 0 by
    algebra.
    """

    parts: Program
    of: tuple[int, ...]
    sides: Program
    pairs: tuple[tuple[int, ...], ...]
    needs: tuple[int, ...]
    along: str
    points: tuple[ExactPoint, ...]
    asked: int
    enough: int
    digits: tuple[int, ...]
    strict: bool = False
    prove: Program | None = None
    curve: Program | None = None
    variable: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class SwitchesRequest(Coded):
    """It is wanted where a program switches while the variable `name` runs and the others are held.

    The `borders` rise; each stretch between two of them is a range of its own, in which places may be crowded. With an
    `order` it is also wanted what f and its derivatives up to this order do at each place, or at the `most` places that
    are next to the middle. With `peaks` it is wanted, too, where f has peaks too narrow for the samples of a picture.
    """

    program: Program
    name: str
    held: ExactPoint
    borders: tuple[float, ...]
    order: int | None = None
    most: int | None = None
    peaks: bool = False
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class RowsRequest(Coded):
    """f and its first derivatives by `wrt` are wanted at many points, as far as proofs settle them at once.

    `columns` are the coordinates that differ from row to row, as they were typed, of `count` rows, and `fixed` are the
    others. `forms` are the symbolic derivatives, None for one that has none.
    """

    program: Program
    forms: tuple[Program | None, ...]
    wrt: tuple[str, ...]
    count: int
    columns: dict[str, tuple[str, ...]]
    fixed: ExactPoint
    seconds: float = 0.0


WorkerRequest = EvidenceRequest | LookRequest | TraceRequest | EquationsRequest | RowsRequest | SwitchesRequest

_KINDS: dict[str, Any] = {kind.__name__: kind for kind in (*get_args(WorkerRequest), *get_args(Reply))}


def line_of(number: int, record: WorkerRequest | Reply) -> str:
    """Return a request, or a reply to it, as a line of text."""
    return json.dumps([number, type(record).__name__, record.to_brief()]) + "\n"


def request_in(line: str | bytes) -> tuple[int, WorkerRequest]:
    """Return the number of the request that a line is, and the request."""
    request: tuple[int, WorkerRequest] = _read(line)
    return request


def reply_in(line: str | bytes) -> tuple[int, Reply]:
    """Return the number of the request that a line answers, and the reply."""
    reply: tuple[int, Reply] = _read(line)
    return reply


def _read(line: str | bytes) -> Any:
    number, kind, data = json.loads(line)
    return number, _KINDS[kind].from_dict(data)
