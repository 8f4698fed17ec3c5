"""The planter of faults: it plants each kind, always the same ones, and few are excused, each for a reason."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests import mutants
from tests.every import for_all

if TYPE_CHECKING:
    from pathlib import Path


def planted(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the text of a module with each of the faults that it can have."""
    monkeypatch.setattr(mutants, "ROOT", folder)
    (folder / "it.py").write_text(text, encoding="utf-8")
    found = [mutant.source.decode() for mutant in mutants.mutants(folder / "it.py")]
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
    monkeypatch.setattr(mutants, "ROOT", tmp_path)
    path = tmp_path / "it.py"
    path.write_text("".join(f"def f{n}(a, b):\n    return a + b\n" for n in range(40)), encoding="utf-8")
    first = [mutant.name for mutant in mutants.chosen(10, [path])]
    path.write_text(f"import one\nimport another\n{path.read_text('utf-8')}", encoding="utf-8")
    assert [mutant.name for mutant in mutants.chosen(10, [path])] == first
    assert len(set(first)) == 10


def test_every_module_has_tests_to_see_its_faults() -> None:
    found = mutants.tests_of(
        {str(path.relative_to(mutants.ROOT)) for path in mutants.MODULES if path.stem != "__init__"}
    )
    assert all(found.values())
    assert found["derivcli/verdict.py"][0] == "tests/test_verdict.py"
    assert found["derivcli/witnesses/bounded.py"][:2] == [
        "tests/witnesses/test_bounds.py",
        "tests/witnesses/test_rounding.py",
    ]
    assert not {test for tests in found.values() for test in tests if "/tidy/" in test}


def test_a_rule_is_tried_by_its_own_test_first_then_by_those_of_its_users_and_of_helpers() -> None:
    rules = "derivcli/witnesses/proof/functions/guards.py"
    first, *others = mutants.tests_of([rules])[rules]
    assert first == "tests/witnesses/proof/test_functions.py"
    assert "tests/witnesses/proof/test_prover.py" in others  # by way of the machine, and of the helper `asking`


def test_as_many_tests_as_are_fast_enough_see_a_fault_and_the_whole_in_any_case() -> None:
    seconds = {"test_it.py": 60.0, "near.py": mutants.ENOUGH - 1, "far.py": 2.0, "farther.py": 0.5}
    found = mutants.ordered("derivcli/it.py", ["near.py", "hangs.py", "test_it.py", "far.py", "farther.py"], seconds)
    assert found == ["test_it.py", "farther.py", "near.py", *mutants.WHOLE]


@pytest.mark.parametrize(
    ("code", "end", "said"),
    [
        (1, "seen by a test", ""),
        (mutants.SLOW, "ended by the clock", ""),
        (0, "seen by no test", "it: a -> b  (line 3)\n"),
    ],
)
def test_only_a_fault_that_lives_is_printed(code: int, end: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    fault = mutants.Mutant("it.py", 3, "it: a -> b", b"")
    assert mutants._reported(fault, code, []) == end
    assert capsys.readouterr().out == said


def test_a_fault_that_is_excused_is_neither_printed_nor_counted_as_seen(capsys: pytest.CaptureFixture[str]) -> None:
    fault = mutants.Mutant("it.py", 3, "it: a -> b", b"")
    assert mutants._reported(fault, 0, ["it: a -> b"]) == "excused"
    assert mutants._reported(fault, 1, ["it: a -> b"]) == "seen by a test"
    assert capsys.readouterr().out == ""


def test_at_most_fifteen_faults_are_excused_each_for_a_reason() -> None:
    lines = mutants.EXCUSED.read_text(encoding="utf-8").splitlines()
    faults = [number for number, line in enumerate(lines) if not line.startswith("    ")]
    assert len(faults) <= 15
    assert all(" -> " in lines[number] and lines[number + 1].startswith("    ") for number in faults)
