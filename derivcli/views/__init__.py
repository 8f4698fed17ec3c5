"""What several derivatives make together: matrices, tangents, polynomials, differentials."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from derivcli import wording
from derivcli.model import Implicit, Kind, Total
from derivcli.views.exact import with_exact
from derivcli.views.hessian import hessian
from derivcli.views.linear import tangent, total
from derivcli.views.taylor import taylor

if TYPE_CHECKING:
    from derivcli.language.question import Question
    from derivcli.model import Request, Result
    from derivcli.testimony import Testimony

__all__ = ["add"]


def add(result: Result, request: Request, asked: Question, seen: Testimony) -> Result:
    """Return the result with the views that were asked for."""
    if request.implicit is not None:
        result = _with_curve(result, request.implicit)
    direction = None if seen.broken is None else seen.broken.paces
    broken = bool(direction)
    if direction:
        result = replace(result, broken_along=direction, notes=(*result.notes, wording.broken(direction)))
    result = with_exact(result, seen)
    views: dict[str, Any] = {
        "hessian": hessian(result, asked.wrt, seen) if request.hessian else None,
        "tangent": tangent(result, request.implicit, seen) if request.tangent and not broken else None,
        "taylor": None if request.taylor is None else taylor(result, request.taylor, asked.wrt, request.near, seen),
        "total": _total(result, request, broken=broken) if request.total or request.error is not None else None,
    }
    if any(views.values()):  # most questions ask for none
        result = replace(result, **views)
    missing = [] if broken else _missing(result, request)
    return replace(result, notes=(*result.notes, *missing)) if missing else result


def _total(result: Result, request: Request, *, broken: bool) -> Total:
    """Return the differential; where f is not differentiable it is none at the point, and errors do not carry over."""
    found = total(result, request.error)
    return Total(found.differential) if broken else found


def _missing(result: Result, request: Request) -> list[str]:
    """Say which view there is not."""
    notes = [wording.NO_TANGENT] if request.tangent and result.tangent is None else []
    polynomial = result.taylor is not None and result.taylor.polynomial is None
    return [*notes, wording.NO_POLYNOMIAL] if polynomial else notes


def _with_curve(result: Result, variable: str) -> Result:
    """Say by how much the point misses the equation."""
    miss = result.value.answer
    off = any(d.kind is Kind.OFF_CURVE for d in result.derivatives)
    note = [wording.rounded(miss)] if miss and not off else []
    return replace(result, implicit=Implicit(variable, miss), notes=(*result.notes, *note))
