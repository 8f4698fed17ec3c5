"""A file that its name stands for."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from derivcli.points.named import opened, size_of

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_read_as_it_is_and_its_size_is_known(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_bytes(b"x\r\n1\n")
    with opened(str(path)) as stream:
        assert stream.read() == b"x\r\n1\n"
    assert size_of(str(path)) == len(b"x\r\n1\n")


@pytest.mark.parametrize("name", ["-", "none.csv", "a\0b"])
def test_the_size_of_what_is_no_file_is_not_known(name: str) -> None:
    assert size_of(name) is None


def test_opening_a_file_loads_no_reader_of_points() -> None:
    said = "import sys, derivcli.points.named; print([n for n in sys.modules if 'delimited' in n])"
    assert subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout == "[]\n"
