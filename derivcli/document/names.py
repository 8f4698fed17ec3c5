"""What functions and derivatives are called: `df/dx`, `∂³f/∂x²∂y`, `d²y/dx²`, `D_v f`, in a system `∂f1/∂x`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from derivcli.document.model import Coordinates, Formula, Symbol
from derivcli.document.spelling import Spelling
from derivcli.language.latex import name_to_latex
from derivcli.language.styles import PYTHON, Notation, Style, style_of
from derivcli.model import Derivative, System
from derivcli.model.values import directional

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.model import Result, Value

_LONGEST_CALL = 24  # characters of `f(x, y)`: what is longer would push every formula to the right
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def variable(name: str) -> Symbol:
    """Return the name of a variable."""
    return Symbol(name, name, name_to_latex(name))


def place(at: Mapping[str, float]) -> Coordinates:
    """Return a point with the names of its variables."""
    return Coordinates(tuple((variable(name), value) for name, value in at.items()))


@dataclass(frozen=True, slots=True)
class NamedResult:
    """One function of an answer, and what it is called.

    `letter` names the number at the top: f, in a system f1, for an equation F, which is its left side less its right.
    `above` is what is differentiated: the same, for an equation the variable that it makes a function of the others.
    `style` is how its formulas are written, and `is_alone` tells that there is no other function.
    """

    result: Result
    letter: str = "f"
    above: str = "f"
    style: Style = PYTHON
    is_alone: bool = True

    @property
    def values(self) -> list[Value]:
        """The function's own number and those of its derivatives."""
        return [self.result.value, *self.result.derivatives]

    @property
    def spelling(self) -> Spelling:
        """How its formulas are spelled."""
        return Spelling(self.style, self.result.variables)

    def formula(self, text: str, latex: str | None) -> Formula:
        """Return a formula of the answer as it is shown."""
        shown = self.spelling.equation(text)
        return Formula(shown, (self.spelling.latex(text) if self.style.ln else None) or latex)

    @property
    def is_equation(self) -> bool:
        """Whether it is one that makes a variable a function of the others."""
        return self.result.implicit is not None

    @property
    def call(self) -> Symbol:
        """`f(x, y)`, but on a terminal `f` where the names would take too much room."""
        names = self.result.variables
        full = f"{self.letter}({', '.join(names)})" if names else self.letter
        short = full if len(full) <= _LONGEST_CALL else self.letter
        latex = f"({', '.join(map(name_to_latex, names))})" if names else ""
        return Symbol(short, short, f"{name_to_latex(self.letter)}{latex}")

    def name(self, value: Value) -> Symbol:
        """Return what a number is called."""
        if not isinstance(value, Derivative):
            return variable(self.letter)
        return Symbol(self.plain(value), self._pretty(value), self._latex(value))

    def plain(self, value: Value) -> str:
        """Return `d3f/dx2dy`, the name in the JSON contract but for a function's number in a system."""
        if not isinstance(value, Derivative):
            return self.letter
        if value.heading is not None:
            return directional(value.heading, value.order, self.above)
        return value.name if self.above == "f" or not value.wrt else self._fraction(value, "d")

    @property
    def is_partial(self) -> bool:
        """Whether there are other variables to hold."""
        return len(self.result.variables) - self.is_equation > 1

    def _pretty(self, value: Derivative) -> str:
        """Return `∂³f/∂x²∂y`."""
        if not value.wrt:
            return self.plain(value)
        if value.heading is not None:
            return f"D_{value.heading}{_times(value.order).translate(_RAISED)} {self.above}"
        return self._fraction(value, "∂" if self.is_partial else "d", raised=True)

    def _fraction(self, value: Derivative, d: str, *, raised: bool = False) -> str:
        def times(count: int) -> str:
            return _times(count).translate(_RAISED if raised else {})

        below = "".join(f"{d}{name}{times(count)}" for name, count in _runs(value.wrt))
        return f"{d}{times(len(value.wrt))}{self.above}/{below}"

    def _latex(self, value: Derivative) -> str:
        """Return the fraction that stands for a derivative."""
        above = name_to_latex(self.above)
        if value.heading is not None:
            return f"D_{{{value.heading}}}{_power(value.order)} {above}"
        d = r"\partial " if self.is_partial else "d"
        below = r" \, ".join(f"{d}{name_to_latex(name)}{_power(count)}" for name, count in _runs(value.wrt))
        order = _power(len(value.wrt))
        return rf"\frac{{{f'{d.strip()}{order} {above}' if order else f'{d}{above}'}}}{{{below}}}"


def parts(answer: Result | System, notation: Notation = Notation.PYTHON) -> list[NamedResult]:
    """Return the functions of an answer with their names."""
    if isinstance(answer, System):
        style = style_of("; ".join(result.expression for result in answer.functions), notation)
        names = [f"f{index}" for index in range(1, len(answer.functions) + 1)]
        functions = zip(answer.functions, names, strict=True)
        return [NamedResult(result, name, name, style, is_alone=False) for result, name in functions]
    style = style_of(answer.expression, notation)
    if answer.implicit is not None:
        return [NamedResult(answer, "F", answer.implicit.variable, style)]
    return [NamedResult(answer, style=style)]


def _runs(names: Sequence[str]) -> list[tuple[str, int]]:
    """Return each variable with how often it follows itself."""
    return [(name, len(list(run))) for name, run in groupby(names)]


def _times(count: int) -> str:
    return "" if count == 1 else str(count)


def _power(count: int) -> str:
    return f"^{{{count}}}" if count > 1 else ""
