"""What a picture cannot say by itself, in words: the special points, the range, what is held."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derivcli.plot.scale import label
from derivcli.plot.shapes import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from derivcli.plot.shapes import Field, Graph, Mark, Range

_MOST_NAMED = 6
_WORDS = {
    Spot.KINK: "kink",
    Spot.VERTICAL: "vertical tangent",
    Spot.JUMP: "jump",
    Spot.HOLE: "hole",
    Spot.POLE: "pole",
    Spot.BREAK: "no limit",
}


def where(mark: Mark) -> str:
    """Return the x of a mark as a person would write it."""
    if mark.text is None:
        return f"{mark.x:.6g}"
    if "/" not in mark.text or not mark.text.lstrip("-").replace("/", "").isdigit():
        return mark.text
    below = Fraction(mark.text).denominator
    return f"{mark.x:.6g}" if 10**4 % below == 0 else mark.text


def special(graph: Graph) -> Iterator[tuple[Spot, str]]:
    """Yield each kind of special point with a line on it."""
    for spot, word in _WORDS.items():
        marks = [mark for mark in graph.function.marks if mark.spot is spot]
        if marks:
            yield spot, f"{word} at {graph.span.name} = {_list(marks)}{_details(graph, spot, marks)}"


def _list(marks: Sequence[Mark]) -> str:
    if len(marks) <= _MOST_NAMED:
        return ", ".join(map(where, marks))
    first, last = (", ".join(map(where, part)) for part in (marks[:2], marks[-2:]))
    return f"{first}, ..., {last} ({len(marks)} of them)"


def _details(graph: Graph, spot: Spot, marks: Sequence[Mark]) -> str:
    """Say what is known of a place beside where it is."""
    mark = marks[0]
    if spot is Spot.HOLE and len(marks) == 1 and mark.left is not None:
        return f": f tends to {label(mark.left)}"
    if spot is not Spot.KINK or graph.slope is None:
        return ""
    slopes = [slope for slope in graph.slope.marks if slope.spot is spot]
    if len(slopes) > 1 or not slopes or slopes[0].left is None or slopes[0].right is None:
        return ", open circles at the slopes of both sides"
    return f", open circles at its slopes {label(slopes[0].left)} and {label(slopes[0].right)}"


def stretches(graph: Graph) -> Iterator[str]:
    """Yield lines on where nothing is drawn, and why."""
    for why, gaps in (("undefined", graph.undefined), ("beyond float64", graph.too_large)):
        if gaps:
            yield f"{why} for {', '.join(_stretch(graph.span, *gap) for gap in gaps[:_MOST_NAMED])}{_more(len(gaps))}"


def _more(count: int) -> str:
    return f", ... ({count} stretches)" if count > _MOST_NAMED else ""


def _stretch(span: Range, low: float, high: float) -> str:
    if low <= span.low and high >= span.high:
        return f"all of this {span.name}"
    if low <= span.low:
        return f"{span.name} < {label(high)}"
    if high >= span.high:
        return f"{span.name} > {label(low)}"
    return f"{label(low)} < {span.name} < {label(high)}"


def extent(*spans: Range) -> str:
    """Say over what is plotted, and whether the tool has chosen that."""
    parts = [f"{span.name} = {span.low:.12g}:{span.high:.12g}{', chosen' if span.chosen else ''}" for span in spans]
    return f"plotted over {'; '.join(parts)}"


def held(picture: Graph | Field) -> Iterator[str]:
    """Yield a line on the variables that are held."""
    if picture.constants:
        yield f"with {', '.join(f'{name} = {text}' for name, text in picture.constants)}"
