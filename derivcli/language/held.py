"""Parts that a slope is asked by: each stays a variable of its own in f, and its definition is where it is.

A part that is held is left as it is wherever f uses it, also by way of other parts. So f is a function of it, and its
coordinate is its definition with the point's values put in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivcli.errors import DerivError, PointError
from derivcli.language.constants import check_constants
from derivcli.language.parts import joined
from derivcli.language.tree import Node, variables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from derivcli.language.parser import Definitions
    from derivcli.language.question import Question

_BESIDE = "beside"  # no operation: trees that are walked as one


def check(wrt: Sequence[str], names: Sequence[str], definitions: Definitions) -> None:
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


def notes(held: Mapping[str, Node], wrt: Sequence[str]) -> Iterator[str]:
    """Yield what is held, and which slopes leave something out by it."""
    for name in wrt:
        through = " and ".join(f"`{part}`" for part in _through(name, held))
        if name in held:
            yield f"`{name}` is held as a variable of its own" + ("" if through else ", as torch's retain_grad does")
        if through:
            yield f"`{name}` is held inside {through}: slopes by `{name}` leave that way out; torch's grad counts it"


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
