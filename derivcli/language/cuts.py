"""Every way to cut a name into letters, functions and their arguments, and how the factors would be typed.

::

    product  = [letters] FUNCTION [argument] { FUNCTION [argument] } | letters
    argument = [digits] [letters]
    letters  = up to three of LETTER | "pi", in an argument also "theta" and its like
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivcli.language import catalogue
from derivcli.language.symbols import GREEK_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONE_ARGUMENT = ("exp", "exp2", "log", "log2", "log10", "log1p", "sqrt", "cbrt")
_ROWS = (
    *catalogue.FAMILIES["trigonometric"],
    *catalogue.FAMILIES["hyperbolic"],
    *(catalogue.FUNCTIONS[name] for name in _ONE_ARGUMENT),
)
FUNCTIONS = frozenset(name for row in _ROWS for name in (row.name, *row.aliases))
# Short names of functions in other languages begin and end too many words (`present`, `chat`): these are cut before an
# x alone, which stands there in no word of English.
_COMMON = frozenset({"sen", "sh", "ch", "th"})
STARTS: dict[str, list[str]] = {}
for _function in sorted(FUNCTIONS, key=len, reverse=True):
    STARTS.setdefault(_function[:2], []).append(_function)
LONGEST = 24  # characters: `sinxcosxtanx` has 12, and each cut of a longer one would be tried
MOST_FACTORS = 3  # of a product without functions: longer ones are names (`mass`, `loss`)
LETTER = re.compile(r"pi|[^\W\d_]")
_IN_ARGUMENT = re.compile("|".join(("pi", *sorted(GREEK_NAMES, key=len, reverse=True), r"[^\W\d_]")))
_DIGITS = re.compile(r"[0-9]*")

Factors = tuple[str, ...]


def readings(name: str, *, called: bool) -> Iterator[Factors]:
    """Yield every way to cut a name into letters, functions and their arguments.

    The last function may be without one where the name is called.
    """
    for head, start in _runs(LETTER, name, 0):
        for tail in _calls(name, start, called):
            yield (*head, *tail)


def _calls(name: str, start: int, called: bool) -> Iterator[Factors]:
    for function in STARTS.get(name[start : start + 2], ()):
        if not name.startswith(function, start):
            continue
        digits = _DIGITS.match(name, start + len(function)).group()  # type: ignore[union-attr]
        for letters, end in _runs(_IN_ARGUMENT, name, start + len(function) + len(digits)):
            argument = (*((digits,) if digits else ()), *letters)
            if function in _COMMON and letters[:1] != ("x",):
                continue
            if end == len(name) and (argument or called):
                yield (function, *argument)
            elif argument or end == start + len(function):
                yield from ((function, *argument, *tail) for tail in _calls(name, end, called))


def _runs(letter: re.Pattern[str], name: str, start: int) -> Iterator[tuple[Factors, int]]:
    """Yield the first letters of a text, none to as many as a product has, and where each run ends."""
    factors: Factors = ()
    yield factors, start
    while len(factors) < MOST_FACTORS and (match := letter.match(name, start)):
        factors, start = (*factors, match.group()), match.end()
        yield factors, start


def shown(factors: Factors) -> str:
    """Return factors as they would be typed: `x*sin(2*x)`, `ln(sin(x))`."""
    behind: list[str] = []
    for factor in reversed(factors):
        if factor not in FUNCTIONS:
            behind.insert(0, factor)
            continue
        count = next((i for i, text in enumerate(behind) if text.endswith(")")), len(behind))
        count = count or 1  # a function right behind another is its argument
        behind = [f"{factor}({'*'.join(behind[:count]) or '...'})", *behind[count:]]
    return "*".join(behind)
