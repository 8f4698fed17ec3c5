"""Columns of a record batch as Python values."""

from __future__ import annotations

import datetime

import pyarrow as pa

from derivcli.model.batches import values

NANOSECONDS = 1_234_567_890_123


def test_values_are_those_of_python() -> None:
    assert values(pa.array([1, None, 3])) == [1, None, 3]
    assert values(pa.array([[True], None])) == [[True], None]


def test_a_time_to_the_nanosecond_is_a_text() -> None:
    assert values(pa.array([NANOSECONDS, None], pa.timestamp("ns"))) == ["1970-01-01 00:20:34.567890123", None]
    assert values(pa.array([NANOSECONDS, None], pa.time64("ns"))) == ["00:20:34.567890123", None]


def test_a_time_without_nanoseconds_is_one_of_pythons_whether_or_not_pandas_is_there() -> None:
    (found,) = values(pa.array([NANOSECONDS - 123], pa.timestamp("ns")))
    assert type(found) is datetime.datetime
    assert found.microsecond == 567_890


def test_a_year_that_python_does_not_know_is_a_text() -> None:
    assert values(pa.array([10**12, None], pa.timestamp("s"))) == ["<value out of range: 1000000000000>", None]


def test_a_list_of_such_times_is_a_text() -> None:
    column = pa.array([[NANOSECONDS], None], pa.list_(pa.timestamp("ns")))
    assert values(column) == ["[ 1970-01-01 00:20:34.567890123 ]", None]
