"""Lines in braille and in ASCII."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcli.plot.dots import Dots


def drawn(x: list[float], y: list[float], *, unicode: bool = True) -> list[str]:
    dots = Dots(3, 2, unicode=unicode)
    dots.line(np.array(x), np.array(y))
    return ["".join(row) for row in dots.cells()]


def test_a_diagonal_goes_from_corner_to_corner() -> None:
    assert drawn([0.0, 1.0], [0.0, 1.0]) == [" ⢠⠊", "⡰⠁ "]
    assert drawn([0.0, 1.0], [0.0, 1.0], unicode=False) == [" .'", "|' "]


def test_what_is_outside_is_cut_off() -> None:
    assert drawn([0.0, 1.0], [5.0, 6.0]) == ["   ", "   "]


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(-1e9, 1e9)), min_size=2, max_size=9), st.booleans())
def test_any_line_can_be_drawn(points: list[tuple[float, float]], unicode: bool) -> None:
    x, y = (list(column) for column in zip(*points, strict=True))
    rows = drawn(x, y, unicode=unicode)
    assert [len(row) for row in rows] == [3, 3]


@pytest.mark.parametrize("unicode", [True, False])
def test_a_line_has_no_gaps(unicode: bool) -> None:
    assert all(any(row[k] != " " for row in drawn([0.0, 1.0], [0.1, 0.9], unicode=unicode)) for k in range(3))
