"""Every function and constant of the language: one row each, in families.

The parser, the witnesses, the help, the manual and the tests read this table; to add a function is to add a row.
"""

from __future__ import annotations

from dataclasses import dataclass

from derivcli.language.catalogue import bessel, elementary, gammas, hypergeometric, networks, piecewise, sums
from derivcli.language.catalogue.rows import Function

__all__ = ["CONSTANTS", "FAMILIES", "FUNCTIONS", "PIECEWISE_NAMES", "Constant", "Function", "find", "is_function"]


@dataclass(frozen=True, slots=True)
class Constant:
    """A number with a name."""

    name: str
    help: str


FAMILIES: dict[str, tuple[Function, ...]] = {
    "trigonometric": elementary.TRIGONOMETRIC,
    "hyperbolic": elementary.HYPERBOLIC,
    "exponentials, logarithms and powers": elementary.POWERS,
    "kinks and jumps": piecewise.PIECEWISE,
    "sums and means": sums.SUMS,
    "machine learning": networks.NETWORKS,
    "error functions": gammas.ERROR_FUNCTIONS,
    "gamma and beta functions": gammas.GAMMA_FUNCTIONS,
    "integrals": gammas.INTEGRALS,
    "Bessel, Airy and Struve functions": bessel.BESSEL,
    "orthogonal polynomials": hypergeometric.POLYNOMIALS,
    "elliptic integrals": hypergeometric.ELLIPTIC,
    "zeta functions, polylogarithms and LambertW": hypergeometric.ZETA_FUNCTIONS,
    "hypergeometric functions": hypergeometric.HYPERGEOMETRIC,
}
FUNCTIONS = {row.name: row for family in FAMILIES.values() for row in family}

CONSTANTS = {
    row.name: row
    for row in (
        Constant("pi", "3.14159..., also π"),
        Constant("e", "2.71828..., the base of the natural logarithm"),
        Constant("tau", "2*pi"),
        Constant("inf", "infinity, also ∞: in conditions, and in functions that have a limit there"),
    )
}

PIECEWISE_NAMES = ("where", "piecewise", "Piecewise")

_BY_ANY_NAME = {alias: row for row in FUNCTIONS.values() for alias in (row.name, *row.aliases)}


def find(name: str) -> Function | None:
    """Return the row of a function by its name or an alias."""
    return _BY_ANY_NAME.get(name)


def is_function(name: str) -> bool:
    """Tell whether a name can be called."""
    return name in _BY_ANY_NAME or name in PIECEWISE_NAMES


def function_names() -> tuple[str, ...]:
    """Return every name that can be called, aliases included."""
    return (*FUNCTIONS, *PIECEWISE_NAMES, *_BY_ANY_NAME)
