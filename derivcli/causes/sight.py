"""What is seen of the parts of an expression: torch's number and the true one, and which is wrong because of which."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, Protocol

from derivcli.language.tree import PIECEWISE, Node
from derivcli.witnesses import evidence
from derivcli.witnesses.evidence import ARITHMETIC

if TYPE_CHECKING:
    from derivcli.model import CauseKind
    from derivcli.witnesses.evidence import Reading

_SHARE = 1e-3  # an operand explains an error if it makes at least this part of it


@dataclass(frozen=True, slots=True)
class Sight:
    """A number as torch has it, and what it truly is."""

    torch: float | None = None
    true: Reading = evidence.MISSING

    @property
    def error(self) -> float:
        """The relative error, at most 1; 0 where nothing is known. A nan is no number, whatever the true one is."""
        number = self.true.number
        if self.torch is None or (number is None and not math.isnan(self.torch)):
            return 0.0
        if number is None or not math.isfinite(self.torch):
            return 1.0
        if not number:
            return float(self.torch != 0)
        error = ARITHMETIC.subtract(Decimal(self.torch), number)
        return min(1.0, float(ARITHMETIC.divide(ARITHMETIC.abs(error), ARITHMETIC.abs(number))))


class Scene(Protocol):
    """What can be seen of the parts of an expression. A `name` asks for a slope, None for the value."""

    def seen(self, node: Node, name: str | None) -> Sight:
        """Return a part's number."""

    def alone(self, node: Node, position: int, name: str | None, aspect: str | None) -> float:
        """Return the error of a part if one operand (its value, or its slope) is torch's and all else is true."""

    def partials(self, node: Node) -> list[float | None]:
        """Return torch's partial derivatives of one operation where its operands are true."""


class Origin(NamedTuple):
    """The part where a wrong number starts, as the positions of operands on the way to it, and what happens there.

    `other` is the operand, or the branch, that the words need; `number` a number of digits, or a slope.
    """

    kind: CauseKind
    path: tuple[int, ...]
    node: Node
    other: Node | None = None
    number: float | None = None


class Waypoint(NamedTuple):
    """A part on the way; `name` is None once the trouble is in the values."""

    node: Node
    name: str | None
    path: tuple[int, ...]


def explains(error: float, view: Scene, place: Waypoint) -> bool:
    """Tell whether an error is large enough to be the reason for that of a part."""
    return error > 0 and error >= _SHARE * view.seen(place.node, place.name).error


def operands(view: Scene, node: Node) -> tuple[int, ...]:
    """Return the positions of the operands that count: of a piecewise function the branch taken."""
    if node.op != PIECEWISE:
        return tuple(range(len(node.args)))
    branch = taken(view, node, torch=True)
    return () if branch is None or branch != taken(view, node, torch=False) else (branch,)


def taken(view: Scene, node: Node, *, torch: bool) -> int | None:
    """Return the position of the branch that is taken, by torch or in truth; None where that is not known."""
    for position in range(1, len(node.args), 2):
        sight = view.seen(node.args[position], None)
        holds = sight.torch if torch else sight.true.as_float()
        if holds is None or holds:
            return None if holds is None else position - 1
    return len(node.args) - 1 if len(node.args) % 2 else None
