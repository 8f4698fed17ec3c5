"""A builder of programs that leaves out what is idle: zeros, factors of 1, double signs, numbers apart."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from derivcli.language.numbers import exact, literal
from derivcli.language.program import Builder, Instruction
from derivcli.language.tree import NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

_HALF = Fraction(1, 2)
_MOST_FACTORS = 30  # of a product that products are joined to: squares of squares would double each time


class Algebra(Builder):
    """Adds sums, products, quotients and powers in the form in which a person would write them."""

    def __init__(self) -> None:
        super().__init__()
        self._values: dict[int, Fraction | None] = {}

    def at(self, index: int) -> Instruction:
        """Return an instruction."""
        return self._instructions[index]

    def needed(self, results: Sequence[int]) -> list[int]:
        """Return the instructions that some need, these included, in order."""
        met, waiting = set[int](), list(results)
        while waiting:
            index = waiting.pop()
            if index not in met:
                met.add(index)
                waiting += self.at(index).args
        return sorted(met)

    def value(self, index: int) -> Fraction | None:
        """Return the rational that an instruction stands for, None where it is none."""
        if index not in self._values:  # a part may stand in many others
            self._values[index] = self._rational(index)
        return self._values[index]

    def _rational(self, index: int) -> Fraction | None:
        op, args, text = self.at(index)
        if op == NUMBER:
            return exact(text)
        if op not in ("neg", "div"):
            return None
        above, *below = map(self.value, args)
        if above is None or None in below or 0 in below:
            return None
        return -above if op == "neg" else above / (below[0] or 1)

    def constant(self, value: Fraction | int) -> int:
        """Return the index of a rational: a decimal where there is one, else a quotient."""
        size = abs(Fraction(value))
        decimal = literal(size)
        if decimal is None:
            found = self.add("div", self.number(str(size.numerator)), self.number(str(size.denominator)))
        else:
            found = self.number(decimal)
        return self.add("neg", found) if value < 0 else found

    def total(self, *terms: int) -> int:
        """Return a sum; its numbers are one, which stands last."""
        known = [self.value(term) for term in terms]
        others = [term for term, value in zip(terms, known, strict=True) if value is None]
        number = sum(value for value in known if value is not None)
        if number or not others:
            others.append(self.constant(number))
        return others[0] if len(others) == 1 else self.add("add", *others)

    def product(self, *factors: int) -> int:
        """Return a product: its sign and its number come first, and a factor such as 1/x divides it."""
        return self._fraction(factors, ())

    def quotient(self, above: int, below: int) -> int:
        """Return a quotient; the numbers in it are one. One by 0 stays as it is."""
        return self.add("div", above, below) if self.value(below) == 0 else self._fraction((above,), (below,))

    def _fraction(self, above: Sequence[int], below: Sequence[int]) -> int:
        """Return some factors divided by others, the numbers of both in one."""
        over, rest, under = self._taken_apart(above)
        number, divisors, inverse = self._taken_apart(below)
        number = over / number
        if not number:
            return self.constant(0)
        size, divisors, rest = abs(number), [*under, *divisors], [*rest, *inverse]
        if literal(size) is None:
            divisors = [self.constant(size.denominator), *divisors]
            size = Fraction(size.numerator)
        if size != 1 or not rest:
            rest = [self.constant(size), *rest]
        found = self._joined(rest)
        if divisors:
            found = self.add("div", found, self._joined(divisors))
        return self.add("neg", found) if number < 0 else found

    def _taken_apart(self, factors: Sequence[int]) -> tuple[Fraction, list[int], list[int]]:
        """Return the number in a product, its other factors, and what divides it as `b` does in 1/b."""
        number, above, below = Fraction(1), list[int](), list[int]()
        waiting = list(reversed(factors))
        while waiting:
            factor = waiting.pop()
            value, (op, args, _) = self.value(factor), self.at(factor)
            if value is not None:
                number *= value
            elif op == "neg":
                number = -number
                waiting.append(args[0])
            elif op == "mul" and len(waiting) + len(above) < _MOST_FACTORS:
                waiting += reversed(args)
            elif op == "div" and self.value(args[0]) is not None:
                divisor, under, over = self._taken_apart(args[1:])
                number, above, below = number / divisor, above + over, below + under
                waiting.append(args[0])
            else:
                above.append(factor)
        return number, above, below

    def _joined(self, factors: list[int]) -> int:
        """Return a product in which equal factors are a power."""
        counts = Counter(factors)
        powers = [factor if count == 1 else self._power(factor, count) for factor, count in counts.items()]
        return powers[0] if len(powers) == 1 else self.add("mul", *powers)

    def _power(self, base: int, exponent: int) -> int:
        return self.add("pow", base, self.constant(exponent))

    def raised(self, base: int, exponent: Fraction) -> int:
        """Return a power by a rational: a square root for 1/2, a quotient for -1."""
        if exponent == 0:
            return self.constant(1)
        if exponent in (1, -1):
            return base if exponent == 1 else self.quotient(self.constant(1), base)
        if exponent == _HALF:
            return self.add("sqrt", base)
        return self.add("pow", base, self.constant(exponent))
