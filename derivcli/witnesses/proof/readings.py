"""Proved numbers as readings: decimal texts with a bound on what they leave out, rounded outward."""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, ROUND_UP, Context, Decimal, Inexact
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flint import arb, ctx, fmpq

from derivcli.witnesses.evidence import Outcome, Reading
from derivcli.witnesses.proof.numbers import Number, UnprovedError, checked, need, rational, real

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from derivcli.model.statuses import Proof

_DIGITS = 45  # of a reading: half as many again as are sure at least
_CUT_BITS = 400  # enough to see what 45 digits, which are 150 bits, leave out of a rational
_SHORT_BITS = 300  # of a rational that a decimal of 60 digits may be
_LONGEST_EXPONENT = 10**17  # decimal arithmetic ends at 1e18 digits
NOTHING = "1e-600"  # what a number that may be 0 is smaller than, to count as 0
_COMBINED_BITS = 64  # that a number has to have which is computed from readings: more than a float64 has
_OUTWARD = Context(prec=5, rounding=ROUND_UP, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])


def _decimal(x: fmpq) -> tuple[str, bool]:
    """Return a rational as a decimal, and whether it is that for sure."""
    context = Context(prec=60, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
    found = context.divide(Decimal(str(x.p)), Decimal(str(x.q)))
    return str(found), not context.flags[Inexact]


def reading(x: Number, proof: Proof | None) -> Reading:
    """Return a rational, a ball that excludes 0, or a tiny one, as a reading.

    Raises `UnprovedError` where decimals cannot hold it. FLINT's own decimal texts round to nearest; `mid_rad_10exp`
    rounds outward, but of a ball that is not finite it says 0 +- 0.
    """
    if isinstance(x, fmpq) and x.height_bits() < _SHORT_BITS:
        text, exact = _decimal(x)
        if exact:
            return Reading(Outcome.NUMBER, text, proof=proof)
    with ctx.workprec(_CUT_BITS):
        size = real(x)
        if not size.is_finite():
            raise UnprovedError
        if size.contains(0):
            return Reading(Outcome.NUMBER, "0", _at_least_nothing(size.abs_upper()), proof=proof)
        power = size.mid().man_exp()[1]
        if abs(power) > _LONGEST_EXPONENT:
            need(power < 0)
            return Reading(Outcome.NUMBER, "0", NOTHING, proof=proof)
        middle, radius, exponent = size.mid_rad_10exp(_DIGITS)
    error = _outward(radius, exponent)
    return Reading(Outcome.NUMBER, f"{middle}e{exponent}", str(error), proof=proof)


def _outward(number: Any, exponent: Any) -> Decimal:
    return _OUTWARD.create_decimal(f"{number}e{exponent}")


def _at_least_nothing(bound: arb) -> str:
    """Return a bound, rounded up, that may be no smaller than what counts as 0."""
    if bound < arb(NOTHING).lower():
        return NOTHING
    middle, radius, exponent = bound.mid_rad_10exp(5)
    return str(_outward(middle + radius, exponent))


def combined(
    formula: Callable[[Mapping[Any, Number]], Number],
    readings: Mapping[Any, Reading],
    proof: Proof | None,
    *,
    bits: float = _COMBINED_BITS,
) -> Reading | None:
    """Return what a formula of `+ * /` makes of numbers; None where fewer bits of it are sure."""
    with ctx.workprec(_CUT_BITS):
        try:
            found = checked(formula({key: _number(known) for key, known in readings.items()}))
            sharp = isinstance(found, fmpq) or real(found).rel_accuracy_bits() >= bits
            return reading(found, proof) if sharp else None
        except (UnprovedError, ZeroDivisionError):
            return None


def _number(known: Reading) -> Number:
    """Return all that a number may be by its reading."""
    middle = rational(Fraction(known.text))
    return arb(middle) + arb(0, arb(rational(Fraction(known.error))).upper()) if Decimal(known.error) else middle
