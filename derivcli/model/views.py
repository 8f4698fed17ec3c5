"""What is drawn from several derivatives at once: matrices, tangents, polynomials, differentials.

Every number in a view is finite, or None where it is not known. A view is written in JSON field by field.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, ClassVar, Self

Matrix = tuple[tuple[float | None, ...], ...]


class PointKind(StrEnum):
    """What a point is where all first derivatives vanish."""

    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    SADDLE = "saddle"
    UNDECIDED = "undecided"


class View:
    """A frozen dataclass of plain values, texts, tuples and other views."""

    _NESTED: ClassVar[dict[str, type[View]]] = {}

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as JSON has them."""
        data: dict[str, Any] = _plain(asdict(self))  # type: ignore[call-overload]
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Read back what `to_dict` wrote."""
        return cls(**{key: _read(value, cls._NESTED.get(key)) for key, value in data.items()})


@dataclass(frozen=True)
class Hessian(View):
    """The matrix of second derivatives, rows and columns in the order of `variables`.

    `eigenvalues` rise; `point` says what a stationary point is, and is None elsewhere. `symmetric` tells whether
    both orders of differentiation give the same: by the verdicts, elsewhere by torch.
    """

    variables: tuple[str, ...]
    matrix: Matrix
    eigenvalues: tuple[float, ...] | None = None
    point: str | None = None
    symmetric: bool | None = None


@dataclass(frozen=True)
class Jacobian(View):
    """The matrix of first derivatives: a row for each function, a column for each variable."""

    variables: tuple[str, ...]
    matrix: Matrix


@dataclass(frozen=True)
class Implicit(View):
    """The variable that an equation makes a function of the others, and by how much the point misses the equation."""

    variable: str
    miss: float | None = None


@dataclass(frozen=True)
class Tangent(View):
    """The tangent line or plane and the normal: as equations, and the normal's direction."""

    equation: str
    normal_line: str
    normal: tuple[float, ...]


@dataclass(frozen=True)
class Coefficient(View):
    """A coefficient of a Taylor polynomial: of the product of the displacements that `wrt` names."""

    wrt: tuple[str, ...]
    value: float | None
    exact: str | None = None


@dataclass(frozen=True)
class Near(View):
    """f and the polynomial at a second point, and how much f is larger than the polynomial."""

    at: dict[str, float]
    value: float | None
    polynomial: float | None
    error: float | None


@dataclass(frozen=True)
class Taylor(View):
    """The Taylor polynomial about the point, as an expression in the variables; None where it does not exist."""

    order: int
    polynomial: str | None
    latex: str | None
    coefficients: tuple[Coefficient, ...]
    near: Near | None = None

    _NESTED: ClassVar[dict[str, type[View]]] = {"coefficients": Coefficient, "near": Near}


@dataclass(frozen=True)
class Contribution(View):
    """What a variable's standard uncertainty adds to that of f: |∂f/∂x| * error, and its share of the variance."""

    name: str
    error: float
    contribution: float | None
    share: float | None


@dataclass(frozen=True)
class Total(View):
    """The differential df, and to first order the standard uncertainty of f for independent errors."""

    differential: str
    at_point: str | None = None
    uncertainty: float | None = None
    contributions: tuple[Contribution, ...] = ()

    _NESTED: ClassVar[dict[str, type[View]]] = {"contributions": Contribution}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    return [_plain(entry) for entry in value] if isinstance(value, tuple) else value


def _read(value: Any, nested: type[View] | None) -> Any:
    if isinstance(value, list):
        return tuple(_read(entry, nested) for entry in value)
    return nested.from_dict(value) if nested is not None and isinstance(value, dict) else value
