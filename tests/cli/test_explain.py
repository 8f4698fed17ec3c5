"""Steps and hints on the command line, in every format that has room for them."""

from __future__ import annotations

import json
import subprocess
from shutil import which
from typing import TYPE_CHECKING

import pytest

from derivcli.document import Canvas, Format, render
from derivcli.explanations import rules
from derivcli.explanations.asking import explain
from derivcli.explanations.way import Rule
from derivcli.language.tree import Node
from tests.cli import SECONDS, complaint, deriv, validator
from tests.every import for_all
from tests.explanations.functions import FUNCTIONS

if TYPE_CHECKING:
    from pathlib import Path


def test_a_derivation_is_an_indented_list_of_equations() -> None:
    answer = deriv("x^2*sin(x)", "--steps")
    assert answer.code == 0
    assert answer.out.split("\n\n")[1] == "\n".join(
        (
            "  steps to df/dx:",
            "    d/dx[x^2*sin(x)] = d/dx[x^2]*sin(x) + x^2*d/dx[sin(x)]   product rule",
            "      d/dx[x^2] = 2x                  power rule",
            "      d/dx[sin(x)] = cos(x)           derivative of sin",
            "    df/dx = 2x*sin(x) + x^2*cos(x)    put together",
            "          = x*(x*cos(x) + 2*sin(x))   tidied",
        )
    )


def test_full_steps_have_their_reasons_and_numbers() -> None:
    answer = deriv("sin(x^2)", "--at", "x=0", "--steps=full")
    assert "d/dx[x^2] = 2x = 0" in answer.out
    assert "chain rule, u = x^2: the derivative of sin(u) is cos(u)" in answer.out


def test_steps_on_a_narrow_screen_have_their_reasons_below() -> None:
    text = render(explain("x^2*sin(x)"), Format.TABLE, Canvas(width=60))
    assert all(len(line) <= 60 for line in text.splitlines())
    assert "\n        product rule\n" in text


def test_partial_derivatives_have_a_round_d() -> None:
    assert "∂/∂x[x^2*y] = 2x*y" in deriv("x^2*y", "--steps").out


def test_the_notation_is_that_of_the_question() -> None:
    assert "d/dx[x**2*exp(x)] = d/dx[x**2]*exp(x) + x**2*d/dx[exp(x)]" in deriv("x**2*exp(x)", "--steps").out
    assert "derivative of ln" in deriv("x*ln(x)", "--steps").out


def test_steps_stand_in_json() -> None:
    answer = deriv("x^2*sin(x)", "--steps", "--json")
    found = json.loads(answer.out)
    validator("result").validate(found)
    first = found["derivatives"][0]["steps"][0]
    assert (first["rule"], first["before"], first["span"]) == ("product rule", "x**2*sin(x)", [0, 11])


def test_steps_in_markdown_are_a_list_in_lists() -> None:
    assert (
        "\n  - `d/dx[sin(x)] = cos(x)`: derivative of sin\n"
        in deriv("x^2*sin(x)", "--steps", "--format", "markdown").out
    )


def test_steps_in_latex_are_rows_of_an_align() -> None:
    text = deriv("x^2*sin(x)", "--steps", "--format", "latex").out
    assert text.startswith("\\begin{align*}\n")
    assert r"\frac{d}{dx}\left[x^{2}\right] &= 2 x && \text{power rule} \\" in text
    assert text.count(r"\left") == text.count(r"\right")


def test_on_a_curve_the_slope_is_written_as_it_is_meant() -> None:
    text = deriv("x^2+y^2=25", "--implicit", "y", "--steps").out
    assert "d/dx[y^2] = 2y*dy/dx" in text
    assert "2x + 2y*dy/dx = 0" in text


def test_a_hint_is_the_next_rule_and_not_the_answer() -> None:
    answer = deriv("x^2*sin(x)", "--hint")
    assert (answer.code, answer.out) == (0, "  df/dx: product rule, on x^2*sin(x)\n")


