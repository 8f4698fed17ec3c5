"""Names that are products: `xsinx` is x*sin(x), `ax` is a*x, and `cost` is a word.

Of all ways to cut a name (`cuts`) one must be left, its letters must be known, and the whole must be no everyday word.
What could be a call and is not split is refused, or kept whole with a note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from derivcli.language import catalogue
from derivcli.language.complaints import PROSE
from derivcli.language.cuts import FUNCTIONS, LETTER, LONGEST, MOST_FACTORS, STARTS, Factors, readings, shown
from derivcli.language.everyday import WORDS
from derivcli.language.operators import RESERVED
from derivcli.language.symbols import GREEK_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable

USUAL = frozenset({*"xytuθ", "theta"})  # variables that nobody announces
# What follows a name, as far as its reading depends on it.
NOTHING, OPERAND, BRACKET, BARS, POWER = "nothing", "operand", "bracket", "bars", "power"
RAISED = "raised"  # to a power with a variable

_OF_DIGITS = frozenset({"sqrt", "cbrt", "ln"})  # of a number alone more often than raised to a power
_NEEDS_TWO = frozenset({"atan2", "arctan2"})
_UNCALLED = "(...)"  # of a function whose argument stands behind the name
_MOST_PASSES = 4  # each lets the letters of products count for the others: one is the rule, two are rare
_ACCELERATED = "at"  # `at^2/2` is no word: that has a value behind it, `at 3`
_IN_FRONT = re.compile(r"[A-Z][a-z0-9]+")  # `Asin`: a product, or a function that begins a sentence
_PLAIN = re.compile(r"[^\W_A-ZΓΔΘΛΞΠΣΥΦΨΩ]+")
_INDEXED = re.compile(r"[^\W\d_][0-9]+")  # `x1` is no product: in vain each of 100,000 of them would be cut
# Names that stay whole and look like a product: `a1x`, `m1m2`, and before a power `Ae` and `y0e`.
_NUMBERED = re.compile(r"([^\W\d_]_?[0-9]+)([^\W\d_][^\W_]*)")
_INDEXED_ONES = re.compile(r"[^\W\d_]?(?:[^\W\d_][0-9]{1,2}){2,}")  # `m1m2`, `Gm1m2`
_INDEXED_ONE = re.compile(r"[^\W\d_][0-9]*")
_AXE = re.compile(r"[a-z]{2}e")  # `axe^x` may be a*x*e^x, `age^2` is a word
_BEFORE_POWER = re.compile(r"((?=[a-z]?[A-Z])[A-Za-z]{1,2}|[^\W\d_]_?[0-9]+)(e)")
_AMPLITUDE = re.compile(r"([A-Z]|[^\W\d_]_?[0-9]+)e")  # `Pe^(rt)`, `N_0e^(-kt)`
_OF_A_BASE = re.compile(r"\blog\(([0-9]+)\*([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Name:
    """How a name is read: its factors, functions and numbers among them.

    `other` is a reading that it was not given. `forms` are the readings of one that is refused; they hold `...` for
    what follows the name where it `takes_rest`.
    """

    factors: Factors
    other: str | None = None
    forms: tuple[str, ...] = ()
    takes_rest: bool = False


class Setting(NamedTuple):
    """What is known beside a text: the names with a value or named otherwise, and whether these are all there are."""

    given: frozenset[str] = frozenset()
    at_point: bool = False


def read(names: Iterable[tuple[str, str]], setting: Setting) -> dict[tuple[str, str], Name]:
    """Return how each name is read that is more than itself; beside a name stands what follows it."""
    pairs = set(names)
    left = {pair for pair in pairs if may_be_product(pair[0], setting)}
    if not left:
        return {}
    known = {name for name, _ in pairs} | USUAL | setting.given
    found: dict[tuple[str, str], Name] = {}
    for _ in range(_MOST_PASSES):
        now = {pair: _read(*pair, known, setting) for pair in left - found.keys()}
        found |= {pair: name for pair, name in now.items() if len(name.factors) > 1}
        letters = set(chain.from_iterable(name.factors for name in found.values())) - FUNCTIONS
        if letters <= known:
            return found | {pair: name for pair, name in now.items() if name.other or name.forms}
        known |= letters
    return found


def may_be_product(name: str, setting: Setting) -> bool:
    """Tell whether a name may be more than itself."""
    if name in setting.given or not 1 < len(name) <= LONGEST or catalogue.is_function(name):
        return False
    if name in GREEK_NAMES or name in RESERVED or _INDEXED.fullmatch(name):
        return False
    if name in PROSE and name != _ACCELERATED and not (setting.at_point and setting.given.issuperset(name)):
        return False
    return name not in catalogue.CONSTANTS


def _read(name: str, after: str, known: set[str], setting: Setting) -> Name:
    calls = list(readings(name, called=after != NOTHING))
    fits = [factors for factors in calls if _is_known(factors, known, setting)]
    if after == BRACKET:
        fits = [factors for factors in fits if factors[-1] in _NEEDS_TWO] or fits
        calls = fits  # else it is an unknown function: `tann(x)` is no tan(n)*(x)
    if name == _ACCELERATED and after == OPERAND:
        return Name((name,))
    is_word = name in WORDS - {_ACCELERATED} and not _ends_in_base(name, after, known)
    if after in (OPERAND, BRACKET, BARS) and _IN_FRONT.fullmatch(name) and calls and calls[0][-1] in FUNCTIONS:
        return Name((name,), forms=_forms([(name.lower(),)] * catalogue.is_function(name.lower()) + calls))
    in_capitals = _in_capitals(name, after, known, setting)
    if in_capitals or (is_word and after == RAISED and _AXE.fullmatch(name)):
        return Name((name,), forms=(in_capitals or "*".join(name),))
    amplitude = _AMPLITUDE.fullmatch(name) if after == RAISED else None
    if amplitude and not (setting.at_point and amplitude[1] not in setting.given):
        return Name((amplitude[1], "e"))
    if _INDEXED_ONES.fullmatch(name):
        return _as_indexed(name, after, known)
    if is_word or not _PLAIN.fullmatch(name):
        return _whole(name, after, known, fits if is_word else calls)
    return _as_calls(name, after, calls, fits) if calls else _as_letters(name, after, known, setting)


def _in_capitals(name: str, after: str, known: set[str], setting: Setting) -> str | None:
    """Return what `COSX` and `Sinx` mean in small letters, or None."""
    small = name.lower()
    if name == small or name not in (name.upper(), name.capitalize()) or small in WORDS:
        return None
    if catalogue.is_function(small) or (not name.isupper() and any(readings(name[1:], called=after != NOTHING))):
        return None  # `LN`; `Acosx` is no arc cosine
    found = readings(small, called=after not in (NOTHING, BRACKET))
    return next((shown(factors) for factors in found if _is_known(factors, known, setting)), None)


def _whole(name: str, after: str, known: set[str], calls: list[Factors]) -> Name:
    """Return a name that is no product; where it looks like one, this is said, or refused if it is called."""
    if calls:
        return Name((name,), other=shown(calls[0]))
    pair = _as_pair(name, after, known)
    if pair is not None and (after == BRACKET or (after == OPERAND and pair.endswith(_UNCALLED))):
        return Name((name,), forms=(pair.removesuffix(_UNCALLED),))
    return Name((name,), other=pair, forms=_with_power(name) if name[-1].isdigit() and _PLAIN.fullmatch(name) else ())


def _as_calls(name: str, after: str, calls: list[Factors], fits: list[Factors]) -> Name:
    forms = _forms(fits or calls)
    if len(forms) == 1 and calls[0][-1].isdigit() and after in (OPERAND, BRACKET):
        return Name((name,), forms=_with_digits(calls[0]), takes_rest=True)
    is_sure = len(fits) == len(forms) == 1 and not (after == BARS and fits[0][-1].isdigit())
    return Name(fits[0]) if is_sure else Name((name,), forms=forms)


def _as_indexed(name: str, after: str, known: set[str]) -> Name:
    """Return names with a number each: their product where all stand elsewhere, as in `R1R2/(R1+R2)`."""
    factors = tuple(_INDEXED_ONE.findall(name))
    product = "*".join(factors)
    if after == BRACKET:
        return Name((name,), forms=(product,))
    return Name(factors) if known.issuperset(factors) else Name((name,), other=product)


def _as_letters(name: str, after: str, known: set[str], setting: Setting) -> Name:
    call = _of_name(name, known)
    if not name.isalpha() or call is not None:
        return Name((name,), other=call) if call else _whole(name, after, known, [])
    letters = tuple(LETTER.findall(name))
    before_bracket = after == BRACKET and not known.issuperset(letters)
    return Name(letters if _is_product(letters, setting) and not before_bracket else (name,))


def _of_name(name: str, known: set[str]) -> str | None:
    """Return what `lnmass` may mean where `mass` stands elsewhere."""
    functions = (function for function in STARTS.get(name[:2], ()) if name.startswith(function))
    rest = {function: name[len(function) :] for function in functions}
    return next((f"{function}({argument})" for function, argument in rest.items() if argument in known), None)


def _as_pair(name: str, after: str, known: set[str]) -> str | None:
    """Return a name that stays whole as the product of two that it looks like, or None."""
    found = (after in (POWER, RAISED) and _BEFORE_POWER.fullmatch(name)) or _NUMBERED.fullmatch(name)
    if found is None:
        return None
    calls = next(readings(found[2], called=after != NOTHING), None)
    rest = found[2] if found[2] in known | {"e"} else calls and shown(calls)
    return f"{found[1]}*{rest}" if rest else None


def _forms(found: list[Factors]) -> tuple[str, ...]:
    """Return the readings as they would be typed; `log5x` is the logarithm to the base 5 for some."""
    forms = [shown(factors).removesuffix(_UNCALLED) for factors in found if not _NEEDS_TWO.intersection(factors[:-1])]
    return tuple(dict.fromkeys((*forms, *(_OF_A_BASE.sub(r"log(\2, \1)", form) for form in forms))))


def _with_digits(factors: Factors) -> tuple[str, ...]:
    """Return what digits between a function and its argument may mean: a factor, a lost power, or a base."""
    form, digits, function = shown(factors[:-1]), factors[-1], factors[-2]
    based = f"{form[:-1]}, {digits})" if function == "log" else None
    alone = f"{form.replace('...', digits)}*..." if function in _OF_DIGITS else None
    return form.replace("...", f"{digits}*..."), based or alone or f"{form}^{digits}"


def _with_power(name: str) -> tuple[str, ...]:
    """Return what `sinx2` may mean, or nothing."""
    front = name.rstrip("0123456789")
    power = name[len(front) :]
    form = next(map(shown, readings(front, called=False)), None) if front not in WORDS else None
    return () if form is None else (f"{form[:-1]}^{power})", f"{form}^{power}")


def _ends_in_base(name: str, after: str, known: set[str]) -> bool:
    """Tell whether the last letter of a word is e with its exponent: `axe^x`."""
    return after in (POWER, RAISED) and name[-1] == "e" and (known | {"pi"}).issuperset(LETTER.findall(name[:-1]))


def _is_product(letters: Factors, setting: Setting) -> bool:
    """Tell whether letters side by side are multiplied; those of a differential never are."""
    given = setting.given
    fits_point = not setting.at_point or all(f in given or f in catalogue.CONSTANTS for f in letters)
    return 1 < len(letters) <= MOST_FACTORS and fits_point and ("d" not in letters[:-1] or "d" in given)


def _is_known(factors: Factors, known: set[str], setting: Setting) -> bool:
    """Tell whether the letters of a product are names that occur; one letter in front may be new where no point is."""
    first = next(i for i, factor in enumerate(factors) if factor in FUNCTIONS)
    head, rest = factors[:first], factors[first:]
    if not all(f in known or f in FUNCTIONS or f == "pi" or f.isdigit() or not f.isascii() for f in rest):
        return False
    if setting.at_point:
        return all(f in setting.given or f in catalogue.CONSTANTS for f in head)
    return all(f in known or f in catalogue.CONSTANTS for f in head) or (len(head) == 1 and head != ("d",))
