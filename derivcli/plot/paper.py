r"""matplotlib, imported on use: sheets without pyplot, settings of ours only, the same bytes for the same picture.

Its mathtext knows no `\begin{cases}`, and a user's text is never mathtext.
"""

from __future__ import annotations

import io
import logging
import math
import re
from contextlib import contextmanager
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from derivcli import parts
from derivcli.errors import UsageError
from derivcli.language.diagnostics import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

    from derivcli.plot.shapes import Numbers

SUFFIXES = ("png", "svg", "pdf")
_DOTS_PER_INCH = 150  # 1,200 dots across: sharp on a screen and in print
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
_SMALLEST, _LARGEST = 1e-100, 1e100  # beyond which matplotlib's own arithmetic ends: such axes count in powers of ten
_POINTS = 72  # in an inch
_LETTER = 0.48  # of the size of the font: how wide a letter of the legend is
_HANDLE = 8  # letters that stand for the sign before a line of the legend, and the space beside
_MOST_COLUMNS = 3  # of the legend: in more of them most lines would be broken
_LONGEST = 90  # characters of a formula that fit over a picture
_LONGEST_LATEX = 240  # characters of the same in LaTeX, which has long names for short signs
_TALL = (r"\frac", r"\binom", r"\sqrt", "^{")
_SIMPLE = re.compile(r"\\left([(|])([^\\{}]*)\\right([)|])")
_PLAIN = ((r"\left", ""), (r"\right", ""), (r"\operatorname", r"\mathrm"), (r"\bmod", r"\;\mathrm{mod}\;"))


def check_suffix(suffix: str) -> str:
    """Return a suffix without its dot and in small letters; raises `UsageError` for one that is not known."""
    plain = suffix.removeprefix(".").lower()
    if plain not in SUFFIXES:
        wrong = f"a picture cannot be written as `.{plain}`" if plain else "the name of the picture has no suffix"
        raise UsageError(wrong, hint="write a file with the suffix .png, .svg or .pdf")
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


class Unit(NamedTuple):
    """What one step on an axis stands for."""

    exponent: int

    def of(self, numbers: Numbers | float) -> Numbers:
        """Return numbers in this unit."""
        half = self.exponent // 2
        found: Numbers = np.asarray(numbers) / 10.0**half / 10.0 ** (self.exponent - half)
        return found

    def named(self, name: str) -> str:
        """Return the label of an axis in this unit."""
        return name if not self.exponent else rf"{name} / $10^{{{self.exponent}}}$"


def unit(low: float, high: float) -> Unit:
    """Return a unit in which an axis has moderate numbers."""
    size = max(abs(low), abs(high))
    return Unit(0 if size == 0 or _SMALLEST < size < _LARGEST else math.floor(math.log10(size)))


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


def legend(figure: Figure, keys: Sequence[Artist]) -> None:
    """Put the legend under the panels, in as many columns as its lines leave room for."""
    import matplotlib as mpl

    letters = figure.get_figwidth() * _POINTS / (_LETTER * float(mpl.rcParams["font.size"]))
    for key in keys:
        key.set_label("\n".join(wrap(str(key.get_label()), int(letters) - _HANDLE)))
    longest = max(len(line) for key in keys for line in str(key.get_label()).splitlines())
    columns = max(1, min(len(keys), _MOST_COLUMNS, int(letters / (longest + _HANDLE))))
    box = figure.legend(handles=list(keys), loc="outside lower center", ncols=columns, frameon=False, fontsize="small")
    for text in box.get_texts():
        text.set_parse_math(False)
