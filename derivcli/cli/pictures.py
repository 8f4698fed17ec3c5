"""Pictures on the command line: in the terminal, or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from derivcli.cli.report import as_notes
from derivcli.cli.streams import OutputFile, target_of
from derivcli.errors import ExitCode, UsageError
from derivcli.language.diagnostics import visible
from derivcli.points.places import split_places
from derivcli.render.canvas import Format
from derivcli.targets import is_given

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.cli.options import Options
    from derivcli.cli.streams import Environment
    from derivcli.render.canvas import Canvas

# What a picture does not show, and the option that asks for it.
_OTHERS = (
    "points",
    "wrt",
    "partial",
    "hessian",
    "along",
    "implicit",
    "tangent",
    "taylor",
    "near",
    "total",
    "error",
    "graph",
)


def draw(texts: Sequence[str], options: Options, chosen: Format, canvas: Canvas, environment: Environment) -> ExitCode:
    """Draw f and its first derivatives; raises a `DerivError` for what the user can mend."""
    _check(texts, options, chosen)
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


def _check(texts: Sequence[str], options: Options, chosen: Format) -> None:
    if len(texts) > 1:
        raise UsageError("--plot draws one expression", hint="ask for one expression at a time")
    others = [name for name in _OTHERS if is_given(getattr(options, name))]
    for name in (*others, *(["order"] if options.order != 1 else [])):
        hint = "--plot draws f and its first derivatives over a range"
        raise UsageError(f"--plot and --{name} do not go together", hint=hint)
    if chosen is not Format.TABLE:
        raise UsageError(f"--plot and --format {chosen} do not go together", hint="ask for the numbers in another call")
    if options.plot and options.output:
        raise UsageError("--plot names its file itself", hint="leave out --output")
