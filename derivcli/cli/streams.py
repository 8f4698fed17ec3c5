"""Standard streams and output files."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

from derivcli.errors import OutputError, UsageError
from derivcli.language.limits import MAX_LENGTH

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FANCY = "∂─–∞…"


@dataclass(slots=True)
class Environment:
    """The streams and variables of the process, so that tests can replace them. A closed stream is None."""

    stdin: TextIO | None = field(default_factory=lambda: sys.stdin)
    stdout: TextIO | None = field(default_factory=lambda: sys.stdout)
    stderr: TextIO | None = field(default_factory=lambda: sys.stderr)
    variables: Mapping[str, str] = field(default_factory=lambda: os.environ)

    def wants_colour(self, choice: str) -> bool:
        """Decide on escape codes: as told, else only on a terminal that does not refuse them."""
        if choice != "auto":
            return choice == "always"
        refused = self.variables.get("NO_COLOR") or self.variables.get("TERM") == "dumb"
        return _is_terminal(self.stdout) and not refused

    def width(self) -> int | None:
        """Return the columns of the terminal, None where there is none."""
        return shutil.get_terminal_size().columns if _is_terminal(self.stdout) else None

    def unicode(self) -> bool:
        """Tell whether standard output can show more than ASCII."""
        encoding = getattr(self.stdout, "encoding", None) or "ascii"
        try:
            _FANCY.encode(encoding)
        except (UnicodeEncodeError, LookupError):
            return False
        return True

    def read(self) -> str:
        """Return what stands on standard input, at most one character more than an expression may have."""
        if self.stdin is None:
            raise UsageError("standard input is closed, so there is no expression to read")
        return self.stdin.read(MAX_LENGTH + 1).strip()

    def warn(self, text: str) -> None:
        """Write a line to standard error, as well as that can be done."""
        if self.stderr is not None:
            with suppress(OSError, ValueError):
                self.stderr.write(_encodable(text, self.stderr) + "\n")
                self.stderr.flush()


class StandardOutput:
    """Writes the answer to standard output."""

    def __init__(self, environment: Environment) -> None:
        if environment.stdout is None:
            raise OutputError("standard output is closed")
        self._stream = environment.stdout

    def write(self, text: str) -> None:
        """Write the whole answer. Raises `OutputError`, or `BrokenPipeError` for a reader that has gone."""
        try:
            self._stream.write(_encodable(text, self._stream))
            self._stream.flush()
        except BrokenPipeError:
            raise
        except (OSError, ValueError) as error:
            raise OutputError(f"cannot write to standard output: {_reason(error)}") from error

    def discard(self) -> None:
        """Leave nothing behind."""


class OutputFile:
    """Writes the answer to a file: beside it first, then renamed, so that it is never half-written.

    The file beside it is made at once, so that a path that cannot be written fails before the work starts.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._direct = path.exists() and not path.is_file()
        if path.is_dir():
            raise OutputError(f"cannot write to {path}: it is a folder")
        self._beside = path if self._direct else path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            self._stream = self._beside.open("w", encoding="utf-8", newline="")
        except OSError as error:
            raise OutputError(f"cannot write to {path}: {_reason(error)}") from error

    def write(self, text: str) -> None:
        """Write the whole answer and put the file in its place."""
        try:
            with self._stream:
                self._stream.write(text)
            if not self._direct:
                self._beside.replace(self._path)
        except OSError as error:
            self.discard()
            raise OutputError(f"cannot write to {self._path}: {_reason(error)}") from error

    def discard(self) -> None:
        """Remove what is not finished."""
        with suppress(OSError):
            self._stream.close()
        if not self._direct:
            self._beside.unlink(missing_ok=True)


def _encodable(text: str, stream: TextIO) -> str:
    """Escape what the encoding of a stream cannot hold."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
