"""Pictures on the command line: in the terminal, or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from derivcli.cli.options import asked_format
from derivcli.cli.report import as_notes
from derivcli.cli.streams import OutputFile, once, target_of
from derivcli.document import Format
from derivcli.errors import ExitCode, UsageError
from derivcli.language.diagnostics import visible
from derivcli.model.options import clash, find, given, why_not
from derivcli.points.places import split_places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.cli.options import Options
    from derivcli.cli.streams import Environment
    from derivcli.document import Canvas


def draw(texts: Sequence[str], options: Options, canvas: Canvas, environment: Environment) -> ExitCode:
    """Draw functions and their derivatives; raises a `DerivError` for what the user can mend."""
    _check(options)
    from derivcli import plot
    from derivcli.plot.paper import check_suffix

    suffix = check_suffix(Path(options.plot).suffix) if options.plot else ""
    places = split_places(options.at or [])
    target = OutputFile(options.plot) if options.plot else target_of(options.output, environment)
    try:
        expressions = [environment.read() if text == "-" else text for text in once(texts)]
        found = plot.shapes_of(
            expressions, places, order=options.order, tangent=options.tangent, notation=canvas.notation
        )
        target.write_all([plot.on_paper(found, suffix) if options.plot else plot.as_text(found, canvas)])
    except BaseException:
        target.discard()
        raise
    if options.plot:
        environment.warn(*as_notes(plot.readings(found)))
        environment.warn(f"{plot.where(found)}, written to {visible(options.plot)}")
    return ExitCode.AGREE


def _check(options: Options) -> None:
    picture = find("plot")
    other = clash(picture, given(options))
    if other is not None:
        raise UsageError(f"--plot and {other.flag} do not go together", hint=why_not(picture))
    chosen = asked_format(options) or Format.TABLE
    if chosen is not Format.TABLE:
        raise UsageError(f"--plot and --format {chosen} do not go together", hint="ask for the numbers in another call")
    if options.plot and options.output:
        raise UsageError("--plot names its file itself", hint="leave out --output")
