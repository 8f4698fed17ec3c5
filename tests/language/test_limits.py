"""How large an expression and its constants may be."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from derivcli.errors import DerivError, ExitCode, LimitError, Span
from derivcli.language import limits
from derivcli.language.diagnostics import draw
from derivcli.language.limits import MAX_CONSTANT, check_constants
from derivcli.language.parser import parse
from tests.every import examples, for_all
from tests.language import complaint, refusal, short
from tests.strategies import expressions

if TYPE_CHECKING:
    from collections.abc import Callable

    Check = Callable[[int, Span], None]
    from derivcli.language.tree import Node


def check_length(length: int, _span: Span) -> None:
    limits.check_length("x" * length)


@pytest.mark.parametrize(
    ("check", "limit", "message"),
    [
        (
            check_length,
            limits.MAX_LENGTH,
            "the expression is too long: 1000001 characters, the limit is 1000000",
        ),
        (
            limits.check_depth,
            limits.MAX_DEPTH,
            "the expression is nested too deeply: the limit is 500 levels",
        ),
        (
            limits.check_nodes,
            limits.MAX_NODES,
            "the expression has too many parts: the limit is 300000",
        ),
        (
            limits.check_literal,
            limits.MAX_LITERAL,
            "the number is too long: 4001 digits, the limit is 4000",
        ),
        (
            limits.check_constant,
            limits.MAX_CONSTANT,
            "the constant is too large: the limit is 4000 digits",
        ),
    ],
)
def test_each_limit_has_its_own_message_above_it(check: Check, limit: int, message: str) -> None:
    check(limit - 1, Span(0, 1))
    check(limit, Span(0, 1))
    with pytest.raises(LimitError) as caught:
        check(limit + 1, Span(0, 1))
    assert caught.value.message == message
    assert caught.value.exit_code is ExitCode.LIMIT


def padded(length: int) -> str:
    return "x" + " " * (length - 1)


def parentheses(depth: int) -> str:
    return "(" * depth + "x" + ")" * depth


def calls(depth: int) -> str:
    return "sin(" * (depth - 1) + "x" + ")" * (depth - 1)


def bars(depth: int) -> str:
    return "|" * (depth - 1) + "x" + "|" * (depth - 1)


def minuses(depth: int) -> str:
    return "-" * (depth - 1) + "x"


def roots(depth: int) -> str:
    return "√" * (depth - 1) + "x"


def fractions(depth: int) -> str:
    return "x" + "/x" * (depth - 1)


def towers(depth: int) -> str:
    return "x" + "^x" * (depth - 1)


def superscripts(depth: int) -> str:
    return "x" + " ²" * (depth - 1)


def digits(count: int) -> str:
    return "9" * count


def exponent(size: int) -> str:
    return f"1e{size}"


def small(size: int) -> str:
    return f"1e-{size}"


def superscript(count: int) -> str:
    return "x" + "²" * count


@for_all(
    ("write", "limit"),
    [
        (padded, limits.MAX_LENGTH),
        (parentheses, limits.MAX_DEPTH),
        (calls, limits.MAX_DEPTH),
        (bars, limits.MAX_DEPTH),
        (minuses, limits.MAX_DEPTH),
        (roots, limits.MAX_DEPTH),
        (fractions, limits.MAX_DEPTH),
        (towers, limits.MAX_DEPTH),
        (superscripts, limits.MAX_DEPTH),
        (digits, limits.MAX_LITERAL),
        (exponent, limits.MAX_LITERAL),
        (small, limits.MAX_LITERAL),
        (superscript, limits.MAX_LITERAL),
    ],
)
def test_a_text_may_reach_a_limit_but_not_pass_it(write: Callable[[int], str], limit: int) -> None:
    assert refusal(parse, write(limit - 1)) is None
    assert refusal(parse, write(limit)) is None
    assert isinstance(refusal(parse, write(limit + 1)), LimitError)


def test_an_expression_may_have_so_many_parts_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_NODES", 9)
    assert refusal(parse, "-a + b + c + d") is None  # 4 names, 3 sums, 1 minus
    assert refusal(parse, "a + b + c + d + f") is None
    assert isinstance(refusal(parse, "-a + b + c + d + f"), LimitError)


def test_the_defaults_are_generous() -> None:
    assert refusal(parse, " + ".join(f"{k}*x{k % 100}^3" for k in range(10_000))) is None


@pytest.mark.parametrize("text", ["1e999999999", "1e+999999999999", "1e-999999999", "1e" + "9" * 100_000], ids=short)
def test_a_huge_exponent_never_becomes_an_integer(text: str) -> None:
    assert isinstance(refusal(parse, text), LimitError)


def test_zeros_before_an_exponent_do_not_count() -> None:
    assert refusal(parse, "1e" + "0" * 5_000 + "1") is None


def test_the_message_shows_where_the_nesting_becomes_too_deep() -> None:
    message = complaint("x + " + parentheses(501)).splitlines()
    assert message[0] == "error: the expression is nested too deeply: the limit is 500 levels"
    assert message[2].strip() == "^"


def test_a_text_that_is_too_long_is_not_shown() -> None:
    assert complaint(padded(limits.MAX_LENGTH + 1)).count("\n") == 0


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
@examples(15, 50)
def test_any_expression_passes_or_is_refused(tree: Node) -> None:
    try:
        check_constants(tree)
    except DerivError as error:
        if not isinstance(error, LimitError):
            raise
