"""A document in LaTeX, an `aligned` block: f, its derivatives and their numbers; below them matrices and equations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.document import words
from derivcli.document.model import Coordinates, Formula, Symbol
from derivcli.document.tex import number, typed
from derivcli.document.views import UNKNOWN

if TYPE_CHECKING:
    from derivcli.document.formats import Canvas
    from derivcli.document.model import Deduction, Document, Entry, Fact, Piece, Section, Tabular


def draw(document: Document, canvas: Canvas) -> str:
    """Return the block, ready for a display equation; one with steps is an `align*` by itself, of as many pages."""
    functions = document.functions
    rows = [row for function in functions for row in _formulas(function)]
    rows += [row for fact in document.directions for row in _fact(fact)]
    rows += [_number_row(function.at, entry) for function in functions if function.at for entry in function.entries]
    rows += [] if document.jacobian is None else [f"J &= {_matrix(document.jacobian)}"]
    rows += [row for function in functions for row in _views(function)]
    entries = [entry for function in functions for entry in function.entries]
    steps = [row for entry in entries for row in _steps(entry, full=canvas.full_steps)]
    body = " \\\\\n".join((*dict.fromkeys(rows), *steps))
    block = "align*" if steps else "aligned"
    return f"\\begin{{{block}}}\n{body}\n\\end{{{block}}}\n"


def _formulas(function: Section) -> list[str]:
    own, *others = function.entries
    rows = [f"{function.call.latex} &= {_piece(own.formula)}"]
    if function.is_equation:
        rows = [f"& {_piece(own.formula)}", rf"{function.call.latex} &= \text{{{words.LEFT_LESS_RIGHT}}}"]
    return rows + [f"{entry.name.latex} &= {_piece(entry.formula)}" for entry in others]


def _number_row(at: Coordinates, entry: Entry) -> str:
    name = entry.name.latex
    left = rf"\left.{name}\right|_{{{_assignments(at)}}}" if at.at else name
    doubt = rf" \quad \text{{({entry.doubt})}}" if entry.doubt and not isinstance(entry.answer, str) else ""
    return f"{left} &= {_piece(entry.answer)}{doubt}"


def _steps(entry: Entry, *, full: bool) -> list[str]:
    """Return a row for each line of a derivation, its reason at the right."""
    rows = [_deduction(step, full=full) for step in entry.steps]
    left_out = [rf"&\;\;\vdots && \text{{{entry.left_out} more lines}}"] if entry.left_out else []
    return [*rows[:-1], *left_out, *rows[-1:]]


def _deduction(step: Deduction, *, full: bool) -> str:
    left = "" if step.left is None else f"{_piece(step.left)} "
    value = f" = {number(step.number)}" if full and step.number is not None else ""
    reason = "".join(map(_said, step.reason(full=full)))
    return rf"{left}&= {_piece(step.right)}{value} && {reason}"


def _said(what: Piece) -> str:
    """Return words, or a formula among them."""
    return rf"\text{{{what.replace('_', chr(92) + '_')}}}" if isinstance(what, str) else _piece(what)


def _views(function: Section) -> list[str]:
    name = function.name.latex
    hessian, shares = function.hessian, function.shares
    rows = [] if hessian is None else [f"H_{{{name}}} &= {_matrix(hessian)}"]
    rows += [row for view in function.views for fact in view for row in _fact(fact)]
    return rows if shares is None else [*rows, *_shares(shares, name)]


def _matrix(table: Tabular) -> str:
    cells = ((r"\text{--}" if cell.what is None else _piece(cell.what) for cell in row[1:]) for row in table.rows)
    lines = r" \\ ".join(map(" & ".join, cells))
    return rf"\begin{{pmatrix}} {lines} \end{{pmatrix}}"


def _fact(fact: Fact) -> list[str]:
    """Return a row for each line: an equation with its label, the value of what stands left, or words."""
    rows = []
    for what, before, after, left in fact.lines:
        if left:
            shown = f"{before}{_piece(what)}{after}" if isinstance(what, tuple) else _piece(what)
            rows.append(f"{left} &= {shown}")
        elif isinstance(what, Formula):
            rows.append(rf"{_piece(what)} \quad \text{{({fact.label})}}")
        else:
            rows.append(rf"& \text{{{fact.label}: {what}}}")
    return rows


def _shares(table: Tabular, function: str) -> list[str]:
    """Return what each variable adds to the uncertainty."""
    rows = []
    for name, _, contribution, (share, _) in table.rows:
        known = "" if share == UNKNOWN else rf" \quad ({str(share).removesuffix('%')}\,\%)"
        rows.append(f"u_{{{_piece(name.what)}}}({function}) &= {_piece(contribution.what)}{known}")
    return rows


def _piece(what: Piece | None) -> str:
    """Return a number, a name or a formula; words are text."""
    if isinstance(what, Formula):
        return what.latex or typed(what.text)
    if isinstance(what, Symbol):
        return what.latex
    if isinstance(what, Coordinates):
        return f"({_assignments(what)})"
    if isinstance(what, tuple):
        return ",\\, ".join(map(number, what))
    return rf"\text{{{what}}}" if isinstance(what, str) else number(what or 0.0)


def _assignments(at: Coordinates) -> str:
    return ",\\, ".join(f"{name.latex}={number(value)}" for name, value in at.at)
