"""A file that is written beside its place, then renamed: it is whole, or not there."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path

UNFINISHED = ".deriv-"  # how the names of files begin that are being written


class AtomicFile:
    """A file for writing, at `path` once it is finished; whatever is not when it is left, as a context, is discarded.

    Its `permissions` are those of any new file unless they are given. Who writes the same file at the same time writes
    to another one beside it. Raises `OSError` at once where it could not be written, and for a file that is read-only:
    to rename takes no more than the permissions of the folder, but who protects a file means what stands in it.
    """

    def __init__(self, path: Path, permissions: int | None = None) -> None:
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, "the file is read-only", str(path))
        self._path = path
        self._beside = path.with_name(f"{UNFINISHED}{os.urandom(8).hex()}.part")
        self.stream = self._beside.open("xb")
        if permissions is not None:
            self._beside.chmod(permissions)

    def finish(self) -> None:
        """Put the file in its place."""
        self.stream.close()
        self._beside.replace(self._path)

    def discard(self) -> None:
        """Remove what is not finished, also where a signal has come in the middle of a write."""
        with suppress(OSError, ValueError, RuntimeError):
            self.stream.close()
        with suppress(OSError):
            self._beside.unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.discard()
