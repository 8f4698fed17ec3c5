"""`deriv --functions` on the command line: the functions of the language that match the words, or all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.cli.options import asked_format
from derivcli.document import Format
from derivcli.errors import ExitCode

if TYPE_CHECKING:
    from derivcli.cli.call import CommandCall


def answer(call: CommandCall) -> ExitCode:
    """Print the functions; raises `UsageError` for what asks about an expression."""
    call.check_alone("functions", "lists functions", "try: deriv --functions bessel")
    from derivcli.document.functions import render_functions
    from derivcli.language.catalogue.search import search

    chosen = asked_format(call.options) or Format.TABLE
    call.target().write(render_functions(search(" ".join(call.options.words)), chosen, call.canvas))
    return ExitCode.AGREE
