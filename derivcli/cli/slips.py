"""The words on the command line -> the one expression among them, or what they were probably meant to be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivcli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

_VALUE = re.compile(r"[^\W\d]\w*\s*=[^=].*", re.DOTALL)
_FLAG = re.compile(r"-[A-Za-z]{1,2}$|[–—]")
_LONGEST_HINT = 60
_QUOTES = 'put the expression in quotes: deriv "x^2 + 1" --at x=3'


def expression_among(words: Sequence[str], at: Sequence[str]) -> str:
    """Return the expression; `at` are the values of --at, for the hints.

    Raises `UsageError` unless there is exactly one.
    """
    if not words:
        raise UsageError("there is no expression", hint='give one in quotes: deriv "x^2" --at x=3')
    values = [word for word in words if _VALUE.match(word)]
    others = [word for word in words if word not in values]
    if values and len(others) == 1:
        together = ",".join([*at, *values])
        raise UsageError(f"`{values[0]}` stands by itself", hint=f"write the values as one: --at {together}")
    if len(words) == 1:
        return words[0]
    raise _too_many(words, at)


def _too_many(words: Sequence[str], at: Sequence[str]) -> UsageError:
    flag = next((word for word in words[1:] if _FLAG.match(word)), None)
    if flag is not None:
        return UsageError(f"no such option: {flag}", hint="deriv --help shows the options")
    if "=" in words and at and "=" not in at[-1]:
        return UsageError("`=` stands by itself", hint=f"write a value without spaces: --at {at[-1]}={words[-1]}")
    joined = " ".join(words)
    hint = f'put it in quotes: deriv "{joined}"' if len(joined) <= _LONGEST_HINT else _QUOTES
    return UsageError(f"one expression at a time, not {len(words)}", hint=hint)
