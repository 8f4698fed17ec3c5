"""A file or a stream of questions -> queries, one by one as their lines come.

A line is an object of fields, or an expression with or without a point: `x^2*y @ x=2, y=3`. Blank lines and what
follows a `#` count for nothing. CSV and TSV have a header that names an `expression` (or `f`): columns with the names
of fields are fields, all others are carried through. A JSON array holds expressions and objects.

A line is read only when its query is wanted, so that who asks over a pipe gets each answer before the next question.
"""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from decimal import Decimal
from itertools import chain
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from derivcli.batch.queries import EXPRESSION, FIELDS, IDENTITY, Answered, Query, plain, query_of
from derivcli.errors import DataError, DerivError, LimitError, UsageError, reason
from derivcli.language.limits import MAX_LENGTH
from derivcli.points.packed import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import BinaryIO

# Bytes of a line: an expression of the greatest length whose characters are escaped, six each, and room for the rest.
_LONGEST = 16 * MAX_LENGTH  # bytes of a line: room for several expressions and their points, up to 4 bytes a character
_LONGEST_WHOLE = 4_000  # digits of a whole number; from 4,300 on Python reads none
_SEPARATORS = {"csv": ",;", "tsv": "\t", "tab": "\t"}
_FUNCTION = "f"  # what may stand for `expression` above a column
_ANSWER = "answer"  # what may stand for `check` there, where answers are to be judged


class Batch(NamedTuple):
    """Queries, and errors in the place of those that cannot be read; a table has a `header`, the names of its cells."""

    header: tuple[str, ...]
    queries: Iterator[Query | Answered]


class _Line(NamedTuple):
    number: int
    text: str


def read(stream: BinaryIO, name: str, common: Mapping[str, Any], *, judged: bool = False) -> Batch:
    """Return the questions of a stream, the name of which may tell what it holds; `common` are fields for all.

    With `judged` each must have a reader's answer, which the column `answer` of a table holds too. Raises `DataError`
    for a table without a column of expressions, for an array that is no JSON, for a stream that cannot be read.
    """
    lines = _lines(stream, name)
    path = PurePath(name)
    suffix = (path.with_suffix("") if path.suffix.lower() in SUFFIXES else path).suffix.lower().lstrip(".")
    first = next((line for line in lines if line.text.strip()), None)
    if first is None:
        return Batch((), iter(()))
    found = _batch(chain([first], lines), first, suffix, name, common, judged=judged)
    return found._replace(queries=map(_to_judge, found.queries)) if judged else found


def _to_judge(query: Query | Answered) -> Query | Answered:
    """Return a query that has an answer to judge, else the error that there is none."""
    if isinstance(query, Answered) or query.check:
        return query
    return Answered(
        query, error=UsageError("there is no answer to check", hint="fill in the column `answer`, or the field `check`")
    )


def _batch(
    lines: Iterator[_Line], first: _Line, suffix: str, name: str, common: Mapping[str, Any], *, judged: bool
) -> Batch:
    separators = _SEPARATORS.get(suffix, ",;\t")
    separator = next((s for s in separators if _names_expressions(first.text.split(s))), None)
    if separator is not None and (suffix in _SEPARATORS or separator in first.text):
        return _table(lines, separator, common, judged=judged)
    if suffix in _SEPARATORS:
        raise DataError(
            f"{name} has no column `{EXPRESSION}`",
            hint=f"name the column of expressions `{EXPRESSION}` or `{_FUNCTION}`",
        )
    if suffix == "json" and first.text.lstrip().startswith("["):
        return Batch((), _array("\n".join(line.text for line in lines), name, common))
    return Batch((), (query for line in lines if (query := _query(line, common)) is not None))


def _lines(stream: BinaryIO, name: str) -> Iterator[_Line]:
    """Give the lines as they come, with their numbers; what is too long is a line of its own, which nobody reads."""
    number = 0
    while True:
        try:
            line = stream.readline(_LONGEST + 1)
            while len(line) > _LONGEST and not line.endswith(b"\n"):
                line = line[:_LONGEST] + stream.readline(_LONGEST + 1)[-1:]
        except (OSError, ValueError) as error:
            raise DataError(f"cannot read {name}: {reason(error)}") from None
        if not line:
            return
        number += 1
        text = line.decode("utf-8", "surrogateescape").rstrip("\r\n")
        yield _Line(number, text.removeprefix("\ufeff") if number == 1 else text)


def _query(line: _Line, common: Mapping[str, Any]) -> Query | Answered | None:
    """Return what a line asks; None where it is blank, or a remark."""
    text = line.text.strip()
    is_object = text.startswith("{")
    text = text if is_object else text.partition("#")[0].strip()
    return _asked(line.number, lambda: (_object if is_object else plain)(text), common) if text else None


