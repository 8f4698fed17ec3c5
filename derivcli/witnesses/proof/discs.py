"""Derivatives proved from values of f alone: differences, with a bound on what they leave out.

A polydisc around the point is put into a box on which every instruction is holomorphic. There |f| <= M, so that the
Taylor coefficients of f obey |c_b| <= M/R^b (Cauchy's estimate, with a radius R for each variable). The central
difference of order k with steps 2h is

    sum over j of (-1)^j*C(k, j)*f(x + (k - 2j)*h) = sum over b of c_b*h^b*g_b,
    g_b = sum over j of (-1)^j*C(k, j)*(k - 2j)^b,

with g_b = 0 for b < k and for odd b - k, g_k = 2^k*k!, and |g_b| <= 2^k*k^b. Divided by (2h)^k it is the derivative, up
to what the terms with b >= k + 2 add: at most M/R^k*k^k*(q^2 + q^4 + ...) with q = k*h/R. Differences in several
variables multiply. No derivative rule is used.

A first derivative needs one value only. f is real at real points, so that c_b is real, and

    Im f(x + i*h)/h = c_1 - c_3*h^2 + c_5*h^4 - ...

which is f' up to at most M/R*(q^2 + q^4 + ...) with q = h/R (Squire and Trapp, Using Complex Variables to Estimate
Derivatives of Real Functions, SIAM Review 40, 1998). No digits are lost in a difference.
"""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from flint import acb, arb, ctx, fmpq

from derivcli.witnesses.proof.numbers import ZERO, BlurredError, Number, UnprovedError, ball, real

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from derivcli.witnesses.proof.machine import Function

# Bits by which a radius is smaller than its coordinate. A point is seldom nearer to an edge than the digits with which
# it was typed: so the first few do; the last ones are for points such as 1 - 1e-300.
_RADII = (4, 12, 30, 80, 200, 500, 1200, 3000)
# The bound on a derivative of order k grows like R^-k: for a high one a wide disc is worth a search.
_WIDE = (-3, -1, 0, 1, 2)
_HIGH_ORDER = 6
# Bits of the radius around a large coordinate that lies between poles or zeros as tan(1e300) does: they are pi apart.
_BESIDE_POLES = -3
# Where |f| on a box is larger than at the point, and than on a smaller box, by this factor, the smaller one bounds the
# derivatives better than more digits do.
_GROWTH = arb(2) ** 64
_BOX_BITS = 53  # a bound needs few digits
_KEPT = 1_000  # powers of two: some of each radius that is met, a hundred bytes each
_FARTHEST = 20_000  # bits of the exponent of a coordinate: its steps are rationals, written out


class Disc(NamedTuple):
    """A polydisc on which f is holomorphic: its radii, each a power of two, and a bound on |f| there.

    The radii are smaller than the coordinates by `depth` bits.
    """

    radii: Mapping[Any, int]
    bound: arb
    depth: int = 0


class Vicinity(NamedTuple):
    """All points of [n*R, (n + 1)*R], where R = 2^radius and n is the `number`."""

    radius: int
    number: int

    @property
    def box(self) -> acb:
        """The box that holds the discs of the radius R around all points of the vicinity."""
        reach = _two_to(self.radius)
        return acb((self.number + arb("0.5", "1.5")) * reach, arb(0, reach))


def vicinity_of(x: Number) -> Vicinity:
    """Return the vicinity that holds a coordinate, as wide as the first radius that is tried around it.

    Raises `BlurredError` where a ball lies across the end of a vicinity.
    """
    size = ball(x)
    radius = _size(size) - _RADII[0]
    found = (size * _two_to(-radius)).floor().unique_fmpz()
    if found is None:
        raise BlurredError
    return Vicinity(radius, int(found))


def disc_on(function: Function, vicinities: Mapping[Any, Vicinity]) -> Disc | None:
    """Return the polydisc around any point in some vicinities; None where f is not holomorphic there for sure."""
    with ctx.workprec(_BOX_BITS + _RADII[0]), suppress(UnprovedError):
        bound = _upper(function({name: vicinity.box for name, vicinity in vicinities.items()}))
        return Disc({name: vicinity.radius for name, vicinity in vicinities.items()}, bound, _RADII[0])
    return None


def is_narrow(disc: Disc, value: Number) -> bool:
    """Tell whether f, which has a value at the point, is not much larger anywhere in a disc."""
    return bool(disc.bound <= _upper(value) * _GROWTH)


def find_disc(function: Function, value: Number, centre: Mapping[Any, Number], order: int) -> Disc:
    """Return a polydisc for a derivative of an order at a point, in the coordinates of `centre`.

    `value` is that of f at the point. Raises `UnprovedError` where f is holomorphic in no disc that was tried.
    """
    sizes = {name: _size(x) for name, x in centre.items()}
    last: Disc | None = None
    for radius in _tried(max(sizes.values()), order):
        radii = {name: size - radius for name, size in sizes.items()}
        with ctx.workprec(_BOX_BITS + max(radius, 0)):
            try:
                bound = _upper(function({name: _box(x, radii[name]) for name, x in centre.items()}))
            except UnprovedError:  # blurred, or refused: on a wide box numbers may grow beyond all limits
                continue
            disc = Disc(radii, bound, radius)
            if last is not None and last.bound <= disc.bound * _GROWTH:
                return last
            if is_narrow(disc, value):
                return disc
            last = disc
    if last is None:
        raise BlurredError
    return last


