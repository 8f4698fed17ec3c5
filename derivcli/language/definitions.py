"""Definitions put in the place of their names, and those that are held as variables of f.

A part that a slope is asked by is held: left as it is wherever f uses it, also by way of other parts. So f is a
function of it, and its coordinate is its definition with the point's values put in.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from derivcli.errors import DerivError, ExpressionError, PointError
from derivcli.hints import ByAt, Hint
from derivcli.language.limits import check_constants, check_depth
from derivcli.language.tree import VARIABLE, Node, each, fold, variables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from derivcli.language.parser import Definitions
    from derivcli.language.question import Question
    from derivcli.language.tokens import Token

_NUMERAL = re.compile(r"-?(\d[\w.]*|pi|e|tau)(/\d+)?")  # what a point's value looks like: `3`, `-0.5`, `pi/4`
_BESIDE = "beside"  # no operation: trees that are walked as one


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
        raise _point("no variable is left: each name is defined", values, names)


def check_asked(wanted: Sequence[str], names: Mapping[str, Token], texts: Mapping[str, str]) -> None:
    """Raise `ExpressionError` for `d/dx x^2, x = 3`, where a notation asks for a slope by what is a number."""
    values = {name: texts[name] for name in wanted if name in texts and _NUMERAL.fullmatch(texts[name])}
    if values:
        raise _point(f"the slope by `{next(iter(values))}` is asked for, which is a number", values, names)


def _point(message: str, values: Mapping[str, str], names: Mapping[str, Token]) -> ExpressionError:
    point = ",".join(f"{name}={text}" for name, text in values.items())
    hint = Hint("give the point ", ByAt(point))
    return ExpressionError(message, names[next(iter(values))].span, hint=hint)


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
