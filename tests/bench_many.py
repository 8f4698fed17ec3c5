"""How fast many points are, as ratios to named baselines of the same run; `make bench` prints them.

Every round runs each way of doing the same work once, so that a busy moment hits all of them; the median of the rounds'
ratios counts.
"""

from __future__ import annotations

import gc
import random
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch

from derivcli import many
from derivcli.model import Request
from derivcli.model.choices import Verify
from derivcli.points.arrays import Arrays
from derivcli.witnesses.autograd import one_thread_an_operation

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

_BY_HAND = 65_536  # points a chunk
_ROUNDS = 5
_FEW_ROUNDS = 3
_MILLION = 10**6
_WITHOUT_EXTRA = "import sys; sys.modules['orjson'] = None; from derivcli.__main__ import main; main()"
_COPY = "import sys, pyarrow.csv as c; c.write_csv(c.read_csv(sys.argv[1]), sys.argv[2])"
_MEMORY = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"  # fmt: skip  # noqa: E501


class Formula(NamedTuple):
    """An expression, the same by hand for torch, and the variables, which run from 0.5 to 3."""

    text: str
    by_hand: Callable[..., Tensor]
    names: tuple[str, ...]


FORMULAS = (
    Formula("5*x**4+3*x**3", lambda x: 5 * x**4 + 3 * x**3, ("x",)),
    Formula("sin(x)*exp(-x**2)", lambda x: torch.sin(x) * torch.exp(-(x**2)), ("x",)),
    Formula(
        "k*p*q/r^2*exp(-r/d)", lambda k, p, q, r, d: k * p * q / r**2 * torch.exp(-r / d), ("k", "p", "q", "r", "d")
    ),
)


def main() -> None:
    """Measure and print, one line a case."""
    gc.disable()  # as the command does
    for count in (_MILLION, 10 * _MILLION):
        for formula in FORMULAS:
            _inside(formula, count)
    with tempfile.TemporaryDirectory() as folder:
        for count in (_MILLION, 10 * _MILLION):
            _whole(Path(folder), count)
        _memory(Path(folder))


def _inside(formula: Formula, count: int) -> None:
    """Time the evaluation inside one process."""
    generator = torch.Generator().manual_seed(1)
    columns = {n: torch.rand(count, dtype=torch.float64, generator=generator) * 2.5 + 0.5 for n in formula.names}
    source = Arrays(columns)
    unchecked, checked = (many.plan(Request(formula.text), source, verify) for verify in (Verify.OFF, Verify.AUTO))
    kept = [np.zeros(count) for _ in range(len(columns) + 1)]  # whoever computes numbers wants to have them
    ways: dict[str, Callable[[], object]] = {
        "loop": partial(_by_hand, formula, columns, _BY_HAND, kept),
        "big": partial(_by_hand, formula, columns, count, kept),
        "off": partial(_ours, unchecked, source, kept),
        "auto": partial(_ours, checked, source, kept),
    }
    with one_thread_an_operation():
        seconds = _rounds(ways, _ROUNDS if count == _MILLION else _FEW_ROUNDS, twice=True)
    name = f"{formula.text}, {count:.0e} points"
    _say(name, "off / a loop by hand over chunks", seconds, "off", "loop", 1.0)
    _say(name, "one big tensor / off", seconds, "big", "off", 2.5, at_least=True)
    _say(name, "auto / off", seconds, "auto", "off", 2.5)


def _by_hand(formula: Formula, columns: dict[str, Tensor], chunk: int, kept: list[Any]) -> None:
    count = len(kept[0])
    for start in range(0, count, chunk):
        leaves = [column[start : start + chunk].detach().requires_grad_() for column in columns.values()]
        value = formula.by_hand(*leaves)
        found = [value.detach(), *torch.autograd.grad(value.sum(), leaves)]
        for room, numbers in zip(kept, found, strict=True):
            room[start : start + chunk] = numbers.numpy()


