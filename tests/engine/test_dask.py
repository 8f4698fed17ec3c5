"""Dask as the engine: one short run in this process; at night real clusters, of which processes are killed.

What the rows come to is held against what this process makes of the same parts, and against |x| by hand.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from derivcli import parts
from derivcli.engine import dask
from derivcli.engine.runner import Address
from derivcli.errors import EngineError, MissingPartError, UsageError
from derivcli.language.diagnostics import draw
from tests.cli import Answer, clean, complaint, deriv

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(parts.is_missing("distributed"), reason="needs Dask")
nightly = pytest.mark.nightly
quiet = pytest.mark.filterwarnings("ignore")  # Dask's own, of ports and of sockets that a killed process leaves

HERE = Address(workers=1, is_dask=True)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("data").mkdir()
    for name, rows in (("a", "1\n-2\nq\n"), ("b", "0\n"), ("c", "5\n")):
        Path(f"data/{name}.csv").write_text(f"x\n{rows}", encoding="utf-8")
    return tmp_path


def held(folder: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}


def asked(engine: str, folder: str, points: str = "data", *flags: str) -> tuple[str, ...]:
    return ("abs(x)", "--points", points, "--engine", engine, "--output", f"{folder}/", *flags)


@quiet
def test_parts_that_dask_answers_have_the_same_bytes(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that is a thread of this process: its start costs a tenth of a second, and what it does is the same."""

    import distributed  # half a second, which a process that only collects the tests does not need

    def threads(_: Any, count: int | None) -> Any:
        return distributed.LocalCluster(n_workers=count, processes=False, dashboard_address=None)

    monkeypatch.setattr(dask, "_local", threads)
    assert deriv(*asked("dask://local:1", "by-dask")) == Answer(1, "", "")
    deriv(*asked("serial", "by-this"))
    assert held("by-dask") == held("by-this")


def test_without_dask_the_extra_is_named(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "is_missing", lambda name: name == "distributed")
    with pytest.raises(MissingPartError) as caught, dask.connected(HERE):
        pass
    assert draw(caught.value) == ("error: --engine dask needs distributed\nhint: pip install 'derivcli[dask]'")


def test_processes_that_do_not_start_are_said() -> None:
    class Slow:
        @staticmethod
        def LocalCluster(**_: Any) -> Any:  # noqa: N802 - Dask's name
            raise RuntimeError("Worker failed to start.")

    with pytest.raises(EngineError) as caught:
        dask._local(Slow, 8)
    assert draw(caught.value) == (
        "error: the processes of Dask do not start: Worker failed to start.\nhint: try fewer: dask://local:1"
    )


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="Windows has no masks of signals")
def test_processes_of_dask_leave_ctrl_c_to_the_command() -> None:
    """A terminal sends it to all of them, and each would write a traceback."""
    mask = "import signal; print(*map(int, signal.pthread_sigmask(signal.SIG_BLOCK, [])))"

    class Blocked:
        @staticmethod
        def LocalCluster(**_: Any) -> str:  # noqa: N802 - Dask's name
            return subprocess.run([sys.executable, "-c", mask], capture_output=True, text=True, check=True).stdout

    assert dask._local(Blocked, 2) == "2\n"  # SIGINT is 2, by POSIX
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def refused(address: Address) -> tuple[str, float]:
    """Return what is said of a scheduler, and after how many seconds."""
    started = time.monotonic()
    with pytest.raises(EngineError) as caught, dask.connected(address):
        pass
    return draw(caught.value), time.monotonic() - started


OTHERWISE = "hint: start one by `dask scheduler`, or take processes of this machine: --engine dask://local"


def test_a_scheduler_that_is_not_there_is_said_soon() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        said, seconds = refused(Address("127.0.0.1", port, is_dask=True))
    assert said == f"error: the scheduler 127.0.0.1:{port} cannot be reached: connection refused\n{OTHERWISE}"
    assert seconds < 10


