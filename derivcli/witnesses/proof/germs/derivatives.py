"""The derivative of a germ by s, term by term: a theorem in a Hardy field (see the head of the package)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.witnesses.proof.germs.exponents import terms_of
from derivcli.witnesses.proof.germs.rests import Rest
from derivcli.witnesses.proof.germs.scales import FLAT, UNIT, Scale, is_beyond, times
from derivcli.witnesses.proof.germs.series import Germ, ShortError, add, made, scaled
from derivcli.witnesses.proof.numbers import ZERO, UnprovedError

if TYPE_CHECKING:
    from derivcli.witnesses.proof.germs.constants import Coefficient

# l, log(l), and what is no scale here; and the derivatives of -l, -log(l) and -log(log(l)).
_LOGARITHMS: tuple[Scale, ...] = ((0, -1, 0), (0, 0, -1), UNIT)
_SLOPES: tuple[Scale, ...] = ((-1, 0, 0), (-1, 1, 0), (-1, 1, 1))


def _slopes(scale: Scale) -> Germ:
    """Return the derivative of a scale, which is that of its logarithm -p*l - a*log(l) - b*log(log(l)) times it."""
    terms: dict[Scale, Coefficient] = {}
    for place, (p, unit) in enumerate(zip(scale, _LOGARITHMS, strict=True)):
        for at, c in terms_of(p):
            log_slope = Germ(((_SLOPES[place], c),)) if at == UNIT else scaled(_slopes(times(at, unit)), -c)
            for below, x in log_slope.terms:
                terms[times(scale, below)] = terms.get(times(scale, below), ZERO) + x
    return made(terms, None, len(terms))


def differentiated(germ: Germ, most: int) -> Germ:
    """Return the derivative, where no wave is in the germ: then what is left out is differentiated like its scale.

    A rest that is bounded and no more may tend to a number, slower than any scale: of its derivative nothing is known.
    """
    total = Germ((), None if germ.rest is None else _of_rest(germ.rest.scale))
    for scale, c in germ.terms:
        slopes = _slopes(scale)
        total = add(total, Germ(tuple((at, x * c) for at, x in slopes.terms)), most)
    return total


def _of_rest(scale: Scale) -> Rest:
    if is_beyond(scale):
        if scale != FLAT:
            raise UnprovedError
        return Rest(FLAT)
    if scale == UNIT:
        raise ShortError
    return Rest(_slopes(scale).terms[0][0])
