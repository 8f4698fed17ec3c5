r"""Letters side by side: `xy` is a product in LaTeX, `xln` is x and the function, `mass` is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import Span
from derivcli.language.complaints import PROSE
from derivcli.language.everyday import WORDS
from derivcli.language.factors import FUNCTIONS, GREEK, LONGEST, MOST_FACTORS, readings, shown
from derivcli.language.operators import KEYWORDS
from derivcli.language.tex import commands, complaints
from derivcli.language.tex.patterns import FUNCTION, OPERATOR, WORD, Lexeme
from derivcli.language.tokens import NAME, NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

_BARE = frozenset(
    {"abs", "max", "min", "erf", "sgn", "sign", "floor", "ceil", "arctg", "sigmoid", "relu", "ReLU", "tg"}
)
_WORDS = commands.IF | commands.OTHERWISE
_TAKES_ONE = frozenset({"^", "_"})


def split(found: list[Lexeme], given: AbstractSet[str]) -> Iterator[Lexeme]:
    """Yield lexemes with the letters side by side taken apart."""
    wanted = 0  # letters that a command before takes one by one
    for lexeme in found:
        if lexeme.kind == "letters":
            yield from _letters(lexeme, given, wanted)
            wanted = 0
            continue
        wanted = _wanted(lexeme, wanted)
        yield lexeme


def _wanted(lexeme: Lexeme, before: int) -> int:
    if lexeme.text in commands.FRACTIONS | commands.BINOMIALS and lexeme.kind == "command":
        return 2
    if lexeme.kind in _TAKES_ONE or (lexeme.kind == "command" and lexeme.text in ("sqrt", *commands.ACCENTS)):
        return 1
    return 1 if before == 2 and lexeme.kind in (NUMBER, NAME, "}") else 0


def _letters(lexeme: Lexeme, given: AbstractSet[str], wanted: int) -> Iterator[Lexeme]:
    start, rest = lexeme.span.start, lexeme.text[wanted:]
    apart = lexeme.apart
    for i, letter in enumerate(lexeme.text[:wanted]):
        yield Lexeme(NAME, letter, Span(start + i, start + i + 1), apart if i == 0 else 0)
    if rest:
        whole = Lexeme("letters", rest, Span(lexeme.span.end - len(rest), lexeme.span.end), 0 if wanted else apart)
        yield from _read(whole, given)


def _read(run: Lexeme, given: AbstractSet[str]) -> Iterator[Lexeme]:
    text = run.text
    if len(text) == 1 or text in given or text in GREEK or text == "pi":
        yield run._replace(kind=NAME)
    elif text in _WORDS or text in KEYWORDS:
        yield run._replace(kind=WORD if text in _WORDS else OPERATOR)
    elif text in _BARE or text in FUNCTIONS:
        yield run._replace(kind=FUNCTION, text=commands.function_named(text) or text)
    else:
        yield from _factors(run, _product(run, given))


def _product(run: Lexeme, given: AbstractSet[str]) -> tuple[str, ...]:
    """Return the factors of a run; raises `ExpressionError` where it could be a word or several factors."""
    text = run.text
    found = list(readings(text, called=True)) if len(text) <= LONGEST else []
    is_word = len(text) > MOST_FACTORS or text in PROSE
    if (found and text in WORDS) or (is_word and not found and not set(text) <= given):
        raise complaints.letters(text, run.span)
    if len(found) > 1:
        raise complaints.several_meanings(text, run.span, tuple(map(shown, found)))
    return found[0] if found else tuple(text)


def _factors(run: Lexeme, factors: tuple[str, ...]) -> Iterator[Lexeme]:
    start, apart = run.span.start, run.apart
    for factor in factors:
        function = commands.function_named(factor) if len(factor) > 1 and factor not in GREEK else None
        kind = FUNCTION if function and factor != "pi" else NAME
        yield Lexeme(
            kind, function if kind == FUNCTION and function else factor, Span(start, start + len(factor)), apart
        )
        start, apart = start + len(factor), 0
