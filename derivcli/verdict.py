"""The witnesses' numbers -> a status. Pure arithmetic; the words are in `wording`."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from derivcli import wording
from derivcli.closeness import Tolerance, agrees, all_near, distance, may_be, ratio
from derivcli.model import Derivative, Dtype, Kind, Proof, Sides, Status, Value
from derivcli.model.statuses import Beside
from derivcli.witnesses import evidence
from derivcli.witnesses.evidence import UNSEEN, Outcome, Reading, Sided, SlopeEvidence, ValueEvidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.model import Cause


@dataclass(frozen=True, slots=True)
class Blame:
    """Why autograd is wrong: where that starts, a sentence, and another form of f that is right."""

    cause: Cause | None = None
    sentence: str | None = None
    rewrite: str | None = None


NO_BLAME = Blame()


@dataclass(frozen=True, slots=True)
class _Finding:
    """What the high-precision witnesses make of a derivative, before autograd is heard."""

    status: Status | None = None
    kind: Kind | None = None
    reference: Reading = evidence.MISSING
    note: str | None = None


def judge_value(seen: ValueEvidence, tolerance: Tolerance, blame: Blame = NO_BLAME) -> Value:
    """Return the verdict on f at a point."""
    numbers: dict[str, Any] = {
        "autograd": seen.autograd,
        "symbolic": _shown(seen.symbolic),
        "quotient": _shown(seen.third),
    }
    if seen.third.outcome is Outcome.UNDEFINED:
        gap = _gap(seen.limits, seen.together)
        sides = [side for pair in seen.limits for side in (pair.left, pair.right)]
        # Of several variables few paths are looked at: that their limits differ is known then, and not that all agree.
        is_known = len(seen.limits) <= 1 or (gap.kind is Kind.OUTSIDE_DOMAIN and gap.beside is not Beside.PATHS)
        known = [seen.together] if gap.beside is Beside.TOGETHER else sides if is_known else [evidence.MISSING]
        proof = _proof_of([seen.third, *known])
        return Value(
            status=Status.UNDEFINED,
            kind=gap.kind,
            limit=gap.limit,
            beside=gap.beside,
            note=wording.undefined(gap.kind, gap.beside),
            proof=proof,
            **numbers,
        )
    reference = seen.third if seen.third.outcome is Outcome.NUMBER else seen.symbolic
    return Value(**numbers, **_compare(seen, reference, tolerance, blame))


def judge_derivative(value: Value, seen: SlopeEvidence, tolerance: Tolerance, blame: Blame = NO_BLAME) -> Derivative:
    """Return the verdict on a derivative, given that on the value."""
    finding = _of_value(value) or _of_lower_order(seen, tolerance) or _find(seen, tolerance)
    sides = UNSEEN if seen.lower else seen.sides
    left, right = sides.left.as_float(), sides.right.as_float()
    numbers: dict[str, Any] = {
        "autograd": seen.autograd,
        "symbolic": _shown(seen.symbolic),
        "quotient": _third(sides),
        "left": left,
        "right": right,
    }
    if value.beside in (Beside.DIFFER, Beside.OPEN):
        numbers["beside"] = value.beside
    if finding.kind is Kind.ORDER_MATTERS:
        numbers |= {"left": None, "right": None}
    if finding.status is not None:
        sure = not {Outcome.UNDECIDED, Outcome.MISSING} & {sides.left.outcome, sides.right.outcome}
        note = finding.note or wording.no_derivative(finding.kind, left, right, seen.autograd, len(seen.wrt), ends=sure)
        numbers["proof"] = _proof_of([sides.left, sides.right]) if finding.kind else None
        if finding.kind is Kind.CORNER and left == right and sides.left.number and sides.right.number:
            note = f"{note}; {wording.too_close(sides.left.number, sides.right.number)}"
        return Derivative(status=finding.status, kind=finding.kind, note=note, **numbers)
    verdict = _compare(seen, finding.reference, tolerance, blame)
    outgrown = wording.OUTGROWN if seen.outgrown else None
    verdict["note"] = wording.join(verdict["note"], finding.note, outgrown)
    return Derivative(**numbers, **verdict)


def _compare(
    seen: ValueEvidence | SlopeEvidence, reference: Reading, tolerance: Tolerance, blame: Blame
) -> dict[str, Any]:
    """Hold autograd's number against the reference."""
    number, autograd = reference.number, seen.autograd
    if number is None:
        return {"status": Status.UNVERIFIED, "note": wording.unverified(reference)}
    known = {"digits": wording.digits(reference), "proof": reference.proof, "enclosure": reference.enclosure}
    if autograd is None:
        return known | _without_autograd(seen, reference, tolerance)
    sure = all(agrees(autograd, candidate, tolerance) for candidate in reference.candidates)
    status = Status.AGREE if sure else Status.DIFFER
    error = distance(autograd, reference)
    # Of what rounds to 0 all is lost, and 0 is as near as can be.
    relative = None if error is None or not number or (sure and not autograd) else ratio(error, number)
    found: dict[str, Any] = {"status": status, "rel_error": relative, "note": None, **known}
    found["abs_error"] = None if error is None else float(error)
    found["answer"] = _best(reference, autograd, tolerance.dtype)
    if status is Status.DIFFER:
        because, more = _because(seen, autograd, tolerance, blame)
        note = wording.differ(autograd, reference.held or number, relative, because, tolerance.dtype)
        found |= {"note": note, **more}
    elif isinstance(seen, ValueEvidence) and reference.proof and _is_another(seen.symbolic, reference):
        found |= {"status": Status.UNVERIFIED, "note": wording.other_value(seen.symbolic.held)}
    elif number and found["answer"] == 0:
        found["note"] = wording.rounds_to_zero(reference.held or number, tolerance.dtype)
    return found


