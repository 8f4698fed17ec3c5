"""Files of points in parts on the command line: an engine is reached, and its parts are watched."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from derivcli.cli.options import asked_format
from derivcli.cli.progress import Extent
from derivcli.cli.report import exit_code_of_rows, said_first
from derivcli.cli.streams import unfinished
from derivcli.document import Format
from derivcli.errors import UsageError
from derivcli.model.options import find
from derivcli.model.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.cli.call import CommandCall
    from derivcli.engine.manifest import Outcome
    from derivcli.engine.runner import Address, Runner
    from derivcli.errors import ExitCode
    from derivcli.model.choices import Verify


def answer(call: CommandCall) -> ExitCode:
    """Answer one expression at the points in files, part by part; raises a `DerivError` for what the user can mend."""
    options = call.options
    call.format(rows=True)
    call.check_rows()
    call.check_clash(find("engine"))
    from derivcli.engine import run
    from derivcli.engine.files import files_of
    from derivcli.engine.runner import read_address

    address = read_address(options.engine)
    folder = _folder(options.output)
    chosen = asked_format(options, but="quiet")
    files = files_of(options.points)
    question = run.ask(files, call.request(), call.told, call.verify, folder, chosen, call.canvas)
    call.environment.warn(*said_first(question.plan.outline.answer, question.format))
    with _runner(address) as runner:
        found = run.prepare(question, runner, resume=options.resume)
        unfinished.append(found.manifest)
        extent = Extent(rows=len(found), what="parts")
        return _exit_code(call.watched(found.outcomes(runner), extent, Format.CSV), call.verify)


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
    counts: Counter[str] = Counter()
    for found in outcomes:
        counts.update(getattr(found, "counts", {}))
    return exit_code_of_rows(counts["read"], counts[Status.AGREE], counts["refused"], verify)
