"""Numbers, names, equations and plain text in LaTeX."""

from __future__ import annotations

import math

from derivcli.errors import DerivError
from derivcli.language.diagnostics import visible
from derivcli.language.latex import name_to_latex, to_latex
from derivcli.language.parser import parse
from derivcli.render import words

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


def equations(text: str, names: frozenset[str]) -> str:
    r"""Return `x &= 1 + t,\; y = 2 - t` from the text of a view."""
    sides = [equation.partition(" = ") for equation in text.split(", ")]
    (left, _, right), *others = [(name_to_latex(left), sign, formula(right, names)) for left, sign, right in sides]
    return r",\; ".join([f"{left} &= {right}", *("".join(other) for other in others)])


def formula(text: str, names: frozenset[str] = frozenset()) -> str:
    """Return an expression of our own language, as it is if it cannot be read."""
    try:
        return to_latex(parse(text, names).tree)
    except DerivError:
        return text_form(text)


def differential(text: str, variables: tuple[str, ...]) -> str:
    r"""Return a differential, `2*x*dx` as `2 x \, dx`."""
    drawn = formula(text)
    for name in variables:
        drawn = drawn.replace(name_to_latex(f"d{name}"), rf"\, d{name_to_latex(name)}")
    return drawn


def text_form(text: str) -> str:
    """Return a formula that has no LaTeX, as it was typed."""
    shown = "".join(_ESCAPED.get(character, character) for character in visible(text))
    return rf"\texttt{{{shown}}}"
