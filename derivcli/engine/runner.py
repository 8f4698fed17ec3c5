"""`--engine dask://HOST:PORT | dask://local[:N] | serial` -> who runs the parts: this process, or another `Runner`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from derivcli.errors import DerivError, UsageError
from derivcli.language.diagnostics import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

I = TypeVar("I")  # noqa: E741
O = TypeVar("O")  # noqa: E741

_LOCAL = re.compile(r"dask://local(?::(?P<count>-?[0-9]{1,9}))?")
_REMOTE = re.compile(r"dask://(?P<host>[^\s:/@?#\[\]]+|\[[0-9a-fA-F:.]+\]):(?P<port>[0-9]{1,5})/?")
_PORTS = 2**16  # TCP's
_ENGINES = "the engines are dask://HOST:PORT, dask://local, dask://local:4 and serial"


@dataclass(frozen=True, slots=True)
class Address:
    """Who runs the parts: the scheduler at `host`, else `workers` processes of Dask here, else this process."""

    host: str = ""
    port: int = 0
    workers: int | None = None
    is_dask: bool = False

    @property
    def shown(self) -> str:
        """Where it is, as messages say it."""
        return f"{self.host}:{self.port}" if self.host else "this machine"


def read_address(text: str) -> Address:
    """Return what `--engine` says; `workers` is None for as many as there are cores. Raises `UsageError`."""
    if text == "serial":
        return Address()
    local, remote = _LOCAL.fullmatch(text), _REMOTE.fullmatch(text)
    if local:
        count = None if local["count"] is None else int(local["count"])
        if count is not None and count < 1:
            raise UsageError(f"--engine {text} has no worker", hint="give it one or more: dask://local:2")
        return Address(workers=count, is_dask=True)
    if remote and 0 < int(remote["port"]) < _PORTS:
        return Address(remote["host"], int(remote["port"]), is_dask=True)
    raise UsageError(f"no such engine: `{visible(text)}`", hint=_ENGINES)


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
