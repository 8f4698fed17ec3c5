"""Pictures on the command line: in the terminal, or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from derivcli.cli.options import asked_format
from derivcli.cli.report import as_notes
from derivcli.cli.streams import OutputFile
from derivcli.document import Format
from derivcli.errors import ExitCode, UsageError
from derivcli.language.diagnostics import visible
from derivcli.model.options import find
from derivcli.points.places import split_places

if TYPE_CHECKING:
    from derivcli.cli.call import CommandCall


def answer(call: CommandCall) -> ExitCode:
    """Draw functions and their derivatives; raises a `DerivError` for what the user can mend."""
    options = call.options
    _check(call)
    from derivcli import plot
    from derivcli.plot.paper import check_suffix

    file = options.plot or _picture(options.output)
    suffix = check_suffix(Path(file).suffix) if file else ""
    places = split_places(options.at or [])
    with OutputFile(file) if file else call.target() as target:
        found = plot.shapes_of(
            call.environment.texts(call.texts),
            places,
            order=options.order,
            tangent=options.tangent,
            notation=call.canvas.notation,
        )
        target.write_all([plot.on_paper(found, suffix) if file else plot.as_text(found, call.canvas)])
    if file:
        call.environment.warn(*as_notes(plot.readings(found)))
        call.environment.warn(f"{plot.where(found)}, written to {visible(file)}")
    return ExitCode.AGREE


def _picture(name: str | None) -> str:
    """Return the name of the answer's file where it is that of a picture, else nothing: the picture is text then."""
    return name if name and Path(name).suffix.lower().removeprefix(".") in find("plot").suffixes else ""


def _check(call: CommandCall) -> None:
    call.check_clash(find("plot"))
    chosen = asked_format(call.options) or Format.TABLE
    if chosen is not Format.TABLE:
        raise UsageError(f"--plot and --format {chosen} do not go together", hint="ask for the numbers in another call")
    if call.options.plot and call.options.output:
        raise UsageError("--plot names its file itself", hint="leave out --output")
