"""The tree for a terminal, and the table of attributes."""

from __future__ import annotations

import re

import pytest

from derivcli.graphs.words import MOST
from tests.graphs.drawn import at_point, graph_of


def test_the_whole_picture_of_two_variables() -> None:
    assert (
        graph_of("u^3+v^2+4*u*v", u=3.0, v=4.0).text(80)
        == """\
  autograd graph of f at u = 3, v = 4, in the order in which backward() walks it

  node                                  value   slope         gradient
  ────────────────────────────────────────────────────────────────────
  1 AddBackward0  u**3 + v**2 + 4*u*v      91                        1
  ├ 4 AddBackward0  u**3 + v**2            43   1                    1
  │ ├ 6 PowBackward0  u**3                 27   1                    1
  │ │ u                                     3   3*u**2 = 27         27
  │ └ 5 PowBackward0  v**2                 16   1                    1
  │   v                                     4   2*v = 8              8
  └ 2 MulBackward0  4*u*v                  48   1                    1
    ├ 3 MulBackward0  4*u                  12   v = 4                4
    │ u                                     3   4                   16
    └ v                                     4   4*u = 12            12

  u.grad = 16 + 27 = 43
  v.grad = 12 + 8 = 20
  u, v: is_leaf=True, requires_grad=True, grad_fn=None

  saved for backward:
    2 MulBackward0: other = 4, self = 12
    3 MulBackward0: other = 4
    5 PowBackward0: exponent = 2, self = 4
    6 PowBackward0: exponent = 3, self = 3
"""
    )


def test_a_shared_node_is_drawn_once_and_referred_to_by_its_number() -> None:
    text = graph_of("z = x*y; z^2 + 3z", x=1.0, y=2.0).text(80)
    assert text.count("4 MulBackward0, below") == 2
    assert text.count("4 MulBackward0  x*y") == 1
    assert "gradient of 4 = 3 + 4 = 7" in text


LONG = [
    "sin(cos(sin(cos(sin(cos(sin(cos(sin(cos(x))))))))))",
    "exp(-x^2/2)/sqrt(2*pi)*sin(x/(2*sqrt(2)))+log(1+x^2)/tanh(x)",
    "+".join(f"sin({k}*x)*exp(-x/{k})" for k in range(1, 40)),
    "1" + "".join(f"/(x+{k}" for k in range(40)) + ")" * 40,
]


@pytest.mark.parametrize("width", [72, 80, 200])
@pytest.mark.parametrize("expression", LONG)
def test_no_line_is_wider_than_the_terminal_and_no_name_of_a_node_is_cut(expression: str, width: int) -> None:
    graph = graph_of(expression, x=0.7)
    text = graph.text(width)
    assert max(map(len, text.splitlines())) <= width
    if len(graph.operations) < MOST:
        assert all(f"{operation.number} {operation.name}" in text for operation in graph.operations)


def test_in_a_pipe_nothing_is_shortened() -> None:
    text = graph_of("sin(x/(2*sqrt(2)))", x=100.0).text()
    assert "sin(x/(2*sqrt(2)))" in text
    assert re.search(r"cos\(x/\(2\*sqrt\(2\)\)\) = -0\.6982689820462\d{3,}", text)  # all 16 or 17 digits
    assert "to fit" not in text


def test_a_terminal_is_told_that_numbers_were_rounded_but_sums_never_are() -> None:
    text = graph_of("sin(x/(2*sqrt(2)))", x=100.0).text(80)
    assert "note: numbers in the tree have 6 digits, and texts are cut, to fit 80 columns" in text
    assert re.search(r"x\.grad = -0\.2468753661485\d+$", text, re.MULTILINE)


def test_more_nodes_than_anybody_reads_are_folded_with_their_count() -> None:
    text = graph_of("+".join(f"{k}*x" for k in range(1, 1001)), x=1.0).text(80)
    assert f"{1999 + 1 - MOST:,} more nodes are not drawn" in text
    assert len(text.splitlines()) < 3 * MOST
    assert "(992 more) = 500500" in text


def test_a_deep_nesting_that_forks_goes_on_below() -> None:
    text = graph_of("1" + "".join(f"/(x+{k}" for k in range(1, 30)) + ")" * 29, x=1.0).text(80)
    assert max(map(len, text.splitlines())) <= 80


def test_the_same_graph_is_the_same_text() -> None:
    first, second = (graph_of("x*sin(x)+y", x=1.0, y=2.0) for _ in range(2))
    assert (first.text(80), first.dot(), first.mermaid(), first.to_json()) == (
        second.text(80), second.dot(), second.mermaid(), second.to_json(),
    )  # fmt: skip


def test_numbers_of_single_precision_are_as_short_as_torch_prints_them() -> None:
    assert "x.grad = 0.2\n" in graph_of("x^2", dtype="float32", x=0.1).text(80)


def test_the_table_of_attributes_is_that_of_the_tutorials() -> None:
    assert (
        graph_of("x^2 + 3x", x=3.0).attributes(80)
        == """\
  tensor       data   grad   grad_fn          is_leaf   requires_grad
  ───────────────────────────────────────────────────────────────────
  x               3      9   None             True      True
  x**2            9     1*   <PowBackward0>   False     True
  3*x             9     1*   <MulBackward0>   False     True
  x**2 + 3*x     18     1*   <AddBackward0>   False     True

  * not a leaf: torch keeps this grad only after retain_grad()
"""
    )


@pytest.mark.parametrize("width", [40, 80])
def test_attributes_that_do_not_fit_stand_below_each_other(width: int) -> None:
    text = graph_of("sin(x/(2*sqrt(2)))", x=100.0).attributes(width)
    assert ("data            100" in text) == (width == 40)
    assert re.search(r"requires_grad", text)


def test_a_held_variable_requires_no_gradient() -> None:
    text = at_point("w*x", {"w": 2.0, "x": 3.0}, wrt=("w",)).attributes(80)
    assert re.search(r"x\s+3\s+None\s+None\s+True\s+False", text)
