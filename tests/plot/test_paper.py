"""Formulas over pictures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcli.plot.paper import Title, plain, title


@pytest.mark.parametrize(
    ("formula", "latex", "expected"),
    [
        ("sqrt(x)", r"\sqrt{x}", Title(r"$f(x) = \sqrt{x}$", is_math=True)),
        ("abs(x)", r"\left|x\right|", Title(r"$f(x) = |x|$", is_math=True)),
        ("1/(1 + abs(x))", r"\frac{1}{1 + \left|x\right|}", Title(r"$f(x) = \frac{1}{1 + |x|}$", is_math=True)),
        (
            "x % 2",
            r"x \bmod 2",
            Title(r"$f(x) = x \;\mathrm{mod}\; 2$", is_math=True),
        ),
        (
            "where(x < 0, 1, 2)",
            r"\begin{cases} 1 & \text{for}\: x < 0 \\ 2 & \text{otherwise} \end{cases}",
            Title("f(x) = where(x < 0, 1, 2)", is_math=False),
        ),
        (None, None, Title("f(x)", is_math=False)),
        ("$x", "$x", Title("f(x) = $x", is_math=False)),
        ("\\x", r"\input{x}", Title("f(x) = \\x", is_math=False)),
    ],
)
def test_a_formula_is_mathematics_where_it_can_be_set(formula: str, latex: str, expected: Title) -> None:
    assert title("f(x)", "f(x)", formula, latex) == expected


@given(st.text(max_size=60))
def test_no_text_breaks_a_title(text: str) -> None:
    found = title("f(x)", "f(x)", text, text)
    assert found.is_math or found.text == plain(f"f(x) = {text}" if text else "f(x)")


def test_a_long_formula_is_cut_and_shows_it() -> None:
    assert plain("x" * 200) == "x" * 87 + "..."
