"""What torch finds of many points: whatever it calls sure or outside, all witnesses together call it that too."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcli.api import request_of
from derivcli.errors import DerivError
from derivcli.language.printer import to_text
from derivcli.language.tree import variables
from derivcli.many.look import Look
from derivcli.many.plan import plan
from derivcli.many.sheet import Sheet, are_finite
from derivcli.model import Status
from derivcli.model.choices import Form, Verify
from derivcli.points.files import open_points
from derivcli.points.told import Told
from derivcli.witnesses.client import nothing
from tests.every import examples, for_all, is_nightly
from tests.many import drafted, is_outside, is_sure, planned
from tests.strategies import expressions
from tests.test_trust import ordinary

if TYPE_CHECKING:
    from derivcli.language.tree import Node
    from derivcli.model import Result

XS = (
    *("0", "1", "-1", "0.5", "2", "-0.3", "3.7", "1e-3", "-2.25", "10", "0.1", "1e-9", "-1e-200", "1e200", "1e8"),
    *("0.30000000000000004", "0.9999999999999999", "30", "-30", "700", "3e-310"),
)
YS = ("0", "-2.5")
FINE = {True: {Status.AGREE, Status.UNVERIFIED}, False: {Status.UNDEFINED}}  # if sure, and if outside


def contradicted(text: str, *at: str) -> list[tuple[str, Result]]:
    """Return the points of which the witnesses say otherwise than that they are sure, or outside."""
    found, source = planned(text, *at, timeout=5)
    (rows,) = source.rows(found.columns)
    draft = Sheet(found)(rows)
    decided = np.flatnonzero(is_sure(draft) | is_outside(draft)).tolist()
    look = Look(found, nothing)
    told = [look(rows, index) for index in decided]
    return [
        ("sure" if is_sure(draft)[index] else "outside", result)
        for index, result in zip(decided, told, strict=True)
        if result.status not in FINE[bool(is_sure(draft)[index])] and not result.limit_reached
    ]


@examples(12, 400)
@given(st.one_of(ordinary(3), ordinary(2), expressions(2, ("x", "y"))))
def test_what_is_sure_or_outside_is_never_contradicted(tree: Node) -> None:
    names = variables(tree)
    every = (XS, ()) if len(names) == 1 else (XS[::2], YS)
    at = [f"{name}={','.join(texts)}" for name, texts in zip(names, every, strict=False)]
    if not names:
        return
    try:
        assert contradicted(to_text(tree), *at) == []
    except DerivError:
        return


HARD = [
    "x/x^2",
    "x^2*1e300",
    "x^2*0.5*1e150*1e150",
    "1/(1/x)",
    "x*1e250",
    "sqrt(x^2)",
    "log(exp(x))",
    "exp(x)*exp(-x)",
    "x^2*exp(-x^2)",
    "(1 - cos(x))/x^2",
    "1/(1 - x^10)",
    "x - 0.1",
    "sin(1e10*x)",
    "abs(x)^1.1",
    "floor(10*x)/10",
    "max(x, -x, 0.1)",
    "where(x > 0.1, x, 0.1)",
    "x*abs(x)",
    "round(x)*x",
    "atan2(x, x - 1)",
    "gamma(x)",
    "x^x",
    "log(x)^2",
    "asin(x)",
    "asin(tan(log(x)))",  # in and out of its domain without end at 0
    "sqrt(1 - x)",
    "relu(x)^2",
    "gelu(x)",
    "mod(x, 0.1)",
    "x*log(x^2)",
    "tan(x)",
]


@for_all("text", HARD if is_nightly() else HARD[::2])
def test_what_is_known_to_be_hard_is_never_contradicted(text: str) -> None:
    assert contradicted(text, f"x={','.join(XS)}") == []


def test_ordinary_points_are_sure() -> None:
    for text in ("5*x^4 + 3*x^3", "sin(x)*exp(-x^2)", "sqrt(x)/(1 + x)", "log(x)", "gamma(x)", "relu(x)", "x^2.5"):
        draft = drafted(text, "x=0.5:3:200")
        assert is_sure(draft).all(), text
        assert not is_outside(draft).any()


def test_the_symbolic_derivatives_stand_beside_those_of_autograd() -> None:
    draft = drafted("x^2*y", "x=1,2", "y=3,4")
    assert [column.tolist() for column in draft.autograd] == [[3, 4, 12, 16], [6, 8, 12, 16], [1, 1, 4, 4]]
    assert [column.tolist() for column in draft.symbolic if column is not None] == [
        [3, 4, 12, 16],
        [6, 8, 12, 16],
        [1, 1, 4, 4],
    ]


def test_without_verification_nothing_is_sure_and_nothing_compared() -> None:
    draft = drafted("log(x)", "x=-1,1", verify=Verify.OFF)
    assert draft.symbolic == [None, None]
    assert not is_sure(draft).any()
    assert not is_outside(draft).any()
    assert draft.autograd[1].tolist() == [-1, 1]


def test_a_derivative_without_a_symbolic_form_is_never_sure() -> None:
    draft = drafted("besselj(n, x)", "n=1,2", "x=1,2")
    assert not is_sure(draft).any()
    assert draft.symbolic[1] is None
    assert np.isnan(draft.autograd[1]).all()
    assert np.isfinite(draft.autograd[2]).all()


def test_slopes_that_differ_are_not_sure() -> None:
    draft = drafted("sqrt(x^4)", "x=0,1")
    assert is_sure(draft).tolist() == [False, True]


def test_a_row_that_cannot_be_read_does_not_change_the_others() -> None:
    good = open_points("-", Told(Form.CSV), io.BytesIO(b"x\n1\n2\n"))
    mixed = open_points("-", Told(Form.CSV), io.BytesIO(b"x\nabc\n1\nnan\n2\n1e999\n"))
    columns = []
    for source in (good, mixed):
        found = plan(request_of("sqrt(x)", {}), source)
        draft = Sheet(found)(next(iter(source.rows(found.columns))))
        columns.append([column[is_sure(draft)].tolist() for column in draft.autograd])
    assert columns[0] == columns[1]
    assert is_sure(draft).tolist() == [False, True, False, True, False]


def test_a_lower_tolerance_is_harder_to_be_sure_of() -> None:
    assert is_sure(drafted("sin(x)", "x=1e5,2e5")).all()
    assert not is_sure(drafted("sin(x)", "x=1e5,2e5", rtol=1e-14)).any()


def test_the_last_bit_alike_is_not_enough_where_rounding_may_have_spoiled_both() -> None:
    at = "x=0.6283185387179586,1.2566370694359173"  # 1e8*x is 0.8 past a multiple of 2*pi: half a unit of 1e8 is 1e-8
    for rtol, sure in ((1e-9, False), (1e-6, True)):
        draft = drafted("sin(1e8*x)", at, rtol=rtol)
        assert np.array_equal(draft.autograd[0], draft.symbolic[0])  # type: ignore[arg-type]
        assert draft.autograd[0].tolist() == pytest.approx([0.717, 0.717], abs=1e-3)  # sin(0.8)
        assert is_sure(draft).tolist() == [sure, sure]


def test_a_wide_range_does_not_cost_its_ordinary_points_their_verdict() -> None:
    draft = drafted("x^2*exp(-x)", "x=1e-300,1e-5,1,3,50,1e300")
    assert is_sure(draft)[1:5].all()


@pytest.mark.parametrize(
    ("form", "data"),
    [
        (Form.CSV, "n,x\ne-,1e-400\ne-,0\ne-,0e-5\ne-,-0.0\ne-,1\n"),
        (Form.JSONL, '{"x": 1e-400}\n{"x": 0}\n{"x": 0e-5}\n{"x": -0.0}\n{"x": 1}\n'),
    ],
)
def test_a_coordinate_that_float64_makes_0_of_is_not_taken_for_0(form: Form, data: str) -> None:
    source = open_points("-", Told(form), io.BytesIO(data.encode()))
    found = plan(request_of("1e-100*x", {}), source)
    assert is_sure(Sheet(found)(next(iter(source.rows(found.columns))))).tolist() == [False, True, True, True, True]


@pytest.mark.parametrize(("value", "sure"), [("1e-400", False), ("0", True), ("-0.0e5", True), ("1e-100", True)])
def test_a_value_for_all_rows_that_float64_makes_0_of_is_not_taken_for_0(value: str, sure: bool) -> None:
    assert is_sure(drafted("t*x", "x=1,2", f"t={value}", wrt="t")).tolist() == [sure, sure]


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("place", [0, 500, 999])
def test_one_number_that_is_not_finite_is_seen(odd: float, place: int) -> None:
    column = np.linspace(-1, 1, 1000)
    assert are_finite(column)
    column[place] = odd
    assert not are_finite(column)


def test_infinities_do_not_cancel_and_nothing_is_finite() -> None:
    assert not are_finite(np.array([math.inf, -math.inf]))
    assert are_finite(np.empty(0))


def test_a_sum_beyond_float64_may_say_no() -> None:
    assert not are_finite(np.array([1e308, 1e308]))


def test_a_special_function_that_is_0_too_early_is_not_sure() -> None:
    # K1'(700) = -(K2(700) + K0(700))/2 = -4.676e-306 (mpmath); in float64 K2(700) is 0, and half of it is lost.
    assert contradicted("k1(x)", "x=1,700,2") == []
    assert contradicted("besselk(2,x)", "x=1,700,2") == []
