"""The list of functions as text, Markdown and JSON."""

from __future__ import annotations

import json

import pytest

from derivcli.document import Canvas, Format
from derivcli.document.functions import render_functions
from derivcli.errors import UsageError
from derivcli.language.catalogue.search import LISTED, search

ZETA = """\
  zeta functions, polylogarithms and LambertW
    zeta(s, a=1)  Riemann zeta function; zeta(s, a) is Hurwitz's
                  for s != 1, a > 0
"""


def listed(word: str, chosen: Format = Format.TABLE, canvas: Canvas | None = None) -> str:
    return render_functions(search(word), chosen, canvas or Canvas())


def test_a_function_stands_with_its_call_its_help_and_its_domain() -> None:
    assert listed("riemann") == ZETA


def test_other_names_stand_before_the_domain_and_conventions_after_it() -> None:
    lines = [line.strip() for line in listed("gammaincc").splitlines()]
    assert lines == [
        "gamma and beta functions",
        "gammaincc(a, x)  regularized upper incomplete gamma function Q(a, x)",
        "for a > 0, x >= 0",
        "regularized, as in scipy and torch; uppergamma(a, x) is not",
    ]
    assert "also jv, BesselJ; for x > 0, or n an integer, or x = 0 and n > 0" in listed("besselj")


@pytest.mark.parametrize("width", [20, 40, 79, 200])
def test_no_line_is_longer_than_the_terminal(width: int) -> None:
    text = listed("", canvas=Canvas(width=width, unicode=False))
    assert max(map(len, text.splitlines())) <= width
    assert text.isascii()


def test_the_json_list_names_what_has_no_closed_form() -> None:
    (entry,) = json.loads(listed("riemann", Format.JSON))
    assert entry == {
        "name": "zeta",
        "call": "zeta(s, a=1)",
        "family": "zeta functions, polylogarithms and LambertW",
        "aliases": [],
        "help": "Riemann zeta function; zeta(s, a) is Hurwitz's",
        "domain": "s != 1, a > 0",
        "convention": "",
        "smooth": True,
        "no_closed_form": ["s"],
    }


def test_every_function_is_in_every_format_once() -> None:
    count = sum(map(len, LISTED.values()))
    assert len(json.loads(listed("", Format.JSON))) == count
    assert [json.loads(line)["name"] for line in listed("", Format.JSONL).splitlines()] == [
        row.name for rows in LISTED.values() for row in rows
    ]
    markdown = listed("", Format.MARKDOWN)
    assert all(markdown.count(f"`{row.name}(") >= 1 for rows in LISTED.values() for row in rows if row.parameters)


def test_a_format_for_numbers_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        listed("", Format.CSV)
    assert caught.value.message == "--functions has no format csv"
    assert caught.value.hint == "its formats are table, json, jsonl, markdown"
