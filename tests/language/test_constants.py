"""Constants that are too large to compute are refused before anything computes them."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from derivcli.errors import DerivError, LimitError
from derivcli.language.constants import check_constants
from derivcli.language.diagnostics import draw
from derivcli.language.limits import MAX_CONSTANT
from derivcli.language.parser import parse
from tests.every import for_all
from tests.language import refusal
from tests.strategies import expressions

if TYPE_CHECKING:
    from derivcli.language.tree import Node


def check(text: str) -> None:
    check_constants(parse(text).tree)


@for_all(
    "text",
    [
        "9**9**9**9",
        "factorial(10**7)",
        "2**(10**8)*x",
        "(10**7)!",
        "gamma(10**7)",
        "x + sin(9^9^9)",
        "1/9**9**9",
        "0.5**10**9",
        "(-3)**10**9",
        "(1/3)**10**9",
        "pi**10**9",
        "e**10**9",
        "tau**10**9",
        "(2**0.5)**10**9",
        "sqrt(2)**10**9",
        "10**3000*10**3000",
        "1e4000*1e4000 + x",
        "2**-10**9",
        "(3 + 4)**10**9",
        "where(x > 9**9**9, 1, 2)",
    ],
)
def test_a_constant_that_is_too_large_is_refused_at_once(text: str) -> None:
    start = time.monotonic()
    error = refusal(check, text)
    assert isinstance(error, LimitError)
    assert error.message == "the constant is too large: the limit is 4000 digits"
    assert time.monotonic() - start < 5


@for_all(
    "text",
    [
        "10**400*x",
        "10**3000",
        "170!",
        "1000!",
        "x**10**9",
        "(x + 1)**10**9",
        "2**x**10**9",
        "0**10**9",
        "1**10**9",
        "(-1)**10**9",
        "1**10**400",
        "0**-1",
        "1/0",
        "x/0",
        "0!",
        "(-1)!",
        "gamma(0)",
        "log(0)",
        "log(-1)",
        "(-8)**(1/3)",
        "exp(1000)",
        "exp(exp(exp(1000)))",
        "inf**inf",
        "10**400*pi",
        "1e4000 + 1e-4000",
        "atan2(0, 0)",
        "max(1, 2)**3",
        "5 % 0",
        "where(True, 1, 2)",
    ],
)
def test_honest_constants_and_everything_with_a_variable_pass(text: str) -> None:
    assert refusal(check, text) is None


def test_the_message_points_at_the_constant() -> None:
    text = "x + 2*9**9**9"
    with pytest.raises(LimitError) as caught:
        check(text)
    expected = "\n".join(("error: the constant is too large: the limit is 4000 digits", f"  {text}", "        ^^^^^^^"))
    assert draw(caught.value.within(text)) == expected


def test_a_factorial_is_refused_from_one_digit_above_the_limit() -> None:
    last = next(n for n in range(1000, 2000) if math.factorial(n + 1) > 10**MAX_CONSTANT)
    assert refusal(check, f"{last - 1}!") is None
    assert refusal(check, f"{last}!") is None
    assert isinstance(refusal(check, f"{last + 1}!"), LimitError)


def test_a_power_is_refused_from_one_digit_above_the_limit() -> None:
    last = math.floor(MAX_CONSTANT / math.log10(math.pi))
    assert refusal(check, f"pi^{last - 1}") is None
    assert refusal(check, f"pi^{last}") is None
    assert isinstance(refusal(check, f"pi^{last + 1}"), LimitError)


@given(expressions())
@settings(deadline=None, max_examples=50)
def test_any_expression_passes_or_is_refused(tree: Node) -> None:
    try:
        check_constants(tree)
    except DerivError as error:
        if not isinstance(error, LimitError):
            raise
