"""`deriv --functions` on the command line: the functions of the language that match the words, or all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.cli.options import asked_format
from derivcli.document import Format
from derivcli.errors import ExitCode, UsageError
from derivcli.model.options import clash, find, given

if TYPE_CHECKING:
    from derivcli.cli.call import CommandCall


def answer(call: CommandCall) -> ExitCode:
    """Print the functions; raises `UsageError` for a point."""
    if clash(find("functions"), given(call.options)):
        raise UsageError("--functions lists functions and takes no point", hint="try: deriv --functions bessel")
    from derivcli.document.functions import render_functions
    from derivcli.language.catalogue.search import search

    chosen = asked_format(call.options) or Format.TABLE
    call.target().write(render_functions(search(" ".join(call.options.words)), chosen, call.canvas))
    return ExitCode.AGREE
