"""Orthogonal and hypergeometric polynomials: exact where all is rational, so that what jumps there is decided.

Elsewhere they are FLINT's own. Formulas: DLMF 18.5 (as hypergeometric sums), 16.2.1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flint import fmpq

from derivcli.witnesses.proof.functions.guards import natural, special
from derivcli.witnesses.proof.numbers import HALF, ONE, Number, Rule

if TYPE_CHECKING:
    from collections.abc import Callable

_HIGHEST_DEGREE = 500  # of an orthogonal polynomial: its cost grows with the degree
_EXACT_DEGREE = 64  # up to here a sum of rationals takes less than a millisecond

Terms = tuple[fmpq, Sequence[fmpq], Sequence[fmpq]]  # a factor, and the parameters of a hypergeometric sum


def finite_sum(uppers: Sequence[fmpq], lowers: Sequence[fmpq], x: fmpq) -> fmpq | None:
    """Return a hypergeometric series of rationals that ends soon; None for another one."""
    degrees = [-p for p in uppers if p.q == 1 and -_EXACT_DEGREE <= p <= 0]
    if not degrees or any(p.q == 1 and p <= 0 for p in lowers):
        return None
    total = term = ONE
    for k in range(int(min(degrees))):
        term = term * math.prod((p + k for p in uppers), start=x) / math.prod((p + k for p in lowers), start=ONE)
        term = term / (k + 1)
        total = total + term
    return total


def _over_factorial(a: fmpq, n: fmpq) -> fmpq:
    """Return a*(a + 1)*...*(a + n - 1)/n!."""
    return math.prod(((a + k) / (k + 1) for k in range(int(n))), start=ONE)


# In (1 - x)/2, Laguerre's in x.
_SUMS: dict[str, Callable[..., Terms]] = {
    "legendre": lambda n: (ONE, (-n, n + 1), (ONE,)),
    "chebyshevt": lambda n: (ONE, (-n, n), (HALF,)),
    "chebyshevu": lambda n: (n + 1, (-n, n + 2), (HALF + 1,)),
    "laguerre": lambda n: (ONE, (-n,), (ONE,)),
    "assoc_laguerre": lambda n, a: (_over_factorial(a + 1, n), (-n,), (a + 1,)),
    "gegenbauer": lambda n, a: (_over_factorial(2 * a, n), (-n, n + 2 * a), (a + HALF,)),
    "jacobi": lambda n, a, b: (_over_factorial(a + 1, n), (-n, n + a + b + 1), (a + 1,)),
}
_FLINT = {
    "legendre": "legendre_p",
    "chebyshevt": "chebyshev_t",
    "chebyshevu": "chebyshev_u",
    "hermite": "hermite_h",
    "laguerre": "laguerre_l",
    "assoc_laguerre": "laguerre_l",
    "gegenbauer": "gegenbauer_c",
    "jacobi": "jacobi_p",
}


def _exact(name: str, n: fmpq, *args: fmpq) -> fmpq | None:
    """Return the value of rationals, None where the sum is not the polynomial, or is a long one."""
    if n > _EXACT_DEGREE:
        return None
    if name == "hermite":
        return _hermite(int(n), *args)
    *parameters, x = args
    factor, uppers, lowers = _SUMS[name](n, *parameters)
    found = finite_sum(uppers, lowers, x if name.endswith("laguerre") else (1 - x) / 2)
    return None if found is None else factor * found


def _hermite(n: int, x: fmpq) -> fmpq:
    """Return the polynomial by its recurrence (DLMF 18.9.1)."""
    before, last = fmpq(0), ONE
    for k in range(n):
        before, last = last, 2 * x * last - 2 * k * before
    return last


def _polynomial(name: str) -> Rule:
    """Return a polynomial in the last argument, entire in it and in its parameters."""

    def function(n: Number, *args: Number) -> Number:
        degree = fmpq(natural(n, _HIGHEST_DEGREE))
        known = _exact(name, degree, *args) if all(isinstance(arg, fmpq) for arg in args) else None
        return special(_FLINT[name])(args[-1], degree, *args[:-1]) if known is None else known

    return function


POLYNOMIALS: dict[str, Rule] = {name: _polynomial(name) for name in _FLINT}
