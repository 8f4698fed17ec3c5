"""A point in the text, which is refused with its option: `x^2 for x=3`, `x squared at 3`, `f(x) = x^2; f'(3)`.

A point has one place, the options, so that what stands in quotes is f and nothing else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivcli.errors import EquationError, Span
from derivcli.language import catalogue, complaints
from derivcli.language.brackets import ends_operand
from derivcli.language.tokens import NAME, NUMBER, Token

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_AT = "at"
_BEFORE = frozenset({"for", "where", "when", "with", "if", _AT, "|", ",", ";"})
_OPERATORS = frozenset("*/+-")
_SLOPE = re.compile(r"\b([^\W\d]\w*)('+)\s*\(\s*([-+]?[\d.]+)\s*\)")


def check(stream: list[Token], given: AbstractSet[str]) -> None:
    """Raise `EquationError` where a point follows the expression: `x^2 at x = pi/4`, `x^2 at 3`."""
    place = max((i for i, token in enumerate(stream) if token.text in _BEFORE), default=0)
    after = stream[place + 1 : -1]
    if not place or not after:
        return
    named = [token.kind for token in after[:2]] == [NAME, "="]
    name = after[0].text if named else _meant(stream[: place + 1], given)
    value = after[2:] if named else after
    if name is None or not _is_value(value, signed=named):
        return
    hint = f"give it by an option: --at {name}={''.join(token.text for token in value)}"
    raise EquationError("a point follows the expression", stream[place].span.to(value[-1].span), hint=hint)


def _is_value(tokens: list[Token], *, signed: bool) -> bool:
    """Tell whether tokens are a constant. Behind `at` alone it has no sign: `x at - 3` may be a difference."""
    parts = tokens[signed and bool(tokens) and tokens[0].kind == "-" :]
    known = all(token.kind in (NUMBER, *_OPERATORS) or token.text in catalogue.CONSTANTS for token in parts)
    return known and bool(parts) and ends_operand(parts[0]) and ends_operand(parts[-1])


def _meant(before: list[Token], given: AbstractSet[str]) -> str | None:
    """Return the one letter that `at 3` gives a value; none where `at` may be a product, or where there are several."""
    *expression, sign = before
    if sign.text != _AT or _AT in given or set(_AT) <= given or not ends_operand(expression[-1]):
        return None
    letters = {token.text for token in expression if token.kind == NAME and len(token.text) == 1}
    letters -= catalogue.CONSTANTS.keys()
    return letters.pop() if len(letters) == 1 else None


def check_slope(text: str) -> None:
    """Raise `EquationError` for a value of a derivative beside the definition of f: `f(x) = x^2; f'(3)`."""
    for found in _SLOPE.finditer(text):
        f, primes, value = found.groups()
        defined = re.search(rf"\b{f}\s*(?:\(\s*(\w+)\s*\)\s*)?=(?!=)", text)
        if defined:
            order = f" --order {len(primes)}" if len(primes) > 1 else ""
            raise complaints.slope_beside(found[0], Span(*found.span()), f, f"--at {defined[1] or 'x'}={value}{order}")
