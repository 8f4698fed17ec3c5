"""The command in one process: exit codes, formats, errors as text and as JSON, limits, colours, help."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING

import pytest

from derivcli import __version__, api
from derivcli.cli.helptext import EXAMPLES
from derivcli.cli.report import describe, exit_code
from derivcli.errors import DerivError, ExitCode, LimitError, Span, UsageError, WorkerError
from derivcli.model import Result, Status, Value
from derivcli.witnesses import client
from tests.cli import (
    RUNAWAY,
    Broken,
    complaint,
    deriv,
    error_object,
    is_harmless,
    on_screen,
    process,
    validator,
    writing_to,
)
from tests.every import for_all

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FORMATS = ("table", "json", "jsonl", "csv", "tsv", "value", "latex", "markdown")


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Return what makes the calculation fail with an exception."""

    def fail_with(error: BaseException) -> None:
        def answer_to(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr(api, "answer_to", answer_to)

    return fail_with


@for_all(
    ("arguments", "code"),
    [
        ("x^2 --at x=3", ExitCode.AGREE),
        ("x^2", ExitCode.AGREE),
        ("7", ExitCode.AGREE),
        ("sqrt(x^4) --at x=0", ExitCode.DIFFER),
        ("tanh(x) --at x=20", ExitCode.DIFFER),
        ("log(-x^2-1)", ExitCode.DIFFER),
        ("x --no-such-option", ExitCode.USAGE),
        ("x*y --at x=1", ExitCode.USAGE),
        ("x+", ExitCode.UNREADABLE),
        ("sine(x)", ExitCode.UNREADABLE),
        ("x^2=4", ExitCode.UNREADABLE),
        ("x --at x=1+", ExitCode.UNREADABLE),
        ("abs(x) --at x=0", ExitCode.NO_DERIVATIVE),
        ("sqrt(x) --at x=0", ExitCode.NO_DERIVATIVE),
        ("1/x --at x=0", ExitCode.NO_DERIVATIVE),
        ("log(x) --at x=-1", ExitCode.NO_DERIVATIVE),
        ("9**9**9**9", ExitCode.LIMIT),
        ("x --at x=9^9^9", ExitCode.LIMIT),
        ("factorial(10**7)", ExitCode.LIMIT),
        ("2**(10**8)*x --at x=1", ExitCode.LIMIT),
        ("(" * 100_000 + "x", ExitCode.LIMIT),
        ("x --at x=1 --output /", ExitCode.OUTPUT),
    ],
)
def test_the_exit_code_says_how_it_went(arguments: str, code: ExitCode) -> None:
    assert deriv(*arguments.split()).code == code


@pytest.mark.parametrize(
    ("status", "at", "limit_reached", "code"),
    [
        (Status.AGREE, {"x": 1.0}, None, 0),
        (Status.AGREE, None, None, 0),
        (Status.DIFFER, {"x": 1.0}, None, 1),
        (Status.DIFFER, {"x": 1.0}, "time", 1),
        (Status.UNVERIFIED, {"x": 1.0}, None, 1),
        (Status.UNVERIFIED, None, None, 1),
        (Status.UNVERIFIED, {"x": 1.0}, "time", 5),
        (Status.UNVERIFIED, {"x": 1.0}, "memory", 5),
        (Status.NOT_DIFFERENTIABLE, {"x": 1.0}, None, 4),
        (Status.UNDEFINED, {"x": 1.0}, None, 4),
        (Status.NOT_DIFFERENTIABLE, None, None, 1),
    ],
)
def test_an_answer_stands_for_one_exit_code(
    status: Status, at: dict[str, float] | None, limit_reached: str | None, code: int
) -> None:
    result = Result(
        expression="x",
        read_as="x",
        variables=("x",),
        at=at,
        value=Value(),
        derivatives=(),
        status=status,
        limit_reached=limit_reached,
    )
    assert exit_code(result) == code


@for_all(
    ("arguments", "is_started"),
    [
        ("x^2 --no-such-option", True),  # which is seen when the options are read
        ("3* --at x=2", False),
        ("--functions bessel", False),
        ("--version", False),
    ],
)
def test_the_worker_is_started_before_the_options_are_read_if_there_is_an_expression(
    arguments: str, is_started: bool
) -> None:
    client.stop()
    deriv(*shlex.split(arguments))
    assert (client._worker is not None) == is_started


def test_every_exit_code_has_a_number_of_its_own() -> None:
    assert {code.name: int(code) for code in ExitCode} == {
        "AGREE": 0,
        "DIFFER": 1,
        "USAGE": 2,
        "UNREADABLE": 3,
        "NO_DERIVATIVE": 4,
        "LIMIT": 5,
        "INTERNAL": 70,
        "OUTPUT": 74,
        "INTERRUPTED": 130,
        "BROKEN_PIPE": 141,
    }


@pytest.mark.parametrize(
    ("expression", "drawn"),
    [
        ("3*sine(x)", "unknown function `sine`\n  3*sine(x)\n    ^^^^\nhint: did you mean `sin`?"),
        ("x+", "something is missing after `+`\n  x+\n   ^"),
        ("2+x)", "`)` was never opened\n  2+x)\n     ^"),
        ("SIN x", "`SIN` is a function and is not called\n  SIN x\n  ^^^\nhint: write `sin` or `sin(x)`"),
        (
            "x^2 = 4",
            "this is an equation, not an expression\n  x^2 = 4\n      ^\n"
            "hint: give one side of it, or write `==` for a condition",
        ),
        ("x>2", "this is a condition, not a number\n  x>2\n  ^^^\nhint: use it in `where(condition, a, b)`"),
        ("9^9^9^9*x", "the constant is too large: the limit is 4000 digits\n  9^9^9^9*x\n    ^^^^^"),
        ("字+1", "unknown character U+5B57 CJK UNIFIED IDEOGRAPH-5B57\n  字+1\n  ^^"),
    ],
)
def test_an_error_is_drawn_with_a_caret_on_stderr(expression: str, drawn: str) -> None:
    assert complaint(expression) == f"error: {drawn}\n"


@pytest.mark.parametrize(
    "flags", [("--json",), ("-j",), ("--format", "json"), ("--format=json",), ("--format", "jsonl")]
)
def test_an_error_is_one_json_object_where_json_was_asked_for(flags: tuple[str, ...]) -> None:
    for arguments in (("3*sine(x)", *flags), (*flags, "3*sine(x)")):
        found = error_object(complaint(*arguments))
        assert found.pop("suggestions")[0] == "sin"
        assert found == {
            "kind": "unknown_name",
            "message": "unknown function `sine`",
            "span": [2, 6],
            "source": "3*sine(x)",
            "hint": "did you mean `sin`?",
        }


@pytest.mark.parametrize(
    ("arguments", "code", "kind", "span"),
    [
        ("", 2, "usage", None),
        ("x --no-such-option", 2, "usage", None),
        ("x --csv", 2, "usage", None),
        ("x --timeout abc", 2, "usage", None),
        ("x*y --at x=1", 2, "point", [2, 3]),
        ("x --at x=1,x=2", 2, "point", [6, 7]),
        ("x+", 3, "syntax", [1, 2]),
        ("x^2=4", 3, "equation", [3, 4]),
        ("sin+1", 3, "unknown_name", [0, 3]),
        ("9^9^9^9", 5, "limit", [2, 7]),
        ("x --output /", 74, "output", None),
    ],
)
def test_each_kind_of_error_has_its_object_and_the_same_exit_code(
    arguments: str, code: int, kind: str, span: list[int] | None
) -> None:
    answer = deriv(*arguments.split(), "--json")
    found = error_object(answer.err)
    assert (answer.code, answer.out) == (code, "")
    assert (found["kind"], found["span"]) == (kind, span)
    as_text = deriv(*arguments.replace("--csv", "--csv --quiet").split())
    assert (as_text.code, as_text.err.splitlines()[0].partition(": ")[0]) == (code, "error")


def test_an_error_object_says_all_that_is_known() -> None:
    error = UsageError("m", Span(1, 2), source="src", hint="h", suggestions=("a", "b"))
    assert json.loads(describe(error, as_json=True)) == {
        "schema_version": 1,
        "error": {
            "kind": "usage",
            "message": "m",
            "span": [1, 2],
            "source": "src",
            "hint": "h",
            "suggestions": ["a", "b"],
        },
    }


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_writes_an_answer_that_ends_with_one_line_end(format_: str) -> None:
    answer = deriv("x^2*y", "--at", "x=2,y=3", "--format", format_)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.endswith("\n")
    assert not answer.out.endswith("\n\n")
    assert "\x1b" not in answer.out
    assert deriv("x^2*y", "--at", "x=2,y=3", f"--format={format_}") == answer


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("arguments", ["x^2", "7", "abs(x) --at x=0", "1/x --at x=0", "tanh(x) --at x=20", "x*α"])
def test_every_format_can_write_every_kind_of_answer(format_: str, arguments: str) -> None:
    answer = deriv(*arguments.split(), "--format", format_)
    assert answer.code in (0, 1, 4)
    assert (bool(answer.out), answer.err) == (True, "")


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("--json", "json"),
        ("-j", "json"),
        ("--csv", "csv"),
        ("--quiet", "value"),
        ("-q", "value"),
        ("--color=auto", "table"),
    ],
)
def test_a_short_flag_means_its_format(short: str, long: str) -> None:
    assert deriv("x^2", "--at", "x=3", short) == deriv("x^2", "--at", "x=3", "--format", long)


