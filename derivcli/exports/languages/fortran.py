"""Fortran 2008: a module of pure functions."""

from __future__ import annotations

import textwrap
from itertools import product
from typing import TYPE_CHECKING

from derivcli.exports.language import ATOM, Language, named
from derivcli.exports.languages import curly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.exports.language import Body, CodeFile

_NAMES = """
    sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh exp log log10 sqrt hypot abs trunc:aint
    mod:modulo fmod:mod erf erfc erfcx:erfc_scaled gamma loggamma:log_gamma j0:bessel_j0 j1:bessel_j1 y0:bessel_y0
    y1:bessel_y1
"""
_RESERVED = """
    dp int64 nan infinity value slopes matrix derivative int real max min sign floor ceiling nint anint
    merge contains implicit none module use only kind pure function result end parameter public private
    intent in
"""
_WIDTH = 100  # columns; a line may have 132
# By their bits in IEEE 754: no constant expression of the language has them as values.
_CONSTANTS = {
    "infinity": "transfer(9218868437227405312_int64, 1.0_dp)",
    "nan": "transfer(9221120237041090560_int64, 1.0_dp)",
}


def _write(sheet: CodeFile) -> str:
    count = len(sheet.wrt)
    gradient = sheet.bodies["gradient"]
    slopes = [f"slopes({k}) = {text}" for k, text in enumerate(gradient.results, 1)]
    made = [_function(h.name, h.parameters, h.body, "value", [f"value = {h.body.results[0]}"]) for h in sheet.helpers]
    f = sheet.bodies["f"]
    made.append(_function("f", sheet.parameters, f, "value", [f"value = {f.results[0]}"]))
    made.append(_function("gradient", sheet.parameters, gradient, f"slopes({count})", slopes))
    if sheet.rows:
        places = product(range(1, count + 1), repeat=2)
        texts = zip(places, sheet.bodies["hessian"].results, strict=True)
        rows = [f"matrix({row}, {column}) = {text}" for (row, column), text in texts]
        made.append(_function("hessian", sheet.parameters, sheet.bodies["hessian"], f"matrix({count}, {count})", rows))
    inside = [part for lines in made for line in ("", *(f"  {line}" for line in lines)) for part in _wrapped(line)]
    text = "\n".join(inside)
    constants = [f"  real(dp), parameter :: {name} = {value}" for name, value in _CONSTANTS.items() if name in text]
    head = [
        "module derivative",
        f"  use, intrinsic :: iso_fortran_env, only: dp => real64{', int64' if constants else ''}",
        "  implicit none",
        *constants,
        "",
        "contains",
    ]
    return curly.page("!", sheet, [*head, *inside, "end module derivative"], [curly.in_comments("!", sheet)])


def _function(name: str, parameters: Sequence[str], body: Body, result: str, returned: Sequence[str]) -> list[str]:
    listed = ", ".join(parameters)
    lines = [f"pure function {name}({listed}) result({result.partition('(')[0]})"]
    lines += [f"  real(dp), intent(in) :: {listed}", f"  real(dp) :: {result}"]
    for kind, is_condition in (("real(dp)", False), ("logical", True)):
        names = [step.name for step in body.steps if step.is_condition == is_condition]
        lines += [f"  {kind} :: {', '.join(names)}"] if names else []
    lines += [f"  {step.name} = {step.text}" for step in body.steps]
    return [*lines, *(f"  {line}" for line in returned), f"end function {name}"]


def _wrapped(line: str) -> list[str]:
    """Cut a line that is too long at blanks; it goes on in the next one."""
    if len(line) <= _WIDTH:
        return [line]
    indent = line[: len(line) - len(line.lstrip())]
    parts = textwrap.wrap(line.strip(), _WIDTH - len(indent) - 6, break_long_words=False, break_on_hyphens=False)
    return [f"{indent}{'    ' if k else ''}{part}{' &' if k < len(parts) - 1 else ''}" for k, part in enumerate(parts)]


LANGUAGE = Language(
    name="fortran",
    write=_write,
    functions=named(_NAMES),
    leaves={
        "pi": "3.141592653589793_dp",
        "e": "2.718281828459045_dp",
        "inf": "infinity",
        "undefined": "nan",
        "true": ".true.",
        "false": ".false.",
    },
    number=lambda value: f"{value!r}_dp",
    whole="{0}**{1}",
    power="{0}**{1}",
    choice="merge({0}, {2}, {1})",
    choice_binds=ATOM,
    logic={"and": " .and. ", "or": " .or. ", "not": ".not. "},
    comparisons={"ne": "/="},
    reserved=frozenset(_RESERVED.split()) | frozenset(word.rpartition(":")[2] for word in _NAMES.split()),
    is_caseless=True,
    longest_name=63,
)
