"""A formula with names for its parts: `z = x*y; z^2 + sin(z)`, in any order, one a line or after a semicolon.

::

    text = part { ( ";" | NEWLINE | "," ) part }
    part = [ NAME ( "=" | ":=" | "<-" ) ] expression

A comma separates parts where a definition stands next to it. f is the one part that is no definition, else the last.
A part that a slope is asked by is held: left as it is wherever f uses it, also by way of other parts. So f is a
function of it, and its coordinate is its definition with the point's values put in.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from derivcli.errors import DerivError, ExpressionError, PointError, Span
from derivcli.language.brackets import close, depths, ends_operand, kinds
from derivcli.language.limits import check_constants, check_depth
from derivcli.language.operators import LOGIC, PARENTHESES
from derivcli.language.products import LONGEST
from derivcli.language.rates import as_operator
from derivcli.language.tokens import END, NAME, NUMBER, Token
from derivcli.language.tree import VARIABLE, Node, each, fold, variables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from derivcli.language.parser import Definitions
    from derivcli.language.question import Question

_TYPES = frozenset({"let", "const", "var", "double", "float", "auto"})
_BEGINS = frozenset({NAME, NUMBER, "√", "|", *PARENTHESES})
_FEW = 50  # names that every part is read with; of more, only those that it may hold: each costs every part time
_LONGEST = 60  # characters of f that a note repeats: one line
_LONGEST_HEAD = 6  # tokens: `const f = lambda x, y:` has commas of its own
_LAST = "the last of the definitions"
_UNUSED = "the one that no other uses"
_IMPORTS = frozenset({"import", "from", "using"})
_NUMERAL = re.compile(r"-?(\d[\w.]*|pi|e|tau)(/\d+)?")  # what a point's value looks like: `3`, `-0.5`, `pi/4`
_BESIDE = "beside"  # no operation: trees that are walked as one


class Part(NamedTuple):
    """An expression and the name that it is given, if there is one."""

    name: Token | None
    stream: list[Token]


def split(stream: list[Token], text: str, given: AbstractSet[str] = frozenset()) -> list[Part]:
    """Return the parts of a text; a text without definitions is one. Raises `ExpressionError` for a line in doubt.

    A rate of a part, `dy/dx` for `y = x^2; dy/dx`, is read as `d/dx y`; `given` are the names with a value.
    """
    whole = [Part(None, stream)]
    if not any(_defines(stream, i) for i in range(len(stream) - 1)):
        return whole
    parts = [_part(piece) for piece in _pieces(stream, text) if not _is_frame(piece)]
    if len(parts) < 2 or not any(part.name for part in parts):
        return whole
    for before, token in pairwise(stream):
        if token.kind in ("-", "+") and ends_operand(before) and "\n" in text[before.span.end : token.span.start]:
            message = "this line could continue the one before, or be a part of its own"
            raise ExpressionError(message, token.span, hint="end each part with a semicolon")
    names = {part.name.text for part in parts if part.name is not None}
    return [part._replace(stream=as_operator(part.stream, names, given)) for part in parts]


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
    return _defines(stream, position + 1) or _defines(piece, 0)


def _starts_line(stream: list[Token], position: int, text: str) -> bool:
    """Tell whether a part starts on a new line: where an operand follows another, or a definition follows."""
    before, token = stream[position - 1], stream[position]
    if "\n" not in text[before.span.end : token.span.start]:
        return False
    begins = token.kind in _BEGINS and token.text not in LOGIC
    return (begins and ends_operand(before)) or _defines(stream, position)


def _defines(stream: list[Token], position: int) -> bool:
    """Tell whether `NAME =` stands at a position."""
    return _sign_length(stream, position) > 0


def _sign_length(stream: list[Token], position: int) -> int:
    shape = kinds(stream, position, 3)
    if shape[:2] == [NAME, "="]:
        return 1
    together = len(shape) == 3 and close(stream[position + 1], stream[position + 2])
    return 2 if together and shape in ([NAME, ":", "="], [NAME, "<", "-"]) else 0


def _is_frame(piece: list[Token]) -> bool:
    """Tell whether a line only leads to the formula: `import numpy as np`, `def f(x):`."""
    words = [token.text for token in piece if token.kind == NAME]
    is_head = piece[0].text == "def" and piece[-2].kind == ":"
    return is_head or (piece[0].text in _IMPORTS and len(words) > 1)


def _part(piece: list[Token]) -> Part:
    start = 1 if piece[0].text in _TYPES and piece[1].kind == NAME else 0
    length = _sign_length(piece, start)
    if not length:
        return Part(None, piece)
    return Part(piece[start], piece[start + 1 + length :])


def chosen(parts: list[Part], text: str) -> tuple[int, str]:
    """Return which part is f, and a note that says so; raises `ExpressionError` where several could be."""
    bare = [i for i, part in enumerate(parts) if part.name is None]
    if len(bare) > 1:
        span = parts[bare[1]].stream[0].span
        raise ExpressionError("a second expression has no name", span, hint="name all parts but one: `a = x*y; a^2`")
    place = bare[0] if bare else _whole(parts)
    name, stream = parts[place]
    typed = text[stream[0].span.start : stream[-1].span.start].strip()
    which = _LAST if place == len(parts) - 1 else _UNUSED
    return place, said_of(typed) if name is None else f"f is `{name.text}`, {which}"


def said_of(body: str) -> str:
    """Return the note that says which part is f."""
    return f"f is `{body}`" if len(body) <= _LONGEST else "f is the part that is no definition"


def _whole(parts: list[Part]) -> int:
    """Return which definition is f: the last one, or the only one that no other uses."""
    used: set[str] = set()
    for name, stream in parts:
        used |= {token.text for token in stream if token.kind == NAME and not (name and name.text == token.text)}
    unused = [i for i, part in enumerate(parts) if part.name is not None and part.name.text not in used]
    return unused[0] if len(unused) == 1 else len(parts) - 1


def check_names(parts: list[Part]) -> None:
    """Raise `ExpressionError` for a name that is defined twice."""
    seen: set[str] = set()
    for name, _ in parts:
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


def joined(body: Node, trees: Mapping[str, Node], names: Mapping[str, Token]) -> tuple[Node, frozenset[str]]:
    """Put definitions in the place of their names, each shared by all who use it; return the names that were used.

    Raises `ExpressionError` for a name that is defined by itself.
    """
    uses = {name: tuple(dict.fromkeys(_used(tree, trees))) for name, tree in trees.items()}
    done: dict[str, Node] = {}
    open_names: dict[str, None] = {}
    waiting = list(dict.fromkeys(_used(body, trees)))[::-1]
    while waiting:
        name = waiting[-1]
        left = [other for other in uses[name] if other not in done] if name not in done else []
        if left:
            open_names[name] = None
            circle = next((other for other in left if other in open_names), None)
            if circle is not None:
                hint = "give the next value a name of its own"
                raise ExpressionError(f"`{circle}` is defined by itself", names[circle].span, hint=hint)
            waiting += reversed(left)
            continue
        if name not in done:
            done[name] = _with(trees[name], done)
        open_names.pop(name, None)
        waiting.pop()
    return _with(body, done), frozenset(done)


def check_variables(tree: Node, names: Mapping[str, Token], texts: Mapping[str, str]) -> None:
    """Raise `ExpressionError` where each name is defined and no variable is left: `y = x^2, x = 3`, where x is meant.

    The hint names what is defined by a number alone; without one, the first.
    """
    if not variables(tree):
        values = {name: text for name, text in texts.items() if _NUMERAL.fullmatch(text)} or {next(iter(names)): "..."}
        point = ",".join(f"{name}={text}" for name, text in values.items())
        hint = f"give the point by an option: --at {point}"
        raise ExpressionError("no variable is left: each name is defined", names[next(iter(values))].span, hint=hint)


def holding(body: Node, trees: Mapping[str, Node], held: frozenset[str]) -> tuple[Node, dict[str, Node]]:
    """Put definitions in the place of their names but for those that are held; return f, and what is held.

    No name may be defined by itself.
    """
    others = {name: tree for name, tree in trees.items() if name not in held}
    kept = [name for name in trees if name in held]
    whole, _ = joined(Node(_BESIDE, (body, *(trees[name] for name in kept))), others, {})
    return whole.args[0], dict(zip(kept, whole.args[1:], strict=True))


def _used(tree: Node, known: Mapping[str, Node]) -> Iterable[str]:
    return (node.text for node in each(tree) if node.op == VARIABLE and node.text in known)


def _with(tree: Node, known: Mapping[str, Node]) -> Node:
    """Return a tree with nodes in the place of names."""

    def rebuild(node: Node, args: list[Node]) -> Node:
        if node.op == VARIABLE and node.text in known:
            return known[node.text]
        if all(arg is old for arg, old in zip(args, node.args, strict=True)):
            return node
        rebuilt = Node(node.op, tuple(args), node.text, node.span, shared=True)
        check_depth(rebuilt.depth, node.span)
        return rebuilt

    return fold(tree, rebuild)


# What is held.


def check_held(wrt: Sequence[str], names: Sequence[str], definitions: Definitions) -> None:
    """Raise `PointError` for a slope by a part that f does not use, or by a name that f has inside such parts alone."""
    for name in (name for name in wrt if name not in names):
        through = _through(name, definitions.held)
        if through:
            raise PointError(
                f"`{name}` occurs only inside `{through[0]}`, which is held",
                hint=f"ask for each by itself: --wrt {name}",
            )
        if name in definitions.texts:
            raise PointError(f"f does not use `{name}`", hint=f"f is `{definitions.body}`")


def notes_on_held(held: Mapping[str, Node], wrt: Sequence[str]) -> Iterator[str]:
    """Yield what is held, and which slopes leave something out by it."""
    for name in wrt:
        through = " and ".join(f"`{part}`" for part in _through(name, held))
        if name in held:
            yield f"`{name}` is held as a variable of its own" + ("" if through else ", as torch's retain_grad does")
        if through:
            yield f"`{name}` is held inside {through}: slopes by `{name}` leave that part out; torch's grad includes it"


def _through(name: str, held: Mapping[str, Node]) -> list[str]:
    return [part for part, tree in held.items() if name in variables(tree)]


def needing(asked: Question) -> tuple[Node, tuple[str, ...]]:
    """Return f and the definitions that are held as one tree, and the names that need a value."""
    whole = Node(_BESIDE, (asked.tree, *asked.held.values()))
    names = dict.fromkeys((*asked.variables, *variables(whole)))
    return whole, tuple(name for name in names if name not in asked.held)


def placed(asked: Question, expression: str) -> Question:
    """Give what is held its coordinates, from those of the names that need a value."""
    point = {**(asked.point or {})}
    point |= _coordinates(asked.held, point, expression)
    texts = {**(asked.texts or {}), **(asked.definitions.texts if asked.definitions else {})}
    names = [name for name in asked.variables if name in point]
    return replace(asked, point={name: point[name] for name in names}, texts={name: texts[name] for name in names})


def _coordinates(held: Mapping[str, Node], point: Mapping[str, Node], expression: str) -> dict[str, Node]:
    """Return the values of what is held, as constant trees; raises `LimitError` for one that is too large."""
    try:
        trees = joined(Node(_BESIDE, tuple(held.values())), {**held, **point}, {})[0].args
        for tree in trees:
            check_constants(tree)
    except DerivError as error:
        raise error.within(expression) from None
    return dict(zip(held, trees, strict=True))
