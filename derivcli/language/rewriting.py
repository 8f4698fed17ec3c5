"""Other forms of an expression that float64 may compute better: rules matched on syntax trees.

A sum or a product matches some of the terms in any order, and the other terms stay. Nothing here knows whether a form
is better, or even the same: whoever asks must find out.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from derivcli.errors import DerivError
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.language.tree import NUMBER, VARIABLE, Node, postorder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Bindings = dict[str, Node]

_FLAT = ("add", "mul")
_ZERO, _ONE = Node(NUMBER, text="0"), Node(NUMBER, text="1")
_MOST = 40  # forms: whoever asks computes each
_LONGEST = 200  # nodes of a form: nobody would type a longer one
_WIDEST = 12  # terms of a sum in which a pattern is looked for: the ways to choose some grow fast
# What is equal in the real numbers but not in float64: `a`, `b` and `c` stand for any expression. The right side is the
# one that keeps its digits at some points. A row that names a function that is not in the catalogue is skipped. From
# Kahan, Goldberg, Higham and Herbie.
_IDENTITIES = (
    ("log(1 + exp(a))", "softplus(a)"),
    ("log(exp(a) + exp(b))", "logaddexp(a, b)"),
    ("log(1 - exp(a))", "log(-expm1(a))"),
    ("log(1 + a)", "log1p(a)"),
    ("log(1 - a)", "log1p(-a)"),
    ("log(sigmoid(a))", "logsigmoid(a)"),
    ("log(sigmoid(a))", "-softplus(-a)"),
    ("log(cosh(a))", "logaddexp(a, -a) - log(2)"),
    ("log(cosh(a))", "abs(a) + log1p(exp(-2*abs(a))) - log(2)"),
    ("log(erfc(a))", "log(erfcx(a)) - a^2"),
    ("log(gamma(a))", "loggamma(a)"),
    ("log(factorial(a))", "loggamma(a + 1)"),
    ("log(exp(a))", "a"),
    ("log(a^b)", "b*log(a)"),
    ("log(a/b)", "log(a) - log(b)"),
    ("log(a) - log(b)", "log1p((a - b)/b)"),
    ("log(a + b) - log(a)", "log1p(b/a)"),
    ("exp(a) - 1", "expm1(a)"),
    ("1 - exp(a)", "-expm1(a)"),
    ("exp(a) - exp(-a)", "2*sinh(a)"),
    ("exp(a) + exp(-a)", "2*cosh(a)"),
    ("exp(a) - exp(b)", "exp(b)*expm1(a - b)"),
    ("1/(1 + exp(-a))", "sigmoid(a)"),
    ("1/(1 + exp(a))", "sigmoid(-a)"),
    ("b/(1 + exp(-a))", "b*sigmoid(a)"),
    ("b/(1 + exp(a))", "b*sigmoid(-a)"),
    ("exp(a)/(1 + exp(a))", "sigmoid(a)"),
    ("exp(a)/(exp(a) + exp(b))", "sigmoid(a - b)"),
    ("(exp(a) - exp(-a))/(exp(a) + exp(-a))", "tanh(a)"),
    ("(exp(a) - 1)/(exp(a) + 1)", "tanh(a/2)"),
    ("1 - sigmoid(a)", "sigmoid(-a)"),
    ("exp(a)/exp(b)", "exp(a - b)"),
    ("exp(a)*exp(b)", "exp(a + b)"),
    ("exp(a^2)*erfc(a)", "erfcx(a)"),
    ("1 - erf(a)", "erfc(a)"),
    ("1 - erfc(a)", "erf(a)"),
    ("1 - cos(a)", "2*sin(a/2)^2"),
    ("cos(a) - 1", "-2*sin(a/2)^2"),
    ("1 - cos(a)^2", "sin(a)^2"),
    ("1 - sin(a)^2", "cos(a)^2"),
    ("1 - tanh(a)^2", "sech(a)^2"),
    ("cosh(a) - 1", "2*sinh(a/2)^2"),
    ("cosh(a)^2 - 1", "sinh(a)^2"),
    ("cosh(a) - sinh(a)", "exp(-a)"),
    ("sinh(a)/cosh(a)", "tanh(a)"),
    ("sin(a)/a", "sinc(a)"),
    ("sin(a + b) - sin(a)", "2*cos(a + b/2)*sin(b/2)"),
    ("cos(a + b) - cos(a)", "-2*sin(a + b/2)*sin(b/2)"),
    ("tan(a) - sin(a)", "tan(a)*2*sin(a/2)^2"),
    ("(1 - cos(a))/sin(a)", "tan(a/2)"),
    ("(1 - cos(a))/a^2", "sinc(a/2)^2/2"),
    ("atan(a) - atan(b)", "atan2(a - b, 1 + a*b)"),
    ("sqrt(a^2 + b^2)", "hypot(a, b)"),
    ("sqrt(a*a + b*b)", "hypot(a, b)"),
    ("sqrt(a^2 + 1)", "hypot(a, 1)"),
    ("sqrt(a^2)", "abs(a)"),
    ("sqrt(a)*sqrt(b)", "sqrt(a*b)"),
    ("sqrt(a^2 + b) - a", "b/(sqrt(a^2 + b) + a)"),
    ("sqrt(a^2 - b) - a", "-b/(sqrt(a^2 - b) + a)"),
    ("a - sqrt(a^2 + b)", "-b/(a + sqrt(a^2 + b))"),
    ("a - sqrt(a^2 - b)", "b/(a + sqrt(a^2 - b))"),
    ("sqrt(1 + a) - 1", "a/(sqrt(1 + a) + 1)"),
    ("1 - sqrt(1 - a)", "a/(1 + sqrt(1 - a))"),
    ("sqrt(a + b) - sqrt(a)", "b/(sqrt(a + b) + sqrt(a))"),
    ("sqrt(a + b) - sqrt(a - b)", "2*b/(sqrt(a + b) + sqrt(a - b))"),
    ("sqrt(a) - sqrt(b)", "(a - b)/(sqrt(a) + sqrt(b))"),
    ("cbrt(a + b) - cbrt(a)", "b/(cbrt(a + b)^2 + cbrt(a + b)*cbrt(a) + cbrt(a)^2)"),
    ("1/(a + 1) - 1/a", "-1/(a*(a + 1))"),
    ("1/a - 1/(a + 1)", "1/(a*(a + 1))"),
    ("1/(a - 1) - 1/(a + 1)", "2/((a - 1)*(a + 1))"),
    ("(a^2 - b^2)/(a - b)", "a + b"),
    ("a^2 - b^2", "(a - b)*(a + b)"),
    ("a^2 - 1", "(a - 1)*(a + 1)"),
    ("a^2 - 2*a*b + b^2", "(a - b)^2"),
    ("a^2 - 2*a + 1", "(a - 1)^2"),
    ("(a + b)^2 - a^2", "b*(2*a + b)"),
    ("(1 + a)^b - 1", "expm1(b*log1p(a))"),
    ("(1 + a)^b", "exp(b*log1p(a))"),
    ("a^b/factorial(b)", "exp(b*log(a) - loggamma(b + 1))"),
    ("gamma(a)/gamma(b)", "exp(loggamma(a) - loggamma(b))"),
    ("gamma(a + 1)/gamma(a)", "a"),
    ("factorial(a)/factorial(b)", "exp(loggamma(a + 1) - loggamma(b + 1))"),
    ("a/(a^2 + b^2)", "a/hypot(a, b)^2"),
    ("a/sqrt(a^2 + b^2)", "a/hypot(a, b)"),
    ("log(ndtr(a))", "log_ndtr(a)"),
    ("1 - ndtr(a)", "ndtr(-a)"),
    ("1 - gammainc(a, b)", "gammaincc(a, b)"),
    ("1 - gammaincc(a, b)", "gammainc(a, b)"),
    ("exp(-abs(a))*i0(a)", "i0e(a)"),
    ("exp(-abs(a))*i1(a)", "i1e(a)"),
    ("exp(a)*k0(a)", "k0e(a)"),
    ("exp(a)*k1(a)", "k1e(a)"),
    ("log(a + sqrt(a^2 + 1))", "asinh(a)"),
    ("log((1 + a)/(1 - a))", "2*atanh(a)"),
    ("log(a/(1 - a))", "logit(a)"),
    ("log(a) - log(1 - a)", "logit(a)"),
    ("a^2/b^2", "(a/b)^2"),
    ("1/a^2", "(1/a)^2"),
)


def forms(root: Node) -> list[Node]:
    """Return what one rule makes of an expression, then what two rules in a row make of it."""
    found = {to_text(root): root}
    for level in range(2):
        for form in list(found.values())[level and 1 :]:
            for other in _rewritten(form):
                if len(found) <= _MOST and other.size <= _LONGEST:
                    found.setdefault(to_text(other), other)
    return list(found.values())[1:]


@cache
def _rules() -> tuple[tuple[Node, Node], ...]:
    """Return the rules as trees, without those that name a function that there is not."""
    known = []
    for pattern, replacement in _IDENTITIES:
        try:
            known.append((_read(pattern), _read(replacement)))
        except DerivError:
            continue
    return tuple(known)


def _read(text: str) -> Node:
    return parse(text, frozenset("abc")).tree


def _rewritten(root: Node) -> Iterator[Node]:
    """Yield the expression with one rule applied at one place."""
    for place, path in _places(root):
        for pattern, replacement in _rules():
            if pattern.op == place.op:
                found = next(_anywhere(pattern, place), None)
                if found is not None:
                    yield _within(root, path, _merged(_filled(replacement, found.bindings), found))


def _places(root: Node) -> Iterator[tuple[Node, tuple[int, ...]]]:
    """Yield every part with the way to it, the deepest last."""
    waiting: list[tuple[Node, tuple[int, ...]]] = [(root, ())]
    for node, path in waiting:
        yield node, path
        waiting += [(arg, (*path, k)) for k, arg in enumerate(node.args)]


def _within(root: Node, path: Sequence[int], part: Node) -> Node:
    """Return the tree with another part at the end of a path."""
    above = [root]
    for position in path[:-1]:
        above.append(above[-1].args[position])
    for node, position in zip(reversed(above), reversed(path), strict=False):
        part = _flat(node.op, (*node.args[:position], part, *node.args[position + 1 :]), node.text)
    return part


class _Found(NamedTuple):
    """What the variables of a pattern stand for, and the terms or factors that stay beside what it matches."""

    bindings: Bindings
    op: str = ""
    rest: tuple[Node, ...] = ()


def _anywhere(pattern: Node, node: Node) -> Iterator[_Found]:
    """Yield the ways to match a part, or some of its terms, or a fraction with some of its factors."""
    if pattern.op in _FLAT:
        if len(node.args) <= _WIDEST:
            yield from (_Found(bound, node.op, rest) for bound, rest in _terms(_bare_last(pattern.args), node.args, {}))
        return
    yield from map(_Found, _match(pattern, node, {}))
    if pattern.op == "div" == node.op and node.args[0].op == "mul" and pattern.args[0].op != VARIABLE:
        above, below = node.args
        for position, factor in enumerate(above.args[:_WIDEST]):
            rest = (*above.args[:position], *above.args[position + 1 :])
            fraction = Node("div", (factor, below))
            yield from (_Found(bound, "mul", rest) for bound in _match(pattern, fraction, {}))


def _match(pattern: Node, node: Node, bound: Bindings) -> Iterator[Bindings]:
    if pattern.op == VARIABLE:
        if bound.get(pattern.text, node) == node:
            yield {**bound, pattern.text: node}
    elif pattern.op != node.op or pattern.text != node.text:
        return
    elif pattern.op in _FLAT:
        yield from _all_terms(_bare_last(pattern.args), node, bound)
    elif len(pattern.args) == len(node.args):
        yield from _each(pattern.args, node.args, bound)


def _each(patterns: Sequence[Node], nodes: Sequence[Node], bound: Bindings) -> Iterator[Bindings]:
    """Yield the ways to match operands in their order."""
    if not patterns:
        yield bound
        return
    for bindings in _match(patterns[0], nodes[0], bound):
        yield from _each(patterns[1:], nodes[1:], bindings)


def _all_terms(patterns: Sequence[Node], node: Node, bound: Bindings) -> Iterator[Bindings]:
    """Yield the ways to match a whole sum or product; a bare variable takes all that is left."""
    if not len(patterns) <= len(node.args) <= _WIDEST:
        return
    last = patterns[-1]
    greedy = last.op == VARIABLE and last.text not in bound and len(node.args) > len(patterns)
    for bindings, rest in _terms(patterns[:-1] if greedy else patterns, node.args, bound):
        if greedy:
            yield from _match(last, Node(node.op, rest), bindings)
        elif not rest:
            yield bindings


def _terms(
    patterns: Sequence[Node], nodes: tuple[Node, ...], bound: Bindings
) -> Iterator[tuple[Bindings, tuple[Node, ...]]]:
    """Yield the ways to match some terms in any order, with those that are left over."""
    if not patterns:
        yield bound, nodes
        return
    for position, node in enumerate(nodes):
        for bindings in _match(patterns[0], node, bound):
            yield from _terms(patterns[1:], (*nodes[:position], *nodes[position + 1 :]), bindings)


def _bare_last(patterns: tuple[Node, ...]) -> list[Node]:
    """Return the terms of a pattern, those first that say most."""
    return sorted(patterns, key=lambda pattern: -pattern.size)


def _filled(replacement: Node, bindings: Mapping[str, Node]) -> Node:
    done: dict[Node, Node] = {}
    for node in postorder(replacement):
        if node.op == VARIABLE:
            done[node] = bindings[node.text]
        else:
            done[node] = _flat(node.op, tuple(done[arg] for arg in node.args), node.text)
    return done[replacement]


def _merged(part: Node, found: _Found) -> Node:
    return (
        _flat(found.op, (*found.rest, part) if found.op == "mul" else (part, *found.rest), "") if found.rest else part
    )


def _flat(op: str, args: tuple[Node, ...], text: str) -> Node:
    """Return a node as people write it: sums and products flat, nothing that cancels, no factor 1, no double sign."""
    if op == "neg" and args[0].op == "neg":
        return args[0].args[0]
    if op == "div":
        return _fraction(*args)
    if op not in _FLAT:
        return Node(op, args, text)
    args = tuple(inner for arg in args for inner in (arg.args if arg.op == op else (arg,)))
    kept = _without_opposites(args) if op == "add" else tuple(arg for arg in args if arg != _ONE)
    idle = _ZERO if op == "add" else _ONE
    return Node(op, kept) if len(kept) > 1 else (kept or (idle,))[0]


def _fraction(above: Node, below: Node) -> Node:
    if below == _ONE:
        return above
    if above == below:
        return _ONE
    factors = list(above.args) if above.op == "mul" else []
    if below not in factors:
        return Node("div", (above, below))
    factors.remove(below)
    return _flat("mul", tuple(factors), "")


def _without_opposites(terms: tuple[Node, ...]) -> tuple[Node, ...]:
    """Leave out the zeros, and terms that cancel each other as they stand."""
    kept: list[Node] = []
    for term in terms:
        opposite = _flat("neg", (term,), "")
        if opposite in kept:
            kept.remove(opposite)
        elif term != _ZERO:
            kept.append(term)
    return tuple(kept)
