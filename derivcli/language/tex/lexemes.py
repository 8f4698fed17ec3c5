r"""LaTeX text -> lexemes: `\sin` is a function, `\left(` an opening bracket, `xy` two letters, `\,` nothing."""

from __future__ import annotations

import re
from itertools import accumulate

from derivcli.errors import ExpressionError, Span
from derivcli.language import symbols
from derivcli.language.limits import check_length, check_literal
from derivcli.language.notes import Notice
from derivcli.language.tex import commands, complaints, letters
from derivcli.language.tex.commands import (
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
    PARTS,
    PATTERN,
    WIDE,
    WRAPPER,
)
from derivcli.language.tex.items import Item
from derivcli.language.tokens import NAME, NUMBER, foreign

_GAP = re.compile(r"\\(?:q?quad|hfill|enspace|;|hspace\*?\{[^{}]*\})|\s{2,}|(?:\\[,:> ]\s*){2,}")
_NUMBER = re.compile(r"\(\s*[0-9]+(?:\.[0-9]+)*\s*\)")
_ENDS = frozenset({NUMBER, NAME, "letters", CLOSE, "bar", "}"})
_SIGNS = frozenset({"!", "'", ".", ",", ";"})


class Lexer:
    """Splits one text."""

    def __init__(self, text: str, *, values: bool = False) -> None:
        self.values = values
        check_length(text)
        self.text = symbols.plain(text)
        self.found: list[Item] = []
        self._apart = 0
        self.position = 0
        self.end = len(text)

    def run(self) -> list[Item]:
        """Return all lexemes; letters side by side are one of kind `letters` still."""
        while self.position < self.end:
            match = PATTERN.match(self.text, self.position, self.end)
            assert match is not None  # noqa: S101 - the last alternative takes any character
            self.position = match.end()
            _TAKERS[match.lastgroup or "sign"](self, match)
        end = len(self.text)
        return [*self.found, Item(END, "", Span(end, end))]

    def add(self, kind: str, text: str, span: Span) -> None:
        """Add a lexeme."""
        self.found.append(Item(kind, text, span, self._apart))
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
            raise ExpressionError(f"`{delimiter}` is not a bracket", span, hint=r"write `\left(` and `\right)`")

    def command(self, match: re.Match[str]) -> None:
        """Add a command, unless it is only for the looks."""
        name, span = match.group()[1:], Span(*match.span())
        if name in commands.FONTS and not name.startswith(("text", "mbox", "hbox")):
            return  # what stands in its braces is read as if it stood alone
        if name in commands.SILENT:
            self._apart = max(self._apart, WIDE if name in commands.SPACES else self._apart)
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
            raise ExpressionError("`%` starts a comment in LaTeX", span, hint="leave the comment out")
        elif character in CHARACTERS or len(character) == 2 or character == "∂":
            self.add(OPERATOR, character, span)
        else:
            raise foreign(typed, span.start)


# Characters that stand for a script, a fraction or a root: `x²`, `x₁`, `½`, `∛`.


def raised(lexer: Lexer, match: re.Match[str]) -> None:
    """Add superscripts as a power in braces."""
    span = Span(*match.span())
    _script(lexer, "^", "".join(symbols.SUPERSCRIPTS[character] for character in match.group()), span)


def lowered(lexer: Lexer, match: re.Match[str]) -> None:
    """Add characters of a subscript as one in braces."""
    _script(lexer, "_", "".join(symbols.SUBSCRIPTS[character] for character in match.group()), Span(*match.span()))


def _script(lexer: Lexer, sign: str, inside: str, span: Span) -> None:
    lexer.add(sign, sign, span)
    lexer.add("{", "{", span)
    for part in PARTS.findall(inside):
        kind = NUMBER if part.isdigit() else NAME if part.isalpha() else BRACKETS.get(part, OPERATOR)
        lexer.add(kind, commands.GREEK.get(part, part), span)
    lexer.add("}", "}", span)


def fraction(lexer: Lexer, match: re.Match[str]) -> None:
    """Add `½` as a fraction of two numbers."""
    span = Span(*match.span())
    lexer.add(COMMAND, "frac", span)
    for part in symbols.FRACTIONS[match.group()]:
        lexer.add("{", "{", span)
        lexer.add(NUMBER, part, span)
        lexer.add("}", "}", span)


