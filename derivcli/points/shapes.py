"""Lines of JSON whose objects have the same keys in the same order: one pattern reads such a line whole.

It is made of the keys, and finds the text of each value as it stands in the line. A line that has another form, or a
value that has to be decoded or is nested deeply, is left to `members`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Of values: nothing that has to be decoded, or is nested deeply.
_NUMBER = r"-?+(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+"
_STRING = r'"[^"\\\x00-\x1f\ud800-\udfff]*+"'
_SCALAR = rf"(?:{_NUMBER}|{_STRING}|true|false|null)"
_VALUE = rf"({_SCALAR}|\[(?:{_SCALAR}(?:,[ \t]*+{_SCALAR})*+)?\])"
_GAP = "[ \t]*+"


class LineShape:
    """A pattern, where it has the value of a key, and what is noted of its lines."""

    def __init__(self, keys: Sequence[str], note: str | None = None) -> None:
        self.note = note
        self.places = {key: place for place, key in enumerate(keys, 1)}
        named = (f"{re.escape(json.dumps(key, ensure_ascii=False))}{_GAP}:{_GAP}{_VALUE}{_GAP}" for key in keys)
        self.pattern = re.compile(f"{_GAP}{{{_GAP}{f',{_GAP}'.join(named)}}}{_GAP}")


def cell_of(text: str) -> str:
    """Return the text of a value in a table: a string without its quotes, nothing for null."""
    if text.startswith('"'):
        return text[1:-1]
    return "" if text == "null" else text
