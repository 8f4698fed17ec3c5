"""Stan: functions for the first block of a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.exports.language import Language, named
from derivcli.exports.languages import curly

if TYPE_CHECKING:
    from derivcli.exports.language import CodeFile

_NAMES = """
    sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh exp exp2 expm1 log log2 log10 log1p sqrt cbrt
    hypot abs floor ceil trunc fmod erf erfc gamma:tgamma loggamma:lgamma digamma trigamma square log1m log1m_exp
    step sigmoid:inv_logit logit softplus:log1p_exp ndtr:Phi ndtri:inv_Phi logaddexp:log_sum_exp
"""
_RESERVED = """
    for in while repeat until if then else true false target int real complex vector row_vector matrix array simplex
    unit_vector ordered positive_ordered cov_matrix corr_matrix tuple void functions model data parameters quantities
    transformed generated return break continue lower upper offset multiplier profile print reject pi e sqrt2 var struct
    typedef export extern static auto const double float long short signed unsigned pow not_a_number positive_infinity
    polygamma binomial beta gamma mean max min sum prod round
"""


def _write(sheet: CodeFile) -> str:
    inside = [*_LAYOUT.functions(sheet), curly.in_comments("//", sheet)]
    lines = [
        "functions {",
        *(f"  {line}".replace("    ", "  ") if line else "" for block in inside for line in block),
        "}",
    ]
    return curly.page("//", sheet, [], [lines])


_LAYOUT = curly.CurlyLayout(
    heads={
        **dict.fromkeys(("helper", "f"), "real {name}({parameters})"),
        "gradient": "vector gradient({parameters})",
        "hessian": "matrix hessian({parameters})",
    },
    parameter="real {0}",
    steps=("real {0} = {1};", "int {0} = {1};"),
    vector=lambda texts: curly.array("[", texts, "]'"),
    matrix=lambda rows: curly.array("[", [*map(curly.bracketed, rows)], "]"),
)
_FUNCTIONS = named(_NAMES)
LANGUAGE = Language(
    name="stan",
    write=_write,
    functions=_FUNCTIONS,
    leaves={
        "pi": "pi()",
        "e": "e()",
        "inf": "positive_infinity()",
        "undefined": "not_a_number()",
        "true": "1",
        "false": "0",
    },
    number=repr,
    whole="{0}^{1}",
    power="pow({0}, {1})",
    choice="{1} ? {0} : {2}",
    formulas=curly.MOD_BY_FMOD,
    reserved=frozenset(_RESERVED.split()) | frozenset(_FUNCTIONS.values()) | frozenset(_FUNCTIONS),
)
