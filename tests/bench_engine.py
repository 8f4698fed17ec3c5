"""How much faster two processes are than one for files in parts; `make bench` prints it. It needs two idle cores.

Each way is one cluster that is there for all rounds, and has answered the parts once before: what its start costs does
not grow with the rows. Every round runs both ways, so that a busy moment hits both.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
import warnings
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from derivcli.document import Canvas, Format
from derivcli.engine.dask import connected
from derivcli.engine.run import ask, prepare
from derivcli.engine.runner import Address
from derivcli.model import Request
from derivcli.model.choices import Verify
from derivcli.points.told import Told

if TYPE_CHECKING:
    from derivcli.engine.runner import Runner

_ROWS, _GROUP = 2_000_000, 100_000
_ROUNDS = 5
_GOAL = 1.6  # of 2: reading, writing and the scheduler have their share


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        numbers = np.random.default_rng(1).uniform(-3, 3, _ROWS)
        parquet.write_table(pa.table({"x": numbers}), folder / "points.parquet", row_group_size=_GROUP)
        runners = {n: stack.enter_context(connected(Address(workers=n, is_dask=True))) for n in (1, 2)}
        seconds = [{n: _seconds(runner, folder) for n, runner in runners.items()} for _ in range(_ROUNDS + 1)][1:]
    ratios = [each[1] / each[2] for each in seconds]
    ratio = statistics.median(ratios)
    met = "within" if ratio >= _GOAL else "MISSES"
    one, two = (statistics.median(each[n] for each in seconds) for n in (1, 2))
    print(  # noqa: T201
        f"{_ROWS:.0e} rows of Parquet in {_ROWS // _GROUP} parts: two workers {ratio:.2f} times one "
        f"({min(ratios):.2f} to {max(ratios):.2f}), {met} at least {_GOAL}   ({one:.2f} s / {two:.2f} s)"
    )


def _seconds(runner: Runner, folder: Path) -> float:
    """Answer all parts once; every row is one that torch settles."""
    out = folder / "out"
    request = Request("sin(x)*exp(-x**2)")
    files = [str(folder / "points.parquet")]
    question = ask(files, request, Told(), Verify.SAMPLE, out, Format.PARQUET, Canvas())
    run = prepare(question, runner, resume=False)
    started = time.perf_counter()
    found = list(run.outcomes(runner))
    seconds = time.perf_counter() - started
    shutil.rmtree(out)
    if sum(outcome.counts["agree"] for outcome in found if hasattr(outcome, "counts")) != _ROWS:
        raise AssertionError("not every row agrees")
    return seconds


if __name__ == "__main__":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Dask's, about ports
        main()
