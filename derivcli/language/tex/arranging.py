"""Items -> tokens: what is open, and how a factor begins and an argument ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from derivcli.errors import Span
from derivcli.language.limits import check_depth
from derivcli.language.notes import Mark
from derivcli.language.tex import complaints, doubts
from derivcli.language.tex.items import OPEN, Item, partners
from derivcli.language.tex.patterns import FUNCTION
from derivcli.language.tokens import END, NAME, NUMBER, Token

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from derivcli.language.tex.functions import Head

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
    has_gap: bool = False  # `\sin 2x y`


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

    def enclose(self, first: int) -> None:
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

    def end_argument(self) -> None:
        """End an argument without brackets."""
        frame = self.frames.pop()
        if frame.count == 0 and frame.head is not None:
            raise complaints.not_called(self.text[slice(*frame.head.item.span)], frame.head.item.span)
        first, last = self.tokens[frame.start].kind, self.tokens[-1].span
        if (
            frame.head is not None
            and not frame.whole
            and (frame.has_gap or (first != NUMBER and (frame.count > 1 or frame.has_power)))
        ):
            self.marks.append(Mark(frame.head.item.span.to(last)))  # `\sin x^2` is no square, `\sin xy` takes both
        self.end_call(frame)

    def end_call(self, frame: Frame) -> None:
        """Write what stands behind the argument of a function."""
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
            frame.has_gap |= frame.count > 1 and doubts.is_gap(self, item)
            if frame.count == 1:
                frame.whole = _whole(item, self.items[self.position + 1])


def _whole(item: Item, following: Item) -> str:
    """Return what the first factor of an argument is, if it is the whole argument."""
    if item.kind == OPEN:
        return item.shape
    if item.kind == FUNCTION:
        return FUNCTION
    return "e" if item.kind == NAME and item.text == "e" and following.kind == "^" else ""
