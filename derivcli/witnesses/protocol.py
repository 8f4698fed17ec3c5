"""What the worker is asked, and what it says: a frozen record for each kind, by one codec, a line each.

A line is the number of the request, the kind of the record and its fields as JSON.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, get_args

from derivcli.language.program import Program
from derivcli.model.codec import Coded
from derivcli.witnesses.evidence import MISSING, Reading, SlopeEvidence, Switches, ValueEvidence, Wrt

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

    The `borders` rise; each stretch between two of them is a range of its own, in which places may be crowded.
    """

    program: Program
    name: str
    held: ExactPoint
    borders: tuple[float, ...]
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


WorkerRequest = EvidenceRequest | TraceRequest | EquationsRequest | RowsRequest | SwitchesRequest


@dataclass(frozen=True, slots=True)
class Programs(Coded):
    """f by way of sympy with its constants folded, and each point as float64: None where a coordinate is not real."""

    program: Program
    points: tuple[dict[str, float | None], ...] = ()


@dataclass(frozen=True, slots=True)
class SymbolicDerivative(Coded):
    """A symbolic derivative, with its value at each point, and at the float64 next to it where that is another point.

    Without a program it has no closed form, or has outgrown its limits. `shown` is the form in which a textbook prints
    it, where that is another one, and `holes` are what must hold for f to have a value where that form has one.
    """

    wrt: Wrt
    program: Program | None
    outgrown: bool
    values: tuple[Reading, ...]
    nearby: tuple[Reading, ...]
    shown: Program | None = None
    holes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exact(Coded):
    """An exact Taylor coefficient at the first point, with its value; no program where no short form of it is found."""

    wrt: Wrt
    program: Program | None
    value: Reading


@dataclass(frozen=True, slots=True)
class Direction(Coded):
    """A direction in which f has not the slope that its partial derivatives make; none where all have it."""

    paces: dict[str, float]


@dataclass(frozen=True, slots=True)
class StationaryPoint(Coded):
    """What the first point is if f does not move there by the names that were given; None if it is not proved."""

    kind: str | None


@dataclass(frozen=True, slots=True)
class SecondPoint(Coded):
    """f at another point, and the way there from the first point."""

    value: Reading
    steps: dict[str, Reading]


@dataclass(frozen=True, slots=True)
class Remainder(Coded):
    """The Taylor polynomial at the second point by the symbolic forms, and how much f is larger."""

    polynomial: Reading = MISSING
    error: Reading = MISSING


@dataclass(frozen=True, slots=True)
class PartValues(Coded):
    """The value of each instruction of a program."""

    values: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class PartSlopes(Coded):
    """The slope of each instruction of a program by one variable."""

    name: str
    slopes: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class SameForm(Coded):
    """A form that is the same function, by its place, with its program, constants folded."""

    root: int
    program: Program


@dataclass(frozen=True, slots=True)
class SameForms(Coded):
    """All forms that are the same function."""

    forms: tuple[SameForm, ...]


@dataclass(frozen=True, slots=True)
class Equation(Coded):
    """At how many points an equation holds, and the first at which it does not, with its sides there.

    `wider` counts the points where the right side alone has a value; `here` is the left side at the point of the
    question, if the equation holds there. `moved` is the coordinate of the point that had to be moved onto a curve.
    """

    held: int
    broken: int | None = None
    wider: int = 0
    left: Reading = MISSING
    right: Reading = MISSING
    here: Reading = MISSING
    moved: Reading = MISSING


@dataclass(frozen=True, slots=True)
class Equations(Coded):
    """What was seen of each equation."""

    seen: tuple[Equation, ...]


@dataclass(frozen=True, slots=True)
class Proved(Coded):
    """Whether algebra makes the difference of two sides 0."""

    is_zero: bool


@dataclass(frozen=True, slots=True)
class RowNumbers(Coded):
    """What is proved of rows: the float64 nearest to f and to each derivative, in columns, and where f is rational.

    A row has numbers if f is proved to be analytic there, and the symbolic derivatives to be those of f; else it has
    None, and needs a closer look. It took so many `seconds`.
    """

    columns: tuple[tuple[float | None, ...], ...]
    exact: tuple[bool, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Failed(Coded):
    """Why one part of an answer is missing, and the limit that was reached, if it was one."""

    reason: str
    limit: str | None = None


@dataclass(frozen=True, slots=True)
class Unable(Coded):
    """Why the worker cannot work at all."""

    message: str
    hint: str | None
    limit: str | None


@dataclass(frozen=True, slots=True)
class Done(Coded):
    """Nothing more comes to this request."""


@dataclass(frozen=True, slots=True)
class Died(Coded):
    """The worker has ended, with this exit code. It does not say so itself: whoever listens to it does."""

    code: int = 0


Reply = (
    Programs
    | ValueEvidence
    | SlopeEvidence
    | SymbolicDerivative
    | Exact
    | Direction
    | StationaryPoint
    | SecondPoint
    | Remainder
    | PartValues
    | PartSlopes
    | SameForms
    | Equations
    | Proved
    | Switches
    | RowNumbers
    | Failed
    | Unable
    | Done
    | Died
)
_KINDS: dict[str, Any] = {kind.__name__: kind for kind in (*get_args(WorkerRequest), *get_args(Reply))}


def line_of(number: int, record: WorkerRequest | Reply) -> str:
    """Return a request, or a reply to it, as a line of text."""
    return json.dumps([number, type(record).__name__, record.to_dict()]) + "\n"


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
