"""Answers that come in pieces: to standard output and to files."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from derivcli.cli.streams import Environment, OutputFile, StandardOutput
from derivcli.errors import OutputError
from tests.cli import Broken, Stream, linux

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Full(Stream):
    """A stream on which a text of some bytes has room, and no more."""

    def __init__(self, error: OSError, room: int = 0) -> None:
        super().__init__()
        self._error = error
        self._room = room

    @property
    def buffer(self) -> io.BytesIO:
        if self._room <= 0:
            raise self._error
        self._room -= 1
        return super().buffer  # type: ignore[return-value]


def to(stdout: Stream) -> StandardOutput:
    return StandardOutput(Environment(Stream(), stdout, Stream(), {}))


def test_each_piece_has_arrived_before_the_next_one_is_made() -> None:
    out = Stream()

    def pieces() -> Iterator[str]:
        for index in range(3):
            assert out.text == "ab" * index
            yield "ab"

    to(out).write_all(pieces())
    assert out.text == "ababab"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8", "utf-16"])
def test_pieces_are_one_text_in_the_encoding_of_the_stream(encoding: str) -> None:
    out = Stream(encoding=encoding)
    to(out).write_all(["é", "π", "\udcff\n"])
    expected = {"ascii": r"\xe9\u03c0", "latin-1": r"é\u03c0"}.get(encoding, "éπ")
    assert out.text == expected + "\\udcff\n"


def test_what_was_in_the_text_layer_comes_first() -> None:
    out = Stream()
    out.write("first ")
    to(out).write_all(["second"])
    assert out.text == "first second"


def test_a_stream_without_bytes_below_gets_text() -> None:
    out = io.StringIO()
    StandardOutput(Environment(Stream(), out, Stream(), {})).write_all(["é", "\n"])
    assert out.getvalue() == "é\n"


def test_a_reader_that_has_gone_is_told_from_a_full_disk() -> None:
    gone = Full(BrokenPipeError(errno.EPIPE, "Broken pipe"), room=1)
    made = []
    with pytest.raises(BrokenPipeError):
        to(gone).write_all(made.append(index) or "x" for index in range(9))  # type: ignore[func-returns-value]
    assert made == [0, 1]
    with pytest.raises(OutputError, match=r"^cannot write to standard output: No space left on device$"):
        to(Full(OSError(errno.ENOSPC, "No space left on device"))).write_all(["x"])
    with pytest.raises(OutputError, match=r"^cannot write to standard output: full$"):
        to(Broken(OSError(errno.ENOSPC, "full"))).write("x")


def failing(error: BaseException) -> Iterator[str]:
    yield "half\n"
    raise error


def test_what_goes_wrong_in_the_making_is_no_failure_to_write(tmp_path: Path) -> None:
    for target in (to(Stream()), OutputFile(str(tmp_path / "file"))):
        with pytest.raises(OSError, match=r"^the input is gone$"):
            target.write_all(failing(OSError("the input is gone")))


@pytest.mark.parametrize("error", [RuntimeError("boom"), KeyboardInterrupt()])
def test_a_file_that_is_not_finished_is_not_there(tmp_path: Path, error: BaseException) -> None:
    file = tmp_path / "answer"
    file.write_text("old", encoding="utf-8")
    with pytest.raises(type(error)):
        OutputFile(str(file)).write_all(failing(error))
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_is_put_in_its_place_when_all_pieces_are_there(tmp_path: Path) -> None:
    file = tmp_path / "answer"

    def pieces() -> Iterator[str | bytes]:
        yield "é\udcff\n"
        assert not file.exists()
        yield b"\0\xff"

    OutputFile(str(file)).write_all(pieces())
    assert file.read_bytes() == "é\\udcff\n".encode() + b"\0\xff"
    assert list(tmp_path.iterdir()) == [file]


def test_an_answer_without_pieces_is_an_empty_file(tmp_path: Path) -> None:
    OutputFile(str(tmp_path / "answer")).write_all([])
    assert (tmp_path / "answer").read_bytes() == b""


@linux
@pytest.mark.parametrize("piece", ["x", "x" * 10_000_000])
def test_a_full_device_is_an_error(piece: str) -> None:
    with pytest.raises(OutputError, match=r"^cannot write to /dev/full: No space left on device$"):
        OutputFile("/dev/full").write_all([piece, piece])


@linux
def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    script = f"""
import resource, signal
from derivcli.cli.streams import OutputFile
from derivcli.errors import OutputError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    OutputFile({str(tmp_path / "answer")!r}).write_all("x" * 1000 for _ in range(1000))
except OutputError as error:
    print(error.message)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == f"cannot write to {tmp_path / 'answer'}: File too large\n"
    assert list(tmp_path.iterdir()) == []


def test_the_reader_of_a_named_pipe_gets_each_piece_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    def pieces() -> Iterator[str]:
        for index in range(3):
            yield f"{index}\n"
            assert os.read(reader, 100) == f"{index}\n".encode()

    OutputFile(str(pipe)).write_all(pieces())
    os.close(reader)


def test_the_end_of_an_endless_answer_is_that_of_its_reader() -> None:
    script = """
from itertools import count
from derivcli.cli.streams import Environment, StandardOutput
try:
    StandardOutput(Environment()).write_all(f"{n}\\n" * 1000 for n in count())
except BrokenPipeError:
    import os
    os._exit(141)
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"0\n"
        process.stdout.close()
        assert process.wait(60) == 141
