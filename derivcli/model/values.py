"""One number and what the witnesses say of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from derivcli.model.codec import Before, Coded, Extended, Maybe, Word
from derivcli.model.statuses import Beside, CauseKind, Kind, Proof, Status
from derivcli.model.steps import AnswerCheck, Index, Step

# What JSON says of a directional derivative beside its direction: which one it is, and its order.
_DIRECTIONAL = re.compile(r"D_([vu])(?:\^([0-9]+))? f")


@dataclass(frozen=True, slots=True)
class Sides(Coded):
    """Two one-sided limits; None where there is none, infinite where it grows without bound."""

    left: Extended
    right: Extended


@dataclass(frozen=True, slots=True)
class Cause(Coded):
    """Where a wrong number of autograd's starts: a part of the expression."""

    kind: CauseKind
    expression: Word
    span: Annotated[tuple[Index, Index] | None, "[start, end) in characters of `read_as`, if it stands there"] = None


@dataclass(frozen=True, slots=True)
class Value(Coded):
    """One number and what the witnesses say of it; f at the point, of an equation its left side less its right."""

    answer: Annotated[Extended, "the number to use, or null where there is none"] = None
    autograd: Annotated[
        Extended, "torch's number, or null where torch was not asked, or has no rule: then `note` says why"
    ] = None
    symbolic: Extended = None
    quotient: Extended = None
    status: Annotated[
        Status | None, "null where there is no point; of many points, where only that of the row is known"
    ] = None
    kind: Kind | None = None
    abs_error: Extended = None
    rel_error: Extended = None
    digits: Annotated[str | None, "the reference as decimal text"] = None
    note: Annotated[str | None, "what a reader must know, in plain words"] = None
    proof: Annotated[
        Proof | None,
        "how the number is proved: `exact`, a rational; `ball`, a value; `disc`, a derivative where f is analytic;"
        " `side`, by expansions of f on both sides of the point, that there is none too; null where there is evidence"
        " only",
    ] = None
    enclosure: Annotated[
        tuple[str, str] | None, "what the proved number lies between, as decimal text, rounded outward"
    ] = None
    cause: Annotated[
        Cause | None, "where autograd's error starts; null where it is right, or where that is not known"
    ] = None
    exact: Annotated[Maybe[str], "a short exact form, where there is one that no decimal is"] = None
    rewrite: Annotated[str | None, "another form of f, which float64 computes right here"] = None
    limit: Maybe[Sides] = None
    beside: Annotated[
        Maybe[Beside],
        "where f is undefined: `nothing` if it has no real values near the point either, `paths` if what is said of its"
        " limits is known along the paths that were tried, `together` if one limit is proved in all directions",
    ] = None


class Heading(StrEnum):
    """A direction, by its letter: as it was given, or divided by its length."""

    GIVEN = "v"
    UNIT = "u"


def directional(heading: Heading, order: int, above: str = "f") -> str:
    """Return the name of a directional derivative: `D_v f`, `D_u^2 f`."""
    return f"D_{heading}{f'^{order}' if order > 1 else ''} {above}"


@dataclass(frozen=True, slots=True)
class Derivative(Value):
    """A derivative of any order: a number with its symbolic form and its one-sided slopes."""

    wrt: Annotated[tuple[Word, ...], {"minItems": 1}, Before("answer")] = ()
    name: Annotated[Word, "df/dx, d3f/dx2dy, dy/dx, D_v f", Before("answer")] = ""
    expression: Annotated[str | None, "the symbolic form; null where there is no closed one", Before("answer")] = None
    latex: Annotated[str | None, Before("answer")] = None
    left: Annotated[Extended, Before("status")] = None
    right: Annotated[Extended, Before("status")] = None
    along: Annotated[
        Maybe[dict[str, float]],
        "the direction of a directional derivative; `wrt` are then the variables that move",
    ] = None
    steps: Annotated[Maybe[tuple[Step, ...]], "how it is found, line by line; the last is the symbolic form"] = None
    steps_left_out: Annotated[Maybe[int], "how many lines before the last are not among the steps"] = None
    check: Annotated[Maybe[AnswerCheck], "what there is to say of a reader's answer"] = None

    @property
    def heading(self) -> Heading | None:
        """Which direction a directional derivative is taken in; None for a partial one."""
        found = _DIRECTIONAL.fullmatch(self.name) if self.along is not None else None
        return None if found is None else Heading(found[1])

    @property
    def order(self) -> int:
        """How often f is differentiated."""
        found = _DIRECTIONAL.fullmatch(self.name) if self.along is not None else None
        return len(self.wrt) if found is None else int(found[2] or 1)
