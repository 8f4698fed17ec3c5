"""The catalogue of functions as a list for people, as Markdown and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from derivcli.errors import UsageError
from derivcli.language.catalogue.search import signature
from derivcli.language.domains import in_words
from derivcli.model.choices import Format

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from rich.text import Text

    from derivcli.document.formats import Canvas
    from derivcli.document.pen import Pen
    from derivcli.language.catalogue import Function

    Families = Mapping[str, tuple[Function, ...]]

_WIDEST = 28  # columns of a signature beside its help


def render_functions(families: Families, chosen: Format, canvas: Canvas) -> str:
    """Return the rows of the catalogue as text.

    Raises `UsageError` for a format that a list of functions does not have.
    """
    if chosen not in _DRAWN_BY:
        known = ", ".join(_DRAWN_BY)
        raise UsageError(f"--functions has no format {chosen}", hint=f"its formats are {known}")
    return _DRAWN_BY[chosen](families, canvas)


def _table(families: Families, canvas: Canvas) -> str:
    from derivcli.document.pen import Pen

    pen = Pen(canvas)
    return "\n".join(pen.draw(_family(name, rows, pen)) for name, rows in families.items())


def _family(name: str, rows: tuple[Function, ...], pen: Pen) -> Iterator[Text]:
    yield from pen.lines(pen.text(name, "bold"))
    heads = [pen.text(signature(row)) for row in rows]
    width = min(_WIDEST, max(head.cell_len for head in heads)) + 2
    for head, row in zip(heads, rows, strict=True):
        head.pad_right(max(2, width - head.cell_len))
        yield from pen.hang(head, *map(pen.text, _about(row)), margin=4)


def _about(row: Function) -> list[str]:
    """Return what there is to say of a function, a line each."""
    also = f"also {', '.join(row.aliases)}" if row.aliases else ""
    domain = f"for {in_words(row)}" if row.domain else ""
    return [row.help, *filter(None, ("; ".join(filter(None, (also, domain))), row.convention))]


def _markdown(families: Families, _canvas: Canvas) -> str:
    lists = "\n".join(f"- {family}: {', '.join(map(_named, rows))}" for family, rows in families.items())
    conventions = [f"- `{row.name}`: {row.convention}" for rows in families.values() for row in rows if row.convention]
    return "\n".join([lists, *(["", "Where books differ:", "", *conventions] if conventions else []), ""])


def _named(row: Function) -> str:
    return f"`{signature(row)}`" + (f" ({', '.join(row.aliases)})" if row.aliases else "")


def _json(families: Families, _canvas: Canvas) -> str:
    return json.dumps(_objects(families), indent=2, ensure_ascii=False) + "\n"


def _jsonl(families: Families, _canvas: Canvas) -> str:
    return "".join(f"{json.dumps(entry, ensure_ascii=False)}\n" for entry in _objects(families))


def _objects(families: Families) -> list[dict[str, Any]]:
    return [
        {
            "name": row.name,
            "call": signature(row),
            "family": family,
            "aliases": list(row.aliases),
            "help": row.help,
            "domain": in_words(row),
            "convention": row.convention,
            "smooth": row.smooth,
            "no_closed_form": [p for p, slope in zip(row.parameters, row.partials, strict=False) if slope is None],
        }
        for family, rows in families.items()
        for row in rows
    ]


_DRAWN_BY: dict[Format, Callable[[Families, Canvas], str]] = {
    Format.TABLE: _table,
    Format.JSON: _json,
    Format.JSONL: _jsonl,
    Format.MARKDOWN: _markdown,
}
