"""What a lexeme is, and the patterns of LaTeX text."""

from __future__ import annotations

import re
from typing import NamedTuple

from derivcli.errors import Span  # noqa: TC001 - a named tuple looks at its annotations
from derivcli.language import symbols
from derivcli.language.tex import commands

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


PATTERN = re.compile(
    rf"""(?P<blank>[ \t\r\n~]+)
    |(?P<letters>[A-Za-z]+)
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
    |(?P<raised>[{"".join(symbols.SUPERSCRIPTS)}]+)
    |(?P<lowered>[{"".join(symbols.SUBSCRIPTS)}]+)
    |(?P<fraction>[{"".join(symbols.FRACTIONS)}])
    |(?P<root>[{"".join(symbols.ROOTS)}])
    |(?P<sign><=|>=|==|!=|.)""",
    re.VERBOSE | re.DOTALL,
)
COLUMNS = re.compile(r"\s*\{[^{}]*\}")
CHARACTERS = frozenset("+-*/^_{}&,!<>=':;|()[].%?")
BRACKETS = {**dict.fromkeys("([⌊⌈", OPEN), **dict.fromkeys(")]⌋⌉", CLOSE), "|": BAR}
IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
INNER_FONT = re.compile(r"\\math[a-z]+\{([A-Za-z]+)\}")
FORMULA = re.compile(rf" *(?P<word>{'|'.join(sorted(commands.IF))})? *\$(?P<math>[^$]*)\$[ .,;]*")
PARTS = re.compile(r"[0-9]+|.")
BOLD = r"\mathbf"
OWN = commands.CALLS.keys() | commands.BINOMIALS | commands.FRACTIONS | {"sqrt", "root"}  # they look like functions
