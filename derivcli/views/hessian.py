"""The matrix of second derivatives, and what it says about a stationary point."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from derivcli.model import Hessian, Kind, PointKind, Status
from derivcli.witnesses.evidence import ARITHMETIC

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.model import Derivative, Result
    from derivcli.model.views import Matrix
    from derivcli.testimony import Testimony

Rows = list[list[Decimal]]

_NOTHING = Decimal("1e-15")  # a pivot that is smaller, where all rows have size 1, may be 0
_SCALINGS = 20  # steps: each halves all exponents, so that nine do for any float64
_DEFINITE = {frozenset({1}): PointKind.MINIMUM, frozenset({-1}): PointKind.MAXIMUM}
_ROUNDING = 1e-9  # of a number: what two orders of differentiation may differ by, as of the verdicts
_NO_NUMBER = frozenset({Status.NOT_DIFFERENTIABLE, Status.UNDEFINED})


def hessian(result: Result, names: Sequence[str], seen: Testimony) -> Hessian:
    """Return the view; numbers that are not known are None, and so is what follows from them."""
    entries = {d.wrt: d for d in result.derivatives}
    answers = {wrt: d.answer for wrt, d in entries.items()}
    matrix = tuple(tuple(_entry(answers, a, b) for b in names) for a in names)
    eigenvalues = _eigenvalues(matrix)
    kind = None
    if result.at is not None and _vanishes([entries[(name,)] for name in names]):
        proved = None if seen.stationary is None else seen.stationary.kind
        kind = proved or str(point_kind(_digits(entries, names)) if _analytic(seen) else PointKind.UNDECIDED)
    return Hessian(tuple(names), matrix, eigenvalues, kind, _symmetric(names, result, seen))


def _entry(answers: Mapping[tuple[str, ...], float | None], a: str, b: str) -> float | None:
    """Return an entry: it is stored under one of the two orders."""
    return answers[(a, b)] if (a, b) in answers else answers[(b, a)]


def _eigenvalues(matrix: Matrix) -> tuple[float, ...] | None:
    known = [[entry for entry in row if entry is not None] for row in matrix]
    if not matrix or any(len(row) < len(matrix) for row in known):
        return None
    import torch

    found: list[float] = torch.linalg.eigvalsh(torch.tensor(known, dtype=torch.float64, device="cpu")).tolist()
    return tuple(found) if all(map(math.isfinite, found)) else None


def _vanishes(gradient: Sequence[Derivative]) -> bool:
    """Tell whether every first derivative is 0: the reference, not a rounded number."""
    return all(d.digits is not None and Decimal(d.digits) == 0 for d in gradient)


def _analytic(seen: Testimony) -> bool:
    """Tell whether f is smooth enough for the second derivatives to say what a point is."""
    return seen.values[0].analytic if 0 in seen.values else True


def _digits(entries: Mapping[tuple[str, ...], Derivative], names: Sequence[str]) -> list[list[Decimal]] | None:
    """Return the matrix with all digits that are known; None where an entry is missing."""
    found = {wrt: d.digits if d.answer is not None else None for wrt, d in entries.items()}
    texts = [[found[(a, b)] if (a, b) in found else found[(b, a)] for b in names] for a in names]
    known = [[Decimal(text) for text in row if text is not None] for row in texts]
    return known if all(len(row) == len(names) for row in known) else None


def point_kind(matrix: Sequence[Sequence[Decimal]] | None) -> PointKind:
    """Return what a stationary point is, by the second derivative test."""
    if not matrix:
        return PointKind.UNDECIDED
    with localcontext(ARITHMETIC):
        found = signs(matrix)
    if {-1, 1} <= found:
        return PointKind.SADDLE
    return _DEFINITE.get(frozenset(found), PointKind.UNDECIDED)


def signs(matrix: Sequence[Sequence[Decimal]]) -> set[int]:
    """Return the signs that the eigenvalues of a symmetric matrix have, 0 where one may be 0.

    By elimination with the largest entry of the diagonal as the pivot (Sylvester's law of inertia; Golub and Van Loan,
    Matrix Computations, section 4.4). An entry beside the diagonal that is larger means a pair of both signs.
    """
    left = _scaled([list(row) for row in matrix])
    least = _NOTHING * max((abs(entry) for row in left for entry in row), default=Decimal(0))
    found: set[int] = set()
    while left:
        place = max(range(len(left)), key=lambda k: abs(left[k][k]))
        pivot = left[place][place]
        largest = max((abs(entry) for row in left for entry in row), default=Decimal(0))
        if largest <= least:
            return found | {0}
        if largest > 2 * abs(pivot):
            return {-1, 1}
        found.add(1 if pivot > 0 else -1)
        left = _eliminated(left, place)
    return found


def _eliminated(rows: Rows, place: int) -> Rows:
    """Return what is left of a symmetric matrix after one step of elimination."""
    pivot = rows[place]
    kept = [k for k in range(len(rows)) if k != place]
    return [[rows[i][j] - pivot[i] * pivot[j] / pivot[place] for j in kept] for i in kept]


def _scaled(rows: Rows) -> Rows:
    """Multiply rows and columns by the same powers of 10 until the largest entry of each is near 1.

    The signs of the eigenvalues stay (Ruiz, A scaling algorithm to equilibrate both rows and columns norms, 2001).
    """
    for _ in range(_SCALINGS):
        largest = [max(map(abs, row)) for row in rows]
        powers = [-round(number.adjusted() / 2) if number else 0 for number in largest]
        if not any(powers):
            break
        rows = [[e.scaleb(powers[i] + powers[j]) for j, e in enumerate(row)] for i, row in enumerate(rows)]
    return rows


def _symmetric(names: Sequence[str], result: Result, seen: Testimony) -> bool | None:
    """Tell whether both orders of differentiation give the same; None where that is not known.

    The verdicts know it where they say so; elsewhere reverse mode is nested in both orders.
    """
    if result.at is None:
        return None
    mixed = [d for d in result.derivatives if len(set(d.wrt)) == 2]
    if any(d.kind is Kind.ORDER_MATTERS for d in mixed):
        return False
    if any(d.status in _NO_NUMBER for d in mixed):
        return None
    nested = _nested_symmetric(names, seen)
    # The quotients of a mixed derivative have one limit only where it is the same in both orders.
    return True if nested is None and all(d.quotient is not None for d in mixed) else nested


def _nested_symmetric(names: Sequence[str], seen: Testimony) -> bool | None:
    """Tell whether reverse mode, nested in both orders, gives the same; None where it gives no numbers."""
    if seen.torch.program is None or len(names) > _MOST_SYMMETRIC:
        return None
    from derivcli.witnesses import autograd

    try:
        rows = autograd.hessian(seen.torch.program, seen.torch.coordinates[0], names)
    except autograd.NoClosedFormError:
        return None
    if not all(math.isfinite(number) for row in rows for number in row):
        return None
    pairs = [(rows[i][j], rows[j][i]) for i in range(len(names)) for j in range(i)]
    return all(a == b or math.isclose(a, b, rel_tol=_ROUNDING) for a, b in pairs)


_MOST_SYMMETRIC = 60  # variables: for each torch walks back through the first derivatives once more