def _ours(plan: many.Plan, source: Arrays, kept: list[Any]) -> None:
    start = 0
    for answers in many.answers(plan, source):
        for room, numbers in zip(kept, answers.numbers, strict=True):
            room[start : start + len(numbers)] = numbers
        start += len(answers.rows)


def _whole(folder: Path, count: int) -> None:
    """Time whole commands: CSV in, CSV out."""
    source, target, copy = (folder / name for name in ("in.csv", "out.csv", "copy.csv"))
    _write(source, count)
    deriv = ["5*x**4+3*x**3", "--points", str(source), "--csv", "--output", str(target)]
    python = [sys.executable, "-W", "ignore"]
    plain = [*python, "-c", _WITHOUT_EXTRA, *deriv]
    ways: dict[str, Callable[[], object]] = {
        "plain": partial(_run, [*plain, "--verify", "auto"]),
        "off": partial(_run, [*plain, "--verify", "off"]),
        "fast": partial(_run, [*python, "-m", "derivcli", *deriv]),
        "pyarrow": partial(_run, [*python, "-c", _COPY, str(target), str(copy)]),
    }
    seconds = _rounds(ways, _FEW_ROUNDS)
    name = f"CSV to CSV, {count:.0e} rows"
    _say(name, "standard library / pyarrow reads and writes the result", seconds, "plain", "pyarrow", 3.0)
    _say(name, "with the extra / pyarrow reads and writes the result", seconds, "fast", "pyarrow", 1.5)
    _say(name, "auto / off", seconds, "plain", "off", 2.5)


def _memory(folder: Path) -> None:
    """Print the peak memory of the command for short and long files, in MB."""
    found = []
    for count in (_MILLION // 10, _MILLION, 10 * _MILLION):
        source, target = folder / "in.csv", folder / "out.csv"
        _write(source, count)
        command = [sys.executable, "-m", "derivcli", "5*x**4+3*x**3", "--points", str(source)]
        command += ["--csv", "--output", str(target)]
        done = subprocess.run([sys.executable, "-c", _MEMORY, *command], capture_output=True, text=True, check=True)
        found.append(int(done.stdout))
    verdict = "within" if max(found) <= 600 else "OVER"
    print(f"peak memory for 1e5, 1e6 and 1e7 rows: {found} MB, {verdict} the budget of 600")  # noqa: T201


def _write(path: Path, count: int) -> None:
    """Write a column of numbers of 17 digits."""
    drawn = random.Random(1)  # noqa: S311 - nothing secret
    with path.open("w") as stream:
        stream.write("x\n")
        stream.writelines(f"{drawn.uniform(-3, 3)!r}\n" for _ in range(count))


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _rounds(ways: dict[str, Callable[[], object]], rounds: int, *, twice: bool = False) -> dict[str, list[float]]:
    """Time each way once a round; with `twice` it is the second time that counts, so that none finds what another left.

    The first round warms up.
    """
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds + 1):
        for name, way in ways.items():
            if twice:
                way()
            started = time.perf_counter()
            way()
            seconds[name].append(time.perf_counter() - started)
    return {name: times[1:] for name, times in seconds.items()}


def _say(
    name: str,
    what: str,
    seconds: dict[str, list[float]],
    above: str,
    below: str,
    goal: float,
    *,
    at_least: bool = False,
) -> None:
    ratios = [a / b for a, b in zip(seconds[above], seconds[below], strict=True)]
    ratio = statistics.median(ratios)
    met = ratio >= goal if at_least else ratio <= goal
    spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
    times = f"{statistics.median(seconds[above]):.3f} s / {statistics.median(seconds[below]):.3f} s"
    bound = "at least" if at_least else "at most"
    print(  # noqa: T201
        f"{name:<38} {what:<56} {ratio:5.2f} ({spread}), {'within' if met else 'MISSES'} {bound} {goal}   ({times})",
        flush=True,
    )


if __name__ == "__main__":
    main()
