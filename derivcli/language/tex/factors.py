r"""Numbers, letters and the names of functions, and what stands at them: `x^{2}`, `m_{1}`, `f'`, `\bar{x}`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError, Span
from derivcli.hints import ByAt, Hint
from derivcli.language import complaints as plain
from derivcli.language.limits import check_name
from derivcli.language.tex import commands, complaints
from derivcli.language.tex.commands import COMMAND, FUNCTION, OPERATOR
from derivcli.language.tex.items import CLOSE, INDEX, OPEN, PART, POWER, ROOT, WANTS, Item
from derivcli.language.tokens import NAME, NUMBER

if TYPE_CHECKING:
    from derivcli.language.tex.structure import ItemBuilder

_MOST_RATES = 4  # items before a derivative, which stands in front of a formula: `y' =` has three
_HYPERGEOMETRIC = re.compile(r"_ \{? ?([12]) (?:\} )?F _ \{? ?1(?: \})?")
_POINT = re.compile(r"_\s*\{\s*([^\W\d]\w*)\s*=([^{}=,]+)\}")
_PARTS_OF_NAME = frozenset({NUMBER, NAME, FUNCTION, commands.WORD, "letters"})
_SEPARATORS = frozenset({",", ";"})
_OF_INDEX = frozenset("[]")
_NAME_OR_INDEX = re.compile(r"[^\W_]\w*(\[[0-9]+(,[0-9]+)*\])?|\[[0-9]+(,[0-9]+)*\]")


def number(builder: ItemBuilder, lexeme: Item) -> None:
    """Read a number; a command without braces takes one digit."""
    if builder.top.kind == WANTS and not builder.top.begun and len(lexeme.text) > 1:
        lexeme = _digit(builder, lexeme)
    signed = builder.top.kind == WANTS and builder.top.begun
    builder.begin(lexeme)
    builder.add(NUMBER, lexeme)
    if signed and builder.next.kind in (NAME, FUNCTION, commands.OPEN) and not builder.next.apart:
        raise _signed_power(builder, lexeme)
    builder.end(lexeme.span)


def _digit(builder: ItemBuilder, lexeme: Item) -> Item:
    """Return the first digit; raises `ExpressionError` where all of them are meant."""
    if builder.top.shape == INDEX and lexeme.text == "10":
        return lexeme
    if builder.top.shape != PART or not lexeme.text.isdigit():
        sign = builder.text[slice(*builder.top.lexeme.span)]
        typed = builder.text[builder.top.lexeme.span.start : lexeme.span.end]
        raise complaints.script(typed, sign, lexeme.text, builder.top.lexeme.span.to(lexeme.span))
    start = lexeme.span.start
    builder.position -= 1
    builder.lexemes[builder.position] = Item(NUMBER, lexeme.text[1:], Span(start + 1, lexeme.span.end))
    return Item(NUMBER, lexeme.text[0], Span(start, start + 1), lexeme.apart)


def _signed_power(builder: ItemBuilder, number: Item) -> ExpressionError:
    sign, rest = builder.top.lexeme, builder.text[slice(*builder.next.span)]
    power = builder.text[sign.span.end : number.span.end].strip()
    typed = builder.text[sign.span.start : builder.next.span.end]
    span = sign.span.to(builder.next.span)
    return complaints.two_meanings(typed, span, f"^{{{power}{rest}}}", f"^{{{power}}} {rest}")


def name(builder: ItemBuilder, lexeme: Item) -> None:
    """Read a letter or a longer name."""
    is_argument = builder.top.kind == WANTS
    builder.begin(lexeme)
    builder.add(NAME, lexeme)
    if is_argument:
        builder.end(lexeme.span)
    else:
        builder.scripted = len(builder.items) - 1


def function(builder: ItemBuilder, lexeme: Item) -> None:
    """Read the name of a function."""
    if builder.top.kind == WANTS:
        typed = builder.text[slice(*lexeme.span)]
        hint = f"write them around all of it: `{{{typed} ...}}`"
        raise ExpressionError("braces are missing", lexeme.span, hint=hint)
    builder.add(FUNCTION, lexeme)


# Scripts and accents.


def power(builder: ItemBuilder, lexeme: Item) -> None:
    """Read `^`: a prime, degrees of an angle, the power of a function, or a power."""
    if not builder.after_operand:
        raise ExpressionError("something is missing before `^`", lexeme.span)
    if _primes(builder) or _degrees(builder, lexeme):
        return
    last = builder.items[-1]
    if last.kind == CLOSE and last.shape == POWER:
        raise ExpressionError("a second power", lexeme.span, hint="write braces: `{x^a}^b` or `x^{a^b}`")
    base = builder.scripted if last.kind == NAME else None
    builder.add("^", lexeme)
    builder.wants(lexeme, POWER, []).base = base


def _braced(builder: ItemBuilder) -> tuple[list[Item], int]:
    """Return the lexemes in the braces that follow, or the next one, and the position after them."""
    if builder.next.kind not in ("{", commands.END):
        return [builder.next], builder.position + 1
    end, depth = builder.position, 0
    while builder.lexemes[end].kind != commands.END:
        depth += (builder.lexemes[end].kind == "{") - (builder.lexemes[end].kind == "}")
        if not depth:
            break
        end += 1
    if builder.lexemes[end].kind == commands.END:
        before = builder.lexemes[builder.position - 1].span
        raise plain.missing_after(builder.text[slice(*before)], before)
    return builder.lexemes[builder.position + 1 : end], end + 1


def _primes(builder: ItemBuilder) -> bool:
    r"""Read `^{\prime\prime}`; it is written `''` too."""
    count = 0
    position = builder.position + (builder.next.kind == "{")
    while builder.lexemes[position].text == "prime" or builder.lexemes[position].text == "'":
        position, count = position + 1, count + 1
    if not count:
        return False
    for _ in range(count):
        builder.add("'", builder.next._replace(text="'"))
    builder.position = position + (builder.lexemes[position].kind == "}")
    return True


def _degrees(builder: ItemBuilder, lexeme: Item) -> bool:
    r"""Read `30^\circ`, which is 30 times pi/180."""
    inside = builder.lexemes[builder.position : builder.position + 3]
    kinds = [inner.text for inner in inside]
    length = 1 if kinds[:1] == ["circ"] else 3 if kinds == ["{", "circ", "}"] else 0
    base = builder.items[-1]
    if not length or base.kind not in (NUMBER, NAME):
        return False
    builder.position += length
    end = Span(lexeme.span.start, inside[length - 1].span.end)
    parts = [
        base,
        Item("*", "*", end),
        Item(NAME, "pi", end),
        Item("/", "/", end, shape=ROOT),
        Item(NUMBER, "180", end),
    ]
    builder.items[-1:] = [base._replace(kind=OPEN, text="", shape=ROOT), *parts, Item(CLOSE, ")", end, shape=ROOT)]
    builder.scripted = None
    return True


def index(builder: ItemBuilder, lexeme: Item) -> None:
    """Read `_`: a part of a name, the base of a logarithm, or the order of a function."""
    last = builder.items[-1] if builder.items else None
    if builder.scripted is not None:
        place = builder.scripted
        name = builder.items[place]
        text, span = _subscript(builder, lexeme)
        check_name(len(name.text) + len(text) + 1, span)
        whole = name.span.to(span) if place == len(builder.items) - 1 else name.span
        joint = "" if text.startswith("[") else "_"
        builder.items[place] = name._replace(text=f"{name.text}{joint}{text}", span=whole)
        builder.scripted = None
    elif last is not None and last.kind == "∂":
        text, span = _subscript(builder, lexeme)
        builder.items[-1] = Item("∂", f"D_{text}", last.span.to(span), last.apart)
    elif _hypergeometric(builder, lexeme):
        return
    elif last is not None and _is_function(builder):
        builder.add("_", lexeme)
        builder.wants(lexeme, INDEX, [])
    else:
        point = _POINT.match(builder.text, lexeme.span.start)
        if point is not None or (last is not None and last.kind == CLOSE):  # `x^2|_{x=2}`, `\right|_2`
            value = f"{point[1]}={point[2].strip().replace(chr(92), '')}" if point is not None else "x=2"
            asked = Hint("give it ", ByAt(value))
            raise ExpressionError("a point is not read from the formula", lexeme.span, hint=asked)
        hint = "a subscript follows a letter, as in `x_1`"
        raise ExpressionError("a subscript has no meaning here", lexeme.span, hint=hint)


def _is_function(builder: ItemBuilder) -> bool:
    r"""Tell whether a function's name stands before, perhaps with a power: `\log^2_3`."""
    last = builder.items[-1]
    if last.kind == CLOSE and last.shape == POWER:
        depth, place = 1, len(builder.items) - 2
        while depth and place > 0:
            depth += (builder.items[place].kind == CLOSE) - (builder.items[place].kind == OPEN)
            place -= 1
        last = builder.items[place - 1] if place > 0 else last
    return last.kind == FUNCTION


