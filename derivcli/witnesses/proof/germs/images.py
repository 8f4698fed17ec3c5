"""A function of one part that moves, near a point in several variables: from its germs on the sides of that part.

The theorem is in the head of `deviations`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from flint import fmpq

from derivcli.witnesses.proof.germs import forms
from derivcli.witnesses.proof.germs.deviations import BELOW_POWERS, HIGHEST, NEVER, Deviation, Order, with_polynomial
from derivcli.witnesses.proof.germs.exponents import Exponent, is_positive
from derivcli.witnesses.proof.germs.limits import is_one_number, limit
from derivcli.witnesses.proof.germs.powers import Expanding, NoSideError
from derivcli.witnesses.proof.germs.scales import FLAT, is_beyond
from derivcli.witnesses.proof.germs.series import Germ, constant
from derivcli.witnesses.proof.germs.walk import of_function
from derivcli.witnesses.proof.numbers import ZERO, need

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from derivcli.witnesses.proof.germs.constants import Coefficient
    from derivcli.witnesses.proof.germs.forms import Polynomial
    from derivcli.witnesses.proof.germs.scales import Scale

_BOUNDED = frozenset({"sin", "cos", "tanh", "atan", "sign", "erf", "sigmoid"})  # wherever they have values


def of_one(op: str, parts: Sequence[Deviation], work: Expanding) -> Deviation:
    """Return a function of which one operand moves."""
    moving = [k for k, part in enumerate(parts) if not part.is_still]
    need(len(moving) == 1)
    (place,) = moving
    if not parts[place].tends_to_base:
        need(op in _BOUNDED)
        return Deviation(ZERO, (0, 0))
    args = [constant(part.base) for part in parts]
    return by_germs(
        parts[place], lambda x: of_function(op, [*args[:place], x, *args[place + 1 :]], work, is_alike=False), work
    )


def by_germs(part: Deviation, function: Callable[[Germ], Germ], work: Expanding) -> Deviation:
    """Return a function of a part that tends to its base, from germs on the sides on which that moves."""

    def image(step: int) -> Germ | None:
        moved = Germ((((1, 0, 0), fmpq(step)),)) if step else Germ()
        try:
            return function(work.add(constant(part.base), moved))
        except NoSideError:
            return None

    here = image(0)
    ways = (1, -1) if part.way is None else (part.way,)
    sides = {way: rise for way in ways if (rise := image(way)) is not None}
    need(bool(sides), not work.is_wild)
    base = _only_limit(sides.values(), work) if here is None else here.constant
    need(base is not None)
    rises = {way: work.minus(side, constant(base)) for way, side in sides.items()}
    is_off = here is None or part.lower is not None  # next to the point d is not 0 where f has a value
    found = _image(base, part, list(rises.values()), is_off=is_off)
    p, rest = _taylor(part, rises)
    return found if p is None else with_polynomial(found, p, rest)


def _only_limit(sides: Iterable[Germ], work: Expanding) -> Coefficient:
    """Return what germs tend to, if that is one number; else 0."""
    found = [limit(side, work) for side in sides]
    return found[0].number if all(is_one_number(found[0], other) for other in found) else ZERO


def _image(base: Coefficient, part: Deviation, rises: Sequence[Germ], *, is_off: bool) -> Deviation:
    """Return what the rises of a function, on the sides on which its argument moves, make of d."""
    uppers, lowers, turns = [], [], []
    for rise in rises:
        turn, order = _leading(rise)
        uppers.append(NEVER if turn == 0 else _plugged(order, part, is_upper=True))
        lowers.append(
            None if not turn or not is_off or order == BELOW_POWERS else _plugged(order, part, is_upper=False)
        )
        turns.append(turn)
    upper = None if None in uppers else min(x for x in uppers if x is not None)
    lower = None if None in lowers else max(x for x in lowers if x is not None)
    kept = set(turns) - {0}
    return Deviation(base, upper, lower, (kept.pop() if kept else 0) if len(kept) < 2 else None)


def _leading(rise: Germ) -> tuple[int, Order]:
    """Return the sign of a germ and its scale, as an order; of 0 no sign."""
    if rise.scale is None:
        return 0, NEVER
    p, j, slow = rise.scale
    if rise.scale == FLAT or (isinstance(p, Exponent) and p.grows and is_positive(p)):
        return rise.sign(), BELOW_POWERS
    need(not isinstance(p, Exponent) and not isinstance(j, Exponent) and slow == 0 and not is_beyond(rise.scale))
    return rise.sign(), (p, j)  # type: ignore[return-value] # no exponents


def _plugged(order: Order, part: Deviation, *, is_upper: bool) -> Order | None:
    """Return the order of a function that rises, or falls, of an argument between two orders."""
    p, j = order
    if order == (0, 0):
        return order
    bound = part.upper if (order > (0, 0)) == is_upper else part.lower
    return None if bound is None else (p * bound[0], p * bound[1] + j)


def _taylor(part: Deviation, rises: Mapping[int, Germ]) -> tuple[Polynomial | None, float]:
    """Return the Taylor polynomial of a function of a polynomial, and the order of what is left out."""
    series = _one_series(rises)
    if part.polynomial is None or series is None:
        return None, 0
    coefficients, left_out = series
    lowest = min(forms.order(part.polynomial) or math.inf, part.rest)
    rest = min(part.rest, lowest * left_out)
    if rest < math.inf or max(coefficients, default=0) * part.polynomial.total_degree() >= HIGHEST:
        rest = min(rest, HIGHEST)
    total, power, done = part.polynomial * 0, part.polynomial * 0 + 1, 0
    for k, c in sorted(coefficients.items()):
        if k * lowest < rest:
            for _ in range(done, k):
                power = forms.cut(power * part.polynomial, rest)
            done, total = k, total + power * c
    return total, rest


_Series = tuple[dict[int, fmpq], float]  # the coefficients of powers of d, and the power of what is left out


def _one_series(rises: Mapping[int, Germ]) -> _Series | None:
    """Return the Taylor polynomial of which the germs of all sides are, None where there is none."""
    found = [_series(way, rise) for way, rise in rises.items()]
    known = [series for series in found if series is not None]
    if len(known) < len(found) or any(series[0] != known[0][0] for series in known):
        return None
    return known[0][0], min(left_out for _coefficients, left_out in known)


def _series(way: int, rise: Germ) -> _Series | None:
    coefficients = {}
    left_out = math.inf if rise.rest is None else _whole_power(rise.rest.scale)
    for scale, c in rise.terms:
        k = _whole_power(scale)
        if not k or not isinstance(c, fmpq):
            return None
        coefficients[k] = c * way**k
    return (coefficients, left_out) if left_out else None


def _whole_power(scale: Scale) -> int:
    """Return k of a scale s^k, 0 where it is another one."""
    k, a, b = scale
    return k if isinstance(k, int) and k > 0 and not a and not b else 0
