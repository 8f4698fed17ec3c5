"""Names that are products: `xsinx` is x*sin(x), `ax` is a*x, and `cost` is a word.

::

    product  = [letters] FUNCTION argument { FUNCTION argument } | letters
    argument = [digits] [letters]
    letters  = up to three of LETTER | "pi", in an argument also "theta" and its like

A name is split where one reading is left, its letters are known, and the whole is no everyday word. What could be a
call and is not split is refused, or kept whole with a note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from derivcli.language import catalogue
from derivcli.language.complaints import PROSE
from derivcli.language.everyday import WORDS
from derivcli.language.operators import RESERVED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

USUAL = frozenset({*"xytuθ", "theta"})  # variables that nobody announces
# Letters that are written out: each is one name.
_ALPHABET = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron rho sigma tau upsilon phi chi psi"
    " omega"
)
GREEK = frozenset(_ALPHABET.split())
# What follows a name, as far as its reading depends on it.
NOTHING, OPERAND, BRACKET, POWER = "nothing", "operand", "bracket", "power"

_ONE_ARGUMENT = ("exp", "exp2", "log", "log2", "log10", "log1p", "sqrt", "cbrt")
_ROWS = (
    *catalogue.FAMILIES["trigonometric"],
    *catalogue.FAMILIES["hyperbolic"],
    *(catalogue.FUNCTIONS[name] for name in _ONE_ARGUMENT),
)
_FUNCTIONS = frozenset(name for row in _ROWS for name in (row.name, *row.aliases))
_NEEDS_TWO = frozenset({"atan2", "arctan2"})
_STARTS: dict[str, list[str]] = {}
for _function in sorted(_FUNCTIONS, key=len, reverse=True):
    _STARTS.setdefault(_function[:2], []).append(_function)
_MOST_FACTORS = 3  # of a product without functions: longer ones are names (`mass`, `loss`)
_LONGEST = 24  # characters: `sinxcosxtanx` has 12, and each cut may be tried
_MOST_PASSES = 4  # each lets the letters of products count for the others: one is the rule, two are rare
_PLAIN = re.compile(r"[^\W_A-Z]+")
_LETTER = re.compile(r"pi|[^\W\d_]")
_IN_ARGUMENT = re.compile("|".join(("pi", *sorted(GREEK, key=len, reverse=True), r"[^\W\d_]")))
_DIGITS = re.compile(r"[0-9]*")
_OF_A_BASE = re.compile(r"\blog\(([0-9]+)\*([^()]*)\)")

Factors = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """How a name is read: its factors, functions and numbers among them.

    `other` is a reading that it was not given. `forms` are the readings of one that is refused.
    """

    factors: Factors
    other: str | None = None
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known beside a text: the names with a value or named otherwise, and whether these are all there are."""

    given: frozenset[str] = frozenset()
    at_point: bool = False


def read(names: Iterable[tuple[str, str]], setting: Setting) -> dict[tuple[str, str], Name]:
    """Return how each name is read that is more than itself; beside a name stands what follows it."""
    pairs = set(names)
    left = {pair for pair in pairs if _may_be_product(pair[0], setting)}
    if not left:
        return {}
    known = {name for name, _ in pairs} | USUAL | setting.given
    found: dict[tuple[str, str], Name] = {}
    for _ in range(_MOST_PASSES):
        now = {pair: _read(*pair, known, setting) for pair in left - found.keys()}
        found |= {pair: name for pair, name in now.items() if len(name.factors) > 1}
        letters = set(chain.from_iterable(name.factors for name in found.values())) - _FUNCTIONS
        if letters <= known:
            return found | {pair: name for pair, name in now.items() if name.other or name.forms}
        known |= letters
    return found


def _may_be_product(name: str, setting: Setting) -> bool:
    if name in setting.given or not 1 < len(name) <= _LONGEST or name in GREEK:
        return False
    if name in RESERVED:
        return False
    if name in PROSE and not (setting.at_point and setting.given.issuperset(name)):
        return False
    return name not in catalogue.CONSTANTS and not catalogue.is_function(name)


