"""Symbolic derivatives of a function that an equation makes of one of its variables.

Written out they grow exponentially with the order. Step by step they do not: the total derivative of F(x, y(x)), taken
again and again with a letter for each derivative of y, is 0. It holds the highest one once, as a factor of F_y, and is
solved for it (Leibniz's implicit differentiation; Krantz and Parks, The Implicit Function Theorem, section 2.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sympy import Add, Integer, Symbol, cancel, expand_mul

from derivcli.language.lowering import substituted
from derivcli.witnesses.symbolic import MOST_PARTS, Differentiator, OutgrownError, size
from derivcli.witnesses.sympy_slopes import slope

if TYPE_CHECKING:
    from derivcli.language.program import Program
    from derivcli.witnesses.evidence import Wrt

_MOST_CANCELLED = 120  # parts of a fraction that is still cancelled


class ImplicitDifferentiator(Differentiator):
    """Takes derivatives of the function that an equation `F = 0` makes of one of its variables."""

    def __init__(self, program: Program, variable: str, *, unseen: bool = False) -> None:
        super().__init__(program, unseen=unseen)
        self._variable = variable
        self._forms: dict[Wrt, Any] = {}
        self._letters: dict[Wrt, Any] = {(): Symbol(variable, real=True)}  # of y, and of each derivative of it
        self._totals: dict[Wrt, Any] = {}
        self._steps: dict[Wrt, Program | None] = {}

    def form(self, wrt: Wrt) -> Any:
        """Return a derivative: -F_x/F_y, and of higher order by the chain rule."""
        if wrt not in self._forms:
            below, name = wrt[:-1], wrt[-1]
            found = self._along(self.form(below), name) if below else -super().form((name,)) / self._by_variable()
            self._forms[wrt] = _cancelled(found)
        return self._forms[wrt]

    def stepwise(self, wrt: Wrt) -> Program | None:
        """Return a program of a derivative, in which each one of lower order is a part; raises `OutgrownError`."""
        key = tuple(sorted(wrt))
        if key not in self._steps:
            rest = self._total(key).xreplace({self._letters[key]: Integer(0)})
            step = self.program(-rest / self._by_variable())
            lower = {t: self.stepwise(t) for t, letter in self._letters.items() if t and _holds(step, letter)}
            known = {self._letters[t].name: program for t, program in lower.items() if program is not None}
            self._steps[key] = None if step is None or len(known) < len(lower) else substituted(step, known)
        return self._steps[key]

    def _total(self, wrt: Wrt) -> Any:
        """Return the total derivative of F, with a letter for each derivative of the variable."""
        if not wrt:
            return super().form(())
        if wrt not in self._totals:
            below, name = self._total(wrt[:-1]), wrt[-1]
            moved = [slope(below, letter) * self._letter((*t, name)) for t, letter in [*self._letters.items()]]
            self._totals[wrt] = expand_mul(Add(slope(below, Symbol(name, real=True)), *moved))  # so like terms meet
            if size(self._totals[wrt], MOST_PARTS) > MOST_PARTS:
                raise OutgrownError
        return self._totals[wrt]

    def _letter(self, wrt: Wrt) -> Any:
        key = tuple(sorted(wrt))
        return self._letters.setdefault(key, Symbol(f"@{'@'.join(key)}", real=True))

    def _by_variable(self) -> Any:
        return super().form((self._variable,))

    def _along(self, form: Any, name: str) -> Any:
        """Return the derivative of an expression in which the variable follows another."""
        if size(form, MOST_PARTS) > MOST_PARTS:
            raise OutgrownError
        x, y = Symbol(name, real=True), Symbol(self._variable, real=True)
        return form.diff(x) + form.diff(y) * self.form((name,))


def _cancelled(form: Any) -> Any:
    """Return a fraction without common factors, if it is small enough for that."""
    if size(form, _MOST_CANCELLED) > _MOST_CANCELLED:
        return form
    shorter = cancel(form)
    return shorter if size(shorter, _MOST_CANCELLED) < size(form, _MOST_CANCELLED) else form


def _holds(program: Program | None, letter: Any) -> bool:
    return program is not None and letter.name in program.variables
