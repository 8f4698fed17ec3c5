"""Polynomials in programs: their irreducible factors, exactly, which have no zero twice and none in common."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd, prod
from typing import TYPE_CHECKING

from flint import arb, fmpq, fmpq_poly, fmpz, fmpz_poly

from derivcli.language.tree import VARIABLE
from derivcli.witnesses.proof.machine import BallMachine
from derivcli.witnesses.proof.numbers import ZERO

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from derivcli.language.program import Program
    from derivcli.witnesses.proof.numbers import Number
    from derivcli.witnesses.proof.sloped import Both

_HIGHEST = 40  # degree: higher ones take long to be factored, and nobody types them
_LARGEST = 10**6  # below a root: as of the numbers that count as simple


@dataclass(frozen=True)
class Polynomial:
    """An irreducible polynomial with whole coefficients, as a function on balls."""

    whole: fmpz_poly

    def value(self, x: Number) -> Number:
        """Return what holds its values on a ball."""
        return _horner(self.whole, x)

    def both(self, x: Number) -> Both:
        """Return what holds its values and slopes on a ball."""
        return _horner(self.whole, x), _horner(self.whole.derivative(), x)

    def text_of(self, place: arb) -> str | None:
        """Return how a person writes a zero of a square polynomial: `(1 + sqrt(5))/2`; None for another one."""
        if self.whole.degree() != 2:
            return None
        c, b, a = (int(coefficient) for coefficient in self.whole.coeffs())
        below, factor = _square_free(b * b - 4 * a * c)
        divisor = gcd(b, factor, 2 * a)
        middle, factor, under = -b // divisor, factor // divisor, 2 * a // divisor
        if below > _LARGEST:
            return None
        sign = "+" if place > fmpq(-b, 2 * a) else "-"
        root = f"{f'{factor}*' if factor > 1 else ''}sqrt({below})"
        above = f"{middle} {sign} {root}" if middle else f"{sign.strip('+')}{root}"
        return above if under == 1 else f"({above})/{under}" if middle else f"{above}/{under}"


def _horner(polynomial: fmpz_poly, x: Number) -> Number:
    found: Number = arb(0)
    for coefficient in reversed(polynomial.coeffs()):
        found = found * x + coefficient
    return found


def _square_free(number: int) -> tuple[int, int]:
    """Return a number without its square factors, and the root of what they make."""
    powers = fmpz(number).factor()
    return prod(int(p) ** (n % 2) for p, n in powers), prod(int(p) ** (n // 2) for p, n in powers)


def factors(program: Program, name: str, held: Mapping[str, Number]) -> list[Polynomial] | None:
    """Return the irreducible factors of a program that is a polynomial in a variable; None where it is none."""
    found = _written_out(program, name, held)
    if found is None or found.degree() < 1:
        return None
    return [Polynomial(factor) for factor, _times in found.numer().factor()[1]]


def _written_out(program: Program, name: str, held: Mapping[str, Number]) -> fmpq_poly | None:
    machine = BallMachine(program)
    constants = machine.values({**held, name: ZERO})
    moves = machine.program.depends_on((name,))
    parts: list[fmpq_poly | None] = []
    for k, (op, args, _text) in enumerate(machine.program.instructions):
        constant = constants[k]
        if not moves[k]:
            parts.append(fmpq_poly([constant]) if isinstance(constant, fmpq) else None)
        elif op == VARIABLE:
            parts.append(fmpq_poly([0, 1]))
        else:
            operands = [part for arg in args if (part := parts[arg]) is not None]
            step = _STEPS.get(op)
            parts.append(step(operands) if step and len(operands) == len(args) else None)
    return parts[-1]


def _power(operands: Sequence[fmpq_poly]) -> fmpq_poly | None:
    base, exponent = operands
    n = exponent[0]
    is_small = exponent.degree() < 1 and n.q == 1 and n >= 0 and n * base.degree() <= _HIGHEST
    return base ** int(n.p) if is_small else None


def _product(operands: Sequence[fmpq_poly]) -> fmpq_poly | None:
    return prod(operands, start=fmpq_poly([1])) if sum(p.degree() for p in operands) <= _HIGHEST else None


def _quotient(operands: Sequence[fmpq_poly]) -> fmpq_poly | None:
    above, below = operands
    return above / below[0] if below.degree() == 0 else None


_STEPS: dict[str, Callable[[Sequence[fmpq_poly]], fmpq_poly | None]] = {
    "add": lambda operands: sum(operands, fmpq_poly()),
    "neg": lambda operands: -operands[0],
    "mul": _product,
    "div": _quotient,
    "pow": _power,
}
