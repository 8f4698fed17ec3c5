"""The command as a process: pipes, closed streams, signals, the folder it is started in."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest

from derivcli import __version__
from tests.cli import RUNAWAY, SCRIPT, SECONDS, Answer, clean, deriv, error_object, linux, process, shell
from tests.every import at_night

MODULE = (sys.executable, "-m", "derivcli")
OWN_FILES = ("random", "sympy", "torch", "mpmath", "typer", "rich", "json", "math", "enum", "re")


def own_folder(folder: Path, *names: str) -> Path:
    """Return a folder that holds modules of the user's, which must not be imported."""
    for name in names:
        (folder / f"{name}.py").write_text("raise SystemExit('the file of the user was imported')", encoding="utf-8")
    return folder


NIGHTLY = pytest.mark.nightly
SLOW_FORMULA = (RUNAWAY[0], "--verify", "off")  # which torch is not asked about
# An answer costs two seconds of the processor, almost all of it torch's import: where the streams, the signals or the
# exit codes of a process are looked at, and not what it computes, it is asked what needs no torch.


@pytest.mark.parametrize(
    "command", [pytest.param((SCRIPT,), id="script"), pytest.param(MODULE, id="module", marks=NIGHTLY)]
)
def test_the_command_and_the_module_give_the_same_answer_and_import_no_file_of_the_user(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    cwd = own_folder(tmp_path, *OWN_FILES)
    answer = process(["-x**2", "--at", "x=-3", "--quiet"], command=command, cwd=cwd)
    assert answer == Answer(0, "6.0\n", "")


@pytest.mark.parametrize("command", [(SCRIPT,), MODULE], ids=["script", "module"])
def test_an_error_ends_the_process_with_its_exit_code(command: tuple[str, ...], tmp_path: Path) -> None:
    answer = process(["3*sine(x)"], command=command, cwd=tmp_path)
    assert answer.code == 3
    assert answer.out == ""
    assert answer.err == ("error: unknown function `sine`\n  3*sine(x)\n    ^^^^\nhint: did you mean `sin`?\n")


@pytest.mark.nightly
@pytest.mark.parametrize("command", [(SCRIPT,), MODULE], ids=["script", "module"])
def test_modules_of_the_user_are_not_imported_for_a_special_function_either(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    cwd = own_folder(tmp_path, *OWN_FILES)
    assert process(["gamma(x)", "--at", "x=1", "--json"], command=command, cwd=cwd).code == 0


@pytest.mark.parametrize(
    "command",
    [
        pytest.param((SCRIPT,), id="script"),
        pytest.param(MODULE, id="module"),
    ],
)
def test_a_typing_module_of_the_user_is_not_imported(command: tuple[str, ...], tmp_path: Path) -> None:
    answer = process(["--version"], command=command, cwd=own_folder(tmp_path, "typing"))
    assert answer == Answer(0, f"deriv {__version__}\n", "")


@pytest.mark.parametrize("folder", ["purelib", "stdlib"])
def test_it_works_in_the_folders_of_python_itself(folder: str) -> None:
    assert process(["x+"], cwd=Path(sysconfig.get_path(folder))).code == 3


def test_it_works_in_a_folder_that_is_gone(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    answer = shell('cd gone && rmdir ../gone && "$deriv" x+', cwd=tmp_path)
    assert answer.code == 3
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    ("text", "shown"), [(b"x\xff+1", r"x\udcff+1"), (b"x\x1b[31m", r"x\x1b[31m"), ("x\u202ey".encode(), r"x\u202ey")]
)
def test_bytes_of_an_argument_that_no_terminal_should_see_are_escaped(text: bytes, shown: str) -> None:
    answer = process([text])
    assert (answer.code, answer.out) == (3, "")
    assert answer.err.splitlines()[1] == f"  {shown}"


def test_it_is_an_ordinary_filter() -> None:
    answer = shell('echo "x^2" | "$deriv" - --verify off --format jsonl | head -1')
    assert (answer.code, answer.err) == (0, "")
    assert json.loads(answer.out)["derivatives"][0]["expression"] == "2*x"


def test_a_reader_that_takes_one_line_ends_it_quietly() -> None:
    answer = shell('"$deriv" --functions --json | head -1')
    assert answer == Answer(0, "[\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--version",),
        pytest.param(("--help",)),
        pytest.param(("x", "--at", "x=1"), marks=NIGHTLY),
    ],
    ids=" ".join,
)
def test_a_reader_that_has_gone_ends_it_quietly(arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        answer = process(arguments, stdout=writing)
    finally:
        os.close(writing)
    assert answer == Answer(141, "", "")


@linux
@pytest.mark.parametrize(
    ("arguments", "redirection", "said"),
    [
        ("x --at x=1", ">&-", "standard output is closed"),
        ("--functions", "> /dev/full", "cannot write to standard output: No space left on device"),
        pytest.param(
            "x --at x=1 --csv",
            "> /dev/full",
            "cannot write to standard output: No space left on device",
            marks=pytest.mark.nightly,
        ),
        ("--version", "> /dev/full", "cannot write to standard output: No space left on device"),
        ("--version", ">&-", "standard output is closed"),
        pytest.param(
            "--help",
            "> /dev/full",
            "cannot write to standard output: No space left on device",
        ),
        pytest.param("--help", ">&-", "standard output is closed"),
    ],
)
def test_a_stdout_that_cannot_be_written_is_one_line_and_an_exit_code(
    arguments: str, redirection: str, said: str
) -> None:
    assert shell(f'"$deriv" {arguments} {redirection}') == Answer(74, "", f"error: {said}\n")


@pytest.mark.nightly
@pytest.mark.parametrize(
    ("format_", "unbuffered"),
    [(format_, unbuffered) for format_ in ("csv", "json", "value", "table") for unbuffered in ("", "1")],
)
def test_a_limit_on_the_size_of_a_file_cuts_nothing_in_silence(tmp_path: Path, format_: str, unbuffered: str) -> None:
    asked = f'"$deriv" "sin(x)" --at x=1:20000:20000 --verify off --format {format_}'
    line = f"ulimit -f 1; {asked} 2> said > rows"
    if format_ == "table":  # which is short: a few rows, and what they come to
        line = f"ulimit -f 1; {{ head -c 400 /dev/zero; {asked}; }} 2> said > rows"
    assert shell(line, cwd=tmp_path, variables={"PYTHONUNBUFFERED": unbuffered}).code == 74
    said = (tmp_path / "said").read_text(encoding="utf-8")
    message = error_object(said)["message"] if format_ == "json" else said.removeprefix("error: ").rstrip("\n")
    assert message == "cannot write to standard output: File too large"


@linux
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_a_file_that_is_open_already_is_written_on_and_not_cut_off(name: str, tmp_path: Path) -> None:
    line = f'{{ echo before; "$deriv" --functions lambert --output {name}; echo after; }} > file'
    assert shell(line, cwd=tmp_path) == Answer(0, "", "")
    listed = deriv("--functions", "lambert").out
    assert (tmp_path / "file").read_text(encoding="utf-8") == f"before\n{listed}after\n"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@linux
def test_a_full_disk_is_an_object_on_stderr_where_json_was_asked_for() -> None:
    answer = shell('"$deriv" --functions --json > /dev/full')
    assert (answer.code, answer.out) == (74, "")
    assert error_object(answer.err)["kind"] == "output"


@pytest.mark.parametrize(
    ("question", "redirection", "said"),
    [
        ("--version", "2>&-", f"deriv {__version__}\n"),
        pytest.param("x --at x=1 --quiet", "<&- 2>&-", "1.0\n", marks=NIGHTLY),
    ],
)
def test_a_closed_stderr_changes_neither_answer_nor_exit_code(question: str, redirection: str, said: str) -> None:
    answer = shell(f'"$deriv" {question} {redirection}; "$deriv" x+ {redirection}')
    assert answer == Answer(3, said, "")


@pytest.mark.nightly
def test_with_all_streams_closed_a_file_still_gets_the_answer_and_nothing_else(tmp_path: Path) -> None:
    answer = shell('"$deriv" "x^2" --at x=3 --quiet --output file <&- >&- 2>&-', cwd=tmp_path)
    assert answer == Answer(0, "", "")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "6.0\n"


@pytest.mark.parametrize(
    "variables",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
    ],
    ids=["C", "C without UTF-8", "ascii streams"],
)
def test_a_locale_without_letters_gets_an_escaped_list(variables: dict[str, str]) -> None:
    answer = process(["--functions", "gamma"], variables=variables)
    assert (answer.code, answer.err) == (0, "")
    assert ("also Γ, tgamma" in answer.out) != (r"also \u0393, tgamma" in answer.out)
    assert answer.out.isascii() == ("Γ" not in answer.out)


