"""What stands above the code: f and its derivatives in maths, the command, and what a reader has to know."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from derivcli.language.tree import each, variables
from derivcli.model.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from derivcli.exports.drafting import Wish
    from derivcli.exports.language import Language
    from derivcli.model import Result

_LONGEST = 300  # characters of a formula that is still read
# What bends at a point, and what the gradient is there; of those without words the graph is put together of others.
_KINKS = {
    "abs": "0 for abs at 0",
    "relu": "0 for relu at 0",
    "max": "half for each of two equal in max",
    "min": "half for each of two equal in min",
    **dict.fromkeys(("clamp", "relu6", "leaky_relu", "elu", "selu", "hardtanh", "hardsigmoid"), ""),
    **dict.fromkeys(("hardswish", "softshrink", "i0e"), ""),
}
_NONE = (Status.UNDEFINED, Status.NOT_DIFFERENTIABLE)


def comment(
    result: Result,
    wish: Wish,
    language: Language,
    names: dict[str, str],
    count: int,
    form: str | None,
    point: Mapping[str, str],
) -> Iterator[str]:
    """Yield the lines of the comment.

    `form` is another one in which f is computed, `count` that of the samples; `point` is that of the result as it was
    given, empty where none was.
    """
    yield f"f({', '.join(wish.variables)}) = {_cut(result.read_as)}"
    for derivative in result.derivatives:
        if derivative.expression is not None:
            yield f"{derivative.name} = {_cut(derivative.expression)}"
    yield ""
    options = [f"--at {shlex.quote(f'{name}={_cut(text)}')}" for name, text in point.items()]
    by_itself = variables(wish.tree)  # what a constant is differentiated by does not occur in it
    options += [f"--wrt {','.join(wish.wrt)}"] if wish.wrt != by_itself else []
    options += ["--order 2"] if wish.has_hessian else []
    options += ["--stable"] if form else []
    yield " ".join(("Written by: deriv", shlex.quote(_cut(result.read_as)), "--code", language.name, *options))
    if form:
        yield f"Computed as {_cut(form)}, which keeps its digits."
    renamed = [] if language.names else [f"{name} is {new}" for name, new in names.items() if new != name]
    if renamed:
        yield f"Names: {', '.join(renamed)}."
    yield from _kinks(wish)
    if point:
        yield from _missing(result, point)
    if not count:
        yield "No point was found at which the witnesses are sure of every number: the code is not tested."


def _cut(text: str) -> str:
    """Return a formula in one line, of which no more is left than people read."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]} ..."


def _kinks(wish: Wish) -> Iterator[str]:
    """Yield what the gradient is at the kinks that f has."""
    ops = {node.op for node in each(wish.tree)}
    found = [text for op, text in _KINKS.items() if op in ops]
    if found:
        said = ", ".join(filter(None, found))
        yield f"At a kink the gradient is torch's convention{': ' if said else ''}{said}."


def _missing(result: Result, point: Mapping[str, str]) -> Iterator[str]:
    """Yield what f and its derivatives lack at the point, of which there is no sample then."""
    where = ", ".join(f"{name} = {_cut(text)}" for name, text in point.items())
    if result.value.status is Status.UNDEFINED:
        yield f"f has no value at {where}: the code is not tested there."
        return
    names = [derivative.name for derivative in result.derivatives if derivative.status in _NONE]
    if names:
        yield f"There is no {' and no '.join(names)} at {where}: the code is not tested there."
