"""What a name means: a function, a variable, a constant, a function somebody forgot to call, or a slip for another."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError, UnknownNameError
from derivcli.hints import At, Hint
from derivcli.language import calls, catalogue, complaints, photographs, tokens
from derivcli.language.everyday import WORDS
from derivcli.language.operators import LOGIC, NO_NUMBERS, PARENTHESES, TRUTH
from derivcli.language.tree import VARIABLE, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from derivcli.language.tokens import Token

# Names of sympy and of spreadsheets, in capitals too, for what has a sign of its own.
_SPOKEN = frozenset({"sine", "cosine"})  # called, they are misspelt functions
_SPELLED_OUT = {
    "Eq": "a == b",
    "Ne": "a != b",
    "Lt": "a < b",
    "Le": "a <= b",
    "Gt": "a > b",
    "Ge": "a >= b",
    "And": "a and b",
    "Or": "a or b",
    "Not": "not a",
    "and": "a and b",
    "or": "a or b",
    "not": "not a",
    "Mul": "a*b",
    "Add": "a + b",
    "if": "where(condition, a, b)",
    "pi": "pi",
    "int": "floor(x)` or `trunc(x)",
}
# Names from elsewhere that look like others of ours, and ours of the same meaning.
_LETTERS_SIDE_BY_SIDE = re.compile(r"[A-Za-z]{2,3}")  # `kx(1-x)`
_FOREIGN = {"hypotenuse": ("hypot",), "nCr": ("binomial",), "choose": ("binomial",)}
# Functions of R with the order behind the argument.
_ORDER_LAST = {f"bessel{kind}": f"bessel{kind.lower()}(n, x)" for kind in "JYIK"}
# Functions whose names stand for quantities in formulas too: alone they are variables.
_NAMES_OF_QUANTITIES = """
    beta gamma psi zeta Phi Γ sum prod product mean avg average step heav norm fix trunc surd rem remainder
    degrees radians arch arth arsh mse huber
"""
_LETTERS = frozenset(_NAMES_OF_QUANTITIES.split())
# Names of functions that are variables where nothing follows that could be their argument.
_SHORT = frozenset({"tg", "sh", "ch", "th", "lb"})
_LONGEST_LETTER = 2  # characters of a quantity: `k1`, `y0`
_WORDS = frozenset({"ln", "lg"})
_POWER = re.compile(r"(?:\^|\*\*)\s*(-?(?:[0-9]+|[^\W\d_]\w*))(?![\w./])")
_OPERANDS = (tokens.NAME, tokens.NUMBER, "√")
_D_BELOW = re.compile("D_?[a-z]")  # `Dx x^2`, `D_x x^2`
_INVERSE = re.compile(r"(?:\^|\*\*)\s*(?:-\s*1|\(\s*-\s*1\s*\))\s*\(")
_FUNCTION_LETTERS = frozenset("fgh")  # before a bracket they name a function, and nobody said which
# Functions that differentiate: `diff(x^2, x)`; `der(x)` stands on left sides alone.
DERIVATIVES = frozenset({"diff", "Diff", "D", "deriv", "derivative", "Derivative", "differentiate"})
RATE = "der"
_NOTATIONS = DERIVATIVES | {RATE}
_MOST_COMPARED = 1_000  # names: comparing costs 20 us each
_MOST_NEAR = 3  # names in a hint: more are a list to be searched
_ALIKE = 0.6  # difflib's own measure of names that look alike
_SHORTEST = 3  # letters of a name in which a slip can be seen: `sh` is near to too many


def function_of(name: str, given: AbstractSet[str]) -> str | None:
    """Return the function that a name means before a bracket: the catalogue wins over a variable, not in capitals."""
    if catalogue.is_function(name):
        return name
    return None if name in given else calls.name_called(name)


def takes_bare(name: str, given: AbstractSet[str]) -> bool:
    """Tell whether a name is a function that may stand before its argument without brackets."""
    return name not in given and calls.takes_bare(name) and (name in _SHORT or not _is_letter(name))


def is_operand(name: str, given: AbstractSet[str]) -> bool:
    """Tell whether a name is a factor, not a word between conditions or in prose."""
    return name not in LOGIC and (name in given or name not in complaints.PROSE)


def is_variable(name: str, given: AbstractSet[str]) -> bool:
    """Tell whether a name that is not called is a variable."""
    return name in given or not (name in catalogue.CONSTANTS or name in TRUTH)


def check_factor(token: Token, given: AbstractSet[str]) -> None:
    """Raise `UnknownNameError` for a word of prose where a factor could stand."""
    if token.text in complaints.PROSE and token.text not in given and token.text not in catalogue.PIECEWISE_NAMES:
        raise complaints.word(token)


def check_differential(token: Token, given: AbstractSet[str]) -> None:
    """Raise `UnknownNameError` for `x^2 dx`: an integral's end is no factor."""
    if re.fullmatch("d[a-z]", token.text) and token.text not in given and "d" not in given:
        raise complaints.differential(token)


