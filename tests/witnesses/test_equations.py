"""Equations with derivatives of parts, at points: by hand which of them hold, and where they break."""

from __future__ import annotations

from typing import Any

from derivcli.language.lowering import inline
from derivcli.language.program import Builder, Program
from derivcli.language.tree import VARIABLE
from derivcli.witnesses import equations
from derivcli.witnesses.asking.equations import EquationsRequest, Proved
from derivcli.witnesses.evidence import MISSING
from tests.checks import program_of
from tests.every import for_all


def sides(*texts: str) -> tuple[Program, list[int]]:
    """Return several expressions as one program, in which `s` is the slope, and where each of them is."""
    builder = Builder()
    places = [inline(builder, program_of(text), lambda _op: True, {}) for text in texts]
    instructions = builder.everything().instructions
    named = [i._replace(text="@0") if i.op == VARIABLE and i.text == "s" else i for i in instructions]
    return Program(tuple(named)), places


def held(left: str, right: str, *xs: str, part: str = "x^2", needs: str = "1", **others: Any) -> Any:
    """Return what is seen of an equation about the slope of a part, at values of x: an `Equation`."""
    program, (needed, first, second) = sides(needs, left, right)
    asked = EquationsRequest(
        program_of(part),
        (len(program_of(part).instructions) - 1,),
        program,
        ((first, second),),
        (needed,),
        "x",
        tuple({"x": program_of(x), "y": program_of("4.1")} for x in xs),
        **{"asked": 0, "enough": 2, "digits": (30,), **others},
    )
    (seen,) = equations.hold(asked).seen
    return seen


def test_an_equation_that_holds_is_looked_at_until_that_is_enough() -> None:
    seen = held("s", "2*x", "1", "2", "3")
    assert (seen.held, seen.broken, seen.wider) == (2, None, 0)


def test_where_an_equation_breaks_first_both_sides_are_kept() -> None:
    seen = held("s", "x + 1", "1", "2", "3", enough=3)  # 2*x is x + 1 at 1 alone
    assert (seen.held, seen.broken, seen.left.number, seen.right.number) == (1, 1, 4, 3)


def test_where_what_it_needs_has_no_value_a_point_does_not_count() -> None:
    seen = held("s", "2*x", "-1", "-2", "3", needs="log(x)")
    assert (seen.held, seen.wider, seen.broken) == (1, 2, None)


def test_a_side_that_has_no_value_where_the_other_one_has_makes_it_wider_or_breaks_it() -> None:
    wider = held("s*sqrt(x)/sqrt(x)", "2*x", "-1", "3")
    assert (wider.held, wider.wider, wider.broken) == (1, 1, None)
    right = "2*x*sqrt(x)/sqrt(x)"
    lenient, strict = held("s", right, "-1", "3"), held("s", right, "-1", "3", strict=True)
    assert (lenient.held, lenient.broken, strict.held, strict.broken) == (1, None, 0, 0)


def test_the_points_of_the_question_count_for_nothing_and_show_the_left_side() -> None:
    seen = held("s", "2*x", "5", "1", asked=1)
    assert (seen.held, seen.here.number) == (1, 10)
    assert held("s", "3*x", "5", "1", asked=1).here == MISSING


def test_at_a_kink_there_is_no_slope_for_the_question_and_elsewhere_the_mean_of_both_sides() -> None:
    seen = held("s", "0", "0", "0", part="abs(x)", asked=1)
    assert (seen.here, seen.held, seen.broken) == (MISSING, 1, None)


def test_points_are_moved_onto_a_curve_and_left_out_where_there_is_none() -> None:
    circle: dict[str, Any] = {"curve": program_of("x^2 + y^2 - 25"), "variable": "y"}
    assert held("y", "4", "3", "-3", **circle).held == 2
    off = held("y", "4", "3", "0", **circle)  # 5 at 0
    assert (off.held, off.broken, off.left.number, off.moved.number) == (1, 1, 5, 5)
    nowhere = held("y", "4", "3", curve=program_of("x + exp(y)"), variable="y")
    assert (nowhere.held, nowhere.broken) == (0, None)


@for_all(
    ("text", "zero"),
    [("(x + 1)^2 - x^2 - 2*x - 1", True), ("sin(x)^2 + cos(x)^2 - 1", True), ("x - x", True), ("x", False)],
)
def test_what_is_0_by_algebra_is_proved(text: str, zero: bool) -> None:
    program, _places = sides("1")
    asked = EquationsRequest(program, (), program, (), (), "x", (), 0, 0, (), prove=program_of(text))
    _held, proved = equations.parts(asked)
    assert proved() == Proved(zero)
