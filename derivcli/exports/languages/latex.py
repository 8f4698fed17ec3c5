"""LaTeX: the equations of f and its derivatives, as an answer prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.exports.language import Language
from derivcli.exports.languages import curly
from derivcli.language import catalogue

if TYPE_CHECKING:
    from derivcli.exports.language import CodeFile


def _write(sheet: CodeFile) -> str:
    return curly.page("%", sheet, [sheet.equations.rstrip()], [curly.in_comments("%", sheet)])


# Formulas are written from the tree: of this table only the functions count, all of which it has.
LANGUAGE = Language(
    name="latex",
    write=_write,
    functions={name: name for name in catalogue.FUNCTIONS},
    leaves={name: name for name in ("pi", "e", "inf", "undefined", "true", "false")},
    number=repr,
    whole="{0}^{1}",
    power="{0}^{1}",
    choice="({1}, {0}, {2})",
)
