"""The words that every format shares: verdicts, numbers, one-sided slopes and limits, remarks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from derivcli.model import Derivative, Kind, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from derivcli.model import Cause, Result, Sides, Value
    from derivcli.model.rows import Outline

_LARGE = 1e9
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

_KIND = {
    Kind.CORNER: "corner",
    Kind.CUSP: "cusp",
    Kind.VERTICAL_TANGENT: "vertical tangent",
    Kind.JUMP: "jump",
    Kind.ONE_SIDED: "one side only",
    Kind.OSCILLATING: "oscillating",
    Kind.POLE: "pole",
    Kind.REMOVABLE: "removable gap",
    Kind.OUTSIDE_DOMAIN: "outside the domain",
    Kind.ISOLATED: "isolated point",
    Kind.SINGULAR: "singular point",
    Kind.ORDER_MATTERS: "the order matters",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """What belongs to one number, or to several that share it: sentences, where autograd errs, a better form of f."""

    names: tuple[str, ...]
    sentences: tuple[str, ...]
    cause: Cause | None = None
    rewrite: str | None = None


def has_numbers(result: Result) -> bool:
    """Say whether the result stands at a point; a constant needs none."""
    return result.at is not None or not result.variables


def no_form(result: Result, derivative: Derivative) -> str:
    """Say why a derivative has no formula: for a high one it may only be too long."""
    if result.limit_reached is not None:
        return "not found within the limit"
    return "no formula found" if is_high(derivative) else "no closed form"


def is_high(derivative: Derivative) -> bool:
    """Say whether it is more than a first derivative."""
    return len(derivative.wrt) > 1 if derivative.along is None else "^" in derivative.name


def verdict(value: Value) -> str:
    """Return the status in words: `no derivative: corner`."""
    if value.status is None:
        return ""
    kind = "" if value.kind is None else f": {_KIND[value.kind]}"
    return _STATUS[value.status] + kind


def status_word(status: Status) -> str:
    """Return a bare status in words."""
    return _STATUS[status]


def number(value: float, infinity: str = "inf") -> str:
    """Return every digit that a float needs, and no more: `104`, `0.1`, `-inf`."""
    if math.isinf(value):
        return infinity if value > 0 else f"-{infinity}"
    return "0" if value == 0 else repr(float(value)).removesuffix(".0")


def difference(value: Value, infinity: str = "inf") -> str | None:
    """Return the difference from autograd's number to three digits: its size is what matters."""
    if value.abs_error is None or value.abs_error == math.inf:
        return None if value.abs_error is None else infinity
    short = f"{value.abs_error:.3g}"
    return short if value.abs_error >= _LARGE else number(float(short), infinity)


def coordinate(result: Result, name: str) -> str:
    """Return a coordinate as typed, with the float after it where the text is not a plain number."""
    value = (result.at or {})[name]
    text = (result.at_text or {}).get(name, number(value))
    return text if _is_plain(text) else f"{text} ({number(value)})"


def point(*results: Result) -> str:
    """Return the point: `x = 2, y = pi/4 (0.7853981633974483)`."""
    texts = {name: coordinate(result, name) for result in results for name in result.at or {}}
    return ", ".join(f"{name} = {text}" for name, text in texts.items())


def place(at: Mapping[str, float]) -> str:
    """Return a point or a direction of which only the numbers are known: `x = 1, y = 2.5`."""
    return ", ".join(f"{name} = {number(value)}" for name, value in at.items())


def remarks(named: Iterable[tuple[str, Value]], infinity: str = "inf") -> list[Remark]:
    """Return what there is to say beside the numbers; numbers that share their sentences share a remark."""
    shared: dict[tuple[tuple[str, ...], Cause | None, str | None], list[str]] = {}
    for name, value in named:
        sentences = tuple(filter(None, (value.note, sides(value, infinity))))
        if sentences:
            shared.setdefault((sentences, value.cause, value.rewrite), []).append(name)
    return [Remark(tuple(names), *what) for what, names in shared.items()]


def readings(results: Iterable[Result | Outline]) -> list[str]:
    """Return how the text was read where a person might read it otherwise, each once: a reader has to know it first."""
    return list(dict.fromkeys(note for result in results for note in result.readings))


def notes(results: Iterable[Result | Outline]) -> list[str]:
    """Return what else there is to say of the whole answer, each once."""
    return list(dict.fromkeys(note for result in results for note in result.notes if note not in result.readings))


def spot_checks(result: Result) -> list[tuple[Status, str]]:
    """Return each status that was found and where: `x = -1.5, 0.5` or `(x, y) = (1, 2), (3, 4)`."""
    found: dict[tuple[Status, str], list[str]] = {}
    for check in result.spot_checks or ():
        where = found.setdefault((check.status, _tuple(check.at)), [])
        where.append(_tuple(map(number, check.at.values())))
    return [(status, f"{names} = {', '.join(points)}") for (status, names), points in found.items()]


def _tuple(items: Iterable[str]) -> str:
    several = list(items)
    return several[0] if len(several) == 1 else f"({', '.join(several)})"


def _is_plain(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def sides(value: Value, infinity: str = "inf") -> str | None:
    """Return the one-sided slopes where there is no derivative, or one-sided limits where they are known."""
    if isinstance(value, Derivative) and value.status is Status.NOT_DIFFERENTIABLE:
        return _both(_what(value), value.left, value.right, infinity, _ways(value))
    return None if value.limit is None else _limits(value.limit, infinity)


def _limits(limit: Sides, infinity: str) -> str | None:
    if limit.left is not None and limit.left == limit.right:
        return f"limit {number(limit.left, infinity)} from both sides"
    return _both("limit", limit.left, limit.right, infinity)


def _what(derivative: Derivative) -> str:
    """Return the word for a one-sided derivative: a slope if it is a first one."""
    return "derivative" if is_high(derivative) else "slope"


def _ways(derivative: Derivative) -> tuple[str, str]:
    """Return what the two sides are called: along a direction there is a way back and a way on."""
    return ("left", "right") if derivative.along is None else ("backward", "forward")


def _both(
    what: str, left: float | None, right: float | None, infinity: str, ways: tuple[str, str] = ("left", "right")
) -> str | None:
    if left is None and right is None:
        return None
    back, on = ways
    return f"{_side(back, what, left, infinity)}, {_side(on, what, right, infinity)}"


def _side(side: str, what: str, value: float | None, infinity: str) -> str:
    return f"no {side} {what}" if value is None else f"{side} {what} {number(value, infinity)}"
