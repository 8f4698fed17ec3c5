"""What a row of the catalogue is, and short ways to write one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Function:
    """A row of the catalogue.

    `domain` is a formula that holds where the function has a real value, edges included; empty for everywhere.

    `sympy` tells whether sympy has the function, `torch` whether torch has it with a gradient of its own, both under
    this name (or see the module `<library>_functions`). `values` names a function without a gradient, in `float_values`
    or `scipy.special`: its gradient is made of `partials`. A library without the function takes the `definition`, a
    formula of the language in the `parameters`.

    `partials` are formulas of the partial derivatives; None stands for one without a closed form. Without them they
    are derived from the definition. `defaults` are the values of the last parameters, which may be left out.
    `longer` names the row that a call with one more argument means; `literal` a parameter that must be a whole number,
    typed as such. `most` is None for any number of
    arguments. `inverse` is what `f^-1(x)` means.
    """

    name: str
    help: str
    aliases: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ("x",)
    least: int = 1
    most: int | None = 1
    domain: str = ""
    convention: str = ""
    smooth: bool = True
    sympy: bool = False
    torch: bool = False
    values: str | None = None
    definition: str | None = None
    partials: tuple[str | None, ...] = ()
    defaults: tuple[str, ...] = ()
    longer: str | None = None
    literal: str | None = None
    inverse: str | None = None


def library(name: str, help_text: str, **columns: Any) -> Function:
    """Return a row for a function that sympy and torch call by the same name."""
    return Function(name, help_text, **{"sympy": True, "torch": True, **columns})


def formula(name: str, help_text: str, definition: str, **columns: Any) -> Function:
    """Return a row for a function that is a formula."""
    return of(name, help_text, definition=definition, **columns)


def special(name: str, help_text: str, values: str, *partials: str | None, **columns: Any) -> Function:
    """Return a row for a function whose values come without a gradient."""
    return of(name, help_text, values=values, partials=partials, **columns)


def of(name: str, help_text: str, **columns: Any) -> Function:
    """Return a row; it takes as many arguments as it has parameters, less those with a default."""
    count = len(columns.get("parameters", ("x",)))
    arity = {"least": count - len(columns.get("defaults", ())), "most": count + ("longer" in columns)}
    return Function(name, help_text, **{**arity, **columns})
