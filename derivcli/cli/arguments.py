"""Which arguments are options and which are expressions: `deriv -x**2 --at x=-3` needs no `--`."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from derivcli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Long enough not to be a doubly negated variable, and nothing in it that only an expression has.
_LOOKS_LIKE_OPTION = re.compile(r"--[A-Za-z][A-Za-z-]+(=|$)")
# Options that stand alone, or before the name of a file.
_MAY_HAVE_VALUE = frozenset({"--plot"})
_LOOKS_LIKE_FILE = re.compile(r"[^-*^+()=].*\.[A-Za-z][A-Za-z0-9]{1,4}")
_MAY_BE_FILE = re.compile(r"[\w./~][\w./~-]*")
_PICTURE = "a picture needs a file with the suffix .png, .svg or .pdf, and one expression"


def arrange(arguments: Sequence[str], takes_value: Mapping[str, bool]) -> list[str]:
    """Return the arguments with options first, then `--`, then the expressions.

    `takes_value` names every option and tells whether a value follows it. Raises `UsageError` for an option without its
    value, and for a word after --plot that is no file for a picture, where the expression is another one.
    """
    options: list[str] = []
    expressions: list[str] = []
    rest = list(arguments)
    after: str | None = None  # the word behind an option that may have a value, and has none
    while rest:
        argument = rest.pop(0)
        name, equals, _ = argument.partition("=")
        if argument == "--":
            expressions += rest
            break
        if name in takes_value:
            options.append(argument)
            if name in _MAY_HAVE_VALUE and not equals:
                is_file = bool(rest and _LOOKS_LIKE_FILE.fullmatch(rest[0]))
                options.append(rest.pop(0) if is_file else "")
                after = rest[0] if rest and not is_file else None
            elif takes_value[name] and not equals:
                options.append(_value(name, rest, takes_value))
        elif _LOOKS_LIKE_OPTION.match(argument):
            options.append(argument)
        else:
            expressions.append(argument)
    if after in expressions and len(expressions) > 1 and _MAY_BE_FILE.fullmatch(after or ""):
        raise UsageError(f"--plot cannot draw into `{after}`", hint=_PICTURE)
    return [*options, "--", *expressions]


def _value(name: str, rest: list[str], takes_value: Mapping[str, bool]) -> str:
    """Take the value of an option off the arguments that are left."""
    if not rest or rest[0] == "--" or rest[0].partition("=")[0] in takes_value:
        raise UsageError(f"{name} needs a value", hint="deriv --help shows the options")
    return rest.pop(0)


def wants_json(arguments: Sequence[str]) -> bool:
    """Tell whether errors are to be JSON too, before the options have been read."""
    formats = {"json", "jsonl"}
    follows = any(a == "--format" and b in formats for a, b in pairwise(arguments))
    return follows or any(a == "--json" or a.removeprefix("--format=") in formats for a in arguments if a[:2] == "--")
