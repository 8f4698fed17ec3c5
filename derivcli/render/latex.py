"""An `aligned` block: f, its derivatives, and their numbers at the point."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from derivcli.language.diagnostics import visible
from derivcli.language.latex import name_to_latex
from derivcli.model import Derivative, Status
from derivcli.render import words

if TYPE_CHECKING:
    from derivcli.model import Result, Value
    from derivcli.render.canvas import Canvas

_ESCAPED = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{character: f"\\{character}" for character in "{}_#$%&"},
}


def draw(result: Result, _canvas: Canvas) -> str:
    """Return the block, ready for a display equation."""
    rows = [rf"{_function(result)} &= {_form(result, result.latex, result.read_as)}"]
    rows += [f"{_operator(result, d)} &= {_form(result, d.latex, d.expression)}" for d in result.derivatives]
    if words.has_numbers(result):
        rows += [_number_row(result, value) for _, value in words.named_values(result)]
    body = " \\\\\n".join(dict.fromkeys(rows))
    return f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}\n"


def _function(result: Result) -> str:
    names = ", ".join(map(name_to_latex, result.variables))
    return f"f({names})" if names else "f"


def _operator(result: Result, value: Value) -> str:
    """Return `f`, or the fraction that stands for a derivative."""
    if not isinstance(value, Derivative):
        return "f"
    d = r"\partial " if len(result.variables) > 1 else "d"
    order = f"^{{{len(value.wrt)}}}" if len(value.wrt) > 1 else ""
    below = r" \, ".join(f"{d}{name_to_latex(variable)}" for variable in value.wrt)
    above = f"{d.strip()}{order}f" if order else f"{d}f"
    return rf"\frac{{{above}}}{{{below}}}"


def _form(result: Result, latex: str | None, text: str | None) -> str:
    if latex is not None:
        return latex
    return rf"\text{{{words.no_form(result)}}}" if text is None else rf"\texttt{{{_escape(text)}}}"


def _number_row(result: Result, value: Value) -> str:
    where = ",\\, ".join(f"{name_to_latex(variable)}={number(x)}" for variable, x in (result.at or {}).items())
    left = rf"\left.{_operator(result, value)}\right|_{{{where}}}" if where else _operator(result, value)
    if value.answer is None:
        return rf"{left} &= \text{{{words.verdict(value) or 'no value'}}}"
    doubt = r" \quad \text{(unverified)}" if value.status is Status.UNVERIFIED else ""
    return f"{left} &= {number(value.answer)}{doubt}"


def number(value: float) -> str:
    r"""Return a number with a power of ten where it has an exponent: `1.5 \times 10^{-8}`."""
    if math.isnan(value):
        return r"\text{nan}"
    digits, _, exponent = words.number(value, r"\infty").partition("e")
    if not exponent:
        return digits
    mantissa = {"1": "", "-1": "-"}.get(digits, rf"{digits} \times ")
    return f"{mantissa}10^{{{int(exponent)}}}"


def _escape(text: str) -> str:
    return "".join(_ESCAPED.get(character, character) for character in visible(text))
