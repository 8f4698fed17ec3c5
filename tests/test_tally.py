"""What many rows come to."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcli.model import Kind, Proof, Result, Status
from derivcli.model.rows import BAD
from derivcli.model.tally import KEPT, Error, Place, Tally
from tests.document.rows import Lines, Made, mixed, two_rows
from tests.document.samples import CORNER, LOST, POLE, SMOOTH

if TYPE_CHECKING:
    from collections.abc import Sequence


def tally(made: Made) -> Tally:
    found = Tally()
    assert list(found.counted(made.chunks)) == made.chunks
    return found


def compared(autograd: Sequence[float], symbolic: Sequence[float]) -> Tally:
    zeros = [0.0] * len(autograd)
    xs = [float(x) for x in range(len(autograd))]
    return tally(Made().add(Lines(None), xs, zeros, autograd=[autograd], symbolic=[symbolic]))


def test_rows_of_each_status_are_counted() -> None:
    found = tally(mixed())
    assert found.rows == 3
    assert dict(+found.counts) == {"agree": 1, "unverified": 1, "error": 1}
    assert not found.all_agree
    assert tally(two_rows()).all_agree


def test_a_row_that_cannot_be_read_never_counts_as_one_that_agrees() -> None:
    found = tally(Made().add(Lines(None), [1.0], [2.0], [2.0], bad={0: "no number"}))
    assert dict(+found.counts) == {BAD: 1}
    assert found.unreadable == [(2, "no number")]
    assert not found.all_agree


def test_the_largest_relative_error_is_kept_with_its_place() -> None:
    found = compared([1.0, 2.0, 4.0, 100.0], [1.0, 2.5, 2.0, 101.0])
    assert found.worst == Error(1.0, 0, Place(4, {"x": 2.0}))
    assert not found.exact


def test_equal_numbers_have_no_error() -> None:
    found = compared([1.0, -0.0, 5e-324], [1.0, 0.0, 5e-324])
    assert found.worst is None
    assert found.exact


def test_what_is_not_finite_or_has_a_reference_of_0_has_no_relative_error() -> None:
    found = compared([math.nan, math.inf, 1.0, 1.0, 1e-20], [1.0, 1.0, math.nan, math.inf, 0.0])
    assert found.worst is None
    assert not found.exact


def test_rows_that_were_looked_at_closely_count_by_their_reference() -> None:
    made = Made().add(Lines(None), [0.0, 1.0], [1.0, 1.0], autograd=[[9.0, 1.0]], symbolic=[[1.0, 1.0]])
    made.chunks[0] = replace(made.chunks[0], results={0: SMOOTH})
    assert tally(made).worst is None
    made.chunks[0] = replace(made.chunks[0], results={0: SMOOTH, 1: LOST})
    assert tally(made).worst == Error(1.2e17, 1, Place(3, {"x": 1.0}))


def test_rows_that_cannot_be_read_have_no_error() -> None:
    made = Made().add(Lines(None), [math.nan], [2.0], autograd=[[3.0]], symbolic=[[2.0]], bad={0: "no"})
    assert tally(made).worst is None


def test_numbers_without_a_symbolic_one_are_not_compared() -> None:
    assert tally(Made().add(Lines(None), [0.0], [1.0], [1.0], symbolic=[None, None])).worst is None


@given(st.lists(st.tuples(st.floats(), st.floats()), min_size=1, max_size=6))
def test_the_largest_error_is_the_largest_of_all(pairs: list[tuple[float, float]]) -> None:
    autograd, symbolic = zip(*pairs, strict=True)
    known = [(a, s) for a, s in pairs if math.isfinite(a) and math.isfinite(s) and s]
    expected = max((abs(a - s) / abs(s) for a, s in known), default=0.0)
    found = compared(autograd, symbolic).worst
    assert (found.size if found else 0.0) == pytest.approx(expected, rel=1e-12)


def test_the_first_few_of_each_kind_are_kept_and_all_are_counted() -> None:
    results = dict.fromkeys(range(7), CORNER) | {7: POLE, 8: LOST, 9: SMOOTH}
    made = Made().add(Lines(None), [float(x) for x in range(10)], [0.0] * 10, [0.0] * 10, results=results)
    found = tally(made)
    corner, pole, lost = (Status.NOT_DIFFERENTIABLE, Kind.CORNER), (Status.UNDEFINED, Kind.POLE), (Status.DIFFER, None)
    assert found.kinds == {corner: 7, pole: 1, lost: 1}
    assert [finding.place.at["x"] for finding in found.findings[corner]] == [0.0, 1.0, 2.0]
    assert [finding.number for finding in found.findings[corner]] == [1] * KEPT
    assert found.findings[pole][0].number == 0


def test_the_first_few_bad_rows_are_kept_over_chunks() -> None:
    made = Made()
    for chunk in range(4):
        made.add(Lines(None), [0.0] * 2, [0.0] * 2, bad={1: f"second of {chunk}", 0: f"first of {chunk}"})
    assert tally(made).unreadable == [(2, "first of 0"), (3, "second of 0"), (4, "first of 1")]
    assert tally(made).counts[BAD] == 8


def test_rows_of_which_every_number_is_proved_are_counted() -> None:
    def row(value: Proof | None, slope: Proof | None) -> Result:
        derivative = replace(SMOOTH.derivatives[0], proof=slope)
        return replace(SMOOTH, value=replace(SMOOTH.value, proof=value), derivatives=(derivative,))

    rows = {0: row(Proof.EXACT, Proof.DISC), 1: row(Proof.BALL, None), 2: row(None, None)}
    found = tally(Made().add(Lines(None), [1.0] * 3, [2.0] * 3, [2.0] * 3, results=rows))
    assert found.proved == 1
