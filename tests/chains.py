"""Large sums: Rosenbrock's function of many variables, whose gradient stands in books, and terms of many kinds."""

from __future__ import annotations

import random

_KINDS = (
    *("{a}*{b}", "sin({a}*{b})", "exp(-{a}^2)*{b}", "{a}^2*{b}", "sqrt(1+{a}^2+{b}^2)", "log(1+{a}^2)*{b}"),
    *("cos({a})*{b}^3", "{a}/(1+{b}^2)", "tanh({a}-{b})", "atan({a}*{b})"),
)


def chain(n: int) -> str:
    """Return Rosenbrock's function of n variables, a sum of two terms for each neighbouring pair."""
    return " + ".join(f"100*(x{k + 1}-x{k}^2)^2 + (1-x{k})^2" for k in range(1, n))


def chain_point(n: int) -> dict[str, str]:
    """Return a point away from the minimum."""
    return {f"x{k}": f"{0.5 + k / (2 * n):.3f}" for k in range(1, n + 1)}


def mixed(count: int, names: int = 100) -> tuple[str, dict[str, str]]:
    """Return a sum of terms of many kinds, each in two of the variables, and a point."""
    rng = random.Random(1)  # noqa: S311 - the same every time
    variables = [f"x{k}" for k in range(names)]
    terms = []
    for _ in range(count):
        a, b = rng.sample(variables, 2)
        terms.append(f"{rng.randint(1, 99) / 10}*" + rng.choice(_KINDS).format(a=a, b=b))
    return " + ".join(terms), {name: f"{0.3 + k / names:.2f}" for k, name in enumerate(variables)}
