"""Signs, words and names of programs -> those of the language: `%%`, `x mod 2`, `a if c else b`, `dexp(x)`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError, Span
from derivcli.language import catalogue, complaints
from derivcli.language.brackets import CLOSERS, called, close, depths, ends_operand, kinds, renamed
from derivcli.language.complaints import DOUBTFUL
from derivcli.language.foreign.modules import template
from derivcli.language.foreign.vocabulary import CALLED, CONSTANTS, DEGREES, PER_CENT, SAID
from derivcli.language.notes import Notice
from derivcli.language.operators import PARENTHESES
from derivcli.language.tokens import NAME, NUMBER, Token, check_exponent

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_ENDS_SUM = frozenset({",", "=", "<", ">", "<=", ">=", "==", "!=", "?", ":"})
_BASES = {"log_": ("{", "}"), "log": ("[", "]")}  # the brackets around a base
_PARAMETER = ["[", NUMBER, "]"]
_TEN = [NUMBER, "*", "^"]

Found = tuple[Token, int] | None


class Context:
    """What every rule here needs to know, and the notices that it leaves."""

    def __init__(self, text: str, given: AbstractSet[str]) -> None:
        self.text = text
        self.given = given
        self.notices: list[Notice] = []

    def note(self, span: Span, meaning: str) -> None:
        """Say what a place was read as."""
        self.notices.append(Notice(span, f"`{self.text[slice(*span)]}` was read as {meaning}"))


def meant(stream: list[Token], text: str, given: AbstractSet[str]) -> tuple[list[Token], list[Notice]]:
    """Return tokens with the words and signs of programs as those of the language."""
    context = Context(text, given)
    kinds_here = {token.kind for token in stream}
    names = {token.text for token in stream if token.kind == NAME} - given
    stream = _signs(stream, kinds_here, names, context)
    if "%" in kinds_here or "[" in kinds_here or "{" in kinds_here:
        names = {token.text for token in stream if token.kind == NAME} - given
    if ";" in kinds_here:
        stream = _separators(stream, context)
    if {"if", "else"} <= names:
        stream = _choices(stream)
    if "mod" in names:
        stream = _remainders(stream)
    return _names(stream, names, context), context.notices


def _separators(stream: list[Token], context: Context) -> list[Token]:
    """Read `IF(c;a;b)`: inside brackets a semicolon separates arguments, and a comma between digits is a point."""
    inside = list(zip(stream, depths(stream), strict=True))
    if not any(token.kind == ";" and depth > 0 for token, depth in inside):
        return stream
    found: list[Token] = []
    for token, depth in inside:
        if token.kind == ";" and depth > 0:
            found.append(Token(",", ",", token.span))
        elif token.kind == NUMBER and _is_decimal(found, token):
            span = found[-2].span.to(token.span)
            number = f"{found[-2].text}.{token.text}"
            context.note(span, f"the number {number}")
            found[-2:] = [Token(NUMBER, number, span)]
        elif token.kind == ",":
            found.append(Token("decimal comma", ",", token.span))
        else:
            found.append(token)
    return [Token(",", ",", token.span) if token.kind == "decimal comma" else token for token in found]


def _is_decimal(found: list[Token], token: Token) -> bool:
    if kinds(found, len(found) - 2, 2) != [NUMBER, "decimal comma"]:
        return False
    return close(found[-2], found[-1]) and close(found[-1], token) and "." not in found[-2].text + token.text


def _choices(stream: list[Token]) -> list[Token]:
    """Make signs of `if` and `else` where both stand in the same brackets: `a if c else b`."""
    found = list(stream)
    waiting: list[list[int]] = [[]]
    for i, token in enumerate(stream):
        if token.kind in PARENTHESES:
            waiting.append([])
        elif token.kind in CLOSERS and len(waiting) > 1:
            waiting.pop()
        elif token.kind == NAME and token.text == "if" and i and ends_operand(stream[i - 1]):
            waiting[-1].append(i)
        elif token.kind == NAME and token.text == "else" and waiting[-1]:
            start = waiting[-1].pop()
            found[start] = Token("if", "if", stream[start].span)
            found[i] = Token("else", "else", token.span)
    return found


def _remainders(stream: list[Token]) -> list[Token]:
    """Read `x mod 2` as `x % 2`; `a + x mod 2` could be the remainder of the sum."""
    found = list(stream)
    calls = {call.name for call in called(stream) if call.commas}
    sums: list[int | None] = [None]
    for i, token in enumerate(stream):
        if token.kind in PARENTHESES:
            sums.append(None)
        elif token.kind in CLOSERS and len(sums) > 1:
            sums.pop()
        elif token.kind in ("+", "-") and i and ends_operand(stream[i - 1]):
            sums[-1] = i
        elif token.kind in _ENDS_SUM:
            sums[-1] = None
        elif token.text == "mod" and i not in calls and i and ends_operand(stream[i - 1]):
            if sums[-1] is not None:
                raise ExpressionError(DOUBTFUL, token.span, hint="write brackets: `(a + b) mod c` or `a + (b mod c)`")
            found[i] = Token("%", "%", token.span)
    return found


# Signs. A rule looks at one place; it returns what stands there in the language and how many tokens that are.


def _signs(stream: list[Token], signs: set[str], names: set[str], context: Context) -> list[Token]:
    """Return tokens with the signs of programs as those of the language; `names` are those without a value."""
    if signs.isdisjoint("%[{") and not signs.issuperset("*^") and names.isdisjoint(DEGREES):
        return stream
    if "[" in signs:
        _check_parameters(stream, context)
    found: list[Token] = []
    i = 0
    while i < len(stream):
        rule = _RULES.get(stream[i].kind)
        made = rule(stream, i, context) if rule else None
        found.append(made[0] if made else stream[i])
        i += made[1] if made else 1
    return found


def _per_cent(stream: list[Token], i: int, _context: Context) -> Found:
    """Read Maxima's `%pi` and R's `%%` and `%/%`."""
    token, following = stream[i : i + 2]
    if not close(token, following):
        return None
    if following.kind == "%":
        return Token("%", "%", token.span.to(following.span)), 2
    if kinds(stream, i, 3) == ["%", "/", "%"] and close(following, stream[i + 2]):
        return Token("//", "//", token.span.to(stream[i + 2].span)), 3
    is_constant = following.text in PER_CENT and not (i and ends_operand(stream[i - 1]))
    return (Token(NAME, following.text, token.span.to(following.span)), 2) if is_constant else None


def _number(stream: list[Token], i: int, context: Context) -> Found:
    """Read Mathematica's `1.5*^-3` and the angle `30deg`; the number itself stays, its sign of degrees changes."""
    if kinds(stream, i, 3) != _TEN or not close(stream[i + 1], stream[i + 2]):
        return None
    signed = stream[i + 3].kind in ("-", "+")
    exponent = stream[i + 3 + signed]
    if exponent.kind != NUMBER or not exponent.text.isdigit():
        return None
    digits = stream[i + 3].text * signed + exponent.text
    span = stream[i].span.to(exponent.span)
    check_exponent(digits, span)
    number = f"{stream[i].text}e{digits}"
    context.note(span, f"the number {number}")
    return Token(NUMBER, number, span), 4 + signed


