"""The steps that may be taken for one derivative, and what was made once in them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
Known = dict[Any, tuple[T, int]]  # what has been made, and the steps that count each time

MOST_STEPS = 500  # for one derivative: 40 in the median, 280 for nine in ten; a step takes 0.06 ms
_LAST_RESORT = 3.0  # seconds of this thread: twenty times what all derivatives of a question take, if steps mislead


class Work:
    """The steps that may still be taken: products made or written, terms expanded.

    Time is not asked, so that a form is the same on every machine, busy or not. `whole` is the work of which this is a
    part.
    """

    def __init__(self, steps: int, whole: Work | None = None) -> None:
        self._left = steps
        self._uncounted = 0  # steps of what is free from now on
        self._whole = whole
        self._deadline = time.thread_time() + _LAST_RESORT
        self._earliest = time.monotonic() + _LAST_RESORT  # no thread works for longer than time passes

    def spend(self, steps: int = 1) -> None:
        """Count steps."""
        self._left -= steps
        if self._whole is not None:
            self._whole.spend(steps)

    def once(self, known: Known[T], key: Any, make: Callable[[], T], *, counted: bool = True) -> T:
        """Return what is made for a key, made once and kept in `known`.

        If it is `counted`, its steps are each time, as if it were made anew, but for those of parts that are not.
        """
        if key in known:
            found, steps = known[key]
            self.spend(steps)
            return found
        left, uncounted = self._left, self._uncounted
        found = make()
        spent = left - self._left
        known[key] = found, spent - (self._uncounted - uncounted) if counted else 0
        if not counted:
            self._uncounted = uncounted + spent
        return found

    @property
    def is_over(self) -> bool:
        """True when the steps are spent: the best form found so far is the answer."""
        return self._left < 0 or self._is_late or (self._whole is not None and self._whole.is_over)

    @property
    def _is_late(self) -> bool:
        """True when the last resort is over; the clock of the thread costs a call of the system, so it comes second."""
        return time.monotonic() > self._earliest and time.thread_time() > self._deadline
