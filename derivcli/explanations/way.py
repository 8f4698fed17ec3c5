"""What is differentiated by, what a rule is, and what it makes of a part."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from derivcli.explanations.algebra import ONE, ZERO, number, product, quotient, total
from derivcli.language.printer import to_text
from derivcli.language.tree import DERIVATIVE, VARIABLE, Node, each

if TYPE_CHECKING:
    from collections.abc import Callable

CHAIN = "chain rule"
U = Node(VARIABLE, text="u")  # what stands for an inner function in a reason


class NoRuleError(Exception):
    """A function has no derivative in closed form by an argument that moves."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What a rule makes of a part: the derivatives in `after` are left to be found.

    `inner` is the inner function of a chain, `reason` what there is to say besides, with formulas in backticks.
    """

    rule: str
    after: Node
    inner: Node | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table; `apply` returns None for a part that the rule does not fit. `law` says the rule in words."""

    name: str
    apply: Callable[[Node, Way], Applied | Node | None]
    law: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """What is differentiated by: a variable, which others may follow as functions of it, and by which rules.

    Those that are `broken` are taken first, to see what comes of a mistake.
    """

    name: str
    following: frozenset[str]
    rules: tuple[Rule, ...] = field(repr=False)
    broken: tuple[Rule, ...] = ()

    @property
    def right(self) -> Way:
        """The same way without broken rules."""
        return replace(self, broken=())

    def spoilt(self, broken: tuple[Rule, ...]) -> Way:
        """Return the same way with broken rules."""
        return replace(self, broken=broken)

    def moves(self, node: Node) -> bool:
        """Tell whether a part depends on the variable."""
        return any(p.op == VARIABLE and (p.text == self.name or p.text in self.following) for p in each(node))

    def slope(self, node: Node) -> Node:
        """Return the derivative of a part where it is seen at a glance, else the one that is left to be found."""
        at_once = not self.broken or node.op == VARIABLE or not self.moves(node)  # a mistake may be made here too
        known = self.at_sight(node) if at_once else None
        return Node(DERIVATIVE, (node,), self.name) if known is None else known

    def at_sight(self, node: Node) -> Node | None:
        """Return the derivative of a constant, or of what is linear in the variable; None for any other part."""
        if not self.moves(node):
            return ZERO
        if node.op == VARIABLE:
            return ONE if node.text == self.name else None
        if node.op == "add":
            slopes = [self.at_sight(arg) for arg in node.args]
            return None if None in slopes else total(*filter(None, slopes))
        scale, moving = self.split(node)
        known = self.at_sight(moving) if moving is not node else None
        return None if known is None else product(scale, known)

    def split(self, node: Node) -> tuple[Node, Node]:
        """Return the constant factor of a part and what is left; 1 and the part itself where there is none."""
        if node.op == "neg":
            return number(-1), node.args[0]
        if node.op == "div" and not self.moves(node.args[1]):
            return quotient(ONE, node.args[1]), node.args[0]
        moving = [arg for arg in node.args if self.moves(arg)] if node.op == "mul" else []
        if len(moving) == 1 and len(node.args) > 1:
            return product(*(arg for arg in node.args if arg is not moving[0])), moving[0]
        return ONE, node

    def apply(self, part: Node) -> Applied:
        """Return what the first rule that fits makes of a part; raises `NoRuleError`."""
        for rule in (*self.broken, *self.rules):
            found = rule.apply(part, self)
            if isinstance(found, Applied):
                return found if found.reason else replace(found, reason=rule.law)
            if found is not None:
                return Applied(rule.name, found, reason=rule.law)
        raise NoRuleError(f"no rule for `{to_text(part)}`")
