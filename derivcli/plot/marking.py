"""What the witnesses say of one point -> the names and formulas of the curves, the marked point, the tangent there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from derivcli.document.words import verdict
from derivcli.model import Status
from derivcli.plot.shapes import Curve, Marked, Piece

if TYPE_CHECKING:
    from derivcli.model import Result, Value
    from derivcli.plot.shapes import Chart

_RAISED = ("", "", "²", "³", "⁴")


def derivative_name(letter: str, variable: str, order: int) -> str:
    """Return `df/dx`, `d²f/dx²`."""
    return f"d{_RAISED[order]}{letter}/d{variable}{_RAISED[order]}"


def named_and_marked(chart: Chart, result: Result | None, asked: str | None) -> Chart:
    """Return the chart with its derivatives named, and with its point where one was asked about, as it was typed."""
    values: list[Value] = [] if result is None else [result.value, *result.derivatives]
    slopes = []
    for order, curve in enumerate(chart.slopes, 1):
        found = result.derivatives[order - 1] if result and order <= len(result.derivatives) else None
        name = derivative_name(chart.letter, chart.span.name, order)
        formula, latex = (found.expression, found.latex) if found else (None, None)
        slopes.append(replace(curve, name=name, formula=formula, latex=latex))
    chart = replace(chart, slopes=tuple(slopes))
    if asked is None or result is None or not result.at:
        return chart
    curves = [replace(c, marked=v.answer) for c, v in zip(chart.curves, values, strict=False)]
    curves += chart.curves[len(curves) :]
    told = values[:1] if values[0].status is Status.UNDEFINED else values
    said = ", ".join(_said(curve.name, value) for curve, value in zip(curves, told, strict=False))
    point = Marked(result.at[chart.span.name], f"{chart.span.name} = {asked}: {said}", _tangent(chart, result))
    return replace(chart, function=curves[0], slopes=tuple(curves[1:]), point=point)


def _said(name: str, value: Value) -> str:
    """Return `f is 4`, `f is undefined (pole)`, `no df/dx (corner)`."""
    if value.answer is not None:
        return f"{name} is {value.answer:.6g}"
    kind = verdict(value).partition(": ")[2]
    said = f"{name} is undefined" if value.status is Status.UNDEFINED else f"no {name}"
    return f"{said} ({kind})" if kind else said


def _tangent(chart: Chart, result: Result) -> Curve | None:
    """Return the tangent over the whole range."""
    slope = result.derivatives[0].answer if result.derivatives else None
    if result.tangent is None or slope is None or result.value.answer is None or result.at is None:
        return None
    x = np.array([chart.span.low, chart.span.high])
    y = result.value.answer + slope * (x - result.at[chart.span.name])
    name = "tangent" if chart.is_alone else f"tangent of {chart.letter}"
    return Curve(name, result.tangent.equation, None, (Piece(x, y),), ())
