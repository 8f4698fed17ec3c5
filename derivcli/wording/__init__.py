"""What a verdict says in plain words."""

from __future__ import annotations

import math
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from typing import TYPE_CHECKING

from derivcli.hints import At, Hint
from derivcli.language.numbers import shortest
from derivcli.language.tree import ALONG
from derivcli.model import Kind
from derivcli.model.statuses import Beside
from derivcli.witnesses.evidence import Outcome, Reading, last_held
from derivcli.wording.kinds import BESIDE, KINDS, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.model import Dtype

_REFERENCE_DIGITS = 25
_SHOWN_DIGITS = 15
_ROUNDED = Context(prec=_REFERENCE_DIGITS, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])

# Of slopes that differ in their last digits: more than the 45 digits of a reading, or the 60 of an exact one.
_EXACT = Context(prec=130, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])

_NO_VALUE = "no derivative where f has no value"
_TRUE = "the true number is"
_WORDS = (*KINDS.values(), *BESIDE.values())
_TOLD = frozenset({_NO_VALUE, *(text for words in _WORDS for text in (words.kink, words.gap) if text)})

ZERO_TO_THE_ZERO = "0^0 is taken as 1"
REAL_ROOTS = "x^(1/3) has no real value where x is negative; cbrt(x) and root(x, n) have one"
OUTGROWN = "the symbolic form of this order is too large to compute in time"
NO_TANGENT = "there is no tangent where a first derivative is missing"
NO_POLYNOMIAL = "there is no Taylor polynomial where a derivative is missing"
VERTICAL = "the tangent of the curve is vertical here"
CURVE_UNDECIDED = (
    "the slope of the curve is not decided: the equation may have a kink, or the edge of its domain, at this point"
)
CURVE_SINGULAR = (
    "both derivatives of the equation are 0 at this point, so they do not tell the slope of the curve: it may have a "
    "tangent, a cusp, or several branches here"
)
SYMBOLIC_ALONE = "nothing is proved of the slopes from both sides; compared with the symbolic form alone"
VALUE_UNKNOWN = "no witness has a value of f, without which there is no slope; the formula alone shows none"
UNPROVED = (
    "nothing is proved of the slopes from both sides, and the symbolic form alone is not enough: f may have a kink here"
)
NOT_VERIFIED = "nothing is verified: --verify off leaves the numbers to torch alone"
NO_REAL_VALUE = "f has no real value at the points that were tried; give one of its domain: --at x=..."


def witness_failed(reason: str) -> str:
    """Say that the worker had an error on the way to a part of its answer."""
    return f"the symbolic witness failed ({reason})"


def hole(conditions: Sequence[str]) -> str:
    """Say where f has holes that the form of its derivative does not have."""
    return f"f and its derivative need {' and '.join(conditions)}; the form shown does not say so"


def join(*notes: str | None) -> str | None:
    """Join what there is to say; None for nothing."""
    return "; ".join(note for note in notes if note) or None


def digits(reference: Reading) -> str:
    """Return 25 significant digits of a number as text, fewer where its error holds no more.

    Plainly where the exponent allows it.
    """
    number, error = reference.held, Decimal(reference.error)
    if not number:
        return "0"
    exponent = _ROUNDED.plus(number).adjusted()  # of 0.99...9 that of 1
    decimals = _REFERENCE_DIGITS - 1 - exponent
    if error:
        decimals = min(decimals, -last_held(error))
    if -5 <= exponent < _REFERENCE_DIGITS and decimals >= 0:
        return f"{number:.{decimals}f}"
    return f"{number:.{decimals + exponent}e}"


def short(number: Decimal) -> str:
    """Return 15 significant digits for a sentence."""
    text = f"{number:.{_SHOWN_DIGITS}g}"
    mantissa, mark, exponent = text.partition("e")
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    return f"{mantissa}{mark}{exponent}"


def differ(autograd: float, reference: Decimal, relative: float | None, cause: str, dtype: Dtype) -> str:
    """Say how autograd's number differs from the true one, and why."""
    return f"{_how(autograd, relative, dtype.digits)}; {_TRUE} {short(reference)}; {cause}"


