r"""LaTeX -> what matplotlib can set: its mathtext knows no `\begin{cases}`, and a user's text is never mathtext."""

from __future__ import annotations

import re
from typing import NamedTuple

from derivcli.language.diagnostics import visible

_LONGEST = 90  # characters of a formula that fit over a picture
_LONGEST_LATEX = 240
_TALL = (r"\frac", r"\binom", r"\sqrt", "^{")
_SIMPLE = re.compile(r"\\left([(|])([^\\{}]*)\\right([)|])")
_PLAIN = ((r"\left", ""), (r"\right", ""), (r"\operatorname", r"\mathrm"), (r"\bmod", r"\;\mathrm{mod}\;"))


class Title(NamedTuple):
    """A text, and whether it is mathtext."""

    text: str
    is_math: bool


def title(name: str, mathematical: str, formula: str | None, latex: str | None) -> Title:
    """Return `name = formula`, set as mathematics where that is possible; `mathematical` is the name in LaTeX."""
    if latex is not None and formula is not None and len(formula) <= _LONGEST and len(latex) <= _LONGEST_LATEX:
        latex = _unstretched(latex)
        for text in (f"${mathematical} = {latex}$", f"${mathematical} = {_simplified(latex)}$"):
            if _can_be_set(text):
                return Title(text, is_math=True)
    return Title(plain(f"{name} = {formula}" if formula else name), is_math=False)


def plain(text: str) -> str:
    """Return a text that fits over a picture, without anything that cannot be seen."""
    shown = visible(text)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 3]}..."


def _unstretched(latex: str) -> str:
    """Return a formula whose parentheses need not grow; those that may grow come out too small."""
    latex = _SIMPLE.sub(r"\1\2\3", latex)
    if any(tall in latex for tall in _TALL):
        return latex
    return latex.replace(r"\left", "").replace(r"\right", "")


def _simplified(latex: str) -> str:
    for old, new in _PLAIN:
        latex = latex.replace(old, new)
    return latex


def _can_be_set(text: str) -> bool:
    from matplotlib.mathtext import MathTextParser

    try:
        MathTextParser("path").parse(text)
    except ValueError:
        return False
    return True
