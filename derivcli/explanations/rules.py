"""The rules of differentiation, a row each: what a rule is called, and what it makes of a part that it fits.

A rule leaves the derivatives of smaller parts to be found, as nodes `DERIVATIVE`; those that are seen at a glance, of a
constant or of `a*x + b`, it puts in at once. The rows are tried in their order, and the first that fits is taken.
"""

from __future__ import annotations

from derivcli.explanations import functions, powers, sums
from derivcli.explanations.way import Rule, Way

RULES: tuple[Rule, ...] = (
    Rule("constant rule", sums.constant),
    Rule("linear rule", sums.linear),
    Rule("power rule", sums.polynomial),
    Rule("sum rule", sums.sum_rule),
    Rule("sum rule", sums.mean),
    Rule(sums.MULTIPLE, sums.multiple),
    Rule("product rule", sums.product_rule),
    Rule("reciprocal rule", powers.reciprocal),
    Rule("quotient rule", sums.quotient_rule),
    Rule("power rule", powers.power_rule),
    Rule("exponential rule", powers.exponential),
    Rule("logarithmic differentiation", powers.logarithmic),
    Rule("change of base", powers.logarithm),
    Rule("branch by branch", functions.extremum),
    Rule("branch by branch", functions.piecewise),
    Rule("multivariable chain rule", functions.of_exponentials),
    Rule("derivative of a function", functions.function),
    Rule("definition", functions.definition),
)


def by(name: str, *following: str) -> Way:
    """Return the way to differentiate by a variable, which others may follow as functions of it."""
    return Way(name, frozenset(following), RULES)
