"""Points lie in every region between the places where a function may switch."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING

from derivcli.explanations.regions import between, steady
from derivcli.language.parser import parse
from derivcli.language.tree import variables
from tests.every import for_all

if TYPE_CHECKING:
    from fractions import Fraction


def points(text: str) -> list[dict[str, Fraction]]:
    tree = parse(text).tree
    return between([tree], variables(tree), time.monotonic() + 60)


@for_all(
    ("text", "ends"),
    [
        ("abs(x - 3) + abs(x - 3.0001)", [3, 3.0001]),
        ("abs(x - 1e9)", [1e9]),
        ("asin(100*x)", [-0.01, 0.01]),
        ("where(x < -70, 1, where(x < 8000, 2, 3))", [-70, 8000]),
        ("sqrt((x - 10.123)^2)", [10.123]),
    ],
)
def test_every_region_has_a_point(text: str, ends: list[float]) -> None:
    found = [float(point["x"]) for point in points(text)]
    for low, high in pairwise([float("-inf"), *ends, float("inf")]):
        assert any(low < place < high for place in found)
    assert not set(found) & set(ends)


def test_what_has_one_formula_everywhere_needs_no_points() -> None:
    assert points("x^2*sin(x)") == []


def test_in_the_plane_both_sides_of_a_line_have_points() -> None:
    signs = {point["x"] > 400 * point["y"] + 9000 for point in points("abs(x - 400*y - 9000)")}
    assert signs == {True, False}


def test_coordinates_are_found_together() -> None:
    assert any(point["x"] > 1000 and point["y"] > 2000 for point in points("log(x - 1000) + log(y - 2000)"))


def test_no_point_lies_where_two_variables_are_the_same() -> None:
    assert all(len(set(point.values())) == 3 for point in points("max(x, y, z)"))


def test_points_are_written_short() -> None:
    assert {point["x"].denominator for point in points("abs(x - 5)")} <= {1, 2, 5, 10, 100, 50, 20, 25}


@for_all(
    ("text", "kept"),
    [
        ("abs(x - 2)", [1, 3]),
        ("floor(x)", []),
        ("x^2", [1, 2, 3]),
        ("floor(1e6*x + 1/2)", []),  # crowded all along
        ("x + abs(y)", []),  # somewhere in the plane
        ("x*y", [1, 2, 3]),
    ],
)
def test_values_are_kept_where_nothing_switches_for_sure(text: str, kept: list[int]) -> None:
    tree = parse(text).tree
    assert steady([tree], variables(tree), (1, 2, 3), time.monotonic() + 60) == kept


def test_a_giant_is_left_alone() -> None:
    assert points(" + ".join(f"abs(x - {k})" for k in range(1000))) == []


@for_all("text", ["where(abs(x-3.3333)<1e-6, x, 0)", "where((x-3.3333)^2<1e-12, x, 0)"])
def test_a_narrow_region_around_a_kink_or_a_turning_point_has_a_point(text: str) -> None:
    assert any(abs(float(point["x"]) - 3.3333) < 1e-6 for point in points(text))
