"""A file by its name: opened, and how large it is. Who wants its bytes alone needs no reader of points."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from derivcli.errors import DataError, reason
from derivcli.language.diagnostics import visible

STANDARD_INPUT = "-"
NO_NAME = "give the name of a file, or - for standard input"


def opened(name: str) -> BinaryIO:
    """Return a file that can be read; raises `DataError`."""
    try:
        return Path(name).open("rb")
    except (OSError, ValueError) as error:
        raise DataError(f"cannot read `{visible(name)}`: {reason(error).lower()}", hint=_hint(error)) from None


def size_of(name: str) -> int | None:
    """Return the bytes of a file, None where that is not known."""
    try:
        path = Path(name)
        return path.stat().st_size if name != STANDARD_INPUT and path.is_file() else None
    except (OSError, ValueError):
        return None


def _hint(error: Exception) -> str | None:
    hints: dict[type[Exception], str] = {FileNotFoundError: NO_NAME, IsADirectoryError: "give one of the files in it"}
    return hints.get(type(error))
