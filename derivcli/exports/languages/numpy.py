"""numpy, with scipy.special for what numpy lacks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivcli.exports.language import ATOM, named
from derivcli.exports.languages import python, pythons

if TYPE_CHECKING:
    from derivcli.exports.language import CodeFile

_NAMES = """
    sin cos tan sinh cosh tanh exp exp2 expm1 log log2 log10 log1p sqrt cbrt hypot logaddexp floor ceil trunc fmod
    sign abs square deg2rad rad2deg asin:arcsin acos:arccos atan:arctan atan2:arctan2 asinh:arcsinh acosh:arccosh
    atanh:arctanh max:maximum min:minimum mod round sincpi:sinc
"""
_SPECIAL = """
    erf erfc erfcx erfi erfinv erfcinv gamma loggamma:gammaln digamma polygamma beta betainc gammainc gammaincc
    ndtr log_ndtr ndtri sigmoid:expit logit xlogy xlog1py entr dawson:dawsn j0 j1 y0 y1 i0 i0e i1 i1e k0 k0e k1 k1e
    Ei:expi E1:exp1 besselj:jv bessely:yv besseli:iv besselk:kv
"""
_FUNCTIONS = {
    **named(_NAMES, "np.{}"),
    **named(_SPECIAL, "special.{}"),
    "heaviside": "np.heaviside({0}, 0.5)",
}


def _write(sheet: CodeFile) -> str:
    before = [f"    {name} = np.asarray({name}, dtype=float)" for name in sheet.parameters]
    made = pythons.functions(sheet, before, ['@np.errstate(all="ignore")'])
    uses_special = any("special." in line for lines in made for line in lines)
    imports = ["import numpy as np", *(["from scipy import special"] if uses_special else [])]
    return pythons.page(sheet, imports, made, pythons.check(sheet, pythons.flat(sheet)))


LANGUAGE = replace(
    python.LANGUAGE,
    name="numpy",
    write=_write,
    functions=_FUNCTIONS,
    leaves={**python.LANGUAGE.leaves, "pi": "np.pi", "e": "np.e", "inf": "np.inf", "undefined": "np.nan"},
    power="{0}**{1}",
    choice="np.where({1}, {0}, {2})",
    choice_binds=ATOM,
    logic=pythons.BITWISE,
    formulas={"softplus": "logaddexp(x, 0)"},
    constant="np.full_like({1}, {0})",
    raises=False,
)
