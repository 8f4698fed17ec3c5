"""The parts of a question about files: how files are cut into them, and how one is answered.

What runs elsewhere is `Survey` and `Answering`: each is called with one file or part, needs nothing else but the files
that it names, and comes and goes by pickle.
"""

from __future__ import annotations

import gc
import hashlib
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from derivcli import many, parts
from derivcli.atomic import AtomicFile
from derivcli.document import Canvas, Format, exporter
from derivcli.engine.versions import check, versions
from derivcli.errors import DataError, NoRowsError, OutputError, reason
from derivcli.language.diagnostics import visible
from derivcli.model.rows import BAD, STATUSES
from derivcli.points.files import open_points
from derivcli.points.sections import FileSection, open_section, sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from derivcli.many import Plan
    from derivcli.model.rows import Answers
    from derivcli.points.told import Told

# A worker of Dask's may have several threads. What torch and the worker of sympy are told concerns a whole process, and
# two threads are 1.3 times as fast as one.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class FilePart:
    """A section of a file, and the name of the file in which its answers stand."""

    name: str
    file: str
    section: FileSection | None = None

    @property
    def where(self) -> str:
        """Where its rows come from, as messages say it."""
        begins = "" if self.section is None else f" from line {self.section.first} on"
        return f"{visible(self.file)}{begins}"


@dataclass(frozen=True, slots=True)
class Cut:
    """What a file is: its size, when it was written (nanoseconds), and its sections."""

    file: str
    size: int
    modified: int
    sections: tuple[FileSection | None, ...]


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """A part that has been answered: the size and the SHA-256 of its file, how many rows there are of each status."""

    part: str
    size: int
    checksum: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Survey:
    """Looks at a file: whether it is as the first one, and how it is cut; raises `DataError`."""

    plan: Plan
    told: Told
    like: str

    @parts.told()
    def __call__(self, file: str) -> Cut:
        """Return how a file is cut; one without rows has no section."""
        try:
            source = open_points(file, self.told)
        except NoRowsError:
            return self._cut(file, [])
        try:
            outline = self.plan.outline
            if (source.form, source.header) != (outline.form, outline.header):
                raise self._other(file, source.form, source.header)
            source.check(self.plan.columns)
            return self._cut(file, sections(source, file))
        finally:
            source.close()

    def _cut(self, file: str, found: Iterable[FileSection | None]) -> Cut:
        stat = Path(file).stat()
        return Cut(file, stat.st_size, stat.st_mtime_ns, tuple(found))

    def _other(self, file: str, form: str, header: tuple[str, ...]) -> DataError:
        """Return the error for a file that is not as the first one."""
        outline = self.plan.outline
        lacking = [name for name in outline.header if name not in header]
        more = [name for name in header if name not in outline.header]
        what = (
            f"has no column `{visible(lacking[0])}`"
            if lacking
            else f"has a column `{visible(more[0])}` more"
            if more
            else f"is {form} and not {outline.form}"
            if form != outline.form
            else "has its columns in another order"
        )
        return DataError(
            f"`{visible(file)}` {what}: it is not as `{visible(self.like)}`",
            hint="the files of one run have the same columns in the same order",
        )


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers a part and writes it; who answers the same part at the same time writes the same bytes."""

    plan: Plan
    told: Told
    format: Format
    canvas: Canvas
    folder: str
    versions: Mapping[str, str]

    @parts.told()
    def __call__(self, part: FilePart) -> WrittenPart:
        """Raise `DataError` for a part that cannot be read, `OutputError` for one that cannot be written."""
        check(self.versions, versions(), "a worker")
        gc.enable()  # which is off in a process that answers once
        with _ONE_AT_A_TIME:
            return self._written(part)

    def _written(self, part: FilePart) -> WrittenPart:
        counts: Counter[str] = Counter()
        with writing(self.folder), AtomicFile(Path(self.folder, part.name)) as file:
            size, checksum = _save(self._pieces(part, counts), file.stream)
            file.finish()
        return WrittenPart(part.name, size, checksum, dict(counts))

    def _pieces(self, part: FilePart, counts: Counter[str]) -> Iterator[bytes]:
        source = open_section(part.file, self.told, part.section)
        try:
            answers = _counted(many.answers(self.plan, source), counts)
            for piece in exporter(self.format, to_file=True)(self.plan.outline, answers, self.canvas):
                yield piece.encode("utf-8", "backslashreplace") if isinstance(piece, str) else piece
        finally:
            source.close()


@contextmanager
def writing(folder: Path | str) -> Iterator[None]:
    """Raise `OutputError` for what cannot be written to a folder."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"cannot write to {visible(str(folder))}: {reason(error).lower()}") from error


def _save(pieces: Iterable[bytes], stream: BinaryIO) -> tuple[int, str]:
    """Write the pieces of a new file; return its size and its checksum."""
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        stream.write(piece)
        digest.update(piece)
        size += len(piece)
    return size, digest.hexdigest()


def _counted(answers: Iterable[Answers], counts: Counter[str]) -> Iterator[Answers]:
    """Give the answers on, and count the rows that have been read, those refused, and those of each status."""
    names = {code: "refused" if status == BAD else status for code, status in enumerate(STATUSES)}
    for chunk in answers:
        counts["read"] += len(chunk.rows)
        found = np.bincount(chunk.statuses, minlength=len(STATUSES)).tolist()
        counts.update({names[code]: count for code, count in enumerate(found) if count})
        yield chunk


@dataclass(frozen=True, slots=True)
class Holding:
    """Tells of a part that was written once whether its file is still there as it was."""

    folder: str

    def __call__(self, written: WrittenPart) -> bool:
        """Compare the checksum with that of the file."""
        try:
            with Path(self.folder, written.part).open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == written.checksum
        except OSError:
            return False
