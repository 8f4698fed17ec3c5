"""The derivatives of the last few questions are kept, and are what they were when they were taken."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic, thread_time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from derivcli.language.lowering import to_tree
from derivcli.language.printer import to_text
from derivcli.witnesses import derived as room
from derivcli.witnesses.derived import derived
from derivcli.witnesses.protocol import EvidenceRequest
from derivcli.witnesses.replies import SymbolicDerivative
from derivcli.witnesses.symbolic import Differentiator, OutgrownError
from derivcli.witnesses.tidy import work
from derivcli.witnesses.worker import answer
from tests.checks import program_of

if TYPE_CHECKING:
    from collections.abc import Iterator

POINT = {"x": program_of("2")}
REQUEST = EvidenceRequest(program_of("x^3*y"), ({**POINT, "y": program_of("5")},), (("x",), ("x", "x")))


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    room._kept.cache_clear()
    yield
    room._kept.cache_clear()


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return what has been differentiated by, one after the other."""
    seen: list[Any] = []
    differentiate = Differentiator.derivative

    def counted(self: Differentiator, wrt: Any, at: Any = None) -> Any:
        seen.append(wrt)
        return differentiate(self, wrt, at)

    monkeypatch.setattr(Differentiator, "derivative", counted)
    return seen


def forms(request: EvidenceRequest) -> dict[Any, tuple[str, str]]:
    """Return each derivative that the worker gives, with its value at the point."""
    found = [reply for reply in answer(request) if isinstance(reply, SymbolicDerivative)]
    return {
        form.wrt: (to_text(to_tree(form.shown or form.program)), form.values[0].text) for form in found if form.program
    }


def test_at_another_point_no_derivative_is_taken_again_and_its_value_is_another(taken: list[Any]) -> None:
    by_hand = {("x",): "3*x**2*y", ("x", "x"): "6*x*y"}
    elsewhere = replace(REQUEST, points=({"x": program_of("1"), "y": program_of("7")},))
    first, second = forms(REQUEST), forms(elsewhere)
    assert (
        {wrt: text for wrt, (text, _) in first.items()} == {wrt: text for wrt, (text, _) in second.items()} == by_hand
    )
    assert [float(value) for _, value in first.values()] == [60, 60]
    assert [float(value) for _, value in second.values()] == [21, 42]
    assert taken == list(by_hand)


@pytest.mark.parametrize(
    "other", [{"wrt": (("y",),)}, {"implicit": "y"}, {"at_zero": ("y",)}, {"raw": True}, {"unseen": True}]
)
def test_another_question_about_the_same_function_has_derivatives_of_its_own(other: dict[str, Any]) -> None:
    assert len(forms(REQUEST)) == 2
    first = derived(REQUEST)
    assert derived(replace(REQUEST, whole=True)) is first
    assert derived(replace(REQUEST, **other)) is not first
    assert derived(REQUEST) is first


def test_a_question_that_was_left_half_way_costs_a_later_one_no_form(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = EvidenceRequest(program_of("x^2 + sin(y)/y"), (), (("x",), ("y",)))
    replies = answer(asked)
    assert any(isinstance(reply, SymbolicDerivative) for reply in replies)  # that by x, and no more is read
    much_later = SimpleNamespace(thread_time=lambda: thread_time() + 1_000, monotonic=lambda: monotonic() + 1_000)
    monkeypatch.setattr(work, "time", much_later)
    by_hand = ["2*x", "cos(y)/y - sin(y)/y**2"]
    found = [reply for reply in answer(asked) if isinstance(reply, SymbolicDerivative)]
    assert [to_text(to_tree(form.shown)) for form in found if form.shown] == by_hand


def test_the_derivatives_of_the_last_sixteen_questions_are_kept() -> None:
    asked = [EvidenceRequest(program_of(f"x^{k}"), (), (("x",),)) for k in range(2, 19)]
    for request in asked:
        derived(request).form(("x",))
    kept = [request for request in reversed(asked) if derived(request)._found]
    assert kept == asked[:0:-1]


def test_those_of_a_long_function_are_not_kept() -> None:
    long = replace(REQUEST, program=program_of("+".join(f"x^{k}" for k in range(2, 1_100))))
    assert derived(long) is not derived(long)


def test_a_derivative_that_was_too_much_once_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OutgrownError

    with monkeypatch.context() as patch:
        patch.setattr(Differentiator, "derivative", fails)
        assert derived(REQUEST).form(("x",)).outgrown
    assert not derived(REQUEST).form(("x",)).outgrown


def test_where_the_memory_runs_out_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = derived(REQUEST)

    def fails(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(Differentiator, "derivative", fails)
    with pytest.raises(MemoryError):
        kept.form(("x",))
    assert derived(REQUEST) is not kept