def rounds_to_zero(number: Decimal, dtype: Dtype) -> str:
    """Say that an answer of 0 is not 0 exactly."""
    return f"not 0 exactly: {short(number)} is too small for {dtype}"


def may_be_small(dtype: Dtype) -> str:
    """Say of a row that an answer of 0 may not be 0 exactly, where nobody has looked which number it is."""
    return f"a 0 here may stand for a number too small for {dtype}"


def cause(autograd: float, dtype: Dtype, *, rounded_point: bool, convention: bool, is_nested: bool = False) -> str:
    """Say why autograd is wrong: its number is right at the rounded point, or the symbolic form has it too.

    A backward pass of a backward pass, which `is_nested`, may be wrong where a single one is not.
    """
    if rounded_point:
        return f"{dtype} rounds the point, and at the rounded point the difference goes away"
    if math.isnan(autograd):
        return f"in {dtype} something on the way is 0*inf, inf - inf or 0/0"
    if math.isinf(autograd):
        return f"{dtype} overflows, or divides by 0, on the way"
    if convention:
        return "at this point autograd takes the slope of one branch, or a convention for a kink inside f"
    if is_nested:
        return f"{dtype} rounding on the way, or a rule of torch's at this point, lost the other digits"
    return f"{dtype} rounding on the way lost the other digits"


def beyond(note: str) -> str:
    """Return what a note says beyond the number, or beyond the kind of kink or gap that has none."""
    return "; ".join(clause for clause in note.split("; ") if clause not in _TOLD and not clause.startswith(_TRUE))


def no_autograd(why: str | None, reference: Reading, *, confirmed: bool) -> str:
    """Say that torch has no gradient, and where the number comes from; `confirmed` if it is proved, and sympy's too."""
    single = "the proof" if reference.proof else "the symbolic form"
    source = "the other witnesses give" if confirmed else f"{single} alone gives"
    return f"{why or 'autograd has no number here'}; {source} this number"


def unverified(reference: Reading) -> str:
    """Say why a number has no reference."""
    if reference.outcome is Outcome.MISSING:
        return "nothing to compare with: no other witness has answered"
    if reference.outcome is Outcome.UNDEFINED:
        return "nothing to compare with: the symbolic form has no value here"
    return "nothing to compare with: the value does not settle at any precision tried"


ALONG_PATHS = {
    Kind.OUTSIDE_DOMAIN: "along every path that was tried it has the same limit, which does not prove one",
    Kind.POLE: "along some paths it grows without bound",
}


def undefined(kind: Kind, beside: Beside | None = None) -> str:
    """Say why f has no value, and what there is near the point."""
    if beside is Beside.PATHS:
        return f"f is not defined here; {ALONG_PATHS[kind]}"
    return words_of(kind, beside).gap


def no_value() -> str:
    """Say why a derivative does not exist where f has no value."""
    return _NO_VALUE


def no_derivative(
    kind: Kind | None,
    left: float | None,
    right: float | None,
    autograd: float | None,
    order: int = 1,
    *,
    ends: bool = True,
) -> str:
    """Say in words what happens at a kink, and what torch makes of it; `ends`: a side without a slope has no values."""
    said = KINDS[kind].kink if kind else "no derivative"
    if kind is Kind.JUMP and order > 1:
        said = "a jump: the derivative of lower order is not continuous here"
    if kind is Kind.ONE_SIDED and left is None and right is None:
        said = f"{said}, and its slope there is not decided"
    if kind is Kind.VERTICAL_TANGENT and (left is None or right is None):
        side = "left" if left is None else "right"
        of_side = "f has no real values on the {}" if ends else "the slope on the {} is not decided"
        said = f"{said}, and {of_side.format(side)}"
    if autograd is None:
        return said
    if math.isnan(autograd):
        return f"{said}; torch returns nan"
    return f"{said}; torch returns {shortest(autograd)} by convention, which is not the answer"


def none_below(lower: tuple[str, ...], kind: Kind | None) -> str:
    """Say that a derivative of lower order is missing, so that this one is too."""
    said = "" if kind is None else f" ({kind.replace('_', ' ')})"
    by = "in this direction" if ALONG in lower else f"by {', '.join(lower)}"
    return f"the derivative of lower order {by} does not exist here{said}"


