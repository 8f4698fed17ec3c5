"""Random expressions with the kink on the point: against exact slopes built with them, and against the evidence.

The truth goes by its own rules: a value and two one-sided slopes, all rational, which are enough to know those of sums,
products, absolute values, maxima, clamps and of smooth functions at a point where these are rational.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from derivcli.errors import DerivError
from derivcli.language.lowering import compile_tree
from derivcli.witnesses.approach import Approach, Leg
from derivcli.witnesses.evidence import Outcome
from derivcli.witnesses.proof.germs.sides import SideProver
from tests.every import examples
from tests.strategies import expressions
from tests.witnesses.proof.asking import program

if TYPE_CHECKING:
    from collections.abc import Callable

    from derivcli.language.tree import Node
    from derivcli.witnesses.evidence import Reading

POINTS = ("0", "1", "-2", "1/3", "pi", "sqrt(2)", "log(3)", "-e", "besselj(0, 1)")


class Kinked(NamedTuple):
    """A text, with its value and its slopes from the left and from the right at the point."""

    text: str
    value: Fraction
    left: Fraction
    right: Fraction

    def through(self, text: str, value: Fraction, slope: Fraction) -> Kinked:
        """Return a smooth function of it, of which the value and the slope are known."""
        return Kinked(text.format(self.text), value, slope * self.left, slope * self.right)


ZERO, ONE = Fraction(0), Fraction(1)
# Smooth functions, by the value of their argument: value and slope.
_SMOOTH: dict[str, Callable[[Fraction], tuple[Fraction, Fraction] | None]] = {
    "sin({})": lambda v: None if v else (ZERO, ONE),
    "tanh({})": lambda v: None if v else (ZERO, ONE),
    "asinh({})": lambda v: None if v else (ZERO, ONE),
    "expm1({})": lambda v: None if v else (ZERO, ONE),
    "erf({})*sqrt(pi)/2": lambda v: None if v else (ZERO, ONE),
    "besselj(1, {})": lambda v: None if v else (ZERO, Fraction(1, 2)),
    "exp({})": lambda v: None if v else (ONE, ONE),
    "cos({})": lambda v: None if v else (ONE, ZERO),
    "acos({})": lambda _v: None,
    "log({})": lambda v: (ZERO, ONE) if v == 1 else None,
    "sqrt({})": lambda v: (ONE, Fraction(1, 2)) if v == 1 else None,
    "({})^1.7": lambda v: (ONE, Fraction(17, 10)) if v == 1 else None,
    "cbrt({})": lambda v: (v, Fraction(1, 3)) if abs(v) == 1 else None,
    "({})^2": lambda v: (v**2, 2 * v),
    "({})^3": lambda v: (v**3, 3 * v**2),
    "1/({})": lambda v: (1 / v, -1 / v**2) if v else None,
    "-({})": lambda v: (-v, -ONE),
    "abs({})^1.01": lambda v: None if v else (ZERO, ZERO),
}  # fmt: skip


def _sum(a: Kinked, b: Kinked) -> Kinked:
    return Kinked(f"({a.text} + {b.text})", a.value + b.value, a.left + b.left, a.right + b.right)


def _product(a: Kinked, b: Kinked) -> Kinked:
    left, right = (a.value * q + p * b.value for p, q in ((a.left, b.left), (a.right, b.right)))
    return Kinked(f"({a.text})*({b.text})", a.value * b.value, left, right)


def _absolute(a: Kinked) -> Kinked:
    way = (a.value > 0) - (a.value < 0)
    left, right = (way * a.left, way * a.right) if way else (-abs(a.left), abs(a.right))
    return Kinked(f"abs({a.text})", abs(a.value), left, right)


def _larger(a: Kinked, b: Kinked) -> Kinked:
    text = f"max({a.text}, {b.text})"
    if a.value != b.value:
        return (a if a.value > b.value else b)._replace(text=text)
    return Kinked(text, a.value, min(a.left, b.left), max(a.right, b.right))


def _smaller(a: Kinked, b: Kinked) -> Kinked:
    text = f"min({a.text}, {b.text})"
    if a.value != b.value:
        return (a if a.value < b.value else b)._replace(text=text)
    return Kinked(text, a.value, max(a.left, b.left), min(a.right, b.right))


def _clamped(a: Kinked) -> Kinked:
    low, high = (Kinked(str(c), Fraction(c), ZERO, ZERO) for c in (-1, 1))
    return _smaller(_larger(a, low), high)._replace(text=f"clamp({a.text}, -1, 1)")


def _leaves(step: str) -> list[Kinked]:
    def slope(text: str, left: str, right: str) -> Kinked:
        return Kinked(text.format(t=step), ZERO, Fraction(left), Fraction(right))

    return [
        slope("{t}", "1", "1"),
        slope("abs({t})", "-1", "1"),
        slope("2*relu({t})", "0", "2"),
        slope("where({t} < 0, {t}/3, ({t})^2)", "1/3", "0"),
        slope("({t})*(2 + abs({t})^0.02)", "2", "2"),
        slope("({t})*exp(abs({t})^0.3)", "1", "1"),
        slope("where({t} == 0, 0, ({t})/log(abs({t})))", "0", "0"),
        slope("where({t} == 0, 0, ({t})^2*sin(1/({t})))", "0", "0"),
        slope("where({t} == 0, 0, ({t})/(1 + exp(1/({t}))))", "1", "0"),
        *(Kinked(text, Fraction(text), ZERO, ZERO) for text in ("1", "2", "-1", "1/2", "-3")),
    ]


@st.composite
def kinked(draw: st.DrawFn, step: str, depth: int = 3) -> Kinked:
    kind = draw(st.sampled_from(("smooth", "two", "two", "bent"))) if depth else "leaf"
    if kind == "leaf" or draw(st.integers(0, 7)) == 0:
        return draw(st.sampled_from(_leaves(step)))
    a = draw(kinked(step, depth - 1))
    if kind == "two":
        return draw(st.sampled_from((_sum, _product, _larger, _smaller)))(a, draw(kinked(step, depth - 1)))
    if kind == "bent":
        return draw(st.sampled_from((_absolute, _clamped)))(a)
    found = {text: values for text, rule in _SMOOTH.items() if (values := rule(a.value)) is not None}
    text = draw(st.sampled_from(sorted(found)))
    return a.through(text, *found[text])


def _is(found: Reading | None, slope: Fraction) -> bool:
    """Tell whether a slope is right; what is not proved is no fault: 5 % of these are not."""
    if found is None:
        return True
    with mp.workdps(80):
        right = mpf(slope.numerator) / slope.denominator
        return found.outcome is Outcome.NUMBER and abs(mpf(found.text) - right) <= mpf(found.error) + mpf(10) ** -40


@examples(100, 30_000)
@given(st.data(), st.sampled_from(POINTS))
def test_what_is_proved_is_what_the_expression_was_built_with(data: st.DataObject, at: str) -> None:
    built = data.draw(kinked("x" if at == "0" else f"(x - ({at}))"))
    asked = program(built.text, "x")
    if "x" not in asked.variables:
        return
    (left, right), _order = SideProver(asked, {"x": program(at)}).slopes("x")
    assert _is(left, built.left), (built, left)
    assert _is(right, built.right), (built, right)


def _agree(proved: Reading | None, seen: Reading) -> bool:
    """Tell whether evidence and a proof say the same; a proof that there is no number leaves nothing to be seen."""
    if proved is None or seen.outcome is Outcome.UNDECIDED:
        return True
    if proved.outcome is not Outcome.NUMBER:
        return False
    with mp.workdps(60):
        apart = abs(mpf(proved.text) - mpf(seen.text))
        return bool(apart <= mpf(proved.error) + mpf(seen.error))


@examples(30, 20_000)
@given(expressions(depth=3, names=("x",)), st.sampled_from(("0", "1", "-1", "1/2", "2", "pi", "-pi/2")))
def test_evidence_does_not_contradict_what_is_proved(tree: Node, at: str) -> None:
    try:
        asked = compile_tree(tree)
    except DerivError:
        return
    if "x" not in asked.variables:
        return
    point = {"x": program(at)}
    prover, quotients = SideProver(asked, point), Approach(asked, point)
    value = prover.value
    if value is None:
        return
    (left, right), _order = prover.slopes("x") if value.outcome is Outcome.NUMBER else ((None, None), 1)
    for way, slope in ((-1, left), (1, right)):
        limit = prover.limit({"x": (fmpq(1), 1)}, way)
        assert _agree(limit, quotients.limit({"x": Leg(Fraction(1))}, way)), (limit, way)
        assert _agree(slope, quotients.slope("x", way)), (slope, way)
