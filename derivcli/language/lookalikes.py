"""What was pasted or typed in a notation of elsewhere and looks like ours: refused with both forms, or said in a note.

`check` looks at the tokens as they were typed, before any reader: an equation's number, LaTeX that lost its
backslashes, imaginary numbers, quotients of whole numbers in a program, comments.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError, Span
from derivcli.language import calls, complaints, photographs
from derivcli.language.brackets import CLOSERS, close, closers, depths, ends_operand, kinds
from derivcli.language.foreign.vocabulary import CALLED
from derivcli.language.names import DERIVATIVES
from derivcli.language.notes import Notice
from derivcli.language.tokens import END, NAME, NUMBER, POWER, Token

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

_IMAGINARY = frozenset("ij")
_NUMBER_OF_EQUATION = f"( {NUMBER} )"
_DIFFERENTIAL = re.compile(r"[dD∂]_?[^\W\d_]")
_ENDS = frozenset({END, ";"})
_LOST_FRACTION = re.compile(r"[dt]?frac([0-9])([0-9])")
_LOG_OF = re.compile(r"log_([0-9]+)([^\W\d_]+)")
_LOST = frozenset({"frac", "dfrac", "tfrac"})
_OF_COMMENTS = frozenset("!-%~\"'")  # what they begin with
_WORD = 4  # letters of a word: shorter names are variables
_LONGEST_QUOTIENT = 20  # digits: longer whole numbers are no counts of a program
_FOR_QUOTIENT = frozenset({"(", ",", "+", "-", "=", "^", "[", "?", ":", "<", ">"})
_DERIVATIVE = "`D(...)` was read as the derivative; write `D*(...)` to multiply"
# What stands second here, and first to some.
_SECOND = {
    "log": "log(x, b) has the base second: `{}` is to the base {}",
    "root": "root(x, n) has the degree second: `{}` is of the degree {}",
}
_DOUBTED = frozenset({"D", *_SECOND})
_BINDS = ("=", "~")
_NAMES_OF_UNITS = """
    m cm mm km um nm s ms us min h kg g mg N kN J kJ W kW V mV A mA K C mol Pa kPa MPa bar atm Hz kHz rad deg ohm F T L
