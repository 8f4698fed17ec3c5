"""Questions in the words of the command line, and what comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from derivcli.calculator import calculate
from derivcli.model import Kind, Request, Status

if TYPE_CHECKING:
    from derivcli.model import Derivative, Result

Sides = tuple[float | None, float | None]


def point(text: str) -> dict[str, str]:
    """Read `x=1,y=pi/4`."""
    return dict(part.strip().split("=") for part in text.split(",")) if text else {}


def ask(expression: str, at: str | None = None, **wanted: Any) -> Result:
    """Return the answer to a request; points are texts."""
    for name in ("along", "near", "error"):
        if isinstance(wanted.get(name), str):
            wanted[name] = point(wanted[name])
    return calculate(Request(expression, None if at is None else point(at), **wanted))


def derivatives(expression: str, at: str, **wanted: Any) -> dict[str, Derivative]:
    """Return the derivatives by the letters that they are taken by, sorted: `xxy`."""
    return {"".join(sorted(d.wrt)): d for d in ask(expression, at, **wanted).derivatives}


def only(expression: str, at: str, wrt: str, **wanted: Any) -> Derivative:
    """Return one partial derivative, by variables of one letter."""
    (found,) = ask(expression, at, partial=(tuple(wrt),), **wanted).derivatives
    return found


def is_kink(seen: Derivative, kind: Kind, left: object, right: object) -> bool:
    """Tell whether a derivative is what is said of it, and has no answer."""
    return (seen.status, seen.kind, seen.left, seen.right, seen.answer) == (
        Status.NOT_DIFFERENTIABLE,
        kind,
        left,
        right,
        None,
    )
