"""The worker process as the main process sees it: it takes requests, and each has a box for its replies."""

from __future__ import annotations

import os
import queue
import select
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from derivcli import parts
from derivcli.errors import MissingPartError, WorkerError

if TYPE_CHECKING:
    from derivcli.witnesses.protocol import WorkerRequest
    from derivcli.witnesses.replies import Died, Reply, Unable

# -P keeps the current folder off the path; the folder of this package comes last. sympy would use FLINT's integers.
BOOT = (
    "import gc; gc.disable(); import os, sys; sys.path.append(sys.argv[1]); "
    "os.environ['SYMPY_GROUND_TYPES'] = 'python'; from derivcli.witnesses.worker import main; main(int(sys.argv[2]))"
)
ROOT = str(Path(__file__).resolve().parents[2])
_HIDDEN_VARIABLES = ("SYMPY_", "MPMATH_", "PYTHONINTMAXSTRDIGITS")
_AT_ONCE = getattr(select, "PIPE_BUF", 0)  # bytes that a pipe takes at once where it takes any; not known on Windows
_LAST_BREATH = 1.0  # seconds that a process may take to end after it has closed its pipe

MEMORY = "memory"  # the ending of a worker that had too little of it


class Worker:
    """A running worker process."""

    def __init__(self) -> None:
        self._boxes: dict[int, queue.SimpleQueue[Reply]] = {}  # by the numbers of the requests under way
        self._end: Died | None = None
        self._sorting = threading.Lock()  # so that every box learns of the end
        self._writing = threading.Lock()
        self._unable: Unable | None = None
        self._has_started = False
        self.owner = os.getpid()
        self.requests = 0
        self.is_ended = False
        self.is_abandoned = False  # since this process is about to end
        self._late: deque[bytes] = deque()  # lines for which the pipe had no room
        self._is_writing = False  # in a thread of its own
        self._process = self._begun()

    @property
    def alive(self) -> bool:
        """True while the process runs and belongs to this process."""
        return self.owner == os.getpid() and self._process.poll() is None

    def send(self, request: WorkerRequest, seconds: float) -> int:
        """Send a request, to be answered in so many seconds, without waiting for it to be read; return its number."""
        from derivcli.witnesses.protocol import line_of

        self.requests += 1
        with self._sorting:
            box: queue.SimpleQueue[Reply] = queue.SimpleQueue()
            self._boxes[self.requests] = box
            if self._end is not None:
                box.put(self._end)
        self._post(line_of(self.requests, request, seconds).encode())
        return self.requests

    @property
    def is_asked(self) -> bool:
        """True while there are requests under way."""
        return bool(self._boxes)

    def is_silent(self, number: int) -> bool:
        """Tell whether there is no reply to a request to be received."""
        return self._boxes[number].empty()

    def receive(self, number: int, deadline: float) -> Reply | None:
        """Return the next reply to a request, or None when the deadline has passed."""
        with suppress(queue.Empty):
            return self._boxes[number].get(timeout=max(0.0, deadline - time.monotonic()))
        return None

    def forget(self, number: int) -> None:
        """Keep no more replies to a request."""
        with self._sorting:
            self._boxes.pop(number, None)

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

    def _post(self, line: bytes) -> None:
        """Write a line behind those that are late; where the pipe has no room, a thread waits for it."""
        with self._writing:
            if not self._is_writing and len(line) <= _AT_ONCE and self._has_room():
                self._write(line)
                return
            self._late.append(line)
            if not self._is_writing:
                self._is_writing = True
                threading.Thread(target=self._catch_up, daemon=True).start()

    def _has_room(self) -> bool:
        """Tell whether the pipe takes a short line at once."""
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        try:
            return bool(select.select([], [self._process.stdin], [], 0)[1])
        except (OSError, ValueError):
            return False

    def _catch_up(self) -> None:
        """Write what is late, in its order."""
        while True:
            with self._writing:
                self._is_writing = bool(self._late)
                if not self._is_writing:
                    return
                line = self._late.popleft()
            self._write(line)

    def _write(self, line: bytes) -> None:
        """Write a line, which waits while the pipe is full."""
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
        from derivcli.witnesses.protocol import reply_in
        from derivcli.witnesses.replies import Died, Unable

        assert process.stdout is not None  # noqa: S101 - it is a pipe
        with suppress(OSError, ValueError):
            for line in process.stdout:
                number, reply = reply_in(line)
                self._unable = reply if isinstance(reply, Unable) else self._unable
                if self._unable is None:
                    self._has_started = True
                    self._put(number, reply)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_LAST_BREATH)
        with self._sorting:
            self._end = Died(process.returncode or 0)
            for box in self._boxes.values():
                box.put(self._end)

    def _put(self, number: int, reply: Reply) -> None:
        """Put a reply into the box of its request; one that nobody waits for any more is thrown away."""
        with self._sorting:
            if number in self._boxes:
                self._boxes[number].put(reply)


def _started() -> subprocess.Popen[bytes]:
    own_group: dict[str, Any] = {} if os.name == "nt" else {"process_group": 0}
    return subprocess.Popen(  # noqa: S603 - our own interpreter and our own code
        [sys.executable, "-P", "-c", BOOT, ROOT, str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={k: v for k, v in os.environ.items() if not k.startswith(_HIDDEN_VARIABLES)},
        **own_group,
    )


def _ending(code: int) -> str:
    """Return how a process has ended, by what the system says of it; GMP aborts it where it finds no memory."""
    return MEMORY if code == -signal.SIGABRT else f"killed by signal {-code}" if code < 0 else f"exit code {code}"
