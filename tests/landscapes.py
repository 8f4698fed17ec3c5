"""Test functions of optimisation as they stand in books (Jamil and Yang, arXiv:1308.4008), in mpmath and as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mpmath import cos, e, exp, mpf, pi, sin, sqrt

if TYPE_CHECKING:
    from collections.abc import Callable


class Landscape(NamedTuple):
    """A function of x and y, and two points at which it is smooth."""

    text: str
    function: Callable[[Any, Any], Any]
    points: tuple[tuple[str, str], tuple[str, str]]


LANDSCAPES = {
    "Rosenbrock": Landscape(
        "(1-x)^2+100*(y-x^2)^2", lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2, (("1", "1"), ("-1.2", "1"))
    ),
    "Himmelblau": Landscape(
        "(x^2+y-11)^2+(x+y^2-7)^2",
        lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
        (("3", "2"), ("-0.27", "-0.92")),
    ),
    "Booth": Landscape(
        "(x+2y-7)^2+(2x+y-5)^2", lambda x, y: (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2, (("1", "3"), ("-4", "0.5"))
    ),
    "Beale": Landscape(
        "(1.5-x+x*y)^2+(2.25-x+x*y^2)^2+(2.625-x+x*y^3)^2",
        lambda x, y: (
            (mpf("1.5") - x + x * y) ** 2 + (mpf("2.25") - x + x * y**2) ** 2 + (mpf("2.625") - x + x * y**3) ** 2
        ),
        (("3", "0.5"), ("1", "-1.5")),
    ),
    "Goldstein-Price": Landscape(
        "(1+(x+y+1)^2*(19-14x+3x^2-14y+6x*y+3y^2))*(30+(2x-3y)^2*(18-32x+12x^2+48y-36x*y+27y^2))",
        lambda x, y: (
            (1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2))
            * (30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2))
        ),
        (("0", "-1"), ("1.3", "0.7")),
    ),
    "McCormick": Landscape(
        "sin(x+y)+(x-y)^2-1.5x+2.5y+1",
        lambda x, y: sin(x + y) + (x - y) ** 2 - mpf("1.5") * x + mpf("2.5") * y + 1,
        (("-0.5472", "-1.5472"), ("2", "1")),
    ),
    "Ackley": Landscape(
        "-20*exp(-0.2*sqrt((x^2+y^2)/2))-exp((cos(2pi*x)+cos(2pi*y))/2)+e+20",
        lambda x, y: -20 * exp(-sqrt((x**2 + y**2) / 2) / 5) - exp((cos(2 * pi * x) + cos(2 * pi * y)) / 2) + e + 20,
        (("1", "0.5"), ("-2.25", "0.1")),
    ),
    "Rastrigin": Landscape(
        "20+x^2-10cos(2pi*x)+y^2-10cos(2pi*y)",
        lambda x, y: 20 + x**2 - 10 * cos(2 * pi * x) + y**2 - 10 * cos(2 * pi * y),
        (("0", "0"), ("1.1", "-0.3")),
    ),
    "Styblinski-Tang": Landscape(
        "(x^4-16x^2+5x+y^4-16y^2+5y)/2",
        lambda x, y: (x**4 - 16 * x**2 + 5 * x + y**4 - 16 * y**2 + 5 * y) / 2,
        (("-2.9", "-2.9"), ("1", "3")),
    ),
    "Easom": Landscape(
        "-cos(x)*cos(y)*exp(-((x-pi)^2+(y-pi)^2))",
        lambda x, y: -cos(x) * cos(y) * exp(-((x - pi) ** 2 + (y - pi) ** 2)),
        (("3", "3.5"), ("1", "5")),
    ),
    "Matyas": Landscape(
        "0.26*(x^2+y^2)-0.48*x*y",
        lambda x, y: mpf("0.26") * (x**2 + y**2) - mpf("0.48") * x * y,
        (("0", "0"), ("-7", "2.5")),
    ),
    "three-hump camel": Landscape(
        "2x^2-1.05x^4+x^6/6+x*y+y^2",
        lambda x, y: 2 * x**2 - mpf("1.05") * x**4 + x**6 / 6 + x * y + y**2,
        (("0", "0"), ("1.5", "-0.5")),
    ),
    "six-hump camel": Landscape(
        "(4-2.1x^2+x^4/3)*x^2+x*y+(-4+4y^2)*y^2",
        lambda x, y: (4 - mpf("2.1") * x**2 + x**4 / 3) * x**2 + x * y + (-4 + 4 * y**2) * y**2,
        (("0.0898", "-0.7126"), ("-1.6", "0.6")),
    ),
    "Levy 13": Landscape(
        "sin(3pi*x)^2+(x-1)^2*(1+sin(3pi*y)^2)+(y-1)^2*(1+sin(2pi*y)^2)",
        lambda x, y: (
            sin(3 * pi * x) ** 2 + (x - 1) ** 2 * (1 + sin(3 * pi * y) ** 2) + (y - 1) ** 2 * (1 + sin(2 * pi * y) ** 2)
        ),
        (("1.2", "0.7"), ("-0.4", "2")),
    ),
    "Griewank": Landscape(
        "1+(x^2+y^2)/4000-cos(x)*cos(y/sqrt(2))",
        lambda x, y: 1 + (x**2 + y**2) / 4000 - cos(x) * cos(y / sqrt(2)),
        (("0", "0"), ("10", "-20")),
    ),
    "Schaffer 2": Landscape(
        "0.5+(sin(x^2-y^2)^2-0.5)/(1+0.001*(x^2+y^2))^2",
        lambda x, y: mpf("0.5") + (sin(x**2 - y**2) ** 2 - mpf("0.5")) / (1 + (x**2 + y**2) / 1000) ** 2,
        (("0.3", "-0.8"), ("2", "1.5")),
    ),
    "drop-wave": Landscape(
        "-(1+cos(12*sqrt(x^2+y^2)))/((x^2+y^2)/2+2)",
        lambda x, y: -(1 + cos(12 * sqrt(x**2 + y**2))) / ((x**2 + y**2) / 2 + 2),
        (("0.3", "0.4"), ("-1", "2")),
    ),
    "Branin": Landscape(
        "(y-5.1/(4pi^2)*x^2+5/pi*x-6)^2+10*(1-1/(8pi))*cos(x)+10",
        lambda x, y: (
            (y - mpf("5.1") / (4 * pi**2) * x**2 + 5 / pi * x - 6) ** 2 + 10 * (1 - 1 / (8 * pi)) * cos(x) + 10
        ),
        (("9.42", "2.47"), ("-3", "12")),
    ),
}
