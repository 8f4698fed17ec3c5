"""Functions found by a word, and how each is called."""

from __future__ import annotations

import pytest

from derivcli.errors import UsageError
from derivcli.language import catalogue
from derivcli.language.catalogue.search import LISTED, search, signature
from tests.every import for_all


def names(word: str) -> set[str]:
    return {row.name for rows in search(word).values() for row in rows}


@for_all(
    ("word", "expected"),
    [
        ("arcsin", {"asin", "asinh"}),
        ("BESSELJ", {"besselj", "j0", "j1", "jn"}),
        ("elliptic third", {"elliptic_pi", "elliptic_piinc"}),
        ("lambert", {"LambertW"}),
        ("airy", {"airyai", "airybi", "airyaiprime", "airybiprime"}),
        ("hyperbolic cosine", {"cosh", "acosh", "Chi"}),
        ("zeta functions", {"zeta", "polylog", "Li2", "LambertW"}),
        ("quantile", {"ndtri"}),
        ("where books", set()),
    ],
)
def test_a_word_is_sought_in_names_aliases_help_and_families(word: str, expected: set[str]) -> None:
    if not expected:
        with pytest.raises(UsageError):
            search(word)
    else:
        assert names(word) == expected


def test_no_word_finds_everything() -> None:
    assert search("") == LISTED
    assert names("") >= catalogue.FUNCTIONS.keys() | catalogue.CONSTANTS.keys() | {"where", "piecewise"}


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("arcsinn", "did you mean `arcsin` or `arcsinh` or `arsinh`?"),
        ("qqqqqq", "deriv --functions lists all"),
    ],
)
def test_a_word_that_nothing_matches_is_an_error_with_a_hint(word: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        search(word)
    assert (caught.value.message, caught.value.hint) == (f"no function matches `{word}`", hint)


@for_all(
    ("name", "call"),
    [
        ("sin", "sin(x)"),
        ("log", "log(x[, b])"),
        ("max", "max(x, y, ...)"),
        ("zeta", "zeta(s, a=1)"),
        ("hardtanh", "hardtanh(x, a=-1, b=1)"),
        ("elliptic_e", "elliptic_e(m)"),
    ],
)
def test_a_signature_shows_what_may_be_left_out(name: str, call: str) -> None:
    assert signature(catalogue.FUNCTIONS[name]) == call


def test_a_constant_is_called_by_its_name_alone() -> None:
    assert [signature(row) for row in LISTED["constants"]] == ["pi", "e", "tau", "inf"]
