"""What samples are built from."""

from __future__ import annotations

from typing import Any

from derivcli.model import Derivative, Result, Status, Value


def agreed(number: float) -> dict[str, Any]:
    """The fields of a number on which all witnesses agree."""
    numbers = dict.fromkeys(("answer", "autograd", "symbolic", "quotient"), number)
    return {**numbers, "status": Status.AGREE, "abs_error": 0.0, "rel_error": 0.0, "digits": repr(number)}


def higher(*wrt: str, above: str = "f", **fields: Any) -> Derivative:
    """A derivative of any order."""
    below = "".join(f"d{name}{n if (n := wrt.count(name)) > 1 else ''}" for name in dict.fromkeys(wrt))
    return Derivative(wrt=wrt, name=f"d{len(wrt) if len(wrt) > 1 else ''}{above}/{below}", **fields)


def derivative(variable: str = "x", **fields: Any) -> Derivative:
    return Derivative(wrt=(variable,), name=f"df/d{variable}", **fields)


def result(read_as: str, at: dict[str, str] | None, value: Value, *derivatives: Derivative, **more: Any) -> Result:
    fields: dict[str, Any] = {
        "expression": read_as,
        "read_as": read_as,
        "variables": tuple(at or {}),
        "at": None if at is None else {name: float(text) for name, text in at.items()},
        "at_text": at,
        "status": max((v.status or Status.AGREE for v in (value, *derivatives)), key=lambda s: s.severity),
    }
    return Result(value=value, derivatives=derivatives, **{**fields, **more})
