"""Pictures: functions and their derivatives over a range, or f of two variables with its gradient.

What computes (`subject` up to `curve` and `surface`) does not draw; what draws (`terminal` and `heat`, `panels` and
`field`) does not compute. Between them stand the shapes.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from derivcli.document import Canvas
from derivcli.errors import DerivError, UsageError
from derivcli.hints import At, Hint
from derivcli.language.styles import Notation
from derivcli.witnesses import client

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.plot.shapes import Chart, Surface

    Shapes = tuple[Chart, ...] | Surface


_HIGHEST = 4  # five panels still have room for a curve each


def picture(
    expression: str | Sequence[str],
    at: Mapping[str, str] | None = None,
    canvas: Canvas | None = None,
    *,
    order: int = 1,
    tangent: bool = False,
) -> str:
    """Return a picture as text for a terminal, ending with one newline; takes and raises what `shapes_of` does."""
    canvas = canvas or Canvas()
    return as_text(shapes_of(expression, at, order=order, tangent=tangent, notation=canvas.notation), canvas)


def as_text(found: Shapes, canvas: Canvas) -> str:
    """Return shapes as text that ends with one newline."""
    from derivcli.plot import heat, terminal

    return terminal.draw(found, canvas) if isinstance(found, tuple) else heat.draw(found, canvas)


def on_paper(found: Shapes, suffix: str) -> bytes:
    """Return shapes as the bytes of a file; raises a `UsageError` for another suffix, or without matplotlib."""
    from derivcli.plot import paper

    plain = paper.check_suffix(suffix)
    with paper.sheet() as sheet:
        if isinstance(found, tuple):
            from derivcli.plot import panels

            panels.draw(found, sheet)
        else:
            from derivcli.plot import field

            field.draw(found, sheet)
        return paper.written(sheet, plain)


def where(found: Shapes) -> str:
    """Say over what is plotted, and whether the tool has chosen that."""
    from derivcli.plot import scale

    return scale.extent(*((found[0].span,) if isinstance(found, tuple) else (found.across, found.up)))


def readings(found: Shapes) -> tuple[str, ...]:
    """Return how the texts were read, where a person might read them otherwise."""
    each = found if isinstance(found, tuple) else (found,)
    return tuple(dict.fromkeys(reading for one in each for reading in one.readings))


def shapes_of(
    expression: str | Sequence[str],
    at: Mapping[str, str] | None,
    *,
    order: int = 1,
    tangent: bool = False,
    notation: Notation = Notation.AUTO,
) -> Shapes:
    """Return what is to be drawn: a chart for each expression, or the surface of one with two variables.

    `at` gives variables that are held their values, and others a range `low:high` or `low:high:count`; for a variable
    without either a range is chosen. The value of the only variable is a point that is marked. All derivatives up to
    `order` are drawn, and the tangent at the point. `notation` is that of the formulas beside the curves.

    Raises a `DerivError` for an expression or values that cannot be read, and `UsageError` unless one or two variables
    are left, one for several expressions, for an order or a tangent that cannot be drawn.
    """
    from derivcli.plot import subject

    asked = subject.read([expression] if isinstance(expression, str) else expression, at, notation)
    first = asked[0]
    _check(order, tangent, first.point, len(first.free))
    with suppress(DerivError):  # without the worker a picture says less
        client.start()  # which takes as long as the import of torch that follows
    from derivcli.plot import curve, ranges, surface

    if len(first.free) == 1:
        span = first.ranges.get(first.free[0]) or ranges.choose_for(asked)
        return tuple(curve.chart(one, span, order, tangent=tangent) for one in asked)
    spans = [first.ranges.get(name) or ranges.choose_beside(name, first) for name in first.free]
    return surface.surface(first, spans[0], spans[1])


def _check(order: int, tangent: bool, point: str | None, variables: int) -> None:
    if not 1 <= order <= _HIGHEST:
        raise UsageError(
            f"a picture shows derivatives of the orders 1 to {_HIGHEST}, not {order}",
            hint="ask for higher ones in another call, without --plot",
        )
    if variables > 1 and (order > 1 or tangent):
        which = "--tangent" if tangent else "--order"
        raise UsageError(
            f"{which} is drawn for one variable; a picture of two shows f and its gradient",
            hint=Hint("hold one of them, such as ", At("y=2")),
        )
    if tangent and point is None:
        raise UsageError("--tangent needs a point", hint=Hint("add ", At("x=...")))
