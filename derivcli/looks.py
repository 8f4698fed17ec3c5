"""Bare numbers that a first look of the worker's settles: torch is held against them, and that is the answer.

Nobody sees a formula of these, so of a question there is one line to the worker and one back. Where the look does not
settle all of the numbers, the worker goes on with all the evidence; where torch has others, the question is asked anew.
"""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING

from derivcli import parts
from derivcli.closeness import Tolerance, surely_agrees
from derivcli.model import Derivative, Request, Result, Status, Value
from derivcli.targets import name_of
from derivcli.witnesses import client

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from derivcli.witnesses.asking.looks import LookRequest, SettledText
    from derivcli.witnesses.client import Conversation

_LONGEST = 2_000  # characters: of a longer text hardly anything is settled, and it would be read twice
# What a look is sent, or torch is held against it by; `raw` is of forms, and there are none. Whatever else may be asked
# is more than a look gives.
_SERVED = frozenset({"expression", "at", "wrt", "rtol", "atol", "timeout", "device", "raw"})
_what_is_asked = attrgetter(*(field.name for field in fields(Request) if field.name not in _SERVED))
_BARE = _what_is_asked(Request("", unseen=True))


def look_at(request: Request) -> LookRequest | None:
    """Return what the worker has to look at; None where more is wanted than f and its first derivatives in float64."""
    if request.at is None or _what_is_asked(request) != _BARE or len(request.expression) > _LONGEST:
        return None
    from derivcli.witnesses.asking.looks import LookRequest  # which takes 5 ms

    return LookRequest(request.expression, request.at, request.wrt)


def answered(
    request: Request, look: LookRequest, deadline: float, otherwise: Callable[[Conversation | None], Result]
) -> Result:
    """Return the answer to a request that the worker looks at until a deadline, or else what `otherwise` makes of it.

    That is given the conversation where the worker goes on in it with all that it would be asked.
    """
    from derivcli.witnesses.asking.looks import SettledText
    from derivcli.witnesses.replies import Programs

    parts.check_torch()
    with client.ask(look, deadline) as conversation:
        parts.load("torch")  # while the worker imports sympy
        first, second = conversation.next(), conversation.next()
        if isinstance(second, Programs):
            conversation.put_back(second)
            return otherwise(conversation)
    found = _held(request, first) if isinstance(first, SettledText) else None
    return otherwise(None) if found is None else found


def _held(request: Request, settled: SettledText) -> Result | None:
    """Return the numbers that are settled, if torch has them too."""
    from derivcli.witnesses import by_torch
    from derivcli.witnesses.numerics import numerics

    program, point, wrt = settled.program, settled.point, [(name,) for name in settled.wrt]
    own, slopes = by_torch.of_first_order(program, point, wrt, numerics(request.dtype, request.device))
    found = (own, *(slopes[t] for t in wrt))
    tolerance = Tolerance(request.rtol, request.atol)
    agree = all(surely_agrees(*pair, tolerance) for pair in zip(found, settled.numbers, strict=True))
    is_all = agree and not by_torch.otherwise_by_where(program, point, slopes)
    return _result(request, settled, found) if is_all else None


def _result(request: Request, settled: SettledText, found: Sequence[float | None]) -> Result:
    """Return the answer: numbers that all witnesses have, torch's as it has `found` them, and no form of any."""
    value, *proved = settled.numbers
    own, *slopes = found
    agree = Status.AGREE
    return Result(
        expression=request.expression,
        read_as=settled.read_as,
        variables=tuple(settled.point),
        at=settled.point,
        at_text={name: (request.at or {})[name] for name in settled.point},
        value=Value(value, own, quotient=value, status=agree),
        derivatives=tuple(
            Derivative(number, slope, quotient=number, status=agree, wrt=(name,), name=name_of((name,)))
            for name, number, slope in zip(settled.wrt, proved, slopes, strict=True)
        ),
        status=agree,
        dtype=request.dtype,
        notes=tuple(dict.fromkeys(settled.notes)),
        readings=tuple(dict.fromkeys(settled.notes)),
    )
