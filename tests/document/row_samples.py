"""Summaries of many rows as they should look; `python -m tests.document.row_samples` draws them anew, to be judged."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from derivcli.document import Canvas, Format
from derivcli.model import Derivative, Status
from derivcli.model.choices import Form
from derivcli.model.rows import BAD
from tests.document.builders import agreed
from tests.document.rows import LINE, SHORT, Lines, Made, answering, two_rows, written
from tests.document.samples import CORNER, LOST, POLE

if TYPE_CHECKING:
    from derivcli.model.rows import Answers, Outline

FOLDER = Path(__file__).parent / "drawn_rows"
WIDTHS = (None, 120, 80, 40)

_XS = [index / 10 for index in range(-15, 15)]
_ODD = {3: CORNER, 7: CORNER, 8: CORNER, 9: CORNER, 10: POLE, 11: LOST}
_BAD = {1: SHORT, 28: "`abc` is not a number"}


def _file() -> Made:
    """A file of thirty rows in two chunks, with kinks, a pole, a wrong number and two bad rows."""
    records = Lines([f"r{index}" if index == 1 else f"r{index}, {x}" for index, x in enumerate(_XS)])
    statuses = [str(_ODD[i].status) if i in _ODD else BAD if i in _BAD else str(Status.AGREE) for i in range(30)]
    statuses[29] = Status.UNVERIFIED
    return Made().add(
        records,
        _XS,
        [abs(x) for x in _XS],
        [math.copysign(1, x) for x in _XS],
        statuses=statuses,
        results=_ODD,
        bad=_BAD,
    )


_PLANE = replace(
    answering(
        LINE,
        read_as="max(x, y)",
        variables=("x", "y", "z"),
        derivatives=(
            Derivative(wrt=("x",), name="df/dx", expression="2", latex="2"),
            Derivative(wrt=("y",), name="df/dy"),
        ),
        notes=("read `2x` as `2*x`",),
        readings=("read `2x` as `2*x`",),
    ),
    form=Form.GRID,
    header=("x",),
    constants={"y": "2", "z": "pi/4"},
    values={"y": 2.0, "z": 0.7853981633974483},
)
_TIE = replace(
    CORNER, value=replace(CORNER.value, **agreed(2.0)), derivatives=(CORNER.derivatives[0], CORNER.derivatives[0])
)
SAMPLES: dict[str, tuple[Outline, list[Answers]]] = {
    "file": (LINE, _file().chunks),
    "two_rows": (LINE, two_rows().chunks),
    "nothing": (LINE, []),
    "grid": (
        _PLANE,
        Made(first=1)
        .add(
            Lines(None),
            [1.0, 2.0, 1e22],
            [2.0, 2.0, 1e22],
            [0.0, float("nan"), 1.0],
            [1.0, float("nan"), 0.0],
            statuses=["agree", "not_differentiable", "agree"],
            results={1: _TIE},
            autograd=[[2.0, 2.0, 1e22], [0.0, 0.5, 1.0], [1.0 + 2.0**-52, 0.5, 0.0]],
        )
        .chunks,
    ),
}


def pictures(name: str) -> str:
    """Return a sample at every width, and in Markdown."""
    drawn = [f"=== width {width}\n{written(Format.TABLE, *SAMPLES[name], Canvas(width))}" for width in WIDTHS]
    ascii_only = written(Format.TABLE, *SAMPLES[name], Canvas(80, unicode=False))
    return "\n".join([*drawn, f"=== ascii\n{ascii_only}", f"=== markdown\n{written(Format.MARKDOWN, *SAMPLES[name])}"])


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for sample in SAMPLES:
        (FOLDER / f"{sample}.txt").write_text(pictures(sample), encoding="utf-8")
