"""What germs prove of texts, in short: numbers as texts, `inf`, `jump up` and their like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq
from mpmath import mp, mpf

from derivcli.witnesses.evidence import Outcome
from derivcli.witnesses.proof.germs.sides import SideProver
from tests.witnesses.proof.asking import program

if TYPE_CHECKING:
    from derivcli.witnesses.evidence import Reading

_WORDS = {
    (Outcome.INFINITE, 1): "inf",
    (Outcome.INFINITE, -1): "-inf",
    (Outcome.JUMPS, 1): "jump up",
    (Outcome.JUMPS, -1): "jump down",
    (Outcome.OSCILLATES, 0): "wave",
    (Outcome.UNDEFINED, 0): "none",
}


def sides(text: str, **at: str) -> SideProver:
    """Return the prover of a text at a point, as it is typed."""
    return SideProver(program(text, *at), {name: program(typed) for name, typed in at.items()})


def slopes(text: str, at: str) -> tuple[Reading | None, Reading | None]:
    return sides(text, x=at).slopes("x")[0]


def limits(text: str, at: str) -> tuple[Reading | None, Reading | None]:
    prover = sides(text, x=at)
    left, right = (prover.limit({"x": (fmpq(1), 1)}, way) for way in (-1, 1))
    return left, right


def is_that(found: Reading | None, expected: str) -> bool:
    """Tell whether a reading is what is expected, as a word or as a number of up to 32 digits; "?" is unproved."""
    if found is None:
        return expected == "?"
    assert found.proof is not None
    if found.outcome is not Outcome.NUMBER:
        return _WORDS[found.outcome, found.sign] == expected
    with mp.workdps(80):
        right = mpf(expected)
        return bool(abs(mpf(found.text) - right) <= mpf(found.error) + abs(right) * mpf(10) ** -30)


def check(found: tuple[Reading | None, Reading | None], left: str, right: str) -> None:
    assert is_that(found[0], left), f"left: {found[0]}"
    assert is_that(found[1], right), f"right: {found[1]}"
