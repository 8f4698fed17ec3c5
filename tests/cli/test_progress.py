"""The progress bar."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from derivcli.cli.progress import Extent, wants_progress, watched
from derivcli.cli.streams import Environment, unfinished
from derivcli.document import Format
from tests.cli import Stream
from tests.document.rows import Lines, Made

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.model.rows import Answers


class Clock:
    """Time that passes between one chunk and the next."""

    def __init__(self, step: float) -> None:
        self.time = 0.0
        self._step = step

    def now(self) -> float:
        return self.time

    def chunks(self, count: int) -> Iterator[Answers]:
        for _ in range(count):
            self.time += self._step
            yield from Made().add(Lines(None), [0.0] * 1000, [0.0] * 1000).chunks


def environment(stderr: Stream | None = None) -> Environment:
    err = Stream(terminal=True) if stderr is None else stderr
    return Environment(Stream(), Stream(), err, {"TERM": "xterm", "COLUMNS": "100"})


def seen(extent: Extent, step: float, count: int = 5) -> str:
    """Return what stands on the terminal in the course of time."""
    err = Stream(terminal=True)
    clock = Clock(step)
    chunks = watched(clock.chunks(count), extent, environment(err), shown=True, now=clock.now)
    assert sum(len(chunk.rows) for chunk in chunks) == 1000 * count
    return err.text


def words(text: str) -> list[str]:
    """Return what was drawn each time, without escape codes and bars."""
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
    return [" ".join(line.replace("━", "").replace("╸", "").replace("╺", "").split()) for line in plain.split("\r")]


def test_rows_rate_share_and_the_time_left_are_shown() -> None:
    drawn = words(seen(Extent(rows=10_000), 1.0))
    assert "1,000 rows 1,000/s 10 % 0:09 left" in drawn
    assert "5,000 rows 1,000/s 50 % 0:05 left" in drawn


def test_the_share_of_a_file_that_has_been_read_gives_the_time_left() -> None:
    assert "1,000 rows 0/s 25 % 2:30:00 left" in words(seen(Extent(share=lambda: 0.25), 3000.0, 1))


def test_without_an_end_rows_and_rate_are_shown() -> None:
    assert "2,000 rows 500/s" in words(seen(Extent(), 2.0))


def test_nothing_is_shown_for_half_a_second() -> None:
    assert seen(Extent(rows=5000), 0.09) == ""
    assert seen(Extent(rows=5000), 0.11) != ""


def test_the_bar_is_not_drawn_for_every_chunk() -> None:
    assert len(words(seen(Extent(rows=5000), 0.001, 2000))) < 60


def test_the_bar_vanishes_and_the_cursor_comes_back() -> None:
    text = seen(Extent(rows=5000), 1.0)
    assert text.count("\x1b[?25l") == text.count("\x1b[?25h") == 1
    assert text.endswith("\x1b[2K") or text.rstrip("\n").endswith(("\x1b[2K", "\x1b[?25h"))
    assert unfinished == [] or all(type(each).__name__ != "_Bar" for each in unfinished)


def test_the_bar_vanishes_when_the_reader_has_gone_or_a_signal_comes() -> None:
    for end in ("close", "signal"):
        err = Stream(terminal=True)
        clock = Clock(1.0)
        chunks = watched(clock.chunks(9), Extent(rows=9000), environment(err), shown=True, now=clock.now)
        next(chunks)
        assert "\x1b[?25h" not in err.text
        if end == "signal":
            unfinished[-1].discard()
        else:
            chunks.close()  # type: ignore[attr-defined]
        assert "\x1b[?25h" in err.text
        del chunks


def test_nothing_is_written_where_no_bar_is_wanted() -> None:
    err = Stream(terminal=True)
    clock = Clock(1.0)
    assert len(list(watched(clock.chunks(3), Extent(), environment(err), shown=False, now=clock.now))) == 3
    assert err.text == ""


@pytest.mark.parametrize(
    ("chosen", "stdout", "to_file", "wanted"),
    [
        (Format.CSV, Stream(), False, True),
        (Format.CSV, Stream(terminal=True), False, False),
        (Format.CSV, Stream(terminal=True), True, True),
        (Format.CSV, None, True, True),
        (Format.TABLE, Stream(terminal=True), False, True),
        (Format.MARKDOWN, Stream(terminal=True), False, True),
        (Format.VALUE, Stream(), False, False),
    ],
)
def test_a_bar_is_wanted_where_no_rows_run_over_the_same_terminal(
    chosen: Format, stdout: Stream | None, to_file: bool, wanted: bool
) -> None:
    both = Environment(Stream(), stdout, Stream(terminal=True), {"TERM": "xterm"})
    assert wants_progress(both, chosen, quiet=False, to_file=to_file) == wanted
    assert not wants_progress(both, chosen, quiet=True, to_file=to_file)
    for stderr, variables in ((Stream(), {}), (None, {}), (Stream(terminal=True), {"TERM": "dumb"})):
        assert not wants_progress(
            Environment(Stream(), stdout, stderr, variables), chosen, quiet=False, to_file=to_file
        )


def test_rich_is_loaded_only_to_draw() -> None:
    script = "import sys, derivcli.cli.progress; print('rich' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
