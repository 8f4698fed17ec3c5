"""A progress bar on standard error: rows done, how many a second, and the time left where the end is known."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from derivcli.cli.streams import unfinished
from derivcli.document import FORMATS, Format

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from derivcli.cli.streams import Environment

_PATIENCE = 0.5  # seconds without a bar
_ALONE: dict[str, Any] = {"redirect_stdout": False, "redirect_stderr": False}
_PAUSE = 0.1  # seconds between two looks
_ONE = (None,)  # what is no block of rows counts once
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there is to do: a number of rows, or of a source of unknown length the share that has been read.

    `what` is what is counted.
    """

    rows: int | None = None
    share: Callable[[], float] | None = None
    what: str = "rows"


def watched(
    answers: Iterable[T],
    extent: Extent,
    environment: Environment,
    *,
    shown: bool,
    now: Callable[[], float] = monotonic,
) -> Iterator[T]:
    """Give the answers on, and show how far they are if that takes its time."""
    if not shown:
        yield from answers
        return
    bar = _Bar(environment, extent, now)
    unfinished.append(bar)
    try:
        for chunk in answers:
            bar.advance(len(getattr(chunk, "rows", _ONE)))
            yield chunk
    finally:
        unfinished.remove(bar)
        bar.discard()


def wants_progress(environment: Environment, chosen: Format, *, quiet: bool, to_file: bool) -> bool:
    """Tell whether a bar may be shown: nobody asked for quiet, and no rows run over the terminal on which it stands.

    None do before the end where they are summed up in a document.
    """
    if quiet or chosen is Format.VALUE or not _can_move(environment):
        return False
    stdout = environment.stdout
    return to_file or FORMATS[chosen].has_document or stdout is None or not stdout.isatty()


def _can_move(environment: Environment) -> bool:
    """Tell whether standard error is a terminal on which a line can be drawn anew."""
    stderr = environment.stderr
    return stderr is not None and stderr.isatty() and environment.variables.get("TERM") != "dumb"


class _Bar:
    """A bar that is drawn when it has been waited for long enough, and vanishes."""

    def __init__(self, environment: Environment, extent: Extent, now: Callable[[], float]) -> None:
        self._environment = environment
        self._extent = extent
        self._now = now
        self._start = self._drawn = now()
        self._rows = 0
        self._progress: Any = None

    def advance(self, rows: int) -> None:
        """Count rows that are done."""
        self._rows += rows
        if self._now() - self._start >= _PATIENCE and self._now() - self._drawn >= _PAUSE:
            self._drawn = self._now()
            self._draw()

    def discard(self) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()

    def _draw(self) -> None:
        if self._progress is None:
            self._progress = self._made()
            self._progress.start()
        elapsed = self._now() - self._start
        share = self._share()
        left = elapsed / share * (1 - share) if share else None
        fields = {"rows": f"{self._rows:,}", "rate": f"{self._rows / elapsed:,.0f}", "left": _time(left)}
        self._progress.update(self._progress.task_ids[0], completed=share or 0.0, **fields)
        self._progress.refresh()

    def _share(self) -> float | None:
        """Return how much of all is done, None where the end is not known."""
        if self._extent.rows:
            return min(1.0, self._rows / self._extent.rows)
        return None if self._extent.share is None else min(1.0, self._extent.share())

    def _made(self) -> Any:
        """Return a bar of rich's that has no thread of its own."""
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        variables = dict(self._environment.variables)
        console = Console(file=self._environment.stderr, force_jupyter=False, legacy_windows=False, _environ=variables)
        known = self._share() is not None
        end = [BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TextColumn("{task.fields[left]}")]
        columns = [
            TextColumn(f"{{task.fields[rows]}} {self._extent.what}"),
            TextColumn("{task.fields[rate]}/s"),
            *(end if known else []),
        ]
        progress = Progress(*columns, console=console, transient=True, auto_refresh=False, **_ALONE)
        progress.add_task("", total=1.0, rows="", rate="", left="")
        return progress


def _time(seconds: float | None) -> str:
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02} left" if hours else f"{minutes}:{rest:02} left"
