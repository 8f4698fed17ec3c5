"""What the views say in words and equations, the same in every format: eigenvalues, tangents, polynomials, errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from derivcli.model import PointKind
from derivcli.render.names import direction
from derivcli.render.words import number, place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.model import Contribution, Derivative, Hessian, Near, Result
    from derivcli.render.names import Part

UNKNOWN = "not known"
EIGENVALUES = "eigenvalues"
NORMAL_VECTOR = "normal vector"
CONTRIBUTIONS = ("variable", "error", "contribution", "share")


class Fact(NamedTuple):
    """Lines with a label before them; without a label, prose."""

    label: str
    lines: tuple[str, ...]
    is_formula: bool = False


def directions(parts: Sequence[Part]) -> list[Fact]:
    """Say what v and u are."""
    found = {direction(d): _where(d) for part in parts for d in part.result.derivatives if d.along is not None}
    return [Fact(f"along {letter}", (where,)) for letter, where in found.items()]


def _where(derivative: Derivative) -> str:
    unit = " (v/|v|, of length 1)" if direction(derivative) == "u" else ""
    return place(derivative.along or {}) + unit


def views(part: Part, *, several: bool) -> list[list[Fact]]:
    """Return what each view of a function says, in a system with the name of the function."""
    of = f" of {part.letter}" if several else ""
    found = [hessian(part), tangent(part)]
    named = [[fact._replace(label=f"{fact.label}{of}") for fact in group] for group in found]
    return [*named, _taylor(part, of), _total(part)]


def hessian(part: Part) -> list[Fact]:
    """Give the eigenvalues, and what the point is."""
    view = part.result.hessian
    if view is None or part.result.at is None:
        return []
    values = view.eigenvalues
    facts = [] if not values else [Fact(EIGENVALUES, (", ".join(map(number, values)),))]
    if view.symmetric is False:
        facts.append(Fact("not symmetric", ("the two orders of differentiation do not agree",)))
    kind = _point(view, part.result)
    return facts if kind is None else [*facts, kind]


def _point(view: Hessian, result: Result) -> Fact | None:
    if view.point is not None:
        return _stationary(view, result) if view.eigenvalues else _UNDECIDED
    slopes = [d.answer for d in result.derivatives if len(d.wrt) == 1 and d.along is None]
    return Fact("not a stationary point", ("the gradient does not vanish",)) if any(slopes) else None


def _stationary(view: Hessian, result: Result) -> Fact:
    """Say what a stationary point is; it is one of f with the other variables held."""
    kind, (reason,) = _POINT[PointKind(view.point or "")]
    least = min(map(abs, view.eigenvalues or (0.0,)))
    if view.point == PointKind.UNDECIDED and least > _SMALL * max(map(abs, view.eigenvalues or (1.0,))):
        reason = _NOT_SMOOTH
    held = [name for name in result.variables if name not in view.variables]
    return Fact(f"{kind} with {', '.join(held)} held" if held else kind, (reason,))


_SMALL = 1e-9
_NOT_SMOOTH = "the gradient vanishes, but f may not be smooth here"
_POINT = {
    PointKind.MINIMUM: ("a local minimum", ("the gradient vanishes and all eigenvalues are positive",)),
    PointKind.MAXIMUM: ("a local maximum", ("the gradient vanishes and all eigenvalues are negative",)),
    PointKind.SADDLE: ("a saddle point", ("the gradient vanishes and the eigenvalues have both signs",)),
    PointKind.UNDECIDED: (
        "a stationary point, undecided",
        ("the gradient vanishes, but an eigenvalue is 0, or too close to it to tell",),
    ),
}
_UNDECIDED = Fact("a stationary point, undecided", ("the gradient vanishes, but not every second derivative is known",))


def tangent(part: Part) -> list[Fact]:
    """Give the tangent and the normal as equations."""
    view = part.result.tangent
    if view is None:
        return []
    plane = {2: "tangent", 3: "tangent plane"}.get(len(view.normal), "tangent hyperplane")
    facts = [Fact(plane, (view.equation,), True)]
    if len(view.normal) == 2:
        return [*facts, Fact("normal", (view.normal_line,), True)]
    along = f"({', '.join(map(number, view.normal))})"
    return [*facts, Fact("normal line", (view.normal_line,), True), Fact(NORMAL_VECTOR, (along,), True)]


def _taylor(part: Part, of: str) -> list[Fact]:
    """Give the polynomial, and with a second point its error there."""
    view = part.result.taylor
    if view is None:
        return []
    label = f"Taylor{of}, order {view.order}"
    if view.polynomial is None:
        return [Fact(label, ("no polynomial: not every derivative is known here",)), *_near(part, view.near)]
    return [Fact(label, (view.polynomial,), True), *_near(part, view.near)]


def _near(part: Part, near: Near | None) -> list[Fact]:
    if near is None:
        return []
    lines = (
        f"{part.letter} is {_known(near.value)}",
        f"the polynomial is {_known(near.polynomial)}",
        f"its error is {_known(near.error)} ({part.letter} less the polynomial)",
    )
    return [Fact(f"at {place(near.at)}", lines)]


def _total(part: Part) -> list[Fact]:
    """Give the differential, and with errors the standard uncertainty."""
    view = part.result.total
    if view is None:
        return []
    here = [] if view.at_point is None else [Fact("at the point", (_of(part, view.at_point),), True)]
    facts = [Fact("differential", (_of(part, view.differential),), True), *here]
    if not view.contributions:
        return facts
    return [*facts, Fact(f"standard uncertainty of {part.letter}", (_known(view.uncertainty),))]


def _of(part: Part, equation: str) -> str:
    return f"d{part.letter}{equation[2:]}" if equation.startswith("df ") else equation


def contributions(part: Part) -> tuple[Contribution, ...]:
    """Return what each variable adds to the uncertainty."""
    return () if part.result.total is None else part.result.total.contributions


def contribution(row: Contribution) -> tuple[str, str, str, str]:
    """Return the cells of a variable: its name, its error, what that adds, and its share in percent."""
    share = UNKNOWN if row.share is None else f"{row.share:.1%}"
    return row.name, number(row.error), _known(row.contribution), share


def _known(value: float | None) -> str:
    return UNKNOWN if value is None else number(value)