_BARE = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}  # Python reads arguments as ASCII


def test_a_locale_without_letters_gets_an_answer_in_letters_that_it_has() -> None:
    answer = process(["abs(x)*y", "--verify", "off"], variables=_BARE)
    assert (answer.code, answer.err) == (0, "")
    assert ("∂f/∂x" in answer.out) != ("df/dx" in answer.out)
    assert answer.out.isascii() == ("df/dx" in answer.out)


def test_arguments_in_utf_8_are_read_in_any_locale(tmp_path: Path) -> None:
    written = ["--verify", "off", "--quiet", "--output", "höhe.txt"]
    assert process(["2·α²·β", "--wrt", "α", *written], variables=_BARE, cwd=tmp_path) == Answer(0, "", "")
    assert (tmp_path / "höhe.txt").read_text(encoding="utf-8") == "4α*β\n"


@pytest.mark.nightly
def test_names_of_files_and_columns_in_utf_8_are_read_in_any_locale(tmp_path: Path) -> None:
    asked = ["2·α²·β", "--points", "größen.csv", "--at", "β=1", "--wrt", "α"]
    (tmp_path / "größen.csv").write_text("α\n3\n", encoding="utf-8")
    written = ["--csv", "--prefix", "∂", "--output", "höhen.csv"]
    assert process([*asked, *written], variables=_BARE, cwd=tmp_path) == Answer(0, "", "")
    found = (tmp_path / "höhen.csv").read_text(encoding="utf-8")
    assert found == "α,β,∂f,∂df/dα,∂status,∂note\n3,1.0,18.0,12.0,agree,\n"


