"""Mathematica's notation and that of spreadsheets."""

from __future__ import annotations

import pytest

from derivcli.language.parser import parse
from tests.every import for_all
from tests.language import complaint, drawn, read


@for_all(
    ("text", "plain"),
    [
        ("Sinh[x]/Cosh[y]", "sinh(x)/cosh(y)"),
        ("Exp[-t^2] Cos[b t]", "exp(-t^2)*cos(b*t)"),
        ("E^(-x) + Tan[x]", "e^(-x) + tan(x)"),
        ("E^x + 1", "E^x + 1"),
        ("Log[x] + Log[3, x]", "log(x) + log(x, 3)"),
        ("ArcTan[x] + ArcTan[x, y]", "atan(x) + atan2(y, x)"),
        ("If[x > 2, Sqrt[x], Abs[x]]", "where(x > 2, sqrt(x), abs(x))"),
        ("Piecewise[{{x^2, x < 0}, {x, x < 1}}, 3]", "piecewise(x^2, x < 0, x, x < 1, 3)"),
        ("UnitStep[x] + FractionalPart[y]", "step(x) + fmod(y, 1)"),
        ("ProductLog[x] + ProductLog[-1, y]", "LambertW(x) + LambertW(y, -1)"),
        ("Erf[x] + Gamma[y] + BesselJ[2, x]", "erf(x) + gamma(y) + besselj(2, x)"),
        ("Power[x, 3] + Surd[y, 3]", "x^3 + root(y, 3)"),
    ],
)
def test_mathematica_is_read(text: str, plain: str) -> None:
    assert read(text) == read(plain)


def test_what_is_turned_round_is_said() -> None:
    assert parse("Log[2, x]*E").notes == (
        "`Log[2, x]` was read as `log(x, 2)`",
        "`E` was read as e, as in Mathematica",
    )


def test_a_derivative_around_the_whole_is_asked_for() -> None:
    for text in ("D[Sin[x]^3, x]", 'D(quote(sin(x)^3), "x")', 'D(expression(sin(x)^3), "x")', "deriv(~sin(x)^3, 'x')"):
        parsed = parse(text)
        assert read(text) == read("sin(x)^3")
        assert parsed.asked is not None
        assert parsed.asked.names == ("x",)


@for_all(
    ("text", "plain"),
    [
        ("=EXP(-A2*B3)", "exp(-A2*B3)"),
        ("=LOG(A1) + LOG(A1, 2) + LN(B1)", "log10(A1) + log(A1, 2) + log(B1)"),
        ("=ATAN2(A1, B1)", "atan2(B1, A1)"),
        ("=IF(A1=0, 1, INT(A1))", "where(A1 == 0, 1, floor(A1))"),
        ("=POWER(1,05; A1)", "1.05^A1"),
        ("=-A1^3 + B1", "-A1^3 + B1"),
        ("=-x^2", "-x^2"),
    ],
)
def test_the_formula_of_a_cell_is_read(text: str, plain: str) -> None:
    assert read(text) == read(plain)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "=EXP(-A1^2)",
            drawn("`-A1^2` could mean two things", "=EXP(-A1^2)", "     ^^^^^", "write `-(A1^2)` or `(-A1)^2`"),
        ),
        (
            "=A1^B1^2",
            drawn("this could mean two things", "=A1^B1^2", "   ^^^^", "write brackets: `(a^b)^c` or `a^(b^c)`"),
        ),
        (
            "x.^y.^2",
            drawn("this could mean two things", "x.^y.^2", " ^^^^^", "write brackets: `(a^b)^c` or `a^(b^c)`"),
        ),
    ],
)
def test_powers_that_mean_something_else_there_are_refused(text: str, message: str) -> None:
    assert complaint(text) == message


def test_formulas_of_spreadsheets_have_fixed_cells_and_names_of_other_languages() -> None:
    assert read("=$A$1^2+B$2") == "add(pow(A1, 2), B2)"
    assert read("=WENN(A1>0;WURZEL(A1);0)") == "piecewise(sqrt(A1), gt(A1, 0), 0)"
    assert read("=SI(A1>0;A1;0)") == "piecewise(A1, gt(A1, 0), 0)"
    assert read("=COMBIN(A1,2)") == "binomial(A1, 2)"
    assert read("raiz(x) + argsh(x)") == "add(sqrt(x), asinh(x))"
