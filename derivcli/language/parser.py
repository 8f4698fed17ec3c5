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
from itertools import accumulate
from typing import NamedTuple

from derivcli.errors import ExpressionError, LimitError, Span
from derivcli.language import calls, catalogue, complaints, names, tokens
from derivcli.language.groups import Group, Reading
from derivcli.language.limits import check_depth
from derivcli.language.operators import BINARY, LOGIC, PREFIX, Operand, Operator
from derivcli.language.tokens import Token, tokenize
from derivcli.language.tree import NUMBER, Node


class Parsed(NamedTuple):
    """A tree, and what a reader should know about how the text was read."""

    tree: Node
    notes: tuple[str, ...]


_BRACKETS = {"(": ")", "|": "|", "⌊": "⌋", "⌈": "⌉"}
_BRACKET_FUNCTION = {"|": "abs", "⌊": "floor", "⌈": "ceil"}


def parse(text: str, variables: frozenset[str] = frozenset()) -> Parsed:
    """Read an expression; `variables` are the names that the user has given a value.

    Raises `ExpressionError` or `LimitError`, with the span of what is wrong and the text as its source.
    """
    try:
        return parse_tokens(_body(tokenize(text)), text, variables)
    except (ExpressionError, LimitError) as error:
        raise error.within(text) from None


def parse_equation(text: str, variables: frozenset[str] = frozenset()) -> tuple[Parsed, Parsed]:
    """Read both sides of an equation; an expression alone is one whose right side is 0.

    Raises as `parse` does.
    """
    try:
        stream = tokenize(text)
        signs = [i for i, token in enumerate(stream) if token.kind == "="] or _outside_brackets(stream, "==")
        if len(signs) > 1:
            raise complaints.second_equation(stream[signs[1]].span)
        if not signs:
            return parse_tokens(stream, text, variables), Parsed(Node(NUMBER, text="0"), ())
        place = stream[signs[0]].span
        left = [*stream[: signs[0]], Token(tokens.END, "", Span(place.start, place.start))]
        return parse_tokens(left, text, variables), parse_tokens(stream[signs[0] + 1 :], text, variables)
    except (ExpressionError, LimitError) as error:
        raise error.within(text) from None


def _outside_brackets(stream: list[Token], kind: str) -> list[int]:
    depths = accumulate((token.kind == "(") - (token.kind == ")") for token in stream)
    return [i for i, (token, depth) in enumerate(zip(stream, depths, strict=True)) if token.kind == kind and not depth]


def parse_tokens(stream: list[Token], text: str, variables: frozenset[str] = frozenset()) -> Parsed:
    """Read an expression from tokens that end with an `end` token; spans point into `text`."""
    parser = _Parser(stream, text, variables)
    tree = parser.run()
    if tree.is_condition:
        raise complaints.condition_not_number(tree.span)
    return Parsed(tree, tuple(parser.reading.notes))


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
        raise complaints.equation(stream[equals].span, _dependent(stream, equals))
    return body


def _dependent(stream: list[Token], equals: int) -> str | None:
    """Return the variable for which an equation is most likely meant to be solved: the last of several."""
    called = {i for i, token in enumerate(stream[1:]) if token.kind == "("}
    others = {*catalogue.CONSTANTS, *LOGIC}
    names = [t.text for i, t in enumerate(stream) if t.kind == tokens.NAME and i not in called and t.text not in others]
    alone = _outside_brackets(stream, "=") == [equals] == [i for i, token in enumerate(stream) if token.kind == "="]
    return names[-1] if alone and len(set(names)) > 1 else None


