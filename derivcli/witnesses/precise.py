"""A program evaluated with many digits: exact rationals as long as possible, then balls (see `balls`).

`settle` repeats an evaluation at rising precision until the result is known to 30 digits. What is smaller than anything
at every precision is 0; what stays blurred is undecided.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mpmath import mp, mpf

from derivcli.language.lowering import expand
from derivcli.language.numbers import exact
from derivcli.language.program import FLOAT, UNDEFINED, Program
from derivcli.language.tree import COMPARISONS, NUMBER, PIECEWISE, VARIABLE
from derivcli.witnesses import balls, evidence, mpmath_functions, rationals
from derivcli.witnesses.balls import BEYOND, Ball, Unknown, last_resort
from derivcli.witnesses.evidence import Outcome, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# A rational, a ball, a truth value, None for undefined, or `Unknown`.
Number = Any

LADDER = (240, 480, 960, 1920, 3840, 7680)  # bits; 240 bits are 72 digits
_SURE_BITS = 100  # an error below the 30th digit
_LONGEST_EXPONENT = 10**17  # bits; decimal arithmetic ends at 1e18 digits
_DIGITS = 45  # of a reading: half as many again as are sure at least
_CUT_BITS = 400  # enough to see what 45 digits, which are 150 bits, leave out of a number
_OUTWARD_BITS = 13  # by 1e-4, more than five digits of an error can lose by rounding
_NOTHING_BITS = 1300  # smaller than 1e-391: zero

_ORDER: dict[str, Callable[[int], bool]] = {
    "eq": lambda sign: sign == 0,
    "ne": lambda sign: sign != 0,
    "lt": lambda sign: sign < 0,
    "gt": lambda sign: sign > 0,
    "le": lambda sign: sign <= 0,
    "ge": lambda sign: sign >= 0,
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
    "pi": lambda _text: Ball(+mp.pi, balls.rounding(mp.pi)),
    "e": lambda _text: Ball(+mp.e, balls.rounding(mp.e)),
    "inf": lambda _text: Ball(mp.inf, mpf(0)),
}


class Machine:
    """Evaluates a program at the current precision `mp.prec`."""

    def __init__(self, program: Program) -> None:
        self.program = expand(program, lambda op: op in mpmath_functions.KNOWN)

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
    """Return the result of one operation: None where it is undefined, `Unknown` where it is not known."""
    if op in _LEAVES:
        return _LEAVES[op](text)
    if op == PIECEWISE:
        return _chosen(args)
    if any(arg is None for arg in args):
        return None
    unknown = next((arg for arg in args if isinstance(arg, Unknown)), None)
    if unknown is not None:
        return unknown
    if op in _LOGIC:
        return _LOGIC[op](*args)
    if op in COMPARISONS:
        return _compare(op, *args)
    try:
        return _number(_apply(op, args))
    except OverflowError:
        return BEYOND


def settle(evaluate: Callable[[], Number]) -> Reading:
    """Evaluate at rising precision until the result is sure."""
    value: Number = None
    for bits in LADDER:
        with mp.workprec(bits):
            if bits == LADDER[-1]:
                with last_resort():
                    value = evaluate()
            else:
                value = evaluate()
            found = read(value)
            if found is not None:
                doubtful = bits == LADDER[-1] and balls.assumed() and found.outcome is Outcome.NUMBER
                return evidence.UNDECIDED if doubtful else found
    return evidence.UNDECIDED


def number_reading(value: Number, error: Number = 0) -> Reading:
    """Return a number, a rational or an mpf, as a reading of 45 digits; what they leave out is part of the error."""
    if isinstance(value, Fraction) and value.denominator == 1 and abs(value) < 10**60:
        return Reading(Outcome.NUMBER, str(value.numerator))
    with mp.workprec(_CUT_BITS):
        rounded = _quotient(value) if isinstance(value, Fraction) else value
        if rounded and mp.mag(rounded) > _LONGEST_EXPONENT:
            return evidence.UNDECIDED
        text = _decimal(rounded, _DIGITS)
        left_out = _quotient(Fraction(text) - value) if isinstance(value, Fraction) else mpf(text) - value
        bound = error + abs(left_out)
    return Reading(Outcome.NUMBER, text, _decimal(bound + mp.ldexp(bound, -_OUTWARD_BITS), 5))


def read(value: Number) -> Reading | None:
    """Return what an evaluation has found out for sure, None if it needs more digits."""
    if isinstance(value, Fraction):
        return number_reading(value)
    if value is None:
        return evidence.UNDEFINED
    if value is BEYOND:
        return evidence.UNDECIDED
    if not isinstance(value, Ball):
        return None
    if not mp.isfinite(value.middle):
        return evidence.UNDEFINED
    if value.error <= mp.ldexp(abs(value.middle), -_SURE_BITS):
        return number_reading(value.middle)
    reach = abs(value.middle) + value.error
    return Reading(Outcome.NUMBER, "0", "1e-391") if mp.mag(reach) < -_NOTHING_BITS else None


def _quotient(value: Fraction) -> Any:
    return mpf(value.numerator) / value.denominator


def _decimal(value: Number, digits: int) -> str:
    """Return a number as decimal text; one that is smaller than any exponent can say is 0."""
    return "0" if not value or mp.mag(value) < -_LONGEST_EXPONENT else mp.nstr(value, digits)


def _apply(op: str, args: list[Number]) -> Number:
    if all(isinstance(arg, Fraction) for arg in args):
        function = rationals.EXACT.get(op)
        result = NotImplemented if function is None else function(*args)
        if result is not NotImplemented:
            return result
    if op in mpmath_functions.ON_ANY:
        return mpmath_functions.ON_ANY[op](*args)
    operands = [balls.ball(arg) for arg in args]
    if op in mpmath_functions.ON_BALLS:
        return mpmath_functions.ON_BALLS[op](*operands)
    return mpmath_functions.smooth(op, operands)


def _compare(op: str, a: Number, b: Number) -> bool | Unknown:
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return _ORDER[op](balls.sign(a - b))  # type: ignore[arg-type]
    found = balls.compare(balls.ball(a), balls.ball(b))
    return found if isinstance(found, Unknown) else _ORDER[op](found)


def _number(value: Number) -> Number:
    """Return a finite number; a rational that grows too long becomes a ball."""
    if isinstance(value, Fraction):
        bits = value.numerator.bit_length() + value.denominator.bit_length()
        return value if bits <= 16 * mp.prec else balls.ball(value)
    if isinstance(value, Ball) and not mp.isfinite(value.middle):
        return None
    return value


def _chosen(args: list[Number]) -> Number:
    for value, condition in zip(args[:-1:2], args[1::2], strict=True):
        if condition is None or isinstance(condition, Unknown):
            return condition
        if condition:
            return value
    return args[-1]
