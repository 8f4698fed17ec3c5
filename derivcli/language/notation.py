r"""How books write the special functions, in LaTeX (the letters of the DLMF)."""

from __future__ import annotations

import re

from derivcli.language.symbols import SPELLED

# Letters and their commands: those of four have a name of their own, and omicron has none.
GREEK = {**SPELLED, "ε": "varepsilon", "ς": "varsigma", "φ": "varphi", "ϑ": "vartheta"}
del GREEK["ο"]

# Before the arguments.
HEADS = {
    "gamma": r"\Gamma",
    "uppergamma": r"\Gamma",
    "lowergamma": r"\gamma",
    "gammainc": r"\operatorname{P}",
    "gammaincc": r"\operatorname{Q}",
    "digamma": r"\psi",
    "trigamma": r"\psi^{\prime}",
    "beta": r"\mathrm{B}",
    "zeta": r"\zeta",
    "ndtr": r"\Phi",
    "ndtri": r"\Phi^{-1}",
    "erfinv": r"\operatorname{erf}^{-1}",
    "erfcinv": r"\operatorname{erfc}^{-1}",
    "LambertW": r"\operatorname{W}",
    "E1": r"\operatorname{E}_{1}",
    "Li2": r"\operatorname{Li}_{2}",
    "fresnels": r"\operatorname{S}",
    "fresnelc": r"\operatorname{C}",
    "airyai": r"\operatorname{Ai}",
    "airybi": r"\operatorname{Bi}",
    "airyaiprime": r"\operatorname{Ai}^{\prime}",
    "airybiprime": r"\operatorname{Bi}^{\prime}",
    "elliptic_k": r"\operatorname{K}",
    "elliptic_e": r"\operatorname{E}",
    "elliptic_einc": r"\operatorname{E}",
    "elliptic_f": r"\operatorname{F}",
    "elliptic_pi": r"\Pi",
    "elliptic_piinc": r"\Pi",
    "hyp1f1": "{}_{1}F_{1}",
    "hyp2f1": "{}_{2}F_{1}",
    **{f"{name}{order}": rf"\operatorname{{{name.upper()}}}_{{{order}}}" for name in "jyik" for order in (0, 1)},
}

# The first argument, an order or a degree, stands below the letter.
ORDERED = {
    "besselj": r"\operatorname{J}",
    "bessely": r"\operatorname{Y}",
    "besseli": r"\operatorname{I}",
    "besselk": r"\operatorname{K}",
    "jn": r"\operatorname{\mathsf{j}}",
    "yn": r"\operatorname{\mathsf{y}}",
    "struveh": r"\operatorname{\mathbf{H}}",
    "struvel": r"\operatorname{\mathbf{L}}",
    "expint": r"\operatorname{E}",
    "polylog": r"\operatorname{Li}",
    "legendre": r"\operatorname{P}",
    "chebyshevt": r"\operatorname{T}",
    "chebyshevu": r"\operatorname{U}",
    "hermite": r"\operatorname{H}",
    "laguerre": r"\operatorname{L}",
}

# How the letters of these tables are read: a letter of two functions means the first.
_LETTER = re.compile(r"\\(?:operatorname|mathsf|mathbf)\{(?:\\(math..)\{)?(\w)\}+")


def _by_letter(table: dict[str, str]) -> dict[str, str]:
    found = ((match, name) for name, head in reversed(table.items()) if (match := _LETTER.fullmatch(head)))
    return {f"bold {match[2]}" if match[1] == "mathbf" else match[2]: name for match, name in found}


FUNCTIONS = _by_letter(HEADS)
FUNCTIONS_BY_ORDER = _by_letter(ORDERED)
