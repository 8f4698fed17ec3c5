"""Compressed files: told by how they begin, damaged ones and bombs are said."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import sys
from functools import partial
from typing import TYPE_CHECKING

import pytest

from derivcli import parts
from derivcli.errors import DataError, LimitError, MissingPartError
from derivcli.points import packed
from derivcli.points.files import open_points
from derivcli.points.packed import Stream, unpacked
from tests.points.reading import Pieces, said

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_TEXT = b"x,y\n" + b"".join(b"%d,%d\n" % (k, k * k) for k in range(2_000))


def _zstandard(data: bytes) -> bytes:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd.compress(data)


_PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": partial(lzma.compress, preset=0),
    ".zst": _zstandard,
}


@pytest.mark.parametrize(("suffix", "pack"), _PACKERS.items())
def test_a_compressed_file_has_the_rows_of_the_text_in_it(
    tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / f"points.csv{suffix}"
    path.write_bytes(pack(_TEXT))
    source = open_points(str(path))
    assert said(source, ("x", "y")) == [(k + 2, (float(k), float(k * k))) for k in range(2_000)]
    assert source.bytes_read == path.stat().st_size  # type: ignore[union-attr] # no Parquet


@pytest.mark.parametrize("pack", _PACKERS.values())
def test_it_comes_from_a_pipe_in_any_pieces_and_in_several_streams(pack: Callable[[bytes], bytes]) -> None:
    data = pack(_TEXT[:5_001]) + pack(_TEXT[5_001:])
    pieces = Pieces(data[k : k + 1] for k in range(len(data)))
    assert said(open_points("-", stdin=pieces), ("x",)) == [(k + 2, (float(k),)) for k in range(2_000)]  # type: ignore[arg-type]


def test_a_text_that_is_called_gz_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "points.csv.gz"
    path.write_bytes(b"x\n1\n")
    assert said(open_points(str(path)), ("x",)) == [(2, (1.0,))]


def test_a_header_may_begin_as_bzip2_does() -> None:
    assert open_points("-", stdin=io.BytesIO(b"BZh91AY,x\n1,2\n")).header == ("BZh91AY", "x")


@pytest.mark.parametrize("pack", _PACKERS.values())
def test_of_a_damaged_file_the_rows_before_the_damage_are_read(pack: Callable[[bytes], bytes]) -> None:
    generator = iter(range(10**9))
    text = b"x\n" + b"".join(b"%d\n" % (next(generator) * 7_919 % 1_000_003) for _ in range(200_000))
    rows = open_points("-", stdin=io.BytesIO(pack(text)[:-20])).rows(("x",))
    counts: list[int] = []
    with pytest.raises(DataError) as caught:
        counts.extend(map(len, rows))
    assert caught.value.message.startswith("standard input cannot be unpacked to its end: ")
    assert caught.value.hint == "get another copy of it"
    assert sum(counts) > 60_000


def test_a_bomb_is_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MAX_UNPACKED", 100_000)
    with pytest.raises(LimitError) as caught:
        said(open_points("-", stdin=io.BytesIO(gzip.compress(b"x\n" + b"1\n" * 1_000_000))), ("x",))
    assert caught.value.message == "standard input unpacks to more than 100,000 bytes, and 100 times its size"
    assert caught.value.hint == "if it is meant to, unpack it first, and give the text"


def test_what_is_large_and_no_bomb_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MAX_UNPACKED", 100)
    data = b"x\n" + b"".join(b"%d\n" % (k * 7_919 % 1_000_003) for k in range(1_000))
    assert len(said(open_points("-", stdin=io.BytesIO(gzip.compress(data))), ("x",))) == 1_000


def test_xz_may_not_ask_for_all_memory() -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 2**28}]
    data = lzma.compress(b"x\n1\n", format=lzma.FORMAT_XZ, filters=filters)
    with pytest.raises(DataError) as caught:
        open_points("-", stdin=io.BytesIO(data))
    assert caught.value.message == "standard input cannot be unpacked to its end: memory usage limit exceeded"


def test_without_its_library_zstandard_is_a_missing_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "is_missing", lambda _: True)
    with pytest.raises(MissingPartError) as caught:
        unpacked(Stream(io.BytesIO(b"\x28\xb5\x2f\xfd....")), "it")
    assert caught.value.message == "Zstandard needs Python 3.14 or backports.zstd"
    assert caught.value.hint == "pip install 'derivcli[zstd]'"


def test_standard_input_stays_open_and_a_file_is_closed() -> None:
    kept, closed = io.BytesIO(b"x"), io.BytesIO(b"x")
    Stream(kept, kept=True).close()
    Stream(closed).close()
    assert (kept.closed, closed.closed) == (False, True)


def test_what_has_been_shown_is_still_to_be_read() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"abcdef")
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        stream = Stream(pipe)
        assert stream.start(lambda start: len(start) < 3) == b"abcdef"
        assert (stream.bytes_read, stream.read1(2), stream.bytes_read, stream.read1(), stream.read1()) == (
            0,
            b"ab",
            2,
            b"cdef",
            b"",
        )
