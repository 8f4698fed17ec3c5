"""One look at a text of which bare numbers are wanted: what is asked, and what is replied."""

from __future__ import annotations

from dataclasses import dataclass

from derivcli.language.program import Program
from derivcli.model.codec import Coded


@dataclass(frozen=True, slots=True)
class LookRequest(Coded):
    """The bare numbers of a text are wanted at a point, f and its first derivatives, if one look settles all of them.

    `at` are the coordinates as they were typed, and `wrt` the variables to differentiate by, all if there are none.
    """

    expression: str
    at: dict[str, str]
    wrt: tuple[str, ...] | None = None


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
