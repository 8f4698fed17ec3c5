"""The texts of a request for a picture -> a function of one or two variables, which can be sampled with its slopes.

The only module of pictures that knows torch.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from derivcli.errors import PointError, UsageError
from derivcli.language import question
from derivcli.language.lowering import compile_tree
from derivcli.plot.shapes import Interval
from derivcli.points.places import Listed, read_axis
from derivcli.testimony import evaluated
from derivcli.witnesses.autograd import Gradient

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.language.program import Program
    from derivcli.language.tree import Node
    from derivcli.plot.shapes import Numbers
    from derivcli.points.places import Axis

_MOST_FREE = 2


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be drawn. `free` are the variables that run, `held` the texts of the others, `constants` their values.

    `ranges` are those that the caller has given; the others are to be chosen. `readings` say how the text was read.
    """

    expression: str
    tree: Node
    program: Program
    free: tuple[str, ...]
    held: dict[str, str]
    constants: dict[str, float]
    ranges: dict[str, Interval]
    readings: tuple[str, ...]


def read(expression: str, at: Mapping[str, str] | None) -> Subject:
    """Read a request; a value may be a range, `low:high` or `low:high:count`.

    Raises what `question.read` raises, `PointError` for a list and for a range that is none, and `UsageError` unless
    one or two variables run.
    """
    at = at or {}
    names = question.variables_of([expression], frozenset(at))
    axes = {name: axis for name, text in at.items() if (axis := read_axis(name, text)) is not None}
    plain = {name: text for name, text in at.items() if name not in axes}
    filled = {**dict.fromkeys((*names, *at), "0"), **plain} if names or at else None
    asked = question.read(expression, filled, None)
    doubts = () if at else question.read(expression, None, None).notes
    free = tuple(name for name in asked.variables if name not in plain)
    _check_free(asked.variables, free)
    held = {name: plain[name] for name in asked.variables if name in plain}
    return Subject(
        expression=expression,
        tree=asked.tree,
        program=compile_tree(asked.tree),
        free=free,
        held=held,
        constants=evaluated({name: compile_tree(tree) for name, tree in question.read_point(held).items()}),
        ranges={name: _interval(name, axes[name], at[name]) for name in free if name in axes},
        readings=tuple(dict.fromkeys((*asked.notes, *doubts))),
    )


def _check_free(names: tuple[str, ...], free: tuple[str, ...]) -> None:
    if not names:
        raise UsageError("there is nothing to plot: the expression has no variables")
    if not free:
        raise UsageError(
            "there is nothing to plot: every variable has one value", hint=f"give a range, such as --at {names[0]}=-5:5"
        )
    if len(free) > _MOST_FREE:
        others = ",".join(f"{name}=2" for name in free[1:])
        raise UsageError(
            f"a picture shows one or two variables, and {', '.join(free)} are {len(free)}",
            hint=f"hold the others: --at {others}",
        )


def _interval(name: str, axis: Axis, text: str) -> Interval:
    """Return where a variable runs; the picture itself chooses how many points it needs."""
    if isinstance(axis, Listed):
        raise PointError(f"a picture takes a range of `{name}`, and no list", source=text, hint=f"write {name}=-5:5")
    low, high = sorted(_number(name, end) for end in (axis.start, axis.stop))
    least = 64 * max(math.ulp(low), math.ulp(high))
    if high / 2 - low / 2 < least:
        raise PointError(f"the range of `{name}` has no width", source=text, hint="give two ends, such as -5:5")
    return Interval(name, low, high, chosen=False)


def _number(name: str, text: str) -> float:
    return evaluated({name: compile_tree(question.read_point({name: text})[name])})[name]


class Sampler:
    """A function of some variables, the others held; called with a column for each, it gives values and slopes.

    Where f has no finite value it has no slope either, whatever autograd makes of it. Where autograd lacks one of the
    derivatives, `has_slopes` is False and all slopes are nan.
    """

    def __init__(self, program: Program, names: Sequence[str], constants: Mapping[str, float]) -> None:
        self._names = tuple(names)
        self._constants = dict(constants)
        self.has_slopes = not any(program.lacks_slope(name) for name in names)
        self._gradient = Gradient(program, self._names if self.has_slopes else ())

    def __call__(self, *columns: Numbers) -> tuple[Numbers, ...]:
        """Return the values and, for each variable, the slopes."""
        count = len(columns[0])
        if not count:
            return tuple(np.empty(0) for _ in (None, *columns))
        found = self._gradient(self._batch(columns, count), count)
        values = found.value.numpy()
        if not self.has_slopes:
            return (values, *(np.full(count, np.nan) for _ in columns))
        slopes = (slope.numpy() for slope in found.partials if slope is not None)
        return (values, *(np.where(np.isfinite(values), slope, np.nan) for slope in slopes))

    def _batch(self, columns: Sequence[Numbers], count: int) -> dict[str, torch.Tensor]:
        kind: Any = {"dtype": torch.float64, "device": "cpu"}
        held = {name: torch.full((count,), value, **kind) for name, value in self._constants.items()}
        moving = {name: torch.tensor(column, **kind) for name, column in zip(self._names, columns, strict=True)}
        return {**held, **moving}
