"""The parts of f as they were typed, so that a derivative is shown in them, not in what sympy makes of them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sympy import cos, sin

from derivcli.language.lowering import inline
from derivcli.language.program import Builder, Instruction, Program
from derivcli.witnesses.tidy.trees import Counted, TreeReader, extend

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from derivcli.witnesses.reading import SympyReader

_MOST_READ = 100  # parts of f that are shown as they were typed, each of which is read anew
_SLOPES = {"sin": ("cos", cos), "cos": ("sin", sin)}  # but for the sign


def parts_as_typed(
    function: Program, found: Sequence[Any], new_reader: Callable[[Builder], SympyReader]
) -> dict[Any, Program]:
    """Return parts of f by what sympy makes of them (`found`, instruction by instruction), if they are no longer.

    It makes x/2 - 1/2 of (x - 1)/2. A reader reads what it makes.
    """
    parts: dict[Any, Program] = {}
    plain, typed = TreeReader(new_reader), list[Counted]()
    extend(typed, function.instructions[:_MOST_READ])
    for index, form in enumerate(found[:_MOST_READ]):
        if form in parts or not (form.is_Add or form.is_Mul) or form.is_number:
            continue
        with suppress(KeyError):
            if typed[index][1] <= plain.read(form)[1]:
                parts[form] = function.part(index)
    slopes = (_slope(instruction, function, found) for instruction in function.instructions[:_MOST_READ])
    return parts | dict(filter(None, slopes))


def _slope(instruction: Instruction, function: Program, found: Sequence[Any]) -> tuple[Any, Program] | None:
    """Return what sympy makes of the slope of a sine or cosine, with the slope as people write it.

    It makes sin(x + pi/4) of cos(x - pi/4), which is the slope of sin(x - pi/4).
    """
    if instruction.op not in _SLOPES:
        return None
    slope, as_sympy = _SLOPES[instruction.op]
    form = as_sympy(found[instruction.args[0]])
    if isinstance(form, as_sympy) or not isinstance(form, (sin, cos)):
        return None
    builder = Builder()
    argument = inline(builder, function.part(instruction.args[0]), lambda _: True, {})
    return form, builder.build(builder.add(slope, argument))
