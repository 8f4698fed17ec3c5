r"""LaTeX text -> lexemes: `\sin` is a function, `\left(` an opening bracket, `xy` two letters, `\,` nothing."""

from __future__ import annotations

import re
from typing import NamedTuple

from derivcli.errors import Span
from derivcli.language import symbols
from derivcli.language.limits import check_length, check_literal, check_name
from derivcli.language.tex import commands, complaints
from derivcli.language.tokens import NAME, NUMBER, foreign

FUNCTION, OPEN, CLOSE, BAR, OPERATOR, COMMAND, WORD, END = (
    "function", "open", "close", "bar", "operator", "command", "word", "end",
)  # fmt: skip
OPERATOR_OF_BOOKS = "book"  # a letter in `\operatorname`: J, P, W
WRAPPER, BEGIN, FINISH, ROW = "wrapper", "begin", "finish", "row"
BLANK, WIDE = 1, 2


class Lexeme(NamedTuple):
    """A part of a text; `apart` tells whether a blank (1) or a space that was typed out (2) stands before it."""

    kind: str
    text: str
    span: Span
    apart: int = 0


_PATTERN = re.compile(
    rf"""(?P<blank>[ \t\r\n~]+)
    |(?P<wrapper>\$+|</?m(?:e|en|row|d)?>)
    |(?P<begin>\\begin\s*\{{(?P<opened>[a-z]+\*?)\}}(?:\s*\[[a-z]\])?)
    |(?P<finish>\\end\s*\{{(?P<ended>[a-z]+\*?)\}})
    |(?P<sized>\\(?:left|right|middle|[bB]igg?[lrm]?)(?![A-Za-z])\s*(?P<delimiter>\\[A-Za-z]+|\\[{{}}|]|[^\\\s]))
    |(?P<switch>\\(?:rm|bf|it|sf|tt|cal)\s+(?P<upright>[A-Za-z]+))
    |(?P<font>\\(?P<style>{"|".join(sorted(commands.FONTS, key=len, reverse=True))})(?![A-Za-z])\*?\s*
        (?:\{{(?P<inside>(?:[^{{}}\\]|\\_|\\[ ]|\\math[a-z]+\{{[A-Za-z]+\}})*)\}}|(?P<one>[A-Za-z])))
    |(?P<remark>\\(?:{"|".join(commands.REMARKS)})\*?\s*\{{[^{{}}]*\}})
    |(?P<row>\\\\(?:\s*\[[0-9.]+\s*[a-z]+\])?)
    |(?P<command>\\(?:[A-Za-z]+|.))
    |(?P<scientific>[0-9.]+[eE][+-]?[0-9]+)
    |(?P<number>[0-9]+\.?[0-9]*|\.[0-9]+)
    |(?P<letters>[A-Za-z]+)
    |(?P<raised>[{"".join(symbols.SUPERSCRIPTS)}]+)
    |(?P<lowered>[{"".join(symbols.SUBSCRIPTS)}]+)
    |(?P<fraction>[{"".join(symbols.FRACTIONS)}])
    |(?P<root>[{"".join(symbols.ROOTS)}])
    |(?P<sign><=|>=|==|!=|.)""",
    re.VERBOSE | re.DOTALL,
)
_COLUMNS = re.compile(r"\s*\{[^{}]*\}")
_CHARACTERS = frozenset("+-*/^_{}&,!<>=':;|()[].%?")
_BRACKETS = {**dict.fromkeys("([⌊⌈", OPEN), **dict.fromkeys(")]⌋⌉", CLOSE), "|": BAR}
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_INNER_FONT = re.compile(r"\\math[a-z]+\{([A-Za-z]+)\}")
_FORMULA = re.compile(rf" *(?P<word>{'|'.join(sorted(commands.IF))})? *\$(?P<math>[^$]*)\$[ .,;]*")
_PARTS = re.compile(r"[0-9]+|.")
_BOLD = r"\mathbf"
_OWN = commands.CALLS.keys() | commands.BINOMIALS | commands.FRACTIONS | {"sqrt", "root"}  # they look like functions


