"""A stream of bytes -> blocks of whole lines that know their line numbers, in constant memory, and their text.

Lines end in a line feed; a carriage return before it is left to those who read the line. Empty lines at the end of the
stream are no lines, unless they are more than a block; a byte order mark at the start is no part of the first line.
"""

from __future__ import annotations

import re
import select
from codecs import BOM_UTF8
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from derivcli.errors import DataError, reason
from derivcli.model.rows import CHUNK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.points.packed import Readable

MAX_LINE = 2**20  # bytes of a line
TOO_LONG = f"the line is too long: the limit is {MAX_LINE} bytes"
_SIZES = (2**16, 2**22)  # the fewest and the most bytes that are read at once
_SLOW = 2**12  # a piece shorter than this means that the writer has paused
_PAUSE = 0.05  # seconds to wait for more from a writer that has paused
_ROOM = 0.95  # of a block: lines vary in length
FORBIDDEN = re.compile("[\r\0\udc80-\udcff]")
_NOT_UTF8 = re.compile("[\udc80-\udcff]")
_REASONS = (
    (re.compile("\0"), "the line contains a NUL byte"),
    (re.compile("\r"), "the line contains a carriage return"),
    (_NOT_UTF8, "the line is not UTF-8"),
)


class Block(NamedTuple):
    """Consecutive lines, the first of which has number `first`; the last one has no line ending.

    `last` means that no line follows that could belong to these: the stream ends, or a line follows that is too long.
    Such a line is a block of its own, `too_long` and without data.
    """

    first: int
    data: bytes
    last: bool = False
    too_long: bool = False


class Blocks:
    """The blocks of a stream, one after the other; lines that are given back come again, and more with them.

    `first` is the number of the first line, above 1 where the stream is a section of a file.
    """

    def __init__(self, stream: Readable, name: str, first: int = 1) -> None:
        self._name, self._stream, self._count = name, stream, 0
        self._read = getattr(stream, "read1", stream.read)
        self._size = 2**18
        self._segments = self._split()
        self._held = b""  # whole lines
        self._empty = 0  # empty lines after them, which count only if another follows
        self._first = first  # the number of the first line held
        self._too_long = self._ended = False
        self._needs_more = True

    @property
    def bytes_read(self) -> int:
        """How much of the stream has been read, of a compressed one as the stream itself counts."""
        return int(getattr(self._stream, "bytes_read", self._count))

    def read(self) -> Block | None:
        """Return the next block, None at the end; raises `DataError` where the stream cannot be read."""
        if self._too_long and not self._held:
            self._too_long, self._needs_more = False, True
            self._first += 1
            return Block(self._first - 1, b"", last=True, too_long=True)
        while self._needs_more and not (self._too_long or self._ended):
            self._needs_more = not self._fetch()
        return self._taken() if self._held else None if self._ended else self.read()

    def give_back(self, data: bytes, *, more: bool = True) -> None:
        """Take back the last lines of the last block, which cannot be understood without `more`, or can."""
        self._held = data + b"\n" + self._held
        self._needs_more = more
        self._first -= data.count(b"\n") + 1

    def _taken(self) -> Block:
        count = self._held.count(b"\n")
        data, self._held = _cut(self._held, CHUNK) if count > CHUNK else (self._held, b"")
        block = Block(self._first, data[:-1], last=not self._held and (self._ended or self._too_long))
        lines = min(count, CHUNK)
        self._needs_more = not self._held
        self._first += lines
        self._size = int(min(max(_ROOM * CHUNK * len(data) / lines, _SIZES[0]), _SIZES[1]))
        return block

    def _fetch(self) -> bool:
        """Hold one more segment; tell whether there is something new to take."""
        segment = next(self._segments, b"")
        if segment:
            data, empty = _without_empty_end(segment)
            if not data and self._empty + empty <= CHUNK:
                self._empty += empty
                return False
            self._held += b"\n" * self._empty + data
            self._empty = empty
            return True
        self._too_long, self._ended = segment is None, segment is not None
        if self._too_long:
            self._held += b"\n" * self._empty
            self._empty = 0
        return True

    def _split(self) -> Iterator[bytes | None]:
        """Yield whole lines, some at a time, and None for a line that is too long, which is never held."""
        data = self._piece()
        while len(data) < len(BOM_UTF8) and (piece := self._piece()):
            data += piece
        if self._first == 1:
            data = data.removeprefix(BOM_UTF8) or self._piece()
        while data:
            start = 0
            while len(data) - start > MAX_LINE:
                cut = data.rfind(b"\n", start, start + MAX_LINE + 1) + 1
                if not cut:
                    if start:
                        yield data[:start]
                    yield None
                    data, start = self._after_line(data[start:]), 0
                else:
                    start = cut
            cut = data.rfind(b"\n") + 1
            if cut:
                yield data[:cut]
            piece = self._piece()
            if not piece and cut < len(data):
                yield data[cut:] + b"\n"
            data = data[cut:] + piece if piece else b""

    def _after_line(self, data: bytes) -> bytes:
        """Return what follows the line that begins here."""
        while (end := data.find(b"\n") + 1) == 0:
            data = self._piece()
            if not data:
                return b""
        return data[end:]

    def _piece(self) -> bytes:
        """Return some bytes, about as many as make a block, none at the end."""
        pieces: list[bytes] = []
        left = self._size
        try:
            while left > 0 and (piece := self._read(left)):
                pieces.append(piece)
                left -= len(piece)
                if len(piece) < _SLOW or self._pauses():
                    break
        except OSError as error:
            raise DataError(f"cannot read {self._name}: {reason(error)}") from None
        data = b"".join(pieces)
        self._count += len(data)
        return data

    def _pauses(self) -> bool:
        """Tell whether nothing more comes for a moment; never of what is no pipe."""
        try:
            return not select.select([self._stream], [], [], _PAUSE)[0]
        except (OSError, ValueError, TypeError, AttributeError):  # no pipe, or one that cannot be asked
            return False


def _cut(data: bytes, lines: int) -> tuple[bytes, bytes]:
    """Split data after that many lines."""
    ends = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == ord("\n"))
    end = int(ends[lines - 1]) + 1
    return data[:end], data[end:]


def _without_empty_end(data: bytes) -> tuple[bytes, int]:
    """Return whole lines without the empty ones at their end, and how many these were."""
    end = len(data)
    count = 0
    while end:
        start = end - 2 if data[max(end - 2, 0) : end] == b"\r\n" else end - 1
        if start and data[start - 1] != ord("\n"):
            break
        end = start
        count += 1
    return data[:end], count


def decoded(data: bytes) -> str:
    """Return data as text; bytes that are not UTF-8 become lone surrogates, which UTF-8 has none of."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("utf-8", "surrogateescape")


def may_be_odd(text: str) -> bool:
    """Tell whether a line of a text may hold what no line may hold; fast."""
    if "\0" in text or ("\r" in text and text.count("\r") > text.count("\r\n") + text.endswith("\r")):
        return True
    return not text.isascii() and bool(_NOT_UTF8.search(text))


def clean(text: str) -> str:
    """Return a text that can be written: with U+FFFD for bytes that were not UTF-8."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def lines_of(text: str) -> list[str]:
    """Split a text into lines without their endings."""
    lines = text.split("\n")
    return [line.removesuffix("\r") for line in lines] if "\r" in text else lines


def forbidden(line: str) -> str | None:
    """Return what makes a line unreadable in any form."""
    return next((reason for pattern, reason in _REASONS if pattern.search(line)), None)
