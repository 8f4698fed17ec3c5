"""The derivatives that are taken apart here are those that sympy gives."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sympy import Symbol

from derivcli.language import catalogue
from derivcli.witnesses.chain import slope
from derivcli.witnesses.sympy_functions import build
from tests.checks import program_of

INNER = ("x", "y", "2", "0.3", "x^3", "pi", "x*y", "1/(x - y)", "max(x, y)", "where(x < y, x^2, y)", "floor(x)")
OUTER = ("sin({})", "exp({}/3)", "log({})", "sqrt({})", "abs({})", "({})^y", "x^({})", "2^({})", "gelu({})")
JOINED = ("({}) + ({})", "({}) - ({})", "({})*({})", "({})/({})", "({})^({})", "hypot({}, {})", "besselj({}, {})")
TEXTS = st.recursive(
    st.sampled_from(INNER),
    lambda inner: st.one_of(
        st.builds(str.format, st.sampled_from(OUTER), inner),
        st.builds(str.format, st.sampled_from(JOINED), inner, inner),
    ),
    max_leaves=4,
)


def same(text: str) -> None:
    expression = build(program_of(text), evaluate=True)
    for name in ("x", "y"):
        symbol = Symbol(name, real=True)
        assert slope(expression, symbol) == expression.diff(symbol)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS)
def test_a_slope_is_sympys_derivative(text: str) -> None:
    same(text)


@pytest.mark.parametrize("row", [r for r in catalogue.FUNCTIONS.values() if not r.literal], ids=lambda row: row.name)
def test_a_slope_of_each_function_is_sympys_derivative(row: catalogue.Function) -> None:
    args = ("x", "x*y", "y", "3", "x")[: row.least]
    same(f"x*{row.name}({', '.join(args)})^2 + {row.name}({', '.join(args)})")


@pytest.mark.parametrize("text", ["x*inf", "x*y*exp(inf)", "0^x", "(x - x)^y*x", "x^inf + y", "x*log(0)"])
def test_where_something_is_endless_the_slope_is_sympys_too(text: str) -> None:
    same(text)


def test_a_deep_expression_with_shared_parts_has_a_slope() -> None:
    text = "x"
    for _ in range(20):
        text = f"sin({text})"
    same(text)
