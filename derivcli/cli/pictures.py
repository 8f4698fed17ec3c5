"""Pictures on the command line: in the terminal, or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from derivcli.cli.options import asked_format
from derivcli.cli.report import as_notes
from derivcli.cli.streams import OutputFile, target_of
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
    """Draw f and its first derivatives; raises a `DerivError` for what the user can mend."""
    _check(texts, options)
    from derivcli import plot
    from derivcli.plot.paper import check_suffix

    places = split_places(options.at or [])
    expression = environment.read() if texts[0] == "-" else texts[0]
    if not options.plot:
        target = target_of(options.output, environment)
        try:
            target.write(plot.picture(expression, places, canvas))
        except BaseException:
            target.discard()
            raise
        return ExitCode.AGREE
    suffix = check_suffix(Path(options.plot).suffix)
    file = OutputFile(options.plot)
    try:
        found = plot.shapes_of(expression, places)
        file.write_all([plot.on_paper(found, suffix)])
    except BaseException:
        file.discard()
        raise
    environment.warn(*as_notes(found.readings))
    environment.warn(f"{plot.where(found)}, written to {visible(options.plot)}")
    return ExitCode.AGREE


def _check(texts: Sequence[str], options: Options) -> None:
    if len(texts) > 1:
        raise UsageError("--plot draws one expression", hint="ask for one expression at a time")
    picture = find("plot")
    other = clash(picture, given(options))
    if other is not None:
        raise UsageError(f"--plot and {other.flag} do not go together", hint=why_not(picture))
    chosen = asked_format(options) or Format.TABLE
    if chosen is not Format.TABLE:
        raise UsageError(f"--plot and --format {chosen} do not go together", hint="ask for the numbers in another call")
    if options.plot and options.output:
        raise UsageError("--plot names its file itself", hint="leave out --output")
