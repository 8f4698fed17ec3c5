r"""Items -> tokens for the grammar: arguments without brackets get theirs, products their sign.

::

    call     = FUNCTION { script } argument
    argument = bracket | fraction | root | power of e | call | [ sign ] factor { factor }

A factor is a letter or a number with its power here. What has a structure of its own is the whole argument where it
follows directly: `\ln\tan\frac x2`. After a letter it is one of the places that people read in two ways, see `doubts`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from derivcli.errors import Span
from derivcli.language import catalogue, names
from derivcli.language.limits import check_depth
from derivcli.language.reading import Mark
from derivcli.language.tex import calculus, complaints, doubts, functions
from derivcli.language.tex.functions import Head
from derivcli.language.tex.items import BRACES, CLOSE, FRACTION, INDEX, OPEN, POWER, TYPED, Item, partners
from derivcli.language.tex.patterns import FUNCTION
from derivcli.language.tokens import END, NAME, NUMBER, Token

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet


_UNNAMED = frozenset("fgh")
GROUP, HEAD, ARGUMENT = "group", "head", "argument"


@dataclass(slots=True)
class Frame:
    """Something open. `start` is where its tokens begin, `position` where its items do.

    Of a group: `head` is the function that is called with it, `term` where the last term began, `slash` the sign of a
    division in that term. Of an argument: `names` are its letters, `count` its factors.
    """

    kind: str
    position: int
    start: int
    shape: str = ""
    head: Head | None = None
    ending: list[Token] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    count: int = 0
    whole: str = ""
    term: int = 0
    slash: int | None = None
    has_sum: bool = False
    has_power: bool = False


class Arranger:
    """Reads the items of one text."""

    def __init__(self, items: list[Item], text: str, given: AbstractSet[str]) -> None:
        end = Span(len(text), len(text))
        self.items = [*items, Item(END, "", end)]
        self.text = text
        self.given = given
        self.partners, self.several = partners(items)
        self.tokens: list[Token] = []
        self.marks: list[Mark] = []
        self.frames = [Frame(GROUP, 0, 0)]
        self.operand = False
        self.position = 0
        self.letters: set[str] = set()  # names that stand somewhere without a bracket behind
        self.called: tuple[int, Frame] | None = None  # the call that ended last: where its bracket closes

    @property
    def top(self) -> Frame:
        """What was opened last."""
        return self.frames[-1]

    def run(self) -> list[Token]:
        """Return the tokens of all items."""
        self.items = calculus.lifted(self.items, self.partners, self.given)
        self.partners, self.several = partners(self.items)
        self.letters = _uncalled(self.items)
        self.tokens, self.position = calculus.front(self.items, self.partners, self.given)
        first, self.top.term = len(self.tokens), self.position
        while self.position < len(self.items):
            item = self.items[self.position]
            if self.top.kind == HEAD and not self._is_script(item):
                self._begin_argument(item)
            _STEPS.get(item.kind, Arranger.loose)(self, item)
            self.position += 1
        if calculus.is_operator(self.tokens[:first]) and not self.top.has_sum:
            self._enclose(first)  # one term is the whole of what is differentiated
        return self.tokens

    def _enclose(self, first: int) -> None:
        """Put brackets around all tokens from one on."""
        start, end = self.tokens[first].span.start, self.tokens[-1]
        inside = [Token("(", "(", Span(start, start)), *self.tokens[first:-1]]
        self.tokens[first:] = [*inside, Token(")", ")", end.span), end] if len(inside) > 1 else [end]

    def emit(self, kind: str, text: str, span: Span) -> None:
        """Add a token."""
        self.tokens.append(Token(kind, text, span))

    def push(self, frame: Frame, span: Span) -> None:
        """Open a frame."""
        self.frames.append(frame)
        check_depth(len(self.frames) - 1, span)

    # Functions.

    def function(self, item: Item) -> None:
        """Read the name of a function."""
        self.factor(item)
        self.push(Frame(HEAD, self.position, len(self.tokens), head=Head(item)), item.span)
        self.operand = False

    @staticmethod
    def _is_script(item: Item) -> bool:
        """Tell whether an item belongs to the name of a function: a power, an order, a prime."""
        return item.kind in ("^", "_", "'") or (item.kind == OPEN and item.shape in (POWER, INDEX))

    def _begin_argument(self, item: Item) -> None:
        """Begin the argument of a function with the item that is not yet read."""
        frame = self.frames.pop()
        head = frame.head
        assert head is not None  # noqa: S101 - a head frame has one
        direct = item.kind == OPEN and item.shape in (TYPED, BRACES)
        signed = item.kind == "-" and not self.items[self.position + 1].apart
        if not (direct or signed or item.kind in (NUMBER, NAME, OPEN, FUNCTION)):
            raise complaints.not_called(self.text[slice(*head.item.span)], head.item.span)
        name, first = functions.resolve(head, self.text)
        start = Span(item.span.start, item.span.start)
        self.tokens += functions.prefix(head, name, first, item.span if direct else start)
        row = catalogue.find(name)
        head.item = head.item._replace(text=row.name if row else name)
        kind = GROUP if direct else ARGUMENT
        self.push(Frame(kind, self.position, len(self.tokens), item.shape, head), item.span)
        self.top.ending = functions.suffix(head, first, start)
        self.top.term = self.position + 1

    def end_argument(self) -> None:
        """End an argument without brackets."""
        frame = self.frames.pop()
        if frame.count == 0 and frame.head is not None:
            raise complaints.not_called(self.text[slice(*frame.head.item.span)], frame.head.item.span)
        first, last = self.tokens[frame.start].kind, self.tokens[-1].span
        if frame.head is not None and first != NUMBER and not frame.whole and (frame.count > 1 or frame.has_power):
            self.marks.append(Mark(frame.head.item.span.to(last)))  # `\sin x^2` is no square, `\sin xy` takes both
        self._end_call(frame)

    def _end_call(self, frame: Frame) -> None:
        end = self.tokens[-1].span.end
        here = Span(end, end)
        for token in frame.ending:
            is_own = token.span.start == token.span.end
            self.tokens.append(token._replace(span=here) if is_own else token)
        self.operand = True

    def end_arguments(self) -> None:
        """End every argument without brackets that is open."""
        while self.top.kind == ARGUMENT:
            self.end_argument()

    # Factors.

    def factor(self, item: Item) -> None:
        """Let a factor begin: after another one it is multiplied."""
        if self.operand:
            while self.top.kind == ARGUMENT and doubts.ends_argument(self, item):
                self.end_argument()
            doubts.check_product(self, item)
            self.emit("*", "*", Span(item.span.start, item.span.start))
        frame = self.top
        if frame.kind == ARGUMENT:
            frame.count += 1
            if frame.count == 1:
                frame.whole = _whole(item, self.items[self.position + 1])

    def number(self, item: Item) -> None:
        """Read a number."""
        before = self.items[self.position - 1]
        apart = item.apart or self.items[self.position + 1].kind == "^"
        if self.operand and not (before.kind == CLOSE and (before.shape == TYPED or (apart and before.shape == POWER))):
            raise complaints.number_follows(item.span)
        self.factor(item)
        self.emit(NUMBER, item.text, item.span)
        self.operand = True

    def name(self, item: Item) -> None:
        """Read a letter or a longer name; a few letters are functions before a bracket."""
        function = doubts.called(self, item)
        if function is not None:
            self.function(item._replace(text=function))
            return
        self.factor(item)
        if item.text not in catalogue.CONSTANTS or item.text in self.given:
            self.top.names.add(item.text)
        self.emit(NAME, item.text, item.span)
        self.operand = True

    # Brackets.

    def open(self, item: Item) -> None:
        """Open a bracket."""
        frame = self.top
        if frame.kind == GROUP and frame.head is not None and frame.position == self.position:
            return  # the bracket of a call, which is open already
        if frame.kind == HEAD:
            self.push(Frame(GROUP, self.position, len(self.tokens), item.shape), item.span)
            self.emit("(", "(", item.span)
            return
        if item.shape == FRACTION:
            calculus.check_inside(self.items, self.position, self.partners, self.given)
        if item.shape not in (POWER, INDEX):
            self._open_factor(item)
        if item.text:
            self.emit(NAME, item.text, item.span)
        self.emit("(", "(", item.span)
        self.push(Frame(GROUP, self.position, len(self.tokens), item.shape, term=self.position + 1), item.span)
        self.operand = False

    def _open_factor(self, item: Item) -> None:
        """Let a bracket be a factor; f, g and h are no functions."""
        before = self.items[self.position - 1] if self.position else item
        letter = before.text[:1] if before.kind == NAME and before.text[1:2] in ("", "_") else ""
        unnamed = item.shape == TYPED and letter in _UNNAMED and before.text not in self.given
        if self.operand and unnamed and letter:
            raise complaints.unknown_function(self.text[slice(*before.span)], before.span)
        self.factor(item)

    def close(self, item: Item) -> None:
        """Close a bracket."""
        self.end_arguments()
        frame = self.frames.pop()
        if self.top.kind == HEAD and frame.shape in (POWER, INDEX):
            self._keep_script(frame, item)
            return
        if frame.head is not None:
            frame.ending = [t._replace(span=item.span) if t.kind == ")" else t for t in frame.ending]
            self._end_call(frame)
            self.called = (self.position, frame)
        else:
            self.emit(")", ")", item.span)
        self.operand = True

    def _keep_script(self, frame: Frame, item: Item) -> None:
        """Keep the power or the order of a function until its argument is known."""
        head = self.top.head
        tokens = [*self.tokens[frame.start :], Token(")", ")", item.span)]
        del self.tokens[frame.start :]
        if head is None or (head.power if frame.shape == POWER else head.order):
            raise complaints.no_function_script(self.text[slice(*item.span)], item.span)
        if frame.shape == POWER:
            head.power = tokens
        else:
            head.order = tokens
        self.operand = False

    # Operators.

    def sum(self, item: Item) -> None:
        """Read a sign."""
        if self.operand:
            self.end_arguments()
            self.top.has_sum, self.top.slash = True, None
            self.top.term = self.position + 1
        self.emit(item.kind, item.kind, item.span)
        self.operand = False

    def product(self, item: Item) -> None:
        """Read a written sign of multiplication or division."""
        if self.operand and self.top.kind == ARGUMENT:
            doubts.check_sign(self, item)
        self.end_arguments()
        if item.shape != FRACTION:
            self.top.slash = self.position if item.kind in ("/", "%") else None
        self.emit(item.kind, item.kind, item.span)
        self.operand = False

    def power(self, item: Item) -> None:
        """Read a power; behind the argument of a function it may be meant of the argument."""
        if self.top.kind == HEAD:
            return
        doubts.check_power(self)
        self.top.has_power = True
        self.emit("^", "^", item.span)

    def postfix(self, item: Item) -> None:
        """Read `!` or a prime."""
        if self.top.kind == HEAD and self.top.head is not None:
            self.top.head.primes += 1
            return
        self.emit(item.kind, item.kind, item.span)

    def loose(self, item: Item) -> None:
        """Read a comma, a comparison, a word between conditions, or the end."""
        self.end_arguments()
        kind = NAME if item.kind in names.KEYWORDS else item.kind
        self.emit(kind, item.text, item.span)
        self.operand = item.kind in ("True", "False")
        self.top.slash, self.top.term = None, self.position + 1


def _uncalled(items: list[Item]) -> set[str]:
    """Return the names that stand somewhere without a bracket behind."""
    pairs = pairwise(items)
    return {a.text for a, b in pairs if a.kind == NAME and not (b.kind == OPEN and b.shape == TYPED)}


def _whole(item: Item, following: Item) -> str:
    """Return what the first factor of an argument is, if it is the whole argument."""
    if item.kind == OPEN:
        return item.shape
    if item.kind == FUNCTION:
        return FUNCTION
    return "e" if item.kind == NAME and item.text == "e" and following.kind == "^" else ""


_STEPS: dict[str, Callable[[Arranger, Item], None]] = {
    NUMBER: Arranger.number,
    NAME: Arranger.name,
    FUNCTION: Arranger.function,
    OPEN: Arranger.open,
    CLOSE: Arranger.close,
    **dict.fromkeys(("+", "-"), Arranger.sum),
    **dict.fromkeys(("*", "/", "%"), Arranger.product),
    **dict.fromkeys(("^", "_"), Arranger.power),
    **dict.fromkeys(("!", "'"), Arranger.postfix),
}
