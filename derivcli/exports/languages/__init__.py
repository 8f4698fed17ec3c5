"""The languages, a module each: a table, and how a file is laid out. To add one, write it and name it in `CODE`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derivcli.exports.language import Language


def find(name: str) -> Language:
    """Return the table of a language."""
    found: Language = import_module(f"derivcli.exports.languages.{name.replace('-', '_')}").LANGUAGE
    return found
