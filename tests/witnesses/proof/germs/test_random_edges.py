"""Random expressions of switches, roots, logarithms and powers at their edges, against mpmath at tiny steps.

A slope or limit that is proved must be what the quotients at ever smaller steps come nearer to. Steps of 1e-200 tell
even a logarithm from a constant.
"""

from __future__ import annotations

import math
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from derivcli.language.lowering import expand
from derivcli.witnesses.evidence import Outcome
from derivcli.witnesses.proof.germs.sides import SideProver
from tests.every import examples
from tests.witnesses.proof.asking import program

if TYPE_CHECKING:
    from collections.abc import Callable

    from derivcli.language.program import Program
    from derivcli.witnesses.evidence import Reading

STEPS = tuple(mpf(10) ** -k for k in (15, 50, 200))
_DIGITS = 700  # three times as many as the smallest step has
_MORE_DIGITS = 5_000  # for what seems to be wrong: floor(cos(x^4)) at 1e-200 needs 1,600
_NEARLY_ONE = mpf(
    "0.9"
)  # by how much a distance must shrink: 1/log(1/s) is a thirteenth in the end, 1/log(log(1/s)) a half
_NOTHING = mpf(10) ** -20  # a distance that need not shrink: far below what a false limit is off by


def _real(x: Any) -> Any:
    if isinstance(x, mp.mpc) or not mp.isfinite(x):
        raise ValueError
    return x


def _power(x: Any, y: Any) -> Any:
    return mpf(1) if y == 0 else mpf(x) ** y


def _order(x: Any, y: Any) -> Any:
    """Return a number of the sign of x - y; where that is lost in rounding it is not known."""
    if x != y and abs(x - y) < mpf(10) ** (20 - mp.dps) * abs(x):
        raise OutOfReachError
    return x - y


def _seen(x: Any) -> Any:
    """Return a number that is no rounding of 0, as sin(pi) is."""
    if x and abs(x) < mpf(10) ** (20 - mp.dps):
        raise OutOfReachError
    return x


