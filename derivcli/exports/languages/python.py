"""Python with `math` only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.exports.language import Language, named
from derivcli.exports.languages import pythons

if TYPE_CHECKING:
    from derivcli.exports.language import CodeFile

_NAMES = """
    sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh exp expm1 log log2 log10 log1p sqrt cbrt hypot
    erf erfc gamma exp2 loggamma:lgamma fmod ieee_remainder:remainder deg2rad:radians rad2deg:degrees
"""
_FUNCTIONS = {
    **named(_NAMES, "math.{}"),
    **named("abs max min"),
    "floor": "float(math.floor({0}))",
    "ceil": "float(math.ceil({0}))",
    "trunc": "float(math.trunc({0}))",
    "round": "float(round({0}))",
    "mod": "{0} % {1}",
}


def _write(sheet: CodeFile) -> str:
    made = pythons.functions(sheet)
    uses_math = any("math." in line for lines in made for line in lines)
    return pythons.page(sheet, ["import math"] * uses_math, made, pythons.check(sheet, pythons.flat(sheet)))


LANGUAGE = Language(
    name="python",
    write=_write,
    functions=_FUNCTIONS,
    leaves={
        "pi": "math.pi",
        "e": "math.e",
        "inf": "math.inf",
        "undefined": "math.nan",
        "true": "True",
        "false": "False",
    },
    number=pythons.number,
    whole="{0}**{1}",
    power="math.pow({0}, {1})",  # a negative number ** 0.5 would be complex
    choice="{0} if {1} else {2}",
    logic=pythons.LOGIC,
    formulas={  # math.exp(800) raises, and so does math.cosh(800)
        "sigmoid": "where(x >= 0, 1/(1 + exp(-x)), exp(x)/(1 + exp(x)))",
        "sech": "2*exp(-abs(x))/(1 + exp(-2*abs(x)))",
        "csch": "where(x < 0, 2, -2)*exp(-abs(x))/expm1(-2*abs(x))",
    },
    reserved=pythons.RESERVED,
    is_ascii=False,
    raises=True,
)