"""
_UNITS = frozenset(_NAMES_OF_UNITS.split())
_OF_UNITS = frozenset({NUMBER, "*", "/", "^", POWER, "-", "(", ")"})
_SCALES = frozenset({"C", "F", "K"})  # of temperatures: `20°C`
_LONGEST_UNIT = 20  # tokens: `W/(m^2*K)` has 9


def check(stream: list[Token], text: str, given: AbstractSet[str]) -> list[Notice]:
    """Return what has to be said of a text; raises `ExpressionError` for what most people mean otherwise."""
    shape = [token.kind for token in stream]
    signs = frozenset(shape)
    names = {token.text for token in stream if token.kind == NAME}
    given = given | _bound(stream) if "=" in signs else given
    notices: list[Notice] = []
    if _NUMBER_OF_EQUATION in " ".join(shape):
        _check_number_of_equation(stream, text)
    if "(" in signs and not names.isdisjoint(_DOUBTED):
        notices += _calls(stream, text, given)
    if "[" in signs or "{" in signs or any(map(_LOST_FRACTION.fullmatch, names)):
        _check_lost_backslashes(stream, text, given)
    if not names.isdisjoint(_IMAGINARY):
        _check_imaginary(stream, text, given)
    _check_names(stream, text, given)
    if "°" in signs:
        _check_temperatures(stream, given)
    if "/" in signs and _is_program(stream, names, given):
        notices += _quotients(stream, text)
    if not signs.isdisjoint(_OF_COMMENTS):
        _check_comments(stream, text, given)
    return notices


def _check_temperatures(stream: list[Token], given: AbstractSet[str]) -> None:
    """Refuse `20°C`: the sign alone is of an angle."""
    for number, sign, scale in zip(stream, stream[1:], stream[2:], strict=False):
        if sign.kind == "°" and scale.text in _SCALES - given and close(sign, scale):
            hint = f"give the number alone, or write `°*{scale.text}` for an angle times {scale.text}"
            raise ExpressionError("units are not supported", number.span.to(scale.span), hint=hint)


def _bound(stream: list[Token]) -> set[str]:
    """Return the names on left sides."""
    found: set[str] = set()
    waiting: list[str] = []
    for token in stream:
        if token.kind == NAME:
            waiting.append(token.text)
        elif token.kind == "=":
            found.update(waiting)
            waiting = []
        elif token.kind in (";", "+", "-", "*", "/"):
            waiting = []
    return found


def _check_number_of_equation(stream: list[Token], text: str) -> None:
    """Refuse `y = 2x + 1 (3)`: a product, or the third equation."""
    start = 0
    for i, token in enumerate(stream):
        if token.kind == ";":
            start = i + 1
        if token.kind != "(" or i == start or " ".join(kinds(stream, i, 3)) != _NUMBER_OF_EQUATION:
            continue
        before, number, behind = stream[i - 1], stream[i + 1], stream[i + 3]
        spaced = before.span.end < token.span.start and close(token, number) and number.text.isdigit()
        ends = behind.kind in _ENDS or "\n" in text[stream[i + 2].span.end : behind.span.start]
        if spaced and ends and ends_operand(before) and _is_whole(stream[start:i]):
            whole = text[stream[start].span.start : before.span.end]
            span = Span(stream[start].span.start, stream[i + 2].span.end)
            raise complaints.doubtful(
                text[slice(*span)],
                span,
                f"{whole}*{number.text}",
                whole,
                instead="leave the number of the equation out, or write the product with `*`",
            )


def _is_whole(part: list[Token]) -> bool:
    """Tell whether tokens are an expression with an operation or a left side, not the head of a call."""
    last = part[-1]
    if part[0].text in DERIVATIVES or (part[0].text in ("d", "∂") and part[1:2] and part[1].kind == "/"):
        return False  # a value behind a derivative has words of its own
    if last.kind == NAME and (calls.name_called(last.text) is not None or _DIFFERENTIAL.fullmatch(last.text)):
        return False
    has_name = any(token.kind == NAME and calls.name_called(token.text) is None for token in part)
    *_, depth = depths(part)
    return len(part) > 1 and has_name and depth <= (last.kind in CLOSERS)


def _check_lost_backslashes(stream: list[Token], text: str, given: AbstractSet[str]) -> None:
    r"""Refuse `sqrt[3]{x}`, `frac{1}{x}` and `frac12`."""
    ends: dict[int, int] | None = None
    for i, token in enumerate(stream):
        if token.kind != NAME or token.text in given:
            continue
        digits = _LOST_FRACTION.fullmatch(token.text)
        if digits:
            raise _lost_fraction(token.span, digits[1], digits[2])
        opens = stream[i + 1].kind
        if not (token.text == "sqrt" and opens == "[") and not (token.text in _LOST and opens == "{"):
            continue
        ends = closers(stream) if ends is None else ends
        first = ends.get(i + 1)
        last = ends.get(first + 1) if first else None
        if first is None or last is None or not close(stream[first], stream[first + 1]):
            continue
        above = text[stream[i + 1].span.end : stream[first].span.start]
        below = text[stream[first + 1].span.end : stream[last].span.start]
        span = token.span.to(stream[last].span)
        if opens == "{" and stream[first + 1].kind == "{":
            raise _lost_fraction(span, above, below)
        if opens == "[" and stream[first + 1].kind in ("{", "("):
            raise complaints.two_readings(text, span, f"root({below}, {above})", f"sqrt({above})*({below})")


def _lost_fraction(span: Span, above: str, below: str) -> ExpressionError:
    forms = (rf"\frac{{{above}}}{{{below}}}", f"({above})/({below})")
    hint = f"write `{forms[0]}` or `{forms[1]}`"
    return ExpressionError("this looks like LaTeX without its backslash", span, hint=hint, suggestions=forms[1:])


def _check_imaginary(stream: list[Token], text: str, given: AbstractSet[str]) -> None:
    """Refuse `1j*x`."""
    for number, name in pairwise(stream):
        is_unit = number.kind == NUMBER and name.kind == NAME and name.text in _IMAGINARY - given
        if is_unit and close(number, name):
            span = number.span.to(name.span)
            hint = f"if `{name.text}` is a variable, write `{number.text}*{name.text}`"
            raise ExpressionError(f"`{text[slice(*span)]}`: complex numbers are not supported", span, hint=hint)


def _check_names(stream: list[Token], text: str, given: AbstractSet[str]) -> None:
    """Refuse `log_2x`, `arc sin x`, and `In x` and `1n(x)`, where a letter was taken for another."""
    for i, token in enumerate(stream):
        if token.kind != NAME or token.text in given:
            continue
        following = stream[i + 1]
        photographs.check_logarithm(stream[i - 1], token, following)
        based = _LOG_OF.fullmatch(token.text)
        if based:
            forms = (f"log({based[2]}, {based[1]})", f"log({based[1]}*{based[2]})")
            raise complaints.two_readings(text, token.span, *forms)
        if token.text in ("arc", "ar") and calls.name_called(token.text + following.text) is not None:
            name, span = token.text + following.text, token.span.to(following.span)
            message = f"`{text[slice(*span)]}` is one function in two words"
            raise ExpressionError(message, span, hint=f"write `{name}`", suggestions=(name,))


def _calls(stream: list[Token], text: str, given: AbstractSet[str]) -> Iterator[Notice]:
    """Say what `D(x + 1)`, `log(10, x)` and `root(3, x)` are read as."""
    wanted = [i for i, token in enumerate(stream) if token.text in _DOUBTED and stream[i + 1].kind == "("]
    ends = closers(stream) if wanted else {}
    for i in wanted:
        name, end = stream[i], ends.get(i + 1)
        if end is None or name.text in given:
            continue
        inside = stream[i + 2 : end]
        whole = (i == 0 or stream[i - 1].kind in _BINDS) and stream[end + 1].kind in _ENDS
        if name.text == "D" and whole and not any(token.kind == "," for token in inside):
            yield Notice(name.span.to(stream[end].span), _DERIVATIVE)
        is_first = name.text in _SECOND and kinds(inside, 0, 2) == [NUMBER, ","]
        if is_first and any(token.kind == NAME for token in inside[2:]):
            span = name.span.to(stream[end].span)
            second = text[inside[1].span.end : stream[end].span.start].strip()
            yield Notice(span, _SECOND[name.text].format(text[slice(*span)], second))


def _is_program(stream: list[Token], names: AbstractSet[str], given: AbstractSet[str]) -> bool:
    """Tell whether a text is one of C, C++ or Fortran, which divide whole numbers without a rest."""
    if "std" in names and any(
        token.text == "std" and stream[i + 1].kind == "::" for i, token in enumerate(stream[:-1])
    ):
        return True
    return any(name.startswith("M_") or _is_typed(name) for name in names - given)


def _is_typed(name: str) -> bool:
    """Tell whether a function is named by the kind of its numbers: `DSIN`, `powf`."""
    meaning = CALLED.get(name.lower())
    return meaning is not None and name.lower() in (f"d{meaning}", f"{meaning}f", f"a{meaning}")


def _quotients(stream: list[Token], text: str) -> Iterator[Notice]:
    """Say that `1/2` is one half here."""
    for i, token in enumerate(stream):
        shape = stream[i - 1 : i + 2]
        if token.kind != "/" or [t.kind for t in shape] != [NUMBER, "/", NUMBER]:
            continue
        above, below = shape[0].text, shape[2].text
        begins = i == 1 or stream[i - 2].kind in _FOR_QUOTIENT
        if not (begins and above.isdigit() and below.isdigit()) or stream[i + 2].kind == "^":
            continue
        if len(above + below) < _LONGEST_QUOTIENT and int(below) and int(above) % int(below):
            span = shape[0].span.to(shape[2].span)
            meaning = f"{int(above) // int(below)} in C and Fortran"
            yield Notice(span, f"`{text[slice(*span)]}` was read as a quotient; between whole numbers it is {meaning}")


def _check_comments(stream: list[Token], text: str, given: AbstractSet[str]) -> None:
    """Refuse words behind an expression that would be computed with, and `x~y`."""
    for i, token in enumerate(stream[:-1]):
        if token.kind not in _OF_COMMENTS or not i or not ends_operand(stream[i - 1]):
            continue
        before, after = stream[i - 1 : i + 2 : 2]
        spaced = before.span.end < token.span.start
        if token.kind in ('"', "'") and spaced and after.kind == NAME and stream[i + 2].kind == token.kind:
            raise _comment(text, token, stream[i + 2], "leave it out")
        if token.kind == "~" and not spaced and close(token, after):
            left, right = (t.text for t in (before, after))
            hint = f"write `{left}*{right}` to multiply, or `{left} ~ {right}` for a model"
            raise ExpressionError("`~` without blanks has no meaning here", token.span, hint=hint)
        double = token.kind == "-" == after.kind and close(token, after)
        name = stream[i + 2] if double else after
        last = token if not double else after
        torn = spaced and last.span.end < name.span.start
        if not torn or name.kind != NAME or name.text in given or calls.name_called(name.text) is not None:
            continue
        if double:
            raise _comment(text, token, name, f"leave it out, or write `+ {name.text}`")
        if token.kind == "!":
            raise _comment(text, token, name, f"leave it out, or write `!*{name.text}`")
        if token.kind == "%" and ".^" not in text and _are_words(stream, i + 1):
            raise _comment(text, token, name, f"leave it out, or write `mod(..., {name.text})`")


def _are_words(stream: list[Token], position: int) -> bool:
    """Tell whether nothing but words stands from here to the end; one alone may well be a variable: `t % period`."""
    words = stream[position:-1]
    return (
        len(words) > 1
        and len(words[0].text) >= _WORD
        and all(t.kind == NAME and t.text.isalpha() and t.text.islower() for t in words)
    )


def _comment(text: str, first: Token, last: Token, hint: str) -> ExpressionError:
    span = first.span.to(last.span)
    return ExpressionError(f"`{text[slice(*span)]}` looks like a comment", span, hint=hint)


def check_unit(stream: list[Token], position: int) -> None:
    """Refuse `5[W/(m^2*K)]`: units are not computed with."""
    inside = []
    for token in stream[position + 1 : position + _LONGEST_UNIT]:
        if token.kind == "]":
            break
        inside.append(token)
    units = [t for t in inside if t.kind == NAME]
    if units and all(t.kind in _OF_UNITS or t.text in _UNITS for t in inside):
        span = stream[position].span.to(inside[-1].span)
        raise ExpressionError(
            "units are not supported", span, hint="give the numbers alone, all in one system of units"
        )
