"""The Taylor polynomial about the point, and how far it is from f at a second point."""

from __future__ import annotations

import math
from collections import Counter
from decimal import Decimal, localcontext
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

from derivcli.language.latex import to_latex
from derivcli.language.lowering import to_tree
from derivcli.language.numbers import shortest
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.language.tree import NUMBER, VARIABLE, Node
from derivcli.model import Coefficient, Near, Taylor
from derivcli.views.exact import confirmed, factorials
from derivcli.witnesses.evidence import ARITHMETIC, Wrt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.model import Result, Value
    from derivcli.testimony import Testimony
    from derivcli.witnesses.replies import Remainder


_CONFIRMED = Decimal("1e-18")  # of the largest number on the way: the polynomial from the symbolic forms is right
_NOISE = Decimal("1e-20")  # of the largest number on the way: a smaller difference may be all rounding


def taylor(result: Result, order: int, names: Sequence[str], near: Mapping[str, str] | None, seen: Testimony) -> Taylor:
    """Return the view; without a polynomial where one of its coefficients is not known."""
    numbers: dict[Wrt, Value] = {(): result.value, **{d.wrt: d for d in result.derivatives}}
    wanted = [t for degree in range(order + 1) for t in combinations_with_replacement(names, degree)]
    coefficients = tuple(_coefficient(t, numbers[t], seen) for t in wanted)
    polynomial = latex = None
    if all(c.value is not None for c in coefficients):
        terms = tuple(_term(c, result) for c in coefficients if c.value or c.exact not in (None, "0"))
        tree = Node("add", terms) if len(terms) > 1 else (*terms, _number("0"))[0]
        polynomial, latex = to_text(tree), to_latex(tree)
    second = None if near is None else _near(wanted, numbers, seen)
    return Taylor(order, polynomial, latex, coefficients, second)


def _coefficient(wrt: Wrt, number: Value, seen: Testimony) -> Coefficient:
    value = None if number.answer is None else number.answer / factorials(wrt)
    if value is not None and not math.isfinite(value):
        value = None
    exact = _exact(wrt, number, seen)
    return Coefficient(wrt, value if exact is None else _nearest(wrt, number, value), exact)


def _nearest(wrt: Wrt, number: Value, value: float | None) -> float | None:
    return value if number.digits is None else float(Decimal(number.digits) / factorials(wrt))


def _exact(wrt: Wrt, number: Value, seen: Testimony) -> str | None:
    found = confirmed(wrt, number, seen)
    return None if found is None else to_text(to_tree(found))


def _term(coefficient: Coefficient, result: Result) -> Node:
    """Return `-(x - 2)**3/6` as a tree."""
    negative, factor = _sign(parse(coefficient.exact or shortest(coefficient.value or 0.0)).tree)
    powers = tuple(_power(name, count, result) for name, count in Counter(coefficient.wrt).items())
    below = None
    if powers and factor.op == "div" and all(part.op == NUMBER for part in factor.args):  # x**3/6, not 1/6*x**3
        factor, below = factor.args
    factors = powers if powers and factor == _number("1") else (factor, *powers)
    found = factors[0] if len(factors) == 1 else Node("mul", factors)
    found = found if below is None else Node("div", (found, below))
    return Node("neg", (found,)) if negative else found


def _sign(tree: Node) -> tuple[bool, Node]:
    """Draw a minus sign out of a product or a quotient."""
    if tree.op == "neg":
        return True, tree.args[0]
    if tree.op not in ("mul", "div"):
        return False, tree
    negative, first = _sign(tree.args[0])
    return negative, Node(tree.op, (first, *tree.args[1:]))


def _power(name: str, exponent: int, result: Result) -> Node:
    """Return `(x - 2)**3`, the place as it was typed; that of a part of f is a number."""
    typed = {} if name in (result.definitions or {}) else result.at_text or {}
    place = typed.get(name, shortest((result.at or {})[name]))
    base = Node(VARIABLE, text=name)
    if (result.at or {})[name] != 0:
        base = _difference(base, parse(place).tree)
    return base if exponent == 1 else Node("pow", (base, _number(str(exponent))))


def _difference(variable: Node, place: Node) -> Node:
    """Return `x - 2`, `x + 2`, `x - pi/4`."""
    return Node("add", (variable, place.args[0] if place.op == "neg" else Node("neg", (place,))))


def _number(text: str) -> Node:
    return Node(NUMBER, text=text)


def _near(wanted: Sequence[Wrt], numbers: Mapping[Wrt, Value], seen: Testimony) -> Near | None:
    """Return f and the polynomial at the second point, with many digits."""
    if seen.second is None:
        return None
    true = seen.second.value.number
    steps = {name: step.number for name, step in seen.second.steps.items()}
    at = {name: seen.torch.coordinates[0][name] + float(step or 0) for name, step in steps.items()}
    with localcontext(ARITHMETIC):
        terms = _terms(wanted, numbers, steps)
        polynomial, error = (None, None) if terms is None else _compared(terms, true, seen.remainder)
    return Near(at, _float(true), _float(polynomial), _float(error))


def _compared(
    terms: Sequence[Decimal], true: Decimal | None, remainder: Remainder | None
) -> tuple[Decimal, Decimal | None]:
    """Return the polynomial, and how much f is larger: by the symbolic forms where the confirmed digits agree."""
    polynomial, size = sum(terms, Decimal(0)), sum(map(abs, terms), Decimal(0))
    by_forms, error = (None, None) if remainder is None else (remainder.polynomial.number, remainder.error.number)
    if by_forms is not None and abs(by_forms - polynomial) <= _CONFIRMED * size:
        polynomial = by_forms
        if error is not None:
            return polynomial, error
    if true is None or abs(true - polynomial) <= _NOISE * max(abs(true), size):
        return polynomial, None
    return polynomial, true - polynomial


def _terms(
    wanted: Sequence[Wrt], numbers: Mapping[Wrt, Value], steps: Mapping[str, Decimal | None]
) -> list[Decimal] | None:
    """Return the terms of the polynomial at the second point, from the confirmed digits."""
    terms = []
    for wrt in wanted:
        digits = numbers[wrt].digits
        factors = [steps[name] for name in wrt]
        if digits is None or numbers[wrt].answer is None or None in factors:
            return None
        terms.append(Decimal(digits) / factorials(wrt) * math.prod(f for f in factors if f is not None))
    return terms


def _float(number: Decimal | None) -> float | None:
    return None if number is None or not math.isfinite(float(number)) else float(number)
