"""What files in languages with curly brackets have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from derivcli.exports.language import Body, CodeFile

# A remainder by the sign of y, where fmod has that of x; x - y*floor(x/y) is not exact.
MOD_BY_FMOD = {"mod": "where(fmod(x, y) < 0 and y > 0 or fmod(x, y) > 0 and y < 0, fmod(x, y) + y, fmod(x, y))"}
_WIDTH = 60  # columns of what stands in an array of one line, rustfmt's


@dataclass(frozen=True, slots=True)
class CurlyLayout:
    """How the functions of a file are laid out.

    `heads` are templates for a helper, f, the gradient and the Hessian, of a name, its parameters, each as in
    `parameter`, and how many derivatives there are; `steps` those of lines that name a number, and a condition.
    `result`, `vector` and `matrix` are the lines that return a number, numbers, and rows of them.
    """

    heads: Mapping[str, str]
    parameter: str
    steps: tuple[str, str]
    vector: Callable[[Sequence[str]], list[str]]
    matrix: Callable[[Sequence[Sequence[str]]], list[str]]
    result: str = "return {0};"
    opening: str = " {"
    closing: str = "}"

    def functions(self, sheet: CodeFile) -> list[list[str]]:
        """Return the lines of each function."""
        count = len(sheet.wrt)
        made = [self._function("helper", h.name, h.parameters, count, h.body, self._one(h.body)) for h in sheet.helpers]
        returned = {"f": self._one(sheet.bodies["f"]), "gradient": self.vector(sheet.bodies["gradient"].results)}
        returned |= {"hessian": self.matrix(sheet.rows)} if sheet.rows else {}
        for name, lines in returned.items():
            made.append(self._function(name, name, sheet.parameters, count, sheet.bodies[name], lines))
        return made

    def _one(self, body: Body) -> list[str]:
        return [self.result.format(body.results[0])]

    def _function(
        self, kind: str, name: str, parameters: Sequence[str], count: int, body: Body, returned: Sequence[str]
    ) -> list[str]:
        listed = ", ".join(map(self.parameter.format, parameters))
        head = self.heads[kind].format(name=name, parameters=listed, count=count)
        steps = [self.steps[step.is_condition].format(step.name, step.text) for step in body.steps]
        return [f"{head}{self.opening}", *(f"    {line}" for line in (*steps, *returned)), self.closing]


def array(opening: str, results: Sequence[str], closing: str, word: str = "return ", end: str = ";") -> list[str]:
    """Return the lines of an array, one result a line where they do not fit in one."""
    line = ", ".join(results)
    if len(line) <= _WIDTH:
        return [f"{word}{opening}{line}{closing}{end}"]
    inside = [f"    {text}," for text in results]
    return [
        f"{word}{opening}",
        *inside[:-1],
        inside[-1].removesuffix(",") if opening == "[" and end else inside[-1],
        f"{closing}{end}",
    ]


def bracketed(row: Sequence[str]) -> str:
    """Return an array in one line."""
    return f"[{', '.join(row)}]"


def page(mark: str, sheet: CodeFile, head: Sequence[str], made: Sequence[Sequence[str]]) -> str:
    """Return the file: the comment, what it includes, and the functions."""
    comment = "\n".join(f"{mark} {line}".rstrip() for line in sheet.comment)
    blocks = ["\n".join(lines) for lines in (head, *made) if lines]
    return f"{comment}\n\n" + "\n\n".join(blocks) + "\n"


def in_comments(mark: str, sheet: CodeFile) -> list[str]:
    """Return the lines that say what the witnesses found, where the file does not test itself."""
    if not sheet.samples:
        return []
    said = "f and its derivatives, row by row" if "hessian" in sheet.bodies else "f and its gradient"
    lines = [f"{mark} The numbers of the witnesses: {said}."]
    for sample in sheet.samples:
        point = ", ".join(map(repr, sample.point))
        lines.append(f"{mark}   at {point}: {', '.join(map(repr, sample.numbers))}")
    return lines


def c_main(
    includes: Sequence[str], head: str, table: str, sheet: CodeFile, calls: Sequence[str], size: int
) -> list[str]:
    """Return the lines of a main function that tests the file when it is compiled with -DDERIV_MAIN."""
    count = len(sheet.parameters)
    rows = [f"        {{{', '.join(map(repr, (*s.point, *s.numbers)))}}}," for s in sheet.samples]
    inner = [
        f"for (int k = 0; k < {len(sheet.samples)}; k++) {{",
        *(f"    {line}" for line in (f"double found[{size}];", *calls)),
        f"    for (int i = 0; i < {size}; i++) {{",
        f"        const double wanted = samples[k][{count} + i];",
        "        const double room = wanted == 0.0 ? 1e-12 : 1e-9 * fabs(wanted);",
        "        if (!(fabs(found[i] - wanted) <= room)) {",
        r'            fprintf(stderr, "at point %d: %.17g, not %.17g\n", k + 1, found[i], wanted);',
        "            return 1;",
        "        }",
        "    }",
        "}",
        f'printf("right at {len(sheet.samples)} points\\n");',
        "return 0;",
    ]
    lines = [
        "#ifdef DERIV_MAIN",
        *includes,
        "",
        "// The numbers of the witnesses: a point, then f there and its derivatives.",
    ]
    return [*lines, f"{head} {{", f"    {table}", *rows, "    };", *(f"    {line}" for line in inner), "}", "#endif"]
