"""What the worker says about f, and of itself: a frozen record for each kind of reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from derivcli.language.program import Program
from derivcli.model.codec import Coded
from derivcli.witnesses.evidence import MISSING, Reading, Wrt

if TYPE_CHECKING:
    from typing import TypeAlias

    from derivcli.witnesses.asking.equations import Equations, Proved
    from derivcli.witnesses.asking.looks import SettledText
    from derivcli.witnesses.asking.rows import RowNumbers
    from derivcli.witnesses.asking.traces import PartSlopes, PartValues, SameForms
    from derivcli.witnesses.evidence import SlopeEvidence, Switches, ValueEvidence


@dataclass(frozen=True, slots=True)
class Programs(Coded):
    """f by way of sympy with its constants folded, and each point as float64: None where a coordinate is not real."""

    program: Program
    points: tuple[dict[str, float | None], ...] = ()


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


if TYPE_CHECKING:
    Reply: TypeAlias = (
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
