"""Many points on the command line: a source is opened, its rows are answered, and written as they are ready."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from derivcli.cli.progress import Extent
from derivcli.cli.report import exit_code_of_rows, said_first
from derivcli.cli.streams import with_the_next
from derivcli.errors import DataError
from derivcli.model.rows import BAD
from derivcli.model.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from derivcli.cli.call import CommandCall
    from derivcli.cli.options import Options
    from derivcli.errors import ExitCode
    from derivcli.model.rows import Answers, Rows, Source


def answer(call: CommandCall) -> ExitCode:
    """Answer one expression at many points; raises a `DerivError` for what the user can mend."""
    options, chosen = call.options, call.format(rows=True)
    call.check_rows()
    from derivcli.document import exporter
    from derivcli.model.tally import Tally

    write = exporter(chosen, to_file=call.to_file)
    with call.target() as target, _closed_if_refused(_source(call)) as source:
        request = call.request()
        from derivcli import many

        plan = many.plan(request, source, call.verify)
        call.environment.warn(*said_first(plan.outline.answer, chosen))
        tally, counted = Tally(), _Counted(source)
        answers = many.answers(plan, counted)
        rows = tally.counted(_stopped(answers) if options.on_error == "stop" else answers)
        extent = _extent(source, options, lambda: tally.rows / max(counted.given, 1))
        pieces = write(plan.outline, call.watched(rows, extent, chosen), call.canvas)
        target.write_all(pieces if options.points == "-" else with_the_next(pieces))
    return exit_code_of_rows(tally.rows, tally.counts[Status.AGREE], tally.counts[BAD], call.verify)


def _source(call: CommandCall) -> Source:
    if call.options.points is None:
        from derivcli.points.grid import Grid

        return Grid(call.places.axes)
    from derivcli.points.files import open_points

    source: Source = open_points(call.options.points, call.told, call.environment.bytes_in())
    return source


@contextmanager
def _closed_if_refused(source: Any) -> Iterator[Any]:
    """Close a file whose rows nobody will read, or no more of them."""
    try:
        yield source
    except BaseException:
        if hasattr(source, "close"):  # a grid has nothing to close
            source.close()
        raise


class _Counted:
    """A source that counts the rows it has given: a small file is read long before its rows are answered."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.form = source.form
        self.header = source.header
        self.given = 0

    def rows(self, variables: Sequence[str]) -> Iterator[Rows]:
        """Yield the rows of the source."""
        for rows in self._source.rows(variables):
            self.given += len(rows)
            yield rows


def _extent(source: Any, options: Options, answered: Callable[[], float]) -> Extent:
    """Return how much there is to do, as far as the source knows; `answered` is the share of the rows it has given."""
    if hasattr(source, "__len__"):  # a grid, and Parquet
        return Extent(rows=len(source))
    from derivcli.points.named import size_of

    size = size_of(options.points or "-")
    return Extent(share=(lambda: source.bytes_read / size * answered()) if size else None)


def _stopped(answers: Iterable[Answers]) -> Iterator[Answers]:
    """Give the answers on; raises `DataError` at the first row that cannot be read."""
    for found in answers:
        if found.rows.bad:
            index = min(found.rows.bad)
            yield found.part(0, index)
            raise DataError(
                f"line {found.rows.lines[index]}: {found.rows.bad[index]}",
                hint="--on-error record goes on and records what cannot be read",
            )
        yield found
