"""A Markdown table (GitHub's dialect), each matrix as one more, and the rest as a list below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.model import Derivative
from derivcli.render import facts, matrices, words
from derivcli.render.markdown_text import code, line, prose
from derivcli.render.names import parts, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from derivcli.model import Contribution, Result, System, Value
    from derivcli.model.rows import Outline
    from derivcli.render.canvas import Canvas
    from derivcli.render.names import Part

_FORMULAS = ("|  | formula |", "|---|---|")
_NUMBERS = (" autograd | symbolic | quotient | difference | verdict |", "---:|---:|---:|---:|---|")


def draw(answer: Result | System, _canvas: Canvas) -> str:
    """Return a point, a table, matrices and a list, as far as there are any."""
    functions = parts(answer)
    shown = shortened(functions)
    blocks = [
        *readings(part.result for part in functions),
        _point(functions),
        _table(shown),
        *_matrices(answer, functions),
        _remarks(functions, shown),
    ]
    return "\n\n".join(filter(None, blocks)) + "\n"


def readings(results: Iterable[Result | Outline]) -> list[str]:
    """Return a paragraph for each note on how the text was read."""
    return [f"Note: {prose(note)}" for note in words.readings(results)]


def _point(functions: list[Part]) -> str:
    where = words.point(*(part.result for part in functions))
    return f"At {code(where)}:" if where else ""


def _table(functions: list[Part]) -> str:
    numbers = any(words.has_numbers(part.result) for part in functions)
    header = [form + (tail if numbers else "") for form, tail in zip(_FORMULAS, _NUMBERS, strict=True)]
    rows = [_row(part, name, value, numbers) for part in functions for name, value in part.named()]
    return "\n".join([*header, *rows])


def _row(part: Part, name: str, value: Value, numbers: bool) -> str:
    return line([code(name), _formula(part, value), *(_number_cells(value) if numbers else ())])


def _formula(part: Part, value: Value) -> str:
    if not isinstance(value, Derivative) and part.letter == "F":
        return f"{words.LEFT_LESS_RIGHT} of {code(part.result.read_as)}"
    if not isinstance(value, Derivative):
        return code(part.result.read_as)
    return words.no_form(part.result, value) if value.expression is None else code(value.expression)


def _number_cells(value: Value) -> list[str]:
    numbers = (value.autograd, value.symbolic, value.quotient)
    shown = ["" if number is None else words.number(number) for number in numbers]
    return [*shown, words.difference(value) or "", words.verdict(value)]


def _matrices(answer: Result | System, functions: list[Part]) -> list[str]:
    """Return each matrix, and the contributions to an uncertainty, as a table."""
    grids = [("", matrices.jacobian(answer, functions)), *((_of(p, functions), matrices.hessian(p)) for p in functions)]
    shares = [(_of(part, functions), facts.contributions(part)) for part in functions]
    return [*(_grid(grid, of) for of, grid in grids if grid), *(_shares(rows, of) for of, rows in shares if rows)]


def _of(part: Part, functions: list[Part]) -> str:
    return f" of {part.letter}" if len(functions) > 1 else ""


def _grid(grid: matrices.Grid, of: str) -> str:
    header = [f"{grid.title}{of}", *map(code, grid.columns)]
    rows = [[code(name), *map(_entry, row)] for name, row in zip(grid.rows, grid.entries, strict=True)]
    return "\n".join([line(header), f"|---|{'---:|' * len(grid.columns)}", *map(line, rows)])


def _entry(entry: float | str | None) -> str:
    if entry is None:
        return ""
    return code(entry) if isinstance(entry, str) else words.number(entry)


def _shares(rows: tuple[Contribution, ...], of: str) -> str:
    first, *others = facts.CONTRIBUTIONS
    cells = [facts.contribution(row) for row in rows]
    lines = [line([code(name), *texts]) for name, *texts in cells]
    return "\n".join([line([f"{first}{of}", *others]), f"|---|{'---:|' * len(others)}", *lines])


def _remarks(functions: list[Part], shown: list[Part]) -> str:
    lines = [_fact(fact) for fact in facts.directions(functions)]
    for part, short in zip(functions, shown, strict=True):
        lines += [_fact(fact) for view in facts.views(part, several=len(functions) > 1) for fact in view]
        lines += [_remark(remark) for remark in words.remarks(short.named())]
        lines += [] if words.has_numbers(part.result) else _checks(part.result)
    results = [part.result for part in shown]
    lines += [] if any(result.variables for result in results) else [words.NO_VARIABLES]
    lines += [prose(note) for note in words.notes(results)]
    lines += [f"limit reached: {prose(result.limit_reached)}" for result in results if result.limit_reached]
    return "\n".join(f"- {text}" for text in dict.fromkeys(lines))


def _fact(fact: facts.Fact) -> str:
    return f"{prose(fact.label)}: {'; '.join(map(code if fact.is_formula else prose, fact.lines))}"


def _checks(result: Result) -> list[str]:
    found = [f"{words.status_word(status)} at {code(where)}" for status, where in words.spot_checks(result)]
    return [f"{words.CHECKS}: {text}" for text in found] or [words.NOT_CHECKED]


def _remark(remark: words.Remark) -> str:
    names = ", ".join(code(name) for name in remark.names)
    better = [] if remark.rewrite is None else [f"write {code(remark.rewrite)}"]
    return f"{names}: {'; '.join([*map(prose, remark.sentences), *better])}"
