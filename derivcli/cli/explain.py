"""The steps of an answer, the next one alone, and the check of a reader's answer, on the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from derivcli.cli.report import exit_code, left_out, said_first
from derivcli.cli.streams import once, target_of
from derivcli.document import Format
from derivcli.errors import ExitCode, UsageError
from derivcli.model.options import EXPLAINING, clash, given, why_not

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.cli.options import Options
    from derivcli.cli.streams import Environment
    from derivcli.document import Canvas
    from derivcli.model import Result, System
    from derivcli.model.steps import AnswerCheck
    from derivcli.points.places import Places

# Where there is room for what explains. Bare answers of a check are its verdicts.
_OF_HINTS = (Format.TABLE, Format.JSON, Format.JSONL)
_OF_CHECKS = (*_OF_HINTS, Format.MARKDOWN, Format.VALUE)
_FORMATS = (*_OF_HINTS, Format.MARKDOWN, Format.LATEX)


def answer(
    texts: Sequence[str],
    options: Options,
    wanted: Mapping[str, Any],
    places: Places,
    chosen: Format,
    canvas: Canvas,
    environment: Environment,
) -> ExitCode:
    """Answer with an explanation; raises a `DerivError` for what the user can mend."""
    _check(options, places, chosen)
    target = target_of(options.output, environment)
    try:
        from derivcli.api import differentiate
        from derivcli.document import render
        from derivcli.explanations.asking import deadline_of, of_a_variable, with_checks, with_steps

        deadline = deadline_of(wanted)
        words = [*texts, *(options.check or [])]
        if "-" in words:
            words = [environment.read() if word == "-" else word for word in once(words)]
        texts, answers = words[: len(texts)], words[len(texts) :]
        plain: Result | System = differentiate(texts if len(texts) > 1 else texts[0], **wanted)
        asked = of_a_variable(plain) if options.hint else plain
        found = with_checks(plain, answers, deadline) if answers else with_steps(asked, deadline)
        environment.warn(*said_first(found, chosen))
        if answers:
            target.write(_checks(found, chosen, canvas))
            return ExitCode.AGREE if _all_right(found) else ExitCode.DIFFER
        if options.hint:
            target.write(_hints(found, chosen, canvas))
            return ExitCode.AGREE
        target.write(render(found, chosen, replace(canvas, full_steps=options.steps == "full")))
    except BaseException:
        target.discard()
        raise
    environment.warn(*left_out(found, chosen))
    return exit_code(found)


def _check(options: Options, places: Places, chosen: Format) -> None:
    """Raise `UsageError` for what an explanation does not go with."""
    used = given(options)
    for option in given(options, EXPLAINING):
        other = clash(option, used)
        if other is not None:
            raise UsageError(f"{option.flag} and {other.flag} do not go together", hint=why_not(option))
        formats = _OF_HINTS if options.hint else _OF_CHECKS if options.check else _FORMATS
        if chosen not in formats:
            hint = f"its formats are {', '.join(formats)}"
            raise UsageError(f"{option.flag} and --format {chosen} do not go together", hint=hint)
        if places.axes:
            name = next(iter(places.axes))
            raise UsageError(f"{option.flag} takes one point", hint=f"give `{name}` one value: --at {name}=2")


def _checks(found: Result | System, chosen: Format, canvas: Canvas) -> str:
    from derivcli.document import render
    from derivcli.document.checks import render_checks

    for_people = chosen in (Format.TABLE, Format.MARKDOWN)
    if chosen is Format.VALUE:
        return "".join(f"{check.verdict}\n" for check in _each_check(found))
    return render_checks(found, chosen, canvas) if for_people else render(found, chosen, canvas)


def _each_check(found: Result | System) -> list[AnswerCheck]:
    results: Any = getattr(found, "functions", (found,))
    return [d.check for result in results for d in result.derivatives if d.check]


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
