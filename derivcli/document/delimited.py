"""CSV and TSV: the input columns, then `f`, `df/dx` ..., `status`, `note`.

The input columns of a file are its own, as they came, and after them the variables to which `--at` gives one value for
all rows. Where there is no file they are the variables, in their order. A row that came in the same form is copied as
it is, letter for letter: only what is new is formatted.

One point is a row. Several functions have a row each under one header, and before `f` a column `function` that holds
f1, f2, ...: so `awk -F, '$3 == "f2"'` picks one. An equation has `F`, its left side less its right side, for `f`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from derivcli.document.columns import computed, fitted, header, held, inputs, note, numbers, remarks
from derivcli.document.floats import spelled
from derivcli.document.names import parts
from derivcli.errors import UsageError
from derivcli.language.diagnostics import visible
from derivcli.model import System
from derivcli.model.choices import Form, Format
from derivcli.model.rows import STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from derivcli.document.formats import Canvas
    from derivcli.document.names import NamedResult
    from derivcli.model import Result
    from derivcli.model.rows import Answers, Outline, Rows

    Column = tuple[str, tuple[str, ...]]  # its name, and the variables of a derivative

_BREAKS = dict.fromkeys(map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"), " ")
_MUST_BE_QUOTED = frozenset(',"\n\r')


def csv_text(answer: Result | System, canvas: Canvas) -> str:
    """Return a header and a row for each function, quoted where a cell needs it."""
    return _text(_CSV, answer, canvas.prefix)


def tsv_text(answer: Result | System, canvas: Canvas) -> str:
    """Return the same without quotes, which TSV has not: white space inside a note becomes a blank."""
    return _text(_TSV, answer, canvas.prefix)


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


@dataclass(frozen=True, slots=True)
class RowForm:
    """How the cells of a row are written and put together."""

    form: Form
    separator: str
    cell: Callable[[str], str]
    note: Callable[[str], str]
    changes: bool  # whether a cell may have to become another

    def line(self, cells: Sequence[str]) -> str:
        """Return a row, without its end."""
        return self.separator.join(map(self.cell, cells))


def _quoted(cell: str) -> str:
    if _MUST_BE_QUOTED.isdisjoint(cell):
        return cell
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'


def _unbroken(cell: str) -> str:
    return cell if cell.isprintable() else cell.translate(_BREAKS)


def _one_line(text: str) -> str:
    """Return a text without line ends and tabs, and blanks only between words."""
    return " ".join(text.split())


_CSV = RowForm(Form.CSV, ",", _quoted, _quoted, changes=False)
_TSV = RowForm(Form.TSV, "\t", _unbroken, _one_line, changes=True)
ROW_FORMS = {Format.CSV: _CSV, Format.TSV: _TSV}


def _text(layout: RowForm, answer: Result | System, prefix: str) -> str:
    functions = parts(answer)
    several = isinstance(answer, System)
    variables = tuple(dict.fromkeys(name for part in functions for name in part.result.variables))
    cells = [_answers(part, several) for part in functions]
    columns = list(dict.fromkeys(column for found in cells for column in found))
    names = [*(("function",) if several else ()), *(name for name, _ in columns)]
    lines = [layout.line([*variables, *computed(variables, names, prefix)])]
    for part, found in zip(functions, cells, strict=True):
        point = [_number((part.result.at or {}).get(name)) for name in variables]
        row = [*point, *((part.letter,) if several else ()), *(found.get(column, "") for column in columns)]
        lines.append(layout.separator.join([layout.line([*row, str(part.result.status)]), layout.note(note(part))]))
    return "".join(f"{line}\n" for line in lines)


def _answers(part: NamedResult, several: bool) -> dict[Column, str]:
    """Return the answers, or without a point the formulas, by their columns; the columns of a system are of any f."""
    result = part.result
    columns: list[Column] = [("f" if several else part.letter, ()), *((d.name, d.wrt) for d in result.derivatives)]
    if result.has_numbers:
        return dict(zip(columns, [_number(value.answer) for value in part.values], strict=True))
    return dict(zip(columns, [result.read_as, *(d.expression or "" for d in result.derivatives)], strict=True))


def _number(value: float | None) -> str:
    return "" if value is None else repr(float(value))


def _pieces(layout: RowForm, outline: Outline, answers: Iterator[Answers], prefix: str) -> Iterator[str]:
    yield layout.line(header(outline, prefix)) + "\n"
    for chunk in answers:
        changed: dict[int, str] = {}
        given = _input(layout, outline, chunk.rows, changed)
        columns = [*given, *numbers(chunk), _ends(layout, chunk, changed)]
        yield "".join(map(layout.separator.join, zip(*columns, strict=True)))


def _input(layout: RowForm, outline: Outline, rows: Rows, changed: dict[int, str]) -> list[list[str]]:
    """Return the input columns, or, where the rows are texts, one that stands for them all, and the constants.

    Where a cell could not be carried on as it is, `changed` gets a note.
    """
    same = {name: [repr(value)] * len(rows) for name, value in held(outline).items()}
    if outline.form is Form.GRID:
        return [same[name] if name in same else spelled(rows.columns[name]) for name in inputs(outline)]
    texts = rows.records.texts if outline.form is layout.form else None
    lines = [""] * len(rows) if texts is None else list(texts)
    for index in range(len(rows)) if texts is None else rows.bad:
        cells = fitted(rows, index, len(outline.header))
        lines[index] = layout.line(cells)
        if layout.changes and not "".join(cells).isprintable() and (text := _changes(outline.header, cells)):
            changed[index] = text
    return [lines, *same.values()]


def _changes(names: Sequence[str], cells: Sequence[str]) -> str:
    found = [f"`{visible(name)}`" for name, cell in zip(names, cells, strict=False) if _unbroken(cell) != cell]
    return f"{', '.join(found)}: a tab or line break became a blank" if found else ""


def _ends(layout: RowForm, chunk: Answers, changed: Mapping[int, str]) -> list[str]:
    """Return the status and the note of each row, and the end of its line."""
    found, texts = chunk.statuses.tolist(), remarks(chunk)
    ends = [f"{status}{layout.separator}\n" for status in STATUSES]
    lines = [ends[code] for code in found]
    for index, text in changed.items():
        texts[index] = "; ".join(filter(None, (texts.get(index), text)))
    for index, text in texts.items():
        lines[index] = f"{STATUSES[found[index]]}{layout.separator}{layout.note(text)}\n"
    return lines
