"""What is said where a part that others have made is missing, does not load, or has too little memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from derivcli import LimitError, MissingPartError, UsageError, differentiate, parts, tabulate
from derivcli.errors import ExitCode
from derivcli.witnesses import client, float_values
from tests.cli import Answer, deriv, error_object, linux, process, shell
from tests.every import at_night

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROOT = Path(__file__).parents[1]
SQUARE = ("x^2", "--at", "x=3")
BESSEL = ("besselj(0, x)", "--at", "x=3")
ROWS = ("x^2", "--at", "x=0:1:3")


def trap(folder: Path, name: str, code: str) -> dict[str, str]:
    """Return variables under which Python finds this code in the place of a part."""
    (folder / f"{name}.py").write_text(code, encoding="utf-8")
    return {"PYTHONPATH": str(folder)}


def absent(folder: Path, name: str) -> dict[str, str]:
    return trap(folder, name, f"raise ModuleNotFoundError('No module named {name}', name={name!r})")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Answer]]:
    """Return the command in this process with a worker of its own, which alone finds what stands for a part.

    A process would import torch, a second, for what only the worker says.
    """

    def answer(*call: str, variables: Mapping[str, str]) -> Answer:
        client.stop()
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return deriv(*call)

    yield answer
    client.stop()


def refused(message: str, hint: str) -> Answer:
    return Answer(2, "", f"error: {message}\nhint: {hint}\n")


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("torch", SQUARE),
        *at_night(
            ("torch", ("x^2", "--along", "x=1", "--at", "x=3")),
            ("torch", ("x^2", "--plot")),
            ("sympy", SQUARE),
            ("numpy", BESSEL),
            ("scipy", BESSEL),
            ("numpy", ("x^2", "--plot")),
            ("rich", SQUARE),
        ),
        ("numpy", ROWS),
        ("typer", SQUARE),
    ],
)
def test_a_part_that_is_not_installed_is_named(name: str, call: tuple[str, ...], tmp_path: Path) -> None:
    answer = process(call, variables=absent(tmp_path, name))
    assert answer == refused(f"deriv needs {name}, which is not installed", f"pip install {name}")


def test_a_part_that_the_worker_lacks_is_named(asked: Callable[..., Answer], tmp_path: Path) -> None:
    answer = asked(*SQUARE, variables=absent(tmp_path, "mpmath"))
    assert answer == refused("deriv needs mpmath, which is not installed", "pip install mpmath")


# By day: what these commands load, `tests/test_house_running.py`.
@pytest.mark.nightly
def test_what_needs_no_missing_part_is_answered_all_the_same(tmp_path: Path) -> None:
    absent(tmp_path, "scipy")
    assert process([*SQUARE, "--quiet"], variables=absent(tmp_path, "numpy")) == Answer(0, "6.0\n", "")


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("torch", "ImportError"),
        *at_night(("torch", "OSError"), ("torch", "RuntimeError"), ("sympy", "ImportError")),
        ("sympy", "OSError"),
        ("sympy", "RuntimeError"),
    ],
)
def test_a_part_that_does_not_load_is_named_with_what_it_says(
    asked: Callable[..., Answer], name: str, error: str, tmp_path: Path
) -> None:
    variables = trap(tmp_path, name, f"raise {error}('libx.so: no such file\\nat all')")
    answer = process(SQUARE, variables=variables) if name == "torch" else asked(*SQUARE, variables=variables)
    said = f"deriv needs {name}, which does not load ({error}: libx.so: no such file)"
    assert answer == refused(said, f"pip install --force-reinstall {name}")


def test_the_part_to_blame_is_the_one_that_another_imports(tmp_path: Path) -> None:
    answer = process(SQUARE, variables=trap(tmp_path, "numpy", "raise ImportError('built for another Python')"))
    said = "deriv needs numpy, which does not load (ImportError: built for another Python)"
    assert answer == refused(said, "pip install --force-reinstall numpy")


@pytest.mark.parametrize(
    ("code", "ending"),
    [
        ("import os; os._exit(3)", "exit code 3"),
        ("raise SystemExit(1)", "exit code 0"),  # of a thread
        pytest.param("import os, time; os.kill(os.getpid(), 11); time.sleep(20)", "killed by signal 11", marks=linux),
    ],
)
def test_a_worker_that_crashes_at_its_start_is_no_lack_of_memory(
    asked: Callable[..., Answer], code: str, ending: str, tmp_path: Path
) -> None:
    answer = asked(*SQUARE, variables=trap(tmp_path, "mpmath", code))
    assert answer == refused(
        f"the process of the symbolic witnesses ended at its start: {ending}",
        "`python -c 'import sympy, mpmath'` may show why; pip install --force-reinstall sympy mpmath",
    )


def test_a_missing_part_is_an_object_where_json_was_asked_for(asked: Callable[..., Answer], tmp_path: Path) -> None:
    found = error_object(asked(*SQUARE, "--json", variables=absent(tmp_path, "sympy")).err)
    assert (found["kind"], found["hint"]) == ("missing_part", "pip install sympy")


@pytest.mark.parametrize("call", [lambda: differentiate("besselj(0, x)", {"x": 3}), lambda: tabulate("x", {"x": [1]})])
def test_from_python_the_error_has_a_type(call: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    rooms = ("derivcli.points.", "derivcli.many", "derivcli.witnesses.float_arrays")
    for name in [name for name in sys.modules if name.startswith(rooms)]:
        monkeypatch.delitem(sys.modules, name)
    float_values.values.cache_clear()
    monkeypatch.setitem(sys.modules, "numpy", None)
    with pytest.raises(MissingPartError) as caught:
        call()
    assert isinstance(caught.value, UsageError)
    assert str(caught.value) == "deriv needs numpy, which is not installed"


@pytest.mark.nightly
def test_without_numpy_torch_has_nothing_to_say_of_it(tmp_path: Path) -> None:
    script = "from derivcli import differentiate; print(differentiate('x^2', {'x': 3}).status)"
    variables = {**os.environ, **absent(tmp_path, "numpy")}
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, env=variables, cwd=ROOT, check=False
    )
    assert (ran.stdout, ran.stderr) == ("agree\n", "")


def test_a_defect_of_ours_stays_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for error in (ModuleNotFoundError("No module named 'derivcli.x'", name="derivcli.x"), OSError(11, "again")):

        def fail(*_args: object, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr("derivcli.cli.app.run", fail)
        answer = deriv(*SQUARE)
        assert answer.code == ExitCode.INTERNAL
        assert answer.err.startswith(f"error: internal error: {type(error).__name__}: ")


# Memory.


@linux
@pytest.mark.parametrize("size", [400_000, *at_night(650_000), 700_000])
def test_with_too_little_memory_a_limit_is_reached(size: int) -> None:
    answer = shell(f'ulimit -v {size}; "$deriv" "x^2" --at x=3')
    assert answer.code == ExitCode.LIMIT
    assert answer.err.splitlines() == [
        "error: there is too little memory to load torch",
        "hint: give it more: `ulimit -v` shows a limit of the shell",
    ]


def test_a_worker_with_too_little_memory_says_so(asked: Callable[..., Answer], tmp_path: Path) -> None:
    answer = asked(*SQUARE, "--json", variables=trap(tmp_path, "mpmath", "raise MemoryError"))
    found = json.loads(answer.out)
    assert (answer.code, found["status"], found["limit_reached"]) == (5, "unverified", "memory")
    assert found["notes"][0] == "the process of the symbolic witnesses ended early: memory ran out"


# By day: `test_memory_that_runs_out_is_a_limit_wherever_it_is`.
@pytest.mark.nightly
@linux
def test_without_room_for_a_worker_a_limit_is_reached() -> None:
    script = (
        "import torch, resource, derivcli.calculator; from derivcli import LimitError, differentiate\n"
        "resource.setrlimit(resource.RLIMIT_AS, (400 * 2**20,) * 2)\n"  # less than torch has taken
        "try: differentiate('x^2', {'x': 3})\n"
        "except LimitError as error: print(error)\n"
    )
    command = [sys.executable, "-c", script]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=ROOT, check=False)
    no_thread = "there is no room for the process of the symbolic witnesses: can't start new thread\n"
    assert ran.stdout in (no_thread, "memory ran out\n")  # whichever asks for memory first


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(12, "Cannot allocate memory"),
        RuntimeError("can't start new thread"),
        RuntimeError("[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate memory: you tried 8 bytes"),
        ImportError("libtorch_cpu.so: failed to map segment from shared object"),
    ],
)
def test_memory_that_runs_out_is_a_limit_wherever_it_is(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise error

    monkeypatch.setattr("derivcli.cli.app.run", fail)
    hint = "hint: give it more: `ulimit -v` shows a limit of the shell\n"
    assert deriv(*SQUARE) == Answer(5, "", f"error: memory ran out\n{hint}")


def test_what_is_raised_in_the_place_of_an_error_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LimitError, match=r"^memory ran out$"), parts.told():
        raise MemoryError
    with pytest.raises(MissingPartError, match=r"^deriv needs scipy, which is not installed$"), parts.told():
        raise ModuleNotFoundError("No module named 'scipy'", name="scipy")
    old = r"^deriv needs scipy, which does not load \(ModuleNotFoundError: No module named 'scipy.special'\)$"
    with pytest.raises(MissingPartError, match=old), parts.told():
        raise ModuleNotFoundError("No module named 'scipy.special'", name="scipy.special")
    with pytest.raises(ImportError, match="ours"), parts.told():
        raise ImportError("ours", name="derivcli.nothing")


def test_an_extra_is_told_as_missing_only_where_it_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not parts.is_missing("sympy")
    monkeypatch.setitem(sys.modules, "sympy", None)
    assert parts.is_missing("sympy")


def test_an_import_of_ours_that_fails_below_a_part_is_a_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise ImportError("ours", name="derivcli.nothing")

    monkeypatch.setattr("derivcli.cli.options.Options", fail)  # which typer calls
    answer = deriv(*SQUARE)
    assert (answer.code, answer.err.splitlines()[0]) == (70, "error: internal error: ImportError: ours")
