"""The graph as a drawing: in Graphviz's language, as a Mermaid flowchart, or as a picture that Graphviz lays out.

The root stands above, an arrow for each gradient that is sent, leaves in blue. One graph is always one text.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING, NamedTuple

from derivcli.errors import InternalError, LimitError, MissingPartError, UsageError
from derivcli.graphs import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from derivcli.model.graph import Edge, Graph, Leaf, Operation

_DIGITS = 6  # in a picture; JSON has all
_LONGEST = 40  # characters of a part
_LONGEST_FORMULA = 24  # characters on an arrow: longer ones push the nodes apart
_MANY = 60  # nodes; of more, the layout takes minutes unless it is told not to look for the best one, and to draw lines
_QUICK = '  graph [splines=line, nslimit=1, nslimit1=1, size="40,40"]'  # inches: 6,000 pixels, not 30,000
_HEAD = """digraph autograd {
  graph [rankdir=TB, nodesep=0.4, ranksep=0.5, fontname="Helvetica", labelloc=t]
  node [shape=box, style="rounded,filled", fillcolor="#f4f4f4", color="#777777", fontname="Helvetica", fontsize=11]
  edge [color="#777777", fontname="Helvetica", fontsize=10, arrowsize=0.7]"""
MOST_OF_MERMAID = 200  # nodes: Mermaid draws no text of more than 50,000 characters, and no more than 500 arrows
# Characters that mean something to Mermaid: all but these are written as the number of the character.
_SPECIAL = re.compile(r"[^\w .,=→×·…^()/+-]", re.ASCII)
PICTURES = ("svg", "png", "pdf")
_PATIENCE = 60  # seconds: 300 nodes take one, on a busy machine some
_DOTS_PER_INCH = 150  # as of the pictures of curves
_INSTALL = (
    "install Graphviz (apt install graphviz, brew install graphviz), or write a .dot or .mmd file, which needs nothing"
)


class _Language(NamedTuple):
    """How a drawing is written: what makes a label of lines, and a format for each thing drawn."""

    label: Callable[[list[str]], str]
    operation: str
    leaf: str
    held: str  # a leaf that requires no gradient
    arrow: str
    left_out: str
    dashed: str


def _in_dot(lines: list[str]) -> str:
    """Return a label: in it a quote and a backslash would mean something."""
    return '"' + r"\n".join(re.sub(r'(["\\])', r"\\\1", line) for line in lines) + '"'


def _in_mermaid(lines: list[str]) -> str:
    """Return a label without stars, which Mermaid takes for marks of bold text; our language reads ^ and · as well."""
    plain = (line.replace("**", "^").replace("*", "·") for line in lines)
    return '"' + "<br/>".join(_SPECIAL.sub(lambda found: f"#{ord(found[0])};", line) for line in plain) + '"'


_DOT = _Language(
    _in_dot,
    operation="  {key} [label={label}]",
    leaf='  {key} [shape=ellipse, fillcolor="#d6e8fa", label={label}]',
    held='  {key} [shape=ellipse, fillcolor="#ffffff", label={label}]',
    arrow="  {start} -> {end} [label={label}]",
    left_out='  {key} [shape=plaintext, style="", label={label}]',
    dashed="  {start} -> {end} [style=dashed]",
)
_MERMAID = _Language(
    _in_mermaid,
    operation="  {key}[{label}]",
    leaf="  {key}([{label}])",
    held="  {key}([{label}])",
    arrow="  {start} -->|{label}| {end}",
    left_out="  {key}[{label}]",
    dashed="  {start} -.-> {end}",
)


def dot(graph: Graph) -> str:
    """Return the graph in Graphviz's language."""
    shown, left_out = words.folded(graph)
    title = f"  label={_in_dot([f'autograd graph of {graph.of} at {words.point(graph)}'])}"
    quick = [_QUICK] if len(shown.operations) + len(shown.leaves) > _MANY else []
    return "\n".join([_HEAD, title, *quick, *_drawn(shown, left_out, _DOT), "}"]) + "\n"


def mermaid(graph: Graph) -> str:
    """Return the graph as a Mermaid flowchart, which Markdown on code hosts draws by itself."""
    shown, left_out = words.folded(graph, MOST_OF_MERMAID)
    names = ",".join(f"x{place}" for place, _ in enumerate(shown.leaves))
    colours = ["  classDef leaf fill:#d6e8fa,stroke:#777777", f"  class {names} leaf"] if names else []
    return "\n".join(["flowchart TD", *_drawn(shown, left_out, _MERMAID), *colours]) + "\n"


def _drawn(graph: Graph, left_out: int, language: _Language) -> Iterator[str]:
    """Yield the lines for all nodes, then those for all arrows."""
    keys: dict[int | str | None, str] = {one.number: f"n{one.number}" for one in graph.operations}
    keys |= {leaf.name: f"x{place}" for place, leaf in enumerate(graph.leaves)}
    for one in graph.operations:
        yield language.operation.format(key=keys[one.number], label=language.label(_operation(one, graph)))
    for leaf in graph.leaves:
        form = language.leaf if leaf.requires_grad else language.held
        yield form.format(key=keys[leaf.name], label=language.label(_leaf(leaf, graph)))
    edges = [(keys[one.number], edge) for one in graph.operations for edge in one.inputs if edge.target is not None]
    for start, edge in edges:
        if edge.target in keys:
            yield language.arrow.format(start=start, end=keys[edge.target], label=language.label(_edge(edge, graph)))
    if left_out:
        yield language.left_out.format(key="hidden", label=language.label([f"{left_out:,} more nodes"]))
        outside = dict.fromkeys(start for start, edge in edges if edge.target not in keys)
        yield from (language.dashed.format(start=start, end="hidden") for start in outside)


def _operation(operation: Operation, graph: Graph) -> list[str]:
    """Return the lines of an operation: its name, its part and value, what arrives, what torch saved."""
    value = words.number(operation.value, graph, _DIGITS)
    lines = [
        f"{operation.number}  {operation.name}",
        f"{words.short(operation.expression, _LONGEST)} = {value}",
        f"gradient {words.number(operation.gradient, graph, _DIGITS)}",
    ]
    saved = words.saved(operation, graph, _DIGITS)
    return [*lines, f"saved {saved}"] if saved else lines


def _leaf(leaf: Leaf, graph: Graph) -> list[str]:
    """Return the lines of a variable: its value, and its gradient as a sum."""
    kind = "" if leaf.requires_grad else "requires_grad=False"
    grad = f"{leaf.name}.grad = {words.sum_of(leaf, graph, _DIGITS)}"
    return [f"{leaf.name} = {words.number(leaf.value, graph, _DIGITS)}", kind or grad]


def _edge(edge: Edge, graph: Graph) -> list[str]:
    """Return the lines of an arrow: the local slope, and the gradient that it makes of what arrives."""
    formula = None if edge.formula is None else words.short(edge.formula, _LONGEST_FORMULA)
    slope = words.slope(formula, words.number(edge.slope, graph, _DIGITS))
    return [f"× {slope}", f"→ {words.number(edge.gradient, graph, _DIGITS)}"]


def program() -> str | None:
    """Return where `dot` is, None where it is not installed."""
    return shutil.which("dot")


def needed(suffix: str) -> str:
    """Return the same; raises `MissingPartError` where it is not installed."""
    found = program()
    if found is None:
        raise MissingPartError(f"a graph as .{suffix} needs Graphviz, whose program `dot` is not found", hint=_INSTALL)
    return found


def picture(graph: Graph, suffix: str) -> bytes:
    """Return the graph as the bytes of a picture that Graphviz lays out.

    Raises `UsageError` for another suffix, `MissingPartError` without Graphviz, `LimitError` where it takes too long.
    """
    if suffix not in PICTURES:
        raise UsageError(f"a graph cannot be drawn as `{suffix}`", hint=f"the pictures are {', '.join(PICTURES)}")
    command = [needed(suffix), f"-T{suffix}", *([f"-Gdpi={_DOTS_PER_INCH}"] if suffix == "png" else [])]
    try:
        done = subprocess.run(command, input=dot(graph).encode(), capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603 - our own text
    except subprocess.TimeoutExpired:
        raise LimitError(
            f"Graphviz takes more than {_PATIENCE} seconds for this graph", hint="write a .dot file"
        ) from None
    if done.returncode != 0:
        raise InternalError(f"Graphviz cannot draw this graph: {done.stderr.decode(errors='replace').strip()[:200]}")
    return done.stdout
