"""CSV and TSV of many points: the input columns as they came, then `f`, `df/dx` ..., `status`, `note`.

A row that came in the same form is copied as it is, letter for letter: only what is new is formatted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from derivcli.model.rows import STATUSES, Form
from derivcli.render.delimited import check_names, one_line
from derivcli.render.many.cells import codes, fitted, numbers, remarks
from derivcli.render.many.floats import spelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from derivcli.model.rows import Answers, Outline, Rows
    from derivcli.render.canvas import Canvas

_BREAKS = dict.fromkeys(map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"), " ")
_MUST_BE_QUOTED = frozenset(',"\n\r')


def csv_lines(outline: Outline, answers: Iterator[Answers], canvas: Canvas) -> Iterator[str]:
    """Give the header, then the rows as they come, quoted where a cell needs it."""
    return _pieces(_CSV, outline, answers, canvas.prefix)


def tsv_lines(outline: Outline, answers: Iterator[Answers], canvas: Canvas) -> Iterator[str]:
    """Give the header, then the rows as they come; TSV has no quotes, so a tab or line end becomes a blank."""
    return _pieces(_TSV, outline, answers, canvas.prefix)


def header(outline: Outline, prefix: str) -> list[str]:
    """Return the names of all columns. Raises `UsageError` where a computed one has the name of an input column."""
    computed = [f"{prefix}{name}" for name in (*outline.names, "status", "note")]
    check_names("column", outline.header, computed, prefix)
    return [*outline.header, *computed]


@dataclass(frozen=True, slots=True)
class _Dialect:
    form: Form
    separator: str
    cell: Callable[[str], str]
    note: Callable[[str], str]

    def line(self, cells: list[str]) -> str:
        return self.separator.join(map(self.cell, cells))


def _quoted(cell: str) -> str:
    if _MUST_BE_QUOTED.isdisjoint(cell):
        return cell
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'


def _unbroken(cell: str) -> str:
    return cell if cell.isprintable() else cell.translate(_BREAKS)


_CSV = _Dialect(Form.CSV, ",", _quoted, _quoted)
_TSV = _Dialect(Form.TSV, "\t", _unbroken, one_line)


def _pieces(dialect: _Dialect, outline: Outline, answers: Iterator[Answers], prefix: str) -> Iterator[str]:
    yield dialect.line(header(outline, prefix)) + "\n"
    for chunk in answers:
        columns = [*_input(dialect, outline, chunk.rows), *numbers(chunk), _ends(dialect, chunk)]
        yield "".join(map(dialect.separator.join, zip(*columns, strict=True)))


def _input(dialect: _Dialect, outline: Outline, rows: Rows) -> list[list[str]]:
    """Return the input columns, or, where the rows are texts, one that stands for them all."""
    if outline.form is Form.GRID:
        return [spelled(rows.columns[name]) for name in outline.header]
    texts = rows.records.texts if outline.form is dialect.form else None
    if texts is None:
        texts = [dialect.line(list(rows.records.cells(index))) for index in range(len(rows))]
    lines = list(texts)
    for index in rows.bad:
        lines[index] = dialect.line(fitted(rows.records.cells(index), len(outline.header)))
    return [lines]


def _ends(dialect: _Dialect, chunk: Answers) -> list[str]:
    """Return the status and the note of each row, and the end of its line."""
    found = codes(chunk)
    ends = [f"{status}{dialect.separator}\n" for status in STATUSES]
    lines = [ends[code] for code in found]
    for index, text in remarks(chunk).items():
        lines[index] = f"{STATUSES[found[index]]}{dialect.separator}{dialect.note(text)}\n"
    return lines
