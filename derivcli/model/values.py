"""One number and what the witnesses say of it, and how that is written in JSON."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from derivcli.model.statuses import CauseKind, Kind, Status


@dataclass(frozen=True, slots=True)
class Sides:
    """Two one-sided limits; None where there is none, infinite where it grows without bound."""

    left: float | None
    right: float | None


@dataclass(frozen=True, slots=True)
class Cause:
    """Where a wrong number starts: a part of the expression, and its `span` in `read_as` if it stands there."""

    kind: CauseKind
    expression: str
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """One number and what the witnesses say of it.

    `answer` is the number to use, or None where there is none. `digits` is the reference as decimal text. `note`
    says in plain words what a reader must know; where autograd is wrong, `cause` says where that starts, and `rewrite`
    is another form of f that float64 computes right.
    """

    status: Status | None = None
    answer: float | None = None
    autograd: float | None = None
    symbolic: float | None = None
    quotient: float | None = None
    kind: Kind | None = None
    abs_error: float | None = None
    rel_error: float | None = None
    digits: str | None = None
    note: str | None = None
    limit: Sides | None = None
    cause: Cause | None = None
    rewrite: str | None = None


@dataclass(frozen=True, slots=True)
class Derivative(Value):
    """A partial derivative: a `Value` with its symbolic form and its one-sided slopes.

    `along` is the direction of a directional derivative; its `wrt` are then the variables that move.
    """

    wrt: tuple[str, ...] = ()
    name: str = ""
    expression: str | None = None
    latex: str | None = None
    left: float | None = None
    right: float | None = None
    along: dict[str, float] | None = None


def _put(data: dict[str, Any], key: str, number: float | None) -> None:
    """Store a number strictly: what JSON cannot hold becomes None and a word beside it."""
    finite = number is None or math.isfinite(number)
    data[key] = number if finite else None
    if number is not None and not finite:
        data[f"{key}_special"] = "nan" if math.isnan(number) else "inf" if number > 0 else "-inf"


def _take(data: dict[str, Any], key: str) -> float | None:
    special = data.get(f"{key}_special")
    number: float | None = float(special) if special is not None else data.get(key)
    return number


_NUMBERS = ("answer", "autograd", "symbolic", "quotient")
_ERRORS = ("abs_error", "rel_error")


def value_to_dict(value: Value) -> dict[str, Any]:
    """Return a value as JSON has it."""
    data: dict[str, Any] = {}
    for key in _NUMBERS:
        _put(data, key, getattr(value, key))
    _put_verdict(data, value)
    return data


def derivative_to_dict(derivative: Derivative) -> dict[str, Any]:
    """Return a derivative as JSON has it."""
    data: dict[str, Any] = {
        "wrt": list(derivative.wrt),
        "name": derivative.name,
        "expression": derivative.expression,
        "latex": derivative.latex,
    }
    for key in (*_NUMBERS, "left", "right"):
        _put(data, key, getattr(derivative, key))
    _put_verdict(data, derivative)
    if derivative.along is not None:
        data["along"] = dict(derivative.along)
    return data


def _put_verdict(data: dict[str, Any], value: Value) -> None:
    data["status"] = None if value.status is None else str(value.status)
    data["kind"] = None if value.kind is None else str(value.kind)
    for key in _ERRORS:
        _put(data, key, getattr(value, key))
    data["digits"] = value.digits
    data["note"] = value.note
    data["cause"] = None if value.cause is None else _cause_to_dict(value.cause)
    data["rewrite"] = value.rewrite
    if value.limit is not None:
        limit: dict[str, Any] = {}
        _put(limit, "left", value.limit.left)
        _put(limit, "right", value.limit.right)
        data["limit"] = limit


def _cause_to_dict(cause: Cause) -> dict[str, Any]:
    span = None if cause.span is None else list(cause.span)
    return {"kind": str(cause.kind), "expression": cause.expression, "span": span}


def _cause_from_dict(data: dict[str, Any]) -> Cause:
    span = data["span"]
    return Cause(CauseKind(data["kind"]), data["expression"], None if span is None else (span[0], span[1]))


def read_value(data: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a value from JSON."""
    limit, cause = data.get("limit"), data.get("cause")
    return {
        **{key: _take(data, key) for key in (*_NUMBERS, *_ERRORS)},
        "status": None if data["status"] is None else Status(data["status"]),
        "kind": None if data["kind"] is None else Kind(data["kind"]),
        "digits": data["digits"],
        "note": data["note"],
        "cause": None if cause is None else _cause_from_dict(cause),
        "rewrite": data.get("rewrite"),
        "limit": None if limit is None else Sides(_take(limit, "left"), _take(limit, "right")),
    }


def derivative_from_dict(data: dict[str, Any]) -> Derivative:
    """Read a derivative back."""
    return Derivative(
        **read_value(data),
        wrt=tuple(data["wrt"]),
        name=data["name"],
        expression=data["expression"],
        latex=data["latex"],
        left=_take(data, "left"),
        right=_take(data, "right"),
        along=data.get("along"),
    )
