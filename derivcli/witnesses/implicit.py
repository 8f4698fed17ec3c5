"""The derivatives of a function that is given by an equation, from the partial derivatives of the equation.

Near a point of `F(x, y) = c` where F_y is not 0, y is a power series in the displacement of the x. Its parts of degree
1, 2, ... follow one by one: that of degree k makes the part of degree k of F's own series vanish (the implicit function
theorem; Krantz and Parks, The Implicit Function Theorem, section 2.2).
"""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Any

from derivcli.witnesses.evidence import Wrt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Series = dict[Wrt, Any]  # from a product of variables, sorted, to its coefficient


def needed(wrt: Wrt, variable: str) -> list[Wrt]:
    """Return the derivatives of F that a derivative of `variable` by `wrt` is made of."""
    names = sorted({*wrt, variable})
    orders = Counter(wrt)
    found = [t for degree in range(1, len(wrt) + 1) for t in combinations_with_replacement(names, degree)]
    return [t for t in found if all(count <= orders[name] for name, count in Counter(t).items() if name != variable)]


def derivative(wrt: Wrt, variable: str, partials: Mapping[Wrt, Any]) -> Any:
    """Return the derivative of `variable` by `wrt`, from F's derivatives (their names sorted), by `+ * /` alone.

    The numbers may be of any kind that adds, multiplies and divides, with whole numbers too.
    """
    slope = partials[(variable,)]
    equation = {t: partials[t] / _factorials(t) for t in needed(wrt, variable)}
    series: Series = {}
    powers: dict[tuple[int, int], Series] = {}
    for degree in range(1, len(wrt) + 1):
        part = _part(equation, series, powers, variable, degree)
        series |= {t: number / slope * -1 for t, number in part.items()}
    return series[tuple(sorted(wrt))] * _factorials(wrt)


def _factorials(t: Wrt) -> int:
    return math.prod(map(math.factorial, Counter(t).values()))


def _part(
    equation: Series, series: Series, powers: dict[tuple[int, int], Series], variable: str, degree: int
) -> Series:
    """Return the part of one degree of F where `variable` is a series that is known below that degree."""
    total: Series = {}
    for t, coefficient in equation.items():
        held = tuple(name for name in t if name != variable)
        if t != (variable,) and len(t) <= degree:
            power = _power(series, powers, len(t) - len(held), degree - len(held))
            _add(total, ((tuple(sorted(held + u)), coefficient * number) for u, number in power.items()))
    return total


def _power(series: Series, powers: dict[tuple[int, int], Series], exponent: int, degree: int) -> Series:
    """Return the part of one degree of a power of a series; each is kept, for later degrees do not change it."""
    if exponent == 0:
        return {(): 1} if degree == 0 else {}
    if (exponent, degree) not in powers:
        found: Series = {}
        for t, number in series.items():
            if len(t) <= degree - exponent + 1:
                rest = _power(series, powers, exponent - 1, degree - len(t))
                _add(found, ((tuple(sorted(t + u)), number * other) for u, other in rest.items()))
        powers[exponent, degree] = found
    return powers[exponent, degree]


def _add(total: Series, terms: Iterable[tuple[Wrt, Any]]) -> None:
    for t, number in terms:
        total[t] = total[t] + number if t in total else number
