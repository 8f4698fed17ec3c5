"""Coefficients of germs: polynomials over the rationals in atoms, real numbers known to any number of digits.

Equal polynomials are equal numbers. A sum of algebraic numbers that is 0 is seen to be that (see `separation`), so that
such numbers are equal where their difference is 0. That another number is not 0, or its sign, is shown by balls of
rising precision; where these do not decide, the question is left open.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flint import acb, arb, ctx, fmpq

from derivcli.witnesses.proof.germs.separation import least_bits
from derivcli.witnesses.proof.numbers import ONE, ZERO, BlurredError, Number, UnprovedError, ball, need
from derivcli.witnesses.proof.numbers import sign as sign_of_number

if TYPE_CHECKING:
    from collections.abc import Callable

Power = int | Fraction  # Python's: as keys of a dict they are ten times as fast as FLINT's
Powers = frozenset[tuple["NamedNumber", Power]]
Coefficient = Any  # fmpq or RealConstant

_BITS = (128, 400, 1500)  # the last: what is below 1e-400 of its terms is left open
_MOST_TERMS = 12  # of a polynomial; with more it is an atom of its own, still equal to itself
_LONGEST_PRODUCT = 40  # terms that are multiplied out
_MOST_BITS = 4_000  # of its rational coefficients; beyond, whole powers of numbers are kept as atoms
_MOST_SEPARATING = 20_000  # bits that a proof of 0 may need: a millisecond for a few roots
_GLANCE_BITS = 64  # enough to see that most sums are not 0
_SPARE_BITS = 64  # for what cancels in a sum
_LARGEST_WHOLE = arb(2) ** 20_000  # as in `numbers`: all digits of an integer are written out
_NO_ATOMS: Powers = frozenset()


class NamedNumber:
    """A real number by name: an operation on other coefficients. Atoms of one name are one number."""

    __slots__ = ("_balls", "_hash", "compute", "is_algebraic", "key")

    def __init__(self, compute: Callable[..., Number], *key: Any) -> None:
        self.key = key
        self.compute = compute
        self.is_algebraic = _names_algebraic(*key)
        self._hash = hash(key)
        self._balls: dict[int, Number] = {}

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, NamedNumber) and self._hash == other._hash and self.key == other.key)

    def __hash__(self) -> int:
        return self._hash

    def ball(self) -> Number:
        """Return a ball that holds the number, at the current precision."""
        found = self._balls.get(ctx.prec)
        if found is None:
            found = self._balls[ctx.prec] = ball(self.compute(*self.key[1:]))
        return found

    @property
    def is_positive(self) -> bool:
        """True where the number is above 0 for sure."""
        try:
            return sign(RealConstant({frozenset({(self, 1)}): ONE})) > 0
        except UnprovedError:
            return False


def _names_algebraic(op: str, *args: Any) -> bool:
    """Tell whether a name is that of an algebraic number for sure: of one that `separation` has a rule for."""
    if op in ("sin", "cos"):
        return isinstance(args[0], RealConstant) and args[0].terms.keys() == {frozenset({(PI_ATOM, 1)})}
    if op == "sum":
        return is_algebraic(args[0])
    return op in ("prime", "rational")


class RealConstant:
    """A polynomial that is not rational: `terms` maps products of powers of atoms to rationals that are not 0."""

    __slots__ = ("_hash", "terms")

    def __init__(self, terms: dict[Powers, fmpq]) -> None:
        self.terms = terms
        self._hash: int | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RealConstant) and self.terms == other.terms

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset((powers, str(c)) for powers, c in self.terms.items()))
        return self._hash

    def __add__(self, other: Coefficient) -> Coefficient:
        terms = dict(self.terms)
        for powers, c in terms_of(other).items():
            terms[powers] = terms.get(powers, ZERO) + c
        return tidied(_without_zeros(terms))

    def __mul__(self, other: Coefficient) -> Coefficient:
        if isinstance(other, fmpq):
            return RealConstant({powers: c * other for powers, c in self.terms.items()}) if other != 0 else ZERO
        if len(self.terms) * len(other.terms) > _LONGEST_PRODUCT:
            return named(self) * named(other)
        terms: dict[Powers, fmpq] = {}
        for left, a in self.terms.items():
            for right, b in other.terms.items():
                powers, c = _product(left, right)
                terms[powers] = terms.get(powers, ZERO) + a * b * c
        return tidied(terms)

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self) -> RealConstant:
        return RealConstant({powers: -c for powers, c in self.terms.items()})

    def __sub__(self, other: Coefficient) -> Coefficient:
        return self + (-other)

    def __rsub__(self, other: Coefficient) -> Coefficient:
        return (-self) + other

    def ball(self) -> arb:
        """Return a ball that holds the number, at the current precision."""
        total = arb(0)
        for powers, c in self.terms.items():
            term = arb(c)
            for atom, power in powers:
                term *= _raised(atom.ball(), power)
            total += term
        return total


def _raised(x: arb, power: Power) -> arb:
    """Return a power of a ball; FLINT's real one of a ball that holds 0 is no number."""
    if power == 1:
        return x
    found: arb = (acb(x) ** power).real if isinstance(power, int) else x ** fmpq(*power.as_integer_ratio())
    return found


def is_algebraic(x: Coefficient) -> bool:
    """Tell whether a coefficient is an algebraic number for sure."""
    return all(atom.is_algebraic for powers in terms_of(x) for atom, _power in powers)


def terms_of(x: Coefficient) -> dict[Powers, fmpq]:
    """Return the terms of a coefficient."""
    if isinstance(x, RealConstant):
        return x.terms
    return {_NO_ATOMS: x} if x != 0 else {}


