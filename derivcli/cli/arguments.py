"""Which arguments are options and which are expressions: `deriv -x**2 --at x=-3` needs no `--`."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from derivcli.errors import UsageError
from derivcli.model.option import ValueKind
from derivcli.model.options import OPTIONS, find

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from derivcli.model.option import Option

# Long enough not to be a doubly negated variable, and nothing in it that only an expression has.
_LOOKS_LIKE_OPTION = re.compile(r"--[A-Za-z][A-Za-z-]+(=|$)")
# Options that stand alone, or before the name of a file.
_MAY_HAVE_VALUE = {option.flag: option for option in OPTIONS if option.may_stand_alone}
_LOOKS_LIKE_FILE = re.compile(r"[^-*^+()=].*\.[A-Za-z][A-Za-z0-9]{1,4}")
_MAY_BE_FILE = re.compile(r"[\w./~][\w./~-]*")
# Options whose words are names that people write in capitals: C, Rust.
_IN_ANY_CASE = frozenset({"--code"})
# Words that are options where they stand alone, and the options that make variables of them.
_WORDS = {"help": "--help", "version": "--version"}
_NAME_VARIABLES = frozenset(
    {
        "--points",
        "--functions",
        *(option.flag for option in OPTIONS if option.kind in (ValueKind.NAMES, ValueKind.MIXED)),
    }
)


def takes_value(options: Iterable[Option] = OPTIONS) -> dict[str, bool]:
    """Return for each name of an option whether a value follows it."""
    return {flag: option.takes_value for option in options for flag in option.flags}


def arrange(arguments: Sequence[str], takes_value: Mapping[str, bool]) -> list[str]:
    """Return the arguments with options first, then `--`, then the expressions.

    `takes_value` names every option and tells whether a value follows it. Raises `UsageError` for an option without its
    value, for a word that is an option written wrongly, and for a word after --plot, --graph or --code that is no value
    of it, where the expression is another one.
    """
    options: list[str] = []
    words: list[str] = []
    rest = list(arguments)
    after: tuple[str, str] = ("", "")  # an option that may have a value and has none, and the word behind it
    while rest and rest[0] != "--":
        argument = rest.pop(0)
        name = _name(argument)
        if name in takes_value:
            options.append(_cased(name, argument))
            if name in _MAY_HAVE_VALUE and name == argument:
                is_value = bool(rest) and _is_value(rest[0], _MAY_HAVE_VALUE[name], takes_value)
                options.append(_cased(name, rest.pop(0)) if is_value else "")
                after = (name, rest[0]) if rest and not is_value else after
            elif takes_value[name] and name == argument:
                options.append(_value(name, rest, takes_value))
        else:
            (options if _LOOKS_LIKE_OPTION.match(argument) else words).append(argument)
    expressions = [*words, *rest[1:]]
    name, word = after
    if name and word in expressions and len(expressions) > 1:
        _check_behind(name, word)
    if len(expressions) == 1 and words and words[0] in _WORDS and not _is_variable(words[0], options):
        return [*options, _WORDS[words[0]], "--"]
    _check_no_slips(words, options, takes_value)
    return [*options, "--", *expressions]


def _check_behind(name: str, word: str) -> None:
    """Refuse a word behind an option that could be its value and is none, where another is the expression."""
    option = _MAY_HAVE_VALUE[name]
    if name == "--code":
        raise UsageError(f"no such language: {word}", hint=f"the languages are {', '.join(option.words)}")
    if option.kind is ValueKind.FILE and _MAY_BE_FILE.fullmatch(word):
        hint = f"a picture needs {suffixes(option)}, and one expression"
        raise UsageError(f"{name} cannot draw into `{word}`", hint=hint)


def suffixes(option: Option) -> str:
    """Return in words which files an option writes."""
    *others, last = (f".{suffix}" for suffix in option.suffixes)
    return f"a file with the suffix {', '.join(others)} or {last}"


def _is_value(word: str, option: Option, takes_value: Mapping[str, bool]) -> bool:
    """Tell whether a word is the value of an option that may stand alone, and no expression.

    Any word is that is a text, but for another option. Behind --manual, which stands alone, any word is a topic, if
    perhaps one written wrongly.
    """
    if option.kind is ValueKind.TEXTS:
        return word != "--" and _name(word) not in takes_value
    if option.stands_alone:
        return not word.startswith("-")
    is_file = option.kind is ValueKind.FILE and _LOOKS_LIKE_FILE.fullmatch(word) is not None
    return is_file or _cased(option.flag, word) in option.words


def _cased(name: str, word: str) -> str:
    """Return the value of an option as its words are written."""
    return word.lower() if name in _IN_ANY_CASE else word


def _name(argument: str) -> str:
    """Return the name of an option; a short one is a whole word, since `-q=x^2` is an equation."""
    return argument.partition("=")[0] if argument.startswith("--") else argument


def _value(name: str, rest: list[str], takes_value: Mapping[str, bool]) -> str:
    """Take the value of an option off the arguments that are left."""
    if not rest or rest[0] == "--" or _name(rest[0]) in takes_value:
        raise UsageError(
            f"{name} needs a value", hint="deriv --help lists the options, deriv --manual options explains them"
        )
    return rest.pop(0)


def _is_variable(name: str, options: Sequence[str]) -> bool:
    """Tell whether the options make a variable of a name that could be an option."""
    return has_value(name, options) or bool(_NAME_VARIABLES & set(map(_name, options)))


def has_value(name: str, texts: Sequence[str]) -> bool:
    """Tell whether one of these texts, values of --at among them, gives a value to a name."""
    return any(re.search(rf"(?<![\w-]){re.escape(name)}\s*=", text) for text in texts)


def _check_no_slips(words: Sequence[str], options: Sequence[str], takes_value: Mapping[str, bool]) -> None:
    """Refuse options that are written wrongly: as expressions they would be products and variables nobody meant."""
    for word in words:
        first, name = word[:2], word[1:]
        if f"-{word}" in takes_value and not has_value(name, options):
            raise UsageError(f"no such option: {word}", hint=f"write -{word}")
        if takes_value.get(first) and _LOOKS_LIKE_FILE.fullmatch(word[2:].removeprefix("=")):
            raise UsageError(f"`{word}` is not an option", hint=f"write {first} {word[2:].removeprefix('=')}")
        short = [f"-{letter}" for letter in name]
        if word[:1] == "-" and len(short) > 1 and takes_value.keys() >= set(short) and not has_value(name, options):
            raise UsageError(f"`{word}` is not an option", hint=f"write the options apart: {' '.join(short)}")


def colour_choice(arguments: Sequence[str]) -> str:
    """Return what --color says, before the options have been read; the last of several counts."""
    options = list(takewhile(lambda argument: argument != "--", arguments))
    said = [b for a, b in pairwise(options) if a == "--color"]
    said += [a.removeprefix("--color=") for a in options if a.startswith("--color=")]
    return next((word for word in reversed(said) if word in find("color").words), "auto")


def wants_json(arguments: Sequence[str]) -> bool:
    """Tell whether errors are to be JSON too, before the options have been read."""
    options = list(takewhile(lambda argument: argument != "--", arguments))
    formats = {"json", "jsonl"}
    follows = any(a == "--format" and b in formats for a, b in pairwise(options))
    return follows or any(
        a in ("-j", "--json") or (a[:2] == "--" and a.removeprefix("--format=") in formats) for a in options
    )
