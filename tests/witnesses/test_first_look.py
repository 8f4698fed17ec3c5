"""A first look at a question: numbers from mpmath and by hand, and where it leaves all to a closer one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import arb
from mpmath import mp, mpf

from derivcli.witnesses import first_look
from derivcli.witnesses.asking.looks import LookRequest, SettledText
from derivcli.witnesses.evidence import SlopeEvidence, ValueEvidence
from derivcli.witnesses.protocol import line_of, reply_in, request_in
from derivcli.witnesses.replies import Direction, Done, Failed, Programs, SymbolicDerivative
from derivcli.witnesses.worker import answer
from tests.every import for_all

if TYPE_CHECKING:
    import pytest

    from derivcli.witnesses.replies import Reply


def replies(text: str, **point: str) -> list[Reply]:
    """Return what the worker says of f and of its slopes by all variables, its last word left out."""
    _, request, _ = request_in(line_of(1, LookRequest(text, point), 20))
    *found, done = (reply_in(line_of(1, each))[1] for each in answer(request))
    assert done == Done()
    return found


def reply(text: str, **point: str) -> Reply:
    """Return what the look says."""
    return replies(text, **point)[0]


def settled(text: str, **point: str) -> tuple[float, ...]:
    (found,) = replies(text, **point)
    assert isinstance(found, SettledText)
    return found.numbers


def fails(text: str, **point: str) -> bool:
    return isinstance(reply(text, **point), Failed)


@for_all(
    ("text", "point", "numbers"),
    [
        ("5x^4 + 3x^3", {"x": "2"}, (104, 196)),
        ("x*y^2", {"x": "3", "y": "-0.5"}, (0.75, 0.25, -3)),
        ("x^3", {"x": "0"}, (0, 0)),
        ("(x - 1/3)*y", {"x": "1/3", "y": "7"}, (0, 7, 0)),
        ("7 + 0*x", {"x": "1"}, (7, 0)),
        ("gelu(x)", {"x": "0"}, (0, 0.5)),
        ("where(x < 1, x, x^2)", {"x": "3"}, (9, 6)),
        ("abs(x)", {"x": "-2"}, (2, -1)),
    ],
)
def test_numbers_are_those_of_a_calculation_by_hand(
    text: str, point: dict[str, str], numbers: tuple[float, ...]
) -> None:
    assert settled(text, **point) == numbers


def test_numbers_are_the_float64_nearest_to_the_true_ones() -> None:
    for k in range(1, 20):
        with mp.workdps(40):
            x = mpf(k) / 10
            value, slope = mp.sin(x) * mp.exp(-x * x), (mp.cos(x) - 2 * x * mp.sin(x)) * mp.exp(-x * x)
        assert settled("sin(x)*exp(-x^2)", x=f"{k}/10") == (float(value), float(slope))


@for_all(
    ("text", "point"),
    [
        ("abs(x)", {"x": "0"}),  # a corner
        ("sqrt(x^4)", {"x": "0"}),  # has a slope that is proved from both sides alone
        ("log(x)", {"x": "-1"}),
        ("x^x", {"x": "0"}),  # 0^0, of which a reader has to know
        ("sin(x)^0 + x", {"x": "pi"}),  # the same, of a base that no ball shows to be 0
        ("where(x < 0, 1, x^2)", {"x": "0"}),  # a jump
        ("exp(x)", {"x": "-1000"}),  # too small for float64
        ("besselj(x, 2)", {"x": "1"}),  # by its order there is no slope in closed form
        ("x", {"x": "log(-1)"}),
    ],
)
def test_what_needs_a_closer_look_has_no_numbers(text: str, point: dict[str, str]) -> None:
    assert fails(text, **point)


@for_all(
    ("text", "point"),
    [
        ("3*sine(x)", {"x": "1"}),
        ("x*y", {"x": "1"}),  # no value of y
        ("d/dx x^2", {"x": "1"}),  # which says itself what is asked
        ("a = x^2; a + x", {"x": "1"}),
        ("x", {"x": "10^400"}),
    ],
)
def test_of_a_text_that_is_not_plain_nothing_more_is_said(text: str, point: dict[str, str]) -> None:
    (found,) = replies(text, **point)
    assert isinstance(found, Failed)


def test_a_look_that_fails_is_followed_by_all_the_evidence() -> None:
    kinds = [type(each) for each in replies("abs(x)*y", x="0", y="2")]
    assert kinds[:3] == [Failed, Programs, ValueEvidence]
    assert {SlopeEvidence, SymbolicDerivative, Direction} <= set(kinds)


def test_what_is_settled_says_how_the_text_was_read_and_what_torch_is_to_compute() -> None:
    found = reply("pi/2 + 2x^3*y", y="1/3", x="2")
    assert isinstance(found, SettledText)
    assert (found.read_as, found.wrt, found.notes) == ("pi/2 + 2*x**3*y", ("x", "y"), ())
    assert found.point == {"x": 2.0, "y": 0.3333333333333333}
    assert found.numbers == (1.5707963267948966 + 16 / 3, 8.0, 16.0)
    assert "1.5707963267948966" in {i.text for i in found.program.instructions}  # float64's pi/2


def test_a_long_program_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_look, "_LONGEST", 1)
    assert fails("sin(x)", x="1")


def test_a_symbolic_slope_that_is_another_one_settles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for wrong, is_another in ((0, False), (1e-12, True)):
        slopes = {"x": arb(1).cos() + wrong}
        monkeypatch.setattr(first_look, "symbolic_gradient", lambda *_, slopes=slopes: slopes)
        assert fails("sin(x)", x="1") == is_another
