r"""Greek letters before a bracket that are functions: `\Gamma(x)`, `\sigma(x)`, `\Phi^2(x)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.language.notes import Notice
from derivcli.language.tex import complaints
from derivcli.language.tex.items import CLOSE, OPEN, POWER, TYPED, Item
from derivcli.language.tokens import NAME

if TYPE_CHECKING:
    from derivcli.language.tex.arguments import Arranger

# The function for one argument and for several.
_FUNCTIONS = {
    "Gamma": ("gamma", "uppergamma"),
    "zeta": ("zeta", "zeta"),
    "psi": ("digamma", None),
    "Phi": ("ndtr", None),
    "sigma": ("sigmoid", None),
    "gamma": (None, "lowergamma"),
    "beta": (None, "beta"),
    "B": (None, "beta"),
    "Pi": (None, "elliptic_pi"),
}
_WITH_POWER = frozenset({"Gamma", "zeta", "psi", "Phi"})  # sigma^2(...) is no square of a function
_SAID = {"sigma": "sigmoid", "psi": "digamma", "Phi": "ndtr, the normal distribution"}


def function_of(reader: Arranger, item: Item) -> str | None:
    r"""Return the function that a letter before a bracket means: `\Gamma(x)`, `\sigma(x)`."""
    if item.text in reader.given:
        return None
    position = _bracket_after(reader, item)
    if position is None:
        return None
    function = _FUNCTIONS.get(item.text, (None, None))[position in reader.several]
    if function is None or (function == "sigmoid" and not _is_sigmoid(reader, item, position)):
        return None
    if item.text in _SAID:
        typed = reader.text[slice(*item.span)]
        reader.notices.append(Notice(item.span, f"`{typed}(...)` was read as the function {_SAID[item.text]}"))
    return function


def _bracket_after(reader: Arranger, item: Item) -> int | None:
    r"""Return where the bracket opens behind a letter; a power or a prime may stand between: `\Gamma^2(x)`."""
    position = reader.position + 1
    while item.text in _WITH_POWER and reader.items[position].kind == "'":
        position += 1
    has_power = reader.items[position].kind == "^"
    if has_power:
        position = reader.partners[position + 1] + 1
    following = reader.items[position]
    is_call = item.text in _WITH_POWER or not has_power or position in reader.several
    return position if is_call and following.kind == OPEN and following.shape == TYPED else None


def _is_sigmoid(reader: Arranger, item: Item, position: int) -> bool:
    r"""Tell `\sigma(wx+b)` from `\sigma(T^4-S^4)`."""
    inside = reader.items[position : reader.partners[position]]
    if item.text in reader.letters:
        return False
    before = reader.items[reader.position - 1] if reader.position else item
    greek_before = reader.operand and before.kind == NAME and len(before.text) > 1
    if greek_before or any(i.shape == POWER for i in inside):
        raise complaints.sigmoid(reader.text, item.span, reader.items[reader.partners[position]].span.end)
    return True


def note_power(reader: Arranger, item: Item) -> None:
    r"""Say that the power of a letter before a bracket is a factor: `\sigma^2(x)` is a product."""
    position, depth = reader.position - 2, 1
    while depth:
        depth += (reader.items[position].kind == CLOSE) - (reader.items[position].kind == OPEN)
        position -= 1
    base = reader.items[position - 1]
    if base.kind == NAME and base.text in _SAID and base.text not in reader.given:
        reader.notices.append(Notice(base.span.to(item.span)))
