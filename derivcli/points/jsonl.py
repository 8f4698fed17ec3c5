"""JSON Lines as a source of points, one object a line, and arrays of objects; members are named as the variables."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from derivcli.errors import DataError
from derivcli.model.choices import Form
from derivcli.model.rows import Rows
from derivcli.points.blocks import TOO_LONG, Blocks, decoded, forbidden, lines_of
from derivcli.points.cells import number_column, shown
from derivcli.points.elements import Elements, elements, is_array
from derivcli.points.headers import check_text, places, read_header
from derivcli.points.members import read_members
from derivcli.points.packed import Stream
from derivcli.points.shapes import LineShape, cell_of
from derivcli.points.texts import Utf8
from derivcli.points.told import BLANKS, Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from derivcli.model.rows import Column
    from derivcli.points.members import Member
    from derivcli.points.packed import Readable

_NOTHING = Told()
_WRITE = 'write one object a line, such as {"x": 1, "y": 2}, or an array of objects; see deriv --manual files'
_SEARCHED = 2**20  # characters in which the first object must stand
_MOST_SHAPES = 8  # that are known: each costs a look at every line that has none of those before it
# An object around an array of objects, as servers answer.
_WRAPPED = re.compile(r'\s*\{[^{}]*?"(\w+)"\s*:\s*\[\s*\{')


@dataclass(frozen=True, slots=True)
class ObjectRecords:
    """Lines of JSON; `keys` are those of the file for the names in the header, `known` are lines of known shapes.

    `places` says where a pattern has the value of a key.
    """

    texts: Sequence[str]
    header: Sequence[str]
    keys: Sequence[str]
    known: Sequence[re.Match[str] | None]
    places: Mapping[re.Pattern[str], Mapping[str, int]]
    batch: Any = None

    def cells(self, index: int) -> Sequence[str]:
        """Return the values of a row as texts, nothing for a key that it lacks; none of a row that is no object."""
        if (found := self.known[index]) is not None:
            places = self.places[found.re]
            return [cell_of(found[places[key]]) if key in places else "" for key in self.keys]
        members = _read(self.texts[index])
        if isinstance(members, str):
            return []
        return [members[key].cell if key in members else "" for key in self.keys]

    def exact(self, index: int, name: str) -> str:
        """Return the text of a coordinate as it stands in the file."""
        key = self.keys[self.header.index(name)]
        if (found := self.known[index]) is not None:
            return found[self.places[found.re][key]]
        members = _read(self.texts[index])
        assert not isinstance(members, str)  # noqa: S101 - the row is good
        return members[key].text


class JsonLines:
    """JSON Lines, or an array of objects; the rows can be read once. The keys of the first object are the header.

    Raises `DataError` for a file without an object, or with a header that cannot be used, when it is made.
    """

    form = Form.JSONL

    def __init__(self, stream: Readable, name: str, told: Told = _NOTHING) -> None:
        self._name = name
        self._stream = Stream(Utf8(stream, told.encoding))
        self._pieces = elements(self._stream, name) if is_array(self._stream) else _lines(Blocks(self._stream, name))
        self._waiting: list[Elements] = []
        keys = self._first_keys()
        self.header = read_header(keys, name, told.names)
        self._keys = tuple(keys)
        self._shapes = [LineShape(keys)] if keys else []

    @property
    def bytes_read(self) -> int:
        """How much of the file has been read."""
        return self._stream.bytes_read

    def check(self, variables: Sequence[str]) -> None:
        """Raise `DataError` for a variable without a key of its own."""
        places(self.header, variables, self._name)

    def rows(self, variables: Sequence[str]) -> Iterator[Rows]:
        """Yield the rows, some at a time, and close the file at the end."""
        found = places(self.header, variables, self._name)
        needed = {name: self._keys[place] for name, place in zip(variables, found, strict=True)}
        try:
            for piece in chain(self._waiting, self._pieces):
                yield self._rows(piece, needed)
        finally:
            self.close()

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def _first_keys(self) -> list[str]:
        """Return the keys of the first object, and leave all lines to be read."""
        searched = 0
        while searched < _SEARCHED and (piece := next(self._pieces, None)) is not None:
            self._waiting.append(piece)
            self._check_lines(piece.texts)
            searched += sum(map(len, piece.texts))
            found = next((members for members in map(_read, piece.texts) if isinstance(members, dict)), None)
            if found is not None:
                return list(found)
        raise self._nothing()

    def _check_lines(self, lines: Sequence[str]) -> None:
        """Raise `DataError` for an object that goes over several lines, perhaps around an array, as servers answer."""
        if lines[0].strip() != "{":
            return
        wrapped = _WRAPPED.match("\n".join(lines))
        path = f".{wrapped[1]}[]" if wrapped else "."
        raise DataError(
            f"{self._name} has {'one object around an array' if wrapped else 'an object on several lines'}",
            hint=f"put each on a line: `jq -c '{path}' FILE | deriv ... --points - --points-format jsonl`",
        )

    def _nothing(self) -> DataError:
        if not self._waiting:
            return DataError(f"{self._name} is empty", hint=_WRITE)
        line = self._waiting[0].texts[0]
        check_text(line, line.encode("utf-8", "surrogateescape"), self._name)
        reason = next(self._reasons(), None)
        return DataError(f"no JSON object in {self._name}{f': {reason}' if reason else ''}", hint=_WRITE)

    def _reasons(self) -> Iterator[str]:
        """Yield what is wrong with each line that begins as an object does."""
        for piece in self._waiting:
            for number, line in zip(piece.lines, piece.texts, strict=True):
                if line.lstrip(BLANKS).startswith("{"):
                    yield f"line {number}: {_read(line)}"

    def _rows(self, piece: Elements, needed: Mapping[str, str]) -> Rows:
        chunk = _Chunk(piece.texts, needed, frozenset(self._keys))
        rest: Sequence[int] = range(len(piece.texts))
        for shape in self._shapes:
            rest = chunk.read_shape(shape, rest)
        self._learn(chunk.read_each(index for index in rest if index not in piece.bad))
        for index, reason in piece.bad.items():
            chunk.refuse(index, reason)
        places = {shape.pattern: shape.places for shape in self._shapes}
        records = ObjectRecords(piece.texts, self.header, self._keys, chunk.known, places)
        bad = chunk.bad
        if piece.first is not None:  # an array may stand on one line
            bad = {index: f"element {piece.first + index}: {reason}" for index, reason in bad.items()}
        return Rows(piece.lines, chunk.columns, records, bad, chunk.notes)

    def _learn(self, found: Iterable[tuple[tuple[str, ...], str | None]]) -> None:
        """Make a shape of what good rows are like that have none, as long as there are few."""
        for keys, note in found:
            if len(self._shapes) < _MOST_SHAPES and all(list(shape.places) != list(keys) for shape in self._shapes):
                self._shapes.append(LineShape(keys, note))


def _lines(blocks: Blocks) -> Iterator[Elements]:
    """Yield the lines of a file, as many at a time as a block has."""
    while (block := blocks.read()) is not None:
        lines = lines_of(decoded(block.data))
        numbers = range(block.first, block.first + len(lines))
        yield Elements(numbers, lines, {0: TOO_LONG} if block.too_long else {})


def _read(line: str) -> dict[str, Member] | str:
    """Return the members of a line, or why it has none."""
    reason = forbidden(line)
    return read_members(line) if reason is None else reason


class _Chunk:
    """The coordinates in some lines, as they are found: `variables` with their keys, of all `keys` of the header."""

    def __init__(self, lines: Sequence[str], variables: Mapping[str, str], keys: frozenset[str]) -> None:
        self._lines, self._variables, self._keys = lines, variables, keys
        self.columns: dict[str, Column] = {name: np.zeros(len(lines)) for name in variables}
        self.known: list[re.Match[str] | None] = [None] * len(lines)
        self.bad: dict[int, str] = {}
        self.notes: dict[int, str] = {}

    def read_shape(self, shape: LineShape, indices: Sequence[int]) -> Sequence[int]:
        """Read those of some lines that have a shape, and numbers for the variables; return the others."""
        if not shape.places.keys() >= set(self._variables.values()):
            return indices
        matches: list[Any] = list(map(shape.pattern.fullmatch, map(self._lines.__getitem__, indices)))
        rest = []
        if None in matches:
            rest = [index for index, match in zip(indices, matches, strict=True) if match is None]
            indices = [index for index, match in zip(indices, matches, strict=True) if match is not None]
            matches = [match for match in matches if match is not None]
        for name, key in self._variables.items():
            numbers, bad = number_column(name, list(map(itemgetter(shape.places[key]), matches)))
            self.columns[name][indices] = numbers
            rest += [indices[place] for place in bad]
        for index, match in zip(indices, matches, strict=True):
            self.known[index] = match
        if shape.note is not None:
            self.notes.update(dict.fromkeys(indices, shape.note))
        return sorted(set(rest))

    def read_each(self, indices: Iterable[int]) -> Iterator[tuple[tuple[str, ...], str | None]]:
        """Read lines one by one; give the keys of those that are good rows, and what is noted of them."""
        for index in indices:
            members = _read(self._lines[index])
            reason = members if isinstance(members, str) else self._take(index, members)
            if reason is not None:
                self.refuse(index, reason)
            else:
                yield tuple(members), self.notes.get(index)

    def refuse(self, index: int, reason: str) -> None:
        """Mark a line as bad."""
        self.bad[index] = reason
        self.notes.pop(index, None)
        for column in self.columns.values():
            column[index] = math.nan

    def _take(self, index: int, members: dict[str, Member]) -> str | None:
        """Take the numbers of an object; return why it is no good row, if so."""
        for name, key in self._variables.items():
            number = members[key].number(name) if key in members else f"`{name}` is missing"
            if isinstance(number, str):
                return number
            self.columns[name][index] = number
        further = [shown(key) for key in members if key not in self._keys]
        if further:
            self.notes[index] = f"not in the header: {', '.join(further)}"
        return None