def order_matters(number: Decimal, other: Decimal, lasts: tuple[str, str] | None) -> str:
    """Say that mixed derivatives are not the same in every order."""
    if lasts is None:
        return f"the order of differentiation matters here: {short(number)} or {short(other)}"
    by, last = lasts
    return f"the order of differentiation matters here: {short(number)} by {by} last, {short(other)} by {last} last"


def broken(direction: Mapping[str, float]) -> str:
    """Say that f has partial derivatives, but no derivative as a function of several variables."""
    along = ", ".join(f"{name}={shortest(pace)}" for name, pace in direction.items())
    return (
        f"f is not differentiable here, though its partial derivatives exist: they do not give its slope along {along}"
    )


def singular() -> str:
    """Say that a curve has no single slope at a point."""
    return KINDS[Kind.SINGULAR].kink


def of_curve(kind: Kind | None, left: float | None, right: float | None) -> str | None:
    """Say of a curve what is said of f elsewhere; None where it is the same."""
    if kind is Kind.VERTICAL_TANGENT and (left is None) != (right is None):
        return f"{VERTICAL}, and it has no points on the {'left' if left is None else 'right'}"
    if kind is Kind.ONE_SIDED:
        return f"the curve ends here: it has no points on the {'left' if left is None else 'right'}"
    same = {Kind.VERTICAL_TANGENT: VERTICAL, Kind.JUMP: "a jump: the curve is not continuous here"}
    return None if kind is None else same.get(kind)


def misses(miss: float) -> str:
    """Say that a point does not lie on a curve."""
    return f"the point misses the curve: left side - right side is {shortest(miss)}"


def rounded(miss: float) -> str:
    """Say that a point misses a curve by so little that the rounding of its coordinates explains it."""
    return f"{misses(miss)}, which the rounding of its coordinates explains"


def by_where(slopes: Mapping[str, float]) -> str:
    """Say what torch.where makes of derivatives, where that is another number than the branch that is taken has."""
    found = ", ".join(f"{shortest(number)} for {name}" for name, number in slopes.items())
    return f"torch.where evaluates the branch that is not taken too: with it torch gives {found}"


def passes(variable: str, places: Sequence[float]) -> Hint:
    """Say where a curve passes, or that no such place was found, and what to type."""
    if not places:
        return Hint(
            f"no value of `{variable}` was found on the curve there; if it has one, add ", At(f"{variable}=...")
        )
    found = [f"{variable}={shortest(place)}" for place in places]
    return Hint(f"the curve passes {' and '.join(found)} there: add ", At(found[-1]))


def off_curve(level: float | None) -> str:
    """Say that a curve has no slope at a point that is not on it; `level` is that of the level curve."""
    said = KINDS[Kind.OFF_CURVE].kink
    return said if level is None else f"{said}; on the level curve through it this is {shortest(level)}"


def symbolic_says_otherwise(symbolic: Reading) -> str | None:
    """Say that the symbolic form does not give the derivative at this point."""
    if symbolic.outcome is Outcome.MISSING:
        return None
    found = symbolic.held
    says = "has no value here" if found is None else f"gives {short(found)} here"
    return f"the symbolic form {says}; a proof from both sides decides the derivative"


def other_value(symbolic: Decimal | None) -> str:
    """Say that f by way of sympy is another number than the proved one."""
    return f"the symbolic form gives {short(symbolic or Decimal(0))} here; a proof decides f"


def too_close(left: Decimal, right: Decimal) -> str:
    """Say that two slopes differ by less than float64 shows."""
    return f"the slopes differ by {short(abs(_EXACT.subtract(left, right)))}, which float64 does not show"


def _how(autograd: float, relative: float | None, digits: int) -> str:
    if math.isnan(autograd):
        return "autograd gives nan"
    if math.isinf(autograd):
        return f"autograd gives {shortest(autograd)}"
    right = 0 if relative is None or relative >= 1 else int(-math.log10(relative)) if relative else digits
    return f"{min(right, digits)} of autograd's {digits} digits are right"
