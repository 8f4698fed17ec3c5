"""Dask as the engine: its scheduler hands the parts to workers, and again to others where a worker ends."""

from __future__ import annotations

import logging
import queue
import signal
import socket
import sys
import threading
import warnings
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from importlib.metadata import version
from multiprocessing import resource_tracker
from platform import python_version
from typing import TYPE_CHECKING, Any, TypeVar

from derivcli import parts
from derivcli.engine.versions import MISSING, PACKAGES, check, versions
from derivcli.errors import DerivError, EngineError, InternalError, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from derivcli.engine.runner import Address

I = TypeVar("I")  # noqa: E741
O = TypeVar("O")  # noqa: E741

_REACHED = 4.0  # seconds for a connection to the scheduler's port
_ANSWERED = 5.0  # seconds for its answer after that: with the connection below the ten that anybody waits
_WORKERS = 20.0  # seconds for a first worker, which may be on the way
_PAUSE = 1.0  # seconds between two looks whether the scheduler is still there
_ENDED = 10.0  # seconds for the processes of this machine to end
_LOST = 15.0  # seconds without it: Dask itself tries to come back to it in that time
# Who would write of lost connections among our own messages; what is lost is said by an error of ours.
_LOGS = ("distributed", "distributed.client", "distributed.core", "distributed.comm", "tornado", "asyncio")
_NO_SEMAPHORES = "ignore:resource_tracker:UserWarning"  # how Python's warning of them begins
_AHEAD = 64  # tasks that are handed over at least, so that no worker waits for the next one


@contextmanager
def connected(address: Address) -> Iterator[DaskRunner]:
    """Give what runs parts on the workers of a cluster, or on processes that are started here and end with this.

    Raises `MissingPartError` without Dask, `EngineError` for a scheduler that does not answer, that has no worker, or
    one with other versions than are here.
    """
    distributed = _library()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of versions, which are looked at below, and of ports
        cluster = None if address.host else _local(distributed, address.workers)
        client = None
        try:
            client = _client(distributed, address, cluster)
            _check_workers(client, address)
            yield DaskRunner(client, address.shown)
        finally:
            _close(client, cluster)


def _close(client: Any, cluster: Any) -> None:
    """Let go of the workers; what is lost cannot be closed."""
    for each, seconds in ((client, _PAUSE), (cluster, _ENDED)):
        if each is not None:
            with suppress(Exception):
                each.close(timeout=seconds)


def _library() -> Any:
    for name in ("dask", "distributed"):
        if parts.is_missing(name):
            raise parts.missing(name, f"--engine dask needs {name}")
    found = parts.load("distributed")
    for name in _LOGS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return found


def _local(distributed: Any, count: int | None) -> Any:
    """Start processes here: one thread each, no page that shows them, no limit of their memory but the machine's.

    One that ends is started again, however long that takes: Dask gives up after 15 seconds, and waits for ever then.
    """
    parts.load("dask").config.set({"distributed.deploy.lost-worker-timeout": "365 days"})

    def start() -> Any:
        _leave_interrupts_to_us()
        return distributed.LocalCluster(
            n_workers=count,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            memory_limit=None,
            silence_logs="CRITICAL",
        )

    try:
        return _in_time(start, None)
    except (OSError, RuntimeError, TimeoutError) as error:  # as Dask says it: a process may be killed, or too slow
        raise EngineError(f"the processes of Dask do not start: {error}", hint="try fewer: dask://local:1") from error


def _leave_interrupts_to_us() -> None:
    """See to it that what this thread starts is silent at Ctrl-C, which a terminal sends to all: it ends with us.

    A blocked signal stays blocked in the threads and processes that are started from here; the main thread has it
    still. Python's own process that counts semaphores comes first: to start it unblocks the signal. It would warn of
    those that are left when we end at once.
    """
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        return
    sys.warnoptions.append(_NO_SEMAPHORES)
    try:
        resource_tracker.ensure_running()
    finally:
        sys.warnoptions.remove(_NO_SEMAPHORES)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _client(distributed: Any, address: Address, cluster: Any) -> Any:
    if cluster is not None:
        return distributed.Client(cluster)
    try:
        socket.create_connection((address.host.strip("[]"), address.port), timeout=_REACHED).close()
    except OSError as error:
        raise _unreachable(address, reason(error).lower()) from error
    try:
        return _in_time(lambda: distributed.Client(f"tcp://{address.shown}", timeout=_ANSWERED), _ANSWERED)
    except Exception as error:  # what another server says, Dask may take for anything: for a length of exabytes, too
        said = "" if isinstance(error, TimeoutError) else f" ({type(error).__name__}: {error})"
        raise _unreachable(address, f"it does not answer as a scheduler of Dask{said}") from error


