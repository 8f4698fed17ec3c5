"""The columns of a table of rows, in whatever format: those of the input, the computed ones, the remark on each row."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from derivcli.document.floats import spelled
from derivcli.document.names import parts
from derivcli.document.words import notes, verdict
from derivcli.errors import UsageError
from derivcli.model import Status
from derivcli.model.choices import Form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.document.names import NamedResult
    from derivcli.model import Value
    from derivcli.model.rows import Answers, Outline, Rows


def header(outline: Outline, prefix: str) -> list[str]:
    """Return the names of all columns. Raises `UsageError` where a computed one has the name of an input column."""
    given = inputs(outline)
    return [*given, *computed(given, outline.names, prefix, outline.header)]


def computed(given: Sequence[str], names: Sequence[str], prefix: str, columns: Sequence[str] = ()) -> list[str]:
    """Return the names of the computed columns; of the input, `columns` are those of its own. Raises as `header`."""
    found = [f"{prefix}{name}" for name in (*names, "status", "note")]
    for name in given:
        if name in found:
            raise UsageError(
                f"the {'column' if name in columns else 'variable'} `{name}` has the name of a computed column",
                hint=f"add --prefix {prefix}out_ to rename the computed columns",
            )
    return found


def inputs(outline: Outline) -> list[str]:
    """Return the names of the input columns."""
    return list(outline.answer.variables if outline.form is Form.GRID else (*outline.header, *held(outline)))


def held(outline: Outline) -> dict[str, float]:
    """Return the variables that have one value for all rows."""
    return {name: outline.values[name] for name in outline.answer.variables if name in outline.values}


def distinct(names: Sequence[str]) -> list[str]:
    """Return names of which none stands twice, for formats that have no room for that: a second `a` is `a_2`."""
    found: list[str] = []
    for name in names:
        numbered = (name if count == 1 else f"{name}_{count}" for count in itertools.count(1))
        found.append(next(each for each in numbered if each not in found and (each == name or each not in names)))
    return found


def numbers(answers: Answers, missing: str = "") -> list[list[str]]:
    """Return f and each derivative as a column of texts; a row that cannot be read has none of them."""
    columns = [spelled(column, missing) for column in answers.numbers]
    for column in columns:
        for index in answers.rows.bad:
            column[index] = missing
    return columns


def remarks(answers: Answers) -> dict[int, str]:
    """Return what there is to say of rows, by their index: few have a remark."""
    found = {index: text for index, result in answers.results.items() for text in (note(parts(result)[0]),) if text}
    for index, text in answers.said.items():
        found[index] = "; ".join(filter(None, (found.get(index), text)))
    return found | {index: f"line {answers.rows.lines[index]}: {text}" for index, text in answers.rows.bad.items()}


def fitted(rows: Rows, index: int, count: int) -> Sequence[str]:
    """Return the cells of a row, of a bad one as many as the header has names."""
    cells = rows.records.cells(index)
    return cells if index not in rows.bad else [*cells, *[""] * (count - len(cells))][:count]


def note(part: NamedResult) -> str:
    """Return what there is to say of a function and its derivatives, in one field.

    How the text was read is not among it: that is no matter of a row.
    """
    result = part.result
    sentences = [f"{part.plain(value)}: {text}" for value in part.values if (text := _remark(value))]
    limit = [] if result.limit_reached is None else [f"limit reached: {result.limit_reached}"]
    return "; ".join([*sentences, *notes([result]), *limit])


def _remark(value: Value) -> str | None:
    plain = value.status in (None, Status.AGREE)
    return value.note or (None if plain else verdict(value))
