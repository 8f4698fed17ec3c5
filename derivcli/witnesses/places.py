"""What f does at each place where it may switch: its value, and what it tends to on both sides, with its slopes."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from derivcli.language.lowering import compile_tree
from derivcli.language.parser import parse
from derivcli.witnesses.proof.peaks import peaks
from derivcli.witnesses.proof.switches import switches
from derivcli.witnesses.third import Third

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from derivcli.witnesses.asking.switches import SwitchesRequest
    from derivcli.witnesses.evidence import Switch, Switches

_SECONDS = 1.5  # of the processor: 300 places of an everyday function, a place takes some 5 ms


def parts(request: SwitchesRequest) -> Iterator[Callable[[], Switches]]:
    """Yield the parts of the answer: the places, and if they are to be looked at, these again as they are seen."""
    is_looked = request.order is not None
    found = switches(request.program, request.name, request.held, request.borders, looked=is_looked)
    yield lambda: found
    if is_looked:
        yield lambda: _looked_at(request, found)


def _looked_at(request: SwitchesRequest, found: Switches) -> Switches:
    """Return the places with what is proved of them, those near the middle first; where f is analytic there is none.

    Peaks are looked for where they are wanted.
    """
    middle = request.borders[0] / 2 + request.borders[-1] / 2
    places: dict[float, Switch | None] = {place.x: place for place in found.places}
    hidden = peaks(request.program, request.name, request.held, request.borders, [*places]) if request.peaks else ()
    until = time.thread_time() + _SECONDS
    for place in sorted(found.places, key=lambda place: abs(place.x - middle))[: request.most]:
        if time.thread_time() > until:
            break
        places[place.x] = _seen(request, place)
    return replace(found, places=tuple(place for place in places.values() if place is not None), peaks=hidden)


def _seen(request: SwitchesRequest, place: Switch) -> Switch | None:
    """Return a place with what f does there; None where f is analytic."""
    if place.text is None:
        return place
    exact = compile_tree(parse(place.text).tree)
    third = Third(request.program, {**request.held, request.name: exact})
    if third.is_analytic:
        return None
    left, right = (third.tends(request.name, way, request.order or 0) for way in (-1, 1))
    return replace(place, here=third.value(), left=left, right=right)
