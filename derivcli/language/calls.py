"""Function calls that are finished: `sin(x)`, `sin^2(x)`, `sin^-1(x)`, `where(...)` and `Piecewise(...)`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from derivcli.errors import ExpressionError, Span, UnknownNameError
from derivcli.language import catalogue, complaints
from derivcli.language.foreign.vocabulary import EQUIVALENTS, WHERE_NOT_0
from derivcli.language.tree import NUMBER, PIECEWISE, VARIABLE, Node

PAIR = "pair"
_QUANTITY = re.compile("[A-Za-z][0-9]")  # `k1(x1-x2)`, `y0(1+r)`: names of quantities as well
MOST_TERMS = 100  # into which one function is written out: each costs every witness its time
_LOG = re.compile(r"log_([0-9]+|[A-Za-z])")
TAKES_PAIRS = frozenset({"piecewise", "Piecewise"})


class Call(NamedTuple):
    """A function's name; `power` stands between it and its argument in `sin^2(x)`, `span` holds both."""

    name: str
    span: Span
    power: str = ""


def name_called(name: str) -> str | None:
    """Return the function that a name means before a bracket, in capitals too: `SQRT(x)`, `Exp(x)`; None for none."""
    if catalogue.is_function(name) or name in EQUIVALENTS or log_base(name) is not None:
        return name
    folded = name.lower()
    in_capitals = len(name) > 1 and name[0].isupper() and (catalogue.is_function(folded) or folded in EQUIVALENTS)
    return folded if in_capitals else None


@lru_cache(maxsize=1_000)  # names: each of a long text is asked about again and again
def log_base(name: str) -> str | None:
    """Return the base of `log_2`, a number or a letter; None for any other name."""
    found = _LOG.fullmatch(name)
    return found.group(1) if found else None


def takes_bare(name: str) -> bool:
    """Tell whether a function can stand before its argument without brackets: one argument is enough for it."""
    row = catalogue.find(name)
    base = None if row is not None else log_base(name)
    return (row is not None and row.least == 1 and row.most is not None) or (base is not None and base.isdigit())


def decimal(call: Call, count: int, comma: Span) -> str | None:
    """Return a note on a comma between digits where it can only be meant as one of several arguments by chance.

    Raises `ExpressionError` where the function takes fewer.
    """
    row = catalogue.find(call.name)
    if row is None or row.most is None or row.least == row.most >= count:
        return None
    if count > row.most:
        raise complaints.comma(comma)
    return f"the comma in `{call.name}(...)` separates two arguments; a decimal point is written `.`"


def build(call: Call, args: tuple[Node, ...], span: Span) -> tuple[Node, str | None]:
    """Return the node of a finished call, and a note on how it was read if that needs saying."""
    if call.name in catalogue.PIECEWISE_NAMES:
        return _piecewise(call.name, args, span), None
    if call.name in EQUIVALENTS:
        return _equivalent(call.name, args, span), None
    base = log_base(call.name)
    if base is not None:
        args = (*args, Node(NUMBER if base.isdigit() else VARIABLE, text=base, span=call.span))
    row = catalogue.find(call.name if base is None else "log")
    assert row is not None  # noqa: S101 - the parser has looked it up
    note = None
    if call.power == "-1":
        row, note = _inverse(row, call)
    for arg in args:
        _check_number(arg)
    _check_arity(row, args, span)
    _check_literal(row, args)
    node = Node(row.name, args, span=span)
    if note is None and args[0].op == "add" and _QUANTITY.fullmatch(call.name):
        note = f"`{call.name}(...)` was read as the function: {row.help}; to multiply, write `{call.name}*(...)`"
    if call.power and call.power != "-1":
        node = Node("pow", (node, exponent(call.power, call.span)), span=span)
        if call.power.startswith("-"):  # as -1 is the inverse function; nobody doubts what `sin^2(x)` is
            note = f"`{call.name}^{call.power}(...)` was read as `{call.name}(...)^{call.power}`"
    return node, note


def exponent(text: str, span: Span) -> Node:
    """Return the node of a number with its sign."""
    number = Node(NUMBER, text=text.lstrip("+-"), span=span)
    return Node("neg", (number,), span=span) if text[0] == "-" else number


