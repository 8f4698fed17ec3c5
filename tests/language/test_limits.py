"""Every limit at one below, at, and one above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from derivcli.errors import ExitCode, LimitError, Span
from derivcli.language import limits
from derivcli.language.parser import parse
from tests.language import complaint, refusal, short

if TYPE_CHECKING:
    from collections.abc import Callable

    Check = Callable[[int, Span], None]


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


@pytest.mark.parametrize(
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