@pytest.mark.parametrize(
    "arguments", ["x^2*y --at x=2,y=3", "x^2", "7", "abs(x) --at x=0", "sin(x)/x --at x=0", "sqrt(x^4) --at x=0"]
)
def test_json_follows_the_schema_and_jsonl_is_the_same_on_one_line(arguments: str) -> None:
    pretty = deriv(*arguments.split(), "--json").out
    line = deriv(*arguments.split(), "--format", "jsonl").out
    validator("result").validate(json.loads(pretty))
    assert line.count("\n") == 1
    assert json.loads(line) == json.loads(pretty)


def test_bare_numbers_come_in_the_order_of_the_variables() -> None:
    assert deriv("u^3+v^2+4u*v", "--at", "v=4,u=3", "--quiet").out == "43.0\n20.0\n"
    assert deriv("u^3+v^2+4u*v", "--at", "v=4,u=3", "--quiet", "--wrt", "v,u").out == "20.0\n43.0\n"
    assert deriv("u^3+v^2+4u*v", "--at", "v=4,u=3", "--quiet", "--wrt", "v", "--wrt", "v").out == "20.0\n"


def test_a_number_that_does_not_exist_is_nan() -> None:
    answer = deriv("abs(x)", "--at", "x=0", "--quiet")
    assert (answer.code, answer.out, answer.err) == (4, "nan\n", "")


