"""How long a cold call takes, as ratios to named baselines measured in the same run.

`make bench` prints them. Every round runs each command once, so that a busy moment hits all of them; the median of the
rounds counts.
"""

from __future__ import annotations

import compileall
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import derivcli

_ROUNDS = 9
_PYTHON = [sys.executable, "-W", "ignore"]
_DERIV = [str(Path(sys.executable).with_name("deriv"))]

BASELINES = {
    "import torch, sympy": [*_PYTHON, "-c", "import torch, sympy"],
    "import sympy": [*_PYTHON, "-c", "import sympy"],
}


class Case(NamedTuple):
    """A command, what it is measured against, and the ratio it may reach."""

    name: str
    command: list[str]
    baseline: str
    budget: float


CASES = (
    Case("cold call", [*_DERIV, "5*x**4+3*x**3", "--at", "x=2"], "import torch, sympy", 0.75),
    Case("--help", [*_DERIV, "--help"], "import sympy", 0.6),
    Case("syntax error", [*_DERIV, "3*", "--at", "x=2"], "import sympy", 0.6),
)


def main() -> None:
    """Measure and print, one line a case."""
    compileall.compile_dir(str(Path(derivcli.__file__).parent), quiet=1)
    commands = {**BASELINES, **{case.name: case.command for case in CASES}}
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(_ROUNDS):
        for name, command in commands.items():
            times[name].append(_seconds(command))
    median = {name: statistics.median(found) for name, found in times.items()}
    for case in CASES:
        ratio = median[case.name] / median[case.baseline]
        verdict = "within" if ratio <= case.budget else "OVER"
        print(  # noqa: T201
            f'{case.name:<13} {ratio:.2f} of `python -c "{case.baseline}"`, {verdict} the budget of {case.budget}'
            f"   ({median[case.name]:.3f} s / {median[case.baseline]:.3f} s)"
        )


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, capture_output=True, check=False)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
