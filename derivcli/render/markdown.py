"""A Markdown table (GitHub's dialect) with the remarks as a list below it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivcli.language.diagnostics import visible
from derivcli.model import Derivative
from derivcli.render import words

if TYPE_CHECKING:
    from derivcli.model import Result, Value
    from derivcli.render.canvas import Canvas

_FORMULAS = ("|  | formula |", "|---|---|")
_NUMBERS = (" autograd | symbolic | quotient | difference | verdict |", "---:|---:|---:|---:|---|")
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~$&]|^[#+-])")


def draw(result: Result, _canvas: Canvas) -> str:
    """Return a point, a table and a list, as far as there are any."""
    blocks = [_point(result), _table(result), _remarks(result)]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _point(result: Result) -> str:
    return f"At {_code(words.point(result))}:" if result.at else ""


def _table(result: Result) -> str:
    numbers = words.has_numbers(result)
    header = [form + (tail if numbers else "") for form, tail in zip(_FORMULAS, _NUMBERS, strict=True)]
    rows = [_row(result, name, value, numbers) for name, value in words.named_values(result)]
    return "\n".join([*header, *rows])


def _row(result: Result, name: str, value: Value, numbers: bool) -> str:
    cells = [_code(name), _formula(result, value), *(_number_cells(value) if numbers else ())]
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _formula(result: Result, value: Value) -> str:
    form = value.expression if isinstance(value, Derivative) else result.read_as
    return words.no_form(result) if form is None else _code(form)


def _number_cells(value: Value) -> list[str]:
    numbers = (value.autograd, value.symbolic, value.quotient)
    shown = ["" if number is None else words.number(number) for number in numbers]
    return [*shown, words.difference(value) or "", words.verdict(value)]


def _remarks(result: Result) -> str:
    lines = [_remark(remark) for remark in words.remarks(result)]
    lines += [] if words.has_numbers(result) else _checks(result)
    lines += [] if result.variables else [words.NO_VARIABLES]
    lines += [_prose(note) for note in result.notes]
    lines += [] if result.limit_reached is None else [f"limit reached: {_prose(result.limit_reached)}"]
    return "\n".join(f"- {line}" for line in lines)


def _checks(result: Result) -> list[str]:
    found = [f"{words.status_word(status)} at {_code(where)}" for status, where in words.spot_checks(result)]
    return [f"{words.CHECKS}: {text}" for text in found] or [words.NOT_CHECKED]


def _remark(remark: words.Remark) -> str:
    names = ", ".join(_code(name) for name in remark.names)
    better = [] if remark.rewrite is None else [f"write {_code(remark.rewrite)}"]
    return f"{names}: {'; '.join([*map(_prose, remark.sentences), *better])}"


def _cell(text: str) -> str:
    """Escape what would end a cell: a pipe does so inside a code span too."""
    return text.replace("|", "\\|")


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
