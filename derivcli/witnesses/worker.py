"""The process that owns sympy and mpmath: a request a line in, replies a line out, as JSON.

A request `{"id", "program", "points", "wrt"}`, where `wrt` lists what each derivative is taken by, is answered by
replies (see `protocol`) that come as each is ready:

- `Programs`;
- `ValueEvidence` for each point: f with many digits or, where f is undefined, its one-sided limits;
- `SlopeEvidence` for each point and derivative, as seen from both sides; those that may take long come last;
- `Formula` for each derivative;
- `Direction`, if the request asks for the `whole` derivative;
- `Exact` for what the request asks `coefficients` of, or `exact` numbers;
- `SecondPoint` and `Remainder`, if the request has a second point, `near`;
- `Done`.

With `implicit` the derivatives are those of that variable, which the equation `program = constant` makes a function;
the variables in `at_zero` are 0 in every symbolic form.

A request that `asks` for a `trace` is answered by what `tracing` finds instead, one for `equations` by what `equations`
does, one that asks for `programs` by those alone.

A part that fails is answered by `Failed` with its reason, and the next one is tried. A process that cannot work at all
says why by `Unable`, and ends. The parent bounds the time; this process bounds its memory. It ends with
its parent, whatever it is doing: by a signal where the kernel sends one, else because it looks, else by an alarm.
"""

from __future__ import annotations

import gc
import json
import math
import os
import signal
import sys
import threading
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from derivcli import parts
from derivcli.errors import DerivError, LimitError
from derivcli.language.program import Program
from derivcli.witnesses.protocol import Done, Failed, Unable, line_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from derivcli.witnesses.protocol import Reply

    Parts = Iterator[Callable[[], Reply]]

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
    for part in ("mpmath", "sympy"):
        parts.load(part)
    with parts.told():
        from derivcli.witnesses import jobs  # noqa: F401 - with all that it imports


def _say_unable(replies: Any, error: DerivError) -> None:
    limit = "memory" if isinstance(error, LimitError) else None
    replies.write(line_of(0, Unable(error.message, error.hint, limit)))
    replies.flush()


def answer(request: Mapping[str, Any]) -> Iterator[Reply]:
    """Yield the replies to one request."""
    yield from map(_attempt, _PARTS[request.get("asks", "testimony")](request))
    yield Done()


def _testimony(request: Mapping[str, Any]) -> Parts:
    """Yield the parts of what the witnesses say of f."""
    program = Program.from_json(request["program"])
    points = [
        {name: Program.from_json(coordinate) for name, coordinate in point.items()} for point in request["points"]
    ]
    from derivcli.witnesses.jobs import ImplicitJob, Job

    kind: Any = Job if request.get("implicit") is None else partial(ImplicitJob, variable=request["implicit"])
    job = kind(program, points, [tuple(wrt) for wrt in request["wrt"]], request.get("at_zero", []))
    yield job.programs
    for index in range(len(points)):
        yield partial(job.reference, index)
        yield from job.slopes(index, job.first)
    for wrt in job.wrt:
        if wrt in job.higher:
            yield from (part for index in range(len(points)) for part in job.slopes(index, [wrt]))
        yield partial(job.derivative, wrt)
    if request.get("whole"):
        yield partial(job.broken, [wrt[0] for wrt in job.wrt if len(wrt) == 1])
    for wrt in request.get("coefficients", ()):
        yield partial(job.coefficient, tuple(wrt))
    for wrt in request.get("exact", ()):
        yield partial(job.exact, tuple(wrt))
    if request.get("near"):
        there = {name: Program.from_json(p) for name, p in request["near"].items()}
        yield partial(job.near, there)
        yield partial(job.remainder, there, request.get("taylor_order", 0))
    for index in range(len(points)):
        yield from job.slopes(index, job.slow)


def _programs(request: Mapping[str, Any]) -> Parts:
    from derivcli.witnesses.jobs import Job

    yield Job(Program.from_json(request["program"]), [], [], []).programs


def _trace(request: Mapping[str, Any]) -> Parts:
    from derivcli.witnesses import tracing

    return tracing.parts(request)


def _equations(request: Mapping[str, Any]) -> Parts:
    from derivcli.witnesses import equations

    return equations.parts(request)


_PARTS = {"testimony": _testimony, "programs": _programs, "trace": _trace, "equations": _equations}


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
    gc.enable()
    gc.freeze()
    for line in sys.stdin.buffer:
        request = json.loads(line)
        _set_alarm(math.ceil(min(request["seconds"], _LONGEST_ALARM)) + _GRACE)
        for reply in answer(request):
            replies.write(line_of(request["id"], reply))
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
