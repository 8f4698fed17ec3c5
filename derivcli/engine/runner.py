"""Who runs the parts of a question: this process, or an engine that has `Runner`'s method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from derivcli.errors import DerivError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

I = TypeVar("I")  # noqa: E741
O = TypeVar("O")  # noqa: E741


class Runner(Protocol):
    """Calls a function with each of some items, wherever and in whatever order."""

    def each(self, work: Callable[[I], O], items: Iterable[I]) -> Iterator[tuple[I, O | DerivError]]:
        """Yield each item with what the function has made of it, or the error that it has raised, as they are ready.

        Raises `EngineError` where the engine is lost.
        """


class Serial:
    """One item after the other, in this process."""

    def each(self, work: Callable[[I], O], items: Iterable[I]) -> Iterator[tuple[I, O | DerivError]]:
        """Yield each item with what the function has made of it, or the error that it has raised."""
        for item in items:
            try:
                found: O | DerivError = work(item)
            except DerivError as error:
                found = error
            yield item, found
