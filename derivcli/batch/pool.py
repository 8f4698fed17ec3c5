"""Queries, answered in several processes side by side, each of which is asked a line at a time (see `exchange`).

A thread for each process takes a query, writes its fields as a line, and reads the line that answers it. A process that
ends in the middle costs the query that it had, and another takes its place. The answers come back in order.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from derivcli.batch.exchange import line_of, read_answer
from derivcli.batch.queries import Answered, Query
from derivcli.errors import DerivError, InternalError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# -P keeps the current folder off the path; the folder of this package comes last.
_BOOT = (
    "import gc; gc.disable(); import sys; sys.path.append(sys.argv[1]); from derivcli.batch.server import main; main()"
)
_ROOT = str(Path(__file__).resolve().parents[2])
_COMMAND = [sys.executable, "-P", "-c", _BOOT, _ROOT]
_AHEAD = 8  # queries taken for each process before the oldest is answered: one that takes long keeps few others waiting


def side_by_side(queries: Iterable[Query | Answered], jobs: int) -> Iterator[Answered]:
    """Yield what there is to say of each query, in their order."""
    pool = _Pool(iter(queries), jobs)
    try:
        yield from pool.answers()
    except BaseException:  # one who wants no more answers is among them
        pool.close()
        raise


class _Pool:
    """Threads that each own a process. `_found` holds answers that are ready, by their number, until their turn."""

    def __init__(self, queries: Iterator[Query | Answered], jobs: int) -> None:
        self._queries = queries
        self._reading = threading.Lock()
        self._ready = threading.Condition()
        self._found: dict[int, Answered | BaseException] = {}
        self._taken = 0
        self._total: int | None = None  # known at the end of the queries
        self._room = threading.Semaphore(jobs * _AHEAD)
        self._servers = [_Server() for _ in range(jobs)]
        for server in self._servers:
            threading.Thread(target=self._serve, args=(server,), daemon=True).start()

    def answers(self) -> Iterator[Answered]:
        """Yield the answers in order; raises what the source of the queries raises, in its turn."""
        number = 0
        while True:
            with self._ready:
                while number not in self._found:
                    if self._total == number:
                        return
                    self._ready.wait()
                found = self._found.pop(number)
            if isinstance(found, BaseException):
                raise found
            yield found
            self._room.release()
            number += 1

    def close(self) -> None:
        """End all processes, whatever they are doing."""
        with self._ready:
            self._total = self._taken
        for server in self._servers:
            server.kill()

    def _serve(self, server: _Server) -> None:
        while (taken := self._take()) is not None:
            number, query = taken
            found: Answered | BaseException
            try:
                found = query if isinstance(query, (Answered, BaseException)) else server.answer(query)
            except DerivError as error:
                found = error
            except Exception as error:  # a defect of ours must not leave the caller waiting
                found = InternalError(f"internal error: {type(error).__name__}: {error}")
            with self._ready:
                self._found[number] = found
                self._ready.notify_all()
        server.end()

    def _take(self) -> tuple[int, Query | Answered | BaseException] | None:
        """Return the next query with its number, None at the end; an error of the source is the last of them."""
        self._room.acquire()
        with self._reading:
            if self._total is not None:
                self._room.release()
                return None
            found: Query | Answered | BaseException | None
            try:
                found = next(self._queries, None)
            except BaseException as error:
                found = error
            with self._ready:
                if found is None or isinstance(found, BaseException):
                    self._total = self._taken + (found is not None)
                    self._ready.notify_all()
                if found is None:
                    self._room.release()
                    return None
                self._taken += 1
                return self._taken - 1, found


class _Server:
    """A process that answers a line at a time; it is started for the first one, and again where it has ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def answer(self, query: Query) -> Answered:
        """Return what the process says of a query; where it ends before it does, an error."""
        process = self._started()
        try:
            assert process.stdin is not None  # noqa: S101 - for the types
            assert process.stdout is not None  # noqa: S101
            process.stdin.write(line_of(query))
            process.stdin.flush()
            line = process.stdout.readline()
        except (OSError, ValueError):
            line = ""
        return read_answer(query, line) if line.endswith("\n") else Answered(query, error=self._buried())

    def _buried(self) -> DerivError:
        """Forget the process, which has ended; return the error that says so."""
        process, self._process = self._process, None
        assert process is not None  # noqa: S101 - for the types
        process.kill()
        process.communicate()
        return InternalError("the process that was answering this question has ended")

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
            self._process = subprocess.Popen(_COMMAND, stdin=pipe, stdout=pipe, stderr=nowhere, text=True)  # noqa: S603
        return self._process

    def end(self) -> None:
        """Let the process end, for there is nothing more to ask."""
        if self._process is not None:
            self._process.communicate()

    def kill(self) -> None:
        """End the process at once; the thread that asks it sees that, and closes its pipes."""
        if self._process is not None:
            self._process.kill()
