"""The words on the command line -> the expressions among them, or what they were probably meant to be."""

from __future__ import annotations

import os
import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from derivcli.cli.arguments import has_value
from derivcli.errors import UsageError
from derivcli.model.choices import Format
from derivcli.model.options import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NUMBER = r"(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_PART = r"(?:[-+*/^().\s\d]|(?:pi|e|tau|sqrt)\b|(?<=\d)e)"
# A constant without a sign: after `-x` a sign goes on with an expression.
_CONSTANT = rf"(?=[.\d]|(?:pi|e|tau|sqrt)\b){_PART}+(?<![-+*/^(])"
# `y=3`, `y=pi/4`: a value that has lost its --at. The right side of a function has other names in it.
_VALUE = re.compile(rf"[^\W\d]\w*\s*=(?!=)\s*{_PART}+")
# `-x 3`, `--x 3`, `--x=3`: a value given as if each variable had an option.
_OPTION_WITH_VALUE = re.compile(rf"--?([^\W\d]\w*)=({_CONSTANT})")
_FLAG = re.compile(r"-[A-Za-z]{1,2}$|[–—]")
_TORN = re.compile(r"^[*/^=,<>)]|[-+*/^=,<>(]$")
_GOES_ON = re.compile(rf"\+.*|-{_NUMBER}")  # what cannot begin an expression of its own, or hardly
_BARE = re.compile(rf"[-+]?{_NUMBER}")
# `README.md`, `data/points.csv`: in an expression a point stands between digits only.
_LOOKS_LIKE_FILE = re.compile(r"[\w./~-]*[^\W\d]\w*\.[A-Za-z]\w{0,6}")
_CAN_BE_FILE = re.compile(r"[\w.~/-]*\w[\w.~/ -]*")
_VARIABLE = re.compile(r"(?<![^\W\d])[^\W\d]\w*(?!\w|\s*\()")
_FLAGS = frozenset(flag for option in OPTIONS for flag in option.flags)
_CONSTANTS = frozenset({"pi", "e", "tau", "inf"})
_LONGEST_HINT = 60  # characters of what was typed that a hint repeats: with `deriv` and quotes a line of a terminal
_BEGINNING = 3  # letters that tell an option: `--imp`
HELP = "deriv --help lists the options, deriv --manual options explains them"
_QUOTES = 'put the expression in quotes: deriv "x^2 + 1" --at x=3'


def option_meant(unknown: str) -> str:
    """Return the hint for an option that there is not: one slip away from one, its beginning, or a format's name."""
    from derivcli.language.names import misspelt

    name = unknown.lstrip("-").lower()
    if name in list(Format):
        return f"write --format {name}"
    names = [option.name for option in OPTIONS]
    begun = [known for known in names if known.startswith(name)] if len(name) >= _BEGINNING else []
    heard = [name.replace("f", "ph")] if "f" in name else []  # `--graf`
    found = [name] if name in names else [*misspelt(name, names), *begun, *(each for each in heard if each in names)]
    return f"did you mean --{found[0]}?" if found else HELP


def expressions_among(words: Sequence[str], at: Sequence[str]) -> list[str]:
    """Return the expressions, each of which is a function; `at` are the values of --at, for the hints.

    Raises `UsageError` where the words look like parts of one, like values, like options or like names of files.
    """
    for check in _CHECKS:
        check(words, at)
    return list(words)


def _check_files(words: Sequence[str], at: Sequence[str]) -> None:
    """Refuse names of files: for an unquoted `*` the shell writes those of the folder."""
    inside = {name for word in words for name in _VARIABLE.findall(word) if name != word}
    files = [word for word in words if _is_file(word, len(words)) and word not in inside and not has_value(word, at)]
    if not files:
        return
    if len(words) == 1:
        hint = f"--points {files[0]} reads points, deriv - < {files[0]} reads an expression"
        raise UsageError(f"`{files[0]}` is the name of a file, not an expression", hint=hint)
    raise UsageError(
        f"`{files[0]}` is the name of a file: the shell puts such names in place of an unquoted `*`",
        hint=_without_files(words, frozenset(files)),
    )


def _is_file(word: str, count: int) -> bool:
    """Tell whether a word looks like the name of a file, or is one beside other words."""
    exists = count > 1 and bool(_CAN_BE_FILE.fullmatch(word)) and os.path.lexists(word)
    return exists or bool(_LOOKS_LIKE_FILE.fullmatch(word))


