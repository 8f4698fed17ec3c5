r"""Lexemes -> items: fractions, roots, scripts and cases become brackets and operators.

`\frac{a}{b}` gives `( ( a ) / ( b ) )`, `x^{2}` gives `x ^ ( 2 )`, `\sqrt[3]{x}` gives `root( x , 3 )`. What is open
stands on a stack of frames, so that depth costs no Python stack. `groups`, `cases` and `factors` read what each lexeme
begins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError, Span
from derivcli.language import complaints as plain
from derivcli.language.limits import check_depth
from derivcli.language.tex import cases, commands, complaints, factors, functions, groups
from derivcli.language.tex.commands import FUNCTION
from derivcli.language.tex.items import (
    CALL,
    CLOSE,
    FRACTION,
    OPEN,
    PART,
    PLAIN_ROWS,
    POWER,
    ROOT,
    TEXT,
    UNKNOWN,
    WANTS,
    Frame,
    Item,
)
from derivcli.language.tokens import NAME, NUMBER

if TYPE_CHECKING:
    from collections.abc import Callable


_PARTS = frozenset({"&", commands.ROW})
_ARITHMETIC = frozenset("+-*/")
_ENDS = frozenset({NUMBER, NAME, CLOSE, FUNCTION, "'", "!", "∂"})


class ItemBuilder:
    """Makes the items of one text."""

    def __init__(self, found: list[Item], text: str) -> None:
        self.lexemes = found
        self.text = text
        self.position = 0
        self.items: list[Item] = []
        self.frames = [Frame(TEXT, found[0], 0)]
        self.scripted: int | None = None  # the name that a subscript would belong to

    @property
    def top(self) -> Frame:
        """What was opened last."""
        return self.frames[-1]

    @property
    def next(self) -> Item:
        """The lexeme that was not yet read."""
        return self.lexemes[self.position]

    @property
    def after_operand(self) -> bool:
        """True where an operator can stand."""
        return bool(self.items) and self.items[-1].kind in _ENDS and len(self.items) > self.top.first

    def take(self) -> Item:
        """Return the next lexeme and step over it."""
        lexeme = self.lexemes[self.position]
        self.position += 1
        return lexeme

    def run(self) -> list[Item]:
        """Read all lexemes, each by what takes its kind."""
        while self.next.kind != commands.END:
            lexeme = self.take()
            if lexeme.kind in _PARTS or (lexeme.kind == commands.OPERATOR and lexeme.text not in _ARITHMETIC):
                self.top.bars = None  # which no bars have inside
            _TAKERS[lexeme.kind](self, lexeme)
        self.finish(self.next)
        return self.items

    def finish(self, end: Item) -> None:
        """Check that nothing is open at the end."""
        if self.top.kind == TEXT and self.top.over:
            self.close_fraction(end.span)
        if self.top.kind != TEXT:
            raise self.unclosed()

    def add(self, kind: str, lexeme: Item, text: str = "", shape: str = "") -> None:
        """Add an item."""
        self.items.append(lexeme._replace(kind=kind, text=text or lexeme.text, shape=shape))
        self.scripted = None

    def push(self, kind: str, lexeme: Item, **more: object) -> Frame:
        """Open a frame."""
        self.frames.append(Frame(kind, lexeme, len(self.items), **more))  # type: ignore[arg-type]
        check_depth((len(self.frames) + 1) // 2, lexeme.span)
        return self.top

    # Arguments of commands.

    def begin(self, lexeme: Item) -> None:
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

    def wants(self, lexeme: Item, shape: str, *after: list[Item]) -> Frame:
        """Let a command wait for its arguments."""
        return self.push(WANTS, lexeme, shape=shape, after=list(after))

    def unclosed(self) -> ExpressionError:
        """Return the error for what is open where it cannot be."""
        frame = self.top
        if frame.kind == WANTS:
            return plain.missing_after(self.text[slice(*frame.lexeme.span)], frame.lexeme.span)
        return complaints.never_closed(self.text[slice(*frame.lexeme.span)], frame.lexeme.span)

    def close_fraction(self, span: Span) -> None:
        r"""End the lower part of `{a \over b}`."""
        end = Span(span.start, span.start)
        self.items += [Item(CLOSE, ")", end, shape=PART), Item(CLOSE, ")", end, shape=FRACTION)]


# What takes each kind of lexeme.


def _operator(builder: ItemBuilder, lexeme: Item) -> None:
    """Read a sign; `=` inside brackets compares."""
    if builder.top.kind == WANTS:
        _sign_of_power(builder, lexeme)
    elif not cases.punctuation(builder, lexeme):
        text = "==" if lexeme.text == "=" and len(builder.frames) > 1 and not _in_rows_alone(builder) else lexeme.text
        builder.add(text, lexeme._replace(text=text))


def _in_rows_alone(builder: ItemBuilder) -> bool:
    """Tell whether nothing is open but `aligned` and its like."""
    return all(frame.kind in (TEXT, PLAIN_ROWS) for frame in builder.frames)


def _sign_of_power(builder: ItemBuilder, lexeme: Item) -> None:
    """Read `x^-1`, which is x^{-1}."""
    frame = builder.top
    if lexeme.text not in ("-", "+") or frame.shape != POWER or frame.begun:
        raise builder.unclosed()
    builder.begin(lexeme)
    builder.add(lexeme.text, lexeme)


def _command(builder: ItemBuilder, lexeme: Item) -> None:
    r"""Read `\frac`, `\sqrt` and what else takes arguments."""
    name = lexeme.text
    if name in commands.FRACTIONS:
        groups.fraction(builder, lexeme)
    elif name in commands.BINOMIALS:
        groups.call(builder, lexeme, "binomial", ROOT, 2)
    elif name in commands.CALLS:
        _call(builder, lexeme)
    elif name in _COMMANDS:
        _COMMANDS[name](builder, lexeme)
    elif name in commands.ACCENTS:
        factors.accent(builder, lexeme)
    elif name in commands.RATES:
        factors.rate(builder, lexeme)
    else:
        raise complaints.unknown_command(name, lexeme.span)


def _call(builder: ItemBuilder, lexeme: Item) -> None:
    r"""Read `\abs{x}` and `\abs(x)`."""
    if builder.next.kind == "{":
        groups.call(builder, lexeme, commands.CALLS[lexeme.text], CALL, 1)
    else:
        factors.function(builder, lexeme._replace(kind=commands.FUNCTION, text=commands.CALLS[lexeme.text]))


def _of_books(builder: ItemBuilder, lexeme: Item) -> None:
    r"""Read a letter of `\operatorname`, which names a function."""
    factors.function(builder, lexeme._replace(text=f"{functions.BOOK}{lexeme.text}"))


_COMMANDS: dict[str, Callable[[ItemBuilder, Item], None]] = {
    "sqrt": groups.root,
    "over": groups.over,
}
_TAKERS: dict[str, Callable[[ItemBuilder, Item], None]] = {
    NUMBER: factors.number,
    NAME: factors.name,
    commands.FUNCTION: factors.function,
    commands.OPERATOR_OF_BOOKS: _of_books,
    "{": groups.open_braces,
    "}": groups.close_braces,
    commands.OPEN: groups.open_bracket,
    commands.CLOSE: groups.close_bracket,
    commands.BAR: groups.bar,
    commands.OPERATOR: _operator,
    commands.COMMAND: _command,
    "^": factors.power,
    "_": factors.index,
    "&": cases.column,
    commands.ROW: cases.row,
    commands.WORD: cases.word,
    commands.BEGIN: cases.begin,
    commands.FINISH: cases.finish,
}
