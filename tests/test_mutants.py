"""The planter of faults: it plants each kind, always the same ones, and few are excused, each for a reason."""

from __future__ import annotations

import ast
import gc
from typing import TYPE_CHECKING, Any

import pytest

from tests import faults, mutants, planting
from tests.every import for_all
from tests.faults import Fault

if TYPE_CHECKING:
    from pathlib import Path


def planted(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the text of a module with each of the faults that it can have."""
    monkeypatch.setattr(faults, "ROOT", folder)
    (folder / "it.py").write_text(text, encoding="utf-8")
    found = [fault.source.decode() for fault in faults.faults(folder / "it.py")]
    assert all(ast.parse(source) for source in found)
    return found


@for_all(
    ("text", "faults"),
    [
        ("a < b", ["(a >= b)"]),
        ("len(a) > 1", ["(len(a) >= 1)", "len(a) > (2)"]),
        ("a is not None", ["(a is None)"]),
        ("a and b", ["(a or b)"]),
        ("a + b", ["(a - b)"]),
        ("c * -a", ["(c / -a)", "c * (a)"]),
        ("f(a, b, c)", ["(f(b, a, c))"]),
        ("f(a, a)", []),
        ("max(a, b)", []),
        ("isinstance(a, b)", []),
        ("a = 9", ["a = (10)"]),
        ("a = 500", []),
        ("def f():\n    return 500", ["def f():\n    return (501)"]),
        ("x: int = y", []),
        ("f'{a + b}'", []),
        ("é = a  # é\na = -é", ["é = a  # é\na = (é)"]),
        ("if a:\n    raise b", ["if (False):\n    raise b"]),
        ("if a:\n    f()", []),
    ],
)
def test_each_kind_of_fault_is_planted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, faults: list[str]
) -> None:
    assert planted(text, tmp_path, monkeypatch) == faults


def test_the_same_faults_are_chosen_every_time_and_others_only_where_the_text_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faults, "ROOT", tmp_path)
    path = tmp_path / "it.py"
    path.write_text("".join(f"def f{n}(a, b):\n    return a + b\n" for n in range(40)), encoding="utf-8")
    first = [fault.name for fault in faults.chosen(10, [path])]
    path.write_text(f"import one\nimport another\n{path.read_text('utf-8')}", encoding="utf-8")
    assert [fault.name for fault in faults.chosen(10, [path])] == first
    assert len(set(first)) == 10


SOURCE = """
def outer(a, b):
    def inner(c):
        return a + c
    return inner(b)

table = {"sum": lambda a, b: a + b, "other": lambda a, b: a - b}
made = [1 + 1]
"""


@for_all(
    ("sound", "faulty", "name", "line"),
    [
        ("outer(a, b)", "outer(b, a)", "outer", 2),
        ("a + c", "a - c", "outer.<locals>.inner", 3),
        ("a + b", "a * b", "<lambda>", 7),
        ("1 + 1", "1 + 2", "<module>", 1),
    ],
)
def test_a_fault_changes_the_code_in_which_it_stands(sound: str, faulty: str, name: str, line: int) -> None:
    fault = Fault("it.py", line, "", SOURCE.replace(sound, faulty).encode())
    assert planting.changed(fault, SOURCE.encode()) == {("it.py", line, name)}


def test_a_function_that_is_loaded_gets_its_faulty_code(tmp_path: Path) -> None:
    names: dict[str, Any] = {}
    exec(compile(SOURCE, str(tmp_path / "it.py"), "exec"), names)  # noqa: S102 - the text above
    kept = names["table"]["sum"]
    faulty = SOURCE.replace("a + c", "a * c").replace("a + b", "a / b")
    planting.plant(Fault("it.py", 1, "", faulty.encode()), SOURCE.encode(), planting.loaded())
    assert names["outer"](3, 4) == 12
    assert (kept(3, 4), names["table"]["other"](3, 4)) == (0.75, -1)


def test_what_is_called_is_watched(tmp_path: Path) -> None:
    names: dict[str, Any] = {}
    exec(compile(SOURCE, str(tmp_path / "derivcli" / "it.py"), "exec"), names)  # noqa: S102 - the text above
    watch = planting.Watch(tmp_path)
    with watch:
        names["outer"](1, 2)
    assert watch.called == {("derivcli/it.py", 2, "outer"), ("derivcli/it.py", 3, "outer.<locals>.inner")}


def test_tests_that_were_not_watched_to_their_end_are_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mutants, "forked", lambda _task: 0)
    monkeypatch.setattr("os.wait", lambda: (0, 0))  # the end of a process that was stopped: one that is done says 1
    with pytest.raises(SystemExit, match="could not be watched to their end"):
        mutants.watched([tmp_path])


def watched(name: str, seconds: float, *called: str, passes: bool = True) -> mutants.Watched:
    return mutants.Watched(name, seconds, passes, frozenset(("it.py", 2, one) for one in called))


def test_a_fault_is_given_to_the_tests_that_call_it_the_fastest_first_and_to_the_whole() -> None:
    whole = f"{mutants.WHOLE}::test"
    tests = [
        watched("", 0.0, "at_start"),
        watched(mutants.TESTS[0], 0.0, "g"),
        watched("it::slow", mutants.ENOUGH, "f"),
        watched("it::near", 0.2, "f", "g"),
        watched("it::fast", 0.1, "f"),
        watched("it::other", 0.15, "g"),
        watched("it::broken", 0.1, "f", passes=False),
        watched(whole, 5.0),
    ]
    for place, expected, is_early, may_be_early in (
        ("f", ["it::fast", "it::near", whole], False, False),
        ("g", ["it::other", "it::near", whole], False, True),
        ("h", [whole], False, False),
        ("at_start", ["it::fast", "it::other", "it::near", whole], True, False),  # all that call anything of its module
    ):
        fault = Fault("it.py", 1, "", b"")
        found = mutants.trial_of(fault, {("it.py", 2, place)}, tests)
        assert found == (fault, expected, is_early, may_be_early)


@pytest.mark.parametrize(
    ("code", "end", "said"),
    [
        (1, "seen by a test", ""),
        (mutants.SLOW, "ended by the clock", ""),
        (0, "seen by no test", "it: a -> b  (line 3)\n"),
    ],
)
def test_only_a_fault_that_lives_is_printed(code: int, end: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    fault = Fault("it.py", 3, "it: a -> b", b"")
    assert mutants._reported(fault, code, []) == end
    assert capsys.readouterr().out == said


def test_a_fault_that_is_excused_is_neither_printed_nor_counted_as_seen(capsys: pytest.CaptureFixture[str]) -> None:
    fault = Fault("it.py", 3, "it: a -> b", b"")
    assert mutants._reported(fault, 0, ["it: a -> b"]) == "excused"
    assert mutants._reported(fault, 1, ["it: a -> b"]) == "seen by a test"
    assert capsys.readouterr().out == ""


def test_at_most_fifteen_faults_are_excused_each_for_a_reason() -> None:
    lines = mutants.EXCUSED.read_text(encoding="utf-8").splitlines()
    faults = [number for number, line in enumerate(lines) if not line.startswith("    ")]
    assert len(faults) <= 15
    assert all(" -> " in lines[number] and lines[number + 1].startswith("    ") for number in faults)


def test_a_function_that_the_collector_of_garbage_passes_over_is_found_too() -> None:
    gc.freeze()
    assert test_a_function_that_the_collector_of_garbage_passes_over_is_found_too in planting.loaded()
