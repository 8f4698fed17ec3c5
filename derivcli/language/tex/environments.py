r"""Cases and their like: `\begin{cases} a & x < 0 \\ b \end{cases}` gives `piecewise( a , x<0 , b )`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.language import complaints as plain
from derivcli.language.tex import commands, complaints, patterns
from derivcli.language.tex.frames import BRACKET, CASE_ROWS, PLAIN_ROWS, TEXT, WANTS, Frame
from derivcli.language.tex.items import CASES, CLOSE, OPEN, Item

if TYPE_CHECKING:
    from derivcli.language.tex.patterns import Lexeme
    from derivcli.language.tex.structure import Builder

_PUNCTUATION = frozenset({",", ";", "."})
_KNOWN = commands.ROWS | commands.FORMULAS | {name + "matrix" for name in "pbvBV"}


def begin(builder: Builder, lexeme: Lexeme) -> None:
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


def finish(builder: Builder, lexeme: Lexeme) -> None:
    """Close an environment."""
    frame = builder.top
    if frame.kind not in (CASE_ROWS, PLAIN_ROWS):
        raise builder.unclosed() if len(builder.frames) > 1 else complaints.never_opened(r"\end", lexeme.span)
    if frame.lexeme.text != lexeme.text:
        opened, closed = (rf"\{word}{{{x.text}}}" for word, x in (("begin", frame.lexeme), ("end", lexeme)))
        raise complaints.mismatched(opened, closed, frame.lexeme.span)
    if frame.kind == CASE_ROWS:
        _end_row(builder, frame, lexeme)
        builder.items.append(Item(CLOSE, ")", lexeme.span, shape=CASES))
    builder.frames.pop()
    builder.scripted = None
    builder.end(lexeme.span)


def row(builder: Builder, lexeme: Lexeme) -> None:
    r"""Read `\\`."""
    frame = builder.top
    if builder.next.kind == patterns.FINISH and frame.kind in (CASE_ROWS, PLAIN_ROWS):
        return
    if builder.next.kind == patterns.END and frame.kind == TEXT:
        return
    if frame.kind != CASE_ROWS:
        raise builder.unclosed() if frame.kind == WANTS else complaints.rows(lexeme.span)
    _end_row(builder, frame, lexeme)
    if frame.ended:
        raise complaints.after_otherwise(builder.next.span)
    builder.add(",", lexeme._replace(text=","))
    frame.condition, frame.first = False, len(builder.items)


def column(builder: Builder, lexeme: Lexeme) -> None:
    """Read `&`."""
    if builder.top.kind == CASE_ROWS:
        _separate(builder, lexeme)
    elif builder.top.kind not in (PLAIN_ROWS, TEXT):
        raise builder.unclosed()


def word(builder: Builder, lexeme: Lexeme) -> None:
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


def punctuation(builder: Builder, lexeme: Lexeme) -> bool:
    """Read a comma in cases: before a condition, or at the end of a row; tell whether it was one."""
    frame = builder.top
    if frame.kind != CASE_ROWS or lexeme.text not in _PUNCTUATION:
        return False
    ends = builder.next.kind in (patterns.ROW, patterns.FINISH, "&", patterns.WORD)
    if not ends and (frame.condition or lexeme.text != ","):
        raise plain.comma(lexeme.span)
    if not ends:
        _separate(builder, lexeme)
    return True


def _separate(builder: Builder, lexeme: Lexeme) -> None:
    """Go on to the condition of a row."""
    frame = builder.top
    is_empty = len(builder.items) == frame.first
    if not frame.condition and not is_empty:
        builder.add(",", lexeme._replace(text=","))
        frame.condition, frame.first = True, len(builder.items)
    elif not frame.condition or not is_empty:
        raise complaints.misplaced(builder.text[slice(*lexeme.span)], lexeme.span)


def _end_row(builder: Builder, frame: Frame, lexeme: Lexeme) -> None:
    """Check a row; one without a condition is the last."""
    is_empty = len(builder.items) == frame.first
    if frame.condition and is_empty:
        builder.items.pop()
        frame.ended = True
    elif is_empty:
        raise complaints.missing_argument(rf"\begin{{{frame.lexeme.text}}}", lexeme.span)
    elif frame.ended:
        raise complaints.misplaced(builder.text[slice(*builder.items[-1].span)], builder.items[-1].span)
    elif not frame.condition:
        frame.ended = True
