"""Exponents of scales: rationals of Python's where they are that, else exact irrational ones, or ones that grow.

exp(-1/s) is s^(1/(s*l)), where l = log(1/s): an exponent that grows itself. It is a sum of scales that do not tend to
0, with coefficients. Two exponents are in the order of the functions that they are for all small s, which the first
coefficient of their difference tells; where its sign is open, nothing is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flint import fmpq

from derivcli.witnesses.proof.germs.constants import Coefficient, sign
from derivcli.witnesses.proof.germs.exact import fraction, rational
from derivcli.witnesses.proof.numbers import UnprovedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.witnesses.proof.germs.constants import Power

_UNIT = (0, 0, 0)


class Exponent:
    """An exponent that is no rational: `terms` are its scales, the largest first, with their coefficients."""

    __slots__ = ("_hash", "terms")

    def __init__(self, terms: tuple[tuple[Any, Coefficient], ...]) -> None:
        self.terms = terms
        self._hash = hash(terms[0])

    @property
    def grows(self) -> bool:
        """Whether it grows without bound."""
        return bool(self.terms[0][0] != _UNIT)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Exponent) and (self.terms == other.terms or self - other == 0)

    def __add__(self, other: Exponent | Power) -> Exponent | Power:
        terms = dict(self.terms)
        for scale, c in terms_of(other):
            terms[scale] = terms[scale] + c if scale in terms else c
        return exponent(terms)

    def __mul__(self, factor: Power) -> Exponent | Power:
        return exponent({scale: c * rational(factor) for scale, c in self.terms})

    def __neg__(self) -> Exponent:
        return Exponent(tuple((scale, -c) for scale, c in self.terms))

    def __sub__(self, other: Exponent | Power) -> Exponent | Power:
        return self + -other

    def __rsub__(self, other: Power) -> Exponent | Power:
        return -self + other

    __radd__, __rmul__ = __add__, __mul__

    def __lt__(self, other: Exponent | Power) -> bool:
        return _sign(self - other) < 0

    def __gt__(self, other: Exponent | Power) -> bool:
        return _sign(self - other) > 0

    def __le__(self, other: Exponent | Power) -> bool:
        return not self > other

    def __ge__(self, other: Exponent | Power) -> bool:
        return not self < other


def terms_of(p: Exponent | Power) -> tuple[tuple[Any, Coefficient], ...]:
    """Return the terms of an exponent."""
    if isinstance(p, Exponent):
        return p.terms
    return ((_UNIT, rational(p)),) if p else ()


def exponent(terms: Mapping[Any, Coefficient]) -> Exponent | Power:
    """Return a sum of scales with coefficients as an exponent: as a rational where it is one."""
    kept = sorted((scale, c) for scale, c in terms.items() if not (isinstance(c, fmpq) and c == 0))
    if not kept:
        return 0
    scale, c = kept[0]
    return fraction(c) if scale == _UNIT and isinstance(c, fmpq) else Exponent(tuple(kept))


def _sign(p: Exponent | Power) -> int:
    if not isinstance(p, Exponent):
        return (p > 0) - (p < 0)
    found = sign(p.terms[0][1])
    if not found:
        raise UnprovedError
    return found


def is_positive(p: Exponent | Power) -> bool:
    """Tell whether an exponent is above 0; raises `UnprovedError` where that is open."""
    return _sign(p) > 0
