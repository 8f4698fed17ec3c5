r"""A text in LaTeX -> tokens for the one grammar; at the end arguments get brackets, and products a sign.

::

    call     = FUNCTION { script } argument
    argument = bracket | fraction | root | power of e | call | [ sign ] factor { factor }

A factor is a letter or a number with its power here. What has a structure of its own is the whole argument where it
follows directly: `\ln\tan\frac x2`. After a letter it is one of the places that people read in two ways, see `doubts`.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError, Span
from derivcli.language import catalogue
from derivcli.language.brackets import Decoded
from derivcli.language.limits import check_depth
from derivcli.language.notes import Notice
from derivcli.language.operators import KEYWORDS
from derivcli.language.symbols import GREEK_NAMES
from derivcli.language.tex import (
    calculus,
    commands,
    complaints,
    doubts,
    functions,
    greek,
    letters,
    refused,
)
from derivcli.language.tex.commands import FUNCTION
from derivcli.language.tex.functions import ARGUMENT, GROUP, HEAD, Scope
from derivcli.language.tex.items import CLOSE, FRACTION, OPEN, POWER, TYPED, Item, partners
from derivcli.language.tex.lexemes import lexemes, unnumbered
from derivcli.language.tex.structure import ItemBuilder
from derivcli.language.tokens import END, NAME, NUMBER, Token

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

_TAU = r"`\tau` was read as a variable; write `2\pi` for the constant"
_LOG = r"`\log` was read as the natural logarithm; write `\log_{10}` for the common one"


def read(text: str, given: AbstractSet[str], *, values: bool = False) -> Decoded:
    """Return the tokens of a text in LaTeX, or of names with their `values`; raises as `tokenize` does."""
    typed = lexemes(text, values=values)
    typed, left_out = (typed, []) if values else unnumbered(typed, text)
    found = list(letters.split(typed, given))
    shapes = {lexeme.text for lexeme in found if lexeme.text in commands.LETTERS}
    items = ItemBuilder([_one_shape(lexeme, shapes, given) for lexeme in found], text).run()
    refused.check(items, text, given)
    reader = Arranger(items, text, given)
    stream = arrange(reader)
    return Decoded(stream, [*left_out, *reader.notices, *_said(items, text, given)], _names(items))


def _one_shape(lexeme: Item, shapes: set[str], given: AbstractSet[str]) -> Item:
    r"""Return the name of a letter: `\varepsilon` is `epsilon` where there is no other one."""
    if lexeme.kind != NAME or lexeme.text not in commands.LETTERS:
        return lexeme
    name = commands.SHAPES.get(lexeme.text, lexeme.text)
    both = lexeme.text != name and (name in shapes or lexeme.text in given)
    name = lexeme.text if both else commands.LETTERS.get(name, name)
    foreign = next((letter for letter in commands.FOREIGN.get(name, "") if letter in given and name not in given), name)
    return lexeme._replace(text=foreign)


def _names(items: list[Item]) -> frozenset[str]:
    """Return the names that are whole: longer than a letter, and no constant; tau is a variable in LaTeX."""
    names = {item.text for item in items if item.kind == NAME and len(item.text) > 1}
    return frozenset(names - (catalogue.CONSTANTS.keys() - {"tau"}) - (GREEK_NAMES - {"tau"}))


def _said(items: list[Item], text: str, given: AbstractSet[str]) -> list[Notice]:
    """Return what is said of letters and functions that mean something else to some."""
    constants = (item for item in items if item.kind == NAME and item.text == "tau" and "tau" not in given)
    logarithms = (a for a, b in pairwise(items) if a.kind == FUNCTION and a.text == "log" and b.kind != "_")
    common = (item for item in logarithms if "n" not in text[slice(*item.span)])  # `\ln` leaves no doubt
    found = (next(((item.span, note) for item in kind), None) for kind, note in ((constants, _TAU), (common, _LOG)))
    return [Notice(*place) for place in found if place]


# Items -> tokens.


def arrange(reader: Arranger) -> list[Token]:
    """Return the tokens of all items."""
    reader.items = calculus.lifted(reader.items, reader.partners, reader.given)
    reader.partners, reader.several = partners(reader.items)
    reader.letters = _uncalled(reader.items)
    reader.tokens, reader.position = calculus.front(reader.items, reader.partners, reader.given)
    first, reader.top.term = len(reader.tokens), reader.position
    while reader.position < len(reader.items):
        item = reader.items[reader.position]
        if reader.top.kind == HEAD and not functions.is_script(item):
            functions.begin_argument(reader, item)
        _STEPS.get(item.kind, loose)(reader, item)
        reader.position += 1
    if calculus.is_operator(reader.tokens[:first]) and not reader.top.has_sum:
        reader.enclose(first)  # one term is the whole of what is differentiated
    return reader.tokens


def number(reader: Arranger, item: Item) -> None:
    """Read a number."""
    before = reader.items[reader.position - 1]
    apart = item.apart or reader.items[reader.position + 1].kind == "^"
    if reader.operand and not (before.kind == CLOSE and (before.shape == TYPED or (apart and before.shape == POWER))):
        hint = r"write `\cdot` to multiply, `^{...}` for a power or `_{...}` for a name"
        raise ExpressionError("a number cannot follow directly", item.span, hint=hint)
    reader.factor(item)
    reader.emit(NUMBER, item.text, item.span)
    reader.operand = True


def name(reader: Arranger, item: Item) -> None:
    """Read a letter or a longer name; a few letters are functions before a bracket."""
    function = greek.function_of(reader, item)
    if function is not None:
        functions.function(reader, item._replace(text=function))
        return
    reader.factor(item)
    if item.text not in catalogue.CONSTANTS or item.text in reader.given:
        reader.top.names.add(item.text)
    reader.emit(NAME, item.text, item.span)
    reader.operand = True


def add(reader: Arranger, item: Item) -> None:
    """Read a sign."""
    if reader.operand:
        reader.end_arguments()
        reader.top.has_sum, reader.top.slash = True, None
        reader.top.term = reader.position + 1
    reader.emit(item.kind, item.kind, item.span)
    reader.operand = False


def product(reader: Arranger, item: Item) -> None:
    """Read a written sign of multiplication or division."""
    if reader.operand and reader.top.kind == ARGUMENT:
        doubts.check_sign(reader, item)
    reader.end_arguments()
    if item.shape != FRACTION:
        reader.top.slash = reader.position if item.kind in ("/", "%") else None
    reader.emit(item.kind, item.kind, item.span)
    reader.operand = False


def power(reader: Arranger, item: Item) -> None:
    """Read a power; behind the argument of a function it may be meant of the argument."""
    if reader.top.kind == HEAD:
        return
    doubts.check_power(reader)
    reader.top.has_power = True
    reader.emit("^", "^", item.span)


def postfix(reader: Arranger, item: Item) -> None:
    """Read `!` or a prime."""
    if reader.top.kind == HEAD and reader.top.head is not None:
        reader.top.head.primes += 1
        return
    reader.emit(item.kind, item.kind, item.span)


def loose(reader: Arranger, item: Item) -> None:
    """Read a comma, a comparison, a word between conditions, or the end."""
    reader.end_arguments()
    kind = NAME if item.kind in KEYWORDS else item.kind
    reader.emit(kind, item.text, item.span)
    reader.operand = item.kind in ("True", "False")
    reader.top.slash, reader.top.term = None, reader.position + 1


def _uncalled(items: list[Item]) -> set[str]:
    """Return the names that stand somewhere without a bracket behind."""
    pairs = pairwise(items)
    return {a.text for a, b in pairs if a.kind == NAME and not (b.kind == OPEN and b.shape == TYPED)}


_STEPS: dict[str, Callable[[Arranger, Item], None]] = {
    NUMBER: number,
    NAME: name,
    FUNCTION: functions.function,
    OPEN: functions.open_bracket,
    CLOSE: functions.close_bracket,
    **dict.fromkeys(("+", "-"), add),
    **dict.fromkeys(("*", "/", "%"), product),
    **dict.fromkeys(("^", "_"), power),
    **dict.fromkeys(("!", "'"), postfix),
}


class Arranger:
    """Reads the items of one text."""

    def __init__(self, items: list[Item], text: str, given: AbstractSet[str]) -> None:
        end = Span(len(text), len(text))
        self.items = [*items, Item(END, "", end)]
        self.text = text
        self.given = given
        self.partners, self.several = partners(items)
        self.tokens: list[Token] = []
        self.notices: list[Notice] = []
        self.scopes = [Scope(GROUP, 0, 0)]
        self.operand = False
        self.position = 0
        self.letters: set[str] = set()  # names that stand somewhere without a bracket behind
        self.called: tuple[int, Scope] | None = None  # the call that ended last: where its bracket closes

    @property
    def top(self) -> Scope:
        """What was opened last."""
        return self.scopes[-1]

    def enclose(self, first: int) -> None:
        """Put brackets around all tokens from one on."""
        start, end = self.tokens[first].span.start, self.tokens[-1]
        inside = [Token("(", "(", Span(start, start)), *self.tokens[first:-1]]
        self.tokens[first:] = [*inside, Token(")", ")", end.span), end] if len(inside) > 1 else [end]

    def emit(self, kind: str, text: str, span: Span) -> None:
        """Add a token."""
        self.tokens.append(Token(kind, text, span))

    def push(self, scope: Scope, span: Span) -> None:
        """Open a scope."""
        self.scopes.append(scope)
        check_depth(len(self.scopes) - 1, span)

    def end_argument(self) -> None:
        """End an argument without brackets."""
        scope = self.scopes.pop()
        if scope.count == 0 and scope.head is not None:
            raise complaints.not_called(self.text[slice(*scope.head.item.span)], scope.head.item.span)
        first, last = self.tokens[scope.start].kind, self.tokens[-1].span
        if (
            scope.head is not None
            and not scope.whole
            and (scope.has_gap or (first != NUMBER and (scope.count > 1 or scope.has_power)))
        ):
            self.notices.append(Notice(scope.head.item.span.to(last)))  # `\sin x^2` is no square, `\sin xy` takes both
        self.end_call(scope)

    def end_call(self, scope: Scope) -> None:
        """Write what stands behind the argument of a function."""
        end = self.tokens[-1].span.end
        here = Span(end, end)
        for token in scope.ending:
            is_own = token.span.start == token.span.end
            self.tokens.append(token._replace(span=here) if is_own else token)
        self.operand = True

    def end_arguments(self) -> None:
        """End every argument without brackets that is open."""
        while self.top.kind == ARGUMENT:
            self.end_argument()

    def factor(self, item: Item) -> None:
        """Let a factor begin: after another one it is multiplied."""
        if self.operand:
            while self.top.kind == ARGUMENT and doubts.ends_argument(self, item):
                self.end_argument()
            doubts.check_product(self, item)
            self.emit("*", "*", Span(item.span.start, item.span.start))
        scope = self.top
        if scope.kind == ARGUMENT:
            scope.count += 1
            scope.has_gap |= scope.count > 1 and doubts.is_gap(self, item)
            if scope.count == 1:
                scope.whole = _whole(item, self.items[self.position + 1])


def _whole(item: Item, following: Item) -> str:
    """Return what the first factor of an argument is, if it is the whole argument."""
    if item.kind == OPEN:
        return item.shape
    if item.kind == FUNCTION:
        return FUNCTION
    return "e" if item.kind == NAME and item.text == "e" and following.kind == "^" else ""
