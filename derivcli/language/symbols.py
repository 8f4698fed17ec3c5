"""The one table of characters beyond ASCII that the language knows."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

# One character for another: what people paste -> what it is here. Spans stay right, for each is one character.
_SAME = {
    "×": "*",
    "·": "*",
    "⋅": "*",
    "∙": "*",
    "•": "*",
    "∗": "*",
    "÷": "/",
    "∕": "/",
    "⁄": "/",
    "−": "-",
    "–": "-",
    "∣": "|",
    "′": "'",
    "’": "'",
    "º": "°",
    "˚": "°",
    "ℎ": "h",
    **dict.fromkeys("ℯⅇ", "e"),
    "ⅆ": "d",
    "ᴇ": "E",
    "µ": "μ",
    "⩽": "≤",
    "⩾": "≥",
    # From phones; from Word and MathML, with the signs that nobody sees there; from documents of LaTeX.
    **dict(zip("➕➖➗✖✕", "+-/**", strict=True)),
    **dict.fromkeys("“”„", '"'),
    "\u2061": " ",  # between a function and its argument
    "\u2062": "*",
    "〖": "(",
    "〗": ")",
    **dict.fromkeys("ˆ˄", "^"),
    "¯": "⁻",
    **dict.fromkeys("\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
}
_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
# Letters and digits in other hands. Those of script, fraktur and double-struck alphabets name things of their own.
_MATHEMATICAL = range(0x1D400, 0x1D800)
_OTHER_NAMES = ("SCRIPT", "FRAKTUR", "DOUBLE-STRUCK")

# Operators and brackets: the character -> the ASCII token it stands for.
OPERATORS = {
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "√": "√",
    "⌊": "⌊",
    "⌋": "⌋",
    "⌈": "⌈",
    "⌉": "⌉",
    "∂": "∂",
    "°": "°",
    "↦": "↦",
}
# Roots of a higher degree: the character -> the degree.
ROOTS = {"∛": "3", "∜": "4"}

# Characters that are a whole name.
NAMES = {"π": "pi", "∞": "inf"}

_QUOTIENTS = """
    1/2 1/3 2/3 1/4 3/4 1/5 2/5 3/5 4/5 1/6 5/6 1/7 1/8 3/8 5/8 7/8 1/9 1/10
"""
# A fraction is a quotient in brackets.
FRACTIONS = {
    character: tuple(quotient.split("/"))
    for character, quotient in zip("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒", _QUOTIENTS.split(), strict=True)
}

_RAISED = {
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺⁽⁾": "0123456789-+()",
    "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ": "abcdefghijklmnoprstuvwxyz",
    "ᵝᵞᵟᶿᵠᵡ": "βγδθφχ",
}
_LOWERED = {"₀₁₂₃₄₅₆₇₈₉": "0123456789", "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ": "aehijklmnoprstuvx"}
SUPERSCRIPTS = {sign: plain for signs, line in _RAISED.items() for sign, plain in zip(signs, line, strict=True)}
SUBSCRIPTS = {sign: plain for signs, line in _LOWERED.items() for sign, plain in zip(signs, line, strict=True)}

_SPELLED = """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi
    chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega phi epsilon theta sigma
"""
# Letters of names, and how each is written out.
SPELLED = dict(zip("αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩϕϵϑς", _SPELLED.split(), strict=True))
GREEK = frozenset(SPELLED) - frozenset(NAMES)
GREEK_NAMES = frozenset(filter(str.islower, SPELLED.values())) - {"pi"}  # each is one name, no product of its letters
_ALONE = re.compile(rf"(?<![^\W\d_])[{''.join(SPELLED)}](?![^\W\d_])")

# What people paste that is refused, and what they mean.
_MEANT = {
    "—": "-",
    "‐": "-",
    "″": "''",
    **dict(zip("асеорхуАВЕКМНОРСТХ", "aceopxyABEKMHOPCTX", strict=True)),  # Cyrillic letters, which look the same
}
_TAGS = {"<super>": "^", "<sub>": "_"}


def plain(text: str) -> str:
    """Return a text of the same length in which each character that only looks different is its plain form."""
    return text if text.isascii() else text.translate(_table())


@lru_cache(maxsize=4)  # sets of names: a text has one, and one for each way to read it
def all_ascii(names: frozenset[str]) -> bool:
    """Tell whether names are plain; a formula of many parts asks for each part."""
    return all(map(str.isascii, names))


def is_styled(text: str) -> bool:
    """Tell whether letters of a mathematical alphabet are in a text: `𝑥`."""
    return not text.isascii() and any(ord(character) in _MATHEMATICAL for character in text)


@cache
def _table() -> dict[int, str]:
    known = {*GREEK, *NAMES, *OPERATORS}
    letters = {}
    for code in _MATHEMATICAL:
        folded = unicodedata.normalize("NFKC", chr(code))
        named = any(other in unicodedata.name(chr(code), "SCRIPT") for other in _OTHER_NAMES)
        if (not named and (folded.isascii() or folded in known)) or unicodedata.digit(chr(code), None) is not None:
            letters[code] = folded
    return {ord(character): same for character, same in (_FULL_WIDTH | _SAME).items()} | letters


def ascii_form(character: str) -> str | None:
    """Return what a foreign character most likely means in ASCII, for a hint only."""
    if character in _MEANT:
        return _MEANT[character]
    mark = next((sign for tag, sign in _TAGS.items() if unicodedata.decomposition(character).startswith(tag)), "")
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


def spelled_out(name: str) -> str:
    """Return a name with each Greek letter that stands alone in it written out: `θ_1` is `theta_1`."""
    return name if name.isascii() else _ALONE.sub(lambda found: SPELLED[found.group()], name)
