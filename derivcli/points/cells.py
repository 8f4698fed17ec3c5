"""Texts of cells -> float64, one or a whole column.

The grammar is that of `language.numbers`, with a sign, which may be the minus U+2212, and with blanks around. The
decimal mark is a point unless it is told to be a comma; then a point is an error. What `read_number` says of one text
holds; `number_column` is the same, faster.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from derivcli.language.diagnostics import visible
from derivcli.language.limits import MAX_LITERAL
from derivcli.language.numbers import SIGNED, sizes
from derivcli.points.told import BLANKS, POINT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from derivcli.model.rows import Column

    Parser = Callable[[bytes, Sequence[str] | None], Column | None]  # of cells joined by commas, and the cells if known

# The same without what must be looked at more closely: fast, and never more.
_PLAIN = re.compile(r"[ \t]*[+-]?(?:[0-9]++\.?[0-9]*+|\.[0-9]++)(?:[eE][+-]?[0-9]{1,3})?[ \t]*")
_CHARACTERS = b"0123456789+-.eE \t"
_LONGEST = 1_000  # characters of a cell that is certainly within the limit of digits
_FEW = 8  # cells that are looked at one by one
_SHOWN = 40  # characters of a cell in a message

# How texts become those of the language, cells one by one or joined by semicolons: what is wrong stays wrong.
_MINUS = str.maketrans("−", "-")
_COMMAS = str.maketrans("−,.", "-._")
_JOINED_COMMAS = str.maketrans("−,.;", "-._,")

# What people write instead, and what to say.
_SLIPS: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (re.compile(r"[+-]?inf(inity)?", re.IGNORECASE), lambda _: "is not finite"),
    (re.compile(r"[+-]?0[xXbBoO][0-9a-fA-F]+"), lambda _: "is not decimal"),
    (re.compile(r"[+-]?[0-9]+(_[0-9]+)+"), lambda text: f"is not a number: write {text.replace('_', '')}"),
)
_POINT_SLIPS: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (
        re.compile(r"[+-]?[0-9]{1,3},[0-9]{3}"),
        lambda text: (
            f"is not a number: write {text.replace(',', '')}, or {text.replace(',', '.')}, as --decimal , reads it"
        ),
    ),
    (re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+"), lambda text: f"is not a number: write {text.replace(',', '')}"),
    (
        re.compile(r"[+-]?[0-9]*,[0-9]+([eE][+-]?[0-9]+)?"),
        lambda text: f"is not a number: write {text.replace(',', '.')}, or add --decimal ,",
    ),
    (
        re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+"),
        lambda text: f"is not a number: write {text.replace('.', '').replace(',', '.')}",
    ),
)
_COMMA_SLIPS: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (
        re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+"),
        lambda text: f"is not a number: write {text.replace('.', '')}",
    ),
    (
        re.compile(r"[+-]?[0-9]*\.[0-9]*([eE][+-]?[0-9]+)?"),
        lambda _: "has a point, and --decimal , makes the comma the decimal mark",
    ),
)


def written(cell: str, decimal: str = POINT) -> str:
    """Return the text in a cell as the language writes it, if it is a number; else what is none."""
    return cell.strip(BLANKS).translate(_MINUS if decimal == POINT else _COMMAS)


def read_number(name: str, cell: str, decimal: str = POINT) -> float | str:
    """Return the number in a cell of a variable, or why it is none."""
    text = written(cell, decimal)
    if not SIGNED.fullmatch(text):
        return _no_number(name, cell.strip(BLANKS), decimal)
    for digits in sizes(text):
        if digits > MAX_LITERAL:
            return f"`{name}`: the number is too long: {digits} digits, the limit is {MAX_LITERAL}"
    value = float(text)
    return f"`{name}`: {shown(text)} is too large for float64" if math.isinf(value) else value


def number_column(name: str, cells: Sequence[str], decimal: str = POINT) -> tuple[Column, dict[int, str]]:
    """Return the numbers of a column, and for each cell that is none, where there is nan, the reason."""
    numbers = np.empty(len(cells))
    bad: dict[int, str] = {}
    _Cells(name, decimal, numbers, bad).fill(cells, 0)
    return numbers, bad


def shown(text: str) -> str:
    """Return a text as a message shows it: safe, and not longer than is needed to find it."""
    return f"`{visible(text if len(text) <= _SHOWN else text[: _SHOWN - 3] + '...')}`"


def _no_number(name: str, text: str, decimal: str) -> str:
    if not text:
        return f"the cell of `{name}` is empty"
    slips = (*_SLIPS, *(_POINT_SLIPS if decimal == POINT else _COMMA_SLIPS))
    said = next((say(text) for pattern, say in slips if pattern.fullmatch(text)), "is not a number")
    return f"`{name}`: {shown(text)} {said}" if len(text) <= _SHOWN else f"`{name}`: {shown(text)} is not a number"


@dataclass(frozen=True, slots=True)
class _Cells:
    """Reads the cells of a column: all at once but for those that look odd, or in ever smaller parts."""

    name: str
    decimal: str
    numbers: Column
    bad: dict[int, str]

    def fill(self, cells: Sequence[str], start: int) -> None:
        """Read cells into the numbers from `start` on."""
        found = numbers_in(cells, self.decimal)
        if found is None:
            odd = [index for index, cell in enumerate(cells) if not _PLAIN.fullmatch(written(cell, self.decimal))]
            others = list(cells)
            for index in odd:
                self._read(cells[index], start + index)
                others[index] = "0"
            found = numbers_in(others, self.decimal)
            if found is not None:
                found[odd] = self.numbers[start:][odd]
        if found is not None:
            self.numbers[start : start + len(cells)] = found
        elif len(cells) <= _FEW:
            for index, cell in enumerate(cells, start):
                self._read(cell, index)
        else:
            step = -(-len(cells) // _FEW)
            for part in range(0, len(cells), step):
                self.fill(cells[part : part + step], start + part)

    def _read(self, cell: str, index: int) -> None:
        number = read_number(self.name, cell, self.decimal)
        if isinstance(number, str):
            self.numbers[index], self.bad[index] = math.nan, number
        else:
            self.numbers[index] = number


def numbers_in(cells: Sequence[str], decimal: str = POINT) -> Column | None:
    """Return the numbers in cells, None where something is odd about one of them."""
    if decimal != POINT:
        return numbers_joined(";".join(cells).translate(_JOINED_COMMAS), len(cells))
    return numbers_joined(",".join(cells), len(cells), cells)


def numbers_joined(joined: str, count: int, cells: Sequence[str] | None = None) -> Column | None:
    """Return the numbers in that many cells joined by commas, None where something is odd about one of them."""
    if "−" in joined:
        joined, cells = joined.translate(_MINUS), None
    if not joined.isascii():
        return None
    data = joined.encode("ascii")
    if data.translate(None, _CHARACTERS) != b"," * (count - 1) or _has_long_cell(data):
        return None
    numbers = _parser()(data, cells)
    if numbers is None or len(numbers) != count or not np.isfinite(numbers).all():
        return None
    return _with_zeros(numbers, data)


def _has_long_cell(data: bytes) -> bool:
    """Tell whether there may be a cell that is too long to be read at once; there is none if commas stand close."""
    half = _LONGEST // 2
    return any(data.find(b",", start, start + half) < 0 for start in range(0, len(data) - half, half))


def _with_zeros(numbers: Column, data: bytes) -> Column | None:
    """Look at what became 0: it may have a sign, or an exponent beyond the limit."""
    places = np.flatnonzero(numbers == 0).tolist()
    if not places:
        return numbers
    cells = data.decode("ascii").split(",")
    values = {text: read_number("", text) for text in {cells[place] for place in places}}
    if any(isinstance(value, str) for value in values.values()):
        return None
    if any(math.copysign(1, value) < 0 for value in values.values()):  # type: ignore[arg-type]
        numbers[places] = [values[cells[place]] for place in places]
    return numbers


@cache
def _parser() -> Parser:
    """Return the fastest way there is to read many numbers; all of them see the characters of numbers only."""
    try:
        import orjson
    except ImportError:
        return _with_float
    return _with_loads(orjson.loads)


def _with_float(joined: bytes, cells: Sequence[str] | None) -> Column | None:
    texts = joined.split(b",") if cells is None else cells
    try:
        return np.fromiter(map(float, texts), np.float64, len(texts))
    except ValueError:
        return None


def _with_loads(loads: Callable[[bytes], Any]) -> Parser:
    """Return a parser that takes the cells for a list in JSON, whose grammar of numbers is a part of ours."""

    def parse(joined: bytes, cells: Sequence[str] | None) -> Column | None:
        try:
            return np.array(loads(b"[%b]" % joined), dtype=np.float64)
        except (ValueError, OverflowError):
            return _with_float(joined, cells)

    return parse
