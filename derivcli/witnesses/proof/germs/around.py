"""A program in several variables: how far each part is from its value near a point, in all directions together."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from flint import fmpq

from derivcli.language.tree import VARIABLE
from derivcli.witnesses.proof.germs import forms
from derivcli.witnesses.proof.germs.constants import sign
from derivcli.witnesses.proof.germs.deviations import (
    STILL,
    Deviation,
    add,
    common,
    multiply,
    of_polynomial,
    scaled,
    with_polynomial,
)
from derivcli.witnesses.proof.germs.exact import inverse
from derivcli.witnesses.proof.germs.images import by_germs, of_one
from derivcli.witnesses.proof.germs.powers import Expanding, NoSideError
from derivcli.witnesses.proof.germs.programs import attempted, no_errors
from derivcli.witnesses.proof.germs.walk import germ_of
from derivcli.witnesses.proof.numbers import ONE, ZERO, UnprovedError, need

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from derivcli.language.program import Instruction, Program
    from derivcli.witnesses.proof.germs.constants import Coefficient
    from derivcli.witnesses.proof.germs.forms import Polynomial
    from derivcli.witnesses.proof.germs.neighbourhood import Neighbourhood
    from derivcli.witnesses.proof.germs.walk import Result

_WRITTEN_OUT = 8  # the highest power that is multiplied out: as of germs
LENGTH = 8  # terms of a germ: as of most in `neighbourhood`

DeviationResult = Deviation | UnprovedError


def deviations(part: Neighbourhood, names: Sequence[str]) -> list[DeviationResult]:
    """Return how far each part of a program is from its value where the variables `names` move."""
    work, found = Expanding(LENGTH), list[DeviationResult]()
    for k, instruction in enumerate(part.program.instructions):
        last = attempted(_result, instruction, found, names, part.here[k], work)
        found.append(last)
        if isinstance(part.here[k], NoSideError) and not (isinstance(last, Deviation) and last.tends_to_base):
            found[k] = _by_way_of_one(part, names, found, k)
    return found


def _by_way_of_one(
    part: Neighbourhood, names: Sequence[str], found: Sequence[DeviationResult], top: int
) -> DeviationResult:
    """Return what is known of a part, which has no value at the point, as a function of one that it is made of."""
    work = Expanding(LENGTH)
    for place in _gates(part.program, names, top):
        inner = found[place]
        if isinstance(inner, Deviation) and inner.tends_to_base:
            with suppress(UnprovedError):
                return by_germs(inner, lambda x, k=place: germ_of(part.as_if(k, x, work)[top]), work)  # type: ignore[misc]
    return found[top]


def _gates(program: Program, names: Sequence[str], top: int) -> Iterator[int]:
    """Yield the parts by way of which alone all variables that move reach a part: the largest ones first."""
    moves = program.depends_on(names)
    for place in range(top - 1, -1, -1):
        if moves[place]:
            alone: list[bool] = []
            for k, instruction in enumerate(program.instructions):
                args = instruction.args
                alone.append(k == place or not moves[k] or (bool(args) and all(alone[arg] for arg in args)))
            if alone[top]:
                yield place


def _result(
    instruction: Instruction, found: Sequence[DeviationResult], names: Sequence[str], here: Result, work: Expanding
) -> Deviation:
    op, args, text = instruction
    if op == VARIABLE and text in names:
        axis = forms.ring(len(names)).gens()[list(names).index(text)]
        return of_polynomial(_value(here), axis)
    known = no_errors([found[arg] for arg in args])
    if all(x.is_still for x in known):
        return replace(STILL, base=_value(here), polynomial=forms.ring(len(names)).from_dict({}))
    if op in _RULES and sum(not x.is_still for x in known) > 1:
        return _RULES[op](known, work) if len(set(args)) > 1 else _of_itself(op, known, work)
    found_one = of_one(op, known, work)
    return _whole_power(found_one, *known) if op == "pow" else found_one


def _whole_power(found: Deviation, base: Deviation, exponent: Deviation) -> Deviation:
    """Return a power with its polynomial, where that is written out: the germ of one leaves something out."""
    q = exponent.base
    if base.exact is None or not isinstance(q, fmpq) or q.q != 1 or not 1 < q <= _WRITTEN_OUT:
        return found
    p = base.exact ** int(q.p)
    return with_polynomial(found, p - base.base ** int(q.p), math.inf)


def _value(here: Result) -> Coefficient:
    c = germ_of(here).constant
    if c is None:
        raise UnprovedError
    return c


def _quotient(parts: Sequence[Deviation], work: Expanding) -> Deviation:
    above, below = parts
    if above.exact is not None and below.exact is not None:
        p, q = above.exact, below.exact
        divisor = p.gcd(q)
        above, below = _of_exact(p / divisor), _of_exact(q / divisor)
    if below.is_still:
        c = inverse(below.base)
        return replace(scaled(above, c), base=above.base * c)
    whole = _ratio(above, below)
    if whole is not None:
        above = add([above, scaled(below, -whole)])
    found = multiply([above, of_one("div", [replace(STILL, base=ONE), below], work)])
    return found if whole is None else replace(found, base=found.base + whole)


def _ratio(above: Deviation, below: Deviation) -> fmpq | None:
    """Return c where the lowest forms of two parts that tend to 0 are c to 1: then above/below - c is a smaller one."""
    if above.polynomial is None or below.polynomial is None or above.base != 0 or below.base != 0:
        return None
    form, other = (forms.lowest(part.polynomial, part.rest) for part in (above, below))
    if form is None or other is None or forms.order(form) != forms.order(other):
        return None
    (exponents, c), *_ = forms.terms(other)
    ratio = fmpq(form.to_dict().get(exponents, ZERO)) / c
    return ratio if ratio != 0 and form == other * ratio else None


def _of_exact(p: Polynomial) -> Deviation:
    base = p.to_dict().get((0,) * p.context().nvars(), ZERO)
    return of_polynomial(fmpq(base), p - base)


def _of_itself(op: str, parts: Sequence[Deviation], work: Expanding) -> Deviation:
    """Return g*g and its like: a function of one part."""
    if op in _REPEATED:
        return of_one(_REPEATED[op], [parts[0], replace(STILL, base=fmpq(len(parts)))], work)
    return replace(STILL, base=ONE) if op == "div" else parts[0]


def _extreme(way: int) -> Callable[[Sequence[Deviation], Expanding], Deviation]:
    """Return the rule of max (way 1) or min: of parts of one value what is above that (below it) counts."""

    def rule(parts: Sequence[Deviation], _work: Expanding) -> Deviation:
        need(all(part.tends_to_base or part.is_still for part in parts))
        best = parts[0].base
        for part in parts[1:]:
            best = part.base if sign(part.base - best) == way else best
        # By the difference: 1 + sqrt(2) and sqrt(3 + 2*sqrt(2)) are one number in two forms.
        kept = [part for part in parts if sign(part.base - best) == 0]
        if len(kept) == 1:
            return kept[0]
        uppers = [part.upper for part in kept if part.upper is not None]
        led = [part for part in kept if part.way in (0, way)]
        lowers = [part.lower for part in led if part.lower is not None]
        return Deviation(
            best, min(uppers), min(lowers, default=None), way if led else common([part.way for part in kept])
        )

    return rule


_REPEATED = {"mul": "pow", "add": "mul"}  # of one part: its power, its multiple
_RULES: dict[str, Callable[[Sequence[Deviation], Expanding], Deviation]] = {
    "add": lambda parts, _work: add(parts),
    "mul": lambda parts, _work: multiply(parts),
    "div": _quotient,
    "max": _extreme(1),
    "min": _extreme(-1),
}
