"""The differential, and how errors of the variables carry over to f.

To first order the variance of f for independent errors s_i is `sum (df/dx_i)^2 s_i^2` (JCGM 100:2008, the Guide to the
Expression of Uncertainty in Measurement, equation 10).
"""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

from derivcli.errors import PointError
from derivcli.language.lowering import compile_tree
from derivcli.language.question import check_known, read_point
from derivcli.model import Contribution, Total
from derivcli.testimony import evaluated
from derivcli.views.tangent import joined, known, product, signed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.model import Derivative, Result


def total(result: Result, errors: Mapping[str, str] | None) -> Total:
    """Return the view; `errors` maps variables to the texts of their standard uncertainties."""
    slopes = [d for d in result.derivatives if len(d.wrt) == 1]
    numbers = [known(d) for d in slopes]
    at_point = None
    if result.at is not None and None not in numbers:
        parts = [product(signed(number), f"d{d.wrt[0]}") for d, number in zip(slopes, numbers, strict=True) if number]
        at_point = f"df = {joined(parts)}"
    found = Total(f"df = {joined([_formula(d) for d in slopes if d.expression != '0'])}", at_point)
    return found if errors is None else _with_errors(found, slopes, _sizes(result, errors))


def _formula(derivative: Derivative) -> str:
    name = derivative.wrt[0]
    form = derivative.expression or f"({derivative.name})"
    if form in ("1", "-1"):
        return product(form, f"d{name}")
    plain = not any(sign in form for sign in " +-")
    return f"{form if plain else f'({form})'}*d{name}"


def _sizes(result: Result, errors: Mapping[str, str]) -> dict[str, float]:
    """Return the errors as numbers; raises `PointError` for one that is negative, or of no variable."""
    check_known(errors, result.variables)
    trees = read_point(errors)
    sizes = evaluated({name: compile_tree(tree) for name, tree in trees.items()})
    for name, size in sizes.items():
        if size < 0:
            raise PointError(f"the error of `{name}` must be 0 or larger, not {errors[name]}")
    return sizes


def _with_errors(found: Total, slopes: list[Derivative], sizes: Mapping[str, float]) -> Total:
    parts = {d.wrt[0]: _contribution(d, sizes[d.wrt[0]]) for d in slopes if d.wrt[0] in sizes}
    known = [part for part in parts.values() if part is not None]
    whole = math.hypot(*known) if len(known) == len(parts) else None
    rows = [Contribution(name, sizes[name], part, _share(part, whole)) for name, part in parts.items()]
    return Total(found.differential, found.at_point, _finite(whole), tuple(rows))


def _contribution(slope: Derivative, size: float) -> float | None:
    """Return |slope| * size, rounded once: 6 times 0.05 is 0.3."""
    if slope.answer is None:
        return None
    return _finite(float(abs(Decimal(slope.digits or repr(slope.answer)) * Decimal(repr(size)))))


def _share(part: float | None, whole: float | None) -> float | None:
    if part is None or whole is None or not 0 < whole < math.inf:
        return None
    return (part / whole) ** 2


def _finite(number: float | None) -> float | None:
    return number if number is not None and math.isfinite(number) else None
