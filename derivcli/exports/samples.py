"""The numbers that the code tests itself against: those of the witnesses, at points where they are sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.calculator import conclude_each
from derivcli.cases import candidates
from derivcli.exports.language import Sample
from derivcli.language import question
from derivcli.language.lowering import compile_tree
from derivcli.testimony import hear

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from derivcli.cases import Case
    from derivcli.model import Result, Value

_COUNT = 3  # points: a wrong sign or branch is right at one by chance, hardly at three
# A point at which float64 itself loses more than that tests nothing but rounding.
_SURE = 1e-12


def witnessed(case: Case) -> list[Result]:
    """Return what the witnesses say at points of both signs, small and moderate; the point of the case comes first."""
    texts = candidates(case.asked.variables)
    if case.asked.texts:
        texts.insert(0, case.asked.texts)
    points = [{name: compile_tree(tree) for name, tree in question.read_point(text).items()} for text in texts]
    elsewhere = case.elsewhere(points)
    return conclude_each(elsewhere, hear(elsewhere), texts)


def samples(results: Sequence[Result], wanted: Sequence[tuple[str, ...]]) -> tuple[Sample, ...]:
    """Return three points, one with a negative coordinate where there is one; `wanted` are the derivatives in order."""
    sure = [sample for result in results for sample in _sample(result, wanted)]
    chosen = sure[:_COUNT]
    negative = next((sample for sample in sure if min(sample.point) < 0), None)
    if negative is not None and negative not in chosen:
        chosen[-1] = negative
    return tuple(chosen)


def _sample(result: Result, wanted: Sequence[tuple[str, ...]]) -> Iterator[Sample]:
    """Yield the sample of a point, nothing where a number is missing or float64 does not reach it."""
    known = {tuple(sorted(d.wrt)): d for d in result.derivatives}
    numbers: list[Value] = [result.value, *(known[tuple(sorted(wrt))] for wrt in wanted)]
    found = [_reference(number) for number in numbers]
    if result.at is not None and None not in found:
        yield Sample(tuple(result.at.values()), tuple(number for number in found if number is not None))


def _reference(number: Value) -> float | None:
    if number.digits is None or number.answer is None or (number.rel_error or 0.0) > _SURE:
        return None
    return float(number.digits)
