"""What a verdict says, word for word."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest

from derivcli import wording
from derivcli.hints import Asker
from derivcli.model import CauseKind, Dtype, Kind
from derivcli.model.statuses import Beside
from derivcli.witnesses.evidence import MISSING, UNDECIDED, UNDEFINED, Outcome, Reading
from derivcli.wording.causes import because
from tests.every import for_all

INF, NAN = math.inf, math.nan


@for_all(
    ("number", "text"),
    [
        ("0", "0"),
        ("0E-50", "0"),
        ("104", "104.0000000000000000000000"),
        ("-0.5", "-0.5000000000000000000000000"),
        ("0.00001", "0.00001000000000000000000000000"),
        ("0.000001", "1.000000000000000000000000e-6"),
        ("1.6993417021166355e-17", "1.699341702116635500000000e-17"),
        ("1e24", "1000000000000000000000000"),
        ("1e25", "1.000000000000000000000000e+25"),
        ("1e-5000", "1.000000000000000000000000e-5000"),
        ("0.33333333333333333333333333333333", "0.3333333333333333333333333"),
        ("0." + "9" * 40 + "5", "1.000000000000000000000000"),  # 1 - 5e-41: 25 of them, not 26
    ],
)
def test_digits_are_twenty_five_significant_ones(number: str, text: str) -> None:
    assert wording.digits(Reading(Outcome.NUMBER, number)) == text


@pytest.mark.parametrize(
    ("number", "error", "text"),
    [
        ("1.000000000000000023125012", "5e-17", "1.000000000000000"),  # 2*5e-17 is 1e-16, and half of 1e-15 is more
        ("1.000000000000000023125012", "4.9e-17", "1.0000000000000000"),
        ("0.33333333333333333", "1e-10", "0.333333333"),
        ("9.9999999996", "1e-9", "10.00000000"),
        ("46046.415", "30", "4.60e+4"),
        ("-2.5e-300", "1e-302", "-2.5e-300"),
        ("1.5e+400", "1e+399", "2e+400"),
        ("0.25", "1e-60", "0.2500000000000000000000000"),
        ("1e-30", "1", "0"),
    ],
)
def test_digits_are_no_more_than_the_error_holds(number: str, error: str, text: str) -> None:
    assert wording.digits(Reading(Outcome.NUMBER, number, error)) == text


@pytest.mark.parametrize("number", ["104", "-0.5", "1e24", "9.9999999999999999999999999999", "1e-6"])
def test_digits_are_the_number_itself(number: str) -> None:
    shown = Decimal(wording.digits(Reading(Outcome.NUMBER, number)))
    assert abs(shown / Decimal(number) - 1) < Decimal("1e-24")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("0.5", "0.5"),
        ("100", "100"),
        ("1.6993417021166355e-17", "1.69934170211664e-17"),
        ("1e400", "1e+400"),
        ("1.50e-400", "1.5e-400"),
        ("-0.33333333333333333333", "-0.333333333333333"),
        ("0", "0"),
    ],
)
def test_a_number_in_a_sentence_has_fifteen_digits_and_no_idle_zeros(number: str, text: str) -> None:
    assert wording.short(Decimal(number)) == text


@pytest.mark.parametrize(
    ("kind", "left", "right", "autograd", "said"),
    [
        (
            Kind.CORNER,
            -1.0,
            1.0,
            0.0,
            "a corner: the slopes from the left and from the right are different; "
            "torch returns 0 by convention, which is not the answer",
        ),
        (
            Kind.VERTICAL_TANGENT,
            None,
            INF,
            INF,
            "a vertical tangent: the slope grows without bound, and f has no real values on the left; "
            "torch returns inf by convention, which is not the answer",
        ),
        (Kind.VERTICAL_TANGENT, INF, INF, NAN, "a vertical tangent: the slope grows without bound; torch returns nan"),
        (Kind.JUMP, INF, 3.0, None, "a jump: f is not continuous here"),
        (Kind.ISOLATED, None, None, NAN, "an isolated point: f has no real values next to it; torch returns nan"),
        (
            Kind.ONE_SIDED,
            None,
            0.0,
            1.5,
            "f has real values on one side only; torch returns 1.5 by convention, which is not the answer",
        ),
        (Kind.ONE_SIDED, None, None, None, "f has real values on one side only, and its slope there is not decided"),
        (Kind.OSCILLATING, None, None, None, "the slopes oscillate and do not settle"),
        (
            Kind.CUSP,
            -INF,
            INF,
            None,
            "a cusp: the slope grows without bound, with opposite signs on the two sides",
        ),
    ],
)
def test_a_kink_is_described_and_torchs_number_named_as_its_convention(
    kind: Kind, left: float | None, right: float | None, autograd: float | None, said: str
) -> None:
    assert wording.no_derivative(kind, left, right, autograd) == said


def test_every_kind_has_words() -> None:
    for kind in set(Kind) - {Kind.POLE, Kind.REMOVABLE, Kind.OUTSIDE_DOMAIN, Kind.ORDER_MATTERS}:
        assert len(wording.no_derivative(kind, 1.0, 1.0, None)) > 20
    for kind in (Kind.POLE, Kind.REMOVABLE, Kind.OUTSIDE_DOMAIN):
        assert len(wording.undefined(kind)) > 20
    assert len(wording.order_matters(Decimal(1), Decimal(2), ("x", "y"))) > 20


def test_what_torch_where_gives_and_where_a_curve_passes_is_said() -> None:
    assert wording.by_where({"df/dx": NAN, "df/dy": 2.0}) == (
        "torch.where evaluates the branch that is not taken too: with it torch gives nan for df/dx, 2 for df/dy"
    )
    assert wording.passes("y", [4.0]).said(Asker.COMMAND) == "the curve passes y=4 there: add --at y=4"
    assert wording.off_curve(None) == "the point is not on the curve"


def test_f_without_a_value_is_described() -> None:
    assert wording.undefined(Kind.POLE) == "a pole: f grows without bound here"
    assert wording.undefined(Kind.REMOVABLE) == "f is not defined here, but it has a limit"
    assert wording.undefined(Kind.OUTSIDE_DOMAIN) == "outside the real domain of f"
    assert wording.undefined(Kind.OUTSIDE_DOMAIN, Beside.DIFFER) == "f is not defined here, and has no single limit"
    assert wording.undefined(Kind.OUTSIDE_DOMAIN, Beside.OPEN) == "f is not defined here, and its limits are not known"
    assert wording.no_value() == "no derivative where f has no value"


@pytest.mark.parametrize(
    ("autograd", "reference", "relative", "said"),
    [
        (
            0.0,
            "1.6993417021166355e-17",
            1.0,
            "0 of autograd's 16 digits are right; the true number is 1.69934170211664e-17",
        ),
        (3.1415926, "3.1415926535", 1.7e-8, "7 of autograd's 16 digits are right; the true number is 3.1415926535"),
        (1.0, "1", 1e-20, "16 of autograd's 16 digits are right; the true number is 1"),
        (1.0, "0", None, "0 of autograd's 16 digits are right; the true number is 0"),
        (NAN, "0", None, "autograd gives nan; the true number is 0"),
        (-INF, "1e400", None, "autograd gives -inf; the true number is 1e+400"),
    ],
)
def test_a_difference_says_how_many_digits_are_right_what_is_true_and_why(
    autograd: float, reference: str, relative: float | None, said: str
) -> None:
    assert wording.differ(autograd, Decimal(reference), relative, "because", Dtype.FLOAT64) == f"{said}; because"


@pytest.mark.parametrize(
    ("autograd", "rounded", "convention", "said"),
    [
        (1.0, True, False, "float64 rounds the point, and at the rounded point the difference goes away"),
        (NAN, True, False, "float64 rounds the point, and at the rounded point the difference goes away"),
        (NAN, False, False, "in float64 something on the way is 0*inf, inf - inf or 0/0"),
        (INF, False, False, "float64 overflows, or divides by 0, on the way"),
        (1.0, False, True, "at this point autograd takes the slope of one branch, or a convention for a kink inside f"),
        (1.0, False, False, "float64 rounding on the way lost the other digits"),
    ],
)
def test_a_difference_has_a_cause(autograd: float, rounded: bool, convention: bool, said: str) -> None:
    assert wording.cause(autograd, Dtype.FLOAT64, rounded_point=rounded, convention=convention) == said


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        (MISSING, "nothing to compare with: no other witness has answered"),
        (UNDEFINED, "nothing to compare with: the symbolic form has no value here"),
        (UNDECIDED, "nothing to compare with: the value does not settle at any precision tried"),
    ],
)
def test_what_is_unverified_says_why(reference: Reading, said: str) -> None:
    assert wording.unverified(reference) == said


@pytest.mark.parametrize(
    ("symbolic", "said"),
    [
        (MISSING, None),
        (
            UNDEFINED,
            "the symbolic form has no value here; a proof from both sides decides the derivative",
        ),
        (
            Reading(Outcome.NUMBER, "0.5"),
            "the symbolic form gives 0.5 here; a proof from both sides decides the derivative",
        ),
    ],
)
def test_a_symbolic_form_that_says_otherwise_is_named(symbolic: Reading, said: str | None) -> None:
    assert wording.symbolic_says_otherwise(symbolic) == said


def test_slopes_that_floats_do_not_tell_apart_are_told_apart() -> None:
    left, right = (Decimal(1) + way * Decimal("1e-27") for way in (-1, 1))
    assert wording.too_close(left, right) == "the slopes differ by 2e-27, which float64 does not show"


def test_notes_are_joined_and_nothing_stays_nothing() -> None:
    assert wording.join(None, "a", "", "b") == "a; b"
    assert wording.join(None, "") is None


@for_all(
    ("kind", "part", "op", "other", "number", "said"),
    [
        (CauseKind.OVERFLOW, "exp(x)", "exp", "", None, "overflow of `exp(x)`"),
        (CauseKind.CANCELLATION, "x - y", "add", "", 12.0, "cancellation in `x - y`: the terms are equal to 12 digits"),
        (CauseKind.CANCELLATION, "x - y", "add", "", 1.0, "cancellation in `x - y`: the terms are equal to 1 digit"),
        (CauseKind.CANCELLATION, "x - y", "add", "", None, "cancellation in `x - y`: the terms cancel completely"),
        (CauseKind.ROUNDING, "1 + 1/x", "pow", "", None, "rounding of `1 + 1/x` magnified by `**`"),
        (CauseKind.DOMAIN, "acos(3*x)", "acos", "3*x", None, "rounding of `3*x` leaves the domain of `acos(3*x)`"),
        (CauseKind.INEXACT, "gamma(x)", "gamma", "", None, "torch's `gamma` loses digits in `gamma(x)`"),
        (
            CauseKind.SUBGRADIENT,
            "relu(-x)",
            "relu",
            "",
            -0.0,
            "subgradient convention: torch takes the slope 0 for `relu(-x)` at its kink",
        ),
        (CauseKind.DIVISION_BY_ZERO, "1/x", "div", "", None, "division by 0 in the backward of `1/x`"),
        (CauseKind.UNDERFLOW, "x" * 61, "mul", "", None, f"underflow of `{'x' * 57}...`"),
    ],
)
def test_where_a_wrong_number_starts_is_said_in_a_few_words(
    kind: CauseKind, part: str, op: str, other: str, number: float | None, said: str
) -> None:
    assert because(kind, part, op, other, number) == said


def test_every_cause_has_words() -> None:
    for kind in CauseKind:
        assert "{" not in because(kind, "x", "sin", "y", 1.0)
