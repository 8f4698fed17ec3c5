"""Which rows all witnesses look at: the same ones every time, never too many, and spread over the file."""

from __future__ import annotations

from typing import Any

import numpy as np

from derivcli.many.choice import Choice
from derivcli.model import Status
from derivcli.model.choices import Verify
from derivcli.model.rows import BAD, CODES, Answers, Rows
from derivcli.points.arrays import ArrayRecords


def draft(
    count: int, *, sure: Any = True, outside: Any = False, readable: Any = True, apart: Any = 0.0, form: bool = True
) -> Answers:
    """Return a draft in which autograd's slope is 1 and its symbolic form differs from that by `apart`."""
    known, sure, outside = (np.broadcast_to(np.asarray(flag, dtype=bool), count) for flag in (readable, sure, outside))
    bad = {int(index): "no number" for index in np.flatnonzero(~known)}
    rows = Rows(range(1, count + 1), {}, ArrayRecords({}), bad)
    slope = np.ones(count)
    marks = [(sure, Status.AGREE), (outside, Status.UNDEFINED), (~known, BAD)]
    statuses = np.full(count, CODES[Status.UNVERIFIED])
    for where, status in marks:
        statuses[where] = CODES[status]
    return Answers(rows, [slope, slope], [slope, slope], [slope, slope + apart if form else None], statuses)


def chosen(*drafts: Answers, verify: Verify = Verify.SAMPLE) -> list[list[int]]:
    choice = Choice(verify)
    return [choice(each).tolist() for each in drafts]


def at(*places: int, count: int = 1000) -> Any:
    marks = np.zeros(count, dtype=bool)
    marks[list(places)] = True
    return marks


def test_all_means_every_row_that_can_be_read() -> None:
    rows = draft(5, readable=[True, False, True, True, False], sure=[True, True, False, True, True])
    assert chosen(rows, rows, verify=Verify.ALL) == [[0, 2, 3], [0, 2, 3]]


def test_few_rows_are_all_looked_at() -> None:
    assert chosen(draft(10)) == [list(range(10))]
    assert chosen(draft(0)) == [[]]
    assert chosen(draft(10, readable=False)) == [[]]


def test_the_choice_is_the_same_whenever_it_is_made() -> None:
    many = [draft(1000), draft(1000, sure=~at(3, 500)), draft(1000), draft(500, outside=at(7, count=500))]
    first = chosen(*many)
    assert chosen(*many) == first
    assert all(rows == sorted(set(rows)) for rows in first)


def test_rows_that_are_not_sure_are_looked_at_wherever_they_are() -> None:
    for batch in chosen(*[draft(1000, sure=~at(17, 18, 803))] * 20):
        assert {17, 18, 803} <= set(batch)


def test_a_sample_is_taken_of_the_first_rows_and_less_and_less_of_later_ones() -> None:
    sizes = [len(batch) for batch in chosen(*[draft(10_000)] * 40)]
    assert 6 <= sizes[0] <= 8
    assert [index + 1 for index, size in enumerate(sizes) if size] == [1, 10]
    assert max(sizes[1:]) <= 2


def test_the_sample_is_spread_over_the_rows() -> None:
    (batch,) = chosen(draft(10_000))
    assert min(batch) < 2_500
    assert max(batch) > 7_500


def test_the_rows_that_differ_most_are_looked_at() -> None:
    apart = np.zeros(1000)
    apart[[5, 600, 700, 800, 900]] = [1e-12, 5e-12, 4e-12, 3e-12, 2e-12]
    (batch,) = chosen(draft(1000, apart=apart))
    assert {600, 700} <= set(batch)
    assert 600 in chosen(*[draft(1000)] * 9, draft(1000, apart=apart))[9]


def test_a_row_without_a_symbolic_form_is_no_worse_than_others() -> None:
    assert len(chosen(draft(1000, form=False))[0]) <= 16


def test_the_first_doubtful_rows_are_all_looked_at_and_of_later_ones_fewer_and_fewer() -> None:
    (batch,) = chosen(draft(65_536, sure=False))
    assert set(range(1024)) <= set(batch)
    for doubling in range(6):
        start = 1024 * 2**doubling
        few = [row for row in batch if start <= row < 2 * start]
        assert 1024 / 2 ** (doubling + 1) <= len(few) <= 1024 / 2 ** (doubling + 1) + 12  # the sample
        assert max(few) > 1.5 * start


def test_it_does_not_matter_in_which_batches_doubtful_rows_come() -> None:
    (whole,) = chosen(draft(20_000, sure=False))
    parts = chosen(*[draft(100, sure=False)] * 200)
    pieced = {100 * index + row for index, part in enumerate(parts) for row in part}
    assert len(set(whole) ^ pieced) < 40  # the samples


def test_however_long_the_file_is_the_doubtful_rows_are_bounded() -> None:
    sizes = [len(batch) for batch in chosen(*[draft(5000, sure=False)] * 60)]
    assert sizes[0] > 1024 > sizes[1] > sizes[2] > 30
    assert sum(sizes) < 2_100


def test_few_doubtful_rows_leave_room_for_later_ones() -> None:
    sizes = [len(batch) for batch in chosen(*[draft(5000, sure=~at(1, 2, count=5000))] * 100)]
    assert all(size >= 2 for size in sizes)


def test_rows_outside_are_looked_at_where_they_begin_and_end() -> None:
    outside = at(*range(300, 401), 700)
    first, second, third = chosen(*[draft(1000, outside=outside, sure=~outside)] * 3)
    assert {300, 400, 700} <= set(first)
    assert {300, 400, 700} <= set(second)
    assert third == [300, 400, 700]


def test_rows_that_are_outside_together_are_not_looked_at_each() -> None:
    third = chosen(*[draft(1000, outside=True, sure=False)] * 3)[2]
    assert third == []


def test_rows_outside_that_take_turns_with_others_are_bounded() -> None:
    outside = np.arange(1000) % 2 == 0
    batches = chosen(*[draft(1000, outside=outside, sure=~outside)] * 30)
    assert 32 < sum(map(len, batches)) < 100


def test_a_row_that_cannot_be_read_is_never_looked_at() -> None:
    readable = ~at(*range(0, 1000, 2))
    for batch in chosen(*[draft(1000, readable=readable, sure=False, outside=False)] * 3):
        assert all(index % 2 for index in batch)