def _subscript(builder: ItemBuilder, lexeme: Item) -> tuple[str, Span]:
    """Return a subscript as a part of a name, and where it stands."""
    inside, after = _braced(builder)
    if builder.next.kind == NUMBER and len(builder.next.text) > 1:
        typed = builder.text[lexeme.span.start : builder.next.span.end]
        raise complaints.script(typed, "_", builder.next.text, lexeme.span.to(builder.next.span))
    span = lexeme.span.to(builder.lexemes[after - 1].span)
    texts = []
    for inner in inside:
        if inner.kind == OPERATOR and inner.text in _SEPARATORS:
            texts.append("," if "[" in texts else "_")
        elif (inner.kind in _PARTS_OF_NAME or inner.text in _OF_INDEX) and "." not in inner.text:
            texts.append(inner.text)
        else:
            raise complaints.subscript(span)
    if not _NAME_OR_INDEX.fullmatch("".join(texts).strip("_")):
        raise complaints.subscript(span)
    builder.position = after
    return "".join(texts), span


def _hypergeometric(builder: ItemBuilder, lexeme: Item) -> bool:
    r"""Read `{}_2F_1`."""
    following = " ".join(inner.text for inner in builder.lexemes[builder.position - 1 : builder.position + 9])
    match = _HYPERGEOMETRIC.match(following)
    if match is None:
        return False
    builder.position += match.group().count(" ")
    span = lexeme.span.to(builder.lexemes[builder.position - 1].span)
    builder.add(FUNCTION, Item(FUNCTION, f"hyp{match[1]}f1", span))
    return True


