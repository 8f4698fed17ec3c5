"""A document in LaTeX, an `aligned` block: f, its derivatives and their numbers; below them matrices and equations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.document import words
from derivcli.document.model import Differential, Equations, Formula, Name, Place
from derivcli.document.views import UNKNOWN
from derivcli.document.words import latex_number as number
from derivcli.errors import DerivError
from derivcli.language.diagnostics import visible
from derivcli.language.latex import name_to_latex, to_latex
from derivcli.language.parser import parse

if TYPE_CHECKING:
    from derivcli.document.formats import Canvas
    from derivcli.document.model import Document, Entry, Fact, Function, Piece, Table

_ESCAPED = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{character: f"\\{character}" for character in "{}_#$%&"},
}


def draw(document: Document, _canvas: Canvas) -> str:
    """Return the block, ready for a display equation."""
    functions = document.functions
    rows = [row for function in functions for row in _formulas(function)]
    rows += [row for fact in document.directions for row in _fact(fact)]
    rows += [_number_row(function.at, entry) for function in functions if function.at for entry in function.entries]
    rows += [] if document.jacobian is None else [f"J &= {_matrix(document.jacobian)}"]
    rows += [row for function in functions for row in _views(function)]
    body = " \\\\\n".join(dict.fromkeys(rows))
    return f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}\n"


def _formulas(function: Function) -> list[str]:
    own, *others = function.entries
    rows = [f"{function.call.latex} &= {_piece(own.formula)}"]
    if function.is_equation:
        rows = [f"& {_piece(own.formula)}", rf"{function.call.latex} &= \text{{{words.LEFT_LESS_RIGHT}}}"]
    return rows + [f"{entry.name.latex} &= {_piece(entry.formula)}" for entry in others]


def _number_row(at: Place, entry: Entry) -> str:
    name = entry.name.latex
    left = rf"\left.{name}\right|_{{{_piece(at)}}}" if at.at else name
    doubt = rf" \quad \text{{({entry.doubt})}}" if entry.doubt and not isinstance(entry.answer, str) else ""
    return f"{left} &= {_piece(entry.answer)}{doubt}"


def _views(function: Function) -> list[str]:
    name = function.name.latex
    hessian, shares = function.hessian, function.shares
    rows = [] if hessian is None else [f"H_{{{name}}} &= {_matrix(hessian)}"]
    rows += [row for view in function.views for fact in view for row in _fact(fact)]
    return rows if shares is None else [*rows, *_shares(shares, name)]


def _matrix(table: Table) -> str:
    cells = ((r"\text{--}" if cell.what is None else _piece(cell.what) for cell in row[1:]) for row in table.rows)
    lines = r" \\ ".join(map(" & ".join, cells))
    return rf"\begin{{pmatrix}} {lines} \end{{pmatrix}}"


def _fact(fact: Fact) -> list[str]:
    """Return a row for each line: an equation of its own, the value of a symbol, or words."""
    rows = []
    for what, before, after, symbol in fact.lines:
        if isinstance(what, Equations):
            rows.append(rf"{_piece(what)} \quad \text{{({fact.label})}}")
        elif symbol:
            around = ("(", ")") if isinstance(what, Place) else (before, after) if isinstance(what, tuple) else ("", "")
            rows.append(f"{symbol} &= {_piece(what).join(around)}")
        else:
            rows.append(rf"& \text{{{fact.label}: {what}}}")
    return rows


def _shares(table: Table, function: str) -> list[str]:
    """Return what each variable adds to the uncertainty."""
    rows = []
    for name, _, contribution, (share, _) in table.rows:
        known = "" if share == UNKNOWN else rf" \quad ({str(share).removesuffix('%')}\,\%)"
        rows.append(f"u_{{{_piece(name.what)}}}({function}) &= {_piece(contribution.what)}{known}")
    return rows


def _piece(what: Piece | None) -> str:
    """Return a number, a name or a formula; words are text."""
    if isinstance(what, Equations):
        return _equations(what)
    if isinstance(what, Differential):
        return _differential(what)
    if isinstance(what, Formula):
        return what.latex or _typed(what.text)
    if isinstance(what, Name):
        return what.latex
    if isinstance(what, Place):
        return ",\\, ".join(f"{name.latex}={number(value)}" for name, value in what.at)
    if isinstance(what, tuple):
        return ",\\, ".join(map(number, what))
    return rf"\text{{{what}}}" if isinstance(what, str) else number(what or 0.0)


def _equations(what: Equations) -> str:
    r"""Return `x &= 1 + t,\; y = 2 - t`."""
    sides = [equation.partition(" = ") for equation in what.text.split(", ")]
    (left, _, right), *others = [(name_to_latex(left), sign, _read(right, what.names)) for left, sign, right in sides]
    return r",\; ".join([f"{left} &= {right}", *("".join(other) for other in others)])


def _differential(what: Differential) -> str:
    r"""Return the right side, of `df = 2*x*dx` that is `2 x \, dx`."""
    drawn = _read(what.text.partition(" = ")[2])
    for name in what.variables:
        drawn = drawn.replace(name_to_latex(f"d{name}"), rf"\, d{name_to_latex(name)}")
    return drawn


def _read(text: str, names: frozenset[str] = frozenset()) -> str:
    """Return an expression of our own language, as it is if it cannot be read."""
    try:
        return to_latex(parse(text, names).tree)
    except DerivError:
        return _typed(text)


def _typed(text: str) -> str:
    """Return a formula that has no LaTeX, as it was typed."""
    shown = "".join(_ESCAPED.get(character, character) for character in visible(text))
    return rf"\texttt{{{shown}}}"
