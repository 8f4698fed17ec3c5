"""The derivatives of functions, as books have them: a row a function, formulas of the language in its parameters.

Where no row stands here the catalogue's own are taken, which keep more digits but are no better to read. From
Abramowitz and Stegun, 4.3.105-110, 4.4.52-57, 4.5.71-76, 4.6.37-42.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from derivcli.language import catalogue
from derivcli.language.parser import parse

if TYPE_CHECKING:
    from derivcli.language.tree import Node

AS_IN_BOOKS: dict[str, tuple[str, ...]] = {
    "tan": ("sec(x)^2",),
    "sec": ("sec(x)*tan(x)",),
    "csc": ("-csc(x)*cot(x)",),
    "cot": ("-csc(x)^2",),
    "asin": ("1/sqrt(1 - x^2)",),
    "acos": ("-1/sqrt(1 - x^2)",),
    "atan": ("1/(x^2 + 1)",),
    "acot": ("-1/(x^2 + 1)",),
    "asec": ("1/(abs(x)*sqrt(x^2 - 1))",),
    "acsc": ("-1/(abs(x)*sqrt(x^2 - 1))",),
    "sech": ("-sech(x)*tanh(x)",),
    "csch": ("-csch(x)*coth(x)",),
    "coth": ("-csch(x)^2",),
    "asinh": ("1/sqrt(x^2 + 1)",),
    "acosh": ("1/sqrt(x^2 - 1)",),
    "atanh": ("1/(1 - x^2)",),
    "acoth": ("1/(1 - x^2)",),
    "asech": ("-1/(x*sqrt(1 - x^2))",),
    "acsch": ("-1/(abs(x)*sqrt(x^2 + 1))",),
    "atan2": ("x/(x^2 + y^2)", "-y/(x^2 + y^2)"),
    "hypot": ("x/sqrt(x^2 + y^2)", "y/sqrt(x^2 + y^2)"),
    "square": ("2*x",),
    "rsqrt": ("-1/(2*x*sqrt(x))",),
    "asind": ("180/(pi*sqrt(1 - x^2))",),
    "acosd": ("-180/(pi*sqrt(1 - x^2))",),
    "exp2": ("2^x*log(2)",),
    "exp10": ("10^x*log(10)",),
    "trigamma": ("polygamma(2, x)",),
    "Li": ("1/log(x)",),
    "Li2": ("-log(1 - x)/x",),
}


@cache
def partials(name: str) -> tuple[Node | None, ...]:
    """Return the derivative by each parameter as a tree, None for one that has no formula; nothing if none is known."""
    row = catalogue.FUNCTIONS[name]
    texts = AS_IN_BOOKS.get(name) or row.partials
    return tuple(None if text is None else parse(text, row.parameters).tree for text in texts)


@cache
def definition(name: str) -> Node | None:
    """Return the formula that a function stands for, if it is one."""
    row = catalogue.FUNCTIONS[name]
    return parse(row.definition, row.parameters).tree if row.definition else None
