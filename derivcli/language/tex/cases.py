r"""Cases and rows: `\begin{cases} a & x < 0 \\ b \end{cases}` gives `piecewise( a , x<0 , b )`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError
from derivcli.language import complaints as plain
from derivcli.language.tex import commands, complaints
from derivcli.language.tex.items import BRACKET, CASE_ROWS, CASES, CLOSE, OPEN, PLAIN_ROWS, TEXT, WANTS, Frame, Item

if TYPE_CHECKING:
    from derivcli.language.tex.structure import ItemBuilder

_PUNCTUATION = frozenset({",", ";", "."})
_KNOWN = commands.ROWS | commands.FORMULAS | {name + "matrix" for name in "pbvBV"}


def begin(builder: ItemBuilder, lexeme: Item) -> None:
    """Open an environment."""
    in_brace = builder.top.kind == BRACKET and builder.top.silent and builder.top.lexeme.text == "{"
    if lexeme.text in commands.CASES or (lexeme.text in _KNOWN and in_brace):
        builder.begin(lexeme)
        builder.items.append(Item(OPEN, "piecewise", lexeme.span, lexeme.apart, CASES))
        builder.push(CASE_ROWS, lexeme)
    elif lexeme.text in _KNOWN:
        builder.push(PLAIN_ROWS, lexeme)
    else:
        raise complaints.unknown_command(f"begin{{{lexeme.text}}}", lexeme.span)


def finish(builder: ItemBuilder, lexeme: Item) -> None:
    """Close an environment."""
    frame = builder.top
    if frame.kind not in (CASE_ROWS, PLAIN_ROWS):
        raise builder.unclosed() if len(builder.frames) > 1 else complaints.never_opened(r"\end", lexeme.span)
    if frame.lexeme.text != lexeme.text:
        opened, closed = (rf"\{word}{{{x.text}}}" for word, x in (("begin", frame.lexeme), ("end", lexeme)))
        raise ExpressionError(f"`{opened}` is closed by `{closed}`", frame.lexeme.span)
    if frame.kind == CASE_ROWS:
        _end_row(builder, frame, lexeme)
        builder.items.append(Item(CLOSE, ")", lexeme.span, shape=CASES))
    builder.frames.pop()
    builder.scripted = None
    builder.end(lexeme.span)


def row(builder: ItemBuilder, lexeme: Item) -> None:
    r"""Read `\\`."""
    frame = builder.top
    if builder.next.kind == commands.FINISH and frame.kind in (CASE_ROWS, PLAIN_ROWS):
        return
    if builder.next.kind == commands.END and frame.kind == TEXT:
        return
    if frame.kind != CASE_ROWS:
        if frame.kind == WANTS:
            raise builder.unclosed()
        raise ExpressionError("a second row starts here", lexeme.span, hint="give one formula at a time")
    _end_row(builder, frame, lexeme)
    if frame.ended:
        hint = r"`\text{otherwise}` ends the cases"
        raise ExpressionError("a row follows the last one", builder.next.span, hint=hint)
    builder.add(",", lexeme._replace(text=","))
    frame.condition, frame.first = False, len(builder.items)


def column(builder: ItemBuilder, lexeme: Item) -> None:
    """Read `&`."""
    if builder.top.kind == CASE_ROWS:
        _separate(builder, lexeme)
    elif builder.top.kind not in (PLAIN_ROWS, TEXT):
        raise builder.unclosed()


def word(builder: ItemBuilder, lexeme: Item) -> None:
    """Read `if` or `otherwise`."""
    frame = builder.top
    if frame.kind != CASE_ROWS or lexeme.text == "undefined":
        raise complaints.misplaced(builder.text[slice(*lexeme.span)], lexeme.span)
    if lexeme.text in commands.IF:
        _separate(builder, lexeme)
    elif frame.condition and len(builder.items) > frame.first:
        raise complaints.misplaced(builder.text[slice(*lexeme.span)], lexeme.span)
    else:
        if not frame.condition:
            _separate(builder, lexeme)
        frame.ended = True


def punctuation(builder: ItemBuilder, lexeme: Item) -> bool:
    """Read a comma in cases: before a condition, or at the end of a row; tell whether it was one."""
    frame = builder.top
    if frame.kind != CASE_ROWS or lexeme.text not in _PUNCTUATION:
        return False
    ends = builder.next.kind in (commands.ROW, commands.FINISH, "&", commands.WORD)
    if not ends and (frame.condition or lexeme.text != ","):
        raise plain.comma(lexeme.span)
    if not ends:
        _separate(builder, lexeme)
    return True


def _separate(builder: ItemBuilder, lexeme: Item) -> None:
    """Go on to the condition of a row."""
    frame = builder.top
    is_empty = len(builder.items) == frame.first
    if not frame.condition and not is_empty:
        builder.add(",", lexeme._replace(text=","))
        frame.condition, frame.first = True, len(builder.items)
    elif not frame.condition or not is_empty:
        raise complaints.misplaced(builder.text[slice(*lexeme.span)], lexeme.span)


def _end_row(builder: ItemBuilder, frame: Frame, lexeme: Item) -> None:
    """Check a row; one without a condition is the last."""
    is_empty = len(builder.items) == frame.first
    if frame.condition and is_empty:
        builder.items.pop()
        frame.ended = True
    elif is_empty:
        raise plain.missing_after(rf"\begin{{{frame.lexeme.text}}}", lexeme.span)
    elif frame.ended:
        raise complaints.misplaced(builder.text[slice(*builder.items[-1].span)], builder.items[-1].span)
    elif not frame.condition:
        frame.ended = True
