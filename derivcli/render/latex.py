"""An `aligned` block: f, its derivatives, and their numbers at the point; below them matrices and equations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.language.latex import name_to_latex
from derivcli.model import Derivative, Status
from derivcli.render import latex_views, words
from derivcli.render.latex_text import number, text_form
from derivcli.render.names import direction, parts, runs

if TYPE_CHECKING:
    from derivcli.model import Result, System, Value
    from derivcli.render.canvas import Canvas
    from derivcli.render.names import Part


def draw(answer: Result | System, _canvas: Canvas) -> str:
    """Return the block, ready for a display equation."""
    functions = parts(answer)
    rows = [row for part in functions for row in _formulas(part)]
    rows += [row for part in functions for row in _directions(part)]
    rows += [_number_row(part, value) for part in functions if words.has_numbers(part.result) for value in part.values]
    rows += latex_views.draw(answer, functions)
    body = " \\\\\n".join(dict.fromkeys(rows))
    return f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}\n"


def _formulas(part: Part) -> list[str]:
    result = part.result
    own = result.latex or text_form(result.read_as)
    rows = [f"{_function(part)} &= {own}"]
    if part.letter == "F":
        rows = [f"& {own}", rf"{_function(part)} &= \text{{{words.LEFT_LESS_RIGHT}}}"]
    return rows + [f"{_operator(part, d)} &= {_form(result, d)}" for d in result.derivatives]


def _function(part: Part) -> str:
    names = ", ".join(map(name_to_latex, part.result.variables))
    return f"{name_to_latex(part.letter)}({names})" if names else name_to_latex(part.letter)


def _directions(part: Part) -> list[str]:
    """Return what v and u are, in the order of their variables."""
    along = {direction(d): d.along for d in part.result.derivatives if d.along is not None}
    return [f"{letter} &= ({_assignments(where)})" for letter, where in along.items()]


def _operator(part: Part, value: Value) -> str:
    """Return `f`, or the fraction that stands for a derivative."""
    if not isinstance(value, Derivative):
        return name_to_latex(part.letter)
    above = name_to_latex(part.above)
    if value.along is not None:
        _, _, order = value.name.removesuffix(" f").partition("^")
        return f"D_{{{direction(value)}}}{f'^{{{order}}}' if order.isdecimal() else ''} {above}"
    d = r"\partial " if part.is_partial else "d"
    below = r" \, ".join(f"{d}{name_to_latex(name)}{_power(count)}" for name, count in runs(value.wrt))
    order = _power(len(value.wrt))
    return rf"\frac{{{f'{d.strip()}{order} {above}' if order else f'{d}{above}'}}}{{{below}}}"


def _power(count: int) -> str:
    return f"^{{{count}}}" if count > 1 else ""


def _form(result: Result, derivative: Derivative) -> str:
    if derivative.latex is not None:
        return derivative.latex
    text = derivative.expression
    return rf"\text{{{words.no_form(result, derivative)}}}" if text is None else text_form(text)


def _assignments(at: dict[str, float]) -> str:
    return ",\\, ".join(f"{name_to_latex(name)}={number(x)}" for name, x in at.items())


def _number_row(part: Part, value: Value) -> str:
    where = _assignments(part.result.at or {})
    left = rf"\left.{_operator(part, value)}\right|_{{{where}}}" if where else _operator(part, value)
    if value.answer is None:
        return rf"{left} &= \text{{{words.verdict(value) or 'no value'}}}"
    doubt = r" \quad \text{(unverified)}" if value.status is Status.UNVERIFIED else ""
    return f"{left} &= {number(value.answer)}{doubt}"
