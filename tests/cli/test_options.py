"""The command made from the table: an option is one row, and stands everywhere."""

from __future__ import annotations

import ast
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from derivcli.cli.arguments import takes_value
from derivcli.cli.completion import script
from derivcli.cli.manpage import page
from derivcli.cli.options import Options, command, format_of
from derivcli.document import Format
from derivcli.model.option import Need, Option, Panel, ValueKind, partners
from derivcli.model.options import OPTIONS
from tests.cli import complaint, deriv
from tests.every import for_all
from tests.make_manual import section

SHADE = Option("shade-of", ValueKind.WORD, Panel.WHAT, "How dark: pale, deep.", "Only an example.", short="-s",
               metavar="SHADE", example="deep", default="pale", words=("pale", "deep"),
               goes_with=("order",))  # fmt: skip
CLI = Path(__file__).parents[2] / "derivcli" / "cli"
TABLE = (*OPTIONS, SHADE)


def read(*arguments: str, options: tuple[Option, ...] = OPTIONS) -> Options:
    found: Options = command(options).main([*arguments, "--", "x"], prog_name="deriv", standalone_mode=False)
    return found


def shown(options: tuple[Option, ...]) -> str:
    made: Any = command(options)
    with redirect_stdout(StringIO()) as out:
        out.write(made.get_help(made.make_context("deriv", ["--"], resilient_parsing=True)))
    return out.getvalue()


def test_a_row_is_read_by_the_command() -> None:
    assert read(options=TABLE).shade_of == "pale"
    assert read("-s", "deep", options=TABLE).shade_of == "deep"
    assert read("--shade-of=deep", options=TABLE).shade_of == "deep"
    assert takes_value(TABLE)["-s"]


def test_a_row_stands_in_the_help() -> None:
    assert "--shade-of" not in shown(OPTIONS)
    assert "--shade-of" in shown(TABLE)
    assert "How dark: pale, deep." in shown(TABLE)


@pytest.mark.parametrize(
    ("shell", "line"),
    [
        ("bash", '--shade-of | -s) COMPREPLY=($(compgen -W "pale deep" -- "$word")); return ;;'),
        ("zsh", r"'(-s --shade-of)'{-s+,--shade-of=}'[How dark\: pale, deep.]:SHADE:(pale deep)'"),
        ("fish", "complete -c deriv -l shade-of -s s -a 'pale deep' -x -d 'How dark: pale, deep.'"),
    ],
)
def test_a_row_is_completed(shell: str, line: str) -> None:
    assert line in script(shell, TABLE)
    assert line not in script(shell)


def test_a_row_stands_in_the_manual_page() -> None:
    entry = ".TP\n\\fB\\-s\\fR \\fISHADE\\fR, \\fB\\-\\-shade\\-of\\fR \\fISHADE\\fR\nHow dark: pale, deep.\n"
    assert entry in page(TABLE)
    assert entry not in page()


def test_a_row_stands_in_the_tables_of_the_manual() -> None:
    row = "| `--shade-of deep`, `-s` | How dark: pale, deep. Only an example. Default: `pale`. | `--order` |"
    assert row in section("What", TABLE)
    assert row not in section("What")
    assert "| `-s` | `--shade-of` |" in section("short", TABLE)


def test_a_row_says_what_it_goes_with() -> None:
    assert partners(OPTIONS[1], OPTIONS) == "all"
    assert partners(OPTIONS[3], TABLE) == "all but --along, --implicit, --shade-of"


@for_all("option", OPTIONS)
def test_every_option_of_the_table_is_one_of_the_command(option: Option) -> None:
    value = [option.example or "text"] if option.takes_value else []
    for flag in option.flags:
        assert option.is_given(getattr(read(flag, *value), option.key)), flag


def test_what_is_not_given_is_the_default() -> None:
    assert not [option.name for option in OPTIONS if option.is_given(getattr(read(), option.key))]


def test_only_options_are_attributes() -> None:
    with pytest.raises(AttributeError):
        _ = read().shade_of


@pytest.mark.parametrize("name", [path.stem for path in sorted(CLI.glob("*.py")) if path.stem != "arguments"])
def test_the_command_asks_for_no_option_that_is_not_in_the_table(name: str) -> None:
    tree = ast.parse((CLI / f"{name}.py").read_text(encoding="utf-8"))
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and _is_options(node.value)}
    assert attributes <= {"words", "values", *(option.key for option in OPTIONS)}
    reads = "options: Options" in ast.unparse(tree) or "call.options" in ast.unparse(tree)
    assert bool(attributes) is reads


def _is_options(node: ast.expr) -> bool:
    """Tell whether an expression is the options of a call; in `arguments` they are words, not read yet."""
    return (isinstance(node, ast.Name) and node.id == "options") or (
        isinstance(node, ast.Attribute) and node.attr == "options"
    )


def test_a_need_is_said_as_it_stands_in_the_table() -> None:
    need = Need("points", "is for --points", "add --points FILE, or - for standard input")
    assert next(option for option in OPTIONS if option.name == "points-format").needs == need
    assert complaint("x", "--points-format", "csv") == f"error: --points-format {need.said}\nhint: {need.hint}\n"


@pytest.mark.parametrize(
    ("arguments", "rows", "chosen"),
    [
        ([], False, Format.TABLE),
        (["-o", "a.csv"], False, Format.CSV),
        (["-o", "a.csv", "--json"], False, Format.JSON),
        (["-o", "a.csv", "-q"], False, Format.VALUE),
        (["-o", "a.csv", "-q"], True, Format.CSV),
        (["-q"], True, Format.VALUE),
        (["-q", "--format", "tsv"], True, Format.TSV),
    ],
)
def test_the_format_is_what_is_asked_for_or_what_the_file_tells(
    arguments: list[str], rows: bool, chosen: Format
) -> None:
    assert format_of(read(*arguments), rows=rows) is chosen


def test_a_list_of_functions_and_a_picture_are_text_whatever_the_file_is_called(tmp_path: Path) -> None:
    for arguments in (("--functions", "lambert"), ("x^2", "--plot")):
        file = tmp_path / "answer.csv"
        assert deriv(*arguments, "--output", str(file)).code == 0
        assert file.read_text(encoding="utf-8") == deriv(*arguments).out
