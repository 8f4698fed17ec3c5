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


# Then a new one. Its memory grows by 10 MiB over 10,000 questions, and hardly after: the caches of sympy have an end.
_REQUESTS_PER_WORKER = 50_000

_worker: Worker | None = None
_under_way: dict[Conversation, WorkerRequest] = {}  # what the worker has been asked, in order
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
        _worker.is_abandoned = True
        _worker.end()


@contextmanager
def ask(request: WorkerRequest, deadline: float) -> Iterator[Conversation]:
    """Ask the worker; a worker that is not done when the block ends is ended.

    What was posted before comes first, and its time is not taken from this one. Raises as `start` does.
    """
    with _lock:
        question = _taken(request, deadline) or post(request, deadline + _seconds_until_all_is_over())
        try:
            yield question
        finally:
            leave(question)


def post(request: WorkerRequest, deadline: float) -> Conversation:
    """Ask the worker, which may have other questions before this one, without waiting; who has posted has to `leave`.

    Raises as `start` does.
    """
    with _lock:
        question = Conversation(*_sent(request, deadline), deadline, partial(_sent_anew, request))
        _under_way[question] = request
        return question


def leave(question: Conversation) -> None:
    """Hear no more of a question; a worker that is not done with it is ended."""
    with _lock:
        _under_way.pop(question, None)
        question.worker.forget(question.number)
        if not question.done and question.worker is _worker:
            stop()


def send_ahead(request: WorkerRequest, seconds: float) -> None:
    """Post a request that will be asked next; raises as `start` does.

    Where the worker is to be replaced it is not: it is sent in its turn.
    """
    with _lock:
        if _worker is None or _worker.requests < _REQUESTS_PER_WORKER:
            post(request, time.monotonic() + seconds).seconds_ahead = seconds


def forget(request: WorkerRequest) -> None:
    """Let a request that was sent ahead never be asked."""
    with _lock:
        question = _sent_ahead(request)
        if question is not None:
            leave(question)


def _taken(request: WorkerRequest, deadline: float) -> Conversation | None:
    """Return the question that was sent ahead, as its turn has come; None where none was, or its worker has ended."""
    question = _sent_ahead(request)
    if question is None:
        return None
    question.deadline, question.seconds_ahead = deadline, None
    if question.done or question.worker.alive:
        return question
    leave(question)
    return None


def _sent_ahead(request: WorkerRequest) -> Conversation | None:
    """Return the question that a request was sent ahead by, mostly the first of those under way."""
    return next((question for question, sent in _under_way.items() if sent is request), None)


def _seconds_until_all_is_over() -> float:
    """Wait for what is under way, which a new question has to stand behind. A worker that does not end is ended.

    What was sent ahead has all of its time from when the worker comes to it: it may have stood behind hundreds. What an
    ended worker has not answered of that is asked in its turn.
    """
    started = time.monotonic()
    for question in _under_way:
        if question.seconds_ahead is not None:
            if not question.worker.alive:
                continue
            question.deadline = time.monotonic() + question.seconds_ahead
        question.gather()
        if not question.done and question.worker is _worker:
            stop()
    return time.monotonic() - started


def _sent(request: WorkerRequest, deadline: float) -> Asked:
    """Send a request to the worker; return it and the number of the request."""
    with _lock:
        start()
        assert _worker is not None  # noqa: S101 - `start` has made it
        return _worker, _worker.send(request, max(0.0, deadline - time.monotonic()))


def _sent_anew(request: WorkerRequest, dead: Worker, deadline: float) -> Asked | None:
    """Send a request to another worker than one that has died; to none where this process is about to end."""
    with _lock:
        if dead.is_abandoned:
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
    global _worker, _lock
    _worker, _lock = None, threading.RLock()
    _under_way.clear()


atexit.register(_at_exit)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