def _tried(size: int, order: int) -> list[int]:
    """Return by how many bits the radii are to be smaller than their coordinates, of which the largest has a size."""
    tried = (*_WIDE, *_RADII) if order >= _HIGH_ORDER else _RADII
    return sorted({*tried, size - _BESIDE_POLES}) if size > _BESIDE_POLES + _RADII[0] else [*tried]


def _size(x: Number) -> int:
    """Return the exponent of 2 of a coordinate's size; that of 1 for 0."""
    size = ball(x)
    if size.contains(0):
        return 0
    mantissa, exponent = size.mid().man_exp()
    if abs(exponent) >= _FARTHEST:
        raise UnprovedError
    return int(mantissa.bit_length() + exponent)


def _box(x: Number, bits: int) -> acb:
    """Return the square box that holds all discs of a radius around the points of a real ball."""
    reach = arb(0, _two_to(bits))
    return acb(real(x) + reach, reach)


def around(x: Number, bits: int) -> arb:
    """Return the ball around a coordinate whose radius is smaller than it by some bits."""
    return real(x) + arb(0, arb(2) ** (_size(x) - bits))


def _upper(x: Number) -> arb:
    found: arb = abs(ball(x)).upper()
    return found


@dataclass(frozen=True)
class CentralDifferences:
    """Central differences of f at the current precision, `bits` below the radii of a disc; each value of f is kept."""

    function: Function
    centre: Mapping[Any, Number]
    disc: Disc
    bits: int
    seen: dict[tuple[int, ...], Number] = field(default_factory=dict)

    def derivative(self, orders: Mapping[Any, int]) -> Number:
        """Return an enclosure of a derivative of these orders; raises `UnprovedError` where f has no value."""
        total: Number = ZERO
        for places in product(*map(_stencil, orders.values())):
            shifts = dict(zip(orders, (shift for shift, _weight in places), strict=True))
            total += math.prod(weight for _shift, weight in places) * self._at(shifts)
        steps = sum(k * (self.disc.radii[name] - self.bits + 1) for name, k in orders.items())
        return ball(total) * arb(2) ** -steps + arb(0, self._left_out(orders))

    def _at(self, shifts: Mapping[Any, int]) -> Number:
        key = tuple(shifts.get(name, 0) for name in self.centre)
        if key not in self.seen:
            bits, radii = self.bits, self.disc.radii
            point = {
                name: self.centre[name] + shift * fmpq(2) ** (radii[name] - bits) for name, shift in shifts.items()
            }
            self.seen[key] = self.function(point)
        return self.seen[key]

    def _left_out(self, orders: Mapping[Any, int]) -> arb:
        """Bound what the terms of higher order add."""
        scale = arb(2) ** -sum(k * self.disc.radii[name] for name, k in orders.items())
        return (_all_tails(tuple(orders.values()), self.bits) * self.disc.bound * scale).abs_upper()


def first_derivative(function: Callable[[Number], Number], x: Number, name: Any, disc: Disc, bits: int) -> Number:
    """Return an enclosure of the derivative at x by the coordinate of a name, from a value near the centre of a disc.

    That is taken `bits` below its radius. `function` is f along this coordinate.
    """
    radius = disc.radii[name]
    value = function(acb(ball(x), _two_to(radius - bits)))
    left_out = arb(0, (_tail(1, bits) * disc.bound * _two_to(-radius)).abs_upper())
    return value.imag * _two_to(bits - radius) + left_out if isinstance(value, acb) else left_out


@lru_cache(_KEPT)
def _two_to(exponent: int) -> arb:
    """Return a power of two, which is exact at any precision."""
    return arb(2) ** exponent


@cache
def _stencil(k: int) -> tuple[tuple[int, int], ...]:
    """Return how many steps the values of a central difference of order k are away, and their weights."""
    return tuple((k - 2 * j, (-1) ** j * math.comb(k, j)) for j in range(k + 1))


@cache
def _all_tails(orders: tuple[int, ...], bits: int) -> arb:
    """Return a bound on what the product of the sums over b of c_b*h^b*g_b has beside its first term, in M/R^k."""
    whole = math.prod(map(math.factorial, orders))
    return math.prod((math.factorial(k) + _tail(k, bits) for k in orders), start=arb(1)) - whole


@cache
def _tail(k: int, bits: int) -> arb:
    """Return a bound on k^k*(q^2 + q^4 + ...), where q = k*2^-bits is below 1."""
    square = (k * arb(2) ** -bits) ** 2
    if not square < 1:
        raise UnprovedError
    return arb(k) ** k * square / (1 - square)
