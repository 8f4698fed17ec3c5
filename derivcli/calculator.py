"""Request -> Result: asks the witnesses about a case, hands what they say to the verdict."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from derivcli import views, wording
from derivcli.cases import Case, due, read
from derivcli.closeness import Tolerance, agrees
from derivcli.language.latex import to_latex
from derivcli.language.limits import MAX_DEPTH
from derivcli.language.lowering import to_tree
from derivcli.language.printer import to_text
from derivcli.language.tree import ALONG
from derivcli.model import Derivative, Dtype, Kind, Result, SpotCheck, Status, Value, worst
from derivcli.model.values import Heading, directional
from derivcli.targets import name_of
from derivcli.testimony import Testimony, hear, is_off_curve, slope_evidence, value_evidence
from derivcli.verdict import NO_BLAME, judge_derivative, judge_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.language.tree import Node
    from derivcli.model import Request
    from derivcli.verdict import Blame
    from derivcli.witnesses.replies import SymbolicDerivative

_MAX_SHOWN = 2_000  # parts of a symbolic form that is still shown
_SPOT_CHECKS = 3

_NOBODY: Mapping[str | None, Blame] = MappingProxyType({})


def calculate(request: Request) -> Result:
    """Answer one request.

    Raises a `DerivError` for an expression or a point that cannot be read, or that is too large. Running out of time
    is no error: what has arrived is in the result, the rest `unverified`, and `limit_reached` says so.
    """
    case = read(request, due(request))
    return conclude(case, hear(case))


def conclude(case: Case, seen: Testimony) -> Result:
    """Return the result of what the witnesses have said: at the point that was asked about, with causes and views.

    Where none was asked about the formulas are checked at some places; where the case has no points they stand alone.
    """
    formulas = _formulas(case, seen)
    if case.alone:
        return _by_torch_alone(case, seen, formulas)
    if not case.sent.points:
        checks = None if case.request.verified else ()
        return replace(_skeleton(case, seen), derivatives=tuple(formulas), spot_checks=checks)
    return _spot_checked(case, seen, formulas) if case.asked.point is None else _at_point(case, seen, formulas)


def _by_torch_alone(case: Case, seen: Testimony, formulas: list[Derivative]) -> Result:
    """Return what torch says at the point, of which nothing is verified."""
    own = seen.torch_number(0, None)
    numbers = [seen.torch_number(0, wrt) for wrt in case.sent.wrt]
    derivatives = [
        replace(formula, autograd=number, answer=_finite(number, own), status=Status.UNVERIFIED)
        for formula, number in zip(formulas, numbers, strict=True)
    ]
    value = Value(autograd=own, answer=_finite(own), status=Status.UNVERIFIED)
    skeleton = _skeleton(case, seen)
    skeleton = replace(skeleton, notes=(*skeleton.notes, wording.NOT_VERIFIED))
    result = _filled(skeleton, case, seen.torch.coordinates[0], case.asked.texts, value, derivatives)
    return views.add(result, case.request, case.asked, seen)


def _finite(number: float | None, *others: float | None) -> float | None:
    """Return a number, None unless it and others that it needs are finite."""
    return number if all(n is not None and math.isfinite(n) for n in (number, *others)) else None


def conclude_each(case: Case, seen: Testimony, texts: Sequence[dict[str, str]]) -> list[Result]:
    """Return the result at each point of a case, which `texts` have as it was typed, without causes and views."""
    formulas, skeleton = _formulas(case, seen), _skeleton(case, seen)
    return [
        _filled(skeleton, case, seen.torch.coordinates[index], text, *_judge(index, case, seen, formulas))
        for index, text in enumerate(texts)
    ]


def _formulas(case: Case, seen: Testimony) -> list[Derivative]:
    return [_formula(wrt, case, seen) for wrt in case.sent.wrt]


def _tolerance(case: Case) -> Tolerance:
    return Tolerance(case.request.rtol, case.request.atol, case.request.dtype)


def _formula(wrt: tuple[str, ...], case: Case, seen: Testimony) -> Derivative:
    """Return the symbolic form of a derivative, without numbers."""
    tree = None if case.request.unseen else _shown_tree(seen.formulas.get(wrt))
    formula = Derivative(
        wrt=wrt,
        name=name_of(wrt, case.request.implicit or "f"),
        expression=None if tree is None else to_text(tree),
        latex=None if tree is None else to_latex(tree),
    )
    return formula if case.direction is None else _in_direction(formula, case.direction)


def _in_direction(formula: Derivative, direction: dict[str, float]) -> Derivative:
    """Name a directional derivative; the unit direction is that direction divided by its length."""
    heading = Heading.GIVEN if formula.wrt[0] == ALONG else Heading.UNIT
    scale = 1.0 if heading is Heading.GIVEN else math.hypot(*direction.values())
    along = {name: pace / scale for name, pace in direction.items()}
    return replace(formula, name=directional(heading, len(formula.wrt)), wrt=tuple(direction), along=along)


def _shown_tree(formula: SymbolicDerivative | None) -> Node | None:
    if formula is None or formula.program is None or formula.outgrown:
        return None
    tree = to_tree(formula.shown or formula.program)
    return tree if tree.size <= _MAX_SHOWN and tree.depth <= MAX_DEPTH else None


def _judge(
    index: int,
    case: Case,
    seen: Testimony,
    formulas: list[Derivative],
    blames: Mapping[str | None, Blame] = _NOBODY,
) -> tuple[Value, list[Derivative]]:
    """Return the verdicts at one point; `blames` says of a variable's slope, or with None of f, why it is wrong."""
    tolerance = _tolerance(case)
    value = judge_value(value_evidence(index, seen), tolerance, blames.get(None, NO_BLAME))
    is_known = case.at_point and case.request.implicit is not None and value.digits is not None
    off = is_known and is_off_curve(value.answer or 0.0, index, seen)
    if off:
        value = replace(value, note=wording.join(wording.misses(value.answer or math.inf), value.note))
    verdicts = []
    for wrt, formula in zip(case.sent.wrt, formulas, strict=True):
        blame = blames.get(wrt[0], NO_BLAME) if len(wrt) == 1 else NO_BLAME
        verdict = judge_derivative(value, slope_evidence(index, wrt, case, seen), tolerance, blame)
        if case.request.implicit is not None:
            verdict = _off_curve(verdict) if off else _of_curve(verdict)
        said = {name: getattr(formula, name) for name in ("wrt", "name", "along", "expression", "latex")}
        verdicts.append(replace(verdict, **said))
    return value, verdicts


