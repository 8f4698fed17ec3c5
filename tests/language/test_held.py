"""Parts of a formula that a slope is asked by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from derivcli.errors import DerivError
from derivcli.language import question
from derivcli.language.diagnostics import draw
from derivcli.language.lowering import compile_tree
from derivcli.language.parser import parse
from derivcli.language.printer import to_text

if TYPE_CHECKING:
    from collections.abc import Mapping

XY = {"x": "1", "y": "2"}
SINE = "z = x*y; z^2 + sin(z)"
CHAIN = "z = x*y; w = z^2; f = w + z"
HELD = "`z` is held as a variable of its own, as torch's retain_grad does"
DEEP = 60


def read(text: str, at: Mapping[str, str] | None, *wrt: str) -> question.Question:
    return question.read(text, at, wrt)


def coordinates(asked: question.Question) -> dict[str, str]:
    return {name: to_text(tree) for name, tree in (asked.point or {}).items()}


def complaint(text: str, at: Mapping[str, str] | None, *wrt: str) -> str:
    with pytest.raises(DerivError) as caught:
        read(text, at, *wrt)
    return draw(caught.value)


@pytest.mark.parametrize(
    ("text", "wrt", "f"),
    [
        (SINE, "z", "z**2 + sin(z)"),
        (CHAIN, "z", "z**2 + z"),
        (CHAIN, "w", "w + x*y"),
        (CHAIN, "zw", "w + z"),
        ("z = x*y; x*z", "zx", "x*z"),
        ("let z = x; v = 2*z; v*u; u = v + 1", "v", "v*(v + 1)"),
    ],
)
def test_a_part_stays_where_it_is_used_also_by_way_of_others(text: str, wrt: str, f: str) -> None:
    assert to_text(read(text, None, *wrt).tree) == f


def test_its_coordinate_is_its_definition_at_the_point() -> None:
    asked = read(SINE, XY, "z")
    assert asked.variables == asked.wrt == ("z",)
    assert coordinates(asked) == {"z": "1*2"}
    assert asked.texts == {"z": "x*y"}


def test_several_have_their_coordinates_by_way_of_one_another() -> None:
    asked = read("w = v + 1; v = 2*z; z = x*y; w*z*x", {"x": "1/3", "y": "pi"}, "z", "w")
    assert asked.variables == ("w", "z", "x")
    assert coordinates(asked) == {"w": "2*(1/3*pi) + 1", "z": "1/3*pi", "x": "1/3"}
    assert asked.texts == {"w": "v + 1", "z": "x*y", "x": "1/3"}


def test_a_part_without_variables_has_a_coordinate_as_well() -> None:
    assert coordinates(read("z = 2; z^2", {}, "z")) == {"z": "2"}


def test_without_a_point_it_is_free() -> None:
    asked = read(SINE, None, "z")
    assert (asked.variables, asked.point, asked.texts) == (("z",), None, None)


def test_a_notation_and_a_mixed_derivative_hold_what_they_name() -> None:
    assert to_text(read("d/dz (z^2 + w); w = z; z = x*y", None, "z").tree) == "z**2 + z"
    assert question.read("d/dz (z^2); z = x*y", XY, None).wrt == ("z",)
    asked = question.read("z = x*y; x*z", XY, None, partly=("z", "x"))
    assert (asked.variables, asked.wrt) == (("x", "z"), ("x", "z"))


def test_the_notes_say_what_is_held_and_which_slopes_it_leaves_something_out_of() -> None:
    inside = "`{}` is held inside {}: slopes by `{}` leave that way out; torch's grad counts it"
    assert read(SINE, XY, "z").notes == ("f is `z^2 + sin(z)`", HELD)
    assert read("z = x*y; x*z", None, "z", "x").notes[1:] == (HELD, inside.format("x", "`z`", "x"))
    assert read(CHAIN, None, "z", "w").notes[1:] == (
        "`z` is held as a variable of its own",
        inside.format("z", "`w`", "z"),
        HELD.replace("z", "w"),
    )
    both = read("z = x*y; w = x^2; x*z*w", None, "x", "z", "w").notes
    assert inside.format("x", "`z` and `w`", "x") in both


def test_how_a_value_inside_was_read_is_said() -> None:
    assert read(SINE, {"x": "1/2pi", "y": "2"}, "z").notes[-1] == (
        "in the value of `x`: `1/2pi` was read as `(1/2)*pi`"
    )


def test_what_no_slope_asks_for_is_put_in_its_place() -> None:
    assert read(SINE, XY, "x").held == {}
    assert parse(SINE, ("z",)).tree == parse(SINE).tree


@pytest.mark.parametrize(
    ("text", "at", "wrt", "said"),
    [
        (SINE, {"x": "1"}, "z", f"error: no value for `y`\n  {SINE}\n        ^\nhint: add --at y=..."),
        (
            SINE,
            {**XY, "q": "3"},
            "z",
            "error: a value for `q`, which does not occur in the expression\nhint: its variables are x, y",
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
    assert complaint(text, at, *wrt) == said


def test_a_mixed_derivative_by_what_is_only_inside_is_refused() -> None:
    with pytest.raises(DerivError, match=r"^`x` occurs only inside `z`, which is held$"):
        question.read(SINE, XY, None, partly=("z", "x"))


def test_a_long_chain_of_parts_is_held_in_its_middle() -> None:
    lines = ["b0 = x + x", *(f"b{i} = b{i - 1} + b{i - 1}" for i in range(1, DEEP)), f"b{DEEP - 1}"]
    asked = read("; ".join(lines), {"x": "1"}, f"b{DEEP // 2}")
    assert asked.point is not None
    assert len(compile_tree(asked.tree).instructions) == DEEP // 2
    assert len(compile_tree(asked.point[f"b{DEEP // 2}"]).instructions) == DEEP // 2 + 2
