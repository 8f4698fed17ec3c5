"""Finding functions by a word, and how each is called."""

from __future__ import annotations

from derivcli.errors import UsageError
from derivcli.language.catalogue import CONSTANTS, FAMILIES, function_names
from derivcli.language.catalogue.rows import Function
from derivcli.language.names import nearest

_CHOICES = (
    Function("where", "a where the condition holds, else b", parameters=("condition", "a", "b"), least=3, most=3),
    Function("piecewise", "the first value whose condition holds", aliases=("Piecewise",),
             parameters=("a1", "condition1", "otherwise"), least=2, most=None),
)  # fmt: skip
_CONSTANTS = tuple(Function(row.name, row.help, parameters=(), least=0, most=0) for row in CONSTANTS.values())

LISTED = {**FAMILIES, "choices between formulas": _CHOICES, "constants": _CONSTANTS}


def search(word: str) -> dict[str, tuple[Function, ...]]:
    """Return the rows, by families, that have a word in their names or their help, or else in their family's name.

    Raises `UsageError` if there is none.
    """
    found = _with(word, named=False) or _with(word, named=True)
    if not found:
        names = nearest(word, function_names())
        hint = f"did you mean {' or '.join(f'`{name}`' for name in names)}?" if names else "deriv --functions lists all"
        raise UsageError(f"no function matches `{word}`", hint=hint)
    return found


def _with(word: str, *, named: bool) -> dict[str, tuple[Function, ...]]:
    """Return the rows that have every part of a word; `named` counts the name of the family too."""
    wanted = word.casefold().split()
    found = {
        family: tuple(row for row in rows if all(part in _text(family if named else "", row) for part in wanted))
        for family, rows in LISTED.items()
    }
    return {family: rows for family, rows in found.items() if rows}


def _text(family: str, row: Function) -> str:
    return " ".join((family, row.name, *row.aliases, row.help, row.convention)).casefold()


def signature(row: Function) -> str:
    """Return how a function is called: `zeta(s, a=1)`, `log(x[, b])`, `max(x, y, ...)`."""
    if not row.most and row.most is not None:
        return row.name
    needed = len(row.parameters) - len(row.defaults)
    parts = [*row.parameters[:needed]]
    parts += [f"{name}={text}" for name, text in zip(row.parameters[needed:], row.defaults, strict=True)]
    if row.most is None:
        return f"{row.name}({', '.join(parts)}, ...)"
    optional = "".join(f"[, {name}]" for name in parts[row.least :]) if not row.defaults else ""
    return f"{row.name}({', '.join(parts[: row.least] if optional else parts)}{optional})"
