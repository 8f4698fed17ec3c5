"""JavaScript: a script that tests itself under node, and that can be required."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.exports.language import Language, named
from derivcli.exports.languages import curly

if TYPE_CHECKING:
    from derivcli.exports.language import CodeFile

_NAMES = """
    sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh exp expm1 log log2 log10 log1p sqrt cbrt hypot
    floor ceil trunc sign abs max min
"""
_RESERVED = """
    await break case catch class const continue debugger default delete do else enum export extends false finally for
    function if implements import in instanceof interface let new null package private protected public return static
    super switch this throw true try typeof var void while with yield Math NaN Infinity undefined arguments eval module
    require samples point numbers
"""


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and value < 2**53 else repr(value)


def _write(sheet: CodeFile) -> str:
    return curly.page("//", sheet, [], [*_LAYOUT.functions(sheet), *_tested(sheet)])


def _tested(sheet: CodeFile) -> list[list[str]]:
    names = ["f", "gradient", *(["hessian"] if "hessian" in sheet.bodies else [])]
    found = ["f(...point)", "...gradient(...point)", *(["...hessian(...point).flat()"] if len(names) > 2 else [])]
    rows = [
        f"    [[{', '.join(map(_signed, s.point))}], [{', '.join(map(_signed, s.numbers))}]]," for s in sheet.samples
    ]
    return [
        [
            "// The numbers of the witnesses: a point, then f there and its derivatives.",
            "const samples = [",
            *rows,
            "];",
        ],
        [
            'if (typeof module !== "undefined") {',
            f"    module.exports = {{ {', '.join(names)} }};",
            "    if (require.main === module) {",
            "        for (const [point, numbers] of samples) {",
            f"            const found = [{', '.join(found)}];",
            "            numbers.forEach((wanted, k) => {",
            "                if (!(Math.abs(found[k] - wanted) <= (1e-9 * Math.abs(wanted) || 1e-12))) {",
            "                    throw new Error(`at ${point}: ${found[k]}, not ${wanted}`);",
            "                }",
            "            });",
            "        }",
            f'        console.log("right at {len(sheet.samples)} points");',
            "    }",
            "}",
        ],
    ]


def _signed(value: float) -> str:
    return f"-{_number(-value)}" if value < 0 else _number(value)


_LAYOUT = curly.CurlyLayout(
    heads=dict.fromkeys(("helper", "f", "gradient", "hessian"), "function {name}({parameters})"),
    parameter="{0}",
    steps=("const {0} = {1};",) * 2,
    vector=lambda texts: curly.array("[", texts, "]"),
    matrix=lambda rows: curly.array("[", [*map(curly.bracketed, rows)], "]"),
)
LANGUAGE = Language(
    name="javascript",
    write=_write,
    functions={**named(_NAMES, "Math.{}"), "fmod": "{0} % {1}"},
    leaves={"pi": "Math.PI", "e": "Math.E", "inf": "Infinity", "undefined": "NaN", "true": "true", "false": "false"},
    number=_number,
    whole="Math.pow({0}, {1})",
    power="Math.pow({0}, {1})",
    choice="{1} ? {0} : {2}",
    comparisons={"eq": "===", "ne": "!=="},
    formulas=curly.MOD_BY_FMOD,
    reserved=frozenset(_RESERVED.split()),
    is_ascii=False,
    squares=True,
)
