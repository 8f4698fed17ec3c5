"""`python -m tests.try_wheel WHEEL`: install the wheel in an environment of its own, and ask it a first question.

The environment borrows the dependencies of the one that runs this, by their path, so that nothing is downloaded. Only
`derivcli` itself comes from the wheel.
"""

import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import venv
from pathlib import Path

_WHERE = "import derivcli; print(derivcli.__file__)"


def tried(wheel: Path, folder: Path) -> tuple[Path, dict[str, float]]:
    """Return where `derivcli` is installed from the wheel, and what `deriv` says of x^3 at 2, run in `folder`."""
    home = folder / "environment"
    venv.create(home, with_pip=True)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    python = str(scripts / "python")
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel], check=True, cwd=folder
    )
    site = sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)})
    (Path(site) / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    where = _said([python, "-P", "-c", _WHERE], folder)
    answer = json.loads(_said([str(scripts / "deriv"), "x^3", "--at", "x=2", "--json"], folder))
    return Path(where.strip()), {"f": answer["value"]["answer"], "df/dx": answer["derivatives"][0]["answer"]}


def _said(command: list[str], folder: Path) -> str:
    return subprocess.run(command, check=True, cwd=folder, capture_output=True, text=True).stdout


def main() -> None:
    """Try the wheel; say where it lies and what it answers."""
    with tempfile.TemporaryDirectory() as folder:
        where, answer = tried(Path(sys.argv[1]).resolve(), Path(folder).resolve())
        if Path(folder).resolve() not in where.parents or answer != {"f": 8, "df/dx": 12}:
            raise SystemExit(f"the wheel does not work: {where} answers {answer}")
    print(f"{Path(sys.argv[1]).name} works in an environment of its own")  # noqa: T201 - what `make dist` says


if __name__ == "__main__":
    main()
