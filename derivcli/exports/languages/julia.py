"""Julia, with Base only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.exports.language import Language
from derivcli.exports.languages import curly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.exports.language import Body, CodeFile

_NAMES = """
    sin cos tan sec csc cot asin acos atan sinh cosh tanh asinh acosh atanh exp exp2 exp10 expm1 log log2 log10 log1p
    sqrt cbrt hypot abs sign max min floor ceil trunc round mod fmod:rem sinpi cospi sincpi:sinc deg2rad rad2deg
"""
_RESERVED = """
    baremodule begin break catch const continue do else elseif end export false finally for function global if import in
    isa let local macro module mutable quote return struct true try type using where while pi im NaN Inf ℯ π
"""


def _write(sheet: CodeFile) -> str:
    parameters = ", ".join(sheet.parameters)
    made = [_function(h.name, ", ".join(h.parameters), h.body, h.body.results) for h in sheet.helpers]
    gradient = sheet.bodies["gradient"]
    made.append(_function("f", parameters, sheet.bodies["f"], sheet.bodies["f"].results))
    made.append(_function("gradient", parameters, gradient, curly.array("[", gradient.results, "]", "", "")))
    if "hessian" in sheet.bodies:
        body, count = sheet.bodies["hessian"], len(sheet.wrt)
        rows = [f"[{', '.join(body.results[k : k + count])}]'" for k in range(0, count * count, count)]
        made.append(_function("hessian", parameters, body, [f"vcat({', '.join(rows)})"]))
    return curly.page("#", sheet, [], [*made, curly.in_comments("#", sheet)])


def _function(name: str, parameters: str, body: Body, returned: Sequence[str]) -> list[str]:
    first, *others = returned
    steps = [f"    {step.name} = {step.text}" for step in body.steps]
    return [f"function {name}({parameters})", *steps, f"    return {first}", *(f"    {line}" for line in others), "end"]


_FUNCTIONS = {name: other or name for name, _, other in (word.partition(":") for word in _NAMES.split())}
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
