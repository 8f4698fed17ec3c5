"""What happens at the part where an error starts: rules, each of which knows one cause by its signs."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

from derivcli.causes.sight import Origin, Scene, Waypoint, explains, operands, taken
from derivcli.language import catalogue
from derivcli.language.tree import PIECEWISE, Node
from derivcli.model import CauseKind
from derivcli.witnesses.evidence import ARITHMETIC

if TYPE_CHECKING:
    from collections.abc import Callable

_ZERO = Decimal(0)
_LARGEST, _SMALLEST = Decimal("1.7976931348623157e308"), Decimal("2.2250738585072014e-308")
_EXTREME = 150  # decimal exponent from which on a square leaves the range of float64
_ANOTHER = 1e-3  # relative error from which on a slope is another one, and not the right one with digits lost

# What happens in a value.


def _other_branch(view: Scene, place: Waypoint) -> Origin | None:
    if place.node.op != PIECEWISE or operands(view, place.node):
        return None
    conditions = place.node.args[1::2]
    wrong = next((c for c in conditions if view.seen(c, None).error), None)
    return None if wrong is None else Origin(CauseKind.BRANCH, place.path, place.node, wrong)


def _overflow(view: Scene, place: Waypoint) -> Origin | None:
    infinite = math.isinf(view.seen(place.node, None).torch or 0)
    return Origin(CauseKind.OVERFLOW, place.path, place.node) if infinite else None


def _underflow(view: Scene, place: Waypoint) -> Origin | None:
    true = view.seen(place.node, None).true.number
    return Origin(CauseKind.UNDERFLOW, place.path, place.node) if true and ARITHMETIC.abs(true) < _SMALLEST else None


def _outside(view: Scene, place: Waypoint) -> Origin | None:
    if not math.isnan(view.seen(place.node, None).torch or 0):
        return None
    rounded = next((arg for arg in place.node.args if view.seen(arg, None).error > 0), None)
    kind = CauseKind.NO_NUMBER if rounded is None else CauseKind.DOMAIN
    return Origin(kind, place.path, place.node, rounded)


def _cancellation(view: Scene, place: Waypoint) -> Origin | None:
    if place.node.op != "add":
        return None
    terms = [abs(view.seen(arg, None).true.number or Decimal(0)) for arg in place.node.args]
    total = view.seen(place.node, None).true.number
    digits = ARITHMETIC.divide(max(terms), ARITHMETIC.abs(total)).adjusted() if total else None
    return Origin(CauseKind.CANCELLATION, place.path, place.node, number=digits)


def _magnified(view: Scene, place: Waypoint) -> Origin | None:
    """Blame the rounding of an operand that on its own makes the result wrong."""
    made = [view.alone(place.node, k, None, None) for k in range(len(place.node.args))]
    rounded = [view.seen(arg, None).error > 0 for arg in place.node.args]
    found = [k for k, error in enumerate(made) if rounded[k] and explains(error, view, place)]
    if not found:
        return None
    position = max(found, key=lambda k: made[k])
    operand, path = place.node.args[position], (*place.path, position)
    absorbed = _absorbed(view, operand)
    kind = CauseKind.ROUNDING if absorbed is None else CauseKind.ABSORPTION
    return Origin(kind, path, operand, place.node, absorbed)


def _absorbed(view: Scene, node: Node) -> float | None:
    """Return the sum of which one term has swallowed the others."""
    total = view.seen(node, None).torch
    swallowed = node.op == "add" and any(view.seen(arg, None).torch == total for arg in node.args)
    return total if swallowed else None


def _inexact(_view: Scene, place: Waypoint) -> Origin:
    return Origin(CauseKind.INEXACT, place.path, place.node)


# What happens in a slope, where the values are right.


def _one_branch(view: Scene, place: Waypoint) -> Origin | None:
    if place.node.op != PIECEWISE:
        return None
    branch = taken(view, place.node, torch=True)
    return None if branch is None else Origin(CauseKind.ONE_BRANCH, place.path, place.node, place.node.args[branch])


def _convention(view: Scene, place: Waypoint) -> Origin | None:
    row = catalogue.FUNCTIONS.get(place.node.op)
    sight = view.seen(place.node, place.name)
    if row is None or row.smooth or sight.error < _ANOTHER:
        return None
    return Origin(CauseKind.SUBGRADIENT, place.path, place.node, number=sight.torch)


def _no_number(view: Scene, place: Waypoint) -> Origin | None:
    if not math.isnan(view.seen(place.node, place.name).torch or 0):
        return None
    slopes = [*view.partials(place.node), *(view.seen(arg, place.name).torch for arg in place.node.args)]
    if any(math.isinf(slope or 0) for slope in slopes):
        return Origin(CauseKind.ZERO_TIMES_INFINITY, place.path, place.node)
    kind = CauseKind.BACKWARD_RANGE if _extreme(view, place.node) else CauseKind.ZERO_BY_ZERO
    return Origin(kind, place.path, place.node)


def _infinite_slope(view: Scene, place: Waypoint) -> Origin | None:
    sight = view.seen(place.node, place.name)
    if not math.isinf(sight.torch or 0):
        return None
    beyond = abs(sight.true.number or _ZERO) > _LARGEST or _extreme(view, place.node)
    kind = CauseKind.BACKWARD_RANGE if beyond else CauseKind.DIVISION_BY_ZERO
    return Origin(kind, place.path, place.node)


def _out_of_range(view: Scene, place: Waypoint) -> Origin | None:
    true = view.seen(place.node, place.name).true.number or _ZERO
    extreme = 0 < abs(true) < _SMALLEST or _extreme(view, place.node)
    return Origin(CauseKind.BACKWARD_RANGE, place.path, place.node) if extreme else None


def _extreme(view: Scene, node: Node) -> bool:
    """Tell whether the square of a number at hand leaves the range of float64."""
    numbers = [view.seen(part, None).true.number for part in (node, *node.args)]
    return any(number and abs(number.adjusted()) >= _EXTREME for number in numbers)


def _lost(_view: Scene, place: Waypoint) -> Origin:
    return Origin(CauseKind.BACKWARD_CANCELLATION, place.path, place.node)


# The first one that sees its sign says the cause.
VALUE_RULES: tuple[Callable[[Scene, Waypoint], Origin | None], ...] = (
    _other_branch,
    _overflow,
    _underflow,
    _outside,
    _cancellation,
    _magnified,
    _inexact,
)
SLOPE_RULES: tuple[Callable[[Scene, Waypoint], Origin | None], ...] = (
    _one_branch,
    _out_of_range,
    _convention,
    _no_number,
    _infinite_slope,
    _lost,
)
