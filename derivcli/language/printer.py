"""Syntax tree -> text that parses to the same tree, in the style of Python or of maths."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from derivcli.language.styles import PYTHON, Style
from derivcli.language.tree import (
    AND,
    ATOM,
    COMPARISONS,
    DERIVATIVE,
    NOT,
    NUMBER,
    PIECEWISE,
    PRECEDENCE,
    PRODUCT,
    RADICAL,
    SIGN,
    SUM,
    VARIABLE,
    Node,
    fold,
    variables,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    Writer = Callable[[Node, list[str]], str]

_WORDS = {"true": "True", "false": "False"}
_ROOT_SIGN = "√"
_PLAIN = re.compile(r"\w+")
# What may stand close behind a number. Not every letter: `2e3`, `2.5d0`, `1.0f`, `2L`, `2j` are numbers elsewhere.
_CLOSE = re.compile(r"[^\W\d_dDeEfFjJlL]|pi")


def to_text(root: Node, style: Style = PYTHON) -> str:
    """Return the expression in the language.

    In Python's style it parses back to an equal tree; in that of maths too, but that `exp(x)` is a power of e there.
    """
    if style.base or style.root:
        root = _respelled(root, style)
    writers = _writers(style)
    return fold(root, lambda node, texts: writers.get(node.op, _call)(node, texts))


def _respelled(root: Node, style: Style) -> Node:
    """Return a tree with powers of e and signs of roots in the place of calls."""
    base = style.base and "e" not in variables(root)

    def respell(node: Node, args: list[Node]) -> Node:
        if node.op == "exp" and base:
            return Node("pow", (Node("e"), *args))
        op = _ROOT_SIGN if node.op == "sqrt" and style.root else node.op
        return Node(op, tuple(args), node.text)

    return fold(root, respell)


@cache
def _writers(style: Style) -> dict[str, Writer]:
    """Return what writes each operation in a style; the rest are calls."""
    chosen = {
        "pow": (True, _power(style.power)),
        "mul": (style.coefficients, _product_with_coefficient),
        "log": (style.ln, _natural),
        "abs": (style.bars, _bars),
        "factorial": (style.marks, _marked("!")),
        "deg2rad": (style.marks, _marked("°")),
    }
    return {**_WRITERS, **{op: write for op, (is_wanted, write) in chosen.items() if is_wanted}}


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


def _product_with_coefficient(node: Node, texts: list[str]) -> str:
    """Write `2x*y`: a number stands close to a letter, or to a power of one."""
    text = _product(node, texts)
    first, second = node.args[:2]
    number = first.args[0] if first.op == "neg" else first
    letter = second.args[0] if second.op == "pow" else second
    is_letter = letter.op in (VARIABLE, "pi") and _CLOSE.fullmatch(letter.text or letter.op)
    is_power_of_e = second.op == "pow" and letter.op == "e"
    is_close = number.op == NUMBER and (is_letter or is_power_of_e)
    return text.replace("*", "", 1) if is_close else text


def _quotient(sign: str) -> Writer:
    def write(node: Node, texts: list[str]) -> str:
        left, right = node.args
        head = texts[0] if left.op in ("mul", "div") else _leading(SIGN, left, texts[0])
        return f"{head}{sign}{_at_least(SIGN, right, texts[1])}"

    return write


def _negation(node: Node, texts: list[str]) -> str:
    return f"-{_at_least(RADICAL, node.args[0], texts[0])}"


def _power(sign: str) -> Writer:
    def write(node: Node, texts: list[str]) -> str:
        base, exponent = (_at_least(ATOM, arg, text) for arg, text in zip(node.args, texts, strict=True))
        return f"{base}{sign}{exponent}"  # `x^(2^x)`: not all read `x^2^x` from the right

    return write


def _root_sign(_node: Node, texts: list[str]) -> str:
    return f"√{texts[0] if _PLAIN.fullmatch(texts[0]) else _inside(texts[0])}"


def _natural(node: Node, texts: list[str]) -> str:
    return f"ln({texts[0]})" if len(texts) == 1 else _call(node, texts)


def _bars(node: Node, texts: list[str]) -> str:
    return _call(node, texts) if "|" in texts[0] else f"|{texts[0]}|"  # nobody sees which bars belong together


def _marked(mark: str) -> Writer:
    """Return what writes a mark behind an operand: `x!`, `(x + 1)!`, `30°`."""

    def write(node: Node, texts: list[str]) -> str:
        (arg,) = node.args
        is_plain = arg.op in (NUMBER, VARIABLE) and not texts[0].startswith("-")
        return f"{texts[0] if is_plain else _inside(texts[0])}{mark}"

    return write


def _comparison(node: Node, texts: list[str]) -> str:
    left, right = (_leading(SUM, arg, text) for arg, text in zip(node.args, texts, strict=True))
    return f"{left} {COMPARISONS[node.op]} {right}"


def _logic(word: str, precedence: int) -> Writer:
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


def _derivative(node: Node, texts: list[str]) -> str:
    return f"d/d{node.text}[{texts[0]}]"


def _call(node: Node, texts: list[str]) -> str:
    if node.text:
        return node.text
    if not node.args:
        return _WORDS.get(node.op, node.op)
    return f"{node.op}({', '.join(texts)})"


_WRITERS: dict[str, Writer] = {
    "add": _sum,
    "mul": _product,
    "div": _quotient("/"),
    "floordiv": _quotient(" // "),
    "mod": _quotient(" % "),
    "neg": _negation,
    "pow": _power(PYTHON.power),
    _ROOT_SIGN: _root_sign,
    "and": _logic("and", NOT),
    "or": _logic("or", AND),
    "not": _not,
    PIECEWISE: _piecewise,
    DERIVATIVE: _derivative,
    **dict.fromkeys(COMPARISONS, _comparison),
}
