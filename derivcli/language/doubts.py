"""Texts that people read in two ways: refused with both forms, or read with a note."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError, Span
from derivcli.language import calls, catalogue, complaints, names, reach, tokens
from derivcli.language.brackets import begins_factor, closers
from derivcli.language.everyday import WORDS
from derivcli.language.lookalikes import check_unit
from derivcli.language.notes import Notice
from derivcli.language.operators import PARENTHESES
from derivcli.language.reading import run_end
from derivcli.language.symbols import FRACTIONS, GREEK_NAMES, SUPERSCRIPTS
from derivcli.language.tree import NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.language.groups import Group
    from derivcli.language.tokens import Token

_FACTORS = catalogue.CONSTANTS.keys() - {"e"}  # `e(x)` is exp(x) for some
_SPACED = re.compile(r"(\w+) +[(\[{]")
_FRACTION = 6  # tokens back from the one after `^½` to the sign: `^ ( 1 / 2 )`
_WORD = 3  # letters: shorter names are products or usual abbreviations, but for words
_MOST_BACK = 8  # tokens of an argument that is looked at for a variable: a long one has one, and costs time
_CONSTANT_PARTS = frozenset({NUMBER, "^", tokens.POWER, "!", "°", "-", "+"})
_SPOKEN_POWERS = {"squared": "^2", "cubed": "^3"}
_DEGREES = ("3", "4")  # before √: `3√x` is a cube root that has lost its form, for some


DOUBTED = frozenset("%+-^/")  # operators that are read in two ways also where no function waits for its argument


def before_operator(group: Group, stream: list[Token], position: int, text: str) -> Iterator[Notice]:
    """Refuse or notice what an operator may make of its left side."""
    kind = stream[position].kind
    if kind == "%":
        yield from _per_cent(stream, position, text)
    if group.in_argument and kind in ("*", "/", "//", "%"):
        yield from _after_argument(group, stream, position, text)
    if kind in ("+", "-"):
        yield from reach.root_of_one(stream, position)
    if kind == "^":
        yield from reach.power_of_power(group, stream, position)
    if kind == "/":
        yield from reach.over_one(stream, position)
        yield from reach.root_as_power(group, stream, position)
        yield from reach.exponent_divided(group, stream, position)


def before_factor(
    group: Group, stream: list[Token], position: int, text: str, given: frozenset[str]
) -> Iterator[Notice]:
    """Refuse or notice a product without a sign."""
    before, token = stream[position - 1], stream[position]
    close = before.span.end == token.span.start
    if close and token.kind == "√" and before.text in _DEGREES:
        yield Notice(before.span.to(token.span))
    if not close and any(_is_word(stream, i, given) for i in (position - 1, position)):
        yield Notice(before.span.to(token.span))  # `half x` is prose to some
    if close:
        _check_signs(stream, position, text)
        reach.check_power(group, stream, position, text)
    if group.in_argument and not close and token.kind not in (tokens.NAME, NUMBER):
        yield _bracket_after_argument(group, stream, position, text)
    elif token.kind in PARENTHESES and _is_spaced_call(group, text):
        yield Notice(group.operands[-1].span.to(token.span))
    if close and token.kind in (tokens.NAME, NUMBER, *PARENTHESES):
        yield from _after_root(group, token)
    if token.kind == "[" and before.kind == NUMBER:
        check_unit(stream, position)
    is_bracket = token.kind in PARENTHESES and text[token.span.start] not in FRACTIONS
    if close and is_bracket and before.kind in (tokens.NAME, NUMBER):
        yield from _close_bracket(group, stream, position, text, given)
    if before.kind == tokens.NAME and (token.kind == "[" or (token.kind == "(" and close)):
        _check_index(stream, position, text, given)


def behind_bars(outer: Group, bars: complaints.Bars, stream: list[Token], position: int, text: str) -> None:
    """Refuse `|x|y|z|`, where those around y may belong together; `position` is behind bars that were closed."""
    waiting = outer.operators[-1] if outer.operators else None
    is_factor = waiting is not None and waiting.implied and waiting.token.span == bars[0]
    if outer.bars and is_factor:
        raise complaints.bars(text, outer.bars, bars)
    if stream[position].kind != "|" and begins_factor(stream, position):
        outer.bars = bars


def _is_word(stream: list[Token], position: int, given: frozenset[str]) -> bool:
    """Tell whether a factor is a longer name that nobody has announced, as words of prose are; `Sin[x]` is a call."""
    name, following = stream[position].text, stream[position + 1].kind
    is_word = stream[position].kind == tokens.NAME and name.isalpha() and (len(name) >= _WORD or name in WORDS)
    is_call = is_word and following in PARENTHESES and calls.name_called(name) is not None
    return is_word and not is_call and name not in given and name not in GREEK_NAMES and not catalogue.is_function(name)


def _after_root(group: Group, token: Token) -> Iterator[Notice]:
    """Notice `√2x`, which is √2 times x."""
    waiting = group.operators[-1] if group.operators else None
    if waiting is not None and waiting.token.kind == "√" and not group.operands[-1].grouped:
        yield Notice(waiting.token.span.to(token.span))


def _close_bracket(
    group: Group, stream: list[Token], position: int, text: str, given: frozenset[str]
) -> Iterator[Notice]:
    """Refuse `x(1)` and `sin x(x+1)`; say that `x(x+1)` is a product."""
    before, token = stream[position - 1], stream[position]
    if group.in_argument and before.kind == tokens.NAME:
        raise _ends_or_goes_on(group.function, stream, position, text, "*")
    if group.in_argument or (before.kind == tokens.NAME and before.text not in given | _FACTORS):
        yield Notice(before.span.to(token.span))


def _check_index(stream: list[Token], position: int, text: str, given: frozenset[str]) -> None:
    """Refuse `x(1)` and `x[i]`, which is no product for those who write programs."""
    before, token, inside = stream[position - 1], stream[position], stream[position + 1 : position + 3]
    if not names.is_variable(before.text, given):
        return
    if [t.kind for t in inside] in ([NUMBER, ")"], [NUMBER, "]"]):
        forms = (f"{before.text}*({inside[0].text})", f"{before.text}[{inside[0].text}]")
        raise complaints.two_readings(text, before.span.to(inside[1].span), *forms)
    if token.kind == "[" and before.span.end == token.span.start:
        end = closers(stream[position:]).get(0)
        if end is not None:
            closer = stream[position + end]
            inside_text = text[token.span.end : closer.span.start]
            indexed = f"{before.text}_{inside_text}" if inside_text.isalnum() else f"{before.text}_1"
            forms = (f"{before.text}*({inside_text})", indexed)
            raise complaints.two_readings(text, before.span.to(closer.span), *forms)


def _check_signs(stream: list[Token], position: int, text: str) -> None:
    """Refuse `2½`, `x^½y` and `x³√y`."""
    if text.isascii():
        return
    before, token = stream[position - 1], stream[position]
    end = run_end(stream, position)
    if before.kind == NUMBER and text[token.span.start] in FRACTIONS:
        quotient = "/".join(FRACTIONS[text[token.span.start]])
        span = Span(before.span.start, token.span.start + 1)
        raise complaints.two_readings(text, span, f"({before.text} + {quotient})", f"{before.text}*({quotient})")
    if token.kind == "√" and before.kind == tokens.POWER and before.text in ("3", "4"):
        end = run_end(stream, position + 1)
        inside = text[token.span.end : end]
        forms = (f"^{before.text}*sqrt({inside})", f"*root({inside}, {before.text})")
        start = stream[position - 2].span.start
        base = text[start : before.span.start]
        raise complaints.two_readings(text, Span(start, end), *(base + form for form in forms))
    if token.kind == "√" and before.kind == ")" and text[before.span.start - 1] in SUPERSCRIPTS:
        _check_raised_root(stream, position, text)
    is_fraction = before.kind == ")" and text[before.span.start] in FRACTIONS
    if is_fraction and position > _FRACTION and stream[position - _FRACTION].kind == "^" and token.kind != "√":
        quotient, rest = "/".join(FRACTIONS[text[before.span.start]]), text[token.span.start : end]
        span = Span(before.span.start, end)
        raise complaints.two_readings(text, span, f"({quotient})*{rest}", f"({quotient}*{rest})")


def _check_raised_root(stream: list[Token], position: int, text: str) -> None:
    """Refuse `3ˣ√y`, which calculators have for a root of the degree 3; `eˣ√y` is a product."""
    end = run_end(stream, position + 1)
    start = stream[position].span.start
    while text[start - 1] in SUPERSCRIPTS:
        start -= 1
    base = text[start - 1]
    if base.isdigit():
        raised = "".join(SUPERSCRIPTS[sign] for sign in text[start : stream[position].span.start])
        inside = text[stream[position].span.end : end]
        inside = inside[1:-1] if inside[:1] == "(" and inside[-1:] == ")" else inside
        forms = (f"{base}^({raised})*sqrt({inside})", f"root({inside}, {base})")
        raise complaints.two_readings(text, Span(start - 1, end), *forms)


def _per_cent(stream: list[Token], position: int, text: str) -> Iterator[Notice]:
    """Refuse `50% x` and `x%+1`, a per cent sign for some; say that `50%x` is a remainder."""
    before, token, after = stream[position - 1 : position + 2]
    blank = token.span.end < after.span.start
    ends = after.kind in ("+", "-", "*", "/", ")", "]", "}", tokens.END, ",")
    if before.span.end == token.span.start and (blank or ends):
        number = text[slice(*before.span)]
        hint = f"write `{number}/100`, or `mod({number}, ...)`"
        raise ExpressionError("`%` is the remainder here, not per cent", token.span, hint=hint)
    if before.kind == NUMBER and before.span.end == token.span.start and after.kind in (tokens.NAME, "("):
        yield Notice(before.span.to(after.span))


def _after_argument(group: Group, stream: list[Token], position: int, text: str) -> Iterator[Notice]:
    """Refuse `sin 2*x` and `sin pi/2`; say that `ln x/x` divides after the function."""
    head = group.function
    following = stream[position + 1]
    if catalogue.is_function(following.text):
        return  # `sin x / cos x` is nothing else
    if _is_constant(head, stream, position, text):
        raise _ends_or_goes_on(head, stream, position, text, stream[position].kind)
    yield Notice(head.span.to(following.span))


def _bracket_after_argument(group: Group, stream: list[Token], position: int, text: str) -> Notice:
    """Refuse `sin 2 (x+1)`; say that `sin x (x+1)` multiplies the function."""
    head = group.function
    if stream[position].kind in PARENTHESES and _is_constant(head, stream, position, text):
        raise _ends_or_goes_on(head, stream, position, text, "*")
    return Notice(head.span.to(stream[position].span))


def _is_spaced_call(group: Group, text: str) -> bool:
    """Tell whether the factor before is a call as in `ln (x+1)`, which looks as if it took `(x+2)` as well."""
    found = _SPACED.match(text, group.operands[-1].span.start)
    return found is not None and not group.operands[-1].grouped and catalogue.is_function(found[1])


def _is_constant(head: Token, stream: list[Token], position: int, text: str) -> bool:
    """Tell whether the whole argument of a function without brackets is made of numbers and constants."""
    start = head.span.end
    inside = [t for t in stream[max(0, position - _MOST_BACK) : position] if t.span.start >= start]
    whole = bool(inside) and not text[start : inside[0].span.start].strip()
    return whole and all(t.kind in _CONSTANT_PARTS or t.text in catalogue.CONSTANTS for t in inside)


def _ends_or_goes_on(head: Token, stream: list[Token], position: int, text: str, sign: str) -> Exception:
    """Return the error for an argument that may end before the sign at a position, or go on behind it.

    A function in words is called by its name here: `sine(2/x)` would not be read.
    """
    typed = text[slice(*head.span)]
    words = typed.split()
    is_spoken = all(word.isalpha() for word in words) and calls.name_called(typed) is None
    name = head.text + _SPOKEN_POWERS.get(words[-1].lower(), "") if is_spoken else typed
    argument = text[head.span.end : stream[position - 1].span.end].strip()
    first = position + (stream[position].kind == sign)
    end = run_end(stream, first)
    rest = text[stream[first].span.start : end]
    span = Span(head.span.start, end)
    return complaints.two_readings(text, span, f"{name}({argument}{sign}{rest})", f"{name}({argument}){sign}{rest}")
