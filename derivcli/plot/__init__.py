"""Pictures: f and its slope over a range, or f of two variables with its gradient.

What computes (`sampling` up to `curve` and `surface`) does not draw; what draws (`terminal` and `heat`, `panels` and
`field`) does not compute. Between them stand the shapes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.document import Canvas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.plot.shapes import Field, Graph


def picture(expression: str, at: Mapping[str, str] | None = None, canvas: Canvas | None = None) -> str:
    """Return a picture as text for a terminal, ending with one newline.

    `at` gives variables that are held their values, and others a range `low:high` or `low:high:count`; for a variable
    without either a range is chosen. Raises a `DerivError` for an expression or values that cannot be read, and
    `UsageError` unless one or two variables are left.
    """
    from derivcli.plot.shapes import Graph

    canvas = canvas or Canvas()
    found = shapes_of(expression, at)
    if isinstance(found, Graph):
        from derivcli.plot import terminal

        return terminal.draw(found, canvas)
    from derivcli.plot import heat

    return heat.draw(found, canvas)


def on_paper(found: Graph | Field, suffix: str) -> bytes:
    """Return shapes as the bytes of a file; raises a `UsageError` for another suffix, or without matplotlib."""
    from derivcli.plot import paper
    from derivcli.plot.shapes import Graph

    plain = paper.check_suffix(suffix)
    with paper.sheet() as sheet:
        if isinstance(found, Graph):
            from derivcli.plot import panels

            panels.draw(found, sheet)
        else:
            from derivcli.plot import field

            field.draw(found, sheet)
        return paper.written(sheet, plain)


def where(found: Graph | Field) -> str:
    """Say over what is plotted, and whether the tool has chosen that."""
    from derivcli.plot import scale
    from derivcli.plot.shapes import Graph

    return scale.extent(*((found.span,) if isinstance(found, Graph) else (found.across, found.up)))


def shapes_of(expression: str, at: Mapping[str, str] | None) -> Graph | Field:
    """Return what is to be drawn."""
    from derivcli.plot import curve, ranges, subject, surface
    from derivcli.plot.subject import Sampler

    asked = subject.read(expression, at)
    if len(asked.free) == 1:
        (name,) = asked.free
        span = asked.ranges.get(name) or ranges.choose(name, Sampler(asked.program, asked.free, asked.constants))
        return curve.graph(asked, span)
    spans = [asked.ranges.get(name) or ranges.choose_beside(name, asked) for name in asked.free]
    return surface.field(asked, spans[0], spans[1])
