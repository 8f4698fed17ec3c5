"""The main process's side of the worker: start it, ask it, stop it.

One worker is kept alive between questions, behind a lock; a new one is made after a kill, and in a forked child. A
question whose worker has died before it said anything to it is asked once more, of a new one.
"""

from __future__ import annotations

import atexit
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from derivcli import parts
from derivcli.errors import LimitError, MissingPartError, WorkerError
from derivcli.witnesses.conversation import Conversation as Conversation
from derivcli.witnesses.conversation import Meanwhile as Meanwhile
from derivcli.witnesses.conversation import SentAhead
from derivcli.witnesses.conversation import nothing as nothing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.witnesses.conversation import Asked
    from derivcli.witnesses.protocol import Reply, Unable, WorkerRequest

# -P keeps the current folder off the path; the folder of this package comes last. sympy would use FLINT's integers.
_BOOT = (
    "import gc; gc.disable(); import os, sys; sys.path.append(sys.argv[1]); "
    "os.environ['SYMPY_GROUND_TYPES'] = 'python'; from derivcli.witnesses.worker import main; main(int(sys.argv[2]))"
)
_ROOT = str(Path(__file__).resolve().parents[2])
_HIDDEN_VARIABLES = ("SYMPY_", "MPMATH_", "PYTHONINTMAXSTRDIGITS")
_REQUESTS_PER_WORKER = 5_000  # then a new one: sympy's caches only grow
_AT_ONCE = 2_048  # bytes of a line for which a pipe has room: it holds 4,096 at least, and two lines never fill it
_LAST_BREATH = 1.0  # seconds that a process may take to end after it has closed its pipe

MEMORY = "memory"  # the ending of a worker that had too little of it


class Worker:
    """A running worker process."""

    def __init__(self) -> None:
        self._replies: queue.SimpleQueue[tuple[int, Reply]] = queue.SimpleQueue()
        self._unable: Unable | None = None
        self._has_started = False
        self.owner = os.getpid()
        self.requests = 0
        self.ahead: SentAhead | None = None
        self.is_ended = False
        self._writer: threading.Thread | None = None
        self._process = self._begun()

    @property
    def alive(self) -> bool:
        """True while the process runs and belongs to this process."""
        return self.owner == os.getpid() and self._process.poll() is None

    def send(self, request: WorkerRequest) -> int:
        """Send a request without waiting for it to be read; return its number."""
        from derivcli.witnesses.protocol import line_of

        self.requests += 1
        line = line_of(self.requests, request).encode()
        before = self._writer if self._writer is not None and self._writer.is_alive() else None
        if len(line) <= _AT_ONCE and before is None:
            self._write(line)
        else:
            self._writer = threading.Thread(target=self._write, args=(line, before), daemon=True)
            self._writer.start()
        return self.requests

    @property
    def is_silent(self) -> bool:
        """True while there is no reply to be received."""
        return self._replies.empty()

    def receive(self, deadline: float) -> tuple[int, Reply] | None:
        """Return the next reply and what it answers, or None when the deadline has passed."""
        with suppress(queue.Empty):
            return self._replies.get(timeout=max(0.0, deadline - time.monotonic()))
        return None

    def ending(self, code: int) -> str:
        """Return how the process has ended. Raises `MissingPartError` where it could not even start."""
        if self._unable is not None and self._unable.limit != MEMORY:
            raise MissingPartError(self._unable.message, hint=self._unable.hint)
        is_known = self._has_started or self.is_ended or code == -getattr(signal, "SIGKILL", 9)
        if self._unable is None and is_known:
            return _ending(code)
        if self._unable is not None or parts.is_limited():  # a start that lacks memory need not end in a MemoryError
            return MEMORY
        raise WorkerError(
            f"the process of the symbolic witnesses ended at its start: {_ending(code)}",
            hint=f"`python -c 'import sympy, mpmath'` may show why; {parts.again('sympy', 'mpmath')}",
        )

    def end(self) -> None:
        """End the process at once, whatever it is doing; not by `Popen.wait`, whose lock a signal may find taken."""
        self.is_ended = True
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

    def _write(self, line: bytes, before: threading.Thread | None = None) -> None:
        """Write a line, which waits while the pipe is full; after that of another thread."""
        if before is not None:
            before.join()
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        with suppress(OSError, ValueError):
            self._process.stdin.write(line)
            self._process.stdin.flush()

    def _begun(self) -> subprocess.Popen[bytes]:
        """Start the process, and a thread that listens to it until it ends.

        For the kernel the thread that starts a process is its parent, with which it ends. So it must be one that lives
        as long: the main one or, where a thread of the caller's asks, the one that listens.
        """
        if threading.current_thread() is threading.main_thread():
            process = _started()
            threading.Thread(target=self._listen, args=(process,), daemon=True).start()
            return process
        born: queue.SimpleQueue[subprocess.Popen[bytes] | Exception] = queue.SimpleQueue()
        threading.Thread(target=self._bear, args=(born,), daemon=True).start()
        child = born.get()
        if isinstance(child, Exception):
            raise child
        return child

    def _bear(self, born: queue.SimpleQueue[Any]) -> None:
        try:
            process = _started()
        except Exception as error:
            born.put(error)
        else:
            born.put(process)
            self._listen(process)

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        """Take in what the process says until it ends, and how it has ended."""
        from derivcli.witnesses.protocol import Died, Unable, reply_in

        assert process.stdout is not None  # noqa: S101 - it is a pipe
        with suppress(OSError, ValueError):
            for line in process.stdout:
                number, reply = reply_in(line)
                self._unable = reply if isinstance(reply, Unable) else self._unable
                if self._unable is None:
                    self._has_started = True
                    self._replies.put((number, reply))
        with suppress(subprocess.TimeoutExpired):
            process.wait(_LAST_BREATH)
        self._replies.put((0, Died(process.returncode or 0)))


