"""Standard streams and output files."""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
import stat
import sys
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass, field
from io import FileIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, Self, TextIO

from derivcli.atomic import AtomicFile
from derivcli.cli.writing import encoder, put, write_whole, writing
from derivcli.errors import OutputError, UsageError, reason
from derivcli.language.limits import MAX_LENGTH, check_length

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_FANCY = "∂─–∞…"
_FORCES = ("FORCE_COLOR", "CLICOLOR_FORCE")  # variables by which people ask for colour on a pipe
_NAME = "give the name of a file"
# What this process has open already. To open a file once more would cut it off, and a deleted one has no name.
_OWN = re.compile(r"/dev/(?P<word>stdin|stdout|stderr)|/(?:dev|proc/self)/fd/(?P<number>[0-9]{1,9})")
_NUMBERS = {"stdin": 0, "stdout": 1, "stderr": 2}


@dataclass(slots=True)
class Environment:
    """The streams and variables of the process, so that tests can replace them. A closed stream is None."""

    stdin: TextIO | None = field(default_factory=lambda: sys.stdin)
    stdout: TextIO | None = field(default_factory=lambda: sys.stdout)
    stderr: TextIO | None = field(default_factory=lambda: sys.stderr)
    variables: Mapping[str, str] = field(default_factory=lambda: os.environ)

    def wants_colour(self, choice: str, *, for_errors: bool = False) -> bool:
        """Decide on escape codes for a stream: as told, else as variables say, else only on a terminal.

        The variables are those of no-color.org, force-color.org and bixense.com/clicolors; who refuses colour wins.
        """
        if choice != "auto":
            return choice == "always"
        said = self.variables.get
        if said("NO_COLOR"):
            return False
        if any(said(name, "0") not in ("", "0") for name in _FORCES):
            return True
        refused = said("TERM") == "dumb" or said("CLICOLOR") == "0"
        return _is_terminal(self.stderr if for_errors else self.stdout) and not refused

    def width(self) -> int | None:
        """Return the columns of the terminal, None where there is none."""
        return shutil.get_terminal_size().columns if _is_terminal(self.stdout) else None

    def height(self) -> int | None:
        """Return the lines of the terminal, None where there is none."""
        return shutil.get_terminal_size().lines if _is_terminal(self.stdout) else None

    def unicode(self) -> bool:
        """Tell whether standard output can show more than ASCII."""
        encoding = getattr(self.stdout, "encoding", None) or "ascii"
        try:
            _FANCY.encode(encoding)
        except (UnicodeEncodeError, LookupError):
            return False
        return True

    def read(self) -> str:
        """Return the expression on standard input; bytes that are not UTF-8 are kept for the error to name."""
        if self.stdin is None:
            raise UsageError("standard input is closed, so there is no expression to read")
        text = _decoded(self.stdin, MAX_LENGTH + 1)
        check_length(text)
        return text.removeprefix("\ufeff").strip()

    def texts(self, words: Sequence[str]) -> list[str]:
        """Return expressions as they were typed, at most one of which stands on standard input, as `-`."""
        if words.count("-") > 1:
            raise UsageError("- stands for standard input, which can be read once only")
        return [self.read() if word == "-" else word for word in words]

    def piped(self) -> str:
        """Return the expression that is piped in; nothing on a terminal, which is never waited for."""
        return "" if self.stdin is None or _is_terminal(self.stdin) else self.read()

    def bytes_in(self) -> BinaryIO | None:
        """Return standard input as bytes; None where it is closed."""
        if self.stdin is None:
            return None
        return getattr(self.stdin, "buffer", None) or io.BytesIO(self.stdin.read().encode("utf-8", "surrogateescape"))

    def warn(self, *lines: str) -> None:
        """Write lines to standard error, as well as that can be done."""
        if self.stderr is not None:
            with suppress(OSError, ValueError):
                self.stderr.write("".join(f"{_encodable(line, self.stderr)}\n" for line in lines))
                self.stderr.flush()


