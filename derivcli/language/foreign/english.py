"""A formula in words -> tokens: `x squared plus 1`, `the square root of x`, `e to the power of 2x`.

Words are read where they stand as in speech, and each reading is said. Where speech does not tell what belongs together
(`1 over x plus 1`) a text is refused, by `speech`. Numbers are words too, and so is the base of a logarithm:
`three x squared`, `log base 2 of x`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import Span
from derivcli.language import names
from derivcli.language.brackets import close, closers, ends_operand, renamed
from derivcli.language.complaints import PROSE
from derivcli.language.foreign import speech
from derivcli.language.foreign.phrases import (
    BEFORE,
    BEHIND,
    BEHIND_NAME,
    GOING_ON,
    NAMED,
    NOUNS,
    SHARES,
    TAKING,
    Made,
)
from derivcli.language.foreign.vocabulary import DIGITS, NUMERALS, TENS
from derivcli.language.notes import Notice
from derivcli.language.operators import PARENTHESES
from derivcli.language.requests import DIFFERENTIATE, ORDINALS, SUFFIXES, TWICE
from derivcli.language.tokens import NAME, NUMBER, POWER, Token

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

_NEGATED = "negative"
_NEGATIVE = frozenset({"minus", _NEGATED, "-"})
_OPERANDS = frozenset({NAME, NUMBER, "√", "|"})
_BEGINS = _OPERANDS | PARENTHESES.keys()
_MOST_WORDS = 5
_LONGEST = 60  # characters of a text that is shown whole, as a note shows it
_ONE_HALF = ("one", "half")
_ROOT = "root"
_ORDINALS = {str(order): word for word, order in ORDINALS.items()}
# What stands below in a fraction: `two thirds`, `one fifth`.
_BELOW = {f"{word}{ending}": str(n) for word, n in (*ORDINALS.items(), ("quarter", 4)) if n > 2 for ending in ("", "s")}
_SUMS = frozenset({"+", "-", "plus", "minus"})
_LOGARITHMS = frozenset({"log", "logarithm"})
_BASE = "base"
_TO_BASE: tuple[list[str], ...] = (["to", "the"], ["with"], [])


def read(stream: list[Token], text: str, given: AbstractSet[str]) -> tuple[list[Token], list[Notice]]:
    """Return tokens with words as signs and functions, and what has to be said of them.

    Raises `ExpressionError` where words do not tell what belongs together.
    """
    found: list[Token] = []
    stream, named = _named(_numerals(stream, given), given)
    stream, spoken = _based(stream, given)
    logarithms = frozenset(token for token in spoken if token.kind == NAME)
    functions = set(logarithms)
    i = 0
    while i < len(stream):
        goes_on = found and ends_operand(found[-1]) and found[-1].text not in PROSE and found[-1] not in functions
        if goes_on and stream[i].text.lower() == _NEGATED and _is_function(_head(found), given):
            goes_on = False  # `sine negative x`: behind a number or a variable it is a name
        words, made = _logarithm(stream, i, logarithms) or _at(stream, i, GOING_ON if goes_on else BEFORE, given)
        waits = not goes_on or (made and made[0][0] in TAKING)
        if not made or _is_order(stream, i) or (waits and not _begins_operand(stream[i + words], made)):
            found.append(stream[i])
            i += 1
            continue
        end = stream[i + words].span.start if made == BEFORE["minus"] else stream[i + words - 1].span.end
        tokens = [Token(*one, Span(stream[i].span.start, end)) for one in made]
        found += tokens
        spoken += tokens
        functions.update(tokens if made[0][0] == NAME else ())
        i += words
        if tokens[-1].kind == "^":
            exponent, after = _exponent(stream, i, given)
            if not _ends_above(exponent, stream[after - 1]):
                _check_end(found, exponent, stream, after, given)
            found += exponent
            i = after
    speech.check(found, spoken)
    return found, list(_notices(found, [*spoken, *(token for token in named if token in found)], text))


def _head(found: list[Token]) -> Token:
    """Return the last token, or what is squared there: `sine squared`."""
    return found[-2:][0] if found[-1].kind == POWER else found[-1]


def _is_order(stream: list[Token], position: int) -> bool:
    """Tell whether `twice` is how often: `differentiate twice x^3`."""
    return position > 0 and stream[position].text == TWICE and stream[position - 1].text.lower() == DIFFERENTIATE


def _begins_operand(token: Token, made: Made) -> bool:
    """Tell whether what words wait for begins here: behind a function with its sign, `sine of -x`."""
    return token.kind in _BEGINS or (made[0][0] == NAME and token.kind in ("-", "+"))


def _at(stream: list[Token], position: int, table: Mapping[str, Made], given: AbstractSet[str]) -> tuple[int, Made]:
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
    return 0, ()


def _numerals(stream: list[Token], given: AbstractSet[str]) -> list[Token]:
    """Return tokens with numbers in words as numbers, but for shares such as `half of`."""
    found: list[Token] = []
    shared = 0  # words of a share that are still to come
    for i, token in enumerate(stream):
        if i and token.text in SUFFIXES and stream[i + 1].text == _ROOT and found[-1].text in _ORDINALS:
            found[-1] = Token(NAME, _ORDINALS[found[-1].text], found[-1].span.to(token.span))  # `5th root`
            continue
        shared = shared - 1 if shared > 1 else _at(stream, i, SHARES, given)[0]
        word = token.text.lower() if token.kind == NAME and token.text not in given and not shared else ""
        tens = _tens_before(stream, i, word)
        if tens:
            number = Token(NUMBER, str(int(NUMERALS[stream[i - tens].text.lower()]) + int(NUMERALS[word])), token.span)
            found[-tens:] = [number._replace(span=stream[i - tens].span.to(token.span))]
        elif (stream[i - 1].text.lower(), word) == _ONE_HALF and found:
            found[-1] = Token(NUMBER, NUMERALS[word], found[-1].span.to(token.span))
        else:
            found.append(Token(NUMBER, NUMERALS[word], token.span) if word in NUMERALS else token)
    return found


def _named(stream: list[Token], given: AbstractSet[str]) -> tuple[list[Token], list[Token]]:
    """Return tokens with functions in words as names, and these; `sine(x)` is misspelt, `tangent*x` has a variable."""
    found: list[Token] = []
    named: list[Token] = []
    i = 0
    while i < len(stream):
        words, made = _at(stream, i, NAMED, given)
        after = stream[i + words]
        is_prose = after.text in PROSE or (after.text.lower() in NOUNS and after.text not in given)
        is_function = made and (after.text in BEHIND_NAME or (after.kind in _OPERANDS and not is_prose))
        if is_function:
            named.append(Token(*made[0], stream[i].span.to(stream[i + words - 1].span)))
        found.append(named[-1] if is_function else stream[i])
        i += words if is_function else 1
    return found, named


def _tens_before(stream: list[Token], position: int, word: str) -> int:
    """Return how many tokens the tens before a digit in words take, of `twenty five` or `twenty-five`; else 0."""
    if word not in DIGITS:
        return 0
    hyphen = position > 1 and stream[position - 1].kind == "-" and close(stream[position - 1], stream[position])
    return 1 + hyphen if stream[position - 1 - hyphen].text.lower() in TENS else 0


def _based(stream: list[Token], given: AbstractSet[str]) -> tuple[list[Token], list[Token]]:
    """Read the base of a logarithm in words; return the tokens, and those that were words.

    `log base 2 of x` is `log_2 of x`. `log of x base 2` is `log_2(x)`: the base ends the argument, where no sum stands.
    """
    words = [token.text.lower() if token.text not in given else "" for token in stream]
    found: list[list[Token]] = [[token] for token in stream]
    spoken = []
    for i in [i for i, word in enumerate(words) if word == _BASE]:
        base = stream[min(i + 1, len(stream) - 1)]
        is_base = base.text.isdigit() or (base.kind == NAME and len(base.text) == 1)
        start = next(i - len(to) for to in _TO_BASE if words[i - len(to) : i] == to)
        place = next((j for j in range(start - 1, -1, -1) if words[j] in _LOGARITHMS), None)
        if not is_base or place is None:
            continue
        of = place + 1 + (words[place + 1] == "of")
        span = stream[place].span.to(base.span if place == start - 1 else stream[place].span)
        name = Token(NAME, "ln" if base.text == "e" else f"log_{base.text}", span)
        found[place], found[start : i + 2] = [name], [[]] * (i + 2 - start)
        if of < start and _SUMS.isdisjoint(words[of:start]):
            opener, closer = (Token(sign, sign, Span(at, at)) for sign, at in (("(", span.end), (")", base.span.end)))
            found[place:of] = [[name, opener], *([[]] * (of - place - 1))]
            found[start] = [closer]
            found[place - 1] = [] if words[place - 1] == "the" else found[place - 1]
            spoken.append(opener)
        else:
            spoken.append(name)
    return [token for tokens in found for token in tokens], spoken


def _logarithm(stream: list[Token], position: int, logarithms: AbstractSet[Token]) -> tuple[int, Made] | None:
    """Read `the log_2 of`, where the base was in words; return how many words these are, and the function."""
    place = position + (stream[position].text == "the")
    if stream[place] not in logarithms:
        return None
    return place + 1 - position + (stream[place + 1].text == "of"), ((NAME, stream[place].text),)


def _check_end(
    found: list[Token], exponent: list[Token], stream: list[Token], position: int, given: AbstractSet[str]
) -> None:
    """Refuse an exponent behind which a factor or a quotient stands: nobody hears where it ends."""
    words, made = _at(stream, position, BEHIND, given)
    kind = made[0][0] if made else stream[position].kind
    if exponent and kind in ("/", NUMBER, NAME, "(") and (words or not speech.ends_formula(stream, position)):
        behind = stream[position + (words or kind == "/") :]
        raise speech.exponent_goes_on(found, exponent, "/" if kind == "/" else "*", behind)


def _ends_above(exponent: list[Token], last: Token) -> bool:
    """Tell whether a word says that the exponent ends: `x to the fifth`, `x to the n power`; no fraction does."""
    is_fraction = any(token.kind == "/" for token in exponent)
    return last.text == "power" or (_is_ordinal(last) and not is_fraction)


def _is_ordinal(token: Token) -> bool:
    return token.kind == NAME and token.text.endswith(SUFFIXES)


def _exponent(stream: list[Token], position: int, given: AbstractSet[str]) -> tuple[list[Token], int]:
    """Read `4th power`, `nth`, `minus x`, `two thirds` and `2x` behind `to the`: what is spoken together is above.

    So is the argument of a function: `e to the sin x`.
    """
    start = position + (stream[position].text in _NEGATIVE)
    end = start
    while stream[end].kind in (NUMBER, NAME) and (end == start or _goes_on(stream, end, given)):
        end += 1
    if end > start and _is_function(stream[end - 1], given) and close(stream[end - 1], stream[end]):
        end += closers(stream[end:]).get(0, -1) + 1
    inside = list(stream[start:end])
    below = _BELOW.get(stream[end].text) if len(inside) == 1 and inside[0].kind == NUMBER else None
    if below is not None:
        inside += [Token("/", "/", stream[end].span), Token(NUMBER, below, stream[end].span)]
        end += 1
    elif inside and inside[-1].text in ORDINALS:
        inside[-1] = Token(NUMBER, str(ORDINALS[inside[-1].text]), inside[-1].span)
    elif inside and _is_ordinal(inside[-1]):
        letters = inside[-1].text[:-2]
        inside[-1:] = [renamed(inside[-1], letters)] if letters else []
    if stream[end].text == "power":
        inside[-1:] = [token._replace(span=token.span.to(stream[end].span)) for token in inside[-1:]]
        end += 1
    if start > position:
        inside.insert(0, Token("-", "-", stream[position].span))
    if len(inside) > 1:
        first, last = inside[0].span, inside[-1].span
        inside = [Token("(", "(", first), *inside, Token(")", ")", last)]
    return inside, end


def _goes_on(stream: list[Token], position: int, given: AbstractSet[str]) -> bool:
    """Tell whether a factor belongs to the one before it: close to it, or as the argument of a function."""
    before, token = stream[position - 1 : position + 1]
    takes = _is_function(before, given) and names.takes_bare(before.text, given)
    return close(before, token) or (takes and token.text not in PROSE)


def _is_function(token: Token, given: AbstractSet[str]) -> bool:
    """Tell whether a token is the name of a function; the `th` of `4th` is none."""
    return token.kind == NAME and token.text not in SUFFIXES and names.function_of(token.text, given) is not None


def _notices(found: list[Token], spoken: list[Token], text: str) -> Iterator[Notice]:
    """Yield what is said: the whole as it was read where it is short, else each word."""
    if spoken and len(text) <= _LONGEST:
        yield Notice(found[0].span.to(found[-2].span))
        return
    for token in spoken:
        meaning = f"^{token.text}" if token.kind == POWER else token.text
        yield Notice(token.span, f"`{text[slice(*token.span)]}` was read as `{meaning}`")
