"""A hint is said to each asker in words of their own."""

from __future__ import annotations

import json
from pickle import dumps, loads

import pytest

from derivcli import differentiate
from derivcli.errors import DerivError, ExpressionError, PointError, UsageError
from derivcli.hints import Asker, At, ByAt, Hint
from tests.cli import complaint, deriv


def words(hint: Hint) -> list[str]:
    """Return a hint as a command, a line of a batch and Python have it."""
    return [hint.said(asker) for asker in (Asker.COMMAND, Asker.LINE, Asker.PYTHON)]


def test_each_asker_has_a_place_for_a_point() -> None:
    assert words(Hint("add ", At("y=..."), ", or write x*y")) == [
        "add --at y=..., or write x*y",
        "add y=... behind an @ or in the field `at`, or write x*y",
        "add y=... in `at`, or write x*y",
    ]


def test_a_point_is_given_by_way_of_its_place() -> None:
    assert words(Hint("give it ", ByAt("x=1"))) == [
        "give it by an option: --at x=1",
        "give it behind an @ or in the field `at`: x=1",
        "give it in `at`: x=1",
    ]
    assert words(Hint("give the point ", ByAt())) == [
        "give the point by --at",
        "give the point behind an @ or in the field `at`",
        "give the point in `at`",
    ]


def test_a_hint_may_be_a_part_of_one() -> None:
    assert Hint(Hint("add ", At("x=2")), "; try again").said(Asker.COMMAND) == "add --at x=2; try again"


def test_what_a_text_says_of_an_option_itself_is_left_as_it_is() -> None:
    assert words(Hint("`--at x=2` was typed")) == ["`--at x=2` was typed"] * 3


def test_an_error_speaks_to_python_until_another_asker_is_named() -> None:
    error = DerivError("no value for `y`", hint=Hint("add ", At("y=2")))
    assert error.hint == "add y=2 in `at`"
    error.asker = Asker.COMMAND
    assert error.hint == "add --at y=2"
    assert error.to_dict()["hint"] == "add --at y=2"


def test_a_hint_for_an_asker_is_bounded() -> None:
    error = DerivError("m", hint=Hint("add ", At("y" * 3_000)))
    assert len(error.hint or "") < 200


def test_an_error_that_has_come_from_another_process_still_speaks_to_each_asker() -> None:
    error: DerivError = loads(dumps(PointError("m", hint=Hint("add ", At("y=2")))))  # noqa: S301 - our own
    assert error.hint == "add y=2 in `at`"
    error.asker = Asker.COMMAND
    assert error.hint == "add --at y=2"


@pytest.mark.parametrize(
    ("expression", "at", "hint"),
    [
        ("x*y", "x=2", "add y=... in `at`"),
        ("x2*x", "x=2", "add x2=... in `at`, or write x^2 for the power"),
        ("x^2 at x=1", None, "give it in `at`: x=1"),
        ("a at b", None, "give the point in `at`: x=2, or write `a*t` to multiply"),
        (r"\lim_{x \to 0} x", None, "limits are not computed: give the function itself, and the point in `at`"),
        ("f(x)=x^2; f'(3)", None, "give f alone, and the point in `at`: x=3"),
        ("d/dx (x^2)(3)", None, "give it in `at`: x=3"),
        ("x^2 dx", None, "give the function alone; if it is a variable, give it a value: dx=... in `at`"),
    ],
)
def test_the_words_of_a_command_are_for_the_command_alone(expression: str, at: str | None, hint: str) -> None:
    point = None if at is None else dict([at.split("=")])
    with pytest.raises((ExpressionError, UsageError)) as caught:
        differentiate(expression, at=point)
    assert caught.value.hint == hint
    said = complaint(expression, *(["--at", at] if at else []))
    assert "in `at`" not in said
    assert "--at" in said.splitlines()[-1]


@pytest.mark.parametrize("jobs", [(), ("--jobs", "2")])
def test_a_line_of_a_batch_is_told_where_its_point_stands(jobs: tuple[str, ...]) -> None:
    answer = deriv("--batch", "-", "--format", "jsonl", *jobs, stdin=b"x*y @ x=2\n\\lim_{x \\to 0} x\n")
    hints = [json.loads(line)["error"]["hint"] for line in answer.out.splitlines()]
    assert hints == [
        "add y=... behind an @ or in the field `at`",
        "limits are not computed: give the function itself, and the point behind an @ or in the field `at`",
    ]
