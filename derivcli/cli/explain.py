"""The steps of an answer, the next one alone, and the check of a reader's answer, on the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from derivcli.cli.report import exit_code, left_out, said_first
from derivcli.document import Format
from derivcli.errors import ExitCode, UsageError
from derivcli.model.options import EXPLAINING, given

if TYPE_CHECKING:
    from derivcli.cli.call import CommandCall
    from derivcli.document import Canvas
    from derivcli.model import Result, System
    from derivcli.model.steps import AnswerCheck

# Where there is room for what explains. Bare answers of a check are its verdicts.
_OF_HINTS = (Format.TABLE, Format.JSON, Format.JSONL)
_OF_CHECKS = (*_OF_HINTS, Format.MARKDOWN, Format.VALUE)
_FORMATS = (*_OF_HINTS, Format.MARKDOWN, Format.LATEX)


def answer(call: CommandCall) -> ExitCode:
    """Answer with an explanation; raises a `DerivError` for what the user can mend."""
    options, chosen, canvas = call.options, call.format(rows=call.has_rows), call.canvas
    wanted = call.wanted
    _check(call, chosen)
    with call.target() as target:
        from derivcli.api import differentiate
        from derivcli.document import render
        from derivcli.explanations.asking import deadline_of, of_a_variable, with_checks, with_steps

        deadline = deadline_of(wanted)
        words = call.environment.texts([*call.texts, *(options.check or [])])
        texts, answers = words[: len(call.texts)], words[len(call.texts) :]
        plain: Result | System = differentiate(texts if len(texts) > 1 else texts[0], **wanted)
        asked = of_a_variable(plain) if options.hint else plain
        found = with_checks(plain, answers, deadline) if answers else with_steps(asked, deadline)
        call.environment.warn(*said_first(found, chosen))
        if answers:
            target.write(_checks(found, chosen, canvas))
            return ExitCode.AGREE if _all_right(found) else ExitCode.DIFFER
        if options.hint:
            target.write(_hints(found, chosen, canvas))
            return ExitCode.AGREE
        target.write(render(found, chosen, replace(canvas, full_steps=options.steps == "full")))
    call.environment.warn(*left_out(found, chosen))
    return exit_code(found)


def _check(call: CommandCall, chosen: Format) -> None:
    """Raise `UsageError` for what an explanation does not go with."""
    formats = _OF_HINTS if call.options.hint else _OF_CHECKS if call.options.check else _FORMATS
    for option in given(call.options, EXPLAINING):
        call.check_clash(option)
        if chosen not in formats:
            hint = f"its formats are {', '.join(formats)}"
            raise UsageError(f"{option.flag} and --format {chosen} do not go together", hint=hint)
        call.check_one_point(f"{option.flag} takes one point")


def _checks(found: Result | System, chosen: Format, canvas: Canvas) -> str:
    from derivcli.document import render
    from derivcli.document.checks import render_checks

    for_people = chosen in (Format.TABLE, Format.MARKDOWN)
    if chosen is Format.VALUE:
        return "".join(f"{check.verdict}\n" for check in _each_check(found))
    return render_checks(found, chosen, canvas) if for_people else render(found, chosen, canvas)


def _each_check(found: Result | System) -> list[AnswerCheck]:
    return [d.check for result in found.functions for d in result.derivatives if d.check]


def _all_right(found: Result | System) -> bool:
    from derivcli.model.steps import AnswerVerdict

    return all(check.verdict is AnswerVerdict.RIGHT for check in _each_check(found))


def _hints(found: Result | System, chosen: Format, canvas: Canvas) -> str:
    """Return the next rule for each derivative, and not what it makes; notes where there is none."""
    from derivcli.document import names, words
    from derivcli.document.steps import hint, next_step
    from derivcli.model import SCHEMA_VERSION

    parts = names.parts(found, canvas.notation)
    first = [(part, d) for part in parts for d in part.result.derivatives if d.steps]
    if chosen is Format.TABLE:
        said = ((part.name(d), ": ", *hint(part, d)) for part, d in first)
        lines = ["".join(words.shown(piece, unicode=canvas.unicode) for piece in line) for line in said]
        notes = [f"note: {note}" for part in parts for note in part.result.notes]
        return "".join(f"  {line}\n" for line in (*lines, *notes))
    hints = [{"name": d.name, **next_step(part.result, d).to_dict()} for part, d in first]
    data = {"schema_version": SCHEMA_VERSION, "hints": hints}
    return json.dumps(data, indent=2 if chosen is Format.JSON else None, ensure_ascii=not canvas.unicode) + "\n"
