"""The text that a reader has given as an answer -> its formula, or that there is no derivative."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from derivcli.errors import DerivError, ExpressionError, Span, UnknownNameError, UsageError
from derivcli.language.limits import check_constants
from derivcli.language.parser import parse
from derivcli.language.tree import Node, span_of, variables

if TYPE_CHECKING:
    from collections.abc import Sequence

# `f'(x) =`, `f prime =`, `dy/dx =`, `d/dx(x^2) =`: what people write before an answer.
_LEFT_SIDE = re.compile(r"\s*(?:[^\W\d]\w*(?:'+| prime\b)\s*(?:\(\w+\))?|[d∂]\w*/[d∂]\w+[^=<>!]*)\s*=(?!=)")
_NOWHERE = re.compile(
    r"\s*(?:it |the derivative |there is )?(?:(?:does not|doesn't|doesn’t|do not) exist|dne|no derivative|none|nan"
    r"|undefined|not (?:defined|differentiable|there))\s*[.!]?\s*",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[\s.?;]+$")  # that end a sentence, not a formula
_DIFFERENTIAL = re.compile(r"(?<!\w)(d[^\W\d])\s*$")
_OF_INTEGRALS = ("c", "C", "K", "const", "constant")


class Given(NamedTuple):
    """What a reader has given: a formula, None where the answer is that there is no derivative; how it was read."""

    tree: Node | None
    notes: tuple[str, ...] = ()


def read(text: str, names: Sequence[str]) -> Given:
    """Return what an answer says, in which only the variables of f may stand; raises a `DerivError`."""
    if _NOWHERE.fullmatch(text) and text.strip() not in names:
        return Given(None)
    left = _LEFT_SIDE.match(text)
    start = left.end() if left else 0
    formula = _MARKS.sub("", " " * start + text[start:])
    _check_form(text, formula, names)
    try:
        parsed = parse(formula, frozenset(names))
    except DerivError as error:
        error.source = text  # with the left side, where the carets point to
        raise
    if parsed.asked is not None:
        raise UsageError("the answer asks for a derivative itself", hint="give the derivative alone: --check 2x")
    try:
        check_constants(parsed.tree)
    except DerivError as error:
        raise error.within(text) from None
    _check_names(text, parsed.tree, names)
    return Given(parsed.tree, parsed.notes)


def _check_form(text: str, formula: str, names: Sequence[str]) -> None:
    """Raise `ExpressionError` for what is no formula though all its parts are: nothing, `2x dx`, `2x, 3`."""
    if not formula.strip():
        raise ExpressionError("the answer is empty", hint="give the derivative, such as --check 2x")
    found = _DIFFERENTIAL.search(formula)
    if found and found[1] not in names:
        said, hint = f"`{found[1]}` is no part of a derivative", "leave it out: 2x dx is a differential"
        raise ExpressionError(said, Span(*found.span(1)), source=text, hint=hint)
    comma = _outer_comma(formula)
    if comma is not None:
        hint = "several answers have a --check each; a decimal point is written `.`"
        raise ExpressionError("an answer is one formula", Span(comma, comma + 1), source=text, hint=hint)


def _outer_comma(text: str) -> int | None:
    """Return where a comma stands outside of all brackets."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "," and depth == 0:
            return place
    return None


def _check_names(text: str, tree: Node, names: Sequence[str]) -> None:
    """Raise `UnknownNameError` for a variable that f does not have."""
    for name in variables(tree):
        if name not in names:
            is_constant = name in _OF_INTEGRALS
            hint = "a constant of integration is no part of a derivative" if is_constant else None
            known = ", ".join(names)
            said = f"`{name}` does not occur in the expression"
            raise UnknownNameError(said, span_of(tree, name), source=text, hint=hint or f"its variables are {known}")
