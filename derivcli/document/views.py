"""What the views say, the same in every format: matrices, eigenvalues, tangents, polynomials, errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.document.model import STRONG, Cell, Fact, Formula, Line, Tabular
from derivcli.document.names import place, variable
from derivcli.document.spelling import Spelling
from derivcli.document.tex import differential, equations
from derivcli.document.tex import number as latex_number
from derivcli.document.words import place_text
from derivcli.language.latex import name_to_latex
from derivcli.model import PointKind, System
from derivcli.model.values import Heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.document.model import Piece
    from derivcli.document.names import NamedResult
    from derivcli.model import Derivative, Hessian, Near, Result
    from derivcli.model.views import Matrix

UNKNOWN = "not known"
_LONGEST_FORMULA = 40  # of a matrix of formulas: from there on it says less than the list of them
_SMALL = 1e-9  # of the largest eigenvalue: what is smaller may be 0 but for rounding


def directions(parts: Sequence[NamedResult]) -> tuple[Fact, ...]:
    """Say what v and u are."""
    found = {d.heading: d for part in parts for d in part.result.derivatives if d.heading is not None}
    return tuple(_direction(heading, derivative) for heading, derivative in found.items())


def _direction(heading: Heading, derivative: Derivative) -> Fact:
    unit = " (v/|v|, of length 1)" if heading is Heading.UNIT else ""
    return Fact(f"along {heading}", (Line(place(derivative.along or {}), "", unit, heading),))


def hessian(part: NamedResult, of: str) -> Tabular | None:
    """Return the matrix of second derivatives; None where there is nothing to draw."""
    view = part.result.hessian
    if view is None or not view.variables:
        return None
    names = view.variables
    forms = [[_form(part, a, b) for b in names] for a in names]
    return _matrix(f"Hessian{of}", names, names, view.matrix if part.result.has_numbers else forms)


def jacobian(answer: Result | System, parts: Sequence[NamedResult]) -> Tabular | None:
    """Return the matrix of first derivatives, a row for each function; None where there is nothing to draw."""
    view = answer.jacobian if isinstance(answer, System) else None
    if view is None or not view.variables:
        return None
    has_point = any(part.result.at is not None for part in parts)
    forms = [[_form(part, name) for name in view.variables] for part in parts]
    return _matrix("Jacobian", view.variables, [part.letter for part in parts], view.matrix if has_point else forms)


def _form(part: NamedResult, *wrt: str) -> Formula | None:
    """Return the formula of a derivative in either order, if it is known and short."""
    found = next((d for d in part.result.derivatives if d.wrt in (wrt, wrt[::-1])), None)
    text = None if found is None else found.expression
    return None if found is None or text is None or len(text) > _LONGEST_FORMULA else part.formula(text, found.latex)


def _matrix(
    title: str, columns: Sequence[str], rows: Sequence[str], entries: Matrix | list[list[Formula | None]]
) -> Tabular | None:
    """Return a matrix; of formulas only a whole one."""
    if isinstance(entries, list) and any(entry is None for row in entries for entry in row):
        return None
    lines = zip(map(variable, rows), entries, strict=True)
    cells = tuple((Cell(name, STRONG), *map(Cell, row)) for name, row in lines)
    return Tabular((title, *map(variable, columns)), cells)


def facts(part: NamedResult, of: str) -> tuple[tuple[Fact, ...], ...]:
    """Return what each view says, with the name of the function where there are several."""
    named = [[fact._replace(label=f"{fact.label}{of}") for fact in view(part)] for view in (stationary, tangent)]
    return tuple(map(tuple, (*named, _taylor(part, of), _total(part))))


def stationary(part: NamedResult) -> list[Fact]:
    """Give the eigenvalues of the Hessian, and what the point is."""
    view = part.result.hessian
    if view is None or part.result.at is None:
        return []
    found = []
    if view.eigenvalues:
        left = rf"\lambda(H_{{{name_to_latex(part.letter)}}})"
        found.append(Fact("eigenvalues", (Line(view.eigenvalues, left=left),)))
    if view.symmetric is False:
        found.append(Fact("not symmetric", (Line("the two orders of differentiation do not agree"),)))
    return [*found, *_point(view, part.result)]


def _point(view: Hessian, result: Result) -> list[Fact]:
    if view.point is not None:
        return [_stationary(view, result)]
    slopes = [d.answer for d in result.derivatives if len(d.wrt) == 1 and d.along is None]
    return [Fact("not a stationary point", (Line("the gradient does not vanish"),))] if any(slopes) else []


def _stationary(view: Hessian, result: Result) -> Fact:
    """Say what a stationary point is; it is one of f with the other variables held."""
    point = PointKind(view.point or "")
    kind, reason = _POINT[point], _reason(point, view.eigenvalues or ())
    held = [name for name in result.variables if name not in view.variables]
    return Fact(f"{kind} with {', '.join(held)} held" if held else kind, (Line(reason),))


def _reason(point: PointKind, eigenvalues: Sequence[float]) -> str:
    """Say why a stationary point is what it is: by the eigenvalues where they tell it."""
    if not eigenvalues:
        return _NOT_ALL_KNOWN if point is PointKind.UNDECIDED else _BY_GERMS[point]
    least = _SMALL * max(map(abs, eigenvalues))
    signs = {(value > least) - (value < -least) for value in eigenvalues}
    if point is PointKind.UNDECIDED:
        return _TOO_CLOSE if 0 in signs else _NOT_SMOOTH
    told = {-1, 1} <= signs if point is PointKind.SADDLE else len(signs) == 1 and 0 not in signs
    return _BY_EIGENVALUES[point] if told and point in _BY_EIGENVALUES else _BY_GERMS[point]


_NOT_SMOOTH = "the gradient vanishes, but f may not be smooth here"
_NOT_ALL_KNOWN = "the gradient vanishes, but not every second derivative is known"
_TOO_CLOSE = "the gradient vanishes, but an eigenvalue is 0, or too close to it to tell"
_POINT = {
    PointKind.MINIMUM: "a local minimum",
    PointKind.MAXIMUM: "a local maximum",
    PointKind.SADDLE: "a saddle point",
    PointKind.INFLECTION: "a stationary point of inflection",
    PointKind.UNDECIDED: "a stationary point, undecided",
}
_BY_EIGENVALUES = {
    PointKind.MINIMUM: "the gradient vanishes and all eigenvalues are positive",
    PointKind.MAXIMUM: "the gradient vanishes and all eigenvalues are negative",
    PointKind.SADDLE: "the gradient vanishes and the eigenvalues have both signs",
}
_BY_GERMS = {
    PointKind.MINIMUM: "it is proved that f is nowhere smaller near it",
    PointKind.MAXIMUM: "it is proved that f is nowhere larger near it",
    PointKind.SADDLE: "it is proved that f is larger on some paths from it, and smaller on others",
    PointKind.INFLECTION: "it is proved that f is larger on one side of it, and smaller on the other",
}


def tangent(part: NamedResult) -> list[Fact]:
    """Give the tangent and the normal as equations."""
    view = part.result.tangent
    if view is None:
        return []
    size, spelling = len(view.normal), part.spelling
    plane = {2: "tangent", 3: "tangent plane"}.get(size, "tangent hyperplane")
    lines = {plane: view.equation, "normal" if size == 2 else "normal line": view.normal_line}
    found = [
        Fact(label, (Line(Formula(spelling.right_sides(text), equations(text, spelling))),), True)
        for label, text in lines.items()
    ]
    return found if size == 2 else [*found, Fact("normal vector", (Line(view.normal, "(", ")", "n"),), True)]


def _taylor(part: NamedResult, of: str) -> list[Fact]:
    """Give the polynomial, and with a second point its error there."""
    view = part.result.taylor
    if view is None:
        return []
    polynomial = f"P_{{{view.order}}}"
    left = f"{polynomial}({', '.join(map(name_to_latex, part.result.variables))})"
    known = view.polynomial is not None
    what = part.formula(view.polynomial, view.latex) if view.polynomial is not None else _NO_POLYNOMIAL
    found = [Fact(f"Taylor{of}, order {view.order}", (Line(what, left=left),), known)]
    return found if view.near is None else [*found, _near(part.letter, view.near, polynomial)]


_NO_POLYNOMIAL = "no polynomial: not every derivative is known here"


def _near(letter: str, near: Near, polynomial: str) -> Fact:
    name, where = name_to_latex(letter), ",\\, ".join(map(latex_number, near.at.values()))
    lines = (
        Line(_known(near.value), f"{letter} is ", "", f"{name}({where})"),
        Line(_known(near.polynomial), "the polynomial is ", "", f"{polynomial}({where})"),
        Line(
            _known(near.error),
            "its error is ",
            f" ({letter} minus the polynomial)",
            f"({name} - {polynomial})({where})",
        ),
    )
    return Fact(f"at {place_text(near.at)}", lines)


def _total(part: NamedResult) -> list[Fact]:
    """Give the differential, and with errors the standard uncertainty."""
    view = part.result.total
    if view is None:
        return []
    name, names = name_to_latex(part.letter), part.result.variables
    spelling = Spelling(part.style, (*names, *(f"d{name}" for name in names)))
    texts = {"differential": view.differential, "at the point": view.at_point}
    found = [
        Fact(
            label,
            (
                Line(
                    Formula(_of(part, spelling.right_sides(text)), differential(text, spelling, names)), left=f"d{name}"
                ),
            ),
            True,
        )
        for label, text in texts.items()
        if text is not None
    ]
    if view.contributions:
        uncertain = Line(_known(view.uncertainty), left=f"u({name})")
        found.append(Fact(f"standard uncertainty of {part.letter}", (uncertain,)))
    return found


def _of(part: NamedResult, equation: str) -> str:
    """Return an equation for df with the function's own letter."""
    return f"d{part.letter}{equation.removeprefix('df')}"


def shares(part: NamedResult, of: str) -> Tabular | None:
    """Return what each variable adds to the uncertainty; None where there is none."""
    rows = () if part.result.total is None else part.result.total.contributions
    cells = [
        (variable(r.name), r.error, _known(r.contribution), UNKNOWN if r.share is None else f"{r.share:.1%}")
        for r in rows
    ]
    header = (f"variable{of}", "error", "contribution", "share")
    return Tabular(header, tuple(tuple(map(Cell, row)) for row in cells)) if cells else None


def _known(value: float | None) -> Piece:
    return UNKNOWN if value is None else value
