"""Encodings and line ends: what comes out is UTF-8 with line feeds, and wrong bytes cost their line only."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcli.points.files import open_points
from derivcli.points.texts import Utf8
from derivcli.points.told import Told
from tests.points.reading import Pieces, said


def _read(data: bytes, encoding: str | None = None, size: int = 0) -> bytes:
    stream = Pieces([data] if not size else [data[k : k + size] for k in range(0, len(data), size)])
    text = Utf8(stream, encoding)
    found = b""
    while piece := text.read1(100):
        found += piece
    return found


@pytest.mark.parametrize("size", [0, 1, 3])
@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (b"", None, ""),
        (b"x\n1\n", None, "x\n1\n"),
        (b"x\r\n1\r\n", None, "x\r\n1\r\n"),
        (b"x\r1\r2\r", None, "x\n1\n2\n"),
        (b"\xef\xbb\xbfx\n", None, "x\n"),
        (b"\xef\xbb\xbfx\r1\r", None, "x\n1\n"),
        (b"\xef\xbb\xbf", None, ""),
        ("ö\n1\n".encode("utf-16"), None, "ö\n1\n"),
        ("\ufeffö\r\n1\r\n".encode("utf-16-be"), None, "ö\r\n1\r\n"),
        ("ö\r1\r".encode("utf-16"), None, "ö\n1\n"),
        ("ö\n1\n".encode("utf-32"), None, "ö\n1\n"),
        ("ö\n".encode("utf-16-le"), "utf-16-le", "ö\n"),
        ("ö\n".encode("utf-16-le"), "utf-16", "ö\n"),
        ("ö\n".encode("utf-16"), "utf-16", "ö\n"),
        ("ö\n".encode("utf-32-le"), "utf-32", "ö\n"),
        (b"\xfc\n1\n", "latin-1", "ü\n1\n"),
        (b"\x80\n1\n", "cp1252", "€\n1\n"),
        (b"\x81\x40\n", "shift_jis", "\u3000\n"),
    ],
)
def test_any_text_becomes_utf_8(data: bytes, encoding: str | None, text: str, size: int) -> None:
    assert _read(data, encoding, size) == text.encode()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"x\n1\n\x81\n2\n", "cp1252"),
        ("x\n1\n".encode("utf-16") + b"\x00\xd8\n\x00" + "2\n".encode("utf-16-le"), None),
        (b"x\n1\n\xff\n2\n", None),
        (b"x\r1\r\xff\r2\r", None),
    ],
)
def test_wrong_bytes_cost_their_line_only(data: bytes, encoding: str | None) -> None:
    found = said(open_points("-", Told(encoding=encoding), io.BytesIO(data)), ("x",))
    assert found == [(2, (1.0,)), (3, "the line is not UTF-8"), (4, (2.0,))]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), st.integers(1, 9))
def test_pieces_change_nothing(text: str, size: int) -> None:
    data = text.encode("utf-16")
    assert _read(data, None, size) == _read(data)
