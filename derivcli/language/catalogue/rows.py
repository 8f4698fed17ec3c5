"""What a row of the catalogue is, and short ways to write one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Function:
    """A row of the catalogue.

    `sympy` and `mpmath` name the function in that library; the module `<library>_functions` is searched first. For
    torch a row gives one of two names: `torch`, a function that carries its own gradient, or `values`, one that does
    not (in `float_values` or `scipy.special`): its gradient is made of `partials`. Where a name is missing, the library
    takes the `definition`, a formula of the language in the `parameters`.

    `partials` are formulas of the partial derivatives; None stands for one without a closed form. Without them they
    are derived from the definition. `defaults` are the values of the last parameters, which may be left out.
    `longer` names the row that a call with one more argument means; `literal` a parameter that must be a whole number,
    typed as such. A function that is `written_out` is replaced when a program is made and needs no other column.
    `most` is None for any number of arguments. `inverse` is what `f^-1(x)` means.
    """

    name: str
    help: str
    aliases: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ("x",)
    least: int = 1
    most: int | None = 1
    domain: str = "all real x"
    convention: str = ""
    smooth: bool = True
    sympy: str | None = None
    torch: str | None = None
    values: str | None = None
    mpmath: str | None = None
    definition: str | None = None
    partials: tuple[str | None, ...] = ()
    defaults: tuple[str, ...] = ()
    longer: str | None = None
    literal: str | None = None
    written_out: bool = False
    inverse: str | None = None


def library(name: str, help_text: str, **columns: Any) -> Function:
    """Return a row for a function that all three libraries call by the same name."""
    return Function(name, help_text, **{"sympy": name, "torch": name, "mpmath": name, **columns})


def formula(name: str, help_text: str, definition: str, **columns: Any) -> Function:
    """Return a row for a function that is a formula."""
    return of(name, help_text, definition=definition, **columns)


def special(name: str, help_text: str, values: str, *partials: str | None, **columns: Any) -> Function:
    """Return a row for a function whose values come without a gradient."""
    return of(name, help_text, values=values, partials=partials, **{"mpmath": name, **columns})


def of(name: str, help_text: str, **columns: Any) -> Function:
    """Return a row; it takes as many arguments as it has parameters, less those with a default."""
    count = len(columns.get("parameters", ("x",)))
    arity = {"least": count - len(columns.get("defaults", ())), "most": count + ("longer" in columns)}
    return Function(name, help_text, **{**arity, **columns})
