"""torch, as plain functions of tensors, of which each operation is differentiable."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivcli.exports.language import named
from derivcli.exports.languages import numpy, python, pythons

if TYPE_CHECKING:
    from derivcli.exports.language import CodeFile

_NAMES = """
    sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh exp exp2 expm1 log log2 log10 log1p sqrt rsqrt
    hypot logaddexp floor ceil trunc round fmod sign abs square erf erfc erfinv sigmoid relu digamma logit deg2rad
    rad2deg max:maximum min:minimum mod:remainder sincpi:sinc loggamma:lgamma polygamma
"""
# Not ndtr, of which torch has no right digit at -8: erfc has them all.
_SPECIAL = "erfcx log_ndtr ndtri xlogy xlog1py entr i0 i0e i1 i1e gammainc gammaincc"
_FUNCTIONS = {
    **named(_NAMES, "torch.{}"),
    **named(_SPECIAL, "torch.special.{}"),
}
# In the type in which the witnesses' numbers are right.
POINT = "point = torch.tensor(point, dtype=torch.float64).unbind()"


def _write(sheet: CodeFile) -> str:
    tested = pythons.check(sheet, [POINT, *pythons.flat(sheet)])
    return pythons.page(sheet, imports(sheet), pythons.functions(sheet), tested)


def imports(sheet: CodeFile) -> list[str]:
    """Return the imports: math only where a constant of it is used."""
    bodies = [*sheet.bodies.values(), *(helper.body for helper in sheet.helpers)]
    texts = [text for body in bodies for text in (*body.results, *(step.text for step in body.steps))]
    return ["import math", "", "import torch"] if any("math." in text for text in texts) else ["import torch"]


LANGUAGE = replace(
    numpy.LANGUAGE,
    name="torch",
    write=_write,
    functions=_FUNCTIONS,
    leaves=python.LANGUAGE.leaves,
    choice="torch.where({1}, {0}, {2})",
    constant="torch.full_like({1}, {0})",
    leaks=True,
    is_strict=True,
)
