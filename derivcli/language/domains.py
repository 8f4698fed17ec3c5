"""The real domain of a function as a condition that can be evaluated."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from derivcli.language import catalogue
from derivcli.language.lowering import formula

if TYPE_CHECKING:
    from derivcli.language.program import Program

_EVERYWHERE = "all real x"
_WHOLE_N = "n >= 0 and n == floor(n)"
_NO_POLE = "(x > 0 or x != floor(x))"
_SMALL = "abs(phi) < pi/2 and m*sin(phi)^2"
# What a person reads in the catalogue -> the condition, where the one is not the other. Edges may be left out: a point
# outside the condition is only looked at more closely.
_CONDITIONS = {
    "not both 0": "x != 0 or y != 0",
    "x >= 0, or n an odd integer": "(x > 0 and n != 0) or (n % 2 == 1 and (x != 0 or n > 0))",
    "y > 0, or x = 0": "y > 0 or x == 0",
    "y > -1, or x = 0": "y > -1 or x == 0",
    "x not 0, -1, -2, ...": _NO_POLE,
    "x not -1, -2, ...": "x > -1 or x != floor(x)",
    "x not -2, -4, ...": "x > -2 or x != floor(x)",
    "n not -1, -2, ...": "n > -1 or n != floor(n)",
    "x and y not 0, -1, -2, ...": f"{_NO_POLE} and (y > 0 or y != floor(y))",
    "0 <= x <= 1; a, b > 0": "0 <= x <= 1 and a > 0 and b > 0",
    "a > 0, x >= 0": "a > 0 and x >= 0",
    "x > 0, or x = 0 and a > 0": "x > 0",
    "x > 0, or x = 0 and n > 1": "x > 0",
    "x >= 0, x != 1": "x > 0 and x != 1",
    "x >= 0, or n an integer": "x > 0 or n == floor(n)",
    "n = 0, 1, 2, ...": _WHOLE_N,
    "n = 0, 1, 2, ...; x != 0": f"{_WHOLE_N} and x != 0",
    "n = 0, 1, 2, ...; x not 0, -1, -2, ...": f"{_WHOLE_N} and {_NO_POLE}",
    "m*sin(t)^2 < 1 for t up to phi": f"({_SMALL} < 1) or m < 1",
    "m*sin(t)^2 <= 1 for t up to phi": f"({_SMALL} < 1) or m < 1",
    "n*sin(t)^2 < 1 and m*sin(t)^2 < 1 for t up to phi": f"({_SMALL} < 1 and n*sin(phi)^2 < 1) or (m < 1 and n < 1)",
    "n < 1, m < 1": "n < 1 and m < 1",
    "x >= 0, y >= 0": "x >= 0 and y >= 0",
    "s != 1, a > 0": "s != 1 and a > 0",
    "x < 1, or x = 1 and s > 1": "x < 1",
    "x >= -1/e; x < 0 on branch -1": "x > -1/e and (k == 0 or x < 0)",
    "b not 0, -1, -2, ...": "b > 0 or b != floor(b)",
    "x < 1, or a or b = 0, -1, -2, ...; c not 0, -1, -2, ...": "x < 1 and (c > 0 or c != floor(c))",
}


@cache
def domain(name: str) -> Program | None:
    """Return a program that is 1 where a function of the catalogue has a real value, else 0; None for everywhere.

    Near the edge of a domain it may be 0 inside.
    """
    row = catalogue.FUNCTIONS[name]
    if row.domain == _EVERYWHERE:
        return None
    return formula(f"where({_CONDITIONS.get(row.domain, row.domain)}, 1, 0)", row.parameters)
