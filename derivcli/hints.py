"""What to do about an error, as data: each asker has a place of their own for a point, and words for that place."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Asker(Enum):
    """Who asks, and where a point is given there."""

    COMMAND = "--at"
    LINE = "behind an @ or in the field `at`"  # of a batch, or one of many questions in Python
    PYTHON = "in `at`"


class At(NamedTuple):
    """A point that is to be given, such as `x=2`, as the object of a sentence: add it."""

    point: str

    def said(self, asker: Asker) -> str:
        """Return the point and its place, in the order in which they are written there."""
        return f"--at {self.point}" if asker is Asker.COMMAND else f"{self.point} {asker.value}"


class ByAt(NamedTuple):
    """How a point is to be given, such as `x=2` where it is known: give it so."""

    point: str = ""

    def said(self, asker: Asker) -> str:
        """Return the place of a point, and the point."""
        if asker is Asker.COMMAND:
            return f"by an option: --at {self.point}" if self.point else "by --at"
        return f"{asker.value}: {self.point}" if self.point else asker.value


class Hint:
    """Texts, and between them what each asker says in words of their own."""

    def __init__(self, *parts: str | At | ByAt | Hint) -> None:
        self._parts = parts

    def said(self, asker: Asker) -> str:
        """Return the hint as it is for one who asks."""
        return "".join(part if isinstance(part, str) else part.said(asker) for part in self._parts)
