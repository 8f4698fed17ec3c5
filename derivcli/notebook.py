"""What notebooks show of an answer: its LaTeX, or in HTML a table and, where that is quick, a picture of f.

IPython asks an object for `_repr_html_` and `_repr_latex_`; those of the answers ask here.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from derivcli import parts
from derivcli.errors import DerivError
from derivcli.language.numbers import shortest
from derivcli.model import Result, System
from derivcli.model.result import PRINTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from derivcli.document.names import NamedResult
    from derivcli.table import Table

_DISPLAYED = "\\begin{align*}"  # is a displayed equation by itself: an answer with steps
_LONGEST = 300  # characters of an expression whose picture takes about a second; longer ones have none
_HIGHEST = 4  # order that a picture shows
_ROWS = 5  # of a table of many points, at its head and at its end


def latex(answer: Result | System | Table) -> str | None:
    """Return what `--format latex` writes as a displayed equation; None for many points."""
    if not isinstance(answer, (Result, System)):
        return None
    from derivcli.document import Format, render

    block = render(answer, Format.LATEX)
    return block if block.startswith(_DISPLAYED) else f"$$\n{block}$$"


def html(answer: Result | System | Table) -> str:
    """Return tables and, for functions that have one, a picture as SVG.

    The picture is left out where matplotlib is missing, for long expressions, for curves given by an equation, and
    where it would need a range or a value that the question does not give.
    """
    if not isinstance(answer, (Result, System)):
        return _many(answer)
    from derivcli.document import names

    functions = names.parts(answer)
    tables = "".join(_table(part) for part in functions)
    notes = dict.fromkeys(note for part in functions for note in part.result.notes)
    return f"<div>{tables}{_paragraphs(notes)}{_picture([part.result for part in functions])}</div>"


def _table(part: NamedResult) -> str:
    """Return a row for f and each derivative: its formula, its number at the point and the verdict."""
    from derivcli.document import words

    result = part.result
    has_numbers = result.has_numbers
    where = ", ".join(f"{name} = {text}" for name, text in (result.at_text or {}).items())
    rows = []
    for value in part.values:
        formula = result.read_as if value is result.value else getattr(value, "expression", None)
        row = [part.name(value).pretty, formula or ""]
        rows.append([*row, _number(value.answer), words.verdict(value)] if has_numbers else row)
    said = [f"{part.name(value).pretty}: {value.note}" for value in part.values if value.note]
    head = ["", "formula", f"at {where}" if where else "value", "verdict"] if has_numbers else ["", "formula"]
    return _rows(head, rows) + _paragraphs(said)


def _many(table: Table) -> str:
    """Return the first and the last rows of a table."""
    count = len(table)
    shown = range(count) if count <= 2 * _ROWS else (*range(_ROWS), *range(count - _ROWS, count))
    rows = [[str(k), *(_number(float(c[k])) for c in table.columns.values()), table.status[k]] for k in shown]
    said = [f"{count} rows"] if count > 2 * _ROWS else []
    return f"<div>{_rows(['', *table.columns, 'status'], rows)}{_paragraphs([*said, *table.readings])}</div>"


def _number(number: float | None) -> str:
    return "\N{EN DASH}" if number is None else shortest(number)


def _rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    titles = "".join(f"<th>{escape(text)}</th>" for text in head)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>"


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def _picture(results: Sequence[Result]) -> str:
    texts = [result.expression for result in results]
    is_slow = sum(map(len, texts)) > _LONGEST or any(result.limit_reached for result in results)
    if is_slow or any(result.implicit for result in results) or parts.is_missing("matplotlib"):
        return ""
    from derivcli import plot

    order = max((len(slope.wrt) for result in results for slope in result.derivatives), default=1)
    at = {name: text for result in results for name, text in (result.at_text or {}).items()}
    tangent = all(result.tangent for result in results)
    try:
        found = plot.shapes_of(texts, at, order=min(max(order, 1), _HIGHEST), tangent=tangent)
        drawn = plot.on_paper(found, "svg").decode("utf-8")
    except DerivError:  # several variables that have one value each, nothing to plot
        return ""
    return drawn[drawn.index("<svg") :]


PRINTERS.update(html=html, latex=latex)
