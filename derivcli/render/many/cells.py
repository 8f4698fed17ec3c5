"""The computed cells of many rows: numbers, and what there is to say of a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.render.delimited import note
from derivcli.render.many.floats import spelled
from derivcli.render.names import parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.model.rows import Answers, Rows


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
    for index, text in answers.notes.items():
        found[index] = "; ".join(filter(None, (found.get(index), text)))
    return found | {index: unreadable(answers.rows, index) for index in answers.rows.bad}


def unreadable(rows: Rows, index: int) -> str:
    """Say where a bad row stands and what is wrong with it."""
    return f"line {rows.lines[index]}: {rows.bad[index]}"


def fitted(cells: Sequence[str], count: int) -> list[str]:
    """Return the cells of a bad row, as many as the header has names."""
    return [*cells, *[""] * (count - len(cells))][:count]
