"""Julia, with Base only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.exports.language import Language, named
from derivcli.exports.languages import curly

if TYPE_CHECKING:
    from derivcli.exports.language import CodeFile

_NAMES = """
    sin cos tan sec csc cot asin acos atan sinh cosh tanh asinh acosh atanh exp exp2 exp10 expm1 log log2 log10 log1p
    sqrt cbrt hypot abs sign max min floor ceil trunc round mod fmod:rem sinpi cospi sincpi:sinc deg2rad rad2deg
"""
_RESERVED = """
    baremodule begin break catch const continue do else elseif end export false finally for function global if import in
    isa let local macro module mutable quote return struct true try type using where while pi im NaN Inf ℯ π
"""


def _write(sheet: CodeFile) -> str:
    return curly.page("#", sheet, [], [*_LAYOUT.functions(sheet), curly.in_comments("#", sheet)])


_LAYOUT = curly.CurlyLayout(
    heads=dict.fromkeys(("helper", "f", "gradient", "hessian"), "function {name}({parameters})"),
    parameter="{0}",
    steps=("{0} = {1}",) * 2,
    vector=lambda texts: curly.array("[", texts, "]", end=""),
    matrix=lambda rows: ["return vcat(" + ", ".join(f"{curly.bracketed(row)}'" for row in rows) + ")"],
    result="return {0}",
    opening="",
    closing="end",
)
_FUNCTIONS = named(_NAMES)
LANGUAGE = Language(
    name="julia",
    write=_write,
    functions={**_FUNCTIONS, "atan2": "atan({0}, {1})"},
    leaves={"pi": "pi", "e": "exp(1.0)", "inf": "Inf", "undefined": "NaN", "true": "true", "false": "false"},
    number=repr,
    whole="{0}^{1}",
    power="{0}^{1}",
    choice="{1} ? {0} : {2}",
    reserved=frozenset(_RESERVED.split()) | frozenset(_FUNCTIONS.values()),
    is_ascii=False,
    raises=True,
)
