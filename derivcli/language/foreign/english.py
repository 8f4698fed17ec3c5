"""A formula in words -> tokens: `x squared plus 1`, `the square root of x`, `e to the power of 2x`.

Words are read where they stand as in speech, and each reading is said. Where speech does not tell what belongs together
(`1 over x plus 1`) a text is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError
from derivcli.language.brackets import close, depths, ends_operand, renamed
from derivcli.language.complaints import DOUBTFUL, PROSE
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
_NEGATIVE = frozenset({"minus", "negative", "-"})
_MOST_WORDS = 5
_LONGEST = 60  # characters of a text that is shown whole, as a note shows it
_ENDS = frozenset({",", "=", ";"})
_SUMS = frozenset({"+", "-"})


def read(stream: list[Token], text: str, given: AbstractSet[str]) -> tuple[list[Token], list[Notice]]:
    """Return tokens with words as signs and functions, and what has to be said of them.

    Raises `ExpressionError` where words do not tell what belongs together.
    """
    found: list[Token] = []
    spoken: list[Token] = []
    i = 0
    while i < len(stream):
        goes_on = found and ends_operand(found[-1]) and found[-1].text not in PROSE
        table = _BEHIND if goes_on else _BEFORE
        words, made = _at(stream, i, table, given)
        if made is None or (made[0] == NAME and stream[i + words].kind == END):
            found.append(stream[i])
            i += 1
            continue
        token = Token(*made, stream[i].span.to(stream[i + words - 1].span))
        found.append(token)
        spoken.append(token)
        i += words
        if token.kind == "^":
            exponent, i = _exponent(stream, i)
            found += exponent
    _check(found, spoken)
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


def _exponent(stream: list[Token], position: int) -> tuple[list[Token], int]:
    """Read `4th power`, `nth`, `minus x` and `2x` behind `to the`: what is spoken together is the exponent."""
    start = position + (stream[position].text in _NEGATIVE)
    end = start
    while stream[end].kind in (NUMBER, NAME) and (end == start or close(stream[end - 1], stream[end])):
        end += 1
    inside = list(stream[start:end])
    if inside and inside[-1].text.endswith(_ORDINALS):
        letters = inside[-1].text[:-2]
        inside[-1:] = [renamed(inside[-1], letters)] if letters else []
    end += stream[end].text == "power"
    if start > position:
        inside.insert(0, Token("-", "-", stream[position].span))
    if len(inside) > 1:
        first, last = inside[0].span, inside[-1].span
        inside = [Token("(", "(", first), *inside, Token(")", ")", last)]
    return inside, end


def _check(found: list[Token], spoken: list[Token]) -> None:
    """Refuse `1 over x plus 1`, `the square root of x plus 1` and `x plus 1 squared`."""
    told = set(spoken)
    going_on: dict[int, Token] = {}  # by depth: a quotient, a power or a function in words, which may take a sum
    sums: set[int] = set()  # depths
    start = Token("start", "", found[0].span)
    for before, token, depth in zip([start, *found], found, depths(found), strict=False):
        is_told = token in told
        is_head = before.kind == NAME and before in told  # a function: `sine of -x`
        is_sum = token.kind in _SUMS and ends_operand(before) and not is_head
        if is_sum and depth in going_on:
            raise _doubt(going_on[depth])
        if is_told and token.kind == POWER and before.kind == ")" and depth in going_on and going_on[depth].kind == "^":
            raise _doubt(token)  # `e to the minus x squared`: of x or of -x
        if is_told and depth in sums and (token.kind == "/" or (token.kind == POWER and before.kind == NUMBER)):
            raise _doubt(token)
        if is_sum:
            sums.add(depth)
        if is_told and token.kind in ("/", "^", NAME):
            going_on[depth] = token
        if token.kind in _ENDS:
            going_on.pop(depth, None)
            sums.discard(depth)


def _doubt(token: Token) -> ExpressionError:
    """Return the error for a word that may take a sum beside it."""
    name = token.text
    forms = {
        "/": "`(x + 1)/y` or `x + 1/y`",
        "^": "`x^(n + 1)` or `x^n + 1`",
        POWER: f"`(x + 1)^{name}` or `x + 1^{name}`",
        NAME: f"`{name}(x + 1)` or `{name}(x) + 1`",
    }
    return ExpressionError(DOUBTFUL, token.span, hint=f"write signs and brackets: {forms[token.kind]}")


def _notices(found: list[Token], spoken: list[Token], text: str) -> Iterator[Notice]:
    """Yield what is said: the whole as it was read where it is short, else each word."""
    if spoken and len(text) <= _LONGEST:
        yield Notice(found[0].span.to(found[-2].span))
        return
    for token in spoken:
        meaning = f"^{token.text}" if token.kind == POWER else token.text
        yield Notice(token.span, f"`{text[slice(*token.span)]}` was read as `{meaning}`")
