"""`--points FILE|-` -> a source of points, by its extension or as told."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from derivcli.errors import DataError, UsageError
from derivcli.language.diagnostics import visible
from derivcli.model.choices import Form
from derivcli.points.delimited import Delimited
from derivcli.points.jsonl import JsonLines
from derivcli.points.parquet import Parquet
from derivcli.points.tables import CSV, TSV

if TYPE_CHECKING:
    from collections.abc import Callable

    FileSource = Delimited | JsonLines | Parquet

STANDARD_INPUT = "-"
FORMS: dict[Form, Callable[[BinaryIO, str], FileSource]] = {
    Form.CSV: lambda stream, name: Delimited(stream, name, CSV),
    Form.TSV: lambda stream, name: Delimited(stream, name, TSV),
    Form.JSONL: JsonLines,
    Form.PARQUET: Parquet,
}
_EXTENSIONS = {
    ".csv": Form.CSV,
    ".tsv": Form.TSV,
    ".tab": Form.TSV,
    ".jsonl": Form.JSONL,
    ".ndjson": Form.JSONL,
    ".parquet": Form.PARQUET,
    ".pq": Form.PARQUET,
}
_NAME = "give the name of a file, or - for standard input"
_CHOOSE = "add --points-format csv, tsv, jsonl or parquet"


def open_points(name: str, form: Form | None = None, stdin: BinaryIO | None = None) -> FileSource:
    """Return the points in a file, or on standard input for `-`, which is CSV unless told otherwise.

    The file is closed when its rows have been read, or by `close`; standard input stays open. Raises `UsageError`
    where there is no name, the form is unknown or a library is missing, `DataError` for a file that cannot be opened
    or understood.
    """
    if not name:
        raise UsageError("the file of points has no name", hint=_NAME)
    if name == STANDARD_INPUT:
        return _on_standard_input(form or Form.CSV, stdin)
    stream = opened(name)
    try:
        return FORMS[form or _form_of(name)](stream, f"`{visible(name)}`")
    except BaseException:
        stream.close()
        raise


def size_of(name: str) -> int | None:
    """Return the bytes of a file, None where that is not known."""
    try:
        path = Path(name)
        return path.stat().st_size if name != STANDARD_INPUT and path.is_file() else None
    except (OSError, ValueError):
        return None


def _on_standard_input(form: Form, stdin: BinaryIO | None) -> FileSource:
    if stdin is None:
        raise UsageError("standard input is closed, so there are no points to read")
    if form is Form.PARQUET:  # its index stands at the end
        return Parquet(stdin if stdin.seekable() else io.BytesIO(stdin.read()), "standard input")
    return FORMS[form](cast("BinaryIO", _Kept(stdin)), "standard input")


class _Kept(io.BufferedIOBase):
    """A stream that stays open when it is closed: it belongs to somebody else."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def read1(self, size: int = -1, /) -> bytes:
        """Return what there is, at most `size` bytes."""
        read: Callable[[int], bytes] = getattr(self._stream, "read1", self._stream.read)
        return read(size)

    def fileno(self) -> int:
        """Return its number for the system."""
        return self._stream.fileno()


def _form_of(name: str) -> Form:
    extension = Path(name).suffix.lower()
    if extension in _EXTENSIONS:
        return _EXTENSIONS[extension]
    raise UsageError(f"the name of `{visible(name)}` does not say what the file holds", hint=_CHOOSE)


def opened(name: str) -> BinaryIO:
    """Return a file that can be read; raises `DataError`."""
    try:
        return Path(name).open("rb")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DataError(f"cannot read `{visible(name)}`: {reason.lower()}", hint=_hint(error)) from None


def _hint(error: Exception) -> str | None:
    return _NAME if isinstance(error, FileNotFoundError) else None
