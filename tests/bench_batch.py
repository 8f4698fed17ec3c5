"""How fast many questions are, as ratios to a plain loop over the same in the same run; `make bench` prints them.

The plain loop is what people write: sympify, diff, lambdify, torch's autograd, and the formula evaluated at the point.
It checks nothing, holds no limits, and shows no form of a textbook.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from tests.bench import seconds

_QUESTIONS = 1_000
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
_DERIV = [str(Path(sys.executable).with_name("deriv")), "--batch"]
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


def main() -> None:
    """Measure and print, one line for each way."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "questions.txt")
        file.write_text("".join(f"{text}\n" for text in questions(_QUESTIONS)), encoding="utf-8")
        plain = seconds([sys.executable, "-c", _PLAIN, str(file)])
        for name, options in WAYS.items():
            ours = seconds([*_DERIV, str(file), *options])
            print(  # noqa: T201
                f"{name:<21} {plain / ours:.2f} times as many questions as a plain loop"
                f"   ({_QUESTIONS / ours:.0f} a second / {_QUESTIONS / plain:.0f} a second)"
            )


if __name__ == "__main__":
    main()
