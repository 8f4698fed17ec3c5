"""Evidence speaks where quotients converge fast; the numbers are known by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from derivcli.witnesses.approach import Approach, Leg
from derivcli.witnesses.evidence import Outcome
from tests.every import examples, for_all
from tests.witnesses.proof.asking import program
from tests.witnesses.proof.germs.test_random_sides import kinked

if TYPE_CHECKING:
    from derivcli.witnesses.evidence import Reading


def at(text: str, **point: str) -> Approach:
    return Approach(program(text, *point), {name: program(typed) for name, typed in point.items()})


def holds(found: Reading, number: str | Fraction, digits: int = 9) -> bool:
    """Tell whether a number is right as far as its error says, and known to some digits."""
    error = Fraction(found.error)
    is_right = found.outcome is Outcome.NUMBER and abs(Fraction(found.text) - Fraction(number)) <= error
    return is_right and error <= Fraction(1, 10**digits)


@for_all(
    ("text", "x", "left", "right"),
    [
        ("abs(x)", "0", "-1", "1"),
        ("max(x, x^2)", "1", "1", "2"),
        ("abs(x - 1/3)*exp(x - 1/3)", "1/3", "-1", "1"),
        ("3*x + x*sqrt(abs(x))", "0", "3", "3"),
        ("tanh(1e30*x)/1e30", "0", "1", "1"),  # a scale that no step of its own would show
        ("abs(x + 1e-50) - 1e-50", "0", "1", "1"),
        ("abs(x)*(1 - y)", "0", "-1", "1"),
    ],
)
def test_a_slope_that_is_reached_fast_is_right_as_far_as_its_error_says(
    text: str, x: str, left: str, right: str
) -> None:
    asked = at(text, x=x, y="0")
    assert holds(asked.slope("x", -1), left)
    assert holds(asked.slope("x", 1), right)


@for_all(
    "text",
    [
        "x/(1 + abs(x)^1e-7)",  # 1, by f(h)/h
        "where(x == 0, 0, x^2*tan(1/x))",  # poles next to 0 that no step meets
        "where(x == 0, 0, x^3/(x^2 + sin(1/x)^2))",  # f(h)/h is 1 at h = 1/pi/n
        "where(x == 0, 0, where(frac(1/x) == 0, x, 0))",
        "where(x == 0, 0, x*floor(sin(1/x)/2 + 1/2))",
        "where(x == 0, 0, x^2*gamma(sin(1/x)))",
        "x*exp(abs(x)^0.2)",
        "x*(1 + 1e-20*abs(x)^1e-6)",
        "where(x == 0, 0, x*tanh(log(abs(x))/1e8))",  # -1
        "where(x == 0, 0, x*sin(log(abs(x))/1e9))",  # none
        "where(x == 0, 0, x*sin(log(abs(x))))",
        "where(x == 0, 0, x*(1 + 1e-60*log(abs(x))) + x^2)",
        "where(x == 0, 0, x/log(abs(x)))",
        *(f"where(x == 0, 0, x*sin({wave}/x))" for wave in ("1", "pi", "2*pi", "97*pi/113", "1024*99991*pi")),
        "where(x == 0, 0, x*log(abs(x)))",
        "cbrt(x)",
        "sqrt(abs(x))",
        "sign(x)",
    ],
)
def test_what_is_reached_slowly_or_not_at_all_is_undecided(text: str) -> None:
    assert {at(text, x="0").slope("x", way).outcome for way in (-1, 1)} == {Outcome.UNDECIDED}


def test_a_side_without_values_is_undecided() -> None:
    assert at("x*sqrt(x)", x="0").slope("x", -1).outcome is Outcome.UNDECIDED
    assert holds(at("x*sqrt(x)", x="0").slope("x", 1), "0")


@for_all(
    ("text", "x", "left", "right"),
    [
        ("sin(x)/x", "0", "1", "1"),
        ("(x^2 - 1)/(x - 1)", "1", "2", "2"),
        ("x*log(abs(x))", "0", "0", "0"),
        ("(1 - cos(x))/x^2", "0", "1/2", "1/2"),
        ("abs(x)/x", "0", "-1", "1"),
        ("1/x", "0", None, None),
        ("sin(1/x)", "0", None, None),
        ("sin(pi/x)", "0", None, None),
        ("sinpi(digamma(x))", "-1", None, None),  # digamma grows like -1/h
        ("1/log(abs(x))", "0", None, None),
        ("exp(-1/x)", "0", None, None),
    ],
)
def test_a_limit_is_told_where_it_is_reached_fast(text: str, x: str, left: str | None, right: str | None) -> None:
    for way, limit in ((-1, left), (1, right)):
        found = at(text, x=x).limit({"x": Leg(Fraction(1))}, way)
        assert found.outcome is Outcome.UNDECIDED if limit is None else holds(found, limit)


def test_a_limit_is_one_along_a_path() -> None:
    asked = at("x^2*y/(x^4 + y^2)", x="0", y="0")
    assert holds(asked.limit({"x": Leg(Fraction(1)), "y": Leg(Fraction(1), 2)}, -1), "1/2")
    assert holds(asked.limit({"x": Leg(Fraction(1)), "y": Leg(Fraction(3))}, 1), "0")


def test_evidence_has_no_proof_and_no_digit_that_its_error_does_not_hold() -> None:
    found = at("3*x + x*sqrt(abs(x))", x="0").slope("x", 1)
    assert (found.proof, found.enclosure) == (None, None)
    assert found.held == 3  # of 3.0000000000000000000003


@examples(50, 5_000)
@given(st.data())
def test_what_is_seen_is_what_the_expression_was_built_with(data: st.DataObject) -> None:
    built = data.draw(kinked("x"))
    asked = program(built.text, "x")
    if "x" not in asked.variables:
        return
    for way, slope in ((-1, built.left), (1, built.right)):
        found = Approach(asked, {"x": program("0")}).slope("x", way)
        assert found.outcome is Outcome.UNDECIDED or holds(found, slope), (built, way, found)
