"""The names of columns, and what can be wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import DataError, DerivError
from derivcli.language.assignments import split_names
from derivcli.language.names import nearest
from derivcli.points.blocks import forbidden
from derivcli.points.cells import BLANKS, read_number, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMES = "the first line holds the names of the columns, such as x,y"
_OTHER = {
    ";": "the columns are separated by `;`: separate them by commas, and write 1.5 for 1,5",
    "\t": "the columns are separated by tabs: add --points-format tsv",
    ",": "the columns are separated by commas: add --points-format csv",
    "|": "the columns are separated by `|`: separate them by commas",
}
# How files begin that are no text, and what to do about it.
_FOREIGN = {
    b"PK\x03\x04": "it is a ZIP archive, perhaps a spreadsheet: save it as CSV",
    b"\x1f\x8b": "it is compressed by gzip: unpack it first, such as `gzip -cd FILE | deriv ... --points -`",
    b"PAR1": "it is a Parquet file: add --points-format parquet",
    b"\xff\xfe": "it is UTF-16: save it as UTF-8",
    b"\xfe\xff": "it is UTF-16: save it as UTF-8",
}


def check_text(line: str, data: bytes, name: str) -> None:
    """Raise `DataError` for a first line that is no text; `data` are the bytes that it begins with."""
    reason = forbidden(line)
    if reason is None:
        return
    usual = "end each line with a line feed" if "\r" in line else "save the file as UTF-8 text"
    hint = next((hint for start, hint in _FOREIGN.items() if data.startswith(start)), usual)
    raise DataError(f"the first line of {name} cannot be read: {reason}", hint=hint)


def read_header(cells: Sequence[str], name: str) -> tuple[str, ...]:
    """Return the names of the columns: those that can be variables as the language spells them, others as they came.

    Raises `DataError` for a name that is empty or stands twice, and where no column can be a variable.
    """
    header = tuple(_name(cell) or cell for cell in cells)
    for place, column in enumerate(header):
        if not column.strip(BLANKS):
            raise DataError(f"column {place + 1} of {name} has no name", hint=_NAMES)
        if column in header[:place]:
            raise DataError(
                f"{name} has two columns {shown(column)}: {header.index(column) + 1} and {place + 1}",
                hint="give each column its own name",
            )
    if not any(map(_name, cells)):
        raise _no_name(cells, name)
    return header


def places(header: Sequence[str], variables: Sequence[str], name: str) -> list[int]:
    """Return where the columns of variables stand; raises `DataError` for one that is missing."""
    for variable in variables:
        if variable not in header:
            similar = nearest(variable, header)
            hint = f"did you mean {shown(similar[0])}?" if similar else f"it has {', '.join(map(shown, header))}"
            raise DataError(f"{name} has no column `{variable}`", hint=hint, suggestions=similar)
    return [header.index(variable) for variable in variables]


def _name(cell: str) -> str | None:
    """Return the variable that a name stands for, None where it can stand for none."""
    try:
        names = split_names(cell.strip(BLANKS))
    except DerivError:
        return None
    return names[0] if len(names) == 1 else None


def _no_name(cells: Sequence[str], name: str) -> DataError:
    if len(cells) == 1:
        for mark, hint in _OTHER.items():
            if mark in cells[0]:
                return DataError(f"{name} has one column only: {shown(cells[0])}", hint=hint)
    if all(isinstance(read_number("", cell), float) for cell in cells):
        return DataError(f"the first line of {name} holds numbers, not names", hint=_NAMES)
    return DataError(f"no column of {name} has a name that a variable can have", hint=_NAMES)
