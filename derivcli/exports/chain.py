"""The chain rule on a program: the slope of every instruction by a variable, each found once.

What a function's slope is the catalogue says; at a kink the formulas there are torch's convention. A derivative made
this way holds no sum of terms that cancel unless f does, and it is shared wherever f shares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.language import catalogue
from derivcli.language.lowering import definition, formula, inline
from derivcli.language.tree import CONDITIONS, PIECEWISE, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from derivcli.exports.algebra import Algebra
    from derivcli.language.program import Program

# The catalogue has none: they take any number of arguments. Of equal ones each has its part, as in torch.
_EXTREMA = {
    "max": ("where(x > y, 1, where(x == y, 1/2, 0))", "where(x < y, 1, where(x == y, 1/2, 0))"),
    "min": ("where(x < y, 1, where(x == y, 1/2, 0))", "where(x > y, 1, where(x == y, 1/2, 0))"),
}
_BOTH = ("x", "y")
# Formulas in the place of the catalogue's where those lose digits. That of sinc is near 0 the first terms of its
# series: below 0.2 the sixth is less than 1e-16 of the first, and from there on 1e-14 is lost at most.
_OWN: dict[str, tuple[str | None, ...]] = {
    "sinc": ("where(abs(x) < 0.2, -x/3*(1 - x^2/10*(1 - x^2/28*(1 - x^2/54*(1 - x^2/88)))), (x*cos(x) - sin(x))/x^2)",),
    "sincpi": (),  # that of its definition
    "sigmoid": ("sigmoid(x)*sigmoid(-x)",),  # 1 - sigmoid(x) is 0 from 37 on
    "tanh": ("sech(x)^2",),  # cosh(x)^2 overflows from 356 on
    "sech": ("-sech(x)*tanh(x)",),
    "csch": ("-csch(x)*coth(x)",),
    "coth": ("-csch(x)^2",),
    "atan": ("1/(1 + x*x)",),  # Python's x**2 raises from 1.4e154 on, x*x is inf
    "erf": ("2*exp(-(x*x))/sqrt(pi)",),
    "erfc": ("-2*exp(-(x*x))/sqrt(pi)",),
    "log1mexp": ("-exp(-x)/expm1(-x)",),  # expm1(x) overflows from 710 on
    "log1m_exp": ("exp(x)/expm1(x)",),
}


class NoSlopeError(Exception):
    """A function has no slope in closed form by one of its parameters."""

    def __init__(self, function: str, parameter: str) -> None:
        super().__init__(f"the derivative of `{function}` by its parameter {parameter} has no closed form")
        self.function = function


class ChainRule:
    """Adds the slopes of instructions to the builder that holds them."""

    def __init__(self, builder: Algebra) -> None:
        self._builder = builder
        self._known: dict[tuple[int, str], int] = {}

    def slope(self, index: int, name: str) -> int:
        """Return the index of the slope of an instruction; raises `NoSlopeError` where there is no formula."""
        for k in self._needed(index, name):
            self._known[k, name] = self._found(k, name)
        return self._known[index, name]

    def _needed(self, index: int, name: str) -> list[int]:
        """Return the instructions whose slopes are not known yet and are to be found first, in order."""
        met, waiting = set[int](), [index]
        while waiting:
            k = waiting.pop()
            if k not in met and (k, name) not in self._known:
                met.add(k)
                waiting += self._builder.at(k).args
        return sorted(met)

    def _found(self, index: int, name: str) -> int:
        op, args, text = self._builder.at(index)
        if op == VARIABLE or not args or op in CONDITIONS:
            return self._builder.constant(int(op == VARIABLE and text == name))
        slopes = [self._known[arg, name] for arg in args]
        if all(self._is_zero(slope) for slope in slopes):
            return slopes[0]
        rule = _RULES.get(op)
        return self._of_call(index, slopes, name) if rule is None else rule(self, index, slopes, name)

    def _is_zero(self, index: int) -> bool:
        return self._builder.at(index).text == "0"

    def _sum(self, _index: int, slopes: Sequence[int], _name: str) -> int:
        return self._builder.total(*slopes)

    def _negation(self, _index: int, slopes: Sequence[int], _name: str) -> int:
        return self._builder.product(self._builder.constant(-1), *slopes)

    def _product(self, index: int, _slopes: Sequence[int], name: str) -> int:
        """Take a product apart in the middle, so that one of many factors is not written out for each of them."""
        build, args = self._builder, self._builder.at(index).args
        moving = [arg for arg in args if not self._is_zero(self._known[arg, name])]
        still = [arg for arg in args if arg not in moving]
        return build.product(self._of_factors(moving, name), *still)

    def _of_factors(self, factors: Sequence[int], name: str) -> int:
        build, half = self._builder, len(factors) // 2
        if not half:
            return self._known[factors[0], name]
        left, right = factors[:half], factors[half:]
        return build.total(
            build.product(self._of_factors(left, name), *right), build.product(*left, self._of_factors(right, name))
        )

    def _quotient(self, index: int, slopes: Sequence[int], _name: str) -> int:
        """Use the quotient itself, which does not overflow as the square of the divisor does."""
        build, (_, below) = self._builder, self._builder.at(index).args
        if self._is_zero(slopes[1]):
            return build.quotient(slopes[0], below)
        falling = build.product(build.constant(-1), index, slopes[1])
        return build.quotient(build.total(slopes[0], falling), below)

    def _power(self, index: int, slopes: Sequence[int], _name: str) -> int:
        build, (base, exponent) = self._builder, self._builder.at(index).args
        by_base, by_exponent = slopes
        value = build.value(exponent)
        if value is not None:
            return build.product(exponent, build.raised(base, value - 1), by_base)
        lower = build.total(exponent, build.constant(-1))
        rising = build.product(exponent, build.add("pow", base, lower), by_base)
        if self._is_zero(by_exponent):
            return rising
        bent = build.product(index, build.add("log", base), by_exponent)
        if build.value(base) is None:  # 0^y does not rise with y, though log(0) is no number
            bent = build.add(PIECEWISE, bent, build.add("ne", base, build.constant(0)), build.constant(0))
        return build.total(rising, bent)

    def _choice(self, index: int, slopes: Sequence[int], _name: str) -> int:
        """Differentiate each branch; where two conditions meet the slope is that of the branch that is taken."""
        args = self._builder.at(index).args
        pieces = [slopes[k] for k in range(0, len(args) - 1, 2)]
        if self._builder.at(args[-1]).op == "undefined":
            last = args[-1]
        else:
            last = slopes[-1]
            if set(pieces) == {last}:
                return last
        mixed = [part for pair in zip(pieces, args[1::2], strict=True) for part in pair]
        return self._builder.add(PIECEWISE, *mixed, last)

    def _extremum(self, index: int, slopes: Sequence[int], name: str) -> int:
        op, args, _ = self._builder.at(index)
        if len(args) > len(_BOTH):  # two by two, as torch takes them
            return self.slope(self._builder.add(op, self._builder.add(op, *args[:-1]), args[-1]), name)
        return self._joined(
            [formula(text, _BOTH) for text in _EXTREMA[op]], dict(zip(_BOTH, args, strict=True)), slopes
        )

    def _of_call(self, index: int, slopes: Sequence[int], name: str) -> int:
        op, args, _ = self._builder.at(index)
        row = catalogue.FUNCTIONS[op]
        bound = dict(zip(row.parameters, args, strict=False))
        partials = _OWN.get(op, row.partials)
        if not partials:
            return self.slope(inline(self._builder, definition(op), _anything, bound), name)
        found: list[Program | None] = []
        for parameter, text, slope in zip(row.parameters, partials, slopes, strict=False):
            is_still = self._is_zero(slope)
            if text is None and not is_still:
                raise NoSlopeError(op, parameter)
            found.append(None if text is None or is_still else formula(text, row.parameters))
        return self._joined(found, bound, slopes)

    def _joined(self, partials: Sequence[Program | None], bound: dict[str, int], slopes: Sequence[int]) -> int:
        """Return the sum of partial derivatives times the slopes of the arguments."""
        build = self._builder
        terms = [
            build.product(inline(build, partial, _anything, bound), slope)
            for partial, slope in zip(partials, slopes, strict=True)
            if partial is not None and not self._is_zero(slope)
        ]
        return build.total(*terms)


def _anything(_op: str) -> bool:
    return True


_RULES: dict[str, Callable[[ChainRule, int, Sequence[int], str], int]] = {
    "add": ChainRule._sum,
    "neg": ChainRule._negation,
    "mul": ChainRule._product,
    "div": ChainRule._quotient,
    "pow": ChainRule._power,
    PIECEWISE: ChainRule._choice,
    **dict.fromkeys(_EXTREMA, ChainRule._extremum),
}
