"""Nearest names."""

from __future__ import annotations

import pytest

from derivcli.language.catalogue import function_names
from derivcli.language.suggest import nearest


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sine", "sin"),
        ("sinn", "sin"),
        ("cosh2", "cosh"),
        ("tann", "tan"),
        ("squrt", "sqrt"),
        ("arcsine", "arcsin"),
        ("factoral", "factorial"),
        ("sigmod", "sigmoid"),
        ("SIN", "sin"),
        ("Log", "log"),
        ("hypotenuse", "hypot"),
    ],
)
def test_a_slip_finds_the_function_that_was_meant(typed: str, meant: str) -> None:
    assert nearest(typed, function_names())[0] == meant


@pytest.mark.parametrize("typed", ["q", "zzz", "_", "αβγδ", ""])
def test_nothing_is_suggested_for_what_resembles_nothing(typed: str) -> None:
    assert nearest(typed, function_names()) == ()


def test_the_nearest_comes_first_and_no_more_than_asked() -> None:
    assert nearest("tanx", ("tan", "tanh", "sin")) == ("tan", "tanh")
    assert len(nearest("a", ("ab", "ac", "ad", "ae"))) == 3
    assert len(nearest("a", ("ab", "ac", "ad", "ae"), most=1)) == 1


def test_no_known_names_mean_no_suggestions() -> None:
    assert nearest("sin", ()) == ()


def test_a_name_suggests_itself() -> None:
    assert nearest("sin", function_names())[0] == "sin"
