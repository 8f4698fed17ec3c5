"""Bare numbers."""

from __future__ import annotations

from dataclasses import replace
from math import inf

from derivcli.document import Format, render
from derivcli.model import Value
from tests.document.samples import CONSTANT, CORNER, LOST, NO_POINT, SMOOTH, UNSYMBOLIC
from tests.document.view_samples import DIRECTION, SYSTEM, SYSTEMS


def test_one_answer_a_line_in_the_order_of_the_variables() -> None:
    assert render(SMOOTH, Format.VALUE) == "196.0\n"
    assert render(UNSYMBOLIC, Format.VALUE) == "30.141592653589793\n13.570796326794897\n"


def test_the_reference_is_given_where_autograd_is_wrong() -> None:
    assert render(LOST, Format.VALUE) == "-8.333333333333334e-10\n"


def test_nan_where_there_is_no_answer() -> None:
    assert render(CORNER, Format.VALUE) == "nan\n"


def test_without_a_point_the_formulas_are_the_answers() -> None:
    assert render(NO_POINT, Format.VALUE) == "sin(y)\nnan\n"


def test_a_constant_gives_its_value() -> None:
    assert render(CONSTANT, Format.VALUE) == "7.0\n"
    assert render(replace(CONSTANT, value=Value(answer=-inf)), Format.VALUE) == "-inf\n"


def test_views_add_nothing_and_several_functions_follow_each_other() -> None:
    assert render(DIRECTION, Format.VALUE) == "6.0\n12.0\n2.6832815729997477\n"
    assert render(SYSTEM, Format.VALUE) == "2.0\n1.0\n1.0\n-0.4161468365471424\n"
    assert render(SYSTEMS["system_without_a_point"], Format.VALUE) == "y\nx\nsign(x)\ncos(y)\n"
