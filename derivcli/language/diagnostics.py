"""Error + source -> a message with a caret, safe to show to a person."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derivcli.errors import DerivError, Span

# Cc control, Cf format (bidirectional, zero-width), Cs surrogate, Co private, Zl/Zp separators.
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
# Characters of other categories that show nothing: fillers, a joiner, variation selectors.
_BLANK = {"\u034f", "\u115f", "\u1160", "\u3164", "\uffa0", *map(chr, range(0xFE00, 0xFE10))}
_BLANK |= set(map(chr, range(0xE0100, 0xE01F0)))
_WINDOW = 72  # characters of the source: with indent and dots they fit 80 columns


def visible(text: str) -> str:
    """Escape every character that a terminal would act on or not show."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible_character, text))


def draw(error: DerivError) -> str:
    """Lay an error out: message, the source with a caret under the span, hint."""
    lines = [f"error: {visible(error.message)}"]
    if error.span is not None and error.source:
        lines += _caret(error.source, error.span)
    if error.hint:
        lines.append(f"hint: {visible(error.hint)}")
    return "\n".join(lines)


def around(source: str, span: Span, room: int = _WINDOW) -> tuple[str, str, str]:
    """Return what stands before, in and after a span, safe to show, cut to a window around the span."""
    start, end = _window(source, span, room)
    before = ("..." if start > 0 else "") + visible(source[start : span.start])
    after = visible(source[min(span.end, end) : end]) + ("..." if end < len(source) else "")
    return before, visible(source[span.start : min(span.end, end)]), after


def _visible_character(character: str) -> str:
    if unicodedata.category(character) in _HIDDEN or character in _BLANK:
        return character.encode("unicode_escape", "surrogatepass").decode("ascii")
    return character


def _caret(source: str, span: Span) -> list[str]:
    """Return the source line and the caret line, cut to a window around the span."""
    before, marked, after = around(source, span)
    return [f"  {before}{marked}{after}", f"  {' ' * _width(before)}{'^' * max(1, _width(marked))}"]


def _window(source: str, span: Span, room: int) -> tuple[int, int]:
    if len(source) <= room:
        return 0, len(source)
    start = max(0, min(span.start - room // 3, len(source) - room))
    return start, min(len(source), start + room)


def _width(text: str) -> int:
    """Return the number of terminal cells: wide characters take two, combining ones none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
