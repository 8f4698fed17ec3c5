"""The worker process: kept, replaced, killed, alone with its folder, its group and its environment.

Where nothing depends on what it answers it is a light one, which starts in a fifth of the time.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from derivcli.errors import WorkerError
from derivcli.language.assignments import parse_value
from derivcli.language.lowering import compile_tree
from derivcli.witnesses import client, process
from derivcli.witnesses.evidence import SlopeEvidence, ValueEvidence
from derivcli.witnesses.protocol import EvidenceRequest
from derivcli.witnesses.replies import Died, Done, Programs, SymbolicDerivative
from tests.checks import program_of
from tests.every import at_night
from tests.runaway import AT, RUNAWAY
from tests.witnesses import light

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.witnesses.replies import Reply

ALL = [Programs, ValueEvidence, SlopeEvidence, SymbolicDerivative]  # the replies to a question about one derivative
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _own_worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let each test start a worker of its own: one that runs already answers before a test has stopped or killed it."""
    client.stop()
    monkeypatch.setattr(process, "BOOT", light.BOOT)
    yield
    client.stop()


@pytest.fixture
def _real_worker(_own_worker: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "BOOT", BOOT)


BOOT = process.BOOT
real = pytest.mark.usefixtures("_real_worker")


def request(text: str, **point: str) -> EvidenceRequest:
    """Return what the worker is asked about the first derivatives at a point."""
    programs = {name: compile_tree(parse_value(name, value)) for name, value in point.items()}
    return EvidenceRequest(program_of(text), (programs,), tuple((name,) for name in point))


def ask(text: str, seconds: float = 60, **point: str) -> tuple[list[type[Reply]], client.Conversation]:
    """Return the kinds of the replies to a question."""
    with client.ask(request(text, **point), time.monotonic() + seconds) as question:
        return [type(reply) for reply in question.replies()], question


def pid() -> int:
    assert client._worker is not None
    return client._worker._process.pid


