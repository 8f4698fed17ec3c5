"""Text on a terminal of a known width, through rich: wrapped or folded, never cut."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from derivcli.language.diagnostics import around, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from derivcli.errors import Span
    from derivcli.render.canvas import Canvas

MARGIN = 2
_UNBOUNDED = 1_000_000_000
_NARROWEST = 20
_ROOM = 12
_WINDOW = 72
_ASCII = str.maketrans({"∂": "d", "∞": "inf", "…": "...", "–": "-", "—": "-", "→": "->", "≈": "~", "−": "-"})
_GAPS = (3, 2)


class Pen:
    """Draws texts and tables on a canvas; text from outside is never markup and never a control code."""

    def __init__(self, canvas: Canvas) -> None:
        self.width = _UNBOUNDED if canvas.width is None else max(canvas.width, _NARROWEST)
        self.infinity = "∞" if canvas.unicode else "inf"
        self.nothing = "–" if canvas.unicode else "-"
        self._unicode = canvas.unicode
        self._console = Console(
            file=io.StringIO(),
            width=self.width,
            color_system="standard" if canvas.color else None,
            force_terminal=canvas.color,
            force_jupyter=False,
            legacy_windows=False,
            _environ={},
        )

    def text(self, text: str, style: str = "") -> Text:
        """Return text with what a terminal would act on, or cannot show, escaped."""
        shown = visible(text)
        if not self._unicode:
            shown = shown.translate(_ASCII).encode("ascii", "backslashreplace").decode("ascii")
        return Text(shown, style)

    def lines(self, *parts: Text) -> Iterator[Text]:
        """Give the parts as one paragraph at the margin."""
        return self.hang(Text(), Text.assemble(*parts))

    def hang(self, head: Text, *bodies: Text, margin: int = MARGIN) -> Iterator[Text]:
        """Give the head with the bodies beside it, or under it where there is no room beside it."""
        margin = margin if self.width - margin >= _ROOM else MARGIN
        indent = margin + head.cell_len
        if self.width - indent < _ROOM:
            yield from self._wrap(head, margin)
            head, margin, indent = Text(), margin + MARGIN, margin + MARGIN
        lines = [line for body in bodies for line in self._wrap(body, indent)]
        yield Text.assemble(" " * margin, head, lines[0][indent:])
        yield from lines[1:]

    def underline(self, source: str, span: Span, indent: int) -> Iterator[Text]:
        """Give a line of the source around a span, and a line of carets under the span."""
        indent = indent if self.width - indent >= 2 * _ROOM else 0
        room = max(_ROOM, min(_WINDOW, self.width - MARGIN - indent - 2 * len("...")))
        before, marked, after = map(self.text, around(source, span, room))
        margin = " " * (MARGIN + indent)
        yield Text.assemble(margin, before, marked, after)
        yield Text.assemble(margin, " " * before.cell_len, ("^" * max(1, marked.cell_len), "bold red"))

    def table(self, header: list[Text], rows: list[list[Text]]) -> list[Text] | None:
        """Return a table whose first and last columns stand left and whose others stand right, if it fits.

        A table of rich's would be squeezed: it cuts numbers in silence where the width ends.
        """
        widths = [max(cell.cell_len for cell in column) for column in zip(header, *rows, strict=True)]
        for gap in _GAPS:
            across = sum(widths) + gap * (len(widths) - 1)
            if MARGIN + across <= self.width:
                rule = Text(" " * MARGIN + ("─" if self._unicode else "-") * across)
                first, *others = (_table_row(cells, widths, gap) for cells in (header, *rows))
                return [first, rule, *others]
        return None

    def draw(self, lines: Iterable[Text]) -> str:
        """Return the lines with their colours, without blanks at their ends."""
        with self._console.capture() as capture:
            for line in lines:
                self._console.print(line, soft_wrap=True)
        return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())

    def _wrap(self, text: Text, indent: int) -> Iterator[Text]:
        for line in text.wrap(self._console, self.width - indent, overflow="fold"):
            yield Text.assemble(" " * indent, line)


def _table_row(cells: list[Text], widths: list[int], gap: int) -> Text:
    padded = [Text(" " * MARGIN)]
    for index, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        blank = " " * (width - cell.cell_len)
        left = index in (0, len(cells) - 1)
        padded.append(Text.assemble(cell, blank) if left else Text.assemble(" " * gap, blank, cell))
    return Text.assemble(*padded[:-1], " " * gap, padded[-1])
