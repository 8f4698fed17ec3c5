"""Each broken rule gives what people write, by mpmath; the right rules never do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mpmath import mp, mpf

from derivcli.explanations import rules
from derivcli.explanations.diagnosis import MISTAKES, fits
from derivcli.explanations.steps import assembled, parts_of
from derivcli.language.parser import parse
from tests import checks
from tests.every import for_all
from tests.explanations import answers

if TYPE_CHECKING:
    from derivcli.language.tree import Node

X = rules.by("x")
AT = ("0.69", "0.31")
# What no broken rule gives: another function of f altogether.
WHOLE = ("degrees", "constant added", "wrong sign", "once too often")


def values(tree: Node) -> list[mpf]:
    with mp.workdps(30):
        try:
            return [checks.evaluate(tree, {"x": mpf(at)}) for at in AT]
        except (ValueError, ZeroDivisionError):  # a slip may lead out of the domain
            return [mp.nan for _ in AT]


def gives(name: str, text: str, answer: str) -> bool:
    """Tell whether a mistake of this name, made at all parts that it fits, gives an answer."""
    below, wanted = parse(text).tree, values(parse(answer, ("x",)).tree)
    for mistake in (mistake for mistake in MISTAKES if name in mistake.name):
        if not any(fits(mistake, part, X) for part in parts_of(below, X)):
            continue
        tree = assembled(below, X.spoilt((mistake,)))
        if tree is not None and all(abs(a - b) < 1e-15 for a, b in zip(values(tree), wanted, strict=True)):
            return True
    return False


@for_all(("text", "answer", "name"), [row for row in answers.MISTAKES if not row[2].endswith(WHOLE)])
def test_a_broken_rule_gives_the_answer(text: str, answer: str, name: str) -> None:
    assert gives(name, text, answer)


def test_there_are_fifty_mistakes_and_most_have_a_row() -> None:
    assert len(answers.MISTAKES) >= 50
    assert len({mistake.name for mistake in MISTAKES}) >= 40


@for_all(("text", "answer"), answers.RIGHT)
def test_the_right_answers_are_right(text: str, answer: str) -> None:
    point = {"x": mpf("0.69"), "a": mpf("1.3"), "b": mpf("0.4"), "c": mpf("2.1")}
    with mp.workdps(40):
        point["x"] = mpf("1.31") if "ln(ln" in text else point["x"]
        true = mp.diff(lambda x: checks.evaluate(parse(text).tree, {**point, "x": x}), point["x"])
        mine = checks.evaluate(parse(answer, tuple("xabc")).tree, point)
        assert abs(mine - true) < mpf(10) ** -15


def test_there_are_two_hundred_right_answers() -> None:
    assert len(answers.RIGHT) >= 200
