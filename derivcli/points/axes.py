"""What the values of one variable are on a grid."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_POINTS = 100_000_000  # of a grid


@dataclass(frozen=True, slots=True)
class Range:
    """`count` values at equal distances from `start` to `stop`, both included; the ends are texts as typed."""

    start: str
    stop: str
    count: int

    def __len__(self) -> int:
        return self.count


@dataclass(frozen=True, slots=True)
class Listed:
    """Values one by one, as typed."""

    texts: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.texts)


Axis = Range | Listed


@dataclass(frozen=True, slots=True)
class Places:
    """What `--at` says: variables with one value, as typed, and variables with many."""

    constants: Mapping[str, str] = field(default_factory=dict)
    axes: Mapping[str, Axis] = field(default_factory=dict)