def resolve(token: Token, following: Token, rest: str, given: AbstractSet[str]) -> Node:
    """Return the node of a name that is not a call; `following` is the token after it, `rest` the text from there.

    Raises `UnknownNameError` for a function that is not called or does not exist, and for a word of prose.
    """
    name = token.text
    if name in given:
        return Node(VARIABLE, text=name, span=token.span)
    if name in catalogue.CONSTANTS:
        return Node(name, span=token.span)
    if name in TRUTH:
        return Node(TRUTH[name], span=token.span)
    if name in NO_NUMBERS:
        raise ExpressionError(f"`{name}` is not a number", token.span)
    is_apart = name in complaints.SPEECH and following.kind not in _OPERANDS
    if not is_apart and (following.kind not in PARENTHESES or (name not in _SPELLED_OUT and name not in _SPOKEN)):
        check_factor(token, given)
    base = calls.log_base(name)
    in_capitals = (base is not None and base.isdigit()) or (
        following.kind in _OPERANDS and calls.name_called(name) is not None
    )
    if (in_capitals or catalogue.is_function(name)) and not _is_letter(name):
        check_factor(following, given)  # `log natural x`: the word is what is wrong
        raise _not_called(token, following, rest)
    is_notation = (name in _NOTATIONS or _D_BELOW.fullmatch(name)) and following.kind in _OPERANDS
    if is_notation or (name == "d" and following.kind in PARENTHESES):
        raise complaints.derivative_inside(token.span)
    if name in _FUNCTION_LETTERS and _INVERSE.match(rest):
        raise unknown_function(token)  # `f^-1(x)`
    if following.kind in PARENTHESES and (len(name) > 1 or name in _FUNCTION_LETTERS or name in _NOTATIONS):
        raise unknown_function(token)
    return Node(VARIABLE, text=name, span=token.span)


def _is_letter(name: str) -> bool:
    return name in _LETTERS or (len(name) <= _LONGEST_LETTER and name.lower() not in _WORDS)


def unknown_function(token: Token) -> ExpressionError:
    """Return the error for a call of a name that is no function."""
    if token.text in _NOTATIONS:
        return complaints.derivative_inside(token.span)
    name = token.text
    suggestions = _FOREIGN.get(name) or photographs.function_of(name) or misspelt(name, catalogue.function_names())
    spelled_out = _SPELLED_OUT.get(name) or _SPELLED_OUT.get(name.lower())
    if name in _ORDER_LAST:
        return UnknownNameError(
            f"unknown function `{name}`", token.span, hint=f"write `{_ORDER_LAST[name]}`: the order comes first"
        )
    from derivcli.language.foreign import dialects  # most texts have no such name

    of_torch = dialects.elsewhere(name)
    if of_torch:
        hint = of_torch
    elif spelled_out:
        hint = f"write `{spelled_out}`"
    elif suggestions:
        hint = f"did you mean `{suggestions[0]}`?"
    elif len(name) == 1:
        hint = f"to multiply, write `{name}*(...)` or give `{name}` a value"
    else:
        product = "*".join(name) if _LETTERS_SIDE_BY_SIDE.fullmatch(name) and name.lower() not in WORDS else name
        hint = f"deriv --functions lists all; to multiply, write `{product}*(...)` or give `{name}` a value"
    return UnknownNameError(f"unknown function `{name}`", token.span, hint=hint, suggestions=suggestions)