def test_a_hint_gives_no_derivative_away_that_was_asked_for_too() -> None:
    assert (
        deriv("x^3", "--hint", "--order", "2").out == "  df/dx: power rule, on x^3\n  d²f/dx²: power rule, on df/dx\n"
    )
    hints = json.loads(deriv("x^3", "--hint", "--order", "2", "--json").out)["hints"]
    assert [hint["before"] for hint in hints] == ["x**3", "df/dx"]


def test_a_hint_is_never_nothing() -> None:
    assert deriv("5", "--hint").out == "  df/dx: constant rule, on 5\n"
    said = "  note: there are no steps to df/dx: no form of it is known, or it is too long\n"
    assert deriv("zeta(x)", "--hint").out == said


def test_a_hint_in_json_has_no_after() -> None:
    answer = deriv("sin(x^2)", "--hint", "--json")
    assert json.loads(answer.out)["hints"][0] == {
        "name": "df/dx",
        "rule": "chain rule",
        "before": "sin(x**2)",
        "after": None,
        "wrt": "x",
        "span": [0, 9],
        "inner": "x**2",
        "reason": "the derivative of `sin(u)` is `cos(u)`",
        "depth": 0,
    }


def test_steps_that_fail_their_check_end_in_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = Rule("sine", lambda part, _way: Node("sin", part.args) if part.op == "sin" else None)
    monkeypatch.setattr(rules, "RULES", (wrong, *rules.RULES))
    answer = deriv("x + sin(x)^2", "--steps")
    assert (answer.code, answer.out) == (70, "")
    assert "steps could not be checked" in answer.err


@for_all(
    ("arguments", "said"),
    [
        (("x*y", "--steps", "--along", "x=1,y=2"), "--steps and --along do not go together"),
        (("x^2", "--steps", "--hint"), "--hint and --steps do not go together"),
        (("x^2", "--steps", "--plot"), "--steps and --plot do not go together"),
        (("x^2", "--steps", "--csv"), "--steps and --format csv do not go together"),
        (("x^2", "--hint", "--format", "latex"), "--hint and --format latex do not go together"),
        (("x^2", "--steps", "--at", "x=0:1:11"), "--steps takes one point"),
        (("x^2", "--steps=long"), "--steps is brief, full, not `long`"),
        (("x +", "--steps"), "error: "),
    ],
)
def test_what_steps_do_not_go_with_is_said(arguments: tuple[str, ...], said: str) -> None:
    assert said in complaint(*arguments)


def test_an_expression_may_follow_the_option() -> None:
    assert deriv("--steps", "x^2").out == deriv("x^2", "--steps").out
    assert deriv("--steps", "full", "x^2").code == 0


def test_an_answer_is_judged_in_one_line_and_the_mistake_in_another() -> None:
    answer = deriv("x^2*sin(x)", "--check", "2x cos(x)")
    assert answer.code == 1
    assert answer.out == "\n".join(
        (
            "  df/dx = 2x*cos(x) is wrong: at x = 1 it is 1.0806, df/dx is 2.22324",
            "    mistake: product of the derivatives, in x^2*sin(x)",
            "      d/dx[x^2*sin(x)] = d/dx[x^2]*sin(x) + x^2*d/dx[sin(x)]   product rule",
            "",
        )
    )


def test_a_right_answer_ends_with_0_and_shows_no_derivative() -> None:
    answer = deriv("x^2", "--check", "x+x")
    assert (answer.code, answer.out) == (0, "  df/dx = x + x is right: proved by algebra\n")


def test_an_answer_may_come_from_standard_input() -> None:
    assert deriv("x^2", "--check", "-", stdin=b"2x\n").code == 0


def test_a_quiet_check_is_the_verdict_alone() -> None:
    assert (deriv("x^2", "--check", "2x", "-q").out, deriv("x^2", "--check", "3x", "-q").out) == ("right\n", "wrong\n")
    answer = deriv("x^2*y", "--check", "2x*y", "--check", "x^3", "--format", "value")
    assert (answer.code, answer.out) == (1, "right\nwrong\n")


