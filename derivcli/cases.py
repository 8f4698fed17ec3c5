"""Request -> Case: reads the texts of a request, and starts the worker as soon as they have parsed.

So the worker's imports (sympy and FLINT) run while this process imports torch.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derivcli import wording
from derivcli.errors import DerivError, PointError, UsageError
from derivcli.language import question, tree
from derivcli.language.lowering import compile_tree
from derivcli.language.tree import ALONG, UNIT
from derivcli.targets import check, joined, targets
from derivcli.witnesses import client
from derivcli.witnesses.constants import evaluated

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.language.program import Program
    from derivcli.language.question import Point, Question
    from derivcli.language.tree import Node
    from derivcli.model import Request
    from derivcli.witnesses.evidence import Wrt
    from derivcli.witnesses.protocol import EvidenceRequest, ExactPoint
    from derivcli.witnesses.replies import SymbolicDerivative

_LONGEST = 10**6  # seconds
_VALUES = ("0.7", "1.9", "-0.6", "2.3", "0.3", "-1.7", "4.1", "-3.2")
_MOST_EXACT_PARTS = 100  # of an expression that may have short exact values
_SECONDS_TO_OFFER = 2.0  # a hint is not worth a longer wait
_MOST_OFFERED = 4  # places on a curve, those nearest to 0
_MANY = 10  # variables from which on fewer points are tried: each costs time


@dataclass(frozen=True, slots=True)
class Case:
    """A request that has been read: what is `sent` to the worker about it, and when the answer is due.

    f is taken along a line if there is a `direction`. The points `alone` are those that torch alone looks at. It is
    `explained` where a number of torch's that is wrong starts to be so.
    """

    request: Request
    asked: Question
    sent: EvidenceRequest
    deadline: float
    direction: dict[str, float] | None = None
    alone: tuple[ExactPoint, ...] = ()
    explained: bool = True

    @property
    def needs_torch(self) -> bool:
        """False where formulas are wanted that nobody verifies."""
        return self.at_point or self.request.verified

    @property
    def at_point(self) -> bool:
        """False where there are only places to check a formula at."""
        return self.asked.point is not None

    def elsewhere(self, points: Sequence[ExactPoint]) -> Case:
        """Return the case at other points, of which no views are wanted."""
        return replace(self, sent=replace(self.sent, points=tuple(points), exact=(), whole=False, stationary=()))

    def knowing(self, derivatives: Sequence[SymbolicDerivative]) -> Case:
        """Return the case with derivatives that are known, for many points: no exact forms of numbers are wanted."""
        return replace(self, sent=replace(self.sent, known=tuple(derivatives), exact=()))

    def at(self, texts: dict[str, str], point: Point, seconds: float) -> Case:
        """Return the case at a point, which `texts` have as it was typed; the answer is due in so many `seconds`."""
        return replace(
            self,
            asked=replace(self.asked, point=point, texts=texts),
            sent=replace(self.sent, points=(_compiled(point),)),
            deadline=time.monotonic() + min(seconds, _LONGEST),
        )


def due(request: Request) -> float:
    """Return when the answer to a request must be there."""
    return time.monotonic() + min(request.timeout, _LONGEST)


def read(request: Request, deadline: float) -> Case:
    """Read the texts of a request, and start the worker; raises a `DerivError` for what cannot be read."""
    check(request)
    partly = tuple(name for names in request.partial for name in names)
    try:
        asked = question.read(request.expression, request.at, request.wrt, request.implicit, request.beside, partly)
    except PointError as error:
        _offer_places(error, request, deadline)
        raise
    if asked.notation is not None:
        request = joined(request, asked.notation, asked.wrt)
        check(request)
    wrt = targets(request, asked)
    near = None if request.near is None else _second_point(request.near, asked)
    if time.monotonic() < deadline:
        client.start()
    points = [asked.point] if asked.point is not None else _spots(asked)
    tree, direction = asked.tree, None
    if request.along is not None:
        tree, direction, wrt = _along(request.along, asked, wrt)
        points = [{**point, **question.read_point(dict.fromkeys({name for name, *_ in wrt}, "0"))} for point in points]
    from derivcli.witnesses.protocol import EvidenceRequest  # which takes 5 ms: nobody asks about a text with a slip

    program, places = compile_tree(tree), tuple(map(_compiled, points))
    sent = EvidenceRequest(
        program=program,
        points=places if request.verified else (),
        wrt=tuple(wrt),
        implicit=request.implicit,
        at_zero=tuple(name for name in (ALONG, UNIT) if name in program.variables),
        whole=_is_whole(request, wrt),
        stationary=asked.wrt if request.hessian and asked.point is not None else (),
        coefficients=() if request.taylor is None or not request.verified else ((), *wrt),
        exact=_exact(request, program, wrt) if asked.point is not None and request.verified else (),
        raw=request.raw or request.unseen,
        unseen=request.unseen,
        near=near if request.verified else None,
        taylor_order=request.taylor or 0,
    )
    alone = places if asked.point is not None and not request.verified else ()
    return Case(request, asked, sent, deadline, direction, alone)


def _exact(request: Request, program: Program, wrt: Sequence[Wrt]) -> tuple[Wrt, ...]:
    """Return what exact forms are wanted of at a point: f and few first derivatives, if no polynomial has them."""
    wanted = tuple(t for t in ((), *wrt) if len(t) <= 1 and (t or request.implicit is None))
    others = request.along is not None or request.taylor is not None
    small = len(program.instructions) <= _MOST_EXACT_PARTS and len(wanted) <= _MANY
    return wanted if small and not (others or request.raw or request.unseen) else ()


def _offer_places(error: PointError, request: Request, deadline: float) -> None:
    """Give an error the hint where a curve passes, if the variable that the equation is solved for is all it lacks."""
    variable, given = request.implicit, request.at
    if variable is None or given is None or variable in given:
        return
    try:
        asked = question.read(request.expression, {**given, variable: "0"}, request.wrt, variable)
    except DerivError:
        return
    held = {name: tree for name, tree in (asked.point or {}).items() if name != variable}
    at = evaluated(_compiled(held))
    from derivcli.witnesses.roots import zeros

    found = zeros(compile_tree(asked.tree), at, variable, min(deadline, time.monotonic() + _SECONDS_TO_OFFER))
    error.advice = wording.passes(variable, sorted(sorted(found, key=abs)[:_MOST_OFFERED]))


def _is_whole(request: Request, wrt: list[Wrt]) -> bool:
    """Tell whether the answer is about f as a function of several variables, at a point."""
    several = sum(len(t) == 1 for t in wrt) > 1
    return several and request.at is not None and request.along is None and request.implicit is None


def _spots(asked: Question) -> list[Point]:
    return [question.read_point(spot) for spot in candidates(asked.variables)]


def _compiled(point: Point) -> dict[str, Program]:
    programs = {id(tree): compile_tree(tree) for tree in {id(tree): tree for tree in point.values()}.values()}
    return {name: programs[id(tree)] for name, tree in point.items()}


def _second_point(texts: Mapping[str, str], asked: Question) -> dict[str, Program]:
    """Return the point of --near: what it does not name stays where it is."""
    question.check_known(texts, asked.variables)
    there = _compiled(question.read_point(texts))
    evaluated(there)
    return {**_compiled(asked.point or {}), **there}


def _along(texts: Mapping[str, str], asked: Question, wrt: list[Wrt]) -> tuple[Node, dict[str, float], list[Wrt]]:
    """Return f along a line, its direction as numbers, and what is left to differentiate by."""
    question.check_known(texts, asked.variables)
    trees = question.read_point(texts)
    direction = evaluated(_compiled(trees))
    length = math.hypot(*direction.values())
    if not 0 < length < math.inf:
        size = "too large" if length else "0, or too small for float64"
        raise UsageError(f"the direction is {size}", hint="give a direction such as --along x=1,y=2")
    is_unit = abs(length - 1) < 1e-15
    kept = [t for t in wrt if t != (UNIT,) or not is_unit]
    return tree.along(asked.tree, trees, with_unit=not is_unit), direction, kept


def candidates(variables: Sequence[str]) -> list[dict[str, str]]:
    """Return points with coordinates of both signs, small and moderate, none of them special to any function."""
    tried = len(_VALUES) if len(variables) <= _MANY else 2
    return [
        {name: _VALUES[(row + 3 * column) % len(_VALUES)] for column, name in enumerate(variables)}
        for row in range(tried)
    ]
