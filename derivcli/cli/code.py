"""f and its gradient as code on the command line: on standard output, in a file, or in JSON."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from derivcli.cli.options import asked_format
from derivcli.cli.streams import target_of
from derivcli.document import Format
from derivcli.errors import ExitCode, UsageError
from derivcli.model import SCHEMA_VERSION
from derivcli.model.choices import CODE
from derivcli.model.options import EXPLAINING, clash, find, given, why_not

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.cli.options import Options
    from derivcli.cli.streams import Environment
    from derivcli.points.places import Places

_ROW = find("code")
_FORMATS = (Format.TABLE, Format.JSON, Format.JSONL)


def listing() -> str:
    """Return the languages, a line each."""
    width = max(map(len, CODE))
    lines = []
    for name, (title, suffixes) in CODE.items():
        endings = f" (-o f.{suffixes[0]})" if suffixes else ""
        lines.append(f"  {name:<{width}}  {title}{endings}\n")
    return "".join(lines)


def told(options: Options) -> str | None:
    """Return the language that is asked for, or that the name of the output file tells where nothing else is asked."""
    if options.code is not None or given(options, [*EXPLAINING, find("plot"), find("graph"), find("points")]):
        return str(options.code) if options.code is not None else None
    suffix = PurePath(options.output or "").suffix.lower().removeprefix(".")
    named = next((name for name, (_, suffixes) in CODE.items() if suffix in suffixes), None)
    return named if named is not None and asked_format(options) is None else None


def answer(
    language: str,
    texts: Sequence[str],
    options: Options,
    wanted: Mapping[str, Any],
    places: Places,
    environment: Environment,
) -> ExitCode:
    """Write the code of one expression; raises a `DerivError` for what the user can mend."""
    chosen = asked_format(options) or Format.TABLE
    _check(language, texts, options, places, chosen)
    target = target_of(options.output, environment)
    try:
        from derivcli.api import request_of
        from derivcli.exports.asking import written

        text = environment.read() if texts[0] == "-" else texts[0]
        code, notes = written(request_of(text, wanted), language, stable=options.stable)
        environment.warn(*(f"note: {note}" for note in notes))
        target.write(code if chosen is Format.TABLE else _json(text, language, code, chosen))
    except BaseException:
        target.discard()
        raise
    return ExitCode.AGREE


def _check(language: str, texts: Sequence[str], options: Options, places: Places, chosen: Format) -> None:
    """Raise `UsageError` for what code is not written for."""
    if not language:
        raise UsageError("--code needs a language", hint=f"the languages are {', '.join(CODE)}")
    if len(texts) > 1:
        raise UsageError("--code is for one expression", hint="ask for one expression at a time")
    used = given(options)
    for option in used:
        if option.name != "code" and (option in EXPLAINING or clash(_ROW, [option])):
            raise UsageError(f"--code and {option.flag} do not go together", hint=why_not(_ROW))
    if chosen not in _FORMATS:
        raise UsageError(f"--code and --format {chosen} do not go together", hint="code is text, or a part of JSON")
    if places.axes:
        name = next(iter(places.axes))
        raise UsageError("--code takes one point", hint=f"give `{name}` one value: --at {name}=2")


def _json(expression: str, language: str, code: str, chosen: Format) -> str:
    data = {"schema_version": SCHEMA_VERSION, "expression": expression, "language": language, "code": code}
    return json.dumps(data, indent=2 if chosen is Format.JSON else None, ensure_ascii=False) + "\n"
