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
    if x != y and abs(x - y) < mpf(10) ** (20 - _DIGITS) * abs(x):
        raise OutOfReachError
    return x - y


def _floor(x: Any) -> Any:
    nearest = mp.nint(x)
    if abs(x) > mpf(10) ** (_DIGITS // 3) or (nearest and x != nearest and not _order(x, nearest)):
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
    "sin": mp.sin,
    "cos": mp.cos,
    "tan": mp.tan,
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


def value(asked: Program, x: Any) -> Any:
    """Return a program at a point by mpmath, None where it has no real value."""
    results: list[Any] = []
    for op, args, text in asked.instructions:
        operands = [results[arg] for arg in args]
        try:
            if op == "variable":
                results.append(x)
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
    if None in values:
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
    with mp.workdps(_DIGITS), suppress(OutOfReachError):
        centre = value(by_formulas, mpf(0))
        assert (centre is not None) is is_number, (text, here)
        for way, side in zip((-1, 1), found, strict=True):
            values = [value(by_formulas, way * step) for step in STEPS]
            rises = [None if x is None else x - centre if is_number else x for x in values]
            steps = [way * step if is_number else mpf(1) for step in STEPS]
            assert not contradicts(side, values, rises, steps), (text, way, side, [x and mp.nstr(x, 8) for x in rises])
    return sum(side is not None for side in found), 2


@examples(15, 20_000)
@given(edges())
def test_what_is_proved_at_an_edge_is_what_tiny_steps_tend_to(text: str) -> None:
    check_edge(text)
