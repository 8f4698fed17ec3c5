"""The words that every format shares: verdicts, numbers, one-sided slopes and limits, remarks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from derivcli.document.model import CheckedSpots, Coordinates, Formula, Symbol
from derivcli.language.numbers import shortest
from derivcli.model import Derivative, Status
from derivcli.model.statuses import Beside
from derivcli.wording.kinds import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from derivcli.document.model import Piece, Sentence
    from derivcli.model import Result, Value

_LARGE = 1e9  # from here on two digits are `1e+09`; as a float they would be written out with zeros
_PROVED = ", proved"
NO_VARIABLES = "no variables, so there is nothing to differentiate"
CHECKS = "spot checks against autograd"
LEFT_LESS_RIGHT = "left side - right side"
NOT_CHECKED = "not checked against autograd at any point"

_STATUS = {
    Status.AGREE: "agree",
    Status.UNVERIFIED: "unverified",
    Status.DIFFER: "differ",
    Status.NOT_DIFFERENTIABLE: "no derivative",
    Status.UNDEFINED: "undefined",
}


def no_form(result: Result, derivative: Derivative) -> str:
    """Say why a derivative has no formula: for a high one it may only be too long."""
    if result.limit_reached is not None:
        return "not found within the limit"
    return "no formula found" if is_high(derivative) else "no closed form"


def is_high(derivative: Derivative) -> bool:
    """Say whether it is more than a first derivative."""
    return derivative.order > 1


def verdict(value: Value) -> str:
    """Return the status in words: `no derivative: corner`."""
    if value.status is None:
        return ""
    kind = "" if value.kind is None else f": {words_of(value.kind, value.beside).short}"
    return _STATUS[value.status] + kind + (_PROVED if value.status is Status.AGREE and value.proof else "")


def status_word(status: Status) -> str:
    """Return a bare status in words."""
    return _STATUS[status]


def number(value: float, infinity: str = "inf") -> str:
    """Return the shortest text of a float, and an infinity as the format has it."""
    if math.isinf(value):
        return infinity if value > 0 else f"-{infinity}"
    return shortest(value)


def shown(what: Piece, *, unicode: bool) -> str:
    """Return a piece of a document as text for a terminal, a name in Unicode where that can be shown."""
    return what.pretty if unicode and isinstance(what, Symbol) else plain(what)


def plain(what: Piece, infinity: str = "inf") -> str:
    """Return a piece of a document as plain text."""
    if isinstance(what, str):
        return what
    if isinstance(what, Formula):
        return what.text
    if isinstance(what, Symbol):
        return what.plain
    if isinstance(what, Coordinates):
        return ", ".join(f"{name.plain} = {number(value, infinity)}" for name, value in what.at)
    return ", ".join(map(number, what)) if isinstance(what, tuple) else number(what, infinity)


def difference(value: Value) -> str | float | None:
    """Return the relative difference from autograd's number to two digits; the absolute one where the true one is 0."""
    rounds_to_0 = value.answer == 0 == value.autograd  # 4e-391 has no other float64
    error = value.abs_error if value.rel_error is None or rounds_to_0 else value.rel_error
    if error is None or error == math.inf:
        return error
    short = f"{error:.2g}"
    return short if error >= _LARGE else float(short)


def coordinate(value: float, text: str | None) -> str:
    """Return a coordinate as typed, with the float after it where the text is not a plain number."""
    shown = number(value) if text is None else text
    return shown if _is_plain(shown) else f"{shown} ({number(value)})"


def point(at: Mapping[str, float], texts: Mapping[str, str]) -> str:
    """Return the point: `x = 2, y = pi/4 (0.7853981633974483)`."""
    return ", ".join(f"{name} = {coordinate(value, texts.get(name))}" for name, value in at.items())


def place_text(at: Mapping[str, float]) -> str:
    """Return a point or a direction of which only the numbers are known: `x = 1, y = 2.5`."""
    return ", ".join(f"{name} = {number(value)}" for name, value in at.items())


def readings(results: Iterable[Result]) -> list[str]:
    """Return how the text was read where a person might read it otherwise, each once: a reader has to know it first."""
    return list(dict.fromkeys(note for result in results for note in result.readings))


def notes(results: Iterable[Result]) -> list[str]:
    """Return what else there is to say of the whole answer, each once."""
    return list(dict.fromkeys(note for result in results for note in result.notes if note not in result.readings))


def spot_checks(result: Result) -> tuple[CheckedSpots, ...]:
    """Return each status that was found and where: `x = -1.5, 0.5` or `(x, y) = (1, 2), (3, 4)`."""
    found: dict[tuple[Status, str], list[str]] = {}
    for check in result.spot_checks or ():
        where = found.setdefault((check.status, _tuple(check.at)), [])
        where.append(_tuple(map(number, check.at.values())))
    return tuple(
        CheckedSpots(status, status_word(status), f"{names} = {', '.join(points)}")
        for (status, names), points in found.items()
    )


def _tuple(items: Iterable[str]) -> str:
    several = list(items)
    return several[0] if len(several) == 1 else f"({', '.join(several)})"


def _is_plain(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def sides(value: Value) -> Sentence:
    """Return the one-sided slopes where there is no derivative, or one-sided limits where they are known."""
    if isinstance(value, Derivative) and value.status is Status.NOT_DIFFERENTIABLE:
        ways = ("left", "right") if value.along is None else ("backward", "forward")
        return _both("derivative" if is_high(value) else "slope", value.left, value.right, ways)
    limit = value.limit
    if limit is None:
        return ()
    if limit.left is not None and limit.left == limit.right:
        return ("limit ", limit.left, " in all directions" if value.beside is Beside.TOGETHER else " from both sides")
    return _both("limit", limit.left, limit.right, ("left", "right"), is_open=value.beside is Beside.OPEN)


def _both(
    what: str, left: float | None, right: float | None, ways: tuple[str, str], *, is_open: bool = False
) -> Sentence:
    """Return what is there on two sides; where it `is_open`, a side without a number is not known."""
    if left is None and right is None:
        return ()
    back, on = ways
    return (*_side(back, what, left, is_open), ", ", *_side(on, what, right, is_open))


def _side(side: str, what: str, value: float | None, is_open: bool) -> Sentence:
    if value is None:
        return (f"{side} {what} not known",) if is_open else (f"no {side} {what}",)
    return (f"{side} {what} ", value)
