"""What is proved of random expressions, at ordinary and special points, against mpmath's values of f."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from derivcli.errors import DerivError
from derivcli.language import catalogue
from derivcli.language.lowering import compile_tree
from derivcli.language.parser import parse
from derivcli.language.tree import PIECEWISE, postorder
from derivcli.witnesses.proof.prover import Prover
from tests.checks import evaluate
from tests.every import examples
from tests.strategies import expressions
from tests.test_trust import in_time
from tests.witnesses.proof.asking import program

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.language.program import Program
    from derivcli.language.tree import Node
    from derivcli.witnesses.evidence import Reading

NAMES = ("x", "y")
COORDINATES = ("0.7", "-1.7", "4.1", "0", "1", "-1", "2", "0.5", "pi", "pi/2", "-pi/4", "1/3", "1e-8", "100", "-1/e")
POINTS = st.tuples(*(st.sampled_from(COORDINATES) for _ in NAMES))
_BITS = 400  # of f by mpmath
_PATIENCE = 0.2  # seconds for a value of mpmath's: some take minutes
_STEPS = (100, 120)  # powers of 1/2


def contradicted(proved: Reading, seen: Any) -> bool:
    """Tell whether a number of mpmath's and what is proved lie apart."""
    apart = abs(seen - mpf(proved.text))
    return bool(apart > mpf(proved.error) + abs(seen) * mpf(10) ** -25 + mpf(10) ** -60)


def value(tree: Node, point: Mapping[str, Any]) -> Any:
    """Return f by mpmath's own functions, None where it has no value that is the same with more digits."""
    rough, sharp = (_with_bits(bits, tree, point) for bits in (_BITS, 2 * _BITS))
    if rough is not None and rough == sharp:  # exact, or sinpi of what is a whole number with too few digits
        sharp = _with_bits(20 * _BITS, tree, point)
    sure = None not in (rough, sharp) and abs(rough - sharp) <= abs(sharp) * mpf(10) ** -40
    return sharp if sure else None


def _with_bits(bits: int, tree: Node, point: Mapping[str, Any]) -> Any:
    with mp.workprec(bits):
        return in_time(_value, tree, point, patience=_PATIENCE)


def _value(tree: Node, point: Mapping[str, Any]) -> Any:
    try:
        return evaluate(tree, {name: place() for name, place in point.items()})
    except (ValueError, ArithmeticError, TypeError, KeyError, RecursionError, mp.NoConvergence):
        return None


def difference(tree: Node, point: Mapping[str, Any], name: str) -> Any:
    """Return a central difference of f by mpmath, None where two steps give different ones.

    None too where both are 0: beside a huge constant all digits of a slope are lost.
    """
    found = [_quotient(tree, point, name, mpf(2) ** -step) for step in _STEPS]
    if None in found:
        return None
    coarse, fine = found
    return fine if fine and abs(coarse - fine) <= abs(fine) * mpf(10) ** -30 else None


def _quotient(tree: Node, point: Mapping[str, Any], name: str, step: Any) -> Any:
    beside = [value(tree, {**point, name: lambda way=way: point[name]() + way * step}) for way in (-1, 1)]
    return None if None in beside else (beside[1] - beside[0]) / (2 * step)


def jumps(tree: Node) -> bool:
    """Tell whether a tree holds what jumps: there the last digit of a number may decide, and mpmath has no bound."""
    ops = {node.op for node in postorder(tree)}
    rough = {op for op in ops & catalogue.FUNCTIONS.keys() if not catalogue.FUNCTIONS[op].smooth}
    return bool(ops & {PIECEWISE, "atan2"} or rough - {"abs", "max", "min", "relu", "clamp"})


@examples(50, 20_000)
@given(expressions(depth=3, names=NAMES), POINTS)
def test_what_is_proved_of_a_random_expression_is_not_contradicted_by_mpmath(tree: Node, at: tuple[str, ...]) -> None:
    try:
        asked: Program = compile_tree(tree)
    except DerivError:
        return
    prover = Prover(asked, {name: program(text) for name, text in zip(NAMES, at, strict=True)})
    proved = prover.value
    if jumps(tree):
        return
    typed = {name: parse(text).tree for name, text in zip(NAMES, at, strict=True)}
    point = {name: partial(evaluate, place, {}) for name, place in typed.items()}
    seen = value(tree, point)
    if proved is None:
        assert not prover.has_no_value or seen is None
        return
    with mp.workprec(_BITS):
        assert seen is None or not contradicted(proved, seen)
        for name in asked.variables if seen is not None else ():
            slope, rise = prover.slope((name,)), difference(tree, point, name)
            assert slope is None or rise is None or not contradicted(slope, rise)