def test_a_prefix_makes_room_for_a_variable_with_the_name_of_a_column() -> None:
    said = complaint("x*f", "--at", "x=1,f=2", "--csv")
    assert said == (
        "error: the variable `f` has the name of a computed column\n"
        "hint: add --prefix out_ to rename the computed columns\n"
    )
    answer = deriv("x*f", "--at", "x=1,f=2", "--csv", "--prefix", "out_")
    assert answer.out == "x,f,out_f,out_df/dx,out_df/df,out_status,out_note\n1.0,2.0,2.0,2.0,1.0,agree,\n"


def test_the_table_says_it_all() -> None:
    assert deriv("5*x**4+3*x**3", "--at", "x=2").out == (
        "  f(x)  = 5*x**4 + 3*x**3\n"
        "  df/dx = 20*x**3 + 9*x**2\n"
        "\n"
        "  df/dx at x = 2 is 196: all three witnesses agree\n"
        "\n"
        "  at x = 2   autograd   symbolic   difference   verdict\n"
        "  ───────────────────────────────────────────────────────────\n"
        "  f               104        104            0   agree, proved\n"
        "  df/dx           196        196            0   agree, proved\n"
    )


def test_a_table_that_is_on_no_terminal_is_never_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    expression = " + ".join(f"sin(x)**{n}" for n in range(2, 40))
    written = deriv(expression, "--at", "x=1").out
    assert written.startswith(f"  f(x)  = {expression}\n")
    assert "…" not in written
    assert "\x1b" not in written


