from __future__ import annotations

import math
from typing import Any

from flint import arb, ctx, fmpq

from derivcli.witnesses.proof.discs import CentralDifferences, Disc, find_disc
from derivcli.witnesses.proof.machine import BallMachine, Function, number
from tests.every import for_all
from tests.witnesses.proof.asking import program


def found(text: str, **at: fmpq) -> tuple[Function, Disc]:
    """Return a text as a function around a point, and the disc that is found there."""
    machine = BallMachine(program(text, *at))
    values = machine.values(at)
    function = machine.function(values)
    return function, find_disc(function, number(values[-1]), at, 1)


def differences(text: str, bits: int, radius: int | None = None, **at: fmpq) -> CentralDifferences:
    """Return the differences of a text at a point, on the disc that is found or on one with a radius of 2^radius."""
    function, disc = found(text, **at)
    return CentralDifferences(
        function, at, disc if radius is None else Disc(dict.fromkeys(at, radius), disc.bound), bits
    )


@for_all("bits", range(3, 9))
def test_with_wide_steps_the_enclosure_still_holds_the_derivative_and_the_difference_alone_does_not(bits: int) -> None:
    """1/(1 - x) at 0 has the derivatives k!, and Cauchy's estimate is nearly sharp: the bound is tried hard."""
    function, _disc = found("1/(1 - x)", x=fmpq(0))
    with ctx.workprec(300):
        for k in range(1, 2 ** (bits - 1)):
            slope = CentralDifferences(function, {"x": fmpq(0)}, Disc({"x": -1}, arb(2)), bits).derivative({"x": k})
            assert slope.contains(math.factorial(k))
            assert slope.mid() != math.factorial(k)


def test_of_several_variables_the_bounds_multiply() -> None:
    asked: dict[str, Any] = {"x": fmpq(0), "y": fmpq(0)}
    with ctx.workprec(300):
        for bits in (4, 6, 12):
            slope = differences("exp(2*x + 3*y)", bits, **asked).derivative({"x": 2, "y": 1})
            assert slope.contains(12)  # 2^2*3
            assert slope.mid() != 12


def test_the_disc_keeps_clear_of_what_is_near() -> None:
    _function, disc = found("log(x - 1)", x=1 + fmpq(1, 2**20))
    assert disc.radii["x"] < -20


def test_where_f_explodes_the_disc_is_small() -> None:
    _function, disc = found("exp(1e6*x)", x=fmpq(1))
    assert disc.bound < arb(1e6).exp() * arb(2) ** 64
