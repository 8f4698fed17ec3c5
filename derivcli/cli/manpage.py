"""The man page, made from the table of options: `deriv --man | man -l -`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli import __version__
from derivcli.cli.helptext import EXAMPLES, EXIT_CODES, EXPRESSION, READ, READINGS, SUMMARY, columns
from derivcli.manual import purpose
from derivcli.model.option import Panel, partners
from derivcli.model.options import OPTIONS, TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from derivcli.model.option import Option

# What roff would take for something else than the character: an escape, a hyphen, an accent, a typographic quote.
_GLYPHS = str.maketrans(
    {"\\": r"\e", "-": r"\-", "^": r"\(ha", "~": r"\(ti", "`": r"\(ga", "'": r"\(aq", '"': r"\(dq", "*": r"*"}
)


def page(options: Sequence[Option] = OPTIONS) -> str:
    """Return the page in roff, with the macros of man(7)."""
    return "\n".join(_lines(options)) + "\n"


def _lines(options: Sequence[Option]) -> Iterator[str]:
    yield f'.TH DERIV 1 "" "deriv {__version__}" "User Commands"'
    yield from (".nh", ".ad l")  # a name must not be broken where a line ends
    yield from (".SH NAME", rf"deriv \- {_roff(SUMMARY[:1].lower() + SUMMARY[1:].rstrip('.'))}")
    yield from (".SH SYNOPSIS", ".B deriv", r"[\fIOPTION\fR]... [\fIEXPRESSION\fR]...")
    yield from (".SH DESCRIPTION", _roff(SUMMARY))
    yield from _pairs([("EXPRESSION", EXPRESSION)])
    yield from (".PP", _roff(READ), ".PP", ".nf", *map(_roff, columns(READINGS)), ".fi")
    yield ".SH EXAMPLES"
    yield from _pairs(EXAMPLES)
    yield ".SH OPTIONS"
    for panel in Panel:
        yield f".SS {panel}"
        for option in (option for option in options if option.panel is panel):
            yield from _entry(option, options)
    yield ".SH EXIT STATUS"
    yield from _pairs((str(code), meaning) for code, meaning in EXIT_CODES.items())
    yield ".SH SEE ALSO"
    yield from _pairs((f"deriv --manual {topic}", purpose(topic)) for topic in TOPICS)


def _pairs(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    for left, right in rows:
        yield from (".TP", rf"\fB{_roff(left)}\fR", _roff(right))


def _entry(option: Option, options: Sequence[Option]) -> Iterator[str]:
    value = rf" \fI{_roff(option.shown_value)}\fR" if option.metavar else ""
    yield ".TP"
    yield ", ".join(rf"\fB{_roff(flag)}\fR{value}" for flag in reversed(option.flags))
    yield from map(_roff, _said(option, options))


def _said(option: Option, options: Sequence[Option]) -> list[str]:
    """Return what there is to say of an option, a sentence or more each."""
    bounded = option.panel is Panel.WHAT and partners(option, options) != "all"
    return [
        *filter(None, (option.help if option.help.endswith((".", "-")) else f"{option.help}.", option.more)),
        *([f"Example: {option.flag} {option.example}."] if option.example else []),
        *([f"Default: {option.default}."] if option.default not in (None, False, "", ()) else []),
        *([f"Goes with {partners(option, options)}."] if bounded else []),
        *(["Takes one point."] if option.one_point else []),
        *([f"In Python it is {option.key}."] if option.python and option.key != option.name else []),
    ]


def _roff(text: str) -> str:
    """Return a text as roff shows it; a full stop in front would be a request."""
    shown = text.translate(_GLYPHS)
    return rf"\&{shown}" if shown.startswith(".") else shown
