"""Derivatives of high order by one variable, proved from values of f on a circle.

On the box of a disc of radius R (see `discs`) f is holomorphic with |f| <= M, so that its Taylor coefficients about the
point obey |c_n| <= M/R^n. On the circle of radius r = R/2 the mean of N values is

    1/N * sum over j of f(x + r*w^j)*w^(-j*k) = sum over m >= 0 of c_(k+m*N)*r^(k+m*N),  w = exp(2*pi*i/N), k < N

(Trefethen and Weideman, The Exponentially Convergent Trapezoidal Rule, SIAM Review 56, 2014, section 2). It is c_k*r^k,
up to what the terms with m >= 1 add: at most M*2^-k/(2^N - 1). f is real on the real line, so values in the lower half
plane are the conjugates of those above. Central differences of order k need k times the digits of their steps; these
means share N values among all orders. No derivative rule is used.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from flint import acb, arb, arb_mat, fmpq

from derivcli.witnesses.proof.numbers import Number, ball, need

if TYPE_CHECKING:
    from collections.abc import Callable

    from derivcli.witnesses.proof.discs import Disc


_NOTHING_BITS = 2000  # 2^-2000 is below 1e-600, which counts as 0, with a few bits to spare


def points_for_zero(disc: Disc, name: str, order: int) -> int:
    """Return of how many points a mean shows that a derivative of at most this order is 0, as far as Cauchy knows."""
    largest = disc.bound * math.factorial(order) * arb(2) ** (-order * disc.radii[name])
    return _NOTHING_BITS + 2 * max(0, _bits(largest), _bits(disc.bound))


def _bits(x: arb) -> int:
    mantissa, exponent = x.upper().man_exp()
    return int(mantissa).bit_length() + int(exponent)


class CircleMeans:
    """Means of f, a function of the variable `name`, over `count` points of a circle in a disc about the centre.

    All is at the current precision, `count` is even. Raises `UnprovedError` where f has no value on the circle.
    """

    def __init__(
        self, function: Callable[[dict[str, Number]], Number], name: str, centre: Number, disc: Disc, count: int
    ) -> None:
        self._count, self._radius, self._bound = count, disc.radii[name], disc.bound
        upper = _roots(count)
        step = arb(2) ** (self._radius - 1)
        values = [acb(ball(function({name: acb(ball(centre)) + step * root}))) for root in upper]
        roots = [*upper, *(root.conjugate() for root in upper[-2:0:-1])]
        self._roots = [(root.real, root.imag) for root in roots]
        self._values = arb_mat([[part for value in values for part in (value.real, value.imag)]])

    def derivative(self, order: int) -> arb:
        """Return an enclosure of a derivative of an order below `count`."""
        need(order < self._count)
        half = self._count // 2
        turns = (self._roots[j * order % self._count] for j in range(half + 1))  # the real part of v*conj(w) is v.w
        pairs = (self._values * arb_mat(2 * half + 2, 1, [part for turn in turns for part in turn]))[0, 0]
        ends = self._values[0, 0] + (-1) ** order * self._values[0, 2 * half]
        mean = (2 * pairs - ends) / self._count
        left_out = self._bound * arb(2) ** -order / (arb(2) ** self._count - 1)
        coefficient: arb = mean + arb(0, left_out.abs_upper())
        return coefficient * math.factorial(order) * arb(2) ** (order * (1 - self._radius))


def _roots(count: int) -> list[acb]:
    """Return the roots of unity in the upper half plane, 1 and -1 among them."""
    roots, first = [acb(1)], acb(fmpq(2, count)).exp_pi_i()
    for _ in range(count // 2):
        roots.append(roots[-1] * first)
    return roots
