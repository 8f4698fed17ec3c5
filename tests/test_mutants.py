"""The planter of faults: it plants each kind, always the same ones, and few are excused, each for a reason."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests import mutants
from tests.every import for_all

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


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
    names = {str(path.relative_to(mutants.ROOT)) for path in mutants.MODULES if path.stem != "__init__"}
    found = mutants.tests_of(names)
    assert found["derivcli/verdict.py"] == ["tests/test_verdict.py"]
    assert found["derivcli/witnesses/bounded.py"] == [
        "tests/witnesses/test_bounds.py",
        "tests/witnesses/test_rounding.py",
    ]
    assert all(found.values())


def test_at_most_fifteen_faults_are_excused_each_for_a_reason() -> None:
    lines = mutants.EXCUSED.read_text(encoding="utf-8").splitlines()
    faults = [number for number, line in enumerate(lines) if not line.startswith("    ")]
    assert len(faults) <= 15
    assert all(" -> " in lines[number] and lines[number + 1].startswith("    ") for number in faults)
