"""The JSON contract as text: one indented object, or one line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derivcli.model import Result, System
    from derivcli.render.canvas import Canvas


def pretty(answer: Result | System, canvas: Canvas) -> str:
    """Return an object over several lines."""
    return _dump(answer, canvas, indent=2)


def line(answer: Result | System, canvas: Canvas) -> str:
    """Return an object on one line."""
    return _dump(answer, canvas, indent=None)


def _dump(answer: Result | System, canvas: Canvas, indent: int | None) -> str:
    return json.dumps(answer.to_dict(), indent=indent, allow_nan=False, ensure_ascii=not canvas.unicode) + "\n"
