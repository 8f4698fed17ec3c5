"""The grammar and its parser.

::

    expression  = [definition "="] condition
    definition  = NAME | NAME "(" NAME { "," NAME } ")"
    condition   = conjunction { "or" conjunction }
    conjunction = negation { "and" negation }
    negation    = { "not" } comparison
    comparison  = sum { ("<" | "<=" | ">" | ">=" | "==" | "!=") sum }
    sum         = product { ("+" | "-") product }
    product     = signed { ("*" | "/" | "//" | "%" | nothing) signed }
    signed      = { "-" | "+" } radical
    radical     = { "√" } power
    power       = postfix [ "^" signed ]
    postfix     = primary { "!" | superscript }
    primary     = NUMBER | NAME | call | "(" condition ")" | "|" sum "|" | "⌊" sum "⌋" | "⌈" sum "⌉"
    call        = NAME [ "^" ["-"] NUMBER | superscript ] "(" condition { "," condition } ")"

"nothing" is implied multiplication. The parser keeps its own stacks (Dijkstra's shunting yard, one pair of stacks
a bracket), so that depth costs no Python stack.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from derivcli.errors import ExpressionError, LimitError, Span
from derivcli.language import calls, catalogue, complaints, names, tokens
from derivcli.language.limits import check_depth, check_nodes
from derivcli.language.operators import BINARY, CHAINS, PREFIX, RIGHT_ASSOCIATIVE, Operand, Operator
from derivcli.language.printer import to_text
from derivcli.language.tokens import Token, tokenize
from derivcli.language.tree import COMPARISONS, NUMBER, VARIABLE, Node


class Parsed(NamedTuple):
    """A tree, and what a reader should know about how the text was read."""

    tree: Node
    notes: tuple[str, ...]


_BRACKETS = {"(": ")", "|": "|", "⌊": "⌋", "⌈": "⌉"}
_BRACKET_FUNCTION = {"|": "abs", "⌊": "floor", "⌈": "ceil"}
_LOGIC = {"and", "or", "not"}
_LONGEST_NOTE = 60  # characters of a product that is worth a note
_MOST_NOTES = 5


@dataclass(slots=True)
class _Group:
    """An open bracket: what was seen inside it so far."""

    opener: Token
    call: calls.Call | None = None
    operands: list[Operand] = field(default_factory=list)
    operators: list[Operator] = field(default_factory=list)
    args: list[Node] = field(default_factory=list)
    comma: Span | None = None


def parse(text: str, variables: frozenset[str] = frozenset()) -> Parsed:
    """Read an expression; `variables` are the names that the user has given a value.

    Raises `ExpressionError` or `LimitError`, with the span of what is wrong and the text as its source.
    """
    try:
        return parse_tokens(_body(tokenize(text)), text, variables)
    except (ExpressionError, LimitError) as error:
        raise error.within(text) from None


def parse_tokens(stream: list[Token], text: str, variables: frozenset[str] = frozenset()) -> Parsed:
    """Read an expression from tokens that end with an `end` token; spans point into `text`."""
    parser = _Parser(stream, text, variables)
    tree = parser.run()
    if tree.is_condition:
        raise complaints.condition_not_number(tree.span)
    return Parsed(tree, tuple(parser.notes))


def _body(stream: list[Token]) -> list[Token]:
    """Drop `y =` or `f(x) =` from the front; refuse any other equation."""
    equals = next((i for i, token in enumerate(stream) if token.kind == "="), None)
    if equals is None:
        return stream
    head = " ".join(token.kind for token in stream[:equals])
    body = stream[equals + 1 :]
    defined = stream[0].text
    again = any(token.kind == "=" or (token.kind == tokens.NAME and token.text == defined) for token in body)
    taken = defined in catalogue.CONSTANTS or (len(head) > len("name") and catalogue.is_function(defined))
    if again or taken or not re.fullmatch(r"name( \( name( , name)* \))?", head):
        raise complaints.equation(stream[equals].span)
    return body


class _Parser:
    def __init__(self, stream: list[Token], text: str, variables: frozenset[str]) -> None:
        self.stream = stream
        self.text = text
        self.variables = variables
        self.position = 0
        self.groups = [_Group(Token("start", "", stream[0].span))]
        self.count = 0
        self.notes: list[str] = []

    def run(self) -> Node:
        expects_operand = True
        while True:
            token = self.stream[self.position]
            if expects_operand:
                expects_operand = self._operand(token)
            elif token.kind == tokens.END and len(self.groups) == 1:
                return self._finish().node
            else:
                expects_operand = self._operator(token)

    # An operand is expected; each returns whether one is still expected afterwards.

    def _operand(self, token: Token) -> bool:
        word = token.text if token.kind == tokens.NAME else token.kind
        if word in PREFIX:
            op, precedence = PREFIX[word]
            self.position += 1
            self.groups[-1].operators.append(Operator(op, precedence, True, token))
            check_depth(len(self.groups[-1].operators), token.span)
            return True
        if token.kind == tokens.NUMBER:
            self.position += 1
            self._push(Node(NUMBER, text=token.text, span=token.span))
            return False
        if token.kind == tokens.NAME and word not in _LOGIC:
            return self._name(token)
        if token.kind in _BRACKETS:
            self.position += 1
            self._open(_Group(token))
            return True
        raise self._missing(token)

    def _name(self, token: Token) -> bool:
        found = calls.read(self.stream, self.position, self.variables)
        if found is not None:
            self.position = found.after
            self._open(_Group(token, found))
            return True
        self.position += 1
        following = self.stream[self.position]
        self._push(names.resolve(token, following, self.text[following.span.start :], self.variables))
        return False

    def _open(self, group: _Group) -> None:
        self.groups.append(group)
        check_depth(len(self.groups) - 1, group.opener.span)

    # An operator, or the end of a bracket, is expected.

    def _operator(self, token: Token) -> bool:
        word = token.text if token.kind == tokens.NAME else token.kind
        if word in BINARY:
            self.position += 1
            self._binary(Operator(*BINARY[word], False, token))
            return True
        if token.kind == "!" or token.kind == tokens.POWER:
            self.position += 1
            self._postfix(token)
            return False
        if token.kind == ",":
            return self._comma(token)
        group = self.groups[-1]
        if token.kind == _BRACKETS.get(group.opener.kind if group.call is None else "("):
            self.position += 1
            self._close(token)
            return False
        if token.kind in _BRACKETS or token.kind in (tokens.NAME, "√"):
            self._check_line(token)
            self._binary(Operator("mul", 6, False, token, implied=True))
            return True
        raise self._unexpected(token)

    def _check_line(self, token: Token) -> None:
        """Refuse a product without a sign from one line to the next: it is more likely a second expression."""
        before = self.stream[self.position - 1]
        if "\n" in self.text[before.span.end : token.span.start]:
            raise complaints.second_expression(token.span)

    def _binary(self, operator: Operator) -> None:
        self._reduce(operator.precedence, operator.op in RIGHT_ASSOCIATIVE)
        self.groups[-1].operators.append(operator)
        check_depth(len(self.groups[-1].operators), operator.token.span)

    def _postfix(self, token: Token) -> None:
        operand = self.groups[-1].operands.pop()
        if token.kind == tokens.POWER:
            magnitude = Node(NUMBER, text=token.text.lstrip("+-"), span=token.span)
            power = Node("neg", (magnitude,), span=token.span) if token.text[0] == "-" else magnitude
            self._push_op("pow", [self._real(operand), power], operand.span.to(token.span))
            return
        node = operand.node
        if node.op == "factorial" and not operand.grouped:
            raise complaints.two_factorials(token.span)
        self._push_op("factorial", [self._real(operand)], operand.span.to(token.span))

    def _comma(self, token: Token) -> bool:
        group = self.groups[-1]
        if group.call is None and group.opener.kind != "(":
            raise complaints.comma(token.span)
        group.args.append(self._finish().node)
        group.comma = group.comma or token.span
        self.position += 1
        return True

    def _close(self, token: Token) -> None:
        inner = self._finish()
        group = self.groups.pop()
        span = group.opener.span.to(token.span)
        if group.call is not None:
            node, note = calls.build(group.call, (*group.args, inner.node), span)
            self.notes += [note] if note else []
            self._push(node)
        elif group.args:
            self._close_tuple(group, inner, span)
        elif group.opener.kind in _BRACKET_FUNCTION:
            self._push_op(_BRACKET_FUNCTION[group.opener.kind], [self._real(inner)], span)
        else:
            self.groups[-1].operands.append(Operand("", [inner.node], span, grouped=True))

    def _close_tuple(self, group: _Group, inner: Operand, span: Span) -> None:
        outer = self.groups[-1].call
        if outer is None or outer.name not in calls.TAKES_PAIRS or len(group.args) != 1:
            raise complaints.comma(group.comma or span)
        self._push(Node(calls.PAIR, (*group.args, inner.node), span=span))

    # Building nodes.

    def _push(self, node: Node) -> None:
        self.count += 1
        check_nodes(self.count, node.span)
        check_depth(node.depth, node.span)
        self.groups[-1].operands.append(Operand("", [node], node.span))

    def _push_op(self, op: str, parts: list[Node], span: Span) -> None:
        self._push(Node(op, tuple(parts), span=span))

    def _finish(self) -> Operand:
        self._reduce(0, right=False)
        operand = self.groups[-1].operands.pop()
        check_depth(operand.node.depth, operand.span)
        return operand

    def _reduce(self, precedence: int, right: bool) -> None:
        """Apply the operators that bind tighter than `precedence`, or as tight unless it groups to the right."""
        operators = self.groups[-1].operators
        while operators and (
            operators[-1].precedence > precedence or (operators[-1].precedence == precedence and not right)
        ):
            self._apply(operators.pop())

    def _apply(self, operator: Operator) -> None:
        operands = self.groups[-1].operands
        right = operands.pop()
        if operator.prefix:
            self._apply_prefix(operator, right)
            return
        left = operands.pop()
        span = left.span.to(right.span)
        if operator.op in COMPARISONS:
            self._push(self._compare(operator.op, left, right, span))
            operands[-1].compared = True
        elif operator.op in CHAINS:
            self._chain(operator, left, right, span)
        else:
            self._push_op(operator.op, [self._real(left), self._real(right)], span)

    def _apply_prefix(self, operator: Operator, operand: Operand) -> None:
        span = operator.token.span.to(operand.span)
        check = self._condition if operator.op == "not" else self._real
        node = check(operand)
        if operator.op == "pos":
            self.groups[-1].operands.append(Operand("", [node], span))
        else:
            self._push_op(operator.op, [node], span)

    def _compare(self, op: str, left: Operand, right: Operand, span: Span) -> Node:
        """Return a comparison; `a < b < c` means `a < b and b < c`."""
        if not left.compared:
            return Node(op, (self._real(left), self._real(right)), span=span)
        earlier = left.node.args if left.node.op == "and" else (left.node,)
        middle = earlier[-1].args[1]
        last = Node(op, (middle, self._real(right)), span=middle.span.to(right.span))
        return Node("and", (*earlier, last), span=span)

    def _chain(self, operator: Operator, left: Operand, right: Operand, span: Span) -> None:
        op = CHAINS[operator.op]
        check = self._condition if op in _LOGIC else self._real
        term = check(right)
        if operator.implied and not left.grouped:
            self._note_implied(left, right, span)
        if operator.op == "sub":
            term = Node("neg", (term,), span=operator.token.span.to(right.span))
        self.count += 1
        check_nodes(self.count, span)
        check_depth(term.depth, term.span)
        if left.op == op and not left.grouped:
            left.parts.append(term)
            left.span = span
            self.groups[-1].operands.append(left)
        else:
            self.groups[-1].operands.append(Operand(op, [check(left), term], span))

    def _note_implied(self, left: Operand, right: Operand, span: Span) -> None:
        """Say how an implied product was read where people often mean something else: `1/2x`, `e^2x`."""
        short = span.end - span.start <= _LONGEST_NOTE and len(self.notes) < _MOST_NOTES
        if short and left.op == "" and _misleads(left.node):
            shown = to_text(Node("mul", (Node(VARIABLE, text=f"({to_text(left.node)})"), right.node)))
            self.notes.append(f"`{self.text[span.start : span.end]}` was read as `{shown}`")

    # Checks and complaints.

    def _real(self, operand: Operand) -> Node:
        node = operand.node
        if node.is_condition:
            raise complaints.condition_not_number(operand.span)
        if node.op == calls.PAIR:
            raise complaints.comma(operand.span)
        return node

    def _condition(self, operand: Operand) -> Node:
        node = operand.node
        if not node.is_condition:
            raise complaints.number_not_condition(operand.span)
        return node

    def _missing(self, token: Token) -> ExpressionError:
        if len(self.stream) == 1:
            return complaints.empty()
        before = self.stream[self.position - 1] if self.position else None
        bracket = self._bracket()
        if token.kind in complaints.CLOSING and before is bracket and token.kind != ",":
            return complaints.nothing_inside(self.groups[-1].opener, token)
        if token.kind in complaints.CLOSING and before is not None and before is not bracket:
            return complaints.missing_after(before, self.text)
        return complaints.missing_before(token, before)

    def _unexpected(self, token: Token) -> ExpressionError:
        if token.kind == tokens.NUMBER:
            return complaints.number_follows(self.stream[self.position - 1], token)
        if token.kind in complaints.CLOSING and len(self.groups) > 1:
            return complaints.never_closed(self._bracket(), token)
        return complaints.never_opened(token)

    def _bracket(self) -> Token:
        """Return the token that opened the innermost group."""
        group = self.groups[-1]
        return self.stream[group.call.after - 1] if group.call else group.opener


def _misleads(left: Node) -> bool:
    """Tell whether a factor looks as if it went on: a fraction, or a power of a number."""
    return left.op == "div" or (left.op == "pow" and left.args[0].op in (NUMBER, "e"))
