"""Brackets while they are open: operands and operators that wait, and the nodes they become."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError
from derivcli.language import calls, catalogue, complaints
from derivcli.language.limits import check_depth, check_nodes
from derivcli.language.notes import Notice
from derivcli.language.operators import (
    APPLY,
    BACKWARD,
    CHAINS,
    COMPARISON,
    IF_ELSE,
    LOGIC,
    PRODUCT,
    RIGHT_ASSOCIATIVE,
    ROOT,
    Operator,
)
from derivcli.language.tree import COMPARISONS, CONDITIONS, NUMBER, PIECEWISE, VARIABLE, Node

if TYPE_CHECKING:
    from derivcli.errors import Span
    from derivcli.language.calls import Call
    from derivcli.language.tokens import Token

_ROOTS = {"√": "sqrt", "2": "sqrt", "3": "cbrt"}


@dataclass(slots=True)
class Operand:
    """A finished node, or a sum, a product or a chain of comparisons that still grows."""

    op: str
    parts: list[Node]
    span: Span
    grouped: bool = False
    compared: bool = False  # a comparison, or several in a row, that the next one continues

    @property
    def node(self) -> Node:
        """The finished node."""
        if len(self.parts) == 1:
            return self.parts[0]
        return Node(self.op, tuple(self.parts), span=self.span)

    @property
    def real(self) -> Node:
        """The node of an operand that must be a number."""
        node = self.parts[0] if len(self.parts) == 1 else self.node
        if node.op in CONDITIONS:
            raise complaints.condition_not_number(self.span)
        if node.op == calls.PAIR:
            raise complaints.comma(self.span)
        return node

    @property
    def condition(self) -> Node:
        """The node of an operand that must be a condition."""
        node = self.node
        if not node.is_condition:
            raise ExpressionError("this is a number, not a condition", self.span, hint="compare it, such as `x > 0`")
        return node


@dataclass(slots=True)
class Ledger:
    """What all brackets of a text share: the places whose reading has to be said, how many nodes it has become."""

    notices: list[Notice] = field(default_factory=list)
    nodes: int = 0

    def note(self, span: Span, text: str | None) -> None:
        """Keep a note on a place, if there is one."""
        if text is not None:
            self.notices.append(Notice(span, text))

    def count(self, span: Span) -> None:
        """Count a node; raises `LimitError` for one too many."""
        self.nodes += 1
        check_nodes(self.nodes, span)


class Group:
    """An open bracket, or the whole text: what was seen inside it so far."""

    __slots__ = (
        "_applications",
        "_has_close_sum",
        "_has_wide_quotient",
        "_ledger",
        "args",
        "bars",
        "call",
        "comma",
        "decimal",
        "opener",
        "operands",
        "operators",
    )

    def __init__(self, ledger: Ledger, opener: Token, call: Call | None = None) -> None:
        self.opener = opener
        self.call = call
        self.operands: list[Operand] = []
        self.operators: list[Operator] = []
        self.args: list[Node] = []
        self.bars: complaints.Bars | None = None  # the last ones with a factor behind, which could open others
        self.comma: Span | None = None
        self.decimal: Span | None = None  # a comma between digits: `sin(0,5)`
        self._ledger = ledger
        self._applications = 0  # functions without brackets that wait for their arguments
        self._has_close_sum = self._has_wide_quotient = False

    @property
    def in_argument(self) -> bool:
        """True while a function without brackets takes what follows."""
        return self._applications > 0

    @property
    def function(self) -> Token:
        """The function without brackets that takes what follows."""
        return next(operator.token for operator in reversed(self.operators) if operator.op == APPLY)

    @property
    def has_condition(self) -> bool:
        """True where what was read last is a comparison, or becomes one."""
        return self.operands[-1].compared or any(operator.op in COMPARISONS for operator in self.operators)

    @property
    def last_factor(self) -> Span:
        """Where what was read last stands, with the base it is the exponent of."""
        place = -1
        for operator in reversed(self.operators):
            if operator.op not in ("pow", "neg", "pos"):
                break
            place -= operator.op == "pow"
        return self.operands[place].span

    def wait(self, operator: Operator) -> None:
        """Let an operator wait for its right side, after applying those that bind tighter."""
        if operator.op == APPLY:
            self._applications += 1
        elif not operator.prefix:
            self._reduce(operator.precedence + (operator.op in RIGHT_ASSOCIATIVE))
            self.bars = self.bars if operator.precedence > COMPARISON else None  # no bars hold a condition
            if operator.spaced:
                self._has_wide_quotient |= operator.op == "div"
            else:
                self._has_close_sum |= operator.op in ("add", "sub")
        self.operators.append(operator)
        check_depth(len(self.operators), operator.token.span)

    def push(self, node: Node) -> None:
        """Add a finished operand."""
        self._ledger.count(node.span)
        check_depth(node.depth, node.span)
        self.operands.append(Operand("", [node], node.span))

    def push_op(self, op: str, parts: list[Node], span: Span) -> None:
        """Add an operation as a finished operand."""
        self.push(Node(op, tuple(parts), span=span))

    def finish(self) -> Operand:
        """Apply every operator that waits, and take the one operand that is left."""
        self._reduce(0)
        operand = self.operands.pop()
        operand.parts = [operand.node]
        check_depth(operand.parts[0].depth, operand.span)
        if self._has_close_sum and self._has_wide_quotient:
            self._ledger.notices.append(Notice(operand.span))
        return operand

    def _reduce(self, precedence: int) -> None:
        """Apply the operators that bind as tight as `precedence`, or tighter."""
        waiting = self.operators
        while waiting and waiting[-1].precedence >= precedence:
            self._apply(waiting.pop())

    def _apply(self, operator: Operator) -> None:
        operands = self.operands
        right = operands.pop()
        if operator.prefix:
            self._apply_prefix(operator, right)
            return
        left = operands.pop()
        span = left.span.to(right.span)
        if operator.op in COMPARISONS:
            self._compare(operator.op, left, right, span)
        elif operator.op in CHAINS:
            self._chain(operator, left, right, span)
        elif operator.op in (IF_ELSE, BACKWARD):
            condition = operands.pop()
            if operator.op == BACKWARD:
                condition, left = left, condition
            self.push_op(PIECEWISE, [left.real, condition.condition, right.real], condition.span.to(right.span))
        else:
            self.push_op(operator.op, [left.real, right.real], span)

    def _apply_prefix(self, operator: Operator, operand: Operand) -> None:
        span = operator.token.span.to(operand.span)
        if operator.op == APPLY:
            self._applications -= 1
            node, note = calls.build(calls.Call(*operator.token[1:], operator.power), (operand.real,), span)
            self._ledger.note(span, note)
            if operand.node.op == "pow" or (operand.node.op == "mul" and not is_constant(operand.node.args[0])):
                self._ledger.notices.append(Notice(span))  # `sin x^2` is no square, `sin x y` takes both
            self.push(node)
        elif operator.op == ROOT:
            if operand.node.op == "pow" and not operand.grouped:
                self._ledger.notices.append(Notice(span))  # `√x^2` is no x
            self.push(_root(operator.token.text, operand.real, span))
        elif operator.op == "pos":
            self.operands.append(Operand("", [operand.real], span))
        else:
            self.push_op(operator.op, [operand.condition if operator.op == "not" else operand.real], span)

    def _compare(self, op: str, left: Operand, right: Operand, span: Span) -> None:
        """Add a comparison; `a < b < c` means `a < b and b < c`."""
        if left.compared and not left.grouped:
            middle = left.parts[-1].args[1]
            self._ledger.count(span)
            left.parts.append(Node(op, (middle, right.real), span=middle.span.to(right.span)))
            left.span = span
            self.operands.append(left)
            return
        self.push_op(op, [left.real, right.real], span)
        self.operands[-1].op = "and"
        self.operands[-1].compared = True

    def _chain(self, operator: Operator, left: Operand, right: Operand, span: Span) -> None:
        op = CHAINS[operator.op]
        term = right.condition if op in LOGIC else right.real
        looks = operator.implied and operator.precedence == PRODUCT and left.op == "" and not left.grouped
        if looks and _misleads(left.parts[0], term):
            self._ledger.notices.append(Notice(span))
        if operator.op == "sub":
            term = Node("neg", (term,), span=operator.token.span.to(right.span))
        self._ledger.count(span)
        check_depth(term.depth, term.span)
        if left.op == op and not left.grouped and not left.compared:
            left.parts.append(term)
            left.span = span
            self.operands.append(left)
        else:
            self.operands.append(Operand(op, [left.condition if op in LOGIC else left.real, term], span))


def is_constant(node: Node) -> bool:
    """Tell whether a node is a number or a constant."""
    return node.op == NUMBER or node.op in catalogue.CONSTANTS


def _misleads(left: Node, right: Node) -> bool:
    """Tell whether a factor looks as if it went on: a fraction, or a number to a power before a number or a name."""
    is_power = left.op == "pow" and left.args[0].op in (NUMBER, "e")
    is_call = right.op not in (VARIABLE, "pow") and left.op == "pow" and left.args[1].op not in (NUMBER, "neg")
    return left.op in ("div", "floordiv", "mod") or (is_power and not is_call)


def _root(degree: str, radicand: Node, span: Span) -> Node:
    """Return the root of a degree, as `cbrt(x)` and `root(x, n)` are: real for all x where the degree is odd."""
    if degree in _ROOTS:
        return Node(_ROOTS[degree], (radicand,), span=span)
    return Node("root", (radicand, Node(NUMBER, text=degree, span=span)), span=span)
