"""What a reader of numbers alone is told beside them."""

from __future__ import annotations

import pytest

from derivcli.cli.report import left_out
from derivcli.document import Format
from derivcli.model import Derivative, Result, Status, Value

AT = {"x": 1.0}


def answer(*statuses: Status | None, at: dict[str, float] | None = None, limit: str | None = "time") -> Result:
    """Return an answer whose numbers have these verdicts, the value's first."""
    value, *slopes = statuses
    return Result(
        expression="x",
        read_as="x",
        variables=("x",),
        at=at,
        value=Value(status=value),
        derivatives=tuple(Derivative(wrt=("x",), name="df/dx", status=status) for status in slopes),
        status=Status.AGREE,
        limit_reached=limit,
    )


@pytest.mark.parametrize("sure", [Status.AGREE, Status.DIFFER, Status.NOT_DIFFERENTIABLE, Status.UNDEFINED])
def test_a_limit_that_left_every_number_verified_is_not_worth_a_word(sure: Status) -> None:
    assert left_out(answer(Status.AGREE, Status.AGREE, sure, at=AT), Format.VALUE) == []


@pytest.mark.parametrize(
    "result",
    [
        answer(Status.AGREE, Status.AGREE, Status.UNVERIFIED, at=AT),
        answer(Status.UNVERIFIED, Status.AGREE, at=AT),
        answer(None, None),
    ],
)
def test_a_limit_that_left_a_number_unverified_is_named(result: Result) -> None:
    said = "warning: a limit was reached (time): not every number could be verified"
    assert left_out(result, Format.VALUE) == [said]


def test_without_a_limit_nothing_is_said() -> None:
    assert left_out(answer(Status.UNVERIFIED, Status.UNVERIFIED, at=AT, limit=None), Format.VALUE) == []