def _read(name: str, after: str, known: set[str], setting: Setting) -> Name:
    calls = list(readings(name, called=after != NOTHING))
    fits = [factors for factors in calls if _is_known(factors, known, setting)]
    if after == BRACKET:
        calls = fits  # else it is an unknown function: `tann(x)` is no tan(n)*(x)
    is_word = name in WORDS and not _ends_in_base(name, after, known)
    if is_word or not _PLAIN.fullmatch(name):
        unsaid = fits if is_word else calls
        return Name((name,), other=shown(unsaid[0]) if unsaid else None)
    if calls:
        forms = _forms(fits or calls)
        is_sure = len(fits) == len(forms) == 1 and not (fits[0][-1].isdigit() and after in (OPERAND, BRACKET))
        return Name(fits[0]) if is_sure else Name((name,), forms=forms)
    if name[-1].isdigit():
        return Name((name,), forms=_with_power(name))
    letters = tuple(_LETTER.findall(name)) if name.isalpha() else ()
    before_bracket = after == BRACKET and not known.issuperset(letters)
    return Name(letters if _is_product(letters, setting) and not before_bracket else (name,))


def _forms(found: list[Factors]) -> tuple[str, ...]:
    """Return the readings as they would be typed; `log5x` is the logarithm to the base 5 for some."""
    forms = [shown(factors) for factors in found if not _NEEDS_TWO.intersection(factors)]
    return tuple(dict.fromkeys((*forms, *(_OF_A_BASE.sub(r"log(\2, \1)", form) for form in forms))))


def _with_power(name: str) -> tuple[str, ...]:
    """Return what `sinx2` may mean, or nothing."""
    front = name.rstrip("0123456789")
    power = name[len(front) :]
    form = next(map(shown, readings(front, called=False)), None) if front not in WORDS else None
    return () if form is None else (f"{form[:-1]}^{power})", f"{form}^{power}")


def _ends_in_base(name: str, after: str, known: set[str]) -> bool:
    """Tell whether the last letter of a word is e with its exponent: `axe^x`."""
    return after == POWER and name[-1] == "e" and known.issuperset(name[:-1])


def _is_product(letters: Factors, setting: Setting) -> bool:
    """Tell whether letters side by side are multiplied; those of a differential never are."""
    given = setting.given
    fits_point = not setting.at_point or all(f in given or f in catalogue.CONSTANTS for f in letters)
    return 1 < len(letters) <= _MOST_FACTORS and fits_point and ("d" not in letters or "d" in given)


def _is_known(factors: Factors, known: set[str], setting: Setting) -> bool:
    """Tell whether the letters of a product are names that occur; one letter in front may be new where no point is."""
    first = next(i for i, factor in enumerate(factors) if factor in _FUNCTIONS)
    head, rest = factors[:first], factors[first:]
    if not all(f in known or f in _FUNCTIONS or f == "pi" or f.isdigit() or not f.isascii() for f in rest):
        return False
    if setting.at_point:
        return all(f in setting.given or f in catalogue.CONSTANTS for f in head)
    return all(f in known or f in catalogue.CONSTANTS for f in head) or (len(head) == 1 and head != ("d",))


def readings(name: str, *, called: bool) -> Iterator[Factors]:
    """Yield every way to cut a name into letters, functions and their arguments.

    The last function may be without one where the name is called.
    """
    for head, start in _runs(_LETTER, name, 0):
        for tail in _calls(name, start, called):
            yield (*head, *tail)


def _calls(name: str, start: int, called: bool) -> Iterator[Factors]:
    for function in _STARTS.get(name[start : start + 2], ()):
        if not name.startswith(function, start):
            continue
        digits = _DIGITS.match(name, start + len(function)).group()  # type: ignore[union-attr]
        for letters, end in _runs(_IN_ARGUMENT, name, start + len(function) + len(digits)):
            argument = (*((digits,) if digits else ()), *letters)
            if end == len(name) and (argument or called):
                yield (function, *argument)
            elif argument:
                yield from ((function, *argument, *tail) for tail in _calls(name, end, called))


def _runs(letter: re.Pattern[str], name: str, start: int) -> Iterator[tuple[Factors, int]]:
    """Yield the first letters of a text, none to as many as a product has, and where each run ends."""
    factors: Factors = ()
    yield factors, start
    while len(factors) < _MOST_FACTORS and (match := letter.match(name, start)):
        factors, start = (*factors, match.group()), match.end()
        yield factors, start


def shown(factors: Factors) -> str:
    """Return factors as they would be typed: `x*sin(2*x)`."""
    groups: list[list[str]] = [[]]
    for factor in factors:
        if factor in _FUNCTIONS:
            groups.append([factor])
        else:
            groups[-1].append(factor)
    calls = (f"{function}({'*'.join(argument) or '...'})" for function, *argument in groups[1:])
    return "*".join((*groups[0], *calls))