def _is_another(symbolic: Reading, proved: Reading) -> bool:
    """Tell whether f by way of sympy is another number than the proved one: a derivative's formula may have gaps."""
    return symbolic.number is not None and not may_be(symbolic, proved)


def _without_autograd(seen: ValueEvidence | SlopeEvidence, reference: Reading, tolerance: Tolerance) -> dict[str, Any]:
    """Hold the symbolic number against the proof, where torch has none."""
    why = seen.missing if isinstance(seen, SlopeEvidence) else None
    sure = reference.proof is not None and may_be(seen.symbolic, reference)
    return {
        "status": Status.AGREE if sure else Status.UNVERIFIED,
        "note": wording.no_autograd(why, reference, confirmed=sure),
        "answer": _best(reference, None, tolerance.dtype),
    }


def _because(
    seen: ValueEvidence | SlopeEvidence, autograd: float, tolerance: Tolerance, blame: Blame
) -> tuple[str, dict[str, Any]]:
    """Return why autograd is wrong, and the fields that go with it."""
    rounded = _says(seen.nearby, autograd, tolerance)
    if blame.sentence is None or rounded:
        is_nested = isinstance(seen, SlopeEvidence) and len(seen.wrt) > 1
        bent = isinstance(seen, SlopeEvidence) and is_nested and seen.may_switch
        convention = bent or _says(seen.symbolic, autograd, tolerance)
        rewrite = {} if rounded else {"rewrite": blame.rewrite}
        said = wording.cause(
            autograd, tolerance.dtype, rounded_point=rounded, convention=convention, is_nested=is_nested
        )
        return said, rewrite
    return blame.sentence, {"cause": blame.cause, "rewrite": blame.rewrite}


def _best(reference: Reading, autograd: float | None, dtype: Dtype) -> float | None:
    """Return the best number known: the reference rounded to the type; autograd's where its error leaves that open."""
    held = reference.held
    if autograd is not None and distance(autograd, reference) == 0:
        return autograd + 0.0  # -0.0 is 0
    nearest = None if held is None else dtype.nearest(held) + 0.0
    return nearest if nearest is not None and math.isfinite(nearest) else None


def _says(reading: Reading, autograd: float | None, tolerance: Tolerance) -> bool:
    """Tell whether a reading is the very number that autograd gives."""
    return reading.number is not None and autograd is not None and agrees(autograd, reading.number, tolerance)


def _of_lower_order(seen: SlopeEvidence, tolerance: Tolerance) -> _Finding | None:
    """Return what follows for a derivative where one of lower order does not exist."""
    if seen.lower is None:
        return None
    below = _find(replace(seen, lower=None), tolerance)
    return replace(below, note=wording.none_below(seen.lower, below.kind))


def _find(seen: SlopeEvidence, tolerance: Tolerance) -> _Finding:
    """Decide from what is proved of both sides; what that leaves open goes by what the witnesses say together."""
    sides = seen.sides
    if not sides.excludes_a_limit:
        return _of_one_number(seen, sides.left) if sides.is_proved else _unproved(seen, tolerance)
    if sides.left.outcome is sides.right.outcome is Outcome.UNDEFINED:
        return _Finding(Status.UNDEFINED, Kind.ISOLATED)
    return _Finding(Status.NOT_DIFFERENTIABLE, _kink(sides.left, sides.right))


def _of_one_number(seen: SlopeEvidence, slope: Reading) -> _Finding:
    """Take the number that is proved of both sides, unless another order of differentiation gives another one."""
    if seen.other is not None and seen.other.number is not None:
        said = wording.order_matters(slope.held or Decimal(0), seen.other.held or Decimal(0), seen.lasts)
        return _Finding(Status.NOT_DIFFERENTIABLE, Kind.ORDER_MATTERS, note=said)
    is_other = seen.has_formula and not may_be(seen.symbolic, slope)
    note = wording.symbolic_says_otherwise(seen.symbolic) if is_other else None
    return _Finding(reference=slope, note=note)