def _with_power(name: str, rest: str) -> str:
    """Return a function with the power that stands behind it: `sin^2(x)`, where that is a number."""
    found = _POWER.match(rest)
    if name == "exp":
        return f"e^{found[1] if found else '(...)'}"
    if found is None:
        return f"{name}({_arguments(name)})^(...)"
    is_whole = found[1].lstrip("-").isdigit()
    return f"{name}^{found[1]}(x)" if is_whole else f"{name}(x)^{found[1]}"


def _arguments(name: str) -> str:
    """Return the names of the arguments that a function needs."""
    row = catalogue.find(name)
    return ", ".join(row.parameters[: row.least]) if row else "condition, a, b"


def _not_called(token: Token, following: Token, rest: str) -> UnknownNameError:
    name = calls.name_called(token.text) or token.text
    base = calls.log_base(name)
    if base is not None:
        argument = "y" if base == "x" else "x"
        return UnknownNameError(f"unknown function `{name}`", token.span, hint=f"write `log({argument}, {base})`")
    call = f"{name}({_arguments(name)})"
    suggestions: tuple[str, ...] = ()
    hint: str | Hint
    if following.kind in _OPERANDS and calls.takes_bare(name):
        hint, suggestions = f"write `{name}` or `{call}`", (name,)
    elif following.kind in ("^", tokens.POWER):
        hint = f"write `{_with_power(name, rest if following.kind == '^' else f'^{following.text}')}`"
        suggestions = ("e",) if name == "exp" else ()
    else:
        hint = Hint(f"call it, `{call}`, or give it a value: ", At(f"{name}=..."))
        suggestions = () if following.kind in (*_OPERANDS, "-", "'") else (call,)
    return UnknownNameError(
        f"`{token.text}` is a function and is not called", token.span, hint=hint, suggestions=suggestions
    )


# Names that were meant.


def nearest(name: str, known: Iterable[str], most: int = _MOST_NEAR) -> tuple[str, ...]:
    """Return up to `most` known names that look like `name`, the nearest first."""
    from difflib import get_close_matches  # most texts have no slips

    by_folded: dict[str, str] = {}
    for candidate in islice(known, _MOST_COMPARED):
        by_folded.setdefault(candidate.lower(), candidate)
    found = get_close_matches(name.lower(), by_folded, n=most, cutoff=_ALIKE)
    return tuple(by_folded[match] for match in found)


def misspelt(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known names that one slip of the hand makes `name` of, the likeliest slip first.

    A slip swaps two letters, doubles one, leaves one out, adds one or hits another; the first letter and all digits are
    right. More than one is no slip: it is more likely a name from elsewhere, with a meaning of its own.
    """
    slips = {} if len(name) < _SHORTEST else {text: rank for rank, text in reversed(list(_mended(name.lower())))}
    found = [(slips[candidate.lower()], candidate) for candidate in dict.fromkeys(known) if candidate.lower() in slips]
    return tuple(candidate for _, candidate in sorted(found, key=lambda pair: pair[0]))


def _mended(name: str) -> Iterator[tuple[int, str]]:
    """Yield what a name may have been before one slip, the likeliest first, each with its rank."""
    yield 0, name
    places = [i for i in range(1, len(name)) if not name[i].isdigit()]
    for i in places:
        if name[i] == name[i - 1]:
            yield 1, name[:i] + name[i + 1 :]
    for i in places[1:]:
        yield 1, name[: i - 1] + name[i] + name[i - 1] + name[i + 1 :]
    for i in places:
        yield 2, name[:i] + name[i + 1 :]
    letters = "abcdefghijklmnopqrstuvwxyz"
    for i in range(1, len(name) + 1):
        yield from ((3, name[:i] + letter + name[i:]) for letter in letters)
    for i in places:
        yield from ((4, name[:i] + letter + name[i + 1 :]) for letter in letters)
