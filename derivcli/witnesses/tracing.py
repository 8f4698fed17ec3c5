"""What every part of an expression truly is at a point, and which other forms of it are the same function."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from derivcli.language.lowering import formula, substituted
from derivcli.witnesses.asking.traces import PartSlopes, PartValues, SameForm, SameForms
from derivcli.witnesses.evidence import ARITHMETIC
from derivcli.witnesses.folding import fold
from derivcli.witnesses.proof.parts import Parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from derivcli.language.program import Program
    from derivcli.witnesses.asking.traces import TraceRequest
    from derivcli.witnesses.evidence import Reading
    from derivcli.witnesses.protocol import ExactPoint
    from derivcli.witnesses.replies import Reply

_SAME = Decimal("1e-25")
# Where else two forms of a function are compared. No round numbers: there forms may touch.
_ELSEWHERE = tuple(formula(text, ("x",)) for text in ("9/8*x + 1/7", "7/8*x - 1/9", "-1/99*x - 1/3"))


def parts(request: TraceRequest) -> Iterator[Callable[[], Reply]]:
    """Yield the parts of the answer: the values, the slopes by each variable, the forms that are the same function."""

    @cache
    def trace() -> Parts:
        return Parts(request.program, request.point)

    yield lambda: PartValues(tuple(trace().values()))
    for name in request.wrt:
        yield lambda name=name: PartSlopes(name, tuple(trace().slopes(name)))  # type: ignore[misc]
    yield lambda: SameForms(same_forms(request))


def same_forms(request: TraceRequest) -> tuple[SameForm, ...]:
    """Return each root after the first that is the same function."""
    trace = Parts(request.forms, request.point)
    here = [trace.values(), *(trace.slopes(name) for name in request.wrt)]
    elsewhere = [Parts(request.forms, _moved(request.point, way)).values() for way in _ELSEWHERE if request.point]
    first, *others = request.roots
    return tuple(
        SameForm(root, fold(request.forms.part(root)))
        for root in others
        if all(_same(column[first], column[root]) for column in here)
        and all(_not_another(column[first], column[root]) for column in elsewhere)
    )


def _moved(point: ExactPoint, way: Program) -> ExactPoint:
    return {name: substituted(way, {"x": place}) for name, place in point.items()}


def _same(a: Reading, b: Reading) -> bool:
    if a.number is None or b.number is None:
        return False
    larger = max(abs(a.number), abs(b.number))
    return ARITHMETIC.abs(ARITHMETIC.subtract(a.number, b.number)) <= ARITHMETIC.multiply(_SAME, larger)


def _not_another(a: Reading, b: Reading) -> bool:
    """Tell whether two numbers are the same where both are known."""
    return a.number is None or b.number is None or _same(a, b)
