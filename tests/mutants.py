"""Which planted faults no test sees (`make mutants`; `python -m tests.mutants PART COUNT`).

First the tests run once, and it is noted which functions each of them calls. Then each fault is given to the tests that
call its function, the fastest first, in a process forked from one that has collected them: there the function gets its
faulty code (`tests.planting`). Only what has run while the package was loaded is loaded anew. Each process that plants
has a copy of the project, where the fault stands too, for the workers that tests start.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import resource
import shutil
import signal
import sys
import time
from collections import Counter
from functools import partial
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from tests.faults import MODULES, ROOT, Fault, chosen
from tests.planting import Place, Watch, changed, loaded, plant

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence, Set

    import pytest

WHOLE = "tests/traps/test_classics.py"  # from end to end, in a worker too: for what no test of a module sees
_NEAR = [path for path in sorted(ROOT.glob("tests/witnesses/**/test_*.py")) if "tidy" not in path.parts]
TESTS = [
    "tests/test_verdict.py",
    *(f"tests/language/test_{name}.py" for name in ("doubts", "limits", "notes", "parser", "parts", "products")),
    *(str(path.relative_to(ROOT)) for path in _NEAR),
    WHOLE,
]
EXCUSED = Path(__file__).with_name("excused.txt")  # a fault a line, and under it why no test can see it
LIBRARIES = ("torch", "sympy", "mpmath", "flint", "numpy", "scipy.special", "hypothesis", "pytest", "jsonschema")
COUNT = 300
MOST = 0.05  # the share that may live unexcused; of the 300, tried in parts, fewer than 10 did
LANES = os.cpu_count() or 1
PATIENCE = 120  # seconds: what hangs is seen too
SLOW = -signal.SIGALRM  # the exit code of what was ended by then
BROKEN = 70  # the exit code where a fault could not even be tried
ENOUGH = 8.0  # seconds of the processor for the tests of one fault, while they are watched, beside the whole
# A worker that cannot start: the tests of the whole must see it, or they would ask another copy than that of the fault.
DEAD = Fault("derivcli/witnesses/worker.py", 1, "no worker", b"")


class Watched(NamedTuple):
    """What is run without any fault: the seconds it takes, whether it passes, and the functions of ours that it calls.

    That is a test; a file of tests, while it is loaded; or the package, which has no name, while it is loaded.
    """

    name: str
    seconds: float
    passes: bool
    called: frozenset[Place]


class Trial(NamedTuple):
    """A fault, and the tests it is given to.

    `is_early`: it is in what runs while the package is loaded, which has to be loaded anew with it. Where it is in what
    runs while a file of tests is loaded (`may_be_early`), that is worth another try.
    """

    fault: Fault
    tests: Sequence[str]
    is_early: bool
    may_be_early: bool


class _Instead:
    """A plugin of pytest: it does something else with the tests that have been collected than to run them all."""

    def __init__(self, task: Callable[[pytest.Session], object]) -> None:
        self._task = task

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._task(session)
        return True


def forked(task: Callable[[], object], patience: int = 0) -> int:
    """Do something in a process of its own, which an alarm ends at the latest; return its number.

    Its exit code tells whether something is true of what was done; it is `BROKEN` where that failed itself.
    """
    if process := os.fork():
        return process
    signal.alarm(patience)
    code = BROKEN
    try:
        code = int(bool(task()))
    finally:
        os._exit(code)


def _collected(files: Iterable[str], task: Callable[[pytest.Session], object]) -> int:
    """Collect the tests in files, and do something with them; return an exit code."""
    import pytest

    options = ("-q", "-n0", "--assert=plain", "-p", "no:cacheprovider", "--capture=sys")
    return int(pytest.main([*options, *files], plugins=[_Instead(task)]))


def _move(folder: Path) -> None:
    """Be silent, and take the project from its copy in a folder."""
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    os.chdir(folder)
    sys.path[0] = str(folder)
    for name in [name for name in sys.modules if name.partition(".")[0] in ("tests", "derivcli")]:
        del sys.modules[name]


# The tests without a fault.


def watched(folders: Sequence[Path]) -> list[Watched]:
    """Run all tests, some in each copy, and return what is known of each; of the loading of the package first.

    What is cut short is no answer: a fault would be given to fewer tests than see it.
    """
    for lane, folder in enumerate(folders):
        forked(partial(_watch, folder, lane, len(folders)))
    if {os.waitstatus_to_exitcode(os.wait()[1]) for _ in folders} != {1}:
        sys.exit("the tests could not be watched to their end")
    told = (pickle.loads((folder / "watched").read_bytes()) for folder in folders)  # noqa: S301 - our own
    return [Watched(*test) for tests in told for test in tests]


def _watch(folder: Path, lane: int, lanes: int) -> bool:
    """Run every so many-th test, and write down what is known of each; tell whether all were run."""
    _move(folder)
    watch, found = Watch(folder), list[Watched]()
    for name, paths in {"": MODULES, **{file: [ROOT / "tests/conftest.py", ROOT / file] for file in TESTS}}.items():
        with watch:
            for path in paths:
                import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        found.append(Watched(name, 0.0, True, watch.called))
    loaded = {file.name: file.called for file in found}

    def run(session: pytest.Session) -> None:
        items = session.items[lane::lanes]
        for item, after in zip(items, [*items[1:], None], strict=True):
            failed, start = session.testsfailed, time.process_time()
            with watch:
                session.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            seconds, passes = time.process_time() - start, session.testsfailed == failed
            called = watch.called | loaded[item.nodeid.partition("::")[0]]
            found.append(Watched(item.nodeid, seconds, passes, called))

    end = _collected(TESTS, run)
    (folder / "watched").write_bytes(pickle.dumps([tuple(test) for test in found]))
    return end <= 1  # pytest's exit codes above 1 tell that it was stopped


def trial_of(fault: Fault, places: Set[Place], watched: Sequence[Watched]) -> Trial:
    """Return which tests see a fault if any do: those that call what it changes, the fastest first, and the whole."""
    tests = [one for one in watched if "::" in one.name and one.passes]
    is_early, may_be_early = (
        any(places & one.called for one in watched if one.name in names) for names in ([""], TESTS)
    )
    is_early |= not places
    near = [one for one in tests if (_calls(one, fault.module) if is_early else places & one.called)]
    near.sort(key=lambda one: one.seconds)
    last = sum(spent <= ENOUGH for spent in accumulate(one.seconds for one in near))
    names = [one.name for one in (*near[:last], *tests) if one in near[:last] or one.name.startswith(f"{WHOLE}::")]
    return Trial(fault, list(dict.fromkeys(names)), is_early, may_be_early)


def _calls(test: Watched, module: str) -> bool:
    return any(file == module for file, *_ in test.called)


# The tests with faults.


def tried(trials: Sequence[Trial], folders: Sequence[Path], anew: bool) -> Iterator[tuple[str, int, float]]:
    """Try faults side by side, each process in its copy; yield name, exit code and seconds of each as it ends."""
    reading, writing = os.pipe()
    for lane, folder in enumerate(folders):
        forked(partial(_try_all, trials[lane :: len(folders)], folder, anew, writing))
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as told:
        for line in told:
            name, code, seconds = json.loads(line)
            yield name, code, seconds
    for _ in folders:
        os.wait()


def _try_all(trials: Sequence[Trial], folder: Path, anew: bool, writing: int) -> None:
    """Try faults one after another in a copy, and write down what becomes of each."""
    _move(folder)
    sound = {trial.fault.module: (folder / trial.fault.module).read_bytes() for trial in trials}

    def attempt(trial: Trial, task: Callable[[], object]) -> None:
        place = folder / trial.fault.module
        place.write_bytes(trial.fault.source)
        # A time of its own, so that no bytecode of another fault fits.
        os.utime(place, (time.time(), trials.index(trial)))
        _, status, spent = os.wait4(forked(task, PATIENCE), 0)
        place.write_bytes(sound[trial.fault.module])
        line = json.dumps([trial.fault.name, os.waitstatus_to_exitcode(status), spent.ru_utime + spent.ru_stime])
        os.write(writing, f"{line}\n".encode())

    def plant_each(session: pytest.Session) -> None:
        functions = loaded()
        gc.freeze()  # what a process that is forked does not move it need not copy
        for trial in trials:
            planted = partial(plant, trial.fault, sound[trial.fault.module], functions)
            attempt(trial, partial(_fails, session, trial.tests, planted))

    if not anew:
        _collected(TESTS, plant_each)
        return
    for trial in trials:
        files = dict.fromkeys(test.partition("::")[0] for test in trial.tests)
        attempt(trial, partial(_collected, files, partial(_end, trial.tests)))


def _end(names: Iterable[str], session: pytest.Session) -> None:
    os._exit(_fails(session, names))


def _fails(session: pytest.Session, names: Iterable[str], first: Callable[[], object] = bool) -> bool:
    """Do something first, run tests until one fails, and tell whether one does."""
    first()
    items = {item.nodeid: item for item in session.items}
    listed = [items[name] for name in names if name in items]
    for item, after in zip(listed, [*listed[1:], None], strict=False):
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        if session.testsfailed:
            break
    return bool(session.testsfailed)


def main(part: str = "", count: str = str(COUNT)) -> int | str:
    """Try faults whose name (file, function, change) holds a part, and print those that live; return an exit code."""
    # The same examples every time; and before sympy is loaded, as in the tests: Python's integers, not FLINT's.
    os.environ |= {"CI": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "SYMPY_GROUND_TYPES": "python"}
    for library in LIBRARIES:
        import_module(library)
    faults = [DEAD, *chosen(int(count), MODULES, part)]
    excused = EXCUSED.read_text("utf-8").splitlines()
    ends: Counter[str] = Counter()
    with TemporaryDirectory() as folder:
        copies = [_copied(Path(folder, str(lane))) for lane in range(LANES)]
        tests = watched(copies)
        trials = (trial_of(fault, changed(fault, (ROOT / fault.module).read_bytes()), tests) for fault in faults)
        left = {trial.fault.name: trial for trial in trials}
        for anew in (False, True):
            for name, code, _seconds in tried([one for one in left.values() if anew or not one.is_early], copies, anew):
                if code == BROKEN or (name == DEAD.name and not code):
                    return f"{name}: it could not be tried, or a worker that cannot start was not missed"
                if code or anew or not left[name].may_be_early:
                    ends[_reported(left.pop(name).fault, code, excused)] += name != DEAD.name
    print(f"{ends.total()} faults: {dict(ends)}; {resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime:.0f} s")  # noqa: T201
    if slow := [test.name for test in tests if not test.passes]:
        print("These see nothing, for they fail while they are watched:", *slow)  # noqa: T201
    return int(ends["seen by no test"] > MOST * ends.total())


def _copied(folder: Path) -> Path:
    """Copy the project into a folder, and return that."""
    for inside in ("derivcli", "tests"):
        shutil.copytree(ROOT / inside, folder / inside)
    shutil.copy2(ROOT / "pyproject.toml", folder)
    return folder


def _reported(fault: Fault, code: int, excused: Container[str]) -> str:
    """Return what became of a fault; print one that lives as soon as it does, for a run that is cut short."""
    if code:
        return "ended by the clock" if code == SLOW else "seen by a test"
    if fault.name in excused:
        return "excused"
    print(f"{fault.name}  (line {fault.line})", flush=True)  # noqa: T201
    return "seen by no test"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
