"""The matrix of second derivatives, its eigenvalues and what they say of a stationary point."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest

from derivcli import testimony
from derivcli.model import Hessian, PointKind
from derivcli.views.hessian import hessian as view
from derivcli.views.hessian import point_kind
from derivcli.witnesses.evidence import ValueEvidence
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
        ("x^4+y^4", "x=0,y=0", "minimum"),
        ("x^3+y^2", "x=0,y=0", "saddle"),
        ("cos(x)", "x=pi", "minimum"),  # the slope is 0 there, whatever float64 makes of it
        ("x^2+y^2", "x=1e-9,y=0", None),  # near is not at
        ("x*abs(x)+y^2", "x=0,y=0", "saddle"),
        ("x^4", "x=0", "minimum"),
        ("x^3", "x=0", "inflection"),
        ("exp(-sqrt(x^2+y^2)^2)", "x=0,y=0", "maximum"),
        ("abs(x)^1.5", "x=0", "minimum"),  # without a second derivative
        ("x^2-2*x*y+y^2+x^4+y^4", "x=0,y=0", "undecided"),  # a minimum that is not proved
        ("abs(x)+y^2", "x=0,y=0", None),
    ],
)
def test_a_point_is_named_only_where_all_slopes_vanish(expression: str, at: str, point: str | None) -> None:
    assert hessian(expression, at).point == point


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        (None, PointKind.UNDECIDED),
        ([], PointKind.UNDECIDED),
        (["1 0", "0 2"], PointKind.MINIMUM),
        (["-2 0", "0 -1"], PointKind.MAXIMUM),
        (["-1 0", "0 1e-3"], PointKind.SADDLE),
        (["-1 0 0", "0 0 0", "0 0 1"], PointKind.SADDLE),
        (["1 0", "0 0"], PointKind.UNDECIDED),
        (["0 0", "0 -0"], PointKind.UNDECIDED),
        (["0 1", "1 0"], PointKind.SADDLE),
        (["0 1e-300", "1e-300 1e300"], PointKind.SADDLE),
        (["0 0 0", "0 0 3", "0 3 0"], PointKind.SADDLE),
        (["1e-400 0", "0 1e400"], PointKind.MINIMUM),
        (["1e-40 1", "1 1.0001e40"], PointKind.MINIMUM),  # of determinant 0.0001
        (["1e-40 1", "1 0.9999e40"], PointKind.SADDLE),
        (["1 1", "1 1"], PointKind.UNDECIDED),
        (["1 2", "2 1"], PointKind.SADDLE),
        (["-1 -2", "-2 -5"], PointKind.MAXIMUM),
        (["2 -1 0", "-1 2 -1", "0 -1 2"], PointKind.MINIMUM),  # of minors 2, 3, 4
        (["2 -1 -1", "-1 2 -1", "-1 -1 2"], PointKind.UNDECIDED),  # its rows add up to 0
        (["2 -1 -1", "-1 2 -1", "-1 -1 1.999"], PointKind.SADDLE),
    ],
)
def test_the_second_derivative_test_is_that_of_books(rows: list[str] | None, kind: PointKind) -> None:
    matrix = None if rows is None else [[Decimal(entry) for entry in row.split()] for row in rows]
    assert point_kind(matrix) is kind


@pytest.mark.parametrize(("last", "kind"), [(1, PointKind.MINIMUM), (-1, PointKind.SADDLE)])
def test_the_signs_of_a_hilbert_matrix_are_known_where_its_eigenvalues_are_lost(last: int, kind: PointKind) -> None:
    # the condition number of the one of order 8 is 1.5e10; the eigenvalues of opposite signs interlace
    rows = [[Decimal(1) / (i + j + 1) for j in range(8)] for i in range(8)]
    rows[-1][-1] -= 0 if last > 0 else Decimal(1) / 10**8
    assert point_kind(rows) is kind


@pytest.mark.parametrize(
    ("expression", "at", "point"),
    [
        ("1e11*x^2+y^2", "x=0,y=0", "minimum"),
        ("x^2-1e-13*y^2", "x=0,y=0", "saddle"),
        ("-1e-30*x^2-1e30*y^2-z^2", "x=0,y=0,z=0", "maximum"),
        ("(x-1e6)^2+(y-2e-6)^2+(x*y-2)^2", "x=1e6,y=2e-6", "minimum"),  # Brown, badly scaled
        ("(x+y)^2", "x=0,y=0", "minimum"),
        ("(sqrt(2)*x+pi*y)^2", "x=0,y=0", "minimum"),
        ("(x/3+y/7)^2", "x=0,y=0", "minimum"),
        ("1e-400*x+x^2+y^2", "x=0,y=0", None),  # the slope is no 0, whatever float64 makes of it
    ],
)
def test_the_signs_are_those_of_all_digits_that_are_known(expression: str, at: str, point: str | None) -> None:
    assert hessian(expression, at).point == point


def test_where_f_is_not_analytic_the_second_derivatives_do_not_tell() -> None:
    asked = ask("x^2+y^2", "x=0,y=0", hessian=True)
    reply = testimony.Testimony(values={0: ValueEvidence(analytic=False)})
    assert view(asked, ("x", "y"), reply).point == "undecided"
    assert view(asked, ("x", "y"), testimony.Testimony(values={0: ValueEvidence()})).point == "minimum"
    assert view(asked, ("x", "y"), testimony.Testimony()).point == "minimum"


def test_the_matrix_has_holes_where_a_derivative_does_not_exist() -> None:
    found = hessian("x*abs(x)+x*y", "x=0,y=0")
    assert rows(found) == [[None, 1], [1, 0]]
    assert found.eigenvalues is None


def test_only_the_variables_that_are_asked_for_have_rows() -> None:
    found = hessian("x^2*y*z^3", "x=1,y=2,z=3", wrt=("z", "x"))
    # z: 6*x^2*y*z = 36, 6*x*y*z^2 = 108, 2*y*z^3 = 108
    assert found.variables == ("z", "x")
    assert rows(found) == [[36, 108], [108, 108]]


@pytest.mark.parametrize(
    ("expression", "diagonal"),
    [("sqrt(x^4+y^4)", 2), ("(x^2+y^2)^1.5", 0)],  # f_x is 0 on the y-axis, and f_y on the x-axis
)
def test_a_matrix_that_torch_cannot_compute_is_symmetric_where_the_quotients_say_so(
    expression: str, diagonal: float
) -> None:
    found = hessian(expression, "x=0,y=0")
    assert rows(found) == [[diagonal, 0], [0, diagonal]]
    assert found.symmetric is True


@pytest.mark.parametrize(
    "expression",
    [
        "where(x^2+y^2==0,0,x*y*(x^2-y^2)/(x^2+y^2))",  # of Schwarz: -1 by y last, 1 by x last
        "where(x==0,0,x^3*y/(x^2+y^2))",  # f_y is x along the x-axis, f_x is 0 on the y-axis
    ],
)
def test_a_matrix_is_not_symmetric_where_the_order_of_differentiation_matters(expression: str) -> None:
    found = hessian(expression, "x=0,y=0")
    assert rows(found) == [[0, None], [None, 0]]
    assert found.symmetric is False


def test_a_matrix_with_a_hole_beside_its_diagonal_is_not_called_symmetric() -> None:
    found = hessian("abs(x*y)", "x=0,y=0")
    assert rows(found) == [[0, None], [None, 0]]
    assert found.symmetric is None


@pytest.mark.parametrize("expression", ["abs(y)+(y-x)", "floor(y)+(x-y)", "sign(y)+(y-x)"])
def test_a_sum_in_brackets_within_a_sum_has_its_zeros(expression: str) -> None:
    assert [q.status for q in ask(expression, "x=-0.6,y=2.2", hessian=True).derivatives] == ["agree"] * 5
    assert rows(hessian(expression, "x=-0.6,y=2.2")) == [[0, 0], [0, 0]]


def test_without_a_point_there_is_no_number() -> None:
    found = hessian("x*y", None)
    assert rows(found) == [[None, None], [None, None]]
    assert (found.eigenvalues, found.point) == (None, None)


def test_more_than_two_variables_have_a_matrix_too() -> None:
    found = hessian("x*y+y*z+z*x", "x=0,y=0,z=0")
    assert rows(found) == [[0, 1, 1], [1, 0, 1], [1, 1, 0]]
    assert list(found.eigenvalues or ()) == pytest.approx([-1, -1, 2])
    assert found.point == "saddle"
