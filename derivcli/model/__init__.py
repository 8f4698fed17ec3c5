"""The question and the answer: frozen dataclasses that are the JSON contract (`result.schema.json`)."""

from __future__ import annotations

from derivcli.model.dtypes import Device, Dtype
from derivcli.model.result import SCHEMA_VERSION, Request, Result, SpotCheck, System
from derivcli.model.statuses import CauseKind, Kind, Status, worst
from derivcli.model.values import Cause, Derivative, Sides, Value
from derivcli.model.views import (
    Coefficient,
    Contribution,
    Hessian,
    Implicit,
    Jacobian,
    Near,
    PointKind,
    Tangent,
    Taylor,
    Total,
)

__all__ = [
    "SCHEMA_VERSION",
    "Cause",
    "CauseKind",
    "Coefficient",
    "Contribution",
    "Derivative",
    "Device",
    "Dtype",
    "Hessian",
    "Implicit",
    "Jacobian",
    "Kind",
    "Near",
    "PointKind",
    "Request",
    "Result",
    "Sides",
    "SpotCheck",
    "Status",
    "System",
    "Tangent",
    "Taylor",
    "Total",
    "Value",
    "worst",
]
