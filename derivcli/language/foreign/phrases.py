"""Words of formulas in English, and the tokens that they mean: tables for `english`."""

from __future__ import annotations

from derivcli.language.derivatives import OF
from derivcli.language.requests import ORDINALS, TWICE
from derivcli.language.tokens import NAME, NUMBER, POWER

Made = tuple[tuple[str, str], ...]  # kinds and texts of the tokens that words mean

_POWERS: dict[str, Made] = {"squared": ((POWER, "2"),), "cubed": ((POWER, "3"),)}
# Words behind an operand: what they are.
BEHIND: dict[str, Made] = {
    **dict.fromkeys(
        (
            "to the power of",
            "raised to the power of",
            "to the power",
            "raised to the power",
            "raised to the",
            "raised to",
            "to the",
        ),
        (("^", "^"),),
    ),
    "multiplied by": (("*", "*"),),
    "divided by": (("/", "/"),),
    **_POWERS,
    "plus": (("+", "+"),),
    "minus": (("-", "-"),),
    "times": (("*", "*"),),
    "over": (("/", "/"),),
}
_OF_ANGLES = {
    "sin": "sine",
    "cos": "cosine",
    "tan": "tangent",
    "sec": "secant",
    "csc": "cosecant",
    "cot": "cotangent",
}
# Functions in words: what they are called here.
_FUNCTIONS = {
    "square root": "sqrt",
    "cube root": "cbrt",
    "absolute value": "abs",
    "natural log": "ln",
    "natural logarithm": "ln",
    "exponential": "exp",
    **{word: name for name, word in _OF_ANGLES.items()},
    **{f"inverse {word}": f"a{name}" for name, word in _OF_ANGLES.items()},
    **{f"{arc}{word}": f"a{name}" for name, word in _OF_ANGLES.items() for arc in ("arc", "arc ")},
    **{f"hyperbolic {word}": f"{name}h" for name, word in _OF_ANGLES.items()},
    **{f"inverse {name}": f"a{name}" for name in _OF_ANGLES},
}
_NAMES = """
    sin cos tan sec csc cot asin acos atan sinh cosh tanh ln log sqrt exp abs sigmoid
    arcsin arccos arctan arcsec arccsc arccot
"""
NAMED: dict[str, Made] = {words: ((NAME, name),) for words, name in _FUNCTIONS.items()}
# Nouns that go on with the name of a function and are no argument: `sine wave`, `tangent line`.
NOUNS = frozenset(
    [
        "line",
        "lines",
        "plane",
        "vector",
        "space",
        "curve",
        "wave",
        "waves",
        "function",
        "functions",
        "rule",
        "law",
        "similarity",
        "likelihood",
    ]
)
BEHIND_NAME = _POWERS.keys() | {OF}  # words of prose that may stand behind a function in words
_FRACTIONS = {
    **dict.fromkeys(("half", "a half", "one half"), "1/2"),
    **dict.fromkeys(("a third", "one third"), "1/3"),
    **dict.fromkeys(("a quarter", "one quarter"), "1/4"),
    "two thirds": "2/3",
    "three quarters": "3/4",
}
SHARES: dict[str, Made] = {
    f"{words} of": (("(", "("), (NUMBER, number[0]), ("/", "/"), (NUMBER, number[-1]), (")", ")"), ("*", OF))
    for words, number in _FRACTIONS.items()
}
_ARTICLES = ("the ", "")
# Words before an operand.
BEFORE: dict[str, Made] = {
    **{
        f"{article}{name} {power}of": ((NAME, name), *made)
        for name in {*_NAMES.split(), *_FUNCTIONS.values()}
        for power, made in (("", ()), *((f"{word} ", made) for word, made in _POWERS.items()))
        for article in _ARTICLES
    },
    **{
        f"{article}{order} root of": (("√", str(degree)),)
        for order, degree in ORDINALS.items()
        for article in _ARTICLES
        if degree > 1
    },
    **SHARES,
    **{f"{article}reciprocal of": ((NUMBER, "1"), ("/", "/")) for article in _ARTICLES},
    TWICE: ((NUMBER, "2"), ("*", OF)),
    **dict.fromkeys(("minus", "negative"), (("-", "-"),)),
}
TAKING = frozenset({NAME, "√"})  # what takes the operand behind it
# What may go on behind an operand: a function too, which is multiplied.
GOING_ON = {words: made for words, made in BEFORE.items() if made[0][0] in TAKING} | BEHIND
