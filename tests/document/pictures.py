"""The tables as they should look; `python -m tests.document.pictures` draws them anew, for you to judge."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from derivcli.document import Canvas, Format, render
from tests.document.samples import SAMPLES
from tests.document.view_samples import SYSTEMS

if TYPE_CHECKING:
    from derivcli.model import Result, System

WIDTHS = (None, 120, 80, 40)
FOLDER = Path(__file__).parent / "drawn"
DRAWN: dict[str, Result | System] = {**SAMPLES, **SYSTEMS}


def pictures(name: str) -> str:
    """Return a sample's table at every width."""
    drawn = (f"=== width {width}\n{_table(name, width)}" for width in WIDTHS)
    return "\n".join(drawn)


def _table(name: str, width: int | None) -> str:
    return render(DRAWN[name], Format.TABLE, Canvas(width))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for sample in DRAWN:
        (FOLDER / f"{sample}.txt").write_text(pictures(sample), encoding="utf-8")
