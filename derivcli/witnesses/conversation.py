"""A request to the worker that is under way, and its replies."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.witnesses.process import Worker
    from derivcli.witnesses.replies import Reply

Meanwhile = Callable[[], bool]  # does a little, and tells whether there is more to do
Asked = tuple["Worker", int]
Again = Callable[["Worker", float], Asked | None]  # in the place of a worker that has died, until a deadline


def nothing() -> bool:
    """Do nothing meanwhile."""
    return False


class Conversation:
    """A request under way; yields its replies until it is done, the deadline has passed or the worker has died.

    `again` asks another worker, if there is to be one. What has ended the last one is its `ending`.
    """

    def __init__(self, worker: Worker, number: int, deadline: float, again: Again | None = None) -> None:
        self.worker = worker
        self.number = number
        self.deadline = deadline
        self.seconds_ahead: float | None = None  # that it has, if it was sent before its turn, and that has not come
        self.done = False
        self.ending: str | None = None
        self._again = again
        self._early: deque[Reply] = deque()

    def replies(self, meanwhile: Meanwhile = nothing) -> Iterator[Reply]:
        """Yield the replies as they come. Afterwards `done` tells whether they are complete.

        While none has come there is time for `meanwhile`, which must not ask the worker. Raises `MissingPartError` for
        a worker that cannot work.
        """
        while self._early:
            yield self._early.popleft()
        yield from self._coming(meanwhile)

    def next(self) -> Reply | None:
        """Return the next reply, None where there is none; raises as `replies` does."""
        return next(self.replies(), None)

    def put_back(self, reply: Reply) -> None:
        """Let a reply come once more."""
        self._early.appendleft(reply)

    def gather(self) -> None:
        """Wait for the replies, and keep them for those who ask for them; raises as `replies` does."""
        self._early.extend(self._coming(nothing))

    def _coming(self, meanwhile: Meanwhile) -> Iterator[Reply]:
        from derivcli.witnesses.replies import Died, Done  # which takes 5 ms: nobody asks about a text with a slip

        while not self.done:
            while self.worker.is_silent(self.number) and time.monotonic() < self.deadline and meanwhile():
                pass
            reply = self.worker.receive(self.number, self.deadline)
            if reply is None:
                return
            if isinstance(reply, Died):
                if self._is_asked_again():
                    continue
                if time.monotonic() < self.deadline:  # else its alarm has ended it
                    self.ending = self.worker.ending(reply.code)
                return
            self._again = None
            self.done = isinstance(reply, Done)
            if not self.done:
                yield reply

    def _is_asked_again(self) -> bool:
        """Ask another worker, if this one has said nothing and there is time left; tell whether that has been done."""
        again, self._again = self._again, None
        asked = again(self.worker, self.deadline) if again is not None and time.monotonic() < self.deadline else None
        if asked is not None:
            self.worker.forget(self.number)
            self.worker, self.number = asked
        return asked is not None
