"""The real domain of a function of the catalogue: as a condition that can be evaluated, and in words."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from derivcli.language import catalogue
from derivcli.language.lowering import formula

if TYPE_CHECKING:
    from derivcli.language.catalogue import Function
    from derivcli.language.program import Program

# Parts of a formula -> what people write, in this order; the last ones are about how parts are joined.
_WORDS = (
    (r"(\w) > 0 or \1 != floor\(\1\)", r"\1 not 0, -1, -2, ..."),
    (r"(\w) > -1 or \1 != floor\(\1\)", r"\1 not -1, -2, ..."),
    (r"(\w) > -2 or \1/2 != floor\(\1/2\)", r"\1 not -2, -4, ..."),
    (r"(\w) >= 0 and \1 == floor\(\1\)", r"\1 = 0, 1, 2, ..."),
    (r"(\w) <= 0 and \1 == floor\(\1\)", r"\1 = 0, -1, -2, ..."),
    (r"(\w) % 2 == 1", r"\1 an odd integer"),
    (r"(\S.*?) == floor\(\1\)", r"\1 an integer"),
    (r"(\S.*?) != floor\(\1\)", r"\1 not an integer"),
    (r"\w != 0 or \w != 0", "not both 0"),
    (r" == ", " = "),
    (r"\((\w not [^()]*)\)", r"\1"),
    (r"\.\.\. and ", "...; "),
    (r"; \((.*)\)$", r"; \1"),
    (r" or ", ", or "),
)


@cache
def domain(name: str) -> Program | None:
    """Return a program that is 1 where a function has a real value, else 0; None for everywhere."""
    row = catalogue.FUNCTIONS[name]
    return formula(f"where({row.domain}, 1, 0)", row.parameters) if row.domain else None


def in_words(row: Function) -> str:
    """Return the domain of a function as people write it: `x > 0, or x = 0 and n > 1`; empty for a constant."""
    if not row.parameters:
        return ""
    text = row.domain or "all real x"
    for pattern, words in _WORDS:
        text = re.sub(pattern, words, text)
    return text if " or " in text else text.replace(" and ", ", ")