class Lexer:
    """Splits one text."""

    def __init__(self, text: str) -> None:
        check_length(text)
        self.text = symbols.plain(text)
        self.found: list[Lexeme] = []
        self._apart = 0
        self._position = 0
        self._end = len(text)

    def run(self) -> list[Lexeme]:
        """Return all lexemes; letters side by side are one of kind `letters` still."""
        while self._position < self._end:
            match = _PATTERN.match(self.text, self._position, self._end)
            assert match is not None  # noqa: S101 - the last alternative takes any character
            self._position = match.end()
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
        """Refuse `1e-3`, which LaTeX sets as 1e - 3."""
        mantissa, _, exponent = match.group().lower().partition("e")
        raise complaints.scientific(match.group(), Span(*match.span()), mantissa, exponent)

    def environment(self, match: re.Match[str]) -> None:
        """Add the start or the end of an environment."""
        name = match["opened"] or match["ended"]
        if match.lastgroup == "begin" and name in ("array", "alignat"):
            columns = _COLUMNS.match(self.text, self._position)
            self._position = columns.end() if columns else self._position
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
            function = None if name in _OWN else commands.function_named(name)
            self.add(COMMAND if function is None else FUNCTION, function or name, span)

    def _delimiter(self, bracket: str, span: Span) -> None:
        if bracket == "|":
            self.add(BAR, "|", span)
        else:
            self.add(OPEN if bracket in commands.OPENERS else CLOSE, bracket, span)

    def font(self, match: re.Match[str]) -> None:
        r"""Add what stands in `\text{...}` and `\mathrm{...}`."""
        typed, span = match["inside"] if match["one"] is None else match["one"], Span(*match.span())
        style, content = match["style"], typed.replace("\\_", "_").replace("\\ ", " ").strip()
        inner = _INNER_FONT.fullmatch(content)
        if style == "operatorname" and (inner or (len(content) == 1 and content not in "edi")):
            bold = content.startswith(_BOLD)
            self.add(OPERATOR_OF_BOOKS, f"bold {inner[1]}" if inner and bold else inner[1] if inner else content, span)
        elif inner or not _IDENTIFIER.fullmatch(content):
            self._in_font(style, content, match)
        else:
            self._named(style, content, span)

    def switch(self, match: re.Match[str]) -> None:
        r"""Add the letters after `\rm`."""
        self._named("mathrm", match["upright"], Span(*match.span()))

    def _named(self, style: str, content: str, span: Span) -> None:
        check_name(len(content), span)
        function = commands.function_named(content) if style in commands.WORDY and len(content) > 1 else None
        if content in commands.IF | commands.OTHERWISE | commands.LOGIC | {"undefined"}:
            kind = OPERATOR if content in commands.LOGIC else WORD
            self.add(kind, content, span)
        elif function is not None and style != "mathit":
            self.add(FUNCTION, function, span)
        else:
            self.add(NAME, content, span)

    def _in_font(self, style: str, content: str, match: re.Match[str]) -> None:
        """Add signs and words in a font; anything else is read as if it stood outside."""
        words = content.strip(" ,.;").split()
        span = Span(*match.span())
        if content in symbols.OPERATORS or content in _CHARACTERS:
            self._character(symbols.OPERATORS.get(content, content), span)
        elif (formula := _FORMULA.fullmatch(match["inside"] or "")) is not None:
            self._inner(formula, match.start("inside"))
        elif words and words[0] in commands.IF | commands.OTHERWISE and len(words) == 1:
            self.add(WORD, words[0], span)
        elif content and style in commands.WORDY:
            raise complaints.prose(span)
        elif words or content:
            start = match.start("inside") if match["one"] is None else match.start("one")
            self._position = start - (match["one"] is None)

    def _inner(self, formula: re.Match[str], start: int) -> None:
        r"""Add `\text{if $x > 0$}`: the word, and what stands in the formula."""
        if formula["word"]:
            self.add(WORD, formula["word"], Span(start + formula.start("word"), start + formula.end("word")))
        inner = Lexer(self.text)
        inner._position, inner._end = start + formula.start("math"), start + formula.end("math")
        self.found += inner.run()[:-1]

    def letters(self, match: re.Match[str]) -> None:
        """Add letters side by side."""
        self.add("letters", match.group(), Span(*match.span()))

    def raised(self, match: re.Match[str]) -> None:
        """Add superscripts as a power in braces."""
        span = Span(*match.span())
        self._script("^", "".join(symbols.SUPERSCRIPTS[character] for character in match.group()), span)

    def lowered(self, match: re.Match[str]) -> None:
        """Add characters of a subscript as one in braces."""
        self._script("_", "".join(symbols.SUBSCRIPTS[character] for character in match.group()), Span(*match.span()))

    def _script(self, sign: str, inside: str, span: Span) -> None:
        self.add(sign, sign, span)
        self.add("{", "{", span)
        for part in _PARTS.findall(inside):
            kind = NUMBER if part.isdigit() else NAME if part.isalpha() else _BRACKETS.get(part, OPERATOR)
            self.add(kind, commands.GREEK.get(part, part), span)
        self.add("}", "}", span)

    def fraction(self, match: re.Match[str]) -> None:
        """Add `½` as a fraction of two numbers."""
        span = Span(*match.span())
        self.add(COMMAND, "frac", span)
        for part in symbols.FRACTIONS[match.group()]:
            self.add("{", "{", span)
            self.add(NUMBER, part, span)
            self.add("}", "}", span)

    def root(self, match: re.Match[str]) -> None:
        """Add `∛` as a root with its degree."""
        span = Span(*match.span())
        for kind, text in ((COMMAND, "sqrt"), (OPEN, "["), (NUMBER, symbols.ROOTS[match.group()]), (CLOSE, "]")):
            self.add(kind, text, span)

    def sign(self, match: re.Match[str]) -> None:
        """Add a character."""
        self._character(match.group(), Span(*match.span()))

    def _character(self, typed: str, span: Span) -> None:
        character = symbols.OPERATORS.get(typed, typed)
        if typed in commands.GREEK or typed in symbols.NAMES:
            self.add(NAME, commands.GREEK.get(typed) or symbols.NAMES[typed], span)
        elif character in _BRACKETS:
            self.add(_BRACKETS[character], character, span)
        elif character == "°":
            self.add("^", "^", span)
            self.add(COMMAND, "circ", span)
        elif character == "√":
            self.add(COMMAND, "sqrt", span)
        elif character in ("^", "_", "{", "}", "&"):
            self.add(character, character, span)
        elif character == "%":
            raise complaints.comment(span)
        elif character in _CHARACTERS or len(character) == 2 or character == "∂":
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
    "font": Lexer.font,
    "switch": Lexer.switch,
    "remark": _skip,
    "command": Lexer.command,
    "scientific": Lexer.scientific,
    "number": Lexer.number,
    "letters": Lexer.letters,
    "raised": Lexer.raised,
    "lowered": Lexer.lowered,
    "fraction": Lexer.fraction,
    "root": Lexer.root,
    "sign": Lexer.sign,
}


def lexemes(text: str) -> list[Lexeme]:
    """Split a text, without the wrappers around a formula and the mark of punctuation at its end."""
    found = Lexer(text).run()
    wrappers = [i for i, lexeme in enumerate(found) if lexeme.kind == WRAPPER]
    runs = [i for i in wrappers if i - 1 not in wrappers]
    if len(runs) > 2:
        raise complaints.second_formula(found[runs[2]].span)
    found = [lexeme for lexeme in found if lexeme.kind != WRAPPER]
    while len(found) > 1 and found[-2].kind == OPERATOR and found[-2].text in (".", ",", ";"):
        del found[-2]
    return found
