"""Bare answers of many points for scripts: a line each, its derivatives apart by tabs, f itself without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.render.many.cells import numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.model.rows import Answers, Outline
    from derivcli.render.canvas import Canvas


def lines(outline: Outline, answers: Iterator[Answers], _canvas: Canvas) -> Iterator[str]:
    """Give the answers at full precision, `nan` where there is none."""
    first = 1 if outline.derivatives else 0
    for chunk in answers:
        columns = numbers(chunk, "nan")[first:]
        yield "".join(f"{line}\n" for line in map("\t".join, zip(*columns, strict=True)))
