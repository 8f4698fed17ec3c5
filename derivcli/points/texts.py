"""Bytes -> lines of text, and what no line may hold."""

from __future__ import annotations

import re

FORBIDDEN = re.compile("[\r\0\udc80-\udcff]")
_NOT_UTF8 = re.compile("[\udc80-\udcff]")
_REASONS = (
    (re.compile("\0"), "a NUL byte stands in the line"),
    (re.compile("\r"), "a carriage return stands inside the line"),
    (_NOT_UTF8, "the line is not UTF-8"),
)


def decoded(data: bytes) -> str:
    """Return data as text; bytes that are not UTF-8 become lone surrogates, which UTF-8 has none of."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("utf-8", "surrogateescape")


def may_be_odd(text: str) -> bool:
    """Tell whether a line of a text may hold what no line may hold; fast."""
    if "\0" in text or ("\r" in text and text.count("\r") > text.count("\r\n") + text.endswith("\r")):
        return True
    return not text.isascii() and bool(_NOT_UTF8.search(text))


def clean(text: str) -> str:
    """Return a text that can be written: with U+FFFD for bytes that were not UTF-8."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def lines_of(text: str) -> list[str]:
    """Split a text into lines without their endings."""
    lines = text.split("\n")
    return [line.removesuffix("\r") for line in lines] if "\r" in text else lines


def forbidden(line: str) -> str | None:
    """Return what makes a line unreadable in any form."""
    return next((reason for pattern, reason in _REASONS if pattern.search(line)), None)