def test_a_check_beside_other_variables_has_a_round_d_everywhere() -> None:
    assert "it is 1, ∂f/∂y is 2" in deriv("x*y^2", "--wrt", "y", "--at", "x=1", "--at", "y=1", "--check", "1").out


def test_an_answer_for_each_derivative() -> None:
    assert deriv("x^2*y", "--check", "2x*y", "--check", "x^2").code == 0
    assert deriv("x^2*y", "--check", "2x*y", "--check", "x^3").code == 1


def test_a_judgement_stands_in_json_and_markdown() -> None:
    found = json.loads(deriv("sin(2x)", "--check", "cos(2x)", "--json").out)
    validator("result").validate(found)
    assert found["check"]["verdict"] == "wrong"
    assert found["check"]["mistakes"][0]["rule"] == "inner derivative missing"
    assert found["derivatives"][0]["check"] == found["check"]
    text = deriv("sin(2x)", "--check", "cos(2x)", "--format", "markdown").out
    assert text.startswith("- `df/dx` = `cos(2x)` is wrong: ")


@for_all(
    ("arguments", "said"),
    [
        (("x^2", "--check", "2x +"), "error: something is missing after `+`\n  2x +\n     ^"),
        (("x^2", "--check", "2t"), "error: `t` does not occur in the expression\n  2t\n   ^"),
        (("x^2", "--check", "2x", "--steps"), "--check and --steps do not go together"),
        (("x^2", "--check", "2x", "--format", "latex"), "--check and --format latex do not go together"),
        (("x*y", "--check", "y"), "1 answer for 2 derivatives"),
        (("x*y", "--check", "y, x"), "hint: give a --check for each of df/dx, df/dy, or name a variable: --wrt x"),
        (("x^2", "--check", "2x", "--tangent", "--at", "x=1"), "--check and --tangent do not go together"),
        (("x^2", "--hint", "--taylor", "2", "--at", "x=1"), "--hint and --taylor do not go together"),
        (("x^2", "--check", ""), "error: the answer is empty\nhint: give the derivative, such as --check 2x"),
        (("x^2", "--check", "2x dx"), "error: `dx` is no part of a derivative\n  2x dx\n     ^^\nhint: leave it out"),
        (("x^2", "--check", "2x, 3"), "error: an answer is one formula\n  2x, 3\n    ^\nhint: several answers have"),
        (("--check", "2x"), "there is no expression"),
    ],
)
def test_what_a_check_cannot_do_is_said(arguments: tuple[str, ...], said: str) -> None:
    assert said in complaint(*arguments)


_OF_TEX = (
    "x^2*sin(x)",
    "x!",
    "sin(30°*x)",
    "my_rate*a_1*x^2",
    "x % 3 + |x|",
    "where(x<1 and x>0, x^2, |x|)",
    "x^x/ln(x)",
)


@for_all("text", _OF_TEX)
def test_brackets_in_latex_are_closed(text: str) -> None:
    rows = deriv(text, "--steps=full", "--format", "latex").out.splitlines()[1:-1]
    for row in rows:
        assert row.count(r"\left") == row.count(r"\right")
        assert row.count("{") == row.count("}")
        assert row.count("&=") <= 1
        assert row.endswith(r"\\") == (row is not rows[-1])


@pytest.mark.nightly
@pytest.mark.skipif(which("pdflatex") is None, reason="needs TeX")
def test_steps_in_latex_compile(tmp_path: Path) -> None:
    texts = [*_OF_TEX, *list(FUNCTIONS)[1::8]]  # the first is a constant, which has no steps
    blocks = [deriv(text, "--steps=full", "--format", "latex").out for text in texts]
    head = r"\documentclass{article}\usepackage{amsmath,amssymb}\begin{document}"
    (tmp_path / "steps.tex").write_text("\n\n".join((head, *blocks, r"\end{document}")), encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "steps.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=SECONDS)
    assert done.returncode == 0, done.stdout[-2000:]
