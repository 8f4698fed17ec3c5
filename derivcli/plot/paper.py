r"""matplotlib, imported on use: sheets without pyplot, settings of ours only, the same bytes for the same picture.

Its mathtext knows no `\begin{cases}`, and a user's text is never mathtext.
"""

from __future__ import annotations

import io
import logging
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from derivcli import parts
from derivcli.errors import UsageError
from derivcli.language.diagnostics import visible

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
_LONGEST = 90  # characters of a formula that fit over a picture
_LONGEST_LATEX = 240
_TALL = (r"\frac", r"\binom", r"\sqrt", "^{")
_SIMPLE = re.compile(r"\\left([(|])([^\\{}]*)\\right([)|])")
_PLAIN = ((r"\left", ""), (r"\right", ""), (r"\operatorname", r"\mathrm"), (r"\bmod", r"\;\mathrm{mod}\;"))


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


class Title(NamedTuple):
    """A text, and whether it is mathtext."""

    text: str
    is_math: bool


def title(name: str, mathematical: str, formula: str | None, latex: str | None) -> Title:
    """Return `name = formula`, set as mathematics where that is possible; `mathematical` is the name in LaTeX."""
    if latex is not None and formula is not None and len(formula) <= _LONGEST and len(latex) <= _LONGEST_LATEX:
        latex = _unstretched(latex)
        for text in (f"${mathematical} = {latex}$", f"${mathematical} = {_simplified(latex)}$"):
            if _can_be_set(text):
                return Title(text, is_math=True)
    return Title(plain(f"{name} = {formula}" if formula else name), is_math=False)


def plain(text: str) -> str:
    """Return a text that fits over a picture, without anything that cannot be seen."""
    shown = visible(text)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 3]}..."


def _unstretched(latex: str) -> str:
    """Return a formula whose parentheses need not grow; those that may grow come out too small."""
    latex = _SIMPLE.sub(r"\1\2\3", latex)
    if any(tall in latex for tall in _TALL):
        return latex
    return latex.replace(r"\left", "").replace(r"\right", "")


def _simplified(latex: str) -> str:
    for old, new in _PLAIN:
        latex = latex.replace(old, new)
    return latex


def _can_be_set(text: str) -> bool:
    from matplotlib.mathtext import MathTextParser

    try:
        MathTextParser("path").parse(text)
    except ValueError:
        return False
    return True
