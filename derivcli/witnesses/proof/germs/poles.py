"""Gamma and zeta functions at their poles, and incomplete ones at 0, where a power begins."""

from __future__ import annotations

from collections.abc import Callable
from math import factorial
from typing import TYPE_CHECKING

from flint import acb, fmpq

from derivcli.witnesses.proof.germs import at_zero, exact
from derivcli.witnesses.proof.germs.analytic import analytic
from derivcli.witnesses.proof.germs.constants import NamedNumber, of
from derivcli.witnesses.proof.germs.exponentials import log
from derivcli.witnesses.proof.germs.powers import Expanding, power
from derivcli.witnesses.proof.germs.scales import UNIT
from derivcli.witnesses.proof.germs.series import UNITY, Germ, constant, scaled
from derivcli.witnesses.proof.germs.switches import absolute
from derivcli.witnesses.proof.numbers import ONE, ZERO, UnprovedError, need

if TYPE_CHECKING:
    from derivcli.witnesses.proof.germs.constants import Coefficient

Rule = Callable[..., Germ]
MOST_POLES = 100  # that a recurrence steps over


def rational_of(x: Germ) -> fmpq:
    """Return a parameter, which must be a rational."""
    c = x.constant
    if not isinstance(c, fmpq):
        raise UnprovedError
    return c


# Left of 1 by their recurrences: DLMF 5.5.1, 5.5.2, 5.15.5.


def _at_pole(x: Germ) -> int | None:
    """Return how many steps lead from the pole that x tends to, to 1; None where there is no pole."""
    c = x.terms[0][1] if x.terms and x.terms[0][0] == UNIT else ZERO if x.vanishes else None
    if not isinstance(c, fmpq) or c.q != 1 or not -MOST_POLES < c <= 0:
        return None
    return 1 - int(c.p)


def _over_poles(op: str, join: Callable[[Expanding, Germ, Germ], Germ]) -> Rule:
    """Return a function near its poles: `join` undoes one step of the recurrence."""

    def rule(work: Expanding, *args: Germ) -> Germ:
        *orders, x = args
        steps = None if x.constant is not None else _at_pole(x)
        if steps is None:
            return analytic(op, work, *args)
        found = analytic(op, work, *orders, work.add(x, constant(fmpq(steps))))
        for k in range(steps):
            found = join(work, found, work.add(x, constant(fmpq(k))))
        return found

    return rule


def log_of_size(work: Expanding, x: Germ) -> Germ:
    """Return log(|x|)."""
    return log(work, absolute(work, x))


def _polygamma(work: Expanding, n: Germ, x: Germ) -> Germ:
    order = rational_of(n)
    need(order.q == 1 and 0 <= order < MOST_POLES)
    m = int(order.p)
    sign = fmpq((-1) ** m * factorial(m))

    def join(work: Expanding, found: Germ, step: Germ) -> Germ:
        return work.minus(found, scaled(power(work, step, -m - 1), sign))

    return _over_poles("polygamma", join)(work, n, x)


_gamma = _over_poles("gamma", Expanding.divide)


def _incomplete(work: Expanding, a: Germ, x: Germ) -> Germ:
    """Return the regularized lower function near 0 (DLMF 8.7.1)."""
    q = rational_of(a)
    near = work.plug(at_zero.series(ONE, 0, 1, -ONE, (q,), (q + 1,)), x)
    front = exact.inverse(exact.value("gamma", q + 1))
    return scaled(work.multiply(power(work, x, exact.fraction(q)), near), front)


def _incomplete_near_zero(op: str, join: Callable[[Expanding, Germ, Coefficient], Germ]) -> Rule:
    def rule(work: Expanding, a: Germ, x: Germ) -> Germ:
        if not x.vanishes and x.scale is not None:
            return analytic(op, work, a, x)
        need(rational_of(a) > 0)
        return join(work, _incomplete(work, a, x), exact.value("gamma", rational_of(a)))

    return rule


def _zeta(work: Expanding, s: Germ, a: Germ) -> Germ:
    """Return zeta, at 1 by Stieltjes' constants (DLMF 25.2.4)."""
    away = work.minus(s, UNITY)
    if not away.vanishes or a.constant != ONE:
        return analytic("zeta", work, s, a)

    def coefficient(k: int) -> Coefficient:
        stieltjes = of(NamedNumber(lambda n: acb.stieltjes(n).real, "stieltjes", k))
        return stieltjes * fmpq((-1) ** k, factorial(k))

    return work.add(power(work, away, -1), work.plug(coefficient, away))


def _beta(work: Expanding, x: Germ, y: Germ) -> Germ:
    """Return the beta function, at a pole by gamma functions (DLMF 5.12.1)."""
    if not any(germ.constant is None and _at_pole(germ) for germ in (x, y)):
        return analytic("beta", work, x, y)
    return work.divide(work.multiply(_gamma(work, x), _gamma(work, y)), _gamma(work, work.add(x, y)))


POLES: dict[str, Rule] = {
    "beta": _beta,
    "gamma": _gamma,
    "factorial": lambda work, x: _gamma(work, work.add(x, UNITY)),
    "digamma": _over_poles("digamma", lambda work, found, step: work.minus(found, power(work, step, -1))),
    "polygamma": _polygamma,
    "loggamma": _over_poles("loggamma", lambda work, found, step: work.minus(found, log_of_size(work, step))),
    "gammainc": _incomplete_near_zero("gammainc", lambda _work, p, _gamma: p),
    "gammaincc": _incomplete_near_zero("gammaincc", lambda work, p, _gamma: work.minus(UNITY, p)),
    "lowergamma": _incomplete_near_zero("lowergamma", lambda _work, p, gamma: scaled(p, gamma)),
    "uppergamma": _incomplete_near_zero("uppergamma", lambda work, p, g: scaled(work.minus(UNITY, p), g)),
    "zeta": _zeta,
}
