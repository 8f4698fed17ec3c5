"""The matrix of second derivatives, and what it says about a stationary point."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from derivcli.model import Hessian, PointKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.model import Derivative, Result
    from derivcli.model.views import Matrix
    from derivcli.testimony import Testimony

_NOTHING = 1e-9  # an eigenvalue that is smaller, relative to the largest, may be 0
_ROUNDING = 1e-9


def hessian(result: Result, names: Sequence[str], seen: Testimony) -> Hessian:
    """Return the view; numbers that are not known are None, and so is what follows from them."""
    entries = {d.wrt: d for d in result.derivatives}
    answers = {wrt: d.answer for wrt, d in entries.items()}
    matrix = tuple(tuple(_entry(answers, a, b) for b in names) for a in names)
    eigenvalues = _eigenvalues(matrix)
    kind = None
    if result.at is not None and _vanishes([entries[(name,)] for name in names]):
        kind = str(point_kind(eigenvalues))
    return Hessian(tuple(names), matrix, eigenvalues, kind, _symmetric(names, result, seen))


def _entry(answers: Mapping[tuple[str, ...], float | None], a: str, b: str) -> float | None:
    """Return an entry: it is stored under one of the two orders."""
    return answers[(a, b)] if (a, b) in answers else answers[(b, a)]


def _eigenvalues(matrix: Matrix) -> tuple[float, ...] | None:
    known = [[entry for entry in row if entry is not None] for row in matrix]
    if any(len(row) < len(matrix) for row in known):
        return None
    import torch

    found: list[float] = torch.linalg.eigvalsh(torch.tensor(known, dtype=torch.float64)).tolist()
    return tuple(found) if all(map(math.isfinite, found)) else None


def _vanishes(gradient: Sequence[Derivative]) -> bool:
    """Tell whether every first derivative is 0: the reference, not a rounded number."""
    return all(d.digits is not None and float(d.digits) == 0 for d in gradient)


def point_kind(eigenvalues: Sequence[float] | None) -> PointKind:
    """Return what a stationary point is, by the second derivative test."""
    if not eigenvalues:
        return PointKind.UNDECIDED
    least = _NOTHING * max(map(abs, eigenvalues))
    signs = {0 if abs(value) <= least else 1 if value > 0 else -1 for value in eigenvalues}
    if {-1, 1} <= signs:
        return PointKind.SADDLE
    return {frozenset({1}): PointKind.MINIMUM, frozenset({-1}): PointKind.MAXIMUM}.get(
        frozenset(signs), PointKind.UNDECIDED
    )


def _symmetric(names: Sequence[str], result: Result, seen: Testimony) -> bool | None:
    """Tell whether reverse mode, nested in both orders, gives the same; None where that is not known."""
    if result.at is None or seen.program is None or len(names) > _MOST_SYMMETRIC:
        return None
    from derivcli.witnesses import autograd

    try:
        rows = autograd.hessian(seen.program, seen.coordinates[0], names)
    except autograd.NoClosedFormError:
        return None
    if not all(math.isfinite(number) for row in rows for number in row):
        return None
    pairs = [(rows[i][j], rows[j][i]) for i in range(len(names)) for j in range(i)]
    return all(a == b or math.isclose(a, b, rel_tol=_ROUNDING) for a, b in pairs)


_MOST_SYMMETRIC = 60
