"""The derivative of a germ by s, term by term: a theorem in a Hardy field (see the head of the package)."""

from __future__ import annotations

from derivcli.witnesses.proof.germs.exact import rational
from derivcli.witnesses.proof.germs.series import FLAT, UNIT, Germ, Rest, Scale, ShortError, add, is_beyond
from derivcli.witnesses.proof.numbers import UnprovedError


def _slopes(scale: Scale) -> Germ:
    """Return the derivative of s^p*(1/l)^a*(1/log(l))^b: it is p/s + a/(s*l) + b/(s*l*log(l)) times that."""
    p, a, b = scale
    terms = (((p - 1, a, b), p), ((p - 1, a + 1, b), a), ((p - 1, a + 1, b + 1), b))
    return Germ(tuple((at, rational(c)) for at, c in terms if c))


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