def tidied(terms: dict[Powers, fmpq]) -> Coefficient:
    """Return a polynomial: a rational where it is one, an atom where it is long."""
    terms = {powers: c for powers, c in _without_zeros(_without_squares(terms)).items() if c != 0}
    if not terms:
        return ZERO
    if len(terms) == 1 and _NO_ATOMS in terms:
        return terms[_NO_ATOMS]
    found = RealConstant(terms)
    if len(terms) <= _MOST_TERMS and all(c.height_bits() <= _MOST_BITS for c in terms.values()):
        return found
    return named(found)


def _without_squares(terms: dict[Powers, fmpq]) -> dict[Powers, fmpq]:
    """Write 1 - sin(a)^2 for each square of cos(a), so that sin(a)^2 + cos(a)^2 is 1."""
    found: dict[Powers, fmpq] = {}
    for powers, c in terms.items():
        for part, way in _by_sines(powers):
            found[part] = found.get(part, ZERO) + c * way
    return found


def _by_sines(powers: Powers) -> list[tuple[Powers, fmpq]]:
    cosine = next((p for p in powers if p[0].key[0] == "cos" and isinstance(p[1], int) and p[1] > 1), None)
    if cosine is None:
        return [(powers, ONE)]
    atom, power = cosine
    lower = _by_sines(_product(powers - {cosine}, frozenset({(atom, power - 2)}))[0])
    sine = NamedNumber(lambda x: ball(number(x)).sin(), "sin", atom.key[1])
    return [*lower, *((_product(part, frozenset({(sine, 2)}))[0], -way) for part, way in lower)]


def _without_zeros(terms: dict[Powers, fmpq]) -> dict[Powers, fmpq]:
    """Return a sum without those of its terms that are together 0: algebraic ones, times the same other numbers."""
    parts: dict[Powers, dict[Powers, fmpq]] = {}
    for powers, c in terms.items():
        if c != 0:
            others = frozenset(power for power in powers if not power[0].is_algebraic)
            parts.setdefault(others, {})[powers - others] = c
    for others, part in parts.items():
        if len(part) > 1 and _is_zero(part):
            terms = {powers: c for powers, c in terms.items() if powers - others not in part or not others <= powers}
    return terms


def _is_zero(part: dict[Powers, fmpq]) -> bool:
    """Tell whether a sum of algebraic terms is 0 for sure."""
    x = RealConstant(part)
    with ctx.workprec(_GLANCE_BITS):
        if not x.ball().contains(0):
            return False
    bits = least_bits(part)
    if bits > _MOST_SEPARATING:
        return False
    with ctx.workprec(bits + _SPARE_BITS):
        return bool(abs(x.ball()) < arb(2) ** -bits)


def named(x: RealConstant) -> Coefficient:
    """Return a polynomial of several terms as an atom of its own: equal to itself, but not multiplied out."""
    return of(NamedNumber(RealConstant.ball, "sum", x)) if len(x.terms) > 1 else x


def of(atom: NamedNumber, power: Power = 1) -> Coefficient:
    """Return a power of an atom as a coefficient; whole powers of primes are rationals."""
    powers, c = _product(frozenset({(atom, power)}), _NO_ATOMS)
    return tidied({powers: c})


def prime(p: int) -> NamedNumber:
    """Return a prime as an atom: only broken powers of it stay one."""
    return NamedNumber(arb, "prime", p)


def _product(left: Powers, right: Powers) -> tuple[Powers, fmpq]:
    """Multiply products of powers; whole powers of primes go into the rational factor, where they are short."""
    found, c = dict(left), ONE
    for atom, power in right:
        found[atom] = found.get(atom, 0) + power
    for atom, power in found.items():
        whole = power.__floor__()
        if atom.key[0] == "prime" and abs(whole) * atom.key[1].bit_length() <= _MOST_BITS:
            c, found[atom] = c * fmpq(atom.key[1]) ** whole, power - whole
    return frozenset((atom, _plain(power)) for atom, power in found.items() if power), c


def _plain(power: Power) -> Power:
    return power if isinstance(power, int) or power.denominator != 1 else power.numerator


PI_ATOM = NamedNumber(arb.pi, "pi")
E_ATOM = NamedNumber(lambda: arb(1).exp(), "e")
PI, E = of(PI_ATOM), of(E_ATOM)


def number(x: Coefficient) -> Number:
    """Return a coefficient as a rational or a ball, at the current precision."""
    return x.ball() if isinstance(x, RealConstant) else x


def sign(x: Coefficient) -> int:
    """Return -1, 0 or 1; raises `BlurredError` where that is open."""
    if isinstance(x, fmpq):
        return sign_of_number(x)
    for bits in _BITS:
        with ctx.workprec(bits):
            found = x.ball()
            if found > 0:
                return 1
            if found < 0:
                return -1
    raise BlurredError


def whole(x: Coefficient) -> int | None:
    """Return the integer that a coefficient is, None where it is none; raises `BlurredError` where that is open."""
    if isinstance(x, fmpq):
        return int(x.p) if x.q == 1 else None
    for bits in _BITS:
        with ctx.workprec(bits):
            found = x.ball()
            if not found.contains_integer():
                return None
            only = found.unique_fmpz()
        if only is not None and x - fmpq(only) == 0:
            return int(only)
    raise BlurredError


def floor(x: Coefficient) -> int:
    """Return the largest integer that is not above a coefficient; raises `BlurredError` where that is open."""
    if isinstance(x, fmpq):
        return int(x.floor())
    for bits in _BITS:
        with ctx.workprec(bits):
            ball_of_x = x.ball()
            need(bool(abs(ball_of_x) < _LARGEST_WHOLE))
            low = ball_of_x.floor().unique_fmpz()
            if low is not None:
                return int(low)
    raise BlurredError
