from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flint import arb, ctx, fmpq
from hypothesis import given

from derivcli.errors import DerivError
from derivcli.language.lowering import compile_tree
from derivcli.witnesses.proof import chain
from derivcli.witnesses.proof.chain import gradient
from derivcli.witnesses.proof.discs import CentralDifferences, find_disc
from derivcli.witnesses.proof.machine import BallMachine, compute, number
from derivcli.witnesses.proof.numbers import Number, UnprovedError, ball
from tests.every import examples, for_all
from tests.strategies import expressions
from tests.witnesses.proof.asking import program
from tests.witnesses.proof.test_random_expressions import NAMES, POINTS

if TYPE_CHECKING:
    import pytest

    from derivcli.language.tree import Node

BITS = 220


def slopes(text: str, **at: str | fmpq) -> dict[str, Number | None]:
    with ctx.workprec(BITS):
        machine = BallMachine(program(text, *at))
        point = {name: fmpq(*map(int, x.split("/"))) if isinstance(x, str) else x for name, x in at.items()}
        return gradient(machine, machine.values(point))


@for_all(
    ("text", "at", "truths"),
    [  # by hand, or by mpmath to 30 digits
        ("x*y*z", {"x": "2", "y": "3", "z": "5"}, {"x": "15", "y": "10", "z": "6"}),
        ("x*x*x", {"x": "2"}, {"x": "12"}),
        ("-(x - y)/(x + y)", {"x": "1", "y": "3"}, {"x": "-0.375", "y": "0.125"}),
        (
            "sqrt(x)/y",
            {"x": "2", "y": "3"},
            {"x": "0.117851130197757920733474060351", "y": "-0.157134840263677227644632080468"},
        ),
        ("0/y + x", {"x": "1", "y": "7"}, {"x": "1", "y": "0"}),
        ("x*x*x*y", {"x": "2", "y": "5"}, {"x": "60", "y": "8"}),
        ("x^2 + sqrt(x^2)", {"x": "3"}, {"x": "7"}),
        ("x^5", {"x": "-2"}, {"x": "80"}),
        ("x^1 + x^2", {"x": "0"}, {"x": "1"}),
        ("(x*y)^3", {"x": "1", "y": "2"}, {"x": "24", "y": "12"}),
        ("x^y", {"x": "2", "y": "3"}, {"x": "12", "y": "5.54517744447956247533785697166541"}),
        ("exp(sin(x*y))", {"x": "1", "y": "0"}, {"x": "0", "y": "1"}),
        ("atan2(y, x)", {"x": "-1", "y": "2"}, {"x": "-0.4", "y": "-0.2"}),
        ("max(x, y, z)", {"x": "1", "y": "4", "z": "2"}, {"x": "0", "y": "1", "z": "0"}),
        ("where(x < 2, x*y, z)", {"x": "1", "y": "5", "z": "1"}, {"x": "5", "y": "1"}),
        ("piecewise(x*y, x > 2, z, x > 1/2, y)", {"x": "1", "y": "5", "z": "1"}, {"x": "0", "z": "1"}),
        ("where(x > 0 and not y > 3, x^3, y)", {"x": "2", "y": "1"}, {"x": "12", "y": "0"}),
        ("hypot(x, y)", {"x": "3", "y": "4"}, {"x": "0.6", "y": "0.8"}),
        (
            "besselj(0, x)*y",
            {"x": "1", "y": "2"},
            {"x": "-0.880101171489867031919364407438", "y": "0.765197686557966551"},
        ),
    ],
)
def test_slopes_by_all_variables_are_proved_at_once(text: str, at: dict[str, str], truths: dict[str, str]) -> None:
    found = slopes(text, **at)
    assert found.keys() == truths.keys()
    with ctx.workprec(BITS):
        for name, slope in found.items():
            assert abs(ball(slope) - arb(truths[name])) < arb("1e-17")
            assert ball(slope).rad() < arb("1e-30")


