"""A formula with names for its parts: `z = x*y; z^2 + sin(z)`, in any order, one a line or after a semicolon.

::

    text = part { ( ";" | NEWLINE | "," ) part }
    part = [ NAME [ "(" NAME { "," NAME } ")" ] ( "=" | ":=" | "<-" ) ] expression | slope

A comma separates parts where a definition stands next to it. f is the one part that is no definition, else the last.
A part `f(x) = ...` is f elsewhere, and `f(x)` too. `slopes` are asked for by the name of a part: `dy/dx`, `f'(x)`.
`definitions` puts the parts together.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from derivcli.errors import ExpressionError, Span
from derivcli.language import catalogue, complaints, placed, slopes
from derivcli.language.brackets import called, close, closers, depths, ends_operand, kinds, renamed
from derivcli.language.cuts import LONGEST
from derivcli.language.operators import LOGIC, PARENTHESES, TYPES
from derivcli.language.slopes import head_length
from derivcli.language.tokens import END, NAME, NUMBER, POWER, Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from derivcli.language.derivatives import Asked

_BEGINS = frozenset({NAME, NUMBER, "√", "|", *PARENTHESES})
_FEW = 50  # names that every part is read with; of more, only those that it may hold: each costs every part time
_LONGEST = 60  # characters of f that a note repeats: one line
_LONGEST_HEAD = 6  # tokens: `const f = lambda x, y:` has commas of its own
_LAST = "the last of the definitions"
_UNUSED = "the one that no other uses"
_IMPORTS = frozenset({"import", "from", "using"})


class Part(NamedTuple):
    """An expression and the name that it is given, if there is one, with the variables of `f(x, y) =`.

    `asked` is a slope of another part that is asked for by its name: then that part is the expression.
    """

    name: Token | None
    stream: list[Token]
    variables: tuple[str, ...] = ()
    asked: Asked | None = None


def split(stream: list[Token], text: str, given: AbstractSet[str] = frozenset()) -> list[Part]:
    """Return the parts of a text; a text without definitions is one. Raises `ExpressionError` for a line in doubt.

    A part such as `dy/dx` or `f'(x)` asks for a slope of another part; `given` are the names with a value.
    """
    whole = [Part(None, stream)]
    if not any(head_length(stream, i) for i in range(len(stream) - 1)):
        return whole
    sentence = slopes.clauses(stream, given)
    if sentence is None:
        placed.check(stream, given, has_parts=True)
    defined, asked = (sentence[0], [sentence[1]]) if sentence else (stream, [])
    parts = [_part(piece) for piece in (*_pieces(defined, text), *asked) if not _is_frame(piece)]
    if len(parts) < 2 or not any(part.name for part in parts):
        return whole
    _check_lines(stream, text)
    names = {part.name.text: part for part in parts if part.name is not None}
    functions = {name: part.variables for name, part in names.items() if part.variables}
    asking = (_asking(part, names, text, given) for part in parts)
    return [_applied(part, functions, text) for part in asking] if functions else list(asking)


def _check_lines(stream: list[Token], text: str) -> None:
    """Refuse a line among parts that begins with a sign."""
    for before, token in pairwise(stream):
        if token.kind in ("-", "+") and ends_operand(before) and "\n" in text[before.span.end : token.span.start]:
            message = "this line could continue the one before, or be a part of its own"
            raise ExpressionError(message, token.span, hint="end each part with a semicolon")


def _asking(part: Part, names: Mapping[str, Part], text: str, given: AbstractSet[str]) -> Part:
    """Return a part that asks for a slope of another one by its name; refuse `3*dy/dx`, and the value `f'(3)`."""
    found = slopes.alone(part.stream, given) if part.name is None else None
    of = names.get(found.name.text) if found is not None else None
    if found is not None and of is None and found.is_of_any and len(names) == 1:
        of = next(iter(names.values()))
    if found is None or of is None or of.name is None:
        slopes.check_inside(part.stream, names, given)
        return part
    by = found.asked.names[:1]
    if by and of.variables and by[0] not in of.variables and "'" in {t.kind for t in part.stream}:
        found = found._replace(value="...")  # `f'(a)`
    if found.value:
        span = Span(found.name.span.start, part.stream[found.end - 1].span.end)
        raise complaints.slope_beside(text[slice(*span)], span, found.name.text, found.options(of.variables))
    return part._replace(stream=[renamed(found.name, of.name.text), part.stream[-1]], asked=found.asked)


def _applied(part: Part, functions: Mapping[str, tuple[str, ...]], text: str) -> Part:
    """Return a part with `f(x)` as f where `f(x) = ...` is another part; refuse `f(2x)`, a value, and `f^-1(x)`."""
    dropped: set[int] = set()
    _check_other_calls(part.stream, functions, text)
    for place, start, end, _ in called(part.stream):
        name = part.stream[place]
        span = name.span.to(part.stream[end].span)
        if name.text in functions:
            inside = [token.text for token in part.stream[start + 1 : end]]
            if inside[::2] != list(functions[name.text]) or set(inside[1::2]) - {","}:
                raise complaints.value_of_part(text[slice(*span)], span, name.text, functions[name.text])
            dropped.update(range(start, end + 1))
        elif name.text[1:] in functions and not catalogue.is_function(name.text):
            raise complaints.call_in_name(text[slice(*span)], span, name.text, name.text[1:])
    return part._replace(stream=[token for i, token in enumerate(part.stream) if i not in dropped])


def _check_other_calls(stream: list[Token], functions: Mapping[str, tuple[str, ...]], text: str) -> None:
    """Refuse `f^-1(x)` and `f^2(x)`, an inverse or f of f to some, and `f x`."""
    ends: dict[int, int] | None = None
    for i, (name, following) in enumerate(pairwise(stream)):
        if name.kind != NAME or name.text not in functions:
            continue
        call = f"{name.text}({', '.join(functions[name.text])})"
        if following.text in functions[name.text]:
            forms = (f"{name.text}({following.text})", f"{name.text}*{following.text}")
            raise complaints.two_readings(text, name.span.to(following.span), *forms)
        if following.kind not in ("^", POWER):
            continue
        ends = closers(stream) if ends is None else ends
        start = _power_end(stream, i + 1, ends)
        if start in ends and close(stream[start - 1], stream[start]):
            power = text[following.span.start : stream[start - 1].span.end]
            raise complaints.power_of_part(text, name.span.to(stream[ends[start]].span), f"{call}{power}")


def _power_end(stream: list[Token], position: int, ends: Mapping[int, int]) -> int:
    """Return where the power ends that begins at a position: `²`, `^-1`, `^(-1)`."""
    if stream[position].kind == POWER:
        return position + 1
    above = position + 1 + (stream[position + 1].kind == "-")
    return ends.get(above, above) + 1


def _pieces(stream: list[Token], text: str) -> list[list[Token]]:
    """Cut a text where a part ends; each piece has an end of its own."""
    pieces: list[list[Token]] = [[]]
    for i, (token, depth) in enumerate(zip(stream[:-1], depths(stream), strict=False)):
        if not depth and (token.kind == ";" or _is_comma(stream, i, pieces[-1])):
            pieces.append([])
            continue
        opens = depth == (token.kind in PARENTHESES)
        if opens and pieces[-1] and _starts_line(stream, i, text):
            pieces.append([])
        pieces[-1].append(token)
    return [[*piece, Token(END, "", Span(piece[-1].span.end, piece[-1].span.end))] for piece in pieces if piece]


def _is_comma(stream: list[Token], position: int, piece: list[Token]) -> bool:
    if stream[position].kind != "," or any(token.text == "lambda" for token in piece[:_LONGEST_HEAD]):
        return False
    around = stream[max(0, position - 1) : position + 2]
    if kinds(around, 0, 3) == [NUMBER, ",", NUMBER] and all(map(close, around, around[1:])):
        return False  # `y = 0,5x`
    return bool(head_length(stream, position + 1) or head_length(piece, 0))


def _starts_line(stream: list[Token], position: int, text: str) -> bool:
    """Tell whether a part starts on a new line: where an operand follows another, or a definition follows."""
    before, token = stream[position - 1], stream[position]
    if "\n" not in text[before.span.end : token.span.start]:
        return False
    begins = token.kind in _BEGINS and token.text not in LOGIC
    return (begins and ends_operand(before)) or bool(head_length(stream, position))


def _is_frame(piece: list[Token]) -> bool:
    """Tell whether a line only leads to the formula: `import numpy as np`, `def f(x):`."""
    words = [token.text for token in piece if token.kind == NAME]
    is_head = piece[0].text == "def" and piece[-2].kind == ":"
    return is_head or (piece[0].text in _IMPORTS and len(words) > 1)


def _part(piece: list[Token]) -> Part:
    start = 1 if piece[0].text in TYPES and piece[1].kind == NAME else 0
    length = head_length(piece, start)
    if not length:
        return Part(None, piece)
    variables = tuple(token.text for token in piece[start + 1 : start + length] if token.kind == NAME)
    return Part(piece[start], piece[start + length :], variables)


def chosen(parts: list[Part], text: str) -> tuple[int, str]:
    """Return which part is f, and a note that says so; raises `ExpressionError` where several could be."""
    bare = [i for i, part in enumerate(parts) if part.name is None]
    if len(bare) > 1:
        span = parts[bare[1]].stream[0].span
        raise ExpressionError("a second expression has no name", span, hint="name all parts but one: `a = x*y; a^2`")
    place = bare[0] if bare else _whole(parts)
    name, stream, variables, _ = parts[place]
    if name is None or variables:  # `f(x) = ...` says so itself
        return place, said_of(text[stream[0].span.start : stream[-1].span.start].strip())
    return place, f"f is `{name.text}`, {_LAST if place == len(parts) - 1 else _UNUSED}"


def said_of(body: str) -> str:
    """Return the note that says which part is f."""
    return f"f is `{body}`" if len(body) <= _LONGEST else "f is the part that is no definition"


def _whole(parts: list[Part]) -> int:
    """Return which definition is f: the last one, or the only one that no other uses."""
    used: set[str] = set()
    for name, stream, *_ in parts:
        used |= {token.text for token in stream if token.kind == NAME and not (name and name.text == token.text)}
    unused = [i for i, part in enumerate(parts) if part.name is not None and part.name.text not in used]
    return unused[0] if len(unused) == 1 else len(parts) - 1


def check_names(parts: list[Part]) -> None:
    """Raise `ExpressionError` for a name that is defined twice."""
    seen: set[str] = set()
    for name, *_ in parts:
        if name is not None and name.text in seen:
            hint = "a name has one definition: give each part its own name"
            raise ExpressionError(f"`{name.text}` is defined twice", name.span, hint=hint)
        seen |= {name.text} if name else set()


def names_near(part: Part, names: Mapping[str, Token]) -> Iterable[str]:
    """Return the names of parts that can matter to the reading of one: all of a few, else those that it may hold."""
    if len(names) <= _FEW:
        return names
    held: set[str] = set()
    for token in part.stream:
        size = len(token.text)
        if token.kind == NAME and size <= LONGEST:
            held.update(token.text[i:j] for i in range(size) for j in range(i + 1, size + 1))
        held.add(token.text)
    return names.keys() & held
