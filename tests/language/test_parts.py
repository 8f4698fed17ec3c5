"""Formulas with names for their parts, and parts that a slope is asked by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from derivcli.errors import DerivError, PointError
from derivcli.language import question
from derivcli.language.diagnostics import draw
from derivcli.language.lowering import compile_tree
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from tests.every import for_all
from tests.language import complaint, drawn, read

if TYPE_CHECKING:
    from collections.abc import Mapping


CHAIN = 60


@for_all(
    ("text", "plain"),
    [
        ("z = x*y; z^3 + cos(z)", "(x*y)^3 + cos(x*y)"),
        ("b*exp(-u); u = x/s; b = 2", "2*exp(-(x/s))"),
        ("a=3, b=4, a*x + b", "3*x + 4"),
        ("z = w*x + b\np = tanh(z)\nloss = (p - t)**2\nreturn loss", "(tanh(w*x + b) - t)^2"),
        ("z = x*y\nloss = z**2", "(x*y)^2"),
        ("f(x) = z^2\nz = 2*x", "(2*x)^2"),
        ("import numpy as np\nz = np.exp(x)\nz + 1", "exp(x) + 1"),
        ("def f(x):\n    z = 2*x\n    return z**2", "(2*x)^2"),
        ("let z = x*y; const w = z + 1; w^2", "(x*y + 1)^2"),
        ("s <- 2*x; s^2", "(2*x)^2"),
        ("z = (x +\n  y)\nz^2", "(x + y)^2"),
        ("d/dx (z^2); z = 3*x", "(3*x)^2"),
        ("e = 3; e*x", "3*x"),
        ("f(x) = z^2; z = 2*x", "(2*x)^2"),
        ("f(x) = x^2; g(x) = f(x) + 1", "x^2 + 1"),
        ("f(x, y) = x*y; 2*f(x, y)^2", "2*(x*y)^2"),
    ],
)
def test_a_name_stands_for_its_definition(text: str, plain: str) -> None:
    assert read(text) == read(plain)


@pytest.mark.parametrize("text", ["y = x^2", "y = x^2;", "z := x^2", "x\n+ 1", "y = x^2\n - 3"])
def test_a_text_of_one_part_has_no_definitions(text: str) -> None:
    assert parse(text).definitions is None


def test_the_answer_says_which_part_is_f_and_which_are_not_used() -> None:
    assert parse("z = x*y; q = 2; z^2").notes == ("f is `z^2`", "`q` is defined but not used")
    assert parse("y = x^3; d/dx y").notes == ("f is `y`",)
    assert parse("y = x^3; dy/dx").notes == ()  # it says so itself
    assert parse("z = x*y; w = z^2").notes == ("f is `w`, the last of the definitions",)


def test_the_definitions_are_kept() -> None:
    found = parse("z = x*y; z^2").definitions
    assert found is not None
    assert found.texts == {"z": "x*y"}
    assert found.whole == "z = x*y; z**2"
    assert read(found.whole) == read("z = x*y; z^2")


def test_parts_are_shared_in_the_program() -> None:
    lines = ["b0 = x + x", *(f"b{i} = b{i - 1} + b{i - 1}" for i in range(1, CHAIN)), f"b{CHAIN - 1}"]
    tree = parse("; ".join(lines)).tree
    assert tree.size == 2 ** (CHAIN + 1) - 1
    assert len(compile_tree(tree).instructions) == CHAIN + 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a = b; b = 2*a; a*x",
            drawn("`a` is defined by itself", "a = b; b = 2*a; a*x", "^", "give the next value a name of its own"),
        ),
        (
            "z = z + x; z^2",
            drawn("`z` is defined by itself", "z = z + x; z^2", "^", "give the next value a name of its own"),
        ),
        (
            "a = 1; a = 2; a*x",
            drawn(
                "`a` is defined twice",
                "a = 1; a = 2; a*x",
                "       ^",
                "a name has one definition: give each part its own name",
            ),
        ),
        (
            "a = 1; a*x; a*y",
            drawn(
                "a second expression has no name",
                "a = 1; a*x; a*y",
                "            ^",
                "name all parts but one: `a = x*y; a^2`",
            ),
        ),
    ],
)
def test_definitions_that_do_not_fit_are_refused(text: str, message: str) -> None:
    assert complaint(text) == message


def test_another_argument_of_a_part_is_refused() -> None:
    hint = "only `f(x)` can be used here: write the formula out with the other argument"
    for call in ("f(2x)", "f(3)", "f(x²)", "f(x!)", "f(x y)", "f(x^2)", "f(x, x)"):
        text = f"f(x) = x^2; {call} + 1"
        assert complaint(text) == drawn(f"`{call}` is a value of `f`", text, " " * 12 + "^" * len(call), hint)


def test_a_name_that_ends_with_a_part_is_refused_before_its_variables() -> None:
    text = "f(x) = x^2; xf(x)"
    message = "`xf(x)` could be a product or one name"
    assert complaint(text) == drawn(message, text, " " * 12 + "^^^^^", "write `x*f(x)` to multiply")


def test_a_decimal_comma_parts_nothing() -> None:
    for text in ("y = 0,5x^2", "f(x)=0,5·x²"):
        assert "a decimal point is written `.`" in complaint(text)


@pytest.mark.parametrize("text", [", y = 2", ", = 3", ",x=", "f(x", "f(x=2", ";y'", "f'", "= ,x = 3 ;"])
def test_what_no_part_can_be_is_refused(text: str) -> None:
    assert complaint(text).startswith("error: ")


def test_a_line_in_doubt_is_refused() -> None:
    assert complaint("a = 2*x\n-a^2\na*b = 1").startswith("error: this line could continue the one before")


def test_a_defined_name_has_no_value_of_its_own() -> None:
    with pytest.raises(PointError) as caught:
        question.read("z = 2*x; z^2", {"x": "1", "z": "3"}, None)
    assert draw(caught.value) == (
        "error: `z` is defined in the expression and given a value\nhint: leave one of them out"
    )


XY = {"x": "1", "y": "2"}
SINE = "z = x*y; z^2 + sin(z)"
LINKED = "z = x*y; w = z^2; f = w + z"
HELD = "`z` is held as a variable of its own, as torch's retain_grad does"
DEEP = 60


def question_at(text: str, at: Mapping[str, str] | None, *wrt: str) -> question.Question:
    return question.read(text, at, wrt)


def coordinates(asked: question.Question) -> dict[str, str]:
    return {name: to_text(tree) for name, tree in (asked.point or {}).items()}


def refusal(text: str, at: Mapping[str, str] | None, *wrt: str) -> str:
    with pytest.raises(DerivError) as caught:
        question_at(text, at, *wrt)
    return draw(caught.value)


@for_all(
    ("text", "wrt", "f"),
    [
        (SINE, "z", "z**2 + sin(z)"),
        (LINKED, "z", "z**2 + z"),
        (LINKED, "w", "w + x*y"),
        (LINKED, "zw", "w + z"),
        ("z = x*y; x*z", "zx", "x*z"),
        ("let z = x; v = 2*z; v*u; u = v + 1", "v", "v*(v + 1)"),
    ],
)
def test_a_part_stays_where_it_is_used_also_by_way_of_others(text: str, wrt: str, f: str) -> None:
    assert to_text(question_at(text, None, *wrt).tree) == f


def test_its_coordinate_is_its_definition_at_the_point() -> None:
    asked = question_at(SINE, XY, "z")
    assert asked.variables == asked.wrt == ("z",)
    assert coordinates(asked) == {"z": "1*2"}
    assert asked.texts == {"z": "x*y"}


def test_several_have_their_coordinates_by_way_of_one_another() -> None:
    asked = question_at("w = v + 1; v = 2*z; z = x*y; w*z*x", {"x": "1/3", "y": "pi"}, "z", "w")
    assert asked.variables == ("w", "z", "x")
    assert coordinates(asked) == {"w": "2*(1/3*pi) + 1", "z": "1/3*pi", "x": "1/3"}
    assert asked.texts == {"w": "v + 1", "z": "x*y", "x": "1/3"}


def test_a_part_without_variables_has_a_coordinate_as_well() -> None:
    assert coordinates(question_at("z = 2; z^2", {}, "z")) == {"z": "2"}


def test_without_a_point_it_is_free() -> None:
    asked = question_at(SINE, None, "z")
    assert (asked.variables, asked.point, asked.texts) == (("z",), None, None)


def test_a_notation_and_a_mixed_derivative_hold_what_they_name() -> None:
    assert to_text(question_at("d/dz (z^2 + w); w = z; z = x*y", None, "z").tree) == "z**2 + z"
    assert question.read("d/dz (z^2); z = x*y", XY, None).wrt == ("z",)
    asked = question.read("z = x*y; x*z", XY, None, partly=("z", "x"))
    assert (asked.variables, asked.wrt) == (("x", "z"), ("x", "z"))


def test_the_notes_say_what_is_held_and_which_slopes_it_leaves_something_out_of() -> None:
    inside = "`{}` is held inside {}: slopes by `{}` leave that part out; torch's grad includes it"
    assert question_at(SINE, XY, "z").notes == ("f is `z^2 + sin(z)`", HELD)
    assert question_at("z = x*y; x*z", None, "z", "x").notes[1:] == (HELD, inside.format("x", "`z`", "x"))
    assert question_at(LINKED, None, "z", "w").notes[1:] == (
        "`z` is held as a variable of its own",
        inside.format("z", "`w`", "z"),
        HELD.replace("z", "w"),
    )
    both = question_at("z = x*y; w = x^2; x*z*w", None, "x", "z", "w").notes
    assert inside.format("x", "`z` and `w`", "x") in both


def test_how_a_value_inside_was_read_is_said() -> None:
    assert question_at(SINE, {"x": "1/2pi", "y": "2"}, "z").notes[-1] == (
        "in the value of `x`: `1/2pi` was read as `(1/2)*pi`"
    )


def test_what_no_slope_asks_for_is_put_in_its_place() -> None:
    assert question_at(SINE, XY, "x").held == {}
    assert parse(SINE, ("z",)).tree == parse(SINE).tree


@for_all(
    ("text", "at", "wrt", "said"),
    [
        (SINE, {"x": "1"}, "z", f"error: no value for `y`\n  {SINE}\n        ^\nhint: add y=... in `at`"),
        (
            SINE,
            {**XY, "q": "3"},
            "z",
            "error: `q` has a value, but does not occur in the expression\nhint: its variables are x, y",
        ),
        (
            SINE,
            {**XY, "z": "3"},
            "z",
            "error: `z` is defined in the expression and given a value\nhint: leave one of them out",
        ),
        (
            SINE,
            XY,
            "zx",
            "error: `x` occurs only inside `z`, which is held\nhint: ask for each by itself: --wrt x",
        ),
        ("z = x*y; q = 2*x; z^2", XY, "q", "error: f does not use `q`\nhint: f is `z**2`"),
        ("z = x*y; q = z^2", XY, "q", "error: f does not use `q`\nhint: f is `z**2`"),
        (SINE, XY, "t", "error: `t` does not occur in the expression\nhint: its variables are x, y"),
        (
            "z = z + x; z^2",
            None,
            "z",
            "error: `z` is defined by itself\n  z = z + x; z^2\n  ^\nhint: give the next value a name of its own",
        ),
        (
            "z = x^x^x^x; sin(z)",
            {"x": "9"},
            "z",
            "error: the constant is too large: the limit is 4000 digits\n  z = x^x^x^x; sin(z)\n        ^^^^^",
        ),
    ],
)
def test_what_does_not_fit_is_refused(text: str, at: dict[str, str] | None, wrt: str, said: str) -> None:
    assert refusal(text, at, *wrt) == said


def test_a_mixed_derivative_by_what_is_only_inside_is_refused() -> None:
    with pytest.raises(DerivError, match=r"^`x` occurs only inside `z`, which is held$"):
        question.read(SINE, XY, None, partly=("z", "x"))


def test_a_long_chain_of_parts_is_held_in_its_middle() -> None:
    lines = ["b0 = x + x", *(f"b{i} = b{i - 1} + b{i - 1}" for i in range(1, DEEP)), f"b{DEEP - 1}"]
    asked = question_at("; ".join(lines), {"x": "1"}, f"b{DEEP // 2}")
    assert asked.point is not None
    assert len(compile_tree(asked.tree).instructions) == DEEP // 2
    assert len(compile_tree(asked.point[f"b{DEEP // 2}"]).instructions) == DEEP // 2 + 2


@for_all(
    ("text", "typed", "form"),
    [
        ("f(x) = 3x + 2; f^-1(x)", "f^-1(x)", "f(x)^-1"),
        ("f(x) = x^2; 1 + f²(x)", "f²(x)", "f(x)²"),
        ("f(x) = x^2; f^(-1)(x)", "f^(-1)(x)", "f(x)^(-1)"),
        ("f(x, y) = x^2*y; f^2(x, y)", "f^2(x, y)", "f(x, y)^2"),
    ],
)
def test_a_power_before_the_argument_of_a_part_may_be_an_inverse(text: str, typed: str, form: str) -> None:
    hint = f"write `{form}` for the power; an inverse and f of f are to be written out"
    marks = " " * text.index(typed) + "^" * len(typed)
    assert complaint(text) == drawn(f"`{typed}` could mean two things", text, marks, hint)
    plain = text.replace(typed, form)
    assert read(plain) == read(plain.replace("(x)", "").replace("(x, y)", ""))


def test_a_part_beside_its_variable_may_be_a_call() -> None:
    text = "f(x) = x^2; f x"
    assert complaint(text) == drawn("`f x` could mean two things", text, " " * 12 + "^^^", "write `f(x)` or `f*x`")


@for_all(("text", "typed"), [("f(x) = a*x^2; f'(a)", "f'(a)"), ("f(t) = x*t^2; f''(x)", "f''(x)")])
def test_a_slope_of_a_part_at_another_name_is_a_value(text: str, typed: str) -> None:
    assert f"`{typed}` asks for a value of the derivative" in complaint(text)


@for_all("text", ["y = x^3; 2*d2y/dx2", "y = x^3; d2y/dx3", "y = x^3; 1 + dy/dx"])
def test_a_slope_of_a_part_inside_an_expression_is_refused(text: str) -> None:
    assert "a derivative stands inside an expression" in complaint(text)
