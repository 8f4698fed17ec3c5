"""A document on a terminal: what fits the width stands in tables, what does not is stacked; no number is ever cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from derivcli.document import words
from derivcli.document.derivations import drawn
from derivcli.document.model import FAINT, STRONG, Cell, Formula, Symbol, Tabular
from derivcli.document.pen import MARGIN, Pen
from derivcli.model import Status
from derivcli.model.rows import BAD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from derivcli.document.formats import Canvas
    from derivcli.document.model import Document, Entry, Fact, Piece, Remark, Section

    Block = Iterator[Text]

_STYLES = {
    STRONG: "bold",
    FAINT: "dim",
    Status.AGREE: "green",
    Status.UNVERIFIED: "yellow",
    **dict.fromkeys((Status.DIFFER, Status.NOT_DIFFERENTIABLE, Status.UNDEFINED, BAD), "red"),
}
_LONGEST_HEAD = 24  # columns before the equal signs; a longer head pushes its own one to the right
_LONGEST_CORNER = 16  # columns of a point in the corner of a table
# Formulas of high order share so many lines, which is a page; each has two, of at least this many columns.
_LINES, _FEWEST_LINES, _NARROWEST = 30, 2, 12
_CUT = "formulas that end in ... are longer: JSON has the whole of them"
_DOTS = "..."


def draw(document: Document, canvas: Canvas) -> str:
    """Return the picture; escape codes only where the canvas has colour."""
    return _Printer(document, Pen(canvas), full_steps=canvas.full_steps).draw()


class _Printer:
    """Lays a document out, block by block."""

    def __init__(self, document: Document, pen: Pen, *, full_steps: bool) -> None:
        self._document = document
        self._pen = pen
        self._full = full_steps
        high = sum(entry.is_high for function in document.functions for entry in function.entries)
        self._lines = max(_FEWEST_LINES, _LINES // max(1, high))

    def draw(self) -> str:
        document = self._document
        blocks = [
            self._pen.notes(document.readings),
            *self._formulas(document.functions),
            *(self._steps(entry) for function in document.functions for entry in function.entries if entry.steps),
            self._headlines(),
            self._where(),
            self._numbers(),
            self._rows(),
            self._panels(document.jacobian),
            *(block for function in document.functions for block in self._views(function)),
            self._checks(),
            (line for function in document.functions for line in self._remarks(function.remarks)),
            self._remarks(document.remarks),
            self._ends(),
        ]
        return "\n".join(filter(None, map(self._pen.draw, blocks)))

    def _text(self, what: Piece | None, style: str = "") -> Text:
        return self._pen.text(self._spelled(what), _STYLES.get(style, ""))

    def _spelled(self, what: Piece | None) -> str:
        pen = self._pen
        if isinstance(what, Symbol):
            return what.pretty if pen.unicode else what.plain
        return pen.nothing if what is None else words.plain(what, pen.infinity)

    def _sentence(self, sentence: Sequence[Piece]) -> Text:
        return self._pen.text("".join(map(self._spelled, sentence)))

    def _formulas(self, functions: Sequence[Section]) -> list[Block]:
        """Return a block for each function, and one for what else belongs to the formulas."""
        heads = [[self._text(name, STRONG) for name in _names(function)] for function in functions]
        width = min(_LONGEST_HEAD, max(head.cell_len for group in heads for head in group))
        forms = [[self._form(function, entry, width) for entry in function.entries] for function in functions]
        blocks = [self._aligned(*group, width) for group in zip(functions, heads, forms, strict=True)]
        return [*blocks, self._legend(was_cut=any(form.endswith(f" {_DOTS}") for f in forms for form in f[1:]))]

    def _aligned(self, function: Section, heads: list[Text], forms: list[str], width: int) -> Block:
        """Give formulas with their equal signs below each other."""
        if function.is_equation:
            yield from self._pen.lines(self._text(function.entries[0].formula))
        for head, form in zip(heads, forms, strict=True):
            head.pad_right(max(0, width - head.cell_len))
            yield from self._pen.hang(Text.assemble(head, " = "), self._pen.text(form))

    def _form(self, function: Section, entry: Entry, indent: int) -> str:
        """Return a formula, a long one cut where the terminal would be flooded."""
        if entry is function.entries[0]:
            return words.LEFT_LESS_RIGHT if function.is_equation else self._spelled(entry.formula)
        form = entry.formula.text if isinstance(entry.formula, Formula) else f"({entry.formula})"
        if not (self._pen.bounded and entry.is_high):
            return form
        room = self._lines * max(_NARROWEST, self._pen.width - MARGIN - indent - len(" = "))
        if len(form) <= room:
            return form
        kept = form[: room - len(_DOTS) - 1]
        return f"{kept.rpartition(' ')[0] or kept} {_DOTS}"

    def _legend(self, *, was_cut: bool) -> Block:
        for label, lines, _ in self._document.directions:
            yield from self._pen.hang(self._pen.text(f"{label}: "), *(self._sentence(line.sentence) for line in lines))
        if was_cut:
            yield from self._pen.lines(Text(_CUT))

    def _steps(self, entry: Entry) -> Block:
        """Give a derivation below its name."""
        yield from self._pen.lines(self._text("steps to "), self._text(entry.name, STRONG), Text(":"))
        yield from drawn(entry.steps, self._pen, self._spelled, full=self._full)
        if entry.left_out:
            yield from self._pen.lines(self._text(f"{entry.left_out} more lines before the last are not shown"))

    def _headlines(self) -> Block:
        """Give the answer in words, its names and numbers in bold."""
        for what, sure, status, _ in self._document.headlines:
            said = [self._text(piece, "" if isinstance(piece, str) else STRONG) for piece in what]
            why = [Text(": "), self._text("".join(map(self._spelled, sure)), status)] if sure else []
            yield from self._pen.lines(*said, *why)

    def _where(self) -> Block:
        """Give what all rows share."""
        if self._document.rows is not None and self._document.where:
            yield from self._pen.hang(Text("with "), self._pen.text(self._document.where))

    def _numbers(self) -> Block:
        """Give the point, then a row for each number, a column for each witness."""
        document, pen = self._document, self._pen
        if not document.columns:
            return
        point = pen.text(f"at {document.where}" if document.where else "")
        corner = point.plain if point.cell_len <= _LONGEST_CORNER else ""
        table = self._table(_numbers(document, corner))
        if corner and table is None:
            corner = ""
            table = self._table(_numbers(document, corner))
        if point and not corner:
            yield from pen.hang(Text("at "), point[3:])
        yield from self._stack(_numbers(document, corner)) if table is None else table

    def _rows(self) -> Block:
        """Give the rows at both ends with dots between them, or stacked where the width is too small."""
        rows = self._document.rows
        if rows is not None and rows.rows:
            table = self._table(rows)
            yield from self._stack(rows) if table is None else table

    def _header(self, table: Tabular) -> list[Text]:
        return list(map(self._text, table.header))

    def _cells(self, row: Sequence[Cell]) -> list[Text]:
        return [self._text(*cell) for cell in row]

    def _table(self, table: Tabular) -> list[Text] | None:
        """Return a table, if it fits."""
        rows = list(map(self._cells, table.rows))
        if table.gap is not None:
            rows.insert(table.gap, [Text(_DOTS)] * len(table.header))
        return self._pen.table(self._header(table), rows, table.left)

    def _stack(self, table: Tabular) -> Block:
        """Give each row under its name, or `line 7`, `x = 1` where its column has a name."""
        head, *titles = self._header(table)
        sign = " = " if isinstance(table.header[0], Symbol) else " " if table.header[0] else ""
        for index, row in enumerate(table.rows):
            if index == table.gap:
                yield from self._pen.lines(Text(_DOTS))
            first, *cells = self._cells(row)
            yield from self._pen.stack(titles, [[Text.assemble(head, sign, first) if sign else first, *cells]])

    def _panels(self, table: Tabular | None) -> Block:
        if table is not None:
            yield from self._pen.panels(self._header(table), list(map(self._cells, table.rows)))

    def _views(self, function: Section) -> list[Block]:
        facts = map(self._facts, function.views)
        return [self._panels(function.hessian), *facts, self._panels(function.shares)]

    def _facts(self, facts: Sequence[Fact]) -> Block:
        """Give each fact with its label in front, equations below each other."""
        width = max((len(fact.label) for fact in facts if fact.is_formula), default=0)
        for label, lines, is_formula in facts:
            texts = [self._sentence(line.sentence) for line in lines]
            if is_formula or len(lines) > 1:
                head = f"{label}: ".ljust(width + 2 if is_formula else 0)
                yield from self._pen.hang(self._pen.text(head), *texts)
            else:
                yield from self._pen.lines(Text.assemble(self._pen.text(f"{label}: "), texts[0]))

    def _checks(self) -> Block:
        """Say where the symbolic derivatives were compared with autograd, and what was found."""
        found: dict[tuple[object, ...], list[Section]] = {}
        for function in self._document.functions:
            if function.at is None and self._document.rows is None:
                found.setdefault(function.checks, []).append(function)
        for functions in found.values():
            whose = "" if len(found) == 1 else f"{', '.join(self._spelled(f.name) for f in functions)}: "
            checks = [
                Text.assemble(self._text(check.word, check.status), " at ", self._text(check.where))
                for check in functions[0].checks
            ]
            if checks:
                yield from self._pen.hang(self._pen.text(f"{whose}{words.CHECKS}: "), *checks)
            else:
                yield from self._pen.lines(self._pen.text(f"{whose}{words.NOT_CHECKED}"))

    def _remarks(self, remarks: Sequence[Remark]) -> Block:
        """Give what there is to say, with names or a label in front."""
        drawn = set()
        for remark in remarks:
            head = self._head(remark)
            yield from self._pen.hang(head, *map(self._sentence, remark.sentences))
            if (remark.figure, remark.rewrite) not in drawn:
                yield from self._figure(remark, head.cell_len)
            drawn.add((remark.figure, remark.rewrite))

    def _head(self, remark: Remark) -> Text:
        if isinstance(remark.names[0], str):
            return self._text(f"{remark.names[0]}: ", STRONG)
        return Text.assemble(Text(", ").join(self._text(name, STRONG) for name in remark.names), ": ")

    def _figure(self, remark: Remark, indent: int) -> Block:
        """Draw where autograd's error starts as errors of the reader's are drawn, and give the form that has none."""
        if remark.figure is not None:
            yield from self._pen.underline(*remark.figure, indent)
        if remark.rewrite is not None:
            yield from self._pen.hang(Text("hint: write "), self._pen.text(remark.rewrite), margin=MARGIN + indent)

    def _ends(self) -> Block:
        """Give what there is to say of the whole answer."""
        if self._document.alone:
            yield from self._pen.lines(Text(words.NO_VARIABLES))
        yield from self._pen.notes(self._document.notes)
        for limit in self._document.limits:
            yield from self._pen.hang(Text("limit reached: ", "bold yellow"), self._pen.text(limit))


def _names(function: Section) -> list[Symbol]:
    return [function.call, *(entry.name for entry in function.entries[1:])]


def _numbers(document: Document, corner: str) -> Tabular:
    """Return the table of the numbers, without the columns that add nothing."""
    shown = [title not in document.spare for title in document.columns]
    entries = [entry for function in document.functions if function.at is not None for entry in function.entries]
    rows = [
        (Cell(entry.name, STRONG), *(cell for cell, show in zip(entry.cells, shown, strict=True) if show))
        for entry in entries
    ]
    titles = [title for title, show in zip(document.columns, shown, strict=True) if show]
    return Tabular((corner, *titles), tuple(rows), left=(0, -1))
