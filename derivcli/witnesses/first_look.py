"""A first look at a question of which only numbers are wanted: mostly it settles all of them, as it does rows.

The text is read here, so that the asker does not have to: it only holds torch against the numbers. f and its first
derivatives are proved as `proof.glance` has it, and held against sympy's slopes as far as the verdict asks for it.
"""

from __future__ import annotations

import math
from contextlib import suppress
from typing import TYPE_CHECKING

from flint import ctx

from derivcli.language import question
from derivcli.language.lowering import compile_tree
from derivcli.language.printer import to_text
from derivcli.witnesses.asking.looks import SettledText
from derivcli.witnesses.folding import fold
from derivcli.witnesses.many_digits import constant
from derivcli.witnesses.operation_slopes import symbolic_gradient
from derivcli.witnesses.proof.glance import LADDER, coordinate, proved, settled
from derivcli.witnesses.proof.machine import BallMachine
from derivcli.witnesses.proof.numbers import ZERO, UnprovedError, need
from derivcli.witnesses.protocol import EvidenceRequest
from derivcli.witnesses.symbolic import via_sympy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from derivcli.language.program import Program
    from derivcli.witnesses.asking.looks import LookRequest
    from derivcli.witnesses.proof.glance import Rung
    from derivcli.witnesses.proof.numbers import Number
    from derivcli.witnesses.protocol import ExactPoint
    from derivcli.witnesses.replies import Reply

_LONGEST = 300  # instructions: of a long program the parts of a sum that hold a variable are looked at alone


def parts(request: LookRequest) -> Iterator[Callable[[], Reply]]:
    """Yield what makes the answer: the look, and where that fails, of a text that is plain, all the evidence."""
    text = _Text(request)
    yield text.look
    if text.is_plain and not text.is_settled:
        from derivcli.witnesses.jobs import Job

        yield from Job(text.in_full).parts()


class _Text:
    """A text that is read and looked at. It `is_plain` where nothing but f at a point is in it."""

    def __init__(self, request: LookRequest) -> None:
        self._request = request
        self.is_plain = self.is_settled = False

    def look(self) -> SettledText:
        """Return f and its first derivatives at a point.

        Raises `UnprovedError` where any of them is not proved at once, also where sympy has no slope of an operation,
        or another one at the point; and a `DerivError` for a text that cannot be read.
        """
        asked = question.read(self._request.expression, self._request.at, self._request.wrt)
        need(asked.notation is None, asked.definitions is None, asked.point is not None)
        self._program, self._wrt = compile_tree(asked.tree), asked.wrt
        self._point = {name: compile_tree(tree) for name, tree in (asked.point or {}).items()}
        place = _nearest(self._point)
        self.is_plain = place.keys() == set(asked.variables)
        need(self.is_plain, len(self._program.instructions) <= _LONGEST)
        numbers = _numbers(self._program, self._point, self._wrt)
        form = fold(via_sympy(self._program))
        self.is_settled = True
        return SettledText(form, place, self._wrt, numbers, to_text(asked.tree), asked.notes)

    @property
    def in_full(self) -> EvidenceRequest:
        """What is asked of the same in full, with formulas that nobody sees."""
        wrt = tuple((name,) for name in self._wrt)
        return EvidenceRequest(self._program, (self._point,), wrt, whole=len(wrt) > 1, raw=True, unseen=True)


def _numbers(program: Program, point: ExactPoint, wrt: Sequence[str]) -> tuple[float, ...]:
    """Return the float64 nearest to f and to its first derivatives; raises `UnprovedError`."""
    function = BallMachine(program)
    place = {name: coordinate(constant) for name, constant in point.items()}
    for rung in LADDER[:-1]:
        with suppress(UnprovedError):
            return _at(function, place, wrt, rung)
    return _at(function, place, wrt, LADDER[-1])


def _at(function: BallMachine, place: Mapping[str, Number], wrt: Sequence[str], rung: Rung) -> tuple[float, ...]:
    """Look with one precision, at the symbolic slopes with another one."""
    with ctx.workprec(rung.bits):
        values = function.values(place)
        found = proved(function, values, wrt, rung.steps)
        with ctx.workprec(rung.fewer):
            slopes = symbolic_gradient(function, values)
        forms = [slopes.get(name, ZERO) for name in wrt]
        need(None not in forms)
        return tuple(settled(found, forms))


def _nearest(point: ExactPoint) -> dict[str, float]:
    """Return a point as float64; raises `UnprovedError` for a coordinate that is none."""
    found = {name: _float(place) for name, place in point.items()}
    need(all(map(math.isfinite, found.values())))
    return found


def _float(place: Program) -> float:
    """Return a constant as the float64 nearest to it, nan for one that is no number."""
    literal = place.literal
    nearest = float(literal) if literal is not None else constant(place).as_float()
    return math.nan if nearest is None else nearest
