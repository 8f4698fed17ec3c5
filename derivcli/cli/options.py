"""The command line, read: typer's command is made from the table of options."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache
from inspect import Parameter, Signature
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.main import get_command

from derivcli.cli.helptext import EXPRESSION, help_text
from derivcli.document import Format, format_told
from derivcli.errors import UsageError
from derivcli.language.diagnostics import visible
from derivcli.language.numbers import SIGNED
from derivcli.model.option import ValueKind, clash
from derivcli.model.options import OPTIONS, given

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.model.option import Option

_WHOLE = re.compile(r"[+-]?[0-9]{1,30}")
_BYTE = re.compile("[\udc80-\udcff]")  # one that the locale has no character for
_FOR_PEOPLE = ("", ".txt", ".text", ".out", ".log")  # endings of files that hold what a terminal shows
_SHORT = {"json": Format.JSON, "csv": Format.CSV, "quiet": Format.VALUE}  # flags for formats


@dataclass(frozen=True, slots=True)
class Options:
    """The command line: the `words` that are no options, and an attribute for each option of the table, by its key."""

    words: Sequence[str]
    values: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        """Return the value of an option."""
        if name not in self.values:
            raise AttributeError(name)
        return self.values[name]


@cache
def command(options: tuple[Option, ...] = OPTIONS) -> Any:
    """Return typer's command for options; to run it gives `Options`.

    It is made once in a process: for who runs many command lines in one it is two thirds of the time of an error.
    """

    def collect(expression: list[str] | None, **values: Any) -> Options:
        texts = {option.key for option in options if option.kind is not ValueKind.FILE}
        read = {key: _in_utf_8(value) if key in texts else value for key, value in values.items()}
        return Options([*map(_in_utf_8, expression or [])], read)

    words = typer.Argument(metavar="EXPRESSION...", help=EXPRESSION)
    parameters = [_parameter("expression", list[str] | None, words, None)]
    parameters += [_parameter(option.key, _type(option), _typers(option), _default(option)) for option in options]
    collect.__signature__ = Signature(parameters)  # type: ignore[attr-defined] # what typer reads
    app = typer.Typer(add_completion=False, rich_markup_mode="rich")
    app.command(name="deriv", help=help_text(), add_help_option=False)(collect)
    return get_command(app)


def _parameter(name: str, kind: Any, said: Any, default: Any) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, said])


def _type(option: Option) -> Any:
    """Return the type of a value, in typer's manner."""
    plain: Any = {ValueKind.FLAG: bool, ValueKind.WHOLE: int, ValueKind.NUMBER: float}.get(option.kind, str)
    if option.kind.is_list:
        return list[str] | None
    return plain | None if option.default is None else plain


def _default(option: Option) -> Any:
    return None if option.kind.is_list else option.default


def _typers(option: Option) -> Any:
    parser: Any = {ValueKind.WHOLE: _whole, ValueKind.NUMBER: _number}.get(option.kind)
    return typer.Option(
        *option.flags,
        help=option.line,
        metavar=option.shown_value or None,
        rich_help_panel=option.panel,
        parser=parser,
    )


def _number(text: str) -> float:
    """Read a number as the language does: no `1_000`, no `nan`."""
    if not SIGNED.fullmatch(str(text)):  # typer passes the default through as well
        raise typer.BadParameter(f"{text!r} is not a number")
    return float(text)


def _whole(text: str) -> int:
    """Read a whole number, which may be negative: what it means says whether that makes sense."""
    if not _WHOLE.fullmatch(str(text)):
        raise typer.BadParameter(f"{text!r} is not a whole number")
    return int(text)


def _in_utf_8(value: Any) -> Any:
    """Return texts in UTF-8 that the locale could not read: Python has kept their bytes as lone surrogates.

    The names of files stay as they are: that is how the system knows them.
    """
    if isinstance(value, list):
        return list(map(_in_utf_8, value))
    try:
        return os.fsencode(value).decode("utf-8") if isinstance(value, str) and _BYTE.search(value) else value
    except UnicodeError:  # of bytes that are no UTF-8, the parser says which
        return value


_BESIDE_BATCH = "leave it out: --batch answers every question, and records an error in the place of its answer"


def check(options: Options) -> None:
    """Raise `UsageError` for a word that an option does not know, and for an option that is nothing alone.

    What Python takes as well is checked where the request is read, since a notation in the expression may add to it.
    """
    used = given(options)
    # Of a file the words are not all there is; for --format see `asked_format`, for --manual the pages.
    for option in (o for o in used if o.kind is ValueKind.WORD and o.name not in ("format", "manual")):
        word = getattr(options, option.key)
        if word not in option.words and not (option.may_stand_alone and word == ""):
            raise UsageError(f"{option.flag} is {', '.join(option.words)}, not `{word}`")
    for option in used:
        if option.needs and not option.python and option.needs.name not in {other.name for other in used}:
            hint = _BESIDE_BATCH if options.batch is not None and option.needs.name == "points" else option.needs.hint
            raise UsageError(f"{option.flag} {option.needs.said}", hint=hint)
    if not options.prefix.isprintable():
        raise UsageError("--prefix must not hold control characters")


def format_of(options: Options, *, rows: bool = False) -> Format:
    """Return the format that is asked for, else the one that the name of the output file tells, else the table.

    For rows `--quiet` beside another format only keeps the progress bar from being shown. Raises as `asked_format`.
    """
    quiet = rows and options.quiet
    asked = asked_format(options, but="quiet" if quiet else "")
    return asked or format_told(options.output) or (Format.VALUE if quiet else Format.TABLE)


def of_no_form(options: Options) -> list[str]:
    """Return a note where the name of the output file looks like that of a form, and tells none that there is."""
    name = options.output or ""
    suffix = PurePath(name).suffix
    if suffix.lower() in _FOR_PEOPLE or asked_format(options) or format_told(name) or options.graph is not None:
        return []
    said = f"`{visible(suffix)}` tells no format, so {visible(name)} has what a terminal shows"
    return [f"note: {said}: add {_writing(suffix, given(options))}"]


def _writing(suffix: str, used: Sequence[Option]) -> str:
    """Return the option that writes files with a suffix, such as that of a picture, if it goes with those in use."""
    ending = suffix.lower().removeprefix(".")
    meant = next((option for option in OPTIONS if ending in option.suffixes), None)
    if meant is None or any(clash(option, (*used, meant)) for option in (*used, meant)):
        return "--format"
    return meant.flag


def asked_format(options: Options, *, but: str = "") -> Format | None:
    """Return the format that is asked for, by any flag but one; raises `UsageError` for an unknown one, or for two."""
    flags = [flag for flag in _SHORT if flag != but and getattr(options, flag)]
    names = [*filter(None, [options.format]), *(_SHORT[flag] for flag in flags)]
    unknown = [name for name in names if name not in list(Format)]
    if unknown:
        raise UsageError(f"no such format: {unknown[0]}", hint=f"the formats are {', '.join(Format)}")
    wanted = sorted({Format(name) for name in names})
    if len(wanted) > 1:
        raise UsageError(f"more than one format: {', '.join(wanted)}", hint="choose one of them")
    return wanted[0] if wanted else None
