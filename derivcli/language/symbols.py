"""The one table of characters beyond ASCII that the language knows."""

from __future__ import annotations

import unicodedata

# Operators and brackets: the character -> the ASCII token it stands for.
OPERATORS = {
    "×": "*",
    "·": "*",
    "⋅": "*",
    "÷": "/",
    "−": "-",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "√": "√",
    "⌊": "⌊",
    "⌋": "⌋",
    "⌈": "⌈",
    "⌉": "⌉",
    "∂": "∂",
    "′": "'",
    "’": "'",
}

# Characters that are a whole name.
NAMES = {"π": "pi", "∞": "inf"}

SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+", strict=True))

# Letters of names; the micro sign is the letter mu.
GREEK = frozenset("αβγδεζηθικλμνξοπρςστυφχψωΓΔΘΛΞΠΣΥΦΨΩϕϵϑ") - frozenset(NAMES)
SAME_LETTER = {"µ": "μ"}

# What people paste, and what they mean.
_MEANT = {
    "“": '"',
    "”": '"',
    "–": "-",
    "—": "-",
    "‐": "-",
    "∗": "*",
    "∕": "/",
    "∣": "|",
    "½": "(1/2)",
    "¼": "(1/4)",
    "¾": "(3/4)",
    "⅓": "(1/3)",
    "⅔": "(2/3)",
    "⁄": "/",
    "⩽": "<=",
    "⩾": ">=",
    "∙": "*",
    "•": "*",
    "°": "*pi/180",
    "∛": "cbrt(x)",
    "ℯ": "e",
    "\u00a0": "a plain space",
    "\u2009": "a plain space",
    "\u202f": "a plain space",
    "\u3000": "a plain space",
}


_RAISED = {"<super>": "^", "<sub>": "_"}


def ascii_form(character: str) -> str | None:
    """Return what a foreign character most likely means in ASCII, for a hint only."""
    if character in _MEANT:
        return _MEANT[character]
    mark = next((sign for tag, sign in _RAISED.items() if unicodedata.decomposition(character).startswith(tag)), "")
    folded = mark + unicodedata.normalize("NFKC", character)
    if folded != character and folded.isascii() and folded.isprintable():
        return folded
    digit = unicodedata.digit(character, None)
    return None if digit is None else str(digit)


def code_point(character: str) -> str:
    """Return the code point and its name: `U+200B ZERO WIDTH SPACE`."""
    if "\udc80" <= character <= "\udcff":
        return f"0x{ord(character) - 0xDC00:02X}: this byte is not UTF-8"
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()
