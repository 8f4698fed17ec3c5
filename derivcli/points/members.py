"""A line of JSON -> the members of its object, each with the text of its value as it stands there.

Strict JSON: no `NaN`, no lone surrogates, no key twice. Nothing here recurses without a limit.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple, NoReturn

from derivcli.points.cells import read_number, shown

MAX_DEPTH = 100  # levels of objects and arrays
_SPACE = re.compile(r"[ \t]*")
_NESTING = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{}]')
_STEPS = {"{": 1, "[": 1, "}": -1, "]": -1}


class Member(NamedTuple):
    """A value: its text in the line, and what it is; only strings and numbers are told from the others."""

    text: str
    value: Any

    @property
    def cell(self) -> str:
        """The text that stands for it in a table: a string without its quotes, nothing for null."""
        if self.text.startswith('"'):
            return str(self.value)
        return "" if self.text == "null" else self.text

    def number(self, name: str) -> float | str:
        """Return the number that it is, or why it is none."""
        if self.text[0] in "-0123456789":
            return read_number(name, self.text)
        kind = "text, not a number" if self.text.startswith('"') else "not a number"
        return f"`{name}`: {shown(self.text)} is {kind}"


class _NotJsonError(ValueError):
    """What JSON does not know."""


def read_members(line: str) -> dict[str, Member] | str:
    """Return the members of the object in a line, or why there is none."""
    if not line.strip(" \t"):
        return "the line is empty"
    if _depth(line) > MAX_DEPTH:
        return f"the line is nested too deeply: the limit is {MAX_DEPTH} levels"
    start = _skip(line, 0)
    try:
        if line[start] != "{":
            _DECODER.decode(line)
            return "the line is not a JSON object"
        return _members(line, start)
    except json.JSONDecodeError as error:
        reason = error.msg.lower().rstrip(":").removesuffix(" at")
        return f"the line is not JSON: {reason} at character {error.pos + 1}"
    except _NotJsonError as error:
        return str(error)


def _members(line: str, start: int) -> dict[str, Member] | str:
    found: dict[str, Member] = {}
    position = _skip(line, start + 1)
    closed = line[position : position + 1] == "}"
    while not closed:
        _expect(line, position, '"', "a key in quotes is missing")
        key, position = _DECODER.raw_decode(line, position)
        position = _expect(line, _skip(line, position), ":", "a colon is missing")
        position = _skip(line, position)
        value, end = _DECODER.raw_decode(line, position)
        if key in found:
            return f"the key {shown(key)} occurs twice"
        found[key] = Member(line[position:end], value)
        position = _skip(line, end)
        closed = line[position : position + 1] == "}"
        if not closed:
            position = _skip(line, _expect(line, position, ",", "a comma is missing"))
    rest = _skip(line, position + 1)
    if rest < len(line):
        raise json.JSONDecodeError("text after the object", line, rest)
    return _checked(found, line)


def _checked(found: dict[str, Member], line: str) -> dict[str, Member] | str:
    """Refuse halves of characters: they can be escaped in JSON, and written nowhere."""
    if "\\u" in line:
        try:
            json.dumps([(key, member.value) for key, member in found.items()], ensure_ascii=False).encode()
        except UnicodeEncodeError:
            return "the line holds half a character: a lone surrogate"
    return found


def _skip(line: str, position: int) -> int:
    found = _SPACE.match(line, position)
    return found.end() if found else position


def _expect(line: str, position: int, mark: str, message: str) -> int:
    if line[position : position + 1] != mark:
        raise json.JSONDecodeError(message, line, position)
    return position + 1


def _depth(line: str) -> int:
    """Return the deepest nesting, counted only where there are enough brackets for it to matter."""
    if line.count("[") + line.count("{") <= MAX_DEPTH:
        return 0
    depth = deepest = 0
    for found in _NESTING.finditer(line):
        depth += _STEPS.get(found[0], 0)
        deepest = max(deepest, depth)
    return deepest


def _refuse(name: str) -> NoReturn:
    raise _NotJsonError(f"{shown(name)} is not JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse, parse_int=str, parse_float=str)
