"""Operators and brackets, and how tightly operators bind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from derivcli.language.tree import COMPARISONS

if TYPE_CHECKING:
    from derivcli.language.tokens import Token

# From the loosest to the tightest. A function without brackets takes the products without a sign that follow it (tight
# ones), and ends before a written `*`.
CHOICE, OR, AND, NOT, COMPARISON, SUM, PRODUCT, APPLICATION, TIGHT, SIGN, RADICAL, POWER = range(1, 13)

APPLY = "apply"
IF_ELSE, BACKWARD = "choice", "choice with the condition in its middle"
ROOT = "root of a degree"


@dataclass(slots=True)
class Operator:
    """An operator that waits for its right side; `implied` is a product without a sign.

    `power` stands between a function without brackets and its argument, as in `sin^2 x`; `spaced` tells whether blanks
    stand around the operator.
    """

    op: str
    precedence: int
    prefix: bool
    token: Token
    implied: bool = False
    power: str = ""
    spaced: bool = False


PREFIX = {"-": ("neg", SIGN), "+": ("pos", SIGN), "√": (ROOT, RADICAL), "not": ("not", NOT)}
BINARY = {
    "or": ("or", OR),
    "and": ("and", AND),
    **{sign: (op, COMPARISON) for op, sign in COMPARISONS.items()},
    "+": ("add", SUM),
    "-": ("sub", SUM),
    "*": ("mul", PRODUCT),
    "/": ("div", PRODUCT),
    "//": ("floordiv", PRODUCT),
    "%": ("mod", PRODUCT),
    "^": ("pow", POWER),
}
RIGHT_ASSOCIATIVE = {"pow", IF_ELSE, BACKWARD}
LOGIC = frozenset({"and", "or", "not"})
TRUTH = {"True": "true", "False": "false"}
KEYWORDS = LOGIC | TRUTH.keys()
NO_NUMBERS = frozenset({"nan", "NaN", "NAN"})
TYPES = frozenset({"let", "const", "var", "double", "float", "auto"})  # before a name that a program defines
RESERVED = KEYWORDS | NO_NUMBERS  # words that are never names
CHAINS = {"add": "add", "sub": "add", "mul": "mul", "and": "and", "or": "or"}

PARENTHESES = {"(": ")", "[": "]", "{": "}"}
# `condition ? a : b`: what stands between these two is a.
# and `a if condition else b`: between these two is the condition.
CHOICES = {"?": ":", "if": "else"}
CHOICE_OF = {"?": IF_ELSE, "if": BACKWARD}
BRACKETS = {**PARENTHESES, **CHOICES, "|": "|", "⌊": "⌋", "⌈": "⌉"}
BRACKET_FUNCTION = {"|": "abs", "⌊": "floor", "⌈": "ceil"}
