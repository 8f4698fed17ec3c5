"""Markdown, read back by a Markdown parser."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from derivcli.render import Format, render
from tests.render.samples import CONSTANT, CORNER, NO_POINT, OUT_OF_TIME, SAMPLES, SMOOTH

if TYPE_CHECKING:
    from derivcli.model import Result


def html(result: Result) -> str:
    page: str = MarkdownIt("commonmark").enable("table").render(render(result, Format.MARKDOWN))
    return page


def test_a_point_a_table_and_no_list_where_there_is_nothing_to_say() -> None:
    assert render(SMOOTH, Format.MARKDOWN) == (
        "At `x = 2`:\n"
        "\n"
        "|  | formula | autograd | symbolic | quotient | difference | verdict |\n"
        "|---|---|---:|---:|---:|---:|---|\n"
        "| `f` | `5*x**4 + 3*x**3` | 104 | 104 | 104 | 0 | agree |\n"
        "| `df/dx` | `20*x**3 + 9*x**2` | 196 | 196 | 196 | 0 | agree |\n"
    )


def test_remarks_are_a_list() -> None:
    assert render(CORNER, Format.MARKDOWN).endswith(
        "\n\n- `df/dx`: the slope jumps here, so there is no derivative; autograd's 0 is torch's convention; "
        "left slope -1, right slope 1\n"
    )


def test_without_a_point_there_are_formulas_and_spot_checks() -> None:
    assert render(NO_POINT, Format.MARKDOWN) == (
        "|  | formula |\n"
        "|---|---|\n"
        "| `f` | `x*sin(y)` |\n"
        "| `df/dx` | `sin(y)` |\n"
        "| `df/dy` | no closed form |\n"
        "\n"
        "- spot checks against autograd: agree at `(x, y) = (0.5, 1.25), (-1.5, 2)`\n"
        "- spot checks against autograd: undefined at `(x, y) = (-3, 0)`\n"
    )


def test_a_constant_and_a_limit_are_said() -> None:
    assert "\n- no variables, so there is nothing to differentiate\n" in render(CONSTANT, Format.MARKDOWN)
    assert "\n- limit reached: the symbolic worker took" in render(OUT_OF_TIME, Format.MARKDOWN)
    assert "| not found within the limit |" in render(OUT_OF_TIME, Format.MARKDOWN)


@pytest.mark.parametrize("text", ["|x|", "a`b", "``x``|", "<b>x</b>", "**x**", "x\n\ny"])
def test_a_formula_survives_in_its_cell(text: str) -> None:
    shown = text.replace("\n", "\\n").replace("<", "&lt;").replace(">", "&gt;")
    assert f"<td><code>{shown}</code></td>" in html(replace(SMOOTH, read_as=text))


def test_quoted_code_in_a_note_stays_code_and_the_rest_is_no_markup() -> None:
    assert "<li>read <code>1/2x*y*</code> as *x*, [a](b) &lt;i&gt;</li>" in html(
        replace(SMOOTH, notes=("read `1/2x*y*` as *x*, [a](b) <i>",))
    )
    assert "<li>a single ` and <code>" not in html(replace(SMOOTH, notes=("a single ` and `` more `",)))
    assert "<li># no heading</li>" in html(replace(SMOOTH, notes=("# no heading",)))


@pytest.mark.parametrize("name", SAMPLES)
def test_every_row_has_as_many_cells_as_the_header(name: str) -> None:
    header, *rows = html(SAMPLES[name]).split("<tr>")[1:]
    assert len(rows) == 1 + len(SAMPLES[name].derivatives)
    assert {row.count("</td>") for row in rows} == {header.count("</th>")}
