"""Expressions to write as code, points, and mpmath's numbers there: rows of the catalogue, and random ones."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mpmath import mp, mpf

from derivcli.exports import languages
from derivcli.exports.chain import NoSlopeError
from derivcli.exports.drafting import Wish, drafted
from derivcli.exports.spelling import LackingError
from derivcli.language import catalogue
from derivcli.language.lowering import compile_tree
from derivcli.language.parser import parse
from derivcli.language.tree import variables
from tests.checks import evaluate, torch_derivative
from tests.exports.running import Job
from tests.references import POINTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from derivcli.language.tree import Node

_DIGITS = 60  # at which mpmath's central difference has thirty right
RTOL = 1e-12
_ZERO, _ROUNDING = 1e-40, 1e-14  # a slope that is 0 to mpmath may be the difference of two that are not
_OF_TORCH = 30  # times what torch's own autograd is wrong there: float64 itself has no more digits


@dataclass(frozen=True, slots=True)
class Truth:
    """A point, f and its slopes there by mpmath, and how far a program in float64 may be from each."""

    point: tuple[float, ...]
    numbers: tuple[float, ...]
    rooms: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """An expression, its variables, and what mpmath has at some points."""

    text: str
    tree: Node
    names: tuple[str, ...]
    truths: tuple[Truth, ...]


def subject(text: str, points: Sequence[Mapping[str, float]]) -> Subject | None:
    """Return an expression at the points where mpmath has its numbers; None where it has none anywhere."""
    tree = parse(text).tree
    names = variables(tree)
    found = [truth(tree, {name: point[name] for name in names}) for point in points] if names else []
    known = tuple(one for one in found if one is not None)
    return Subject(text, tree, names, known) if known else None


def truth(tree: Node, point: dict[str, float]) -> Truth | None:
    """Return f and its partial derivatives by mpmath's own functions and central differences; None outside of f."""
    with mp.workdps(_DIGITS):
        at = {name: mpf(value) for name, value in point.items()}
        try:
            slopes = [mp.diff(lambda moved, n=name: evaluate(tree, {**at, n: moved}), at[name]) for name in at]
            numbers = tuple(map(float, (evaluate(tree, at), *slopes)))
        except (ArithmeticError, ValueError, TypeError, mp.NoConvergence):
            return None
    rooms = _rooms(tree, point, numbers) if all(map(math.isfinite, numbers)) else None
    return None if rooms is None else Truth(tuple(point.values()), numbers, rooms)


def _rooms(tree: Node, point: Mapping[str, float], numbers: Sequence[float]) -> tuple[float, ...] | None:
    """Return how far from each number a program may be; None where torch has no such number: at a kink, a 0 to 0.5."""
    program = compile_tree(tree)
    (name, *_) = point
    by_torch = [torch_derivative(program, point, name, 0), *(torch_derivative(program, point, n, 1) for n in point)]
    errors = [abs(a - b) for a, b in zip(by_torch, numbers, strict=True)]
    largest = max(map(abs, numbers))
    least = [0.0 if abs(number) > _ZERO else _ROUNDING * largest for number in numbers]
    rooms = tuple(max(RTOL * abs(b), _OF_TORCH * e, r) for b, e, r in zip(numbers, errors, least, strict=True))
    return rooms if all(e <= 1e-6 * max(1.0, abs(b)) for b, e in zip(numbers, errors, strict=True)) else None


def rows(step: int = 1, most: int | None = None) -> list[Subject]:
    """Return rows of the catalogue at so many of their points; orders and degrees are numbers, not variables."""
    found = (_row(row, point) for row in [*catalogue.FUNCTIONS.values()][::step] for point in POINTS[row.name][:most])
    return [one for one in found if one is not None]


def _row(row: catalogue.Function, point: Sequence[str]) -> Subject | None:
    texts, at = list[str](), dict[str, float]()
    for k, text in enumerate(point):
        name = row.parameters[k] if k < len(row.parameters) else f"x{k}"
        held = k < len(row.partials) and row.partials[k] is None
        texts.append(f"({text})" if held else name)
        at |= {} if held else {name: float(text)}
    return subject(f"{row.name}({', '.join([*texts, *(['3'] if row.literal else [])])})", [at])


NAMES = ("x", "y", "α", "lambda", "t0", "double", "x_1")
_NUMBERS = ("2", "3", "0.5", "1/3", "7", "pi", "1e-3", "12", "2.5", "e")
_ONE = """
    sin cos tan exp log sqrt abs atan tanh sinh cosh asinh cbrt log1p expm1 floor sign relu sigmoid softplus sinc square
    exp2 log2 log10 asin acos sec cot coth trunc round ceil silu leaky_relu elu softsign hardtanh frac
"""
_TWO = ("max", "min", "atan2", "hypot", "mod", "logaddexp", "floordiv", "fmod")
_EXPONENTS = ("2", "3", "4", "7", "(-1)", "(-2)", "0.5", "(1/3)", "(2/3)", "1.5")


def random_subjects(count: int, seed: int) -> list[Subject]:
    """Return expressions of elementary functions, powers, choices and all that languages write differently."""
    draw, found = random.Random(seed), list[Subject]()  # noqa: S311 - the same ones every time
    while len(found) < count:
        text = _text(draw, draw.randint(2, 4))
        points = [{name: round(draw.uniform(-4, 4), 3) for name in NAMES} for _ in range(2)]
        one = subject(text, points)
        found += [] if one is None else [one]
    return found


def _text(draw: random.Random, depth: int) -> str:
    if depth == 0 or draw.random() < 0.08:
        return draw.choice(NAMES) if draw.random() < 0.7 else f"({draw.choice(_NUMBERS)})"

    def part() -> str:
        return _text(draw, depth - 1)

    kinds: list[Callable[[], str]] = [
        lambda: f"({part()} + {part()})",
        lambda: f"({part()} - {part()} - {part()})",
        lambda: f"({part()} * {part()})",
        lambda: f"({part()} / {part()})",
        lambda: f"({part()} - ({part()} - {part()}))",
        lambda: f"({part()} / ({part()} / {part()}))",
        lambda: f"-{part()}",
        lambda: f"({part()})^{draw.choice(_EXPONENTS)}",
        lambda: f"{draw.choice(('2', '0.5', 'e'))}^(-{part()})",
        lambda: f"(-{part()})^2",
        lambda: f"where({part()} {draw.choice(('<', '>', '<=', '>='))} {part()}, {part()}, {part()})",
        lambda: f"where({part()} > 0 and not ({part()} > 1) or {part()} < -1, {part()}, {part()})",
        lambda: f"{draw.choice(_ONE.split())}({part()})",
        lambda: f"{draw.choice(_ONE.split())}({part()})",
        lambda: f"{draw.choice(_TWO)}({part()}, {part()})",
    ]
    return draw.choice(kinds)()


def job(one: Subject, language: str) -> Job | None:
    """Return the file of an expression with its points; None where the language lacks a function of it."""
    table = languages.find(language)
    try:
        draft = drafted(Wish(one.tree, one.names, one.names), table)
    except (LackingError, NoSlopeError):
        return None
    return Job(table.write(draft), len(one.names), tuple(truth.point for truth in one.truths))
