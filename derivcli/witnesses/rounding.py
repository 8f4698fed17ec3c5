"""How each operation carries bounds on rounding errors on (Higham, Accuracy and Stability, ch. 3)."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import torch
from torch import Tensor

from derivcli.language import catalogue
from derivcli.language.catalogue.hypergeometric import POLYNOMIALS
from derivcli.witnesses import lambdas
from derivcli.witnesses.bounded import Bounded, larger, over
from derivcli.witnesses.marks import Marks

_FAR = 256.0  # powers of two
_SECOND_ORDER = 2.0**-24  # the rounding unit of the coarsest type
_SINGULAR_AT_ZERO = frozenset({"cbrt", "root", "hypot", "atan2"})
_POLYNOMIALS = frozenset(row.name for row in POLYNOMIALS)  # by recurrence: near a zero no digit may be right
_CLOSE_TO_EXACT = 2.0  # units: exp, log, sin, cos, sqrt
_KERNEL = 16.0  # units: how good torch's other functions are at the least
_SPECIAL = 2.0**16  # units: how good those are that come from elsewhere


Rule = Callable[[Marks, list[Bounded]], Bounded]


def rule(op: str) -> Rule:
    """Return how an operation or a function of the catalogue carries the bounds of its arguments on."""
    return _RULES.get(op) or _of_catalogue(op)


def has_rule(op: str) -> bool:
    """Tell whether a function is bounded by itself; others are replaced by their definitions."""
    row = catalogue.FUNCTIONS[op]
    native = row.torch or row.values is not None
    return op in _RULES or (native and bool(row.partials) and (row.smooth or row.definition is None))


def _plus(fresh: Any, more: Any) -> Any:
    """Add to a number that nobody else holds."""
    if not isinstance(fresh, Tensor):
        return fresh + more
    return fresh if isinstance(more, float) and more == 0 else fresh.add_(more)


def _add(here: Marks, args: list[Bounded]) -> Bounded:
    total = args[0]
    for term in args[1:]:
        relative = _common(total, term)
        if relative is not None:
            total = here.number(total.value + term.value, relative + 1.0)
            continue
        found = here.number(total.value + term.value)
        total = found.bounded(absolute=_plus(found.most + total.absolute, term.absolute))
    return total


def _common(a: Bounded, b: Bounded) -> float | None:
    """Return the larger relative bound of two numbers whose sum cancels nowhere; None where that is not known."""
    known = a.is_relative and b.is_relative and isinstance(a.relative, float) and isinstance(b.relative, float)
    return larger(a.relative, b.relative) if known and a.sign * b.sign > 0 else None


def _mul(here: Marks, args: list[Bounded]) -> Bounded:
    product = args[0]
    for factor in args[1:]:
        (low, high), (least, most) = product.within, factor.within
        in_units = partial(_scaled_product, product, factor)
        product = here.ranged(_times(here, product, factor), (low + least, high + most), in_units, product, factor)
    return product


def _times(here: Marks, a: Bounded, b: Bounded) -> Bounded:
    found = here.number(a.value * b.value)
    if a.is_relative and b.is_relative:
        return found.bounded(a.relative + b.relative + 1.0)
    if a.is_relative:
        a, b = b, a
    error = a.absolute * b.most
    if b.is_relative:
        return found.bounded(absolute=_plus(error, found.most * (b.relative + 1.0)))
    together = a.absolute * b.absolute * _SECOND_ORDER
    return found.bounded(absolute=_plus(_plus(_plus(error, b.absolute * a.most), found.most), together))


def _scaled_product(a: Bounded, b: Bounded, scale: float) -> Any:
    return a.magnitude * scale * b.magnitude


def _scaled_quotient(a: Bounded, b: Bounded, scale: float) -> Any:
    return over(a.magnitude * scale, b.magnitude)


def _scaled_power(base: Bounded, exponent: float, scale: float) -> Any:
    return (base.magnitude * scale ** (1 / exponent)) ** exponent if exponent else scale


def _div(here: Marks, args: list[Bounded]) -> Bounded:
    a, b = args
    here.settled(b)
    here.held(b)
    (low, high), (least, most) = a.within, b.within
    value = a.value / b.value if isinstance(b.value, Tensor) or b.value else a.value * math.nan
    relative = b.relative + 1.0
    if a.is_relative:
        found = here.number(value, a.relative + relative)
    else:
        rounded = here.number(value).most * relative
        found = here.number(value, absolute=_plus(over(a.absolute, b.least), rounded))
    return here.ranged(found, (low - most, high - least), partial(_scaled_quotient, a, b), a)


def _pow(here: Marks, args: list[Bounded]) -> Bounded:
    base, exponent = args
    value = lambdas.power(here.tensor(base.value), exponent.value)
    here.settled(base)
    here.held(base)
    if isinstance(exponent.value, float) and exponent.is_exact and exponent.value.is_integer():
        if not exponent.value:
            here.doubt(here.tensor(base.value) == 0)  # 0^0 is 1 by convention: a reader has to know
        low, high = sorted(end * exponent.value if exponent.value else 0.0 for end in base.within)
        found = here.number(value, abs(exponent.value) * (base.relative + 1.0) + 1.0)
        return here.ranged(found, (low, high), partial(_scaled_power, base, exponent.value), base)
    here.flag(base.value, base.absolute)  # the edge of the domain
    here.beyond(here.tensor(base.value) < 0)  # an exponent that may have been rounded to an integer
    logarithm = here.number(here.tensor(base.magnitude).log())
    stretch = exponent.absolute * logarithm.most if not exponent.is_exact else 0.0
    error = exponent.most * base.relative + stretch
    here.close(here.number(1.0, absolute=error))
    found = here.number(value, error + _CLOSE_TO_EXACT)
    return here.ranged(found, None, None, base)


def _sqrt(here: Marks, args: list[Bounded]) -> Bounded:
    here.flag(args[0].value, args[0].absolute)  # the edge of the domain
    return here.number(here.tensor(args[0].value).sqrt(), args[0].relative / 2 + _CLOSE_TO_EXACT)


def _exp(here: Marks, args: list[Bounded]) -> Bounded:
    here.close(args[0])
    u = here.tensor(args[0].value)
    found = here.number(u.exp(), args[0].absolute + _CLOSE_TO_EXACT)
    return here.ranged(found, None, lambda scale: (u + math.log(scale)).exp())


def _log(here: Marks, args: list[Bounded]) -> Bounded:
    here.settled(args[0])
    found = here.number(here.tensor(args[0].value).log())
    return found.bounded(absolute=args[0].relative + _CLOSE_TO_EXACT * found.most)


def _wave(function: Callable[[Tensor], Tensor]) -> Rule:
    def rule(here: Marks, args: list[Bounded]) -> Bounded:
        found = here.number(function(here.tensor(args[0].value)))
        return found.bounded(absolute=_plus(found.most * _CLOSE_TO_EXACT, args[0].absolute))

    return rule


def _abs(here: Marks, args: list[Bounded]) -> Bounded:
    here.flag(args[0].value, args[0].absolute)
    return args[0].of_same_size(args[0].magnitude)


def _neg(_here: Marks, args: list[Bounded]) -> Bounded:
    return args[0].of_same_size(-args[0].value)


def _extreme(choose: Callable[[Tensor, Tensor], Tensor]) -> Rule:
    def two(here: Marks, a: Bounded, b: Bounded) -> Bounded:
        x, y = here.tensor(a.value), here.tensor(b.value)
        value = choose(x, y)
        here.flag(x - y, a.absolute + b.absolute)
        if not isinstance(a.absolute, Tensor) and not isinstance(b.absolute, Tensor):
            return here.number(value, absolute=larger(a.absolute, b.absolute))
        error = torch.where(value == x, here.tensor(a.absolute), here.tensor(b.absolute))
        return here.number(value, absolute=error)

    def rule(here: Marks, args: list[Bounded]) -> Bounded:
        found = args[0]
        for other in args[1:]:
            found = two(here, found, other)
        return found

    return rule


def _step(jumps: Callable[[Tensor], Tensor], function: Callable[[Tensor], Tensor]) -> Rule:
    """Return the rule of a function that is constant but for jumps, where `jumps` gives the nearest one."""

    def rule(here: Marks, args: list[Bounded]) -> Bounded:
        x = here.tensor(args[0].value)
        here.flag(x - jumps(x), args[0].absolute)
        return here.number(function(x), 0.0)

    return rule


def _quotient(here: Marks, args: list[Bounded]) -> Tensor:
    """Return x/y of a remainder or a floored quotient, and mark where it is a whole number."""
    x, y = (here.tensor(arg.value) for arg in args)
    ratio = x / y
    here.flag(ratio - ratio.round(), (args[0].relative + args[1].relative + 1.0) * abs(ratio))
    return ratio


def _floordiv(here: Marks, args: list[Bounded]) -> Bounded:
    return here.number(_quotient(here, args).floor(), 0.0)


def _mod(here: Marks, args: list[Bounded]) -> Bounded:
    x, y = args
    whole = here.number(_quotient(here, args).floor())
    found = here.number(torch.remainder(here.tensor(x.value), here.tensor(y.value)))
    return found.bounded(absolute=x.absolute + whole.most * y.absolute + found.most)


def _of_catalogue(op: str) -> Rule:
    """Return the rule of any other function: its slopes, by the catalogue, carry the errors of its arguments."""
    row, function = catalogue.FUNCTIONS[op], lambdas.function(op)
    assert function is not None  # noqa: S101 - `has_rule` has looked

    def rule(here: Marks, args: list[Bounded]) -> Bounded:
        values = [arg.value for arg in args]
        here.inside(op, args)
        found = here.number(function(*(here.tensor(v) for v in values)))
        if row.values is not None:  # scipy's give 0 below 1e-305: K(2, 700) is 4.7e-306
            here.doubt(here.tensor(found.value) == 0)
        if not row.smooth:
            here.flag(values[0], args[0].absolute)
        error = (_KERNEL if row.values is None else _SPECIAL) * found.most
        for text, arg in zip(row.partials, args, strict=True):
            (here.settled if op in _SINGULAR_AT_ZERO else here.close)(arg)
            if arg.within[1] > _FAR:  # where the formulas of slopes overflow
                here.doubt(arg.magnitude > 2.0**_FAR)
            if not arg.is_exact:
                slope = math.nan if text is None else here.evaluated(text, row.parameters, values)
                blur = arg.absolute + (_SPECIAL if op in _POLYNOMIALS else 0.0)
                error = error + _KERNEL * here.number(slope).most * blur
                error = error + found.most * arg.absolute * arg.absolute * _SECOND_ORDER
        return here.ranged(found.bounded(absolute=error), None, None)

    return rule


_RULES: dict[str, Rule] = {
    "add": _add,
    "mul": _mul,
    "neg": _neg,
    "div": _div,
    "pow": _pow,
    "sqrt": _sqrt,
    "exp": _exp,
    "log": _log,
    "sin": _wave(torch.sin),
    "cos": _wave(torch.cos),
    "abs": _abs,
    "max": _extreme(torch.maximum),
    "min": _extreme(torch.minimum),
    "floor": _step(torch.round, torch.floor),
    "ceil": _step(torch.round, torch.ceil),
    "round": _step(lambda x: torch.floor(x) + 0.5, torch.round),
    "sign": _step(torch.zeros_like, torch.sign),
    "heaviside": _step(torch.zeros_like, lambda x: (torch.sign(x) + 1) / 2),
    "mod": _mod,
    "floordiv": _floordiv,
}
