"""What views want at the first point: exact Taylor coefficients and short numbers, and f beside its polynomial."""

from __future__ import annotations

import math
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivcli.language.lowering import substituted
from derivcli.language.program import Builder, Instruction, Program
from derivcli.language.tree import COMPARISONS, NUMBER, PIECEWISE, VARIABLE
from derivcli.witnesses import evidence
from derivcli.witnesses.many_digits import ManyDigits, constant
from derivcli.witnesses.proof.numbers import rational
from derivcli.witnesses.proof.readings import reading
from derivcli.witnesses.replies import Exact, Remainder, SecondPoint
from derivcli.witnesses.symbolic import OutgrownError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from derivcli.witnesses.evidence import Wrt
    from derivcli.witnesses.protocol import ExactPoint
    from derivcli.witnesses.symbolic import Differentiator

_MODERATE = 10**30
_MOST_SHORT = 9  # instructions of an exact number that says more than its decimals
_SHORT = frozenset({NUMBER, "add", "mul", "neg", "div", "pow", "sqrt", "cbrt", "root", "exp", "log", "pi", "e"})
_TO_PI = frozenset({"asin", "acos", "atan", "acot", "asec", "acsc", "atan2", PIECEWISE})  # of rationals, parts of pi
_CONDITIONS = frozenset({PIECEWISE, "and", "or", "not", "true", "false", *COMPARISONS})


def _of_two(op: str, *, negated: bool = False) -> Program:
    """Return an operation on `a` and `b`, made without the parser, which would take a tenth of the worker's start."""
    builder = Builder()
    a, b = (builder.add(VARIABLE, text=name) for name in "ab")
    return builder.build(builder.add(op, a, builder.add("neg", b) if negated else b))


_PLUS, _MINUS = _of_two("add"), _of_two("add", negated=True)
_TIMES, _OVER = _of_two("mul"), _of_two("div")


class FirstPoint:
    """A point, f, and its symbolic derivatives as far as they are known; `differentiator` makes more of them."""

    def __init__(
        self,
        program: Program,
        point: ExactPoint,
        forms: Mapping[Wrt, Program | None],
        differentiator: Callable[[], Differentiator],
    ) -> None:
        self._program = program
        self._point = point
        self._forms = forms
        self._differentiator = differentiator

    def coefficient(self, wrt: Wrt, known: Collection[str] | None = None) -> Exact:
        """Return the exact Taylor coefficient at the first point, where a short form is found, of `known` functions."""
        program, value = None, evidence.MISSING
        with suppress(OutgrownError):
            program = self._differentiator().coefficient(wrt, self._point, known)
        if program is not None:
            form = ManyDigits(program)
            value, number = form.at({}), form.rational({})
            program = _unconditional(program) if number is None else Builder.of_number(number)
        return Exact(wrt, program, value)

    def exact(self, wrt: Wrt) -> Exact:
        """Return f or a first derivative at the first point, if it is a rational or short: roots, pi, e, logarithms.

        Where a number on the way is very large or small, sympy is not asked: it would write 2^(1e9) out.
        """
        form = self._forms.get(wrt) if wrt else self._program
        if form is None:
            return Exact(wrt, None, evidence.MISSING)
        on_the_way = ManyDigits(form).results(self._point)
        values = [value for _instruction, value in on_the_way]
        if isinstance(values[-1], Fraction):
            return Exact(wrt, Builder.of_number(values[-1]), reading(rational(values[-1]), None))
        if _has_no_form(on_the_way) or not all(map(_is_moderate, values)):
            return Exact(wrt, None, evidence.MISSING)
        found = self.coefficient(wrt, _SHORT)
        short = found.program is not None and _is_short(found.program)
        return found if short else replace(found, program=None)

    def near(self, there: ExactPoint) -> SecondPoint:
        """Return f at another point, and the way there from the first point."""
        steps = {name: constant(_difference(place, self._point[name])) for name, place in there.items()}
        return SecondPoint(ManyDigits(self._program).at(there), steps)

    def remainder(self, there: ExactPoint, wrt: Sequence[Wrt]) -> Remainder:
        """Return the Taylor polynomial at another point and how much f is larger, where every derivative has a form.

        The difference is taken at rising precision: it may be far smaller than the last digit of both.
        """
        forms = {t: form for t in wrt if (form := self._forms.get(t)) is not None}
        if len(forms) < len(wrt):
            return Remainder()
        polynomial = self._polynomial(forms, there)
        true = substituted(self._program, there)
        return Remainder(constant(polynomial), constant(_difference(true, polynomial)))

    def _polynomial(self, forms: Mapping[Wrt, Program], there: ExactPoint) -> Program:
        """Return the sum of the derivatives times the powers of the step over the factorials, at another point."""
        steps = {name: _difference(place, self._point[name]) for name, place in there.items()}
        total = substituted(self._program, self._point)
        for wrt, form in forms.items():
            below = Builder.of_number(Fraction(math.prod(map(math.factorial, Counter(wrt).values()))))
            term = substituted(_OVER, {"a": substituted(form, self._point), "b": below})
            for name in wrt:
                term = substituted(_TIMES, {"a": term, "b": steps[name]})
            total = substituted(_PLUS, {"a": total, "b": term})
        return total


def _difference(a: Program, b: Program) -> Program:
    return substituted(_MINUS, {"a": a, "b": b})


def _unconditional(program: Program) -> Program | None:
    """Return a program that chooses between no cases; None for one that does: it is no form to show people."""
    return None if any(i.op in _CONDITIONS for i in program.instructions) else program


def _is_short(program: Program) -> bool:
    return len(program.instructions) <= _MOST_SHORT and all(i.op in _SHORT for i in program.instructions)


def _has_no_form(on_the_way: Sequence[tuple[Instruction, Any]]) -> bool:
    """Tell whether a function such as sin has a rational argument and no rational value: sin(2) has no shorter form."""
    return any(
        i.args
        and i.op not in _SHORT
        and i.op not in _TO_PI
        and not isinstance(value, (Fraction, bool))
        and all(isinstance(on_the_way[arg][1], Fraction) for arg in i.args)
        for i, value in on_the_way
    )


def _is_moderate(value: Any) -> bool:
    """Tell whether a number on the way is known, and 0 or of a usual size; a truth value is."""
    return value is not None and bool(value == 0 or 1 / _MODERATE < abs(value) < _MODERATE)
