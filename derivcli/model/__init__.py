"""The question and the answer: frozen dataclasses that are the JSON contract (`result.schema.json`).

Their modules are imported on use: what has no answer, such as `--help` or a syntax error, needs none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from derivcli.model.choices import Device, Dtype
    from derivcli.model.result import SCHEMA_VERSION, Request, Result, SpotCheck, System
    from derivcli.model.statuses import CauseKind, Kind, PointKind, Proof, Status, worst
    from derivcli.model.steps import AnswerCheck, Step
    from derivcli.model.values import Cause, Derivative, Sides, Value
    from derivcli.model.views import (
        Coefficient,
        Contribution,
        Hessian,
        Implicit,
        Jacobian,
        Near,
        Tangent,
        Taylor,
        Total,
    )

_HOMES = {
    "choices": ("Device", "Dtype"),
    "result": ("SCHEMA_VERSION", "Request", "Result", "SpotCheck", "System"),
    "statuses": ("CauseKind", "Kind", "PointKind", "Proof", "Status", "worst"),
    "steps": ("AnswerCheck", "Step"),
    "values": ("Cause", "Derivative", "Sides", "Value"),
    "views": (
        "Coefficient",
        "Contribution",
        "Hessian",
        "Implicit",
        "Jacobian",
        "Near",
        "Tangent",
        "Taylor",
        "Total",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "SCHEMA_VERSION",
    "AnswerCheck",
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
    "Proof",
    "Request",
    "Result",
    "Sides",
    "SpotCheck",
    "Status",
    "Step",
    "System",
    "Tangent",
    "Taylor",
    "Total",
    "Value",
    "worst",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = found
    return found
