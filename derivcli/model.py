"""The question and the answer: frozen dataclasses that are the JSON contract (`result.schema.json`)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

SCHEMA_VERSION = 1


class Status(StrEnum):
    """How far a number can be trusted; see the README for the words."""

    AGREE = "agree"
    UNVERIFIED = "unverified"
    DIFFER = "differ"
    NOT_DIFFERENTIABLE = "not_differentiable"
    UNDEFINED = "undefined"

    @property
    def severity(self) -> int:
        """0 for `agree` up to 4 for `undefined`."""
        return list(Status).index(self)


class Kind(StrEnum):
    """Why there is no derivative, or no value."""

    CORNER = "corner"
    CUSP = "cusp"
    VERTICAL_TANGENT = "vertical_tangent"
    JUMP = "jump"
    ONE_SIDED = "one_sided"
    OSCILLATING = "oscillating"
    POLE = "pole"
    REMOVABLE = "removable"
    OUTSIDE_DOMAIN = "outside_domain"
    ISOLATED = "isolated"


class CauseKind(StrEnum):
    """What makes a number of autograd's wrong: in the value of a part, or in its slope where the values are right."""

    OVERFLOW = "overflow"
    UNDERFLOW = "underflow"
    CANCELLATION = "cancellation"
    ROUNDING = "rounding"
    ABSORPTION = "absorption"
    DOMAIN = "domain"
    NO_NUMBER = "no_number"
    BRANCH = "branch"
    INEXACT = "inexact"
    ONE_BRANCH = "one_branch"
    SUBGRADIENT = "subgradient"
    ZERO_TIMES_INFINITY = "zero_times_infinity"
    ZERO_BY_ZERO = "zero_by_zero"
    DIVISION_BY_ZERO = "division_by_zero"
    BACKWARD_RANGE = "backward_range"
    BACKWARD_CANCELLATION = "backward_cancellation"


def worst(statuses: list[Status]) -> Status:
    """Return the most severe status; `agree` for none."""
    return max(statuses, key=lambda status: status.severity, default=Status.AGREE)


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
    """A partial derivative: a `Value` with its symbolic form and its one-sided slopes."""

    wrt: tuple[str, ...] = ()
    name: str = ""
    expression: str | None = None
    latex: str | None = None
    left: float | None = None
    right: float | None = None


@dataclass(frozen=True, slots=True)
class SpotCheck:
    """A point the tool picked by itself, and the worst status there."""

    at: dict[str, float]
    status: Status


@dataclass(frozen=True, slots=True)
class Request:
    """The question: texts as they were typed, and the tolerances.

    `at` maps each variable to the text of its value (a constant expression), or is None for the symbolic
    derivatives alone. `timeout` is in seconds.
    """

    expression: str
    at: dict[str, str] | None = None
    wrt: tuple[str, ...] | None = None
    rtol: float = 1e-9
    atol: float = 1e-12
    timeout: float = 30.0


@dataclass(frozen=True, slots=True)
class Result:
    """The answer. `at` holds float64 coordinates, `at_text` the same as they were typed."""

    expression: str
    read_as: str
    variables: tuple[str, ...]
    at: dict[str, float] | None
    value: Value
    derivatives: tuple[Derivative, ...]
    status: Status
    at_text: dict[str, str] | None = None
    latex: str | None = None
    dtype: str = "float64"
    spot_checks: tuple[SpotCheck, ...] | None = None
    notes: tuple[str, ...] = ()
    limit_reached: str | None = None
    schema_version: int = field(default=SCHEMA_VERSION)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON contract: plain types, non-finite numbers as None with a `..._special` sibling."""
        data: dict[str, Any] = {
            "schema_version": self.schema_version,
            "expression": self.expression,
            "read_as": self.read_as,
            "latex": self.latex,
            "variables": list(self.variables),
            "at": None if self.at is None else dict(self.at),
            "at_text": None if self.at_text is None else dict(self.at_text),
            "dtype": self.dtype,
            "value": _value_to_dict(self.value),
            "derivatives": [_derivative_to_dict(derivative) for derivative in self.derivatives],
            "status": str(self.status),
            "notes": list(self.notes),
            "limit_reached": self.limit_reached,
        }
        if self.spot_checks is not None:
            data["spot_checks"] = [{"at": dict(c.at), "status": str(c.status)} for c in self.spot_checks]
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Result:
        """Read back what `to_dict` wrote."""
        checks = data.get("spot_checks")
        return cls(
            expression=data["expression"],
            read_as=data["read_as"],
            variables=tuple(data["variables"]),
            at=data["at"],
            value=Value(**_read_numbers(data["value"])),
            derivatives=tuple(_derivative_from_dict(entry) for entry in data["derivatives"]),
            status=Status(data["status"]),
            at_text=data.get("at_text"),
            latex=data.get("latex"),
            dtype=data["dtype"],
            spot_checks=None if checks is None else tuple(SpotCheck(c["at"], Status(c["status"])) for c in checks),
            notes=tuple(data.get("notes", ())),
            limit_reached=data.get("limit_reached"),
            schema_version=data["schema_version"],
        )


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


def _value_to_dict(value: Value) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key in _NUMBERS:
        _put(data, key, getattr(value, key))
    _put_verdict(data, value)
    return data


def _derivative_to_dict(derivative: Derivative) -> dict[str, Any]:
    data: dict[str, Any] = {
        "wrt": list(derivative.wrt),
        "name": derivative.name,
        "expression": derivative.expression,
        "latex": derivative.latex,
    }
    for key in (*_NUMBERS, "left", "right"):
        _put(data, key, getattr(derivative, key))
    _put_verdict(data, derivative)
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


def _read_numbers(data: dict[str, Any]) -> dict[str, Any]:
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


def _derivative_from_dict(data: dict[str, Any]) -> Derivative:
    return Derivative(
        **_read_numbers(data),
        wrt=tuple(data["wrt"]),
        name=data["name"],
        expression=data["expression"],
        latex=data["latex"],
        left=_take(data, "left"),
        right=_take(data, "right"),
    )
