"""Writes the pieces of an answer, and raises an error that names the stream which takes them no more."""

from __future__ import annotations

from codecs import getincrementalencoder
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from derivcli.errors import OutputError, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def writing(name: str, passing: type[OSError] | tuple[()] = ()) -> Iterator[None]:
    """Raise `OutputError` for what a stream cannot write, but let these errors pass."""
    try:
        yield
    except passing:
        raise
    except (OSError, ValueError) as error:
        raise OutputError(f"cannot write to {name}: {reason(error)}") from error


def encoder(stream: TextIO) -> Callable[[str], bytes]:
    """Return what makes bytes of the pieces of one text; what the encoding cannot hold is escaped."""
    return getincrementalencoder(_encoding(stream))("backslashreplace").encode


def put(stream: TextIO, data: bytes) -> None:
    """Write bytes below the text layer, which would copy them once more; a stream without one gets text."""
    below = getattr(stream, "buffer", None)
    if below is None:
        stream.write(data.decode(_encoding(stream)))
        stream.flush()
    else:
        stream.flush()
        write_whole(getattr(below, "raw", below), data)


def write_whole(raw: Any, data: bytes) -> None:
    """Write all bytes to a stream that may take a part of them only.

    No text layer does: on an unbuffered stream (PYTHONUNBUFFERED) it takes no notice of what a full disk, a limit or a
    pipe has left. No buffer does either: it has an error for a pipe that must be waited for.
    """
    left = memoryview(data)
    while left:
        taken = raw.write(left)
        if taken is None:
            _wait(raw)
        elif taken == 0:
            raise OSError("it accepts no more bytes")
        else:
            left = left[taken:]


def _wait(raw: Any) -> None:
    """Wait until a stream that does not wait itself takes more."""
    import select

    select.select([], [raw], [])


def _encoding(stream: TextIO) -> str:
    return getattr(stream, "encoding", None) or "utf-8"
