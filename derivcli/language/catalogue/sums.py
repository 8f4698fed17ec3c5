"""Sums, products and means of numbers that are given one by one, and the losses made of them."""

from __future__ import annotations

from derivcli.language.catalogue.rows import formula, of

# fmt: off
SUMS = (
    of("sum", "sum of the arguments, scalars only: write w1*x1 + w2*x2", parameters=("x", "y"), least=2, most=None),
    of("prod", "product of the arguments, scalars only", aliases=("product",), parameters=("x", "y"), least=2,
       most=None),
    of("mean", "mean of the arguments, scalars only", aliases=("avg", "average"), parameters=("x", "y"), least=2,
       most=None),
    formula("mse", "squared error (x - y)^2", "(x - y)^2", aliases=("mse_loss",), parameters=("x", "y"),
            convention="of one prediction; torch's mean over many is not taken", partials=("2*(x - y)", "2*(y - x)")),
    formula("huber", "x^2/2 between -a and a, else a*(abs(x) - a/2)",
            "where(abs(x) <= a, x^2/2, a*(abs(x) - a/2))", parameters=("x", "a"), defaults=("1",),
            smooth=False, convention="the loss of one error x = prediction - target, as in torch",
            partials=("where(abs(x) <= a, x, a*sign(x))", "where(abs(x) <= a, 0, abs(x) - a)")),
)
# fmt: on