def root(lexer: Lexer, match: re.Match[str]) -> None:
    """Add `∛` as a root with its degree."""
    span = Span(*match.span())
    for kind, text in ((COMMAND, "sqrt"), (OPEN, "["), (NUMBER, symbols.ROOTS[match.group()]), (CLOSE, "]")):
        lexer.add(kind, text, span)


def _skip(_lexer: Lexer, _match: re.Match[str]) -> None:
    """Leave out what means nothing."""


_TAKERS = {
    "blank": Lexer.blank,
    "wrapper": Lexer.plain,
    "row": Lexer.plain,
    "begin": Lexer.environment,
    "finish": Lexer.environment,
    "sized": Lexer.sized,
    "font": letters.font,
    "switch": letters.switch,
    "ignored": _skip,
    "command": Lexer.command,
    "scientific": Lexer.scientific,
    "number": Lexer.number,
    "letters": Lexer.letters,
    "raised": raised,
    "lowered": lowered,
    "fraction": fraction,
    "root": root,
    "sign": Lexer.sign,
}


# A whole text.


def lexemes(text: str, *, values: bool = False) -> list[Item]:
    """Split a text, without the wrappers around a formula and the mark of punctuation at its end."""
    found = Lexer(text, values=values).run()
    wrappers = [i for i, lexeme in enumerate(found) if lexeme.kind == WRAPPER]
    runs = [i for i in wrappers if i - 1 not in wrappers]
    if len(runs) > 2:
        hint = "give one formula at a time"
        raise ExpressionError("a second formula starts here", found[runs[2]].span, hint=hint)
    found = [lexeme for lexeme in found if lexeme.kind != WRAPPER]
    while len(found) > 1 and found[-2].kind == OPERATOR and found[-2].text in (".", ",", ";"):
        del found[-2]
    _check_comma(found, text)
    return _unwrapped(found)


def _check_comma(found: list[Item], text: str) -> None:
    """Refuse `0{,}5`."""
    for i, lexeme in enumerate(found[:-3]):
        if i and lexeme.kind == "{" and found[i + 1].text == "," and found[i + 2].kind == "}":
            before, after = found[i - 1], found[i + 3]
            if before.kind == after.kind == NUMBER:
                span = before.span.to(after.span)
                hint = f"write `{before.text}.{after.text}`"
                raise ExpressionError(f"`{text[slice(*span)]}` has a decimal comma", span, hint=hint)


def _unwrapped(found: list[Item]) -> list[Item]:
    r"""Return the lexemes without braces around all of them: `{\displaystyle f(x)=x}`."""
    while len(found) > 3 and found[0].kind == "{" and _first_end(found) == len(found) - 2:
        if any(lexeme.text == "over" for lexeme in found):
            break
        found = [*found[1:-2], found[-1]]
    return found


def _first_end(found: list[Item]) -> int:
    """Return where the first braces close, or 0."""
    depths = accumulate((lexeme.kind == "{") - (lexeme.kind == "}") for lexeme in found)
    return next((i for i, depth in enumerate(depths) if not depth), 0)


def unnumbered(found: list[Item], text: str) -> tuple[list[Item], list[Notice]]:
    """Return the lexemes without the number of the equation, and what is said of it."""
    start = next((i for i in range(len(found) - 2, 0, -1) if found[i].kind == OPEN), 0)
    before = found[start - 1]
    if not start or found[start].text != "(" or not (before.kind in _ENDS or before.text in _SIGNS):
        return found, []
    group: Span = found[start].span.to(found[-2].span)
    typed = text[slice(*group)]
    if not _GAP.search(text[before.span.end : group.start]) or not _NUMBER.fullmatch(typed):
        return found, []
    note = f"`{typed}` was left out: it looks like the number of the equation"
    kept = found[:start]
    while len(kept) > 1 and kept[-1].text in (".", ",", ";"):
        del kept[-1]
    return [*kept, found[-1]], [Notice(group, note)]
