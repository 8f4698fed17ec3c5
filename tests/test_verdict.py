"""The verdicts are arithmetic on what the witnesses say, in the order in which a verdict is found."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcli import wording
from derivcli.closeness import Tolerance, agrees
from derivcli.model import Dtype, Kind, Proof, Sides, Status, Value, worst
from derivcli.verdict import Blame, judge_derivative, judge_value
from derivcli.witnesses.evidence import (
    MISSING,
    UNDECIDED,
    UNDEFINED,
    UNSEEN,
    Outcome,
    Reading,
    Sided,
    SlopeEvidence,
    ValueEvidence,
)

INF, NAN = math.inf, math.nan
TOLERANCE = Tolerance()
WILD = Reading(Outcome.OSCILLATES)
UP, DOWN = Reading(Outcome.INFINITE, sign=1), Reading(Outcome.INFINITE, sign=-1)
JUMP = Reading(Outcome.JUMPS, sign=1)
FINE = Value(status=Status.AGREE)
ALONE = "the proof alone gives this number"


def number(text: str, error: str = "0") -> Reading:
    return Reading(Outcome.NUMBER, text, error)


def slope(
    autograd: float | None, left: Reading, right: Reading | None = None, symbolic: Reading = MISSING, **others: Any
) -> Any:
    """Return the verdict on a slope from what is proved of both sides."""
    return by_evidence(autograd, sure(left), sure(left if right is None else right), symbolic, **others)


def by_evidence(
    autograd: float | None, left: Reading, right: Reading, symbolic: Reading = MISSING, **others: Any
) -> Any:
    """Return the verdict on a slope from what was seen of both sides, proved or not."""
    return judge_derivative(FINE, SlopeEvidence(autograd, symbolic, sides=Sided(left, right), **others), TOLERANCE)


def sure(reading: Reading) -> Reading:
    """Return a reading as one that is proved, if it says anything."""
    says = reading.outcome not in (Outcome.UNDECIDED, Outcome.MISSING)
    return replace(reading, proof=reading.proof or Proof.SIDE) if says else reading


# What is proved from both sides.


def of_side(outcome: Outcome, text: str = "", error: str = "0", sign: int = 0) -> Reading:
    return Reading(outcome, text, error, sign, Proof.SIDE)


def test_slopes_that_are_proved_apart_are_a_corner_however_near_they_lie() -> None:
    left, right = (of_side(Outcome.NUMBER, text) for text in ("0." + 35 * "9", "1." + 34 * "0" + "1"))
    seen = slope(1.0, left, right)
    assert (seen.status, seen.kind, seen.proof, seen.quotient) == (
        Status.NOT_DIFFERENTIABLE,
        Kind.CORNER,
        Proof.SIDE,
        None,
    )
    assert seen.note.endswith("; the slopes differ by 2e-35, which float64 does not show")
    near = by_evidence(1.0, number(left.text), number(right.text), may_switch=True)
    assert (near.status, near.proof, near.left, near.right) == (Status.UNVERIFIED, None, 1.0, 1.0)


def test_a_derivative_agrees_with_what_is_proved_from_both_sides() -> None:
    seen = slope(1.0, of_side(Outcome.NUMBER, "1"))
    assert (seen.status, seen.proof, seen.enclosure) == (Status.AGREE, Proof.SIDE, ("1", "1"))


def test_a_kink_is_proved_where_both_sides_are() -> None:
    nothing, up = of_side(Outcome.UNDEFINED), of_side(Outcome.INFINITE, sign=1)
    for left, right, kind, proof in (
        (nothing, up, Kind.VERTICAL_TANGENT, Proof.SIDE),
        (nothing, UNDECIDED, Kind.ONE_SIDED, None),
        (of_side(Outcome.JUMPS, sign=1), number("0"), Kind.JUMP, None),
    ):
        seen = by_evidence(0.0, left, right)
        assert (seen.kind, seen.proof, seen.enclosure) == (kind, proof, None)


def test_a_gap_is_proved_where_the_value_and_all_limits_are() -> None:
    one, gap = of_side(Outcome.NUMBER, "1"), of_side(Outcome.UNDEFINED)
    for limits, proof in ((Sided(one, one), Proof.SIDE), (Sided(one, number("1")), None)):
        value = judge_value(ValueEvidence(math.nan, third=gap, limits=(limits,)), TOLERANCE)
        assert (value.status, value.kind, value.proof) == (Status.UNDEFINED, Kind.REMOVABLE, proof)


def test_a_limit_in_several_variables_is_one_where_it_is_proved_and_not_by_some_paths() -> None:
    one, gap = of_side(Outcome.NUMBER, "1"), of_side(Outcome.UNDEFINED)
    paths = (Sided(one, one), Sided(one, one))
    alike = judge_value(ValueEvidence(math.nan, third=gap, limits=paths), TOLERANCE)
    said = "f is not defined here; along every path that was tried it has the same limit, which does not prove one"
    assert (alike.kind, alike.limit, alike.proof, alike.note) == (Kind.OUTSIDE_DOMAIN, None, None, said)
    proved = judge_value(ValueEvidence(math.nan, third=gap, limits=paths, together=one), TOLERANCE)
    said = "f is not defined here, but it has a limit, in all directions together"
    assert (proved.kind, proved.limit, proved.proof, proved.note) == (
        Kind.REMOVABLE,
        Sides(1.0, 1.0),
        Proof.SIDE,
        said,
    )


# One number against its reference.


@pytest.mark.parametrize(
    ("autograd", "reference", "expected"),
    [
        (1.0, "1", True),
        (1.0000000009, "1", True),
        (1.000000002, "1", False),
        (-1.0, "1", False),
        (1e-300, "1.0000000005e-300", True),
        (1e-300, "1.00000001e-300", False),
        (0.0, "1.7e-17", False),  # rtol alone decides
        (1.7e-17, "0", True),  # except where the reference is 0
        (1e-12, "0", True),
        (1.1e-12, "0", False),
        (0.0, "0", True),
        (-0.0, "0", True),
        (0.0, "1e-400", True),  # underflow agrees
        (5e-324, "4e-324", True),  # the nearest there is
        (1e-323, "4e-324", False),
        (INF, "1e400", False),  # overflow differs
        (-INF, "-1e400", False),
        (INF, "1", False),
        (NAN, "1", False),
        (NAN, "0", False),
        (1.7976931348623157e308, "1.7976931348623157e308", True),
        (9007199254740992.0, "9007199254740993", True),
        (1.0, "1e999999", False),
    ],
)
def test_a_number_agrees_within_rtol_or_within_atol_of_zero(autograd: float, reference: str, expected: bool) -> None:
    assert agrees(autograd, Decimal(reference), TOLERANCE) is expected


def test_the_tolerances_can_be_chosen() -> None:
    assert agrees(1.01, Decimal(1), Tolerance(rtol=0.1))
    assert not agrees(1.0 + 1e-15, Decimal(1), Tolerance(rtol=0))
    assert agrees(0.01, Decimal(0), Tolerance(atol=0.1))
    assert not agrees(5e-324, Decimal(0), Tolerance(atol=0))


# The value.


def test_a_value_that_agrees_is_the_reference_rounded() -> None:
    seen = judge_value(ValueEvidence(0.30000000000000004, number("0.3"), number("0.3")), TOLERANCE)
    assert (seen.status, seen.answer, seen.autograd) == (Status.AGREE, 0.3, 0.30000000000000004)
    assert (seen.symbolic, seen.quotient, seen.note, seen.kind) == (0.3, 0.3, None, None)
    assert seen.abs_error == pytest.approx(4.44e-17, rel=1e-2)
    assert seen.rel_error == pytest.approx(1.48e-16, rel=1e-2)
    assert seen.digits == "0.3000000000000000000000000"


@pytest.mark.parametrize(
    ("autograd", "reference", "error", "answer"),
    [
        (0.33333333333333337, "0.33333333333333333333", "0", 1 / 3),
        (1e-17, "0", "0", 0.0),
        (-0.0, "-1e-400", "0", 0.0),
        (-0.0, "0", "0", 0.0),
        (1 / 3, "0.33333333333", "1e-11", 1 / 3),  # the reference leaves autograd's digits open
        (0.33333333335, "0.3333333333333333", "1e-16", 0.333333333333333),  # but not these
    ],
)
def test_the_answer_is_the_best_number_known(autograd: float, reference: str, error: str, answer: float) -> None:
    seen = judge_value(ValueEvidence(autograd, third=number(reference, error)), TOLERANCE)
    assert (seen.status, seen.answer) == (Status.AGREE, answer)
    assert seen.answer is not None
    assert math.copysign(1, seen.answer) == 1  # no -0.0


def test_the_answer_is_rounded_to_the_type_of_autograd() -> None:
    in_float32 = Tolerance(rtol=1e-4, atol=1e-6, dtype=Dtype.FLOAT32)
    seen = judge_value(ValueEvidence(0.3000001, third=number("0.3")), in_float32)
    assert seen.answer == 0.300000011920928955078125  # 10066330/2^25, the float32 next to 0.3 (IEEE 754)


def test_a_value_that_differs_is_the_references() -> None:
    seen = judge_value(ValueEvidence(0.0, number("0.5"), number("0.5")), TOLERANCE)
    assert (seen.status, seen.answer, seen.abs_error, seen.rel_error) == (Status.DIFFER, 0.5, 0.5, 1.0)
    assert seen.note is not None


def test_the_third_witness_has_the_last_word_on_the_value() -> None:
    seen = judge_value(ValueEvidence(2.0, number("3"), number("2")), TOLERANCE)
    assert (seen.status, seen.answer, seen.symbolic) == (Status.AGREE, 2.0, 3.0)


def test_where_the_third_witness_is_undecided_the_symbolic_value_is_the_reference() -> None:
    seen = judge_value(ValueEvidence(2.0, number("2"), UNDECIDED), TOLERANCE)
    assert (seen.status, seen.quotient) == (Status.AGREE, None)


@pytest.mark.parametrize("seen", [ValueEvidence(2.0), ValueEvidence(2.0, UNDECIDED, UNDECIDED), ValueEvidence(NAN)])
def test_a_value_without_a_reference_is_unverified_and_never_agrees(seen: ValueEvidence) -> None:
    found = judge_value(seen, TOLERANCE)
    assert found.status is Status.UNVERIFIED
    assert found.note is not None
    assert found.abs_error is None


def test_overflow_differs_and_has_no_answer() -> None:
    seen = judge_value(ValueEvidence(INF, number("1e400"), number("1e400")), TOLERANCE)
    assert (seen.status, seen.answer, seen.abs_error, seen.rel_error) == (Status.DIFFER, None, None, None)
    assert seen.digits == "1.000000000000000000000000e+400"


def test_underflow_agrees() -> None:
    seen = judge_value(ValueEvidence(0.0, number("1e-400"), number("1e-400")), TOLERANCE)
    assert (seen.status, seen.answer) == (Status.AGREE, 0.0)
    assert seen.note == "not 0 exactly: 1e-400 is too small for float64"


@pytest.mark.parametrize(("autograd", "true"), [(0.0, "0"), (5e-324, "5e-324"), (1e-300, "1e-300")])
def test_a_number_that_float64_holds_is_not_called_too_small(autograd: float, true: str) -> None:
    assert judge_value(ValueEvidence(autograd, number(true), number(true)), TOLERANCE).note is None


def test_a_difference_that_rounding_the_point_explains_says_so() -> None:
    seen = judge_value(ValueEvidence(3.0, number("2"), number("2"), nearby=number("3")), TOLERANCE)
    assert seen.status is Status.DIFFER
    assert "float64 rounds the point" in (seen.note or "")


@pytest.mark.parametrize(
    ("limits", "kind", "limit"),
    [
        ([], Kind.OUTSIDE_DOMAIN, None),
        ([(UNDEFINED, UNDEFINED)], Kind.OUTSIDE_DOMAIN, None),
        ([(number("1"), number("1"))], Kind.REMOVABLE, Sides(1.0, 1.0)),
        ([(UNDEFINED, number("0"))], Kind.REMOVABLE, Sides(None, 0.0)),
        ([(DOWN, UP)], Kind.POLE, Sides(-INF, INF)),
        ([(UNDEFINED, DOWN)], Kind.POLE, Sides(None, -INF)),
        ([(number("0"), UP)], Kind.POLE, Sides(0.0, INF)),
        ([(number("-1.5"), number("1.5"))], Kind.JUMP, Sides(-1.5, 1.5)),
        ([(number("-1"), number("1")), (UNDEFINED, UNDEFINED)], Kind.JUMP, None),
        ([(number("-1"), number("1")), (number("1"), number("-1"))], Kind.JUMP, None),
        ([(number("-1"), number("1")), (number("0"), number("0"))], Kind.OUTSIDE_DOMAIN, None),
        ([(number("-1"), number("1")), (number("-2"), number("2"))], Kind.OUTSIDE_DOMAIN, None),
        ([(number("-1"), UNDEFINED), (UNDEFINED, number("1"))], Kind.OUTSIDE_DOMAIN, None),
        ([(number("-1"), WILD)], Kind.OSCILLATING, Sides(-1.0, None)),
        ([(UP, WILD)], Kind.POLE, Sides(INF, None)),
        ([(number("0"), number("0")), (WILD, WILD)], Kind.OSCILLATING, None),
        ([(WILD, WILD)], Kind.OSCILLATING, None),
        ([(number("1"), number("1")), (number("1"), number("1"))], Kind.OUTSIDE_DOMAIN, None),
        ([(number("0"), number("0")), (number("0.5"), number("0.5"))], Kind.OUTSIDE_DOMAIN, None),
        ([(number("0"), number("0")), (UP, UP)], Kind.POLE, None),
    ],
)
def test_f_without_a_value_is_undefined_with_its_kind_and_its_limits(
    limits: list[tuple[Reading, Reading]], kind: Kind, limit: Sides | None
) -> None:
    evidence = ValueEvidence(5.0, third=UNDEFINED, limits=tuple(Sided(*pair) for pair in limits))
    seen = judge_value(evidence, TOLERANCE)
    assert (seen.status, seen.kind, seen.limit, seen.answer) == (Status.UNDEFINED, kind, limit, None)
    assert seen.autograd == 5.0  # what torch says is shown, as its number


# One derivative, row by row of the second table.


def test_where_f_has_no_value_a_derivative_is_undefined_whatever_torch_says() -> None:
    value = Value(status=Status.UNDEFINED, kind=Kind.POLE)
    evidence = SlopeEvidence(-1.0, number("-1"), sides=Sided(number("-1"), number("-1")))
    seen = judge_derivative(value, evidence, TOLERANCE)
    assert (seen.status, seen.kind, seen.answer, seen.autograd) == (Status.UNDEFINED, Kind.POLE, None, -1.0)


def test_where_no_witness_has_a_value_of_f_a_formula_alone_is_no_slope() -> None:
    evidence = SlopeEvidence(1.0, number("1"))
    unknown = Value(status=Status.UNVERIFIED, autograd=NAN)
    seen = judge_derivative(unknown, evidence, TOLERANCE)
    assert (seen.status, seen.answer, seen.note) == (Status.UNVERIFIED, None, wording.VALUE_UNKNOWN)
    by_torch = Value(status=Status.UNVERIFIED, autograd=2.0)
    assert judge_derivative(by_torch, evidence, TOLERANCE).status is Status.AGREE


def test_both_sides_the_same_and_autograd_too_agree() -> None:
    seen = slope(2.0, number("2"), symbolic=number("2"))
    assert (seen.status, seen.answer, seen.left, seen.right, seen.quotient) == (Status.AGREE, 2.0, 2.0, 2.0, 2.0)


def test_both_sides_the_same_and_autograd_not_differ() -> None:
    seen = slope(0.0, number("1.7e-17"), symbolic=number("1.7e-17"))
    assert (seen.status, seen.answer) == (Status.DIFFER, 1.7e-17)


def test_a_symbolic_form_that_is_missing_does_no_harm() -> None:
    assert (slope(2.0, number("2")).status, slope(2.0, number("2")).note) == (Status.AGREE, None)


def test_a_symbolic_form_that_says_the_same_is_no_note() -> None:
    for has_formula in (True, False):
        seen = slope(2.0, number("2"), symbolic=number("2"), has_formula=has_formula)
        assert (seen.status, seen.note) == (Status.AGREE, None)


@pytest.mark.parametrize("symbolic", [number("0.5"), UNDEFINED, UNDECIDED])
def test_a_symbolic_form_that_says_otherwise_is_a_note(symbolic: Reading) -> None:
    seen = slope(2.0, number("2"), symbolic=symbolic, has_formula=True)
    assert (seen.status, seen.answer) == (Status.AGREE, 2.0)
    assert "symbolic form" in (seen.note or "")


def test_autograds_nan_where_the_derivative_exists_differs_with_the_right_number() -> None:
    seen = slope(NAN, number("0"), symbolic=number("0"))
    assert (seen.status, seen.answer) == (Status.DIFFER, 0.0)
    assert "nan" in (seen.note or "")


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        (number("-1"), number("1"), Kind.CORNER),
        (number("0"), number("1e-20"), Kind.CORNER),
        (number("1"), number("1.00000001"), Kind.CORNER),
        (DOWN, UP, Kind.CUSP),
        (UP, UP, Kind.VERTICAL_TANGENT),
        (number("1"), UP, Kind.CORNER),
        (DOWN, number("0"), Kind.CORNER),
        (UNDEFINED, UP, Kind.VERTICAL_TANGENT),
        (UNDEFINED, number("0"), Kind.ONE_SIDED),
        (number("3"), UNDEFINED, Kind.ONE_SIDED),
        (JUMP, number("3"), Kind.JUMP),
        (JUMP, JUMP, Kind.JUMP),
        (JUMP, UP, Kind.JUMP),
        (WILD, WILD, Kind.OSCILLATING),
        (WILD, number("0"), Kind.OSCILLATING),
        (WILD, UNDEFINED, Kind.OSCILLATING),
    ],
)
def test_sides_that_do_not_meet_are_a_kink_of_their_kind(left: Reading, right: Reading, kind: Kind) -> None:
    seen = slope(0.0, left, right, symbolic=number("0"))
    assert (seen.status, seen.kind, seen.answer) == (Status.NOT_DIFFERENTIABLE, kind, None)
    assert (seen.left, seen.right) == (left.as_float(), right.as_float())
    assert seen.note is not None


@pytest.mark.parametrize(
    ("side", "kind"),
    [
        (UNDEFINED, Kind.ONE_SIDED),
        (UP, Kind.VERTICAL_TANGENT),
        (JUMP, Kind.JUMP),
        (WILD, Kind.OSCILLATING),
    ],
)
@pytest.mark.parametrize("autograd", [0.0, 1.0])
def test_one_side_is_enough_to_know_that_there_is_no_derivative(side: Reading, kind: Kind, autograd: float) -> None:
    for left, right in ((side, UNDECIDED), (UNDECIDED, side)):
        seen = slope(autograd, left, right, symbolic=number("0"), has_formula=True)
        assert (seen.status, seen.kind, seen.answer) == (Status.NOT_DIFFERENTIABLE, kind, None)


def test_a_derivative_above_one_that_ends_at_the_point_does_not_exist_either() -> None:
    seen = slope(0.0, UNDEFINED, UNDECIDED, symbolic=number("0"), wrt=("x", "x"), lower=("x",))
    assert (seen.status, seen.kind, seen.answer) == (Status.NOT_DIFFERENTIABLE, Kind.ONE_SIDED, None)


READINGS = st.sampled_from([number("0"), number("-2"), UP, DOWN, JUMP, WILD, UNDEFINED, UNDECIDED, MISSING])


@given(READINGS, READINGS, st.sampled_from([None, 0.0, INF, NAN]))
def test_a_vertical_tangent_is_never_claimed_with_a_finite_slope_on_one_side(
    left: Reading, right: Reading, autograd: float | None
) -> None:
    seen = slope(autograd, left, right)
    if seen.kind is Kind.VERTICAL_TANGENT:
        assert {seen.left, seen.right} in ({INF}, {-INF}, {INF, None}, {-INF, None})
        said_to_end = "no real values" in (seen.note or "")
        assert said_to_end is (UNDEFINED in (left, right))


def test_a_point_without_neighbours_is_isolated() -> None:
    seen = slope(NAN, UNDEFINED)
    assert (seen.status, seen.kind) == (Status.UNDEFINED, Kind.ISOLATED)


def test_sides_that_differ_by_their_own_error_are_the_same() -> None:
    assert slope(1.0, number("1", "2e-10"), number("1.0000000001"), symbolic=number("1")).status is Status.AGREE


@pytest.mark.parametrize(
    ("left", "right"), [(UNDECIDED, UNDECIDED), (UNDECIDED, number("2")), (number("2"), UNDECIDED)]
)
def test_undecided_sides_leave_it_to_the_symbolic_value(left: Reading, right: Reading) -> None:
    for autograd, status in ((2.0, Status.AGREE), (2.5, Status.DIFFER)):
        seen = slope(autograd, left, right, symbolic=number("2"))
        assert (seen.status, seen.answer) == (status, 2.0)
        assert "compared with the symbolic form alone" in (seen.note or "")


def test_evidence_confirms_what_both_other_witnesses_say_and_no_more() -> None:
    seen = number("2", "1e-12")
    for may_switch in (False, True):
        found = by_evidence(2.0, seen, seen, number("2.0000000000005000000000001"), may_switch=may_switch)
        assert (found.status, found.digits, found.proof) == (Status.AGREE, "2.000000000000500000000000", None)
    for autograd, symbolic in ((3.0, "2"), (2.0, "2.1"), (3.0, "3")):
        found = by_evidence(autograd, seen, seen, number(symbolic), may_switch=True)
        assert (found.status, found.answer, found.kind, found.proof) == (Status.UNVERIFIED, None, None, None)
        assert (found.left, found.quotient, found.right) == (2.0, 2.0, 2.0)
        assert (found.note or "").startswith("nothing is proved of the slopes from both sides")


def test_evidence_alone_makes_no_kink() -> None:
    found = by_evidence(0.0, number("-1", "1e-12"), number("1", "1e-12"), number("0"), may_switch=True)
    assert (found.status, found.kind, found.left, found.right) == (Status.UNVERIFIED, None, -1.0, 1.0)


@pytest.mark.parametrize("order", [(UNDEFINED, UNDECIDED), (UNDECIDED, UNDEFINED), (number("0"), UNDEFINED)])
@pytest.mark.parametrize("may_switch", [False, True])
def test_a_side_without_real_values_excludes_that_witnesses_agree(
    order: tuple[Reading, Reading], may_switch: bool
) -> None:
    found = slope(0.0, *order, symbolic=number("0"), may_switch=may_switch)
    assert (found.status, found.kind) == (Status.NOT_DIFFERENTIABLE, Kind.ONE_SIDED)


@pytest.mark.parametrize("symbolic", [MISSING, UNDECIDED, UNDEFINED])
def test_nothing_to_compare_with_is_unverified_and_says_so(symbolic: Reading) -> None:
    for sides in (UNSEEN, Sided(UNDECIDED, UNDECIDED)):
        seen = judge_derivative(FINE, SlopeEvidence(2.0, symbolic, sides=sides), TOLERANCE)
        assert seen.status is Status.UNVERIFIED
        assert seen.note is not None
        assert seen.note.startswith("nothing to compare with")


def test_without_a_number_of_autograds_it_is_unverified_and_says_why() -> None:
    seen = by_evidence(None, UNDECIDED, UNDECIDED, number("2"))
    said = "autograd has no number here; the symbolic form alone gives this number"
    assert (seen.status, (seen.note or "").split(wording.SYMBOLIC_ALONE)[0]) == (Status.UNVERIFIED, f"{said}; ")
    seen = slope(None, number("2"), missing="no closed form")
    said = "no closed form; the proof alone gives this number"
    assert (seen.status, seen.note) == (Status.UNVERIFIED, said)


@pytest.mark.parametrize(
    ("symbolic", "status", "said"),
    [
        (number("2"), Status.AGREE, "the other witnesses give this number"),
        (number("2.0000000000000000000000000000000001", "1e-33"), Status.AGREE, "the other witnesses give this number"),
        (number("2.0000000000000000000001"), Status.UNVERIFIED, ALONE),  # near, and not the number
        (number("3"), Status.UNVERIFIED, f"{ALONE}; the symbolic form gives 3 here"),
        (MISSING, Status.UNVERIFIED, ALONE),
        (UNDECIDED, Status.UNVERIFIED, ALONE),
    ],
)
def test_without_a_number_of_autograds_the_symbolic_one_has_to_be_the_one_that_is_proved(
    symbolic: Reading, status: Status, said: str
) -> None:
    proved = Reading(Outcome.NUMBER, "2", "1e-40", proof=Proof.DISC)
    seen = slope(None, proved, symbolic=symbolic, missing="torch is asked up to order 5", has_formula=True)
    assert (seen.status, seen.answer, seen.autograd, seen.proof) == (status, 2.0, None, Proof.DISC)
    assert (seen.note or "").startswith(f"torch is asked up to order 5; {said}")
    assert seen.enclosure is not None


def test_past_a_switch_the_symbolic_value_is_no_reference() -> None:
    sides = Sided(UNDECIDED, UNDECIDED)
    evidence = SlopeEvidence(2.0, number("2"), sides=sides, has_formula=True)
    assert judge_derivative(FINE, evidence, TOLERANCE).status is Status.AGREE
    seen = judge_derivative(FINE, replace(evidence, may_switch=True), TOLERANCE)
    assert (seen.status, seen.answer, seen.digits) == (Status.UNVERIFIED, None, None)


@pytest.mark.parametrize("may_switch", [False, True])
def test_the_formula_of_a_curve_s_slope_is_no_reference_by_itself(may_switch: bool) -> None:
    curve = SlopeEvidence(2.0, number("2"), has_formula=True, may_switch=may_switch, on_curve=True)
    for sides, said in (
        (UNSEEN, "no other witness has answered"),
        (Sided(UNDECIDED, UNDECIDED), "is not decided"),
    ):
        seen = judge_derivative(FINE, replace(curve, sides=sides), TOLERANCE)
        assert (seen.status, seen.answer, seen.digits, seen.kind) == (Status.UNVERIFIED, None, None, None)
        assert said in (seen.note or "")
    assert judge_derivative(FINE, replace(curve, sides=Sided(number("2"), number("2"))), TOLERANCE).answer == 2


def test_the_cause_that_was_found_is_said_unless_rounding_the_point_explains_all() -> None:
    blame = Blame(sentence="it cancels", rewrite="x - 1")
    seen = judge_value(ValueEvidence(3.0, number("2"), number("2")), TOLERANCE, blame)
    assert ((seen.note or "").endswith("; it cancels"), seen.rewrite) == (True, "x - 1")
    rounded = judge_value(ValueEvidence(3.0, number("2"), number("2"), nearby=number("3")), TOLERANCE, blame)
    assert ("it cancels" in (rounded.note or ""), rounded.rewrite) == (False, None)
    lost = judge_value(ValueEvidence(0.0, MISSING, number("2")), TOLERANCE)
    assert (lost.note or "").endswith("rounding on the way lost the other digits")


def test_a_number_that_differs_is_told_with_the_true_one_and_how_many_digits_are_right() -> None:
    seen = judge_value(ValueEvidence(1.001, number("1"), number("1")), TOLERANCE)
    assert (seen.note or "").startswith("3 of autograd's 16 digits are right; ")
    assert " is 1; " in (seen.note or "")
    assert seen.rel_error == pytest.approx(1e-3)
    blurred = judge_value(ValueEvidence(0.5, third=number("0.3333333333", "1e-6")), TOLERANCE)
    assert " is 0.33333; " in (blurred.note or "")  # no more digits than its error holds


def test_only_where_f_may_switch_a_slope_of_higher_order_is_told_as_that_of_a_branch() -> None:
    for wrt, may_switch, is_branch in ((("x", "x"), True, True), (("x",), True, False), (("x", "x"), False, False)):
        seen = slope(0.0, number("2"), symbolic=number("2"), wrt=wrt, may_switch=may_switch)
        assert ("the slope of one branch" in (seen.note or "")) is is_branch
    of_the_form = slope(0.0, number("2"), symbolic=number("0"), wrt=("x",))  # as Heaviside(0) has it
    assert "the slope of one branch" in (of_the_form.note or "")


def test_an_order_of_differentiation_that_matters_is_told_with_both_numbers() -> None:
    # f = x*y*(x^2 - y^2)/(x^2 + y^2) at 0 (Peano): -1 by x and then y, 1 by y and then x
    seen = slope(-1.0, number("-1"), symbolic=number("-1"), wrt=("x", "y"), other=number("1"), lasts=("y", "x"))
    assert (seen.status, seen.kind) == (Status.NOT_DIFFERENTIABLE, Kind.ORDER_MATTERS)
    assert (seen.answer, seen.left, seen.right) == (None, None, None)
    assert (seen.note or "").endswith("-1 by y last, 1 by x last")
    zero = slope(-1.0, number("-1"), symbolic=number("-1"), wrt=("x", "y"), other=number("0"))
    assert (zero.note or "").endswith("-1 or 0")
    wide = slope(-1.0, number("-1.0000001234", "1e-6"), wrt=("x", "y"), other=number("1.0000001234", "1e-6"))
    assert (wide.note or "").endswith("-1 or 1")
    open_ = slope(-1.0, number("-1"), symbolic=number("-1"), wrt=("x", "y"), other=UNDECIDED)
    assert (open_.status, open_.answer) == (Status.AGREE, -1.0)


def test_notes_on_a_number_come_before_notes_on_its_reference() -> None:
    seen = slope(2.5, UNDECIDED, symbolic=number("2"), outgrown=True)
    note = seen.note or ""
    places = [note.find(said) for said in ("digits are right", "symbolic form alone", "too large to compute")]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ([Sided(UNDEFINED, UNDEFINED)], False),
        ([Sided(number("0"), number("0")), Sided(number("1"), number("1"))], True),
    ],
)
def test_that_f_has_values_nearby_is_said(limits: list[Sided], said: bool) -> None:
    seen = judge_value(ValueEvidence(None, third=UNDEFINED, limits=tuple(limits)), TOLERANCE)
    assert seen.kind is Kind.OUTSIDE_DOMAIN
    assert ("has no single limit" in (seen.note or "")) is said


def test_of_limits_that_are_open_nothing_is_said() -> None:
    for pair in (Sided(UNDECIDED, number("1")), Sided(UNDEFINED, UNDECIDED)):
        seen = judge_value(ValueEvidence(None, third=UNDEFINED, limits=(pair,)), TOLERANCE)
        said = "f is not defined here, and its limits are not known"
        assert (seen.status, seen.kind, seen.note) == (Status.UNDEFINED, Kind.OUTSIDE_DOMAIN, said)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (("1", "1e-6"), ("1.0000015", "1e-6"), True),  # either error alone would keep them apart
        (("1", "1e-6"), ("1.000003", "1e-6"), False),
        (("1", "0"), ("1.0000005", "1e-6"), True),
        (("1", "1e-6"), ("1.0000005", "0"), True),
    ],
)
def test_the_errors_of_both_sides_add_up(left: tuple[str, str], right: tuple[str, str], same: bool) -> None:
    seen = slope(1.0, number(*left), number(*right), symbolic=number("1"))
    assert (seen.kind is Kind.CORNER) is not same
    assert seen.quotient == (1.0 if same else None)
    limits = (Sided(number(*left), number(*right)),)
    value = judge_value(ValueEvidence(None, third=UNDEFINED, limits=limits), TOLERANCE)
    assert value.kind is (Kind.REMOVABLE if same else Kind.JUMP)


def test_slopes_that_differ_by_little_are_a_corner_all_the_same() -> None:
    seen = slope(1.0, number("1"), number("1.0000000000000000000000001"))
    assert (seen.status, seen.kind) == (Status.NOT_DIFFERENTIABLE, Kind.CORNER)


def test_without_a_number_of_autograds_the_best_number_known_is_given() -> None:
    assert slope(None, number("2"), symbolic=number("2")).answer == 2.0


def test_the_worst_status_comes_first() -> None:
    order = [Status.UNDEFINED, Status.NOT_DIFFERENTIABLE, Status.DIFFER, Status.UNVERIFIED, Status.AGREE]
    assert sorted(Status, key=lambda status: -status.severity) == order
    assert worst([Status.AGREE, Status.DIFFER, Status.UNVERIFIED]) is Status.DIFFER
    assert worst([]) is Status.AGREE


# What is proved.


def proved(text: str, error: str = "0") -> Reading:
    return Reading(Outcome.NUMBER, text, error, proof=Proof.DISC)


def test_a_proved_slope_tells_how_and_what_it_lies_between() -> None:
    found = slope(2.0, proved("2", "1e-30"), symbolic=number("2"))
    assert (found.status, found.proof) == (Status.AGREE, Proof.DISC)
    assert found.enclosure == ("1." + "9" * 30, "2." + "0" * 29 + "1")
    assert found.answer == found.quotient == 2.0
    assert found.abs_error == 0  # the enclosure holds autograd's number


def test_what_is_proved_is_the_reference_also_where_sympy_says_otherwise() -> None:
    reading = proved("2", "1e-30")
    for proof in (Proof.SIDE, Proof.DISC):  # at a seam a formula may be wrong where f is smooth, too: sinc(x) at 0
        found = slope(2.0, replace(reading, proof=proof), symbolic=number("3"), has_formula=True)
        assert (found.status, found.answer) == (Status.AGREE, 2.0)
        assert found.note == "the symbolic form gives 3 here; a proof from both sides decides the derivative"


def test_a_symbolic_form_that_gives_another_value_than_the_proved_one_is_said() -> None:
    seen = judge_value(ValueEvidence(2.0, number("2.00000002"), proved("2", "1e-30")), TOLERANCE)
    assert (seen.status, seen.answer) == (Status.UNVERIFIED, 2.0)
    assert seen.note == "the symbolic form gives 2.00000002 here; a proof decides f"


def test_autograd_agrees_only_with_every_point_of_an_enclosure() -> None:
    assert slope(1.0, proved("1", "0.9e-9")).status is Status.AGREE
    assert slope(1.0, proved("1", "1.1e-9")).status is Status.DIFFER
    assert slope(1.0, proved("1.0000000008", "0.5e-9")).status is Status.DIFFER


def test_a_number_that_is_as_good_as_0_is_compared_as_0() -> None:
    assert slope(1e-17, proved("0", "1e-600")).status is Status.AGREE
    assert slope(1e-9, proved("0", "1e-600")).status is Status.DIFFER


def test_a_proved_number_without_autograds_is_unverified_with_answer_proof_and_enclosure() -> None:
    found = slope(None, proved("2.5", "1e-30"), missing="torch has none")
    assert (found.status, found.answer, found.proof) == (Status.UNVERIFIED, 2.5, Proof.DISC)
    assert found.enclosure is not None
    assert found.note == f"torch has none; {ALONE}"


def test_digits_are_only_what_the_enclosure_holds() -> None:
    assert slope(2.0, proved("2.00000000012345", "1e-10")).digits == "2.000000000"


def test_a_proved_value_tells_so_and_evidence_does_not() -> None:
    ball = Reading(Outcome.NUMBER, "2", "1e-40", proof=Proof.BALL)
    assert judge_value(ValueEvidence(2.0, third=ball), TOLERANCE).proof is Proof.BALL
    assert judge_value(ValueEvidence(2.0, third=number("2")), TOLERANCE).proof is None
    assert judge_value(ValueEvidence(2.0, third=number("2")), TOLERANCE).enclosure is None


def test_underflow_that_agrees_has_no_relative_error() -> None:
    found = slope(0.0, number("5.07e-435"), symbolic=number("5.07e-435"))
    assert (found.status, found.rel_error) == (Status.AGREE, None)
    assert found.abs_error == 0.0  # as a float64
