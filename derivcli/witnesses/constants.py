"""Constants that were typed -> float64: by torch, and where it matters by the worker, with many digits."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from derivcli import parts
from derivcli.errors import PointError
from derivcli.language.numbers import exact
from derivcli.language.program import FLOAT
from derivcli.language.tree import NUMBER
from derivcli.witnesses import client

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.language.program import Program


def checked(point: Mapping[str, float | None]) -> dict[str, float]:
    """Return a point all of whose coordinates are finite; raises `PointError` for another one."""
    finite = {}
    for name, coordinate in point.items():
        if coordinate is None:
            raise PointError(f"the value of `{name}` is not a real number")
        if abs(coordinate) == float("inf"):
            raise PointError(f"the value of `{name}` is too large for float64")
        finite[name] = coordinate
    return finite


def evaluated(point: Mapping[str, Program]) -> dict[str, float]:
    """Return constants as float64; raises `PointError` for one that is no real number, or too large."""
    parts.check_torch()
    programs = {id(program): program for program in point.values()}  # many variables may have one value
    numbers = {key: _evaluated(program) for key, program in programs.items()}
    real = {key: number if _is_real(number, programs[key]) else None for key, number in numbers.items()}
    return checked({name: real[id(program)] for name, program in point.items()})


def _evaluated(constant: Program) -> float:
    """Return a constant as float64; a literal needs no torch, which takes a second to load."""
    literal = constant.literal
    if literal is not None:
        return float(literal)
    parts.load("torch")
    from derivcli.witnesses import autograd

    return autograd.partials(constant, {}, ())[0]


def _is_real(number: float, program: Program) -> bool:
    """Tell whether a constant has a value; an infinity that is still computed is a division by zero."""
    return math.isfinite(number) or (math.isinf(number) and len(program.instructions) == 1)


def nearest(programs: Mapping[str, Program], deadline: float) -> tuple[dict[str, float], frozenset[str]]:
    """Return constants as the float64 nearest to them, and which of them only round to an integer, or to 0.

    The worker computes them with many digits; raises as `evaluated` does.
    """
    folded = {name: _folded(program, deadline) for name, program in programs.items()}
    numbers = evaluated(folded)
    whole = {name: number for name, number in numbers.items() if number.is_integer()}
    return numbers, frozenset(name for name, number in whole.items() if not _is_exactly(folded[name], number))


def _folded(program: Program, deadline: float) -> Program:
    """Return a constant as one float64 where it can be; a literal is left as it is, without asking."""
    if program.instructions[-1].op == NUMBER or time.monotonic() >= deadline:
        return program
    from derivcli.witnesses.protocol import EvidenceRequest
    from derivcli.witnesses.replies import Programs

    with client.ask(EvidenceRequest(program), deadline) as conversation:
        parts.load("torch")  # while the worker imports sympy: `evaluated` needs it
        for reply in conversation.replies():
            program = reply.program if isinstance(reply, Programs) else program
    return program


def _is_exactly(constant: Program, number: float) -> bool:
    op, _, text = constant.instructions[-1]
    return op == FLOAT or (op == NUMBER and exact(text) == number)
