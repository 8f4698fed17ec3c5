"""What the views say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from derivcli.document import views
from derivcli.document.model import Cell
from derivcli.document.names import NamedResult, variable
from derivcli.document.words import plain
from derivcli.model import Hessian, PointKind, Result, Taylor, Total
from tests.document.view_samples import DIRECTION, FORMULAS, HESSIAN, KINK, SYSTEM, TAYLOR, TOTAL

if TYPE_CHECKING:
    from derivcli.model.views import Matrix

MATRIX: Matrix = ((1.0,),)


def point(eigenvalues: tuple[float, ...] | None, kind: PointKind | None, result: Result = HESSIAN) -> str:
    """Return the sentence on the point, which comes last."""
    view = Hessian(result.variables, MATRIX, eigenvalues, None if kind is None else str(kind))
    changed = replace(result, hessian=view)
    found = views.stationary(NamedResult(changed))
    return f"{found[-1].label}: {found[-1].lines[0].what}" if found else ""


def test_a_point_is_one_of_f_with_the_other_variables_held() -> None:
    view = Hessian(("x",), MATRIX, (1.0,), "minimum")
    (*_, fact) = views.stationary(NamedResult(replace(HESSIAN, hessian=view)))
    assert fact.label == "a local minimum with y held"


def test_where_no_eigenvalue_is_small_the_function_may_not_be_smooth() -> None:
    assert point((1.0, 2.0), PointKind.UNDECIDED).endswith(": the gradient vanishes, but f may not be smooth here")


@pytest.mark.parametrize(
    ("eigenvalues", "kind", "sentence"),
    [
        ((1.0,), PointKind.MINIMUM, "a local minimum: the gradient vanishes and all eigenvalues are positive"),
        ((-1.0,), PointKind.MAXIMUM, "a local maximum: the gradient vanishes and all eigenvalues are negative"),
        ((0.0,), PointKind.MINIMUM, "a local minimum: it is proved that f is nowhere smaller near it"),
        (None, PointKind.MAXIMUM, "a local maximum: it is proved that f is nowhere larger near it"),
        (
            (0.0, 1.0),
            PointKind.SADDLE,
            "a saddle point: it is proved that f is larger on some paths from it, and smaller on others",
        ),
        (
            (0.0,),
            PointKind.INFLECTION,
            "a stationary point of inflection: "
            "it is proved that f is larger on one side of it, and smaller on the other",
        ),
        ((-1.0, 1.0), PointKind.SADDLE, "a saddle point: the gradient vanishes and the eigenvalues have both signs"),
        (
            (0.0, 1.0),
            PointKind.UNDECIDED,
            "a stationary point, undecided: the gradient vanishes, but an eigenvalue is 0, or too close to it to tell",
        ),
        (
            None,
            PointKind.UNDECIDED,
            "a stationary point, undecided: the gradient vanishes, but not every second derivative is known",
        ),
        (None, None, ""),
    ],
)
def test_what_a_stationary_point_is(eigenvalues: tuple[float, ...] | None, kind: PointKind, sentence: str) -> None:
    assert point(eigenvalues, kind) == sentence


def test_a_point_where_the_gradient_does_not_vanish_is_not_stationary() -> None:
    assert point(None, None, TOTAL) == "not a stationary point: the gradient does not vanish"


def test_without_a_point_there_is_nothing_to_say_of_it() -> None:
    assert views.stationary(NamedResult(FORMULAS)) == []


def test_a_matrix_that_is_not_symmetric_is_told() -> None:
    odd = replace(HESSIAN, hessian=Hessian(("x",), MATRIX, (1.0,), None, False))
    assert [fact.label for fact in views.stationary(NamedResult(odd))] == ["eigenvalues", "not symmetric"]


def test_numbers_that_are_not_known_are_said_to_be_so() -> None:
    taylor = replace(TAYLOR, taylor=Taylor(2, None, None, ()))
    ((polynomial,),) = (view for view in views.facts(NamedResult(taylor), "") if view)
    assert polynomial.label == "Taylor, order 2"
    assert polynomial.lines[0].what == "no polynomial: not every derivative is known here"
    assert TOTAL.total is not None
    row = replace(TOTAL.total.contributions[0], contribution=None, share=None)
    total = replace(TOTAL, total=Total("df = dx", None, None, (row,)))
    shares = views.shares(NamedResult(total), "")
    assert shares is not None
    assert shares.rows == ((Cell(variable("x")), Cell(0.01), Cell("not known"), Cell("not known")),)
    assert views.facts(NamedResult(total), "")[3][-1].lines[0].what == "not known"


def test_a_system_says_of_which_function_a_view_is() -> None:
    labels = [fact.label for view in views.facts(NamedResult(TOTAL, "f2", "f2"), " of f2") for fact in view]
    assert labels == [
        "tangent plane of f2",
        "normal line of f2",
        "normal vector of f2",
        "differential",
        "at the point",
        "standard uncertainty of f2",
    ]


def test_each_direction_is_given_once() -> None:
    along = views.directions([NamedResult(DIRECTION), NamedResult(DIRECTION)])
    assert [(fact.label, "".join(map(plain, fact.lines[0].sentence))) for fact in along] == [
        ("along v", "x = 1, y = 2"),
        ("along u", "x = 0.4472135954999579, y = 0.8944271909999159 (v/|v|, of length 1)"),
    ]
    assert views.directions([NamedResult(result) for result in SYSTEM.functions]) == ()
    assert len(views.directions([NamedResult(KINK)])) == 1
