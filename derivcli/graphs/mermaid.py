"""The graph as a Mermaid flowchart, which Markdown on code hosts draws by itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivcli.graphs import dot, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.graphs.model import AutogradGraph

MOST = 200  # nodes: Mermaid draws no text of more than 50,000 characters, and no more than 500 arrows
_SPECIAL = re.compile(r"[^\w .,=→×·…^()/+-]", re.ASCII)  # all else is written as the number of its character


def draw(graph: AutogradGraph) -> str:
    """Return the graph as text, the same for the same graph."""
    return "\n".join(["flowchart TD", *_lines(words.folded(graph, MOST))]) + "\n"


def _lines(graph: AutogradGraph) -> Iterator[str]:
    identities: dict[int | str | None, str] = {
        operation.number: f"n{operation.number}" for operation in graph.operations
    }
    identities |= {leaf.name: f"x{place}" for place, leaf in enumerate(graph.leaves)}
    for operation in graph.operations:
        yield f"  n{operation.number}[{_quoted(dot.label(operation, graph))}]"
    for leaf in graph.leaves:
        yield f"  {identities[leaf.name]}([{_quoted(dot.leaf_label(leaf, graph))}])"
    for operation in graph.operations:
        for edge in operation.inputs:
            if edge.target in identities:
                yield f"  n{operation.number} -->|{_quoted(dot.edge_label(edge, graph))}| {identities[edge.target]}"
    if graph.hidden:
        yield f"  hidden[{_quoted([dot.folded_label(graph)])}]"
        yield from (f"  n{number} -.-> hidden" for number in dot.outside(graph))
    if graph.leaves:
        yield "  classDef leaf fill:#d6e8fa,stroke:#777777"
        yield f"  class {','.join(identities[leaf.name] for leaf in graph.leaves)} leaf"


def _quoted(lines: list[str]) -> str:
    return '"' + "<br/>".join(map(_plain, lines)) + '"'


def _plain(line: str) -> str:
    """Return a line without stars, which Mermaid takes for marks of bold text; the language reads ^ and · as well."""
    return _SPECIAL.sub(lambda found: f"#{ord(found[0])};", line.replace("**", "^").replace("*", "·"))
