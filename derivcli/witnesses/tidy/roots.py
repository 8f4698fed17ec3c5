"""Roots, absolute values and signs of a product on their way to paper."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from derivcli.witnesses.tidy.factors import MOST_MERGED
from derivcli.witnesses.tidy.field import ABS, CBRT, ROOT, Atom, put, raise_by
from derivcli.witnesses.tidy.nodes import Written, call, power, shorter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.witnesses.tidy.polynomials import Poly
    from derivcli.witnesses.tidy.writing import Side, Writer

_MOST_ABSOLUTE = 3  # terms of a product in one absolute value: |x^2 - x|, but no polynomial of degree 6


class Roots:
    """Takes roots, absolute values and signs out of products, written."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def taken(self, coefficient: Fraction, powers: dict[Atom, int], sides: list[Side]) -> Fraction:
        """Move roots out of a product, each with the powers of what it is the root of: sqrt(x)/x is 1/sqrt(x)."""
        while roots := [atom for atom in powers if atom.kind in (ROOT, CBRT)]:
            root = max(roots, key=lambda atom: atom.index)
            above = powers.pop(root)
            _show_inner_root(powers, root)
            whole = _whole_powers(coefficient, powers, root)
            coefficient *= put(powers, root, -whole)
            exponent = Fraction(above, root.degree) + whole
            radicand = self._radicand(root)
            if root.kind == CBRT:
                radicand, exponent = call("cbrt", radicand), exponent * root.degree
            if exponent:
                written = power(radicand, abs(exponent), self._writer.field.typed)
                sides.append((1 if exponent > 0 else -1, written))
        return coefficient

    def _radicand(self, root: Atom) -> Written:
        best = self._writer.poly(root.key[1])
        assert root.relation is not None  # noqa: S101 - it is a root
        if len(root.relation.powers) > 1 or any(k > 1 for k in root.relation.powers.values()):
            best = shorter(best, self._writer.product(root.relation))
        return best

    def absolutes(self, coefficient: Fraction, powers: dict[Atom, int]) -> tuple[Fraction, list[Side]]:
        """Move absolute values out of a product: abs(a)/a is sign(a), a*abs(a)/a^2 is a/abs(a)."""
        found: dict[tuple[str, int], list[Poly]] = {}
        for absolute in [atom for atom in powers if atom.kind == ABS]:
            del powers[absolute]
            exponent = powers.get(absolute.key, 0)
            is_odd = exponent % 2
            kind = ("abs", 1) if exponent >= 0 else ("sign", 1) if is_odd else ("abs", -1)
            raise_by(powers, absolute.key, 0 if exponent >= 0 else 1 if is_odd else 2)
            found.setdefault(kind, []).append(absolute.key.poly)
        sides: list[Side] = []
        for (name, side), polys in found.items():
            for poly in self._together(polys):
                written, turned = self._writer.poly(poly), self._writer.poly(-poly)
                if turned.rank < written.rank:
                    written, coefficient = turned, -coefficient if name == "sign" else coefficient
                sides.append((side, call(name, written)))
        return coefficient, sides

    def _together(self, polys: list[Poly]) -> list[Poly]:
        """Return one product of the polynomials, if that is shorter than all of them apart."""
        if len(polys) == 1 or math.prod(map(len, polys)) > MOST_MERGED:
            return polys
        both: Poly = math.prod(polys[1:], start=polys[0])
        apart = sum(self._writer.poly(poly).cost for poly in polys) + 2 * len(polys) - 2
        return [both] if len(both) <= _MOST_ABSOLUTE and self._writer.poly(both).cost < apart else polys


def _show_inner_root(powers: dict[Atom, int], root: Atom) -> None:
    """Write x as sqrt(x)^2 where sqrt(x) is a factor of what is under the root, and is below the bar."""
    assert root.relation is not None  # noqa: S101 - it is a root
    for inner in root.relation.powers:
        known = inner.relation
        if known is None or known.coefficient != 1 or powers.get(inner, 0) < 0:
            continue
        if all(powers.get(atom, 0) <= -k for atom, k in known.powers.items()):
            raise_by(powers, inner, -inner.degree)
            put(powers, inner, 1)


def _whole_powers(coefficient: Fraction, powers: Mapping[Atom, int], root: Atom) -> int:
    """Return how many times what is under a root stands beside it, on one side of the fraction bar."""
    assert root.relation is not None  # noqa: S101 - it is a root
    times = [Fraction(powers.get(atom, 0), k) for atom, k in root.relation.powers.items()]
    if not times:
        return -1 if coefficient.denominator % root.relation.coefficient == 0 else 0
    if all(t < 0 for t in times):
        return min(max(map(math.ceil, times)), -1) if root.kind == ROOT else -1
    return min(map(math.floor, times)) if root.kind == ROOT and all(t >= 1 for t in times) else 0
