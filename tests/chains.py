"""Rosenbrock's function of many variables: a large sum whose gradient stands in books."""

from __future__ import annotations


def chain(n: int) -> str:
    """Return Rosenbrock's function of n variables, a sum of two terms for each neighbouring pair."""
    return " + ".join(f"100*(x{k + 1}-x{k}^2)^2 + (1-x{k})^2" for k in range(1, n))


def chain_point(n: int) -> dict[str, str]:
    """Return a point away from the minimum."""
    return {f"x{k}": f"{0.5 + k / (2 * n):.3f}" for k in range(1, n + 1)}
