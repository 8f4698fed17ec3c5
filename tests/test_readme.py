"""The README: its size, its commands, its links; its blocks are run as those of the manual are."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from derivcli.errors import ExitCode
from derivcli.model.options import TOPICS
from tests.documented import README, ROOT, blocks, commands, loosely, runs

TEXT = README.read_text(encoding="utf-8")
CONSOLE = blocks(TEXT, "console")


def test_it_is_short_enough_to_be_read() -> None:
    assert len(TEXT.splitlines()) <= 200
    assert len(TEXT.encode()) <= 14_000


@pytest.mark.parametrize("block", CONSOLE, ids=[commands(block)[-1][0] for block in CONSOLE])
def test_a_block_prints_what_the_readme_shows(block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for run in runs(block):
        assert loosely(run.printed) == loosely(run.shown), run.command


def test_there_are_eight_examples_below_the_first_one() -> None:
    assert len(CONSOLE) == 1 + 8


def test_the_two_commands_are_targets_that_make_knows() -> None:
    shell = [line.split("#")[0].strip() for block in blocks(TEXT, "sh") for line in block.splitlines()]
    for command in (line for line in shell if line.startswith("make")):
        found = subprocess.run([*command.split(), "--dry-run"], capture_output=True, text=True, cwd=ROOT, check=False)
        assert found.returncode == 0, found.stderr
    assert {"make run", "make test", "pip install ."} <= set(shell)


def test_make_run_asks_what_the_readme_shows_first() -> None:
    assert any(line.endswith(commands(CONSOLE[0])[0][0]) for line in made("run"))


def test_the_picture_is_there_and_made_by_a_target() -> None:
    picture = re.search(r'src="(.*?)"', TEXT)
    assert picture is not None
    assert (ROOT / picture[1]).stat().st_size < 100_000
    assert any(line.endswith(f"--plot {picture[1]}") for line in made("picture"))


def made(target: str) -> list[str]:
    """Return the commands of a target of make."""
    found = subprocess.run(["make", "--dry-run", target], capture_output=True, text=True, cwd=ROOT, check=True)
    return found.stdout.splitlines()


def test_each_link_leads_to_a_file_and_every_page_of_the_manual_has_one() -> None:
    links = re.findall(r"\]\(([^)]+)\)", TEXT)
    assert [link for link in links if not (ROOT / link).exists()] == []
    assert {Path(link).stem for link in links if link.startswith("derivcli/manual/")} == set(TOPICS)


def test_each_exit_code_is_said() -> None:
    table = TEXT.partition("| exit code |")[2].partition("\n\n")[0]
    said = {int(code) for cell in re.findall(r"^\| ([\d, ]+) \|", table, re.MULTILINE) for code in cell.split(",")}
    assert said == {*ExitCode} - {ExitCode.BROKEN_PIPE}
