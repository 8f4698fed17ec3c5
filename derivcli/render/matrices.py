"""The Hessian and the Jacobian as rows of numbers, or without a point of formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from derivcli.model import System
from derivcli.render.words import has_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.model import Result
    from derivcli.render.names import Part

_LONGEST_FORMULA = 40


class Grid(NamedTuple):
    """A matrix with names for its columns and its rows; an entry is a number, a formula, or None."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    entries: tuple[tuple[float | str | None, ...], ...]
    latex: tuple[tuple[str | None, ...], ...] = ()


def hessian(part: Part) -> Grid | None:
    """Return the matrix of second derivatives; None where there is nothing to draw."""
    view = part.result.hessian
    if view is None or not view.variables:
        return None
    names = view.variables
    if has_numbers(part.result):
        return Grid("Hessian", names, names, view.matrix)
    return _formulas("Hessian", names, names, [[_form(part.result, a, b) for b in names] for a in names])


def jacobian(answer: Result | System, parts: Sequence[Part]) -> Grid | None:
    """Return the matrix of first derivatives, a row for each function; None where there is nothing to draw."""
    if not isinstance(answer, System) or answer.jacobian is None or not answer.jacobian.variables:
        return None
    names, rows = answer.jacobian.variables, tuple(part.letter for part in parts)
    if any(part.result.at is not None for part in parts):
        return Grid("Jacobian", names, rows, answer.jacobian.matrix)
    return _formulas("Jacobian", names, rows, [[_form(part.result, name) for name in names] for part in parts])


def _form(result: Result, *wrt: str) -> tuple[str | None, str | None]:
    """Return the formula of a derivative in either order, as text and as LaTeX."""
    found = next((d for d in result.derivatives if d.wrt in (wrt, wrt[::-1])), None)
    return (None, None) if found is None else (found.expression, found.latex)


def _formulas(
    title: str, columns: tuple[str, ...], rows: tuple[str, ...], forms: list[list[tuple[str | None, str | None]]]
) -> Grid | None:
    """Return a matrix of formulas, if all are known and short."""
    texts = tuple(tuple(text for text, _ in row) for row in forms)
    if any(text is None or len(text) > _LONGEST_FORMULA for row in texts for text in row):
        return None
    return Grid(title, columns, rows, texts, tuple(tuple(latex for _, latex in row) for row in forms))
