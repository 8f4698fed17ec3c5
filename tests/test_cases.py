"""A request that has been read: what the witnesses are asked, and what cannot be read at all."""

from __future__ import annotations

import time
from typing import Any

import pytest

from derivcli.api import request_of
from derivcli.cases import Case, candidates, due, read
from derivcli.errors import DerivError
from derivcli.language.assignments import parse_value
from derivcli.witnesses import client


def case(text: str, **wanted: Any) -> Case:
    request = request_of(text, wanted)
    return read(request, due(request))


def test_a_point_is_asked_about_with_every_derivative() -> None:
    found = case("x^2*y", at={"x": "2", "y": "3"})
    assert found.sent.wrt == (("x",), ("y",))
    assert [sorted(point) for point in found.sent.points] == [["x", "y"]]
    assert (found.at_point, found.sent.whole, found.direction) == (True, True, None)


def test_without_a_point_there_are_places_to_check() -> None:
    found = case("x^2")
    assert not found.at_point
    assert len(found.sent.points) > 3


def test_a_direction_makes_f_a_function_of_how_far_one_has_gone() -> None:
    found = case("x*y", at={"x": "1", "y": "2"}, along={"x": "3", "y": "4"})
    assert found.direction == {"x": 3.0, "y": 4.0}
    assert len(found.sent.wrt) == 2  # along it, and along the unit vector
    assert not found.sent.whole
    unit = case("x*y", at={"x": "1", "y": "2"}, along={"x": "0.6", "y": "0.8"})
    assert len(unit.sent.wrt) == 1


@pytest.mark.parametrize(
    ("length", "message"),
    [("0", "the direction is 0, or too small for float64"), ("1.5e308", "the direction is too large")],
)
def test_a_direction_without_a_length_is_refused(length: str, message: str) -> None:
    with pytest.raises(DerivError) as caught:
        case("x*y", at={"x": "1", "y": "2"}, along={"x": length, "y": length})
    assert caught.value.message == message
    assert caught.value.hint == "give a direction such as --along x=1,y=2"


def test_the_second_point_stays_where_it_is_not_told_otherwise() -> None:
    found = case("x*y", at={"x": "1", "y": "2"}, near={"y": "2.5"}, taylor=2)
    assert found.sent.near is not None
    assert [found.sent.near[name].instructions[-1].text for name in "xy"] == ["1", "2.5"]


def test_the_worker_is_started_once_the_texts_have_been_read() -> None:
    client.stop()
    with pytest.raises(DerivError):
        case("x +")
    assert client._worker is None
    case("x")
    assert client._worker is not None


def test_the_deadline_is_the_timeout_from_now_however_long_that_is() -> None:
    assert 0 <= due(request_of("x", {"timeout": 5.0})) - time.monotonic() <= 5
    assert due(request_of("x", {"timeout": 1e300})) - time.monotonic() <= 1e6


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
