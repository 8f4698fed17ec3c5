"""The limit of a sequence sampled at geometric steps h, h*r, h*r**2, ... towards 0.

Near 0 most sequences behave as L + C*h**a. Then successive differences shrink or grow by the constant factor r**a:
a > 0 converges (Aitken's delta-squared process gives L; see Press et al., Numerical Recipes, section 5.1), a = 0 is a
logarithm, a < 0 a power, both without bound.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mpmath import mp, mpf

from derivcli.witnesses import evidence
from derivcli.witnesses.evidence import Outcome, Reading
from derivcli.witnesses.precise import number_reading

if TYPE_CHECKING:
    from collections.abc import Sequence

RATIO = Fraction(1, 99991)  # a prime, so that no step is a round number to any oscillation
STEPS = 6
FEW = 3  # samples from which a power series is extrapolated

_FAST = 0.15  # from this exponent on the last sample is the limit for all purposes
_SETTLED = 1e-20  # how well a power series is known from few samples
_STEADY = 1e-3  # how well the exponents of successive differences must match
_STEADIER = 1e-9  # where they are near 0: 1/log(h) has almost steady ones, and no power of h in it
_SETTLED_DIGITS = 20  # samples that match so far differ by rounding only
_FLAT = 1e-16  # an exponent that is hardly one
_LOGARITHM = 1e-30  # an exponent that is 0: logarithmic growth


def limit(samples: Sequence[Any], noise: Sequence[Any]) -> Reading:
    """Return the limit of samples at steps that shrink by `RATIO`; `noise` bounds the error of each sample."""
    differences = [a - b for a, b in pairwise(samples)]
    if not differences:
        return evidence.UNDECIDED  # of f in and out of its domain, such as asin(2*sin(1/x)), one sample may be left
    blurred = [abs(d) <= n + m for d, n, m in zip(differences, noise, noise[1:], strict=False)]
    if blurred[-1]:
        return _converged(samples[-1], noise[-1])
    exponents = _exponents(differences)
    if len(exponents) < 3:
        return evidence.UNDECIDED
    if all(a >= _FAST for a in exponents[-3:]):
        return _fast(samples, differences, exponents)
    spread = max(map(abs, differences[-3:]))
    slow = max(map(abs, exponents[-3:])) < _FAST
    steady = max(exponents[-3:]) - min(exponents[-3:]) <= (_STEADIER if slow else _STEADY)
    # A slow power may add up to far more than its steps: those of 1 + 1e-20*h**1e-6 are 1e-25, its limit is 1e-20 away.
    if spread <= abs(samples[-1]) * mpf(10) ** -_SETTLED_DIGITS and not (slow and steady):
        return _converged(samples[-1], spread)
    return _steady(samples, differences, exponents[-1]) if steady else _erratic(samples, differences, exponents)


def analytic_limit(samples: Sequence[Any], noise: Sequence[Any]) -> Reading:
    """Return the limit of samples of a function that is analytic at 0, by Richardson's extrapolation.

    Undecided where the samples do not behave so: the steps are not small enough for it.
    """
    r = mpf(RATIO.numerator) / RATIO.denominator
    rows = [list(samples)]
    for power in range(1, len(samples)):
        above = rows[-1]
        rows.append([(later - r**power * earlier) / (1 - r**power) for earlier, later in pairwise(above)])
    if abs(samples[-1]) <= noise[-1]:
        return _converged(mpf(0), noise[-1])
    value, before = rows[-1][-1], rows[-2][-1]
    error = abs(value - before) + 2 * noise[-1]
    if error > _SETTLED * abs(value) and abs(samples[-1]) > abs(samples[0]) / 2:
        return evidence.UNDECIDED  # neither settled nor on the way to 0: a scale lies below the steps
    return _converged(value, error)


def _exponents(differences: list[Any]) -> list[Any]:
    """Return a for each pair of successive differences whose ratio is r**a."""
    scale = mp.log(mpf(RATIO.numerator) / RATIO.denominator)
    return [
        mp.log(abs(later / earlier)) / scale if earlier and later else mp.inf
        for earlier, later in pairwise(differences)
    ]


def _converged(value: Any, error: Any) -> Reading:
    """Return a limit; one that is smaller than its error is 0."""
    if abs(value) <= error:
        return number_reading(mpf(0), error + abs(value))
    return number_reading(value, error)


def _fast(samples: Sequence[Any], differences: list[Any], exponents: list[Any]) -> Reading:
    last = abs(differences[-1])
    if abs(exponents[-1] - exponents[-2]) > _STEADY:
        return _converged(samples[-1], last)
    size = mp.ldexp(abs(samples[-1]), -mp.prec // 2)
    return _extrapolated(samples, differences, exponents[-1], max(last * mpf(10) ** -9, size))


def _steady(samples: Sequence[Any], differences: list[Any], exponent: Any) -> Reading:
    if exponent > _FLAT:
        return _extrapolated(samples, differences, exponent, abs(differences[-1]) * mpf(10) ** -3)
    if exponent < -_FLAT:
        return Reading(Outcome.INFINITE, sign=int(mp.sign(samples[-1])))
    if abs(exponent) > _LOGARITHM:
        return evidence.UNDECIDED
    growth = -differences[-1]
    return Reading(Outcome.INFINITE, sign=int(mp.sign(growth)))


def _erratic(samples: Sequence[Any], differences: list[Any], exponents: list[Any]) -> Reading:
    if all(exponent < -_FAST for exponent in exponents):
        same_sign = len({int(mp.sign(sample)) for sample in samples}) == 1
        if same_sign:
            return Reading(Outcome.INFINITE, sign=int(mp.sign(samples[-1])))
    changes = sum(a * b < 0 for a, b in pairwise(differences))
    jumpy = max(exponents) - min(exponents) > _FAST / 3
    return Reading(Outcome.OSCILLATES) if changes and jumpy else evidence.UNDECIDED


def _extrapolated(samples: Sequence[Any], differences: list[Any], exponent: Any, error: Any) -> Reading:
    """Return the limit by Aitken's process; undecided where its own last step shows that the error is larger.

    Its numbers converge by the factor r**exponent a step at least. So what is still to come is at most their last step
    over r**-exponent - 1, the sum of a geometric series. Where that is nothing beside the samples, it is the error.
    """
    before, value = _aitken(samples[:-1], differences[:-1]), _aitken(samples, differences)
    rest = abs(value - before) / (mpf(RATIO.denominator) ** exponent - 1)
    settled = rest <= max(map(abs, samples)) * mpf(10) ** -_SETTLED_DIGITS
    return _converged(value, max(error, rest)) if settled or rest <= error else evidence.UNDECIDED


def _aitken(samples: Sequence[Any], differences: list[Any]) -> Any:
    d, later = differences[-2], differences[-1]
    return samples[-1] - later * later / (d - later) if later != d else samples[-1]
