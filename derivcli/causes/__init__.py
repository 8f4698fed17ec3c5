"""Where a wrong number starts, and what happens there. Pure arithmetic; the words are in `wording`.

A part that is wrong because an operand is wrong already leads to that operand; the first part whose operands are right
is where it starts. What is seen there tells the cause (see `signs`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.causes.sight import Origin, Scene, Sight, Waypoint, explains, operands
from derivcli.causes.signs import SLOPE_RULES, VALUE_RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.language.tree import Node

__all__ = ["Origin", "Scene", "Sight", "find"]


def find(view: Scene, root: Node, name: str | None) -> Origin | None:
    """Return where the error of f (or of its slope with respect to `name`) starts, None where none is seen."""
    if not view.seen(root, name).error:
        return None if name is None else find(view, root, None)
    place = Waypoint(root, name, ())
    while (deeper := _deeper(view, place)) is not None:
        place = deeper
    if place.name is not None and explains(view.seen(place.node, None).error, view, place):
        place = place._replace(name=None)
    rules = VALUE_RULES if place.name is None else SLOPE_RULES
    return next(origin for rule in rules if (origin := rule(view, place)) is not None)


def _deeper(view: Scene, place: Waypoint) -> Waypoint | None:
    """Return the operand that explains the error of a part best: on its own it makes the result wrong."""
    best, worst = None, (0.0, False, 0.0)
    for position, aspect in _aspects(view, place):
        error = view.seen(place.node.args[position], aspect).error
        if not explains(error, view, place):
            continue
        made = view.alone(place.node, position, place.name, aspect)
        rank = (made, aspect is None, error)
        if explains(made, view, place) and rank > worst:
            best, worst = Waypoint(place.node.args[position], aspect, (*place.path, position)), rank
    return best


def _aspects(view: Scene, place: Waypoint) -> Iterator[tuple[int, str | None]]:
    """Yield what may be wrong below a part: the values of its operands, and for a slope their slopes."""
    for position in operands(view, place.node):
        yield position, None
        if place.name is not None:
            yield position, place.name