def test_bytes_that_are_no_utf_8_are_named_in_any_locale() -> None:
    answer = process([b"x\xff+1", "--at", "x=1"], variables=_BARE)
    said = "error: unknown character 0xFF: this byte is not UTF-8\n  x\\udcff+1\n   ^^^^^^\n"
    assert answer == Answer(3, "", said)


def test_an_error_in_a_locale_without_letters_is_escaped() -> None:
    answer = process(["éx"], variables={"PYTHONIOENCODING": "ascii"})
    assert answer.code == 3
    assert answer.err.splitlines()[1] == r"  \xe9x"


def test_a_path_that_cannot_be_written_fails_before_torch_is_imported() -> None:
    script = (
        "import sys, derivcli.__main__ as command;"
        "code = command.run(['x', '--at', 'x=1', '--output', '/']);"
        "print(code, sorted({'torch', 'sympy', 'mpmath'} & sys.modules.keys()))"
    )
    answer = process([script], command=(sys.executable, "-c"))
    assert answer.out == "74 []\n"


# By day: in the process of the tests, `tests/cli/test_app.py`.
@pytest.mark.nightly
def test_a_runaway_is_stopped_in_time_and_says_so() -> None:
    started = time.monotonic()
    answer = process([*RUNAWAY, "--timeout", "1"])
    assert time.monotonic() - started < 10
    assert answer.code == 5
    assert "time ran out" in answer.out + answer.err
    assert "limit reached: time" in answer.out + answer.err


@linux
@pytest.mark.parametrize("with_torch", [False, *at_night(True)])
def test_an_interrupt_ends_it_at_once_and_leaves_no_worker(with_torch: bool) -> None:
    command = [SCRIPT, *(RUNAWAY if with_torch else SLOW_FORMULA), "--timeout", "50"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=clean())
    with running:
        worker = _worker_of(running.pid)
        _wait_until_it_waits(running.pid, with_torch=with_torch)
        started = time.monotonic()
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=SECONDS)
    assert time.monotonic() - started < 3
    assert (running.returncode, out, err) == (130, b"", b"")
    assert not Path(f"/proc/{worker}").exists()


