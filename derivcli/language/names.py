"""What a bare name means: a variable, a constant, or a function somebody forgot to call."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError, UnknownNameError
from derivcli.language import catalogue, tokens
from derivcli.language.suggest import nearest
from derivcli.language.tree import VARIABLE, Node

if TYPE_CHECKING:
    from derivcli.language.tokens import Token

_LONGEST_ARGUMENT = 30
KEYWORDS = frozenset({"and", "or", "not", "True", "False"})
_NO_NUMBERS = frozenset({"nan", "NaN", "NAN"})
# sympy's names for what has a sign of its own.
_SPELLED_OUT = {
    "Eq": "a == b",
    "Ne": "a != b",
    "Lt": "a < b",
    "Le": "a <= b",
    "Gt": "a > b",
    "Ge": "a >= b",
    "And": "a and b",
    "Or": "a or b",
    "Not": "not a",
    "Mul": "a*b",
    "Add": "a + b",
    "Pow": "a^b",
}
# Functions whose names stand for quantities in formulas too: alone they are variables.
_LETTERS = frozenset({"beta", "gamma", "psi", "zeta", "Phi", "Γ"})
_LONGEST_LETTER = 2  # `k1`, `y0`
_WORDS = frozenset({"ln", "lg"})
_TRUTH = {"True": "true", "False": "false"}


def resolve(token: Token, following: Token, rest: str, variables: frozenset[str]) -> Node:
    """Return the node of a name that is not a call; `following` is the token after it, `rest` the text from there.

    Raises `UnknownNameError` for a function that is not called or does not exist.
    """
    name = token.text
    if name in variables:
        return Node(VARIABLE, text=name, span=token.span)
    if name in catalogue.CONSTANTS:
        return Node(name, span=token.span)
    if name in _TRUTH:
        return Node(_TRUTH[name], span=token.span)
    if name in _NO_NUMBERS:
        raise ExpressionError(f"`{name}` is not a number", token.span)
    if catalogue.is_function(name) and not _is_letter(name):
        raise _not_called(token, following, rest)
    if following.kind == "(":
        raise unknown_function(token)
    return Node(VARIABLE, text=name, span=token.span)


def _is_letter(name: str) -> bool:
    return name in _LETTERS or (len(name) <= _LONGEST_LETTER and name not in _WORDS)


def unknown_function(token: Token) -> UnknownNameError:
    """Return the error for a call of a name that is no function."""
    suggestions = nearest(token.text, catalogue.function_names())
    if token.text in _SPELLED_OUT:
        hint = f"write `{_SPELLED_OUT[token.text]}`"
    elif suggestions:
        hint = f"did you mean `{suggestions[0]}`?"
    else:
        hint = f"to multiply, write `{token.text}*(...)` or give `{token.text}` a value"
    return UnknownNameError(f"unknown function `{token.text}`", token.span, hint=hint, suggestions=suggestions)


def _power_in(rest: str) -> str:
    found = re.match(r"(?:\^|\*\*)\s*(-?[0-9]+)", rest)
    return found.group(1) if found else "2"


def _arguments(name: str) -> str:
    """Return the names of the arguments that a function needs."""
    row = catalogue.find(name)
    return ", ".join(row.parameters[: row.least]) if row else "x"


def _not_called(token: Token, following: Token, rest: str) -> UnknownNameError:
    name = token.text
    if following.kind in (tokens.NAME, tokens.NUMBER):
        hint = f"write `{name}({rest.split()[0][:_LONGEST_ARGUMENT]})`"
    elif following.kind in ("^", tokens.POWER):
        power = following.text if following.kind == tokens.POWER else _power_in(rest)
        hint = f"write `{name}^{power}(x)`"
    else:
        hint = f"call it, `{name}({_arguments(name)})`, or give it a value: --at {name}=..."
    return UnknownNameError(
        f"`{name}` is a function and is not called", token.span, hint=hint, suggestions=(f"{name}(x)",)
    )
