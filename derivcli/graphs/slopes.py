"""The local slopes of an operation as formulas. Their numbers are torch's; a formula says what torch does there."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from derivcli.graphs.code import SUB, bound
from derivcli.language import catalogue
from derivcli.language.parser import parse
from derivcli.language.tree import NUMBER, PIECEWISE, Node

if TYPE_CHECKING:
    from collections.abc import Callable

    Args = tuple[Node, ...]

_ONE, _TWO = (Node(NUMBER, text=text) for text in "12")
_MINUS_ONE = Node("neg", (_ONE,))
# Where the catalogue has no formula, or torch takes another convention at the kink.
_OWN: dict[str, tuple[str, ...]] = {
    "max": ("where(x > y, 1, where(x == y, 1/2, 0))", "where(x < y, 1, where(x == y, 1/2, 0))"),
    "min": ("where(x < y, 1, where(x == y, 1/2, 0))", "where(x > y, 1, where(x == y, 1/2, 0))"),
    "square": ("2*x",),
    "rsqrt": ("-rsqrt(x)^3/2",),
    "tanh": ("1 - tanh(x)^2",),
    "hypot": ("x/hypot(x, y)", "y/hypot(x, y)"),
    "relu6": ("where(x > 0 and x < 6, 1, 0)",),
    "hardtanh": ("where(x > a and x < b, 1, 0)",),
    "hardsigmoid": ("where(x > -3 and x < 3, 1/6, 0)",),
    "clamp": ("where(x >= a and x <= b, 1, 0)", "where(x < a, 1, 0)", "where(x > b, 1, 0)"),
    "gelu": ("ndtr(x) + x*norm_pdf(x)",),
    "mod": ("1", "-floor(x/y)"),
}


def formulas(call: Node) -> tuple[Node | None, ...]:
    """Return the slope towards each operand of a call, None for one without a formula; nothing where none is known."""
    rule = _RULES.get(call.op)
    if rule is not None:
        return rule(call.args)
    row = catalogue.FUNCTIONS.get(call.op)
    texts = _OWN.get(call.op) or (row.partials if row else ())
    if row is None or len(call.args) > len(row.parameters):
        return ()
    args = dict(zip(row.parameters, call.args, strict=False))
    return tuple(bound(_parsed(text, row.parameters), args) if text else None for text in texts[: len(call.args)])


@cache
def _parsed(text: str, parameters: tuple[str, ...]) -> Node:
    return parse(text, parameters).tree


def _quotient(args: Args) -> Args:
    above, below = args
    return Node("div", (_ONE, below)), _falling(above, below)


def _falling(above: Node, below: Node) -> Node:
    return Node("div", (Node("neg", (above,)), Node("pow", (below, _TWO))))


def _power(args: Args) -> Args:
    base, exponent = args
    return _by_base(base, exponent), Node("mul", (Node("pow", args), Node("log", (base,))))


def _by_base(base: Node, exponent: Node) -> Node:
    if exponent == _ONE:
        return _ONE
    if exponent == _TWO:
        return _times(_TWO, base)
    lower = (
        Node(NUMBER, text=str(int(exponent.text) - 1))
        if exponent.text.isdigit()
        else Node("add", (exponent, _MINUS_ONE))
    )
    return _times(exponent, Node("pow", (base, lower)))


def _times(left: Node, right: Node) -> Node:
    return Node("mul", (left, *(right.args if right.op == "mul" else (right,))))


def _choice(args: Args) -> Args:
    condition = args[1]
    zero = Node(NUMBER, text="0")
    return Node(PIECEWISE, (_ONE, condition, zero)), zero, Node(PIECEWISE, (zero, condition, _ONE))


_RULES: dict[str, Callable[[Args], Args]] = {
    "add": lambda args: (_ONE,) * len(args),
    SUB: lambda _args: (_ONE, _MINUS_ONE),
    "neg": lambda _args: (_MINUS_ONE,),
    "mul": lambda args: (args[1], args[0]) if len(args) == 2 else (),
    "div": _quotient,
    "reciprocal": lambda args: (_falling(_ONE, args[0]),),
    "pow": _power,
    PIECEWISE: _choice,
}
