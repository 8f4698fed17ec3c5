"""How a text was read, said in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import Span
from derivcli.language.notes import Notice, emphasised, notes_on
from derivcli.language.parser import parse
from tests.every import for_all

if TYPE_CHECKING:
    from derivcli.language.tree import Node


def tree_of(text: str) -> Node:
    return parse(text, ("a", "b", "c", "x", "y")).tree


def test_a_marked_place_is_shown_beside_what_it_has_become() -> None:
    text = "1 + 2*x/y"
    assert notes_on(tree_of(text), text, [Notice(Span(4, 9))]) == ("`2*x/y` was read as `2*x/y`",)


def test_the_smallest_part_that_holds_a_place_is_shown() -> None:
    text = "1 + sin(x*y)"
    assert notes_on(tree_of(text), text, [Notice(Span(8, 11))]) == ("`x*y` was read as `x*y`",)
    assert notes_on(tree_of(text), text, [Notice(Span(8, 9))]) == ("`x` was read as `x`",)


def test_words_of_their_own_are_said_as_they_are() -> None:
    assert notes_on(tree_of("x"), "x", [Notice(Span(0, 1), "so it is")]) == ("so it is",)


def test_notes_come_in_the_order_of_their_places_without_repetition() -> None:
    text = "x*y + a*b"
    marks = [
        Notice(Span(6, 9)),
        Notice(Span(0, 3)),
        Notice(Span(0, 3)),
        Notice(Span(0, 1), "so"),
        Notice(Span(2, 3), "so"),
    ]
    assert notes_on(tree_of(text), text, marks) == (
        "`x*y` was read as `x*y`",
        "so",
        "`a*b` was read as `a*b`",
    )


def test_a_place_inside_one_that_is_shown_is_not_shown_again() -> None:
    text = "sin(x*y)"
    marks = [Notice(Span(0, 8)), Notice(Span(4, 7)), Notice(Span(4, 5), "of x")]
    assert notes_on(tree_of(text), text, marks) == ("`sin(x*y)` was read as `sin(x*y)`", "of x")


def test_a_long_place_is_not_quoted() -> None:
    text = "+".join(["x"] * 40)
    assert notes_on(tree_of(text), text, [Notice(Span(0, len(text)))]) == ()


def test_after_eight_notes_there_is_one_that_says_where_the_rest_is() -> None:
    notes = parse(" + ".join(f"1/{i}x" for i in range(2, 30))).notes
    assert len(notes) == 9
    assert notes[-1] == "there are more places like these: `read_as` in --json shows the whole reading"
    assert len(parse(" + ".join(f"1/{i}x" for i in range(2, 10))).notes) == 8


@for_all(
    ("text", "shown"),
    [
        ("a/b*c", "(a/b)*c"),
        ("2**x*y", "(2**x)*y"),
        ("e**x/y", "(e**x)/y"),
        ("x**1/2", "(x**1)/2"),
        ("-x**1/2", "-(x**1)/2"),
        ("-2*x**1/2", "-2*(x**1)/2"),
        ("2*x**1/2", "2*(x**1)/2"),
        ("x**2*y", "x**2*y"),
        ("x*y", "x*y"),
        ("a + b", "a + b"),
        ("x", "x"),
    ],
)
def test_a_first_factor_that_looks_as_if_it_went_on_is_shown_in_brackets(text: str, shown: str) -> None:
    assert emphasised(tree_of(text)) == shown
