"""A small error planted in one witness of the three is said by the other two, for every row of the catalogue."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from derivcli import testimony
from derivcli.calculator import conclude
from derivcli.cases import Case, due, read
from derivcli.language import catalogue
from derivcli.model import Derivative, Request, Status
from derivcli.witnesses.evidence import Outcome, Reading, Sided
from tests.checks import LITERALS, row_program
from tests.every import is_nightly
from tests.references import POINTS

if TYPE_CHECKING:
    from collections.abc import Callable

Heard = testimony.Testimony  # by this name pytest does not take it for a test
_ERROR = 1e-8  # of a number, or of 1 where that is 0: ten times the tolerance
_SAMPLE = 16  # every sixteenth row in the suite: a case takes a tenth of a second
_ROWS = sorted(POINTS) if is_nightly() else sorted(POINTS)[::_SAMPLE]


def _off(number: float) -> float:
    return number * (1 + _ERROR) if number else _ERROR


def _reading(reading: Reading) -> Reading:
    """Return a reading that is off; a proof that is off believes in itself."""
    if reading.outcome is not Outcome.NUMBER:
        return reading
    number = Decimal(reading.text)
    return replace(reading, text=str(number * (1 + Decimal(_ERROR)) if number else Decimal(_ERROR)))


def _in_torch(seen: Heard) -> Heard:
    numbers = tuple(
        (_off(value), {wrt: None if slope is None else _off(slope) for wrt, slope in slopes.items()})
        for value, slopes in seen.torch.numbers
    )
    return replace(seen, torch=replace(seen.torch, numbers=numbers))


def _in_sympy(seen: Heard) -> Heard:
    values = {k: replace(value, symbolic=_reading(value.symbolic)) for k, value in seen.values.items()}
    formulas = {
        wrt: replace(formula, values=tuple(map(_reading, formula.values))) for wrt, formula in seen.formulas.items()
    }
    return replace(seen, values=values, formulas=formulas)


def _in_the_proof(seen: Heard) -> Heard:
    values = {k: replace(value, third=_reading(value.third)) for k, value in seen.values.items()}
    slopes = {
        key: replace(slope, sides=Sided(_reading(slope.sides.left), _reading(slope.sides.right)))
        for key, slope in seen.slopes.items()
    }
    return replace(seen, values=values, slopes=slopes)


def _heard(name: str) -> tuple[Case, Heard]:
    variables = row_program(name).variables
    arguments = POINTS[name][0]
    literal = [LITERALS[name]] if name in LITERALS else []
    text = f"{name}({', '.join([*variables, *literal])})"
    case = read(request := Request(text, dict(zip(variables, arguments, strict=False))), due(request))
    return case, testimony.hear(case)


def _said(number: Any) -> bool:
    """Tell whether the verdict, or the note on a formula of sympy's, says that something is wrong.

    A formula for a derivative may be wrong at a seam, so a proof and torch together overrule it.
    """
    in_note = "the symbolic form gives" in (number.note or "") and isinstance(number, Derivative)
    return number.status in (Status.DIFFER, Status.UNVERIFIED) or in_note


@pytest.mark.parametrize("name", _ROWS)
def test_an_error_of_one_witness_is_said(name: str) -> None:
    case, seen = _heard(name)
    plain = conclude(case, seen)
    plants: tuple[Callable[[Heard], Heard], ...] = (_in_torch, _in_sympy, _in_the_proof)
    for plant in plants:
        found = conclude(case, plant(seen))
        pairs = zip((plain.value, *plain.derivatives), (found.value, *found.derivatives), strict=True)
        for before, after in pairs:
            if before.status is Status.AGREE:
                assert _said(after), (plant.__name__, after)


def test_the_rows_are_those_of_the_catalogue() -> None:
    assert set(POINTS) <= set(catalogue.FUNCTIONS)
