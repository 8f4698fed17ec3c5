"""Variables -> names that a language allows: kept where that can be, else spelled out, cut, or with a `_` behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.language.symbols import SPELLED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from derivcli.exports.language import Language

# What every file calls its own functions and parts.
OWN = frozenset({"f", "gradient", "hessian"})


def names_of(variables: Iterable[str], language: Language, taken: Iterable[str] = ()) -> dict[str, str]:
    """Return a name for each variable that is no word of the language, nor among those that are taken."""
    used = {_key(name, language) for name in (*language.reserved, *OWN, *taken)}
    found: dict[str, str] = {}
    for variable in variables:
        whole = _spelled(variable) if language.is_ascii else variable
        tries = (whole[: language.longest_name - count] + count * "_" for count in range(language.longest_name))
        name = next(name for name in tries if _key(name, language) not in used)
        used.add(_key(name, language))
        found[variable] = name
    return found


def _spelled(variable: str) -> str:
    """Return a name in ASCII that begins with a letter: Greek letters by their names, others by their numbers."""
    letters = (c if c.isascii() else SPELLED.get(c, {"π": "pi"}.get(c, f"u{ord(c):x}")) for c in variable)
    name = "".join(letters)
    return name if name[0].isalpha() else f"v{name}"


def _key(name: str, language: Language) -> str:
    return name.lower() if language.is_caseless else name
