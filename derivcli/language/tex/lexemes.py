r"""LaTeX text -> lexemes: `\sin` is a function, `\left(` an opening bracket, `xy` two letters, `\,` nothing."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from derivcli.errors import Span
from derivcli.language import symbols
from derivcli.language.limits import check_length, check_literal
from derivcli.language.tex import commands, complaints, fonts, pasted
from derivcli.language.tex.patterns import (
    BAR,
    BEGIN,
    BLANK,
    BRACKETS,
    CHARACTERS,
    CLOSE,
    COLUMNS,
    COMMAND,
    END,
    FINISH,
    FUNCTION,
    OPEN,
    OPERATOR,
    OWN,
    PATTERN,
    WIDE,
    WRAPPER,
    Lexeme,
)
from derivcli.language.tokens import NAME, NUMBER, foreign

if TYPE_CHECKING:
    import re


class Lexer:
    """Splits one text."""

    def __init__(self, text: str, *, values: bool = False) -> None:
        self.values = values
        check_length(text)
        self.text = symbols.plain(text)
        self.found: list[Lexeme] = []
        self._apart = 0
        self.position = 0
        self.end = len(text)

    def run(self) -> list[Lexeme]:
        """Return all lexemes; letters side by side are one of kind `letters` still."""
        while self.position < self.end:
            match = PATTERN.match(self.text, self.position, self.end)
            assert match is not None  # noqa: S101 - the last alternative takes any character
            self.position = match.end()
            _TAKERS[match.lastgroup or "sign"](self, match)
        end = len(self.text)
        return [*self.found, Lexeme(END, "", Span(end, end))]

    def add(self, kind: str, text: str, span: Span) -> None:
        """Add a lexeme."""
        self.found.append(Lexeme(kind, text, span, self._apart))
        self._apart = 0

    def blank(self, _match: re.Match[str]) -> None:
        """Remember a blank."""
        self._apart = max(self._apart, BLANK)

    def plain(self, match: re.Match[str]) -> None:
        """Add what needs no thought."""
        self.add(match.lastgroup or "", match.group(), Span(*match.span()))

    def number(self, match: re.Match[str]) -> None:
        """Add a number."""
        span = Span(*match.span())
        check_literal(len(match.group()), span)
        self.add(NUMBER, match.group(), span)

    def scientific(self, match: re.Match[str]) -> None:
        """Refuse `1e-3`, which LaTeX sets as 1e - 3; among the values of a point it is a number."""
        mantissa, _, exponent = match.group().lower().partition("e")
        if self.values:
            self.add(NUMBER, match.group(), Span(*match.span()))
            return
        raise complaints.scientific(match.group(), Span(*match.span()), mantissa, exponent)

    def environment(self, match: re.Match[str]) -> None:
        """Add the start or the end of an environment."""
        name = match["opened"] or match["ended"]
        if match.lastgroup == "begin" and name in ("array", "alignat"):
            columns = COLUMNS.match(self.text, self.position)
            self.position = columns.end() if columns else self.position
        self.add(BEGIN if match.lastgroup == "begin" else FINISH, name, Span(*match.span()))

    def sized(self, match: re.Match[str]) -> None:
        r"""Add `\left(`, `\Big]` and their like."""
        size, delimiter = match.group()[1:].split(match["delimiter"], 1)[0].strip(), match["delimiter"]
        span = Span(*match.span())
        bracket = commands.DELIMITERS.get(delimiter.lstrip("\\"), delimiter) if delimiter != "\\|" else "|"
        side = "l" if size == "left" or size.endswith("l") else "r" if size == "right" or size[-1] == "r" else ""
        if bracket.endswith("|"):
            self.add({"l": OPEN, "r": CLOSE}.get(side, BAR), f"{side}|", span)
        elif bracket == "." and side:
            self.add(OPEN if side == "l" else CLOSE, ".", span)
        elif bracket in commands.OPENERS or bracket in commands.OPENERS.values():
            self.add(OPEN if bracket in commands.OPENERS else CLOSE, bracket, span)
        else:
            raise complaints.no_bracket(delimiter, span)

    def command(self, match: re.Match[str]) -> None:
        """Add a command, unless it is only for the looks."""
        name, span = match.group()[1:], Span(*match.span())
        if name in commands.FONTS and not name.startswith(("text", "mbox", "hbox")):
            return  # what stands in its braces is read as if it stood alone
        if name in commands.SILENT:
            self._apart = max(self._apart, WIDE if name in commands.WIDE else self._apart)
        elif name in "()[]":
            self.add(WRAPPER, name, span)
        elif name in commands.DELIMITERS or name == "|":
            self._delimiter(commands.DELIMITERS.get(name, "|"), span)
        elif name in commands.SIGNS:
            self.add(OPERATOR, commands.SIGNS[name], span)
        elif name in commands.LETTERS:
            self.add(NAME, name, span)
        else:
            if name in commands.REFUSED:
                raise complaints.unknown_command(name, span)
            function = None if name in OWN else commands.function_named(name)
            self.add(COMMAND if function is None else FUNCTION, function or name, span)

    def _delimiter(self, bracket: str, span: Span) -> None:
        if bracket == "|":
            self.add(BAR, "|", span)
        else:
            self.add(OPEN if bracket in commands.OPENERS else CLOSE, bracket, span)

    def letters(self, match: re.Match[str]) -> None:
        """Add letters side by side."""
        self.add("letters", match.group(), Span(*match.span()))

    def sign(self, match: re.Match[str]) -> None:
        """Add a character."""
        self.character(match.group(), Span(*match.span()))

    def character(self, typed: str, span: Span) -> None:
        """Add a sign, a letter or a bracket that is one character."""
        character = symbols.OPERATORS.get(typed, typed)
        if typed in commands.GREEK or typed in symbols.NAMES:
            self.add(NAME, commands.GREEK.get(typed) or symbols.NAMES[typed], span)
        elif character in BRACKETS:
            self.add(BRACKETS[character], character, span)
        elif character == "°":
            self.add("^", "^", span)
            self.add(COMMAND, "circ", span)
        elif character == "√":
            self.add(COMMAND, "sqrt", span)
        elif character in ("^", "_", "{", "}", "&"):
            self.add(character, character, span)
        elif character == "%":
            raise complaints.comment(span)
        elif character in CHARACTERS or len(character) == 2 or character == "∂":
            self.add(OPERATOR, character, span)
        else:
            raise foreign(typed, span.start)


def _skip(_lexer: Lexer, _match: re.Match[str]) -> None:
    """Leave out a remark."""


_TAKERS = {
    "blank": Lexer.blank,
    "wrapper": Lexer.plain,
    "row": Lexer.plain,
    "begin": Lexer.environment,
    "finish": Lexer.environment,
    "sized": Lexer.sized,
    "font": fonts.font,
    "switch": fonts.switch,
    "remark": _skip,
    "command": Lexer.command,
    "scientific": Lexer.scientific,
    "number": Lexer.number,
    "letters": Lexer.letters,
    "raised": pasted.raised,
    "lowered": pasted.lowered,
    "fraction": pasted.fraction,
    "root": pasted.root,
    "sign": Lexer.sign,
}


def lexemes(text: str, *, values: bool = False) -> list[Lexeme]:
    """Split a text, without the wrappers around a formula and the mark of punctuation at its end."""
    found = Lexer(text, values=values).run()
    wrappers = [i for i, lexeme in enumerate(found) if lexeme.kind == WRAPPER]
    runs = [i for i in wrappers if i - 1 not in wrappers]
    if len(runs) > 2:
        raise complaints.second_formula(found[runs[2]].span)
    found = [lexeme for lexeme in found if lexeme.kind != WRAPPER]
    while len(found) > 1 and found[-2].kind == OPERATOR and found[-2].text in (".", ",", ";"):
        del found[-2]
    _check_comma(found, text)
    return _unwrapped(found)


def _check_comma(found: list[Lexeme], text: str) -> None:
    """Refuse `0{,}5`."""
    for i, lexeme in enumerate(found[:-3]):
        if i and lexeme.kind == "{" and found[i + 1].text == "," and found[i + 2].kind == "}":
            before, after = found[i - 1], found[i + 3]
            if before.kind == after.kind == NUMBER:
                span = before.span.to(after.span)
                raise complaints.decimal_comma(text[slice(*span)], f"{before.text}.{after.text}", span)


def _unwrapped(found: list[Lexeme]) -> list[Lexeme]:
    r"""Return the lexemes without braces around all of them: `{\displaystyle f(x)=x}`."""
    while len(found) > 3 and found[0].kind == "{" and _first_end(found) == len(found) - 2:
        if any(lexeme.text == "over" for lexeme in found):
            break
        found = [*found[1:-2], found[-1]]
    return found


def _first_end(found: list[Lexeme]) -> int:
    """Return where the first braces close, or 0."""
    depths = accumulate((lexeme.kind == "{") - (lexeme.kind == "}") for lexeme in found)
    return next((i for i, depth in enumerate(depths) if not depth), 0)
