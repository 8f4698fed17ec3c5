"""Syntax tree -> LaTeX, for people to read."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from derivcli.language import notation
from derivcli.language.program import FLOAT, UNDEFINED
from derivcli.language.styles import PYTHON, Style
from derivcli.language.tree import (
    AND,
    ATOM,
    COMPARE,
    COMPARISONS,
    DERIVATIVE,
    NOT,
    NUMBER,
    OR,
    PIECEWISE,
    POWER,
    PRODUCT,
    SIGN,
    SUM,
    VARIABLE,
    Node,
    fold,
)


class _Piece(NamedTuple):
    """The LaTeX of a node, and how tightly it binds; `power_at` is where `sin(x)` takes an exponent."""

    text: str
    precedence: int = ATOM
    power_at: int | None = None


_Writer = Callable[[Node, list[_Piece]], _Piece]

_COMMANDS = ("sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh", "coth", "log", "max", "min")
_HEADS = {
    **{name: f"\\{name}" for name in _COMMANDS},
    **{f"a{name}": f"\\arc{name}" for name in ("sin", "cos", "tan")},
    "log2": r"\log_{2}",
    "log10": r"\log_{10}",
    **notation.HEADS,
}
_SIGNS = {**COMPARISONS, "le": r"\leq", "ge": r"\geq", "eq": "=", "ne": r"\neq"}
_SPECIAL = {"inf": r"\infty", "-inf": r"-\infty", "nan": r"\text{nan}"}
_PLAIN = {"true": r"\text{True}", "false": r"\text{False}", "pi": r"\pi", "inf": r"\infty"}

_GREEK_NAMES = frozenset(notation.GREEK.values())
_NEW_ROW = r" \\ "
_DIFFERENTIAL = re.compile(r"d(?![A-Za-z_])")
_MAY_BE_CALLED = re.compile(r"(?:[fgh]|\\(?:zeta|psi|Phi|sigma|Gamma))(?![A-Za-z]|\\left)")
_SUBSCRIPT = re.compile(r"([^\W\d_]+)(?:_?([0-9]+)|_([^\W_]+))?(\[[0-9,]+\])?")


def to_latex(root: Node, style: Style = PYTHON) -> str:
    r"""Return the expression in LaTeX's mathematical mode; of a style only `\ln` for `\log` matters there."""
    log = _natural if style.ln else _log
    return fold(
        root, lambda node, pieces: (log if node.op == "log" else _WRITERS.get(node.op, _call))(node, pieces)
    ).text


def name_to_latex(name: str) -> str:
    r"""Return the name of a variable: `x`, `\alpha`, `x_{1}`, `E_{n}`, `x_{[0]}`, `\mathit{rate}`."""
    match = _SUBSCRIPT.fullmatch(name)
    if match is None or match.group() == match[1]:
        return _letters(name)
    letters, digits, word, index = match.groups(default="")
    return f"{_letters(letters)}_{{{digits or (word and _letters(word))}{index}}}"


def _letters(text: str) -> str:
    if text in _GREEK_NAMES:
        return f"\\{text}"
    if len(text) == 1 or text.isdigit():
        return _letter(text).strip()
    return rf"\mathit{{{''.join(map(_letter, text)).strip()}}}"


def _letter(character: str) -> str:
    if character in notation.GREEK:
        return f"\\{notation.GREEK[character]} "
    return {"_": r"\_", "ο": "o"}.get(character, character)


def _inside(text: str) -> str:
    return rf"\left({text}\right)"


def _at_least(precedence: int, piece: _Piece) -> str:
    """Return an operand, in parentheses if it binds too loosely or starts with a sign."""
    return _inside(piece.text) if piece.precedence < precedence or piece.text[0] == "-" else piece.text


def _leading(precedence: int, piece: _Piece) -> str:
    """Return a first operand, which may start with a sign."""
    return _inside(piece.text) if piece.precedence < precedence else piece.text


def _number(node: Node, _pieces: list[_Piece]) -> _Piece:
    if node.text in _SPECIAL:
        return _Piece(_SPECIAL[node.text])
    mantissa, _, exponent = node.text.lower().partition("e")
    if exponent:
        return _Piece(rf"{mantissa} \cdot 10^{{{int(exponent)}}}", SIGN)
    return _Piece(node.text)


