"""Frozen dataclasses to JSON and back, by the types of their fields: one walk for the answer and between processes.

A field may carry more than its type, by `Annotated`: a text says what it means and a dict holds further keywords of
JSON Schema (both are for the schema alone), a `JsonForm` says how it is written, and `Before` where, if not in turn.
"""

from __future__ import annotations

import math
from dataclasses import MISSING, dataclass, fields
from enum import Enum
from functools import cache
from operator import methodcaller
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Self, TypeVar, Union, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class JsonForm(Enum):
    """How a field is written: as a number that may have a word beside it, or only where there is something."""

    SPECIAL = "special"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Before:
    """The field of a base class before which a field stands in JSON."""

    name: str


# What JSON has no number for is null there, with `"..._special": "nan"`, `"inf"` or `"-inf"` beside it.
Extended = Annotated[float | None, JsonForm.SPECIAL]
Maybe = Annotated[T | None, JsonForm.LEFT_OUT]
Word = Annotated[str, {"minLength": 1}]


class JsonField(NamedTuple):
    """A field as JSON has it. `extras` are what its type is annotated with, `read` makes its value of what JSON has.

    Its `default` is `MISSING` where it has none, or makes a new one each time.
    """

    name: str
    kind: Any
    extras: tuple[Any, ...]
    required: bool
    special: bool
    left_out: bool
    read: Callable[[Any], Any]
    default: Any


_PLAIN = frozenset({str, float, int, bool, NoneType})


class Coded:
    """A frozen dataclass of texts, numbers, enums, tuples, dicts and others of its kind."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON contract: plain types only, and no number that strict JSON has not."""
        data: dict[str, Any] = {}
        kind: Any = type(self)
        for name, _, _, _, special, left_out, _, _ in entries(kind):
            value = getattr(self, name)
            if special and value is not None and not math.isfinite(value):
                data[name] = None
                data[f"{name}_special"] = "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"
            elif value is not None or not left_out:
                data[name] = _plain(value)
        return data

    def to_brief(self) -> dict[str, Any]:
        """Return what `from_dict` reads as this record and nobody else does: what is as by default is left out."""
        kind: Any = type(self)
        return {
            entry.name: _plain(value, _to_brief)
            for entry in entries(kind)
            if (value := getattr(self, entry.name)) is not entry.default and value != entry.default
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Read back what `to_dict` wrote; fields that are not known are left alone."""
        found: dict[str, Any] = {}
        own: Any = cls
        for name, _, _, required, special, _, read, _ in entries(own):
            if special and f"{name}_special" in data:
                found[name] = float(data[f"{name}_special"])
            elif required or name in data:
                found[name] = read(data[name])
        return cls(**found)


@cache
def entries(cls: type) -> tuple[JsonField, ...]:
    """Return the fields of a dataclass in the order of JSON."""
    hints = get_type_hints(cls, include_extras=True)
    found: list[JsonField] = []
    for field in fields(cls):
        kind = hints[field.name]
        extras = get_args(kind)[1:] if get_origin(kind) is Annotated else ()
        required = field.default is MISSING and field.default_factory is MISSING
        special, left_out = JsonForm.SPECIAL in extras, JsonForm.LEFT_OUT in extras
        entry = JsonField(field.name, kind, extras, required, special, left_out, _reader(kind), field.default)
        places = [extra.name for extra in extras if isinstance(extra, Before)]
        found.insert(next((i for i, other in enumerate(found) if other.name in places), len(found)), entry)
    return tuple(found)


_to_dict, _to_brief = methodcaller("to_dict"), methodcaller("to_brief")


def _plain(value: Any, of_record: Callable[[Any], Any] = _to_dict) -> Any:
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Coded):
        return of_record(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {key: _plain(part, of_record) for key, part in value.items()}
    return [_plain(part, of_record) for part in value]


def _reader(kind: Any) -> Callable[[Any], Any]:
    """Return what reads a value of a type from JSON; null is None whatever the type."""
    read = _reader_of_some(bare(kind))
    return lambda value: None if value is None else read(value)


def _reader_of_some(kind: Any) -> Callable[[Any], Any]:
    """Return what reads a value that is not null; all parts of a tuple are of the first one's type."""
    if get_origin(kind) is tuple:
        part = _reader(get_args(kind)[0])
        return lambda value: tuple(map(part, value))
    if get_origin(kind) is dict:
        part = _reader(get_args(kind)[1])
        return lambda value: {key: part(found) for key, found in value.items()}
    if issubclass(kind, Coded):
        of_record: Callable[[Any], Any] = kind.from_dict
        return of_record
    return kind if issubclass(kind, Enum) else lambda value: value


def bare(kind: Any) -> Any:
    """Return a type without what it is annotated with, and without None."""
    while get_origin(kind) in (Annotated, Union, UnionType):
        kind = next(part for part in get_args(kind) if part is not NoneType)
    return kind
