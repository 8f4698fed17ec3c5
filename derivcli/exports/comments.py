"""What stands above the code: f and its derivatives in maths, the command, and what a reader has to know."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from derivcli.language import catalogue
from derivcli.language.tree import PIECEWISE, each

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.exports.drafting import Wish
    from derivcli.exports.language import Language
    from derivcli.model import Result

_LONGEST = 300  # characters of a formula that is still read


def comment(
    result: Result, wish: Wish, language: Language, names: dict[str, str], count: int, form: str | None
) -> tuple[str, ...]:
    """Return the lines of the comment; `form` is another one in which f is computed, `count` that of the samples."""
    return tuple(_lines(result, wish, language, names, count, form))


def _lines(
    result: Result, wish: Wish, language: Language, names: dict[str, str], count: int, form: str | None
) -> Iterator[str]:
    yield f"f({', '.join(wish.variables)}) = {_cut(result.read_as)}"
    for derivative in result.derivatives:
        if derivative.expression is not None:
            yield f"{derivative.name} = {_cut(derivative.expression)}"
    yield ""
    options = [f"--wrt {','.join(wish.wrt)}"] if wish.wrt != wish.variables else []
    options += ["--order 2"] if wish.has_hessian else []
    options += ["--stable"] if form else []
    yield " ".join(("Written by: deriv", shlex.quote(_cut(result.read_as)), "--code", language.name, *options))
    if form:
        yield f"Computed as {_cut(form)}, which keeps its digits."
    renamed = [] if language.names else [f"{name} is {new}" for name, new in names.items() if new != name]
    if renamed:
        yield f"Names: {', '.join(renamed)}."
    if _has_kinks(wish):
        yield "At a kink the gradient is torch's convention: 0 for abs at 0, half for each of two equal in max."
    if not count:
        yield "No point was found at which the witnesses are sure of every number: the code is not tested."


def _cut(text: str) -> str:
    """Return a formula in one line, of which no more is left than people read."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]} ..."


def _has_kinks(wish: Wish) -> bool:
    rows = (catalogue.FUNCTIONS.get(node.op) for node in each(wish.tree))
    return any(row is not None and not row.smooth for row in rows) or any(n.op == PIECEWISE for n in each(wish.tree))
