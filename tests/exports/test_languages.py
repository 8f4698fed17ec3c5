"""In every language that is here: what the code computes, held against mpmath over the catalogue and at random.

mpmath's numbers are its own functions and their central differences at 60 digits; nothing of derivcli is in them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.every import at_night, is_nightly
from tests.exports.running import RUNNERS, by_autograd, is_here, run
from tests.exports.subjects import job, random_subjects, rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.exports.subjects import Subject, Truth

# What starts quickly; the others are run by `make nightly`.
_QUICK = ("python", "numpy", "torch", "torch-function", "c", "javascript")
# A library's own: torch's polygamma has nine digits.
_ROUGH = {("torch", "polygamma"): 1e-8, ("torch-function", "polygamma"): 1e-8}
_SAMPLE, _ALL_NIGHT = 25, 300


@cache
def _rows() -> list[Subject]:
    return rows() if is_nightly() else rows(step=4, most=1)


@cache
def _random() -> list[Subject]:
    return random_subjects(_ALL_NIGHT if is_nightly() else _SAMPLE, seed=21)


def _wrong(language: str, subjects: Sequence[Subject], folder: Path) -> list[str]:
    """Return what is wrong, a line each."""
    if not is_here(language):
        pytest.skip(f"{language} cannot be run here")
    if not is_nightly() and language not in _QUICK:
        pytest.skip(f"{language} is run by `make nightly`")
    jobs = [(one, made) for one in subjects if (made := job(one, language)) is not None]
    assert len(jobs) > len(subjects) / 3
    computed = run(language, [made for _, made in jobs], folder)
    return [
        f"{one.text} at {truth.point}: {numbers}, not {truth.numbers}"
        for (one, _), found in zip(jobs, computed, strict=True)
        for truth, numbers in zip(one.truths, found, strict=True)
        if not _is_right(numbers, truth, _rough(language, one))
    ]


def _rough(language: str, one: Subject) -> float:
    """Return how rough a library is with what an expression or its derivative is made of."""
    made = job(one, language)
    found = (r for (name, op), r in _ROUGH.items() if name == language and made is not None and op in made.source)
    return next(found, 0.0)


def _is_right(numbers: Sequence[float], truth: Truth, rough: float) -> bool:
    if len(numbers) != len(truth.numbers):
        return False
    pairs = zip(numbers, truth.numbers, truth.rooms, strict=True)
    return all(abs(a - b) <= max(room, rough * abs(b)) for a, b, room in pairs)


@pytest.mark.parametrize("language", RUNNERS)
def test_the_catalogue_is_computed_as_mpmath_has_it(language: str, tmp_path: Path) -> None:
    assert _wrong(language, _rows(), tmp_path) == []


@pytest.mark.parametrize("language", ["python", "c", *at_night(*sorted(RUNNERS.keys() - {"python", "c"}))])
def test_random_expressions_are_computed_as_mpmath_has_them(language: str, tmp_path: Path) -> None:
    assert _wrong(language, _random(), tmp_path) == []


@pytest.mark.parametrize("language", ["torch", "torch-function"])
def test_autograd_through_the_code_finds_the_same_gradient(language: str) -> None:
    wrong = []
    for one in _random():
        made = job(one, language)
        assert made is not None
        for truth, slopes in zip(one.truths, by_autograd(made, range(len(one.names))), strict=True):
            if not _is_right([truth.numbers[0], *slopes], truth, 0.0):
                wrong.append(f"{one.text} at {truth.point}: {slopes}, not {truth.numbers[1:]}")
    assert wrong == []
