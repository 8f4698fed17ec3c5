"""Many questions on the command line: a file of them, or standard input, each answered in its turn."""

from __future__ import annotations

import select
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

from derivcli import garbage
from derivcli.cli.progress import Extent
from derivcli.cli.report import said_first
from derivcli.cli.streams import with_the_next
from derivcli.document import Format
from derivcli.errors import ExitCode, UsageError
from derivcli.language.diagnostics import visible
from derivcli.model.option import ValueKind
from derivcli.model.options import find, given
from derivcli.model.statuses import Status
from derivcli.model.steps import AnswerVerdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from derivcli.batch.queries import Answered, Query
    from derivcli.cli.call import CommandCall
    from derivcli.cli.options import Options
    from derivcli.cli.streams import Environment


def answer(call: CommandCall) -> ExitCode:
    """Answer the questions of a file; raises a `DerivError` for what concerns all of them."""
    options, environment = call.options, call.environment
    _check(call)
    chosen = call.format(rows=True)
    from derivcli.batch import lines
    from derivcli.batch.answering import answers
    from derivcli.batch.printers import of_code, printer

    judged = options.check is not None
    write = printer(chosen, judged=judged)
    with call.target(options.batch) as target, _opened(options.batch, environment) as stream:
        batch = lines.read(stream, _name(options.batch), _common(options), judged=judged)
        seen = _Outcome()
        queries = (of_code(_spared(query, chosen), chosen) for query in batch.queries)
        found = _noted(seen.all(answers(queries, options.jobs, partial(_is_ready, stream))), chosen, environment)
        extent = Extent(share=_share(stream, options.batch), what="questions")
        pieces = write(call.watched(found, extent, chosen), batch.header, call.canvas)
        target.write_all(pieces if options.batch == "-" else with_the_next(pieces))
    return ExitCode.AGREE if seen.is_good else ExitCode.DIFFER


def _check(call: CommandCall) -> None:
    """Raise `UsageError` for what questions from a file do not go with."""
    if call.options.words:
        raise UsageError("--batch has the expressions in its file", hint="leave out the expression, or --batch")
    call.check_clash(find("batch"))
    if call.options.jobs < 1:
        raise UsageError(f"--jobs must be at least 1, not {call.options.jobs}")


def _common(options: Options) -> dict[str, Any]:
    """Return the fields that the command line has for all questions."""
    from derivcli.batch.queries import FIELDS, query_of

    used = [option for option in given(options) if option.key in FIELDS]
    values: dict[str, Any] = {}
    for option in used:
        value = getattr(options, option.key)
        values[option.key] = ",".join(value) if option.kind is ValueKind.POINT else value
    if "steps" in values:
        values["steps"] = values["steps"] or True
    values["check"] = [text for text in values.get("check", ()) if text] or None
    return query_of({"expression": "x", **values}, {}).common


def _name(name: str) -> str:
    return "standard input" if name == "-" else name


@contextmanager
def _opened(name: str, environment: Environment) -> Iterator[BinaryIO]:
    """Open a file, and unpack what is compressed; standard input, which is somebody else's, stays open."""
    from derivcli.points.packed import by_lines

    if name == "-":
        stream = environment.bytes_in()
        if stream is None:
            raise UsageError("standard input is closed, so there are no questions to read")
        yield by_lines(stream, _name(name))
        return
    from derivcli.points.named import opened

    with opened(name) as file:
        yield by_lines(file, f"`{visible(name)}`")


def _is_ready(stream: BinaryIO) -> bool:
    """Tell whether a line can be read without waiting: of a file always, of a pipe where one has come in whole."""
    try:
        if stream.seekable():
            return True
        waits = select.select([stream], [], [], 0)[0]
        return bool(waits) and b"\n" in stream.peek(1)  # type: ignore[attr-defined]
    except (OSError, ValueError, AttributeError):  # a stream that is none of the system's, or on Windows
        return False


def _share(stream: BinaryIO, name: str) -> Any:
    """Return what tells how much of a file has been read; None where its size is not known."""
    from derivcli.points.named import size_of

    size = size_of(name)
    return (lambda: stream.tell() / size) if size and stream.seekable() else None


def _spared(query: Query | Answered, chosen: Format) -> Query | Answered:
    """Return a query that asks for no formulas where the bare numbers at a point are printed."""
    from derivcli.batch.queries import Answered

    if isinstance(query, Answered) or chosen is not Format.VALUE or not query.is_plain or "at" not in query.wanted:
        return query
    return replace(query, unseen=True)


def _noted(answers: Iterable[Answered], chosen: Format, environment: Environment) -> Iterator[Answered]:
    """Give the answers on; how a text was read, and an error, are said beside numbers that stand alone."""
    for number, found in enumerate(answers):
        if not number:
            garbage.collect()  # now that torch is loaded: this process may live for days
        if chosen is Format.VALUE:
            environment.warn(*(f"line {found.query.line}: {text}" for text in _said(found, chosen)))
        yield found


def _said(found: Answered, chosen: Format) -> list[str]:
    if found.answer is not None:
        return said_first(found.answer, chosen)
    return [] if found.error is None else [f"error: {found.error.message}"]


class _Outcome:
    """Whether all answers that have passed are good: they agree, and those of a reader's are right."""

    def __init__(self) -> None:
        self.is_good = True

    def all(self, answers: Iterable[Answered]) -> Iterator[Answered]:
        """Give the answers on."""
        for found in answers:
            self.is_good = self.is_good and _is_good(found)
            yield found


def _is_good(found: Answered) -> bool:
    if found.answer is None:
        return bool(found.code)
    if found.query.check:
        checks = [result.check for result in found.answer.functions]
        return all(check is None or check.verdict is AnswerVerdict.RIGHT for check in checks)
    return found.answer.status is Status.AGREE
