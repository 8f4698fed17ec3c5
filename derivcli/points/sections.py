"""A file of points in sections, each of which can be read without the others: row groups, blocks of whole lines.

A block ends at the end of a line that is not empty: empty lines count as rows only if others follow. Where a quoted
cell may go on over the end of a line, where the file is compressed or in another encoding, it is one section; so is
JSON Lines, of which the first object names the columns.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from derivcli.points.delimited import Delimited
from derivcli.points.files import open_points
from derivcli.points.named import opened
from derivcli.points.parquet import Parquet

if TYPE_CHECKING:
    from derivcli.points.files import FileSource
    from derivcli.points.told import Told

# Bytes of text: some 400,000 rows of 20 bytes, two seconds of a core. An engine needs milliseconds for a task.
BLOCK = 8 * 2**20
_ENDS = b"\r\n"


@dataclass(frozen=True, slots=True)
class FileSection:
    """A part of a file: `start` to `stop` in bytes, or in row groups; its first line has the number `first`."""

    start: int
    stop: int
    first: int


def sections(source: FileSource, name: str, size: int | None = None) -> list[FileSection | None]:
    """Return the sections of a file, in order; None stands for the whole of one that is not cut.

    `source` is the file, of which no row has been read; `size` says how many bytes of text a block has, about.
    """
    if isinstance(source, Parquet):
        firsts = 1
        found: list[FileSection | None] = []
        for group, count in source.groups.items():
            found += [FileSection(group, group + 1, firsts)] if count else []
            firsts += count
        return found
    size = size or BLOCK
    if isinstance(source, Delimited) and source.is_text and Path(name).stat().st_size > size:
        with opened(name) as stream:
            blocks = _blocks(source, stream, size)
        if blocks:
            return list(blocks)
    return [None]


def open_section(name: str, told: Told, section: FileSection | None) -> FileSource:
    """Return a source that gives the rows of one section, with the header of the file; raises as `open_points`."""
    source = open_points(name, told)
    if isinstance(source, Parquet) and section is not None:
        source.narrow(section.start)
    if isinstance(source, Delimited) and section is not None:
        source.narrow(_Slice(opened(name), section), section.first)
    return source


def _blocks(source: Delimited, stream: BinaryIO, size: int) -> list[FileSection]:
    """Return blocks of whole lines; none where a line may go on in the next one."""
    start = sum(len(stream.readline()) for _ in range(source.first - 1))
    first, held, found = source.first, b"", list[FileSection]()
    while piece := stream.read(size):
        held += piece
        cut = _end_of_last(held)
        if not source.are_whole(held[:cut]):
            return []
        if cut:
            found.append(FileSection(start, start + cut, first))
            first, start, held = first + held.count(b"\n", 0, cut), start + cut, held[cut:]
    if held.strip(_ENDS) or not found:
        return [*found, FileSection(start, start + len(held), first)] if source.are_whole(held) else []
    last = found.pop()
    return [*found, FileSection(last.start, last.stop + len(held), last.first)]


def _end_of_last(data: bytes) -> int:
    """Return where the last line ends that is whole and not empty, 0 where there is none."""
    whole = data[: data.rfind(b"\n") + 1].rstrip(_ENDS)
    return data.find(b"\n", len(whole)) + 1 if whole else 0


class _Slice(io.BufferedIOBase):
    """The bytes of a section of a file."""

    def __init__(self, stream: BinaryIO, section: FileSection) -> None:
        self._stream, self._left = stream, section.stop - section.start
        stream.seek(section.start)

    def read1(self, size: int = -1, /) -> bytes:
        """Return what there is, at most `size` bytes."""
        data = self._stream.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(data)
        return data

    def close(self) -> None:
        """Close the file."""
        self._stream.close()