def exists(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


# A script for `run`, in which there is `ask`, of a light worker.
ASKING = f"""
import os, time
from derivcli.language.lowering import compile_tree
from derivcli.language.parser import parse
from derivcli.witnesses import client, process
from derivcli.witnesses.protocol import EvidenceRequest
process.BOOT = {light.BOOT!r}
def ask(*texts):
    program, point = (compile_tree(parse(text).tree) for text in texts)
    request = EvidenceRequest(program, ({{"x": point}},), (("x",),))
    with client.ask(request, time.monotonic() + 20) as question:
        return [type(reply).__name__ for reply in question.replies()], client._worker._process.pid
"""


def run(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the repository on its path, in another folder."""
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:] = [{str(ROOT)!r}, *sys.path[1:]]\n{script}"],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@real
def test_one_worker_answers_many_questions() -> None:
    workers = set()
    for _ in range(20):
        kinds, question = ask("x^2", x="3")
        assert kinds == ALL
        assert question.done
        workers.add(pid())
    assert len(workers) == 1


def test_a_worker_is_replaced_after_a_number_of_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_REQUESTS_PER_WORKER", 2)
    seen = []
    for _ in range(4):
        ask("x", x="1")
        seen.append(pid())
    assert seen[0] == seen[1] != seen[2] == seen[3]
    assert not exists(seen[0])


@real
def test_a_runaway_is_killed_when_its_time_is_over_and_the_next_question_is_answered() -> None:
    client.start()
    runaway = pid()
    begun = time.monotonic()
    kinds, question = ask(RUNAWAY, seconds=0.5, x=AT)
    assert time.monotonic() - begun < 3
    assert ValueEvidence not in kinds
    assert not question.done
    assert not exists(runaway)
    assert ask("x^2", x="3")[0] == ALL


@pytest.mark.parametrize("number", [signal.SIGKILL, *at_night(signal.SIGTERM, signal.SIGSEGV)])
def test_a_worker_that_is_killed_in_the_middle_is_noticed_and_replaced(number: signal.Signals) -> None:
    with client.ask(request(RUNAWAY, x=AT), time.monotonic() + 20) as question:
        replies = question.replies()
        assert isinstance(next(replies), Programs)
        os.kill(pid(), number)
        assert list(replies) == []
    assert (question.done, question.ending) == (False, f"killed by signal {number}")
    assert ask("x^2", x="3")[1].done


@pytest.mark.parametrize("times", [1, *at_night(30)])
def test_a_worker_that_died_between_two_questions_is_replaced(times: int) -> None:
    ask("x", x="1")
    for _ in range(times):  # the system may take its time, or not
        first = pid()
        os.kill(first, signal.SIGKILL)
        kinds, question = ask("x", x="1")
        assert (kinds, question.done) == (ALL, True)
        assert pid() != first


def test_a_question_is_asked_once_more_and_no_more() -> None:
    client.start()
    workers = []
    with client.ask(request(RUNAWAY, x=AT), time.monotonic() + 20) as question:
        for _ in range(2):
            workers.append(pid())
            os.kill(pid(), signal.SIGKILL)
            question.worker._boxes[question.number].get()  # it has died
            question.worker._boxes[question.number].put(Died(-9))
            if len(workers) < 2:
                assert question._is_asked_again()
        assert list(question.replies()) == []
    assert len(set(workers)) == 2
    assert question.ending == "killed by signal 9"


def test_a_worker_that_leaves_by_itself_is_told_by_its_exit_code() -> None:
    client.start()
    worker = client._worker
    assert worker is not None
    assert worker.ending(-9) == "killed by signal 9"
    worker._has_started = True
    assert [worker.ending(code) for code in (3, 0, -11)] == ["exit code 3", "exit code 0", "killed by signal 11"]
    assert worker.ending(-6) == process.MEMORY  # the abort of GMP, which finds none


def test_a_question_that_is_abandoned_leaves_nothing_behind() -> None:
    with client.ask(request("x^2", x="3"), time.monotonic() + 20) as question:
        assert isinstance(next(question.replies()), Programs)
    assert client._worker is None
    assert ask("x + 1", x="1")[0] == ALL


def test_an_error_in_the_middle_of_a_question_ends_its_worker() -> None:
    with (
        pytest.raises(ZeroDivisionError),
        client.ask(request("x", x="3"), time.monotonic() + 20),
    ):
        raise ZeroDivisionError
    assert client._worker is None


class Recorded:
    """A worker that answers from a list."""

    def __init__(self, *replies: Reply) -> None:
        self._replies = deque(replies)

    def is_silent(self, _number: int) -> bool:
        return not self._replies

    def receive(self, _number: int, _deadline: float) -> Reply | None:
        return self._replies.popleft() if self._replies else None

    def ending(self, code: int) -> str:
        return f"exit code {code}"


def test_a_late_reply_to_another_question_is_never_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    client.stop()
    monkeypatch.setattr(process.Worker, "_write", lambda *_: None)  # the worker itself is asked nothing
    first, second = (client.post(request("x", x="3"), time.monotonic() + 20) for _ in range(2))
    worker = client._worker
    assert worker is not None
    replies: list[tuple[int, Reply]] = [
        (first.number, ValueEvidence(point=1)),  # wrong
        (second.number, ValueEvidence(point=2)),
        (first.number, Done()),
        (second.number, Done()),
        (second.number, ValueEvidence(point=3)),  # too late
    ]
    for number, reply in replies:
        worker._put(number, reply)
    assert list(second.replies()) == [ValueEvidence(point=2)]
    assert list(first.replies()) == [ValueEvidence(point=1)]
    for question in (first, second):
        assert question.done
        client.leave(question)
    assert worker._boxes == {}
    client.stop()


def test_there_is_time_for_something_else_until_a_reply_comes() -> None:
    worker = Recorded()
    question = client.Conversation(worker, 1, time.monotonic() + 60)  # type: ignore[arg-type]
    left = [2, 1, 0]

    def meanwhile() -> bool:
        if left[0] == 1:
            worker._replies.extend([ValueEvidence(), Done()])
        return left.pop(0) > 0

    assert list(question.replies(meanwhile)) == [ValueEvidence()]
    assert left == [0]  # as soon as there is a reply it is taken


def test_there_is_no_time_for_anything_else_after_the_deadline() -> None:
    question = client.Conversation(Recorded(), 1, time.monotonic() - 1)  # type: ignore[arg-type]
    assert list(question.replies(lambda: True)) == []
    assert (question.done, question.ending) == (False, None)


def test_a_worker_that_ends_after_the_deadline_has_run_out_of_time() -> None:
    for seconds, ending in ((-1, None), (60, "exit code 3")):
        worker = Recorded(Died(3))
        question = client.Conversation(worker, 1, time.monotonic() + seconds)  # type: ignore[arg-type]
        assert list(question.replies()) == []
        assert question.ending == ending


def test_who_has_nothing_else_to_do_waits() -> None:
    times = iter(range(100))
    with client.ask(request("sin(x)", x="1"), time.monotonic() + 20) as question:
        kinds = [type(reply) for reply in question.replies(lambda: next(times) < 0)]
    assert kinds == ALL
    assert 1 <= next(times) <= 5


@real
def test_replies_of_a_real_worker_carry_the_id_of_their_question() -> None:
    client.start()
    worker = client._worker
    assert worker is not None
    first = worker.send(request("x", x="3"), 20)
    time.sleep(0.05)  # two requests at once are written by two threads
    second = worker.send(request("x^2", x="3"), 20)
    question = client.Conversation(worker, second, time.monotonic() + 20)
    values = [reply.third for reply in question.replies() if isinstance(reply, ValueEvidence)]
    assert first != second
    assert [value.text for value in values] == ["9"]


def test_no_process_is_left_after_stop_and_stopping_twice_is_fine() -> None:
    client.start()
    worker = pid()
    client.stop()
    client.stop()
    assert not exists(worker)


# Killed is also the parent of a worker at work, below.
@linux
@pytest.mark.parametrize("end", ["", *at_night("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")])
def test_no_process_is_left_when_the_parent_ends_or_is_killed(end: str, tmp_path: Path) -> None:
    started = "from derivcli.witnesses import client; client.start()"
    script = f"{started}; print(client._worker._process.pid, flush=True)\n{end}"
    worker = int(run(script, tmp_path).stdout)
    deadline = time.monotonic() + 5
    while exists(worker) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not exists(worker)


# A parent that is killed in the middle of a question that holds Python's lock for minutes.
ORPHANED = """
import os, signal, threading, time
from derivcli.language.lowering import compile_tree
from derivcli.language.parser import parse
from derivcli.witnesses import client
from derivcli.witnesses.protocol import EvidenceRequest
{}
program, point = (compile_tree(parse(text).tree) for text in ({!r}, "1e9"))
request = EvidenceRequest(program, ({{"x": point}},), (("x",),))
with client.ask(request, time.monotonic() + 86400) as question:
    for reply in question.replies():
        print(client._worker._process.pid, flush=True)
        time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGKILL)
"""
_UNTOLD = """
from derivcli.witnesses import process
untold = "; main.__globals__['_ask_for_signal'] = lambda: None; main("
process.BOOT = process.BOOT.replace("; main(", untold)
"""


@linux
@pytest.mark.parametrize(
    ("text", "start"),
    [("floor(10^x)", ""), ("x + 0*polygamma(100000, x)", _UNTOLD)],
    ids=["by a signal, inside of C", "because it looks"],
)
def test_a_worker_at_work_ends_with_its_parent_within_two_seconds(text: str, start: str, tmp_path: Path) -> None:
    worker = int(run(ORPHANED.format(start, text), tmp_path).stdout)
    deadline = time.monotonic() + 2
    while is_running(worker) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_running(worker)


def is_running(process: int) -> bool:
    """Tell whether a process is there and no zombie: where nobody asks for its end it stays one."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_thread_is_told_too_that_no_python_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with ThreadPoolExecutor() as pool, pytest.raises(WorkerError, match="cannot start a Python process"):
        pool.submit(client.start).result(timeout=20)


@linux
def test_a_thread_that_started_the_worker_may_end_before_it() -> None:
    starter = threading.Thread(target=client.start)
    starter.start()
    starter.join()
    worker = pid()
    time.sleep(0.7)
    assert ask("x^2", x="3")[1].done
    assert pid() == worker


# By night also as users ask, where that thread may be in the middle of torch's import.
ASKED = f"""{ASKING}
def ask_it():
    ask("polylog(2, x)", "3")
"""
AS_USERS_DO = """
from derivcli import differentiate
def ask_it():
    differentiate("polygamma(100000, x)", {"x": 2}, timeout=30)
"""


@linux
@pytest.mark.parametrize("asked", [ASKED, *at_night(AS_USERS_DO, f"{AS_USERS_DO}client.start()")])
@pytest.mark.parametrize("state", ["_has_started", "requests"], ids=["at work", "at its start"])
def test_the_end_of_the_interpreter_does_not_wait_for_a_thread_that_asks(
    asked: str, state: str, tmp_path: Path
) -> None:
    script = f"""
import threading, time
from derivcli.witnesses import client
{asked}
threading.Thread(target=ask_it, daemon=True).start()
while client._worker is None or not client._worker.{state}:
    time.sleep(0.01)
print(client._worker._process.pid, time.time(), flush=True)
"""
    ran = run(script, tmp_path)
    worker, started = ran.stdout.split()
    assert time.time() - float(started) < 10
    assert not is_running(int(worker))
    assert ran.stderr == ""


def test_a_worker_has_a_process_group_of_its_own() -> None:
    client.start()
    assert os.getpgid(pid()) == pid() != os.getpgid(0)


@linux
def test_the_worker_inherits_no_stream() -> None:
    ask("x", x="1")
    streams = [Path(f"/proc/{pid()}/fd/{stream}").readlink() for stream in (1, 2)]
    assert [str(stream) for stream in streams] == ["/dev/null", "/dev/null"]


@linux
def test_hostile_variables_do_not_reach_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SYMPY_USE_CACHE", "SYMPY_GROUND_TYPES", "MPMATH_NOGMPY", "PYTHONINTMAXSTRDIGITS"):
        monkeypatch.setenv(name, "640")
    assert ask("x^2", x="3")[1].done
    names = {entry.partition(b"=")[0] for entry in Path(f"/proc/{pid()}/environ").read_bytes().split(b"\0")}
    assert not [name for name in names if name.startswith((b"SYMPY", b"MPMATH", b"PYTHONINT"))]
    assert b"PATH" in names


@real
def test_modules_in_the_current_folder_are_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("random", "sympy", "mpmath", "numbers", "derivcli"):
        (tmp_path / f"{name}.py").write_text("open('imported', 'w').close()\nraise SystemExit(1)\n")
    monkeypatch.chdir(tmp_path)
    assert ask("sin(x)^2", x="3")[0] == ALL
    assert not (tmp_path / "imported").exists()


@linux
def test_memory_and_core_dumps_are_bounded() -> None:
    ask("x", x="1")
    limits = Path(f"/proc/{pid()}/limits").read_text()
    found = {line[:25].strip(): line[26:].split()[0] for line in limits.splitlines()}
    assert found["Max core file size"] == "0"
    assert int(found["Max address space"]) <= 4 * 2**30
    assert found["Max cpu time"] == "unlimited"


@linux
def test_a_forked_child_makes_a_worker_of_its_own_and_leaves_the_parents_alone(tmp_path: Path) -> None:
    script = f"""{ASKING}
kinds, parents = ask("x^2", "3")
child = os.fork()
if child == 0:
    kinds, own = ask("x^2", "3")
    ok = kinds == ["Programs", "ValueEvidence", "SlopeEvidence", "SymbolicDerivative"] and own != parents
    client.stop()
    os._exit(0 if ok else 1)
_, status = os.waitpid(child, 0)
again, same = ask("x^2", "3")
print(os.waitstatus_to_exitcode(status), kinds == again, parents == same)
"""
    assert run(script, tmp_path).stdout.split() == ["0", "True", "True"]


def test_a_python_that_cannot_be_started_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(WorkerError, match="cannot start a Python process for the symbolic witnesses"):
        ask("x", x="1")


@real
def test_beside_python_flint_sympys_integers_in_the_worker_are_pythons() -> None:
    said = "print(type(__import__('sympy').Integer(3).p), __import__('sympy').external.gmpy.GROUND_TYPES)"
    boot = process.BOOT.replace("main(int(sys.argv[2]))", said)
    found = subprocess.run([sys.executable, "-c", boot, process.ROOT], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["<class", "'int'>", "python"]


def kinds(conversation: client.Conversation) -> list[type[Reply]]:
    return [type(reply) for reply in conversation.replies()]


def test_a_request_that_was_sent_ahead_is_answered_in_its_turn_with_another_one_between() -> None:
    first, second, third = (request("x", x=place) for place in ("1", "2", "3"))
    with client.ask(first, time.monotonic() + 60) as now:
        client.send_ahead(second, 20)
        assert kinds(now) == ALL
    with client.ask(third, time.monotonic() + 60) as between:
        values = [reply.third.text for reply in between.replies() if isinstance(reply, ValueEvidence)]
    assert values == ["3"]
    before = pid()
    with client.ask(second, time.monotonic() + 60) as late:
        assert (late.number, kinds(late), late.done, pid()) == (2, ALL, True, before)


def test_what_stands_behind_a_request_sent_ahead_that_never_ends_is_asked_of_another_worker() -> None:
    client.send_ahead(request(RUNAWAY, x="2"), 0.5)
    before = pid()
    with client.ask(request("x^2", x="1"), time.monotonic() + 30) as behind:
        assert kinds(behind) == ALL
    assert pid() != before


def test_a_request_sent_ahead_whose_worker_is_killed_is_asked_anew() -> None:
    ahead = request("x^2", x="1")
    client.send_ahead(ahead, 20)
    os.kill(pid(), signal.SIGKILL)
    with client.ask(ahead, time.monotonic() + 60) as question:
        assert kinds(question) == ALL


def test_a_request_sent_ahead_that_nobody_will_ask_ends_its_worker() -> None:
    ahead = request("x^2", x="1")
    client.send_ahead(ahead, 20)
    client.forget(request("x^2", x="1"))
    assert client._worker is not None
    client.forget(ahead)
    assert client._worker is None


def test_a_long_request_and_a_short_one_behind_it_reach_the_worker_in_their_order() -> None:
    text = "+".join(["x"] * 9_000)  # longer than a pipe holds
    with client.ask(request(text, x="1"), time.monotonic() + 60) as long:
        client.send_ahead(request("x^2", x="1"), 20)
        assert kinds(long)[:2] == ALL[:2]


def test_more_requests_than_a_pipe_holds_are_sent_without_waiting_for_the_worker() -> None:
    client.start()
    waited: list[bool] = []

    def go_on() -> None:
        waited.append(True)
        os.kill(pid(), signal.SIGCONT)

    os.kill(pid(), signal.SIGSTOP)
    late = threading.Timer(10, go_on)  # which nobody waits for, unless the sender does
    late.start()
    requests = [request("x", x=str(k)) for k in range(1_000)]
    for one in requests:
        client.send_ahead(one, 60)
    assert not waited
    late.cancel()
    os.kill(pid(), signal.SIGCONT)
    for k, one in enumerate(requests):
        with client.ask(one, time.monotonic() + 60) as question:
            values = [reply.third.text for reply in question.replies() if isinstance(reply, ValueEvidence)]
        assert values == [str(k)]


def test_all_that_a_dead_worker_was_asked_is_asked_anew() -> None:
    posted = [client.post(request(text, x="1"), time.monotonic() + 60) for text in ("x^2", "x^3")]
    os.kill(pid(), signal.SIGKILL)
    for question in posted:
        assert kinds(question) == ALL
        client.leave(question)


def test_the_time_of_what_stands_before_a_question_is_not_taken_from_it() -> None:
    posted = client.post(request("x^2", x="1"), time.monotonic() + 60)
    client.start()
    os.kill(pid(), signal.SIGSTOP)
    threading.Timer(2.2, os.kill, (pid(), signal.SIGCONT)).start()
    with client.ask(request("x^3", x="1"), time.monotonic() + 2) as behind:
        assert kinds(behind) == ALL
    assert kinds(posted) == ALL
    client.leave(posted)


def test_a_request_sent_ahead_has_all_of_its_time_behind_others() -> None:
    before = client.post(request("x^2", x="1"), time.monotonic() + 60)
    ahead = request("x^3", x="1")
    client.send_ahead(ahead, 2)
    worker = pid()
    os.kill(worker, signal.SIGSTOP)
    threading.Timer(2.2, os.kill, (worker, signal.SIGCONT)).start()
    with client.ask(request("x^4", x="1"), time.monotonic() + 60) as behind:
        assert kinds(behind) == ALL
    with client.ask(ahead, time.monotonic() + 60) as question:
        assert (question.number, kinds(question), pid()) == (2, ALL, worker)
    client.leave(before)


def test_requests_sent_ahead_behind_one_that_never_ends_hold_up_no_other() -> None:
    ahead = [request(text, x="2") for text in (RUNAWAY, "x^2", "x^3")]
    for one, seconds in zip(ahead, (0.5, 20, 20), strict=True):
        client.send_ahead(one, seconds)
    with client.ask(request("x^4", x="1"), time.monotonic() + 60) as behind:
        assert (behind.number, kinds(behind)) == (1, ALL)
    with client.ask(ahead[1], time.monotonic() + 60) as question:
        assert kinds(question) == ALL


def test_each_of_several_requests_is_sent_ahead() -> None:
    first, second = (request(text, x="1") for text in ("x^2", "x^3"))
    for one in (first, second):
        client.send_ahead(one, 20)
    numbers = []
    for one in (first, second):
        with client.ask(one, time.monotonic() + 60) as question:
            assert kinds(question) == ALL
            numbers.append(question.number)
    assert numbers[1] == numbers[0] + 1
