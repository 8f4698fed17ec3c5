"""`deriv --manual`: a page in the pager of a terminal, and plain Markdown everywhere else."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from derivcli import manual
from derivcli.cli.options import asked_format
from derivcli.cli.streams import StandardOutput
from derivcli.document import Canvas, Format
from derivcli.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from derivcli.cli.call import CommandCall
    from derivcli.cli.options import Options
    from derivcli.cli.streams import Environment

_SAID, _HINT = "shows a page", "deriv --manual lists the topics"
_PAGER = "less"
# As git has it: colours are shown, and what fits the window is printed without a pager.
_PAGER_SETTINGS = {"LESS": "FRX"}


def answer(call: CommandCall) -> ExitCode:
    """Show a page, or the list of the topics; raises `UsageError` for what no page can be asked for."""
    options, environment = call.options, call.environment
    call.check_alone("manual", _SAID, _HINT)
    chosen = _checked(options)
    text = manual.page(options.manual) if options.manual else manual.contents()
    width = None if call.to_file else environment.width()
    if chosen is Format.MARKDOWN or width is None:
        call.target().write(text)
        return ExitCode.AGREE
    drawn = manual.render(text, Canvas(width=width, color=environment.wants_colour(options.color)))
    if not _paged(drawn, environment):
        StandardOutput(environment).write(drawn)
    return ExitCode.AGREE


def _checked(options: Options) -> Format | None:
    """Return the format that is asked for: none, table (the page as a terminal shows it) or Markdown."""
    if options.words:
        raise UsageError(f"--manual {_SAID}, and takes no `{options.words[0]}`", hint=_HINT)
    chosen = asked_format(options)
    if chosen not in (None, Format.TABLE, Format.MARKDOWN):
        raise UsageError(f"--manual has no format {chosen}", hint="its pages are Markdown")
    return chosen


def _paged(text: str, environment: Environment) -> bool:
    """Show a text by the user's pager, and tell whether that was done."""
    import signal
    import subprocess

    command = _pager(environment)
    if not command:
        return False
    before = signal.signal(signal.SIGINT, _ignore)  # Ctrl-C is the pager's: we must not leave the terminal to it alone
    try:
        subprocess.run(  # noqa: S603 - the user's own pager, and no shell
            command,
            input=text.encode(),
            stdout=environment.stdout,
            env={**_PAGER_SETTINGS, **environment.variables},
            check=False,
        )
    except (OSError, ValueError):  # there is no such program, or standard output is no file
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    return True


def _pager(environment: Environment) -> list[str]:
    """Return the command of the pager; nothing where the terminal is too simple, or the user wants none."""
    if environment.variables.get("TERM") == "dumb":
        return []
    try:
        return shlex.split(environment.variables.get("PAGER", _PAGER))
    except ValueError:  # a quote that never closes
        return []


def _ignore(_number: int, _frame: object) -> None:
    """Do nothing; unlike `SIG_IGN` it is not handed down to the pager."""
