"""The rules for powers, exponentials and logarithms."""

from __future__ import annotations

from fractions import Fraction

from derivcli.explanations.algebra import ONE, number, odd_root, power, product, quotient, total
from derivcli.explanations.way import CHAIN, Applied, U, Way
from derivcli.language.printer import to_text
from derivcli.language.tree import VARIABLE, Node, is_decimal, value_of

_OF_E = "the derivative of `exp(u)` is itself"


def reciprocal(part: Node, way: Way) -> Applied | None:
    """Differentiate `c/u^n` as the power that it is."""
    if part.op != "div" or way.moves(part.args[0]):
        return None
    above, below = part.args
    scale, below = way.split(below)
    above = quotient(above, scale)
    if below.op == "exp" or (below.op == "pow" and not way.moves(below.args[0])):
        return _falling_exponential(above, below, way)
    base, exponent = _as_power(below)
    after = product(number(-exponent), above, quotient(way.slope(base), power(base, exponent + 1)))
    u = base if base.op == VARIABLE else U
    written = Node("pow", (u, number(-exponent)))
    reason = f"`{to_text(power(u, -exponent))}` is `{to_text(written)}`"
    return Applied("power rule", after, reason=reason) if u is base else Applied(CHAIN, after, base, reason)


def _falling_exponential(above: Node, below: Node, way: Way) -> Applied:
    """Differentiate `c/a^u`, which is `c*a^(-u)`."""
    base, exponent = (Node("e"), *below.args) if below.op == "exp" else below.args
    factor = ONE if base.op == "e" else Node("log", (base,))
    after = quotient(product(number(-1), above, factor, way.slope(exponent)), below)
    reason = f"`1/{to_text(Node('pow', (base, U)))}` is `{to_text(Node('pow', (base, product(number(-1), U))))}`"
    is_plain = exponent.op == VARIABLE
    return Applied("exponential rule" if is_plain else CHAIN, after, None if is_plain else exponent, reason)


def _as_power(node: Node) -> tuple[Node, Fraction]:
    """Return a base and a positive exponent: 1/2 for a root."""
    if node.op == "sqrt":
        return node.args[0], Fraction(1, 2)
    known = value_of(node.args[1]) if node.op == "pow" else None
    is_root = known is not None and known.denominator % 2 == 1 < known.denominator  # `x^(2/3)` is real below 0
    return (node.args[0], known) if known is not None and known > 0 and not is_root else (node, Fraction(1))


def power_rule(part: Node, way: Way) -> Applied | None:
    """Differentiate a power with a constant exponent."""
    if part.op != "pow" or way.moves(part.args[1]):
        return None
    base, exponent = part.args
    after = product(lowered(part, way), way.slope(base))
    if base.op == VARIABLE and base.text == way.name:
        return Applied("power rule", after)
    over_u = to_text(Node("pow", (U, exponent)))
    return Applied(CHAIN, after, base, f"the power rule for `{over_u}`")


def lowered(part: Node, _way: Way) -> Node:
    """Return `n*u^(n - 1)` for `u^n`."""
    base, exponent = part.args
    known = value_of(exponent)
    if known is None:
        return product(exponent, Node("pow", (base, total(exponent, number(-1)))))
    if known.denominator % 2 and known.denominator > 1 and known.numerator % 2 == 0 and not is_decimal(exponent):
        degree = known.denominator
        return product(number(known), power(odd_root(base, degree), Fraction(known.numerator - degree)))
    if is_decimal(exponent) and known > 1:
        return product(exponent, Node("pow", (base, number(known - 1, decimal=True))) if known != 2 else base)
    return product(exponent, power(base, known - 1))


def exponential(part: Node, way: Way) -> Applied | None:
    """Differentiate a power with a constant base."""
    if part.op != "exp" and (part.op != "pow" or way.moves(part.args[0])):
        return None
    base, exponent = (Node("e"), *part.args) if part.op == "exp" else part.args
    grown = [part] if base.op == "e" else [part, Node("log", (base,))]
    after = product(*grown, way.slope(exponent))
    if exponent.op == VARIABLE:
        return Applied("exponential rule", after, reason=_OF_E if base.op == "e" else "")
    over_u = to_text(Node(part.op, (*part.args[:-1], U)))
    return Applied(CHAIN, after, exponent, f"the exponential rule for `{over_u}`")


def logarithmic(part: Node, way: Way) -> Applied | None:
    """Differentiate `u^v` as `e^(v*log(u))`."""
    if part.op != "pow":
        return None
    base, exponent = part.args
    bent = product(exponent, Node("log", (base,)))
    return Applied("logarithmic differentiation", product(part, way.slope(bent)), reason="`u**v` is `exp(v*log(u))`")


def logarithm(part: Node, way: Way) -> Applied | None:
    """Write a logarithm to another base by natural ones."""
    if part.op != "log" or len(part.args) == 1:
        return None
    u, base = part.args
    logs = [Node("log", (arg,)) for arg in part.args]
    if way.moves(base):
        return Applied("change of base", way.slope(Node("div", tuple(logs))))
    after = quotient(way.slope(u), product(u, logs[1]))
    return named("log", u, after, f"this logarithm is `log(u)/log({to_text(base)})`")


def named(name: str, u: Node, after: Node, reason: str) -> Applied:
    """Return the derivative of a function of the variable, or by the chain rule that of a function of a function."""
    if u.op == VARIABLE:
        table = "the table of derivatives has this one"
        return Applied(f"derivative of {name}", after, reason=table if "derivative of" in reason else reason)
    return Applied(CHAIN, after, u, reason)
