"""Functions of coefficients: exact where algebra knows the result, else an atom of its own."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

from flint import arb, ctx, fmpq, fmpz

from derivcli.witnesses.proof.functions import RULES
from derivcli.witnesses.proof.germs.constants import (
    E_ATOM,
    PI,
    PI_ATOM,
    Coefficient,
    NamedNumber,
    Power,
    RealConstant,
    is_algebraic,
    number,
    of,
    prime,
    sign,
    terms_of,
)
from derivcli.witnesses.proof.numbers import HALF, ONE, ZERO, BlurredError, Number, UnprovedError, ball, checked, need

_BITS = (128, 400, 1500)  # at which a function of constants is tried
_FACTORED_BITS = 64  # of a number that is split into primes: FLINT does it in microseconds
_LONGEST_BITS = 4_000  # of a power that is written out as a rational
_WRITTEN_OUT = 4  # the highest power of a sum that is multiplied out
_FINEST_TURN = 120  # parts of a half turn in which an angle is looked for: those of compass and ruler, and degrees
_STEEPEST = 2**56  # as in `guards`: exp of more is out of the reach of decimals
ODD = frozenset(
    {"sin", "atan", "asin", "asinh", "erf", "erfi", "erfinv", "dawson", "Si", "Shi", "fresnels", "fresnelc"}
)
EVEN = frozenset({"cos"})


def fraction(x: fmpq) -> Power:
    """Return a rational as a power: an integer of Python's where it is one."""
    return int(x.p) if x.q == 1 else Fraction(int(x.p), int(x.q))


def rational(power: Power) -> fmpq:
    """Return a power as a rational of FLINT's."""
    return fmpq(power) if isinstance(power, int) else fmpq(power.numerator, power.denominator)


# Powers.


def inverse(x: Coefficient) -> Coefficient:
    """Return 1/x, where x is not 0 for sure."""
    return ONE / x if isinstance(x, fmpq) else power(x, -1)


def quotient(x: Coefficient, y: Coefficient) -> Coefficient:
    """Return x/y, where y is not 0 for sure: rational where x is a multiple of y by a rational."""
    above, below = terms_of(x), terms_of(y)
    if len(below) > 1 and above.keys() == below.keys():
        powers = next(iter(below))
        ratio = above[powers] / below[powers]
        if x == y * ratio:
            return ratio
    return x * inverse(y)


def power(x: Coefficient, q: Power) -> Coefficient:
    """Return x^q: of any x that is not 0 for a whole q, of a positive one for a broken q."""
    if q in (0, 1):
        return x if q else ONE
    terms = terms_of(x)
    if len(terms) == 1:
        ((powers, c),) = terms.items()
        if isinstance(q, int) or (bool(c > 0) and all(atom.is_positive for atom, _ in powers)):
            found = _power_of_rational(c, q)
            for atom, p in powers:
                found = found * of(atom, p * q)
            return found
    if isinstance(q, int) and 1 < q <= _WRITTEN_OUT:
        return x * power(x, q - 1)
    return of(NamedNumber(number, "sum", x), q)


def _power_of_rational(c: fmpq, q: Power) -> Coefficient:
    need(-_STEEPEST < q < _STEEPEST)
    if isinstance(q, int) and c.height_bits() * abs(q) <= _LONGEST_BITS:
        return c**q
    if c < 0:
        return of(NamedNumber(number, "rational", c), q)
    found: Coefficient = ONE
    for factor, count in _factors(c):
        found = found * of(factor, count * q)
    return found


def _factors(c: fmpq) -> list[tuple[NamedNumber, int]]:
    """Return a positive rational as powers of primes; a long one as an atom of its own."""
    if c.height_bits() > _FACTORED_BITS:
        return [(NamedNumber(number, "rational", c), 1)]
    above = [(prime(int(p)), int(k)) for p, k in fmpz(c.p).factor()]
    return above + [(prime(int(p)), -int(k)) for p, k in fmpz(c.q).factor()]


# Exponentials and logarithms.


def log(x: Coefficient) -> Coefficient:
    """Return the logarithm of a positive number: of a product the sum of logarithms."""
    terms = terms_of(x)
    if len(terms) == 1:
        ((powers, c),) = terms.items()
        if c > 0 and all(atom.is_positive for atom, _ in powers):
            total: Coefficient = ZERO
            for atom, p in (*_factors(c), *powers):
                total = total + _log_of_atom(atom) * rational(p)
            return total
    return value("log", x)


def _log_of_atom(atom: NamedNumber) -> Coefficient:
    if atom == E_ATOM:
        return ONE
    if atom.key[0] == "exp":
        return atom.key[1]
    if atom.key[0] in ("prime", "rational", "sum"):
        argument = atom.key[1]
        return value("log", fmpq(argument) if isinstance(argument, int) else argument)
    return value("log", of(atom))


