"""Which derivatives a request asks for, and which requests make no sense."""

from __future__ import annotations

import math
from dataclasses import fields, replace
from itertools import combinations_with_replacement, groupby
from typing import TYPE_CHECKING, Any

from derivcli.errors import LimitError, PointError, UsageError
from derivcli.language.question import check_known
from derivcli.language.tree import ALONG, UNIT
from derivcli.model import Request
from derivcli.model.option import check_clash
from derivcli.model.options import OPTIONS, given

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from derivcli.language.derivatives import Asked
    from derivcli.language.question import Question
    from derivcli.model.option import Option
    from derivcli.witnesses.evidence import Wrt

_OPTIONS = [option for option in OPTIONS if option.key in {field.name for field in fields(Request)}]
_MOST = 10_000
_HIGHEST = 64
_HIGHEST_IMPLICIT = 12
_WIDEST = 1_000  # derivatives below a mixed one


def check(request: Request) -> None:
    """Raise `UsageError` for options that do not go together, `LimitError` for an order that is too high."""
    for fails, message, hint in _RULES:
        if fails(request):
            raise UsageError(message, hint=hint)
    _check_together(request, given(request, _OPTIONS))
    highest = _HIGHEST if request.implicit is None else _HIGHEST_IMPLICIT
    for order in (request.order, request.taylor or 0, *map(len, request.partial)):
        if order > highest:
            raise LimitError(f"order {order} is too high: the limit is {highest}")
    for names in request.partial:
        below = math.prod(1 + names.count(name) for name in set(names))
        if below > _WIDEST:
            raise LimitError(f"this mixed derivative has {below} derivatives below it: the limit is {_WIDEST}")


def joined(request: Request, notation: Asked, names: Sequence[str]) -> Request:
    """Return the request with what a notation such as `d/dx` asks for; raises `UsageError` where options say otherwise.

    A first derivative is as `--wrt`, one of higher order as `--partial`: it is asked for alone, unless `--order` says
    the same. `names` are the variables: a notation that names none is by the only one.
    """
    order = notation.order
    only = notation.names or (tuple(names) * order if len(names) == 1 else ())
    is_mixed = len(set(only)) > 1
    single = (only,) if is_mixed or (order > 1 and only and request.order != order) else ()
    asked: dict[str, Any] = {
        "wrt": notation.wrt if notation.names and not is_mixed else request.wrt,
        "order": 1 if single else order,
        "partial": single,
    }
    otherwise = {**asked, "along": None, "implicit": None}
    for option in given(request, _OPTIONS):
        if option.key in otherwise and getattr(request, option.key) != otherwise[option.key]:
            said = f"the expression and {option.flag} both say what to compute"
            raise UsageError(said, hint=f"leave out {option.flag}")
    return replace(request, **asked)


# What makes no sense, what is said of it, and the way out.
_RULES: tuple[tuple[Callable[[Request], bool], str, str], ...] = (
    (lambda r: r.order < 1, "the order must be a whole number, 1 or larger", "--order 2 gives f' and f''"),
    (
        lambda r: not all(r.partial),
        "a partial derivative needs a variable",
        "--partial x,x,y names what f is differentiated by, one after the other",
    ),
    (lambda r: (r.taylor or 0) < 0, "the order of a Taylor polynomial must be 0 or larger", "try --taylor 3"),
    (
        lambda r: r.near is not None and not r.verified,
        "--near and --verify off do not go together",
        "how far f is from its polynomial is found with many digits, which torch has not",
    ),
    (lambda r: r.along is not None and r.wrt is not None, "--along names its variables itself", "leave out --wrt"),
    (
        lambda r: r.implicit is not None and r.implicit in (r.wrt or ()),
        "--wrt names the variable that the equation makes a function of the others",
        "leave it out: --implicit y gives dy/dx",
    ),
)


def _check_together(request: Request, asked: Sequence[Option]) -> None:
    names = {option.name for option in asked}
    for option in asked:
        check_clash(option, asked, str(getattr(request, option.key)))
        if option.needs is not None and option.needs.name not in names:
            raise UsageError(f"{option.flag} {option.needs.said}", hint=option.needs.hint)


def targets(request: Request, asked: Question) -> list[Wrt]:
    """Return what each derivative is taken by, the lower orders first.

    Raises `LimitError` for too many, `PointError` for names that do not fit.
    """
    if request.along is not None:
        return [*((ALONG,) * n for n in range(1, request.order + 1)), (UNIT,)]
    certain = [_sorted(names, asked) for names in request.partial]
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