@contextmanager
def open_port() -> Iterator[int]:
    """Give a port to which anybody may connect, and which never answers."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        yield silent.getsockname()[1]


@quiet
def test_a_port_that_never_answers_is_said_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "_ANSWERED", 0.2)
    with open_port() as port:
        said, _ = refused(Address("127.0.0.1", port, is_dask=True))
    why = "it does not answer as a scheduler of Dask"
    assert said == f"error: the scheduler 127.0.0.1:{port} cannot be reached: {why}\n{OTHERWISE}"


def test_what_dask_makes_of_another_server_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first bytes of a page it takes for a length of exabytes; or it waits for more, as the test before has it."""

    def refuse(*_: object, **__: object) -> None:
        raise MemoryError("no room for 3543824036068086856 bytes")

    monkeypatch.setattr(dask, "_library", lambda: SimpleNamespace(Client=refuse))
    with open_port() as port:
        said, _ = refused(Address("127.0.0.1", port, is_dask=True))
    why = "it does not answer as a scheduler of Dask (MemoryError: no room for 3543824036068086856 bytes)"
    assert said == f"error: the scheduler 127.0.0.1:{port} cannot be reached: {why}\n{OTHERWISE}"


def test_nothing_is_written_where_the_scheduler_is_not_reached(here: Path) -> None:
    assert complaint(*asked("dask://127.0.0.1:1", "out")).startswith("error: the scheduler 127.0.0.1:1 cannot be")
    assert not Path("out").exists()


# What follows starts processes of Dask's.


class Cluster:
    """A scheduler and workers, each a process of its own."""

    def __init__(self, folder: Path, workers: int) -> None:
        self._file = folder / "scheduler.json"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.scheduler = self._started("scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard")
        self.workers = [self.worker() for _ in range(workers)]

    @property
    def engine(self) -> str:
        return f"dask://127.0.0.1:{self.port}"

    def worker(self, variables: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
        return self._started(
            *("worker", f"127.0.0.1:{self.port}", "--nthreads", "1", "--no-nanny", "--no-dashboard"),
            variables=variables,
        )

    def _started(self, *arguments: str, variables: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
        nothing = subprocess.DEVNULL
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments], stdout=nothing, stderr=nothing, env=clean(variables)
        )

    def close(self) -> None:
        for each in (*self.workers, self.scheduler):
            each.kill()
            each.wait()


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[Cluster]:
    made = Cluster(folder, workers)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", made.port), timeout=1):
            break
        time.sleep(0.1)
    try:
        yield made
    finally:
        made.close()


def rows(path: str, count: int) -> None:
    with Path(path).open("w", encoding="utf-8") as stream:
        stream.write("id,x\n")
        stream.writelines(f"{n},{n % 2001 - 1000}.5\n" for n in range(count))


def started(*arguments: str) -> subprocess.Popen[bytes]:
    """Start the command."""
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-m", "derivcli", *arguments], stdout=pipe, stderr=pipe, env=clean())


def wait_for(folder: str, count: int) -> None:
    """Wait until so many parts are done."""
    deadline = time.monotonic() + 300
    path = Path(folder, "_manifest.jsonl")
    while time.monotonic() < deadline:
        if path.exists() and path.read_text(encoding="utf-8").count('"sha256"') >= count:
            return
        time.sleep(0.02)
    raise AssertionError("the parts take too long")


def ended(command: subprocess.Popen[bytes]) -> Answer:
    out, err = command.communicate(timeout=400)
    return Answer(command.returncode, out.decode(), err.decode())


def check_rows(folder: str, count: int) -> None:
    """Hold every row, in its order, against |x| and its slope."""
    number = 0
    for path in sorted(Path(folder).glob("part-*.csv")):
        with path.open(encoding="utf-8") as stream:
            assert next(stream) == "id,x,f,df/dx,status,note\n"
            for line in stream:
                x = float(f"{number % 2001 - 1000}.5")
                slope = "1.0" if x > 0 else "-1.0"
                assert line == f"{number},{number % 2001 - 1000}.5,{abs(x)!r},{slope},agree,\n"
                number += 1
    assert number == count


