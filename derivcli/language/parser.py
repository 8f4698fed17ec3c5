"""The grammar and its parser.

::

    expression  = condition [ "?" expression ":" expression ]
    condition   = conjunction { "or" conjunction }
    conjunction = negation { "and" negation }
    negation    = { "not" } comparison
    comparison  = sum { ("<" | "<=" | ">" | ">=" | "==" | "!=") sum }
    sum         = product { ("+" | "-") product }
    product     = signed { ("*" | "/" | "//" | "%" | nothing) signed }
    signed      = { "-" | "+" } radical | applied
    applied     = FUNCTION [ power ] { "-" | "+" } radical { nothing radical }
    radical     = { "√" | "∛" | "∜" } power
    power       = postfix [ "^" signed ]
    postfix     = primary { "!" | "°" | superscript }
    primary     = NUMBER | NAME | call | "(" expression ")" | "|" sum "|" | "⌊" sum "⌋" | "⌈" sum "⌉"
    call        = FUNCTION [ power ] "(" expression { "," expression } ")"

"nothing" is a product without a sign. In the argument of a function without brackets it ends before the next function,
before `e^`, and before a bracket after a blank. `[ ]` and `{ }` are brackets as `( )` are. What stands around an
expression (`y =`, `d/dx`) is read before, by `outside`; names that are products (`xsinx`) by `reading`.

The parser keeps its own stacks (Dijkstra's shunting yard, one pair of stacks a bracket), so that depth costs no
Python stack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from derivcli.errors import ExpressionError, LimitError, Span
from derivcli.language import calls, catalogue, complaints, doubts, names, tokens
from derivcli.language.calls import Call
from derivcli.language.code import comments, decoded, unquoted
from derivcli.language.groups import Group, Operand, Reading
from derivcli.language.limits import check_depth
from derivcli.language.notes import notes_on
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
from derivcli.language.outside import Asked, check_side, sides, strip
from derivcli.language.printer import to_text
from derivcli.language.products import Setting
from derivcli.language.reading import Mark, meant
from derivcli.language.tex import is_tex
from derivcli.language.tokens import Token, tokenize
from derivcli.language.tree import NUMBER, VARIABLE, Node, each

if TYPE_CHECKING:
    from collections.abc import Iterable


class Definitions(NamedTuple):
    """The names that a text gives to its parts, what each stands for, and f in these names.

    `held` are the parts that a slope is asked by, in the order of the text: they are variables of f.
    """

    texts: dict[str, str]
    body: str
    held: dict[str, Node]

    @property
    def whole(self) -> str:
        """The text with its definitions, each once."""
        return "; ".join((*(f"{name} = {text}" for name, text in self.texts.items()), self.body))


class Parsed(NamedTuple):
    """A tree, what a reader should know about how the text was read, and what a notation around it asks for."""

    tree: Node
    notes: tuple[str, ...]
    asked: Asked | None = None
    definitions: Definitions | None = None


_OPENERS = {kind: closer for kind, closer in BRACKETS.items() if kind not in CHOICES}
_ENDS_OF_BRACKETS = frozenset(BRACKETS.values()) - frozenset(CHOICES.values())
_AFTER_FUNCTION = frozenset({*PARENTHESES, *BRACKET_FUNCTION, "^", tokens.POWER})  # after one in capitals as well
_EULER = "e"
_POSTFIX = frozenset({"!", "°", tokens.POWER})


def parse(text: str, variables: Iterable[str] = (), *, at_point: bool = False, wrt: Iterable[str] = ()) -> Parsed:
    """Read an expression and what stands around it; `variables` are the names with a value, all `at_point`.

    A name in `wrt` stays a variable of the expression also where the text defines it.

    Raises `ExpressionError` or `LimitError`, with the span of what is wrong and the text as its source.
    """
    try:
        setting = Setting(frozenset(variables), at_point)
        if is_tex(text):
            return _tex(text, setting)
        stream = tokenize(text)
        parsed = _several(unquoted(stream), text, setting, frozenset(wrt))
        return parsed._replace(notes=(*comments(stream, text), *parsed.notes))
    except (ExpressionError, LimitError) as error:
        raise error.within(text) from None


def _tex(text: str, setting: Setting) -> Parsed:
    """Read LaTeX and what stands around it."""
    from derivcli.language import formulas  # most texts are none

    formula = formulas.read(text, setting.given)
    inside = strip(formula.stream, text, setting.given)
    given = formula.names.union(setting.given, inside.asked.names if inside.asked else ())
    tree, notes, *_ = _parsed(inside.stream, text, Setting(given, setting.at_point), formula.marks)
    return Parsed(tree, (*inside.notes, *notes), inside.asked)


def _one(stream: list[Token], text: str, setting: Setting) -> Parsed:
    """Read an expression and what stands around it."""
    code = decoded(stream, text, setting.given)
    inside = strip(code.stream, text, setting.given | code.bound if code.bound else setting.given)
    more = code.bound.union(inside.asked.names if inside.asked else ())
    here = Setting(setting.given | more, setting.at_point) if more else setting
    tree, notes, *_ = _parsed(inside.stream, text, here, code.marks)
    return Parsed(tree, (*inside.notes, *notes), inside.asked)


def _several(stream: list[Token], text: str, setting: Setting, wrt: frozenset[str]) -> Parsed:
    """Read an expression that may come with names for its parts; those in `wrt` are held."""
    if not any(token.kind == "=" or token.kind == "<" for token in stream):
        return _one(stream, text, setting)
    from derivcli.language import parts

    found = parts.split(stream, text)
    if len(found) == 1:
        return _one(stream, text, setting)
    place, note = parts.chosen(found, text)
    parts.check_names(found)
    names = {part.name.text: part.name for part in found if part.name is not None}
    setting = Setting(frozenset((*setting.given, *names)), setting.at_point)
    read = [_one(part.stream, text, setting) for part in found]
    body = read[place]
    if any(one.asked for one in read if one is not body):
        raise complaints.derivative_inside(
            next(p.stream[0].span for p, one in zip(found, read, strict=True) if one.asked)
        )
    trees = {part.name.text: one.tree for part, one in zip(found, read, strict=True) if part.name is not None}
    tree, used = parts.joined(body.tree, trees, names)
    last = found[place].name
    unused = [f"`{name}` is defined and not used" for name in names.keys() - used - {last.text if last else ""}]
    notes = dict.fromkeys((note, *(said for one in read for said in one.notes), *sorted(unused)))
    wanted = wrt.union(body.asked.names) if body.asked else wrt
    held: dict[str, Node] = {}
    if not wanted.isdisjoint(used):
        tree, held = parts.holding(body.tree, trees, wanted & used)
    if not any(node.op == VARIABLE for node in each(tree)):
        raise complaints.all_defined(next(iter(names.values())))
    texts = {name: to_text(tree) for name, tree in trees.items()}
    return Parsed(tree, tuple(notes), body.asked, Definitions(texts, to_text(body.tree), held))


def parse_equation(text: str, variables: Iterable[str] = (), *, at_point: bool = False) -> tuple[Parsed, Parsed]:
    """Read both sides of an equation; an expression alone is one whose right side is 0.

    Raises as `parse` does.
    """
    try:
        stream, marks, names_in = _tokens(text, frozenset(variables))
        setting = Setting(names_in.union(variables), at_point)
        left, right = sides(stream)
        check_side(left, setting.given)
        check_side(right or [], setting.given)
        zero = Parsed(Node(NUMBER, text="0"), ())
        first = _parsed(left, text, setting, marks)
        first = first._replace(notes=(*(() if is_tex(text) else comments(tokenize(text), text)), *first.notes))
        return first, zero if right is None else _parsed(right, text, setting)
    except (ExpressionError, LimitError) as error:
        raise error.within(text) from None


def _tokens(text: str, given: frozenset[str]) -> tuple[list[Token], list[Mark], frozenset[str]]:
    """Return the tokens of an equation in either language, what has to be said of them, and names that are whole."""
    if is_tex(text):
        from derivcli.language import formulas

        formula = formulas.read(text, given)
        return formula.stream, formula.marks, formula.names
    code = decoded(tokenize(text), text, given)
    return code.stream, code.marks, frozenset()


def _parsed(stream: list[Token], text: str, setting: Setting, said: Iterable[Mark] = ()) -> Parsed:
    """Read an expression from tokens that end with an `end` token; spans point into `text`.

    `said` are places whose reading has to be said beside those that are seen here.
    """
    stream, marks = meant(stream, text, setting)
    parser = _Parser(stream, text, setting.given, Reading([*said, *marks]))
    tree = parser.run()
    if tree.is_condition:
        raise complaints.condition_not_number(tree.span)
    return Parsed(tree, notes_on(tree, text, parser.reading.marks))


class _Parser:
    def __init__(self, stream: list[Token], text: str, given: frozenset[str], reading: Reading) -> None:
        self.stream = stream
        self.text = text
        self.given = given
        self.position = 0
        self.reading = reading
        self.groups = [Group(reading, Token("start", "", stream[0].span))]

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
        if token.kind in _OPENERS:
            self._open(self.position)
            return True
        raise self._missing(token)

    def _name(self, token: Token) -> bool:
        power, start = "", self.position + 1
        may_be_called = self.stream[start].kind in _AFTER_FUNCTION or calls.takes_bare(token.text)
        may_be_called |= catalogue.is_function(token.text)
        function = names.function_of(token.text, self.given) if may_be_called else None
        if function is not None and token.text not in self.given and function not in catalogue.PIECEWISE_NAMES:
            power, start = self._power(start)
        if function is not None and self.stream[start].kind in PARENTHESES:
            self._open(start, Call(function, token.span.to(self.stream[start - 1].span), power))
            return True
        if function is not None and names.takes_bare(function, self.given):
            head = Token(tokens.NAME, function, token.span.to(self.stream[start - 1].span))
            if self.stream[start].kind in BRACKET_FUNCTION:
                self._open(start, Call(function, head.span, power))
                return True
            if function == token.text and self._begins_argument(start):
                self.position = start
                self.groups[-1].wait(Operator(APPLY, APPLICATION, True, head, power=power))
                return True
        self.position += 1
        following = self.stream[start if function != token.text else self.position]  # `SIN^2 x` has an argument
        self.groups[-1].push(names.resolve(token, following, self.text[following.span.start :][:99], self.given))
        return False

    def _begins_argument(self, start: int) -> bool:
        """Tell whether the argument of a function without brackets starts here; a sign is close to what it is of."""
        token = self.stream[start]
        if token.kind in ("+", "-"):
            before, after = self.stream[start - 1], self.stream[start + 1]
            return before.span.end < token.span.start and token.span.end == after.span.start
        is_factor = token.kind == tokens.NAME and names.is_operand(token.text, self.given)
        return is_factor or token.kind in (tokens.NUMBER, "√")

    def _power(self, start: int) -> tuple[str, int]:
        """Read `^2`, `^-1`, `^(-1)` or a superscript; return its text and the position after it, or no text."""
        if self.stream[start].kind == tokens.POWER:
            return self.stream[start].text.lstrip("+"), start + 1
        kinds = [token.kind for token in self.stream[start : start + 5]]
        for pattern in (["^", NUMBER], ["^", "-", NUMBER], ["^", "(", NUMBER, ")"], ["^", "(", "-", NUMBER, ")"]):
            if kinds[: len(pattern)] == pattern:
                found = self.stream[start : start + len(pattern)]
                return "".join(t.text for t in found if t.kind in ("-", NUMBER)), start + len(pattern)
        return "", start

    def _open(self, position: int, call: Call | None = None) -> None:
        opener = self.stream[position]
        self.position = position + 1
        self.groups.append(Group(self.reading, opener, call))
        check_depth(len(self.groups) - 1, opener.span)

    # An operator, or the end of a bracket, is expected.

    def _operator(self, token: Token) -> bool:
        word = token.text if token.kind == tokens.NAME else token.kind
        group = self.groups[-1]
        if word in BINARY or self._is_or(token):
            self.reading.marks += doubts.before_operator(group, self.stream, self.position, self.text)
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
        if self._begins_factor(token):
            self._multiply(token)
            return True
        raise self._unexpected(token)

    def _is_or(self, token: Token) -> bool:
        """Tell whether `||` stands between conditions, not around an absolute value."""
        following = self.stream[min(self.position + 1, len(self.stream) - 1)]
        doubled = token.kind == following.kind == "|" and token.span.end == following.span.start
        return doubled and self.groups[-1].opener.kind != "|" and self.groups[-1].has_condition

    def _begins_factor(self, token: Token) -> bool:
        if token.kind == tokens.NUMBER:
            return self.stream[self.position - 1].kind in _ENDS_OF_BRACKETS
        return token.kind in _OPENERS or token.kind in (tokens.NAME, "√")

    def _multiply(self, token: Token) -> None:
        """Let a product without a sign wait; inside an argument without brackets it is a tight one."""
        self._check_line(token)
        group = self.groups[-1]
        if token.kind == tokens.NAME:
            names.check_factor(token, self.given)
            names.check_differential(token, self.given)
        self.reading.marks += doubts.before_factor(group, self.stream, self.position, self.text, self.given)
        tight = group.in_argument and not self._ends_argument(token)
        if tight and self.stream[self.position - 1].span.end < token.span.start:
            self.reading.marks.append(Mark(group.function.span.to(token.span)))  # `ln 2 x` is no ln(2)*x
        group.wait(Operator("mul", TIGHT if tight else PRODUCT, False, token, implied=True))

    def _ends_argument(self, token: Token) -> bool:
        """Tell whether a factor belongs no more to the function without brackets before it."""
        following = self.stream[self.position + 1] if token.kind == tokens.NAME else token
        if token.kind == tokens.NAME:
            is_base = token.text == _EULER and following.kind in ("^", tokens.POWER) and _EULER not in self.given
            is_call = following.kind in PARENTHESES and names.function_of(token.text, self.given) is not None
            return is_base or is_call or names.takes_bare(token.text, self.given)
        return token.kind != tokens.NUMBER and self.stream[self.position - 1].span.end < token.span.start

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
            self.groups[-1].push_op("pow", [operand.real, power], operand.span.to(token.span))
            return
        if token.kind == "°":
            self.groups[-1].push_op("deg2rad", [operand.real], operand.span.to(token.span))
            return
        node = operand.node
        if node.op == "factorial" and not operand.grouped:
            raise complaints.two_factorials(token.span)
        self.groups[-1].push_op("factorial", [operand.real], operand.span.to(token.span))

    def _comma(self, token: Token) -> bool:
        group = self.groups[-1]
        if group.opener.kind not in PARENTHESES:
            raise complaints.comma(token.span)
        group.args.append(group.finish().node)
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
        if group.call is not None:
            args = (*group.args, inner.node)
            if group.decimal is not None:
                self.reading.note(span, calls.decimal(group.call, len(args), group.decimal))
            node, note = calls.build(group.call, args, span)
            self.reading.note(span, note)
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
            return complaints.empty()
        before = self.stream[self.position - 1] if self.position else None
        bracket = self.groups[-1].opener
        if token.kind in complaints.CLOSING and before is bracket and token.kind != ",":
            return complaints.nothing_inside((self.groups[-1].call or bracket).span.to(token.span))
        if token.kind in complaints.CLOSING and before is not None and before is not bracket:
            return complaints.missing_after(before, self.text)
        return complaints.missing_before(token, before)

    def _unexpected(self, token: Token) -> ExpressionError:
        if token.kind == tokens.NUMBER:
            return complaints.number_follows(self.stream[self.position - 1], token)
        if token.kind in complaints.CLOSING and len(self.groups) > 1:
            return complaints.never_closed(self.groups[-1].opener, token)
        return complaints.never_opened(token)
