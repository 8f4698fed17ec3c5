"""Functions of two variables."""

from __future__ import annotations

import numpy as np
import pytest

from derivcli.plot import field, paper, shapes_of
from derivcli.plot.shapes import Surface
from tests.every import at_night


def field_of(text: str, **at: str) -> Surface:
    found = shapes_of(text, at)
    assert isinstance(found, Surface)
    return found


def test_the_field_of_a_product_is_the_product_and_its_gradient_the_other_factor() -> None:
    found = field_of("x*y", x="-2:2", y="0:3")
    x, y = np.meshgrid(found.x, found.y)
    assert found.values == pytest.approx(x * y)
    assert found.gradient[0] == pytest.approx(y)
    assert found.gradient[1] == pytest.approx(x)
    assert (found.x[0], found.x[-1], found.y[0], found.y[-1]) == (-2, 2, 0, 3)


def test_where_f_is_undefined_there_is_no_gradient() -> None:
    found = field_of("log(x*y)", x="-1:2", y="-1:2")
    x, y = np.meshgrid(found.x, found.y)
    assert np.isnan(found.values[x * y < 0]).all()
    assert np.isnan(found.gradient[0][x * y < 0]).all()


def test_a_third_variable_may_be_held() -> None:
    assert field_of("x*y*z", x="0:1", y="0:1", z="2").constants == (("z", "2"),)


@pytest.mark.parametrize(
    "text", ["1/(x*y)", "1e300*x*y", *at_night("x*y", "3 + 0*x*y", "sqrt(-1 - x^2 - y^2)", "1e-300*x*y")]
)
def test_any_field_can_be_drawn(text: str) -> None:
    with paper.sheet() as sheet:
        field.draw(field_of(text, x="-1:1", y="-1:1"), sheet)
        assert paper.written(sheet, "png").startswith(b"\x89PNG")


def test_axes_and_colours_have_their_words() -> None:
    with paper.sheet() as sheet:
        field.draw(field_of("x*y", x="-1:1", y="-1:1"), sheet)
        axes, bar = sheet.get_axes()
        assert (axes.get_xlabel(), axes.get_ylabel(), bar.get_ylabel()) == ("$x$", "$y$", "$f(x, y)$")
        assert axes.get_title() == "$f(x, y) = x y$"
        assert sheet.get_supxlabel() == "arrows: the gradient\nplotted over x = -1:1; y = -1:1"
