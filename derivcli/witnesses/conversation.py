"""A request to the worker that is under way, and one that was sent ahead of its turn.

The worker answers in the order in which it is asked. So while a request has been sent ahead, what else is asked stands
behind it: its replies are kept until its turn comes, and the time that it takes is not taken from what waits.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.witnesses.client import Worker
    from derivcli.witnesses.protocol import Reply, WorkerRequest

Meanwhile = Callable[[], bool]  # does a little, and tells whether there is more to do
Asked = tuple["Worker", int]
Again = Callable[[], Asked | None]


def nothing() -> bool:
    """Do nothing meanwhile."""
    return False


@dataclass(slots=True)
class SentAhead:
    """A request that was sent before its turn, with the replies that have come; it is `over` when all have."""

    request: WorkerRequest
    number: int
    until: float
    kept: deque[Reply] = field(default_factory=deque)
    over: bool = False


class Conversation:
    """A request under way; yields its replies until it is done, the deadline has passed or the worker has died.

    `again` asks another worker, if there is to be one. What has ended the last one is its `ending`. `early` are the
    replies that came before its turn.
    """

    def __init__(
        self,
        worker: Worker,
        number: int,
        deadline: float,
        again: Again | None = None,
        early: deque[Reply] | None = None,
    ) -> None:
        self._worker = worker
        self._number = number
        self._deadline = deadline
        self._again = again
        self._early = early or deque()
        self.done = False
        self.ending: str | None = None

    def replies(self, meanwhile: Meanwhile = nothing) -> Iterator[Reply]:
        """Yield the replies as they come. Afterwards `done` tells whether they are complete.

        While none has come there is time for `meanwhile`, which must not ask the worker. Raises `MissingPartError` for
        a worker that cannot work.
        """
        from derivcli.witnesses.protocol import Died, Done  # which takes 5 ms: nobody asks about a text with a slip

        while not self.done:
            while not self._early and self._worker.is_silent and time.monotonic() < self._deadline and meanwhile():
                pass
            received = (self._number, self._early.popleft()) if self._early else self._received()
            if received is None:
                return
            number, reply = received
            if isinstance(reply, Died) and not self._is_asked_again():
                if time.monotonic() < self._deadline:  # else its alarm has ended it
                    self.ending = self._worker.ending(reply.code)
                return
            if number == self._number:
                self._again = None
                self.done = isinstance(reply, Done)
                if not self.done:
                    yield reply

    def _received(self) -> tuple[int, Reply] | None:
        """Return the next reply that is not for a request sent ahead, None when the time is over."""
        from derivcli.witnesses.protocol import Died, Done

        while (ahead := self._worker.ahead) is not None and ahead.number < self._number and not ahead.over:
            started = time.monotonic()
            received = self._worker.receive(ahead.until)
            self._deadline += time.monotonic() - started
            if received is None:  # what stands before this request does not end, as others find out in its turn
                return 0, Died()
            if received[0] != ahead.number:
                return received
            ahead.over = isinstance(received[1], Done)
            ahead.kept.append(received[1])
        return self._worker.receive(self._deadline)

    def _is_asked_again(self) -> bool:
        """Ask another worker, if this one has said nothing and there is time left; tell whether that has been done."""
        again, self._again = self._again, None
        asked = again() if again is not None and time.monotonic() < self._deadline else None
        if asked is not None:
            self._worker, self._number = asked
        return asked is not None
