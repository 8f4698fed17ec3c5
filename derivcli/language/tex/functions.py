r"""Which function a head means: `\log_2`, `\sin^{-1}`, `J_{2}`, `\psi'`, `\sigma(...)`, `\Gamma(a, x)`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from derivcli.language import catalogue, notation
from derivcli.language.tex import complaints
from derivcli.language.tokens import NAME, NUMBER, Token

if TYPE_CHECKING:
    from derivcli.errors import Span
    from derivcli.language.tex.items import Item

BOOK = "book "
# `f^{-1}` of these is a function whose row the catalogue does not know as the inverse.
_INVERSES = {"erf": "erfinv", "erfc": "erfcinv", "ndtr": "ndtri"}
_PRIMED = {("airyai", 1): "airyaiprime", ("airybi", 1): "airybiprime", ("digamma", 1): "trigamma"}
# An order or a base below the name: the function, and whether it comes first among the arguments.
_BY_ORDER = {"log": ("log", False), "LambertW": ("LambertW", False), "Li": ("polylog", True), "Li2": ("polylog", True)}
_LOGARITHMS = {"2": "log2", "10": "log10"}
_LOG_OF = "ln"

# Greek letters before a bracket: the function for one argument and for several.
_GREEK_CALLS = {
    "Gamma": ("gamma", "uppergamma"),
    "zeta": ("zeta", "zeta"),
    "psi": ("digamma", None),
    "Phi": ("ndtr", None),
    "sigma": ("sigmoid", None),
    "gamma": (None, "lowergamma"),
    "beta": (None, "beta"),
    "B": (None, "beta"),
    "Pi": (None, "elliptic_pi"),
}


@dataclass(slots=True)
class Head:
    """A function's name with what stands at it: the tokens of an order and of a power, primes."""

    item: Item
    order: list[Token] = field(default_factory=list)
    power: list[Token] = field(default_factory=list)
    primes: int = 0


def greek(name: str, several: bool) -> str | None:
    """Return the function that a letter means before a bracket with one argument or several."""
    return _GREEK_CALLS.get(name, (None, None))[several]


def is_negative_one(power: list[Token]) -> bool:
    """Tell whether a power is -1, which means the inverse function."""
    return [token.text for token in power] == ["(", "-", "1", ")"]


def resolve(head: Head, text: str) -> tuple[str, bool]:
    """Return the function of a head, and whether its order comes first among the arguments.

    Takes off what is a part of the name. Raises `ExpressionError` for a function that nobody knows.
    """
    name = head.item.text
    if name.startswith(BOOK):
        name = _of_books(name.removeprefix(BOOK), bool(head.order))
        if head.order and name in notation.ORDERED:
            return name, True
    name = _primed(name, head)
    if name == "digamma" and [token.text for token in head.power[:2]] == ["(", "("]:
        head.order, head.power = head.power[2:-2], []
        return "polygamma", True
    if head.order:
        return _with_order(name, head, text)
    if is_negative_one(head.power) and name in _INVERSES:
        name, head.power = _INVERSES[name], []
    if not catalogue.is_function(name):
        raise complaints.no_function_script(text[slice(*head.item.span)], head.item.span)
    return name, False


def _of_books(letter: str, ordered: bool) -> str:
    alone = notation.FUNCTIONS.get(letter, letter)
    return notation.FUNCTIONS_BY_ORDER.get(letter, alone) if ordered else alone


def _primed(name: str, head: Head) -> str:
    if not head.primes:
        return name
    row = catalogue.find(name)
    found = _PRIMED.get((row.name if row else name, head.primes))
    if found is None:
        raise complaints.no_function_script(name + "'" * head.primes, head.item.span)
    return found


def _with_order(name: str, head: Head, text: str) -> tuple[str, bool]:
    digits = [token.text for token in head.order if token.kind == NUMBER]
    if name == "log" and len(head.order) == 3 and digits and digits[0] in _LOGARITHMS:
        head.order = []
        return _LOGARITHMS[digits[0]], False
    if name in _BY_ORDER and text[slice(*head.item.span)].strip("\\") != _LOG_OF:
        return _BY_ORDER[name]
    raise complaints.no_function_script(text[head.item.span.start : head.order[-1].span.end], head.item.span)


def prefix(head: Head, name: str, first: bool, start: Span) -> list[Token]:
    """Return the tokens before the argument of a function."""
    span = head.item.span
    tokens = [Token("(", "(", span)] if head.power and not is_negative_one(head.power) else []
    tokens.append(Token(NAME, name, span))
    if is_negative_one(head.power):
        tokens += [Token("^", "^", span), *head.power[1:-1]]
    tokens.append(Token("(", "(", start))
    return [*tokens, *head.order, Token(",", ",", start)] if first else tokens


def suffix(head: Head, first: bool, end: Span) -> list[Token]:
    """Return the tokens behind the argument of a function."""
    order = [Token(",", ",", end), *head.order] if head.order and not first else []
    close = Token(")", ")", end)
    if not head.power or is_negative_one(head.power):
        return [*order, close]
    return [*order, close, Token("^", "^", end), *head.power, close]
