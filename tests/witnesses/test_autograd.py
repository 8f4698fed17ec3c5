"""The torch witness: values and slopes at a point, and nothing of a branch that is not taken."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from derivcli.language.lowering import compile_tree
from derivcli.language.tree import Node, variables
from derivcli.witnesses import autograd
from derivcli.witnesses.autograd import Gradient, NoClosedFormError, one_thread_an_operation, partials
from derivcli.witnesses.folding import fold
from derivcli.witnesses.numerics import Numerics
from tests.checks import program_of
from tests.every import examples
from tests.strategies import expressions
from tests.test_trust import COORDINATES, ordinary


def at(text: str, **point: float) -> tuple[float, dict[str, float | None]]:
    return partials(fold(program_of(text)), point, tuple(point))


@pytest.mark.parametrize(
    ("text", "point", "value", "slopes"),  # by hand
    [
        ("5*x**4 + 3*x**3", {"x": 2.0}, 104.0, [196.0]),
        ("x^2*y", {"x": 2.0, "y": 3.0}, 12.0, [12.0, 4.0]),
        ("7*x/x", {"x": 2.0}, 7.0, [0.0]),
        ("7", {}, 7.0, []),
        ("pi", {}, math.pi, []),
        ("3 + 0*x", {"x": 1.0}, 3.0, [0.0]),
        ("x^0.5", {"x": 4.0}, 2.0, [0.25]),
        ("x^-1", {"x": 4.0}, 0.25, [-0.0625]),
        ("2^x", {"x": 3.0}, 8.0, [8 * math.log(2)]),
        ("x^y", {"x": 2.0, "y": 3.0}, 8.0, [12.0, 8 * math.log(2)]),
        ("mod(x, y)", {"x": 7.0, "y": 3.0}, 1.0, [1.0, -2.0]),
        ("floor(x)", {"x": 2.5}, 2.0, [0.0]),
        ("log(x, 10)", {"x": 10.0}, 1.0, [0.1 / math.log(10)]),
        ("max(x, 2, y)", {"x": 5.0, "y": 3.0}, 5.0, [1.0, 0.0]),
        ("9007199254740993*x", {"x": 1.0}, 9007199254740992.0, [9007199254740992.0]),
        ("abs(x)", {"x": -2.0}, 2.0, [-1.0]),
        ("x!", {"x": 4.0}, 24.0, [24 * (25 / 12 - 0.5772156649015329)]),  # digamma(5), Abramowitz & Stegun 6.3.2
    ],
)
def test_value_and_slopes_are_those_of_a_hand_calculation(
    text: str, point: dict[str, float], value: float, slopes: list[float]
) -> None:
    found, partial = at(text, **point)
    assert found == pytest.approx(value, rel=1e-15)
    assert list(partial.values()) == pytest.approx(slopes, rel=1e-14)


def test_a_variable_that_is_not_asked_for_gets_no_slope() -> None:
    assert partials(program_of("x*y"), {"x": 2.0, "y": 3.0}, ("y",)) == (6.0, {"y": 2.0})
    assert partials(program_of("x*y"), {"x": 2.0, "y": 3.0}, ()) == (6.0, {})


def test_a_variable_that_the_value_does_not_depend_on_has_slope_zero() -> None:
    assert at("where(x > 0, x, y)", x=1.0, y=5.0) == (1.0, {"x": 1.0, "y": 0.0})


@pytest.mark.parametrize(
    ("text", "x", "value", "slope"),
    [
        ("where(x > 0, sqrt(x), x)", -1.0, -1.0, 1.0),
        ("where(x > 0, sqrt(x), x)", 4.0, 2.0, 0.25),
        ("where(x == 0, 1, sin(x)/x)", 0.0, 1.0, 0.0),
        ("where(x > 0, x*log(x), 0)", 0.0, 0.0, 0.0),
        ("where(x != 0, exp(-1/x^2), 0)", 0.0, 0.0, 0.0),
        ("piecewise(log(x), x > 0, log(-x), x < 0, 5)", 0.0, 5.0, 0.0),
        ("piecewise(log(x), x > 0, log(-x), x < 0, 5)", -2.0, math.log(2), -0.5),
        (
            "where(x > 0, where(x > 1, sqrt(x - 1), acos(x)), asin(x/0))",
            0.0 + 0.5,
            math.acos(0.5),
            -1 / math.sqrt(0.75),
        ),
        ("1 + 2*where(x < 0, sqrt(-x), sqrt(x))", -4.0, 5.0, -0.5),
        ("where(where(x > 0, 1/x, 0) > 1, 1, x)", 0.0, 0.0, 1.0),
    ],
)
def test_a_branch_that_is_not_taken_leaks_nothing(text: str, x: float, value: float, slope: float) -> None:
    found, partial = at(text, x=x)
    assert found == pytest.approx(value, rel=1e-15)
    assert partial["x"] == pytest.approx(slope, rel=1e-14)


def column(*numbers: float) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.float64)


def same(a: float, b: float) -> bool:
    """Tell whether two numbers are equal, to the rounding of vectorized kernels; nan is equal to itself."""
    return (a != a and b != b) or a == b or abs(a - b) <= 1e-13 * abs(b)


@examples(15, 60)
@given(
    tree=st.one_of(ordinary(2), ordinary(3), expressions(2, ("x", "y"))),
    points=st.lists(st.tuples(*[st.sampled_from(COORDINATES).map(float)] * 2), min_size=1, max_size=6),
)
def test_values_and_slopes_are_those_of_one_point_at_a_time(tree: Node, points: list[tuple[float, float]]) -> None:
    names = variables(tree)
    program = compile_tree(tree)
    places = [{name: {"x": x, "y": y}[name] for name in names} for x, y in points]
    columns = {name: column(*(place[name] for place in places)) for name in names}
    found = Gradient(program, names)(columns, len(points))
    for index, place in enumerate(places):
        value, slopes = autograd.partials(program, place, names)
        assert same(found.value[index].item(), value)
        for name, partial in zip(names, found.partials, strict=True):
            expected = slopes[name]
            if partial is not None and expected is not None:
                assert same(partial[index].item(), expected)


def test_a_hand_calculation() -> None:
    found = Gradient(program_of("x^2*y"), ("y", "x"))({"x": column(1, 2), "y": column(3, 4)}, 2)
    assert found.value.tolist() == [3, 16]
    assert [p.tolist() for p in found.partials if p is not None] == [[1, 4], [6, 16]]


def test_a_constant_is_a_column_without_slopes() -> None:
    found = Gradient(program_of("2*pi"), ("x",))({}, 3)
    assert found.value.tolist() == [2 * torch.pi] * 3
    (slope,) = found.partials
    assert slope is not None
    assert slope.tolist() == [0, 0, 0]


def test_a_variable_that_does_not_matter_has_slope_zero() -> None:
    found = Gradient(program_of("where(x > 0, x, y)"), ("x", "y", "z"))({"x": column(1, 2), "y": column(3, 4)}, 2)
    assert [p.tolist() for p in found.partials if p is not None] == [[1, 1], [0, 0], [0, 0]]


def test_a_slope_without_a_closed_form_is_none_and_costs_no_other() -> None:
    found = Gradient(program_of("besselj(n, x)"), ("n", "x"))({"n": column(0, 1), "x": column(1, 2)}, 2)
    lacking, slope = found.partials
    assert lacking is None
    assert slope is not None
    assert slope.tolist() == pytest.approx([-0.4400505857449335, -0.0644716247372010])  # by DLMF 10.6.3 and 10.6.1


def test_no_rows_are_no_trouble() -> None:
    found = Gradient(program_of("x^2"), ("x",))({"x": column()}, 0)
    assert (found.value.tolist(), [p is not None and p.tolist() for p in found.partials]) == ([], [[]])


def test_the_columns_that_are_given_stay_as_they_are() -> None:
    given_column = column(1, 2)
    Gradient(program_of("x^2"), ("x",))({"x": given_column}, 2)
    assert not given_column.requires_grad
    assert given_column.grad is None


def test_float32_is_computed_in_float32() -> None:
    numerics = Numerics(torch.float32, torch.device("cpu"))
    found = Gradient(program_of("x/3"), ("x",), numerics)({"x": torch.tensor([1.0])}, 1)
    assert found.value.dtype == torch.float32
    assert found.value.item() == 0.3333333432674408


def test_a_function_without_a_closed_form_is_not_asked_for_one() -> None:
    with pytest.raises(NoClosedFormError):
        autograd.forward(program_of("besselj(n, x)"), {"n": 1.0, "x": 2.0}, "n")


def test_an_operation_has_one_thread_for_as_long_as_is_needed() -> None:
    before = torch.get_num_threads()
    with one_thread_an_operation():
        assert torch.get_num_threads() == 1
    with pytest.raises(LookupError), one_thread_an_operation():
        raise LookupError
    assert torch.get_num_threads() == before
