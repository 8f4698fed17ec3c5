"""Several functions of the same variables, and their Jacobian."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivcli.calculator import conclude
from derivcli.cases import Case, due, read
from derivcli.errors import UsageError
from derivcli.language import question
from derivcli.model import Jacobian, System, worst
from derivcli.testimony import hear
from derivcli.witnesses import client

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.model import Request, Result
    from derivcli.testimony import Testimony


def calculate_system(expressions: Sequence[str], request: Request) -> System:
    """Answer a request for each of several expressions, which share variables and time; its own does not count.

    Raises as `calculate` does.
    """
    if request.implicit is not None:
        raise UsageError("--implicit takes one equation at a time", hint="ask for each equation in a call of its own")
    deadline = due(request)
    client.start()
    names = question.variables_of(expressions, frozenset(request.at or ()), at_point=request.at is not None)
    cases = [_read(replace(request, expression=text, beside=names), deadline) for text in expressions]
    if any(case.asked.notation for case in cases):
        raise UsageError("a derivative is asked for in one of several expressions", hint="give the expressions alone")
    heard = [hear(case) for case in cases]
    if request.at is not None and request.along is None:
        heard = _with_jacobian(cases[0], heard)
    results = tuple(conclude(case, seen) for case, seen in zip(cases, heard, strict=True))
    return System(results, _jacobian(cases[0], results), worst([result.status for result in results]))


def _read(request: Request, deadline: float) -> Case:
    """Read one of the expressions; a part of it has no place among the variables that they share."""
    case = read(request, deadline)
    for name in case.asked.held:
        raise UsageError(
            f"--wrt {name} takes one expression: {name} is a part of it", hint="ask for each expression by itself"
        )
    return case


def _with_jacobian(case: Case, heard: list[Testimony]) -> list[Testimony]:
    """Let torch.func give all first derivatives at once, in the place of those that were taken one function a time."""
    from derivcli.witnesses import autograd

    names = [wrt[0] for wrt in case.sent.wrt if len(wrt) == 1]
    programs = [seen.torch.program for seen in heard if seen.torch.program is not None]
    if not names or len(programs) < len(heard):
        return heard
    try:
        rows = autograd.jacobian(programs, heard[0].torch.coordinates[0], names)
    except autograd.NoClosedFormError:
        return heard
    wrt = [(name,) for name in names]
    return [seen.with_slopes(dict(zip(wrt, row, strict=True))) for seen, row in zip(heard, rows, strict=True)]


def _jacobian(case: Case, results: Sequence[Result]) -> Jacobian | None:
    """Return the matrix of the answers; None without a point, or where no first derivatives were asked for."""
    names = tuple(wrt[0] for wrt in case.sent.wrt if len(wrt) == 1)
    if case.asked.point is None or case.direction is not None or not names:
        return None
    rows = [{d.wrt: d.answer for d in result.derivatives} for result in results]
    return Jacobian(names, tuple(tuple(row[(name,)] for name in names) for row in rows))