def _unproved(seen: SlopeEvidence, tolerance: Tolerance) -> _Finding:
    """Take the symbolic value as the reference where it can be trusted, or where all three witnesses agree."""
    symbolic = seen.symbolic
    if seen.sides.is_one_number and may_be(symbolic, seen.sides.left) and _says(symbolic, seen.autograd, tolerance):
        return _Finding(reference=symbolic)
    if seen.on_curve and seen.sides == UNSEEN:
        return _Finding()
    if seen.on_curve or seen.may_switch:
        curve = wording.CURVE_SINGULAR if seen.is_singular else wording.CURVE_UNDECIDED
        said = curve if seen.on_curve else wording.UNPROVED
        return _Finding(Status.UNVERIFIED, note=wording.join(seen.missing, said))
    return _Finding(reference=symbolic, note=wording.SYMBOLIC_ALONE if symbolic.number is not None else None)


def _kink(left: Reading, right: Reading) -> Kind:
    outcomes = {left.outcome, right.outcome}
    if Outcome.OSCILLATES in outcomes:
        return Kind.OSCILLATING
    if Outcome.JUMPS in outcomes:
        return Kind.JUMP
    if Outcome.UNDEFINED in outcomes:
        return Kind.VERTICAL_TANGENT if Outcome.INFINITE in outcomes else Kind.ONE_SIDED
    if outcomes == {Outcome.INFINITE}:
        return Kind.VERTICAL_TANGENT if left.sign == right.sign else Kind.CUSP
    return Kind.CORNER if Outcome.NUMBER in outcomes else Kind.VERTICAL_TANGENT


def _of_value(value: Value) -> _Finding | None:
    """Return what follows for a derivative where f itself has no value, or none that a witness knows of."""
    if value.status is Status.UNDEFINED:
        return _Finding(Status.UNDEFINED, value.kind, note=wording.no_value())
    is_known = value.status is not Status.UNVERIFIED or value.answer is not None or not math.isnan(value.autograd or 0)
    return None if is_known else _Finding(Status.UNVERIFIED, note=wording.VALUE_UNKNOWN)


def _proof_of(readings: Sequence[Reading]) -> Proof | None:
    """Return how it is proved what several readings say together; None unless each is proved."""
    return Proof.SIDE if all(reading.proof for reading in readings) else None


@dataclass(frozen=True, slots=True)
class _Gap:
    """Why f has no value, its limits where they say more, and what the kind does not say of the surroundings."""

    kind: Kind
    limit: Sides | None = None
    beside: Beside | None = None


def _gap(limits: Sequence[Sided], together: Reading) -> _Gap:
    """Say why f has no value, from its limits along several directions, and that in all directions together."""
    several = len(limits) > 1
    if together.number is not None:
        both = Sides(together.as_float(), together.as_float())
        return _Gap(Kind.REMOVABLE, both, Beside.TOGETHER if several else None)
    real = _real(limits)
    if not real:
        return _Gap(Kind.OUTSIDE_DOMAIN, beside=Beside.NOTHING)
    sides = None if several else Sides(limits[0].left.as_float(), limits[0].right.as_float())
    outcomes = {reading.outcome for reading in real}
    if Outcome.INFINITE in outcomes:
        return _Gap(Kind.POLE, sides, Beside.PATHS if several else None)
    if Outcome.OSCILLATES in outcomes:
        return _Gap(Kind.OSCILLATING, sides if sides != Sides(None, None) else None)
    if all(reading.number is not None for reading in real) and all_near(real):
        return _Gap(Kind.OUTSIDE_DOMAIN, None, Beside.PATHS) if several else _Gap(Kind.REMOVABLE, sides)
    if _jumps([pair for pair in limits if {pair.left.outcome, pair.right.outcome} != {Outcome.UNDEFINED}]):
        return _Gap(Kind.JUMP, sides)
    known = sides if any(reading.number is not None for reading in real) else None
    return _Gap(Kind.OUTSIDE_DOMAIN, known, Beside.OPEN if Outcome.UNDECIDED in outcomes else Beside.DIFFER)


def _real(limits: Sequence[Sided]) -> list[Reading]:
    """Return the limits from the sides on which f has values."""
    readings = [reading for pair in limits for reading in (pair.left, pair.right)]
    return [reading for reading in readings if reading.outcome is not Outcome.UNDEFINED]


def _jumps(limits: Sequence[Sided]) -> bool:
    """Tell whether f has the same two limits, one on each side, along every path that has any."""
    readings = [reading for pair in limits for reading in (pair.left, pair.right)]
    if any(reading.number is None for reading in readings):
        return False
    first = limits[0]
    two = all(any(all_near([reading, limit]) for limit in (first.left, first.right)) for reading in readings)
    return two and not any(all_near([pair.left, pair.right]) for pair in limits)


def _shown(reading: Reading) -> float | None:
    """Return a reading as a float64; nan where a witness looked and found no real number."""
    return math.nan if reading.outcome is Outcome.UNDEFINED else reading.as_float()


def _third(sides: Sided) -> float | None:
    """Return the two-sided slope, if both sides have the same."""
    return sides.left.as_float() if sides.is_one_number else None
