"""The views in LaTeX: matrices, tangents, polynomials, differentials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.language.latex import name_to_latex
from derivcli.render import facts, matrices
from derivcli.render.latex_text import differential, equations, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.model import Contribution, Near, Result, System
    from derivcli.render.names import Part


def draw(answer: Result | System, functions: Sequence[Part]) -> list[str]:
    """Return the rows of all views."""
    views = (_hessian, _tangent, _taylor, _total)
    rows = [row for part in functions for view in views for row in view(part)]
    grid = matrices.jacobian(answer, functions)
    return rows if grid is None else [f"J &= {_matrix(grid)}", *rows]


def _matrix(grid: matrices.Grid) -> str:
    entries = grid.latex or grid.entries
    rows = r" \\ ".join(" & ".join(map(_entry, row)) for row in entries)
    return rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"


def _entry(entry: float | str | None) -> str:
    if entry is None:
        return r"\text{--}"
    return entry if isinstance(entry, str) else number(entry)


def _hessian(part: Part) -> list[str]:
    view, grid = part.result.hessian, matrices.hessian(part)
    name = name_to_latex(part.letter)
    rows = [] if grid is None else [f"H_{{{name}}} &= {_matrix(grid)}"]
    if view is not None and view.eigenvalues:
        rows.append(rf"\lambda(H_{{{name}}}) &= " + r",\, ".join(map(number, view.eigenvalues)))
    said = [fact for fact in facts.hessian(part) if fact.label != facts.EIGENVALUES]
    return rows + [rf"& \text{{{fact.label}: {fact.lines[0]}}}" for fact in said]


def _tangent(part: Part) -> list[str]:
    names = frozenset(part.result.variables)
    lines = [fact for fact in facts.tangent(part) if fact.label != facts.NORMAL_VECTOR]
    return [rf"{equations(fact.lines[0], names)} \quad \text{{({fact.label})}}" for fact in lines]


def _taylor(part: Part) -> list[str]:
    view = part.result.taylor
    if view is None:
        return []
    polynomial = f"P_{{{view.order}}}"
    names = ", ".join(map(name_to_latex, part.result.variables))
    rows = [f"{polynomial}({names}) &= {view.latex or _known(None)}"]
    return rows if view.near is None else [*rows, *_near(view.near, name_to_latex(part.letter), polynomial)]


def _near(near: Near, function: str, polynomial: str) -> list[str]:
    where = ",\\, ".join(number(value) for value in near.at.values())
    numbers = {
        f"{function}({where})": near.value,
        f"{polynomial}({where})": near.polynomial,
        f"({function} - {polynomial})({where})": near.error,
    }
    return [f"{left} &= {_known(value)}" for left, value in numbers.items()]


def _total(part: Part) -> list[str]:
    view = part.result.total
    if view is None:
        return []
    name = name_to_latex(part.letter)
    texts = [text for text in (view.differential, view.at_point) if text is not None]
    rows = [f"d{name} &= {differential(text.partition(' = ')[2], part.result.variables)}" for text in texts]
    if not view.contributions:
        return rows
    return [*rows, f"u({name}) &= {_known(view.uncertainty)}", *(_share(name, row) for row in view.contributions)]


def _share(function: str, row: Contribution) -> str:
    share = "" if row.share is None else rf" \quad ({100 * row.share:.1f}\,\%)"
    return f"u_{{{name_to_latex(row.name)}}}({function}) &= {_known(row.contribution)}{share}"


def _known(value: float | None) -> str:
    return rf"\text{{{facts.UNKNOWN}}}" if value is None else number(value)