def accent(builder: ItemBuilder, lexeme: Item) -> None:
    r"""Read `\bar{x}`, which is a name."""
    inside, after = _braced(builder)
    if len(inside) != 1 or inside[0].kind != NAME:
        raise complaints.unknown_command(lexeme.text, lexeme.span)
    builder.position = after
    span = lexeme.span.to(builder.lexemes[after - 1].span)
    whole = f"{inside[0].text}_{commands.ACCENTS[lexeme.text]}"
    name(builder, Item(NAME, whole, span, lexeme.apart))


def rate(builder: ItemBuilder, lexeme: Item) -> None:
    r"""Write `\dv[2]{y}{x}` out as a fraction."""
    if len(builder.items) > _MOST_RATES or builder.next.text not in ("{", "["):
        raise complaints.unknown_command(lexeme.text, lexeme.span)
    order: list[Item] = []
    if builder.next.text == "[":
        inside = builder.lexemes[builder.position + 1 : builder.position + 3]
        if [part.kind for part in inside] != [NUMBER, commands.CLOSE]:
            raise plain.missing_after(builder.text[slice(*lexeme.span)], lexeme.span)
        order = [lexeme._replace(kind="^", text="^"), builder.lexemes[builder.position + 1]]
        builder.position += 3
    first, builder.position = _braced(builder)
    second: list[Item] = []
    if builder.next.kind == "{":
        second, builder.position = _braced(builder)
    above, below = (first, second) if second else ([], first)
    d = Item(OPERATOR, "∂", lexeme.span) if lexeme.text == "pdv" else Item(NAME, "d", lexeme.span)
    opened, closed = lexeme._replace(kind="{", text="{"), lexeme._replace(kind="}", text="}")
    fraction = Item(COMMAND, "frac", lexeme.span)
    written = [fraction, opened, d, *order, *above, closed, opened, d, *below, *order, closed]
    builder.lexemes[builder.position : builder.position] = written
