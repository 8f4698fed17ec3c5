"""A derivative by cases: the cases taken outside, each of them tidied, and those that are alike put together."""

from __future__ import annotations

import operator
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from derivcli.language import catalogue
from derivcli.language.lowering import definition, expand, formula, to_tree
from derivcli.language.numbers import exact
from derivcli.language.program import UNDEFINED
from derivcli.language.tree import COMPARISONS, NUMBER, PIECEWISE, VARIABLE, Node, each, fold
from derivcli.witnesses.tidy.nodes import number
from derivcli.witnesses.tidy.polynomials import TooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from derivcli.language.program import Program

_MOST = 40  # cases: a longer list is no formula that is read
_TWO_CASES = 3  # arguments: a value, its condition, the other value
_DEFINITIONS = {
    "max": ("where(x > y, x, y)", ("x", "y")),
    "min": ("where(x < y, x, y)", ("x", "y")),
    "sinc": ("where(x == 0, 1, sin(x)/x)", ("x",)),
}
_UNDEFINED = Node(UNDEFINED)
_SAID = {truth: Node(str(truth).lower()) for truth in (True, False)}
_OPPOSITE = {"lt": "ge", "ge": "lt", "gt": "le", "le": "gt", "eq": "ne", "ne": "eq"}
_TURNED = {"lt": "gt", "gt": "lt", "le": "ge", "ge": "le", "eq": "eq", "ne": "ne"}


def outside(
    program: Program, tidy: Callable[[Node], Node], same: Callable[[Node, Node, str, Node], bool]
) -> Iterator[Node]:
    """Yield a program as a tree with all its cases outside; raises `TooLargeError` for too many.

    First functions that choose stay, as `relu`, then they are written out. `tidy` is done to the expression of each
    case; `same` tells whether two of them have one value where a variable is a number.
    """
    is_flat = any(i.op == PIECEWISE and len(i.args) > _TWO_CASES for i in program.instructions)
    written_out = fold(to_tree(expand(program, lambda op: not _is_by_cases(op))), _defined)
    for tree in dict.fromkeys((to_tree(program), written_out)):
        found = _Splitter(tidy, same).split(tree, ())
        yield fold(found, _flat) if is_flat else found


def has_cases(program: Program) -> bool:
    """Tell whether a program chooses between cases."""
    return any(i.op == PIECEWISE for i in program.instructions)


def _is_by_cases(op: str) -> bool:
    row = catalogue.FUNCTIONS.get(op)
    if row is None or row.smooth or not row.definition:
        return False
    return any(i.op in (PIECEWISE, "max", "min") or _is_by_cases(i.op) for i in definition(op).instructions)


def _defined(node: Node, args: list[Node]) -> Node:
    """Write `max`, `min` and `sinc` by cases."""
    found = _DEFINITIONS.get(node.op)
    if found is None or len(args) != len(found[1]):
        return Node(node.op, tuple(args), node.text)
    bound = dict(zip(("x", "y"), args, strict=False))
    return fold(
        to_tree(formula(*found)), lambda n, a: bound[n.text] if n.op == VARIABLE else Node(n.op, tuple(a), n.text)
    )


def _flat(node: Node, args: list[Node]) -> Node:
    """Write a choice in the last case of another as further cases of that."""
    inner = args[-1].args if node.op == PIECEWISE and args[-1].op == PIECEWISE else args[-1:]
    return Node(node.op, (*args[:-1], *inner), node.text)


class _Splitter:
    def __init__(self, tidy: Callable[[Node], Node], same: Callable[[Node, Node, str, Node], bool]) -> None:
        self._tidy = tidy
        self._same = same
        self._left = _MOST

    def split(self, tree: Node, known: Sequence[Node]) -> Node:
        """Return a tree in which these comparisons hold, with its cases outside."""
        tree = fold(tree, lambda node, args: _decided(Node(node.op, tuple(args), node.text), known))
        self._left -= 1
        if self._left < 0:
            raise TooLargeError
        comparison = _first_comparison(tree)
        if comparison is None:
            return self._tidy(tree)
        yes, no = (self.split(tree, (*known, holds)) for holds in (comparison, _negated(comparison)))
        if self._is_continued(comparison, yes, no):
            return no
        return yes if self._is_continued(_negated(comparison), no, yes) else _joined(comparison, yes, no)

    def _is_continued(self, comparison: Node, value: Node, rest: Node) -> bool:
        """Tell whether the value at a single place is that which the rest has there."""
        variable, place = comparison.args
        is_place = comparison.op == "eq" and variable.op == VARIABLE and _value(place) is not None
        return is_place and self._same(value, rest, variable.text, place)


