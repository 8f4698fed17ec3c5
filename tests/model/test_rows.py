"""Rows and answers: parts of them are what they were."""

from __future__ import annotations

import io

import numpy as np

from derivcli.model.choices import Form
from derivcli.model.rows import BAD, STATUSES, Answers, Rows
from derivcli.points.arrays import Arrays
from derivcli.points.files import open_points
from derivcli.points.told import Told


def rows() -> Rows:
    source = open_points("-", Told(Form.CSV), io.BytesIO(b"n,x\na,1\nb,abc\nc,3\nd\ne,5\n"))
    (found,) = source.rows(("x",))
    return found


def told(found: Rows) -> list[tuple[int, list[str], str | None]]:
    """Return the line, the cells and the reason of each row."""
    return [(found.lines[k], list(found.records.cells(k)), found.bad.get(k)) for k in range(len(found))]


def test_the_status_of_a_row_is_one_of_a_number_or_error() -> None:
    assert STATUSES[-1] == BAD
    assert len(set(STATUSES)) == len(STATUSES)


def test_parts_are_the_rows_in_order() -> None:
    whole = told(rows())
    for count in (1, 2, 3, 5, 100):
        parts = list(rows().parts(count))
        assert [len(part) for part in parts[:-1]] == [count] * (len(parts) - 1)
        assert [row for part in parts for row in told(part)] == whole


def test_a_part_knows_its_coordinates_and_texts() -> None:
    part = rows().part(2, 5)
    assert part.columns["x"][[0, 2]].tolist() == [3, 5]
    assert list(part.records.texts or ()) == ["c,3", "d", "e,5"]
    assert part.records.exact(2, "x") == "5"
    assert part.records.batch is None
    assert list(part.bad) == [1]


def test_a_part_of_arrays_has_no_texts() -> None:
    (found,) = Arrays({"x": [1.0, 2.0, 3.0]}).rows(())
    part = found.part(1, 3)
    assert (part.records.texts, part.records.exact(0, "x"), list(part.lines)) == (None, "2.0", [2, 3])


def test_the_first_answers_are_those_of_the_first_rows() -> None:
    found = rows()
    numbers = [np.arange(5.0), np.arange(5.0) + 10]
    answers = Answers(found, numbers, numbers, [None, numbers[1]], np.arange(5), notes={0: "a", 3: "b"})
    first = answers.part(0, 3)
    assert told(first.rows) == told(found)[:3]
    assert [column.tolist() for column in first.numbers] == [[0, 1, 2], [10, 11, 12]]
    assert first.symbolic[0] is None
    assert first.symbolic[1] is not None
    assert first.symbolic[1].tolist() == [10, 11, 12]
    assert (first.statuses.tolist(), first.notes, first.results) == ([0, 1, 2], {0: "a"}, {})
    assert len(answers.part(0, 0).rows) == 0
