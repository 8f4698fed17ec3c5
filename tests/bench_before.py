"""How long warm calls take, as ratios to a commit: `make bench BASE=main` prints them.

The commit stands in a worktree of its own while this runs. Both trees answer in turns, in processes of this Python, so
that a busy moment hits both; the median of the rounds counts.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from derivcli.language.parser import parse
from derivcli.language.tree import variables
from tests.chains import mixed
from tests.witnesses.tidy.books import GIVEN, LATER, UNSEEN

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = Path(__file__).parents[1]
_ROUNDS = 3
_EVERY = 4  # of the texts in books one in so many is asked: enough for a median, in a few seconds
# Run in the tree that is measured, so it asks for nothing but what every version has.
_ASK = """
import json, sys, time
import derivcli
calls = json.load(sys.stdin)
derivcli.differentiate("x^2", {"x": "1"})
started = time.perf_counter()
for text, at, options in calls:
    derivcli.differentiate(text, at, **options)
print(json.dumps([time.perf_counter() - started, derivcli.__file__]))
"""

Call = tuple[str, dict[str, str], dict[str, Any]]


class Case(NamedTuple):
    """Calls that are timed together, and the share of the commit's time that they may take."""

    name: str
    calls: list[Call]
    budget: float


def cases() -> list[Case]:
    """Return what is measured."""
    texts = [pair.function for pair in (*GIVEN, *UNSEEN, *LATER)][::_EVERY]
    return [
        Case("warm calls", [(text, _somewhere(text), {}) for text in texts], 0.7),
        Case("orders 1-10", [("tan(exp(x))", {"x": f"0.{k}"}, {"order": 10}) for k in range(1, 6)], 0.2),
        Case("10,000 terms", [(*mixed(10_000), {"timeout": 300.0})], 0.6),
    ]


def _somewhere(text: str) -> dict[str, str]:
    return {name: f"{0.7 + 0.1 * k:.1f}" for k, name in enumerate(variables(parse(text, frozenset()).tree))}


def main(base: str) -> None:
    """Measure and print, one line a case."""
    with checked_out(base) as before:
        for case in cases():
            rounds = [[_seconds(tree, case.calls) for tree in (_ROOT, before)] for _ in range(_ROUNDS)]
            now, then = map(statistics.median, zip(*rounds, strict=True))
            verdict = "within" if now / then <= case.budget else "OVER"
            print(  # noqa: T201
                f"{case.name:<13} {now / then:.2f} of {base}, {verdict} the budget of {case.budget}"
                f"   ({now:.3f} s / {then:.3f} s, {len(case.calls)} calls)"
            )


@contextmanager
def checked_out(base: str) -> Iterator[Path]:
    """Give a worktree of a commit, which is removed again."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "before"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", tree, base], cwd=_ROOT, check=True)
        try:
            yield tree
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", tree], cwd=_ROOT, check=True)


def _seconds(tree: Path, calls: list[Call]) -> float:
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    command = [sys.executable, "-W", "ignore", "-c", _ASK]
    done = subprocess.run(
        command, input=json.dumps(calls), text=True, capture_output=True, check=True, cwd=tree, env=environment
    )
    seconds, file = json.loads(done.stdout)
    assert Path(file).is_relative_to(tree), file
    return float(seconds)


if __name__ == "__main__":
    main(sys.argv[1])
