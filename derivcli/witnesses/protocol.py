"""What the worker says: a frozen record for each kind of reply, and the one codec by which they travel, a line each.

A line is the number of the request, the kind of the reply and its fields as JSON. The codec goes by the annotations of
the records, which are therefore evaluated here, and in `evidence`.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin

from derivcli.language.program import Program
from derivcli.witnesses.evidence import MISSING, Reading, SlopeEvidence, ValueEvidence, Wrt


@dataclass(frozen=True, slots=True)
class Programs:
    """f by way of sympy with its constants folded, and each point as float64: None where a coordinate is not real."""

    program: Program
    points: tuple[dict[str, float | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Formula:
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
class Exact:
    """An exact Taylor coefficient at the first point, with its value; no program where no short form of it is found."""

    wrt: Wrt
    program: Program | None
    value: Reading


@dataclass(frozen=True, slots=True)
class Direction:
    """A direction in which f has not the slope that its partial derivatives make; none where all have it."""

    paces: dict[str, float]


@dataclass(frozen=True, slots=True)
class SecondPoint:
    """f at another point, and the way there from the first point."""

    value: Reading
    steps: dict[str, Reading]


@dataclass(frozen=True, slots=True)
class Remainder:
    """The Taylor polynomial at the second point by the symbolic forms, and how much f is larger."""

    polynomial: Reading = MISSING
    error: Reading = MISSING


@dataclass(frozen=True, slots=True)
class PartValues:
    """The value of each instruction of a program."""

    values: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class PartSlopes:
    """The slope of each instruction of a program by one variable."""

    name: str
    slopes: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class SameForms:
    """The forms that are the same function, each by its place, with its program, constants folded."""

    programs: tuple[tuple[int, Program], ...]


@dataclass(frozen=True, slots=True)
class Equation:
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
class Equations:
    """What was seen of each equation."""

    seen: tuple[Equation, ...]


@dataclass(frozen=True, slots=True)
class Proved:
    """Whether algebra makes the difference of two sides 0."""

    is_zero: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """Why one part of an answer is missing, and the limit that was reached, if it was one."""

    reason: str
    limit: str | None = None


@dataclass(frozen=True, slots=True)
class Unable:
    """Why the worker cannot work at all."""

    message: str
    hint: str | None
    limit: str | None


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing more comes to this request."""


@dataclass(frozen=True, slots=True)
class Died:
    """The worker has ended, with this exit code. It does not say so itself: whoever listens to it does."""

    code: int = field(default=0)


Reply = (
    Programs
    | ValueEvidence
    | SlopeEvidence
    | Formula
    | Exact
    | Direction
    | SecondPoint
    | Remainder
    | PartValues
    | PartSlopes
    | SameForms
    | Equations
    | Proved
    | Failed
    | Unable
    | Done
    | Died
)
_KINDS: dict[str, Any] = {kind.__name__: kind for kind in get_args(Reply)}


def line_of(number: int, reply: Reply) -> str:
    """Return a reply to a request as a line of text."""
    return json.dumps([number, type(reply).__name__, _plain(reply)]) + "\n"


def reply_in(line: str | bytes) -> tuple[int, Reply]:
    """Return the number of the request that a line answers, and the reply."""
    number, kind, data = json.loads(line)
    reply: Reply = _reader(_KINDS[kind])(data)
    return number, reply


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: of a record the fields that do not have their default."""
    if isinstance(value, Program):
        return value.to_json()
    if is_dataclass(value):
        given = ((f.name, getattr(value, f.name), f.default) for f in fields(value))
        return {name: _plain(found) for name, found, default in given if found != default}
    if isinstance(value, dict):
        return {name: _plain(found) for name, found in value.items()}
    return list(map(_plain, value)) if isinstance(value, tuple) else value


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """Return what makes a value of a type from what `_plain` has made of it."""
    if kind is Program:
        return Program.from_json
    if is_dataclass(kind):
        return _reader_of_records(kind)
    if isinstance(kind, UnionType):
        known = _reader(get_args(kind)[0])
        return lambda data: None if data is None else known(data)
    if get_origin(kind) is tuple:
        return _reader_of_tuples(get_args(kind))
    if get_origin(kind) is dict:
        each = _reader(get_args(kind)[1])
        return lambda data: {name: each(found) for name, found in data.items()}
    return kind if issubclass(kind, StrEnum) else lambda data: data


def _reader_of_records(record: Any) -> Callable[[Any], Any]:
    types: dict[str, Any] = {f.name: f.type for f in fields(record)}
    readers = {name: _reader(kind) for name, kind in types.items()}
    return lambda data: record(**{name: readers[name](found) for name, found in data.items()})


def _reader_of_tuples(kinds: tuple[Any, ...]) -> Callable[[Any], Any]:
    if kinds[-1] is ...:
        each = _reader(kinds[0])
        return lambda data: tuple(map(each, data))
    readers = tuple(map(_reader, kinds))
    return lambda data: tuple(read(found) for read, found in zip(readers, data, strict=True))
