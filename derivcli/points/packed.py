"""Bytes that are compressed by gzip, bzip2, xz or Zstandard -> what they hold, in constant memory and within a limit.

What a stream is tells how it begins, not its name: a browser unpacks what is still called `.gz`.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from derivcli import parts
from derivcli.errors import DataError, LimitError

if TYPE_CHECKING:
    from collections.abc import Callable

Readable = BinaryIO | io.BufferedIOBase
_GIB = 2**30  # bytes
# A bomb unpacks to thousands of times its size. Text of numbers makes 2 to 20 times, columns that stay the same 1,000.
MAX_UNPACKED = _GIB  # bytes that any stream may hold
MAX_RATIO = 100  # of larger ones
# xz asks for as much memory as its dictionary is long, up to 4 GiB; `xz -9`, its largest preset, has one of 64 MiB.
_MEMORY = 2**27
_PIECE = 2**16  # bytes read at once: what a pipe holds
_OUT_OF_MEMORY = "it wants more than 128 MiB of memory"


class Filter(io.BufferedIOBase):
    """A stream that reads from another one, and counts what has been read; to close it closes that."""

    def __init__(self, stream: Readable) -> None:
        self._stream, self._count = stream, 0
        self._read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)

    @property
    def bytes_read(self) -> int:
        """How much has been read, as the stream below counts if it does: of a compressed one what is in the file."""
        return int(getattr(self._stream, "bytes_read", self._count))

    def fileno(self) -> int:
        """Return its number for the system."""
        return self._stream.fileno()

    def close(self) -> None:
        """Close what it reads from."""
        self._stream.close()


class Stream(Filter):
    """Shows how a stream begins before it is read; one that is `kept` is somebody else's, and is not closed."""

    def __init__(self, stream: Readable, *, kept: bool = False) -> None:
        super().__init__(stream)
        self._kept, self._start = kept, b""

    def start(self, is_open: Callable[[bytes], bool]) -> bytes:
        """Return how the stream begins: as much of it as leaves nothing open, if there is so much."""
        while is_open(self._start) and (piece := self._read(_PIECE)):
            self._start += piece
        return self._start

    def read1(self, size: int = -1, /) -> bytes:
        """Return what there is, at most `size` bytes."""
        count = len(self._start) if size < 0 else size
        data, self._start = self._start[:count], self._start[count:]
        data = data or self._read(size)
        self._count += len(data)
        return data

    def read(self, size: int | None = -1, /) -> bytes:
        """Return what there is, at most `size` bytes: who unpacks them does not wait for more either."""
        return self.read1(-1 if size is None else size)

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def close(self) -> None:
        """Close what it reads from."""
        if not self._kept:
            super().close()


class Packed(io.BufferedIOBase):
    """What a compressed stream holds. Reading raises `DataError` for a damaged one, `LimitError` for a bomb."""

    def __init__(self, stream: Stream, name: str, unpack: Callable[[Stream], Any]) -> None:
        self._stream, self._name, self._count = stream, name, 0
        self._file = unpack(stream)

    @property
    def bytes_read(self) -> int:
        """How much of the compressed stream has been read."""
        return self._stream.bytes_read

    def read1(self, size: int = -1, /) -> bytes:
        """Return what there is, at most `size` bytes."""
        try:
            data = cast("bytes", self._file.read1(size if size >= 0 else _PIECE))
        except MemoryError:
            raise self._damaged(_OUT_OF_MEMORY) from None
        except Exception as error:  # each library has errors of its own, and OSError, EOFError
            raise self._damaged(str(error)) from None
        self._count += len(data)
        if self._count > max(MAX_UNPACKED, MAX_RATIO * self.bytes_read):
            raise LimitError(
                f"{self._name} unpacks to more than {MAX_UNPACKED:,} bytes, and {MAX_RATIO} times its size",
                hint="if it is meant to, unpack it first, and give the text",
            )
        return data

    def close(self) -> None:
        """Close the stream."""
        self._stream.close()

    def _damaged(self, how: str) -> DataError:
        said = how[:1].lower() + how[1:].partition("\n")[0].rstrip(".")
        return DataError(f"{self._name} cannot be unpacked to its end: {said}", hint="get another copy of it")


