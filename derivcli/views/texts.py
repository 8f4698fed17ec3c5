"""Sums with numbers in them, as texts that can be pasted back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.model import Value


class Term(NamedTuple):
    """A factor times the displacement of a variable from a place."""

    factor: float
    name: str
    place: float


def known(value: Value) -> float | None:
    """Return the answer, without the rounding of what is exactly 0."""
    return 0.0 if value.answer is not None and value.digits == "0" else value.answer


def signed(number: float) -> str:
    """Return a number as it is printed everywhere: `2`, `0.5`, `-1e-09`."""
    return "0" if number == 0 else repr(float(number)).removesuffix(".0")


def displacement(name: str, place: float) -> str:
    """Return `x`, `(x - 2)`, `(x + 2)`."""
    if place == 0:
        return name
    return f"({name} {'-' if place > 0 else '+'} {signed(abs(place))})"


def linear(constant: float, terms: Sequence[Term]) -> str:
    """Return `104 + 196*(x - 2)`; what is 0 is left out."""
    parts = [] if constant == 0 else [signed(constant)]
    parts += [product(signed(t.factor), displacement(t.name, t.place)) for t in terms if t.factor != 0]
    return joined(parts)


def product(factor: str, *others: str) -> str:
    """Return a product; a factor of 1 or -1 is only a sign."""
    rest = "*".join(others)
    if not rest:
        return factor
    return {"1": rest, "-1": f"-{rest}"}.get(factor, f"{factor}*{rest}")


def joined(parts: Sequence[str]) -> str:
    """Return a sum; a negative part is subtracted."""
    if not parts:
        return "0"
    first, *others = parts
    return first + "".join(f" - {part[1:]}" if part.startswith("-") else f" + {part}" for part in others)
