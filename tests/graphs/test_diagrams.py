"""DOT, Mermaid, and the pictures that Graphviz makes where it is installed."""

from __future__ import annotations

import re
import shutil
from xml.etree import ElementTree as ET

import pytest

from derivcli.errors import LimitError, MissingPartError, UsageError
from derivcli.graphs import diagrams
from derivcli.graphs.words import MOST
from tests.graphs.drawn import graph_of

needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")


def test_the_whole_text_of_dot() -> None:
    assert graph_of("x^2", x=3.0).dot().splitlines()[4:] == [
        '  label="autograd graph of f at x = 3"',
        r'  n1 [label="1  PowBackward0\nx**2 = 9\ngradient 1\nsaved exponent = 2, self = 3"]',
        r'  x0 [shape=ellipse, fillcolor="#d6e8fa", label="x = 3\nx.grad = 6"]',
        r'  n1 -> x0 [label="× 2*x = 6\n→ 6"]',
        "}",
    ]


def test_the_whole_text_of_mermaid() -> None:
    assert graph_of("x^2", x=3.0).mermaid() == (
        "flowchart TD\n"
        '  n1["1  PowBackward0<br/>x^2 = 9<br/>gradient 1<br/>saved exponent = 2, self = 3"]\n'
        '  x0(["x = 3<br/>x.grad = 6"])\n'
        '  n1 -->|"× 2·x = 6<br/>→ 6"| x0\n'
        "  classDef leaf fill:#d6e8fa,stroke:#777777\n"
        "  class x0 leaf\n"
    )


def test_every_edge_of_the_graph_is_an_arrow() -> None:
    graph = graph_of("u^3+v^2+4*u*v", u=3.0, v=4.0)
    count = sum(edge.target is not None for operation in graph.operations for edge in operation.inputs)
    assert graph.dot().count("->") == graph.mermaid().count("-->") == count == 9


def test_names_and_signs_of_any_kind_are_quoted() -> None:
    graph = graph_of("where(θ < 1 and θ != 0, θ, 2)", θ=0.5)
    assert "#60;" in graph.mermaid()
    assert "<" not in re.sub(r"<br/>", "", graph.mermaid())


def test_a_large_graph_is_folded_with_a_count() -> None:
    graph = graph_of("+".join(f"{k}*x" for k in range(1, 1001)), x=1.0)
    for text, most in ((graph.dot(), MOST), (graph.mermaid(), diagrams.MOST_OF_MERMAID)):
        assert f"{1999 + 1 - most:,} more nodes" in text
        assert len(re.findall(r"^  [nx]\d+ ?\(?\[", text, re.MULTILINE)) == most


def test_a_flowchart_is_no_larger_than_mermaid_draws() -> None:
    graph = graph_of("+".join(f"exp(-{k}.123456*x)*sin(x/{k}.98765)" for k in range(1, 200)), x=0.912345678)
    assert len(graph.mermaid()) < 50_000  # the maxTextSize of Mermaid's documentation; maxEdges is 500
    assert graph.mermaid().count("-->") < 500


def test_no_star_of_a_power_or_product_makes_a_flowchart_bold() -> None:
    text = graph_of("u^3*v", u=3.0, v=4.0).mermaid()
    assert "*" not in text
    assert "u^3·v = 108" in text


@needs_dot
@pytest.mark.parametrize(("suffix", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_graphviz_draws_each_kind_of_picture(suffix: str, start: bytes) -> None:
    assert graph_of("x^2", x=3.0).picture(suffix).startswith(start)


@needs_dot
def test_the_svg_has_all_nodes_and_their_texts() -> None:
    tree = ET.fromstring(graph_of("u^3+v^2+4*u*v", u=3.0, v=4.0).picture("svg"))  # noqa: S314 - our own
    texts = [element.text for element in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert {"u.grad = 16 + 27 = 43", "v.grad = 12 + 8 = 20", "u**3 + v**2 + 4*u*v = 91"} <= set(texts)
    kinds = [element.get("class") for element in tree.iter("{http://www.w3.org/2000/svg}g")]
    assert (kinds.count("node"), kinds.count("edge")) == (8, 9)


@needs_dot
def test_three_hundred_nodes_are_drawn_in_time() -> None:
    graph = graph_of("+".join(f"sin({k}*x)" for k in range(1, 200)), x=0.9)
    assert b"297 more nodes" in graph.picture("svg").replace(b"&#45;", b"-")


@needs_dot
def test_a_notebook_shows_the_svg() -> None:
    graph = graph_of("x^2", x=3.0)
    assert (graph._repr_svg_() or "").startswith("<?xml")
    assert graph._repr_html_().startswith("<svg")


def test_without_graphviz_a_notebook_shows_the_tree_and_the_error_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    graph = graph_of("x^2", x=3.0)
    assert graph._repr_svg_() is None
    assert graph._repr_html_().startswith("<pre>  autograd graph of f")
    with pytest.raises(MissingPartError, match=r"a graph as \.svg needs Graphviz") as caught:
        graph.picture("svg")
    assert "apt install graphviz" in (caught.value.hint or "")
    assert ".dot or .mmd" in (caught.value.hint or "")


def test_another_kind_of_picture_is_refused() -> None:
    with pytest.raises(UsageError, match="a graph cannot be drawn as `gif`"):
        graph_of("x^2", x=3.0).picture("gif")


@needs_dot
def test_graphviz_may_not_take_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagrams, "_PATIENCE", 1e-6)
    with pytest.raises(LimitError, match="Graphviz takes more than"):
        graph_of("x^2", x=3.0).picture("svg")
