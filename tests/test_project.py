"""What those who carry the project on rely on: the targets of make, the texts that name them, and the wheel."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.try_wheel import tried

ROOT = Path(__file__).parents[1]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[1].split())  # type: ignore[index]
TEXTS = [ROOT / "README.md", *(ROOT / ".github").rglob("*.md"), *(ROOT / ".github").rglob("*.yml"), ROOT / ".ci/run"]


def test_make_help_names_every_target_in_the_order_of_the_makefile() -> None:
    said = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    listed = re.findall(r"^  make (\w+) +\w", said.stdout, re.MULTILINE)
    assert set(listed) == TARGETS
    assert listed == [name for name in re.findall(r"^(\w+):", MAKEFILE, re.MULTILINE) if name in TARGETS]


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.name)
def test_every_target_that_a_text_names_is_there(text: Path) -> None:
    lines = re.findall(r"(?:^|`|run: )make ((?:[a-z]+ ?)+)", text.read_text(encoding="utf-8"), re.MULTILINE)
    assert {name for line in lines for name in line.split()} <= TARGETS


def test_the_texts_do_name_targets() -> None:
    assert all(
        "make " in (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", ".github/CONTRIBUTING.md")
    )


git = pytest.mark.skipif(not (ROOT / ".git").exists(), reason="asks git which files there are")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built from a copy without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, files.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / "copy" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "copy" / name).write_bytes((ROOT / name).read_bytes())
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(folder / "copy")]
    subprocess.run(build, capture_output=True, check=True)
    return next(folder.glob("*.whl"))


@git
def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    held = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("derivcli/")}
    asked = subprocess.run(["git", "ls-files", "derivcli"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert held == set(asked.stdout.splitlines())


@git
@pytest.mark.nightly
def test_the_wheel_runs_in_an_environment_of_its_own(wheel: Path, tmp_path: Path) -> None:
    where, answer = tried(wheel, tmp_path)
    assert tmp_path in where.parents
    assert answer == {"f": 8, "df/dx": 12}  # 2^3, 3*2^2
