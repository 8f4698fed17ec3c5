"""Names in which a photograph, or a font, put one sign in the place of another: `In x`, `1n(x)`, `c0s(x)`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError
from derivcli.language import catalogue
from derivcli.language.tokens import NAME, NUMBER

if TYPE_CHECKING:
    from derivcli.language.tokens import Token

_LOOK_ALIKE = {"0": "o", "1": "l", "5": "s"}
# A logarithm that holds its argument, or waits for one. `In` with a sign behind it may be a current.
_LOGARITHM = re.compile(r"(?:ln|log)([0-9]*[xyz])?")
_BEGINS_ARGUMENT = frozenset({NAME, NUMBER, "(", "|", "√"})


def check_logarithm(before: Token, token: Token, following: Token) -> None:
    """Raise `ExpressionError` for `In x`, `Inx` and `1n(x)`, where the l of ln was taken for another sign."""
    is_one = before.text == "1" and before.span.end == token.span.start
    if not is_one and token.text[0] != "I":
        return
    meant = "l" + (token.text if is_one else token.text[1:])
    match = _LOGARITHM.fullmatch(meant)
    if match is None or not (match[1] or following.kind in _BEGINS_ARGUMENT):
        return
    typed, span = ("1" + token.text, before.span.to(token.span)) if is_one else (token.text, token.span)
    message = f"`{typed}` looks like `{meant}` with another first letter"
    raise ExpressionError(message, span, hint=f"did you mean `{meant}`?", suggestions=(meant,))


def function_of(name: str) -> tuple[str, ...]:
    """Return the function that a name is with letters in the place of digits that look like them: `c0s`, `s1n`."""
    plain = "".join(_LOOK_ALIKE.get(sign, sign) for sign in name)
    letters = (plain.replace("l", one) for one in "li")
    return tuple(found for found in letters if found != name and catalogue.is_function(found))[:1]
