"""Signs of programs: `%pi`, `%%`, `1.5*^-3`, `[0]`, `log_{2}(x)`, `30deg`.

A rule looks at one place; it returns what stands there in the language and how many tokens that are, or nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.language import complaints
from derivcli.language.brackets import close, ends_operand, kinds
from derivcli.language.foreign.vocabulary import DEGREES, PER_CENT
from derivcli.language.tokens import NAME, NUMBER, Token, check_exponent

if TYPE_CHECKING:
    from derivcli.language.brackets import Reader

_BASES = {"log_": ("{", "}"), "log": ("[", "]")}  # the brackets around a base
_PARAMETER = ["[", NUMBER, "]"]
_TEN = [NUMBER, "*", "^"]

Found = tuple[Token, int] | None


def meant(stream: list[Token], signs: set[str], names: set[str], reader: Reader) -> list[Token]:
    """Return tokens with the signs of programs as those of the language; `names` are those without a value."""
    if signs.isdisjoint("%[{") and not signs.issuperset("*^") and names.isdisjoint(DEGREES):
        return stream
    if "[" in signs:
        _check_parameters(stream, reader)
    found: list[Token] = []
    i = 0
    while i < len(stream):
        rule = _RULES.get(stream[i].kind)
        made = rule(stream, i, reader) if rule else None
        found.append(made[0] if made else stream[i])
        i += made[1] if made else 1
    return found


def _per_cent(stream: list[Token], i: int, _reader: Reader) -> Found:
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


def _number(stream: list[Token], i: int, reader: Reader) -> Found:
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
    reader.note(span, f"the number {number}")
    return Token(NUMBER, number, span), 4 + signed


def _check_parameters(stream: list[Token], reader: Reader) -> None:
    """Refuse `[2]*x` where no `[0]` tells that these are parameters."""
    places = [i for i in range(len(stream)) if _is_parameter(stream, i)]
    if places and all(stream[i + 1].text != "0" for i in places):
        span = stream[places[0]].span.to(stream[places[0] + 2].span)
        number = stream[places[0] + 1].text
        raise complaints.two_readings(reader.text, span, f"({number})", f"p{number}")


def _parameter(stream: list[Token], i: int, reader: Reader) -> Found:
    """Read `[0]*exp([1]*x)`: the parameters of ROOT are p0, p1."""
    if not _is_parameter(stream, i):
        return None
    name, span = f"p{stream[i + 1].text}", stream[i].span.to(stream[i + 2].span)
    reader.note(span, f"the parameter {name}")
    return Token(NAME, name, span), 3


def _is_parameter(stream: list[Token], i: int) -> bool:
    is_number = kinds(stream, i, 3) == _PARAMETER and stream[i + 1].text.isdigit()
    return is_number and not (i and ends_operand(stream[i - 1]))


def _name(stream: list[Token], i: int, reader: Reader) -> Found:
    """Read `log_{2}(x)` and `log[2](x)` as `log_2(x)`, and the end of `30deg`."""
    token = stream[i]
    if token.text in DEGREES and token.text not in reader.given:
        is_angle = i > 0 and stream[i - 1].kind == NUMBER and close(stream[i - 1], token)
        if is_angle:
            reader.note(stream[i - 1].span.to(token.span), f"{stream[i - 1].text}°")
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
