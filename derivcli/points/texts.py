"""Bytes of text in any encoding and with any line ends -> UTF-8 with line feeds.

UTF-8 whose lines end in line feeds passes as it is. A byte order mark at the start names UTF-16 and UTF-32, unless an
encoding is told. Lines end in carriage returns alone where the beginning has some and no line feed: where one stands
among line feeds, it is no end of a line, and those who read the line will refuse it.
"""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING, Any

from derivcli.points.packed import Filter

if TYPE_CHECKING:
    from collections.abc import Callable

    from derivcli.points.packed import Readable

_MARKS = (  # the longer ones first: that of UTF-32 begins as that of UTF-16 does
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LONGEST_MARK = 4  # bytes
_ORDERS = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}  # of bytes, where no mark says it: that of Windows
_SEARCHED = 2**16  # bytes in which a line ends
_PIECE = 2**16  # bytes read at once: what a pipe holds
_WRONG = "derivcli.wrong"  # our way with bytes that an encoding does not know


def _wrong(error: UnicodeError) -> tuple[str | bytes, int]:
    """Return what is, or becomes, a byte that UTF-8 does not know, so that its line is refused."""
    if isinstance(error, UnicodeEncodeError):
        return b"\xff" * (error.end - error.start), error.end
    if isinstance(error, UnicodeDecodeError):
        return "\udcff" * (error.end - error.start), error.end
    raise error


codecs.register_error(_WRONG, _wrong)


class Utf8(Filter):
    """A stream of bytes as UTF-8 with line feeds."""

    def __init__(self, stream: Readable, encoding: str | None = None) -> None:
        super().__init__(stream)
        self._encoding = encoding
        self._convert: Callable[[bytes, bool], bytes] | None = None

    @property
    def is_same(self) -> bool:
        """Whether what follows passes as it is; known when something has been read."""
        return self._convert is _same

    def read1(self, size: int = -1, /) -> bytes:
        """Return about `size` bytes, none at the end."""
        if self._convert is None and (found := self._begun()):
            return found
        assert self._convert is not None  # noqa: S101 - it has been chosen
        while True:
            data = self._piece(size)
            found = self._convert(data, not data)
            if found or not data:
                return found

    def _piece(self, size: int) -> bytes:
        data = self._read(size)
        self._count += len(data)
        return data

    def _begun(self) -> bytes:
        """Look at how the stream begins, choose how it is converted, and return that much of it."""
        start, ended = b"", False
        while len(start) < _LONGEST_MARK and not ended:
            start += (piece := self._piece(_PIECE))
            ended = not piece
        marked = next((name for mark, name in _MARKS if start.startswith(mark)), None)
        encoding = self._encoding or marked or "utf-8"
        if encoding in _ORDERS and marked != encoding:
            encoding = _ORDERS[encoding]
        as_it_is = codecs.lookup(encoding).name == "utf-8"
        decoder = codecs.getincrementaldecoder(encoding)(_WRONG)
        text = decoder.decode(start, ended)
        while not ended and len(start) < _SEARCHED and _is_open(text):
            piece = self._piece(_PIECE)
            text, ended, start = text + decoder.decode(piece, not piece), not piece, start + piece
        if "\r" in text and "\n" not in text:
            ends = io.IncrementalNewlineDecoder(decoder, translate=True)
            self._convert = lambda data, final: _utf_8(ends.decode(data, final))
            return _utf_8(text.removeprefix("\ufeff").replace("\r", "\n"))
        self._convert = _same if as_it_is else lambda data, final: _utf_8(decoder.decode(data, final))
        return start.removeprefix(codecs.BOM_UTF8) if as_it_is else _utf_8(text.removeprefix("\ufeff"))


def _is_open(text: str) -> bool:
    """Tell whether no line has ended yet; a carriage return at the end may be a half of an end."""
    return "\n" not in text and "\r" not in text[:-1]


def _utf_8(text: str) -> bytes:
    """Return a text in UTF-8; what stood for wrong bytes is not UTF-8."""
    return text.encode("utf-8", _WRONG)


def _same(data: bytes, _final: Any) -> bytes:
    return data