def _check_parameters(stream: list[Token], context: Context) -> None:
    """Refuse `[2]*x` where no `[0]` tells that these are parameters."""
    places = [i for i in range(len(stream)) if _is_parameter(stream, i)]
    if places and all(stream[i + 1].text != "0" for i in places):
        span = stream[places[0]].span.to(stream[places[0] + 2].span)
        number = stream[places[0] + 1].text
        raise complaints.two_readings(context.text, span, f"({number})", f"p{number}")


def _parameter(stream: list[Token], i: int, context: Context) -> Found:
    """Read `[0]*exp([1]*x)`: the parameters of ROOT are p0, p1."""
    if not _is_parameter(stream, i):
        return None
    name, span = f"p{stream[i + 1].text}", stream[i].span.to(stream[i + 2].span)
    context.note(span, f"the parameter {name}")
    return Token(NAME, name, span), 3


def _is_parameter(stream: list[Token], i: int) -> bool:
    is_number = kinds(stream, i, 3) == _PARAMETER and stream[i + 1].text.isdigit()
    return is_number and not (i and ends_operand(stream[i - 1]))


def _name(stream: list[Token], i: int, context: Context) -> Found:
    """Read `log_{2}(x)` and `log[2](x)` as `log_2(x)`, and the end of `30deg`; refuse `30 deg`."""
    token = stream[i]
    if token.text in DEGREES and token.text not in context.given:
        number = stream[i - 1]
        is_angle = i > 0 and number.kind == NUMBER and close(number, token)
        if i > 0 and number.kind == NUMBER and not is_angle:
            forms = (f"{number.text}°", f"{number.text}*{token.text}")
            raise complaints.two_readings(context.text, number.span.to(token.span), *forms)
        if is_angle:
            context.note(stream[i - 1].span.to(token.span), f"{stream[i - 1].text}°")
        return (Token("°", "°", token.span), 1) if is_angle else None
    if token.text not in _BASES:
        return None
    opener, closer = _BASES[token.text]
    shape = kinds(stream, i + 1, 4)
    has_base = shape[:3] in ([opener, NUMBER, closer], [opener, NAME, closer])
    if not has_base or (token.text == "log" and shape[3:] != ["("]):
        return None
    return Token(NAME, f"log_{stream[i + 2].text}", token.span.to(stream[i + 3].span)), 4


_RULES = {"%": _per_cent, NUMBER: _number, "[": _parameter, NAME: _name}


# Names.


def _names(stream: list[Token], names: AbstractSet[str], context: Context) -> list[Token]:
    """Return tokens with names of the language; `names` are those that have no value."""
    if names & CONSTANTS.keys() or "pi" in names:
        stream = _constants(stream, context)
    wanted = {name: meaning for name in names if (meaning := _meaning(name)) is not None}
    if not wanted and names.isdisjoint(SAID):
        return stream
    found = stream[-1:]
    for token, following in reversed(list(pairwise(stream))):
        is_call = token.kind == NAME and token.text in names and following.kind == "("
        if is_call and token.text in SAID:
            context.notices.append(Notice(token.span, SAID[token.text]))
        found.append(renamed(token, wanted[token.text]) if is_call and token.text in wanted else token)
    return found[::-1]


def _constants(stream: list[Token], context: Context) -> list[Token]:
    """Read `PI`, `M_PI_2` and `pi()`."""
    found: list[Token] = []
    i = 0
    while i < len(stream):
        token = stream[i]
        is_call = kinds(stream, i + 1, 2) == ["(", ")"]
        known = token.kind == NAME and token.text not in context.given
        meaning = CONSTANTS.get(token.text, "pi" if token.text == "pi" and is_call else "") if known else ""
        if meaning and token.text != "pi":
            context.note(token.span, meaning)
        found += template(meaning, token) if meaning else [token]
        i += 3 if meaning and is_call else 1
    return found


def _meaning(name: str) -> str | None:
    """Return what a function from elsewhere is called here; `log5(x)` is the logarithm to the base 5."""
    if catalogue.is_function(name):
        return None
    return f"log_{name[3:]}" if name.startswith("log") and name[3:].isdigit() else CALLED.get(name.lower())
