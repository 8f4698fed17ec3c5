"""Brackets while they are open: operands and operators that wait, and the nodes they become."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from derivcli.language import calls, complaints
from derivcli.language.limits import check_depth, check_nodes
from derivcli.language.operators import CHAINS, LOGIC, RIGHT_ASSOCIATIVE, Operand, Operator
from derivcli.language.printer import to_text
from derivcli.language.tree import COMPARISONS, NUMBER, VARIABLE, Node

if TYPE_CHECKING:
    from derivcli.errors import Span
    from derivcli.language.tokens import Token

_LONGEST_NOTE = 60  # characters of a product that is worth a note
_MOST_NOTES = 5


@dataclass(slots=True)
class Reading:
    """What all brackets of a text share: the text, the notes on it, how many nodes it has become."""

    text: str
    notes: list[str] = field(default_factory=list)
    nodes: int = 0

    def count(self, span: Span) -> None:
        """Count a node; raises `LimitError` for one too many."""
        self.nodes += 1
        check_nodes(self.nodes, span)


class Group:
    """An open bracket, or the whole text: what was seen inside it so far."""

    def __init__(self, reading: Reading, opener: Token, call: calls.Call | None = None) -> None:
        self.opener = opener
        self.call = call
        self.operands: list[Operand] = []
        self.args: list[Node] = []
        self.comma: Span | None = None
        self._operators: list[Operator] = []
        self._reading = reading

    def wait(self, operator: Operator) -> None:
        """Let an operator wait for its right side, after applying those that bind tighter."""
        if not operator.prefix:
            self._reduce(operator.precedence, operator.op in RIGHT_ASSOCIATIVE)
        self._operators.append(operator)
        check_depth(len(self._operators), operator.token.span)

    def push(self, node: Node) -> None:
        """Add a finished operand."""
        self._reading.count(node.span)
        check_depth(node.depth, node.span)
        self.operands.append(Operand("", [node], node.span))

    def push_op(self, op: str, parts: list[Node], span: Span) -> None:
        """Add an operation as a finished operand."""
        self.push(Node(op, tuple(parts), span=span))

    def finish(self) -> Operand:
        """Apply every operator that waits, and take the one operand that is left."""
        self._reduce(0, right=False)
        operand = self.operands.pop()
        check_depth(operand.node.depth, operand.span)
        return operand

    def _reduce(self, precedence: int, right: bool) -> None:
        """Apply the operators that bind tighter than `precedence`, or as tight unless it groups to the right."""
        operators = self._operators
        while operators and (
            operators[-1].precedence > precedence or (operators[-1].precedence == precedence and not right)
        ):
            self._apply(operators.pop())

    def _apply(self, operator: Operator) -> None:
        operands = self.operands
        right = operands.pop()
        if operator.prefix:
            self._apply_prefix(operator, right)
            return
        left = operands.pop()
        span = left.span.to(right.span)
        if operator.op in COMPARISONS:
            self.push(self._compare(operator.op, left, right, span))
            operands[-1].compared = True
        elif operator.op in CHAINS:
            self._chain(operator, left, right, span)
        else:
            self.push_op(operator.op, [self.real(left), self.real(right)], span)

    def _apply_prefix(self, operator: Operator, operand: Operand) -> None:
        span = operator.token.span.to(operand.span)
        check = self.condition if operator.op == "not" else self.real
        node = check(operand)
        if operator.op == "pos":
            self.operands.append(Operand("", [node], span))
        else:
            self.push_op(operator.op, [node], span)

    def _compare(self, op: str, left: Operand, right: Operand, span: Span) -> Node:
        """Return a comparison; `a < b < c` means `a < b and b < c`."""
        if not left.compared:
            return Node(op, (self.real(left), self.real(right)), span=span)
        earlier = left.node.args if left.node.op == "and" else (left.node,)
        middle = earlier[-1].args[1]
        last = Node(op, (middle, self.real(right)), span=middle.span.to(right.span))
        return Node("and", (*earlier, last), span=span)

    def _chain(self, operator: Operator, left: Operand, right: Operand, span: Span) -> None:
        op = CHAINS[operator.op]
        check = self.condition if op in LOGIC else self.real
        term = check(right)
        if operator.implied and not left.grouped:
            self._note_implied(left, right, span)
        if operator.op == "sub":
            term = Node("neg", (term,), span=operator.token.span.to(right.span))
        self._reading.count(span)
        check_depth(term.depth, term.span)
        if left.op == op and not left.grouped:
            left.parts.append(term)
            left.span = span
            self.operands.append(left)
        else:
            self.operands.append(Operand(op, [check(left), term], span))

    def _note_implied(self, left: Operand, right: Operand, span: Span) -> None:
        """Say how an implied product was read where people often mean something else: `1/2x`, `e^2x`."""
        short = span.end - span.start <= _LONGEST_NOTE and len(self._reading.notes) < _MOST_NOTES
        if short and left.op == "" and _misleads(left.node):
            shown = to_text(Node("mul", (Node(VARIABLE, text=f"({to_text(left.node)})"), right.node)))
            self._reading.notes.append(f"`{self._reading.text[span.start : span.end]}` was read as `{shown}`")

    @staticmethod
    def real(operand: Operand) -> Node:
        """Return the node of an operand that must be a number."""
        node = operand.node
        if node.is_condition:
            raise complaints.condition_not_number(operand.span)
        if node.op == calls.PAIR:
            raise complaints.comma(operand.span)
        return node

    @staticmethod
    def condition(operand: Operand) -> Node:
        """Return the node of an operand that must be a condition."""
        node = operand.node
        if not node.is_condition:
            raise complaints.number_not_condition(operand.span)
        return node


def _misleads(left: Node) -> bool:
    """Tell whether a factor looks as if it went on: a fraction, or a power of a number."""
    return left.op == "div" or (left.op == "pow" and left.args[0].op in (NUMBER, "e"))
