"""f to first order: tangents and normals, the differential, and how errors of the variables carry over to f.

The texts can be pasted back. To first order the variance of f for independent errors s_i is `sum (df/dx_i)^2 s_i^2`
(JCGM 100:2008, the Guide to the Expression of Uncertainty in Measurement, equation 10).
"""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from derivcli.errors import PointError
from derivcli.language.lowering import compile_tree
from derivcli.language.numbers import shortest
from derivcli.language.question import check_known, read_point
from derivcli.model import Contribution, Kind, Tangent, Total
from derivcli.views.exact import coordinate, is_short, number
from derivcli.witnesses.constants import evaluated

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.model import Derivative, Result
    from derivcli.testimony import Testimony

_HEIGHTS = ("y", "z", "w", "f")


class Term(NamedTuple):
    """A factor times the displacement of a variable from a place."""

    factor: float
    name: str
    place: float


def displacement(name: str, place: float) -> str:
    """Return `x`, `(x - 2)`, `(x + 2)`."""
    if place == 0:
        return name
    return f"({name} {'-' if place > 0 else '+'} {shortest(abs(place))})"


def linear(constant: float, terms: Sequence[Term]) -> str:
    """Return `104 + 196*(x - 2)`; what is 0 is left out."""
    parts = [] if constant == 0 else [shortest(constant)]
    parts += [product(shortest(t.factor), displacement(t.name, t.place)) for t in terms if t.factor != 0]
    return joined(parts)


def product(factor: str, *others: str) -> str:
    """Return a product; a factor of 1 or -1 is only a sign."""
    rest = "*".join(others)
    if not rest:
        return factor
    return {"1": rest, "-1": f"-{rest}"}.get(factor, f"{factor}*{rest}")


def joined(parts: Sequence[str]) -> str:
    """Return a sum; a negative part is subtracted."""
    if not parts:
        return "0"
    first, *others = parts
    return first + "".join(f" - {part[1:]}" if part.startswith("-") else f" + {part}" for part in others)


def tangent(result: Result, implicit: str | None, seen: Testimony) -> Tangent | None:
    """Return the view, with fractions where all numbers are short ones; None where a derivative is not known."""
    slopes = {d.wrt[0]: d.answer for d in result.derivatives if len(d.wrt) == 1}
    if implicit is not None:
        height, at_height = implicit, (result.at or {})[implicit]
    else:
        height = next(name for name in (*_HEIGHTS, *(f"f_{k}" for k in range(99))) if name not in result.variables)
        if result.value.answer is None:
            return None
        at_height = result.value.answer
    if any(slope is None for slope in slopes.values()):
        return _vertical(result, height, at_height)
    normal = (*(slope or 0.0 for slope in slopes.values()), -1.0)
    exact = Plane.of(result, implicit, tuple(slopes), seen)
    if exact is not None:
        return Tangent(f"{height} = {exact.equation}", exact.normal(height), normal)
    place = {name: (result.at or {})[name] for name in slopes}
    terms = [Term(slope or 0.0, name, place[name]) for name, slope in slopes.items()]
    equation = f"{height} = {linear(at_height, terms)}"
    return Tangent(equation, _normal_line(height, at_height, terms), normal)


def _vertical(result: Result, height: str, at_height: float) -> Tangent | None:
    """Return the vertical tangent of a curve or a graph; None where there is none."""
    slope, *others = (d for d in result.derivatives if len(d.wrt) == 1)
    if others or slope.kind not in (Kind.VERTICAL_TANGENT, Kind.CUSP):
        return None
    (name,) = slope.wrt
    place = (result.at or {})[name]
    return Tangent(f"{name} = {shortest(place)}", f"{height} = {shortest(at_height)}", (1.0, 0.0))


def _normal_line(height: str, at_height: float, terms: list[Term]) -> str:
    """Return the normal of a curve as an equation, that of a surface by a parameter."""
    if len(terms) == 1:
        (term,) = terms
        if term.factor == 0:
            return f"{term.name} = {shortest(term.place)}"
        return f"{height} = {linear(at_height, [Term(-1 / term.factor, term.name, term.place)])}"
    parameter = _parameter({height, *(term.name for term in terms)})
    rows = [f"{term.name} = {linear(term.place, [Term(term.factor, parameter, 0.0)])}" for term in terms]
    return ", ".join([*rows, f"{height} = {linear(at_height, [Term(-1.0, parameter, 0.0)])}"])


def _parameter(taken: set[str]) -> str:
    return next(name for name in ("t", "s", "r", "u") if name not in taken)


class Plane(NamedTuple):
    """A tangent of which all numbers are known as short fractions; those of `slopes` and `place` belong together."""

    names: tuple[str, ...]
    height: Fraction
    slopes: tuple[Fraction, ...]
    place: tuple[Fraction, ...]

    @classmethod
    def of(cls, result: Result, implicit: str | None, names: tuple[str, ...], seen: Testimony) -> Plane | None:
        """Return the tangent, if it is such a one."""
        slopes = {d.wrt: d for d in result.derivatives}
        height = number((), result.value, seen) if implicit is None else coordinate(implicit, result)
        found = [height, *(number((n,), slopes[n,], seen) for n in names), *(coordinate(n, result) for n in names)]
        known = [part for part in found if part is not None and is_short(part)]
        if len(known) < len(found):
            return None
        count = len(names)
        plane = cls(names, known[0], tuple(known[1 : count + 1]), tuple(known[count + 1 :]))
        return plane if is_short(plane.constant) else None

    @property
    def constant(self) -> Fraction:
        """The height where all variables are 0."""
        return self.height - sum(s * a for s, a in zip(self.slopes, self.place, strict=True))

    @property
    def equation(self) -> str:
        """The right side of the equation: `6*x - 9`."""
        return _line(dict(zip(self.names, self.slopes, strict=True)), self.constant)

    def normal(self, height: str) -> str:
        """Return the normal of a curve as an equation, that of a surface by a parameter."""
        if len(self.names) == 1:
            (name,), (slope,), (place,) = self.names, self.slopes, self.place
            if not slope:
                return f"{name} = {place}"
            return f"{height} = {_line({name: -1 / slope}, self.height + place / slope)}"
        parameter = _parameter({height, *self.names})
        ways = [*zip(self.names, self.place, self.slopes, strict=True), (height, self.height, Fraction(-1))]
        return ", ".join(f"{name} = {_from(start, pace, parameter)}" for name, start, pace in ways)


def _line(slopes: Mapping[str, Fraction], constant: Fraction) -> str:
    """Return `3*x/2 - 9`; what is 0 is left out."""
    parts = [_part(slope, name) for name, slope in slopes.items() if slope]
    return joined([*parts, *([str(constant)] if constant else [])])


def _from(start: Fraction, pace: Fraction, parameter: str) -> str:
    """Return `2 + 3*t`."""
    return joined([*([str(start)] if start else []), *([_part(pace, parameter)] if pace else [])])


def _part(factor: Fraction, name: str) -> str:
    """Return `3*x/2` and `-x/4`, as fractions of names are written."""
    above = product(str(factor.numerator), name)
    return above if factor.denominator == 1 else f"{above}/{factor.denominator}"


def total(result: Result, errors: Mapping[str, str] | None) -> Total:
    """Return the view; `errors` maps variables to the texts of their standard uncertainties."""
    slopes = [d for d in result.derivatives if len(d.wrt) == 1]
    numbers = [d.answer for d in slopes]
    at_point = None
    if result.at is not None and None not in numbers:
        parts = [product(shortest(number), f"d{d.wrt[0]}") for d, number in zip(slopes, numbers, strict=True) if number]
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