def _first_comparison(tree: Node) -> Node | None:
    """Return a comparison by which the outermost choice is made; where that depends on a choice, one of the latter."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if node.op == PIECEWISE:
            condition = node.args[1]
            return _first_comparison(condition) or next(n for n in each(condition) if n.op in COMPARISONS)
        waiting += reversed(node.args)
    return None


def _joined(condition: Node, yes: Node, no: Node) -> Node:
    """Return the choice between two trees; a case that both have is one case."""
    if yes == no:
        return yes
    if no.op == PIECEWISE and len(no.args) == _TWO_CASES:
        value, other, rest = no.args
        if yes in (value, rest):
            other, rest = (other, rest) if yes == value else (_negated(other), value)
            return Node(PIECEWISE, (yes, _connected("or", condition, other), rest))
    if yes.op == PIECEWISE and len(yes.args) == _TWO_CASES:
        value, other, rest = yes.args
        if no in (value, rest):
            value, other = (value, other) if no == rest else (rest, _negated(other))
            return Node(PIECEWISE, (value, _connected("and", condition, other), no))
    return Node(PIECEWISE, (yes, condition, no))


def _connected(word: str, *conditions: Node) -> Node:
    return Node(word, tuple(part for one in conditions for part in (one.args if one.op == word else (one,))))


def _negated(condition: Node) -> Node:
    if condition.op in _OPPOSITE:
        return Node(_OPPOSITE[condition.op], condition.args)
    return Node("and" if condition.op == "or" else "or", tuple(map(_negated, condition.args)))


def _decided(node: Node, known: Sequence[Node]) -> Node:
    """Return a node without what the known comparisons decide: other comparisons, conditions, choices."""
    if node.op in COMPARISONS:
        node = _normal(node)
        truth = _truth(node, known)
        return node if truth is None else _SAID[truth]
    if node.op == "not":
        return next((_SAID[not truth] for truth in (True, False) if node.args[0] == _SAID[truth]), node)
    if node.op in ("and", "or"):
        settled = _SAID[node.op == "or"]
        open_args = tuple(arg for arg in node.args if arg not in _SAID.values())
        return (
            settled
            if settled in node.args
            else Node(node.op, open_args)
            if open_args[1:]
            else (*open_args, node.args[0])[0]
        )
    if node.op == PIECEWISE:
        return _chosen(node)
    return _UNDEFINED if _UNDEFINED in node.args else node


def _chosen(node: Node) -> Node:
    """Return a choice without the cases that cannot be, or the value of the first that must be."""
    left: list[Node] = []
    for value, condition in zip(node.args[::2], (*node.args[1::2], _SAID[True]), strict=False):
        if condition == _SAID[True]:
            left.append(value)
            break
        if condition != _SAID[False]:
            left += (value, condition)
    return Node(PIECEWISE, tuple(left)) if len(left) > 1 else left[0] if left else _UNDEFINED


def _normal(comparison: Node) -> Node:
    """Return a comparison with its number on the right, and with none on the left: `x <= -3` for `x + 3 <= 0`."""
    op, (left, right) = comparison.op, comparison.args
    if _value(left) is not None:
        op, left, right = _TURNED[op], right, left
    bound, numbers = _value(right), [_value(arg) for arg in left.args if left.op == "add"]
    others = [arg for arg, number in zip(left.args, numbers, strict=False) if number is None]
    if bound is not None and len(others) == 1 and others[0].op != "neg":
        left, right = others[0], _number(bound - sum(number for number in numbers if number is not None))
    return Node(op, (left, right))


def _truth(comparison: Node, known: Sequence[Node]) -> bool | None:
    """Return whether a comparison follows from others of the same expression; None if it does not.

    All are looked at on the line of numbers, at their bounds and between.
    """
    what, bound = _sides(comparison)
    if _value(what) is not None:
        return _holds(comparison, _value(what))
    alike = [other for other in known if _sides(other)[0] == what]
    bounds = sorted({bound, *(_sides(other)[1] for other in alike)})
    places = [bounds[0] - 1, *bounds, *((a + b) / 2 for a, b in pairwise(bounds)), bounds[-1] + 1]
    found = {_holds(comparison, place) for place in places if all(_holds(other, place) for other in alike)}
    return found.pop() if len(found) == 1 else None


def _sides(comparison: Node) -> tuple[Node, Fraction]:
    """Return what is compared with which number: with 0 the difference, where none of both sides is a number."""
    left, right = comparison.args
    bound = _value(right)
    return (Node("add", (left, Node("neg", (right,)))), Fraction(0)) if bound is None else (left, bound)


def _holds(comparison: Node, place: Any) -> bool:
    return bool(getattr(operator, comparison.op)(place, _sides(comparison)[1]))


def _value(node: Node) -> Fraction | None:
    """Return the value of a number as it is written."""
    if node.op == "neg":
        inside = _value(node.args[0])
        return None if inside is None else -inside
    if node.op == "div":
        above, below = map(_value, node.args)
        return above / below if above is not None and below else None
    return exact(node.text) if node.op == NUMBER else None


def _number(value: Fraction) -> Node:
    return number(abs(value))._replace(negative=value < 0).signed
