r"""Lexemes -> items: fractions, roots, scripts and cases become brackets and operators.

`\frac{a}{b}` gives `( ( a ) / ( b ) )`, `x^{2}` gives `x ^ ( 2 )`, `\sqrt[3]{x}` gives `root( x , 3 )`. What is open
stands on a stack of frames, so that depth costs no Python stack.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError, Span
from derivcli.language import complaints as plain
from derivcli.language.limits import check_depth
from derivcli.language.tex import commands, complaints, lexemes
from derivcli.language.tex.items import (
    BRACES,
    CALL,
    CLOSE,
    FRACTION,
    INDEX,
    OPEN,
    PART,
    POWER,
    ROOT,
    TYPED,
    Item,
)
from derivcli.language.tex.lexemes import FUNCTION, Lexeme
from derivcli.language.tokens import NAME, NUMBER

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT, GROUP, BRACKET, WANTS, DEGREE, CASE_ROWS, PLAIN_ROWS = (
    "text", "group", "bracket", "wants", "degree", "cases", "rows",
)  # fmt: skip
_ENDS = frozenset({NUMBER, NAME, CLOSE, FUNCTION, "'", "!", "∂"})
_SINGLE = frozenset({NUMBER, NAME, FUNCTION})
UNKNOWN = Span(-1, -1)  # of what is not typed, until it is known where it comes to stand


@dataclass(slots=True)
class Frame:
    """Something open: a bracket, braces, cases, or a command that waits for its arguments.

    `first` is where its items begin; `after` holds what follows each argument of a command.
    """

    kind: str
    lexeme: Lexeme
    first: int
    shape: str = ""
    after: list[list[Item]] = field(default_factory=list)
    begun: bool = False  # the argument of a command has begun
    argument: bool = False  # braces that are the argument of a command
    silent: bool = False  # a bracket that comes to nothing: `\left\{` before cases
    over: bool = False
    condition: bool = False
    ended: bool = False
    base: int | None = None


class Builder:
    """Makes the items of one text."""

    def __init__(self, found: list[Lexeme], text: str) -> None:
        self.lexemes = found
        self.text = text
        self.position = 0
        self.items: list[Item] = []
        self.frames = [Frame(TEXT, found[0], 0)]
        self.scripted: int | None = None  # the name that a subscript would belong to
        self.notes: list[tuple[Span, str]] = []
        self.names: set[str] = set()

    @property
    def top(self) -> Frame:
        """What was opened last."""
        return self.frames[-1]

    @property
    def next(self) -> Lexeme:
        """The lexeme that was not yet read."""
        return self.lexemes[self.position]

    @property
    def after_operand(self) -> bool:
        """True where an operator can stand."""
        return bool(self.items) and self.items[-1].kind in _ENDS and len(self.items) > self.top.first

    def take(self) -> Lexeme:
        """Return the next lexeme and step over it."""
        lexeme = self.lexemes[self.position]
        self.position += 1
        return lexeme

    def run(self, takers: dict[str, Callable[[Builder, Lexeme], None]]) -> list[Item]:
        """Read all lexemes, each by what takes its kind."""
        while self.next.kind != lexemes.END:
            lexeme = self.take()
            takers[lexeme.kind](self, lexeme)
        self.finish(self.next)
        return self.items

    def finish(self, end: Lexeme) -> None:
        """Check that nothing is open at the end."""
        if self.top.kind == TEXT and self.top.over:
            self.close_fraction(end.span)
        if self.top.kind != TEXT:
            raise self.unclosed()

    def add(self, kind: str, lexeme: Lexeme, text: str = "", shape: str = "") -> None:
        """Add an item."""
        self.items.append(Item(kind, text or lexeme.text, lexeme.span, lexeme.apart, shape))
        self.scripted = None

    def push(self, kind: str, lexeme: Lexeme, **more: object) -> Frame:
        """Open a frame."""
        self.frames.append(Frame(kind, lexeme, len(self.items), **more))  # type: ignore[arg-type]
        check_depth((len(self.frames) + 1) // 2, lexeme.span)
        return self.top

    # Arguments of commands.

    def begin(self, lexeme: Lexeme) -> None:
        """Let an argument begin, where one is awaited."""
        if self.top.kind == WANTS and not self.top.begun:
            self.top.begun = True
            self.add(OPEN, lexeme._replace(text=""), shape=self.top.shape)

    def end(self, span: Span) -> None:
        """Let every argument end that is complete, and every command whose last argument it was."""
        here = Span(span.end, span.end)
        while self.top.kind == WANTS and self.top.begun:
            frame = self.top
            self.items.append(Item(CLOSE, ")", here, shape=frame.shape))
            frame.begun = False
            self.items += [item._replace(span=here) if item.span == UNKNOWN else item for item in frame.after.pop(0)]
            if frame.after:
                return
            self.frames.pop()
            self.scripted = frame.base

    def wants(self, lexeme: Lexeme, shape: str, *after: list[Item]) -> Frame:
        """Let a command wait for its arguments."""
        return self.push(WANTS, lexeme, shape=shape, after=list(after))

    def unclosed(self) -> ExpressionError:
        """Return the error for what is open where it cannot be."""
        frame = self.top
        if frame.kind == WANTS:
            return complaints.missing_argument(self.text[slice(*frame.lexeme.span)], frame.lexeme.span)
        return complaints.never_closed(self.text[slice(*frame.lexeme.span)], frame.lexeme.span)

    # Factors.

    def number(self, lexeme: Lexeme) -> None:
        """Read a number; a command without braces takes one digit."""
        if self.top.kind == WANTS and not self.top.begun and len(lexeme.text) > 1:
            lexeme = self._digit(lexeme)
        signed = self.top.kind == WANTS and self.top.begun
        self.begin(lexeme)
        self.add(NUMBER, lexeme)
        if signed and self.next.kind in (NAME, FUNCTION, lexemes.OPEN) and not self.next.apart:
            raise self._signed_power(lexeme)
        self.end(lexeme.span)

    def _digit(self, lexeme: Lexeme) -> Lexeme:
        """Return the first digit; raises `ExpressionError` where all of them are meant."""
        if self.top.shape == INDEX and lexeme.text == "10":
            return lexeme
        if self.top.shape != PART or not lexeme.text.isdigit():
            sign = self.text[slice(*self.top.lexeme.span)]
            typed = self.text[self.top.lexeme.span.start : lexeme.span.end]
            raise complaints.script(typed, sign, lexeme.text, self.top.lexeme.span.to(lexeme.span))
        start = lexeme.span.start
        self.position -= 1
        self.lexemes[self.position] = Lexeme(NUMBER, lexeme.text[1:], Span(start + 1, lexeme.span.end))
        return Lexeme(NUMBER, lexeme.text[0], Span(start, start + 1), lexeme.apart)

    def _signed_power(self, number: Lexeme) -> ExpressionError:
        sign, rest = self.top.lexeme, self.text[slice(*self.next.span)]
        power = self.text[sign.span.end : number.span.end].strip()
        typed = self.text[sign.span.start : self.next.span.end]
        return complaints.signed_power(typed, sign.span.to(self.next.span), power, rest)

    def name(self, lexeme: Lexeme) -> None:
        """Read a letter or a longer name."""
        is_argument = self.top.kind == WANTS
        self.begin(lexeme)
        self.add(NAME, lexeme)
        if is_argument:
            self.end(lexeme.span)
        else:
            self.scripted = len(self.items) - 1

    def function(self, lexeme: Lexeme) -> None:
        """Read the name of a function."""
        if self.top.kind == WANTS:
            typed = self.text[slice(*lexeme.span)]
            hint = f"write them around all of it: `{{{typed} ...}}`"
            raise ExpressionError("braces are missing", lexeme.span, hint=hint)
        self.add(FUNCTION, lexeme)

    # Braces and fractions.

    def open_braces(self, lexeme: Lexeme) -> None:
        """Begin an argument, or a mere group."""
        if self.next.kind == "}" and self.top.kind != WANTS:
            self.position += 1
            self.scripted = None
            return
        if self.top.kind == WANTS and not self.top.begun:
            self.begin(lexeme)
            self.push(GROUP, lexeme, argument=True)
        else:
            self.add(OPEN, lexeme._replace(text=""), shape=BRACES)
            self.push(GROUP, lexeme)

    def close_braces(self, lexeme: Lexeme) -> None:
        """End an argument, or a mere group."""
        if self.top.kind == TEXT:
            raise complaints.never_opened("}", lexeme.span)
        if self.top.kind != GROUP:
            raise self.unclosed()
        frame = self.frames.pop()
        count = len(self.items) - frame.first
        if count == 0:
            raise plain.nothing_inside(frame.lexeme.span.to(lexeme.span))
        if frame.over:
            self.close_fraction(lexeme.span)
        self.scripted = None
        if not frame.argument and (frame.over or self._says_nothing(frame.first, count)):
            del self.items[frame.first - 1]  # `{x}_1` and `{\sin} x`: the braces say nothing
            self.scripted = len(self.items) - 1 if self.items[-1].kind == NAME else None
        elif not frame.argument:
            self.items.append(Item(CLOSE, ")", lexeme.span, shape=BRACES))
        self.end(lexeme.span)

    def _says_nothing(self, first: int, count: int) -> bool:
        r"""Tell whether braces hold one letter or a function's name, and are no argument: `{\sin^2} x`, `{x}_1`."""
        before = self.items[first - 2] if first > 1 else None
        if before is not None and (before.kind == FUNCTION or before.shape in (POWER, INDEX)):
            return False
        if count == 1:
            return self.items[-1].kind in _SINGLE
        return self.items[first].kind == FUNCTION and self._ends_in_scripts(first + 1)

    def _ends_in_scripts(self, position: int) -> bool:
        """Tell whether nothing but powers and orders follows."""
        depth = 0
        for item in self.items[position:]:
            if depth == 0 and item.kind not in ("^", "_") and item.shape not in (POWER, INDEX):
                return False
            depth += (item.kind == OPEN) - (item.kind == CLOSE)
        return True

    def over(self, lexeme: Lexeme) -> None:
        r"""Let what stands in the braces so far be the upper part of a fraction: `{a \over b}`."""
        frame = self.top
        if frame.kind not in (TEXT, GROUP) or frame.over or len(self.items) == frame.first:
            raise complaints.misplaced(r"\over", lexeme.span)
        above = self.items[frame.first :]
        start = Span(above[0].span.start, above[0].span.start)
        opening = [Item(OPEN, "", start, shape=shape) for shape in (FRACTION, PART)]
        middle = [Item(CLOSE, ")", lexeme.span, shape=PART), Item("/", "/", lexeme.span, shape=FRACTION)]
        self.items[frame.first :] = [*opening, *above, *middle, Item(OPEN, "", lexeme.span, shape=PART)]
        frame.over, self.scripted = True, None

    def close_fraction(self, span: Span) -> None:
        r"""End the lower part of `{a \over b}`."""
        end = Span(span.start, span.start)
        self.items += [Item(CLOSE, ")", end, shape=PART), Item(CLOSE, ")", end, shape=FRACTION)]

    # Brackets.

    def open(self, lexeme: Lexeme) -> None:
        """Open a bracket that somebody typed."""
        silent = lexeme.text in ("{", ".") and self.next.kind == lexemes.BEGIN
        if not silent:
            self.begin(lexeme)
            function = commands.MEANINGS.get(lexeme.text, "")
            self.items.append(Item(OPEN, function, lexeme.span, lexeme.apart, CALL if function else TYPED))
        self.push(BRACKET, lexeme, silent=silent)
        self.scripted = None

    def close(self, lexeme: Lexeme) -> None:
        """Close the bracket that was opened last."""
        frame = self.top
        if frame.kind == TEXT:
            raise complaints.never_opened(self.text[slice(*lexeme.span)], lexeme.span)
        if frame.kind == DEGREE and lexeme.text == "]":
            self.close_degree(lexeme)
            return
        fits = {commands.OPENERS.get(frame.lexeme.text, "."), "."}
        if frame.kind != BRACKET or not (lexeme.text in fits or frame.lexeme.text == "."):
            raise self.unclosed()
        self.frames.pop()
        if not frame.silent:
            shape = CALL if frame.lexeme.text in commands.MEANINGS else TYPED
            self.items.append(Item(CLOSE, ")", lexeme.span, shape=shape))
        self.scripted = None
        self.end(lexeme.span)

    def bar(self, lexeme: Lexeme) -> None:
        """Open or close an absolute value."""
        if self.top.kind == BRACKET and self.top.lexeme.text == "l|" and self.after_operand:
            self.close(lexeme._replace(text="r|"))
        else:
            self.open(lexeme._replace(text="l|"))

    # Commands with arguments.

    def fraction(self, lexeme: Lexeme) -> None:
        """Begin a fraction."""
        self.begin(lexeme)
        self.add(OPEN, lexeme._replace(text=""), shape=FRACTION)
        slash, close = Item("/", "/", UNKNOWN, shape=FRACTION), Item(CLOSE, ")", UNKNOWN, shape=FRACTION)
        self.wants(lexeme, PART, [slash], [close])

    def call(self, lexeme: Lexeme, function: str, shape: str, count: int) -> None:
        """Begin a call whose arguments stand in braces."""
        self.begin(lexeme)
        self.items.append(Item(OPEN, function, lexeme.span, lexeme.apart, shape))
        comma, close = Item(",", ",", UNKNOWN), Item(CLOSE, ")", UNKNOWN, shape=shape)
        self.wants(lexeme, PART, *[[comma]] * (count - 1), [close])

    def root(self, lexeme: Lexeme) -> None:
        """Begin a root, with or without a degree."""
        if self.next.kind != lexemes.OPEN or self.next.text != "[":
            self.call(lexeme, "sqrt", ROOT, 1)
            return
        self.begin(lexeme)
        self.items.append(Item(OPEN, "root", lexeme.span, lexeme.apart, ROOT))
        self.take()
        self.push(DEGREE, lexeme)

    def close_degree(self, lexeme: Lexeme) -> None:
        """Keep the degree of a root until its argument is known."""
        frame = self.frames.pop()
        degree = self.items[frame.first :]
        if not degree:
            raise plain.nothing_inside(frame.lexeme.span.to(lexeme.span))
        del self.items[frame.first :]
        comma, close = Item(",", ",", lexeme.span), Item(CLOSE, ")", UNKNOWN, shape=ROOT)
        self.wants(frame.lexeme, PART, [comma, *degree, close])
