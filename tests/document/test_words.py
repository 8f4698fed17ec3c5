"""The words that every format shares."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import inf, nan

import pytest

from derivcli.document import words
from derivcli.document.answer import document
from derivcli.model import Kind, Proof, Result, Sides, Status, Value
from tests.document.samples import CORNER, LOST, POLE, SMOOTH, TANGENT, UNDEFINED
from tests.every import for_all


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (104.0, "104"),
        (0.1, "0.1"),
        (-0.0, "0"),
        (1e300, "1e+300"),
        (5e-324, "5e-324"),
        (0.30000000000000004, "0.30000000000000004"),
        (inf, "inf"),
        (-inf, "-inf"),
        (nan, "nan"),
    ],
)
def test_a_number_has_the_digits_it_needs_and_no_more(number: float, text: str) -> None:
    assert words.number(number) == text


@for_all(("status", "kind"), product(Status, [None, *Kind]))
def test_every_status_and_kind_has_words(status: Status, kind: Kind | None) -> None:
    assert words.verdict(Value(status=status, kind=kind)).startswith(words.status_word(status))
    assert "_" not in words.verdict(Value(status=status, kind=kind))


@pytest.mark.parametrize(
    ("sample", "sentence"),
    [
        (CORNER, "left slope -1, right slope 1"),
        (TANGENT, "no left slope, right slope inf"),
        (POLE, "left limit -inf, right limit inf"),
        (UNDEFINED, "limit 1 from both sides"),
    ],
)
def test_slopes_and_limits_on_both_sides(sample: Result, sentence: str) -> None:
    found = (words.sides(value) for value in (sample.value, *sample.derivatives))
    assert "".join(map(words.plain, next(filter(None, found)))) == sentence


def test_unknown_sides_say_nothing() -> None:
    silent = replace(POLE, value=Value(status=Status.UNDEFINED, limit=Sides(None, None)), derivatives=())
    assert document(silent).functions[0].remarks == []


def test_numbers_with_one_note_share_it() -> None:
    shared = replace(LOST, value=Value(note="same"), derivatives=(replace(LOST.derivatives[0], note="same"),))
    (remark,) = document(shared).functions[0].remarks
    assert list(map(words.plain, remark.names)) == ["f", "df/dx"]
    assert remark.sentences == (("same",),)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("2", "2"), ("-1e-8", "-1e-8"), (".5", ".5"), ("1/4", "1/4 (0.25)"), ("pi", "pi (0.25)")],
)
def test_a_coordinate_is_shown_as_typed(text: str, shown: str) -> None:
    assert words.coordinate(0.25, text) == shown


def test_a_coordinate_without_its_text_is_its_number() -> None:
    assert words.point({"x": 2.0}, {}) == "x = 2"


def test_a_difference_has_two_digits() -> None:
    assert words.difference(Value(abs_error=3.552713678800501e-15)) == 3.6e-15
    assert words.difference(Value(abs_error=123456789.0)) == 120000000
    assert words.difference(Value(abs_error=1234567890.0)) == "1.2e+09"
    assert words.difference(Value(abs_error=inf)) == inf
    assert words.difference(Value()) is None


def test_readings_and_other_notes_are_told_apart_and_each_is_said_once() -> None:
    first = replace(SMOOTH, notes=("read", "gave up"), readings=("read",))
    second = replace(SMOOTH, notes=("read", "read too", "gave up"), readings=("read", "read too"))
    assert words.readings([first, second]) == ["read", "read too"]
    assert words.notes([first, second]) == ["gave up"]


def test_what_agrees_and_is_proved_says_so_calmly() -> None:
    assert words.verdict(Value(status=Status.AGREE, proof=Proof.DISC)) == "agree, proved"
    assert words.verdict(Value(status=Status.AGREE)) == "agree"
    assert words.verdict(Value(status=Status.DIFFER, proof=Proof.DISC)) == "differ"