def _started() -> subprocess.Popen[bytes]:
    own_group: dict[str, Any] = {} if os.name == "nt" else {"process_group": 0}
    return subprocess.Popen(  # noqa: S603 - our own interpreter and our own code
        [sys.executable, "-P", "-c", _BOOT, _ROOT, str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={k: v for k, v in os.environ.items() if not k.startswith(_HIDDEN_VARIABLES)},
        **own_group,
    )


def _ending(code: int) -> str:
    """Return how a process has ended, by what the system says of it; GMP aborts it where it finds no memory."""
    return MEMORY if code == -signal.SIGABRT else f"killed by signal {-code}" if code < 0 else f"exit code {code}"


_worker: Worker | None = None
_lock = threading.RLock()


def start() -> None:
    """Start the worker, so that its imports run beside ours. Does nothing if one is running.

    Raises `WorkerError` if none can be started, `LimitError` if there is no room for one.
    """
    global _worker
    with _lock:
        if _worker is not None and _worker.alive and (_worker.requests < _REQUESTS_PER_WORKER or _worker.ahead):
            return
        stop()
        try:
            _worker = Worker()
        except (OSError, RuntimeError) as error:
            if parts.is_shortage(error) or isinstance(error, BlockingIOError):  # the latter: too many processes
                raise LimitError(f"there is no room for the process of the symbolic witnesses: {error}") from error
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


@contextmanager
def ask(request: WorkerRequest, deadline: float) -> Iterator[Conversation]:
    """Ask the worker; a worker that is not done when the block ends is ended.

    Raises as `start` does.
    """
    with _lock:
        again = partial(_sent_anew, request, deadline)
        ahead = _taken(request)
        if ahead is None:
            question = Conversation(*_sent(request, deadline), deadline, again)
        else:
            assert _worker is not None  # noqa: S101 - it has the request
            question = Conversation(_worker, ahead.number, deadline, again, ahead.kept)
        try:
            yield question
        finally:
            if not question.done:
                stop()


def send_ahead(request: WorkerRequest, seconds: float) -> None:
    """Send a request that will be asked next, so that the worker need not wait for its turn; raises as `start` does.

    A worker that has one already, or is to be replaced, gets it in its turn.
    """
    with _lock:
        start()
        if _worker is not None and _worker.ahead is None and _worker.requests < _REQUESTS_PER_WORKER:
            number = _worker.send(replace(request, seconds=seconds))
            _worker.ahead = SentAhead(request, number, time.monotonic() + seconds)


def forget(request: WorkerRequest) -> None:
    """Let a request that was sent ahead never be asked: a worker that has it is ended."""
    with _lock:
        if _worker is not None and _worker.ahead is not None and _worker.ahead.request is request:
            stop()


def _taken(request: WorkerRequest) -> SentAhead | None:
    """Return a request that was sent ahead, as its turn has come; None where none was, or its worker has ended."""
    found = None if _worker is None else _worker.ahead
    if _worker is None or found is None or found.request is not request:
        return None
    _worker.ahead = None
    return found if found.over or _worker.alive else None


def _sent(request: WorkerRequest, deadline: float) -> Asked:
    """Send a request to the worker; return it and the number of the request."""
    start()
    assert _worker is not None  # noqa: S101 - `start` has made it
    return _worker, _worker.send(replace(request, seconds=max(0.0, deadline - time.monotonic())))


def _sent_anew(request: WorkerRequest, deadline: float) -> Asked | None:
    """Send a request to a new worker; to none where we have ended the old one ourselves."""
    if _worker is None or _worker.is_ended:
        return None
    stop()
    return _sent(request, deadline)


def _at_exit() -> None:
    """End the worker, also where a thread still waits for its answer: such a thread ends with this process."""
    abandon()
    if _lock.acquire(blocking=False):
        stop()
        _lock.release()


def _after_fork() -> None:
    global _worker, _lock
    _worker, _lock = None, threading.RLock()


atexit.register(_at_exit)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
