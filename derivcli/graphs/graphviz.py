"""Pictures by Graphviz, whose program `dot` lays the graph out."""

from __future__ import annotations

import shutil
import subprocess

from derivcli.errors import InternalError, LimitError, MissingPartError, UsageError

SUFFIXES = ("svg", "png", "pdf")
_PATIENCE = 60  # seconds: 300 nodes take one, on a busy machine some
_DOTS_PER_INCH = 150
_INSTALL = (
    "install Graphviz (apt install graphviz, brew install graphviz), or write a .dot or .mmd file, which needs nothing"
)


def program() -> str | None:
    """Return where `dot` is, None where it is not installed."""
    return shutil.which("dot")


def needed(suffix: str) -> str:
    """Return the same; raises `MissingPartError` where it is not installed."""
    found = program()
    if found is None:
        raise MissingPartError(f"a graph as .{suffix} needs Graphviz, whose program `dot` is not found", hint=_INSTALL)
    return found


def picture(dot: str, suffix: str) -> bytes:
    """Return a graph as the bytes of a file.

    Raises `UsageError` for another suffix, `MissingPartError` without Graphviz, `LimitError` where it takes too long.
    """
    if suffix not in SUFFIXES:
        raise UsageError(f"a graph cannot be drawn as `{suffix}`", hint=f"the pictures are {', '.join(SUFFIXES)}")
    command = [needed(suffix), f"-T{suffix}", *([f"-Gdpi={_DOTS_PER_INCH}"] if suffix == "png" else [])]
    try:
        done = subprocess.run(command, input=dot.encode(), capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603 - our own text
    except subprocess.TimeoutExpired:
        raise LimitError(
            f"Graphviz takes more than {_PATIENCE} seconds for this graph", hint="write a .dot file"
        ) from None
    if done.returncode != 0:
        raise InternalError(f"Graphviz cannot draw this graph: {done.stderr.decode(errors='replace').strip()[:200]}")
    return done.stdout
