"""Many points on the command line: a source is opened, its rows are answered, and written as they are ready."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from derivcli.cli.progress import Extent, wants_progress, watched
from derivcli.cli.report import said_first
from derivcli.cli.streams import is_file, target_of, with_the_next
from derivcli.errors import DataError, ExitCode, UsageError
from derivcli.model.choices import Verify
from derivcli.model.rows import BAD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from derivcli.cli.options import Options
    from derivcli.cli.streams import Environment
    from derivcli.document import Canvas, Format
    from derivcli.model.rows import Answers, Rows, Source
    from derivcli.model.tally import Tally
    from derivcli.points.places import Places
    from derivcli.points.told import Told


def answer(
    texts: Sequence[str],
    options: Options,
    wanted: Mapping[str, Any],
    places: Places,
    chosen: Format,
    canvas: Canvas,
    environment: Environment,
) -> ExitCode:
    """Answer one expression at many points; raises a `DerivError` for what the user can mend."""
    _check(texts, options, places)
    verify = Verify(options.verify)
    from derivcli.api import request_of
    from derivcli.document import exporter
    from derivcli.model.tally import Tally

    to_file = is_file(options.output)
    write = exporter(chosen, to_file=to_file)
    target = target_of(options.output, environment)
    try:
        source = _source(options, places, environment)
        expression = environment.read() if texts[0] == "-" else texts[0]
        from derivcli import many

        with _closed_if_refused(source):
            plan = many.plan(request_of(expression, dict(wanted)), source, verify)
            environment.warn(*said_first(plan.outline, chosen))
            tally, counted = Tally(), _Counted(source)
            answers = many.answers(plan, counted)
            rows = tally.counted(_stopped(answers) if options.on_error == "stop" else answers)
            shown = wants_progress(environment, chosen, quiet=options.quiet, to_file=to_file)
            extent = _extent(source, options, lambda: tally.rows / max(counted.given, 1))
            pieces = write(plan.outline, watched(rows, extent, environment, shown=shown), canvas)
            target.write_all(pieces if options.points == "-" else with_the_next(pieces))
    except BaseException:
        target.discard()
        raise
    return _exit_code(tally, verify)


def _check(texts: Sequence[str], options: Options, places: Places) -> None:
    if len(texts) > 1:
        raise UsageError("several expressions take one point", hint="ask for one expression at a time")
    if options.points is not None and places.axes:
        raise UsageError(
            "--points and a range do not go together", hint="put the range into the file, or leave out one of the two"
        )
    if texts[0] == "-" and options.points == "-":
        raise UsageError("- stands for standard input, which can be read once only")


def _source(options: Options, places: Places, environment: Environment) -> Source:
    if options.points is None:
        from derivcli.points.grid import Grid

        return Grid(places.axes)
    from derivcli.points.files import open_points

    source: Source = open_points(options.points, told_of(options), environment.bytes_in())
    return source


def told_of(options: Options) -> Told:
    """Return what the options say of the file."""
    from derivcli.points.told import read_told

    return read_told(options.points_format, options.delimiter, options.decimal, options.encoding, options.rename or ())


@contextmanager
def _closed_if_refused(source: Any) -> Iterator[None]:
    """Close a file whose rows nobody will read, or no more of them."""
    try:
        yield
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
    from derivcli.points.files import size_of

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


def _exit_code(tally: Tally, verify: Verify) -> ExitCode:
    """Return the exit status; with --verify off nothing is said of numbers, so that only rows count that have none."""
    if verify is Verify.OFF:
        return ExitCode.DIFFER if tally.counts[BAD] else ExitCode.AGREE
    return ExitCode.AGREE if tally.all_agree else ExitCode.DIFFER
