"""Standard streams and output files: what arrives, what is escaped, what is said when they fail."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import shutil
import signal
import socket
import stat
import sys
import tempfile
import threading
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from derivcli import __main__ as command
from derivcli import api
from derivcli.__main__ import run
from derivcli.cli import streams
from derivcli.cli.streams import Environment, OutputFile, StandardOutput
from derivcli.errors import ExitCode, OutputError
from derivcli.language.limits import MAX_LENGTH
from derivcli.witnesses import client
from tests.cli import SECONDS, Answer, Broken, Stream, deriv, error_object, is_harmless, linux, on_screen, writing_to
from tests.every import for_all

if TYPE_CHECKING:
    from collections.abc import Callable

HIDDEN = {
    "escape": ("\x1b", r"\x1b"),
    "bell": ("\x07", r"\x07"),
    "null": ("\0", r"\x00"),
    "delete": ("\x7f", r"\x7f"),
    "C1 control": ("\x9b", r"\x9b"),
    "right-to-left override": ("\u202e", r"\u202e"),
    "isolate": ("\u2066", r"\u2066"),
    "zero-width space": ("\u200b", r"\u200b"),
    "zero-width joiner": ("\u200d", r"\u200d"),
    "byte order mark": ("\ufeff", r"\ufeff"),
    "line separator": ("\u2028", r"\u2028"),
    "tag": ("\U000e0041", r"\U000e0041"),
    "private use": ("\ue000", r"\ue000"),
    "lone surrogate": ("\ud800", r"\ud800"),
    "a byte that is no UTF-8": ("\udcff", r"\udcff"),
}
PLACES = {
    "the expression": ("x{}y",),
    "a second expression": ("x", "y{}z"),
    "a name": ("x", "--at", "x{}=2"),
    "a value": ("x", "--at", "x=2{}"),
    "a variable": ("x", "--wrt", "x{}"),
    "a format": ("x", "--format", "json{}"),
    "a colour": ("x", "--color", "never{}"),
    "a number": ("x", "--timeout", "1{}1"),
    "a flag's value": ("x", "--json={}"),
    "a path": ("x", "--output", "/no such folder{}/file"),
}


@for_all(("place", "hidden"), product(PLACES, HIDDEN.values()))
def test_a_hidden_character_is_escaped_wherever_it_was_typed(place: str, hidden: tuple[str, str]) -> None:
    character, shown = hidden
    if character in "\0\ud800" and place == "a path":  # no argument of a process holds it, so no path does
        return
    answer = deriv(*(part.format(character) for part in PLACES[place]))
    assert answer.code in (ExitCode.USAGE, ExitCode.UNREADABLE, ExitCode.OUTPUT)
    assert answer.out == ""
    assert answer.err.startswith("error: ")
    assert "internal error" not in answer.err
    assert is_harmless(answer.err)
    if place != "a flag's value":  # that message does not repeat it
        assert shown in answer.err


@for_all(("character", "shown"), HIDDEN.values())
def test_a_hidden_character_is_escaped_in_an_error_as_json(character: str, shown: str) -> None:
    answer = deriv(f"x{character}y", "--json")
    assert answer.err.isascii()
    assert is_harmless(answer.err)
    assert error_object(answer.err)["source"] == f"x{character}y"


def test_the_caret_stands_below_an_escaped_character() -> None:
    assert deriv("1 + \x1b[2Jx").err == "error: unknown character U+001B\n  1 + \\x1b[2Jx\n      ^^^^\n"


def test_line_ends_and_tabs_in_an_expression_do_not_break_the_caret() -> None:
    assert deriv("x +\n\ty)").err == "error: `)` was never opened\n  x +\\n\\ty)\n          ^\n"


@pytest.mark.parametrize("character", ["\ufe0f", "\u034f", "\u3164", "\u115f", "\uffa0", "\U000e0100"])
def test_an_ignorable_character_is_escaped_too(character: str) -> None:
    assert character not in deriv(f"x{character}y").err


def test_a_hidden_character_is_escaped_in_a_traceback() -> None:
    assert is_harmless(deriv("x", "--output", "\x1b[2J/file", "--debug").err)


@pytest.mark.parametrize("text", ["[red]x)", "[/]", "[link=file:///]x", ":smile:", "x[bold]+", r"\[red]x"])
def test_markup_and_emoji_are_shown_as_typed(text: str) -> None:
    for answer in (deriv(text), deriv(text, "--color", "always"), on_screen(text)):
        assert answer.code == 3
        assert answer.err.splitlines()[1] == f"  {text}"
        assert is_harmless(re.sub(r"\x1b\[(?:0|1;31|36)m", "", answer.err))  # the colours of our own labels
    assert deriv("x", "--at", f"{text}=2").err.splitlines()[1] == f"  {text}=2"


@pytest.mark.parametrize("option", ["--format", "--color", "--timeout"])
def test_markup_in_the_value_of_an_option_is_shown_as_typed(option: str) -> None:
    assert "[red]:smile:" in deriv("x", option, "[red]:smile:").err


@pytest.mark.parametrize("content", [b"x^2", b"x^2\n", b"  x^2  \n\n", b"x^2\r\n", b"\n\tx^2", b"x\n^2"])
def test_a_minus_alone_reads_the_expression_from_stdin(content: bytes) -> None:
    answer = deriv("-", "--at", "x=3", "--quiet", stdin=content)
    assert (answer.code, answer.out, answer.err) == (0, "6.0\n", "")


def test_an_expression_on_stdin_may_hold_symbols() -> None:
    assert deriv("-", "--at", "α=3", "--quiet", stdin="2·α²".encode()).out == "12.0\n"


@pytest.mark.parametrize("content", [b"", b"\n", b"  \r\n\t"])
def test_an_empty_stdin_is_an_empty_expression(content: bytes) -> None:
    answer = deriv("-", stdin=content)
    assert (answer.code, answer.out) == (3, "")
    assert answer.err == "error: the expression is empty\nhint: give one, such as `x^2`\n"


def test_a_closed_stdin_is_said() -> None:
    err = Stream()
    assert run(["-"], Environment(None, Stream(), err, {})) == 2
    assert err.text == "error: standard input is closed, so there is no expression to read\n"


def test_stdin_is_not_touched_where_nobody_asks_for_it() -> None:
    assert deriv("x^2", "--at", "x=3", "--quiet", stdin=b"\xff").out == "6.0\n"


def test_what_stands_on_stdin_may_be_one_of_several_expressions() -> None:
    assert deriv("-", "x", "--at", "x=3", "--quiet", stdin=b"x^2").out == "6.0\n1.0\n"


@pytest.mark.parametrize("content", [b"x\xff", b"\xff\xfe\x00x", bytes(range(256)), b"\x89PNG\r\n"])
def test_bytes_that_are_no_utf_8_cannot_be_read(content: bytes) -> None:
    answer = deriv("-", stdin=content)
    assert (answer.code, answer.out) == (3, "")
    assert answer.err.startswith("error: ")
    assert is_harmless(answer.err)


def test_control_characters_on_stdin_are_escaped() -> None:
    answer = deriv("-", stdin=b"\x7fELF\x02\x01\x01\x00")
    assert (answer.code, answer.out) == (3, "")
    assert answer.err == "error: unknown character U+007F\n  \\x7fELF\\x02\\x01\\x01\\x00\n  ^^^^\n"


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_bytes_that_are_no_text_are_escaped_in_a_locale_that_lets_them_through(encoding: str) -> None:
    err = Stream()
    stdin = io.TextIOWrapper(io.BytesIO(b"x\xff+1"), encoding=encoding, errors="surrogateescape")
    assert run(["-"], Environment(stdin, Stream(), err, {})) == 3
    assert err.text == "error: unknown character 0xFF: this byte is not UTF-8\n  x\\udcff+1\n   ^^^^^^\n"


def test_a_very_long_stdin_is_refused_and_not_read_to_its_end() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object) -> int:
            assert isinstance(buffer, memoryview)
            buffer[:] = b"x" * len(buffer)
            self.given += len(buffer)
            assert self.given < 4 * MAX_LENGTH
            return len(buffer)

    err = Stream()
    stdin = io.TextIOWrapper(io.BufferedReader(Endless()), encoding="utf-8")
    assert run(["-"], Environment(stdin, Stream(), err, {})) == 5
    assert err.text.startswith("error: the expression is too long: ")
    assert err.text.count("\n") == 1


def test_an_expression_is_never_cut_in_silence() -> None:
    answer = deriv("-", "--at", "x=3", "--quiet", stdin=b"x" + b" " * MAX_LENGTH + b"+ x")
    assert answer.out in ("", "2.0\n")


def test_two_lines_on_stdin_are_not_one_product() -> None:
    assert deriv("-", "--at", "x=3", "--quiet", stdin=b"x^2\nx^3\n").code == 3


def test_a_closed_stdout_is_one_line_and_an_exit_code() -> None:
    assert writing_to(None, "x", "--at", "x=2") == (74, "error: standard output is closed\n")


def test_a_stdout_closed_under_our_feet_is_one_line_and_an_exit_code() -> None:
    stream = Stream()
    stream.close()
    code, said = writing_to(stream, "x", "--at", "x=2", "--json", "--color", "never")
    assert code == 74
    assert error_object(said)["kind"] == "output"


@pytest.mark.parametrize("arguments", [("x", "--at", "x=2"), ("x", "--format", "tsv"), ("--version",)])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EBADF])
def test_a_stdout_that_fails_is_one_line_and_an_exit_code(number: int, arguments: tuple[str, ...]) -> None:
    reason = os.strerror(number)
    code, said = writing_to(Broken(OSError(number, reason)), *arguments)
    assert (code, said) == (74, f"error: cannot write to standard output: {reason}\n")


def test_a_stdout_that_fails_is_an_object_where_json_was_asked_for() -> None:
    code, said = writing_to(Broken(OSError(errno.ENOSPC, "No space left on device")), "x", "--at", "x=2", "--json")
    assert code == 74
    assert error_object(said) == {
        "kind": "output",
        "message": "cannot write to standard output: No space left on device",
        "span": None,
        "source": None,
        "hint": None,
        "suggestions": [],
    }


def test_a_reader_that_has_gone_is_told_from_a_full_disk() -> None:
    environment = Environment(Stream(), Broken(BrokenPipeError(errno.EPIPE, "Broken pipe")), Stream(), {})
    with pytest.raises(BrokenPipeError):
        StandardOutput(environment).write("104\n")


class Few(io.RawIOBase):
    """A stream that takes a few bytes at once, as a full disk or a slow pipe may."""

    def __init__(self, most: int) -> None:
        self.content = b""
        self._most = most

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.content += bytes(data[: self._most])
        return min(len(data), self._most)


def unbuffered(raw: Any) -> io.TextIOWrapper:
    """Return the text layer that standard output has with PYTHONUNBUFFERED."""
    return io.TextIOWrapper(raw, encoding="utf-8", newline="", write_through=True)


@pytest.mark.parametrize("most", [1, 7, 4_096])
@pytest.mark.parametrize("format_", ["table", "json", "jsonl", "csv", "tsv", "value", "markdown"])
@pytest.mark.parametrize("where", ["x=3", "x=1:9:5"])
def test_a_stream_that_takes_a_few_bytes_at_once_gets_all(where: str, format_: str, most: int) -> None:
    few = Few(most)
    asked = ("x^2", "--at", where, "--format", format_)
    assert run(asked, Environment(Stream(), unbuffered(few), Stream(), {})) == 0
    assert few.content.decode() == deriv(*asked).out


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("--functions", "bessel")])
def test_a_stream_that_takes_a_few_bytes_at_once_gets_what_is_no_answer(arguments: tuple[str, ...]) -> None:
    few = Few(100)
    assert run(arguments, Environment(Stream(), unbuffered(few), Stream(), {})) == 0
    assert few.content.decode() == deriv(*arguments).out


def test_a_stream_that_takes_nothing_is_one_line_and_an_exit_code() -> None:
    err = Stream()
    assert run(["x", "--at", "x=2"], Environment(Stream(), unbuffered(Few(0)), err, {})) == 74
    assert err.text == "error: cannot write to standard output: it accepts no more bytes\n"


class Hurried(io.FileIO):
    """A pipe that does not wait for its reader, and tells when it is full."""

    def __init__(self, handle: int) -> None:
        super().__init__(handle, "wb")
        os.set_blocking(handle, False)
        self.full = threading.Event()

    def write(self, data: Any) -> Any:
        taken = super().write(data)
        if taken is None:
            self.full.set()
        return taken


@pytest.mark.parametrize("wrap", [unbuffered, lambda raw: io.TextIOWrapper(io.BufferedWriter(raw), "utf-8")])
def test_a_full_pipe_that_does_not_wait_is_waited_for(wrap: Callable[[Any], io.TextIOWrapper]) -> None:
    reading, writing = os.pipe()
    raw = Hurried(writing)
    heard: list[bytes] = []

    def listen() -> None:
        with open(reading, "rb") as pipe:  # noqa: PTH123 - it has no name
            assert raw.full.wait(SECONDS)
            heard.append(pipe.read())

    reader = threading.Thread(target=listen)
    reader.start()
    asked = ("x^2", "--at", "x=1:20000:20000", "--verify", "off", "--csv")
    with wrap(raw) as stream:
        code = run(asked, Environment(Stream(), stream, Stream(), {}))
    reader.join()
    assert code == 0
    assert heard[0].decode() == deriv(*asked).out


@pytest.mark.parametrize("stderr", [None, Broken(OSError(errno.ENOSPC, "full")), Broken(BrokenPipeError())])
def test_an_error_that_nobody_can_read_keeps_its_exit_code(stderr: Stream | None) -> None:
    out = Stream()
    assert run(["x+"], Environment(Stream(), out, stderr, {})) == 3
    assert run(["x", "--at", "x=2", "--quiet"], Environment(Stream(), out, stderr, {})) == 0
    assert out.text == "1.0\n"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8", "utf-16"])
def test_a_table_has_only_what_the_encoding_of_stdout_can_show(encoding: str) -> None:
    out = Stream(encoding=encoding)
    code, said = writing_to(out, "abs(α)*β", "--at", "α=0,β=1")
    assert (code, said) == (4, "")
    assert ("∂f/∂α" in out.text) == encoding.startswith("utf")
    assert (r"df/d\u03b1" in out.text) == (not encoding.startswith("utf"))


def test_an_ascii_stdout_gets_a_table_drawn_in_ascii() -> None:
    out = Stream(encoding="ascii")
    writing_to(out, "x^2", "--at", "x=3")
    assert out.text == (
        "  f(x)  = x^2\n"
        "  df/dx = 2x\n"
        "\n"
        "  df/dx at x = 3 is 6: all three witnesses agree\n"
        "\n"
        "  at x = 3   autograd   symbolic   difference   verdict\n"
        "  -----------------------------------------------------------\n"
        "  f                 9          9            0   agree, proved\n"
        "  df/dx             6          6            0   agree, proved\n"
    )


@pytest.mark.parametrize(
    "expression",
    [
        "2*α",
        "2·α",
        "α²",
    ],
)
@pytest.mark.parametrize("format_", ["json", "jsonl"])
def test_json_is_json_in_an_ascii_locale_too(format_: str, expression: str) -> None:
    out = Stream(encoding="ascii")
    code, said = writing_to(out, expression, "--at", "α=1", "--format", format_)
    assert (code, said) == (0, "")
    assert json.loads(out.text)["expression"] == expression


def test_an_error_is_escaped_for_an_ascii_stderr() -> None:
    err = Stream(encoding="ascii")
    assert run(["éx"], Environment(Stream(), Stream(), err, {})) == 3
    assert err.text.isascii()
    assert err.text.splitlines()[0] == "error: unknown character U+00E9 LATIN SMALL LETTER E WITH ACUTE"


def test_a_file_holds_the_answer_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "answer.txt"
    answer = deriv("x^2", "--at", "x=3", "--quiet", "--output", str(file))
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert file.read_text(encoding="utf-8") == "6.0\n"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_has_the_exit_code_of_its_answer(tmp_path: Path) -> None:
    assert deriv("abs(x)", "--at", "x=0", "--output", str(tmp_path / "kink")).code == 4


def test_a_file_with_a_table_is_neither_coloured_nor_cut_on_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    file = tmp_path / "table"
    expression = " + ".join(f"sin(x)**{n}" for n in range(2, 30))
    assert on_screen(expression, "--at", "x=1", "--output", str(file)).out == ""
    written = file.read_text(encoding="utf-8")
    assert "\x1b" not in written
    assert written.startswith(f"  f(x)  = {expression}\n")
    assert "─" in written


def test_a_file_is_coloured_where_that_was_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "table"
    deriv("x^2", "--at", "x=3", "--output", str(file), "--color", "always")
    assert "\x1b[32magree, proved\x1b[0m" in file.read_text(encoding="utf-8")


def test_a_file_is_utf_8_in_any_locale(tmp_path: Path) -> None:
    file = tmp_path / "table"
    writing_to(Stream(encoding="ascii"), "2α", "--at", "α=3", "--csv", "--output", str(file))
    assert file.read_text(encoding="utf-8") == "α,f,df/dα,status,note\n3.0,6.0,2.0,agree,\n"


def test_a_file_can_be_written_where_stdout_is_closed(tmp_path: Path) -> None:
    assert writing_to(None, "x", "--at", "x=1", "--output", str(tmp_path / "file")) == (0, "")
    assert (tmp_path / "file").stat().st_size > 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("x+",),
        ("sine(x)", "--json"),
        ("x", "--at", "y=2"),
        ("x", "--at", "x=sqrt(-1)"),
        ("x", "--wrt", "y"),
        ("x", "--timeout", "0"),
        ("x", "--rtol", "nan"),
        ("x*f", "--at", "x=1,f=2", "--csv"),
        ("9^9^9^9",),
    ],
)
def test_a_file_is_kept_as_it_was_when_there_is_no_answer(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    file = tmp_path / "answer.txt"
    file.write_text("kept", encoding="utf-8")
    assert deriv(*arguments, "--output", str(file)).code in (2, 3, 5)
    assert file.read_text(encoding="utf-8") == "kept"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(("failure", "code"), [(KeyboardInterrupt(), 130), (RuntimeError("boom"), 70)])
def test_nothing_is_left_behind_by_what_nobody_expected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException, code: int
) -> None:
    def fail(*_: object, **__: object) -> None:
        assert list(tmp_path.iterdir()) != []  # the file beside is there from the start
        raise failure

    monkeypatch.setattr(api, "answer_to", fail)
    assert deriv("x", "--output", str(tmp_path / "answer")).code == code
    assert list(tmp_path.iterdir()) == []


@linux
def test_a_path_that_cannot_be_written_fails_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def work(*_: object, **__: object) -> None:
        pytest.fail("the work has started")

    monkeypatch.setattr(api, "answer_to", work)
    (tmp_path / "file").touch()
    reasons = {
        tmp_path / "missing" / "answer": "No such file or directory",
        tmp_path / "file" / "answer": "Not a directory",
        tmp_path: "it is a folder",
        Path("/proc/answer"): "No such file or directory",
    }
    for path, reason in reasons.items():
        answer = deriv("x", "--output", str(path))
        assert (answer.code, answer.out) == (74, "")
        assert answer.err == f"error: cannot write to {path}: {reason}\n"
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_the_null_device_swallows_the_answer() -> None:
    answer = deriv("x", "--at", "x=2", "--output", os.devnull)
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


@linux
def test_a_full_device_is_one_line_and_an_exit_code() -> None:
    answer = deriv("x", "--at", "x=2", "--output", "/dev/full")
    assert (answer.code, answer.out) == (74, "")
    assert answer.err == "error: cannot write to /dev/full: No space left on device\n"


def test_a_named_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    heard: list[str] = []
    reader = threading.Thread(target=lambda: heard.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    assert deriv("x^2", "--at", "x=3", "--quiet", "--output", str(pipe)).code == 0
    reader.join()
    assert heard == ["6.0\n"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_what_lies_beside_devices_is_a_file_like_any_other(tmp_path: Path) -> None:
    memory = Path("/dev/shm")  # noqa: S108 - files in memory, on Linux
    folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else tmp_path))
    try:
        file = folder / "points.csv"
        file.write_text("x\n" + "3\n" * 3_000, encoding="utf-8")
        asked = ("x^2", "--points", str(file), "--csv", "--verify", "off", "--output", str(file))
        assert deriv("x^", *asked[1:]).code == 3
        assert file.read_text(encoding="utf-8") == "x\n" + "3\n" * 3_000
        assert deriv(*asked) == Answer(0, "", "")
        assert file.read_text(encoding="utf-8") == "x,f,df/dx,status,note\n" + "3,9.0,6.0,unverified,\n" * 3_000
        assert list(folder.iterdir()) == [file]
    finally:
        shutil.rmtree(folder)


def test_links_that_lead_in_a_circle_are_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    for name in (tmp_path / "a", tmp_path / "a" / "file"):
        answer = deriv("x", "--at", "x=1", "--output", str(name))
        assert (answer.code, answer.out) == (2, "")
        assert answer.err == (
            f"error: cannot write to {name}: its links lead in a circle\nhint: give the name of a file\n"
        )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_link_to_a_device_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    link = tmp_path / "nowhere"
    link.symlink_to(os.devnull)
    assert deriv("x", "--at", "x=2", "--output", str(link)) == Answer(0, "", "")
    assert link.is_symlink()
    assert stat.S_ISCHR(link.stat().st_mode)


def test_a_socket_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the whole path may be longer than a socket's can be
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        assert deriv("x", "--at", "x=2", "--output", "socket").code == 74
    assert stat.S_ISSOCK(Path("socket").stat().st_mode)
    assert [path.name for path in tmp_path.iterdir()] == ["socket"]


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "answer"
    file.write_text("old", encoding="utf-8")
    target = OutputFile(str(file))
    assert len(list(tmp_path.iterdir())) == 2
    assert file.read_text(encoding="utf-8") == "old"
    target.write("new\n")
    assert file.read_text(encoding="utf-8") == "new\n"
    assert list(tmp_path.iterdir()) == [file]


class Busy(io.BytesIO):
    """A stream that a signal has interrupted in the middle of a write."""

    def flush(self) -> None:
        raise RuntimeError("reentrant call inside <_io.BufferedWriter>")

    def close(self) -> None:
        raise RuntimeError("reentrant call inside <_io.BufferedWriter>")


def test_a_file_that_is_being_written_when_a_signal_comes_leaves_nothing(tmp_path: Path) -> None:
    target = OutputFile(str(tmp_path / "answer"))
    target._stream.close()
    target._stream = Busy()
    target.discard()
    assert list(tmp_path.iterdir()) == []


class _Left(BaseException):
    """Stands for the end of the process."""


class _Failing:
    """Something unfinished that cannot be discarded."""

    def discard(self) -> None:
        raise RuntimeError("it is in the middle of something")


def test_a_signal_in_the_middle_of_a_write_ends_it_quietly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[int] = []

    def leave(code: int) -> None:
        left.append(code)
        raise _Left

    monkeypatch.setattr(command, "_on_signals", lambda action: None)  # those of the tests are theirs
    monkeypatch.setattr(streams, "unfinished", [_Failing()])
    target = OutputFile(str(tmp_path / "answer"))
    target._stream.close()
    target._stream = Busy()
    monkeypatch.setattr(os, "_exit", leave)
    monkeypatch.setattr(client, "stop", lambda: None)
    with monkeypatch.context() as aside:
        aside.setattr(sys, "stdout", Busy())
        aside.setattr(sys, "stderr", Busy())
        with pytest.raises(_Left):
            command._end(signal.SIGINT, None)
    assert left == [130]
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_became_a_folder_meanwhile_is_an_error_that_leaves_nothing(tmp_path: Path) -> None:
    target = OutputFile(str(tmp_path / "answer"))
    (tmp_path / "answer").mkdir()
    with pytest.raises(OutputError, match=r"^cannot write to .*answer: Is a directory$"):
        target.write("new\n")
    assert [path.name for path in tmp_path.iterdir()] == ["answer"]


def test_a_link_stays_a_link_and_its_target_gets_the_answer(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    deriv("x^2", "--at", "x=3", "--quiet", "--output", str(link))
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "6.0\n"


def test_a_private_file_stays_private(tmp_path: Path) -> None:
    file = tmp_path / "private"
    file.touch(mode=0o600)
    deriv("x^2", "--at", "x=3", "--quiet", "--output", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["answer", "link"])
def test_a_read_only_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    kept = tmp_path / "answer"
    kept.write_text("kept", encoding="utf-8")
    kept.chmod(0o444)
    (tmp_path / "link").symlink_to(kept)
    monkeypatch.setattr(os, "access", _of_no_superuser)
    answer = deriv("x", "--at", "x=1", "--output", str(tmp_path / name))
    assert (answer.code, answer.out) == (74, "")
    assert answer.err == f"error: cannot write to {tmp_path / name}: the file is read-only\n"
    assert kept.read_text(encoding="utf-8") == "kept"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answer", "link"]


def _of_no_superuser(path: Path, mode: int) -> bool:
    """Tell whether the owner of a file may do something with it, whoever runs the tests."""
    return bool(path.stat().st_mode & mode << 6)


def test_the_longest_name_of_a_file_will_do(tmp_path: Path) -> None:
    file = tmp_path / ("a" * os.pathconf(tmp_path, "PC_NAME_MAX"))
    assert deriv("x", "--at", "x=1", "--quiet", "--output", str(file)).code == 0


def test_a_prefix_that_is_no_utf_8_does_no_harm_to_a_file(tmp_path: Path) -> None:
    answer = deriv("x", "--at", "x=1", "--csv", "--prefix", "\udcff", "--output", str(tmp_path / "file"))
    assert "internal error" not in answer.err


def test_a_path_that_ends_with_a_slash_means_a_folder(tmp_path: Path) -> None:
    assert deriv("x", "--at", "x=1", "--output", f"{tmp_path}/new/").code == 74
