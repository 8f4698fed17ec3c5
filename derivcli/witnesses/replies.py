"""What the worker says: a frozen record for each kind of reply."""

from __future__ import annotations

from dataclasses import dataclass

from derivcli.language.program import Program
from derivcli.model.codec import Coded
from derivcli.witnesses.evidence import MISSING, Reading, SlopeEvidence, Switches, ValueEvidence, Wrt


@dataclass(frozen=True, slots=True)
class Programs(Coded):
    """f by way of sympy with its constants folded, and each point as float64: None where a coordinate is not real."""

    program: Program
    points: tuple[dict[str, float | None], ...] = ()


@dataclass(frozen=True, slots=True)
class SettledText(Coded):
    """A text that has been read, with f and its first derivatives: the float64 nearest to what is proved of each.

    There is nothing more to say of these numbers: f is analytic at the point, sympy's slopes are the same, and 0^0 is
    not on the way. `program` is f by way of sympy with its constants folded, and `point` is float64. What it was
    `read_as` can be pasted back in; the `notes` say of the text what a reader has to know.
    """

    program: Program
    point: dict[str, float]
    wrt: tuple[str, ...]
    numbers: tuple[float, ...]
    read_as: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SymbolicDerivative(Coded):
    """A symbolic derivative, with its value at each point, and at the float64 next to it where that is another point.

    Without a program it has no closed form, or has outgrown its limits. `shown` is the form in which a textbook prints
    it, where that is another one, and `holes` are what must hold for f to have a value where that form has one.
    """

    wrt: Wrt
    program: Program | None
    outgrown: bool
    values: tuple[Reading, ...]
    nearby: tuple[Reading, ...]
    shown: Program | None = None
    holes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exact(Coded):
    """An exact Taylor coefficient at the first point, with its value; no program where no short form of it is found."""

    wrt: Wrt
    program: Program | None
    value: Reading


@dataclass(frozen=True, slots=True)
class Direction(Coded):
    """A direction in which f has not the slope that its partial derivatives make; none where all have it."""

    paces: dict[str, float]


@dataclass(frozen=True, slots=True)
class StationaryPoint(Coded):
    """What the first point is if f does not move there by the names that were given; None if it is not proved."""

    kind: str | None


@dataclass(frozen=True, slots=True)
class SecondPoint(Coded):
    """f at another point, and the way there from the first point."""

    value: Reading
    steps: dict[str, Reading]


@dataclass(frozen=True, slots=True)
class Remainder(Coded):
    """The Taylor polynomial at the second point by the symbolic forms, and how much f is larger."""

    polynomial: Reading = MISSING
    error: Reading = MISSING


@dataclass(frozen=True, slots=True)
class PartValues(Coded):
    """The value of each instruction of a program."""

    values: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class PartSlopes(Coded):
    """The slope of each instruction of a program by one variable."""

    name: str
    slopes: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class SameForm(Coded):
    """A form that is the same function, by its place, with its program, constants folded."""

    root: int
    program: Program


@dataclass(frozen=True, slots=True)
class SameForms(Coded):
    """All forms that are the same function."""

    forms: tuple[SameForm, ...]


@dataclass(frozen=True, slots=True)
class Equation(Coded):
    """At how many points an equation holds, and the first at which it does not, with its sides there.

    `wider` counts the points where the right side alone has a value; `here` is the left side at the point of the
    question, if the equation holds there. `moved` is the coordinate of the point that had to be moved onto a curve.
    """

    held: int
    broken: int | None = None
    wider: int = 0
    left: Reading = MISSING
    right: Reading = MISSING
    here: Reading = MISSING
    moved: Reading = MISSING


@dataclass(frozen=True, slots=True)
class Equations(Coded):
    """What was seen of each equation."""

    seen: tuple[Equation, ...]


@dataclass(frozen=True, slots=True)
class Proved(Coded):
    """Whether algebra makes the difference of two sides 0."""

    is_zero: bool


@dataclass(frozen=True, slots=True)
class RowNumbers(Coded):
    """What is proved of rows: the float64 nearest to f and to each derivative, in columns, and where f is rational.

    A row has numbers if f is proved to be analytic there, and the symbolic derivatives to be those of f; else it has
    None, and needs a closer look. It took so many `seconds`.
    """

    columns: tuple[tuple[float | None, ...], ...]
    exact: tuple[bool, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Failed(Coded):
    """Why one part of an answer is missing, and the limit that was reached, if it was one."""

    reason: str
    limit: str | None = None


@dataclass(frozen=True, slots=True)
class Unable(Coded):
    """Why the worker cannot work at all."""

    message: str
    hint: str | None
    limit: str | None


@dataclass(frozen=True, slots=True)
class Done(Coded):
    """Nothing more comes to this request."""


@dataclass(frozen=True, slots=True)
class Died(Coded):
    """The worker has ended, with this exit code. It does not say so itself: whoever listens to it does."""

    code: int = 0


Reply = (
    Programs
    | SettledText
    | ValueEvidence
    | SlopeEvidence
    | SymbolicDerivative
    | Exact
    | Direction
    | StationaryPoint
    | SecondPoint
    | Remainder
    | PartValues
    | PartSlopes
    | SameForms
    | Equations
    | Proved
    | Switches
    | RowNumbers
    | Failed
    | Unable
    | Done
    | Died
)