def _off_curve(verdict: Derivative) -> Derivative:
    """Return the verdict where the point is not on the curve: what is known is the slope of another one."""
    return Derivative(
        autograd=verdict.autograd,
        symbolic=verdict.symbolic,
        quotient=verdict.quotient,
        status=Status.NOT_DIFFERENTIABLE,
        kind=Kind.OFF_CURVE,
        note=wording.off_curve(verdict.answer),
    )


def _of_curve(verdict: Derivative) -> Derivative:
    """Say of the slope of a curve what a slope of f does not need."""
    if verdict.kind is Kind.ISOLATED:
        return replace(verdict, status=Status.NOT_DIFFERENTIABLE, kind=Kind.SINGULAR, note=wording.singular())
    if verdict.left is None and verdict.right is None and verdict.kind is not Kind.VERTICAL_TANGENT:
        return verdict  # of higher order: its note tells of the slope below
    return replace(verdict, note=wording.of_curve(verdict.kind, verdict.left, verdict.right) or verdict.note)


def _at_point(case: Case, seen: Testimony, formulas: list[Derivative]) -> Result:
    value, derivatives = _judge(0, case, seen, formulas)
    suspects = _suspects(case, value, derivatives)
    if suspects and case.explained and case.request.dtype is Dtype.FLOAT64:
        from derivcli import reasons  # few numbers need any

        blames = reasons.why(case.asked, seen.torch.coordinates[0], suspects, _tolerance(case), case.deadline)
        value, derivatives = _judge(0, case, seen, formulas, blames)
    result = _filled(_skeleton(case, seen), case, seen.torch.coordinates[0], case.asked.texts, value, derivatives)
    return views.add(result, case.request, case.asked, seen)


