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
    from derivcli.batch.answering import differentiate_many
    from derivcli.batch.queries import Answered, Query
    from derivcli.errors import (
        DerivError,
        EquationError,
        ExpressionError,
        InternalError,
        LimitError,
        MissingPartError,
        OutputError,
        PointError,
        UnknownNameError,
        UsageError,
        WorkerError,
    )
    from derivcli.explanations.asking import check, explain
    from derivcli.graphs.asking import AutogradGraph, graph
    from derivcli.model import (
        AnswerCheck,
        Derivative,
        Hessian,
        Implicit,
        Jacobian,
        Kind,
        Result,
        Sides,
        SpotCheck,
        Status,
        Step,
        System,
        Tangent,
        Taylor,
        Total,
        Value,
    )
    from derivcli.streaming import tabulate_batches
    from derivcli.table import Table, tabulate

__version__ = "0.4.0"

__all__ = [
    "AnswerCheck",
    "Answered",
    "AutogradGraph",
    "DerivError",
    "Derivative",
    "EquationError",
    "ExpressionError",
    "Hessian",
    "Implicit",
    "InternalError",
    "Jacobian",
    "Kind",
    "LimitError",
    "MissingPartError",
    "OutputError",
    "PointError",
    "Query",
    "Result",
    "Sides",
    "SpotCheck",
    "Status",
    "Step",
    "System",
    "Table",
    "Tangent",
    "Taylor",
    "Total",
    "UnknownNameError",
    "UsageError",
    "Value",
    "WorkerError",
    "__version__",
    "check",
    "code",
    "differentiate",
    "differentiate_many",
    "explain",
    "graph",
    "tabulate",
    "tabulate_batches",
]

_HOMES = {
    "differentiate": "derivcli.api",
    "AutogradGraph": "derivcli.graphs.asking",
    **dict.fromkeys(("check", "explain"), "derivcli.explanations.asking"),
    "graph": "derivcli.graphs.asking",
    "differentiate_many": "derivcli.batch.answering",
    **dict.fromkeys(("Answered", "Query"), "derivcli.batch.queries"),
    "code": "derivcli.exports.asking",
    "Table": "derivcli.table",
    "tabulate": "derivcli.table",
    "tabulate_batches": "derivcli.streaming",
    **dict.fromkeys(
        ("AnswerCheck", "Derivative", "Kind", "Result", "Sides", "SpotCheck", "Status", "Step", "System", "Value"),
        "derivcli.model",
    ),
    **dict.fromkeys(("Hessian", "Implicit", "Jacobian", "Tangent", "Taylor", "Total"), "derivcli.model"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    import_module("derivcli.notebook")  # the command, which does not come in here, has no use for it
    return getattr(import_module(_HOMES.get(name, "derivcli.errors")), name)


def __dir__() -> list[str]:
    return sorted(__all__)
