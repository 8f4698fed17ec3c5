"""CSV and TSV: the variables, then `f`, `df/dx` ..., `status`, `note`, and one row."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from derivcli.errors import UsageError
from derivcli.model import Status
from derivcli.render.words import has_numbers, named_values, verdict

if TYPE_CHECKING:
    from derivcli.model import Result, Value
    from derivcli.render.canvas import Canvas


def csv_text(result: Result, canvas: Canvas) -> str:
    """Return a header and a row, quoted where a field needs it."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(_rows(result, canvas.prefix))
    return stream.getvalue()


def tsv_text(result: Result, canvas: Canvas) -> str:
    """Return a header and a row; TSV has no quotes, so white space inside a field becomes a space."""
    rows = _rows(result, canvas.prefix)
    return "".join("\t".join(" ".join(field.split()) for field in row) + "\n" for row in rows)


def _rows(result: Result, prefix: str) -> list[list[str]]:
    values = named_values(result)
    computed = [f"{prefix}{name}" for name in (*(name for name, _ in values), "status", "note")]
    _check_names(result.variables, computed, prefix)
    point = [_number((result.at or {}).get(name)) for name in result.variables]
    answers = [_number(value.answer) for _, value in values] if has_numbers(result) else _formulas(result)
    return [[*result.variables, *computed], [*point, *answers, str(result.status), _note(result)]]


def _formulas(result: Result) -> list[str]:
    return [result.read_as, *(derivative.expression or "" for derivative in result.derivatives)]


def _check_names(variables: tuple[str, ...], computed: list[str], prefix: str) -> None:
    for name in variables:
        if name in computed:
            raise UsageError(
                f"the variable `{name}` has the name of a computed column",
                hint=f"add --prefix {prefix}out_ to rename the computed columns",
            )


def _number(value: float | None) -> str:
    return "" if value is None else repr(float(value))


def _note(result: Result) -> str:
    sentences = [f"{name}: {text}" for name, value in named_values(result) if (text := _remark(value))]
    limit = [] if result.limit_reached is None else [f"limit reached: {result.limit_reached}"]
    return "; ".join([*sentences, *result.notes, *limit])


def _remark(value: Value) -> str | None:
    plain = value.status in (None, Status.AGREE)
    return value.note or (None if plain else verdict(value))
