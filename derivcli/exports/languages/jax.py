"""jax.numpy, with jax.scipy.special; what it computes it can differentiate, batch and compile."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivcli.exports.language import named
from derivcli.exports.languages import numpy, pythons

if TYPE_CHECKING:
    from derivcli.exports.language import CodeFile

# Not beta, of which jax has seven digits.
_SPECIAL = """
    erf erfc erfinv gamma loggamma:gammaln digamma polygamma betainc gammainc gammaincc ndtr log_ndtr ndtri
    sigmoid:expit logit xlogy xlog1py entr i0 i0e i1 i1e Ei:expi E1:exp1
"""
_NUMPY = {op: f"j{name}" for op, name in numpy.LANGUAGE.functions.items() if name.startswith("np.")}
_FUNCTIONS = {
    **_NUMPY,
    **named(_SPECIAL, "special.{}"),
}


def _write(sheet: CodeFile) -> str:
    made = pythons.functions(sheet)
    uses_special = any("special." in line for lines in made for line in lines)
    imports = ["import jax", "import jax.numpy as jnp", *(["from jax.scipy import special"] if uses_special else [])]
    first, *tested = pythons.check(sheet, ["point = [jnp.asarray(value) for value in point]", *pythons.flat(sheet)])
    return pythons.page(sheet, imports, made, [first, '    jax.config.update("jax_enable_x64", True)', *tested])


LANGUAGE = replace(
    numpy.LANGUAGE,
    name="jax",
    write=_write,
    functions=_FUNCTIONS,
    leaves={**numpy.LANGUAGE.leaves, "pi": "jnp.pi", "e": "jnp.e", "inf": "jnp.inf", "undefined": "jnp.nan"},
    choice="jnp.where({1}, {0}, {2})",
    constant="jnp.full_like({1}, {0})",
    leaks=True,
)