def _equivalent(name: str, args: tuple[Node, ...], span: Span) -> Node:
    """Return what a function from elsewhere is here."""
    found = EQUIVALENTS[name]
    if not found.least <= len(args) <= found.most:
        wanted = str(found.least) if found.least == found.most else f"{found.least} or {found.most}"
        raise ExpressionError(
            f"this takes {wanted} argument{'' if wanted == '1' else 's'}, not {len(args)}",
            span,
            hint=f"here it is written `{found.shown}`",
        )
    for arg in args[name == WHERE_NOT_0 :]:
        _check_number(arg)
    return found.build(args, span)


def _inverse(row: catalogue.Function, call: Call) -> tuple[catalogue.Function, str]:
    inverse = catalogue.find(row.inverse) if row.inverse else None
    if inverse is None:
        raise UnknownNameError(
            f"`{call.name}^-1(...)` could mean two things", call.span, hint=f"write `1/{call.name}(...)`"
        )
    return inverse, f"`{call.name}^-1(...)` was read as `{inverse.name}(...)`, the inverse function"


def _check_arity(row: catalogue.Function, args: tuple[Node, ...], span: Span) -> None:
    if len(args) < row.least or (row.most is not None and len(args) > row.most):
        most = "or more" if row.most is None else f"or {row.most}" if row.most != row.least else ""
        if row.most is not None and row.most > row.least + 1:
            most = f"to {row.most}"
        wanted = f"{row.least} {most}".strip()
        plural = "" if wanted == "1" else "s"
        parameters = ", ".join(row.parameters)
        raise ExpressionError(
            f"`{row.name}` takes {wanted} argument{plural}, not {len(args)}",
            span,
            hint=f"`{row.name}({parameters})`: {row.help}",
        )


def _check_literal(row: catalogue.Function, args: tuple[Node, ...]) -> None:
    """Require that the parameter `literal` is a whole number as it stands."""
    if row.literal is None:
        return
    arg = args[row.parameters.index(row.literal)]
    if arg.op != NUMBER or not arg.text.isdigit() or not 1 <= int(arg.text) <= MOST_TERMS:
        message = f"`{row.literal}` in `{row.name}` must be a whole number from 1 to {MOST_TERMS}"
        raise ExpressionError(message, arg.span, hint=f"`{row.name}({', '.join(row.parameters)})`: {row.help}")


def _check_number(node: Node) -> None:
    if node.is_condition:
        raise complaints.condition_not_number(node.span)


def _piecewise(name: str, args: tuple[Node, ...], span: Span) -> Node:
    if name == "where":
        if len(args) != 3:
            raise ExpressionError(f"`where` takes 3 arguments, not {len(args)}", span, hint="`where(condition, a, b)`")
        args = (args[1], args[0], args[2])
    if any(arg.op == PAIR for arg in args):
        args = tuple(part for arg in args for part in (arg.args if arg.op == PAIR else (arg,)))
    if name != "where" and len(args) > 2 and len(args) % 2 and args[0].is_condition:
        pairs = zip(args[1::2], args[:-1:2], strict=True)  # Maple and MATLAB give the condition first
        args = (*(part for pair in pairs for part in pair), args[-1])
    if len(args) > 2 and len(args) % 2 == 0 and args[-1].op == "true":
        args = args[:-1]
    if len(args) < 2:
        raise ExpressionError(
            f"`{name}` needs a value and its condition", span, hint="`piecewise(a, condition, otherwise)`"
        )
    for index, arg in enumerate(args):
        _check_piece(arg, wants_condition=index % 2 == 1)
    return Node(PIECEWISE, args, span=span)


def _check_piece(arg: Node, wants_condition: bool) -> None:
    if arg.is_condition != wants_condition or arg.op == PAIR:
        wanted, found = ("condition", "number") if wants_condition else ("number", "condition")
        raise ExpressionError(
            f"this must be a {wanted}, not a {found}",
            arg.span,
            hint="`piecewise(a, condition, otherwise)`",
        )