def _sum(node: Node, pieces: list[_Piece]) -> _Piece:
    parts = [_leading(PRODUCT, pieces[0])]
    for arg, piece in zip(node.args[1:], pieces[1:], strict=True):
        parts.append(f" - {piece.text[1:]}" if arg.op == "neg" else f" + {_at_least(PRODUCT, piece)}")
    return _Piece("".join(parts), SUM)


def _product(_node: Node, pieces: list[_Piece]) -> _Piece:
    factors = [_leading(SIGN, pieces[0]), *(_at_least(SIGN, piece) for piece in pieces[1:])]
    parts = factors[:1]
    for left, right in pairwise(factors):
        needs_sign = _runs_together(left, right) or _looks_called(left, right)
        parts.append(rf" \cdot {right}" if needs_sign else f" {right}")
    return _Piece("".join(parts), PRODUCT)


def _runs_together(left: str, right: str) -> bool:
    """Tell whether two factors side by side would read as one number: `2 3`, `2 1/2`."""
    if left == r"\Delta":
        return True  # `\Delta x` would be one quantity
    return bool(re.match(r"[0-9.]", right) or (left[-1].isdigit() and re.match(r"\\frac\{[0-9.]", right)))


def _looks_called(left: str, right: str) -> bool:
    """Tell whether a factor before parentheses would read as a function: `f (x + 1)`."""
    return right.startswith(r"\left(") and bool(_MAY_BE_CALLED.match(left))


def _negation(_node: Node, pieces: list[_Piece]) -> _Piece:
    return _Piece(f"-{_at_least(PRODUCT, pieces[0])}", SIGN)


def _fraction(_node: Node, pieces: list[_Piece]) -> _Piece:
    above, below = (piece.text for piece in pieces)
    if _DIFFERENTIAL.match(above) and _DIFFERENTIAL.match(below):  # d/(d x) is no derivative
        below = below.replace("d ", r"d \cdot ", 1)
    return _Piece(rf"\frac{{{above}}}{{{below}}}", POWER)


def _whole_quotient(node: Node, pieces: list[_Piece]) -> _Piece:
    return _Piece(rf"\left\lfloor {_fraction(node, pieces).text}\right\rfloor")


def _remainder(_node: Node, pieces: list[_Piece]) -> _Piece:
    right = _at_least(POWER, pieces[1])  # `x \bmod 2 y` would not say what is meant
    return _Piece(rf"{_at_least(PRODUCT, pieces[0])} \bmod {right}", SUM)


def _power(_node: Node, pieces: list[_Piece]) -> _Piece:
    (base, _, at), exponent = pieces[0], pieces[1].text
    if at is None or exponent[0] == "-":  # sin^{-1} would be read as the inverse function
        return _Piece(f"{_at_least(ATOM, pieces[0])}^{{{exponent}}}", POWER)
    return _Piece(f"{base[:at]}^{{{exponent}}}{base[at:]}", POWER)


def _power_of(base: str) -> _Writer:
    return lambda _node, pieces: _Piece(f"{base}^{{{pieces[0].text}}}", POWER)


def _root(_node: Node, pieces: list[_Piece]) -> _Piece:
    degree = pieces[1].text
    shielded = f"{{{degree}}}" if "]" in degree else degree
    return _Piece(rf"\sqrt[{shielded}]{{{pieces[0].text}}}", POWER)


def _around(before: str, after: str, precedence: int = ATOM) -> _Writer:
    return lambda _node, pieces: _Piece(f"{before}{pieces[0].text}{after}", precedence)


def _factorial(_node: Node, pieces: list[_Piece]) -> _Piece:
    return _Piece(f"{_at_least(ATOM, pieces[0])}!", POWER)


def _log(node: Node, pieces: list[_Piece]) -> _Piece:
    if len(pieces) == 1:
        return _call(node, pieces)
    return _applied(rf"\log_{{{pieces[1].text}}}", pieces[:1])


def _natural(node: Node, pieces: list[_Piece]) -> _Piece:
    return _applied(r"\ln", pieces) if len(pieces) == 1 else _log(node, pieces)


def _polygamma(_node: Node, pieces: list[_Piece]) -> _Piece:
    return _Piece(rf"\psi^{{{_inside(pieces[0].text)}}}{_inside(pieces[1].text)}", POWER)


