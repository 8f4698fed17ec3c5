"""How long a cold call takes, as ratios to named baselines measured in the same run, and how large sums grow.

`make bench` prints them. Every round runs each command once, so that a busy moment hits all of them; the median of the
rounds counts. Those that take seconds run in fewer rounds.
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
from tests.chains import chain, chain_point

_ROUNDS = 9
_SLOW_ROUNDS = 2
_PYTHON = [sys.executable, "-W", "ignore"]
_DERIV = [str(Path(sys.executable).with_name("deriv"))]


def _gradient(n: int) -> list[str]:
    """Return the call for all partial derivatives of a chain of n variables."""
    at = ",".join(f"{name}={value}" for name, value in chain_point(n).items())
    return [*_DERIV, chain(n), "--at", at, "--timeout", "300", "--quiet"]


BASELINES = {
    '`python -c "import torch, sympy"`': [*_PYTHON, "-c", "import torch, sympy"],
    '`python -c "import sympy"`': [*_PYTHON, "-c", "import sympy"],
}
SLOW_BASELINES = {"the gradient of the 500-variable chain": _gradient(500)}


class Case(NamedTuple):
    """A command, what it is measured against, and the ratio it may reach."""

    name: str
    command: list[str]
    baseline: str
    budget: float


CASES = (
    Case("cold call", [*_DERIV, "5*x**4+3*x**3", "--at", "x=2"], '`python -c "import torch, sympy"`', 0.75),
    Case(
        "formulas",
        [*_DERIV, "x^2 sin(x)", "--format", "latex", "--verify", "off"],
        '`python -c "import sympy"`',
        1.3,
    ),
    Case("--help", [*_DERIV, "--help"], '`python -c "import sympy"`', 0.6),
    Case("syntax error", [*_DERIV, "3*", "--at", "x=2"], '`python -c "import sympy"`', 0.6),
)
SLOW_CASES = (Case("chain of 1000", _gradient(1_000), "the gradient of the 500-variable chain", 2.4),)


def main() -> None:
    """Measure and print, one line a case."""
    compileall.compile_dir(str(Path(derivcli.__file__).parent), quiet=1)
    quick = {**BASELINES, **{case.name: case.command for case in CASES}}
    slow = {**SLOW_BASELINES, **{case.name: case.command for case in SLOW_CASES}}
    median = {**_medians(quick, _ROUNDS), **_medians(slow, _SLOW_ROUNDS)}
    for case in (*CASES, *SLOW_CASES):
        ratio = median[case.name] / median[case.baseline]
        verdict = "within" if ratio <= case.budget else "OVER"
        print(  # noqa: T201
            f"{case.name:<13} {ratio:.2f} of {case.baseline}, {verdict} the budget of {case.budget}"
            f"   ({median[case.name]:.3f} s / {median[case.baseline]:.3f} s)"
        )


def _medians(commands: dict[str, list[str]], rounds: int) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            times[name].append(seconds(command))
    return {name: statistics.median(found) for name, found in times.items()}


def seconds(command: list[str]) -> float:
    """Return how long a command takes."""
    started = time.perf_counter()
    subprocess.run(command, capture_output=True, check=False)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
