"""JSON Lines as a source of points: one object a line, its members named as the variables."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

import numpy as np

from derivcli.errors import DataError
from derivcli.model.choices import Form
from derivcli.model.rows import Rows
from derivcli.points.blocks import FORBIDDEN, TOO_LONG, Block, Blocks, decoded, forbidden, lines_of, may_be_odd
from derivcli.points.cells import BLANKS, shown
from derivcli.points.headers import check_text, places, read_header
from derivcli.points.members import MAX_DEPTH, read_members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from derivcli.model.rows import Column
    from derivcli.points.members import Member

    Object = dict[str, Any]

_WRITE = 'write one object a line, such as {"x": 1, "y": 2}; see deriv --manual files'
_ARRAY = "it is a JSON array: write one object a line, such as `jq -c '.[]' FILE | deriv ... --points -`"
_SEARCHED = 2**20  # bytes in which the first object must stand
_LONGEST = 3_500  # characters of a line whose numbers are certainly within the limit of digits
_FEW = 8  # parts into which lines are split where one of them is odd
_NUMBERS = {int, float}
# In a line with a 0: it may have lost its sign, or be the rest of a number with a huge exponent.
_SPECIAL_ZERO = re.compile(r"-0|[eE][+-]?[0-9]{4}")


@dataclass(frozen=True, slots=True)
class ObjectRecords:
    """Lines of JSON; `keys` are the names in the header as the file spells them."""

    texts: Sequence[str]
    keys: Mapping[str, str]
    batch: Any = None

    def cells(self, index: int) -> Sequence[str]:
        """Return the values of a row as texts, nothing for a key that it lacks; none of a row that is no object."""
        members = _read(self.texts[index])
        if isinstance(members, str):
            return []
        return [members[key].cell if key in members else "" for key in self.keys.values()]

    def exact(self, index: int, name: str) -> str:
        """Return the text of a coordinate as it stands in the file."""
        members = _read(self.texts[index])
        assert not isinstance(members, str)  # noqa: S101 - the row is good
        return members[self.keys[name]].text


class JsonLines:
    """A file of JSON Lines; its rows can be read once. The keys of the first object are the header.

    Raises `DataError` for a file without an object, or with a header that cannot be used, when it is made.
    """

    form = Form.JSONL

    def __init__(self, stream: BinaryIO, name: str, *, careful: bool = False) -> None:
        self._stream, self._name, self._careful = stream, name, careful
        self._blocks = Blocks(stream, name)
        self._waiting: list[Block] = []
        keys = self._first_keys()
        self._header = read_header(keys, name)
        self._keys = dict(zip(self._header, keys, strict=True))

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self._header

    @property
    def bytes_read(self) -> int:
        """How much of the file has been read."""
        return self._blocks.bytes_read

    def rows(self, variables: Sequence[str]) -> Iterator[Rows]:
        """Yield the rows, some at a time, and close the file at the end."""
        places(self._header, variables, self._name)
        try:
            for block in chain(self._waiting, iter(self._blocks.read, None)):
                yield self._rows(block, variables)
        finally:
            self.close()

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def _first_keys(self) -> list[str]:
        """Return the keys of the first object, and leave all lines to be read."""
        searched = 0
        while searched < _SEARCHED and (block := self._blocks.read()) is not None:
            self._waiting.append(block)
            searched += len(block.data)
            lines = [] if block.too_long else lines_of(decoded(block.data))
            found = next((members for members in map(_read, lines) if isinstance(members, dict)), None)
            if found is not None:
                return list(found)
        raise self._nothing()

    def _nothing(self) -> DataError:
        if not self._waiting:
            return DataError(f"{self._name} is empty", hint=_WRITE)
        data = self._waiting[0].data
        line = lines_of(decoded(data))[0]
        check_text(line, data, self._name)
        reason = next(self._reasons(), None)
        if reason is not None:
            return DataError(f"no JSON object in {self._name}: {reason}", hint=_WRITE)
        return DataError(f"no JSON object in {self._name}", hint=_ARRAY if line.lstrip().startswith("[") else _WRITE)

    def _reasons(self) -> Iterator[str]:
        """Yield what is wrong with each line that begins as an object does."""
        for block in self._waiting:
            for number, line in enumerate(lines_of(decoded(block.data)), block.first):
                if line.lstrip(BLANKS).startswith("{"):
                    yield f"line {number}: {_read(line)}"

    def _rows(self, block: Block, variables: Sequence[str]) -> Rows:
        text = decoded(block.data)
        lines = lines_of(text)
        numbers = range(block.first, block.first + len(lines))
        records = ObjectRecords(lines, self._keys)
        chunk = _Chunk(lines, self._keys, variables)
        if block.too_long:
            chunk.refuse(0, TOO_LONG)
        elif self._careful:
            chunk.read_each(range(len(lines)))
        else:
            chunk.read_all(forbidden=may_be_odd(text))
        return Rows(numbers, chunk.columns, records, chunk.bad, chunk.notes)


def _read(line: str) -> dict[str, Member] | str:
    """Return the members of a line, or why it has none."""
    reason = forbidden(line)
    return read_members(line) if reason is None else reason


class _Chunk:
    """The coordinates in some lines, as they are found."""

    def __init__(self, lines: list[str], keys: Mapping[str, str], variables: Sequence[str]) -> None:
        self._lines, self._variables = lines, {name: keys[name] for name in variables}
        self._known = dict.fromkeys(keys.values()).keys()
        self.columns: dict[str, Column] = {name: np.zeros(len(lines)) for name in variables}
        self.bad: dict[int, str] = {}
        self.notes: dict[int, str] = {}

    def read_all(self, *, forbidden: bool) -> None:
        """Read the lines, most of them at once; `forbidden` tells that some hold what no line may hold."""
        objects = [
            found if found is not None and self._is_plain(found, line) else None
            for found, line in zip(_loaded(self._lines), self._lines, strict=True)
        ]
        odd = {index for index, found in enumerate(objects) if found is None}
        if forbidden:
            odd.update(index for index, line in enumerate(self._lines) if FORBIDDEN.search(line))
        for name, key in self._variables.items():
            values = [0.0 if found is None else found[key] for found in objects]
            if not set(map(type, values)) <= _NUMBERS:
                odd.update(index for index, value in enumerate(values) if type(value) not in _NUMBERS)
                values = [value if type(value) in _NUMBERS else 0.0 for value in values]
            odd.update(self._fill(name, values))
        self.read_each(sorted(odd))

    def read_each(self, indices: Iterable[int]) -> None:
        """Read lines one by one."""
        for index in indices:
            members = _read(self._lines[index])
            reason = members if isinstance(members, str) else self._take(index, members)
            if reason is not None:
                self.refuse(index, reason)

    def refuse(self, index: int, reason: str) -> None:
        """Mark a line as bad."""
        self.bad[index] = reason
        for column in self.columns.values():
            column[index] = math.nan

    def _take(self, index: int, members: dict[str, Member]) -> str | None:
        """Take the numbers of an object; return why it is no good row, if so."""
        for name, key in self._variables.items():
            number = members[key].number(name) if key in members else f"`{name}` is missing"
            if isinstance(number, str):
                return number
            self.columns[name][index] = number
        further = [shown(key) for key in members if key not in self._known]
        if further:
            self.notes[index] = f"not in the header: {', '.join(further)}"
        return None

    def _is_plain(self, found: Object, line: str) -> bool:
        """Tell whether an object has the keys of the header, once each, and nothing that must be looked at."""
        return (
            type(found) is dict
            and found.keys() == self._known
            and line.count(":") == len(found)
            and len(line) <= _LONGEST
            and line.count("[") < MAX_DEPTH
            and "\\u" not in line
        )

    def _fill(self, name: str, values: list[float]) -> list[int]:
        """Take the numbers of a column; return where a line must be looked at: not finite, or perhaps not quite 0."""
        try:
            column = np.array(values, dtype=np.float64)
        except OverflowError:
            return list(range(len(values)))
        self.columns[name] = column
        zeros = [index for index in np.flatnonzero(column == 0).tolist() if _SPECIAL_ZERO.search(self._lines[index])]
        return [*zeros, *np.flatnonzero(~np.isfinite(column)).tolist()]


def _loaded(lines: Sequence[str]) -> list[Any]:
    """Return what each line holds, None where it is not JSON; of a key that stands twice the last value."""
    loads = _loader()
    try:
        return list(map(loads, lines))
    except (ValueError, RecursionError):
        if len(lines) == 1:
            return [None]
    step = -(-len(lines) // _FEW)
    return [found for start in range(0, len(lines), step) for found in _loaded(lines[start : start + step])]


@cache
def _loader() -> Callable[[str], Any]:
    """Return the fastest strict reader of JSON there is."""
    try:
        import orjson
    except ImportError:
        return json.JSONDecoder(parse_constant=_refuse).decode
    return orjson.loads


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)
