"""A subject of two variables -> its surface: f and its gradient on a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from derivcli.language.latex import to_latex
from derivcli.language.printer import to_text
from derivcli.language.tree import VARIABLE, Node
from derivcli.plot.sampling import Sampler
from derivcli.plot.shapes import Surface

if TYPE_CHECKING:
    from derivcli.plot.shapes import Interval, Numbers
    from derivcli.plot.subject import Subject

_CELLS = 201  # of an axis: a cell is a few dots on paper; an odd number has one in the middle, often at 0
_LONGEST = 2_000  # nodes of a tree whose formula is still shown


def surface(subject: Subject, across: Interval, up: Interval) -> Surface:
    """Sample f and its gradient over two ranges."""
    sampler = Sampler(subject.program, subject.free, subject.constants)
    shares = np.linspace(0.0, 1.0, _CELLS)
    x, y = across.at(shares), up.at(shares)
    grid = np.meshgrid(x, y)
    with np.errstate(all="ignore"):
        columns = [column.reshape(_CELLS, _CELLS) for column in sampler(*(part.ravel() for part in grid))]
    values, *gradient = (_finite(column) for column in columns)
    notes = () if sampler.has_slopes else ("the gradient is not drawn: autograd has none in closed form",)
    shown = subject.tree if subject.tree.size <= _LONGEST else Node(VARIABLE, text="...")
    return Surface(
        across=across,
        up=up,
        formula=to_text(shown, subject.spelling.style),
        latex=to_latex(shown, subject.spelling.style),
        x=x,
        y=y,
        values=values,
        gradient=(gradient[0], gradient[1]),
        constants=tuple(subject.held.items()),
        notes=notes,
        readings=subject.readings,
    )


def _finite(numbers: Numbers) -> Numbers:
    return np.where(np.isfinite(numbers), numbers, np.nan)
