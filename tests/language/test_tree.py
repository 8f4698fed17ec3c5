"""A function along a line, as a tree that the language can print."""

from __future__ import annotations

from derivcli.language.parser import parse
from derivcli.language.tree import ALONG, UNIT, Node, along, variables
from tests.language import outline


def moved(text: str, *, with_unit: bool = False, **direction: str) -> str:
    """Return the outline of a function along a line, with short names for the two paces."""
    trees = {name: parse(component).tree for name, component in direction.items()}
    found = outline(along(parse(text).tree, trees, with_unit=with_unit))
    return found.replace(ALONG, "V").replace(UNIT, "U")


def test_each_variable_that_moves_goes_its_pace() -> None:
    assert moved("x*y", x="1", y="2") == "mul(add(x, mul(V, 1)), add(y, mul(V, 2)))"


def test_a_variable_that_is_not_named_stays() -> None:
    assert moved("x*y", y="pi/4") == "mul(x, add(y, mul(V, div(pi, 4))))"


def test_the_unit_direction_is_the_direction_over_its_length() -> None:
    assert moved("x", with_unit=True, x="3", y="4") == (
        "add(x, mul(V, 3), mul(U, div(3, sqrt(add(pow(3, 2), pow(4, 2))))))"
    )
    assert moved("x", with_unit=True, x="3") == "add(x, mul(V, 3), mul(U, div(3, sqrt(pow(3, 2)))))"


def test_what_is_the_same_stays_the_same_and_spans_are_kept() -> None:
    tree = parse("sin(x)+7").tree
    found = along(tree, {"y": parse("1").tree}, with_unit=False)
    assert outline(found) == outline(tree)
    assert found.span == tree.span


def test_the_paces_are_names_that_nobody_can_type() -> None:
    found: Node = along(parse("x").tree, {"x": parse("1").tree}, with_unit=True)
    assert set(variables(found)) == {"x", ALONG, UNIT}
    assert not ALONG.isidentifier()
    assert not UNIT.isidentifier()


def test_parts_are_the_same_wherever_they_stand() -> None:
    first, _, second = parse("sin(x) + cos(x) + sin(x)").tree.args
    assert first == second
    assert hash(first) == hash(second)
    assert first.span != second.span
    assert first != parse("sin(y)").tree
    assert first != "sin(x)"


def test_a_tree_knows_its_height_and_its_size() -> None:
    tree = parse("sin(x) + cos(2*x) + 1").tree
    assert (tree.depth, tree.size) == (4, 8)


def test_a_part_that_stands_in_several_places_is_said_above_it() -> None:
    part = parse("sin(x)").tree.as_shared
    assert part == parse("sin(x)").tree
    assert part.shared
    assert Node("neg", (part,)).shared