def _unreachable(address: Address, why: str) -> EngineError:
    return EngineError(
        f"the scheduler {address.shown} cannot be reached: {why}",
        hint="start one by `dask scheduler`, or take processes of this machine: --engine dask://local",
    )


def _in_time(make: Callable[[], Any], seconds: float | None) -> Any:
    """Return what another thread makes, or raise as that does.

    Raises `TimeoutError` where a port is open and never answers.
    """
    made: Future[Any] = Future()

    def run() -> None:
        try:
            made.set_result(make())
        except BaseException as error:
            made.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return made.result(seconds)


def _check_workers(client: Any, address: Address) -> None:
    """Raise `EngineError` where there is no worker, or one with other versions; a worker may lack derivcli itself."""
    try:
        client.wait_for_workers(1, timeout=_WORKERS)
    except TimeoutError:
        hint = f"start one on each machine: dask worker {address.shown} --nthreads 1 --nworkers auto"
        raise EngineError(f"the scheduler {address.shown} has no workers", hint=hint) from None
    asked = {"Python": client.run(python_version)}
    asked |= {name: client.run(version, name, on_error="return") for name in PACKAGES}
    for worker in asked["Python"]:
        said = {name: found.get(worker, MISSING) for name, found in asked.items()}
        found = {name: MISSING if isinstance(each, Exception) else each for name, each in said.items()}
        check(versions(), found, f"the worker {worker}")


class DaskRunner:
    """The workers of a cluster."""

    def __init__(self, client: Any, shown: str) -> None:
        self._client, self._shown = client, shown
        self._ahead = max(_AHEAD, 2 * sum(client.nthreads().values()))

    def each(self, work: Callable[[I], O], items: Iterable[I]) -> Iterator[tuple[I, O | DerivError]]:
        """Yield each item with what a worker has made of it, as they are ready. Raises `EngineError`.

        Dask blames the end of a worker on all that it had. So these items are done once more, one after the other.
        """
        left, blamed = iter(items), []
        done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        running: dict[Any, I] = {}
        while True:
            while len(running) < self._ahead and (item := next(left, _NOTHING)) is not _NOTHING:
                running[self._submitted(work, item, done)] = item
            if not running:
                break
            future = self._next(done)
            item, found = running.pop(future), self._outcome(future)
            if found is _KILLED:
                blamed.append(item)
            else:
                yield item, found
        for item in blamed:
            self._submitted(work, item, done)
            yield item, self._outcome(self._next(done))

    def _submitted(self, work: Callable[[I], O], item: I, done: queue.SimpleQueue[Any]) -> Any:
        """Return the future of an item, which is put among those that are done when it is."""
        future = self._client.submit(work, item, pure=False)
        future.add_done_callback(done.put)
        return future

    def _next(self, done: queue.SimpleQueue[Any]) -> Any:
        """Return the next future that is done."""
        for _ in self._while_there():
            with suppress(queue.Empty):
                return done.get(timeout=_PAUSE)
        raise self._lost()

    def _outcome(self, future: Any) -> Any:
        """Return what a future holds. Where its worker has ended since, Dask asks another one for it."""
        for _ in self._while_there():
            if future.status == "cancelled":
                break
            if future.status == "error":
                return _error(future.exception())
            with suppress(TimeoutError, CancelledError):
                return future.result(timeout=_PAUSE)
        raise self._lost()

    def _while_there(self) -> Iterator[None]:
        """Yield until the scheduler has been gone for too long."""
        gone = 0.0
        while gone < _LOST:
            yield
            gone = 0.0 if self._client.status == "running" else gone + _PAUSE

    def _lost(self) -> EngineError:
        return EngineError(f"the scheduler {self._shown} is lost", hint="add --resume to do the parts that are missing")


def _error(error: Exception) -> DerivError:
    """Return what has gone wrong on a worker: an error of ours as it is."""
    if isinstance(error, DerivError):
        return error
    if type(error).__name__ == "KilledWorker":
        return _KILLED
    return InternalError(f"a worker has failed: {type(error).__name__}: {error}")


_NOTHING: Any = object()
_KILLED = EngineError("the workers that had it have ended in the middle, one after the other")
