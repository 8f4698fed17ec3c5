"""Functions from elsewhere that are an operation of ours, or a function with its arguments in another order.

Those with a blank in their name cannot be typed: the readers of foreign notations put them in the place of others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from derivcli.language.tree import NUMBER, PIECEWISE, Node

if TYPE_CHECKING:
    from collections.abc import Callable

    from derivcli.errors import Span


class Form(NamedTuple):
    """How many arguments a form takes, how it is written here, and what it becomes."""

    least: int
    most: int
    shown: str
    build: Callable[[tuple[Node, ...], Span], Node]


def _operation(op: str, shown: str) -> Form:
    return Form(2, 2, shown, lambda args, span: Node(op, args, span=span))


def _swapped(name: str, shown: str, least: int = 2) -> Form:
    return Form(least, 2, shown, lambda args, span: Node(name, args[::-1], span=span))


def _one(op: str, shown: str) -> Form:
    return Form(1, 1, shown, lambda args, span: Node(op, args, span=span))


def _number(text: str, span: Span) -> Node:
    return Node(NUMBER, text=text, span=span)


def _difference(args: tuple[Node, ...], span: Span) -> Node:
    return Node("add", (args[0], Node("neg", (args[1],), span=args[1].span)), span=span)


def _inverse(args: tuple[Node, ...], span: Span) -> Node:
    return Node("div", (_number("1", span), args[0]), span=span)


def _principal_root(args: tuple[Node, ...], span: Span) -> Node:
    degree = args[1] if len(args) > 1 else _number("3", span)
    return Node("pow", (args[0], Node("div", (_number("1", span), degree), span=degree.span)), span=span)


def _choice(args: tuple[Node, ...], span: Span) -> Node:
    condition = args[0]
    if not condition.is_condition:
        condition = Node("ne", (condition, _number("0", span)), span=condition.span)
    return Node(PIECEWISE, (args[1], condition, args[2]), span=span)


def _spreadsheet_log(args: tuple[Node, ...], span: Span) -> Node:
    return Node("log10" if len(args) == 1 else "log", args, span=span)


def _bell(args: tuple[Node, ...], span: Span) -> Node:
    """Return exp(-((x - m)/s)^2/2), which is not normalized."""
    x, *rest = args
    shifted = _difference((x, rest[0]), span) if rest else x
    scaled = Node("div", (shifted, rest[1]), span=span) if len(rest) > 1 else shifted
    square = Node("pow", (scaled, _number("2", span)), span=span)
    half = Node("div", (Node("neg", (square,), span=span), _number("2", span)), span=span)
    return Node("exp", (half,), span=span)


WHERE_NOT_0 = "where not 0"
_POWER = _operation("pow", "x^y")
FORMS = {
    "pow": _POWER,
    "power": _POWER,
    "sum of": Form(2, 2, "x + y", lambda args, span: Node("add", args, span=span)),
    "difference of": Form(2, 2, "x - y", _difference),
    "product of": Form(2, 2, "x*y", lambda args, span: Node("mul", args, span=span)),
    "quotient of": _operation("div", "x/y"),
    "minus of": _one("neg", "-x"),
    "inverse of": Form(1, 1, "1/x", _inverse),
    "value of": Form(1, 1, "x", lambda args, _span: args[0]),
    "huber of a difference": Form(
        2, 2, "huber(x - y)", lambda args, span: Node("huber", (_difference(args, span),), span=span)
    ),
    WHERE_NOT_0: Form(3, 3, "where(x != 0, a, b)", _choice),
    "spreadsheet log": Form(1, 2, "log(x, b)", _spreadsheet_log),
    "base first log": Form(1, 2, "log(x, b)", lambda args, span: Node("log", args[::-1], span=span)),
    "x first atan2": _swapped("atan2", "atan2(y, x)"),
    "x first ArcTan": Form(
        1, 2, "atan2(y, x)", lambda args, span: Node(("atan", "atan2")[len(args) - 1], args[::-1], span=span)
    ),
    "width first huber": _swapped("huber", "huber(x, a)"),
    "branch first LambertW": _swapped("LambertW", "LambertW(x, k)", least=1),
    "gaus of ROOT": Form(1, 3, "exp(-((x - m)/s)^2/2)", _bell),
    "fraction with its sign": Form(
        1, 1, "fmod(x, 1)", lambda args, span: Node("fmod", (args[0], _number("1", span)), span=span)
    ),
    "principal root": Form(1, 2, "x^(1/n)", _principal_root),
}
