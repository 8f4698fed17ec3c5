"""An equation that is too long for a line is broken where books break it."""

from __future__ import annotations

from derivcli.document.derivations import broken


def test_an_equation_is_broken_before_signs_outside_of_brackets() -> None:
    assert broken("d/dx[x + 1] = (a + b)*c - d^(e - f) + g", 20, 18) == [
        "d/dx[x + 1]",
        "= (a + b)*c",
        "- d^(e - f) + g",
    ]


def test_one_that_fits_stays_whole() -> None:
    assert broken("a = b + c", 9, 5) == ["a = b + c"]


def test_what_has_no_sign_outside_of_brackets_stays_whole_however_long_it_is() -> None:
    assert broken("f = (a + b + c + d)", 5, 5) == ["f", "= (a + b + c + d)"]


def test_a_left_side_that_is_blank_is_kept_where_there_is_room() -> None:
    assert broken("      = a + b", 10, 8) == ["      = a", "+ b"]
    assert broken("      = a*b*c*d + b", 10, 8) == ["     ", "= a*b*c*d", "+ b"]
