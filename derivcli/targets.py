"""Which derivatives a request asks for, and which requests make no sense."""

from __future__ import annotations

import math
from itertools import combinations_with_replacement, groupby
from typing import TYPE_CHECKING

from derivcli.errors import LimitError, PointError, UsageError
from derivcli.language.directions import ALONG, UNIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.language.question import Question
    from derivcli.model import Request

Wrt = tuple[str, ...]

_MOST = 10_000
_HIGHEST = 64

_OPTIONS = {
    "order": "--order",
    "partials": "--partial",
    "hessian": "--hessian",
    "along": "--along",
    "implicit": "--implicit",
    "tangent": "--tangent",
    "taylor": "--taylor",
    "total": "--total",
}
# What a directional or an implicit derivative can be asked for together with.
_GOES_WITH = {"along": {"order"}, "implicit": {"order", "tangent"}}
_NEEDS_POINT = ("tangent", "taylor")


def check(request: Request) -> None:
    """Raise `UsageError` for options that do not go together, `LimitError` for an order that is too high."""
    asked = [
        name for name in _OPTIONS if getattr(request, name) not in (None, False, ()) and not _is_first(request, name)
    ]
    for name in (name for name in asked if name in _GOES_WITH):
        clash = next((other for other in asked if other not in {name, *_GOES_WITH[name]}), None)
        if clash is not None:
            with_ = " or ".join(_OPTIONS[other] for other in sorted(_GOES_WITH[name]))
            raise UsageError(
                f"{_OPTIONS[name]} and {_OPTIONS[clash]} do not go together",
                hint=f"{_OPTIONS[name]} takes {with_}; ask for the other in a call of its own",
            )
    if request.along is not None and request.wrt is not None:
        raise UsageError("--along names its variables itself", hint="leave out --wrt")
    for name in _NEEDS_POINT:
        if request.at is None and name in asked:
            raise UsageError(f"{_OPTIONS[name]} needs a point", hint="add --at x=...")
    if request.near is not None and request.taylor is None:
        raise UsageError("--near is the second point of --taylor", hint="add --taylor 2")
    if request.errors is not None and request.at is None:
        raise UsageError("--error needs a point", hint="add --at x=...")
    for order in (request.order, request.taylor or 0, *map(len, request.partials)):
        if order > _HIGHEST:
            raise LimitError(f"order {order} is too high: the limit is {_HIGHEST}")
    if request.order < 1 or (request.taylor is not None and request.taylor < 0):
        raise UsageError("the order must be a whole number, 1 or larger", hint="--taylor may be 0")


def _is_first(request: Request, name: str) -> bool:
    return name == "order" and request.order == 1


def targets(request: Request, asked: Question) -> list[Wrt]:
    """Return what each derivative is taken by, the lower orders first.

    Raises `LimitError` for too many, `PointError` for names that do not fit.
    """
    if request.along is not None:
        return [*((ALONG,) * n for n in range(1, request.order + 1)), (UNIT,)]
    certain = [_sorted(names, asked) for names in request.partials]
    for names in certain:
        _check_names(names, asked)
    views = request.hessian or request.tangent or request.taylor is not None or request.total
    if certain and request.order == 1 and not views:
        return list(dict.fromkeys(certain))
    highest = max(request.order, 2 if request.hessian else 1, request.taylor or 0)
    _check_count(highest, asked.wrt)
    every = (t for n in range(1, highest + 1) for t in combinations_with_replacement(asked.wrt, n))
    return sorted(dict.fromkeys((*every, *certain)), key=len)


def name_of(wrt: Sequence[str], function: str = "f") -> str:
    """Return `df/dx`, `d3f/dx2dy`."""
    order = "" if len(wrt) == 1 else str(len(wrt))
    runs = [(name, len(list(run))) for name, run in groupby(wrt)]
    below = "".join(f"d{name}{count if count > 1 else ''}" for name, count in runs)
    return f"d{order}{function}/{below}"


def _sorted(names: Wrt, asked: Question) -> Wrt:
    """Return names in the order of the variables, strangers last."""
    return tuple(
        sorted(names, key=lambda n: asked.variables.index(n) if n in asked.variables else len(asked.variables))
    )


def _check_names(names: Wrt, asked: Question) -> None:
    for name in names:
        if name not in asked.variables:
            raise PointError(
                f"`{name}` does not occur in the expression",
                hint=f"its variables are {', '.join(asked.variables)}" if asked.variables else None,
                suggestions=asked.variables,
            )
        if name not in asked.wrt:
            raise PointError(f"`{name}` is held", hint=f"--wrt names only {', '.join(asked.wrt)}")


def _check_count(order: int, names: Wrt) -> None:
    count = math.comb(len(names) + order, order) - 1
    if order > 1 and count > _MOST:
        raise LimitError(
            f"{len(names)} variables have {count} derivatives up to order {order}: the limit is {_MOST}",
            hint="--wrt x,y differentiates by fewer variables, --partial x,x,y asks for single derivatives",
        )