@nightly
def test_two_million_rows_are_there_in_order_though_a_worker_is_killed_in_the_middle(here: Path) -> None:
    rows("big.csv", 2_000_000)
    with cluster(here, 2) as made:
        command = started(*asked(made.engine, "out", "big.csv"))
        wait_for("out", 1)
        made.workers[0].kill()
        answer = ended(command)
    assert answer == Answer(0, "", "")
    check_rows("out", 2_000_000)
    total = json.loads(Path("out/_manifest.jsonl").read_text(encoding="utf-8").splitlines()[-1])["total"]
    assert (total["read"], total["agree"], total["failed"]) == (2_000_000, 2_000_000, 0)


@nightly
def test_a_run_whose_scheduler_is_killed_is_resumed_with_the_same_bytes(here: Path) -> None:
    rows("big.csv", 1_500_000)
    with cluster(here, 2) as made:
        command = started(*asked(made.engine, "out", "big.csv"))
        wait_for("out", 1)
        made.scheduler.kill()
        answer = ended(command)
    assert answer == Answer(
        2,
        "",
        f"error: the scheduler 127.0.0.1:{made.port} is lost\nhint: add --resume to do the parts that are missing\n",
    )
    first = Path("out/part-00000.csv")
    written = first.stat().st_mtime_ns if first.exists() else None
    assert ended(started(*asked("dask://local:2", "out", "big.csv", "--resume"))) == Answer(0, "", "")
    assert written in (None, first.stat().st_mtime_ns)
    assert ended(started(*asked("serial", "by-this", "big.csv"))) == Answer(0, "", "")
    assert held("out") == held("by-this")
    check_rows("out", 1_500_000)


@nightly
def test_one_worker_and_four_write_the_same_bytes(here: Path) -> None:
    answers = [ended(started(*asked(f"dask://local:{count}", f"by-{count}"))) for count in (1, 4)]
    assert answers == [Answer(1, "", "")] * 2
    deriv(*asked("serial", "by-this"))
    assert held("by-1") == held("by-4") == held("by-this")


@nightly
def test_a_scheduler_without_workers_is_said(here: Path) -> None:
    with cluster(here, 0) as made:
        answer = ended(started(*asked(made.engine, "out")))
    assert answer == Answer(
        2,
        "",
        f"error: the scheduler 127.0.0.1:{made.port} has no workers\n"
        f"hint: start one on each machine: dask worker 127.0.0.1:{made.port} --nthreads 1 --nworkers auto\n",
    )
    assert not Path("out").exists()


@nightly
def test_a_worker_with_another_version_is_refused_before_anything_is_written(here: Path) -> None:
    """What a worker says of its packages is found on its path: the first of the name counts."""
    fake = here / "path" / "sympy-1.0.dist-info"
    fake.mkdir(parents=True)
    (fake / "METADATA").write_text("Metadata-Version: 2.1\nName: sympy\nVersion: 1.0\n", encoding="utf-8")
    with cluster(here, 0) as made:
        made.workers.append(made.worker({"PYTHONPATH": str(here / "path")}))
        answer = ended(started(*asked(made.engine, "out")))
    assert answer.code == 2
    assert " has sympy 1.0, and this machine has " in answer.err
    assert answer.err.startswith("error: the worker tcp://127.0.0.1:")
    assert not Path("out").exists()


@nightly
def test_an_item_that_ends_every_worker_is_told_and_the_others_are_done() -> None:
    with dask.connected(HERE) as runner:
        found = dict(runner.each(_end, [1, 2, 3]))
    assert (found[1], found[3]) == ("1", "3")
    assert isinstance(found[2], EngineError)
    assert found[2].message == "the workers that had it have ended in the middle, one after the other"


def _end(number: int) -> str:
    """End the process at 2, as a fault in a library would."""
    if number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return str(number)


@nightly
def test_what_a_worker_raises_comes_back_as_data() -> None:
    with dask.connected(HERE) as runner:
        found = dict(runner.each(_raise, ["deriv", "other"]))
    assert draw(found["deriv"]) == "error: it is so\nhint: do that"  # type: ignore[arg-type]
    assert str(found["other"]) == "a worker has failed: ValueError: not so"


def _raise(kind: str) -> None:
    if kind == "deriv":
        raise UsageError("it is so", hint="do that")
    raise ValueError("not so")
