"""Tokens as they were typed -> tokens as they are meant: names that are products, numbers in other notations."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError, Span
from derivcli.language import calls, catalogue, complaints, exponents, products
from derivcli.language.brackets import CLOSERS
from derivcli.language.everyday import WORDS
from derivcli.language.notes import Notice
from derivcli.language.operators import BRACKET_FUNCTION, LOGIC, PARENTHESES
from derivcli.language.tokens import END, NAME, NUMBER, POWER, Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from derivcli.language.products import Name, Setting

_AFTER = {
    **dict.fromkeys((NUMBER, NAME, "√"), products.OPERAND),
    **dict.fromkeys(PARENTHESES, products.BRACKET),
    **dict.fromkeys(BRACKET_FUNCTION, products.BARS),
    **dict.fromkeys(("^", POWER), products.POWER),
}
_CROSSED = re.compile(r"x([0-9]+)")
_WITH_CAPITAL = re.compile(r"(?!d)(?=[a-z]*[A-Z])[A-Za-z]{2,3}")  # `dT` is a differential
# Variables that look like something else.
_SIGNS = {
    **dict.fromkeys(("PI", "Pi"), "the constant is `pi`"),
    **dict.fromkeys("ΣΠ", "sums and products are written out"),
}
_MARKED = _SIGNS.keys() | {"E"}
_TAU = "`tau` was read as the constant 2*pi; a time constant is given a value: --at tau=..."
_EULER = "`E` was read as a variable; the base of the natural logarithm is `e`"
_TORN = re.compile(r"[eE][0-9]+")  # `2 e3`
_LONGEST_EXPONENT = 40  # tokens that are looked at: a longer one has a variable among the first
_IMAGINARY = frozenset({"i", "j"})
_LOST_POWER = re.compile(r"([^\W\d_]+)([2-9]|[1-9][0-9]+)")


def meant(stream: list[Token], text: str, setting: Setting) -> tuple[list[Token], list[Notice]]:
    """Return the tokens that a text means, and what has to be said of them; raises `ExpressionError` in doubt."""
    texts = _first_places(stream)
    names = products.read(_names(stream, texts, setting), setting)
    if not names and not _has_name_behind_number(stream):
        return stream, list(_doubts(stream, texts, setting, is_torn=False))
    found: list[Token] = []
    notices: list[Notice] = []
    known = setting.given | {token.text for token in stream if token.text == "x"}
    position = 0
    while position < len(stream):
        token, after = (
            exponents.read(stream, position, setting) if stream[position].kind == NUMBER else (None, position)
        )
        if token is not None:
            found.append(token)
            notices.append(Notice(token.span, f"`{text[slice(*token.span)]}` was read as the number {token.text}"))
            position = after
            continue
        token = stream[position]
        if token.kind == NUMBER:
            _check_crossed(stream, position, text, known)
        name = names.get((token.text, _after(stream, position))) if token.kind == NAME else None
        if name is not None and name.takes_rest:
            raise _with_rest(stream, position, text, name)
        found += [token] if name is None else _factors(token, name, notices)
        position += 1
    is_torn = _has_name_behind_number(found)
    return found, notices + list(_doubts(found, _first_places(found), setting, is_torn=is_torn))


def _first_places(stream: list[Token]) -> dict[str, Span]:
    """Return where each name stands first."""
    return {token.text: token.span for token in reversed(stream) if token.kind == NAME}


def _names(stream: list[Token], names: Iterable[str], setting: Setting) -> set[tuple[str, str]]:
    """Return each name with what follows it, where one of them may be more than itself."""
    if not any(products.may_be_product(name, setting) for name in names):
        return set()
    return {(token.text, _after(stream, i)) for i, token in enumerate(stream) if token.kind == NAME}


def _has_name_behind_number(stream: list[Token]) -> bool:
    """Tell whether anything may be a number in another notation."""
    return f"{NUMBER} {NAME}" in " ".join([token.kind for token in stream])


def _after(stream: list[Token], position: int) -> str:
    """Tell what follows a name, as far as it matters to its reading."""
    following = stream[position + 1]
    if following.text in LOGIC or following.text in complaints.PROSE:
        return products.NOTHING
    if following.kind == "^" and _varies(stream, position + 2):
        return products.RAISED
    return _AFTER.get(following.kind, products.NOTHING)


def _varies(stream: list[Token], start: int) -> bool:
    """Tell whether an exponent has a variable: it is what stands close together, or a bracket."""
    depth = 0
    for token in stream[start : start + _LONGEST_EXPONENT]:
        depth += (token.kind in PARENTHESES) - (token.kind in CLOSERS)
        if token.kind == NAME and token.text not in catalogue.CONSTANTS:
            return True
        if depth <= 0 and token.kind not in ("-", "+"):
            return False
    return False


def _factors(token: Token, name: Name, notices: list[Notice]) -> list[Token]:
    """Return a token for each factor of a name."""
    if name.forms:
        raise complaints.several_meanings(token, name.forms)
    if name.other is not None:
        notices.append(Notice(token.span, f"`{token.text}` was read as one name, not as {name.other}"))
    if len(name.factors) == 1:
        return [token]
    notices.append(Notice(token.span))
    found = []
    start = token.span.start
    for factor in name.factors:
        span = Span(start, start + len(factor))
        found.append(Token(NUMBER if factor.isdigit() else NAME, factor, span))
        start = span.end
    return found


def _check_crossed(stream: list[Token], position: int, text: str, known: AbstractSet[str]) -> None:
    """Refuse `2x3` and `3e-x`: times or a name, to the power or minus."""
    number, name, *_ = shape = stream[position : position + 4]
    close = all(a.span.end == b.span.start for a, b in pairwise(shape))
    crossed = _CROSSED.fullmatch(name.text)
    if crossed and number.span.end == name.span.start and not known & {"x", name.text}:
        forms = (f"{number.text}*{crossed[1]}", f"{number.text}*{name.text}")
        raise complaints.two_readings(text, number.span.to(name.span), *forms)
    if close and [t.kind for t in shape] == [NUMBER, NAME, "-", NAME] and name.text == "e" and "e" not in known:
        end = run_end(stream, position + 3)
        rest = text[shape[3].span.start : end]
        forms = (f"{number.text}*e^(-{rest})", f"{number.text}*e - {rest}")
        raise complaints.two_readings(text, Span(number.span.start, end), *forms)


def _with_rest(stream: list[Token], position: int, text: str, name: Name) -> ExpressionError:
    """Return the error for `sin2 x` and `log3(x)`, whose argument stands behind the name."""
    end = run_end(stream, position + 1)
    rest = text[stream[position + 1].span.start : end]
    inner = rest[1:-1] if rest[0] == "(" and rest.find(")") == len(rest) - 1 else rest
    span = Span(stream[position].span.start, end)
    forms = (form.replace("(...", f"({inner}").replace("...", rest) for form in name.forms)
    return complaints.two_readings(text, span, *forms)


def _may_be_letters(name: str, setting: Setting) -> bool:
    """Tell whether a name with capitals may be a product, as in `wL + w`."""
    if name.islower() or not _WITH_CAPITAL.fullmatch(name):
        return False
    return not (name in setting.given or calls.name_called(name) is not None or name.lower() in WORDS)


def _doubts(stream: list[Token], texts: Mapping[str, Span], setting: Setting, *, is_torn: bool) -> Iterator[Notice]:
    """Yield what is said of names that may not be what they look like; a name behind a number may be torn from it."""
    unknown = {name: span for name, span in texts.items() if name not in setting.given}
    if "log" in unknown and "ln" in texts:
        yield Notice(texts["log"], "`log` is the natural logarithm here, as `ln` is; log10(x) is the common one")
    if "tau" in unknown:
        yield Notice(texts["tau"], _TAU)
    for unit in sorted(_IMAGINARY & unknown.keys()):
        if _is_raised(stream, unit):
            yield Notice(texts[unit], f"`{unit}` was read as a variable: complex numbers are not supported")
    for i, token in enumerate(stream if is_torn or not _MARKED.isdisjoint(unknown) else ()):
        if token.kind == NUMBER and exponents.looks_double(stream[i : i + 4], setting):
            letter = stream[i + 1]
            note = f"`{letter.text[0]}` was read as a factor; an exponent of ten is written close to its number: 1e-3"
            yield Notice(token.span.to(letter.span), note)
        torn = stream[i + 1] if token.kind == NUMBER else None
        if torn is not None and torn.text in unknown and _TORN.fullmatch(torn.text):
            note = f"`{torn.text}` was read as a name; an exponent of ten is written close to its number: 1{torn.text}"
            yield Notice(token.span.to(torn.span), note)
        if token.text in _SIGNS and token.text in unknown:
            yield Notice(token.span, f"`{token.text}` was read as a variable; {_SIGNS[token.text]}")
        if token.text == "E" and token.text in unknown and stream[i + 1].kind in ("^", POWER):
            yield Notice(token.span, _EULER)
    yield from _looks(texts, unknown, setting)


def _is_raised(stream: list[Token], letter: str) -> bool:
    """Tell whether a letter stands in an exponent of e, as the imaginary unit does: `e^(i*x)`, `exp(i*x)`."""
    depth, inside = 0, False
    for before, token in pairwise(stream):
        if not inside and ((before.text == "e" and token.kind == "^") or (before.text == "exp" and token.kind == "(")):
            depth, inside = 0, True
        depth += (token.kind in PARENTHESES) - (token.kind in CLOSERS)
        goes_on = token.kind in ("^", "-", NAME, NUMBER) and before.span.end == token.span.start
        inside = inside and (depth > 0 or goes_on)
        if inside and token.text == letter:
            return True
    return False


def _looks(texts: Mapping[str, Span], unknown: Mapping[str, Span], setting: Setting) -> Iterator[Notice]:
    """Yield what is said of names that look like a product or a power of others."""
    for name, span in texts.items():
        if len(name) == 1:
            continue
        if _may_be_letters(name, setting) and texts.keys() & set(name):
            yield Notice(span, f"`{name}` was read as one name, not as {'*'.join(name)}")
        power = _LOST_POWER.fullmatch(name)
        if power and name in unknown and power[1] in texts and not catalogue.is_function(name):
            yield Notice(span, f"`{name}` was read as one name; the power is {power[1]}^{power[2]}")


def run_end(stream: list[Token], position: int) -> int:
    """Return where the factors end that stand close together from here on, brackets whole."""
    depth = 0
    end = stream[position].span.start
    waits = False  # a function without brackets, for its argument
    for token in stream[position:]:
        close = token.span.start == end or depth or waits
        waits = token.kind == NAME and calls.takes_bare(token.text)
        depth += (token.kind in PARENTHESES) - (token.kind in CLOSERS)
        part = token.kind in (NUMBER, NAME, POWER, "^", "!", "√", *PARENTHESES, *CLOSERS)
        if token.kind == END or depth < 0 or not (depth or (close and part)):
            break
        end = token.span.end
    return end