def _asked(number: int, fields: Any, common: Mapping[str, Any], cells: tuple[str, ...] = ()) -> Query | Answered:
    """Return the query of fields that are yet to be read, or the error that they make."""
    given: Mapping[str, Any] = {}
    try:
        given = fields()
        query = query_of(given, common, number)
    except DerivError as error:
        asked = given.get(EXPRESSION)
        texts = (asked,) if isinstance(asked, str) else ()
        return Answered(Query(number, texts, id=given.get(IDENTITY), cells=cells), error=error)
    return replace(query, cells=cells) if cells else query


def _object(text: str) -> dict[str, Any]:
    """Return the fields of an object; its numbers are exact. Raises `DataError` for what is none."""
    if len(text) >= _LONGEST:
        raise LimitError(f"the line is too long: the limit is {_LONGEST} bytes")
    found: dict[str, Any] = _decoded(text, "the line")
    return found


def _array(text: str, name: str, common: Mapping[str, Any]) -> Iterator[Query | Answered]:
    """Give the queries of an array, numbered from 1."""
    for number, entry in enumerate(_decoded(text, name), 1):
        yield _asked(number, lambda entry=entry: _entry(entry), common)


def _entry(entry: Any) -> dict[str, Any]:
    if isinstance(entry, str):
        return plain(entry)
    if not isinstance(entry, dict):
        raise DataError("a question is a text or an object of fields")
    return entry


def _decoded(text: str, what: str) -> Any:
    try:
        return _decoder.decode(text)
    except RecursionError:
        raise DataError(f"{what} is not JSON: it is nested too deeply") from None
    except ValueError as error:
        said = getattr(error, "msg", None) or str(error)
        raise DataError(f"{what} is not JSON: {said[:1].lower()}{said[1:]}") from None


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; raises `ValueError` for a name that stands in it twice, of which one would be lost."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"`{next(name for name in names if names.count(name) > 1)}` stands in it twice")
    return found


def _no_number(word: str) -> Any:
    raise ValueError(f"it has no number {word}")


def _whole(text: str) -> int:
    if len(text) > _LONGEST_WHOLE:
        raise ValueError(f"it has a number of {len(text)} digits")
    return int(text)


_decoder = json.JSONDecoder(object_pairs_hook=_once, parse_float=Decimal, parse_int=_whole, parse_constant=_no_number)


def _names_expressions(cells: Sequence[str]) -> bool:
    return any(cell.strip().strip('"') in (EXPRESSION, _FUNCTION) for cell in cells)


def _table(lines: Iterator[_Line], separator: str, common: Mapping[str, Any], *, judged: bool) -> Batch:
    """Return the questions of a table, in the rows of which a quoted cell may hold line breaks."""
    started = [0]
    texts = _counted(lines, started)
    has_quotes = separator != "\t"
    rows = csv.reader(
        texts, delimiter=separator, quoting=csv.QUOTE_MINIMAL if has_quotes else csv.QUOTE_NONE, strict=True
    )
    header = tuple(name.strip() for name in next(rows))
    fields = {name: _field(name, judged=judged) for name in header}
    return Batch(header, _rows(rows, header, fields, common, started))


def _field(name: str, *, judged: bool) -> str | None:
    """Return the field that a column is; None where it is carried through."""
    other = {_FUNCTION: EXPRESSION} | ({_ANSWER: "check"} if judged else {})
    return other.get(name, name if name in (EXPRESSION, IDENTITY, *FIELDS) else None)


def _counted(lines: Iterator[_Line], started: list[int]) -> Iterator[str]:
    """Give the texts of lines; `started` gets the number of each, with the first line of a row in front."""
    for line in lines:
        started.append(line.number)
        yield f"{line.text}\n"


def _rows(
    rows: Any, header: tuple[str, ...], fields: Mapping[str, str | None], common: Mapping[str, Any], started: list[int]
) -> Iterator[Query | Answered]:
    while True:
        started.clear()
        try:
            cells = tuple(next(rows))
        except StopIteration:
            return
        except csv.Error as error:
            number = started[0] if started else 0
            yield Answered(
                Query(number, cells=("",) * len(header)), error=DataError(f"the row cannot be read: {error}")
            )
            continue
        if any(cell.strip() for cell in cells):
            yield _row(started[0], cells, header, fields, common)


def _row(
    number: int,
    cells: tuple[str, ...],
    header: tuple[str, ...],
    fields: Mapping[str, str | None],
    common: Mapping[str, Any],
) -> Query | Answered:
    if len(cells) != len(header):
        said = f"the row has {len(cells)} cells, and the header {len(header)}"
        kept = (*cells, *[""] * len(header))[: len(header)]
        return Answered(Query(number, cells=kept), error=DataError(said))
    given = {fields[name]: cell for name, cell in zip(header, cells, strict=True) if fields[name] and cell.strip()}
    return _asked(number, lambda: given, common, cells)
