"""What functions and derivatives are called: `df/dx`, `∂³f/∂x²∂y`, `d²y/dx²`, `D_v f`, in a system `∂f1/∂x`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from derivcli.model import Derivative, Status, System

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.model import Result, Value

_MOST = 500  # derivatives of a function that a reader is shown
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Part:
    """One function of an answer, and what it is called.

    `letter` names the number at the top: f, in a system f1, for an equation F, which is its left side less its right.
    `above` is what is differentiated: the same, for an equation the variable that it makes a function of the others.
    """

    result: Result
    letter: str = "f"
    above: str = "f"

    @property
    def values(self) -> list[Value]:
        """The function's own number and those of its derivatives."""
        return [self.result.value, *self.result.derivatives]

    @property
    def is_partial(self) -> bool:
        """Whether there are other variables to hold."""
        return len(self.result.variables) - (self.letter == "F") > 1

    def named(self) -> list[tuple[str, Value]]:
        """Return every number with its name in ASCII."""
        return [(self.plain(value), value) for value in self.values]

    def plain(self, value: Value) -> str:
        """Return `d3f/dx2dy`, the name in the JSON contract but for a function's number in a system."""
        if not isinstance(value, Derivative):
            return self.letter
        if value.along is not None:
            return _along(value, self.above)
        return value.name if self.above == "f" or not value.wrt else _fraction(value, "d", self.above)

    def pretty(self, value: Value, *, unicode: bool) -> str:
        """Return `∂³f/∂x²∂y`, or in ASCII `d3f/dx2dy`."""
        if not unicode or not isinstance(value, Derivative) or not value.wrt:
            return self.plain(value)
        if value.along is not None:
            head, _, tail = _along(value, self.above).partition("^")
            order, _, rest = tail.partition(" ")
            return f"{head}{order.translate(_RAISED)} {rest}" if tail else head
        return _fraction(value, "∂" if self.is_partial else "d", self.above, raised=True)


def parts(answer: Result | System) -> list[Part]:
    """Return the functions of an answer with their names."""
    if isinstance(answer, System):
        names = [f"f{index}" for index in range(1, len(answer.functions) + 1)]
        return [Part(result, name, name) for result, name in zip(answer.functions, names, strict=True)]
    if answer.implicit is not None:
        return [Part(answer, "F", answer.implicit.variable)]
    return [Part(answer)]


def shortened(functions: Sequence[Part]) -> list[Part]:
    """Return the functions with as many derivatives as a reader is shown: those that do not agree come before others.

    They keep their order; a note says how many are left out.
    """
    return [_shortened(part) if len(part.result.derivatives) > _MOST else part for part in functions]


def _shortened(part: Part) -> Part:
    every = part.result.derivatives
    first = sorted(range(len(every)), key=lambda k: every[k].status in (None, Status.AGREE))[:_MOST]
    more = f"{len(every) - _MOST} more derivatives are not shown: JSON and CSV have all of them"
    kept = tuple(every[k] for k in sorted(first))
    return replace(part, result=replace(part.result, derivatives=kept, notes=(*part.result.notes, more)))


def runs(names: Sequence[str]) -> list[tuple[str, int]]:
    """Return each variable with how often it follows itself."""
    return [(name, len(list(run))) for name, run in groupby(names)]


def direction(derivative: Derivative) -> str:
    """Return the letter of a direction: v, or u of length 1."""
    return "u" if derivative.name.startswith("D_u") else "v"


def _along(derivative: Derivative, above: str) -> str:
    return f"{derivative.name.removesuffix(' f')} {above}"


def _fraction(derivative: Derivative, d: str, above: str, *, raised: bool = False) -> str:
    below = "".join(f"{d}{name}{_times(count, raised)}" for name, count in runs(derivative.wrt))
    return f"{d}{_times(len(derivative.wrt), raised)}{above}/{below}"


def _times(count: int, raised: bool) -> str:
    if count == 1:
        return ""
    return str(count).translate(_RAISED) if raised else str(count)
