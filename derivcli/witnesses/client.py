"""The main process's side of the worker: start it, ask it, stop it.

One worker is kept alive between questions, behind a lock; a new one is made after a kill, and in a forked child. A
question whose worker has died before it said anything to it is asked once more, of a new one.
"""

from __future__ import annotations

import atexit
import os
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from derivcli import parts
from derivcli.errors import LimitError, WorkerError
from derivcli.witnesses.conversation import Conversation as Conversation
from derivcli.witnesses.conversation import Meanwhile as Meanwhile
from derivcli.witnesses.conversation import nothing as nothing
from derivcli.witnesses.process import Worker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.witnesses.conversation import Asked
    from derivcli.witnesses.protocol import WorkerRequest


_REQUESTS_PER_WORKER = 5_000  # then a new one: sympy's caches only grow

_worker: Worker | None = None
_ahead: tuple[WorkerRequest, Conversation] | None = None  # a request that will be asked next
_lock = threading.RLock()


def start() -> None:
    """Start the worker, so that its imports run beside ours. Does nothing if one is running.

    Raises `WorkerError` if none can be started, `LimitError` if there is no room for one.
    """
    global _worker
    with _lock:
        if _worker is not None and _worker.alive and (_worker.requests < _REQUESTS_PER_WORKER or _worker.is_asked):
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
        question = _taken(request, deadline) or post(request, deadline)
        try:
            yield question
        finally:
            leave(question)


def post(request: WorkerRequest, deadline: float) -> Conversation:
    """Ask the worker, which may have other questions before this one, without waiting; who has posted has to `leave`.

    Raises as `start` does.
    """
    with _lock:
        return _posted(request, deadline + _seconds_until_ahead_is_over())


def leave(question: Conversation) -> None:
    """Hear no more of a question; a worker that is not done with it is ended."""
    with _lock:
        question.worker.forget(question.number)
        if not question.done and question.worker is _worker:
            stop()


def send_ahead(request: WorkerRequest, seconds: float) -> None:
    """Post a request that will be asked next, if there is none yet; raises as `start` does."""
    global _ahead
    with _lock:
        if _ahead is None:
            _ahead = request, _posted(request, time.monotonic() + seconds)


def forget(request: WorkerRequest) -> None:
    """Let a request that was sent ahead never be asked."""
    question = _taken(request, 0.0)
    if question is not None:
        leave(question)


def _taken(request: WorkerRequest, deadline: float) -> Conversation | None:
    """Return the question that was sent ahead, as its turn has come; None where none was, or its worker has ended."""
    global _ahead
    if _ahead is None or _ahead[0] is not request:
        return None
    question, _ahead = _ahead[1], None
    question.deadline = deadline
    return question if question.done or question.worker.alive else None


def _seconds_until_ahead_is_over() -> float:
    """Wait for what was sent ahead, behind which others stand; the time that it takes is not to be theirs.

    What does not end in its own time is asked anew in its turn.
    """
    global _ahead
    if _ahead is None:
        return 0.0
    started = time.monotonic()
    try:
        _ahead[1].gather()
    finally:
        if not _ahead[1].done:
            leave(_ahead[1])
            _ahead = None
    return time.monotonic() - started


def _posted(request: WorkerRequest, deadline: float) -> Conversation:
    return Conversation(*_sent(request, deadline), deadline, partial(_sent_anew, request))


def _sent(request: WorkerRequest, deadline: float) -> Asked:
    """Send a request to the worker; return it and the number of the request."""
    start()
    assert _worker is not None  # noqa: S101 - `start` has made it
    return _worker, _worker.send(replace(request, seconds=max(0.0, deadline - time.monotonic())))


def _sent_anew(request: WorkerRequest, dead: Worker, deadline: float) -> Asked | None:
    """Send a request to another worker than one that has died; to none where we have ended that one ourselves."""
    if _worker is None or dead.is_ended:
        return None
    if _worker is dead:
        stop()
    return _sent(request, deadline)


def _at_exit() -> None:
    """End the worker, also where a thread still waits for its answer: such a thread ends with this process."""
    abandon()
    if _lock.acquire(blocking=False):
        stop()
        _lock.release()


def _after_fork() -> None:
    global _worker, _ahead, _lock
    _worker, _ahead, _lock = None, None, threading.RLock()


atexit.register(_at_exit)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
