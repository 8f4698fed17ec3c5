"""Bessel functions and their kin."""

from __future__ import annotations

from derivcli.language.catalogue.rows import Function, formula, special

_ORDER = ("n", "x")
_SPHERICAL = "where(n == 0, -{0}(1, x), (n*{0}(n - 1, x) - (n + 1)*{0}(n + 1, x))/(2*n + 1))"


def _fixed(name: str, help_text: str, definition: str, slope: str, alias: str, **columns: str) -> Function:
    """Return a row for a Bessel function of a fixed order; `alias` is torch's name."""
    return special(name, help_text, name, slope, definition=definition, aliases=(alias,), **columns)


# fmt: off
BESSEL = (
    special("besselj", "Bessel function of the first kind of order n", "jv", None,
            "(besselj(n - 1, x) - besselj(n + 1, x))/2", sympy=True, parameters=_ORDER,
            aliases=("jv", "BesselJ"), domain="x > 0 or n == floor(n) or x == 0 and n > 0"),
    special("bessely", "Bessel function of the second kind of order n", "yv", None,
            "(bessely(n - 1, x) - bessely(n + 1, x))/2", sympy=True, parameters=_ORDER,
            aliases=("yv", "BesselY"), domain="x > 0"),
    special("besseli", "modified Bessel function of the first kind", "iv", None,
            "(besseli(n - 1, x) + besseli(n + 1, x))/2", sympy=True, parameters=_ORDER,
            aliases=("iv", "BesselI"), domain="x > 0 or n == floor(n) or x == 0 and n > 0"),
    special("besselk", "modified Bessel function of the second kind", "kv", None,
            "-(besselk(n - 1, x) + besselk(n + 1, x))/2", sympy=True, parameters=_ORDER,
            aliases=("kv", "BesselK"), domain="x > 0"),
    _fixed("j0", "besselj(0, x)", "besselj(0, x)", "-j1(x)", "bessel_j0"),
    _fixed("j1", "besselj(1, x)", "besselj(1, x)", "(j0(x) - besselj(2, x))/2", "bessel_j1"),
    _fixed("y0", "bessely(0, x)", "bessely(0, x)", "-y1(x)", "bessel_y0", domain="x > 0"),
    _fixed("y1", "bessely(1, x)", "bessely(1, x)", "(y0(x) - bessely(2, x))/2", "bessel_y1", domain="x > 0"),
    _fixed("i0", "besseli(0, x)", "besseli(0, x)", "i1(x)", "modified_bessel_i0"),
    _fixed("i1", "besseli(1, x)", "besseli(1, x)", "(i0(x) + besseli(2, x))/2", "modified_bessel_i1"),
    _fixed("k0", "besselk(0, x)", "besselk(0, x)", "-k1(x)", "modified_bessel_k0", domain="x > 0"),
    _fixed("k1", "besselk(1, x)", "besselk(1, x)", "-(k0(x) + besselk(2, x))/2", "modified_bessel_k1",
           domain="x > 0"),
    formula("i0e", "exp(-abs(x))*i0(x) without overflow", "exp(-abs(x))*besseli(0, x)", values="i0e",
            aliases=("scaled_i0",), smooth=False, partials=("i1e(x) - sign(x)*i0e(x)",)),
    formula("i1e", "exp(-abs(x))*i1(x) without overflow", "exp(-abs(x))*besseli(1, x)", values="i1e",
            aliases=("scaled_i1",),
            partials=("where(x == 0, 1/2, i0e(x) - i1e(x)*(sign(x) + 1/x))",)),
    formula("k0e", "exp(x)*k0(x) without overflow", "exp(x)*besselk(0, x)", values="k0e",
            aliases=("scaled_modified_bessel_k0",), domain="x > 0", partials=("k0e(x) - k1e(x)",)),
    formula("k1e", "exp(x)*k1(x) without overflow", "exp(x)*besselk(1, x)", values="k1e",
            aliases=("scaled_modified_bessel_k1",), domain="x > 0",
            partials=("k1e(x) - k0e(x) - k1e(x)/x",)),
    special("jn", "spherical Bessel function of the first kind", "spherical_jn", None, _SPHERICAL.format("jn"),
            parameters=_ORDER, aliases=("spherical_jn",), domain="n >= 0 and n == floor(n)",
            convention="spherical, as in sympy; besselj(n, x) is the other one"),
    special("yn", "spherical Bessel function of the second kind", "spherical_yn", None, _SPHERICAL.format("yn"),
            parameters=_ORDER, aliases=("spherical_yn",), domain="n >= 0 and n == floor(n) and x != 0",
            convention="spherical, as in sympy; bessely(n, x) is the other one"),
    special("airyai", "Airy function Ai", "airyai", "airyaiprime(x)", sympy=True, aliases=("Ai", "airy_ai")),
    special("airybi", "Airy function Bi", "airybi", "airybiprime(x)", sympy=True, aliases=("Bi",)),
    special("airyaiprime", "derivative of Ai", "airyaiprime", "x*airyai(x)", sympy=True),
    special("airybiprime", "derivative of Bi", "airybiprime", "x*airybi(x)", sympy=True),
    special("struveh", "Struve function H of order n", "struve", None,
            "(struveh(n - 1, x) - struveh(n + 1, x) + (x/2)^n/(sqrt(pi)*gamma(n + 3/2)))/2", parameters=_ORDER,
            aliases=("struve", "StruveH"), domain="x > 0 or x < 0 and n == floor(n) or x == 0 and n >= -1"),
    special("struvel", "modified Struve function L of order n", "modstruve", None,
            "(struvel(n - 1, x) + struvel(n + 1, x) + (x/2)^n/(sqrt(pi)*gamma(n + 3/2)))/2", parameters=_ORDER,
            aliases=("modstruve", "StruveL"), domain="x > 0 or x < 0 and n == floor(n) or x == 0 and n >= -1"),
)
# fmt: on
