"""The main process's side of the worker: start it, ask it, stop it.

One worker is kept alive between questions, behind a lock; a new one is made after a kill, and in a forked child.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from derivcli.errors import WorkerError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from derivcli.language.program import Program

# -P keeps the current folder off the path; the folder of this package comes last, after the standard library.
_BOOT = (
    "import gc; gc.disable(); import sys; sys.path.append(sys.argv[1]); "
    "from derivcli.witnesses.worker import main; main()"
)
_ROOT = str(Path(__file__).resolve().parents[2])
_HIDDEN_VARIABLES = ("SYMPY_", "MPMATH_", "PYTHONINTMAXSTRDIGITS")
_REQUESTS_PER_WORKER = 5_000  # then a new one: sympy's caches only grow

Reply = dict[str, Any]
Meanwhile = Callable[[], bool]  # does a little, and tells whether there is more to do


def nothing() -> bool:
    """Do nothing meanwhile."""
    return False


class Question:
    """A request under way; yields its replies until it is done, the deadline has passed or the worker has died."""

    def __init__(self, worker: _Worker, number: int, deadline: float) -> None:
        self._worker = worker
        self._number = number
        self._deadline = deadline
        self.done = False
        self.died = False

    def replies(self, meanwhile: Meanwhile = nothing) -> Iterator[Reply]:
        """Yield the replies as they come. Afterwards `done` tells whether they are complete.

        While none has come there is time for `meanwhile`, which must not ask the worker.
        """
        while not self.done:
            while self._worker.is_silent and time.monotonic() < self._deadline and meanwhile():
                pass
            reply = self._worker.receive(self._deadline)
            if reply is None:
                return
            if reply["kind"] == "died":
                self.died = time.monotonic() < self._deadline  # later its alarm has ended it: the time is over
                return
            if reply["id"] == self._number:
                self.done = reply["kind"] == "done"
                if not self.done:
                    yield reply


class _Worker:
    """A running worker process."""

    def __init__(self) -> None:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(_HIDDEN_VARIABLES)}
        own_group: dict[str, Any] = {} if os.name == "nt" else {"process_group": 0}
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own code
            [sys.executable, "-P", "-c", _BOOT, _ROOT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            **own_group,
        )
        self._replies: queue.SimpleQueue[Reply] = queue.SimpleQueue()
        self.owner = os.getpid()
        self.requests = 0
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def alive(self) -> bool:
        """True while the process runs and belongs to this process."""
        return self.owner == os.getpid() and self._process.poll() is None

    def send(self, request: Reply) -> int:
        """Send a request without waiting for it to be read; return its number."""
        self.requests += 1
        line = json.dumps({"id": self.requests, **request}).encode() + b"\n"
        threading.Thread(target=self._write, args=(line,), daemon=True).start()
        return self.requests

    @property
    def is_silent(self) -> bool:
        """True while there is no reply to be received."""
        return self._replies.empty()

    def receive(self, deadline: float) -> Reply | None:
        """Return the next reply, or None when the deadline has passed."""
        with suppress(queue.Empty):
            return self._replies.get(timeout=max(0.0, deadline - time.monotonic()))
        return None

    def end(self) -> None:
        """End the process at once, whatever it is doing; not by `Popen.wait`, whose lock a signal may find taken."""
        if self.owner == os.getpid():
            self._process.kill()
            with suppress(OSError):
                os.waitpid(self._process.pid, 0)

    def kill(self) -> None:
        """End the process, and close what led to it."""
        if self.owner != os.getpid():
            return
        self.end()
        self._process.wait()  # which only learns that it has ended
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _write(self, line: bytes) -> None:
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        with suppress(OSError, ValueError):
            self._process.stdin.write(line)
            self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - it is a pipe
        with suppress(OSError, ValueError):
            for line in self._process.stdout:
                self._replies.put(json.loads(line))
        self._replies.put({"kind": "died", "id": 0})


_worker: _Worker | None = None
_lock = threading.RLock()


def start() -> None:
    """Start the worker, so that its imports run beside ours. Does nothing if one is running.

    Raises `WorkerError` if none can be started.
    """
    global _worker
    with _lock:
        if _worker is not None and _worker.alive and _worker.requests < _REQUESTS_PER_WORKER:
            return
        stop()
        try:
            _worker = _Worker()
        except OSError as error:
            raise WorkerError(f"cannot start a Python process for the symbolic witnesses: {error}") from error


def stop() -> None:
    """End the worker, if there is one."""
    global _worker
    with _lock:
        if _worker is not None:
            _worker.kill()
            _worker = None


def abandon() -> None:
    """End the worker, wherever a signal has found this process, which is about to end too."""
    if _worker is not None:
        _worker.end()


def ask_trace(
    program: Program, forms: tuple[Program, list[int]], point: dict[str, Program], wrt: list[str], deadline: float
) -> AbstractContextManager[Question]:
    """Ask the worker for the numbers of every instruction, and which of several forms of a function are the same."""
    several, roots = forms
    at = {name: p.to_json() for name, p in point.items()}
    wanted = {"program": program.to_json(), "forms": several.to_json(), "roots": roots, "point": at, "wrt": wrt}
    return ask({"asks": "trace", **wanted}, deadline)


@contextmanager
def ask(request: Reply, deadline: float) -> Iterator[Question]:
    """Ask the worker what `worker` says it answers; a worker that is not done when the block ends is ended.

    Raises `WorkerError` if no worker can be started.
    """
    with _lock:
        start()
        assert _worker is not None  # noqa: S101 - `start` has made it
        request["seconds"] = max(0.0, deadline - time.monotonic())
        question = Question(_worker, _worker.send(request), deadline)
        try:
            yield question
        finally:
            if not question.done:
                stop()


def _after_fork() -> None:
    global _worker, _lock
    _worker, _lock = None, threading.RLock()


atexit.register(stop)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
