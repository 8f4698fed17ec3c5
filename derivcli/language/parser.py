"""A text -> its tree: what stands around an expression, names for its parts, the two sides of an equation."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from derivcli.errors import ExpressionError, LimitError
from derivcli.language import complaints
from derivcli.language.brackets import QUOTES, Decoded
from derivcli.language.derivatives import check_side
from derivcli.language.foreign.vocabulary import CALLED, CONSTANTS, SAID, SPOKEN, WORDS
from derivcli.language.grammar import tree_of
from derivcli.language.lookalikes import check
from derivcli.language.notes import Notice, notes_on
from derivcli.language.outside import sides, strip, unused
from derivcli.language.printer import to_text
from derivcli.language.products import Setting
from derivcli.language.reading import meant
from derivcli.language.styles import style_of
from derivcli.language.symbols import all_ascii
from derivcli.language.tex import is_tex
from derivcli.language.tokens import END, NAME, NUMBER, POWER, Token, tokenize
from derivcli.language.tree import Node

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from derivcli.language.derivatives import Asked
    from derivcli.language.parts import Part

_PLAIN = frozenset({NUMBER, NAME, POWER, END, *"+-*/^(),!|<>", "//", "<=", ">=", "==", "!=", "√", "∂", "?", ":"})
_ALONE = 2  # tokens: a number and the end, of which no rule has anything to say
_DEFINING = frozenset("=<")  # how what gives a name to a part begins
_SIGNS = re.compile(r"[-=]>|[*.]\^|\(\)|@|::")
_COMMENTS = ("#", "/*", "//")
# Texts whose reading is kept: one expression is asked about at many points, and a point is read by several. Of longer
# texts than a line the trees are too large to be kept.
_KEPT, LONGEST_KEPT = 64, 200


class Definitions(NamedTuple):
    """The names that a text gives to its parts, what each stands for, and f in these names.

    `held` are the parts that a slope is asked by, in the order of the text: they are variables of f.
    """

    texts: dict[str, str]
    body: str
    held: dict[str, Node]

    @property
    def whole(self) -> str:
        """The text with its definitions, each once."""
        return "; ".join((*(f"{name} = {text}" for name, text in self.texts.items()), self.body))


class Parsed(NamedTuple):
    """A tree, what a reader should know about how the text was read, and what a notation around it asks for."""

    tree: Node
    notes: tuple[str, ...]
    asked: Asked | None = None
    definitions: Definitions | None = None


def parse(text: str, variables: Iterable[str] = (), *, at_point: bool = False, wrt: Iterable[str] = ()) -> Parsed:
    """Read an expression and what stands around it; `variables` are the names with a value, all `at_point`.

    A name in `wrt` stays a variable of the expression also where the text defines it.

    Raises `ExpressionError` or `LimitError`, with the span of what is wrong and the text as its source.
    """
    read = _kept if len(text) <= LONGEST_KEPT else _read
    return read(text, Setting(frozenset(variables), at_point), frozenset(wrt))


def _read(text: str, setting: Setting, wrt: frozenset[str]) -> Parsed:
    try:
        if is_tex(text):
            return _one(_formula(text, setting), text, setting)
        stream = tokenize(text)
        parsed = _several(unquoted(stream), text, setting, wrt)
        said = comments(stream, text)
        return parsed._replace(notes=(*said, *parsed.notes)) if said else parsed
    except (ExpressionError, LimitError) as error:
        raise error.within(text) from None


_kept = lru_cache(_KEPT)(_read)


def parse_equation(text: str, variables: Iterable[str] = (), *, at_point: bool = False) -> tuple[Parsed, Parsed]:
    """Read both sides of an equation; an expression alone is one whose right side is 0.

    Raises as `parse` does.
    """
    setting = Setting(frozenset(variables), at_point)
    try:
        if is_tex(text):
            return _equation(_formula(text, setting), text, setting)
        stream = tokenize(text)
        notices = check(stream, text, setting.given)
        left, right = _equation(_plain(stream, text, setting, notices), text, setting)
        return left._replace(notes=(*comments(stream, text), *left.notes)), right
    except (ExpressionError, LimitError) as error:
        raise error.within(text) from None


def _formula(text: str, setting: Setting) -> Decoded:
    """Read LaTeX."""
    from derivcli.language.tex import arguments  # most texts are none

    return arguments.read(text, setting.given)


def _one(source: Decoded, text: str, setting: Setting) -> Parsed:
    """Read an expression and what stands around it."""
    setting = _with(setting, source.names)
    inside = strip(source.stream, text, setting.given)
    setting = _with(setting, inside.asked.names if inside.asked else ())
    parsed = _inner(inside.stream, text, setting, source.notices)
    notes = (*inside.notes, *unused(inside.variables, parsed.tree), *parsed.notes)
    return Parsed(parsed.tree, notes, inside.asked)


def _with(setting: Setting, names: Iterable[str]) -> Setting:
    """Return what is known beside a text with more names that stand for themselves."""
    return Setting(setting.given.union(names), setting.at_point) if names else setting


def _equation(source: Decoded, text: str, setting: Setting) -> tuple[Parsed, Parsed]:
    """Read both sides of an equation."""
    setting = _with(setting, source.names)
    left, right = sides(source.stream)
    check_side(left, setting.given)
    check_side(right or [], setting.given)
    first = _inner(left, text, setting, source.notices)
    return first, Parsed(Node(NUMBER, text="0"), ()) if right is None else _inner(right, text, setting)


def _several(stream: list[Token], text: str, setting: Setting, wrt: frozenset[str]) -> Parsed:
    """Read an expression that may come with names for its parts; those in `wrt` are held."""
    if len(stream) == _ALONE and stream[0].kind == NUMBER:  # as most values of a point are
        return Parsed(Node(NUMBER, text=stream[0].text, span=stream[0].span), ())
    notices = check(stream, text, setting.given)
    if _DEFINING.isdisjoint({token.kind for token in stream}):
        return _one(_plain(stream, text, setting, notices), text, setting)
    from derivcli.language import parts

    found = parts.split(stream, text, setting.given)
    if len(found) == 1:
        return _one(_plain(stream, text, setting, notices), text, setting)
    joined = _joined(found, text, setting, wrt)
    return joined._replace(notes=(*(one.note for one in notices if one.note), *joined.notes)) if notices else joined


def _plain(stream: list[Token], text: str, setting: Setting, notices: list[Notice]) -> Decoded:
    """Return what the tokens of one expression mean, with what has been seen before."""
    source = decoded(stream, text, setting.given)
    return source._replace(notices=[*notices, *source.notices]) if notices else source


def _joined(found: list[Part], text: str, setting: Setting, wrt: frozenset[str]) -> Parsed:
    """Read each part by itself, and put those with names into f."""
    from derivcli.language import definitions, parts

    place, note = parts.chosen(found, text)
    parts.check_names(found)
    names = {part.name.text: part.name for part in found if part.name is not None}
    read = []
    for part in found:
        near = _with(setting, parts.names_near(part, names) if text.isascii() else names)
        one = _one(decoded(part.stream, text, near.given), text, near)
        read.append(one._replace(asked=part.asked) if part.asked else one)
    body = read[place]
    if found[place].asked:
        note = ""  # `dy/dx` says itself that f is y
    elif body.asked:
        note = parts.said_of(to_text(body.tree, style_of(text)))  # f is what `d/dx` stands before
    for part, one in zip(found, read, strict=True):
        if one.asked and one is not body:
            raise complaints.derivative_inside(part.stream[0].span)
    trees = {part.name.text: one.tree for part, one in zip(found, read, strict=True) if part.name is not None}
    tree, used = definitions.joined(body.tree, trees, names)
    last = found[place].name
    needed = used | {last.text if last else ""}
    idle = [f"`{name}` is defined but not used" for name in names.keys() - needed]
    lists = (part.variables for part in found if part.name is not None and part.name.text in needed)
    absent = (said for variables in lists for said in unused(variables, tree))
    said = (*([note] if note else []), *(said for one in read for said in one.notes), *absent, *sorted(idle))
    notes = dict.fromkeys(said)
    texts = {name: to_text(part) for name, part in trees.items()}
    by = body.asked.names if body.asked else ()
    definitions.check_asked(by, names, texts)
    wanted = wrt.union(by)
    held: dict[str, Node] = {}
    if not wanted.isdisjoint(used):
        tree, held = definitions.holding(body.tree, trees, wanted & used)
    definitions.check_variables(tree, names, texts)
    return Parsed(tree, tuple(notes), body.asked, Definitions(texts, to_text(body.tree), held))


def _inner(stream: list[Token], text: str, setting: Setting, said: Iterable[Notice] = ()) -> Parsed:
    """Read an expression from tokens that end with an `end` token; spans point into `text`.

    `said` are places whose reading has to be said beside those that are seen here.
    """
    stream, notices = meant(stream, text, setting)
    tree, notices = tree_of(stream, text, setting.given, [*said, *notices])
    if tree.is_condition:
        raise complaints.condition_not_number(tree.span)
    return Parsed(tree, notes_on(tree, text, notices))


def decoded(stream: list[Token], text: str, given: AbstractSet[str]) -> Decoded:
    """Return what the tokens of a program mean; raises `ExpressionError` for what is not read, or in doubt."""
    if _is_plain(stream, text) and all_ascii(frozenset(given)):
        return Decoded(stream, [])
    from derivcli.language.foreign import reading

    return reading.decoded(stream, text, given)


def _is_plain(stream: list[Token], text: str) -> bool:
    """Tell whether nothing in a text is read in another way than it stands there."""
    if not text.isascii() or not _PLAIN.issuperset([token.kind for token in stream]):
        return False
    start, end = stream[0].span.start, stream[-1].span.end
    names = {token.text for token in stream if token.kind == NAME}
    return not (_SIGNS.search(text, start, end) or any(map(_is_borrowed, names)))


@lru_cache(maxsize=1_000)  # names: one text after the other has the same
def _is_borrowed(name: str) -> bool:
    is_base = name.startswith("log") and name[3:].isdigit()
    return (
        name in CONSTANTS
        or name in WORDS
        or name in SAID
        or name.lower() in SPOKEN
        or is_base
        or name.lower() in CALLED
    )


def comments(stream: list[Token], text: str) -> tuple[str, ...]:
    """Return what is said of the comments in a text."""
    if not any(sign in text for sign in _COMMENTS):
        return ()
    from derivcli.language.foreign import reading

    return tuple(reading.comments(stream, text))


def unquoted(stream: list[Token]) -> list[Token]:
    """Return a text without the quotes around the whole of it."""
    if stream[0].kind not in QUOTES:
        return stream
    from derivcli.language.foreign import reading

    return reading.unquoted(stream)
