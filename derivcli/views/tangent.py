"""The tangent line, plane or hyperplane of a graph or of a curve, and its normal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.model import Kind, Tangent
from derivcli.views.texts import Term, known, linear, signed

if TYPE_CHECKING:
    from derivcli.model import Result

_HEIGHTS = ("y", "z", "w", "f")


def tangent(result: Result, implicit: str | None) -> Tangent | None:
    """Return the view; None where a derivative is not known."""
    slopes = {d.wrt[0]: known(d) for d in result.derivatives if len(d.wrt) == 1}
    if implicit is not None:
        height, at_height = implicit, (result.at or {})[implicit]
    else:
        height = next(name for name in (*_HEIGHTS, *(f"f_{k}" for k in range(99))) if name not in result.variables)
        found = known(result.value)
        if found is None:
            return None
        at_height = found
    if any(slope is None for slope in slopes.values()):
        return _vertical(result, height, at_height)
    place = {name: (result.at or {})[name] for name in slopes}
    terms = [Term(slope or 0.0, name, place[name]) for name, slope in slopes.items()]
    equation = f"{height} = {linear(at_height, terms)}"
    normal = (*(slope or 0.0 for slope in slopes.values()), -1.0)
    return Tangent(equation, _normal_line(height, at_height, terms), normal)


def _vertical(result: Result, height: str, at_height: float) -> Tangent | None:
    """Return the vertical tangent of a curve or a graph; None where there is none."""
    slope, *others = (d for d in result.derivatives if len(d.wrt) == 1)
    if others or slope.kind not in (Kind.VERTICAL_TANGENT, Kind.CUSP):
        return None
    (name,) = slope.wrt
    place = (result.at or {})[name]
    return Tangent(f"{name} = {signed(place)}", f"{height} = {signed(at_height)}", (1.0, 0.0))


def _normal_line(height: str, at_height: float, terms: list[Term]) -> str:
    """Return the normal of a curve as an equation, that of a surface by a parameter."""
    if len(terms) == 1:
        (term,) = terms
        if term.factor == 0:
            return f"{term.name} = {signed(term.place)}"
        return f"{height} = {linear(at_height, [Term(-1 / term.factor, term.name, term.place)])}"
    parameter = next(name for name in ("t", "s", "r", "u") if name not in {height, *(term.name for term in terms)})
    rows = [f"{term.name} = {linear(term.place, [Term(term.factor, parameter, 0.0)])}" for term in terms]
    return ", ".join([*rows, f"{height} = {linear(at_height, [Term(-1.0, parameter, 0.0)])}"])
