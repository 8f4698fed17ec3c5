"""A JSON array -> its elements, each on one line, with the number of the line where it begins; in constant memory.

Here nothing is said about what an element is: its end is where its brackets close, outside of texts. What stands
between elements and is no comma, and an array that does not end, are elements that cannot be read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from derivcli.errors import DataError
from derivcli.model.rows import CHUNK
from derivcli.points.blocks import MAX_LINE, decoded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from derivcli.points.packed import Stream

_PIECE = 2**18  # bytes read at once: some thousand elements
_MOST = 2**22  # bytes of elements that are given on at once
_SLOW = 2**12  # a piece shorter than this means that the writer has paused
_SPACE = rb"[ \t\r\n]"
_BEGINS = re.compile(rb"%b*\[%b*(?=[{\]])" % (_SPACE, _SPACE))
_MAY_BEGIN = re.compile(rb"%b*(?:\[%b*)?" % (_SPACE, _SPACE))
_BETWEEN = re.compile(rb"%b*(,?)%b*" % (_SPACE, _SPACE))
_TEXT = rb'"(?:[^"\\\n]++|\\.)*+"'  # on one line: so a quote that never closes costs no other line
_INNER = rb'(?:[^{}\[\]"]++|%b)*+' % _TEXT
# An object in which nothing is nested twice: most are such, and one pattern finds their ends.
_FLAT = re.compile(rb'\{(?:[^{}\[\]"]++|%b|\[%b\]|\{%b\})*+\}' % (_TEXT, _INNER, _INNER), re.DOTALL)
_SCALAR = re.compile(rb'(?:%b|[^\[\]{}",]++)++(?=[,\]])' % _TEXT, re.DOTALL)
# The second is a text of which the end has not been read.
_BRACKET = re.compile(rb'%b|("(?:[^"\\\n]++|\\.)*+\\?\Z)|[\[\]{}]' % _TEXT, re.DOTALL)
_STEPS = {b"{": 1, b"[": 1, b"}": -1, b"]": -1}
_BREAK = re.compile(r'"(?:[^"\\\r\n]++|\\.)*+"|"|[ \t]*[\r\n][ \t\r\n]*')
_CUT_OFF = "the array does not end here: the file is cut off"
_AFTER = "text follows the array"
_NO_COMMA = "a comma is missing before it"
_EMPTY = "an element is missing after a comma"


class Elements(NamedTuple):
    """Some elements: their lines, their texts, those that cannot be read; of an array the number of the first."""

    lines: Sequence[int]
    texts: Sequence[str]
    bad: dict[int, str]
    first: int | None = None


def is_array(stream: Stream) -> bool:
    """Tell whether a stream begins with an array of objects; nothing of it is read."""
    return bool(_BEGINS.match(stream.start(lambda start: bool(_MAY_BEGIN.fullmatch(start)))))


def elements(stream: Stream, name: str) -> Iterator[Elements]:
    """Yield the elements of the array in a stream. Raises `DataError` for one that is too long to be held."""
    return _Array(stream, name).read()


class _Elements(NamedTuple):
    """Elements as they are found."""

    lines: list[int]
    texts: list[str]
    bad: dict[int, str]

    def add(self, line: int, text: str, reason: str | None = None) -> None:
        """Add an element."""
        if reason is not None:
            self.bad[len(self.lines)] = reason
        self.lines.append(line)
        self.texts.append(text)


class _Array:
    """What has been read of an array and not yet given on, and the number of the line where that begins."""

    def __init__(self, stream: Stream, name: str) -> None:
        self._stream, self._name = stream, name
        self._data, self._place, self._line = b"", 0, 1
        self._ended = self._closed = False
        self._is_first = True
        self._given = 0  # elements that have been given on
        self._held = 0  # bytes of those that have been found since

    def read(self) -> Iterator[Elements]:
        """Yield the elements, as many at a time as there are, or as a chunk has."""
        short = self._more()
        while (begin := _BEGINS.match(self._data)) is None:  # it has been seen to begin so
            self._more()
        self._pass(begin.end())
        found = _Elements([], [], {})
        while not self._closed:
            while self._has_room(found) and self._take(found):
                pass
            if not self._has_room(found) or (found.lines and (short or self._closed)):
                yield self._numbered(found)
                found = _Elements([], [], {})
            elif not self._closed:
                short = self._more()
        yield from [self._numbered(found)] if found.lines else []

    def _numbered(self, found: _Elements) -> Elements:
        """Return elements with the number of the first."""
        self._given, self._held = self._given + len(found.lines), 0
        return Elements(*found, first=self._given - len(found.lines) + 1)

    def _has_room(self, found: _Elements) -> bool:
        return len(found.lines) < CHUNK and self._held < _MOST

    def _more(self) -> bool:
        """Read some more; tell whether the writer has paused."""
        if len(self._data) - self._place > MAX_LINE:
            raise DataError(f"{self._name}: line {self._next_line()}: the element is longer than {MAX_LINE} bytes")
        piece = self._stream.read1(_PIECE)
        self._data, self._place = self._data[self._place :] + piece, 0
        self._ended = not piece
        return len(piece) < _SLOW

    def _take(self, found: _Elements) -> bool:
        """Take the next element; tell whether there is a further one to be taken without reading more."""
        between = _BETWEEN.match(self._data, self._place)
        assert between is not None  # noqa: S101 - it matches nothing, too
        start = between.end()
        if start == len(self._data):
            return self._cut_off(found) if self._ended else False
        if self._data[start : start + 1] == b"]":
            return self._end(found, start, has_comma=bool(between[1]))
        if self._data[start : start + 1] == b",":
            self._pass(start)
            found.add(self._line, "", _EMPTY)
            return True
        stop = self._stop(start)
        if stop is None:
            return self._cut_off(found) if self._ended else False
        reason = None if between[1] or self._is_first else _NO_COMMA
        self._pass(start)
        found.add(self._line, _on_one_line(decoded(self._data[start:stop])), reason)
        self._pass(stop)
        self._held += stop - start
        self._is_first = False
        return True

    def _stop(self, start: int) -> int | None:
        """Return where the element that begins here ends, None where that has not been read."""
        found = _FLAT.match(self._data, start) or _SCALAR.match(self._data, start)
        if found is not None:
            return found.end()
        depth = 0
        for mark in _BRACKET.finditer(self._data, start):
            if mark[1] is not None and not self._ended:
                return None
            depth += _STEPS.get(mark[0], 0)
            if depth <= 0 and mark[0] in _STEPS:
                return mark.end()
        return None

    def _end(self, found: _Elements, place: int, *, has_comma: bool) -> bool:
        """Pass the end of the array; what follows it is looked at only as far as it has been read."""
        if has_comma:
            found.add(self._next_line(), "", _EMPTY)
        self._pass(place + 1)
        while not self._data[self._place :].strip() and not self._ended:
            self._pass(len(self._data))
            self._more()
        rest = self._data[self._place :]
        if rest.strip():
            self._pass(self._place + len(rest) - len(rest.lstrip()))
            found.add(self._line, "", _AFTER)
        self._closed = True
        return False

    def _cut_off(self, found: _Elements) -> bool:
        found.add(self._next_line(), "", _CUT_OFF)
        self._closed = True
        return False

    def _next_line(self) -> int:
        """Return the line of what comes next."""
        between = _BETWEEN.match(self._data, self._place)
        return self._line + (between[0].count(b"\n") if between else 0)

    def _pass(self, place: int) -> None:
        """Go on to a place, and count the lines that end before it."""
        self._line += self._data.count(b"\n", self._place, place)
        self._place = place


def _on_one_line(text: str) -> str:
    """Return an element with a blank for each line break; one inside a text stays, since JSON has none there."""
    if "\n" not in text and "\r" not in text:
        return text
    return _BREAK.sub(_unbroken, text)


def _unbroken(found: re.Match[str]) -> str:
    text = found[0]
    if text == '"':  # of a text that a line break cuts: with the break it stays wrong
        return '"\n'
    return text if text.startswith('"') else " "
