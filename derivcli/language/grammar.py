"""The grammar and its parser: tokens -> a tree.

::

    expression  = condition [ "?" expression ":" expression | "if" expression "else" expression ]
    condition   = conjunction { ("or" | "||") conjunction }
    conjunction = negation { "and" negation }
    negation    = { "not" } comparison
    comparison  = sum { ("<" | "<=" | ">" | ">=" | "==" | "!=") sum }
    sum         = product { ("+" | "-") product }
    product     = signed { ("*" | "/" | "//" | "%" | nothing) signed }
    signed      = { "-" | "+" } radical | applied
    applied     = FUNCTION [ raised ] { "-" | "+" } radical { nothing radical }
    radical     = { "√" | "∛" | "∜" } power
    power       = postfix [ "^" signed ]
    raised      = superscript | "^" NUMBER | "^" "-" NUMBER | "^" "(" [ "-" ] NUMBER ")"
    postfix     = primary { "!" | "°" | superscript }
    primary     = NUMBER | NAME | call | "(" expression ")" | bars
    bars        = "|" expression "|" | "⌊" expression "⌋" | "⌈" expression "⌉"
    call        = FUNCTION [ raised ] ( "(" expression { "," expression } ")" | bars )

"nothing" is a product without a sign. In the argument of a function without brackets it ends before the next function,
before `e^`, and before a bracket after a blank. `[ ]` and `{ }` are brackets as `( )` are. What stands around an
expression (`y =`, `d/dx`) is read before, by `outside`; names that are products (`xsinx`) by `reading`.

The parser keeps its own stacks (Dijkstra's shunting yard, one pair of stacks a bracket), so that depth costs no
Python stack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError
from derivcli.language import brackets, calls, catalogue, complaints, doubts, names, reach, tokens
from derivcli.language.brackets import OPENERS
from derivcli.language.calls import Call
from derivcli.language.groups import Group, Ledger, Operand
from derivcli.language.limits import check_depth
from derivcli.language.notes import Notice
from derivcli.language.operators import (
    APPLICATION,
    APPLY,
    BINARY,
    BRACKET_FUNCTION,
    BRACKETS,
    CHOICE,
    CHOICE_OF,
    CHOICES,
    LOGIC,
    PARENTHESES,
    PREFIX,
    PRODUCT,
    TIGHT,
    Operator,
)
from derivcli.language.reading import run_end
from derivcli.language.tokens import Token
from derivcli.language.tree import NUMBER, VARIABLE, Node

if TYPE_CHECKING:
    from derivcli.errors import Span

_AFTER_FUNCTION = frozenset({*PARENTHESES, *BRACKET_FUNCTION, "^", tokens.POWER})  # after one in capitals as well
_AHEAD = 99  # characters behind a name: a power with a name of MAX_NAME fits, and no more is looked at
_POSTFIX = {"!": "factorial", "°": "deg2rad", tokens.POWER: "pow"}


def tree_of(stream: list[Token], text: str, given: frozenset[str], notices: list[Notice]) -> tuple[Node, list[Notice]]:
    """Return the tree of tokens that end with an `end` token, and all places whose reading has to be said."""
    parser = _Parser(stream, text, given, Ledger(notices))
    return parser.run(), parser.ledger.notices


class _Parser:
    def __init__(self, stream: list[Token], text: str, given: frozenset[str], ledger: Ledger) -> None:
        self.stream = stream
        self.text = text
        self.given = given
        self.position = 0
        self.ledger = ledger
        self.groups = [Group(ledger, Token("start", "", stream[0].span))]

    def run(self) -> Node:
        expects_operand, stream = True, self.stream
        while True:
            token = stream[self.position]
            if expects_operand:
                expects_operand = self._operand(token)
            elif token.kind == tokens.END and len(self.groups) == 1:
                return self.groups[-1].finish().node
            else:
                expects_operand = self._operator(token)

    # An operand is expected; each returns whether one is still expected afterwards.

    def _operand(self, token: Token) -> bool:
        if token.kind == tokens.NUMBER:
            self.position += 1
            self.groups[-1].push(Node(NUMBER, text=token.text, span=token.span))
            return False
        word = token.text if token.kind == tokens.NAME else token.kind
        if word in PREFIX:
            op, precedence = PREFIX[word]
            self.position += 1
            self.groups[-1].wait(Operator(op, precedence, True, token))
            return True
        if token.kind == tokens.NAME and word not in LOGIC:
            return self._name(token)
        if token.kind in OPENERS:
            self._open(self.position)
            return True
        raise self._missing(token)

    def _name(self, token: Token) -> bool:
        power, start = "", self.position + 1
        before_call = self.stream[start].kind in _AFTER_FUNCTION
        if token.text in self.given and not before_call:
            self.position = start
            self.groups[-1].push(Node(VARIABLE, text=token.text, span=token.span))
            return False
        may_be_called = before_call or calls.takes_bare(token.text) or catalogue.is_function(token.text)
        function = names.function_of(token.text, self.given) if may_be_called else None
        if function is not None and token.text not in self.given and function not in catalogue.PIECEWISE_NAMES:
            power, start = brackets.power(self.stream, start)
        if function is not None and self.stream[start].kind in PARENTHESES:
            self._open(start, Call(function, token.span.to(self.stream[start - 1].span), power))
            return True
        if function is not None and names.takes_bare(function, self.given):
            head = Token(tokens.NAME, function, token.span.to(self.stream[start - 1].span))
            if self.stream[start].kind in BRACKET_FUNCTION:
                self._open(start, Call(function, head.span, power))
                return True
            if function == token.text and brackets.begins_argument(self.stream, start, self.given):
                self.position = start
                self.groups[-1].wait(Operator(APPLY, APPLICATION, True, head, power=power))
                return True
        self.position += 1
        following = self.stream[start if function != token.text else self.position]  # `SIN^2 x` has an argument
        self.groups[-1].push(
            names.resolve(token, following, self.text[following.span.start : following.span.start + _AHEAD], self.given)
        )
        return False

    def _open(self, position: int, call: Call | None = None) -> None:
        opener = self.stream[position]
        self.position = position + 1
        self.groups.append(Group(self.ledger, opener, call))
        check_depth(len(self.groups) - 1, opener.span)

    # An operator, or the end of a bracket, is expected.

    def _operator(self, token: Token) -> bool:
        word = token.text if token.kind == tokens.NAME else token.kind
        group = self.groups[-1]
        if word in BINARY or (word == "|" and self._is_or(token)):
            if word in doubts.DOUBTED or group.in_argument:
                self.ledger.notices += doubts.before_operator(group, self.stream, self.position, self.text)
            spaced = self.text[token.span.start - 1] == " " == self.text[token.span.end : token.span.end + 1]
            self.position += 1 + (word == "|")
            group.wait(Operator(*BINARY["or" if word == "|" else word], False, token, spaced=spaced))
            return True
        if token.kind in _POSTFIX:
            self.position += 1
            self._postfix(token)
            return False
        if token.kind == ",":
            return self._comma(token)
        if token.kind == BRACKETS.get(group.opener.kind):
            self.position += 1
            return self._close(token)
        if token.kind in CHOICES:
            group.wait(Operator(CHOICE_OF[token.kind], CHOICE, False, token))
            group.operators.pop()  # it waits once its middle is known
            self._open(self.position)
            return True
        if brackets.begins_factor(self.stream, self.position):
            self._multiply(token)
            return True
        raise self._unexpected(token)

    def _is_or(self, token: Token) -> bool:
        """Tell whether `||` stands between conditions, not around an absolute value."""
        following = self.stream[self.position + 1]
        doubled = following.kind == "|" and token.span.end == following.span.start
        return doubled and self.groups[-1].opener.kind != "|" and self.groups[-1].has_condition

    def _multiply(self, token: Token) -> None:
        """Let a product without a sign wait; inside an argument without brackets it is a tight one."""
        before = self.stream[self.position - 1]
        if "\n" in self.text[before.span.end : token.span.start]:
            hint = "give one at a time, or write `*` to multiply"  # which from one line to the next is rare
            raise ExpressionError("a new line starts a second expression", token.span, hint=hint)
        group = self.groups[-1]
        if token.kind == tokens.NAME:
            names.check_factor(token, self.given)
            names.check_differential(token, self.given)
        self.ledger.notices += doubts.before_factor(group, self.stream, self.position, self.text, self.given)
        tight = group.in_argument and not brackets.ends_argument(self.stream, self.position, self.given)
        if tight and before.span.end < token.span.start:
            self.ledger.notices.append(Notice(group.function.span.to(token.span)))  # `ln 2 x` is no ln(2)*x
        group.wait(Operator("mul", TIGHT if tight else PRODUCT, False, token, implied=True))

    def _postfix(self, token: Token) -> None:
        if token.kind == tokens.POWER:
            self.ledger.notices += reach.power_of_power(self.groups[-1], self.stream, self.position)
        operand = self.groups[-1].operands.pop()
        if token.kind == "!" and operand.node.op == "factorial" and not operand.grouped:
            hint = "write `factorial(factorial(x))` if that is meant"
            raise ExpressionError("two factorial signs in a row", token.span, hint=hint)
        power = [calls.exponent(token.text, token.span)] if token.kind == tokens.POWER else []
        self.groups[-1].push_op(_POSTFIX[token.kind], [operand.real, *power], operand.span.to(token.span))

    def _comma(self, token: Token) -> bool:
        group = self.groups[-1]
        if group.opener.kind not in PARENTHESES:
            raise complaints.comma(token.span)
        group.args.append(group.finish().node)
        group.bars = None
        group.comma = group.comma or token.span
        before, _, after = self.stream[self.position - 1 : self.position + 2]
        if before.kind == after.kind == tokens.NUMBER and before.span.end + 1 == after.span.start:
            group.decimal = token.span
        self.position += 1
        return True

    def _close(self, token: Token) -> bool:
        """Make an operand of a group that ends; return whether another is expected: after the middle of a choice."""
        inner = self.groups[-1].finish()
        group = self.groups.pop()
        outer = self.groups[-1]
        span = (group.call or group.opener).span.to(token.span)
        if group.opener.kind in BRACKET_FUNCTION:
            outer.push_op(BRACKET_FUNCTION[group.opener.kind], [inner.real], group.opener.span.to(token.span))
            group.args, inner = [], outer.operands.pop() if group.call else inner
        if token.kind == "|":
            doubts.behind_bars(outer, (group.opener.span, token.span), self.stream, self.position, self.text)
        if group.call is not None:
            args = (*group.args, inner.node)
            if group.decimal is not None:
                self.ledger.note(span, calls.decimal(group.call, len(args), group.decimal))
            node, note = calls.build(group.call, args, span)
            self.ledger.note(span, note)
            outer.push(node)
        elif group.args:
            self._close_tuple(group, inner, span)
        elif group.opener.kind not in BRACKET_FUNCTION:
            outer.operands.append(Operand("", [inner.node], span, grouped=True))
        if group.opener.kind in CHOICES:
            outer.wait(Operator(CHOICE_OF[group.opener.kind], CHOICE, False, token))
        return group.opener.kind in CHOICES

    def _close_tuple(self, group: Group, inner: Operand, span: Span) -> None:
        outer = self.groups[-1].call
        if outer is None or outer.name not in calls.TAKES_PAIRS or len(group.args) != 1:
            raise complaints.comma(group.comma or span)
        self.groups[-1].push(Node(calls.PAIR, (*group.args, inner.node), span=span))

    # Complaints.

    def _missing(self, token: Token) -> ExpressionError:
        if len(self.stream) == 1:
            return ExpressionError("the expression is empty", hint="give one, such as `x^2`")
        before = self.stream[self.position - 1] if self.position else None
        bracket = self.groups[-1].opener
        if token.kind in complaints.CLOSING and before is bracket and token.kind != ",":
            return complaints.nothing_inside((self.groups[-1].call or bracket).span.to(token.span))
        if token.kind in complaints.CLOSING and before is not None and before is not bracket:
            return complaints.missing_after(self.text[slice(*before.span)], before.span)
        return complaints.missing_before(token, before)

    def _with_sign(self) -> str | None:
        """Return the factor that has ended times the number that follows, where one of them is a power."""
        number = self.stream[self.position]
        start = self.groups[-1].last_factor.start
        left = self.text[start : self.stream[self.position - 1].span.end]
        right = self.text[number.span.start : run_end(self.stream, self.position)]
        return f"{left}*{right}" if "^" in (self.stream[self.position + 1].kind, *left) else None

    def _unexpected(self, token: Token) -> ExpressionError:
        if token.kind == tokens.NUMBER:
            mixed = self.stream[self.position + 1 : self.position + 3]
            if [t.kind for t in mixed] == ["/", tokens.NUMBER] and token.text.isdigit():
                return complaints.mixed_number(self.stream[self.position - 1], token, mixed[1])
            return complaints.number_follows(self.stream[self.position - 1], token, self._with_sign())
        if token.kind in complaints.CLOSING and len(self.groups) > 1:
            return complaints.never_closed(self.groups[-1].opener, token)
        return complaints.never_opened(token)
