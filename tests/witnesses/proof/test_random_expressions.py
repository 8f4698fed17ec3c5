"""What is proved of random expressions, at ordinary and special points, against mpmath's values of f."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from derivcli.errors import DerivError
from derivcli.language.lowering import compile_tree
from derivcli.witnesses import balls
from derivcli.witnesses.balls import Ball
from derivcli.witnesses.precise import Machine, compute
from derivcli.witnesses.proof.prover import Prover
from tests.every import examples
from tests.strategies import expressions
from tests.witnesses.proof.asking import program

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.language.program import Program
    from derivcli.language.tree import Node
    from derivcli.witnesses.evidence import Reading

NAMES = ("x", "y")
COORDINATES = ("0.7", "-1.7", "4.1", "0", "1", "-1", "2", "0.5", "pi", "pi/2", "-pi/4", "1/3", "1e-8", "100", "-1/e")
POINTS = st.tuples(*(st.sampled_from(COORDINATES) for _ in NAMES))
_BITS = 700  # of f by mpmath
_STEP = Fraction(1, 2**300)  # f of these expressions is as good as straight over it, but where it is huge
_HUGE = mpf(10) ** 60


def contradicted(proved: Reading, seen: Any) -> bool:
    """Tell whether a ball of mpmath's and what is proved lie apart."""
    if not isinstance(seen, (Fraction, Ball)):
        return False
    found = balls.ball(seen)
    apart = abs(found.middle - mpf(proved.text))
    return bool(apart > mpf(proved.error) + found.error + abs(found.middle) * mpf(10) ** -25 + mpf(10) ** -60)


def difference(machine: Machine, point: Mapping[str, Any], name: str) -> Any:
    """Return a central difference of f by mpmath; None where f grows so that the step may be too wide."""
    beside = [machine.values({**point, name: compute("add", [point[name], way * _STEP])}) for way in (-1, 1)]
    sizes = [abs(balls.ball(x).middle) for x in beside[0] if isinstance(x, (Fraction, Ball))]
    if any(size > _HUGE for size in sizes):
        return None
    rise = compute("add", [beside[1][-1], compute("neg", [beside[0][-1]])])
    return compute("div", [rise, 2 * _STEP])


@examples(120, 20_000)
@given(expressions(depth=3, names=NAMES), POINTS)
def test_what_is_proved_of_a_random_expression_is_not_contradicted_by_mpmath(tree: Node, at: tuple[str, ...]) -> None:
    try:
        asked: Program = compile_tree(tree)
    except DerivError:
        return
    coordinates = {name: program(text) for name, text in zip(NAMES, at, strict=True)}
    prover = Prover(asked, coordinates)
    value = prover.value
    with mp.workprec(_BITS):
        machine = Machine(asked)
        point = {name: Machine(typed).values({})[-1] for name, typed in coordinates.items()}
        if value is None:
            assert not (prover.has_no_value and isinstance(machine.values(point)[-1], (Fraction, Ball)))
            return
        assert not contradicted(value, machine.values(point)[-1])
        for name in asked.variables:
            slope = prover.slope((name,))
            assert slope is None or not contradicted(slope, difference(machine, point, name))
