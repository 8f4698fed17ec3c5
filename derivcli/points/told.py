"""What people say of a file of points: what they leave open is found by looking at the file."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from derivcli.errors import DerivError, UsageError
from derivcli.language.assignments import split_names
from derivcli.language.diagnostics import visible
from derivcli.model.choices import Form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BLANKS = " \t"
RUNS = " "  # the separator that stands for any run of blanks and tabs
POINT, COMMA = ".", ","
_NAMED = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "blanks": RUNS, "blank": RUNS, "space": RUNS}
# What stands in numbers and names, and what has a meaning of its own.
_NO_SEPARATORS = frozenset("\"'#+-._\n\r\0")
_PROBE = "x,1.5\n"  # what every encoding of texts can write and read
_ANY = bytes(range(256))  # such as idna does not get over


@dataclass(frozen=True, slots=True)
class Told:
    """The form of a file, its separator, its decimal mark, its encoding, and new names of columns by their old ones."""

    form: Form | None = None
    separator: str | None = None
    decimal: str = POINT
    encoding: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)


def read_told(
    form: str | None, delimiter: str | None, decimal: str, encoding: str | None, renamed: Iterable[str]
) -> Told:
    """Return what the options say; raises `UsageError` for what means nothing."""
    if decimal not in (POINT, COMMA):
        raise UsageError(f"--decimal is . or , and not `{visible(decimal)}`")
    return Told(
        form=None if form is None else Form(form),
        separator=None if delimiter is None else _separator(delimiter),
        decimal=decimal,
        encoding=None if encoding is None else _encoding(encoding),
        names=_names(renamed),
    )


def check_told(told: Told, form: Form) -> None:
    """Raise `UsageError` for what is told of a file in a form that has nothing of the kind."""
    tables = (Form.CSV, Form.TSV)
    said = {
        "--delimiter": (told.separator is not None, tables),
        "--decimal": (told.decimal != POINT, tables),
        "--encoding": (told.encoding is not None, (*tables, Form.JSONL)),
    }
    for option, (is_told, forms) in said.items():
        if is_told and form not in forms:
            raise UsageError(f"{option} is for {', '.join(forms)}, not for {form}")


def _separator(text: str) -> str:
    found = _NAMED.get(text.lower(), text)
    if len(found) != 1 or found.isalnum() or found in _NO_SEPARATORS:
        raise UsageError(
            f"--delimiter is one character or comma, semicolon, tab, blanks, not `{visible(text)}`",
            hint="such as --delimiter ';'",
        )
    return found


def _encoding(name: str) -> str:
    """Return the name of an encoding as Python has it; that of text, not such as base64."""
    try:
        if _PROBE.encode(name).decode(name) == _PROBE:
            _ANY.decode(name, "replace")
            return codecs.lookup(name).name
    except (LookupError, ValueError):
        pass
    raise UsageError(f"no such encoding: {visible(name)}", hint="such as latin-1, cp1252, utf-8 or utf-16")


def _names(texts: Iterable[str]) -> dict[str, str]:
    """Return the new names by the old ones; an old name may hold `=`, and is nothing for a column without a name."""
    found: dict[str, str] = {}
    for text in texts:
        old, equals, new = text.rpartition("=")
        old = old.strip(BLANKS)
        if not equals:
            raise UsageError(f"--rename is written OLD=NEW, not `{visible(text)}`", hint='such as --rename "x (m)=x"')
        if old in found:
            raise UsageError(f"--rename gives the column `{visible(old)}` two names")
        found[old] = _variable(new)
    return found


def _variable(text: str) -> str:
    try:
        names = split_names(text.strip(BLANKS))
    except DerivError:
        names = []
    if len(names) != 1:
        raise UsageError(f"--rename: `{visible(text)}` is no name that a variable can have")
    return names[0]
