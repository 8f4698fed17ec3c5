"""The question and the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from derivcli.model.dtypes import Device, Dtype
from derivcli.model.statuses import Status
from derivcli.model.values import Derivative, Value, derivative_from_dict, derivative_to_dict, read_value, value_to_dict
from derivcli.model.views import Hessian, Implicit, Jacobian, Tangent, Taylor, Total

SCHEMA_VERSION = 1

_VIEWS: dict[str, type[Hessian | Implicit | Tangent | Taylor | Total]] = {
    "hessian": Hessian,
    "implicit": Implicit,
    "tangent": Tangent,
    "taylor": Taylor,
    "total": Total,
}


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

    Without more the first partial derivatives are asked for. `order` asks for all up to that order, `partial` for
    certain ones, `along` for those in a direction (a constant expression for each component) and `implicit` for those
    of a variable that the equation makes a function of the others. `hessian`, `tangent`, `taylor` (an order) and
    `total` ask for views; `near` is a second point for the Taylor polynomial, `error` holds standard uncertainties for
    the differential. `beside` names variables of other functions that are asked for at the same time.
    `dtype` and `device` are those of torch's first derivatives.
    """

    expression: str
    at: dict[str, str] | None = None
    wrt: tuple[str, ...] | None = None
    rtol: float = 1e-9
    atol: float = 1e-12
    timeout: float = 30.0
    order: int = 1
    partial: tuple[tuple[str, ...], ...] = ()
    hessian: bool = False
    along: dict[str, str] | None = None
    implicit: str | None = None
    tangent: bool = False
    taylor: int | None = None
    near: dict[str, str] | None = None
    total: bool = False
    error: dict[str, str] | None = None
    beside: tuple[str, ...] = ()
    dtype: Dtype = Dtype.FLOAT64
    device: Device = Device.CPU


@dataclass(frozen=True, slots=True)
class Result:
    """The answer. `at` holds float64 coordinates, `at_text` the same as they were typed.

    `notes` is all there is to say of the whole answer; `readings` are those of them that say how the text was read.
    """

    expression: str
    read_as: str
    variables: tuple[str, ...]
    at: dict[str, float] | None
    value: Value
    derivatives: tuple[Derivative, ...]
    status: Status
    at_text: dict[str, str] | None = None
    latex: str | None = None
    dtype: Dtype = Dtype.FLOAT64
    spot_checks: tuple[SpotCheck, ...] | None = None
    notes: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    limit_reached: str | None = None
    definitions: dict[str, str] | None = None
    hessian: Hessian | None = None
    implicit: Implicit | None = None
    tangent: Tangent | None = None
    taylor: Taylor | None = None
    total: Total | None = None
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
            "dtype": str(self.dtype),
            "value": value_to_dict(self.value),
            "derivatives": [derivative_to_dict(derivative) for derivative in self.derivatives],
            "status": str(self.status),
            "notes": list(self.notes),
            "readings": list(self.readings),
            "limit_reached": self.limit_reached,
        }
        if self.definitions is not None:
            data["definitions"] = dict(self.definitions)
        if self.spot_checks is not None:
            data["spot_checks"] = [{"at": dict(c.at), "status": str(c.status)} for c in self.spot_checks]
        data |= {name: view.to_dict() for name in _VIEWS if (view := getattr(self, name)) is not None}
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
            value=Value(**read_value(data["value"])),
            derivatives=tuple(derivative_from_dict(entry) for entry in data["derivatives"]),
            status=Status(data["status"]),
            at_text=data.get("at_text"),
            latex=data.get("latex"),
            dtype=Dtype(data["dtype"]),
            spot_checks=None if checks is None else tuple(SpotCheck(c["at"], Status(c["status"])) for c in checks),
            notes=tuple(data.get("notes", ())),
            readings=tuple(data.get("readings", ())),
            limit_reached=data.get("limit_reached"),
            definitions=data.get("definitions"),
            schema_version=data["schema_version"],
            **_views_from_dict(data),
        )


def _views_from_dict(data: dict[str, Any]) -> dict[str, Any]:
    return {name: view.from_dict(data[name]) for name, view in _VIEWS.items() if name in data}


@dataclass(frozen=True, slots=True)
class System:
    """The answer for several functions of the same variables; `status` is the worst of theirs."""

    functions: tuple[Result, ...]
    jacobian: Jacobian | None
    status: Status
    schema_version: int = field(default=SCHEMA_VERSION)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON contract."""
        return {
            "schema_version": self.schema_version,
            "functions": [function.to_dict() for function in self.functions],
            "jacobian": None if self.jacobian is None else self.jacobian.to_dict(),
            "status": str(self.status),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> System:
        """Read back what `to_dict` wrote."""
        matrix = data["jacobian"]
        return cls(
            functions=tuple(Result.from_dict(function) for function in data["functions"]),
            jacobian=None if matrix is None else Jacobian.from_dict(matrix),
            status=Status(data["status"]),
            schema_version=data["schema_version"],
        )
