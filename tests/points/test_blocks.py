"""Blocks of lines: nothing is lost between them, and no line is held that is too long."""

from __future__ import annotations

import io
import tracemalloc
from itertools import chain, repeat
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from derivcli.errors import DataError
from derivcli.model.rows import CHUNK
from derivcli.points.blocks import MAX_LINE, Blocks
from tests.points.reading import Pieces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from derivcli.points.blocks import Block


def _blocks(pieces: Iterable[bytes]) -> list[Block]:
    blocks = Blocks(Pieces(pieces), "it")
    return list(iter(blocks.read, None))


def _lines(blocks: Iterable[Block]) -> list[tuple[int, bytes | None]]:
    found: list[tuple[int, bytes | None]] = []
    for block in blocks:
        lines = [None] if block.too_long else block.data.split(b"\n")
        found += enumerate(lines, block.first)
    return found


def _numbered(lines: Iterable[bytes | None]) -> list[tuple[int, bytes | None]]:
    return list(enumerate(lines, 1))


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"", []),
        (b"a", [b"a"]),
        (b"a\n", [b"a"]),
        (b"a\nb", [b"a", b"b"]),
        (b"\xef\xbb\xbfa\n", [b"a"]),
        (b"a\r\nb\r\n", [b"a\r", b"b\r"]),
        (b"a\n\nb\n\n\n", [b"a", b"", b"b"]),
        (b"a\r\n\r\n\r\n", [b"a\r"]),
        (b"a\r\r\n\n", [b"a\r\r"]),
        (b"\n\n", []),
        (b"\n\na", [b"", b"", b"a"]),
    ],
)
def test_lines_are_what_stands_before_line_feeds(data: bytes, lines: list[bytes]) -> None:
    assert _lines(_blocks([data])) == _numbered(lines)
    assert _lines(_blocks(data[i : i + 1] for i in range(len(data)))) == _numbered(lines)


@given(st.binary(max_size=200).map(lambda data: data.replace(b"\xef", b"\n")), st.lists(st.integers(1, 9)))
@example(b"\r", [])
@example(b"a\n\r", [1])
def test_the_pieces_in_which_a_stream_comes_change_nothing(data: bytes, sizes: list[int]) -> None:
    starts = [sum(sizes[:index]) for index in range(len(sizes) + 1)]
    pieces = [data[start:end] for start, end in zip(starts, [*starts[1:], len(data)], strict=True) if start < len(data)]
    whole = data if data.endswith(b"\n") or not data else data + b"\n"  # a line ends at the end of the data too
    while whole.endswith(b"\n") and (whole[:-1].endswith((b"\n", b"\n\r")) or whole in (b"\n", b"\r\n")):
        whole = whole[:-2] if whole.endswith(b"\r\n") else whole[:-1]
    expected = whole.removesuffix(b"\n").split(b"\n") if whole else []
    assert _lines(_blocks([data])) == _lines(_blocks(pieces)) == _numbered(expected)


def test_a_block_has_no_more_lines_than_a_chunk() -> None:
    blocks = _blocks([b"1\n" * 300_000])
    assert max(block.data.count(b"\n") + 1 for block in blocks) <= CHUNK
    assert _lines(blocks) == _numbered([b"1"] * 300_000)


def test_lines_that_are_given_back_come_again_and_more_with_them() -> None:
    blocks = Blocks(Pieces([b"a\nb\nc\n", b"d\n"]), "it")
    assert blocks.read() == (1, b"a\nb\nc", False, False)
    blocks.give_back(b"b\nc")
    assert blocks.read() == (2, b"b\nc\nd", False, False)
    blocks.give_back(b"d")
    assert blocks.read() == (4, b"d", True, False)
    assert blocks.read() is None


@pytest.mark.parametrize("size", [1_000, 2**16, 2**22])
def test_a_line_that_is_too_long_is_one_line_and_costs_no_other(size: int) -> None:
    data = b"a\n" + b"x" * (MAX_LINE + 1) + b"\n" + b"y" * MAX_LINE + b"\n\n" + b"z" * 5_000_000 + b"\nb\n"
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    assert _lines(_blocks(pieces)) == _numbered([b"a", None, b"y" * MAX_LINE, b"", None, b"b"])


def test_nothing_follows_the_lines_before_one_that_is_too_long() -> None:
    blocks = Blocks(Pieces([b'a\n"b\n', *[b"x" * 2**16] * 40, b"\nc"]), "it")
    assert blocks.read() == (1, b'a\n"b', False, False)
    blocks.give_back(b'"b')
    assert blocks.read() == (2, b'"b', True, False)
    assert blocks.read() == (3, b"", True, True)
    assert blocks.read() == (4, b"c", False, False)
    assert blocks.read() is None


def test_a_hundred_million_bytes_without_a_line_end_are_never_held() -> None:
    pieces = chain([b"a\n"], repeat(b"x" * 2**16, 1_600), [b"\nb\n"])
    tracemalloc.start()
    try:
        assert _lines(_blocks(pieces)) == _numbered([b"a", None, b"b"])
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_more_empty_lines_than_a_block_are_not_held_back() -> None:
    blocks = _blocks([b"a\n", *[b"\n" * 50_000] * 8])
    assert blocks[-1].first + blocks[-1].data.count(b"\n") > 100_000


def test_a_stream_that_cannot_be_read_is_an_error_with_its_name() -> None:
    class Broken(io.BufferedIOBase):
        def read1(self, size: int = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(DataError) as caught:
        Blocks(Broken(), "`a.csv`").read()
    assert caught.value.message == "cannot read `a.csv`: Input/output error"
