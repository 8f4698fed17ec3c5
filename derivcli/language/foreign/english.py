"""A formula in words -> tokens: `x squared plus 1`, `the square root of x`, `e to the power of 2x`.

Words are read where they stand as in speech, and each reading is said. Where speech does not tell what belongs together
(`1 over x plus 1`) a text is refused, by `speech`. Numbers are words too, and so is the base of a logarithm:
`three x squared`, `log base 2 of x`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.language.brackets import close, ends_operand, renamed
from derivcli.language.complaints import PROSE
from derivcli.language.foreign import speech
from derivcli.language.foreign.vocabulary import NUMERALS
from derivcli.language.notes import Notice
from derivcli.language.tokens import END, NAME, NUMBER, POWER, Token

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

# Words behind an operand, the longest first: what they are.
_BEHIND = {
    "to the power of": ("^", "^"),
    "raised to the power of": ("^", "^"),
    "to the power": ("^", "^"),
    "raised to the": ("^", "^"),
    "raised to": ("^", "^"),
    "to the": ("^", "^"),
    "multiplied by": ("*", "*"),
    "divided by": ("/", "/"),
    "squared": (POWER, "2"),
    "cubed": (POWER, "3"),
    "plus": ("+", "+"),
    "minus": ("-", "-"),
    "times": ("*", "*"),
    "over": ("/", "/"),
}
_FUNCTIONS = {
    "square root": "sqrt",
    "cube root": "cbrt",
    "absolute value": "abs",
    "natural log": "ln",
    "natural logarithm": "ln",
    "exponential": "exp",
    "sine": "sin",
    "cosine": "cos",
    "tangent": "tan",
    "secant": "sec",
    "cosecant": "csc",
    "cotangent": "cot",
    **{name: name for name in ("sin", "cos", "tan", "sec", "csc", "cot", "ln", "log", "sqrt", "exp", "abs")},
}
# Words before an operand.
_BEFORE = {
    **{f"{article}{words} of": (NAME, name) for words, name in _FUNCTIONS.items() for article in ("the ", "")},
}
_ORDINALS = ("st", "nd", "rd", "th")
_WORDS_OF_ORDER = "first second third fourth fifth sixth seventh eighth ninth tenth"
_SPOKEN_ORDINALS = {word: str(n) for n, word in enumerate(_WORDS_OF_ORDER.split(), start=1)}
_NEGATIVE = frozenset({"minus", "negative", "-"})
_MOST_WORDS = 5
_LONGEST = 60  # characters of a text that is shown whole, as a note shows it
_ONE_HALF = ("one", "half")
_LOGARITHMS = frozenset({"log", "logarithm"})
_BASES = (["to", "the", "base"], ["base"])


def read(stream: list[Token], text: str, given: AbstractSet[str]) -> tuple[list[Token], list[Notice]]:
    """Return tokens with words as signs and functions, and what has to be said of them.

    Raises `ExpressionError` where words do not tell what belongs together.
    """
    found: list[Token] = []
    spoken: list[Token] = []
    stream, i = _numerals(stream, given), 0
    while i < len(stream):
        goes_on = found and ends_operand(found[-1]) and found[-1].text not in PROSE
        table = _BEHIND if goes_on else _BEFORE
        words, made = _based(stream, i, given) or _at(stream, i, table, given)
        if made is None or (made[0] == NAME and stream[i + words].kind == END):
            found.append(stream[i])
            i += 1
            continue
        token = Token(*made, stream[i].span.to(stream[i + words - 1].span))
        found.append(token)
        spoken.append(token)
        i += words
        if token.kind == "^":
            exponent, after = _exponent(stream, i)
            if stream[after - 1].text != "power" and not _is_ordinal(stream[after - 1]):
                _check_end(found, exponent, stream, after, given)
            found += exponent
            i = after
    speech.check(found, spoken)
    return found, list(_notices(found, spoken, text))


def _at(
    stream: list[Token], position: int, table: Mapping[str, tuple[str, str]], given: AbstractSet[str]
) -> tuple[int, tuple[str, str] | None]:
    """Return how many words from a position on mean something, and what; the most that do."""
    words: list[str] = []
    for token in stream[position : position + _MOST_WORDS]:
        if token.kind != NAME or token.text in given:
            break
        words.append(token.text.lower())
    for count in range(len(words), 0, -1):
        made = table.get(" ".join(words[:count]))
        if made is not None:
            return count, made
    return 0, None


def _numerals(stream: list[Token], given: AbstractSet[str]) -> list[Token]:
    """Return tokens with numbers in words as numbers."""
    found: list[Token] = []
    for i, token in enumerate(stream):
        word = token.text.lower() if token.kind == NAME and token.text not in given else ""
        if (stream[i - 1].text.lower(), word) == _ONE_HALF and found:
            found[-1] = Token(NUMBER, NUMERALS[word], found[-1].span.to(token.span))
        else:
            found.append(Token(NUMBER, NUMERALS[word], token.span) if word in NUMERALS else token)
    return found


def _based(stream: list[Token], position: int, given: AbstractSet[str]) -> tuple[int, tuple[str, str]] | None:
    """Read `log base 2 of` and `logarithm to the base e of`; return how many words they are, and the function."""
    words = [token.text.lower() for token in stream[position : position + _MOST_WORDS + 1]]
    start = 1 + (words[0] == "the")
    if words[start - 1] not in _LOGARITHMS or words[start - 1] in given:
        return None
    length = next((len(base) for base in _BASES if words[start : start + len(base)] == base), 0)
    base = stream[min(position + start + length, len(stream) - 1)]
    is_base = base.text.isdigit() or (base.kind == NAME and len(base.text) == 1)
    if not length or not is_base:
        return None
    count = start + length + 1
    count += stream[position + count].text == "of"
    return count, (NAME, "ln" if base.text == "e" else f"log_{base.text}")


def _check_end(
    found: list[Token], exponent: list[Token], stream: list[Token], position: int, given: AbstractSet[str]
) -> None:
    """Refuse an exponent behind which a factor or a quotient stands: nobody hears where it ends."""
    words, made = _at(stream, position, _BEHIND, given)
    kind = made[0] if made is not None else stream[position].kind
    if exponent and kind in ("/", NUMBER, NAME, "(") and (words or stream[position].text not in PROSE):
        behind = stream[position + (words or kind == "/") :]
        raise speech.exponent_goes_on(found, exponent, "/" if kind == "/" else "*", behind)


def _is_ordinal(token: Token) -> bool:
    return token.kind == NAME and token.text.endswith(_ORDINALS)


def _exponent(stream: list[Token], position: int) -> tuple[list[Token], int]:
    """Read `4th power`, `nth`, `minus x` and `2x` behind `to the`: what is spoken together is the exponent."""
    start = position + (stream[position].text in _NEGATIVE)
    end = start
    while stream[end].kind in (NUMBER, NAME) and (end == start or close(stream[end - 1], stream[end])):
        end += 1
    inside = list(stream[start:end])
    if inside and inside[-1].text in _SPOKEN_ORDINALS:
        inside[-1] = Token(NUMBER, _SPOKEN_ORDINALS[inside[-1].text], inside[-1].span)
    elif inside and _is_ordinal(inside[-1]):
        letters = inside[-1].text[:-2]
        inside[-1:] = [renamed(inside[-1], letters)] if letters else []
    end += stream[end].text == "power"
    if start > position:
        inside.insert(0, Token("-", "-", stream[position].span))
    if len(inside) > 1:
        first, last = inside[0].span, inside[-1].span
        inside = [Token("(", "(", first), *inside, Token(")", ")", last)]
    return inside, end


def _notices(found: list[Token], spoken: list[Token], text: str) -> Iterator[Notice]:
    """Yield what is said: the whole as it was read where it is short, else each word."""
    if spoken and len(text) <= _LONGEST:
        yield Notice(found[0].span.to(found[-2].span))
        return
    for token in spoken:
        meaning = f"^{token.text}" if token.kind == POWER else token.text
        yield Notice(token.span, f"`{text[slice(*token.span)]}` was read as `{meaning}`")
