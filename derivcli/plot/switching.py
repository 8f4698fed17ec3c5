"""Where a function of one variable switches: asks the worker, which reads it off the program."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from derivcli.errors import DerivError
from derivcli.witnesses import client
from derivcli.witnesses.evidence import Switches
from derivcli.witnesses.protocol import SwitchesRequest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.language.program import Program

_SECONDS = 10.0  # ten times what the worker allows itself, for one that has to start on a busy machine


def switches_of(program: Program, name: str, held: Mapping[str, Program], borders: Sequence[float]) -> Switches | None:
    """Return where a program switches between the borders, which rise; None where nobody can say."""
    known = {key: text for key, text in held.items() if key in program.variables}
    request = SwitchesRequest(program, name, known, tuple(borders))
    deadline = time.monotonic() + _SECONDS
    try:
        with client.ask(request, deadline) as conversation:
            replies = list(conversation.replies())
    except DerivError:  # the picture stands without
        return None
    return next((reply for reply in replies if isinstance(reply, Switches)), None)
