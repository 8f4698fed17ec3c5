"""Markdown, read back by a Markdown parser."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from derivcli.document import Format, render
from tests.document.samples import CONSTANT, CORNER, NO_POINT, OUT_OF_TIME, SAMPLES, SMOOTH
from tests.document.view_samples import CURVE, HESSIAN, SYSTEM, TOTAL

if TYPE_CHECKING:
    from derivcli.model import Result


def html(result: Result) -> str:
    page: str = MarkdownIt("commonmark").enable("table").render(render(result, Format.MARKDOWN))
    return page


def test_a_point_a_table_and_no_list_where_there_is_nothing_to_say() -> None:
    assert render(SMOOTH, Format.MARKDOWN) == (
        "`df/dx` at x = 2 is **196**: all three witnesses agree\n"
        "\n"
        "At `x = 2`:\n"
        "\n"
        "|  | formula | autograd | symbolic | quotient | difference | verdict |\n"
        "|---|---|---:|---:|---:|---:|---|\n"
        "| `f` | `5x^4 + 3x^3` | 104 | 104 | 104 | 0 | agree |\n"
        "| `df/dx` | `20x^3 + 9x^2` | 196 | 196 | 196 | 0 | agree |\n"
    )


def test_remarks_are_a_list() -> None:
    assert render(CORNER, Format.MARKDOWN).endswith(
        "\n\n- `df/dx`: the slope jumps here, so there is no derivative; autograd's 0 is torch's convention\n"
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
    numbers, *_ = tables = html(SAMPLES[name]).split("<table>")[1:]
    assert numbers.count("<tr>") == 2 + len(SAMPLES[name].derivatives)
    for table in tables:
        header, *rows = table.split("<tr>")[1:]
        assert {row.count("</td>") for row in rows} == {header.count("</th>")}


def test_matrices_and_contributions_are_tables_and_the_other_views_a_list() -> None:
    assert render(HESSIAN, Format.MARKDOWN).endswith(
        "\n\n"
        "| Hessian | `x` | `y` |\n"
        "|---|---:|---:|\n"
        "| `x` | 802 | -400 |\n"
        "| `y` | -400 | 200 |\n"
        "\n"
        "- eigenvalues: 0.3993607674876216, 1001.6006392325123\n"
        "- a local minimum: the gradient vanishes and all eigenvalues are positive\n"
    )
    assert render(TOTAL, Format.MARKDOWN).endswith(
        "| variable | error | contribution | share |\n"
        "|---|---:|---:|---:|\n"
        "| `x` | 0.01 | 0.12 | 30.8% |\n"
        "| `y` | 0.02 | 0.18 | 69.2% |\n"
        "\n"
        "- tangent plane: `z = 18 + 12*(x - 3) + 9*(y - 2)`\n"
        "- normal line: `x = 3 + 12*t, y = 2 + 9*t, z = 18 - t`\n"
        "- normal vector: `(12, 9, -1)`\n"
        "- differential: `df = 2*x*y*dx + x**2*dy`\n"
        "- at the point: `df = 12*dx + 9*dy`\n"
        "- standard uncertainty of f: 0.21633307652783934\n"
    )


def test_several_functions_share_a_table_and_have_a_jacobian() -> None:
    assert render(SYSTEM, Format.MARKDOWN) == (
        "Note: read `|x|` as `abs(x)`\n"
        "\n"
        "- the gradient of f1 at x = 1, y = 2 is (**2, 1**): all three witnesses agree\n"
        "- the gradient of f2 at x = 1, y = 2 is (**1, -0.4161468365471424**): all three witnesses agree\n"
        "\n"
        "At `x = 1, y = 2`:\n"
        "\n"
        "|  | formula | autograd | symbolic | quotient | difference | verdict |\n"
        "|---|---|---:|---:|---:|---:|---|\n"
        "| `f1` | `x*y` | 2 | 2 | 2 | 0 | agree |\n"
        "| `df1/dx` | `y` | 2 | 2 | 2 | 0 | agree |\n"
        "| `df1/dy` | `x` | 1 | 1 | 1 | 0 | agree |\n"
        "| `f2` | `abs(x) + sin(y)` | 1.9092974268256817 | 1.9092974268256817 | 1.9092974268256817 | 0 | agree |\n"
        "| `df2/dx` | `sign(x)` | 1 | 1 | 1 | 0 | agree |\n"
        "| `df2/dy` | `cos(y)` | -0.4161468365471424 | -0.4161468365471424 | -0.4161468365471424 | 0 | agree |\n"
        "\n"
        "| Jacobian | `x` | `y` |\n"
        "|---|---:|---:|\n"
        "| `f1` | 2 | 1 |\n"
        "| `f2` | 1 | -0.4161468365471424 |\n"
    )


def test_an_equation_says_what_its_number_is() -> None:
    assert "| `F` | left side - right side of `x**2 + y**2 = 25` | 0 |" in render(CURVE, Format.MARKDOWN)


def test_how_the_text_was_read_is_said_first_and_the_other_notes_last() -> None:
    read = replace(SMOOTH, notes=("read `2x` as `2*x`", "sympy gave up"), readings=("read `2x` as `2*x`",))
    text = render(read, Format.MARKDOWN)
    assert text.startswith(
        "Note: read `2x` as `2*x`\n\n`df/dx` at x = 2 is **196**: all three witnesses agree\n\nAt `x = 2`:\n"
    )
    assert text.endswith("| agree |\n\n- sympy gave up\n")
    assert text.count("read `2x`") == 1
