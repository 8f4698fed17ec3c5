"""The pictures as they should look; `python -m tests.plot.pictures` draws them anew, for you to judge."""

from __future__ import annotations

from pathlib import Path

from derivcli.document import Canvas
from derivcli.plot import picture

FOLDER = Path(__file__).parent / "drawn"
CANVASES = {"width 60": Canvas(60), "width 40, ASCII": Canvas(40, unicode=False)}
DRAWN: dict[str, tuple[str, dict[str, str] | None]] = {
    "relu": ("relu(x)", None),
    "parabola": ("x^2", None),
    "reciprocal": ("1/x", None),
    "floor": ("floor(x)", {"x": "-2.5:2.5"}),
    "sqrt": ("sqrt(x)", None),
    "sinc": ("sin(x)/x", None),
    "saddle": ("x*y", None),
    "half_plane": ("sqrt(x*y)", {"x": "-2:2", "y": "-1:3"}),
    "held": ("a*sign(x)", {"a": "2.5", "x": "-1:1"}),
}


def pictures(name: str) -> str:
    """Return a picture on every canvas."""
    text, at = DRAWN[name]
    return "\n".join(f"=== {canvas}\n{picture(text, at, CANVASES[canvas])}" for canvas in CANVASES)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for sample in DRAWN:
        (FOLDER / f"{sample}.txt").write_text(pictures(sample), encoding="utf-8")
