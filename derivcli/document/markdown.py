"""A document in Markdown (GitHub's dialect): the numbers and each matrix as a table, the rest as a list below them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivcli.document import words
from derivcli.document.model import Formula, Symbol
from derivcli.language.diagnostics import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from derivcli.document.formats import Canvas
    from derivcli.document.model import Deduction, Document, Entry, Fact, Piece, Remark, Section, Tabular

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~$&]|^[#+-])")


def draw(shown: Document, canvas: Canvas) -> str:
    """Return paragraphs, tables and a list, as far as there are any."""
    where = f"{'At' if shown.rows is None else 'With'} {_code(shown.where)}:" if shown.where else ""
    tables = [shown.jacobian, *(f.hessian for f in shown.functions), *(f.shares for f in shown.functions)]
    blocks = [
        *(f"Note: {_prose(note)}" for note in shown.readings),
        _headlines(shown),
        *([where, _numbers(shown)] if shown.rows is None else [_formulas(shown), where, _table(shown.rows)]),
        *(_table(table) for table in tables if table is not None),
        *(_steps(entry, full=canvas.full_steps) for f in shown.functions for entry in f.entries if entry.steps),
        "\n".join(f"- {line}" for line in dict.fromkeys(_list(shown))),
    ]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _headlines(document: Document) -> str:
    """Return the answer in words, a line for each sentence, its numbers in bold."""
    parts = [
        [*map(_strong, line.what), *([": "] if line.sure else []), *map(_inline, line.sure)]
        for line in document.headlines
    ]
    lines = ["".join(part) for part in parts]
    return "\n".join(f"- {line}" for line in lines) if len(lines) > 1 else "".join(lines)


def _strong(what: Piece) -> str:
    return f"**{words.plain(what)}**" if isinstance(what, (float, tuple)) else _inline(what)


def _formulas(document: Document) -> str:
    """Return the formulas alone: many rows have numbers of their own."""
    entries = [entry for function in document.functions for entry in function.entries]
    return "\n".join(f"- {_code(entry.name.plain)} = {_inline(entry.formula)}" for entry in entries)


def _numbers(document: Document) -> str:
    """Return a table with a row for each number, with its formula."""
    columns = document.columns
    header = f"|  | formula |{''.join(f' {title} |' for title in columns)}"
    sides = f"|---|---|{'---:|' * (len(columns) - 1)}{'---|' if columns else ''}"
    return "\n".join([header, sides, *(_row(f, e, len(columns)) for f in document.functions for e in f.entries)])


def _row(function: Section, entry: Entry, count: int) -> str:
    formula = _inline(entry.formula)
    if function.is_equation and entry is function.entries[0]:
        formula = f"{words.LEFT_LESS_RIGHT} of {formula}"
    return _line([_code(entry.name.plain), formula, *(_inline(cell.what) for cell in entry.cells[:count])])


def _table(table: Tabular) -> str:
    """Return a table of its own; nothing for one without rows."""
    if not table.rows:
        return ""
    count = len(table.header)
    left = {index % count for index in table.left}
    rows = [_line(_inline(cell.what) for cell in row) for row in table.rows]
    if table.gap is not None:
        rows.insert(table.gap, _line("..." for _ in table.header))
    sides = "".join("---|" if index in left else "---:|" for index in range(count))
    return "\n".join([_line(map(_inline, table.header)), f"|{sides}", *rows])


def _steps(entry: Entry, *, full: bool) -> str:
    """Return a derivation as a list within lists."""
    lines = [f"{'  ' * step.depth}- {_deduction(step, full=full)}" for step in entry.steps]
    more = [f"- {entry.left_out} more lines before the last are not shown"] if entry.left_out else []
    return "\n".join((f"Steps to {_code(entry.name.plain)}:\n", *lines[:-1], *more, lines[-1]))


def _deduction(step: Deduction, *, full: bool) -> str:
    number = f" = {words.number(step.number)}" if full and step.number is not None else ""
    left = "" if step.left is None else f"{words.plain(step.left)} "
    return f"{_code(f'{left}= {words.plain(step.right)}{number}')}: {sentence(step.reason(full=full))}"


def _list(document: Document) -> Iterator[str]:
    """Give what there is to say in words."""
    yield from map(_fact, document.directions)
    for function in document.functions:
        yield from (_fact(fact) for view in function.views for fact in view)
        yield from map(_remark, function.remarks)
        if function.at is None and document.rows is None:
            yield from _checks(function)
    yield from ([words.NO_VARIABLES] if document.alone else [])
    yield from map(_remark, document.remarks)
    yield from map(_prose, document.notes)
    yield from (f"limit reached: {_prose(limit)}" for limit in document.limits)


def _fact(fact: Fact) -> str:
    texts = ["".join(map(words.plain, line.sentence)) for line in fact.lines]
    return f"{_prose(fact.label)}: {'; '.join(map(_code if fact.is_formula else _prose, texts))}"


def _remark(remark: Remark) -> str:
    names = ", ".join(map(_inline, remark.names))
    better = [] if remark.rewrite is None else [f"write {_code(remark.rewrite)}"]
    return f"{names}: {'; '.join([*map(_sentence, remark.sentences), *better])}"


def _checks(function: Section) -> list[str]:
    found = [f"{words.CHECKS}: {check.word} at {_code(check.where)}" for check in function.checks]
    return found or [words.NOT_CHECKED]


def sentence(pieces: Sequence[Piece]) -> str:
    """Return words and formulas in one line."""
    return "".join(map(_inline, pieces))


def _sentence(sentence: Sequence[Piece]) -> str:
    return _prose("".join(map(words.plain, sentence)))


def _inline(what: Piece | None) -> str:
    """Return what stands alone in a cell: names and formulas are code, numbers need no escape."""
    if what is None:
        return ""
    text = words.plain(what)
    return _code(text) if isinstance(what, Symbol | Formula) else _prose(text) if isinstance(what, str) else text


def _line(cells: Iterable[str]) -> str:
    """Return a row of a table; a pipe would end a cell inside a code span too."""
    escaped = " | ".join(cell.replace("|", "\\|") for cell in cells)
    return f"| {escaped} |"


def _code(text: str) -> str:
    """Return a code span with a fence longer than any run of backticks inside."""
    text = visible(text)
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    space = " " if "`" in text else ""
    return f"{fence}{space}{text}{space}{fence}"


def _prose(text: str) -> str:
    """Escape a sentence, and keep what it quotes in backticks as code."""
    parts = visible(text).split("`")
    if len(parts) % 2 == 0 or not all(parts[1::2]):
        return _SPECIAL.sub(r"\\\1", visible(text))
    quoted = [_code(part) if index % 2 else _SPECIAL.sub(r"\\\1", part) for index, part in enumerate(parts)]
    return "".join(quoted)