class _Parser:
    def __init__(self, stream: list[Token], text: str, variables: frozenset[str]) -> None:
        self.stream = stream
        self.text = text
        self.variables = variables
        self.position = 0
        self.reading = Reading(text)
        self.groups = [Group(self.reading, Token("start", "", stream[0].span))]

    def run(self) -> Node:
        expects_operand = True
        while True:
            token = self.stream[self.position]
            if expects_operand:
                expects_operand = self._operand(token)
            elif token.kind == tokens.END and len(self.groups) == 1:
                return self.groups[-1].finish().node
            else:
                expects_operand = self._operator(token)

    # An operand is expected; each returns whether one is still expected afterwards.

    def _operand(self, token: Token) -> bool:
        word = token.text if token.kind == tokens.NAME else token.kind
        if word in PREFIX:
            op, precedence = PREFIX[word]
            self.position += 1
            self.groups[-1].wait(Operator(op, precedence, True, token))
            return True
        if token.kind == tokens.NUMBER:
            self.position += 1
            self.groups[-1].push(Node(NUMBER, text=token.text, span=token.span))
            return False
        if token.kind == tokens.NAME and word not in LOGIC:
            return self._name(token)
        if token.kind in _BRACKETS:
            self.position += 1
            self._open(Group(self.reading, token))
            return True
        raise self._missing(token)

    def _name(self, token: Token) -> bool:
        found = calls.read(self.stream, self.position, self.variables)
        if found is not None:
            self.position = found.after
            self._open(Group(self.reading, token, found))
            return True
        self.position += 1
        following = self.stream[self.position]
        self.groups[-1].push(names.resolve(token, following, self.text[following.span.start :], self.variables))
        return False

    def _open(self, group: Group) -> None:
        self.groups.append(group)
        check_depth(len(self.groups) - 1, group.opener.span)

    # An operator, or the end of a bracket, is expected.

    def _operator(self, token: Token) -> bool:
        word = token.text if token.kind == tokens.NAME else token.kind
        if word in BINARY:
            self.position += 1
            self.groups[-1].wait(Operator(*BINARY[word], False, token))
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
            self.groups[-1].wait(Operator("mul", 6, False, token, implied=True))
            return True
        raise self._unexpected(token)

    def _check_line(self, token: Token) -> None:
        """Refuse a product without a sign from one line to the next: it is more likely a second expression."""
        before = self.stream[self.position - 1]
        if "\n" in self.text[before.span.end : token.span.start]:
            raise complaints.second_expression(token.span)

    def _postfix(self, token: Token) -> None:
        operand = self.groups[-1].operands.pop()
        if token.kind == tokens.POWER:
            magnitude = Node(NUMBER, text=token.text.lstrip("+-"), span=token.span)
            power = Node("neg", (magnitude,), span=token.span) if token.text[0] == "-" else magnitude
            self.groups[-1].push_op("pow", [Group.real(operand), power], operand.span.to(token.span))
            return
        node = operand.node
        if node.op == "factorial" and not operand.grouped:
            raise complaints.two_factorials(token.span)
        self.groups[-1].push_op("factorial", [Group.real(operand)], operand.span.to(token.span))

    def _comma(self, token: Token) -> bool:
        group = self.groups[-1]
        if group.call is None and group.opener.kind != "(":
            raise complaints.comma(token.span)
        group.args.append(self.groups[-1].finish().node)
        group.comma = group.comma or token.span
        self.position += 1
        return True

    def _close(self, token: Token) -> None:
        inner = self.groups[-1].finish()
        group = self.groups.pop()
        span = group.opener.span.to(token.span)
        if group.call is not None:
            node, note = calls.build(group.call, (*group.args, inner.node), span)
            self.reading.notes += [note] if note else []
            self.groups[-1].push(node)
        elif group.args:
            self._close_tuple(group, inner, span)
        elif group.opener.kind in _BRACKET_FUNCTION:
            self.groups[-1].push_op(_BRACKET_FUNCTION[group.opener.kind], [Group.real(inner)], span)
        else:
            self.groups[-1].operands.append(Operand("", [inner.node], span, grouped=True))

    def _close_tuple(self, group: Group, inner: Operand, span: Span) -> None:
        outer = self.groups[-1].call
        if outer is None or outer.name not in calls.TAKES_PAIRS or len(group.args) != 1:
            raise complaints.comma(group.comma or span)
        self.groups[-1].push(Node(calls.PAIR, (*group.args, inner.node), span=span))

    # Complaints.

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
