"""`--points FILE|-` -> a source of points, by its extension or as told."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from derivcli.errors import UsageError
from derivcli.language.diagnostics import visible
from derivcli.model.choices import Form
from derivcli.points.delimited import Delimited
from derivcli.points.jsonl import JsonLines
from derivcli.points.named import NO_NAME, STANDARD_INPUT, opened
from derivcli.points.packed import SUFFIXES, Stream, unpacked
from derivcli.points.parquet import Parquet
from derivcli.points.told import Told, check_told

if TYPE_CHECKING:
    from collections.abc import Callable

    from derivcli.points.packed import Readable

    FileSource = Delimited | JsonLines | Parquet

_TEXTS: dict[Form, Callable[[Readable, str, Told], FileSource]] = {
    Form.CSV: lambda stream, name, told: Delimited(stream, name, told, ","),
    Form.TSV: lambda stream, name, told: Delimited(stream, name, told, "\t"),
    Form.JSONL: JsonLines,
}
_EXTENSIONS = {
    **dict.fromkeys((".csv", ".txt", ".dat", ".data", ".asc", ".prn", ".xy"), Form.CSV),
    **dict.fromkeys((".tsv", ".tab"), Form.TSV),
    **dict.fromkeys((".jsonl", ".ndjson", ".json"), Form.JSONL),
    **dict.fromkeys((".parquet", ".pq"), Form.PARQUET),
}
_CHOOSE = "add --points-format csv, tsv, jsonl or parquet"
_NOTHING = Told()


def open_points(name: str, told: Told = _NOTHING, stdin: BinaryIO | None = None) -> FileSource:
    """Return the points in a file, or on standard input for `-`, which is CSV unless told otherwise.

    The file is closed when its rows have been read, or by `close`; standard input stays open. Raises `UsageError`
    where there is no name, the form is unknown or has nothing of what is told, `MissingPartError` where a library is
    missing, `DataError` for a file that cannot be opened or understood.
    """
    if not name:
        raise UsageError("the file of points has no name", hint=NO_NAME)
    is_stdin = name == STANDARD_INPUT
    stream = _standard_input(stdin) if is_stdin else opened(name)
    try:
        form = told.form or (Form.CSV if is_stdin else _form_of(name))
        check_told(told, form)
        shown = "standard input" if is_stdin else f"`{visible(name)}`"
        if form is Form.PARQUET:
            return Parquet(_all_of(stream), shown, told)
        return _TEXTS[form](unpacked(Stream(stream, kept=is_stdin), shown), shown, told)
    except BaseException:
        if not is_stdin:
            stream.close()
        raise


def _standard_input(stdin: BinaryIO | None) -> BinaryIO:
    if stdin is None:
        raise UsageError("standard input is closed, so there are no points to read")
    return stdin


def _all_of(stream: BinaryIO) -> BinaryIO:
    """Return a stream of Parquet, whose index stands at the end: a pipe is read whole."""
    return stream if stream.seekable() else io.BytesIO(stream.read())


def _form_of(name: str) -> Form:
    path = Path(name)
    extension = (path.with_suffix("") if path.suffix.lower() in SUFFIXES else path).suffix.lower()
    if extension in _EXTENSIONS:
        return _EXTENSIONS[extension]
    raise UsageError(f"the name of `{visible(name)}` does not say what the file holds", hint=_CHOOSE)
