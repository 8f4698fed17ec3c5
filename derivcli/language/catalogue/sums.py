"""Sums, products and means of numbers that are given one by one, and the losses made of them."""

from __future__ import annotations

from derivcli.language.catalogue.rows import formula, of

_SCALARS = "scalars only: write w1*x1 + w2*x2"

# fmt: off
SUMS = (
    of("sum", "sum of the arguments", parameters=("x", "y"), least=2, most=None, written_out=True,
       convention=_SCALARS),
    of("prod", "product of the arguments", aliases=("product",), parameters=("x", "y"), least=2, most=None,
       written_out=True, convention=_SCALARS),
    of("mean", "mean of the arguments", aliases=("avg", "average"), parameters=("x", "y"), least=2, most=None,
       written_out=True, convention=_SCALARS),
    formula("mse", "squared error (x - y)^2", "(x - y)^2", aliases=("mse_loss",), parameters=("x", "y"),
            convention=_SCALARS, partials=("2*(x - y)", "2*(y - x)")),
    formula("huber", "x^2/2 between -a and a, else a*(abs(x) - a/2)",
            "where(abs(x) <= a, x^2/2, a*(abs(x) - a/2))", parameters=("x", "a"), defaults=("1",), domain="a > 0",
            smooth=False, convention="the loss of one error x = prediction - target, as in torch",
            partials=("where(abs(x) <= a, x, a*sign(x))", "where(abs(x) <= a, 0, abs(x) - a)")),
)
# fmt: on
