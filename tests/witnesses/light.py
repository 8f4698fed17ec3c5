"""A worker in all but its jobs, for tests of what the client does with a process.

The jobs import sympy, half a second of the processor. These answer at once: that f is its first variable, and nothing
of its slopes. A question about a polylogarithm has no end, inside of C.
"""

from __future__ import annotations

import sys
from collections import deque
from functools import partial
from itertools import repeat
from types import ModuleType
from typing import TYPE_CHECKING, NoReturn

from derivcli.witnesses import process, worker
from derivcli.witnesses.evidence import Outcome, Reading, SlopeEvidence, ValueEvidence
from derivcli.witnesses.protocol import EvidenceRequest
from derivcli.witnesses.replies import Programs, SymbolicDerivative

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from derivcli.witnesses.replies import Reply

BOOT = process.BOOT.replace("derivcli.witnesses.worker", __name__)
_ENDLESS = "polylog"


def main(asker: int) -> None:
    """Serve requests as the worker does."""
    jobs = ModuleType("derivcli.witnesses.jobs")
    jobs.ANSWERS = {EvidenceRequest.__name__: _parts}  # type: ignore[attr-defined]
    sys.modules[jobs.__name__] = jobs
    worker._load = lambda: None
    worker.main(asker)


def _parts(request: EvidenceRequest) -> Iterator[Callable[[], Reply]]:
    """Yield what makes each part of the answer to a question about one point and first derivatives."""
    yield lambda: Programs(request.program)
    if any(instruction.op == _ENDLESS for instruction in request.program.instructions):
        yield _never
    (first, *_others) = request.points[0].values()
    yield lambda: ValueEvidence(third=Reading(Outcome.NUMBER, first.instructions[-1].text))
    for wrt in request.wrt:
        yield partial(SlopeEvidence, wrt=wrt)
        yield partial(SymbolicDerivative, wrt, None, False, (), ())


def _never() -> NoReturn:
    deque(repeat(None), maxlen=0)
    raise AssertionError
