"""Expressions at one point, or at none, on the command line."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from derivcli.cli.report import exit_code, left_out, said_first
from derivcli.document import Format
from derivcli.model.choices import Verify

if TYPE_CHECKING:
    from derivcli.cli.call import CommandCall
    from derivcli.errors import ExitCode


def answer(call: CommandCall) -> ExitCode:
    """Answer at one point, or with formulas; raises a `DerivError` for what the user can mend."""
    chosen = call.format(rows=False)
    wanted = call.wanted
    with call.target() as target:
        from derivcli.api import answer_to, request_of
        from derivcli.document import load, render

        expressions = call.expressions()
        request = request_of("", wanted)
        unseen = chosen is Format.VALUE and request.at is not None  # formulas, and what is worked out for them
        verified = call.verify is not Verify.OFF
        answer = answer_to(expressions, replace(request, unseen=unseen, verified=verified), partial(load, chosen))
        call.environment.warn(*said_first(answer, chosen))
        target.write(render(answer, chosen, call.canvas))
    call.environment.warn(*left_out(answer, chosen))
    return exit_code(answer, verified=verified)
