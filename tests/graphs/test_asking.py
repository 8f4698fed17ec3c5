"""`graph`: what is refused, and where the numbers of the graph are held against the calculator's."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from derivcli.api import differentiate
from derivcli.errors import LimitError, PointError, UsageError
from derivcli.graphs.asking import MOST_ORDER, compared, graph, of
from derivcli.witnesses import client
from tests.every import at_night
from tests.graphs.drawn import leaf, node

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True, scope="module")
def _stopped() -> Iterator[None]:
    yield
    client.stop()


def test_leaves_carry_the_answer() -> None:
    found = graph("u^3+v^2+4*u*v", {"u": 3, "v": 4})
    assert found.expression == "u^3+v^2+4*u*v"
    assert [(one.name, one.grad, one.answer) for one in found.leaves] == [("u", 43.0, 43.0), ("v", 20.0, 20.0)]
    assert found.notes == ()


def test_values_are_texts_as_well() -> None:
    assert graph("x^2", {"x": "1/4"}).at == {"x": 0.25}


def test_nan_that_leaks_is_said_with_the_answer_and_where_it_starts() -> None:
    found = graph("where(x != 0, sin(x)/x, 1)", {"x": 0})
    assert leaf(found, "x").answer == 0.0
    assert found.notes == (
        "df/dx: this graph gives nan, the answer is 0",
        "nan starts at 2 DivBackward0: 0 arrives, the slope is inf",
        "torch.where computes and differentiates both branches; the answer is that of the branch that is taken",
    )


def test_last_digits_that_differ_are_no_note() -> None:
    found = graph("sin(x/(2*sqrt(2)))", {"x": 100})
    # The derivative is -0.246875366148562856..., by mpmath with 30 digits.
    assert leaf(found, "x").grad == pytest.approx(-0.246875366148562856, rel=1e-13)
    assert found.notes == ()
    third = graph("x^2", {"x": 1 / 3}, dtype="float32")
    assert leaf(third, "x").grad != 2 / 3  # nor is it in float32, which has 24 bits
    assert third.notes == ()


def test_a_formula_that_cancels_is_a_note() -> None:
    found = graph("(1-cos(x))/x", {"x": 1e-5})
    # (x*sin(x) + cos(x) - 1)/x^2 is 0.49999999998750000000..., by its Taylor series 1/2 - x^2/8.
    assert leaf(found, "x").answer == pytest.approx(0.4999999999875, rel=1e-12)
    (note,) = found.notes
    assert note.startswith("df/dx: this graph gives 0.4999999")
    assert "the answer is 0.49999999998" in note


def test_a_relative_difference_above_1e_12_is_what_a_note_needs() -> None:
    result = differentiate("x^2", {"x": 1})
    found = of(result)

    def notes(grad: float) -> tuple[str, ...]:
        return compared(replace(found, leaves=(replace(found.leaves[0], grad=grad),)), result, ("x",)).notes

    assert notes(2 * (1 + 0.9e-12)) == ()
    assert notes(2 * (1 + 1.1e-12)) == ("df/dx: this graph gives 2.0000000000022, the answer is 2",)
    assert notes(math.inf) == ("df/dx: this graph gives inf, the answer is 2",)


def test_at_a_kink_torch_has_a_convention_and_the_calculator_a_verdict() -> None:
    found = graph("abs(x)", {"x": 0})
    assert (leaf(found, "x").grad, leaf(found, "x").answer) == (0.0, None)
    assert found.notes == (
        "df/dx: this graph gives 0, which is a convention; the verdict is `not differentiable: corner`",
    )


def test_outside_the_domain_torch_goes_on_and_the_note_does_not_believe_it() -> None:
    assert graph("log(x)", {"x": -1}).notes == (
        "df/dx: this graph gives -1, which nothing confirms; the verdict is `undefined: outside_domain`",
    )


def test_nan_of_an_infinite_slope_is_traced_too() -> None:
    assert graph("sqrt(x^4)", {"x": 0}).notes == (
        "df/dx: this graph gives nan, the answer is 0",
        "nan starts at 2 PowBackward0: inf arrives, the slope is 0",
    )


def test_no_gradient_is_said() -> None:
    assert graph("step(x)", {"x": 1}).notes[0] == "no gradient of f reaches a variable: torch keeps no graph of it"


def test_a_second_order_of_several_variables_says_by_which_it_begins() -> None:
    found = graph("u^2*v", {"u": 2, "v": 3}, order=2)
    assert (found.of, [one.grad for one in found.leaves]) == ("df/du", [6.0, 4.0])  # 2v and 2u
    assert [one.answer for one in found.leaves] == [6.0, 4.0]
    assert "this is the graph of df/du, by the first variable; for v name it first: wrt v,u" in found.notes
    turned = graph("u^2*v", {"u": 2, "v": 3}, order=2, wrt=("v", "u"))
    assert (turned.of, turned.value, leaf(turned, "u").grad) == ("df/dv", 4.0, 4.0)


def test_wrt_says_which_tensors_require_a_gradient() -> None:
    found = graph("u*v", {"u": 2, "v": 3}, wrt="u")
    assert [(one.name, one.requires_grad, one.grad) for one in found.leaves] == [("u", True, 3.0), ("v", False, None)]


def test_a_part_that_is_held_is_a_leaf() -> None:
    found = graph("z = x*y; z^2 + sin(z)", {"x": 1, "y": 2}, wrt="z")
    assert [(one.name, one.value) for one in found.leaves] == [("z", 2.0)]


def test_a_shared_part_keeps_its_text() -> None:
    assert node(graph("z = x*y; z^2 + 3z", {"x": 1, "y": 2}), "x*y").gradient == 7.0


def test_single_precision_differs_from_the_answer_by_no_more_than_its_digits() -> None:
    assert graph("x^2", {"x": "0.1"}, dtype="float32").dtype == "float32"


@pytest.mark.parametrize(
    ("expression", "at", "more", "kind", "message"),
    [
        ("x^2", None, {}, PointError, "a graph needs a point, whose numbers it shows"),
        (["x", "x^2"], {"x": 1}, {}, UsageError, "a graph is drawn of one expression"),
        ("x^2", {"x": [1, 2]}, {}, PointError, "the value of `x` must be a number or a text, not list"),
        ("2+3", {}, {}, UsageError, "there is no variable, so there is no graph"),
        ("x", {"x": 1}, {"order": MOST_ORDER + 1}, UsageError, "a graph is drawn up to order 4, not 5"),
        ("x", {"x": 1}, {"device": "meta"}, UsageError, "device is cpu, cuda, mps, not `meta`"),
        ("1 + gamma(x)", {"x": 1}, {}, UsageError,
         "torch has no function for `gamma` that it can differentiate, so there is no graph"),
        *at_night(
            ("+".join(["x"] * 20_001), {"x": 1}, {}, LimitError, "a graph is drawn of up to 20,000 parts, not 20,002")
        ),
    ],
)  # fmt: skip
def test_what_has_no_graph_is_refused(
    expression: Any, at: Any, more: dict[str, Any], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind) as caught:
        graph(expression, at, **more)
    assert str(caught.value) == message


def test_a_function_that_torch_lacks_is_pointed_at() -> None:
    with pytest.raises(UsageError) as caught:
        graph("1 + gamma(x)", {"x": 1})
    assert (caught.value.span, caught.value.source) == ((4, 12), "1 + gamma(x)")


PRINTERS = "import derivcli.graphs.terminal, derivcli.graphs.diagrams"


@pytest.mark.parametrize(
    ("code", "is_loaded"),
    [
        ("derivcli.graph; derivcli.AutogradGraph", False),
        (PRINTERS, False),
        *at_night(("import derivcli.graphs.walk", True)),
    ],
)
def test_torch_is_loaded_on_use_only(code: str, is_loaded: bool) -> None:
    script = f"import sys, derivcli; {code}; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == str(is_loaded)


def test_json_has_no_number_that_json_lacks() -> None:
    data = json.loads(graph("where(x != 0, sin(x)/x, 1)", {"x": 0}).to_json())
    quotient = data["operations"][1]
    assert (quotient["value"], quotient["value_special"]) == (None, "nan")
    assert (quotient["inputs"][0]["slope"], quotient["inputs"][0]["slope_special"]) == (None, "inf")
    assert data["leaves"][0]["arrivals"][0] == {"sender": 2, "gradient": None, "gradient_special": "nan"}