def _ordered(node: Node, pieces: list[_Piece]) -> _Piece:
    return _applied(f"{notation.ORDERED[node.op]}_{{{pieces[0].text}}}", pieces[1:])


def _branch(_node: Node, pieces: list[_Piece]) -> _Piece:
    head = notation.HEADS["LambertW"]
    return _applied(f"{head}_{{{pieces[1].text}}}" if len(pieces) > 1 else head, pieces[:1])


def _binomial(_node: Node, pieces: list[_Piece]) -> _Piece:
    return _Piece(rf"\binom{{{pieces[0].text}}}{{{pieces[1].text}}}", POWER)


def _derivative(node: Node, pieces: list[_Piece]) -> _Piece:
    return _Piece(rf"\frac{{d}}{{d{name_to_latex(node.text)}}}\left[{pieces[0].text}\right]", POWER)


def _call(node: Node, pieces: list[_Piece]) -> _Piece:
    if not pieces:
        return _Piece(_PLAIN.get(node.op, node.op))
    name = node.op.replace("_", r"\_")
    return _applied(_HEADS.get(node.op) or rf"\operatorname{{{name}}}", pieces)


def _applied(head: str, pieces: list[_Piece]) -> _Piece:
    free = None if "^" in head else len(head)
    return _Piece(head + _inside(", ".join(piece.text for piece in pieces)), POWER, free)


def _comparison(node: Node, pieces: list[_Piece]) -> _Piece:
    left, right = (_leading(SUM, piece) for piece in pieces)
    return _Piece(f"{left} {_SIGNS[node.op]} {right}", COMPARE)


def _logic(sign: str, precedence: int) -> _Writer:
    def write(_node: Node, pieces: list[_Piece]) -> _Piece:
        return _Piece(f" {sign} ".join(_leading(precedence + 1, piece) for piece in pieces), precedence)

    return write


def _not(_node: Node, pieces: list[_Piece]) -> _Piece:
    return _Piece(rf"\neg {_leading(ATOM, pieces[0])}", NOT)


def _piecewise(node: Node, pieces: list[_Piece]) -> _Piece:
    texts = [piece.text for piece in pieces]
    rows = [rf"{a} & \text{{for}}\: {b}" for a, b in zip(texts[::2], texts[1::2], strict=False)]
    if len(texts) % 2 == 1 and node.args[-1].op != UNDEFINED:
        rows.append(rf"{texts[-1]} & \text{{otherwise}}")
    return _Piece(rf"\begin{{cases}} {_NEW_ROW.join(rows)} \end{{cases}}", OR)


_WRITERS: dict[str, _Writer] = {
    NUMBER: _number,
    FLOAT: _number,
    VARIABLE: lambda node, _pieces: _Piece(name_to_latex(node.text)),
    UNDEFINED: lambda _node, _pieces: _Piece(r"\text{undefined}"),
    DERIVATIVE: _derivative,
    "add": _sum,
    "mul": _product,
    "neg": _negation,
    "div": _fraction,
    "floordiv": _whole_quotient,
    "mod": _remainder,
    "pow": _power,
    "exp": _power_of("e"),
    "exp2": _power_of("2"),
    "sqrt": _around(r"\sqrt{", "}", POWER),
    "cbrt": _around(r"\sqrt[3]{", "}", POWER),
    "root": _root,
    "abs": _around(r"\left|", r"\right|"),
    "floor": _around(r"\left\lfloor ", r"\right\rfloor"),
    "ceil": _around(r"\left\lceil ", r"\right\rceil"),
    "loggamma": _around(r"\log\left|\Gamma\left(", r"\right)\right|", POWER),
    "log_ndtr": _around(r"\log\left(\Phi\left(", r"\right)\right)", POWER),
    "tau": lambda _node, _pieces: _Piece(r"2 \pi", PRODUCT),  # `\tau` is a variable in LaTeX
    "factorial": _factorial,
    "polygamma": _polygamma,
    "LambertW": _branch,
    "binomial": _binomial,
    **dict.fromkeys(notation.ORDERED, _ordered),
    "and": _logic(r"\wedge", AND),
    "or": _logic(r"\vee", OR),
    "not": _not,
    PIECEWISE: _piecewise,
    **dict.fromkeys(COMPARISONS, _comparison),
}
