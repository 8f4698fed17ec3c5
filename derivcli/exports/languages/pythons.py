"""What files in Python have in common, whatever library computes in them."""

from __future__ import annotations

import builtins
import keyword
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from derivcli.exports.language import Body, CodeFile

WIDTH = 88  # columns, ruff's and black's
RESERVED = frozenset({*keyword.kwlist, *dir(builtins), "math", "np", "jnp", "jax", "torch", "special", "SAMPLES"})
LOGIC = {"and": " and ", "or": " or ", "not": "not "}
BITWISE = {"and": " & ", "or": " | ", "not": "~"}
_LARGEST_WHOLE = 2**53  # beyond, a whole number is written as the float that it is


def number(value: float) -> str:
    """Return a literal: whole numbers without a point, as people write them."""
    return str(int(value)) if value.is_integer() and value < _LARGEST_WHOLE else repr(value).replace("e+", "e")


def function(name: str, parameters: Sequence[str], body: Body, returned: Iterable[str], *before: str) -> list[str]:
    """Return the lines of a function."""
    head = f"def {name}({', '.join(parameters)}):"
    steps = [f"    {step.name} = {step.text}" for step in body.steps]
    return [*_wrapped(head, parameters, f"def {name}("), *before, *steps, *returned]


def _wrapped(head: str, parameters: Sequence[str], opening: str) -> list[str]:
    if len(head) <= WIDTH:
        return [head]
    inside = ", ".join(parameters)
    lines = [f"    {inside}"] if len(inside) + 4 <= WIDTH else [f"    {name}," for name in parameters]
    return [opening, *lines, "):"]


def one(body: Body) -> list[str]:
    """Return the line that returns the only result."""
    return [f"    return {body.results[0]}"]


def several(results: Sequence[str], indent: int = 0) -> list[str]:
    """Return the lines that return a tuple, one result a line where they do not fit in one."""
    line = f"    return {tuple_of(results)}"
    if len(line) + indent <= WIDTH:
        return [line]
    return ["    return (", *(f"        {result}," for result in results), "    )"]


def tuple_of(results: Sequence[str]) -> str:
    """Return a tuple in one line."""
    return f"({', '.join(results)}{',' if len(results) == 1 else ''})"


def rows(sheet: CodeFile) -> list[str]:
    """Return the lines that return a Hessian, a tuple of rows."""
    lines = ["    return ("]
    for row in sheet.rows:
        line = f"        {tuple_of(row)},"
        lines += [line] if len(line) <= WIDTH else ["        (", *(f"            {one}," for one in row), "        ),"]
    whole = f"    return {tuple_of([tuple_of(row) for row in sheet.rows])}"
    return [whole] if len(whole) <= WIDTH else [*lines, "    )"]


def functions(sheet: CodeFile, before: Sequence[str] = (), decorator: Sequence[str] = ()) -> list[list[str]]:
    """Return the lines of each function: the helpers, f, the gradient and the Hessian."""
    made = [function(h.name, h.parameters, h.body, one(h.body)) for h in sheet.helpers]
    f, gradient = sheet.bodies["f"], sheet.bodies["gradient"]
    made.append([*decorator, *function("f", sheet.parameters, f, one(f), *before)])
    returned = several(gradient.results)
    made.append([*decorator, *function("gradient", sheet.parameters, gradient, returned, *before)])
    if "hessian" in sheet.bodies:
        body = sheet.bodies["hessian"]
        made.append([*decorator, *function("hessian", sheet.parameters, body, rows(sheet), *before)])
    return made


def samples(sheet: CodeFile) -> list[str]:
    """Return the lines of the table of points and numbers."""
    lines = ["# The numbers of the witnesses: a point, then f there and its derivatives.", "SAMPLES = ["]
    for sample in sheet.samples:
        point, numbers = (tuple_of([repr(one) for one in part]) for part in (sample.point, sample.numbers))
        line = f"    ({point}, {numbers}),"
        if len(line) <= WIDTH:
            lines.append(line)
        else:
            lines += ["    (", *_long(point, sample.point), *_long(numbers, sample.numbers), "    ),"]
    return [*lines, "]"] if sheet.samples else [*lines[:1], "SAMPLES = []"]


def _long(text: str, numbers: Sequence[float]) -> list[str]:
    line = f"        {text},"
    return [line] if len(line) <= WIDTH else ["        (", *(f"            {one!r}," for one in numbers), "        ),"]


def check(sheet: CodeFile, found: Sequence[str]) -> list[str]:
    """Return the lines that test the file when it is run."""
    return [
        'if __name__ == "__main__":',
        "    for point, expected in SAMPLES:",
        *(f"        {line}" for line in found),
        "        for number, wanted in zip(found, expected, strict=True):",
        "            if not abs(number - wanted) <= (1e-9 * abs(wanted) or 1e-12):",
        '                raise SystemExit(f"at {point}: {number}, not {wanted}")',
        f'    print("{_passed(sheet)}")',
    ]


def _passed(sheet: CodeFile) -> str:
    count = len(sheet.samples)
    return f"right at {count} point{'' if count == 1 else 's'}"


def flat(sheet: CodeFile) -> list[str]:
    """Return the line that collects f and its derivatives in the order of the samples."""
    hessian = ", *sum(hessian(*point), ())" if sheet.rows else ""
    return [f"found = (f(*point), *gradient(*point){hessian})"]


def page(sheet: CodeFile, imports: Sequence[str], made: Sequence[Sequence[str]], tested: Sequence[str]) -> str:
    """Return the file: the comment, the imports, the functions two lines apart, and the test."""
    blocks = ["\n".join(lines) for lines in made]
    comment = [f"# {line}".rstrip() for line in sheet.comment]
    head = "\n".join([*comment, *([""] if comment and imports else []), *imports])
    return "\n\n\n".join([head, *blocks, "\n".join(samples(sheet))]) + "\n\n" + "\n".join(tested) + "\n"
