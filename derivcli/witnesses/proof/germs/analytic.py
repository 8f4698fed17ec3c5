"""Functions of the catalogue where they are analytic at a constant: their Taylor coefficients, by `discs` alone."""

from __future__ import annotations

from functools import cache, partial
from math import comb, factorial
from typing import TYPE_CHECKING

from flint import ctx, fmpq

from derivcli.language.program import Instruction, Program
from derivcli.language.tree import VARIABLE
from derivcli.witnesses.proof.discs import CentralDifferences, Disc, find_disc
from derivcli.witnesses.proof.germs import at_zero, exact
from derivcli.witnesses.proof.germs.constants import Coefficient, NamedNumber, number, of
from derivcli.witnesses.proof.germs.scales import UNIT
from derivcli.witnesses.proof.germs.series import Germ, constant, split
from derivcli.witnesses.proof.machine import BallMachine
from derivcli.witnesses.proof.machine import number as known_number
from derivcli.witnesses.proof.numbers import Number, need

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from derivcli.witnesses.proof.germs.powers import Expanding

_DISC_BITS = 128  # at which a disc is looked for
_GUARD_BITS = 64  # for what cancels within a single function


def is_wave(x: Germ) -> bool:
    """Tell whether a germ is bounded and need not have a limit."""
    return x.rest is not None and x.rest.scale == UNIT and x.rest.ball is not None and not x.terms


def of_wave(x: Germ, op: str) -> Germ:
    """Return a function that is continuous on the ball in which x, over its scale, stays."""
    assert x.rest is not None  # noqa: S101 - it has no terms
    x.size  # noqa: B018 - it must be known
    return Germ((), x.rest.image(partial(exact.on_ball, op), UNIT))


@cache
def _machine(op: str, count: int) -> BallMachine:
    variables = [Instruction(VARIABLE, text=str(k)) for k in range(count)]
    return BallMachine(Program((*variables, Instruction(op, tuple(range(count))))))


def analytic(op: str, work: Expanding, *args: Germ) -> Germ:
    """Return a function of which one argument moves; raises `UnprovedError` where it is not analytic for sure."""
    constants = [arg.constant for arg in args]
    moving = [k for k, c in enumerate(constants) if c is None]
    if not moving:
        return constant(_of_constants(op, constants))
    need(len(moving) == 1)
    (place,) = moving
    x = args[place]
    if len(args) == 1 and is_wave(x):
        return of_wave(x, op)
    large, c, small = split(x)
    need(not large.terms)
    return work.plug(_coefficients(op, place, (*constants[:place], c, *constants[place + 1 :])), small)


def taylor(op: str, work: Expanding, args: Sequence[Germ], place: int, k: int) -> Germ:
    """Return the k-th Taylor coefficient of a function in one of its arguments, at a germ in that place.

    Raises `UnprovedError` where the function is not analytic there for sure.
    """
    if k == 0:
        return analytic(op, work, *args)
    large, c, small = split(args[place])
    need(not large.terms)
    others = [arg.constant for arg in args]
    need(all(other is not None for at, other in enumerate(others) if at != place))
    centre = (*others[:place], c, *others[place + 1 :])
    at_centre = _coefficients(op, place, centre)
    return work.plug(lambda j: at_centre(k + j) * fmpq(comb(k + j, k)), small)


def _coefficients(op: str, place: int, centre: tuple[Coefficient, ...]) -> Callable[[int], Coefficient]:
    known = at_zero.coefficients(op, place, centre)
    if known is not None:
        return known
    disc = _disc(op, place, centre)
    return lambda k: _coefficient(op, place, k, disc, centre)


def _of_constants(op: str, constants: Sequence[Coefficient]) -> Coefficient:
    known = at_zero.coefficients(op, len(constants) - 1, tuple(constants))
    return exact.of_constants(op, *constants) if known is None else known(0)


def _point(centre: tuple[Coefficient, ...]) -> dict[str, Number]:
    return {str(k): number(c) for k, c in enumerate(centre)}


def _disc(op: str, place: int, centre: tuple[Coefficient, ...]) -> Disc:
    with ctx.workprec(_DISC_BITS):
        machine, point = _machine(op, len(centre)), _point(centre)
        values = machine.values(point)
        return find_disc(machine.function(values), known_number(values[-1]), {str(place): point[str(place)]}, 1)


def _coefficient(op: str, place: int, k: int, disc: Disc, centre: tuple[Coefficient, ...]) -> Coefficient:
    if k == 0:
        return exact.of_constants(op, *centre)
    return of(NamedNumber(lambda *_name: _ball(op, place, k, disc, centre), "taylor", op, place, k, *centre))


def _ball(op: str, place: int, k: int, disc: Disc, centre: tuple[Coefficient, ...]) -> Number:
    """Return the k-th Taylor coefficient at about the current precision: differences err by the square of the step."""
    step = ctx.prec // 2 + _GUARD_BITS
    precision = ctx.prec + (k + 1) * step + _GUARD_BITS
    with ctx.workprec(precision):
        machine, point = _machine(op, len(centre)), _point(centre)
        moving = {str(place): point[str(place)]}
        differences = CentralDifferences(machine.function(machine.values(point)), moving, disc, step)
        found: Number = differences.derivative({str(place): k}) * fmpq(1, factorial(k))
    return found