class Target(ABC):
    """Where an answer goes. Whatever is not finished when it is left, as a context, is discarded."""

    def write(self, text: str) -> None:
        """Write the whole answer; raises as `write_all` does."""
        self.write_all([text])

    @abstractmethod
    def write_all(self, pieces: Iterable[str | bytes]) -> None:
        """Write an answer that comes in pieces; raises `OutputError` for what cannot be written."""

    @abstractmethod
    def discard(self) -> None:
        """Leave nothing unfinished behind."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.discard()


class StandardOutput(Target):
    """Writes the answer to standard output."""

    def __init__(self, environment: Environment) -> None:
        if environment.stdout is None:
            raise OutputError("standard output is closed")
        self._stream = environment.stdout

    def write_all(self, pieces: Iterable[str | bytes]) -> None:
        """Write an answer that comes in pieces, each as soon as it is there.

        Raises `OutputError`, or `BrokenPipeError` for a reader that has gone. What goes wrong in the making of a piece
        is no failure to write, and passes as it is.
        """
        encode = encoder(self._stream)
        for piece in pieces:
            with writing("standard output", passing=BrokenPipeError):
                put(self._stream, encode(piece) if isinstance(piece, str) else piece)

    def discard(self) -> None:
        """Do nothing: what has been written stands."""


class OutputFile(Target):
    """Writes the answer to a file: beside it first, then renamed, so that it is never half-written.

    The file beside it is made at once, so that a path that cannot be written fails before the work starts. A link is
    followed, and a file that is there keeps its permissions. What is no file is written to as it is: a device, a pipe,
    a socket, and what this process has open already under a name such as /dev/stdout. Raises `UsageError` for links
    that lead in a circle, `OutputError` for what cannot be written.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._whole: AtomicFile | None = None
        try:
            self._stream = self._open()
        except (OSError, ValueError) as error:
            if getattr(error, "errno", None) == errno.ELOOP:
                raise UsageError(f"cannot write to {name}: its links lead in a circle", hint=_NAME) from error
            raise OutputError(f"cannot write to {name}: {reason(error)}") from error
        unfinished.append(self)

    def write_all(self, pieces: Iterable[str | bytes]) -> None:
        """Write an answer that comes in pieces; the file is put in its place when all are written, or not at all."""
        try:
            for piece in pieces:
                data = piece.encode("utf-8", "backslashreplace") if isinstance(piece, str) else piece
                with writing(self._name):
                    write_whole(self._stream, data)
            with writing(self._name):
                self._stream.close()
                if self._whole is not None:
                    self._whole.finish()
        except BaseException:
            self.discard()
            raise

    def discard(self) -> None:
        """Remove what is not finished, also where a signal has come in the middle of a write."""
        with suppress(OSError, ValueError, RuntimeError):
            self._stream.close()
        if self._whole is not None:
            self._whole.discard()

    def _open(self) -> BinaryIO:
        """Open a file beside the one that is meant; what is no file itself, with no buffer: it may be a pipe."""
        own = _OWN.fullmatch(self._name)
        if own is not None:
            return FileIO(os.dup(int(own["number"] or _NUMBERS[own["word"]])), "wb")
        mode = self._mode()
        if self._name.endswith(os.sep) or (mode is not None and stat.S_ISDIR(mode)):
            raise OutputError(f"cannot write to {self._name}: it is a folder")
        if mode is not None and not stat.S_ISREG(mode):
            return FileIO(self._name, "wb")
        self._whole = AtomicFile(Path(self._name).resolve(), None if mode is None else stat.S_IMODE(mode))
        return self._whole.stream

    def _mode(self) -> int | None:
        """Return the kind and the permissions of what is there, None where there is nothing."""
        try:
            return Path(self._name).stat().st_mode
        except FileNotFoundError:
            return None


def with_the_next(pieces: Iterable[Any]) -> Iterator[Any]:
    """Hold the first piece, such as a header, until the second comes: a file that is refused then leaves none behind.

    Who gives questions or points by a pipe may wait for the header: there it must not be held.
    """
    rest = iter(pieces)
    first = list(islice(rest, 2))
    yield from first
    yield from rest


def is_file(name: str | None) -> bool:
    """Tell whether the answer goes to a file."""
    return name not in (None, "", "-")


def same_file(name: str, other: str) -> bool:
    """Tell whether two names are those of one file; `-` is none."""
    with suppress(OSError, ValueError):
        return is_file(other) and Path(name).samefile(other)
    return False


class Unfinished(Protocol):
    """What must not be left as it is when a signal ends the process."""

    def discard(self) -> None:
        """Leave nothing behind."""


unfinished: list[Unfinished] = []


def _decoded(stream: TextIO, most: int) -> str:
    """Read characters as UTF-8, whatever encoding the stream has been given."""
    source = getattr(stream, "buffer", None)
    if source is None:
        return stream.read(most)
    reader = io.TextIOWrapper(source, "utf-8", errors="surrogateescape")
    try:
        return reader.read(most)
    finally:
        reader.detach()


def _encodable(text: str, stream: TextIO) -> str:
    """Escape what the encoding of a stream cannot hold."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()
