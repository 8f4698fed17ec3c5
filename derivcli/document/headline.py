"""The answer first: a sentence for each derivative, and in a few words how sure it is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from derivcli import wording
from derivcli.document import words
from derivcli.document.model import Headline
from derivcli.document.names import variable
from derivcli.model import Derivative, Status
from derivcli.model.statuses import Beside
from derivcli.wording.causes import CAUSES
from derivcli.wording.kinds import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.document.model import Piece
    from derivcli.document.names import NamedResult
    from derivcli.model import Value

_MOST = 6  # sentences: more are no answer at a glance, and the table has them all
_LONGEST_PLACE = 40  # characters of a point in a sentence: a longer one hides the number behind it
_WIDEST_GRADIENT = 4  # numbers of a gradient that fit a line of 80 columns
_WITNESSES = ("autograd", "symbolic", "quotient")
_NEAR = 1e-4  # the widest tolerance, that of float32: the verdict has settled more
_COUNTS = {2: "two witnesses agree", 3: "all three witnesses agree"}


def headlines(functions: Sequence[NamedResult]) -> tuple[Headline, ...]:
    """Return the sentences of an answer at a point; none without a point, where the formulas are the answer."""
    found = [line for part in functions if part.result.has_numbers for line in _lines(part)]
    return tuple(found) if len(found) <= _MOST else (_counted(functions),)


def is_told(part: NamedResult, value: Value, told: Sequence[Headline]) -> bool:
    """Tell whether a sentence has told all there is to know of a number but how it came about.

    Numbers that a formula has where f has no value, and so no derivative, want a word.
    """
    if isinstance(value, Derivative) and value.status is Status.UNDEFINED and _has_number(value):
        return False
    return bool(told) and not told[0].is_count and (isinstance(value, Derivative) or _is_about_f(part))


def _has_number(value: Value) -> bool:
    numbers = (getattr(value, witness) for witness in _WITNESSES)
    return any(number is not None and math.isfinite(number) for number in numbers)


def _is_about_f(part: NamedResult) -> bool:
    """Tell whether f itself is the answer: it has no derivatives, or none because it has no value."""
    return not part.result.derivatives or part.result.value.status is Status.UNDEFINED


def _lines(part: NamedResult) -> list[Headline]:
    """Return the gradient where it can be told in one, else a sentence for each derivative, or for f alone."""
    own, *derivatives = part.values
    if _is_about_f(part):
        return [_line(part, own)]
    first = [d for d in part.result.derivatives if len(d.wrt) == 1 and d.along is None]
    is_gradient = 1 < len(first) <= _WIDEST_GRADIENT and len(first) == len(part.result.variables)
    if not part.is_equation and is_gradient and all(value.status is Status.AGREE for value in part.values):
        return [_gradient(part, first)]
    return [_line(part, value) for value in derivatives]


def _gradient(part: NamedResult, slopes: Sequence[Derivative]) -> Headline:
    numbers = tuple(part.result.dtype.shortest(slope.answer) for slope in slopes if slope.answer is not None)
    of = "" if part.is_alone else f" of {part.letter}"
    exactly = [s.exact and part.spelling.text(s.exact) for s in slopes]
    texts = (exact or words.number(number) for exact, number in zip(exactly, numbers, strict=True))
    start = f"({', '.join(texts)}) = (" if any(exactly) else "("
    what = (
        f"the partial derivatives{of}{_place(part)} are"
        if part.result.broken_along
        else f"the gradient{of}{_place(part)} is"
    )
    return Headline((f"{what} {start}", numbers, ")"), (_sure(slopes),), Status.AGREE)


def _line(part: NamedResult, value: Value) -> Headline:
    """Return the sentence of one number: what it is, that it does not exist, or that it is not known."""
    name, place, status = part.name(value), _place(part), value.status or ""
    if value.status is Status.UNDEFINED:
        is_far = bool(place) and value.beside is Beside.NOTHING
        no_value = f" has no real value{place} or near it" if is_far else f" has no value{place}"
        return Headline((name, no_value), _why_not(value), status)
    if value.status is Status.NOT_DIFFERENTIABLE:
        is_slope = (
            isinstance(value, Derivative) and len(value.wrt) == len(part.result.variables) == 1 and not value.along
        )
        above = (variable(part.above), " has no derivative") if is_slope else (name, " does not exist")
        return Headline((*above, place), _why_not(value), status)
    if value.answer is None:
        beyond = value.digits if value.status is Status.DIFFER else None  # float64 has no such number
        return Headline((name, f"{place} is {beyond or 'not known'}"), (_sure([value]),), status)
    exactly = f"{part.spelling.text(value.exact)} = " if value.exact else ""
    answer = part.result.dtype.shortest(value.answer)
    return Headline((name, f"{place} is {exactly}", answer), (_sure([value]),), status)


def _place(part: NamedResult) -> str:
    at, defined = part.result.at or {}, part.result.definitions or {}
    texts = {name: text for name, text in (part.result.at_text or {}).items() if name not in defined}
    if not at:
        return ""
    shown = ", ".join(f"{name} = {texts.get(name, words.number(value))}" for name, value in at.items())
    return f" at {shown}" if len(shown) <= _LONGEST_PLACE else " here"


def _sure(values: Sequence[Value]) -> str:
    """Say how many witnesses agree, or why they do not."""
    (value, *_) = values
    if value.status is Status.DIFFER:
        why = None if value.cause is None else CAUSES[value.cause.kind].short
        return f"autograd is wrong ({why})" if why else "autograd is wrong"
    if value.status is Status.UNVERIFIED and value.proof is not None:
        return "the proof alone gives it, unverified"
    if value.status is not Status.AGREE:
        return words.verdict(value)
    return _COUNTS.get(min(map(_agreeing, values)), "the witnesses agree")


def _agreeing(value: Value) -> int:
    """Count the witnesses whose number is the answer; a symbolic form may say otherwise at a switch."""
    numbers = (getattr(value, witness) for witness in _WITNESSES)
    known = [number for number in numbers if number is not None and value.answer is not None]
    return sum(math.isclose(number, value.answer or 0.0, rel_tol=_NEAR, abs_tol=_NEAR) for number in known)


def _why_not(value: Value) -> tuple[Piece, ...]:
    """Say what is there in place of a number: `a corner (left slope -1, right slope 1)`."""
    if value.kind is not None and value.beside is Beside.PATHS:
        return (wording.ALONG_PATHS[value.kind],)
    sides = words.sides(value)
    return (
        words_of(value.kind, value.beside).sentence if value.kind else words.verdict(value),
        *((" (", *sides, ")") if sides else ()),
    )


def _counted(functions: Sequence[NamedResult]) -> Headline:
    """Say of many derivatives how many are sure."""
    values = [value for part in functions for value in part.result.derivatives]
    odd = [value for value in values if value.status is not Status.AGREE]
    if not odd:
        return Headline((f"all {len(values)} derivatives",), (_sure(values),), Status.AGREE, is_count=True)
    worst = max((value.status or Status.AGREE for value in odd), key=lambda status: status.severity)
    return Headline((f"{len(odd)} of {len(values)} derivatives",), ("see their verdicts",), worst, is_count=True)
