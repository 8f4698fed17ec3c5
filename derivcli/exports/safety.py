"""Branches that are not taken, made harmless: there their variables stand at a place where the branch has a value.

What computes both branches also differentiates both, and 0 times nan is nan. So the branch `log(x)` of
`where(x > 0, log(x), 0)` is computed of `where(x > 0, x, 0.7)`, which people call the double where.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from derivcli.exports.algebra import Algebra
from derivcli.language.lowering import inline
from derivcli.language.program import FLOAT
from derivcli.language.tree import CONDITIONS, NUMBER, PIECEWISE, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.exports.probes import Probes
    from derivcli.language.program import Program

# They and their slopes are bounded, or as large as what they are of: nothing of theirs is infinite before f is.
_HARMLESS = frozenset(
    {VARIABLE, NUMBER, FLOAT, "pi", "e", "undefined", "add", "neg", "abs", "sign", "max", "min", "sin", "cos", "tanh"}
    | {"atan", "erf", "erfc", "sigmoid", "relu", "floor", "ceil", "round", "trunc", "heaviside", "step", PIECEWISE}
) | CONDITIONS  # fmt: skip


def guarded(source: Algebra, results: Sequence[int], *, raises: bool = False) -> tuple[Algebra, list[int]]:
    """Return the results in a builder of their own, with branches that may be computed anywhere.

    Where the language only `raises`, and differentiates nothing, products do no harm.
    """
    build = Algebra()
    needed = source.needed(results)
    names = [text for op, _, text in map(source.at, needed) if op == VARIABLE]
    guard = _Guard(build, names, _HARMLESS | {"mul"} if raises else _HARMLESS)
    done: dict[int, int] = {}
    for index in needed:
        op, args, text = source.at(index)
        indices = [done[arg] for arg in args]
        done[index] = build.add(op, *(guard.branches(indices) if op == PIECEWISE else indices), text=text)
    return build, [done[index] for index in results]


class _Guard:
    """Makes the branches of a choice harmless."""

    def __init__(self, build: Algebra, names: Sequence[str], harmless: frozenset[str]) -> None:
        self._build = build
        self._names = names
        self._harmless = harmless

    @cached_property
    def _probes(self) -> Probes:
        from derivcli.exports.probes import Probes  # with torch, which most files need not wait for

        return Probes(self._build, self._names)

    def branches(self, indices: list[int]) -> list[int]:
        """Return the values and conditions of a choice, each to be computed anywhere."""
        found = list(indices)
        before: list[int] = []
        for k in range(0, len(indices), 2):
            here = [indices[k + 1]] if k + 1 < len(indices) else []
            found[k] = self._guarded(indices[k], before, here)
            if here and before:
                found[k + 1] = self._guarded(here[0], before, [])
            before += here
        return found

    def _guarded(self, branch: int, before: Sequence[int], here: Sequence[int]) -> int:
        """Return a branch of moved variables: they stay where no condition before holds and that one here does."""
        program = self._build.build(branch)
        names = self._endangered(program)
        place = self._probes.find(branch, before, here) if names else None
        if place is None:
            return branch
        build, bound = self._build, {}
        for name in names:
            stays, away = build.add(VARIABLE, text=name), build.add(FLOAT, text=repr(place[name]))
            turned = [part for condition in before for part in (away, condition)]
            bound[name] = build.add(PIECEWISE, *turned, *([stays, *here, away] if here else [stays]))
        return inline(build, program, lambda _op: True, bound)

    def _endangered(self, program: Program) -> list[str]:
        """Return the variables that reach what may have no value, or an infinite one or an infinite slope."""
        reached: list[frozenset[str]] = []
        found: set[str] = set()
        for op, args, text in program.instructions:
            reached.append(frozenset({text}) if op == VARIABLE else frozenset().union(*(reached[arg] for arg in args)))
            moving = [arg for arg in args if reached[arg]]
            is_scaled = op in ("mul", "div") and moving in ([], [args[0]] if op == "div" else moving[:1])
            if op not in self._harmless and not is_scaled:
                found |= reached[-1]
        return [name for name in program.variables if name in found]
