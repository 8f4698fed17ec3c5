"""Where a function is surely analytic, by what books say of its parts, and where that must not be claimed."""

from __future__ import annotations

from derivcli.witnesses.quotient import Quotient
from tests.checks import program_of
from tests.every import for_all


def is_analytic(text: str, point: str) -> bool:
    pairs = [pair.split("=") for pair in point.split(",")]
    return Quotient(program_of(text), {name: program_of(value) for name, value in pairs}).is_analytic


@for_all(
    ("text", "point"),
    [
        ("sin(x)*exp(x)/(1+x^2)", "x=0"),
        ("sqrt(x)", "x=1e-30"),
        ("abs(x)", "x=-1e-30"),
        ("x^y", "x=2,y=0.5"),
        ("x^-3", "x=-2"),
        ("max(x,y,1)", "x=3,y=2"),
        ("min(x,y,1)", "x=3,y=2"),
        ("where(x>0, x^3, 0)", "x=1e-9"),
        ("where(x>0, log(x), 0)", "x=-1"),
        ("besselj(1,x)", "x=2"),
    ],
)
def test_away_from_edges_and_seams_a_function_is_analytic(text: str, point: str) -> None:
    assert is_analytic(text, point)


@for_all(
    ("text", "point"),
    [
        ("sqrt(x^4)", "x=0"),
        ("cbrt(x)", "x=0"),
        ("abs(x)^3", "x=0"),
        ("x^2.5", "x=0"),
        ("max(x,x^2)", "x=1"),
        ("max(x,y,1)", "x=1,y=0"),
        ("max(x,y,1)", "x=3,y=3"),
        ("where(x>0, x^3, 0)", "x=0"),
        ("where(x!=0, sin(x)/x, 1)", "x=0"),
        ("floor(x)", "x=2"),
        ("xlogy(x,x)", "x=0"),
        ("x*asin(x)", "x=1"),
        ("besselj(1,x)", "x=0"),
    ],
)
def test_at_edges_and_seams_nothing_is_claimed(text: str, point: str) -> None:
    assert not is_analytic(text, point)
