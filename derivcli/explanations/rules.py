"""The rules of differentiation, a row each: what a rule is called, and what it makes of a part that it fits.

A rule leaves the derivatives of smaller parts to be found, as nodes `DERIVATIVE`; those that are seen at a glance, of a
constant or of `a*x + b`, it puts in at once. The rows are tried in their order, and the first that fits is taken.
"""

from __future__ import annotations

from derivcli.explanations import functions, powers, sums
from derivcli.explanations.way import Rule, Way

RULES: tuple[Rule, ...] = (
    Rule("constant rule", sums.constant, "the derivative of a constant is 0"),
    Rule("linear rule", sums.linear, "the derivative of `a*u + b` by `u` is `a`"),
    Rule("power rule", sums.polynomial),
    Rule("sum rule", sums.sum_rule, "the terms are differentiated one by one"),
    Rule("sum rule", sums.mean, "the mean is the sum of the terms divided by their number"),
    Rule(sums.MULTIPLE, sums.multiple, "the constant factor stays"),
    Rule("product rule", sums.product_rule, "the factors are differentiated one at a time, and the terms added"),
    Rule("reciprocal rule", powers.reciprocal),
    Rule("quotient rule", sums.quotient_rule,
         "the derivative of `u` times `v`, less `u` times the derivative of `v`, over `v**2`"),
    Rule("power rule", powers.power_rule, "the derivative of `u**n` is `n*u**(n - 1)`"),
    Rule("exponential rule", powers.exponential, "the derivative of `a**u` is `a**u*log(a)`"),
    Rule("logarithmic differentiation", powers.logarithmic),
    Rule("change of base", powers.logarithm),
    Rule("branch by branch", functions.extremum),
    Rule("branch by branch", functions.piecewise, "the slope of each branch holds under its condition"),
    Rule("multivariable chain rule", functions.of_exponentials,
         "the derivative of each argument counts by its exponential"),
    Rule("derivative of a function", functions.function),
    Rule("definition", functions.definition, "the formula that the function stands for"),
)  # fmt: skip


def by(name: str, *following: str) -> Way:
    """Return the way to differentiate by a variable, which others may follow as functions of it."""
    return Way(name, frozenset(following), RULES)
