"""Files of points in parts on the command line: an engine is reached, and its parts are watched."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from derivcli.cli.many import told_of
from derivcli.cli.progress import Extent, wants_progress, watched
from derivcli.cli.report import said_first
from derivcli.document import Format
from derivcli.errors import ExitCode, UsageError
from derivcli.model.choices import Verify
from derivcli.model.options import clash, find, given, why_not
from derivcli.model.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from derivcli.cli.options import Options
    from derivcli.cli.streams import Environment
    from derivcli.document import Canvas
    from derivcli.engine.address import Address
    from derivcli.engine.manifest import Outcome
    from derivcli.engine.runner import Runner
    from derivcli.points.places import Places


def answer(
    texts: Sequence[str],
    options: Options,
    wanted: Mapping[str, Any],
    places: Places,
    canvas: Canvas,
    environment: Environment,
) -> ExitCode:
    """Answer one expression at the points in files, part by part; raises a `DerivError` for what the user can mend."""
    _check(texts, options, places)
    from derivcli.cli.options import asked_format
    from derivcli.engine.address import read_address

    address = read_address(options.engine)
    folder = _folder(options.output)
    chosen = asked_format(options, but="quiet")
    from derivcli.api import request_of
    from derivcli.engine import run
    from derivcli.engine.files import files_of

    files = files_of(options.points)
    expression = environment.read() if texts[0] == "-" else texts[0]
    request, verify = request_of(expression, dict(wanted)), Verify(options.verify)
    question = run.ask(files, request, told_of(options), verify, folder, chosen, canvas)
    environment.warn(*said_first(question.plan.outline, question.format))
    with _runner(address) as runner:
        found = run.prepare(question, runner, resume=options.resume)
        shown = wants_progress(environment, Format.CSV, quiet=options.quiet, to_file=True)
        extent = Extent(rows=len(found), what="parts")
        return _exit_code(watched(found.outcomes(runner), extent, environment, shown=shown), verify)


def _check(texts: Sequence[str], options: Options, places: Places) -> None:
    if len(texts) > 1:
        raise UsageError("several expressions take one point", hint="ask for one expression at a time")
    if places.axes:
        raise UsageError("--engine and a range do not go together", hint="give each other variable one value")
    engine = find("engine")
    other = clash(engine, given(options))
    if other is not None:
        raise UsageError(f"{other.flag} and {engine.flag} do not go together", hint=why_not(engine))


def _folder(name: str | None) -> Path:
    """Return the folder of the parts; its name must say that it is one, unless it is there."""
    if not name or name == "-":
        raise UsageError("--engine writes a folder of parts", hint="add --output FOLDER/")
    if not name.endswith("/") and not Path(name).is_dir():
        raise UsageError("--engine writes a folder of parts, not one file", hint=f"write --output {name}/")
    return Path(name).absolute()


@contextmanager
def _runner(address: Address) -> Iterator[Runner]:
    if not address.is_dask:
        from derivcli.engine.runner import Serial

        yield Serial()
        return
    from derivcli.engine.dask import connected

    with connected(address) as runner:
        yield runner


def _exit_code(outcomes: Iterator[Outcome], verify: Verify) -> ExitCode:
    """Return the exit status, as for points that are not in parts; what has failed is raised at the end."""
    read = agree = refused = 0
    for found in outcomes:
        counts = getattr(found, "counts", {})
        read, agree = read + counts.get("read", 0), agree + counts.get(Status.AGREE, 0)
        refused += counts.get("refused", 0)
    bad = refused if verify is Verify.OFF else read - agree
    return ExitCode.DIFFER if bad else ExitCode.AGREE
