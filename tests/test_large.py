"""Large sums: right by hand, and no more work than their size asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import derivcli
from derivcli.language import question
from derivcli.language.lowering import compile_tree
from derivcli.witnesses.autograd import partials
from derivcli.witnesses.proof import machine
from derivcli.witnesses.protocol import EvidenceRequest
from derivcli.witnesses.replies import Failed
from derivcli.witnesses.worker import answer
from tests.chains import chain, chain_point
from tests.checks import program_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def rosenbrock(x: Sequence[float]) -> list[float]:
    """Return the gradient of the chain as it stands in books."""
    slopes = [0.0] * len(x)
    for k in range(len(x) - 1):
        rise = x[k + 1] - x[k] ** 2
        slopes[k] += -400 * x[k] * rise - 2 * (1 - x[k])
        slopes[k + 1] += 200 * rise
    return slopes


def test_the_gradient_of_a_chain_of_fifty_is_the_one_in_books() -> None:
    at = chain_point(50)
    result = derivcli.differentiate(chain(50), at)
    assert {d.status for d in result.derivatives} == {derivcli.Status.AGREE}
    by_hand = dict(zip(at, rosenbrock([float(x) for x in at.values()]), strict=True))
    assert {d.wrt[0]: d.answer for d in result.derivatives} == pytest.approx(by_hand)
    assert result.derivatives[1].symbolic == pytest.approx(result.derivatives[1].autograd)
    assert result.derivatives[1].quotient == pytest.approx(result.derivatives[1].autograd)


def operations(n: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how many operations of a program the worker evaluates for the gradient of a chain."""
    count = 0
    compute = machine.compute

    def counted(*args: object) -> object:
        nonlocal count
        count += 1
        return compute(*args)  # type: ignore[arg-type]

    asked = question.read(chain(n), chain_point(n), None)
    assert asked.point is not None
    point = {name: compile_tree(tree) for name, tree in asked.point.items()}
    request = EvidenceRequest(compile_tree(asked.tree), (point,), tuple((name,) for name in asked.wrt))
    with monkeypatch.context() as patch:
        patch.setattr(machine, "compute", counted)
        replies = list(answer(request))
    assert not [reply for reply in replies if isinstance(reply, Failed)]
    return count


def test_the_work_of_a_gradient_grows_as_the_sum_does(monkeypatch: pytest.MonkeyPatch) -> None:
    operations(5, monkeypatch)  # the first one computes what is kept
    few, more, most = (operations(n, monkeypatch) for n in (10, 20, 40))
    assert (most - more) == pytest.approx(2 * (more - few), rel=0.05)


def test_a_missing_gradient_in_one_of_many_terms_is_missing_there_alone() -> None:
    program = program_of("besselj(x0, y) + " + " + ".join(f"x{k}*x{k + 1}" for k in range(1, 9)))
    value, slopes = partials(program, dict.fromkeys(program.variables, 2.0), program.variables)
    assert value == pytest.approx(32.352834, abs=1e-6)
    assert [name for name, slope in slopes.items() if slope is None] == ["x0"]
    assert slopes["x2"] == 4
