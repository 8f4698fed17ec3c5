"""How formulas are written for people: as the question is, in the notation of maths or of Python."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Notation(StrEnum):
    """What decides the style: the question itself, or the reader."""

    AUTO = "auto"
    MATH = "math"
    PYTHON = "python"


@dataclass(frozen=True, slots=True)
class Style:
    """How an expression is written down; by default as Python does, which is what JSON and CSV hold."""

    power: str = "**"
    coefficients: bool = False  # `2x`, not `2*x`
    base: bool = False  # `e^x`, not `exp(x)`
    ln: bool = False
    bars: bool = False  # `|x|`, not `abs(x)`
    root: bool = False  # `√x`, not `sqrt(x)`
    marks: bool = False  # `x!` and `30°`, not `factorial(x)` and `deg2rad(30)`


PYTHON = Style()

# What only code has: `x**2`, a call of a module or a method, and names that no book uses.
_CODE = re.compile(r"\*\*|\.\s*[A-Za-z_]\w*\s*\(|\b(?:pow|Piecewise|lambda|import|return)\b")
_LOG = re.compile(r"log(?!\d|_)", re.IGNORECASE)
_MARK = re.compile(r"°|!(?!=)")
_EXP = re.compile(r"exp\s*\(|\bexp\b", re.IGNORECASE)


def style_of(text: str, notation: Notation = Notation.AUTO) -> Style:
    """Return the style of a question: that of maths but where it holds what only code has.

    What has two spellings in maths stays as typed: `ln` or `log`, `e^x` or `exp(x)`, `|x|` or `abs(x)`; where neither
    is typed it is the shorter one. A root has its sign only where that was typed.
    """
    if notation is Notation.PYTHON or (notation is Notation.AUTO and _CODE.search(text)):
        return PYTHON
    return Style(
        power="^",
        coefficients=True,
        base="e^" in text or not _EXP.search(text),
        ln="ln" in text or not _LOG.search(text),
        bars="|" in text or "abs" not in text.lower(),
        root="√" in text,
        marks=bool(_MARK.search(text)),
    )
