"""A program at a point, and beside each function in it the formulas of its partial derivatives.

Equal instructions are one node, and constants that are equal numbers too, so that formulas that come back to functions
that are already there (sin and cos, Bessel functions of neighbouring orders) add nothing. Of a piecewise function only
the branch that is taken at the point becomes nodes.
"""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

from derivcli.language import catalogue
from derivcli.language.lowering import definition, formula
from derivcli.language.program import FLOAT, Instruction, Program
from derivcli.language.tree import PIECEWISE, VARIABLE
from derivcli.witnesses.ladders import BETTER, FORMS, STEP, Ladder, ladder_at
from derivcli.witnesses.lambdas import LEAVES
from derivcli.witnesses.scalars import POWER, evaluate, function_of, orders_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SPOT = "spot"  # the value of a formula that holds at this point only
_EXTREMA = {"max": operator.gt, "min": operator.lt}
_ANALYTIC = 10**9  # the degree of what is no polynomial


class Shape(NamedTuple):
    """What a series can hold whatever its coefficients: the names in it, and its degree as a polynomial."""

    names: frozenset[str] = frozenset()
    degree: int = 0


@dataclass(slots=True)
class SeriesNode:
    """An instruction at the point; `spots` says of a condition whether the slightest move can change it."""

    op: str
    args: tuple[int, ...]
    text: str
    value: Any
    shape: Shape
    spots: frozenset[str] = frozenset()
    depth: int = -1  # up to which degree it is needed
    slopes: list[tuple[int, int]] = field(default_factory=list)  # an argument, and the derivative with respect to it


