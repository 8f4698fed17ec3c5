"""Excel: f and each derivative a formula, for cells below a row of names; a formula may be filled down."""

from __future__ import annotations

from itertools import count, islice, product
from string import ascii_uppercase
from typing import TYPE_CHECKING

from derivcli.exports.language import ATOM, Language
from derivcli.exports.languages import curly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.exports.language import CodeFile

_LONGEST = 8_192  # characters of a formula, by Excel's specification
_NAMES = """
    sin cos tan sec csc cot asin acos atan sinh cosh tanh sech csch coth asinh acosh atanh exp log:LN log10 sqrt abs
    sign floor:INT trunc mod max min erf erfc gamma loggamma:GAMMALN deg2rad:RADIANS rad2deg:DEGREES
"""


def _write(sheet: CodeFile) -> str:
    names = [f"df/d{name}" for name in sheet.derivatives]
    if "hessian" in sheet.bodies:
        names += [f"d2f/d{x}d{y}" for x, y in product(sheet.derivatives, repeat=2)]
    formulas = [text for body in sheet.bodies.values() for text in body.results]
    columns = list(islice(_columns(), len(sheet.variables) + len(formulas)))
    head = [f"{column}1: {name}" for column, name in zip(columns, (*sheet.variables, "f", *names), strict=True)]
    cells = [f"{column}2: ={text}" for column, text in zip(columns[len(sheet.variables) :], formulas, strict=True)]
    return curly.page("'", sheet, [*head, *cells], [curly.in_comments("'", sheet)])


def _columns() -> Iterator[str]:
    """Yield the names of the columns: A, B, ... Z, AA, AB, ..."""
    for length in count(1):
        yield from map("".join, product(ascii_uppercase, repeat=length))


def cells(variables: tuple[str, ...]) -> dict[str, str]:
    """Return the cell that stands for each variable, in the second row."""
    return {name: f"{column}2" for name, column in zip(variables, _columns(), strict=False)}


LANGUAGE = Language(
    name="excel",
    write=_write,
    functions={
        **{name: other or name.upper() for name, _, other in (word.partition(":") for word in _NAMES.split())},
        "atan2": "ATAN2({1}, {0})",
        "ndtri": "NORM.S.INV({0})",
    },
    leaves={"pi": "PI()", "e": "EXP(1)", "inf": "1E+308", "undefined": "NA()", "true": "TRUE", "false": "FALSE"},
    number=lambda value: (str(int(value)) if value.is_integer() and value < 10**15 else repr(value)).upper(),
    whole="POWER({0}, {1})",
    power="POWER({0}, {1})",
    choice="IF({1}, {0}, {2})",
    choice_binds=ATOM,
    logic={"and": "AND", "or": "OR", "not": "NOT"},
    comparisons={"eq": "=", "ne": "<>"},
    names=cells,
    longest=None,
    most=_LONGEST,
)
