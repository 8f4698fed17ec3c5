"""What an error keeps of the text that it quotes."""

from __future__ import annotations

import pytest

from derivcli.errors import DerivError, bounded
from tests.cli import complaint

LONG = "a" * 3_000
SHORT = f"{'a' * 99}...{'a' * 18}"


@pytest.mark.parametrize("text", ["", "unknown function `sine`", f"cannot read `{'a' * 198}`", "word " * 200])
def test_what_is_short_is_kept_as_it_is(text: str) -> None:
    assert bounded(text) == text


def test_the_middle_of_a_long_word_is_left_out_and_its_ends_are_kept() -> None:
    assert bounded(f"cannot read `{LONG}`: no such file") == f"cannot read `{'a' * 99}...{'a' * 18}`: no such file"


def test_the_middle_of_a_long_text_of_short_words_is_left_out_too() -> None:
    found = bounded("ab " * 1_000 + "as at its end")
    assert (len(found), found[-28:]) == (523, "ab ab... ab ab as at its end")


def test_message_and_hint_are_bounded_and_the_source_is_not() -> None:
    error = DerivError(f"no `{LONG}`", source=LONG, hint=f"write `{LONG}*2`")
    assert (error.message, error.hint) == (f"no `{SHORT}a`", f"write `{SHORT[:-1]}*2`")
    assert str(error) == error.message
    assert error.source == LONG


@pytest.mark.parametrize(
    "arguments",
    [
        ("x" + "²" * 3_000, "--at", "x=²"),
        ("x", "--at", "x=" + "²" * 3_000),
        (f"{'1' * 3_000} {'2' * 3_000}",),
        ("x", "--color", LONG),
        ("x", "--format", LONG),
        ("x", f"--{LONG}"),
        ("x", "--order", LONG),
        ("x", "--points", LONG),
        ("x", "--at", "x=1", "--output", f"/{LONG}"),
        ("x", "--functions", LONG),
    ],
)
def test_no_error_line_repeats_a_long_text(arguments: tuple[str, ...]) -> None:
    said = complaint(*arguments)
    assert max(map(len, said.splitlines())) < 400
