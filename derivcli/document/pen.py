"""Text on a terminal of a known width, through rich: wrapped or folded, never cut."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from derivcli.language.diagnostics import around, visible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from derivcli.document.formats import Canvas
    from derivcli.errors import Span

MARGIN = 2  # blanks before every line
_UNBOUNDED = 1_000_000_000  # columns where there is no terminal: nothing is wrapped
_NARROWEST = 20  # columns that any terminal is taken to have: with fewer a number would fill several lines
_ROOM = 12  # columns that a text beside its head needs; with fewer it stands below
_WINDOW = 72  # columns of an expression that are shown around an error
_ASCII = str.maketrans({"∂": "d", "∞": "inf", "…": "...", "–": "-", "—": "-", "→": "->", "≈": "~", "−": "-", "±": "+-"})
_GAPS = (3, 2)  # blanks between columns, the fewer where the table does not fit with more
_OUTER = (0, -1)


class Pen:
    """Draws texts and tables on a canvas; text from outside is never markup and never a control code."""

    def __init__(self, canvas: Canvas) -> None:
        self.width = _UNBOUNDED if canvas.width is None else max(canvas.width, _NARROWEST)
        self.infinity = "∞" if canvas.unicode else "inf"
        self.nothing = "–" if canvas.unicode else "-"
        self.unicode = canvas.unicode
        self.bounded = canvas.width is not None
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
        if not self.unicode:
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

    def notes(self, notes: Iterable[str]) -> Iterator[Text]:
        """Give each note a paragraph."""
        for note in notes:
            yield from self.hang(Text("note: ", "bold"), self.text(note))

    def underline(self, source: str, span: Span, indent: int) -> Iterator[Text]:
        """Give a line of the source around a span, and a line of carets under the span."""
        indent = indent if self.width - indent >= 2 * _ROOM else 0
        room = max(_ROOM, min(_WINDOW, self.width - MARGIN - indent - 2 * len("...")))
        before, marked, after = map(self.text, around(source, span, room))
        margin = " " * (MARGIN + indent)
        yield Text.assemble(margin, before, marked, after)
        yield Text.assemble(margin, " " * before.cell_len, ("^" * max(1, marked.cell_len), "bold red"))

    def table(self, header: list[Text], rows: list[list[Text]], left: Collection[int] = _OUTER) -> list[Text] | None:
        """Return a table, if it fits; the columns in `left` stand left, the others right.

        A table of rich's would be squeezed: it cuts numbers in silence where the width ends.
        """
        widths = [max(cell.cell_len for cell in column) for column in zip(header, *rows, strict=True)]
        for gap in _GAPS:
            across = sum(widths) + gap * (len(widths) - 1)
            if MARGIN + across <= self.width:
                rule = Text(" " * MARGIN + ("─" if self.unicode else "-") * across)
                first, *others = (_table_row(cells, widths, gap, left) for cells in (header, *rows))
                return [first, rule, *others]
        return None

    def stack(self, titles: list[Text], rows: list[list[Text]]) -> Iterator[Text]:
        """Give a table without its columns: `name: value` lines under each row's name."""
        width = max((title.cell_len for title in titles), default=0) + 2
        for name, *cells in rows:
            yield from self.lines(name)
            for title, cell in zip(titles, cells, strict=True):
                head = Text.assemble(title, ":", " " * (width - title.cell_len - 1))
                yield from self.hang(head, cell, margin=2 * MARGIN)

    def panels(self, header: list[Text], rows: list[list[Text]]) -> Iterator[Text]:
        """Give a table of numbers, its columns in groups below each other where not all fit, or stacked."""
        groups = self._groups([max(cell.cell_len for cell in column) for column in zip(header, *rows, strict=True)])
        tables = [self.table(*_columns(group, header, rows), left=(0,)) for group in groups]
        if None in tables:
            yield from self.lines(header[0])
            yield from self.stack(header[1:], rows)
            return
        for index, lines in enumerate(filter(None, tables)):
            yield from ([Text()] if index else [])
            yield from lines

    def _groups(self, widths: list[int]) -> list[list[int]]:
        """Return as many columns a group as fit beside the first one."""
        groups: list[list[int]] = []
        room = 0
        for column, width in enumerate(widths[1:], 1):
            if not groups or room < width + _GAPS[0]:
                groups.append([])
                room = self.width - MARGIN - widths[0]
            groups[-1].append(column)
            room -= width + _GAPS[0]
        return groups

    def draw(self, lines: Iterable[Text]) -> str:
        """Return the lines with their colours, without blanks at their ends."""
        with self._console.capture() as capture:
            for line in lines:
                self._console.print(line, soft_wrap=True)
        return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())

    def _wrap(self, text: Text, indent: int) -> Iterator[Text]:
        for line in text.wrap(self._console, self.width - indent, overflow="fold"):
            yield Text.assemble(" " * indent, line)


def _table_row(cells: list[Text], widths: list[int], gap: int, left: Collection[int]) -> Text:
    padded = []
    for index, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        blank = " " * (width - cell.cell_len)
        stands_left = index in left or index - len(cells) in left
        padded.append(Text.assemble(cell, blank) if stands_left else Text.assemble(blank, cell))
    return Text.assemble(" " * MARGIN, Text(" " * gap).join(padded))


def _columns(chosen: list[int], header: list[Text], rows: list[list[Text]]) -> tuple[list[Text], list[list[Text]]]:
    """Return the first column and the chosen ones."""
    first, *others = ([row[0], *(row[column] for column in chosen)] for row in (header, *rows))
    return first, others