class _Xz:
    """The streams of xz, one after the other; `lzma.LZMAFile` has no limit on its memory."""

    def __init__(self, stream: Stream) -> None:
        self._stream, self._left, self._ends = stream, b"", False
        self._next()

    def _next(self) -> None:
        import lzma

        self._unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)

    def read1(self, size: int) -> bytes:
        """Return what there is; nothing at the end."""
        while True:
            if self._unpacker.eof:
                rest = self._unpacker.unused_data.lstrip(b"\0") or self._stream.read1(_PIECE).lstrip(b"\0")
                if not rest:
                    return b""
                self._next()
            elif self._unpacker.needs_input:
                rest = self._stream.read1(_PIECE)
                if not rest:
                    raise EOFError("it ends too early")
            else:
                rest = b""
            data = self._unpacker.decompress(rest, size)
            if data:
                return data


def _gzip(stream: Stream) -> Any:
    import gzip

    return gzip.GzipFile(fileobj=cast("BinaryIO", stream), mode="rb")


def _bzip2(stream: Stream) -> Any:
    import bz2

    return bz2.BZ2File(cast("BinaryIO", stream))


def _zstandard(stream: Stream) -> Any:
    """Python has it from 3.14 on."""
    for module in ("compression.zstd", "backports.zstd"):
        if not parts.is_missing(module):
            return parts.load(module).ZstdFile(stream)
    raise parts.missing("backports.zstd", "Zstandard needs Python 3.14 or backports.zstd")


_STARTS: dict[bytes, Callable[[Stream], Any]] = {
    b"\x1f\x8b\x08": _gzip,
    b"BZh": _bzip2,
    b"\xfd7zXZ\0": _Xz,
    b"\x28\xb5\x2f\xfd": _zstandard,
}
_BZIP2 = b"1AY&SY", b"\x17rE8P\x90"  # after its level: a block, or none; a table may begin with `BZh` as well
_LONGEST = 10  # bytes: `BZh`, a level, and these six
SUFFIXES = frozenset({".gz", ".gzip", ".bgz", ".bz2", ".xz", ".zst", ".zstd"})


def unpacked(stream: Stream, name: str) -> Stream | Packed:
    """Return what a stream holds: itself where it is not compressed. Raises `MissingPartError` without a library."""
    start = stream.start(_is_open)
    unpack = next((unpack for mark, unpack in _STARTS.items() if start.startswith(mark)), None)
    if unpack is None or (unpack is _bzip2 and not start[4:].startswith(_BZIP2)):
        return stream
    return Packed(stream, name, unpack)


class _Raw(io.RawIOBase):
    """What a compressed stream holds, for who reads it by lines."""

    def __init__(self, packed: Packed) -> None:
        self._packed = packed

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill a buffer as far as there is something."""
        data = self._packed.read1(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def by_lines(stream: BinaryIO, name: str) -> BinaryIO:
    """Return a stream, or what it holds if it is compressed, to be read by lines; it stays open."""
    start = stream.peek(_LONGEST)[:_LONGEST] if isinstance(stream, io.BufferedReader) else b""
    if not any(start.startswith(mark) for mark in _STARTS):
        return stream
    found = unpacked(Stream(stream, kept=True), name)
    return io.BufferedReader(_Raw(found)) if isinstance(found, Packed) else stream


def _is_open(start: bytes) -> bool:
    """Tell whether these bytes may go on as a compressed stream does."""
    return any(mark.startswith(start) for mark in _STARTS if len(start) < len(mark)) or (
        start.startswith(b"BZh") and len(start) < _LONGEST
    )
