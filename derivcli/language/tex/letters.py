r"""Letters: `xy` is a product in LaTeX, `xln` is x and the function, `mass` is refused; and what fonts make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import Span
from derivcli.language import symbols
from derivcli.language.complaints import PROSE
from derivcli.language.cuts import FUNCTIONS, LONGEST, MOST_FACTORS, readings, shown
from derivcli.language.everyday import WORDS
from derivcli.language.limits import check_name
from derivcli.language.operators import KEYWORDS
from derivcli.language.symbols import GREEK_NAMES
from derivcli.language.tex import commands, complaints
from derivcli.language.tex.commands import (
    BOLD,
    CHARACTERS,
    FORMULA,
    FUNCTION,
    IDENTIFIER,
    INNER_FONT,
    OPERATOR,
    OPERATOR_OF_BOOKS,
    WORD,
)
from derivcli.language.tex.items import Item
from derivcli.language.tokens import NAME, NUMBER

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from derivcli.language.tex.lexemes import Lexer

_BARE = frozenset(
    {"abs", "max", "min", "erf", "sgn", "sign", "floor", "ceil", "arctg", "sigmoid", "relu", "ReLU", "tg"}
)
_WORDS = commands.IF | commands.OTHERWISE
_TAKES_ONE = frozenset({"^", "_"})


def font(lexer: Lexer, match: re.Match[str]) -> None:
    r"""Add what stands in `\text{...}` and `\mathrm{...}`."""
    typed, span = match["inside"] if match["one"] is None else match["one"], Span(*match.span())
    style, content = match["style"], typed.replace("\\_", "_").replace("\\ ", " ").strip()
    inner = INNER_FONT.fullmatch(content)
    if style == "operatorname" and (inner or (len(content) == 1 and content not in "edi")):
        bold = content.startswith(BOLD)
        lexer.add(OPERATOR_OF_BOOKS, f"bold {inner[1]}" if inner and bold else inner[1] if inner else content, span)
    elif inner or not IDENTIFIER.fullmatch(content):
        _in_font(lexer, style, content, match)
    else:
        _named(lexer, style, content, span)


def _is_subscript(text: str, position: int) -> bool:
    r"""Tell whether a word is a part of a name: `T_\text{in}`, `T_{\text{in}}`."""
    return text[:position].rstrip(" {").endswith("_")


def switch(lexer: Lexer, match: re.Match[str]) -> None:
    r"""Add the letters after `\rm`."""
    _named(lexer, "mathrm", match["upright"], Span(*match.span()))


def _named(lexer: Lexer, style: str, content: str, span: Span) -> None:
    check_name(len(content), span)
    function = commands.function_named(content) if style in commands.WORDY and len(content) > 1 else None
    if content in commands.IF | commands.OTHERWISE | KEYWORDS | {"undefined"}:
        kind = OPERATOR if content in KEYWORDS else WORD
        lexer.add(kind, content, span)
    elif function is not None and style != "mathit":
        lexer.add(FUNCTION, function, span)
    elif style.startswith("text") and content in PROSE and not _is_subscript(lexer.text, span.start):
        raise complaints.words(span)
    else:
        lexer.add(NAME, content, span)


def _in_font(lexer: Lexer, style: str, content: str, match: re.Match[str]) -> None:
    """Add signs and words in a font; anything else is read as if it stood outside."""
    words = content.strip(" ,.;").split()
    span = Span(*match.span())
    if content in symbols.OPERATORS or content in CHARACTERS:
        lexer.character(symbols.OPERATORS.get(content, content), span)
    elif (formula := FORMULA.fullmatch(match["inside"] or "")) is not None:
        _inner(lexer, formula, match.start("inside"))
    elif words and words[0] in commands.IF | commands.OTHERWISE and len(words) == 1:
        lexer.add(WORD, words[0], span)
    elif content and style in commands.WORDY:
        raise complaints.words(span)
    elif words or content:
        start = match.start("inside") if match["one"] is None else match.start("one")
        lexer.position = start - (match["one"] is None)


def _inner(lexer: Lexer, formula: re.Match[str], start: int) -> None:
    r"""Add `\text{if $x > 0$}`: the word, and what stands in the formula."""
    if formula["word"]:
        lexer.add(WORD, formula["word"], Span(start + formula.start("word"), start + formula.end("word")))
    inner = type(lexer)(lexer.text)
    inner.position, inner.end = start + formula.start("math"), start + formula.end("math")
    lexer.found += inner.run()[:-1]


# Letters side by side.


def split(found: list[Item], given: AbstractSet[str]) -> Iterator[Item]:
    """Yield lexemes with the letters side by side taken apart."""
    wanted = 0  # letters that a command before takes one by one
    for lexeme in found:
        if lexeme.kind == "letters":
            yield from _letters(lexeme, given, wanted)
            wanted = 0
            continue
        wanted = _wanted(lexeme, wanted)
        yield lexeme


def _wanted(lexeme: Item, before: int) -> int:
    if lexeme.text in commands.FRACTIONS | commands.BINOMIALS and lexeme.kind == "command":
        return 2
    if lexeme.kind in _TAKES_ONE or (lexeme.kind == "command" and lexeme.text in ("sqrt", *commands.ACCENTS)):
        return 1
    return 1 if before == 2 and lexeme.kind in (NUMBER, NAME, "}") else 0


def _letters(lexeme: Item, given: AbstractSet[str], wanted: int) -> Iterator[Item]:
    start, rest = lexeme.span.start, lexeme.text[wanted:]
    apart = lexeme.apart
    for i, letter in enumerate(lexeme.text[:wanted]):
        yield Item(NAME, letter, Span(start + i, start + i + 1), apart if i == 0 else 0)
    if rest:
        whole = Item("letters", rest, Span(lexeme.span.end - len(rest), lexeme.span.end), 0 if wanted else apart)
        yield from _read(whole, given)


def _read(run: Item, given: AbstractSet[str]) -> Iterator[Item]:
    text = run.text
    if len(text) == 1 or text in given or text in GREEK_NAMES or text == "pi":
        yield run._replace(kind=NAME)
    elif text in _WORDS or text in KEYWORDS:
        yield run._replace(kind=WORD if text in _WORDS else OPERATOR)
    elif text in _BARE or text in FUNCTIONS:
        yield run._replace(kind=FUNCTION, text=commands.function_named(text) or text)
    else:
        yield from _factors(run, _product(run, given))


def _product(run: Item, given: AbstractSet[str]) -> tuple[str, ...]:
    """Return the factors of a run; raises `ExpressionError` where it could be a word or several factors."""
    text = run.text
    found = list(readings(text, called=True)) if len(text) <= LONGEST else []
    is_word = len(text) > MOST_FACTORS or text in PROSE
    if (found and text in WORDS) or (is_word and not found and not set(text) <= given):
        raise complaints.two_meanings(text, run.span, f"\\mathrm{{{text}}}", " ".join(text))
    if len(found) > 1:
        raise complaints.two_meanings(text, run.span, *map(shown, found))
    return found[0] if found else tuple(text)


def _factors(run: Item, factors: tuple[str, ...]) -> Iterator[Item]:
    start, apart = run.span.start, run.apart
    for factor in factors:
        function = commands.function_named(factor) if len(factor) > 1 and factor not in GREEK_NAMES else None
        kind = FUNCTION if function and factor != "pi" else NAME
        yield Item(kind, function if kind == FUNCTION and function else factor, Span(start, start + len(factor)), apart)
        start, apart = start + len(factor), 0
