"""Files, folders and patterns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from derivcli.engine.files import files_of
from derivcli.errors import DerivError
from derivcli.language.diagnostics import draw
from tests.every import for_all

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("b.csv", "a.csv", "data/part-1.csv", "data/part-0.csv", "data/more/part-2.csv", "[x].csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    for name in ("data/_SUCCESS", "data/.part-0.csv.crc", "data/_old/part-3.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


@for_all(
    ("name", "found"),
    [
        ("b.csv", ["b.csv"]),
        ("[ab].csv", ["a.csv", "b.csv"]),
        ("[x].csv", ["[x].csv"]),
        ("data", ["data/more/part-2.csv", "data/part-0.csv", "data/part-1.csv"]),
        ("data/*", ["data/part-0.csv", "data/part-1.csv"]),
        ("data/**/part*", ["data/_old/part-3.csv", "data/more/part-2.csv", "data/part-0.csv", "data/part-1.csv"]),
        ("none.csv", ["none.csv"]),  # who opens it says what is wrong
    ],
)
def test_a_name_stands_for_files_in_the_order_of_their_names(name: str, found: list[str], here: Path) -> None:
    assert files_of(name) == [str(here / each) for each in found]


NO_INPUT = "--engine reads files, not standard input\nhint: add --points FILE, FOLDER or 'part-*.csv'"


@for_all(
    ("name", "said"),
    [
        ("-", NO_INPUT),
        ("", NO_INPUT),
        ("z*.csv", "no file of points: `z*.csv`\nhint: give a file, a folder or a pattern in quotes"),
        ("data/_old/none", "no file of points: `data/_old/none`\nhint: give a file, a folder or a pattern in quotes"),
        (
            "years",
            "the folder `year=2024` holds a column in its name, which is not read\n"
            "hint: give one such folder at a time, and the value in `at`",
        ),
    ],
)
def test_what_names_no_files_is_refused(name: str, said: str, here: Path) -> None:
    (here / "data" / "_old" / "none").mkdir(exist_ok=True)
    (here / "years" / "year=2024").mkdir(parents=True, exist_ok=True)
    (here / "years" / "year=2024" / "part-0.csv").touch()
    with pytest.raises(DerivError) as caught:
        files_of(name)
    assert draw(caught.value) == f"error: {said}"
