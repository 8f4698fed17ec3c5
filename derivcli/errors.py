"""What can go wrong, as data: a kind, a message, where, and what to do about it.

Errors are raised low, know nothing of terminals, and are drawn once, at the edge::

    DerivError
    ├── UsageError            the command or the call cannot be done as it is      exit 2
    │   ├── PointError        a value is missing, doubled, unknown or not finite   exit 2
    │   └── MissingPartError  a library is not installed, or does not load         exit 2
    │       ├── WorkerError   the process of the symbolic witnesses does not start exit 2
    │       └── EngineError   an engine that should run parts is not there         exit 2
    ├── ExpressionError       the expression cannot be read                        exit 3
    │   ├── UnknownNameError  a function nobody knows, or a function not called
    │   └── EquationError     an equation where an expression should stand
    ├── DataError             a file of points, or a row of it, cannot be read      exit 3
    │   └── NoRowsError       a file has columns, and no row
    ├── LimitError            too long, too deep, too large, too slow              exit 5
    ├── InternalError         a defect of deriv                                    exit 70
    └── OutputError           the answer could not be written                      exit 74
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from derivcli.hints import Asker, Hint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class ExitCode(IntEnum):
    """The exit status of the command, one meaning each."""

    AGREE = 0
    DIFFER = 1
    USAGE = 2
    UNREADABLE = 3
    NO_DERIVATIVE = 4
    LIMIT = 5
    INTERNAL = 70
    OUTPUT = 74
    INTERRUPTED = 130
    BROKEN_PIPE = 141


class Span(NamedTuple):
    """A half-open range of characters in a source text."""

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """Return the span from the start of this one to the end of `other`."""
        return Span(self.start, other.end)


# A message may quote what the user has typed, and that may be as long as a file.
_LONGEST_WORD, _LONGEST_MESSAGE = 200, 1_000  # characters
_LONG_WORD = re.compile(rf"\S{{{_LONGEST_WORD + 1},}}")
_TAIL = 20  # characters of the end that is left out of: it shows where a text stops


def bounded(text: str) -> str:
    """Return a text with the middle left out of words that are longer than anybody reads, and of the whole."""
    return _cut(_LONG_WORD.sub(lambda word: _cut(word[0], _LONGEST_WORD), text), _LONGEST_MESSAGE)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most // 2]}...{text[-_TAIL:]}"


class DerivError(Exception):
    """Any error a user can cause; `source` is the text that `span` points into.

    `advice` is what to do about it. Python has asked where nobody else says that they are the `asker`.
    """

    kind: ClassVar[str] = "error"
    exit_code: ClassVar[ExitCode] = ExitCode.INTERNAL

    def __init__(
        self,
        message: str,
        span: Span | None = None,
        *,
        source: str | None = None,
        hint: str | Hint | None = None,
        suggestions: tuple[str, ...] = (),
    ) -> None:
        self.message = bounded(message)
        super().__init__(self.message)
        self.span = span
        self.source = source
        self.advice = hint
        self.asker = Asker.PYTHON
        self.suggestions = suggestions

    @property
    def hint(self) -> str | None:
        """What to do about it, in the words of whoever asks."""
        if self.advice is None:
            return None
        return bounded(self.advice.said(self.asker) if isinstance(self.advice, Hint) else self.advice)

    def to_dict(self) -> dict[str, Any]:
        """Return the error as JSON has it; `read_error` reads it back."""
        return {
            "kind": self.kind,
            "message": self.message,
            "span": list(self.span) if self.span else None,
            "source": self.source,
            "hint": self.hint,
            "suggestions": list(self.suggestions),
        }

    def within(self, source: str) -> DerivError:
        """Attach the text that the span points into, unless it is known already."""
        if self.source is None:
            self.source = source
        return self


class UsageError(DerivError):
    """The command line or the call does not make sense, or cannot be done here."""

    kind = "usage"
    exit_code = ExitCode.USAGE


class PointError(UsageError):
    """The point does not fit the expression, or is no point."""

    kind = "point"


class MissingPartError(UsageError):
    """A library is not installed, or does not load: neither deriv nor the expression is at fault."""

    kind = "missing_part"


class WorkerError(MissingPartError):
    """The process that owns sympy and FLINT cannot be started, or ends at its start."""


class EngineError(MissingPartError):
    """An engine that should run the parts of a question is not there, or cannot run them, or is lost."""


class ExpressionError(DerivError):
    """The text is not an expression of the language."""

    kind = "syntax"
    exit_code = ExitCode.UNREADABLE


class UnknownNameError(ExpressionError):
    """A function that does not exist, or a function's name that is not called."""

    kind = "unknown_name"


class EquationError(ExpressionError):
    """An equation where an expression should stand."""

    kind = "equation"


class DataError(DerivError):
    """A file of points, or a row of it, cannot be read."""

    kind = "data"
    exit_code = ExitCode.UNREADABLE


class NoRowsError(DataError):
    """A file of points has columns, and no row."""


class LimitError(DerivError):
    """A limit of size or time was reached."""

    kind = "limit"
    exit_code = ExitCode.LIMIT


class InternalError(DerivError):
    """A defect of deriv."""

    kind = "internal"
    exit_code = ExitCode.INTERNAL


class OutputError(DerivError):
    """The answer could not be written where it should go."""

    kind = "output"
    exit_code = ExitCode.OUTPUT


def reason(error: Exception) -> str:
    """Return what the system says went wrong."""
    return getattr(error, "strerror", None) or str(error)


def read_error(data: Mapping[str, Any]) -> DerivError:
    """Return the error that an object of JSON stands for."""
    kinds = {kind.kind: kind for kind in _kinds(DerivError)}
    span = Span(*data["span"]) if data["span"] else None
    found: DerivError = kinds[data["kind"]](
        data["message"], span, source=data["source"], hint=data["hint"], suggestions=tuple(data["suggestions"])
    )
    return found


def _kinds(kind: type[DerivError]) -> Iterator[type[DerivError]]:
    """Yield an error and all that are one, those with a name of their own for JSON last."""
    yield from (found for below in kind.__subclasses__() for found in _kinds(below))
    yield kind
