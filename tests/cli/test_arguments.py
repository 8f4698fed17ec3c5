"""Which arguments are options, which are expressions, and what is said where they do not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from derivcli.cli.arguments import arrange, wants_json
from derivcli.cli.helptext import GREETING
from derivcli.errors import UsageError
from tests.cli import complaint, deriv
from tests.every import for_all

if TYPE_CHECKING:
    from pathlib import Path

OPTIONS = {
    **dict.fromkeys(("--at", "--format", "--output", "-o", "--wrt", "--points"), True),
    **dict.fromkeys(("--json", "-j", "--quiet", "-q", "-h", "--help", "-V", "--version", "--functions"), False),
}


@for_all(
    ("arguments", "arranged"),
    [
        ("x", "-- x"),
        ("x --at x=2", "--at x=2 -- x"),
        ("--at x=2 x", "--at x=2 -- x"),
        ("--at=x=2 x", "--at=x=2 -- x"),
        ("--at x=-2 -x", "--at x=-2 -- -x"),
        ("--at -2 x", "--at -2 -- x"),
        ("-x**2 --at x=3", "--at x=3 -- -x**2"),
        ("-2", "-- -2"),
        ("-", "-- -"),
        ("--x", "-- --x"),
        ("--x*2", "-- --x*2"),
        ("--2", "-- --2"),
        ("--sin(x)", "-- --sin(x)"),
        ("--x1", "-- --x1"),
        ("--x==2", "-- --x==2"),
        ("--unknown x", "--unknown -- x"),
        ("--unknown=1 x", "--unknown=1 -- x"),
        ("-h", "-h --"),
        ("x --json -- --json", "--json -- x --json"),
        ("-- -x --at", "-- -x --at"),
        ("x --json --at x=1", "--json --at x=1 -- x"),
        ("", "--"),
        ("x -q", "-q -- x"),
        ("-o file x -j", "-o file -j -- x"),
        ("-j*x", "-- -j*x"),
        ("-q^2", "-- -q^2"),
        ("-q=x^2", "-- -q=x^2"),
        ("-x", "-- -x"),
        ("-V", "-V --"),
        ("-- -q", "-- -q"),
        ("help", "--help --"),
        ("version --json", "--json --version --"),
        ("help x", "-- help x"),
        ("-- help", "-- help"),
        ("help --at help=2", "--at help=2 -- help"),
        ("version --at=x=1,version=2", "--at=x=1,version=2 -- version"),
        ("version --wrt version", "--wrt version -- version"),
        ("help --points file", "--points file -- help"),
        ("--functions help", "--functions -- help"),
        ("-qj --at qj=2", "--at qj=2 -- -qj"),
        ("-at --at at=2", "--at at=2 -- -at"),
        ("-- -qj", "-- -qj"),
        ("-qx", "-- -qx"),
    ],
)
def test_options_come_first_and_whatever_looks_like_none_is_an_expression(arguments: str, arranged: str) -> None:
    assert arrange(arguments.split(), OPTIONS) == arranged.split()


@for_all(
    ("arguments", "said", "hint"),
    [
        ("x -qj", "`-qj` is not an option", "write the options apart: -q -j"),
        ("-hV", "`-hV` is not an option", "write the options apart: -h -V"),
        ("x -help", "no such option: -help", "write --help"),
        ("x -json", "no such option: -json", "write --json"),
        ("x -at x=2", "no such option: -at", "write --at"),
        ("x -oout.csv", "`-oout.csv` is not an option", "write -o out.csv"),
        ("x -o=out.csv", "`-o=out.csv` is not an option", "write -o out.csv"),
        ("x -o", "-o needs a value", "deriv --help lists the options, deriv --manual options explains them"),
        ("x -o -q", "-o needs a value", "deriv --help lists the options, deriv --manual options explains them"),
    ],
)
def test_an_option_that_is_written_wrongly_is_no_expression(arguments: str, said: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        arrange(arguments.split(), OPTIONS)
    assert (caught.value.message, caught.value.hint) == (said, hint)


@pytest.mark.parametrize(
    "arguments",
    ["x -j", "-j", "x --json", "--json", "--format json x", "x --format jsonl", "--format=json", "x --format=jsonl"],
)
def test_errors_are_json_where_the_answer_would_be(arguments: str) -> None:
    assert wants_json(arguments.split())


@pytest.mark.parametrize(
    "arguments", ["x", "json", "x --format csv", "--format=table x json", "format=json", "", "-- -j", "-j*x"]
)
def test_errors_are_text_where_the_answer_would_be(arguments: str) -> None:
    assert not wants_json(arguments.split())


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["-x**2", "--at", "x=3"], "-6.0\n"),
        (["--at", "x=3", "-x**2"], "-6.0\n"),
        (["-x**2", "--at=x=-3"], "6.0\n"),
        (["x^3", "--at", "x=-2"], "12.0\n"),
        (["--x", "--at", "x=5"], "1.0\n"),
        (["--at", "x=5", "--", "--x"], "1.0\n"),
        (["-(x+1)^2", "--at", "x=1"], "-4.0\n"),
        (["-sin(x)", "--at", "x=0"], "-1.0\n"),
        (["-.5x", "--at", "x=0"], "-0.5\n"),
        (["-2"], "-2.0\n"),
        (["--2"], "2.0\n"),
        (["-h1", "--at", "h1=1"], "-1.0\n"),
        (["--at", "h=1", "--", "-h"], "-1.0\n"),
    ],
)
def test_an_expression_may_start_with_a_minus(arguments: list[str], answer: str) -> None:
    found = deriv("--quiet", *arguments)
    assert (found.code, found.out, found.err) == (0, answer, "")


@for_all(
    ("arguments", "said"),
    [
        ([], f"there is no expression\n\n{GREETING}"),
        (["--at", "x=2"], f"there is no expression\n\n{GREETING}"),
        (["--"], f"there is no expression\n\n{GREETING}"),
        (["x", "+", "1"], 'the shell made 3 words of one expression\nhint: put it in quotes: deriv "x + 1"'),
        (
            ["x", "+", "1", "--at", "x=1"],
            'the shell made 3 words of one expression\nhint: put it in quotes: deriv "x + 1"',
        ),
        (["x", "--verison"], "no such option: --verison\nhint: did you mean --version?"),
        (["x", "--no-such=1"], "no such option: --no-such\nhint: {help}"),
        (["x", "--timeout", "abc"], "invalid value for '--timeout': 'abc' is not a number\nhint: {help}"),
        (["x", "--timeout", "0"], "timeout must be a number of seconds above 0, not 0.0"),
        (["x", "--timeout", "-1"], "timeout must be a number of seconds above 0, not -1.0"),
        (["x", "--timeout", "nan"], "invalid value for '--timeout': 'nan' is not a number\nhint: {help}"),
        (["x", "--timeout", "inf"], "invalid value for '--timeout': 'inf' is not a number\nhint: {help}"),
        (["x", "--rtol", "-1"], "rtol must be a number, 0 or larger, not -1.0"),
        (["x", "--atol", "nan"], "invalid value for '--atol': 'nan' is not a number\nhint: {help}"),
        (["x", "--color", "red"], "--color is auto, always, never, not `red`"),
        (["x", "--json=1"], "option '--json' does not take a value\nhint: {help}"),
    ],
)
def test_a_call_that_makes_no_sense_is_refused(arguments: list[str], said: str) -> None:
    answer = deriv(*arguments)
    assert (
        answer.err
        == f"error: {said.format(help='deriv --help lists the options, deriv --manual options explains them')}\n"
    )
    assert (answer.code, answer.out) == (2, "")


@for_all(
    ("arguments", "said"),
    [
        (["x*y", "--at", "x=2"], "no value for `y`\n  x*y\n    ^\nhint: add --at y=..."),
        (["x*y+z", "--at", "x=2", "--at", "y=1"], "no value for `z`\n  x*y+z\n      ^\nhint: add --at z=..."),
        (
            ["x^2", "--at", "y=3"],
            "`y` has a value, but does not occur in the expression\nhint: its variables are x",
        ),
        (
            ["rate*t", "--at", "rata=3,t=1"],
            "`rata` has a value, but does not occur in the expression\nhint: did you mean `rate`?",
        ),
        (
            ["7", "--at", "x=3"],
            "`x` has a value, but does not occur in the expression\nhint: the expression has no variables",
        ),
        (["x", "--at", "x=2,x=3"], "`x` is given twice\n  x=2,x=3\n        ^\nhint: give each name one value"),
        (["x", "--at", "x=2", "--at", "x=2"], "`x` is given twice\n  x=2\n    ^\nhint: give each name one value"),
        (
            ["x", "--at", "x=inf"],
            "the value of `x` is infinite\n  inf\n  ^^^\n"
            "hint: limits at infinity are not computed: give a large number such as 1e6",
        ),
        (
            ["x", "--at", "x=-∞"],
            "the value of `x` is infinite\n  -∞\n  ^^\n"
            "hint: limits at infinity are not computed: give a large number such as 1e6",
        ),
        (["x", "--at", "2"], "a value needs a name\n  2\n  ^\nhint: write NAME=VALUE, such as x=2 or x=2,y=pi/4"),
        (["x", "--at", ""], "a value needs a name\nhint: write NAME=VALUE, such as x=2 or x=2,y=pi/4"),
        (["x", "--at", "x="], "`x` has no value\n  x=\n  ^^\nhint: write NAME=VALUE, such as x=2 or x=2,y=pi/4"),
        (
            ["x", "--at", "x=y"],
            "the value of `x` must be a number; `y` is not a number\n  y\n  ^\n"
            "hint: a value is a constant expression such as 2, -1.5 or pi/4",
        ),
        (["x", "--at", "x=sqrt(-1)"], "the value of `x` is not a real number"),
        (["x", "--at", "x=1/0"], "the value of `x` is not a real number"),
        (["x", "--wrt", "z"], "`z` does not occur in the expression\nhint: its variables are x"),
        (["x", "--wrt", ""], "names must be separated by commas\nhint: write them as in x,y"),
        (["x", "--wrt", "x y"], "names must be separated by commas\n  x y\n  ^^^\nhint: write them as in x,y"),
    ],
)
def test_a_point_that_does_not_fit_is_refused(arguments: list[str], said: str) -> None:
    answer = deriv(*arguments)
    assert answer.err == f"error: {said}\n"
    assert (answer.code, answer.out) == (2, "")


def test_a_value_that_lost_its_flag_is_pointed_out() -> None:
    said = complaint("x*y", "--at", "x=2", "y=3")
    assert said.splitlines()[0] == "error: `y=3` is a value outside --at"
    assert "y=3" in said.splitlines()[1]


def test_the_hint_for_a_value_that_lost_its_flag_can_be_pasted() -> None:
    assert "--at x=2,y=3" in complaint("x*y", "--at", "x=2", "y=3")


def test_a_value_without_any_flag_gets_a_hint_that_can_be_pasted() -> None:
    assert complaint("x^2", "x=3").splitlines()[1].endswith("--at x=3")


def test_a_value_that_stands_before_the_expression_gets_the_same_hint() -> None:
    assert "y=3 x*y" not in complaint("--at", "x=2", "y=3", "x*y")


def test_blanks_around_the_equal_sign_of_a_value_are_noticed() -> None:
    assert "x^2 = 3" not in complaint("x^2", "--at", "x", "=", "3")


def test_a_product_without_a_sign_gets_the_hint_to_write_one() -> None:
    assert "x*Y" in complaint("xY", "--at", "x=3,Y=2")


@pytest.mark.parametrize("option", ["--at", "--format", "--timeout", "--output"])
def test_an_option_without_its_value_is_named(option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # where `--output` without a value makes a file called --
    said = complaint("x^2", option)
    assert option in said
    assert "'--'" not in said
    assert "  --\n" not in said


def test_a_value_that_is_too_large_for_a_float_is_refused() -> None:
    answer = deriv("x^2", "--at", "x=1e400")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: the value of `x` is too large for float64\n")


@pytest.mark.parametrize("seconds", ["3e9", "1e10", "1e300"])
def test_any_number_of_seconds_will_do(seconds: str) -> None:
    assert deriv("x^2", "--at", "x=3", "--quiet", "--timeout", seconds).out == "6.0\n"


@pytest.mark.parametrize("number", ["1_0", "１"])
def test_the_number_of_an_option_follows_our_own_grammar(number: str) -> None:
    assert deriv("x^2", "--at", "x=3", "--rtol", number).code == 2


def test_one_format_asked_for_twice_is_no_conflict() -> None:
    assert deriv("x", "--at", "x=1", "--csv", "--format", "csv").out == "x,f,df/dx,status,note\n1.0,1.0,1.0,agree,\n"


@pytest.mark.parametrize(
    ("arguments", "listed"),
    [
        ("--csv --quiet", "csv, value"),
        ("--csv --format tsv", "csv, tsv"),
        ("--quiet --format latex", "latex, value"),
        ("--csv --quiet --format table", "csv, table, value"),
    ],
)
def test_formats_that_contradict_each_other_are_refused(arguments: str, listed: str) -> None:
    answer = deriv("x", *arguments.split())
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"error: more than one format: {listed}\nhint: choose one of them\n"


def test_a_format_nobody_knows_is_refused_with_the_list() -> None:
    assert complaint("x", "--format", "xml") == (
        "error: no such format: xml\n"
        "hint: the formats are table, json, jsonl, csv, tsv, value, latex, markdown, parquet\n"
    )
