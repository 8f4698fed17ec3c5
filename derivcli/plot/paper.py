"""matplotlib, imported on use: sheets without pyplot, settings of ours only, the same bytes for the same picture."""

from __future__ import annotations

import io
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from derivcli import parts
from derivcli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.figure import Figure

SUFFIXES = ("png", "svg", "pdf")
_DOTS_PER_INCH = 150
_SIZE = (8.0, 6.0)  # inches: as wide as a page of text, and letters of 10 points as large as its own
_SETTINGS: Any = {
    "axes.axisbelow": True,
    "axes.formatter.use_mathtext": True,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.dpi": _DOTS_PER_INCH,
    "font.size": 10.0,
    "lines.linewidth": 1.6,
    "lines.markeredgewidth": 1.3,
    "lines.markersize": 5.5,
    "mathtext.fontset": "stix",
    "svg.hashsalt": "derivcli",
    "pdf.compression": 6,
}
# What would be different the next time stays out.
_METADATA: dict[str, dict[str, str | None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": "derivcli"},
    "pdf": {"CreationDate": None, "Creator": "derivcli", "Producer": None},
}


def check_suffix(suffix: str) -> str:
    """Return a suffix without its dot and in small letters; raises `UsageError` for one that is not known."""
    plain = suffix.removeprefix(".").lower()
    if plain not in SUFFIXES:
        shown = f"`.{plain}`" if plain else "no suffix"
        raise UsageError(
            f"a picture cannot be written as {shown}", hint="write a file with the suffix .png, .svg or .pdf"
        )
    return plain


@contextmanager
def sheet() -> Iterator[Figure]:
    """Lend an empty figure; nobody's settings reach it, and matplotlib says nothing to anybody.

    Raises `MissingPartError` where matplotlib is not installed, or does not load.
    """
    quiet = logging.NullHandler()
    logger = logging.getLogger("matplotlib")
    logger.addHandler(quiet)  # its remarks on fonts and folders would go to stderr
    try:
        if parts.is_missing("matplotlib"):
            raise parts.missing("matplotlib", "a picture in a file needs matplotlib, which is not installed")
        mpl, figure = parts.load("matplotlib"), parts.load("matplotlib.figure")
        with mpl.rc_context():
            mpl.rcdefaults()
            mpl.rcParams.update(_SETTINGS)
            yield figure.Figure(figsize=_SIZE, layout="constrained")
    finally:
        logger.removeHandler(quiet)


def written(figure: Figure, suffix: str) -> bytes:
    """Return a figure as a file."""
    stream = io.BytesIO()
    figure.savefig(stream, format=suffix, dpi=_DOTS_PER_INCH, metadata=_METADATA[suffix])
    return stream.getvalue()
