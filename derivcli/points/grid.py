"""All combinations of the values of some variables, as rows: the last variable moves fastest.

A value is taken exactly where it is rational, else as the float64 nearest to it.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from derivcli.errors import PointError
from derivcli.language.assignments import parse_value
from derivcli.language.lowering import compile_tree
from derivcli.language.numbers import exact, literal, nearest_float
from derivcli.language.tree import NUMBER, fold
from derivcli.model.choices import Form
from derivcli.model.rows import LONG_CHUNK, Rows
from derivcli.points.places import Axis, Listed, Range
from derivcli.witnesses.constants import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from derivcli.language.tree import Node
    from derivcli.model.rows import Column, Records

_LARGEST_POWER = 1_000  # of an exponent: beyond it exact powers of long fractions take seconds
_PATIENCE = 30.0  # seconds for a constant
_LOOSE = 4.0  # units: how far a coordinate between two rounded ends may be off, for an end of 1
_EXACT = 2**53  # up to here every integer is a float64, so a division rounds once
_LONGEST = 25  # characters of a decimal that is no stranger than a fraction
_TABLE = 2**17  # values of an axis that are kept


def number_of(name: str, text: str) -> tuple[Fraction, bool]:
    """Return the value of a variable's text, and whether it is exactly that.

    Raises `PointError` for what is no finite number in float64.
    """
    tree = parse_value(name, text)
    found = fold(tree, _rational)
    value = _evaluated(name, text, tree) if found is None else nearest_float(found)
    if math.isinf(value):
        raise PointError(f"the value of `{name}` is too large for float64: `{text}`")
    return Fraction(value) if found is None else found, found is not None


def _rational(node: Node, args: list[Any]) -> Fraction | None:
    if node.op == NUMBER:
        return exact(node.text)
    rule = _RULES.get(node.op)
    return None if rule is None or None in args else rule(args)


def _quotient(args: list[Fraction]) -> Fraction | None:
    return args[0] / args[1] if args[1] else None


def _power(args: list[Fraction]) -> Fraction | None:
    base, exponent = args
    whole = exponent.denominator == 1 and abs(exponent) <= _LARGEST_POWER
    return Fraction(base ** int(exponent)) if whole and (base or exponent > 0) else None


_RULES: dict[str, Callable[[list[Fraction]], Fraction | None]] = {
    "neg": lambda args: -args[0],
    "add": lambda args: sum(args, Fraction(0)),
    "mul": lambda args: math.prod(args, start=Fraction(1)),
    "div": _quotient,
    "pow": _power,
}


def _evaluated(name: str, text: str, tree: Node) -> float:
    """Return the nearest float64, by the worker: asked only where a value is no fraction, such as pi/4."""
    try:
        return nearest({name: compile_tree(tree)}, time.monotonic() + _PATIENCE)[0][name]
    except PointError as error:
        raise PointError(f"{error.message}: `{text}`") from None


@dataclass(frozen=True)
class Listing:
    """The coordinates of a list."""

    name: str
    axis: Listed

    @cached_property
    def values(self) -> Column:
        """All of them, in float64."""
        numbers = [number_of(self.name, text)[0] for text in self.axis.texts]
        return np.array([n.numerator / n.denominator for n in numbers])

    def at(self, indices: Column) -> Column:
        """Return the coordinates with these numbers."""
        return self.values[indices]

    def exact(self, index: int) -> str:
        """Return what stands for exactly that coordinate."""
        return self.axis.texts[index]


@dataclass(frozen=True)
class Steps:
    """The coordinates of a range: `start + (stop - start)*i/(count - 1)` as a fraction, rounded once.

    So `0:1:11` has 0.3 in it, not 0.30000000000000004. An end that is no fraction, such as 2*pi, is a float64 first.
    """

    name: str
    axis: Range

    @cached_property
    def _ends(self) -> tuple[tuple[Fraction, bool], tuple[Fraction, bool]]:
        return number_of(self.name, self.axis.start), number_of(self.name, self.axis.stop)

    @cached_property
    def _terms(self) -> tuple[int, int, int]:
        """Return the numerator of the first coordinate, its step, and the common denominator."""
        (start, _), (stop, _) = self._ends
        step = (stop - start) / max(len(self.axis) - 1, 1)
        below = math.lcm(start.denominator, step.denominator)
        return int(start * below), int(step * below), below

    @cached_property
    def _kept(self) -> Column | None:
        return self._computed(np.arange(len(self.axis))) if len(self.axis) <= _TABLE else None

    def at(self, indices: Column) -> Column:
        """Return the coordinates with these numbers."""
        return self._computed(indices) if self._kept is None else self._kept[indices]

    def _computed(self, indices: Column) -> Column:
        first, step, below = self._terms
        if max(abs(first) + abs(step) * len(self.axis), below) <= _EXACT:
            return (first + step * indices) / below
        return np.array([(first + step * index) / below for index in indices.tolist()], dtype=np.float64)

    @property
    def error(self) -> float:
        """A bound on the errors in units of rounding; 0 where each coordinate is rounded once."""
        if all(known for _, known in self._ends):
            return 0.0
        return _LOOSE * float(max(abs(value) for value, _ in self._ends))

    def exact(self, index: int) -> str:
        """Return a text that stands for exactly that coordinate: a decimal, a fraction or a formula."""
        (start, start_known), (stop, stop_known) = self._ends
        last = len(self.axis) - 1
        if index in (0, last):
            return self.axis.stop if index else self.axis.start
        if not (start_known and stop_known):
            return f"(({self.axis.start})*{last - index} + ({self.axis.stop})*{index})/{last}"
        return _text(start + (stop - start) * index / last)


def _text(value: Fraction) -> str:
    sign = "-" if value < 0 else ""
    decimal = literal(abs(value))
    short = decimal is not None and len(decimal) <= _LONGEST
    return f"{sign}{decimal}" if short else f"{value.numerator}/{value.denominator}"


@dataclass(frozen=True)
class GridRecords:
    """The points of some rows of a grid, from `first` on."""

    source: Grid
    first: int
    columns: Mapping[str, Column]
    texts: None = None
    batch: Any = None

    def cells(self, index: int) -> Sequence[str]:
        """Return the coordinates as float64, shortest."""
        return [repr(float(column[index])) for column in self.columns.values()]

    def exact(self, index: int, name: str) -> str:
        """Return the text of a coordinate, which stands for exactly that number."""
        source = self.source
        place = source.header.index(name)
        stride = math.prod(map(len, list(source.axes.values())[place + 1 :]))
        return source.coordinates[place].exact((self.first + index) // stride % len(source.axes[name]))


@dataclass(frozen=True)
class Grid:
    """A source of points: all combinations of the values on some axes.

    Raises `PointError` for a value that is no finite number, when it is made.
    """

    axes: Mapping[str, Axis]
    form: Form = field(default=Form.GRID, init=False)
    coordinates: tuple[Listing | Steps, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        coordinates = tuple(
            Steps(name, axis) if isinstance(axis, Range) else Listing(name, axis) for name, axis in self.axes.items()
        )
        object.__setattr__(self, "coordinates", coordinates)
        for each in coordinates:
            each.at(np.array([0, len(each.axis) - 1]))

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the axes, in order."""
        return tuple(self.axes)

    @cached_property
    def _loose(self) -> dict[str, float]:
        """The axes whose coordinates are not rounded once, with bounds on their errors in units of rounding."""
        return {each.name: each.error for each in self.coordinates if isinstance(each, Steps) and each.error}

    def __len__(self) -> int:
        return math.prod(map(len, self.axes.values()))

    def rows(self, variables: Sequence[str]) -> Iterator[Rows]:
        """Yield the rows, some at a time; each axis is a variable, so `variables` changes nothing."""
        del variables
        for first in range(0, len(self), LONG_CHUNK):
            last = min(first + LONG_CHUNK, len(self))
            columns = self._columns(np.arange(first, last))
            records: Records = GridRecords(self, first, columns)
            yield Rows(range(first + 1, last + 1), columns, records, loose=self._loose)

    def _columns(self, numbers: Column) -> dict[str, Column]:
        found = {}
        for name, each in zip(reversed(self.header), reversed(self.coordinates), strict=True):
            numbers, indices = np.divmod(numbers, len(each.axis))
            found[name] = each.at(indices)
        return {name: found[name] for name in self.header}
