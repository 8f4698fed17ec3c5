"""How much of everyday work is proved: functions of calculus books and of optimisation, where they are smooth.

Books print the functions and their derivatives, which are functions too; nothing was chosen by what can be proved.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derivcli.language.parser import parse
from derivcli.language.tree import variables
from derivcli.model import Status
from tests.answers import ask
from tests.every import is_nightly
from tests.landscapes import LANDSCAPES
from tests.witnesses.tidy.books import GIVEN, LATER, UNSEEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.model import Value

_EVERY = 29  # questions, of some 1,700: one is asked by day, all of them by night
_WIDTH = Fraction(1, 10**15)  # relative: float64 has a digit more
_NOTHING = Fraction(1, 10**599)  # between this and its negative a number is as good as 0, and has no relative width


def _questions() -> list[tuple[str, str]]:
    texts = [text for pair in (*GIVEN, *UNSEEN, *LATER) for text in (pair.function, pair.book)]
    landscapes = [(one.text, f"x={x},y={y}") for one in LANDSCAPES.values() for x, y in one.points]
    return [*((text, _somewhere(text)) for text in texts), *landscapes]


def _somewhere(text: str) -> str:
    names = variables(parse(text, frozenset()).tree)
    return ",".join(f"{name}={0.7 + 0.1 * k:.1f}" for k, name in enumerate(names))


def _numbers(text: str, at: str) -> Iterator[tuple[str, Value]]:
    """Yield f and its slopes, where they are numbers."""
    found = ask(text, at, raw=True)
    for name, number in (("f", found.value), *((slope.name, slope) for slope in found.derivatives)):
        if number is not None and number.status not in (Status.UNDEFINED, Status.NOT_DIFFERENTIABLE):
            yield f"{name} of {text} at {at}", number


def _is_narrow(number: Value) -> bool:
    if number.proof is None or number.enclosure is None:
        return False
    low, high = map(Fraction, number.enclosure)
    size = max(abs(low), abs(high))
    return size <= _NOTHING or high - low <= _WIDTH * size


def test_of_everyday_numbers_99_in_100_are_proved_to_fifteen_digits() -> None:
    asked = _questions()[:: 1 if is_nightly() else _EVERY]
    numbers = [pair for question in asked for pair in _numbers(*question)]
    open_ones = [name for name, number in numbers if not _is_narrow(number)]
    assert len(numbers) > len(asked)
    assert len(open_ones) <= len(numbers) / 100, open_ones
