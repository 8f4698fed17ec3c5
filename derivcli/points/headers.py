"""The names of columns, and what can be wrong with them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from derivcli.errors import DataError, DerivError
from derivcli.language.assignments import split_names
from derivcli.language.names import nearest
from derivcli.points.blocks import forbidden
from derivcli.points.cells import read_number, shown
from derivcli.points.told import BLANKS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.points.told import Told

_NAMES = "the first line holds the names of the columns, such as x,y; a comment may hold them: # x y"
_NONE: Mapping[str, str] = MappingProxyType({})
_MARKS = ";|,"  # what separates columns where nothing was found to
# How files begin that are no text, and what to do about it.
_FOREIGN = {
    b"PK\x03\x04": "it is a ZIP archive, perhaps a spreadsheet: save it as CSV",
    b"\x1f\x8b": "it is a damaged gzip file: get another copy of it",
    b"PAR1": "it is a Parquet file: add --points-format parquet",
}
# What to do about a first line that is text of another kind.
_OF_TEXT = {
    "the line contains a carriage return": "end each line with a line feed",
    "the line contains a NUL byte": "if it is UTF-16, add --encoding utf-16-le or utf-16-be",
}


def check_text(line: str, data: bytes, name: str) -> None:
    """Raise `DataError` for a first line that is no text; `data` are the bytes that it begins with."""
    reason = forbidden(line)
    if reason is None:
        return
    usual = _OF_TEXT.get(reason, "save the file as UTF-8 text, or add --encoding, such as --encoding latin-1")
    hint = next((hint for start, hint in _FOREIGN.items() if data.startswith(start)), usual)
    raise DataError(f"the first line of {name} cannot be read: {reason}", hint=hint)


def read_header(cells: Sequence[str], name: str, new: Mapping[str, str] = _NONE) -> tuple[str, ...]:
    """Return the names of the columns: those that can be variables as the language spells them, others as they came.

    `new` are the names that columns have instead, by their old ones. Raises `DataError` for one that is not there, or
    that is there already.
    """
    header = [_name(cell) or cell for cell in cells]
    for old, variable in new.items():
        found = [place for place, cell in enumerate(cells) if old in (cell.strip(BLANKS), header[place])]
        if not found:
            raise _missing(header, old, name)
        if len(found) > 1:
            raise _twice(header, found, name)
        if variable in header and header[found[0]] != variable:
            raise DataError(f"{name} has a column {shown(variable)} already", hint="give the other another name")
        header[found[0]] = variable
    return tuple(header)


def check_names(cells: Sequence[str], name: str, told: Told) -> None:
    """Raise `DataError` for a header that is none: numbers, or one name with what could separate several."""
    mark = next((mark for mark in _MARKS if mark in cells[0]), None)
    if len(cells) == 1 and mark is not None and told.separator is None:
        hint = f"if `{mark}` separates columns, add --delimiter '{mark}'"
        raise DataError(f"{name} has one column only: {shown(cells[0])}", hint=hint)
    if all(isinstance(read_number("", cell, told.decimal), float) for cell in cells):
        raise DataError(f"the first line of {name} holds numbers, not names", hint=_NAMES)


def places(header: Sequence[str], variables: Sequence[str], name: str) -> list[int]:
    """Return where the columns of variables stand; raises `DataError` for one that is missing, or stands twice."""
    for variable in variables:
        found = [place for place, column in enumerate(header) if column == variable]
        if not found:
            raise _missing(header, variable, name)
        if len(found) > 1:
            raise _twice(header, found, name)
    return [header.index(variable) for variable in variables]


def _missing(header: Sequence[str], wanted: str, name: str) -> DataError:
    similar = nearest(wanted, header)
    hint = f"did you mean {shown(similar[0])}?" if similar else f"it has {', '.join(map(shown, header))}"
    return DataError(f"{name} has no column {shown(wanted)}", hint=hint, suggestions=similar)


def _twice(header: Sequence[str], found: Sequence[int], name: str) -> DataError:
    return DataError(
        f"{name} has two columns {shown(header[found[0]])}: {found[0] + 1} and {found[1] + 1}",
        hint="give each column its own name",
    )


def _name(cell: str) -> str | None:
    """Return the variable that a name stands for, None where it can stand for none."""
    try:
        names = split_names(cell.strip(BLANKS))
    except DerivError:
        return None
    return names[0] if len(names) == 1 else None
