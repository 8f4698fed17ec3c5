"""CSV and TSV of many points: the input columns as they came, then `f`, `df/dx` ..., `status`, `note`.

A row that came in the same form is copied as it is, letter for letter: only what is new is formatted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from derivcli.errors import UsageError
from derivcli.language.diagnostics import visible
from derivcli.model.rows import STATUSES, Form
from derivcli.render.delimited import check_names, one_line
from derivcli.render.many.cells import fitted, numbers, remarks
from derivcli.render.many.floats import spelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from derivcli.model.rows import Answers, Outline, Rows
    from derivcli.render.canvas import Canvas

_BREAKS = dict.fromkeys(map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"), " ")
_MUST_BE_QUOTED = frozenset(',"\n\r')


def csv_lines(outline: Outline, answers: Iterator[Answers], canvas: Canvas) -> Iterator[str]:
    """Give the header, then the rows as they come, quoted where a cell needs it."""
    return _pieces(_CSV, outline, answers, canvas.prefix)


def tsv_lines(outline: Outline, answers: Iterator[Answers], canvas: Canvas) -> Iterator[str]:
    """Give the header, then the rows as they come; TSV has no quotes, so a tab or line end becomes a blank.

    The note of the row says so. Raises `UsageError` for such a mark in the name of a column.
    """
    for name in outline.header:
        if _unbroken(name) != name:
            hint = "--format csv has room for it"
            raise UsageError(f"TSV has no room for the tab or line break in the column `{visible(name)}`", hint=hint)
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
    changes: bool  # whether a cell may have to become another

    def line(self, cells: Sequence[str]) -> str:
        return self.separator.join(map(self.cell, cells))


def _quoted(cell: str) -> str:
    if _MUST_BE_QUOTED.isdisjoint(cell):
        return cell
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'


def _unbroken(cell: str) -> str:
    return cell if cell.isprintable() else cell.translate(_BREAKS)


_CSV = _Dialect(Form.CSV, ",", _quoted, _quoted, changes=False)
_TSV = _Dialect(Form.TSV, "\t", _unbroken, one_line, changes=True)


def _pieces(dialect: _Dialect, outline: Outline, answers: Iterator[Answers], prefix: str) -> Iterator[str]:
    yield dialect.line(header(outline, prefix)) + "\n"
    for chunk in answers:
        changed: dict[int, str] = {}
        given = _input(dialect, outline, chunk.rows, changed)
        columns = [*given, *numbers(chunk), _ends(dialect, chunk, changed)]
        yield "".join(map(dialect.separator.join, zip(*columns, strict=True)))


def _input(dialect: _Dialect, outline: Outline, rows: Rows, changed: dict[int, str]) -> list[list[str]]:
    """Return the input columns, or, where the rows are texts, one that stands for them all.

    Where a cell could not be carried on as it is, `changed` gets a note.
    """
    if outline.form is Form.GRID:
        return [spelled(rows.columns[name]) for name in outline.header]
    texts = rows.records.texts if outline.form is dialect.form else None
    lines = [""] * len(rows) if texts is None else list(texts)
    for index in range(len(rows)) if texts is None else rows.bad:
        cells = (
            fitted(rows.records.cells(index), len(outline.header)) if index in rows.bad else rows.records.cells(index)
        )
        lines[index] = dialect.line(cells)
        if dialect.changes and not "".join(cells).isprintable() and (note := _changes(outline.header, cells)):
            changed[index] = note
    return [lines]


def _changes(header: Sequence[str], cells: Sequence[str]) -> str:
    names = [f"`{visible(name)}`" for name, cell in zip(header, cells, strict=False) if _unbroken(cell) != cell]
    return f"{', '.join(names)}: a tab or line break became a blank" if names else ""


def _ends(dialect: _Dialect, chunk: Answers, changed: Mapping[int, str]) -> list[str]:
    """Return the status and the note of each row, and the end of its line."""
    found, said = chunk.statuses.tolist(), remarks(chunk)
    ends = [f"{status}{dialect.separator}\n" for status in STATUSES]
    lines = [ends[code] for code in found]
    for index, text in changed.items():
        said[index] = "; ".join(filter(None, (said.get(index), text)))
    for index, text in said.items():
        lines[index] = f"{STATUSES[found[index]]}{dialect.separator}{dialect.note(text)}\n"
    return lines
