"""What there is to say of a reader's answer, for people: right or wrong, how that is known, and the mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.document import names
from derivcli.document.model import Formula
from derivcli.document.steps import writer_of
from derivcli.document.words import shown
from derivcli.model.choices import Format
from derivcli.model.steps import NO_DERIVATIVE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.document.formats import Canvas
    from derivcli.document.model import Piece
    from derivcli.document.names import NamedResult
    from derivcli.model import Derivative, Result, System
    from derivcli.model.steps import AnswerCheck

    Said = tuple[int, tuple[Piece, ...]]


def render_checks(answer: Result | System, chosen: Format, canvas: Canvas) -> str:
    """Return what there is to say of each answer: in Markdown, or else for a terminal."""
    parts = names.parts(answer, canvas.notation)
    said = [line for part in parts for d in part.result.derivatives if d.check for line in _lines(part, d, d.check)]
    if chosen is Format.MARKDOWN:
        from derivcli.document.markdown import sentence

        return "".join(f"{'  ' * depth}- {sentence(line)}\n" for depth, line in said)
    from derivcli.document.pen import MARGIN, Pen

    pen = Pen(canvas)
    texts = (("".join(shown(piece, unicode=pen.unicode) for piece in line), depth) for depth, line in said)
    margins = ((MARGIN + 2 * depth, pen.text(text)) for text, depth in texts)
    return "".join(pen.draw(pen.hang(pen.text(""), text, margin=margin)) for margin, text in margins)


def _lines(part: NamedResult, derivative: Derivative, check: AnswerCheck) -> Iterator[Said]:
    """Yield the lines, with how far each is indented."""
    writer = writer_of(part)
    name = part.name(derivative)
    answer = (name, " = ", writer.formula(check.answer)) if check.answer != NO_DERIVATIVE else (f'"{NO_DERIVATIVE}"',)
    said = check.reason.split(check.name)  # `df/dx` is `∂f/∂x` beside other variables
    reason = [piece for k, text in enumerate(said) for piece in ((name,) if k else ()) + writer.sentence(text)]
    yield 0, (*answer, f" is {check.verdict}: ", *reason)
    if check.note:
        yield 1, (f"note: {check.note}",)
    for mistake in check.mistakes:
        where = () if mistake.step is None else (", in ", writer.formula(mistake.step.before))
        yield 1, (f"mistake: {mistake.rule}", *where)
        if mistake.step is not None:
            step = writer.deduction(mistake.step, None)
            left: Piece = Formula("") if step.left is None else step.left
            yield 2, (left, " = ", step.right, "   ", *step.why)
