"""Nearest names."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MOST_COMPARED = 1_000  # names: comparing costs 20 us each
_SHORTEST = 3  # letters of a name in which a slip can be seen: `sh` is near to too many


def nearest(name: str, known: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Return up to `most` known names that look like `name`, the nearest first."""
    from difflib import get_close_matches  # most texts have no slips

    by_folded: dict[str, str] = {}
    for candidate in islice(known, _MOST_COMPARED):
        by_folded.setdefault(candidate.lower(), candidate)
    found = get_close_matches(name.lower(), by_folded, n=most, cutoff=0.6)
    return tuple(by_folded[match] for match in found)


def misspelt(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known names that one slip of the hand makes `name` of, the likeliest slip first.

    A slip swaps two letters, doubles one, leaves one out, adds one or hits another; the first letter and all digits are
    right. More than one is no slip: it is more likely a name from elsewhere, with a meaning of its own.
    """
    slips = {} if len(name) < _SHORTEST else {text: rank for rank, text in reversed(list(_mended(name.lower())))}
    found = [(slips[candidate.lower()], candidate) for candidate in dict.fromkeys(known) if candidate.lower() in slips]
    return tuple(candidate for _, candidate in sorted(found, key=lambda pair: pair[0]))


def _mended(name: str) -> Iterator[tuple[int, str]]:
    """Yield what a name may have been before one slip, the likeliest first, each with its rank."""
    yield 0, name
    places = [i for i in range(1, len(name)) if not name[i].isdigit()]
    for i in places:
        if name[i] == name[i - 1]:
            yield 1, name[:i] + name[i + 1 :]
    for i in places[1:]:
        yield 1, name[: i - 1] + name[i] + name[i - 1] + name[i + 1 :]
    for i in places:
        yield 2, name[:i] + name[i + 1 :]
    letters = "abcdefghijklmnopqrstuvwxyz"
    for i in range(1, len(name) + 1):
        yield from ((3, name[:i] + letter + name[i:]) for letter in letters)
    for i in places:
        yield from ((4, name[:i] + letter + name[i + 1 :]) for letter in letters)
