"""What takes each kind of lexeme: the table of the builder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.language.tex import (
    braces,
    commands,
    complaints,
    environments,
    factors,
    fractions,
    functions,
    patterns,
    scripts,
)
from derivcli.language.tex.frames import WANTS
from derivcli.language.tex.items import CALL, POWER, ROOT, Item
from derivcli.language.tex.structure import Builder
from derivcli.language.tokens import NAME, NUMBER

if TYPE_CHECKING:
    from collections.abc import Callable

    from derivcli.language.tex.patterns import Lexeme


def items(found: list[Lexeme], text: str) -> list[Item]:
    """Return the items of a text."""
    return Builder(found, text).run(_TAKERS)


def _operator(builder: Builder, lexeme: Lexeme) -> None:
    """Read a sign; `=` inside brackets compares."""
    if builder.top.kind == WANTS:
        _sign_of_power(builder, lexeme)
    elif not environments.punctuation(builder, lexeme):
        text = "==" if lexeme.text == "=" and len(builder.frames) > 1 and not _in_rows_alone(builder) else lexeme.text
        builder.add(text, lexeme._replace(text=text))


def _in_rows_alone(builder: Builder) -> bool:
    """Tell whether nothing is open but `aligned` and its like."""
    return all(frame.kind in ("text", "rows") for frame in builder.frames)


def _sign_of_power(builder: Builder, lexeme: Lexeme) -> None:
    """Read `x^-1`, which is x^{-1}."""
    frame = builder.top
    if lexeme.text not in ("-", "+") or frame.shape != POWER or frame.begun:
        raise builder.unclosed()
    builder.begin(lexeme)
    builder.add(lexeme.text, lexeme)


def _command(builder: Builder, lexeme: Lexeme) -> None:
    r"""Read `\frac`, `\sqrt` and what else takes arguments."""
    name = lexeme.text
    if name in commands.FRACTIONS:
        fractions.fraction(builder, lexeme)
    elif name in commands.BINOMIALS:
        fractions.call(builder, lexeme, "binomial", ROOT, 2)
    elif name in commands.CALLS:
        _call(builder, lexeme)
    elif name in _COMMANDS:
        _COMMANDS[name](builder, lexeme)
    elif name in commands.ACCENTS:
        scripts.accent(builder, lexeme)
    elif name in commands.RATES:
        scripts.rate(builder, lexeme)
    else:
        raise complaints.unknown_command(name, lexeme.span)


def _call(builder: Builder, lexeme: Lexeme) -> None:
    r"""Read `\abs{x}` and `\abs(x)`."""
    if builder.next.kind == "{":
        fractions.call(builder, lexeme, commands.CALLS[lexeme.text], CALL, 1)
    else:
        factors.function(builder, lexeme._replace(kind=patterns.FUNCTION, text=commands.CALLS[lexeme.text]))


def _of_books(builder: Builder, lexeme: Lexeme) -> None:
    r"""Read a letter of `\operatorname`, which names a function."""
    factors.function(builder, lexeme._replace(text=f"{functions.BOOK}{lexeme.text}"))


_COMMANDS: dict[str, Callable[[Builder, Lexeme], None]] = {
    "sqrt": fractions.root,
    "over": braces.over,
}
_TAKERS: dict[str, Callable[[Builder, Lexeme], None]] = {
    NUMBER: factors.number,
    NAME: factors.name,
    patterns.FUNCTION: factors.function,
    patterns.OPERATOR_OF_BOOKS: _of_books,
    "{": braces.open_braces,
    "}": braces.close_braces,
    patterns.OPEN: braces.open_bracket,
    patterns.CLOSE: braces.close_bracket,
    patterns.BAR: braces.bar,
    patterns.OPERATOR: _operator,
    patterns.COMMAND: _command,
    "^": scripts.power,
    "_": scripts.index,
    "&": environments.column,
    patterns.ROW: environments.row,
    patterns.WORD: environments.word,
    patterns.BEGIN: environments.begin,
    patterns.FINISH: environments.finish,
}
