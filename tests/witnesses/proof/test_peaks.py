"""Peaks that samples miss: functions whose peaks are known by hand, and others that have none to be found."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from flint import arb, ctx
from hypothesis import given
from hypothesis import strategies as st

from derivcli.witnesses.proof.numbers import UnprovedError
from derivcli.witnesses.proof.peaks import Peaks, peaks
from derivcli.witnesses.proof.zeros import Allowance
from tests.checks import program_of
from tests.every import examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(scope="module", autouse=True)
def no_clock() -> Iterator[None]:
    """Let the number of intervals end a search, not the time: a busy machine finds as much."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("derivcli.witnesses.proof.peaks._SECONDS", 60.0)
        yield


def seen(text: str, low: float, high: float) -> tuple[float, ...]:
    return peaks(program_of(text), "x", {}, (low, high))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("exp(-1e8*(x-0.3)^2)", [0.3]),
        ("x^2/10 - exp(-1e8*(x-0.3)^2)/10", [0.3]),  # whose top is at the end of a cell
        ("exp(-1e20*(x-0.3)^2)", [0.3]),
        ("1 - 2*exp(-1e8*(x-0.3)^2)", [0.3]),
        ("sin(x) + exp(-1e10*(x+0.7)^2)/2", [-0.7]),  # which stays below the height of the wave
        ("1e-9/(1e-18 + (x-0.3)^2) + x", [0.3]),
        ("exp(-1e10*(x-0.3)^2) - exp(-1e10*(x-0.6)^2)", [0.3, 0.6]),
        ("exp(-1e8*sin(5*x)^2)", [-math.pi / 5, 0.0, math.pi / 5]),
    ],
)
def test_a_peak_between_two_samples_is_found(text: str, places: list[float]) -> None:
    assert seen(text, -1, 1.0001) == pytest.approx(places, abs=1e-5)


@pytest.mark.parametrize(
    "text",
    [
        *("x^2", "sin(20*x)", "exp(x)", "tanh(1e5*(x-0.3))", "3", "0*x", "abs(x-0.3)", "x^3-3*x", "sin(x)/x"),
        *("1/x", "tan(10*x)", "log(x)", "sqrt(x)", "floor(5*x)", "1/(x-0.3)^2", "sin(1/x)", "gamma(x)"),
        *("abs(sin(1/x))", "sin(1e6*x)", "exp(-1e8*sin(1e3*x)^2)"),  # a wave has too many
    ],
)
def test_what_samples_show_is_no_peak(text: str) -> None:
    assert seen(text, -1, 1.0001) == ()


@examples(10, 300)
@given(st.floats(-0.9, 0.9), st.integers(4, 10), st.sampled_from([-3.0, -0.1, 0.1, 1.0]))
def test_a_bell_is_found_wherever_it_stands(place: float, narrow: int, height: float) -> None:
    (found,) = seen(f"x^2/10 + {height!r}*exp(-1e{2 * narrow}*(x - {place!r})^2)", -1, 1)
    assert abs(found - place) < 10.0**-narrow


@dataclass
class Made:
    """A function without a slope."""

    of: Callable[[Any], Any]

    def value(self, x: Any) -> Any:
        """Return its values."""
        return self.of(x)

    def both(self, x: Any) -> Any:
        """Return its values, and that no slope is known."""
        return self.of(x), None


def looked(of: Callable[[Any], Any], work: int) -> tuple[float, ...]:
    with ctx.workprec(64):
        return Peaks(Made(of), -1.0, 1.0, Allowance(work, time.thread_time() + 60)).found()


def bell(x: Any) -> Any:
    return (-(arb(10) ** 12) * (x - arb("0.3")) ** 2).exp()


def test_without_a_slope_a_peak_is_found_too() -> None:
    assert looked(bell, 4_000) == pytest.approx((0.3,), abs=1e-6)


def test_a_search_ends_when_its_work_is_over() -> None:
    assert looked(bell, 3) == ()


def test_next_to_where_there_is_no_value_nothing_is_looked_for() -> None:
    def function(x: Any) -> Any:
        if not x > 0.5:
            raise UnprovedError
        return bell(x)

    assert looked(function, 4_000) == ()
