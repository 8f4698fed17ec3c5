"""The texts of a request for a picture -> functions of one or two variables that are to be drawn."""

from __future__ import annotations

import math
import string
from dataclasses import dataclass
from typing import TYPE_CHECKING

from derivcli.document.spelling import Spelling
from derivcli.errors import PointError, UsageError
from derivcli.hints import At, Hint
from derivcli.language import question
from derivcli.language.lowering import compile_tree
from derivcli.language.styles import Notation, style_of
from derivcli.language.tree import variables
from derivcli.plot.shapes import Interval
from derivcli.points.places import Listed, read_axis
from derivcli.witnesses.constants import evaluated

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.language.program import Program
    from derivcli.language.question import Question
    from derivcli.language.styles import Style
    from derivcli.language.tree import Node
    from derivcli.points.places import Axis

_MOST_FREE = 2  # axes on paper: over three variables there is no picture
_MOST_TOGETHER = 5  # curves in one panel that can be told apart: as many as there are colours beside that of the marks
# Letters for what runs; beside exactly one of these a name from the start of the alphabet, as Descartes has it, or a
# capital is a parameter. `x*y` and `r*cos(t)` have two variables, `a*sin(x)` has one.
_RUNNING = frozenset({"x", "t", "theta"})
_PARAMETERS = frozenset((*"abcdefghijklmn", *string.ascii_uppercase, "alpha", "beta", "gamma", "omega", "phi"))


