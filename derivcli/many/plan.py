"""A question about many points, read: which columns it needs, and the programs of f and of its derivatives."""

from __future__ import annotations

import math
import re
import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derivcli.calculator import conclude
from derivcli.cases import Case, due, read
from derivcli.errors import PointError, UsageError
from derivcli.hints import At, Hint
from derivcli.language import question
from derivcli.language.diagnostics import visible
from derivcli.language.lowering import compile_tree
from derivcli.model import Implicit, Status
from derivcli.model.choices import Form, Verify
from derivcli.model.option import clash, why_not
from derivcli.model.options import find, given
from derivcli.model.rows import Outline
from derivcli.testimony import hear
from derivcli.witnesses.constants import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.language.program import Program
    from derivcli.model import Request
    from derivcli.model.rows import Source
    from derivcli.testimony import Testimony
    from derivcli.witnesses.evidence import Wrt
    from derivcli.witnesses.replies import SymbolicDerivative

_PLACEHOLDER = "1"
_MOST_NAMED = 12  # columns in a message: two lines of a terminal
_IN_QUOTES = re.compile(r'["$`\\!]')  # what a shell reads inside of double quotes


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done with every row.

    `case` is the question as it is asked about a single point. `program` is f and `forms` are its derivatives, as sympy
    has them, None for one that has no closed form. `columns` are the variables that the source gives. With `one_by_one`
    the rows are answered one after the other, as single points are: for derivatives that are not first partial ones.
    `loose` are the constants that float64 makes 0 of, or an integer, although they are none: with no bound on their
    errors.
    """

    request: Request
    verify: Verify
    outline: Outline
    case: Case
    program: Program
    forms: tuple[Program | None, ...]
    columns: tuple[str, ...]
    loose: Mapping[str, float]
    one_by_one: bool = False


def plan(request: Request, source: Source, verify: Verify = Verify.AUTO) -> Plan:
    """Read a request about the points of a source; its `at` holds the variables that have one value for all.

    Raises as `calculate` does, `UsageError` for what takes a single point, and `PointError` for a variable that
    neither the source nor `at` gives.
    """
    for option in (option for option in given(request) if option.one_point):
        raise UsageError(f"{option.flag} takes one point", hint="give a single value to each variable")
    if verify is Verify.OFF and _is_one_by_one(request):
        raise UsageError(why_not(find("verify"), verify), hint="other derivatives are checked row by row")
    constants = dict(request.at or {})
    names = _variables(request, source, constants)
    columns = tuple(name for name in source.header if name in names or source.form is Form.GRID)
    case = read(replace(request, at={**dict.fromkeys(columns, _PLACEHOLDER), **constants}), due(request))
    for name in case.asked.held:
        raise UsageError(
            f"--wrt {name} takes one point: {name} is a part of the expression",
            hint="give a single value to each variable",
        )
    request = replace(case.request, at=request.at)  # with what a notation such as `d/dx` asks for
    formulas = case.elsewhere(())
    seen = hear(formulas)
    fixed = {name: tree for name, tree in question.read_point(constants).items() if name in names}
    values, rough = nearest({name: compile_tree(tree) for name, tree in fixed.items()}, case.deadline)
    known = tuple(_known(wrt, seen) for wrt in case.sent.wrt)
    return Plan(
        request=request,
        verify=verify,
        outline=_outline(formulas, seen, source, values),
        case=case.knowing(known),
        program=seen.torch.program or case.sent.program,
        forms=tuple(formula.program for formula in known),
        columns=columns,
        loose=dict.fromkeys(rough, math.inf),
        one_by_one=_is_one_by_one(request),
    )


def _known(wrt: Wrt, seen: Testimony) -> SymbolicDerivative:
    """Return a formula without its values at points; one that has not come in time is not asked for at every row."""
    from derivcli.witnesses.replies import SymbolicDerivative

    found = seen.formulas.get(wrt, SymbolicDerivative(wrt, None, outgrown=False, values=(), nearby=()))
    return replace(found, values=(), nearby=())


def _variables(request: Request, source: Source, constants: Mapping[str, str]) -> tuple[str, ...]:
    """Return the variables of the expression; raises `PointError` for one that has two values, or none."""
    names = variables(request, frozenset(source.header))
    for name in (name for name in constants if name in source.header):
        raise PointError(
            f"`{name}` has both a column and a value", hint=f"leave out the value of `{name}`, or its column"
        )
    for name in (name for name in names if name not in {*source.header, *constants}):
        columns = ", ".join(column.strip() or "one without a name" for column in source.header[:_MOST_NAMED])
        raise PointError(
            f"`{name}` has neither a column nor a value",
            hint=_renaming(name, source.header)
            or Hint(f"the columns are {columns}; ", At(f"{name}=..."), " is for all rows"),
        )
    return names


def _renaming(variable: str, header: Sequence[str]) -> str | None:
    """Return how the column is renamed that is a variable with something behind it, such as `x (m)`, or a capital."""
    meant = re.compile(rf"{re.escape(variable)}(?!\w)", re.IGNORECASE)
    column = next((column.strip() for column in header if meant.match(column.strip())), None)
    if column is None:
        return None
    said = visible(f"{column}={variable}")
    quoted = shlex.quote(said) if _IN_QUOTES.search(said) else f'"{said}"'
    return f"add --rename {quoted}"


def variables(request: Request, columns: frozenset[str]) -> tuple[str, ...]:
    """Return the variables of an expression, where these names and those of a request have values."""
    given = columns.union(request.at or (), request.wrt or ())
    return question.variables_of((request.expression,), given, equations=request.implicit is not None, at_point=True)


def _is_one_by_one(request: Request) -> bool:
    return clash(find("verify"), given(request)) is not None


def _outline(case: Case, seen: Testimony, source: Source, values: Mapping[str, float]) -> Outline:
    implicit = None if case.request.implicit is None else Implicit(case.request.implicit)
    known = replace(conclude(case, seen), status=Status.AGREE, implicit=implicit, limit_reached=None, definitions=None)
    constants = {name: (case.request.at or {})[name] for name in values}
    return Outline(known, source.form, source.header, constants, values)