class Expansion:
    """The nodes that the derivatives of a program up to some order need, operands first; `result` is the last one's.

    `missing` are the names with respect to which something has no derivative in closed form.
    """

    def __init__(self, program: Program, point: Mapping[str, float], names: frozenset[str], order: int) -> None:
        self.nodes: list[SeriesNode] = []
        self.missing: frozenset[str] = frozenset()
        self._index: dict[Instruction, int] = {}
        self._names = names
        self._point = point
        self.result = self._inline(program, {})
        self._deepen(order)

    # nodes

    def _constant(self, value: float) -> int:
        return self._store(Instruction(FLOAT, (), repr(value)), value, Shape())

    def _store(self, key: Instruction, value: Any, shape: Shape, spots: frozenset[str] = frozenset()) -> int:
        index = self._index.get(key)
        if index is None:
            index = self._index[key] = len(self.nodes)
            self.nodes.append(SeriesNode(*key, value, shape, spots))
        return index

    def _apply(self, op: str, args: tuple[int, ...]) -> int:
        """Return the node of an operation other than a piecewise choice."""
        special = _SIMPLER.get(op)
        if special:
            return special(self, args)
        return self._function(op, args) if op in catalogue.FUNCTIONS else self._plain(op, args)

    def _plain(self, op: str, args: tuple[int, ...], text: str = "") -> int:
        value = self._value(op, args, text)
        shape = self._shape(op, args)
        if not shape.names and not isinstance(value, bool):
            return self._constant(value)
        return self._store(Instruction(op, args, text), value, shape, self._spots(op, args, value))

    def _value(self, op: str, args: tuple[int, ...], text: str) -> Any:
        row = catalogue.FUNCTIONS.get(op)
        if row and not function_of(op):
            return self.nodes[self._inline(definition(op), dict(zip(row.parameters, args, strict=True)))].value
        return evaluate(op, text, [self.nodes[arg].value for arg in args])

    def _shape(self, op: str, args: tuple[int, ...]) -> Shape:
        shapes = [self.nodes[arg].shape for arg in args]
        names = frozenset[str]().union(*(shape.names for shape in shapes))
        degrees = [shape.degree for shape in shapes]
        if not names:
            return Shape()
        if op == "add" or (op == "div" and not degrees[1]):
            return Shape(names, max(degrees))
        return Shape(names, min(sum(degrees), _ANALYTIC) if op == "mul" else _ANALYTIC)

    def _spots(self, op: str, args: tuple[int, ...], value: Any) -> frozenset[str]:
        """Return the names whose move changes a condition, other than the sign of an inequality."""
        if op in ("eq", "ne"):
            same = self.nodes[args[0]].value == self.nodes[args[1]].value
            return self._shape(op, args).names if same else frozenset()
        found = [self.nodes[arg].spots for arg in args]
        decisive = [
            spots for arg, spots in zip(args, found, strict=True) if op == "not" or self.nodes[arg].value is value
        ]
        one_is_enough = (op == "or" and value) or (op == "and" and not value)
        if one_is_enough and not all(decisive):
            return frozenset()
        return frozenset[str]().union(*decisive)

    # programs

    def _inline(self, program: Program, bound: Mapping[str, int]) -> int:
        """Add a program, its variables bound to nodes; return the index of its result."""
        return self._walk(program.instructions, len(program.instructions) - 1, bound, {})

    def _walk(
        self, instructions: tuple[Instruction, ...], target: int, bound: Mapping[str, int], done: dict[int, int]
    ) -> int:
        for index in _block(instructions, target, done):
            op, args, text = instructions[index]
            if op == PIECEWISE:
                done[index] = self._piecewise(instructions, args, bound, done)
            elif op == VARIABLE:
                done[index] = bound[text] if text in bound else self._variable(text)
            elif op in LEAVES:
                done[index] = self._constant(LEAVES[op](text))
            else:
                done[index] = self._apply(op, tuple(done[arg] for arg in args))
        return done[target]

    def _variable(self, name: str) -> int:
        if name not in self._names:
            return self._constant(float(self._point[name]))
        return self._store(Instruction(VARIABLE, (), name), float(self._point[name]), Shape(frozenset({name}), 1))

    def _piecewise(
        self,
        instructions: tuple[Instruction, ...],
        args: tuple[int, ...],
        bound: Mapping[str, int],
        done: dict[int, int],
    ) -> int:
        spots: frozenset[str] = frozenset()
        chosen = args[-1]
        for value, condition in zip(args[:-1:2], args[1::2], strict=True):
            found = self.nodes[self._walk(instructions, condition, bound, done)]
            spots |= found.spots
            if found.value:
                chosen = value
                break
        result = self._walk(instructions, chosen, bound, done)
        return self._spot(result, spots) if spots else result

    def _spot(self, result: int, spots: frozenset[str]) -> int:
        node = self.nodes[result]
        names = ",".join(sorted(spots))
        return self._store(Instruction(SPOT, (result,), names), node.value, Shape(spots | node.shape.names, _ANALYTIC))

    # slopes

    def _deepen(self, order: int) -> None:
        """Say how deep each node is needed: what a slope is made of one degree less than its function."""
        waiting: list[list[int]] = [[] for _ in range(order)] + [[self.result]]
        for depth in range(order, -1, -1):
            for index in waiting[depth]:
                node = self.nodes[index]
                if node.depth >= depth:
                    continue
                node.depth = depth
                waiting[depth].extend(node.args)
                if depth and node.op not in _RULED and node.shape.names:
                    node.slopes = self._slopes(node)
                    waiting[depth - 1].extend(slope for _arg, slope in node.slopes)

    def _slopes(self, node: SeriesNode) -> list[tuple[int, int]]:
        found = []
        for place, arg in enumerate(node.args):
            names = self.nodes[arg].shape.names
            slope = self._slope(node, place) if names else None
            if slope is not None:
                found.append((arg, slope))
            self.missing |= frozenset() if slope is not None else names
        return found

    def _slope(self, node: SeriesNode, place: int) -> int | None:
        """Return the derivative of a function with respect to one argument."""
        if node.op == "pow":
            return self._slope_of_power(node.args, place)
        row = catalogue.FUNCTIONS[node.op]
        ladder = ladder_at(node.op, node.text, [self.nodes[arg].value for arg in node.args])
        if ladder:
            return self._rung(ladder, node, place)
        text = BETTER.get(node.op, row.partials)[place]
        if text is None:
            return None
        return self._inline(formula(text, row.parameters), dict(zip(row.parameters, node.args, strict=False)))

    def _rung(self, ladder: Ladder, node: SeriesNode, place: int) -> int | None:
        orders = orders_of(node.text) or (0,) * len(node.args)
        text = ladder.partials[place]
        if text is None:
            return None
        if text == STEP:
            higher = [order + (other == place) for other, order in enumerate(orders)]
            return self._plain(node.op, node.args, ",".join(map(str, higher)))
        row = catalogue.FUNCTIONS[node.op]
        counts = tuple(f"order_{name}" for name in row.parameters)
        bound = dict(zip(row.parameters, node.args, strict=True))
        bound |= {name: self._constant(float(order)) for name, order in zip(counts, orders, strict=True)}
        return self._inline(formula(text, (*row.parameters, *counts)), bound)

    def _slope_of_power(self, args: tuple[int, ...], place: int) -> int:
        base, exponent = args
        if place == 1:
            return self._apply("mul", (self._apply("pow", args), self._apply("log", (base,))))
        if self.nodes[exponent].shape.names and self.nodes[base].value != 0:
            return self._apply("mul", (self._apply("pow", args), self._apply("div", (exponent, base))))
        less = self._apply("add", (exponent, self._constant(-1.0)))
        return self._apply("mul", (exponent, self._apply("pow", (base, less))))

    # simpler forms

    def _sum(self, args: tuple[int, ...]) -> int:
        moving = tuple(arg for arg in args if self.nodes[arg].shape.names)
        fixed = [self.nodes[arg].value for arg in args if not self.nodes[arg].shape.names]
        total = reduce(operator.add, fixed, 0.0)
        if not moving:
            return self._constant(total)
        kept = (*moving, self._constant(total)) if total != 0 else moving
        return kept[0] if len(kept) == 1 else self._plain("add", kept)

    def _product(self, args: tuple[int, ...]) -> int:
        moving = [arg for arg in args if self.nodes[arg].shape.names]
        fixed = [self.nodes[arg].value for arg in args if not self.nodes[arg].shape.names]
        factor = reduce(operator.mul, fixed, 1.0)
        if not moving:
            return self._constant(factor)
        if factor != 1:
            moving[0] = self._plain("mul", (self._constant(factor), moving[0]))
        return reduce(lambda left, right: self._plain("mul", (left, right)), moving)

    def _negative(self, args: tuple[int, ...]) -> int:
        node = self.nodes[args[0]]
        if node.op == "mul" and self.nodes[node.args[0]].value == -1 and not self.nodes[node.args[0]].shape.names:
            return node.args[1]
        return self._product((self._constant(-1.0), args[0]))

    def _power(self, args: tuple[int, ...]) -> int:
        base, exponent = (self.nodes[arg] for arg in args)
        if not base.shape.names and base.value == 0 and exponent.value > 0:
            return self._constant(0.0)
        if not exponent.shape.names and math.isfinite(exponent.value):
            if exponent.value == 0:
                return self._constant(1.0)
            if exponent.value == 1:
                return args[0]
            if exponent.value == 2:
                return self._product((args[0], args[0]))
            if base.value != 0 and not (exponent.value > 0 and exponent.value == int(exponent.value)):
                return self._plain(POWER, args)
        return self._plain("pow", args)

    def _extremum(self, op: str, args: tuple[int, ...]) -> int:
        """Return the winner; of two equal ones the mean, as torch does."""
        wins = _EXTREMA[op]
        best = args[0]
        for arg in args[1:]:
            one, other = self.nodes[best].value, self.nodes[arg].value
            if arg == best or wins(one, other):
                continue
            best = arg if wins(other, one) else self._mean(best, arg)
        return best

    def _mean(self, one: int, other: int) -> int:
        return self._apply("mul", (self._constant(0.5), self._apply("add", (one, other))))

    def _function(self, op: str, args: tuple[int, ...]) -> int:
        row = catalogue.FUNCTIONS[op]
        bound = dict(zip(row.parameters, args, strict=False))
        if not row.partials:
            return self._inline(definition(op), bound)
        reaches, text = FORMS.get(op, (lambda *_args: False, ""))
        if reaches(*(self.nodes[arg].value for arg in args)):
            return self._inline(formula(text, row.parameters), bound)
        return self._plain(op, args)


_SIMPLER: dict[str, Callable[[Expansion, tuple[int, ...]], int]] = {
    "add": Expansion._sum,
    "mul": Expansion._product,
    "neg": Expansion._negative,
    "pow": Expansion._power,
    "max": lambda nodes, args: nodes._extremum("max", args),
    "min": lambda nodes, args: nodes._extremum("min", args),
}
_RULED = frozenset({VARIABLE, FLOAT, SPOT, POWER, "add", "mul", "div"})


def _block(instructions: tuple[Instruction, ...], target: int, done: Mapping[int, int]) -> list[int]:
    """Return what an instruction needs in any case and has not yet, in order: all but the insides of choices."""
    needed = {target}
    for index in range(target, -1, -1):
        if index in needed and index not in done and instructions[index].op != PIECEWISE:
            needed.update(instructions[index].args)
    return sorted(index for index in needed if index not in done)
