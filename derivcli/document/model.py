"""A document: what there is to show of an answer, in words and numbers that each printer lays out in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from derivcli.errors import Span

STRONG, FAINT = "strong", "faint"


@dataclass(frozen=True, slots=True)
class Symbol:
    """What a function, a derivative or a variable is called: in ASCII, in Unicode and in LaTeX."""

    plain: str
    pretty: str
    latex: str


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression or equations of our own language, and in LaTeX where that is known."""

    text: str
    latex: str | None = None


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A point or a direction: variables and their numbers."""

    at: tuple[tuple[Symbol, float], ...]


Piece = str | float | Symbol | Formula | Coordinates | tuple[float, ...]
Sentence = tuple[str | float | Symbol, ...]  # a printer spells its numbers and names


class Cell(NamedTuple):
    """What stands in a table, None for nothing, and its style: STRONG, FAINT or a status."""

    what: Piece | None
    style: str = ""


@dataclass(frozen=True, slots=True)
class Tabular:
    """A header and rows. The columns in `left` stand left, the others right; after row `gap` some are left out."""

    header: tuple[Piece, ...]
    rows: tuple[tuple[Cell, ...], ...]
    left: tuple[int, ...] = (0,)
    gap: int | None = None


class Line(NamedTuple):
    """What a fact says, with words around it; `left` is what it is the value of, in LaTeX."""

    what: Piece
    before: str = ""
    after: str = ""
    left: str = ""

    @property
    def sentence(self) -> tuple[Piece, ...]:
        """The line in words."""
        return self.before, self.what, self.after


class Fact(NamedTuple):
    """Lines with a label before them."""

    label: str
    lines: tuple[Line, ...]
    is_formula: bool = False


class Figure(NamedTuple):
    """A part of a text to be marked with carets."""

    source: str
    span: Span


class Headline(NamedTuple):
    """The answer in words, how sure it is in a few more, and its status; of many numbers only their count."""

    what: tuple[Piece, ...]
    sure: tuple[Piece, ...]
    status: str
    is_count: bool = False


class Remark(NamedTuple):
    """Sentences on one number, or on several that share them, or on many rows, by a label.

    Of a number also where autograd errs, and a better form of f.
    """

    names: tuple[Symbol | str, ...]
    sentences: tuple[Sentence, ...]
    figure: Figure | None = None
    rewrite: str | None = None


class CheckedSpots(NamedTuple):
    """What was found at points that the tool has picked: the status, in words too, and where."""

    status: str
    word: str
    where: str


class Deduction(NamedTuple):
    """A line of a derivation: what is equal to what, why, what more there is to say, and how far it is indented.

    Nothing stands left where a line goes on with the one above it. `number` is that of both sides at the point.
    """

    left: Formula | Symbol | None
    right: Formula
    why: tuple[Piece, ...]
    more: tuple[Piece, ...] = ()
    depth: int = 0
    number: float | None = None

    def reason(self, *, full: bool) -> tuple[Piece, ...]:
        """Return why, in full with what more there is to say, if it is not said already."""
        is_said = self.why[len(self.why) - len(self.more) :] == self.more
        return self.why if is_said or not full else (*self.why, ": ", *self.more)


@dataclass(frozen=True, slots=True)
class Entry:
    """f or a derivative: its formula, or why there is none, and what the witnesses say, a cell for each column.

    `answer` is the number to use, or in words why there is none, and `doubt` is what keeps it from being sure. `said`
    is what belongs to the number, and `is_odd` that it is no plain agreement. `steps` are how a derivative is found,
    of which `left_out` are not here.
    """

    name: Symbol
    formula: Formula | str
    is_high: bool = False
    cells: tuple[Cell, ...] = ()
    answer: float | str = ""
    doubt: str = ""
    is_odd: bool = False
    said: Remark | None = None
    steps: tuple[Deduction, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A function: how it is called, f itself and its derivatives, and what is drawn from several of them.

    Of an equation, f is its left side less its right side. `at` is where its numbers stand, of a constant nowhere in
    particular, and None where there are none: then there are `checks`.
    """

    name: Symbol
    call: Symbol
    entries: tuple[Entry, ...]
    at: Coordinates | None = None
    is_equation: bool = False
    hessian: Tabular | None = None
    views: tuple[tuple[Fact, ...], ...] = ()
    shares: Tabular | None = None
    checks: tuple[CheckedSpots, ...] = ()

    @property
    def remarks(self) -> list[Remark]:
        """What there is to say beside the numbers; those that share their sentences share a remark."""
        shared: dict[Remark, list[Symbol]] = {}
        for entry in self.entries:
            if entry.said is not None:
                shared.setdefault(entry.said._replace(names=()), []).append(entry.name)
        return [remark._replace(names=tuple(names)) for remark, names in shared.items()]


@dataclass(frozen=True, slots=True)
class Document:
    """All there is to show of an answer.

    `readings` say how the text was read, before all else, and `headlines` what came out. `where` is the point of the
    numbers, with many rows the variables that they share. `columns` name the cells of each entry; the ones in `spare`
    add nothing where room is short. `rows` and `remarks` on them are there with many rows only. `alone` says that there
    are no variables, `limits` are those that were reached.
    """

    readings: tuple[str, ...]
    functions: tuple[Section, ...]
    directions: tuple[Fact, ...] = ()
    headlines: tuple[Headline, ...] = ()
    where: str = ""
    columns: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()
    jacobian: Tabular | None = None
    rows: Tabular | None = None
    remarks: tuple[Remark, ...] = ()
    alone: bool = False
    notes: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
