r"""Functions and brackets: which one a head means, `\log_2`, `\sin^{-1}`, `\Gamma(a, x)`, and where its argument is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError, Span, UnknownNameError
from derivcli.language import catalogue, notation
from derivcli.language.tex import calculus, complaints
from derivcli.language.tex.commands import FUNCTION
from derivcli.language.tex.items import BRACES, FRACTION, INDEX, OPEN, POWER, TYPED
from derivcli.language.tokens import NAME, NUMBER, Token

if TYPE_CHECKING:
    from derivcli.language.tex.arguments import Arranger
    from derivcli.language.tex.items import Item

BOOK = "book "
# `f^{-1}` of these is a function whose row the catalogue does not know as the inverse.
_INVERSES = {"erf": "erfinv", "erfc": "erfcinv", "ndtr": "ndtri"}
_PRIMED = {("airyai", 1): "airyaiprime", ("airybi", 1): "airybiprime", ("digamma", 1): "trigamma"}
# An order or a base below the name: the function, and whether it comes first among the arguments.
_BY_ORDER = {"log": ("log", False), "LambertW": ("LambertW", False), "Li": ("polylog", True), "Li2": ("polylog", True)}
_LOGARITHMS = {"2": "log2", "10": "log10"}
_LOG_OF = "ln"

GROUP, HEAD, ARGUMENT = "group", "head", "argument"
_UNNAMED = frozenset("fgh")


@dataclass(slots=True)
class Head:
    """A function's name with what stands at it: the tokens of an order and of a power, primes."""

    item: Item
    order: list[Token] = field(default_factory=list)
    power: list[Token] = field(default_factory=list)
    primes: int = 0


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


@dataclass(slots=True)
class Scope:
    """Something open. `start` is where its tokens begin, `position` where its items do.

    Of a group: `head` is the function that is called with it, `term` where the last term began, `slash` the sign of a
    division in that term. Of an argument: `names` are its letters, `count` its factors.
    """

    kind: str
    position: int
    start: int
    shape: str = ""
    head: Head | None = None
    ending: list[Token] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    count: int = 0
    whole: str = ""
    term: int = 0
    slash: int | None = None
    has_sum: bool = False
    has_power: bool = False
    has_gap: bool = False  # `\sin 2x y`


# A function and its brackets among the items.


def function(reader: Arranger, item: Item) -> None:
    """Read the name of a function."""
    reader.factor(item)
    reader.push(Scope(HEAD, reader.position, len(reader.tokens), head=Head(item)), item.span)
    reader.operand = False


def is_script(item: Item) -> bool:
    """Tell whether an item belongs to the name of a function: a power, an order, a prime."""
    return item.kind in ("^", "_", "'") or (item.kind == OPEN and item.shape in (POWER, INDEX))


def begin_argument(reader: Arranger, item: Item) -> None:
    """Begin the argument of a function with the item that is not yet read."""
    scope = reader.scopes.pop()
    head = scope.head
    assert head is not None  # noqa: S101 - a head scope has one
    direct = item.kind == OPEN and item.shape in (TYPED, BRACES)
    signed = item.kind == "-" and not reader.items[reader.position + 1].apart
    if not (direct or signed or item.kind in (NUMBER, NAME, OPEN, FUNCTION)):
        raise complaints.not_called(reader.text[slice(*head.item.span)], head.item.span)
    if direct and reader.text[item.span.start] == "[":
        _check_square(reader, head.item)
    name, first = resolve(head, reader.text)
    start = Span(item.span.start, item.span.start)
    reader.tokens += prefix(head, name, first, item.span if direct else start)
    row = catalogue.find(name)
    head.item = head.item._replace(text=row.name if row else name)
    kind = GROUP if direct else ARGUMENT
    reader.push(Scope(kind, reader.position, len(reader.tokens), item.shape, head), item.span)
    reader.top.ending = suffix(head, first, start)
    reader.top.term = reader.position + 1


def _check_square(reader: Arranger, head: Item) -> None:
    r"""Refuse `\sin[2](x)`."""
    start, end = reader.position, reader.partners[reader.position]
    following = reader.items[end + 1]
    is_number = [item.kind for item in reader.items[start + 1 : end]] == [NUMBER]
    if is_number and following.kind == OPEN and following.shape == TYPED:
        span = head.span.to(reader.items[reader.partners[end + 1]].span)
        typed = reader.text[slice(*head.span)]
        hint = rf"write a power as `{typed}^{{...}}(...)`, a product as `{typed}(...) \cdot (...)`"
        raise ExpressionError(f"two brackets follow `{typed}`", span, hint=hint)


def open_bracket(reader: Arranger, item: Item) -> None:
    """Open a bracket."""
    scope = reader.top
    if scope.kind == GROUP and scope.head is not None and scope.position == reader.position:
        return  # the bracket of a call, which is open already
    if scope.kind == HEAD:
        reader.push(Scope(GROUP, reader.position, len(reader.tokens), item.shape), item.span)
        reader.emit("(", "(", item.span)
        return
    if item.shape == FRACTION:
        calculus.check_inside(reader.items, reader.position, reader.partners, reader.given)
    if item.shape not in (POWER, INDEX):
        _open_factor(reader, item)
    if item.text:
        reader.emit(NAME, item.text, item.span)
    reader.emit("(", "(", item.span)
    reader.push(Scope(GROUP, reader.position, len(reader.tokens), item.shape, term=reader.position + 1), item.span)
    reader.operand = False


def _open_factor(reader: Arranger, item: Item) -> None:
    """Let a bracket be a factor; f, g and h are no functions."""
    before = reader.items[reader.position - 1] if reader.position else item
    letter = before.text[:1] if before.kind == NAME and before.text[1:2] in ("", "_") else ""
    unnamed = item.shape == TYPED and letter in _UNNAMED and before.text not in reader.given
    if reader.operand and unnamed and letter:
        typed = reader.text[slice(*before.span)]
        hint = rf"to multiply, write `{typed} \cdot (...)`"
        raise UnknownNameError(f"unknown function `{typed}`", before.span, hint=hint)
    reader.factor(item)


def close_bracket(reader: Arranger, item: Item) -> None:
    """Close a bracket."""
    reader.end_arguments()
    scope = reader.scopes.pop()
    if reader.top.kind == HEAD and scope.shape in (POWER, INDEX):
        _keep_script(reader, scope, item)
        return
    if scope.head is not None:
        scope.ending = [t._replace(span=item.span) if t.kind == ")" else t for t in scope.ending]
        reader.end_call(scope)
        reader.called = (reader.position, scope)
    else:
        reader.emit(")", ")", item.span)
    reader.operand = True


def _keep_script(reader: Arranger, scope: Scope, item: Item) -> None:
    """Keep the power or the order of a function until its argument is known."""
    head = reader.top.head
    tokens = [*reader.tokens[scope.start :], Token(")", ")", item.span)]
    del reader.tokens[scope.start :]
    if head is None or (head.power if scope.shape == POWER else head.order):
        raise complaints.no_function_script(reader.text[slice(*item.span)], item.span)
    if scope.shape == POWER:
        head.power = tokens
    else:
        head.order = tokens
    reader.operand = False