def _floor(x: Any) -> Any:
    nearest = mp.nint(x)
    if abs(x) > mpf(10) ** (mp.dps // 3) or (nearest and x != nearest and not _order(x, nearest)):
        raise OutOfReachError
    return mp.floor(x)


_OPERATIONS: dict[str, Callable[..., Any]] = {
    "add": lambda *xs: sum(xs, mpf(0)),
    "mul": lambda *xs: math.prod(xs, start=mpf(1)),
    "neg": lambda x: -x,
    "div": lambda x, y: x / y,
    "pow": _power,
    "sqrt": mp.sqrt,
    "cbrt": lambda x: mp.cbrt(x) if x >= 0 else -mp.cbrt(-x),
    "exp": mp.exp,
    "log": mp.log,
    "log1p": lambda x: mp.log(1 + x),
    "sin": lambda x: _seen(mp.sin(x)),
    "cos": lambda x: _seen(mp.cos(x)),
    "tan": lambda x: _seen(mp.tan(x)),
    "asin": mp.asin,
    "acos": mp.acos,
    "atan": mp.atan,
    "sinh": mp.sinh,
    "tanh": mp.tanh,
    "abs": abs,
    "sign": mp.sign,
    "max": max,
    "min": min,
    "floor": _floor,
    "mod": lambda x, y: x - y * _floor(x / y),
    "erf": mp.erf,
    "besselj": mp.besselj,
    "lt": lambda x, y: _order(x, y) < 0,
    "gt": lambda x, y: _order(x, y) > 0,
    "le": lambda x, y: _order(x, y) <= 0,
    "ge": lambda x, y: _order(x, y) >= 0,
    "eq": lambda x, y: _order(x, y) == 0,
    "pi": lambda: +mp.pi,
    "e": lambda: mp.exp(1),
}


class OutOfReachError(Exception):
    """A number is too large, or too near to another one, for mpmath to tell."""


def value(asked: Program, **point: Any) -> Any:
    """Return a program at a point by mpmath, None where it has no real value."""
    results: list[Any] = []
    for op, args, text in asked.instructions:
        operands = [results[arg] for arg in args]
        try:
            if op == "variable":
                results.append(point[text])
            elif op == "number":
                results.append(mpf(text))
            elif op == "piecewise":
                pairs = zip(operands[:-1:2], operands[1::2], strict=True)
                taken = (None if condition is None else branch for branch, condition in pairs if condition is not False)
                results.append(next(taken, operands[-1]))
            else:
                results.append(None if None in operands else _real(_OPERATIONS[op](*operands)))
        except (OverflowError, MemoryError) as error:  # of powers of 1e200
            raise OutOfReachError from error
        except (ValueError, ZeroDivisionError):
            results.append(None)
    return results[-1]


_LEAVES = (
    *(
        "x",
        "x",
        "abs(x)",
        "x^2",
        "sqrt(abs(x))",
        "cbrt(x)",
        "x*abs(x)",
        "abs(x)^sqrt(2)",
        "abs(x)^(1/7)",
        "abs(x)^1.01",
    ),
    *("log(abs(x))", "1/x", "log(1 + abs(x))", "x^3", "x*log(abs(x))", "sqrt(x)"),
    *("1", "2", "-1", "1/2", "pi", "sqrt(2)", "sqrt(3 + 2*sqrt(2))", "-3", "sin(pi/12)", "e"),
)
_ONE = (
    *(
        "sqrt({})",
        "cbrt({})",
        "abs({})",
        "log({})",
        "log(abs({}))",
        "exp({})",
        "sin({})",
        "cos({})",
        "tan({})",
        "1/({})",
    ),
    *(
        "atan({})",
        "tanh({})",
        "asin({})",
        "acos({})",
        "floor({})",
        "sign({})",
        "max({}, 0)",
        "({})^2",
        "({})^3",
        "erf({})",
    ),
    *("abs({})^1.5", "({})^(1/3)", "abs({})^sqrt(3)", "mod({}, 2)", "log1p({})", "-({})", "sinh({})", "min({}, 1)"),
)
_TWO = ("({}) + ({})", "({}) - ({})", "({})*({})", "({})*({})", "({})/({})", "max({}, {})", "min({}, {})", "({})^({})")


@st.composite
def edges(draw: st.DrawFn, depth: int = 3) -> str:
    kind = draw(st.integers(0, 7)) if depth else 0
    if kind <= 1:
        return draw(st.sampled_from(_LEAVES))
    one = draw(edges(depth - 1))
    if kind <= 3:
        return draw(st.sampled_from(_ONE)).format(one)
    if kind == 4:
        condition = f"{draw(edges(0))} < {draw(edges(0))}"
        return f"where({condition}, {one}, {draw(edges(depth - 1))})"
    return draw(st.sampled_from(_TWO)).format(one, draw(edges(depth - 1)))


def _comes_nearer(seen: list[Any], limit: Any) -> bool:
    """Tell whether numbers come nearer to a limit."""
    first, *_, last = (abs(x - limit) for x in seen)
    return bool(last < _NOTHING or last <= first * _NEARLY_ONE)


def _grows(seen: list[Any], way: int) -> bool:
    return bool(seen[-1] * way > 0 and abs(seen[-1]) > abs(seen[0]) * mpf("1.01"))


def contradicts(found: Reading | None, values: list[Any], rises: list[Any], steps: list[Any]) -> bool:
    """Tell whether a proved limit of rises over steps is not what they tend to."""
    if found is None or found.outcome is Outcome.OSCILLATES:
        return False
    if found.outcome is Outcome.UNDEFINED:
        return any(x is not None for x in values)
    if None in values or None in rises:
        return True
    if found.outcome is Outcome.JUMPS:
        return not abs(rises[-1]) > abs(rises[0]) * mpf("0.5")
    seen = [rise / step for rise, step in zip(rises, steps, strict=True)]
    if found.outcome is Outcome.INFINITE:
        return not _grows(seen, found.sign)
    return not _comes_nearer(seen, mpf(found.text))


def check_edge(text: str) -> tuple[int, int]:
    """Return how many sides are proved at 0, and how many were looked at; fail where mpmath sees another thing."""
    asked = program(text, "x")
    if "x" not in asked.variables:
        return 0, 0
    prover = SideProver(asked, {"x": program("0")})
    here = prover.value
    if here is None:
        return 0, 2
    by_formulas = expand(asked, _OPERATIONS.__contains__)
    is_number = here.outcome is Outcome.NUMBER
    found = prover.slopes("x")[0] if is_number else tuple(prover.limit({"x": (fmpq(1), 1)}, way) for way in (-1, 1))
    if _is_contradicted(found, by_formulas, _DIGITS, is_number=is_number):
        assert not _is_contradicted(found, by_formulas, _MORE_DIGITS, is_number=is_number), (text, here, found)
    return sum(side is not None for side in found), 2


def _is_contradicted(found: tuple[Reading | None, ...], asked: Program, digits: int, *, is_number: bool) -> bool:
    """Tell whether what is proved at 0 is not what mpmath sees there with so many digits."""
    with mp.workdps(digits), suppress(OutOfReachError):
        centre = value(asked, x=mpf(0))
        if (centre is not None) is not is_number:
            return True
        for way, side in zip((-1, 1), found, strict=True):
            values = [value(asked, x=way * step) for step in STEPS]
            rises = [None if x is None else x - centre if is_number else x for x in values]
            steps = [way * step if is_number else mpf(1) for step in STEPS]
            if contradicts(side, values, rises, steps):
                return True
    return False


@examples(15, 20_000)
@given(edges())
def test_what_is_proved_at_an_edge_is_what_tiny_steps_tend_to(text: str) -> None:
    check_edge(text)


# By two variables: the inner step is far below the outer one, as in the definition.
_OUTER = tuple(mpf(10) ** -k for k in (10, 20, 40))
_INNER = mpf(10) ** -330  # below x^8
_TWO_NAMES = (
    *(
        "x",
        "y",
        "abs(x)",
        "abs(y)",
        "x*y",
        "x^2 + y^2",
        "abs(x)^3",
        "x*abs(x)",
        "y*abs(y)",
        "x^2*y",
        "max(x, y)",
        "x - y",
    ),
    *(
        "sqrt(x^2 + y^2)",
        "sqrt(x^4 + y^4)",
        "abs(x - y)^3",
        "abs(x)^2.5",
        "cbrt(y)",
        "y^2",
        "min(x, y^2)",
        "x^3",
        "x*y^2",
    ),
    *(
        "where(y == 0, 0, 1/y)",
        "where(y > 0, y^2, cbrt(y))",
        "where(x == 0, 0, x^3*sin(1/x))",
        "where(x > y, 2*x*y, x*y)",
    ),
    *("1", "2", "-1", "1/2", "pi", "y + 1", "where(x < y, x^2, y^2)", "where(x > 0, x^2*y, y^3)", "x^2*y/(x^2 + y^2)"),
)
_SMOOTH = (
    "sin({})",
    "exp({})",
    "({})^2",
    "({})^3",
    "atan({})",
    "({})^1.5",
    "abs({})^2.5",
    "cbrt({})",
    "1/({})",
    "log({})",
)
_BENT = (
    "abs({})",
    "max({}, 0)",
    "sqrt({})",
    "min({}, 1)",
    "tanh({})",
    "besselj(0, {})",
    "cos({})",
    "erf({})",
    "floor({})",
)


@st.composite
def seams(draw: st.DrawFn, depth: int = 2) -> str:
    kind = draw(st.integers(0, 6)) if depth else 0
    if kind <= 1:
        return draw(st.sampled_from(_TWO_NAMES))
    one: str = draw(seams(depth - 1))
    if kind <= 3:
        function: str = draw(st.sampled_from(_SMOOTH + _BENT))
        return function.format(one)
    two: str = draw(st.sampled_from(_TWO))
    other: str = draw(seams(depth - 1))
    return two.format(one, other)


def _inner_slopes(asked: Program, last: str, inner: str, at: Any) -> tuple[Any, Any]:
    """Return the slopes by one variable from the left and from the right, a step away along the other one."""
    before, here, after = (value(asked, **{last: at, inner: t}) for t in (-_INNER, mpf(0), _INNER))
    return (None, None) if None in (before, here, after) else ((here - before) / _INNER, (after - here) / _INNER)


def _contradicts_order(found: tuple[Reading, Reading], asked: Program, last: str, inner: str) -> bool:
    """Tell whether proved slopes of a slope, on both sides, are not what the quotients tend to."""
    centre = _inner_slopes(asked, last, inner, mpf(0))[0]
    for way, side in zip((-1, 1), found, strict=True):
        values = [_inner_slopes(asked, last, inner, way * step)[0] for step in _OUTER]
        rises = [None if x is None or centre is None else x - centre for x in values]
        if contradicts(side, values, rises, [way * step for step in _OUTER]):
            return True
    return False


def check_seam(text: str) -> bool:
    """Return whether a mixed derivative at (0, 0) is proved; fail where mpmath sees another thing."""
    asked = program(text, "x", "y")
    if len(asked.variables) < 2:
        return False
    prover = SideProver(asked, {"x": program("0"), "y": program("0")})
    below = [prover.slopes(name)[0] for name in "xy"]  # the first derivatives have to exist
    if prover.value is None or prover.value.outcome is not Outcome.NUMBER:
        return False
    if any(left is None or left != right or left.outcome is not Outcome.NUMBER for left, right in below):
        return False
    found = prover.mixed(("x", "y"))
    if found is None:
        return False
    sides, by_formulas = (found.sides.left, found.sides.right), expand(asked, _OPERATIONS.__contains__)
    with mp.workdps(_DIGITS), suppress(OutOfReachError):
        if found.lower is not None:
            (inner,) = set(found.lower)
            last = "xy".replace(inner, "")
            slopes = [_inner_slopes(by_formulas, last, inner, way * _OUTER[0]) for way in (-1, 1)]
            apart = [None in pair or abs(pair[0] - pair[1]) > mpf(10) ** -320 for pair in slopes]
            assert all(apart) or sides[0].outcome is not Outcome.NUMBER or any(apart), (text, found)
            return True
        orders = {"x": sides, "y": sides if found.other is None else (found.other, found.other)}
        wrong = [last for last in "xy" if _contradicts_order(orders[last], by_formulas, last, "yx"["xy".index(last)])]
        is_number = sides[0] == sides[1] and sides[0].outcome is Outcome.NUMBER
        assert len(wrong) < (1 if is_number else 2), (text, wrong, found)  # that one order has none is enough
    return True


@examples(10, 10_000)
@given(seams())
def test_what_is_proved_of_a_mixed_derivative_is_what_tiny_steps_tend_to(text: str) -> None:
    check_seam(text)
