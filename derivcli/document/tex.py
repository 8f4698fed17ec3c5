"""Numbers, equations and plain text in LaTeX."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from derivcli.document import words
from derivcli.language.diagnostics import visible
from derivcli.language.latex import name_to_latex, to_latex
from derivcli.language.tree import VARIABLE, Node

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.document.spelling import Spelling

_SIGNS = tuple(map(chr, range(0xE000, 0xE000 + 1_000)))  # private characters, which no text may hold
_ESCAPED = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{character: f"\\{character}" for character in "{}_#$%&"},
}


def number(value: float) -> str:
    r"""Return a number with a power of ten where it has an exponent: `1.5 \times 10^{-8}`."""
    if math.isnan(value):
        return r"\text{nan}"
    digits, _, exponent = words.number(value, r"\infty").partition("e")
    if not exponent:
        return digits
    mantissa = {"1": "", "-1": "-"}.get(digits, rf"{digits} \times ")
    return f"{mantissa}10^{{{int(exponent)}}}"


def equations(text: str, spelling: Spelling) -> str:
    r"""Return `x &= 1 + t,\; y = 2 - t` from `x = 1 + t, y = 2 - t`."""
    sides = [equation.partition(" = ") for equation in text.split(", ")]
    shown = [(name_to_latex(left), _read(right, spelling)) for left, _, right in sides]
    return r",\; ".join(f"{left} {'=' if index else '&='} {right}" for index, (left, right) in enumerate(shown))


def differential(text: str, spelling: Spelling, variables: tuple[str, ...]) -> str:
    r"""Return the right side of a differential: of `df = 2*x*dx` it is `2 x \, dx`."""
    form = text.partition(" = ")[2]
    tree = spelling.read(form)
    if tree is None:
        return typed(form)
    signs = {f"d{name}": sign for name, sign in zip(variables, _SIGNS, strict=False)}
    drawn = to_latex(_marked(tree, signs), spelling.style)
    for name, sign in zip(variables, _SIGNS, strict=False):
        drawn = drawn.replace(sign, rf"\, d{name_to_latex(name)}")
    return drawn


def _marked(node: Node, signs: Mapping[str, str]) -> Node:
    """Return a sum with a sign in the place of the differential at the end of each term; `da` may be a variable too."""
    if node.op in ("add", "neg"):
        return Node(node.op, tuple(_marked(term, signs) for term in node.args))
    if node.op == "mul":
        return Node("mul", (*node.args[:-1], _marked(node.args[-1], signs)))
    return Node(VARIABLE, text=signs.get(node.text, node.text)) if node.op == VARIABLE else node


def typed(text: str) -> str:
    """Return a formula that has no LaTeX, as it was typed."""
    shown = "".join(_ESCAPED.get(character, character) for character in visible(text))
    return rf"\texttt{{{shown}}}"


def _read(text: str, spelling: Spelling) -> str:
    """Return an expression of our own language, as it is if it cannot be read."""
    return spelling.latex(text) or typed(text)