@dataclass(frozen=True, slots=True)
class Subject:
    """A function to be drawn, called `letter`: f where it `is_alone`.

    `free` are the variables that run, `held` the texts of the others, `exact` their programs and `constants` their
    values. `ranges` are those that the caller has given; the others are to be chosen. `point` is the text of a value
    that is to be marked. `readings` say how the text was read, `spelling` is the notation of the question.
    """

    letter: str
    is_alone: bool
    expression: str
    tree: Node
    program: Program
    free: tuple[str, ...]
    held: dict[str, str]
    exact: dict[str, Program]
    constants: dict[str, float]
    ranges: dict[str, Interval]
    point: str | None
    readings: tuple[str, ...]
    spelling: Spelling


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the values make of the variables of all expressions, as in `Subject`, and whether any are given."""

    free: tuple[str, ...]
    held: dict[str, str]
    ranges: dict[str, Interval]
    point: str | None
    has_values: bool


def read(
    expressions: Sequence[str], at: Mapping[str, str] | None, notation: Notation = Notation.AUTO
) -> tuple[Subject, ...]:
    """Read a request for a picture; a value may be a range, `low:high` or `low:high:count`.

    The value of the only variable that could run is a point on the curves: `--at x=2`, `--at a=3,x=2` for `a*x^2`.

    Raises what `question.read` raises, `PointError` for a list and for a range that is none, and `UsageError` unless
    one variable runs, for a single expression one or two, and for parameters without a value.
    """
    at = at or {}
    if len(expressions) > _MOST_TOGETHER:
        raise UsageError(
            f"a picture shows {_MOST_TOGETHER} expressions at most, not {len(expressions)}",
            hint="ask for some of them in another call",
        )
    names = question.variables_of(expressions, frozenset(at))
    axes = {name: axis for name, text in at.items() if (axis := read_axis(name, text)) is not None}
    # What runs, too, has a value for as long as the texts are read.
    values = {name: "0" if name in axes else at.get(name, "0") for name in (*names, *at)} or None
    beside = names if len(expressions) > 1 else ()
    asked = [question.read(text, values, None, beside=beside) for text in expressions]
    setting = _setting(asked, at, axes)
    style = style_of("; ".join(expressions), notation)
    letters = ["f"] if len(asked) == 1 else [f"f{k}" for k in range(1, len(asked) + 1)]
    return tuple(_subject(setting, style, *each) for each in zip(letters, expressions, asked, strict=True))


def _setting(asked: Sequence[Question], at: Mapping[str, str], axes: Mapping[str, Axis]) -> _Setting:
    """Tell what runs from what is held; raises `PointError`, and `UsageError` where nothing runs or too much does."""
    names = tuple(dict.fromkeys(name for one in asked for name in one.variables))
    held = {name: text for name, text in at.items() if name not in axes}
    marked = _running(names) if held.keys() >= frozenset(names) else None
    point = None if marked is None else held.pop(marked)
    free = tuple(name for name in names if name not in held)
    _check_free(names, free, frozenset(axes), most=_MOST_FREE if len(asked) == 1 else 1)
    ranges = {name: _interval(name, axes[name], at[name]) for name in free if name in axes}
    return _Setting(free, held, ranges, point, has_values=bool(at))


def _subject(setting: _Setting, style: Style, letter: str, expression: str, asked: Question) -> Subject:
    """Return what is to be drawn of one expression."""
    doubts = () if setting.has_values else question.read(expression, None, None).notes
    held = {name: setting.held[name] for name in variables(asked.tree) if name in setting.held}
    exact = {name: compile_tree(tree) for name, tree in question.read_point(held).items()}
    return Subject(
        letter=letter,
        is_alone=letter == "f",
        expression=expression,
        tree=asked.tree,
        program=compile_tree(asked.tree),
        free=setting.free,
        held=held,
        exact=exact,
        constants=evaluated(exact),
        ranges=setting.ranges,
        point=setting.point,
        readings=tuple(dict.fromkeys((*asked.notes, *doubts))),
        spelling=Spelling(style, asked.variables),
    )


def _running(names: Sequence[str]) -> str | None:
    """Return the only variable that can run: there is no other, or all others are parameters."""
    if len(names) == 1:
        return names[0]
    others = [name for name in names if name not in _PARAMETERS]
    return others[0] if len(others) == 1 and others[0] in _RUNNING else None


def _check_free(names: Sequence[str], free: Sequence[str], ranged: frozenset[str], most: int) -> None:
    """Raise `UsageError` where nothing runs, a parameter has no value, or more than so many variables run."""
    if not names:
        raise UsageError("there is nothing to plot: the expression has no variables")
    if not free:
        raise UsageError(
            "there is nothing to plot: every variable has one value",
            hint=Hint("give a range, such as ", At(f"{names[0]}=-5:5")),
        )
    runs = _running(free) if len(free) > 1 else None
    parameters = [name for name in free if name != runs and name not in ranged]
    if runs is not None and parameters:
        raise _without_value(parameters, runs)
    if len(free) > most:
        raise _too_many(free, most)


def _without_value(parameters: Sequence[str], runs: str) -> UsageError:
    """A function of one variable has parameters that nothing is known of."""
    shown = ",".join(f"{name}=2" for name in parameters)
    are = "is a parameter" if len(parameters) == 1 else "are parameters"
    return UsageError(
        f"{_listed(parameters)} {are} of a function of {runs}, without a value",
        hint=Hint(
            "add ", At(shown), "; a range, such as ", At(f"{parameters[0]}=-5:5"), ", makes it a second variable"
        ),
    )


def _too_many(free: Sequence[str], most: int) -> UsageError:
    """More variables run than a picture has room for."""
    kept = next((name for name in free if name in _RUNNING), free[0])
    others = ",".join(f"{name}=2" for name in free if name != kept)
    shows = "one or two variables" if most > 1 else "several functions of one variable"
    return UsageError(
        f"a picture shows {shows}, and {', '.join(free)} are {len(free)}", hint=Hint("hold the others: ", At(others))
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _interval(name: str, axis: Axis, text: str) -> Interval:
    """Return where a variable runs; the picture itself chooses how many points it needs."""
    if isinstance(axis, Listed):
        raise PointError(f"a picture takes a range of `{name}`, not a list", source=text, hint=f"write {name}=-5:5")
    low, high = sorted(number(name, end) for end in (axis.start, axis.stop))
    least = 64 * max(math.ulp(low), math.ulp(high))
    if high / 2 - low / 2 < least:
        raise PointError(f"the range of `{name}` has no width", source=text, hint="give two ends, such as -5:5")
    return Interval(name, low, high, chosen=False)


def number(name: str, text: str) -> float:
    """Return the float nearest to a value as it was typed."""
    return evaluated({name: compile_tree(question.read_point({name: text})[name])})[name]
