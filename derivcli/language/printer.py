"""Syntax tree -> text that parses to the same tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.language.tree import (
    AND,
    ATOM,
    COMPARISONS,
    NOT,
    PIECEWISE,
    POWER,
    PRECEDENCE,
    PRODUCT,
    SIGN,
    SUM,
    Node,
    fold,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_WORDS = {"true": "True", "false": "False"}


def to_text(root: Node) -> str:
    """Return the expression in the language; it parses back to an equal tree."""
    return fold(root, lambda node, texts: _WRITERS.get(node.op, _call)(node, texts))


def _inside(text: str) -> str:
    return f"({text})"


def _at_least(precedence: int, node: Node, text: str) -> str:
    """Return the text of an operand, in parentheses if it binds too loosely or starts with a sign."""
    loose = PRECEDENCE.get(node.op, ATOM) < precedence
    return _inside(text) if loose or text.startswith("-") else text


def _leading(precedence: int, node: Node, text: str) -> str:
    """Return the text of a first operand, which may start with a sign."""
    return _inside(text) if PRECEDENCE.get(node.op, ATOM) < precedence else text


def _sum(node: Node, texts: list[str]) -> str:
    parts = [_leading(PRODUCT, node.args[0], texts[0])]
    for arg, text in zip(node.args[1:], texts[1:], strict=True):
        if arg.op == "neg":
            parts += (" - ", _subtracted(arg.args[0], text))
        else:
            parts += (" + ", _at_least(PRODUCT, arg, text))
    return "".join(parts)


def _subtracted(node: Node, negated: str) -> str:
    """Return what follows a minus between terms: a product needs no parentheses there, unless it starts with a sign."""
    bare = negated[1:]
    wrapped = PRECEDENCE.get(node.op) == PRODUCT and not bare.startswith("(-")
    return bare[1:-1] if wrapped else bare


def _product(node: Node, texts: list[str]) -> str:
    first = node.args[0]
    head = texts[0] if first.op == "div" else _leading(SIGN, first, texts[0])
    return "*".join([head, *(_at_least(SIGN, arg, text) for arg, text in zip(node.args[1:], texts[1:], strict=True))])


def _quotient(sign: str) -> Callable[[Node, list[str]], str]:
    def write(node: Node, texts: list[str]) -> str:
        left, right = node.args
        head = texts[0] if left.op in ("mul", "div") else _leading(SIGN, left, texts[0])
        return f"{head}{sign}{_at_least(SIGN, right, texts[1])}"

    return write


def _negation(node: Node, texts: list[str]) -> str:
    return f"-{_at_least(POWER, node.args[0], texts[0])}"


def _power(node: Node, texts: list[str]) -> str:
    base, exponent = node.args
    return f"{_at_least(ATOM, base, texts[0])}**{_at_least(POWER, exponent, texts[1])}"


def _comparison(node: Node, texts: list[str]) -> str:
    left, right = (_leading(SUM, arg, text) for arg, text in zip(node.args, texts, strict=True))
    return f"{left} {COMPARISONS[node.op]} {right}"


def _logic(word: str, precedence: int) -> Callable[[Node, list[str]], str]:
    def write(node: Node, texts: list[str]) -> str:
        parts = (_leading(precedence, arg, text) for arg, text in zip(node.args, texts, strict=True))
        return f" {word} ".join(parts)

    return write


def _not(node: Node, texts: list[str]) -> str:
    return f"not {_leading(NOT, node.args[0], texts[0])}"


def _piecewise(_node: Node, texts: list[str]) -> str:
    if len(texts) == 3:
        return f"where({texts[1]}, {texts[0]}, {texts[2]})"
    return f"piecewise({', '.join(texts)})"


def _call(node: Node, texts: list[str]) -> str:
    if node.text:
        return node.text
    if not node.args:
        return _WORDS.get(node.op, node.op)
    return f"{node.op}({', '.join(texts)})"


_WRITERS: dict[str, Callable[[Node, list[str]], str]] = {
    "add": _sum,
    "mul": _product,
    "div": _quotient("/"),
    "floordiv": _quotient(" // "),
    "mod": _quotient(" % "),
    "neg": _negation,
    "pow": _power,
    "and": _logic("and", NOT),
    "or": _logic("or", AND),
    "not": _not,
    PIECEWISE: _piecewise,
    **dict.fromkeys(COMPARISONS, _comparison),
}
