"""The matrix of second derivatives, its eigenvalues and what they say of a stationary point."""

from __future__ import annotations

import math

import pytest

from derivcli.model import Hessian, PointKind
from derivcli.views.hessian import point_kind
from tests.answers import ask


def hessian(expression: str, at: str | None, **wanted: object) -> Hessian:
    found = ask(expression, at, hessian=True, **wanted).hessian
    assert found is not None
    return found


def rows(found: Hessian) -> list[list[float | None]]:
    return [list(row) for row in found.matrix]


def test_the_hessian_of_rosenbrock_is_the_one_in_books() -> None:
    found = hessian("(1-x)^2+100*(y-x^2)^2", "x=1,y=1")
    assert found.variables == ("x", "y")
    assert rows(found) == [[802, -400], [-400, 200]]
    # 501 -+ sqrt(250601), of trace 1002 and determinant 400
    assert list(found.eigenvalues or ()) == pytest.approx([501 - math.sqrt(250601), 501 + math.sqrt(250601)])
    assert (found.point, found.symmetric) == ("minimum", True)


@pytest.mark.parametrize(
    ("expression", "at", "point"),
    [
        ("x^2+y^2", "x=0,y=0", "minimum"),
        ("-x^2-3y^2+x*y", "x=0,y=0", "maximum"),
        ("x^2-y^2", "x=0,y=0", "saddle"),
        ("x*y", "x=0,y=0", "saddle"),
        ("x^4+y^4", "x=0,y=0", "undecided"),
        ("x^3+y^2", "x=0,y=0", "undecided"),
        ("cos(x)", "x=pi", "minimum"),  # the slope is 0 there, whatever float64 makes of it
        ("x^2+y^2", "x=1e-9,y=0", None),  # near is not at
        ("x*abs(x)+y^2", "x=0,y=0", "undecided"),
        ("abs(x)+y^2", "x=0,y=0", None),
    ],
)
def test_a_point_is_named_only_where_all_slopes_vanish(expression: str, at: str, point: str | None) -> None:
    assert hessian(expression, at).point == point


@pytest.mark.parametrize(
    ("eigenvalues", "kind"),
    [
        (None, PointKind.UNDECIDED),
        ((), PointKind.UNDECIDED),
        ((1.0, 2.0), PointKind.MINIMUM),
        ((-2.0, -1.0), PointKind.MAXIMUM),
        ((-1.0, 1e-3), PointKind.SADDLE),
        ((-1e-12, 0.0, 1.0), PointKind.UNDECIDED),
        ((-1.0, 0.0, 1.0), PointKind.SADDLE),
        ((-0.0, 0.0), PointKind.UNDECIDED),
    ],
)
def test_the_second_derivative_test_is_that_of_books(eigenvalues: tuple[float, ...] | None, kind: PointKind) -> None:
    assert point_kind(eigenvalues) is kind


def test_the_matrix_has_holes_where_a_derivative_does_not_exist() -> None:
    found = hessian("x*abs(x)+x*y", "x=0,y=0")
    assert rows(found) == [[None, 1], [1, 0]]
    assert found.eigenvalues is None


def test_only_the_variables_that_are_asked_for_have_rows() -> None:
    found = hessian("x^2*y*z^3", "x=1,y=2,z=3", wrt=("z", "x"))
    # z: 6*x^2*y*z = 36, 6*x*y*z^2 = 108, 2*y*z^3 = 108
    assert found.variables == ("z", "x")
    assert rows(found) == [[36, 108], [108, 108]]


def test_a_matrix_that_torch_cannot_compute_is_not_called_asymmetric() -> None:
    found = hessian("sqrt(x^4+y^4)", "x=0,y=0")
    assert rows(found) == [[2, 0], [0, 2]]
    assert found.symmetric is None


def test_without_a_point_there_is_no_number() -> None:
    found = hessian("x*y", None)
    assert rows(found) == [[None, None], [None, None]]
    assert (found.eigenvalues, found.point) == (None, None)


def test_more_than_two_variables_have_a_matrix_too() -> None:
    found = hessian("x*y+y*z+z*x", "x=0,y=0,z=0")
    assert rows(found) == [[0, 1, 1], [1, 0, 1], [1, 1, 0]]
    assert list(found.eigenvalues or ()) == pytest.approx([-1, -1, 2])
    assert found.point == "saddle"
