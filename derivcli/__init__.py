"""A derivative calculator whose answers are held against three witnesses.

>>> from derivcli import differentiate
>>> differentiate("x**2*y", at={"x": 2, "y": 3}).derivatives[0].answer
12.0
"""

from __future__ import annotations

TYPE_CHECKING = False  # spares `python -m derivcli` an import before the current folder is off the path
if TYPE_CHECKING:
    from typing import Any

    from derivcli.api import differentiate
    from derivcli.errors import (
        DerivError,
        EquationError,
        ExpressionError,
        InternalError,
        LimitError,
        OutputError,
        PointError,
        UnknownNameError,
        UsageError,
        WorkerError,
    )
    from derivcli.model import Derivative, Kind, Result, Sides, SpotCheck, Status, Value

__version__ = "0.2.0"

__all__ = [
    "DerivError",
    "Derivative",
    "EquationError",
    "ExpressionError",
    "InternalError",
    "Kind",
    "LimitError",
    "OutputError",
    "PointError",
    "Result",
    "Sides",
    "SpotCheck",
    "Status",
    "UnknownNameError",
    "UsageError",
    "Value",
    "WorkerError",
    "__version__",
    "differentiate",
]

_HOMES = {
    "differentiate": "derivcli.api",
    **dict.fromkeys(("Derivative", "Kind", "Result", "Sides", "SpotCheck", "Status", "Value"), "derivcli.model"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES.get(name, "derivcli.errors")), name)
