"""Points at which a derivative is spot-checked when nobody has named one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_VALUES = ("0.7", "1.9", "-0.6", "2.3", "0.3", "-1.7", "4.1", "-3.2")
_MANY = 10  # variables from which on fewer points are tried: each costs time


def candidates(variables: Sequence[str]) -> list[dict[str, str]]:
    """Return points with coordinates of both signs, small and moderate, none of them special to any function."""
    tried = len(_VALUES) if len(variables) <= _MANY else 2
    return [
        {name: _VALUES[(row + 3 * column) % len(_VALUES)] for column, name in enumerate(variables)}
        for row in range(tried)
    ]
