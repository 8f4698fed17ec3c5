"""Elliptic integrals in float64 where scipy has none: by Carlson's forms, which it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def _elliptic_f(phi: Any, m: Any) -> Any:
    """Return the incomplete integral of the first kind; for m > 1, where scipy has none, by DLMF 19.25.5."""
    import numpy
    from scipy import special

    sine, cosine, rest = _within_pi_half(phi, m)
    return numpy.where(m > 1, sine * special.elliprf(cosine**2, rest, 1), special.ellipkinc(phi, m))


def _elliptic_einc(phi: Any, m: Any) -> Any:
    """Return the incomplete integral of the second kind; for m > 1, where scipy has none, by DLMF 19.25.9."""
    import numpy
    from scipy import special

    sine, cosine, rest = _within_pi_half(phi, m)
    part = sine * special.elliprf(cosine**2, rest, 1) - m / 3 * sine**3 * special.elliprd(cosine**2, rest, 1)
    return numpy.where(m > 1, part, special.ellipeinc(phi, m))


def _within_pi_half(phi: Any, m: Any) -> tuple[Any, Any, Any]:
    """Return sin(phi), cos(phi) and 1 - m*sin(phi)^2 up to pi/2, nan beyond and where the last is negative."""
    import numpy

    sine = numpy.where(abs(phi) < numpy.pi / 2, numpy.sin(phi), numpy.nan)
    rest = 1 - m * sine**2
    return sine, numpy.cos(phi), numpy.where(rest >= 0, rest, numpy.nan)


def _elliptic_pi(n: Any, m: Any) -> Any:
    """Return the complete integral of the third kind by Carlson's (DLMF 19.25.2)."""
    from scipy import special

    return special.elliprf(0, 1 - m, 1) + n / 3 * special.elliprj(0, 1 - m, 1, 1 - n)


def _elliptic_piinc(n: Any, phi: Any, m: Any) -> Any:
    """Return the incomplete integral of the third kind by Carlson's (DLMF 19.25.14), beyond pi/2 by its period."""
    import numpy
    from scipy import special

    turns = numpy.round(phi / numpy.pi)
    sine, cosine = numpy.sin(phi - turns * numpy.pi), numpy.cos(phi - turns * numpy.pi)
    rest = 1 - m * sine**2
    rf, rj = special.elliprf, special.elliprj
    part = sine * rf(cosine**2, rest, 1) + n / 3 * sine**3 * rj(cosine**2, rest, 1, 1 - n * sine**2)
    return numpy.where(turns == 0, part, part + 2 * turns * _elliptic_pi(n, m))


ELLIPTIC: dict[str, Callable[..., Any]] = {
    "elliptic_f": _elliptic_f,
    "elliptic_einc": _elliptic_einc,
    "elliptic_pi": _elliptic_pi,
    "elliptic_piinc": _elliptic_piinc,
}
