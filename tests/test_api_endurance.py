"""`differentiate` called without end, from threads and from forked children; and it keeps quiet."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from derivcli import Result, differentiate
from derivcli.witnesses import client


def answers(result: Result) -> list[float | None]:
    return [result.value.answer, *(derivative.answer for derivative in result.derivatives)]


def processes() -> int:
    return len(list(Path("/proc/self/task").iterdir()))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_hundreds_of_calls_grow_nothing_and_use_one_worker() -> None:
    workers, sizes, threads, files = set(), [], [], []
    for round_ in range(4):
        for k in range(20):
            assert answers(differentiate(f"x^2 + {k % 10}*x", {"x": round_}))[1] == 2 * round_ + k % 10
        assert client._worker is not None
        workers.add(client._worker._process.pid)
        pages = Path("/proc/self/statm").read_text().split()[1]
        sizes.append(int(pages) * os.sysconf("SC_PAGE_SIZE"))
        threads.append(processes())
        files.append(len(list(Path("/proc/self/fd").iterdir())))
    assert len(workers) == 1
    assert sizes[-1] - sizes[1] < 8 * 2**20
    assert threads[-1] <= threads[0] + 1
    assert files[-1] <= files[0] + 1


def test_threads_get_each_its_own_answer() -> None:
    found: dict[int, list[float | None]] = {}

    def work(number: int) -> None:
        for _ in range(5):
            found[number] = answers(differentiate(f"{number}*x^2", {"x": number}))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: [number**3, 2 * number**2] for number in range(1, 9)}


# By day: a forked child has a worker of its own, `tests/witnesses/test_client.py`.
@pytest.mark.nightly
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_child_can_ask_as_its_parent_can() -> None:
    script = """
import os
from derivcli import differentiate
from derivcli.witnesses import client
def ask(k): return differentiate(f"{k}*x^2", {"x": 3}).derivatives[0].answer == 6*k
first = ask(1)
children = []
for k in range(2, 4):
    child = os.fork()
    if child == 0:
        ok = ask(k) and ask(k)
        client.stop()
        os._exit(0 if ok else 1)
    children.append(child)
codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
print(first, codes, ask(9))
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert ran.stdout.strip() == "True [0, 0] True", ran.stderr


def test_the_library_says_nothing_on_its_own(capfd: pytest.CaptureFixture[str]) -> None:
    client.stop()
    differentiate("gamma(x)/x", {"x": 0})
    differentiate("sin(1e400*x)", {"x": 1})
    client.stop()
    assert capfd.readouterr() == ("", "")
