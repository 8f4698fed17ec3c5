"""What an answer or an error means to the shell, and how an error is written."""

from __future__ import annotations

import json
import re
import traceback
from typing import TYPE_CHECKING

from derivcli.cli.helptext import GREETING, NothingAskedError
from derivcli.document import FORMATS, Format
from derivcli.errors import DerivError, ExitCode
from derivcli.language.diagnostics import draw, visible
from derivcli.model.choices import Verify
from derivcli.model.options import OPTIONS
from derivcli.model.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from derivcli.model import Result, System

_COLOURS = {"error:": "1;31", "hint:": "36"}  # of the words that begin a line: bold red, cyan
_LABEL = re.compile(r"^(?:error|hint):", re.MULTILINE)
# What is beside the derivatives; of --implicit only how far the point is off, which is said by itself.
_VIEWS = {option.json for option in OPTIONS} - {"", "implicit"}


def exit_code(answer: Result | System, *, verified: bool = True) -> ExitCode:
    """Return the exit status that an answer stands for; where nothing was to be verified, nothing is said of it."""
    if answer.status is Status.AGREE or (answer.status is Status.UNVERIFIED and not verified):
        return ExitCode.AGREE
    if answer.status is Status.UNVERIFIED and limit_reached(answer):
        return ExitCode.LIMIT
    nowhere = answer.status in (Status.UNDEFINED, Status.NOT_DIFFERENTIABLE)
    return ExitCode.NO_DERIVATIVE if nowhere and answer.functions[0].at is not None else ExitCode.DIFFER


def exit_code_of_rows(rows: int, agree: int, unreadable: int, verify: Verify) -> ExitCode:
    """Return the exit status; with --verify off nothing is said of numbers, so that only rows count that have none."""
    bad = unreadable if verify is Verify.OFF else rows - agree
    return ExitCode.DIFFER if bad else ExitCode.AGREE


def said_first(answer: Result | System, chosen: Format) -> list[str]:
    """Return how the text was read, for a format that has no place for a note on the whole answer."""
    if not FORMATS[chosen].is_terse:
        return []
    from derivcli.document.words import readings

    return as_notes(readings(answer.functions))


def as_notes(texts: Iterable[str]) -> list[str]:
    """Return a line for each text, safe to show."""
    return [f"note: {visible(text)}" for text in texts]


def left_out(answer: Result | System, chosen: Format) -> list[str]:
    """Return what a reader of numbers alone must know: what they are not, and what has no place among them."""
    if not FORMATS[chosen].is_terse:
        return []
    from derivcli import wording

    limit = limit_reached(answer)
    results = answer.functions
    lacking = limit and any(map(_lacks_a_verdict, results))
    remarks = [f"warning: a limit was reached ({limit}): not every number could be verified"] if lacking else []
    remarks += [
        f"note: {wording.misses(r.implicit.miss)}" for r in results if r.implicit is not None and r.implicit.miss
    ]
    views = sorted({name for r in results for name in _VIEWS if getattr(r, name) is not None})
    if views and chosen in (Format.CSV, Format.TSV):
        remarks.append(f"note: {chosen} holds the derivatives alone; --json has the {' and the '.join(views)} too")
    return remarks


def _lacks_a_verdict(result: Result) -> bool:
    """Tell whether a number is unverified, or has no verdict at all because no point was given."""
    return any(number.status in (None, Status.UNVERIFIED) for number in (result.value, *result.derivatives))


def limit_reached(answer: Result | System) -> str | None:
    """Return which limit was reached, if any."""
    return next((result.limit_reached for result in answer.functions if result.limit_reached), None)


def describe(error: DerivError, *, as_json: bool, in_colour: bool = False) -> str:
    """Lay an error out for standard error."""
    if not as_json:
        said = f"error: {error.message}\n\n{GREETING}" if isinstance(error, NothingAskedError) else draw(error)
        return _LABEL.sub(lambda found: f"\x1b[{_COLOURS[found[0]]}m{found[0]}\x1b[0m", said) if in_colour else said
    from derivcli.model import SCHEMA_VERSION

    return json.dumps({"schema_version": SCHEMA_VERSION, "error": error.to_dict()})


def trace(error: BaseException) -> str:
    """Return the traceback of an error, safe to show."""
    lines = "".join(traceback.format_exception(error)).rstrip().splitlines()
    return "\n".join(map(visible, lines))
