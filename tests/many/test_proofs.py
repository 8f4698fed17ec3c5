"""What float64 may say of proved numbers: sure where it is, and nearest in either type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from derivcli.many.proofs import Proofs, rounded
from derivcli.model import Dtype, Status
from derivcli.model.rows import Answers
from derivcli.witnesses import client
from derivcli.witnesses.client import nothing
from derivcli.witnesses.replies import Failed
from tests.many import drafted, planned, told

if TYPE_CHECKING:
    from collections.abc import Iterator

HALFWAY = 1 + 2.0**-24  # between two float32


def settled(found: list[float], proved: list[float | None], **wanted: Any) -> list[bool]:
    """Tell which rows are settled if f is proved to be `proved` where torch found something, and the slopes agree."""
    plan, source = planned("x", f"x=1:2:{len(found)}", **wanted)
    (rows,) = source.rows(plan.columns)
    ones = np.ones(len(found))
    draft = Answers(rows, [ones, ones], [np.array(found), ones], [None, None], np.zeros(len(found), dtype=np.uint8))
    numbers = [np.array(proved, dtype=np.float64), ones]
    return Proofs(plan)._agreeing(draft, numbers).tolist()  # type: ignore[no-any-return]


def test_what_is_within_the_tolerance_for_sure_is_settled() -> None:
    assert settled([2.0, 2 * (1 + 9e-10), 2 * (1 + 1.1e-9)], [2.0, 2.0, 2.0]) == [True, True, False]
    assert settled([1.0, 1 + 2e-16, 1 + 4e-16], [1.0, 1.0, 1.0], rtol=3e-16) == [True, False, False]


def test_of_a_reference_of_0_the_absolute_tolerance_decides() -> None:
    assert settled([0.0, 1e-13, 1e-11, 1e-300], [0.0, 0.0, 0.0, 2e-300]) == [True, True, False, False]


def test_what_is_no_number_is_not_settled() -> None:
    odd = [float("nan"), float("inf"), 1.0]
    assert settled(odd, [1.0, 1.0, None]) == [False, False, False]


def test_a_float32_of_which_float64_does_not_tell_the_nearest_is_not_settled() -> None:
    assert settled([1.0] * 4, [1.0, HALFWAY, 1 + 2.0**-25, 1 + 2.0**-24 + 2.0**-52], dtype="float32") == [
        *(True, False),
        *(True, True),
    ]
    assert settled([1e-40, 0.0], [1e-40, 0.0], dtype="float32") == [False, True]


def test_numbers_are_rounded_to_the_type() -> None:
    assert rounded(np.array([0.1]), Dtype.FLOAT64).tolist() == [0.1]
    assert rounded(np.array([0.1]), Dtype.FLOAT32).tolist() == [0.10000000149011612]  # 13421773 * 2^-27


@pytest.mark.parametrize("rows", [3, 40])
def test_only_the_rows_that_are_asked_about_are_settled(rows: int) -> None:
    plan, source = planned("sin(x)", f"x=1:2:{rows}")
    draft = drafted("sin(x)", f"x=1:2:{rows}")
    del source
    wanted = np.array([0, 2])
    proofs = Proofs(plan)
    found = proofs.hear(proofs.ask(draft, wanted), draft, wanted, nothing)
    assert np.flatnonzero(found.rows).tolist() == [0, 2]
    assert found.numbers[0][0] == 0.8414709848078965  # sin(1), Abramowitz and Stegun, table 4.6
    assert np.isnan(found.numbers[0][1])
    assert found.seconds > 0


class Failing:
    """A question about rows that the worker has answered by an error."""

    def replies(self, _meanwhile: object) -> Iterator[Failed]:
        yield Failed("ValueError: no")


def test_an_error_of_the_witness_that_proves_is_said_with_each_row_that_it_leaves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Proofs, "ask", lambda *_: Failing())
    monkeypatch.setattr(client, "leave", lambda _: None)
    found = told("abs(x)", "x=-20:20:41")  # few rows are looked at one by one, without that question
    (at_0,) = found.results.values()
    assert at_0.at == {"x": 0.0}
    assert at_0.status is Status.NOT_DIFFERENTIABLE
    assert at_0.notes == ("the symbolic witness failed (ValueError: no)",)
