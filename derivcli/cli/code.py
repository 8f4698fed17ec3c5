"""f and its gradient as code on the command line: on standard output, in a file, or in JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from derivcli.cli.options import asked_format
from derivcli.document import Format
from derivcli.errors import ExitCode, UsageError
from derivcli.model import SCHEMA_VERSION
from derivcli.model.choices import CODE
from derivcli.model.options import find

if TYPE_CHECKING:
    from derivcli.cli.call import CommandCall

_FORMATS = (Format.TABLE, Format.JSON, Format.JSONL)


def listing() -> str:
    """Return the languages, a line each."""
    width = max(map(len, CODE))
    lines = []
    for name, (title, suffixes) in CODE.items():
        endings = f" (-o f.{suffixes[0]})" if suffixes else ""
        lines.append(f"  {name:<{width}}  {title}{endings}\n")
    return "".join(lines)


def answer(call: CommandCall) -> ExitCode:
    """Write the code of one expression, or without any the languages; raises a `DerivError` for what can be mended."""
    if not call.texts:
        call.check_alone("code", "alone lists the languages", "give the expression: deriv x^2 --code c")
        call.target().write(listing())
        return ExitCode.AGREE
    language, chosen = call.language or "", asked_format(call.options) or Format.TABLE
    _check(call, language, chosen)
    with call.target() as target:
        from derivcli.exports.asking import written

        request = call.request()
        code, notes = written(request, language, stable=call.options.stable)
        call.environment.warn(*(f"note: {note}" for note in notes))
        target.write(code if chosen is Format.TABLE else _json(request.expression, language, code, chosen))
    return ExitCode.AGREE


def _check(call: CommandCall, language: str, chosen: Format) -> None:
    """Raise `UsageError` for what code is not written for."""
    if not language:
        raise UsageError("--code needs a language", hint=f"the languages are {', '.join(CODE)}")
    call.check_one_expression("--code is for one expression")
    call.check_clash(find("code"))
    if chosen not in _FORMATS:
        raise UsageError(f"--code and --format {chosen} do not go together", hint="code is text, or a part of JSON")
    call.check_one_point("--code takes one point")


def _json(expression: str, language: str, code: str, chosen: Format) -> str:
    data = {"schema_version": SCHEMA_VERSION, "expression": expression, "language": language, "code": code}
    return json.dumps(data, indent=2 if chosen is Format.JSON else None, ensure_ascii=False) + "\n"
