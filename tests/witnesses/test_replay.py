"""What torch makes of every part, and of one operation alone."""

from __future__ import annotations

import math

import pytest

from derivcli.language.lowering import outline
from derivcli.language.parser import parse
from derivcli.language.tree import NUMBER, Node
from derivcli.witnesses.evidence import MISSING, Outcome, Reading
from derivcli.witnesses.replay import Replay, step, with_constants


def replayed(text: str, part: str, **point: float) -> tuple[float, dict[str, float]]:
    program, indices = outline(parse(text).tree)
    return Replay(program, point, tuple(point)).part(indices[parse(part).tree])


def test_every_part_has_torchs_value_and_slopes() -> None:
    assert replayed("log(1+exp(x))*y", "exp(x)", x=800.0, y=1.0) == (math.inf, {"x": math.inf, "y": 0.0})
    assert replayed("log(1+exp(x))*y", "log(1+exp(x))", x=0.0, y=1.0) == (math.log(2), {"x": 0.5, "y": 0.0})


def test_a_condition_is_one_or_zero() -> None:
    tree = parse("where(x < 1, x, 2)").tree
    program, indices = outline(tree)
    assert Replay(program, {"x": 0.5}, ("x",)).part(indices[tree.args[1]])[0] == 1.0


@pytest.mark.parametrize(
    ("text", "operands", "value", "partials"),
    [
        ("x*y", (2.0, 3.0), 6.0, [3.0, 2.0]),
        ("x + x + 1", (1.0, 2.0, 1.0), 4.0, [1.0, 1.0, 0.0]),
        ("x^2", (3.0, 2.0), 9.0, [6.0, 0.0]),
        ("sqrt(x)", (0.0,), 0.0, [math.inf]),
        ("log(x, 2)", (8.0, 2.0), 3.0, [1 / (8 * math.log(2)), 0.0]),
    ],
)
def test_one_operation_runs_on_numbers_that_it_is_given(
    text: str, operands: tuple[float, ...], value: float, partials: list[float]
) -> None:
    found, slopes = step(parse(text).tree, operands)
    assert found == pytest.approx(value)
    assert slopes == pytest.approx(partials)


def test_constants_are_the_nearest_float64_of_what_they_are() -> None:
    tree = parse("x*(1/3)").tree
    program, indices = outline(tree)
    third = indices[Node("div", (Node(NUMBER, text="1"), Node(NUMBER, text="3")))]
    values = [MISSING] * len(program.instructions)
    values[third] = Reading(Outcome.NUMBER, "0." + "3" * 40)
    for index, instruction in enumerate(program.instructions):
        if instruction.op == NUMBER:
            values[index] = Reading(Outcome.NUMBER, instruction.text)
    folded = with_constants(program, values)
    assert folded.instructions[third] == ("float", (), "0.3333333333333333")
    assert [i.op for i in folded.part(indices[tree]).instructions] == ["variable", "float", "mul"]
