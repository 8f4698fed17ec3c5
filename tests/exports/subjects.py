"""Expressions to write as code, points, and mpmath's numbers there: rows of the catalogue, and random ones."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mpmath import mp, mpf

from derivcli.exports import languages
from derivcli.exports.drafting import Wish, drafted
from derivcli.exports.chain import NoSlopeError
from derivcli.exports.spelling import LackingError
from derivcli.language import catalogue
from derivcli.language.parser import parse
from derivcli.language.tree import variables
from tests.checks import evaluate
from tests.exports.running import Job
from tests.references import POINTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.language.tree import Node

_DIGITS = 60  # at which mpmath's central difference has thirty right


@dataclass(frozen=True)
class Subject:
    """An expression with points, and what mpmath has there: f, then a slope for each variable."""

    text: str
    tree: Node
    names: tuple[str, ...]
    points: tuple[tuple[float, ...], ...]
    truths: tuple[tuple[float, ...], ...]


def subject(text: str, points: Sequence[dict[str, float]]) -> Subject | None:
    """Return an expression at the points where mpmath has its numbers; None where it has none anywhere."""
    tree = parse(text).tree
    names = variables(tree)
    kept = []
    for point in points:
        truth = truths(tree, {name: point[name] for name in names})
        if truth is not None:
            kept.append((tuple(point[name] for name in names), truth))
    return Subject(text, tree, names, *zip(*kept, strict=True)) if kept and names else None


def truths(tree: Node, point: dict[str, float]) -> tuple[float, ...] | None:
    """Return f and its partial derivatives by mpmath's own functions and central differences; None outside of f."""
    with mp.workdps(_DIGITS):
        at = {name: mpf(value) for name, value in point.items()}
        try:
            found = [evaluate(tree, at)]
            for name, value in at.items():
                found.append(mp.diff(lambda moved, name=name: evaluate(tree, {**at, name: moved}), value))  # type: ignore[misc]
            numbers = tuple(float(number) for number in found)
        except (ArithmeticError, ValueError, TypeError, mp.NoConvergence):
            return None
    return numbers if all(map(math.isfinite, numbers)) else None


def rows() -> list[Subject]:
    """Return every row of the catalogue at its points; orders and degrees are numbers, not variables."""
    found = []
    for row in catalogue.FUNCTIONS.values():
        for point in POINTS.get(row.name, ()):
            texts, at = [], {}
            for k, text in enumerate(point):
                name = row.parameters[k] if k < len(row.parameters) else f"x{k}"
                held = k < len(row.partials) and row.partials[k] is None
                texts.append(f"({text})" if held else name)
                at |= {} if held else {name: float(text)}
            if row.literal is not None:
                texts.append("3")
            one = subject(f"{row.name}({', '.join(texts)})", [at])
            if one is not None:
                found.append(one)
    return found


NAMES = ("x", "y", "α", "lambda", "t0", "double", "x_1")
_NUMBERS = ("2", "3", "0.5", "1/3", "7", "pi", "1e-3", "12", "2.5", "e")
_ONE = """
    sin cos tan exp log sqrt abs atan tanh sinh cosh asinh cbrt log1p expm1 floor sign relu sigmoid softplus sinc square
    exp2 log2 log10 asin acos sec cot coth trunc round ceil silu leaky_relu elu softsign hardtanh frac
""".split()
_TWO = ("max", "min", "atan2", "hypot", "mod", "logaddexp", "floordiv", "fmod")


def random_texts(count: int, seed: int) -> list[str]:
    """Return expressions of elementary functions, powers, choices and everything that languages write differently."""
    draw = random.Random(seed)
    return [_text(draw, draw.randint(2, 4)) for _ in range(count)]


def _text(draw: random.Random, depth: int) -> str:
    if depth == 0 or draw.random() < 0.08:
        return draw.choice(NAMES) if draw.random() < 0.7 else f"({draw.choice(_NUMBERS)})"

    def part() -> str:
        return _text(draw, depth - 1)

    kinds: list[Any] = [
        lambda: f"({part()} + {part()})",
        lambda: f"({part()} - {part()} - {part()})",
        lambda: f"({part()} * {part()})",
        lambda: f"({part()} / {part()})",
        lambda: f"({part()} - ({part()} - {part()}))",
        lambda: f"({part()} / ({part()} / {part()}))",
        lambda: f"-{part()}",
        lambda: f"({part()})^{draw.choice(('2', '3', '4', '7', '(-1)', '(-2)', '0.5', '(1/3)', '(2/3)', '1.5'))}",
        lambda: f"{draw.choice(('2', '0.5', 'e'))}^(-{part()})",
        lambda: f"(-{part()})^2",
        lambda: f"where({part()} {draw.choice(('<', '>', '<=', '>='))} {part()}, {part()}, {part()})",
        lambda: f"where({part()} > 0 and not ({part()} > 1) or {part()} < -1, {part()}, {part()})",
        lambda: f"{draw.choice(_ONE)}({part()})",
        lambda: f"{draw.choice(_ONE)}({part()})",
        lambda: f"{draw.choice(_TWO)}({part()}, {part()})",
    ]
    found: str = draw.choice(kinds)()
    return found


def job(one: Subject, language: str) -> Job | None:
    """Return the file of an expression with its points; None where the language lacks a function of it."""
    table = languages.find(language)
    try:
        draft = drafted(Wish(one.tree, one.names, one.names), table)
    except (LackingError, NoSlopeError):
        return None
    return Job(table.write(draft), len(one.names), one.points)
