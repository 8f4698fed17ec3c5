"""The table of options: what stands in it, and that whatever else names options says the same."""

from __future__ import annotations

import ast
import re
from collections import Counter
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from derivcli.api import Wanted
from derivcli.document import FORMATS, Format
from derivcli.language.styles import Notation
from derivcli.model import Request, Result
from derivcli.model.option import Panel, ValueKind, clash, partners, why_not
from derivcli.model.options import OPTIONS, find, given
from tests.every import for_all

if TYPE_CHECKING:
    from derivcli.model.option import Option

PACKAGE = Path(__file__).parents[2] / "derivcli"
PYTHON = [option for option in OPTIONS if option.python]
# What a type checker is told of an argument, by its kind.
TYPES = {
    ValueKind.FLAG: "bool",
    ValueKind.WHOLE: "int",
    ValueKind.NUMBER: "float",
    ValueKind.WORD: "str",
    ValueKind.NAME: "str",
    ValueKind.NAMES: "str | Iterable[str]",
    ValueKind.MIXED: "Iterable[Iterable[str]]",
    ValueKind.POINT: "Point",
}


def name(option: Option) -> str:
    return option.name


def test_no_two_options_have_one_name() -> None:
    flags = Counter(flag for option in OPTIONS for flag in option.flags)
    assert {flag for flag, count in flags.items() if count > 1} == set()


@for_all("option", OPTIONS)
def test_a_row_is_whole(option: Option) -> None:
    assert re.fullmatch("[a-z]+(-[a-z]+)*", option.name)
    assert re.fullmatch("(-[A-Za-z])?", option.short)
    assert option.help[0].strip()
    assert not re.search(r"['\\\[\]]", option.line + option.metavar)  # quotes and brackets of the shells
    assert bool(option.metavar) == option.takes_value
    assert bool(option.words) == (option.kind is ValueKind.WORD) or option.may_stand_alone
    assert all(word in option.help + option.more for word in option.words)
    assert all(suffix in option.help + option.more for suffix in option.suffixes)
    assert bool(option.suffixes) == (option.kind is ValueKind.FILE and option.may_stand_alone)
    assert option.default in (None, "", *option.words) or not option.words
    assert option.example in option.words or option.kind is not ValueKind.WORD
    others = {*(option.goes_with or ()), *option.not_with, *([option.needs.name] if option.needs else [])}
    assert others <= {other.name for other in OPTIONS}


def test_rows_stand_in_the_order_of_their_panels() -> None:
    panels = [option.panel for option in OPTIONS]
    assert panels == sorted(panels, key=list(Panel).index)


def test_a_request_has_a_field_for_each_argument_with_its_default() -> None:
    defaults = {field.name: field.default for field in fields(Request)}
    tolerances = {"rtol": 1e-9, "atol": 1e-12}  # those of float64, which the table leaves to the type
    assert defaults.keys() - {"expression", "at", "beside", "unseen", "verified"} == {option.key for option in PYTHON}
    assert {o.key: defaults[o.key] for o in PYTHON} == {o.key: o.default for o in PYTHON} | tolerances


def test_a_type_checker_knows_each_argument_under_both_of_its_names() -> None:
    expected = {
        argument: TYPES[option.kind] + (" | None" if option.default is None else "")
        for option in PYTHON
        for argument in (option.key, option.old_name)
        if argument
    }
    assert {key: hint.__forward_arg__ for key, hint in Wanted.__annotations__.items()} == expected


def test_what_can_be_wanted_is_explained() -> None:
    explained = set(re.findall("`([a-z_]+)`", Wanted.__doc__ or ""))
    assert set(Wanted.__annotations__) <= explained


def test_what_an_option_adds_to_the_json_is_a_field_of_the_answer() -> None:
    names = {option.json for option in OPTIONS} - {""}
    assert names == {"hessian", "implicit", "tangent", "taylor", "total", "graph"}  # the manual's table of fields
    assert names <= {field.name for field in fields(Result)}


def test_each_format_has_its_row() -> None:
    assert list(FORMATS) == list(Format)


def test_the_notations_are_those_of_the_language() -> None:
    assert list(find("notation").words) == list(Notation)


