"""Constants of a program: a function of numbers alone is its value, a condition that always holds decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.exports.algebra import Algebra
from derivcli.language import catalogue
from derivcli.language.numbers import literal
from derivcli.language.program import FLOAT
from derivcli.language.tree import CONDITIONS, PIECEWISE, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.language.program import Program

_TRUTH = ("false", "true")


def settled(source: Algebra, results: Sequence[int]) -> tuple[Algebra, list[int]]:
    """Return the results in a builder of their own, constants folded, every maximum and minimum of two."""
    build = Algebra()
    done: dict[int, int] = {}
    moving: dict[int, bool] = {}
    for index in source.needed(results):
        op, args, text = source.at(index)
        moving[index] = op == VARIABLE or any(moving[arg] for arg in args)
        indices = [done[arg] for arg in args]
        if args and not moving[index] and (op in catalogue.FUNCTIONS or op == "pow" or op in CONDITIONS):
            done[index] = _constant(build, op, source.build(index))
        elif op in ("and", "or"):
            done[index] = _logic(build, op, indices)
        elif op == PIECEWISE:
            done[index] = _choice(build, indices)
        elif op in ("max", "min"):
            done[index] = indices[0]
            for other in indices[1:]:
                done[index] = build.add(op, done[index], other)
        else:
            done[index] = _plain(build, op, indices, text)
    return build, [done[index] for index in results]


def _plain(build: Algebra, op: str, indices: list[int], text: str) -> int:
    """Add an operation: 1/2 as 0.5, and with its sign outside of a product, where it needs no brackets."""
    if op in ("mul", "div"):
        ops = [build.at(index) for index in indices]
        signs = [k for k, one in enumerate(ops) if one.op == "neg" and (op == "mul" or not k)]
        if signs:
            bare = [ops[k].args[0] if k in signs else index for k, index in enumerate(indices)]
            found = _plain(build, op, bare, text)
            return build.add("neg", found) if len(signs) % 2 else found
    index = build.add(op, *indices, text=text)
    value = build.value(index) if op == "div" else None
    return index if value is None or literal(abs(value)) is None else build.constant(value)


def _constant(build: Algebra, op: str, program: Program) -> int:
    """Return the value of a constant as a float64, or whether a condition holds."""
    from derivcli.witnesses.lambdas import Lambda

    value = Lambda(program)({}).item()
    return build.add(_TRUTH[bool(value)]) if op in CONDITIONS else build.add(FLOAT, text=repr(float(value)))


def _logic(build: Algebra, op: str, indices: list[int]) -> int:
    """Leave out the conditions that say nothing."""
    idle, deciding = _TRUTH if op == "or" else _TRUTH[::-1]
    kept = [index for index in indices if build.at(index).op != idle]
    decided = next((index for index in kept if build.at(index).op == deciding), None)
    if decided is not None or not kept:
        return build.add(idle) if decided is None else decided
    return kept[0] if len(kept) == 1 else build.add(op, *kept)


def _choice(build: Algebra, indices: list[int]) -> int:
    """Leave out the branches that are never taken."""
    kept: list[int] = []
    for value, condition in zip(indices[:-1:2], indices[1::2], strict=True):
        if build.at(condition).op == "true":
            return build.add(PIECEWISE, *kept, value) if kept else value
        if build.at(condition).op != "false":
            kept += [value, condition]
    return build.add(PIECEWISE, *kept, indices[-1]) if kept else indices[-1]
