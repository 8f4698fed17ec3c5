"""Formulas in the notation of the question: an answer holds them in Python's, so they are read and written again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from derivcli.errors import DerivError, Span
from derivcli.language.latex import to_latex
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.language.styles import PYTHON, Style

if TYPE_CHECKING:
    from derivcli.language.tree import Node

_LONGEST = 10_000  # characters of a formula that is read again, which takes 10 us each; a longer one stays as it is
_FORMULAS = 64  # kept: a formula is read for its text, for its LaTeX and for what is said of it
_QUOTED = re.compile("`([^`]+)`")
_LOOSE = str.maketrans("", "", "() ")  # what may be written or not
_EQUALS, _AND = " = ", ", "


@dataclass(frozen=True, slots=True)
class Spelling:
    """How the formulas of an answer are spelled; `names` are its variables."""

    style: Style = PYTHON
    names: tuple[str, ...] = ()

    def text(self, text: str) -> str:
        """Return an expression in the style; one that cannot be read again stays as it is."""
        tree = None if self.style == PYTHON else self.read(text)
        return text if tree is None else to_text(tree, self.style)

    def latex(self, text: str) -> str | None:
        """Return the LaTeX of an expression, or of an equation; None for one that cannot be read again."""
        sides = [self.read(side) for side in text.split(_EQUALS)]
        return None if None in sides else _EQUALS.join(to_latex(side, self.style) for side in sides if side)

    def equation(self, text: str) -> str:
        """Return an expression, or an equation, in the style."""
        return _EQUALS.join(map(self.text, text.split(_EQUALS)))

    def right_sides(self, text: str) -> str:
        """Return equations whose left sides are names: `x = 1 + 2*t, y = 3*t`, `df = 2*x*dx`."""
        sides = [equation.partition(_EQUALS) for equation in text.split(_AND)]
        return _AND.join(f"{left}{sign}{self.text(right)}" for left, sign, right in sides)

    def quoted(self, sentence: str) -> str:
        """Return a sentence with the formulas in it that are quoted in the style."""
        return _QUOTED.sub(lambda found: f"`{self.text(found[1])}`", sentence)

    def marked(self, text: str, span: Span) -> tuple[str, Span]:
        """Return a formula in the style, and where the part of it that stood in the span stands now."""
        shown = self.text(text)
        if shown == text:
            return text, span
        old, new = (parse(form, self.names).tree for form in (text, shown))
        found = _counterpart(old, new, span)
        return (text, span) if found is None else (shown, found)

    def read(self, text: str) -> Node | None:
        """Return the tree of a text of ours; None for what is none, or is read as something else."""
        return _read(text, self.names) if len(text) <= _LONGEST else None


@lru_cache(maxsize=_FORMULAS)
def _read(text: str, names: tuple[str, ...]) -> Node | None:
    try:
        tree = parse(text, names).tree
    except DerivError:
        return None
    return tree if to_text(tree).translate(_LOOSE) == text.translate(_LOOSE) else None


def _counterpart(old: Node, new: Node, span: Span) -> Span | None:
    """Return where the part with this span stands in the other spelling, in which `exp(x)` may be a power of e."""
    if old.span == span:
        return new.span
    parts = new.args[len(new.args) - len(old.args) :]
    pairs = zip(old.args, parts, strict=True)
    return next((_counterpart(a, b, span) for a, b in pairs if _lies_in(span, a.span)), None)


def _lies_in(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
