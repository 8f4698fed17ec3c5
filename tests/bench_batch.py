"""How fast many questions are, as ratios to a plain loop over the same in the same run; `make bench` prints them.

The plain loop is what people write: sympify, diff, lambdify, torch's autograd, and the formula evaluated at the point.
It checks nothing, holds no limits, and shows no form of a textbook. Both import torch, which takes as long as hundreds
of questions: the first ratio is of whole runs with 1,000 questions, the second of what further questions take.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.bench import seconds

_FEW, _QUESTIONS, _MANY = 200, 1_000, 3_000
_RUNS = 3
_PARTS = ("x", "x^2", "2*x+1", "sqrt(x)", "exp(x)", "sin(x)", "log(x)", "cos(3*x)", "x^3-2*x", "tan(x)", "x*y", "x/y", "exp(-x^2)", "1/(1+x^2)", "y^2+1")  # fmt: skip  # noqa: E501
_OUTSIDE = ("sin({})", "cos({})", "exp({})", "log(1+({})^2)", "sqrt(1+({})^2)", "({})^3", "1/(1+exp({}))", "tanh({})")
_TOGETHER = ("{}*{}", "{}+{}", "({})/(2+{})", "{}-2*{}")
_PLAIN = """
import sys, sympy, torch
torch.set_num_threads(1)
functions = {name: getattr(torch, name) for name in ("sin", "cos", "exp", "log", "sqrt", "tan", "tanh")}
point = {"x": 0.7, "y": 1.9}
for line in open(sys.argv[1]):
    f = sympy.sympify(line.partition("@")[0])
    symbols = sorted(f.free_symbols, key=str)
    values = [torch.tensor(point[str(s)], dtype=torch.float64, requires_grad=True) for s in symbols]
    slopes = torch.autograd.grad(sympy.lambdify(symbols, f, modules=[functions])(*values), values)
    at = {s: point[str(s)] for s in symbols}
    print(*(float(slope) for slope in slopes), *(sympy.diff(f, s).evalf(17, subs=at) for s in symbols))
"""
_DERIV = [str(Path(sys.executable).with_name("deriv"))]
WAYS = {
    "values, one job": ["--quiet"],
    "values, two jobs": ["--quiet", "--jobs", "2"],
    "JSON Lines, two jobs": ["--format", "jsonl", "--jobs", "2"],
}


def questions(count: int) -> list[str]:
    """Return expressions of everyday size, the same in each run, each with its point."""
    chosen = random.Random(7)  # noqa: S311
    sides = (chosen.choice(_OUTSIDE).format(chosen.choice(_PARTS)) for _ in range(2 * count))
    texts = (chosen.choice(_TOGETHER).format(a, b) for a, b in zip(sides, sides, strict=True))
    return [f"{text} @ {'x=0.7, y=1.9' if 'y' in text else 'x=0.7'}" for text in texts]


class Speed(NamedTuple):
    """How long so many questions take, and how many more a second come where the imports are over."""

    seconds: float
    rate: float


def speed(command: list[str], files: tuple[str, str], counts: tuple[int, int]) -> Speed:
    """Return the speed of a command, from the medians of runs with few questions and with many.

    It ends with the first of the two files' questions counted in, whose number all ways have in common.
    """
    few, many = (median(seconds([*command, file]) for _ in range(_RUNS)) for file in files)
    return Speed(few if counts[0] == _QUESTIONS else many, (counts[1] - counts[0]) / (many - few))


def main() -> None:
    """Measure and print, one line for each way."""
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for count in (_FEW, _QUESTIONS, _MANY):
            file = files[count] = str(Path(folder, f"{count}.txt"))
            Path(file).write_text("".join(f"{text}\n" for text in questions(count)), encoding="utf-8")
        plain = speed([sys.executable, "-c", _PLAIN], (files[_FEW], files[_QUESTIONS]), (_FEW, _QUESTIONS))
        for name, options in WAYS.items():
            ours = speed([*_DERIV, *options, "--batch"], (files[_QUESTIONS], files[_MANY]), (_QUESTIONS, _MANY))
            whole, further = plain.seconds / ours.seconds, ours.rate / plain.rate
            said = f"{whole:.2f} times as many questions as a plain loop, {further:.2f} times where all is imported"
            print(f"{name:<21} {said} ({ours.rate:.0f} / {plain.rate:.0f} a second)")  # noqa: T201


if __name__ == "__main__":
    main()
