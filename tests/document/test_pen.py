"""Text at a width: wrapped or folded, never cut, and never an error for want of room."""

from __future__ import annotations

import pytest
from rich.text import Text

from derivcli.document import Canvas
from derivcli.document.pen import Pen


@pytest.mark.parametrize("margin", [2, 10, 17, 18, 28, 300])
@pytest.mark.parametrize("head", ["", "x: ", "a head of some length: "])
def test_a_margin_that_leaves_no_room_is_given_up(margin: int, head: str) -> None:
    pen = Pen(Canvas(width=30))
    lines = list(pen.hang(Text(head), Text("write log1p(x) instead"), margin=margin))
    assert max(line.cell_len for line in lines) <= 30
    words = " ".join(line.plain for line in lines).split()
    assert words == f"{head}write log1p(x) instead".split()
