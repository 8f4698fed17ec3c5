"""CSV and TSV: the variables, then `f`, `df/dx` ..., `status`, `note`, and one row.

Several functions have a row each under one header, and before `f` a column `function` that holds f1, f2, ...: so
`awk -F, '$3 == "f2"'` picks one, and rows of several points can follow each other. An equation has `F`, its left side
less its right side, in place of `f`.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from derivcli.errors import UsageError
from derivcli.model import Status, System
from derivcli.render.names import Part, parts
from derivcli.render.words import has_numbers, notes, verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.model import Result, Value
    from derivcli.render.canvas import Canvas

    Column = tuple[str, tuple[str, ...]]  # its name, and the variables of a derivative


def csv_text(answer: Result | System, canvas: Canvas) -> str:
    """Return a header and rows, quoted where a field needs it."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(_rows(answer, canvas.prefix))
    return stream.getvalue()


def tsv_text(answer: Result | System, canvas: Canvas) -> str:
    """Return a header and rows; TSV has no quotes, so white space inside a field becomes a space."""
    rows = _rows(answer, canvas.prefix)
    return "".join("\t".join(map(one_line, row)) + "\n" for row in rows)


def one_line(text: str) -> str:
    """Return a text without line ends and tabs, and blanks only between words."""
    return " ".join(text.split())


def _rows(answer: Result | System, prefix: str) -> list[list[str]]:
    functions = parts(answer)
    is_system = isinstance(answer, System)
    variables = tuple(dict.fromkeys(name for part in functions for name in part.result.variables))
    columns = list(dict.fromkeys(column for part in functions for column in _cells(part, is_system)))
    names = [*(("function",) if is_system else ()), *(name for name, _ in columns), "status", "note"]
    computed = [f"{prefix}{name}" for name in names]
    check_names("variable", variables, computed, prefix)
    return [[*variables, *computed], *(_row(part, variables, columns, is_system) for part in functions)]


def _row(part: Part, variables: tuple[str, ...], columns: list[Column], is_system: bool) -> list[str]:
    point = [_number((part.result.at or {}).get(name)) for name in variables]
    cells = _cells(part, is_system)
    name = [part.letter] if is_system else []
    return [*point, *name, *(cells.get(column, "") for column in columns), str(part.result.status), note(part)]


def _cells(part: Part, is_system: bool) -> dict[Column, str]:
    """Return the answers, or without a point the formulas, by their columns; the columns of a system are of any f."""
    result = part.result
    columns: list[Column] = [("f" if is_system else part.letter, ()), *((d.name, d.wrt) for d in result.derivatives)]
    if has_numbers(result):
        return dict(zip(columns, [_number(value.answer) for value in part.values], strict=True))
    return dict(zip(columns, [result.read_as, *(d.expression or "" for d in result.derivatives)], strict=True))


def check_names(what: str, names: Sequence[str], computed: Sequence[str], prefix: str) -> None:
    """Raise `UsageError` for a variable, or a column of the input, that could not be told from a computed column."""
    for name in names:
        if name in computed:
            raise UsageError(
                f"the {what} `{name}` has the name of a computed column",
                hint=f"add --prefix {prefix}out_ to rename the computed columns",
            )


def _number(value: float | None) -> str:
    return "" if value is None else repr(float(value))


def note(part: Part) -> str:
    """Return what there is to say of a function and its derivatives, in one field.

    How the text was read is not among it: that is no matter of a row.
    """
    result = part.result
    sentences = [f"{name}: {text}" for name, value in part.named() if (text := _remark(value))]
    limit = [] if result.limit_reached is None else [f"limit reached: {result.limit_reached}"]
    return "; ".join([*sentences, *notes([result]), *limit])


def _remark(value: Value) -> str | None:
    plain = value.status in (None, Status.AGREE)
    return value.note or (None if plain else verdict(value))
