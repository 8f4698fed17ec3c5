"""Where a function of one variable switches: asks the worker, which reads it off the program.

Everybody asks here: pictures, ranges, and who holds equations in every region of f.
"""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from derivcli.errors import DerivError
from derivcli.witnesses import client
from derivcli.witnesses.asking.switches import SwitchesRequest
from derivcli.witnesses.evidence import Switches

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.language.program import Program

_SECONDS = 30.0  # ten times what the worker allows itself, for one that has to start on a busy machine


def decades(finest: float, farthest: float) -> list[float]:
    """Return powers of ten of both signs, as borders: what is crowded between two of them need not be so in others."""
    count = math.ceil(math.log10(farthest / finest) - 1e-9)
    powers = [*(finest * 10**k for k in range(count)), farthest]
    return [*(-power for power in reversed(powers)), *powers]


def switches_of(
    program: Program,
    name: str,
    held: Mapping[str, Program],
    borders: Sequence[float],
    *,
    order: int | None = None,
    most: int | None = None,
    peaks: bool = False,
    seconds: float = _SECONDS,
) -> Switches | None:
    """Return where a program switches between the borders, which rise; None where nobody can say.

    With an `order` the places, or the `most` nearest to the middle, come with what is proved there of f and its
    derivatives up to this order, as far as that is known in time; with `peaks`, with what samples may miss.
    """
    known = {key: text for key, text in held.items() if key in program.variables}
    request = SwitchesRequest(program, name, known, tuple(borders), order, most, peaks)
    found = None
    try:
        with client.ask(request, time.monotonic() + seconds) as conversation:
            for reply in conversation.replies():
                found = reply if isinstance(reply, Switches) else found
    except DerivError:  # whoever asks does without
        pass
    return found
