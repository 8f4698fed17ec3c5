r"""How books write the special functions, in LaTeX (the letters of the DLMF)."""

from __future__ import annotations

# Before the arguments.
HEADS = {
    "gamma": r"\Gamma",
    "uppergamma": r"\Gamma",
    "lowergamma": r"\gamma",
    "gammainc": "P",
    "gammaincc": "Q",
    "digamma": r"\psi",
    "trigamma": r"\psi^{\prime}",
    "beta": r"\mathrm{B}",
    "zeta": r"\zeta",
    "ndtr": r"\Phi",
    "ndtri": r"\Phi^{-1}",
    "log_ndtr": r"\log\Phi",
    "erfinv": r"\operatorname{erf}^{-1}",
    "erfcinv": r"\operatorname{erfc}^{-1}",
    "E1": "E_{1}",
    "Li2": r"\operatorname{Li}_{2}",
    "fresnels": "S",
    "fresnelc": "C",
    "airyai": r"\operatorname{Ai}",
    "airybi": r"\operatorname{Bi}",
    "airyaiprime": r"\operatorname{Ai}^{\prime}",
    "airybiprime": r"\operatorname{Bi}^{\prime}",
    "elliptic_k": "K",
    "elliptic_e": "E",
    "elliptic_einc": "E",
    "elliptic_f": "F",
    "elliptic_pi": r"\Pi",
    "elliptic_piinc": r"\Pi",
    "hyp1f1": "{}_{1}F_{1}",
    "hyp2f1": "{}_{2}F_{1}",
    **{f"{name}{order}": f"{name.upper()}_{{{order}}}" for name in "jyik" for order in (0, 1)},
}

# The first argument, an order or a degree, stands below the letter.
ORDERED = {
    "besselj": "J",
    "bessely": "Y",
    "besseli": "I",
    "besselk": "K",
    "jn": r"\mathsf{j}",
    "yn": r"\mathsf{y}",
    "struveh": r"\mathbf{H}",
    "struvel": r"\mathbf{L}",
    "expint": "E",
    "polylog": r"\operatorname{Li}",
    "legendre": "P",
    "chebyshevt": "T",
    "chebyshevu": "U",
    "hermite": "H",
    "laguerre": "L",
}
