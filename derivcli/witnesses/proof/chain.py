"""All first derivatives at once, by the chain rule: the slopes of each instruction are proved on a disc of its own.

Around the operands of an instruction there is a box on which it is holomorphic in all of them together. So f is
analytic in the variables below such instructions alone, and the chain rule holds. One pass backwards multiplies slopes
and adds them up (Griewank and Walther, Evaluating Derivatives, section 3.2): its cost does not grow with the number of
variables.

The slope of an instruction by an operand is a difference of this instruction in the imaginary direction (see `discs`),
so that no rule of differentiation but the chain rule is used. Where an instruction is linear in an operand, a quotient
of two values is the slope. So it is in each factor of a product, a whole power is a product of equal factors,
and x/y is the product of x and 1/y.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from flint import ctx, fmpq

from derivcli.language.tree import COMPARISONS, PIECEWISE, VARIABLE
from derivcli.witnesses.proof.discs import Disc, Vicinity, disc_on, find_disc, first_derivative, is_narrow, vicinity_of
from derivcli.witnesses.proof.functions.arithmetic import divide, product
from derivcli.witnesses.proof.machine import LOGIC, compute, number
from derivcli.witnesses.proof.numbers import ONE, ZERO, Number, UnprovedError, checked, sign

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flint import fmpz

    from derivcli.language.program import Instruction
    from derivcli.witnesses.proof.machine import BallMachine, Result

Slopes = dict[int, Number]  # by the places of the operands; one of them is what an instruction without slopes passes on
# The slopes of instruction k, whose weight is known, by the operands in some places; may raise `UnprovedError`.
Local = Callable[[int, "Instruction", Number, "Sequence[int]"], "Mapping[int, Number | None]"]

_BITS = 60  # of the steps below the radii, as of the first differences of f as a whole
_KEPT = 4_096  # discs near points: a column of both signs has 16 vicinities for each power of two


def gradient(machine: BallMachine, values: Sequence[Result], bits: int = _BITS) -> dict[str, Number | None]:
    """Return the slope by each variable, None where it is not proved that f is analytic in it at the point.

    `values` are the results at the point. A variable that is left out does not reach f there. Of each slope twice the
    `bits` can be sure, if the precision is three times as high.
    """

    def slopes(k: int, instruction: Instruction, weight: Number, places: Sequence[int]) -> Slopes:
        return _slopes(k, instruction, weight, places, values, bits)

    return backward(machine, slopes)


def backward(machine: BallMachine, slopes: Local) -> dict[str, Number | None]:
    """Return the slope by each variable that reaches the result, None where a slope on the way to it is not known."""
    instructions = machine.program.instructions
    weights: dict[int, Number | None] = {len(instructions) - 1: ONE}
    for k, instruction, places in machine.backward:
        if k in weights:
            weight = weights.pop(k)
            for place, slope in _tried(slopes, k, instruction, weight, places).items():
                arg, share = instruction.args[place], _share(weight, slope)
                weights[arg] = _sum(weights[arg], share) if arg in weights else share
    return {instructions[k].text: weight for k, weight in weights.items() if instructions[k].op == VARIABLE}


def _tried(
    slopes: Local, k: int, instruction: Instruction, weight: Number | None, places: Sequence[int]
) -> Mapping[int, Number | None]:
    """Return the slopes of an instruction, None for each where its weight is not known, or not all of them are."""
    try:
        return dict.fromkeys(places) if weight is None else slopes(k, instruction, weight, places)
    except UnprovedError:
        return dict.fromkeys(places)


def _share(weight: Number | None, slope: Number | None) -> Number | None:
    if weight is None or slope is None:
        return None
    return weight if slope is ONE else checked(weight * slope)


def _sum(a: Number | None, b: Number | None) -> Number | None:
    return None if a is None or b is None else checked(a + b)


def _slopes(
    k: int, instruction: Instruction, weight: Number, places: Sequence[int], values: Sequence[Result], bits: int
) -> Slopes:
    """Return the slopes by the operands in some places; none where f does not depend on an operand near the point."""
    op, args, _text = instruction
    if op in LOGIC:
        return dict.fromkeys(places, ZERO)
    if op == PIECEWISE:
        chosen = _chosen([values[arg] for arg in args[1::2]])
        return {place: slope for place, slope in chosen.items() if place in places}
    here = number(values[k])
    operands = [values[arg] for arg in args]  # which have values where the result has one
    if op == "div":
        return _of_quotient(operands, places, weight, bits)
    found = _LINEAR[op](operands, places) if op in _LINEAR else {}
    curved = [place for place in places if place not in found]
    if not curved:
        return found
    if op in COMPARISONS:
        here = _compute(op, operands)
    return found | _differences(op, operands, curved, weight, here, bits)


def _of_quotient(operands: Sequence[Number], places: Sequence[int], weight: Number, bits: int) -> Slopes:
    """Return the slopes of a quotient as those of a product with 1/y, whose discs are met again for any x."""
    above, below = operands
    inverse = checked(divide(ONE, below))
    found = {0: inverse} if 0 in places else {}
    if 1 in places:
        slopes = _differences("div", (ONE, below), [1], weight, inverse, bits)
        found[1] = checked(above * slopes[1])
    return found


def _chosen(conditions: Sequence[Result]) -> Slopes:
    """Return the slopes of a choice: a condition has none, but it must stay as it is."""
    found: Slopes = {}
    for k, condition in enumerate(conditions):
        found[2 * k + 1] = ZERO
        if number(condition):
            return {**found, 2 * k: ONE}
    return {**found, 2 * len(conditions): ONE}


def _differences(
    op: str, operands: Sequence[Number], places: Sequence[int], weight: Number, here: Number, bits: int
) -> Slopes:
    """Return the slopes of an operation, whose result is `here`, by some of its operands, as differences."""
    disc = _near(op, operands, places, here) or _searched(op, operands, places, here)
    if weight == 0:
        return dict.fromkeys(places, ZERO)

    def along(place: int) -> Callable[[Number], Number]:
        return lambda x: _compute(op, [*operands[:place], x, *operands[place + 1 :]])

    with ctx.workprec(ctx.prec + max(disc.depth, 0)):  # which a step below the radii takes of each coordinate
        return {place: first_derivative(along(place), operands[place], place, disc, bits) for place in places}


def _searched(op: str, operands: Sequence[Number], places: Sequence[int], here: Number) -> Disc:
    """Return a disc of an operation around its operands in some places; raises `UnprovedError` where none is found."""

    def function(moved: Mapping[int, Number]) -> Number:
        return _compute(op, [moved.get(place, x) for place, x in enumerate(operands)])

    return find_disc(function, here, {place: operands[place] for place in places}, 1)


def _near(op: str, operands: Sequence[Number], places: Sequence[int], here: Number) -> Disc | None:
    """Return a disc on which an operation is bounded as it is around all points near by: rows share these."""
    try:
        around = tuple([(vicinity_of if k in places else _exact)(x) for k, x in enumerate(operands)])
    except UnprovedError:
        return None
    disc = _disc(op, tuple(places), around)
    return disc if disc is not None and is_narrow(disc, here) else None


def _exact(x: Number) -> tuple[fmpz, fmpz]:
    """Return a rational by its parts, of which a hash costs little; raises `UnprovedError` for a ball.

    A ball is hardly met again.
    """
    if not isinstance(x, fmpq):
        raise UnprovedError
    return x.p, x.q


@lru_cache(_KEPT)
def _disc(op: str, places: tuple[int, ...], around: tuple[tuple[Any, Any], ...]) -> Disc | None:
    """Return a disc of an operation; None where none is known.

    `around` are the vicinities of the operands in some places, and the parts of the other ones, which are rationals.
    """
    fixed = {place: fmpq(*x) for place, x in enumerate(around) if place not in places}

    def function(moved: Mapping[int, Number]) -> Number:
        return _compute(op, [moved[place] if place in moved else fixed[place] for place in range(len(around))])

    return disc_on(function, {place: Vicinity(*around[place]) for place in places})


def _compute(op: str, operands: Sequence[Number]) -> Number:
    """Return the result of an operation; of a comparison the sign that decides it, which is to stay."""
    if op in COMPARISONS:
        first, second = operands
        return fmpq(sign(first - second))
    return compute(op, operands)


def _others(factors: Sequence[Number], places: Sequence[int]) -> Slopes:
    """Return for factors in some places the product of the others."""
    before = [*accumulate(factors[:-1], product)]  # of the factors up to each
    after = [*accumulate(factors[:0:-1], product)][::-1]  # of those behind each
    return {k: product(*before[max(k - 1, 0) : k], *after[k : k + 1]) if before else ONE for k in places}


def _of_whole_power(operands: Sequence[Number], places: Sequence[int]) -> Slopes:
    """Return the slope by the base of a product of equal factors: for each of them the product of the others."""
    base, count = operands
    is_whole = 1 not in places and isinstance(count, fmpq) and count.q == 1 and count > 0
    return {0: checked(count * compute("pow", (base, count - 1)))} if is_whole else {}


# The slopes by those operands, in some places, in which an operation is linear.
_LINEAR: dict[str, Callable[[Sequence[Number], Sequence[int]], Slopes]] = {
    "add": lambda _terms, places: dict.fromkeys(places, ONE),
    "neg": lambda _x, _places: {0: -ONE},
    "mul": _others,
    "pow": _of_whole_power,
}
