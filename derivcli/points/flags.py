"""`--at x=2 --at y=3,z=pi` -> a point; `--wrt x,y` -> names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import PointError
from derivcli.language.assignments import split_assignments, split_names

if TYPE_CHECKING:
    from collections.abc import Sequence


def parse_at(texts: Sequence[str]) -> dict[str, str]:
    """Return each name with the text of its value.

    Raises `PointError` for a name given twice or without a value.
    """
    point: dict[str, str] = {}
    for text in texts:
        for name, value, span in split_assignments(text):
            if name in point:
                raise PointError(f"`{name}` is given twice", span, source=text, hint="give each name one value")
            point[name] = value
    return point


def parse_partials(texts: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the names of each mixed derivative; a name that stands twice is differentiated by twice."""
    return tuple(tuple(split_names(text)) for text in texts)


def parse_wrt(texts: Sequence[str]) -> tuple[str, ...] | None:
    """Return the names to differentiate with respect to, each once; None where no flag was given."""
    names = [name for text in texts for name in split_names(text)]
    return tuple(dict.fromkeys(names)) if texts else None
