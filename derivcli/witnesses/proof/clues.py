"""Which parts of a program tell where it switches: what is 0 there, or a whole number.

A function passes from one formula to another, leaps, grows without bound or ends only where one of these parts is 0
(or whole, of a floor). The converse does not hold: a clue may be false, and f smooth there. Of what is 0 the parts are
taken that must be 0 for it: factors of a product, the base of a power, the argument of a sine in multiples of pi.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from derivcli.language import catalogue
from derivcli.language.domains import domain
from derivcli.language.lowering import expand, inline
from derivcli.language.numbers import exact
from derivcli.language.program import Builder, Program
from derivcli.language.tree import COMPARISONS, NUMBER
from derivcli.witnesses.proof.functions import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 60  # clues: more than a formula has that fits into a title

# Functions that switch where their first operand is 0, or whole. Ends of domains come from the catalogue.
_AT_ZERO = frozenset({"abs", "sign", "heaviside", "cbrt", "root", "atan2"})
_AT_WHOLE = frozenset({"floor", "ceil"})
_OF_QUOTIENT = frozenset({"mod", "floordiv"})
# Functions that are 0 only where their first operand is, and nowhere.
_ZERO_WITH = frozenset(
    {"neg", "abs", "sqrt", "cbrt", "root", "div", "pow", "sinh", "tanh", "asin", "atan", "asinh", "atanh"}
    | {"expm1", "log1p", "erf"}
)
_NEVER_ZERO = frozenset({"exp", "cosh"})
_NEVER_NEGATIVE = frozenset({"abs", "sqrt"})
_LOGARITHMS = frozenset({"log", "log2", "log10"})
_TURNS = {"sin": False, "tan": False, "cos": True}  # 0 at multiples of pi; or halfway between them


@dataclass(frozen=True, slots=True)
class Clue:
    """A part of a program, and where it tells something: where it is 0 or, with `whole`, where it is an integer."""

    program: Program
    whole: bool = False


def clues(program: Program, name: str) -> list[Clue]:
    """Return the clues to where a program switches while a variable runs, parts before what they are parts of."""
    return list(dict.fromkeys(_Reader(program, name).clues()))[:_MOST]


class _Reader:
    """A program together with the conditions under which its functions have values."""

    def __init__(self, program: Program, name: str) -> None:
        self._builder = Builder()
        done: list[int] = []
        for op, args, text in expand(program, RULES.__contains__).instructions:
            operands = [done[arg] for arg in args]
            condition = domain(op) if op in catalogue.FUNCTIONS else None
            if condition is not None:
                bound = dict(zip(catalogue.FUNCTIONS[op].parameters, operands, strict=False))
                inline(self._builder, condition, RULES.__contains__, bound)
            done.append(self._builder.add(op, *operands, text=text))
        whole = self._builder.everything()
        self._instructions = whole.instructions
        self._moves = whole.depends_on((name,))

    def clues(self) -> Iterator[Clue]:
        """Yield the clues of all instructions; some come more than once."""
        for op, args, _text in self._instructions:
            if any(self._moves[arg] for arg in args):
                yield from self._clues_of(op, args)

    def _clues_of(self, op: str, args: tuple[int, ...]) -> Iterator[Clue]:
        if op in _AT_ZERO:
            yield from self._zero(args[0])
        elif op in _AT_WHOLE:
            yield self._whole(args[0])
        elif op == "round":
            yield self._whole(self._shifted(args[0]))
        elif op in _OF_QUOTIENT:
            yield self._whole(self._builder.add("div", *args))
        elif op == "div":
            yield from self._zero(args[1])
        elif op == "pow" and not self._is_natural(args[1]):
            yield from self._zero(args[1] if self._size(args[0]) == 0 else args[0])
        elif op in COMPARISONS or op in ("max", "min"):
            for a, b in combinations(args, 2):
                yield from self._equal(a, b)

    def _equal(self, a: int, b: int) -> Iterator[Clue]:
        """Yield clues to where two results are equal."""
        sizes = [self._size(index) for index in (a, b)]
        if 0 in sizes:
            yield from self._zero(a if sizes[1] == 0 else b)
        elif (wave := self._turning(a, b)) is not None:
            yield self._turn(wave, halfway=self._instructions[wave].op == "sin")
        elif found := list(self._of_exponential(a, b)):
            yield from found
        elif self._moves[a] or self._moves[b]:
            yield Clue(self._builder.build(self._builder.add("add", a, self._builder.add("neg", b))))

    def _zero(self, index: int) -> Iterator[Clue]:
        """Yield clues to where a result is 0."""
        op, args, _text = self._instructions[index]
        if not self._moves[index] or op in _NEVER_ZERO:
            return
        if op == "mul" or op in _ZERO_WITH:
            for arg in args if op == "mul" else args[:1]:
                yield from self._zero(arg)
        elif op in _TURNS:
            yield self._turn(index, halfway=_TURNS[op])
        elif op in _LOGARITHMS:
            yield Clue(self._builder.build(self._builder.add("add", args[0], self._minus_one())))
        elif op == "add" and len(args) == 2 and self._turning(*args) is not None:
            yield from self._equal(*args)
        elif op == "add" and len(args) == 2 and (both := self._exponential(*args)):
            yield from self._equal(*both)
        elif not self._is_positive(index):
            yield Clue(self._builder.build(index))

    def _turning(self, *both: int) -> int | None:
        """Return the sine or cosine that meets 1 or -1, where it turns back: at the zeros of the other one."""
        if all(self._size(index) != 1 for index in both):
            return None
        bare = [self._instructions[k].args[0] if self._instructions[k].op == "neg" else k for k in both]
        return next((index for index in bare if self._instructions[index].op in ("sin", "cos")), None)

    def _exponential(self, a: int, b: int) -> tuple[int, int] | None:
        """Return exp(u) and c for a sum of exp(u) and -c."""
        for whole, other in ((a, b), (b, a)):
            op, args, _text = self._instructions[other]
            if op == "neg" and self._instructions[whole].op == "exp" and self._instructions[args[0]].op == NUMBER:
                return whole, args[0]
        return None

    def _of_exponential(self, a: int, b: int) -> Iterator[Clue]:
        """Yield the clue to where exp(u) is a number c: u is log(c). The balls of exp(u) are too wide to tell that."""
        for whole, other in ((a, b), (b, a)):
            if self._instructions[whole].op == "exp" and self._instructions[other].op == NUMBER:
                inner = self._instructions[whole].args[0]
                if self._size(other) == 1:
                    yield from self._zero(inner)
                else:
                    level = self._builder.add("neg", self._builder.add("log", other))
                    yield Clue(self._builder.build(self._builder.add("add", inner, level)))

    def _is_positive(self, index: int, *, or_zero: bool = False) -> bool:
        """Tell whether a result is above 0 wherever it has a value, or not below it, by its form."""
        op, args, text = self._instructions[index]
        if op == NUMBER:
            return or_zero or exact(text) > 0
        if op in _NEVER_ZERO or (or_zero and op in _NEVER_NEGATIVE):
            return True
        if op == "add":
            are_positive = [self._is_positive(arg) for arg in args]
            return (or_zero or any(are_positive)) and all(self._is_positive(arg, or_zero=True) for arg in args)
        if op == "pow" and or_zero and self._is_natural(args[1]):
            return exact(self._instructions[args[1]].text).numerator % 2 == 0
        return op in ("mul", "div") and all(self._is_positive(arg, or_zero=or_zero) for arg in args)

    def _turn(self, index: int, *, halfway: bool) -> Clue:
        """Return the clue that an angle is a multiple of pi, or halfway between two of them."""
        share = self._over_pi(self._instructions[index].args[0])
        return self._whole(self._shifted(share) if halfway else share)

    def _over_pi(self, index: int) -> int:
        """Return the index of a result divided by pi, without the pi that it holds as a factor."""
        op, args, _text = self._instructions[index]
        if op in ("neg", "div"):
            return self._builder.add(op, self._over_pi(args[0]), *args[1:])
        own = next((k for k, arg in enumerate(args) if op == "mul" and self._instructions[arg].op == "pi"), None)
        if own is None:
            return self._builder.add("div", index, self._builder.add("pi"))
        others = [*args[:own], *args[own + 1 :]]
        return others[0] if len(others) == 1 else self._builder.add("mul", *others)

    def _shifted(self, index: int) -> int:
        half = self._builder.add("div", self._builder.number("1"), self._builder.number("2"))
        return self._builder.add("add", index, half)

    def _minus_one(self) -> int:
        return self._builder.add("neg", self._builder.number("1"))

    def _whole(self, index: int) -> Clue:
        return Clue(self._builder.build(index), whole=True)

    def _size(self, index: int) -> int | None:
        """Return how large a result is that is written as a whole number, with a sign or without."""
        op, args, text = self._instructions[index]
        if op == "neg":
            return self._size(args[0])
        return int(text) if op == NUMBER and text.isdigit() else None

    def _is_natural(self, index: int) -> bool:
        """Tell whether an exponent is 0, 1, 2, ..."""
        op, _args, text = self._instructions[index]
        return op == NUMBER and exact(text).denominator == 1