@linux
def test_signals_that_come_in_pairs_end_it_as_one_does() -> None:
    # It signals the process, and then its whole group.
    command = ["timeout", "0.7", SCRIPT, *SLOW_FORMULA, "--timeout", "50"]
    ended = subprocess.run(command, capture_output=True, env=clean(), timeout=SECONDS, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (124, b"", b"")


@linux
def test_a_signal_while_the_worker_is_waited_for_ends_it_too() -> None:
    script = (
        "import os, signal, sys, threading, time; sys.argv = ['deriv', 'x', '--at', 'x=1']\n"
        "from derivcli import __main__\n"
        "from derivcli.witnesses import client\n"
        "signal.signal(signal.SIGTERM, __main__._end)\n"
        "client.start()\n"
        "worker = client._worker._process\n"
        "threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM)).start()\n"
        "worker.wait()\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=SECONDS, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (128 + signal.SIGTERM, b"", b"")


# Runs the command, and sends it a signal when it imports a module: a moment that no clock can miss.
_STRUCK = """
import signal, sys
name, ignored, module, *arguments = sys.argv[1:]
number = getattr(signal, name)
if ignored:
    signal.signal(number, signal.SIG_IGN)
sys.addaudithook(lambda event, found: event == "import" and found[0] == module and signal.raise_signal(number))
sys.argv = ["deriv", *arguments]
from derivcli.__main__ import main
main()
"""
_PLACES = ["derivcli.cli.streams", "derivcli.errors", "derivcli.cli.app", "derivcli.calculator"]


def _struck(name: str, module: str, *arguments: str, ignored: bool = False) -> Answer:
    words = [_STRUCK, name, "ignored" if ignored else "", module, *arguments]
    return process(words, command=(sys.executable, "-c"))


_ANYWHERE = [("SIGINT", module) for module in _PLACES]
_BY_ANY = [(name, "derivcli.calculator") for name in ("SIGTERM", "SIGHUP")]
_REST = {(name, module) for name, _ in _BY_ANY for module in _PLACES}.difference(_BY_ANY)


@pytest.mark.parametrize(("name", "module"), [*_ANYWHERE, *_BY_ANY, *at_night(*sorted(_REST))])
def test_a_signal_ends_it_quietly_wherever_it_is(name: str, module: str) -> None:
    ended = _struck(name, module, "x^2", "--at", "x=3", "--quiet")
    assert ended == Answer(128 + getattr(signal, name), "", "")


@pytest.mark.parametrize("name", ["SIGHUP", *at_night("SIGINT", "SIGTERM")])
def test_a_signal_that_is_ignored_changes_nothing(name: str) -> None:
    ended = _struck(name, "derivcli.cli.app", "--version", ignored=True)
    assert ended == Answer(0, f"deriv {__version__}\n", "")


@pytest.mark.nightly
def test_who_ignores_signals_gets_the_file_that_was_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "slopes"
    asked = ("x^2", "--at", "x=3", "--quiet", "--output", str(file))
    assert _struck("SIGHUP", "derivcli.calculator", *asked, ignored=True) == Answer(0, "", "")
    assert file.read_text(encoding="utf-8") == "6.0\n"


def test_nothing_slow_is_imported_before_signals_are_seen_to() -> None:
    script = (
        "import os, sys; sys.path.insert(0, sys.argv[1]); before = set(sys.modules);"
        "import derivcli.__main__; print(*sorted(set(sys.modules) - before))"
    )
    root = str(Path(__file__).parents[2])
    answer = process([script, root], command=(sys.executable, "-S", "-c"))
    assert answer == Answer(0, "__future__ derivcli derivcli.__main__ gc\n", "")


def _worker_of(process_id: int) -> int:
    """Wait for the worker of a process; return its process id. One that has ended has none."""
    until = time.monotonic() + SECONDS
    while not (children := Path(f"/proc/{process_id}/task/{process_id}/children").read_text(encoding="ascii")):
        assert time.monotonic() < until, "there is no worker"
        time.sleep(0.05)
    return int(children.split()[0])


def _wait_until_it_waits(process_id: int, *, with_torch: bool) -> None:
    """Wait until a process has imported what it needs and does nothing but wait for its worker."""
    before = -1
    while before != (spent := _ticks(process_id)) or ("libtorch" in _maps(process_id)) != with_torch:
        before = spent
        time.sleep(0.2)


def _ticks(process_id: int) -> int:
    """Return the processor time that a process has had."""
    fields = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _maps(process_id: int) -> str:
    return Path(f"/proc/{process_id}/maps").read_text(encoding="utf-8")
