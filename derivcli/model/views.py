"""What several derivatives make together: matrices, tangents, polynomials, differentials.

Every number in a view is finite, or None where it is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from derivcli.model.codec import Coded, Word
from derivcli.model.statuses import PointKind

Matrix = Annotated[tuple[tuple[float | None, ...], ...], "row by row; null where a number is not known"]


@dataclass(frozen=True, slots=True)
class Hessian(Coded):
    """The matrix of second derivatives, rows and columns in the order of `variables`."""

    variables: tuple[Word, ...]
    matrix: Matrix
    eigenvalues: Annotated[tuple[float, ...] | None, "from the smallest to the largest"] = None
    point: Annotated[
        str | None, "what the point is where the gradient vanishes; null elsewhere", {"enum": [*PointKind, None]}
    ] = None
    symmetric: Annotated[
        bool | None, "whether both orders of differentiation give the same: by the verdicts, elsewhere by torch"
    ] = None


@dataclass(frozen=True, slots=True)
class Jacobian(Coded):
    """The matrix of first derivatives: a row for each function, a column for each variable."""

    variables: tuple[Word, ...]
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class Implicit(Coded):
    """The variable that an equation makes a function of the others."""

    variable: Word
    miss: Annotated[float | None, "left side less right side at the point"] = None


@dataclass(frozen=True, slots=True)
class Tangent(Coded):
    """The tangent line or plane and the normal, as equations."""

    equation: Word
    normal_line: Word
    normal: Annotated[tuple[float, ...], "the direction of the normal"]


@dataclass(frozen=True, slots=True)
class Coefficient(Coded):
    """A coefficient of a Taylor polynomial: of the product of the displacements that `wrt` names."""

    wrt: tuple[Word, ...]
    value: float | None
    exact: str | None = None


@dataclass(frozen=True, slots=True)
class Near(Coded):
    """f and the Taylor polynomial at a second point."""

    at: dict[str, float]
    value: float | None
    polynomial: float | None
    error: Annotated[float | None, "f less the polynomial"]


@dataclass(frozen=True, slots=True)
class Taylor(Coded):
    """The Taylor polynomial about the point, as an expression in the variables."""

    order: Annotated[int, {"minimum": 0}]
    polynomial: Annotated[str | None, "can be pasted back in; null where a coefficient is not known"]
    latex: str | None
    coefficients: tuple[Coefficient, ...]
    near: Near | None = None


@dataclass(frozen=True, slots=True)
class Contribution(Coded):
    """What a variable's standard uncertainty adds to that of f."""

    name: Word
    error: Annotated[float, {"minimum": 0}]
    contribution: Annotated[float | None, "the error times the size of the derivative"]
    share: Annotated[float | None, "of the variance of f, from 0 to 1"]


@dataclass(frozen=True, slots=True)
class Total(Coded):
    """The differential df, and to first order the standard uncertainty of f for independent errors."""

    differential: Word
    at_point: str | None = None
    uncertainty: float | None = None
    contributions: tuple[Contribution, ...] = ()
