"""The summary of many points, as a table and in Markdown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcli.document import Canvas, Format
from derivcli.model import Proof
from derivcli.model.choices import Form
from derivcli.model.rows import BAD
from tests.document.row_samples import FOLDER, SAMPLES, pictures
from tests.document.rows import LINE, Lines, Made, two_rows, written
from tests.document.samples import SMOOTH


@pytest.mark.parametrize("name", SAMPLES)
def test_a_summary_looks_as_it_was_judged_to_look(name: str) -> None:
    assert pictures(name) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def shown(count: int, size: int) -> list[str]:
    """Return the rows of the table for this many points in chunks of this size."""
    made = Made(first=1)
    for start in range(0, count, size):
        xs = [float(x) for x in range(start, min(count, start + size))]
        made.add(Lines(None), xs, xs, [1.0] * len(xs))
    text = written(Format.TABLE, replace(LINE, form=Form.GRID, header=("x",)), made.chunks)
    return [line.split()[0] for line in text.split("\n\n")[-2].splitlines()[2:]]


@pytest.mark.parametrize("size", [1, 3, 5, 7, 100])
def test_five_rows_are_shown_at_each_end_and_none_twice(size: int) -> None:
    for count in (1, 4, 5, 6, 9, 10):
        assert shown(count, size) == list(map(str, range(count)))
    for count in (11, 12, 23):
        ends = [*range(5), *range(count - 5, count)]
        assert shown(count, size) == [*map(str, ends[:5]), "...", *map(str, ends[5:])]


@given(st.integers(20, 90), st.booleans())
def test_a_narrow_terminal_folds_and_never_cuts(width: int, unicode: bool) -> None:
    records = Lines([f"a,{x!r}" for x in (0.1, 1.2345678901234567)])
    made = Made().add(records, [0.1, 1.2345678901234567], [-1.2345678901234568e-300] * 2, [0.1] * 2)
    text = written(Format.TABLE, LINE, made.chunks, Canvas(width, unicode=unicode))
    assert all(len(line) <= width for line in text.splitlines())
    assert "-1.2345678901234568e-300" in "".join(text.split())


def test_colours_are_those_of_the_verdicts() -> None:
    text = written(Format.TABLE, LINE, two_rows().chunks, Canvas(80, color=True))
    assert "\x1b[32magree\x1b[0m" in text


def test_a_coordinate_stands_as_typed_and_a_long_one_as_its_number() -> None:
    made = Made().add(Lines(["a, 1.50", f"a,{'0' * 100}2"]), [1.5, 2.0], [1.0] * 2, [1.0] * 2)
    text = written(Format.TABLE, LINE, made.chunks)
    assert "     2   1.50   1" in text
    assert "     3      2   1" in text


def test_a_long_cell_that_cannot_be_read_is_shortened_and_controls_are_escaped() -> None:
    made = Made().add(
        Lines(None, [("a", "\x1b[2J" + "y" * 1000)]),
        [0.0],
        [1.0],
        [1.0],
        statuses=[BAD],
        bad={0: "`\x1b[2Jyy...` is not a number"},
    )
    for form in (Format.TABLE, Format.MARKDOWN):
        text = written(form, LINE, made.chunks)
        assert "\x1b" not in text
        assert "y" * 17 + "..." in text
        assert "y" * 18 not in text


def test_the_place_of_a_row_of_parquet_is_its_number() -> None:
    text = written(Format.TABLE, replace(LINE, form=Form.PARQUET), two_rows().chunks)
    assert text.split("\n\n")[-2].split()[0] == "row"


def test_the_answer_comes_first_in_words() -> None:
    made = Made().add(Lines(["a,1", "a,2"]), [1.0, 2.0], [1.0] * 2, [1.0] * 2)
    assert "\n  all 2 rows agree\n" in written(Format.TABLE, LINE, made.chunks)
    assert "\nall 2 rows agree\n" in f"\n{written(Format.MARKDOWN, LINE, made.chunks)}"
    alone = Made().add(Lines(["a,1"]), [1.0], [1.0], [1.0])
    assert "rows agree" not in written(Format.TABLE, LINE, alone.chunks)  # the table is as short


def test_rows_that_are_proved_are_counted_and_told() -> None:
    proved = replace(SMOOTH, value=replace(SMOOTH.value, proof=Proof.EXACT))
    whole = replace(proved, derivatives=(replace(SMOOTH.derivatives[0], proof=Proof.DISC),))
    made = Made().add(Lines(None), [1.0, 2.0], [2.0, 4.0], [2.0, 2.0], results={0: whole, 1: proved})
    text = written(Format.TABLE, replace(LINE, form=Form.GRID, header=("x",)), made.chunks)
    assert "2 rows: 2 agree; 1 proved" in text
    first, second = (line for line in text.splitlines() if line.split()[:1] in (["1"], ["2"]) and "rows" not in line)
    assert first.endswith("agree, proved")
    assert second.endswith("agree")


def test_what_is_said_of_rows_as_a_whole_stands_below_with_their_number() -> None:
    made = Made().add(Lines(None), [1.0, 2.0, 3.0], [1.0] * 3, [1.0] * 3, notes={0: "a hint", 1: "odd", 2: "a hint"})
    made.add(
        Lines(None),
        [4.0],
        [1.0],
        [1.0],
        results={0: replace(SMOOTH, notes=("a hint", "read so"), readings=("read so",))},
    )
    text = written(Format.TABLE, replace(LINE, form=Form.GRID, header=("x",)), made.chunks)
    assert [line.strip() for line in text.splitlines()[-2:]] == ["note: a hint (3 rows)", "note: odd (1 row)"]


def test_of_many_different_notes_a_few_are_shown() -> None:
    made = Made().add(Lines(None), [1.0] * 5, [1.0] * 5, [1.0] * 5, notes={k: f"note {k}" for k in range(5)})
    text = written(Format.TABLE, replace(LINE, form=Form.GRID, header=("x",)), made.chunks)
    assert "note 2 (1 row)" in text
    assert "note 3" not in text
    assert "note: there are 2 more notes: JSON and CSV have all of them" in text


def test_of_more_notes_than_are_counted_no_number_is_claimed() -> None:
    count = 150
    made = Made().add(Lines(None), *[[1.0] * count] * 3, notes={k: f"note {k}" for k in range(count)})
    text = written(Format.TABLE, replace(LINE, form=Form.GRID, header=("x",)), made.chunks)
    assert "note: there are at least 97 more notes: JSON and CSV have all of them" in text  # of 100
