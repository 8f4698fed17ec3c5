r"""The tokens of a text in LaTeX, for the one grammar."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from derivcli.language import catalogue
from derivcli.language.brackets import Decoded
from derivcli.language.factors import GREEK
from derivcli.language.notes import Mark
from derivcli.language.tex import commands, equations, reading, runs, scruples
from derivcli.language.tex.arguments import arrange
from derivcli.language.tex.arranging import Arranger
from derivcli.language.tex.lexemes import lexemes
from derivcli.language.tex.patterns import FUNCTION, Lexeme
from derivcli.language.tokens import NAME

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from derivcli.language.tex.items import Item

_TAU = r"`\tau` was read as a variable; write `2\pi` for the constant"
_LOG = r"`\log` was read as the natural logarithm; write `\log_{10}` for the common one"


def read(text: str, given: AbstractSet[str], *, values: bool = False) -> Decoded:
    """Return the tokens of a text in LaTeX, or of names with their `values`; raises as `tokenize` does."""
    typed = lexemes(text, values=values)
    typed, left_out = (typed, []) if values else equations.unnumbered(typed, text)
    found = list(runs.split(typed, given))
    shapes = {lexeme.text for lexeme in found if lexeme.text in commands.LETTERS}
    items = reading.items([_one_shape(lexeme, shapes, given) for lexeme in found], text)
    scruples.check(items, text, given)
    reader = Arranger(items, text, given)
    stream = arrange(reader)
    return Decoded(stream, [*left_out, *reader.marks, *_said(items, text, given)], _names(items))


def _one_shape(lexeme: Lexeme, shapes: set[str], given: AbstractSet[str]) -> Lexeme:
    r"""Return the name of a letter: `\varepsilon` is `epsilon` where there is no other one."""
    if lexeme.kind != NAME or lexeme.text not in commands.LETTERS:
        return lexeme
    name = commands.SHAPES.get(lexeme.text, lexeme.text)
    both = lexeme.text != name and (name in shapes or lexeme.text in given)
    name = lexeme.text if both else commands.LETTERS.get(name, name)
    foreign = next((letter for letter in commands.FOREIGN.get(name, "") if letter in given and name not in given), name)
    return lexeme._replace(text=foreign)


def _names(items: list[Item]) -> frozenset[str]:
    """Return the names that are whole: longer than a letter, and no constant; tau is a variable in LaTeX."""
    names = {item.text for item in items if item.kind == NAME and len(item.text) > 1}
    return frozenset(names - (catalogue.CONSTANTS.keys() - {"tau"}) - (GREEK - {"tau"}))


def _said(items: list[Item], text: str, given: AbstractSet[str]) -> list[Mark]:
    """Return what is said of letters and functions that mean something else to some."""
    constants = (item for item in items if item.kind == NAME and item.text == "tau" and "tau" not in given)
    logarithms = (a for a, b in pairwise(items) if a.kind == FUNCTION and a.text == "log" and b.kind != "_")
    common = (item for item in logarithms if "n" not in text[slice(*item.span)])  # `\ln` leaves no doubt
    found = (next(((item.span, note) for item in kind), None) for kind, note in ((constants, _TAU), (common, _LOG)))
    return [Mark(*place) for place in found if place]
