"""What notebooks show of an answer."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest

import derivcli
from derivcli import differentiate, explain, parts, tabulate
from derivcli.document import Format, render


def tables(html: str) -> list[list[list[str]]]:
    """Return the cells of each table, row by row; raises for what is no XML."""
    tree = ElementTree.fromstring(html)  # noqa: S314 # our own output
    return [[["".join(cell.itertext()) for cell in row] for row in table.iter("tr")] for table in tree.iter("table")]


def html_of(answer: object) -> str:
    shown = getattr(answer, "_repr_html_")()  # noqa: B009 # a name that is private but for notebooks
    assert isinstance(shown, str)
    return shown


def test_an_answer_is_its_latex_as_a_displayed_equation() -> None:
    result = differentiate("x^2", {"x": 3})
    assert result._repr_latex_() == f"$$\n{render(result, Format.LATEX)}$$"


def test_an_answer_is_a_table_and_a_picture() -> None:
    html = html_of(differentiate("x^3", {"x": 2}, order=2, tangent=True))
    assert tables(html) == [
        [
            ["", "formula", "at x = 2", "verdict"],
            ["f", "x**3", "8", "agree, proved"],
            ["df/dx", "3*x**2", "12", "agree, proved"],
            ["d²f/dx²", "6*x", "12", "agree, proved"],
        ]
    ]
    assert html.count("<svg") == 1
    assert "<?xml" not in html


def test_what_goes_wrong_is_said_under_the_table() -> None:
    html = html_of(differentiate("abs(x)", {"x": 0}))
    assert tables(html)[0][2] == ["df/dx", "sign(x)", "–", "no derivative: corner"]
    assert "<p>df/dx: a corner: the slopes from the left and from the right are different" in html


def test_several_functions_have_a_table_each_and_one_picture() -> None:
    html = html_of(differentiate(["x", "x^2"]))
    assert [table[1:] for table in tables(html)] == [
        [["f1", "x"], ["df1/dx", "1"]],
        [["f2", "x**2"], ["df2/dx", "2*x"]],
    ]
    assert html.count("<svg") == 1


@pytest.mark.parametrize(
    ("text", "at", "wanted"),
    [
        ("x*y", {"x": 1, "y": 2}, {}),
        ("x^2 + y^2 = 25", {"x": 3, "y": 4}, {"implicit": "y"}),
        ("+".join(["sin(x)"] * 60), {"x": 1}, {}),
        ("5", {}, {}),
    ],
)
def test_a_picture_that_is_slow_or_has_no_range_is_left_out(text: str, at: dict[str, int], wanted: Any) -> None:
    html = html_of(differentiate(text, at, **wanted))
    assert "<table>" in html
    assert "<svg" not in html


def test_without_matplotlib_there_is_the_table_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "is_missing", lambda name: name == "matplotlib")
    html = html_of(differentiate("x^2"))
    assert len(tables(html)) == 1
    assert "<svg" not in html


def test_no_text_of_the_user_is_markup() -> None:
    html = html_of(differentiate("where(x < 1, x, 2)", {"x": 0}))
    assert "where(x &lt; 1, x, 2)" in html
    assert tables(html)[0][1][1] == "where(x < 1, x, 2)"


def test_many_points_are_their_first_and_last_rows() -> None:
    table = tabulate("x^2", {"x": range(20)})
    (rows,) = tables(html_of(table))
    assert rows[0] == ["", "f", "df/dx", "status"]
    assert [row[0] for row in rows[1:]] == ["0", "1", "2", "3", "4", "15", "16", "17", "18", "19"]
    assert rows[-1] == ["19", "361", "38", "agree"]
    assert table._repr_latex_() is None


def test_the_package_lists_its_public_names_before_they_are_loaded() -> None:
    code = "import sys, derivcli; print(dir(derivcli) == sorted(derivcli.__all__), 'torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "True False\n"
    assert {"differentiate", "tabulate", "Result", "PointError"} <= set(dir(derivcli))


def test_an_answer_with_steps_is_a_displayed_equation_by_itself() -> None:
    shown = explain("x^2*sin(x)")._repr_latex_()
    assert shown is not None
    assert shown.startswith("\\begin{align*}")
