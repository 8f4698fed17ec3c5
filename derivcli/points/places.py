"""What flags say of names: `--at x=0:1:11 --at y=1,2,z=pi/4` -> constants and axes; `--wrt x,y` -> names.

    value : entry                        one value
          | entry "," entry ("," entry)*      a list
          | entry ":" entry ":" count         a range with both ends

Commas and colons inside parentheses belong to the entry, which is a constant expression.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from derivcli.errors import DerivError, LimitError, PointError, Span
from derivcli.language.assignments import Assignment, parse_value, split_assignments, split_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

MAX_POINTS = 100_000_000  # of a grid
_HOW = "a range is written start:stop:count, such as x=0:1:11"
_HOW_LIST = "a list is written x=1,2,3"
_HOW_COUNT = "the count says how many points there are, both ends included: x=0:1:11"
_OPENING, _CLOSING = frozenset("(⌊⌈"), frozenset(")⌋⌉")
_PARTS = 3  # of a range


@dataclass(frozen=True, slots=True)
class Range:
    """`count` values at equal distances from `start` to `stop`, both included; the ends are texts as typed.

    The count of a range for a picture may be left open, and is 0 then.
    """

    start: str
    stop: str
    count: int = 0

    def __len__(self) -> int:
        return self.count


@dataclass(frozen=True, slots=True)
class Listed:
    """Values one by one, as typed."""

    texts: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.texts)


Axis = Range | Listed


@dataclass(frozen=True, slots=True)
class Places:
    """What `--at` says: variables with one value, as typed, and variables with many."""

    constants: Mapping[str, str] = field(default_factory=dict)
    axes: Mapping[str, Axis] = field(default_factory=dict)


def parse_places(texts: Sequence[str]) -> Places:
    """Return the constants and the axes, each in the order in which they came.

    Raises `PointError` for a name given twice and for what is no value, list or range; `LimitError` for too many
    points; what the parser raises for a value that is no constant expression.
    """
    constants: dict[str, str] = {}
    axes: dict[str, Axis] = {}
    for found, text in _named(texts, _assignments):
        axis = _axis(found, text)
        if axis is None:
            constants[found.name] = found.text
        else:
            axes[found.name] = axis
    _check_size(axes)
    return Places(constants, axes)


def split_places(texts: Sequence[str]) -> dict[str, str]:
    """Return each name with the text of its value, list or range, as typed; raises `PointError` for one given twice."""
    return {found.name: found.text for found, _ in _named(texts, _assignments)}


def read_axis(name: str, text: str) -> Axis | None:
    """Return the axis that a value for a picture describes, None for a single value; a range may have no count.

    Raises as `parse_places` does.
    """
    return _axis(Assignment(name, text, Span(0, len(text))), text, counted=False)


def _named(texts: Sequence[str], split: Callable[[str], Iterable[Assignment]]) -> Iterator[tuple[Assignment, str]]:
    """Yield each name with its text, and what it was typed in."""
    names: set[str] = set()
    for text in texts:
        for found in split(text):
            if found.name in names:
                hint = "give each name one value"
                raise PointError(f"`{found.name}` is given twice", found.span, source=text, hint=hint)
            names.add(found.name)
            yield found, text


def _assignments(text: str) -> Iterator[Assignment]:
    """Split a text with colons; a comma stands in for each while the names are found."""
    has_range = ":" in text and any(mark == ":" for mark, _ in _marks(text))
    try:
        for name, _value, span in split_assignments(text.replace(":", ",") if has_range else text):
            yield Assignment(name, text[span.start : span.end], span)
    except DerivError as error:
        error.source = text
        raise


def _marks(text: str) -> Iterator[tuple[str, int]]:
    """Yield the commas and colons outside parentheses, and where they stand."""
    depth = 0
    for position, character in enumerate(text):
        depth += (character in _OPENING) - (character in _CLOSING)
        if depth == 0 and character in ",:":
            yield character, position


def _axis(found: Assignment, source: str, *, counted: bool = True) -> Axis | None:
    """Return the axis that a value describes, None for a single value."""
    marks = list(_marks(found.text)) if "," in found.text or ":" in found.text else []
    if not marks:
        return None
    try:
        entries = list(_entries(found, marks))
        kinds = {mark for mark, _ in marks}
        if kinds == {":"}:
            return _range(found, entries, counted=counted)
        if kinds == {","}:
            return _listed(found, entries)
        raise PointError(f"`{found.name}` has a range inside a list", found.span, hint="give a range or a list")
    except DerivError as error:
        raise error.within(source) from None


def _entries(found: Assignment, marks: list[tuple[str, int]]) -> Iterator[tuple[str, Span]]:
    starts = [0, *(position + 1 for _, position in marks)]
    ends = [*(position for _, position in marks), len(found.text)]
    for start, end in zip(starts, ends, strict=True):
        yield found.text[start:end].strip(), Span(found.span.start + start, found.span.start + end)


def _listed(found: Assignment, entries: list[tuple[str, Span]]) -> Listed:
    for entry, span in entries:
        if not entry:
            raise PointError(f"the list of `{found.name}` has an empty entry", _shown(span), hint=_HOW_LIST)
        parse_value(found.name, entry)
    return Listed(tuple(entry for entry, _ in entries))


def _range(found: Assignment, entries: list[tuple[str, Span]], *, counted: bool) -> Range:
    if counted and len(entries) < _PARTS:
        raise PointError(
            f"the range of `{found.name}` has no count", found.span, hint=f"{_HOW}; only --plot needs no count"
        )
    if len(entries) > _PARTS:
        raise PointError(f"the range of `{found.name}` has {len(entries)} parts", found.span, hint=_HOW)
    for part, (entry, span) in zip(("start", "stop", "count"), entries, strict=False):
        if not entry:
            raise PointError(f"the range of `{found.name}` has no {part}", _shown(span), hint=_HOW)
    (start, _), (stop, _), *counts = entries
    ends = [parse_value(found.name, text) for text in (start, stop)]
    if not counts:
        return Range(start, stop)
    ((count, span),) = counts
    axis = Range(start, stop, _count(found.name, count, span))
    if len(axis) == 1 and ends[0] != ends[1]:
        raise PointError(
            f"a range of `{found.name}` with one point cannot have two ends", span, hint=f"write {found.name}={start}"
        )
    return axis


def _count(name: str, text: str, span: Span) -> int:
    if not re.fullmatch("[0-9]+", text):
        raise PointError(f"the count of `{name}` is not a whole number", span, hint=_HOW_COUNT)
    digits = text.lstrip("0")
    if not digits:
        raise PointError(f"the count of `{name}` is 0", span, hint=_HOW_COUNT)
    if len(digits) > len(str(MAX_POINTS)):
        raise LimitError(f"the range of `{name}` has too many points: the limit is {MAX_POINTS}", span)
    return int(digits)


def _check_size(axes: dict[str, Axis]) -> None:
    size = math.prod(map(len, axes.values()))
    if size > MAX_POINTS:
        raise LimitError(f"the grid has {size} points: the limit is {MAX_POINTS}", hint="give smaller counts")


def _shown(span: Span) -> Span:
    """Widen an empty span, so that there is something to mark."""
    return span if span.end > span.start else Span(max(span.start - 1, 0), max(span.start, 1))


def parse_at(texts: Sequence[str]) -> dict[str, str]:
    """Return each name with the text of its value.

    Raises `PointError` for a name given twice or without a value.
    """
    return {found.name: found.text for found, _ in _named(texts, split_assignments)}


def parse_partials(texts: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the names of each mixed derivative; a name that stands twice is differentiated by twice."""
    return tuple(tuple(split_names(text)) for text in texts)


def parse_wrt(texts: Sequence[str]) -> tuple[str, ...] | None:
    """Return the names to differentiate with respect to, each once; None where no flag was given."""
    names = [name for text in texts for name in split_names(text)]
    return tuple(dict.fromkeys(names)) if texts else None