@for_all(
    ("option", "words"),
    [
        # What has been said since 0.3.0.
        ("order", "all"),
        ("partial", "all but --along, --implicit"),
        ("wrt", "all but --along"),
        ("hessian", "all but --along, --implicit"),
        ("along", "--order"),
        ("implicit", "--wrt, --order, --tangent"),
        ("tangent", "all but --along"),
        ("taylor", "all but --along, --implicit"),
        ("near", "all but --along, --implicit"),
        ("total", "all but --along, --implicit"),
        ("error", "all but --along, --implicit"),
    ],
)
def test_what_goes_with_what_is_said_in_words(option: str, words: str) -> None:
    assert partners(find(option), OPTIONS) == words


@for_all(
    ("option", "others", "first"),
    [
        ("along", "order", None),
        ("along", "order hessian total", "hessian"),
        ("implicit", "wrt order tangent", None),
        ("plot", "at color", None),
        ("plot", "points", "points"),
        ("plot", "wrt", "wrt"),
        ("dtype", "wrt", None),
        ("dtype", "order", "order"),
        ("functions", "json", None),
        ("order", "hessian partial", None),
    ],
)
def test_an_option_clashes_with_the_first_that_it_does_not_go_with(option: str, others: str, first: str | None) -> None:
    found = clash(find(option), [find(option), *map(find, others.split())])
    assert (None if found is None else found.name) == first


def test_why_they_do_not_go_together_is_said() -> None:
    assert why_not(find("along")) == "--along goes with --order; ask for the other by itself"
    assert why_not(find("implicit")) == "--implicit goes with --order or --tangent; ask for the other by itself"
    assert why_not(find("dtype"), "float32") == "--dtype float32 is for first derivatives"


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({}, []),
        ({"order": 1, "hessian": False, "taylor": None, "partial": ()}, []),
        ({"order": 0, "taylor": 0}, ["order", "taylor"]),
        ({"partial": (("x",),), "at": {}}, ["partial", "at"]),
    ],
)
def test_nought_is_a_value_unlike_nothing_and_the_default(wanted: dict[str, object], names: list[str]) -> None:
    asking = [option for option in OPTIONS if option.panel in (Panel.WHAT, Panel.WHERE)]
    assert [option.name for option in given(Request("x", **wanted), asking)] == names  # type: ignore[arg-type]


def listed(tree: ast.AST) -> list[str]:
    """Return the displays in which three options or more are named by hand."""
    names = {alias for option in OPTIONS for alias in (option.key, option.flag, option.old_name)} - {""}
    displays = [node for node in ast.walk(tree) if isinstance(node, (ast.Tuple, ast.List, ast.Set, ast.Dict))]
    return [ast.unparse(node) for node in displays if len(names & set(_texts(node))) > 2]


def _texts(display: ast.Tuple | ast.List | ast.Set | ast.Dict) -> list[object]:
    parts = display.keys if isinstance(display, ast.Dict) else display.elts
    return [part.value for part in parts if isinstance(part, ast.Constant)]


# The table's own rows of --implicit, --graph, --steps and --code, the topics of the manual, the classes of views,
# what a notation asks for, the flags for formats, what is printed by itself and who answers what stands alone, and the
# request to the worker: each says what its code does.
ALLOWED = {
    "model/options.py": 7,
    **dict.fromkeys(("model/result.py", "targets.py", "cli/options.py", "cases.py"), 1),
    "cli/app.py": 2,
}


@for_all(
    "path",
    [path for room in ("cli", "many", "model") for path in sorted((PACKAGE / room).glob("*.py"))]
    + [PACKAGE / f"{room}.py" for room in ("api", "table", "targets", "cases", "system", "__main__")],
)
def test_no_other_list_of_options_is_kept_by_hand(path: Path) -> None:
    found = listed(ast.parse(path.read_text(encoding="utf-8")))
    assert len(found) <= ALLOWED.get(str(path.relative_to(PACKAGE)), 0), found


def test_the_search_for_lists_can_fail() -> None:
    assert listed(ast.parse("x = ('order', '--along', 'tangent')"))
    assert not listed(ast.parse("x = ('order', 'along', 'sine')"))