@for_all(
    ("text", "at", "lost"),
    [
        ("x^2 + abs(y)", {"x": "3", "y": "0"}, {"y"}),
        ("0*abs(y)", {"y": "0"}, {"y"}),
        ("x^y", {"x": "0", "y": "2"}, {"x", "y"}),
        ("x^y", {"x": "-1", "y": "2"}, {"x", "y"}),  # each slope of a whole power alone exists
        ("abs(x)^2", {"x": "0"}, {"x"}),
        ("x^(2 + x)", {"x": "0"}, {"x"}),  # each slope of the power exists, that of the whole does not
        ("where(x <= 1, x, y)", {"x": "1", "y": "1"}, {"x"}),
        ("where(floor(x) < 2, x, y)", {"x": "1", "y": "1"}, {"x"}),
        ("where(x == 1, 1, x)", {"x": "1"}, {"x"}),
        ("where(x > 0 and y > 0, x, y)", {"x": "1", "y": "0"}, {"y"}),
        ("sqrt(x^2 + y^2) + z", {"x": "0", "y": "0", "z": "1"}, {"x", "y"}),
        ("max(x, y) + y", {"x": "1", "y": "1"}, {"x", "y"}),
        ("(x + abs(y))*y", {"x": "1", "y": "0"}, {"y"}),
    ],
)
def test_below_what_is_not_analytic_nothing_is_proved(text: str, at: dict[str, str], lost: set[str]) -> None:
    assert {name for name, slope in slopes(text, **at).items() if slope is None} == lost


def test_the_gradient_of_rational_operations_is_exact() -> None:
    assert slopes("(x*y + 1)/3 - x/7", x="2", y="5") == {"x": fmpq(32, 21), "y": fmpq(2, 3)}


def test_what_is_kept_of_an_operand_that_moves_is_not_taken_for_a_rational_that_stays() -> None:
    """1 is in the vicinity of the radius 2^-3 and the number 8, which are the parts of -3/8."""
    chain._disc.cache_clear()
    for text, slope in (("atan2(-3/8, x)", fmpq(24, 73)), ("atan2(x, -3/8)", fmpq(-24, 73))):
        with ctx.workprec(BITS):
            found = slopes(text, x="1")["x"]
            assert found is not None
            assert found.contains(slope)


def test_the_work_does_not_grow_with_the_number_of_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    def work(n: int) -> int:
        count = 0

        def counted(*args: Any) -> Number:
            nonlocal count
            count += 1
            return compute(*args)

        with monkeypatch.context() as patch:
            patch.setattr(chain, "compute", counted)
            chain._disc.cache_clear()
            names = [f"x{k}" for k in range(n)]
            found = slopes("sqrt(" + " + ".join(f"sin({x})" for x in names) + ")", **dict.fromkeys(names, "1"))
        assert len(found) == n
        return count

    few, more, most = work(5), work(10), work(20)
    assert most - more == 2 * (more - few)


@examples(30, 8_000)
@given(expressions(depth=3, names=NAMES), POINTS)
def test_the_chain_rule_and_differences_of_f_as_a_whole_do_not_contradict_each_other(
    tree: Node, at: tuple[str, ...]
) -> None:
    try:
        machine = BallMachine(compile_tree(tree))
    except DerivError:
        return
    with ctx.workprec(BITS):
        try:
            centre = {name: number(BallMachine(program(x)).values({})[-1]) for name, x in zip(NAMES, at, strict=True)}
            values = machine.values(centre)
            here, function = number(values[-1]), machine.function(values)
        except UnprovedError:
            return
        for name, slope in gradient(machine, values).items():
            try:
                alone = {name: centre[name]}
                disc = find_disc(function, here, alone, 1)
                whole = ball(CentralDifferences(function, alone, disc, 60).derivative({name: 1}))
            except UnprovedError:
                continue
            assert slope is None or whole.overlaps(ball(slope))
