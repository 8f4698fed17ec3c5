"""A tree -> f, its gradient and its Hessian as text in a language; nothing here asks a witness."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import TYPE_CHECKING

from derivcli.exports.algebra import Algebra
from derivcli.exports.chain import ChainRule
from derivcli.exports.emitter import Emitter
from derivcli.exports.folding import settled
from derivcli.exports.language import CodeFile, Helper
from derivcli.exports.naming import names_of
from derivcli.exports.safety import guarded
from derivcli.exports.spelling import helpers, in_place
from derivcli.language import catalogue
from derivcli.language.lowering import compile_tree, inline

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.exports.language import Body, Language
    from derivcli.language.program import Program
    from derivcli.language.tree import Node


@dataclass(frozen=True, slots=True)
class Wish:
    """A function, its variables, those to differentiate by, and whether second derivatives are wanted."""

    tree: Node
    variables: tuple[str, ...]
    wrt: tuple[str, ...]
    has_hessian: bool = False


@dataclass(frozen=True, slots=True)
class _Results:
    """Parts of a builder, by the function that returns them."""

    builder: Algebra
    parts: Mapping[str, Sequence[int]]

    def ops(self) -> set[str]:
        """Return the operations that they are made of."""
        wanted = [index for part in self.parts.values() for index in part]
        return {self.builder.at(index).op for index in self.builder.needed(wanted)}


def drafted(wish: Wish, language: Language) -> CodeFile:
    """Return the functions of a file, without its comment and its numbers.

    Raises `LackingError` and `NoSlopeError` where a function is missing.
    """
    results = _differentiated(wish)
    calls: dict[str, str] = {}
    made: list[Helper] = []
    if language.longest is None:
        results = _without_helpers(results, language)
    else:
        for op, program in helpers(results.ops(), language).items():
            calls[op] = next(iter(names_of((op,), language, calls.values()).values()))
            made.append(_helper(op, program, language, calls))
    names = (language.names or partial(names_of, language=language, taken=calls.values()))(wish.variables)
    bodies = {name: _body(results.builder, part, language, names, calls) for name, part in results.parts.items()}
    wrt = tuple(names[name] for name in wish.wrt)
    return CodeFile(
        (), tuple(names.values()), tuple(made), bodies, wrt, (), variables=wish.variables, derivatives=wish.wrt
    )


def _differentiated(wish: Wish) -> _Results:
    """Return f, its gradient and its Hessian, constants folded."""
    build = Algebra()
    f = inline(build, compile_tree(wish.tree), lambda _op: True, {})
    chain = ChainRule(build)
    slopes = {name: chain.slope(f, name) for name in wish.wrt}
    parts: dict[str, list[int]] = {"f": [f], "gradient": list(slopes.values())}
    if wish.has_hessian:
        order = {name: k for k, name in enumerate(wish.wrt)}
        pairs = (sorted(pair, key=order.__getitem__) for pair in product(wish.wrt, repeat=2))
        parts["hessian"] = [chain.slope(slopes[first], second) for first, second in pairs]
    return _Results(*_settled(build, parts))


def _settled(build: Algebra, parts: Mapping[str, Sequence[int]]) -> tuple[Algebra, dict[str, Sequence[int]]]:
    folded, indices = settled(build, [index for part in parts.values() for index in part])
    left = iter(indices)
    return folded, {name: [next(left) for _ in part] for name, part in parts.items()}


def _without_helpers(results: _Results, language: Language) -> _Results:
    """Write out in place what the language lacks."""
    build = Algebra()
    parts = {
        name: [in_place(build, results.builder.build(index), language, {}) for index in part]
        for name, part in results.parts.items()
    }
    return _Results(*_settled(build, parts))


def _helper(op: str, program: Program, language: Language, calls: Mapping[str, str]) -> Helper:
    build = Algebra()
    result = inline(build, program, lambda _op: True, {})
    names = names_of(catalogue.FUNCTIONS[op].parameters, language, calls.values())
    folded, results = settled(build, [result])
    return Helper(calls[op], tuple(names.values()), _body(folded, results, language, names, calls))


def _body(
    build: Algebra, results: Sequence[int], language: Language, names: Mapping[str, str], calls: Mapping[str, str]
) -> Body:
    """Return the lines of a function. Where it stops at log(-1), branches wait; unless that costs names of parts."""
    if language.leaks:
        build, results = guarded(build, results)
    emitter = Emitter(build, language, names, calls, keeps_branches=language.raises)
    body = emitter.body(results)
    if not emitter.has_hidden:
        return body
    build, results = guarded(build, results, raises=True)
    return Emitter(build, language, names, calls).body(results)
