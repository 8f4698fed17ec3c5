"""The map for the next owner, held to the code."""

from __future__ import annotations

import re
from pathlib import Path

from tests.test_house import PACKAGE, STOREYS

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / ".github" / "ARCHITECTURE.md").read_text(encoding="utf-8")
_QUOTED = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"[\w./]*\w+(\.py|/)")
_NAMES = re.compile(r"[A-Z][A-Za-z]+|FORMATS")  # classes and tables


def section(title: str) -> str:
    """Return the text below a heading."""
    return PAGE.split(f"## {title}", 1)[1].split("\n## ", 1)[0]


def test_the_storeys_are_those_of_the_house() -> None:
    rows = [line.split("|")[1] for line in section("The storeys").splitlines() if line.startswith("| `")]
    assert [tuple(_QUOTED.findall(row)) for row in rows] == list(STOREYS)


def test_each_file_that_is_named_is_there() -> None:
    named = {name for name in _QUOTED.findall(PAGE) if _PATH.fullmatch(name)}
    assert len(named) > 30
    homes = (ROOT, ROOT / "derivcli", ROOT / "derivcli" / "language", ROOT / "derivcli" / "witnesses")
    assert [name for name in sorted(named) if not any((home / name).exists() for home in homes)] == []


def test_each_class_that_is_named_is_there() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py")))
    named = {name for name in _QUOTED.findall(PAGE) if _NAMES.fullmatch(name)}
    assert len(named) > 5
    assert [name for name in sorted(named) if not re.search(rf"^(class {name}\b|{name}\b.* = )", source, re.M)] == []


def test_each_module_that_is_run_by_hand_is_there() -> None:
    named = re.findall(r"`python -m ([\w.]+)`", PAGE)
    assert named
    assert [name for name in named if not Path(ROOT, *name.split(".")).with_suffix(".py").exists()] == []


def test_the_page_is_one_page() -> None:
    assert len(PAGE.splitlines()) <= 110