@for_all(
    ("choice", "variables", "coloured"),
    [
        ("auto", {}, True),
        ("auto", {"TERM": "xterm"}, True),
        ("auto", {"NO_COLOR": ""}, True),
        ("auto", {"NO_COLOR": "1"}, False),
        ("auto", {"NO_COLOR": "0"}, False),
        ("auto", {"TERM": "dumb"}, False),
        ("auto", {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        ("auto", {"CLICOLOR": "0"}, False),
        ("auto", {"CLICOLOR": "1"}, True),
        ("auto", {"CLICOLOR": "0", "CLICOLOR_FORCE": "1"}, True),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, True),
        ("never", {}, False),
    ],
)
def test_a_terminal_gets_colours_unless_they_are_refused(
    choice: str, variables: dict[str, str], coloured: bool
) -> None:
    answer = on_screen("x", "--at", "x=1", "--color", choice, variables=variables)
    assert ("\x1b[" in answer.out) == coloured
    assert ("\x1b[" in on_screen("sine(x)", "--color", choice, variables=variables).err) == coloured


@pytest.mark.parametrize(
    ("choice", "variables", "coloured"),
    [
        ("auto", {}, False),
        ("auto", {"CLICOLOR": "1"}, False),
        ("auto", {"FORCE_COLOR": "1"}, True),
        ("auto", {"CLICOLOR_FORCE": "1"}, True),
        ("auto", {"FORCE_COLOR": "0", "CLICOLOR_FORCE": "0"}, False),
        ("auto", {"FORCE_COLOR": ""}, False),
        ("always", {}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
    ],
)
def test_a_pipe_gets_colours_only_where_they_are_asked_for(
    choice: str, variables: dict[str, str], coloured: bool
) -> None:
    assert ("\x1b[" in deriv("x", "--at", "x=1", "--color", choice, variables=variables).out) == coloured
    assert ("\x1b[" in deriv("sine(x)", "--color", choice, variables=variables).err) == coloured


@pytest.mark.parametrize("format_", sorted({*FORMATS} - {"table"}))
def test_only_a_table_is_ever_coloured(format_: str) -> None:
    assert "\x1b" not in on_screen("x", "--at", "x=1", "--color", "always", "--format", format_).out


def test_colours_change_nothing_else() -> None:
    coloured = deriv("abs(x)*y", "--at", "x=0,y=1", "--color", "always").out
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == deriv("abs(x)*y", "--at", "x=0,y=1").out


def test_an_error_has_colour_on_its_labels_alone() -> None:
    answer = on_screen("sine(x)", "--color=always")
    assert answer.err.startswith("\x1b[1;31merror:\x1b[0m unknown function `sine`\n")
    assert "\n\x1b[36mhint:\x1b[0m did you mean" in answer.err
    plain = deriv("sine(x)").err
    assert is_harmless(plain)
    assert re.sub(r"\x1b\[[0-9;]*m", "", answer.err) == plain


def test_an_error_in_json_has_no_colour() -> None:
    assert is_harmless(on_screen("sine(x)", "--json", "--color", "always").err)


def test_what_the_user_typed_is_no_escape_code_in_an_error() -> None:
    assert on_screen("\x1b[5mhint: x", "--color", "always").err.count("\x1b") == 2


@pytest.mark.parametrize(
    ("options", "formula"),
    [((), "2x^3"), (("--notation", "math"), "2x^3"), (("--notation=python",), "2*x**3")],
)
def test_formulas_have_the_notation_of_the_question_or_the_one_asked_for(
    options: tuple[str, ...], formula: str
) -> None:
    assert f"f(x)  = {formula}\n" in deriv("2x^3", *options).out
    assert '"read_as": "2*x**3"' in deriv("2x^3", "--json", *options).out


def test_an_unknown_notation_is_refused() -> None:
    assert "--notation is auto, math, python, not `latex`" in deriv("x", "--notation", "latex").err


def test_a_runaway_is_stopped_and_what_is_known_is_told() -> None:
    answer = deriv(*RUNAWAY, "--timeout", "0.5")
    assert (answer.code, answer.err) == (5, "")
    assert "\n  note: time ran out before every witness answered\n" in answer.out
    assert answer.out.endswith("\n  limit reached: time\n")
    assert "agree" not in answer.out


def test_a_runaway_as_json_says_which_limit_was_reached() -> None:
    answer = deriv(*RUNAWAY, "--timeout", "0.2", "--json")
    found = json.loads(answer.out)
    validator("result").validate(found)
    assert (answer.code, found["limit_reached"], found["status"]) == (5, "time", "unverified")


def test_a_runaway_says_so_where_only_numbers_are_printed() -> None:
    answer = deriv(*RUNAWAY, "--timeout", "0.2", "--quiet")
    assert answer.code == 5
    assert "time" in answer.err


def test_the_next_answer_after_a_runaway_is_right() -> None:
    deriv(*RUNAWAY, "--timeout", "0.1")
    assert deriv("x^2", "--at", "x=3", "--quiet").out == "6.0\n"


def test_a_defect_of_ours_is_one_line_with_a_hint(failing: Callable[[BaseException], None]) -> None:
    failing(ZeroDivisionError("x\n\x1b[31my"))
    answer = deriv("x", "--at", "x=1")
    assert (answer.code, answer.out) == (70, "")
    assert answer.err == (
        "error: internal error: ZeroDivisionError: x\\n\\x1b[31my\n"
        "hint: this is a defect of deriv; --debug shows where it comes from\n"
    )


def test_a_defect_of_ours_is_an_object_where_json_was_asked_for(failing: Callable[[BaseException], None]) -> None:
    failing(ZeroDivisionError("boom"))
    answer = deriv("x", "--json")
    assert answer.code == 70
    assert error_object(answer.err)["message"] == "internal error: ZeroDivisionError: boom"


def test_a_defect_of_ours_is_of_the_kind_internal(failing: Callable[[BaseException], None]) -> None:
    failing(ZeroDivisionError("boom"))
    assert error_object(deriv("x", "--json").err)["kind"] == "internal"


@pytest.mark.parametrize("error", [RecursionError("deep"), OSError("gone"), ValueError()])
def test_no_exception_leaves_the_command(failing: Callable[[BaseException], None], error: Exception) -> None:
    failing(error)
    answer = deriv("x", "--at", "x=1")
    assert answer.code == 70
    assert answer.err.startswith(f"error: internal error: {type(error).__name__}: ")
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    ("error", "code"), [(LimitError("too much"), 5), (WorkerError("broken"), 2), (DerivError("odd"), 70)]
)
def test_an_error_of_ours_brings_its_exit_code(
    failing: Callable[[BaseException], None], error: DerivError, code: int
) -> None:
    failing(error)
    answer = deriv("x")
    assert (answer.code, answer.err) == (code, f"error: {error.message}\n")


def test_an_interrupt_ends_it_without_a_word(failing: Callable[[BaseException], None]) -> None:
    failing(KeyboardInterrupt())
    answer = deriv("x", "--at", "x=1")
    assert (answer.code, answer.out, answer.err) == (130, "", "")


@pytest.mark.parametrize("arguments", [("x+",), ("x", "--no-such"), ("x", "--at", "y=1"), ("9^9^9^9",), ()])
def test_a_traceback_is_shown_to_who_asks_for_it_and_to_nobody_else(arguments: tuple[str, ...]) -> None:
    plain, traced = deriv(*arguments), deriv(*arguments, "--debug")
    assert "Traceback" not in plain.err
    assert traced.err.startswith("Traceback (most recent call last):\n")
    assert traced.err.endswith("\n" + plain.err)
    assert (traced.code, traced.out) == (plain.code, "")


def test_the_traceback_of_a_defect_shows_where_it_comes_from(failing: Callable[[BaseException], None]) -> None:
    failing(ZeroDivisionError("boom"))
    traced = deriv("x", "--debug").err
    assert "ZeroDivisionError: boom\n" in traced
    assert "in answer_to\n" in traced


def test_debug_changes_nothing_where_nothing_went_wrong() -> None:
    assert deriv("x^2", "--at", "x=3", "--debug") == deriv("x^2", "--at", "x=3")


@pytest.mark.parametrize("word", ["--version", "-V", "version"])
def test_the_version_is_one_line(word: str) -> None:
    answer = deriv(word)
    assert (answer.code, answer.out, answer.err) == (0, f"deriv {__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "start"),
    [
        ("--version", "deriv "),
        ("--man", ".TH DERIV"),
        ("--help", ""),
        ("--completion bash", ""),
        ("x --version", "deriv "),
    ],
)
@pytest.mark.parametrize("output", ["--output {}", "--output={}", "-o {}"])
def test_texts_go_into_a_file_too(arguments: str, start: str, output: str, tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    answer = deriv(*arguments.split(), *output.format(file).split())
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert file.read_text(encoding="utf-8") == deriv(*arguments.split()).out
    assert file.read_text(encoding="utf-8").startswith(start)


@pytest.mark.parametrize("arguments", ["x --version", "--json --version", "--color never --version"])
def test_the_version_may_be_asked_for_anywhere(arguments: str) -> None:
    assert deriv(*arguments.split()).out == f"deriv {__version__}\n"


@pytest.fixture(scope="module")
def help_text() -> str:
    """Return what --help prints on a wide screen."""
    answer = process(["--help"], variables={"COLUMNS": "200"})
    assert (answer.code, answer.err) == (0, "")
    return answer.out


def test_help_names_every_option_and_what_the_exit_codes_mean(help_text: str) -> None:
    options = (
        "--at --wrt --format --json --csv --quiet --output --prefix --color --rtol --atol --timeout --functions --debug"
    )
    for option in (
        *options.split(),
        "--version",
        "--help",
        "-h",
        "-o",
        "-q",
        "-j",
        "-V",
        "EXPRESSION",
        "Exit codes:",
        "5 a limit",
    ):
        assert option in help_text
    assert "\x1b" not in help_text


def test_help_shows_examples_before_the_options(help_text: str) -> None:
    assert help_text.index('deriv "5*x**4+3*x**3" --at x=2') < help_text.index("--at ")


def test_help_says_what_each_example_shows(help_text: str) -> None:
    lines = [line.strip() for line in help_text.splitlines()]
    for example, caption in EXAMPLES:
        assert any(line.startswith(example) and line.endswith(caption) for line in lines), example


@pytest.mark.parametrize("example", [example for example, _ in EXAMPLES])
def test_every_example_of_the_help_works(example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data.csv").write_text("x\n0.5\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    command, *arguments = shlex.split(example)
    answer = deriv(*arguments)
    assert (command, answer.err) == ("deriv", "")
    assert answer.code == (4 if arguments[0] == "abs(x)" else 0)
    assert answer.out


def test_help_shows_what_is_asked_first_and_every_line_fits(help_text: str) -> None:
    narrow = process(["--help"]).out
    heads = re.findall(r"╭─ (\w+) ─", narrow)
    assert heads == ["Arguments", "What", "Where", "Output", "Explain", "Numerics", "Others"]
    assert all(len(line) <= 80 for line in narrow.splitlines())
    assert (
        len(narrow.splitlines()) <= 120
    )  # of four screens, and the panels of what explains, asks many questions and reads files


def test_functions_are_listed_by_a_word() -> None:
    answer = deriv("--functions", "Lambert")
    assert (answer.code, answer.err) == (0, "")
    assert "    LambertW(x, k=0)  inverse of w*exp(w)" in answer.out


def test_functions_are_listed_as_json() -> None:
    names = [entry["name"] for entry in json.loads(deriv("--functions", "airy", "derivative", "--json").out)]
    assert names == ["airyaiprime", "airybiprime"]


def test_no_function_with_a_word_is_an_error() -> None:
    answer = deriv("--functions", "besselq")
    assert answer.code == ExitCode.USAGE
    assert answer.err.startswith("error: no function matches `besselq`\nhint: did you mean `bessel")


@pytest.mark.parametrize(
    ("typed", "message", "hint"),
    [
        ("--functions --at x=2", "--functions lists functions, and takes no --at", "try: deriv --functions bessel"),
        ("--functions bessel --raw", "--functions lists functions, and takes no --raw",
         "try: deriv --functions bessel"),
        ("--functions --plot", "--functions lists functions, and takes no --plot", "try: deriv --functions bessel"),
        ("--completion bash --order 2", "--completion prints a script, and takes no --order",
         "deriv --manual scripts says where it belongs"),
        ("--code --at x=2", "--code alone lists the languages, and takes no --at",
         "give the expression: deriv x^2 --code c"),
    ],
)  # fmt: skip
def test_what_answers_no_question_takes_no_option_of_one(typed: str, message: str, hint: str) -> None:
    answer = deriv(*typed.split())
    assert (answer.code, answer.out) == (ExitCode.USAGE, "")
    assert answer.err == f"error: {message}\nhint: {hint}\n"


def test_help_holds_no_mark_of_its_layout(help_text: str) -> None:
    assert "\\b" not in help_text


@pytest.mark.parametrize("flag", ["--help", "-h", "help"])
def test_help_is_written_as_any_answer(flag: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = deriv(flag)
    assert (answer.code, answer.err) == (0, "")
    assert "Usage: deriv" in answer.out
    assert capsys.readouterr().out == ""


def test_a_reader_that_has_gone_has_its_own_exit_code() -> None:
    try:
        answer = writing_to(Broken(BrokenPipeError(32, "Broken pipe")), "x", "--at", "x=2")
    except SystemExit as error:
        pytest.fail(f"the command ended the process with {error.code}")
    assert answer == (141, "")


def test_help_and_version_with_a_value_are_variables() -> None:
    assert deriv("help^2", "--at", "help=3", "-q").out == "6.0\n"
    assert deriv("help", "--at", "help=3", "-q").out == "1.0\n"
    assert deriv("version", "--at", "version=3", "-q").out == "1.0\n"


def test_the_letter_of_an_option_in_an_expression_is_a_variable() -> None:
    assert deriv("-j*x", "--at", "j=2,x=3", "-q").out == "-3.0\n-2.0\n"
    assert deriv("-q^2", "--at", "q=3", "-q").out == "-6.0\n"


def test_o_writes_the_answer_to_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    answer = deriv("x^2", "--at", "x=3", "-q", "-o", "answer.txt")
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert (tmp_path / "answer.txt").read_text(encoding="utf-8") == "6.0\n"


def test_with_verify_off_torch_alone_answers_and_says_so() -> None:
    answer = deriv("x^2", "--at", "x=3", "--verify", "off")
    assert answer.code == 0
    assert "df/dx at x = 3 is 6: unverified\n" in answer.out
    assert answer.out.endswith("  note: nothing is verified: --verify off leaves the numbers to torch alone\n")
    assert deriv("x^2", "--at", "x=3", "--verify", "off", "-q").out == "6.0\n"


def test_the_name_of_a_file_that_tells_no_format_is_said(tmp_path: Path) -> None:
    for name, said in (("f.zig", True), ("f.txt", False), ("f", False), ("f.json", False)):
        file = tmp_path / name
        found = deriv("x^2", "--at", "x=3", "-o", str(file))
        note = f"note: `.zig` tells no format, so {file} has what a terminal shows: add --format\n"
        assert (found.code, found.err) == (0, note if said else "")


@pytest.mark.parametrize(
    ("suffix", "option"), [("png", "--plot"), ("PDF", "--plot"), ("svg", "--plot"), ("dot", "--graph")]
)
def test_where_the_name_is_that_of_a_picture_the_note_says_what_draws_it(
    tmp_path: Path, suffix: str, option: str
) -> None:
    file = tmp_path / f"o.{suffix}"
    asked = ("x^2", "-o", str(file), "--at", "x=1")
    assert (
        deriv(*asked).err == f"note: `.{suffix}` tells no format, so {file} has what a terminal shows: add {option}\n"
    )
    assert "note: `" not in deriv(*asked, option).err
    assert not file.read_bytes().startswith(b"f = x^2")


def test_the_note_names_no_option_that_does_not_go_with_the_others(tmp_path: Path) -> None:
    asked = [("x^2", "--at", "x=1", "--steps"), ("x^2", "--at", "x=1", "--taylor", "2"), ("--batch", "-")]
    for arguments in asked:
        found = deriv(*arguments, "-o", str(tmp_path / "o.png"), stdin=b"x^2 @ x=1")
        assert found.err.endswith("has what a terminal shows: add --format\n")


def test_how_far_f_is_from_its_polynomial_is_nothing_for_torch_alone() -> None:
    found = deriv("sin(x)", "--at", "x=1", "--taylor", "2", "--near", "x=1.1", "--verify", "off")
    assert found.err.startswith("error: --near and --verify off do not go together\n")
