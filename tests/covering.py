"""What `make cover` needs to miss no line that runs: a trace that no test ends, and workers that write down theirs.

A plugin of pytest. What it needs of ours is imported when the tests are there, for lines are counted from then on.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from derivcli.witnesses.process import Worker

_PEACE = 2.0  # seconds in which a worker that is not busy has long written down what it ran
_TRACE: list[Any] = [None]  # what traces the lines


def pytest_collection_finish() -> None:
    """Let workers end by themselves before they are killed."""
    from derivcli.witnesses.process import Worker

    Worker.end = _after_peace(Worker.end)  # type: ignore[method-assign, assignment]


def pytest_runtest_logstart() -> None:
    """Go on tracing where a test has ended that: Python gives it up when the stack overflows in it."""
    _TRACE[0] = sys.gettrace() or _TRACE[0]
    sys.settrace(_TRACE[0])


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """Before all is put together, leave out what a test has cut short that limits the size of files."""
    found = yield
    if not hasattr(session.config, "workerinput"):
        for file in filter(_is_damaged, session.config.rootpath.glob(".coverage.*")):
            file.unlink()
    return found


def _is_damaged(file: Path) -> bool:
    with closing(sqlite3.connect(file)) as data, suppress(sqlite3.DatabaseError):
        return bool(data.execute("pragma quick_check").fetchone() != ("ok",))
    return True


def _after_peace(end: Callable[[Worker], None]) -> Callable[[Worker], None]:
    def ended(worker: Worker) -> None:
        pipe = worker._process.stdin
        if worker.owner == os.getpid() and pipe is not None:
            with suppress(OSError, ValueError, subprocess.TimeoutExpired):
                pipe.close()
                worker._process.wait(_PEACE)
        end(worker)

    return ended
