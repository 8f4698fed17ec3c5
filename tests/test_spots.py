"""The points that are tried where nobody has named one."""

from __future__ import annotations

from derivcli.language.assignments import parse_value
from derivcli.spots import candidates


def test_every_variable_gets_a_value_at_every_point() -> None:
    for names in ((), ("x",), ("x", "y", "z"), tuple(f"x{k}" for k in range(30))):
        assert all(tuple(point) == names for point in candidates(names))


def test_there_are_several_points_but_few_where_there_are_many_variables() -> None:
    assert len(candidates(("x",))) >= 6
    assert 1 <= len(candidates(tuple(f"x{k}" for k in range(1_000)))) <= 3


def test_the_coordinates_have_both_signs_and_both_sides_of_one() -> None:
    values = [float(point["x"]) for point in candidates(("x",))]
    assert any(-1 < value < 0 for value in values)
    assert any(0 < value < 1 for value in values)
    assert any(value > 1 for value in values)
    assert any(value < -1 for value in values)
    assert len(set(values)) == len(values)


def test_no_coordinate_is_special_to_a_function() -> None:
    for point in candidates(("x", "y")):
        assert point["x"] != point["y"]
        assert all(not (2 * float(value)).is_integer() for value in point.values())


def test_the_coordinates_are_values_of_the_language() -> None:
    for point in candidates(("x", "y")):
        assert [parse_value(name, text) for name, text in point.items()]


def test_the_points_are_the_same_every_time() -> None:
    assert candidates(("a", "b")) == candidates(("a", "b"))
