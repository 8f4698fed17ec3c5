"""Rules that are FLINT's own functions, and the guards that go before them.

A rule raises `UnprovedError` unless its result holds the real function at every real point of the arguments, and, of
boxes, is holomorphic on them: a guard refuses any box that meets a cut, an edge of the real domain or a pole. All tests
go by the signs of real parts (see `numbers.sign`): a box lies whole on one side of a line that is parallel to the
imaginary axis, or it is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import acb, arb, ctx, fmpq

from derivcli.witnesses.proof.numbers import (
    BlurredError,
    Number,
    Rule,
    UnprovedError,
    ball,
    inside,
    integer,
    is_complex,
    need,
    real,
    sign,
)

if TYPE_CHECKING:
    from collections.abc import Callable

# An exponent of 2 beyond this is no number of 18 decimal digits in its exponent, with which decimal arithmetic ends;
# farther out FLINT would fill the memory, and GMP ends the process when it is full.
STEEPEST = arb(2) ** 56
LARGEST_POWER = 2**56
# Bits of the largest argument: FLINT computes with as many digits as it takes to reduce sin(x) by multiples of pi.
_FARTHEST = arb(2) ** 20_000

# FLINT's calls cannot be stopped. With arguments up to this size, and digits up to that number, none of them took more
# than a quarter of a second; far beyond, some take minutes.
_REACH = arb(2) ** 40
_MOST_BITS = 3_200
# Orders up to which Bessel functions and their kin take 3 ms at any argument; with 1e9, some take minutes at 1e13.
_FAR_ORDERS = arb(2) ** 20


def method(name: str, *extra: object, reach: arb = _FARTHEST) -> Rule:
    """Return FLINT's function of a ball or a box, the first argument, and further ones, where all are within reach."""

    def function(*args: Number) -> Number:
        numbers = [within(reach, ball(x)) for x in args]
        if len(numbers) > 1:
            numbers = [*map(acb if is_complex(*numbers) else arb, numbers)]
        found: Number = getattr(numbers[0], name)(*numbers[1:], *extra)
        return found

    return function


def within(reach: arb, x: Number) -> Number:
    """Return a ball or a box that is smaller than a bound; raises `UnprovedError` for another one."""
    if not abs(x) < reach:
        raise UnprovedError
    return x


def guarded(guard: Callable[..., None], rule: Rule) -> Rule:
    """Return a rule that a guard goes before."""

    def function(*args: Number) -> Number:
        guard(*args)
        return rule(*args)

    return function


def above(edge: int) -> Callable[[Number], None]:
    """Return the guard of a function whose cut, or edge, is all to the left of a point."""
    return lambda x: inside(sign(x - edge) > 0)


def inner(x: Number) -> None:
    """Guard a function that lives between -1 and 1, edges excluded."""
    inside(sign(1 - x) > 0, sign(1 + x) > 0)


def reachable(*numbers: Number, reach: arb = _REACH) -> None:
    """Raise `UnprovedError` where a special function may take too long."""
    need(ctx.prec <= _MOST_BITS)
    for x in numbers:
        within(reach, ball(x))


def special(name: str, *extra: object, bits: int = _MOST_BITS, reach: arb = _REACH) -> Rule:
    """Return FLINT's special function of a ball or a box."""
    rule = method(name, *extra, reach=reach)

    def function(*args: Number) -> Number:
        need(ctx.prec <= bits)
        return rule(*args)

    return function


def far(name: str, *extra: object, bits: int = _MOST_BITS) -> Rule:
    """Return a special function that has an asymptotic expansion: far out, too, it takes 14 ms at most."""
    return special(name, *extra, bits=bits, reach=_FARTHEST)


def far_of_order(name: str, *extra: object) -> Rule:
    """Return a special function of (x, order) that has an asymptotic expansion, which holds for moderate orders."""
    near, distant = special(name, *extra), far(name, *extra)

    def function(x: Number, order: Number) -> Number:
        return (distant if abs(ball(order)) < _FAR_ORDERS else near)(x, order)

    return function


def special_of_complex(name: str) -> Rule:
    """Return a special function that FLINT has for complex numbers only; of real numbers it is real."""

    def function(*args: Number) -> Number:
        reachable(*args)
        found: acb = getattr(acb, name)(*(acb(ball(x)) for x in args))
        return found if is_complex(*args) else found.real

    return function


def pole_free(x: Number) -> None:
    """Guard a function with poles at 0, -1, -2, ..."""
    if isinstance(x, fmpq):
        need(x.q != 1 or x > 0)
    elif not real(x) > 0 and real(x).contains_integer():
        raise BlurredError


def natural(n: Number, most: int) -> int:
    """Return an order or degree, which must be a whole number up to a bound."""
    found = integer(n) if isinstance(n, fmpq) else None
    need(found is not None and 0 <= found <= most)
    return found or 0