def _without_files(words: Sequence[str], files: frozenset[str]) -> str:
    """Return the hint to quote what was probably typed, or how to name a variable that is the name of a file too."""
    typed = [word for word, _ in groupby("*" if word in files else word for word in words)]
    if len(typed) == 3 and typed[1] == "*":
        return _quoted(typed)
    (first, *others) = files
    is_variable = first.isidentifier() and not others
    return f"{_QUOTES}; a variable in parentheses: ({first})" if is_variable else _QUOTES


def _names(words: Iterable[str]) -> list[str]:
    """Return the variables in words that have not been parsed yet, as far as that can be told."""
    return list(dict.fromkeys(name for word in words for name in _VARIABLE.findall(word) if name not in _CONSTANTS))


def _check_values(words: Sequence[str], at: Sequence[str]) -> None:
    values = [word for word in words if _VALUE.fullmatch(word)]
    if values and len(values) < len(words):
        together = ",".join([*at, *values])
        raise UsageError(f"`{values[0]}` is a value outside --at", hint=f"write the values as one: --at {together}")


def _check_values_of_options(words: Sequence[str], at: Sequence[str]) -> None:
    """Refuse `-x 3`, which says of no option `-x` that it is 3, and is no function of x either."""
    pairs = [(f"{a} {b}", f"{a}={b}") for a, b in pairwise(words)]
    alone = [(word, word) for word in words] if len(words) > 1 else []
    for shown, text in (*pairs, *alone):
        if found := _OPTION_WITH_VALUE.fullmatch(text):
            together = ",".join([*at, f"{found[1]}={found[2]}"])
            raise UsageError(f"`{shown}` gives no value to `{found[1]}`", hint=f"write --at {together}")


def _check_end(words: Sequence[str], at: Sequence[str]) -> None:
    """Refuse an option among the words: it stands behind `--`, where all words are expressions."""
    late = next((k for k, word in enumerate(words) if k and word.partition("=")[0] in _FLAGS), None)
    if late is None or has_value(words[late].lstrip("-"), at):
        return
    typed = f'deriv "{words[0]}" {" ".join(words[late:])}'
    hint = typed if len(typed) <= _LONGEST_HINT else "an expression may start with a minus"
    message = f"`{words[late]}` stands behind `--`, where all words are expressions"
    raise UsageError(message, hint=f"leave `--` out: {hint}")


def _check_flags(words: Sequence[str], at: Sequence[str]) -> None:
    flag = next((word for word in words[1:] if _FLAG.match(word) and not has_value(word[1:], at)), None)
    if flag is not None and not any(flag[1:] in word for word in words if word != flag):  # `x -x` are two functions
        raise UsageError(f"no such option: {flag}", hint=HELP)


def _check_equal_sign(words: Sequence[str], at: Sequence[str]) -> None:
    if len(words) > 1 and "=" in words and at and "=" not in at[-1]:
        raise UsageError("`=` has spaces around it", hint=f"write a value without spaces: --at {at[-1]}={words[-1]}")


def _check_pieces(words: Sequence[str], _at: Sequence[str]) -> None:
    """Refuse words that are parts of an expression, which the shell has torn apart."""
    torn = any(map(_is_torn, words)) or any(map(_GOES_ON.fullmatch, words[1:])) or "-" in words[1:-1]
    if len(words) > 1 and torn and not _is_torn(" ".join(words)):
        raise UsageError(f"the shell made {len(words)} words of one expression", hint=_quoted(words))


def _is_torn(word: str) -> bool:
    return (word != "-" and bool(_TORN.search(word))) or word.count("(") != word.count(")")


def _check_numbers(words: Sequence[str], at: Sequence[str]) -> None:
    """Refuse a number beside an expression: it is a value without its name, or a part of the expression."""
    number = next((word for word in words if _BARE.fullmatch(word)), None)
    if number is None or len(words) == 1:
        return
    names = [name for name in _names(words) if not has_value(name, at)]
    value = ",".join([*at, *(f"{name}={'...' if index else number}" for index, name in enumerate(names))])
    is_value = names and number != words[0]
    hint = f"write a value with its name: --at {value}" if is_value else _quoted(words)
    raise UsageError(
        f"`{number}` could be a value or an expression",
        hint=f"{hint}; write a constant function in parentheses: ({number})",
    )


def _quoted(words: Sequence[str]) -> str:
    joined = " ".join(words)
    return f'put it in quotes: deriv "{joined}"' if len(joined) <= _LONGEST_HINT else _QUOTES


# In this order: the first cause explains what the later checks would only see the consequences of.
_CHECKS = (
    _check_end,
    _check_files,
    _check_values,
    _check_values_of_options,
    _check_flags,
    _check_equal_sign,
    _check_pieces,
    _check_numbers,
)