def _filled(
    skeleton: Result,
    case: Case,
    at: Mapping[str, float],
    texts: dict[str, str] | None,
    value: Value,
    derivatives: list[Derivative],
) -> Result:
    """Return a result with its numbers; how far a point misses a curve is no answer: it may well be all rounding."""
    on_curve = case.request.implicit is not None and value.status is not Status.UNDEFINED
    numbers: list[Value] = [*([] if on_curve else [value]), *derivatives]
    return replace(
        skeleton,
        at={name: at[name] for name in case.asked.variables},
        at_text=texts,
        value=value,
        derivatives=tuple(derivatives),
        status=worst([number.status for number in numbers if number.status is not None]),
    )


def _suspects(case: Case, value: Value, derivatives: list[Derivative]) -> dict[str | None, Value]:
    """Return f and the first derivatives where autograd is wrong, for which causes can be found."""
    named: list[tuple[str | None, Value]] = [(None, value)]
    if case.direction is None and case.request.implicit is None:
        named += [(d.wrt[0], d) for d in derivatives if len(d.wrt) == 1]
    return {name: number for name, number in named if number.status is Status.DIFFER}


def _spot_checked(case: Case, seen: Testimony, formulas: list[Derivative]) -> Result:
    """Hold the symbolic derivatives against autograd at points where f is defined."""
    tolerance, is_alone = _tolerance(case), seen.is_of_torch_alone
    checks = [_unverified(at, case) for at in seen.torch.coordinates[:_SPOT_CHECKS]] if is_alone else []
    for index in range(0 if is_alone else len(seen.torch.numbers)):
        value, derivatives = _judge(index, case, seen, formulas)
        if value.status is not Status.UNDEFINED and len(checks) < _SPOT_CHECKS:
            found = worst([value.status or Status.AGREE, *(_spot_status(d, tolerance) for d in derivatives)])
            at = {name: seen.torch.coordinates[index][name] for name in case.asked.variables}
            checks.append(SpotCheck(at, found))
    result = replace(
        _skeleton(case, seen),
        derivatives=tuple(formulas),
        spot_checks=tuple(checks),
        status=worst([check.status for check in checks]) if checks else Status.UNVERIFIED,
    )
    if not checks and seen.torch.numbers:
        result = replace(result, notes=(*result.notes, wording.NO_REAL_VALUE))
    return views.add(result, case.request, case.asked, seen)


def _unverified(at: Mapping[str, float], case: Case) -> SpotCheck:
    """Return a spot check at which no other witness than torch was heard."""
    return SpotCheck({name: at[name] for name in case.asked.variables}, Status.UNVERIFIED)


def _spot_status(derivative: Derivative, tolerance: Tolerance) -> Status:
    """Return the status at a spot check, where the symbolic form must agree as well."""
    status = derivative.status or Status.UNVERIFIED
    if status is not Status.AGREE or derivative.digits is None:
        return status
    if derivative.symbolic is None:
        return Status.UNVERIFIED
    return status if agrees(derivative.symbolic, Decimal(derivative.digits), tolerance) else Status.DIFFER


def _skeleton(case: Case, seen: Testimony) -> Result:
    """Return the parts of the answer that do not depend on the point."""
    asked = case.asked
    sides = asked.sides or (asked.tree,)
    shown = asked.tree.size <= _MAX_SHOWN
    defined = asked.definitions
    return Result(
        expression=case.request.expression,
        read_as=" = ".join(map(to_text, sides)) if shown or defined is None else defined.whole,
        latex=" = ".join(map(to_latex, sides)) if shown and not case.request.unseen else None,
        variables=asked.variables,
        at=None,
        value=Value(),
        derivatives=(),
        status=Status.UNVERIFIED,
        dtype=case.request.dtype,
        notes=tuple(dict.fromkeys((*asked.notes, *seen.notes))),
        readings=tuple(dict.fromkeys(asked.notes)),
        limit_reached=seen.limit_reached,
        definitions=None if defined is None else dict(defined.texts),
    )
