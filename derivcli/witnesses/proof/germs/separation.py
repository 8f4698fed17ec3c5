"""How near to 0 an algebraic number may be without being 0: so that it is 0 is proved by balls.

A number is written as U/L, where U and L are algebraic integers of a number field of degree d whose conjugates are at
most u and l in size. Unless U is 0 its norm is an integer that is not 0, so |U| >= u^(1 - d) and |U/L| >= u^(1 - d)/l
(C. Burnikel, S. Funke, K. Mehlhorn, S. Schirra, S. Schmitt, A separation bound for real algebraic expressions, ESA
2001). Sums, products, quotients and roots have the rules below; 2*sin(q*pi) is an algebraic integer of a cyclotomic
field, and so are its conjugates 2*sin(r*pi).
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from flint import fmpq, fmpz

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.witnesses.proof.germs.constants import NamedNumber, Power, Powers

_SINES = ("sin", "cos")
_SPARE = 1.001  # floats err by far less than this in a sum of hundreds of logarithms
_NUMBERS = ("prime", "rational")


class _Sizes(NamedTuple):
    """Logarithms, to the base 2, of bounds on the conjugates of U and of L."""

    above: float
    below: float


class _Field:
    """The field that the numbers met so far lie in, by the roots and roots of unity that it is made with."""

    def __init__(self) -> None:
        self._roots: dict[NamedNumber, int] = {}
        self._turn = 1  # the order of the root of unity

    @property
    def degree(self) -> int:
        """A bound on the degree over the rationals: each k-th root multiplies it by k at most."""
        return math.prod(self._roots.values()) * int(fmpz(self._turn).euler_phi())

    def polynomial(self, terms: Mapping[Powers, fmpq]) -> _Sizes:
        """Return the sizes of a sum: over the product of all denominators."""
        found = [self._term(powers, c) for powers, c in terms.items()]
        below = sum(sizes.below for sizes in found)
        above = max(sizes.above - sizes.below for sizes in found) + below + math.log2(len(found))
        return _Sizes(above, below)

    def _term(self, powers: Powers, c: fmpq) -> _Sizes:
        above, below = (math.log2(abs(int(part))) for part in (c.p, c.q))
        for atom, power in powers:
            sizes = self._power(atom, power)
            above, below = above + sizes.above, below + sizes.below
        return _Sizes(above, below)

    def _power(self, atom: NamedNumber, power: Power) -> _Sizes:
        above, below = self._atom(atom)
        exponent = Fraction(power)
        k, n = exponent.denominator, exponent.numerator
        if k > 1:
            self._roots[atom] = math.lcm(self._roots.get(atom, 1), k)
            if above >= below:
                above = (above + (k - 1) * below) / k
            else:
                below = ((k - 1) * above + below) / k
        return _Sizes(n * above, n * below) if n > 0 else _Sizes(-n * below, -n * above)

    def _atom(self, atom: NamedNumber) -> _Sizes:
        name, argument = atom.key
        if name in _SINES:
            self._turn = math.lcm(self._turn, 4 * int(next(iter(argument.terms.values())).q))
            return _Sizes(1, 1)
        if name in _NUMBERS:
            return self._term(frozenset(), fmpq(argument))
        return self.polynomial(argument.terms)


def least_bits(terms: Mapping[Powers, fmpq]) -> int:
    """Return b such that a sum of algebraic terms is 0 or at least 2^-b in size."""
    field = _Field()
    above, below = field.polynomial(terms)
    return math.ceil((max(above, 0.0) * (field.degree - 1) + max(below, 0.0)) * _SPARE) + 1
