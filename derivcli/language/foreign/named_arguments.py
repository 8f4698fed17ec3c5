"""Arguments with a name: `leaky_relu(x, negative_slope=0.1)`, `x.clamp(min=0)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.language import catalogue
from derivcli.language.brackets import called, renamed
from derivcli.language.foreign import complaints
from derivcli.language.tokens import NAME, Token

if TYPE_CHECKING:
    from derivcli.language.brackets import Call
    from derivcli.language.catalogue import Function

# What programs call the arguments of a function, in the order of ours; the others have the names in the catalogue.
_NAMES = {
    "leaky_relu": ("input", "negative_slope"),
    "elu": ("input", "alpha"),
    "celu": ("input", "alpha"),
    "hardtanh": ("input", "min_val", "max_val"),
    "hardshrink": ("input", "lambd"),
    "softshrink": ("input", "lambd"),
    "clamp": ("input", "min", "max"),
    "log": ("x", "base"),
}
_ONE_SIDED = {"min": "max", "max": "min"}  # `clamp(x, min=0)` is max(x, 0)


def without_keywords(stream: list[Token]) -> list[Token]:
    """Return tokens whose arguments stand in their places; raises `ExpressionError` where their order is another."""
    found = list(stream)
    dropped: set[int] = set()
    for call in called(stream):
        starts = (call.start, *call.commas)
        named = {place: at + 1 for place, at in enumerate(starts) if _is_named(stream, at + 1)}
        row = catalogue.find(stream[call.name].text)
        if not named or row is None:
            continue  # `where(x = 1, 2, 3)` is an equation
        one_sided = _one_sided(stream, call, named)
        if one_sided is not None:
            found[call.name] = renamed(stream[call.name], one_sided)
        else:
            _check(stream, row, named)
        dropped |= {at for start in named.values() for at in (start, start + 1)}
    return [token for i, token in enumerate(found) if i not in dropped]


def _is_named(stream: list[Token], position: int) -> bool:
    return stream[position].kind == NAME and stream[position + 1].kind == "="


def _one_sided(stream: list[Token], call: Call, named: dict[int, int]) -> str | None:
    row = catalogue.find(stream[call.name].text)
    is_clamp = row is not None and row.name == "clamp" and len(call.commas) == 1 and list(named) == [1]
    return _ONE_SIDED.get(stream[named[1]].text) if is_clamp else None


def _check(stream: list[Token], row: Function, named: dict[int, int]) -> None:
    known = _NAMES.get(row.name, ())
    for place, start in named.items():
        parameters = (*known[place : place + 1], *row.parameters[place : place + 1])
        if stream[start].text not in parameters:
            raise complaints.named_argument(stream[start].span.to(stream[start + 1].span), row.name)
