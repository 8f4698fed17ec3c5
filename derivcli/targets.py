"""Which derivatives a request asks for, and which requests make no sense."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations_with_replacement, groupby
from typing import TYPE_CHECKING, Any

from derivcli.errors import LimitError, PointError, UsageError
from derivcli.language.question import check_known
from derivcli.language.tree import ALONG, UNIT
from derivcli.model import Device, Dtype

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from derivcli.language.derivatives import Asked
    from derivcli.language.question import Question
    from derivcli.model import Request

Wrt = tuple[str, ...]

_MOST = 10_000
_HIGHEST = 64
_HIGHEST_IMPLICIT = 12
_WIDEST = 1_000  # derivatives below a mixed one

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


def check(request: Request) -> None:
    """Raise `UsageError` for options that do not go together, `LimitError` for an order that is too high."""
    asked = [name for name in _OPTIONS if _is_asked(request, name)]
    _check_together(asked)
    _check_numerics(request, asked)
    for fails, message, hint in _RULES:
        if fails(request):
            raise UsageError(message, hint=hint)
    highest = _HIGHEST if request.implicit is None else _HIGHEST_IMPLICIT
    for order in (request.order, request.taylor or 0, *map(len, request.partials)):
        if order > highest:
            raise LimitError(f"order {order} is too high: the limit is {highest}")
    for names in request.partials:
        below = math.prod(1 + names.count(name) for name in set(names))
        if below > _WIDEST:
            raise LimitError(f"this mixed derivative has {below} derivatives below it: the limit is {_WIDEST}")


def joined(request: Request, notation: Asked) -> Request:
    """Return the request with what a notation such as `d/dx` asks for; raises `UsageError` where options say otherwise.

    One variable is as `--wrt` and `--order`, several are as `--partial`.
    """
    mixed = notation.partials
    asked: dict[str, Any] = {
        "wrt": notation.wrt if notation.names and not mixed else request.wrt,
        "order": 1 if mixed else notation.order,
        "partials": mixed,
    }
    nothing = {"wrt": (None,), "order": (1,), "partials": ((),)}
    clash = [name for name in asked if getattr(request, name) not in (asked[name], *nothing[name])]
    clash += [name for name in ("along", "implicit") if is_given(getattr(request, name))]
    if clash:
        option = "--wrt" if clash[0] == "wrt" else _OPTIONS[clash[0]]
        raise UsageError(f"the expression says itself what is asked, and {option} too", hint=f"leave out {option}")
    return replace(request, **asked)


_POINT = "add --at x=..."
# What makes no sense, what is said of it, and the way out.
_RULES: tuple[tuple[Callable[[Request], bool], str, str], ...] = (
    (lambda r: r.order < 1, "the order must be a whole number, 1 or larger", "--order 2 gives f' and f''"),
    (
        lambda r: not all(r.partials),
        "a partial derivative needs a variable",
        "--partial x,x,y names what f is differentiated by, one after the other",
    ),
    (lambda r: (r.taylor or 0) < 0, "the order of a Taylor polynomial must be 0 or larger", "try --taylor 3"),
    (lambda r: r.along is not None and r.wrt is not None, "--along names its variables itself", "leave out --wrt"),
    (
        lambda r: r.implicit is not None and r.implicit in (r.wrt or ()),
        "--wrt names the variable that the equation makes a function of the others",
        "leave it out: --implicit y gives dy/dx",
    ),
    (lambda r: r.tangent and r.at is None, "--tangent needs a point", _POINT),
    (lambda r: r.taylor is not None and r.at is None, "--taylor needs a point", f"{_POINT[:-3]}0"),
    (lambda r: r.errors is not None and r.at is None, "--error needs a point", _POINT),
    (lambda r: r.near is not None and r.taylor is None, "--near is the second point of --taylor", "add --taylor 2"),
)


def _check_numerics(request: Request, asked: Sequence[str]) -> None:
    for name, chosen, default in (("dtype", request.dtype, Dtype.FLOAT64), ("device", request.device, Device.CPU)):
        if chosen is not default and asked:
            raise UsageError(
                f"--{name} and {_OPTIONS[asked[0]]} do not go together",
                hint=f"--{name} {chosen} is for first derivatives",
            )


def _check_together(asked: Sequence[str]) -> None:
    for name in (name for name in asked if name in _GOES_WITH):
        clash = next((other for other in asked if other not in {name, *_GOES_WITH[name]}), None)
        if clash is not None:
            partners = " or ".join(_OPTIONS[other] for other in sorted(_GOES_WITH[name]))
            raise UsageError(
                f"{_OPTIONS[name]} and {_OPTIONS[clash]} do not go together",
                hint=f"{_OPTIONS[name]} goes with {partners}; ask for the other by itself",
            )


def _is_asked(request: Request, name: str) -> bool:
    if name == "total":
        return request.total or request.errors is not None
    return request.order != 1 if name == "order" else is_given(getattr(request, name))


def is_given(value: Any) -> bool:
    """Tell whether an option has been used: 0 is a value, unlike None, False and nothing in a row."""
    return value is not None and value is not False and value != ()


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
    check_known(names, asked.variables)
    for name in names:
        if name not in asked.wrt:
            raise PointError(f"`{name}` is held", hint=f"--wrt names only {', '.join(asked.wrt)}")


def _check_count(order: int, names: Wrt) -> None:
    count = math.comb(len(names) + order, order) - 1
    if order > 1 and count > _MOST:
        raise LimitError(
            f"{len(names)} variables have {count} derivatives up to order {order}: the limit is {_MOST}",
            hint="--wrt x,y differentiates by fewer variables, --partial x,x,y asks for single derivatives",
        )
