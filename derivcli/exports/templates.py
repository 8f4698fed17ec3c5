"""Templates of calls and signs, and what they are filled with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from derivcli.exports.language import ATOM, POWER, SUM

if TYPE_CHECKING:
    from collections.abc import Sequence

PLAIN = re.compile(r"[\w.]+")
DIGITS = re.compile(r"[\d.]+(e[+-]?\d+)?")
# A place alone between brackets and commas, where any text may stand; any other one wants an atom.
_PLACE = re.compile(r"(?P<before>[(] ?|, )?\{(?P<place>\d)\}(?=(?(before)[,)]|))")
# A remainder is held in brackets wherever it is a factor: in Python -a % b is (-a) % b.
_SIGNS = {"**": POWER, "^": POWER, "%": SUM}


class Phrase(NamedTuple):
    """A text, and how tightly what is outermost in it binds."""

    text: str
    binds: int = ATOM


def filled(template: str, args: Sequence[Phrase], receiver: str = "") -> Phrase:
    """Fill a template; `receiver` is what a literal needs behind it where a method of it is called."""

    def fill(found: re.Match[str]) -> str:
        arg = args[int(found["place"])]
        if found["before"]:
            return found["before"] + arg.text
        is_called = template[found.end() : found.end() + 1] == "." and DIGITS.fullmatch(arg.text)
        text = arg.text + receiver if is_called else arg.text
        return text if arg.binds == ATOM else f"({text})"

    sign = next((sign for sign in _SIGNS if sign in template), "")
    if sign not in ("", "%") and not all(PLAIN.fullmatch(arg.text) for arg in args):
        template = template.replace(sign, f" {sign} ")  # as formatters have it: x**2, but (x + 1) ** 2
    return Phrase(_PLACE.sub(fill, template), _SIGNS.get(sign, ATOM))


def bare(text: str) -> str:
    """Return a text without the brackets around all of it."""
    depth = 0
    for place, character in enumerate(text):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if not depth and place < len(text) - 1:
            return text
    return text[1:-1] if text.startswith("(") else text
