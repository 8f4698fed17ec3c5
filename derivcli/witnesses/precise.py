"""A program evaluated with many digits: exact rationals as long as possible, then mpmath.

`settle` repeats an evaluation at rising precision until two of them agree; what only shrinks is 0, what only grows is
undefined (`1/sin(pi)`), what does neither stays undecided.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mpmath import mp, mpf

from derivcli.language.definitions import expand
from derivcli.language.numbers import exact
from derivcli.language.program import FLOAT, UNDEFINED, Program
from derivcli.language.tree import COMPARISONS, NUMBER, PIECEWISE, VARIABLE
from derivcli.witnesses import evidence, mpmath_functions
from derivcli.witnesses.evidence import Outcome, Reading
from derivcli.witnesses.mpmath_functions import BeyondReachError, equal, real

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# A rational, an mpf, a truth value, or None for undefined.
Number = Any

LADDER = (240, 480, 960, 1920, 3840)  # bits; 240 bits are 72 digits
_SURE_BITS = 100  # two precisions agree to 30 digits
_LONGEST_EXPONENT = 10**17  # bits; decimal arithmetic ends at 1e18 digits
_NOTHING_BITS = 1300  # smaller than 1e-391 at every precision: zero

_COMPARE: dict[str, Callable[[Number, Number], bool]] = {
    "eq": equal,
    "ne": lambda a, b: not equal(a, b),
    "lt": lambda a, b: real(a) < real(b) and not equal(a, b),
    "gt": lambda a, b: real(a) > real(b) and not equal(a, b),
    "le": lambda a, b: real(a) < real(b) or equal(a, b),
    "ge": lambda a, b: real(a) > real(b) or equal(a, b),
}
_LOGIC: dict[str, Callable[..., bool]] = {
    "and": lambda *args: all(args),
    "or": lambda *args: any(args),
    "not": lambda arg: not arg,
    "true": lambda: True,
    "false": lambda: False,
}
_LEAVES: dict[str, Callable[[str], Number]] = {
    NUMBER: exact,
    FLOAT: lambda text: Fraction(float(text)),
    UNDEFINED: lambda _text: None,
    "pi": lambda _text: +mp.pi,
    "e": lambda _text: +mp.e,
    "inf": lambda _text: mp.inf,
}


class Machine:
    """Evaluates a program at the current precision `mp.prec`."""

    def __init__(self, program: Program) -> None:
        self.program = expand(program, mpmath_functions.REAL.__contains__)

    def values(self, point: Mapping[str, Number]) -> list[Number]:
        """Return the result of every instruction."""
        values: list[Number] = []
        for op, args, text in self.program.instructions:
            values.append(point[text] if op == VARIABLE else compute(op, [values[arg] for arg in args], text))
        return values

    def moved(self, values: Sequence[Number], dependent: Sequence[int], point: Mapping[str, Number]) -> Number:
        """Return the result at a point where only the instructions `dependent` differ from `values`."""
        moved = list(values)
        for index in dependent:
            op, args, text = self.program.instructions[index]
            moved[index] = point[text] if op == VARIABLE else compute(op, [moved[arg] for arg in args], text)
        return moved[-1]

    def dependent(self, names: Sequence[str]) -> list[int]:
        """Return the indices of the instructions that depend on some variable."""
        return [index for index, found in enumerate(self.program.depends_on(names)) if found]


def compute(op: str, args: list[Number], text: str = "") -> Number:
    """Return the result of one operation, None where it is undefined."""
    if op in _LEAVES:
        return _LEAVES[op](text)
    if op == PIECEWISE:
        return _chosen(args)
    if any(arg is None for arg in args):
        return None
    if op in _LOGIC:
        return _LOGIC[op](*args)
    if op in COMPARISONS:
        return _COMPARE[op](*args)
    try:
        return _number(_apply(op, args))
    except (ValueError, ZeroDivisionError):
        return None
    except OverflowError as error:
        raise BeyondReachError from error


def settle(evaluate: Callable[[], Number]) -> Reading:
    """Evaluate at rising precision until the result is sure."""
    seen: list[Number] = []
    for bits in LADDER:
        with mp.workprec(bits):
            try:
                value = evaluate()
            except BeyondReachError:
                return evidence.UNDECIDED
            if isinstance(value, Fraction):
                return number_reading(value)
            if value is None and seen and seen[-1] is None:
                return evidence.UNDEFINED
            if seen and _agree(value, seen[-1]):
                return number_reading(value)
            seen.append(value)
    return _trend(seen)


def number_reading(value: Number, error: Number = 0) -> Reading:
    """Return a number as a reading of 45 digits."""
    if isinstance(value, Fraction):
        if value.denominator == 1 and abs(value) < 10**60:
            return Reading(Outcome.NUMBER, str(value.numerator))
        with mp.workprec(200):
            value = real(value)
    if value and mp.mag(value) > _LONGEST_EXPONENT:
        return evidence.UNDECIDED
    return Reading(Outcome.NUMBER, _decimal(value, 45), _decimal(mpf(error), 5))


def _decimal(value: Number, digits: int) -> str:
    """Return a number as decimal text; one that is smaller than any exponent can say is 0."""
    return "0" if not value or mp.mag(value) < -_LONGEST_EXPONENT else mp.nstr(value, digits)


def _apply(op: str, args: list[Number]) -> Number:
    if all(isinstance(arg, Fraction) for arg in args):
        function = mpmath_functions.EXACT.get(op)
        result = NotImplemented if function is None else function(*args)
        if result is not NotImplemented:
            return result
        if op == "pow":
            return mpmath_functions.power(*args)
    elif op == "pow":
        return mpmath_functions.power(*args)
    return mpmath_functions.REAL[op](*map(real, args))


def _number(value: Number) -> Number:
    """Return a real number, None for anything else; a rational that grows too long becomes an mpf."""
    if isinstance(value, Fraction):
        bits = value.numerator.bit_length() + value.denominator.bit_length()
        return value if bits <= 16 * mp.prec else real(value)
    return value if isinstance(value, mpf) and mp.isfinite(value) else None


def _chosen(args: list[Number]) -> Number:
    for value, condition in zip(args[:-1:2], args[1::2], strict=True):
        if condition is None:
            return None
        if condition:
            return value
    return args[-1]


def _agree(value: Number, before: Number) -> bool:
    if value is None or before is None or not value:
        return False
    return bool(abs(value - before) <= mp.ldexp(abs(value), -_SURE_BITS))


def _trend(seen: list[Number]) -> Reading:
    """Read a sequence that never agreed: shrinking to nothing, growing without bound, or neither."""
    if any(value is None for value in seen):
        return evidence.UNDECIDED
    sizes = [mp.mag(value) if value else -mp.inf for value in seen]
    if sizes[-1] < -_NOTHING_BITS:
        return Reading(Outcome.NUMBER, "0", "1e-391")
    rising = all(later > earlier + 50 for earlier, later in pairwise(sizes))
    return evidence.UNDEFINED if rising else evidence.UNDECIDED