def exp(x: Coefficient) -> Coefficient:
    """Return e^x: a product of powers of e, of numbers whose logarithms are in x, and of atoms."""
    found: Coefficient = ONE
    for powers, c in terms_of(x).items():
        need(abs(c) < _STEEPEST)
        found = found * _exp_of_term(powers, c)
    return found


def _exp_of_term(powers: frozenset[tuple[NamedNumber, Power]], c: fmpq) -> Coefficient:
    if not powers:
        return of(E_ATOM, fraction(c))
    ((atom, p), *others) = powers
    if not others and p == 1 and atom.key[0] == "log":
        return power(atom.key[1], fraction(c))
    return of(function("exp", RealConstant({powers: ONE})), fraction(c))


# Angles.


def _turns(x: Coefficient) -> fmpq | None:
    """Return x/pi where that is rational."""
    terms = terms_of(x)
    if not terms:
        return ZERO
    ((powers, c), *others) = terms.items()
    return c if not others and powers == frozenset({(PI_ATOM, 1)}) else None


def _root(n: int) -> Coefficient:
    return power(fmpq(n), Fraction(1, 2))


_SINES = {ZERO: ZERO, fmpq(1, 6): HALF, fmpq(1, 4): _root(2) * HALF, fmpq(1, 3): _root(3) * HALF, HALF: ONE}


def _sine_of_turns(q: fmpq) -> Coefficient | None:
    """Return sin(q*pi) of the angles in the table, and of those that lead back to them."""
    q = q - 2 * fmpq((q / 2).floor())
    way = -1 if q >= 1 else 1
    q = q - 1 if q >= 1 else q
    found = _SINES.get(min(q, 1 - q))
    return None if found is None else found * fmpq(way)


def sin(x: Coefficient) -> Coefficient:
    """Return the sine."""
    turns = _turns(x)
    known = None if turns is None else _sine_of_turns(turns)
    return _by_parity("sin", x) if known is None else known


def cos(x: Coefficient) -> Coefficient:
    """Return the cosine."""
    turns = _turns(x)
    known = None if turns is None else _sine_of_turns(turns + HALF)
    return _by_parity("cos", x) if known is None else known


def arc(op: str, x: Coefficient) -> Coefficient:
    """Return asin, acos or atan: of the sine or tangent of a rational multiple of pi that multiple."""
    if op == "acos":
        return PI * HALF - arc("asin", x)
    known = _angle_of(op, x) if is_algebraic(x) else None
    return _by_parity(op, x) if known is None else known


def _angle_of(op: str, x: Coefficient) -> Coefficient | None:
    """Return the multiple of pi that an angle is, if it is one by a small fraction: its sine or tangent is x."""
    with ctx.workprec(_BITS[0]):
        share = function(op, x).ball() / arb.pi() * _FINEST_TURN if x != 0 else arb(0)
    nearest = share.unique_fmpz()
    if nearest is None:
        return None
    angle = PI * fmpq(nearest, _FINEST_TURN)
    if op == "asin":
        return angle if sin(angle) - x == 0 else None
    across = cos(angle)  # 0 where a tangent is so large that its angle is next to a right one
    return angle if across != 0 and sin(angle) * inverse(across) - x == 0 else None


# Everything else.


def function(op: str, *args: Coefficient) -> NamedNumber:
    """Return the atom of a function of constants."""
    return NamedNumber(lambda *xs: checked(RULES[op](*map(number, xs))), op, *args)


def _by_parity(op: str, x: Coefficient) -> Coefficient:
    """Return an odd or even function of x by way of that of |x|, so that both are one atom."""
    way = 1
    with suppress(UnprovedError):
        way = sign(x)
    if way >= 0:
        return value(op, x)
    return value(op, -x) if op in EVEN else -value(op, -x)


def value(op: str, *args: Coefficient) -> Coefficient:
    """Return a function of constants: rational where FLINT's ball is a point.

    Raises `UnprovedError` where it has no value, or none is known.
    """
    atom = function(op, *args)
    for bits in _BITS:
        try:
            with ctx.workprec(bits):
                found: Number = atom.compute(*args)
                return found if isinstance(found, fmpq) else of(atom)
        except BlurredError:
            continue
    raise UnprovedError


def on_ball(op: str, x: arb) -> arb:
    """Return a ball that holds a function on all of a ball, on which it is continuous."""
    found: arb = ball(checked(RULES[op](x)))
    return found


def of_constants(op: str, *args: Coefficient) -> Coefficient:
    """Return a function that is an atom of its own, by its parity where it has one."""
    return _by_parity(op, *args) if op in ODD | EVEN else value(op, *args)
