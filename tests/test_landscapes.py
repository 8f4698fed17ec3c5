"""Gradients and Hessians of test functions of optimisation, against mpmath's central differences."""

from __future__ import annotations

import pytest
from mpmath import mp, mpf

from derivcli.model import Kind, Request, Status
from derivcli.system import calculate_system
from tests.answers import ask, derivatives, is_kink
from tests.every import at_night
from tests.landscapes import LANDSCAPES, Landscape

INF = float("inf")
ORDERS = {"x": (1, 0), "y": (0, 1), "xx": (2, 0), "xy": (1, 1), "yy": (0, 2)}


def by_mpmath(landscape: Landscape, at: tuple[str, str], wrt: str) -> float:
    with mp.workdps(60):
        number = mp.diff(landscape.function, tuple(map(mpf, at)), ORDERS[wrt])
        return float(number) if abs(number) > mpf(10) ** -30 else 0.0


@pytest.mark.parametrize("which", [0, *at_night(1)])
@pytest.mark.parametrize("name", [*list(LANDSCAPES)[::2], *at_night(*list(LANDSCAPES)[1::2])])
def test_the_gradient_and_the_hessian_of_a_landscape_are_those_of_mpmath(name: str, which: int) -> None:
    landscape = LANDSCAPES[name]
    at = landscape.points[which]
    found = ask(landscape.text, f"x={at[0]},y={at[1]}", hessian=True)
    seen = {"".join(sorted(d.wrt)): d for d in found.derivatives}
    truth = {wrt: by_mpmath(landscape, at, wrt) for wrt in ORDERS}
    assert {wrt: d.status for wrt, d in seen.items()} == dict.fromkeys(ORDERS, Status.AGREE)
    assert {wrt: d.answer for wrt, d in seen.items()} == pytest.approx(truth, rel=1e-9, abs=1e-12)
    assert {wrt: float(d.digits or "nan") for wrt, d in seen.items()} == pytest.approx(truth, rel=1e-14, abs=1e-30)
    assert found.hessian is not None
    assert found.hessian.symmetric
    names = found.hessian.variables
    assert found.hessian.matrix == tuple(tuple(seen["".join(sorted(a + b))].answer for b in names) for a in names)


def test_the_jacobian_of_all_landscapes_at_once_is_that_of_mpmath() -> None:
    at = ("0.7", "-1.3")
    found = calculate_system(
        [landscape.text for landscape in LANDSCAPES.values()], Request("", {"x": at[0], "y": at[1]})
    )
    assert found.status is Status.AGREE
    assert found.jacobian is not None
    for row, landscape in zip(found.jacobian.matrix, LANDSCAPES.values(), strict=True):
        assert row == pytest.approx([by_mpmath(landscape, at, wrt) for wrt in found.jacobian.variables], rel=1e-9)


def test_bukin_has_cusps_at_its_minimum() -> None:
    # N. 6 at (-10, 1): |y - x^2/100| is |h/5 - h^2/100| for x = -10 + h and |h| for y = 1 + h; both under a root
    seen = derivatives("100*sqrt(abs(y-0.01x^2))+0.01*abs(x+10)", "x=-10,y=1", order=2)
    assert is_kink(seen["x"], Kind.CUSP, -INF, INF)
    assert is_kink(seen["y"], Kind.CUSP, -INF, INF)
    assert {seen[wrt].kind for wrt in ("xx", "xy", "yy")} == {Kind.CUSP}
    assert {seen[wrt].answer for wrt in ("xx", "xy", "yy")} == {None}


def test_bukin_has_a_corner_where_its_second_term_has_one() -> None:
    # at (-10, 5) the root is smooth, its slope 100*(-x/50)/(2*sqrt(4)) = 5
    seen = derivatives("100*sqrt(abs(y-0.01x^2))+0.01*abs(x+10)", "x=-10,y=5")
    assert is_kink(seen["x"], Kind.CORNER, pytest.approx(5 - 0.01), pytest.approx(5 + 0.01))
    assert seen["y"].status is Status.AGREE
    assert seen["y"].answer == pytest.approx(25)


@pytest.mark.parametrize(
    ("name", "at", "kind"),
    [
        ("Rosenbrock", "x=1,y=1", "minimum"),
        ("Himmelblau", "x=3,y=2", "minimum"),
        ("Booth", "x=1,y=3", "minimum"),
        ("Beale", "x=3,y=0.5", "minimum"),
        ("Goldstein-Price", "x=0,y=-1", "minimum"),
        ("Rastrigin", "x=0,y=0", "minimum"),
        ("Easom", "x=pi,y=pi", "minimum"),
        ("Griewank", "x=0,y=0", "minimum"),
        ("six-hump camel", "x=0,y=0", "saddle"),
        ("Rastrigin", "x=1/2,y=1/2", None),  # the slope there is 1, not 0
    ],
)
def test_a_stationary_point_of_a_landscape_is_what_books_say(name: str, at: str, kind: str | None) -> None:
    found = ask(LANDSCAPES[name].text, at, hessian=True)
    assert found.hessian is not None
    assert found.hessian.point == kind
