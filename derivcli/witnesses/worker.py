"""The process that owns sympy and FLINT: a request a line in, replies a line out, as `protocol` has them.

The replies come as each is ready; which ones, and in what order, `jobs` says. A part that fails is answered by `Failed`
with its reason, and the next one is tried. A process that cannot work at all says why by `Unable`, and ends. The parent
bounds the time; this process bounds its memory. It ends with its parent, whatever it is doing: by a signal where the
kernel sends one, else because it looks, else by an alarm.
"""

from __future__ import annotations

import math
import os
import signal
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from derivcli import garbage, parts
from derivcli.errors import DerivError, LimitError
from derivcli.witnesses.protocol import line_of, request_in
from derivcli.witnesses.replies import Done, Failed, Unable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from derivcli.witnesses.protocol import WorkerRequest
    from derivcli.witnesses.replies import Reply

_MEMORY = 4 * 2**30  # bytes of address space
_STACK = 512 * 2**20  # bytes; sympy recurses through C
_RECURSION = 100_000
_LONGEST_ALARM = 10**6  # seconds
_GRACE = 5  # seconds that the parent has to end this process itself
_LOOKS = 0.5  # seconds between two looks at the parent
_PR_SET_PDEATHSIG = 1  # of prctl(2)


def main(asker: int) -> None:
    """Serve requests from standard input until it closes, or the asker ends. Standard output is for the replies."""
    parent = os.getppid()  # the asker, or a launcher of Python that stands between
    replies = os.fdopen(os.dup(1), "w", encoding="ascii", buffering=1)
    silence = os.open(os.devnull, os.O_RDWR)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    _ask_for_signal()
    _limit_memory()
    sys.set_int_max_str_digits(0)
    sys.setrecursionlimit(_RECURSION)
    server = None if _is_gone(asker) else _serving(replies)
    while server is not None and server.is_alive() and os.getppid() == parent:
        server.join(_LOOKS)
    os._exit(0)


def _is_gone(asker: int) -> bool:
    """Tell whether the asker has ended while this process started, before any signal could be asked for."""
    if os.name == "posix":
        try:
            os.kill(asker, 0)
        except ProcessLookupError:
            return True
    return False


def _ask_for_signal() -> None:
    """Let the kernel kill this process with its parent, in the middle of a C loop too."""
    if sys.platform == "linux":
        with suppress(ImportError, OSError, AttributeError):
            import ctypes

            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL))


def _serving(replies: Any) -> threading.Thread | None:
    """Return the thread that serves; None where there is no memory for its stack, after saying so."""
    threading.stack_size(_STACK)
    server = threading.Thread(target=_serve, args=(replies,))
    try:
        server.start()
    except RuntimeError as error:
        _say_unable(replies, LimitError(str(error)))
        return None
    return server


def _load() -> None:
    """Import what the answers need. Raises `MissingPartError`, or `LimitError` for too little memory."""
    for part in ("mpmath", "sympy"):  # sympy does not load without mpmath, and says it less plainly
        parts.load(part)
    with parts.told():
        from derivcli.witnesses import jobs  # noqa: F401 - with all that it imports


def _say_unable(replies: Any, error: DerivError) -> None:
    limit = "memory" if isinstance(error, LimitError) else None
    replies.write(line_of(0, Unable(error.message, error.hint, limit)))
    replies.flush()


def answer(request: WorkerRequest) -> Iterator[Reply]:
    """Yield the replies to one request."""
    from derivcli.witnesses import jobs

    yield from map(_attempt, jobs.ANSWERS[type(request).__name__](request))
    yield Done()


def _attempt(make: Callable[[], Reply]) -> Reply:
    """Return a part of the answer, or why there is none."""
    try:
        return make()
    except MemoryError:
        return Failed("out of memory", "memory")
    except Exception as error:
        return Failed(f"{type(error).__name__}: {error}"[:200])


def _serve(replies: Any) -> None:
    try:
        _load()
    except DerivError as error:
        _say_unable(replies, error)
        return
    garbage.collect()
    for line in sys.stdin.buffer:
        number, request, seconds = request_in(line)
        _set_alarm(math.ceil(min(seconds, _LONGEST_ALARM)) + _GRACE)
        for reply in answer(request):
            replies.write(line_of(number, reply))
            replies.flush()
        _set_alarm(0)


def _set_alarm(seconds: int) -> None:
    """End this process after so many seconds, in the middle of a C loop too; 0 calls it off."""
    if hasattr(signal, "alarm"):  # not on Windows
        signal.alarm(seconds)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
