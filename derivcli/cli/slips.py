"""The words on the command line -> the expressions among them, or what they were probably meant to be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivcli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

# `y=3`, `y=pi/4`: a value that has lost its --at. The right side of a function has other names in it.
_VALUE = re.compile(r"[^\W\d]\w*\s*=(?!=)\s*(?:[-+*/^().\s\d]|(?:pi|e|tau|sqrt)\b|(?<=\d)e)+")
_FLAG = re.compile(r"-[A-Za-z]{1,2}$|[–—]")
_TORN = re.compile(r"^[*/^=,<>)]|[-+*/^=,<>(]$")
_LONGEST_HINT = 60
_QUOTES = 'put the expression in quotes: deriv "x^2 + 1" --at x=3'


def expressions_among(words: Sequence[str], at: Sequence[str]) -> list[str]:
    """Return the expressions, each of which is a function; `at` are the values of --at, for the hints.

    Raises `UsageError` where there is none, or where the words look like parts of one.
    """
    if not words:
        raise UsageError("there is no expression", hint='give one in quotes: deriv "x^2" --at x=3')
    values = [word for word in words if _VALUE.fullmatch(word)]
    if values and len(values) < len(words):
        together = ",".join([*at, *values])
        raise UsageError(f"`{values[0]}` stands by itself", hint=f"write the values as one: --at {together}")
    if len(words) > 1:
        _check_whole(words, at)
    return list(words)


def _check_whole(words: Sequence[str], at: Sequence[str]) -> None:
    """Refuse words that are parts of an expression, which the shell has torn apart."""
    flag = next((word for word in words[1:] if _FLAG.match(word)), None)
    if flag is not None and not any(flag[1:] in word for word in words if word != flag):  # `x -x` are two functions
        raise UsageError(f"no such option: {flag}", hint="deriv --help shows the options")
    if "=" in words and at and "=" not in at[-1]:
        raise UsageError("`=` stands by itself", hint=f"write a value without spaces: --at {at[-1]}={words[-1]}")
    joined = " ".join(words)
    if any(_is_torn(word) for word in words) and not _is_torn(joined):
        hint = f'put it in quotes: deriv "{joined}"' if len(joined) <= _LONGEST_HINT else _QUOTES
        raise UsageError(f"one expression in {len(words)} pieces", hint=hint)


def _is_torn(word: str) -> bool:
    return (word != "-" and bool(_TORN.search(word))) or word.count("(") != word.count(")")
