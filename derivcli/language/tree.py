"""The syntax tree: one kind of node, an operation with its operands; and a function along a line as such a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from derivcli.errors import Span
from derivcli.language.numbers import exact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from fractions import Fraction

T = TypeVar("T")

NOWHERE = Span(0, 0)

NUMBER = "number"
VARIABLE = "variable"
PIECEWISE = "piecewise"
DERIVATIVE = "derivative"  # of its operand by the variable `text`, not yet found: nobody can type it

COMPARISONS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!="}
# How tightly an operation binds when it is written down.
OR, AND, NOT, COMPARE, SUM, PRODUCT, SIGN, RADICAL, POWER, ATOM = range(10)
PRECEDENCE = {
    "or": OR,
    "and": AND,
    "not": NOT,
    **dict.fromkeys(COMPARISONS, COMPARE),
    "add": SUM,
    **dict.fromkeys(("mul", "div", "floordiv", "mod"), PRODUCT),
    "neg": SIGN,
    "√": RADICAL,
    "pow": POWER,
}
CONDITIONS = frozenset({*COMPARISONS, "and", "or", "not", "true", "false"})
# Names that nobody can type.
ALONG, UNIT = "@v", "@u"


class Node:
    """An operation and its operands; `text` is the literal of a number or the name of a variable.

    Sums and products are flat: `a - b + c` is `add(a, neg(b), c)`. The span is where it stands in the source and
    does not count for equality; `depth` is the height of the tree below, `size` the number of its nodes. `shared` tells
    that a part stands in several places below, once for all: such a tree may be too large to be walked place by place.

    Nothing of it changes, by the word of the type checker. A frozen dataclass holds that itself, and takes three times
    as long to make one; every part of every text is one.
    """

    __slots__ = ("args", "depth", "op", "shared", "size", "span", "text")

    def __init__(
        self, op: str, args: tuple[Node, ...] = (), text: str = "", span: Span = NOWHERE, *, shared: bool = False
    ) -> None:
        depth, size = 0, 1
        for arg in args:
            if arg.depth > depth:
                depth = arg.depth
            size += arg.size
            shared = shared or arg.shared
        self.op: Final[str] = op
        self.args: Final[tuple[Node, ...]] = args
        self.text: Final[str] = text
        self.span: Final[Span] = span
        self.shared: Final[bool] = shared
        self.depth: Final[int] = depth + 1
        self.size: Final[int] = size

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Node):
            return NotImplemented
        return (self.op, self.args, self.text) == (other.op, other.args, other.text)

    def __hash__(self) -> int:
        return hash((self.op, self.args, self.text))

    def __repr__(self) -> str:
        return f"Node(op={self.op!r}, args={self.args!r}, text={self.text!r})"

    @property
    def as_shared(self) -> Node:
        """The same node as one that stands in several places."""
        return Node(self.op, self.args, self.text, self.span, shared=True)

    @property
    def is_condition(self) -> bool:
        """True for what is true or false, not a number."""
        return self.op in CONDITIONS


def postorder(root: Node) -> Iterator[Node]:
    """Yield every node after its operands, without recursion: the other way round, the last operand comes first."""
    backwards: list[Node] = []
    stack = [root]
    while stack:
        node = stack.pop()
        backwards.append(node)
        stack += node.args
    return reversed(backwards)


def each(root: Node) -> Iterator[Node]:
    """Yield every node after its operands; one that stands in several places of a tree with shared parts, once."""
    return _each_once(root) if root.shared else postorder(root)


def _each_once(root: Node) -> Iterator[Node]:
    seen: set[int] = set()
    stack: list[tuple[Node, bool]] = [(root, False)]
    while stack:
        node, ready = stack.pop()
        if id(node) in seen:
            continue
        if ready or not node.args:
            seen.add(id(node))
            yield node
        else:
            stack.append((node, True))
            stack.extend((arg, False) for arg in reversed(node.args))


def fold(root: Node, combine: Callable[[Node, list[T]], T]) -> T:
    """Combine every node with what its operands came to, operands first, without recursion."""
    if root.shared:
        known: dict[int, T] = {}
        for node in each(root):
            known[id(node)] = combine(node, [known[id(arg)] for arg in node.args])
        return known[id(root)]
    done: list[T] = []
    for node in postorder(root):
        if node.args:
            first = len(done) - len(node.args)
            done[first:] = [combine(node, done[first:])]
        else:
            done.append(combine(node, []))
    return done[0]


def span_of(root: Node, name: str) -> Span:
    """Return where a variable stands first."""
    return next(node.span for node in each(root) if node.op == VARIABLE and node.text == name)


def variables(root: Node) -> tuple[str, ...]:
    """Return the names of the variables in order of first appearance."""
    found = [node for node in each(root) if node.op == VARIABLE]
    return tuple(dict.fromkeys(node.text for node in sorted(found, key=lambda node: node.span.start)))


def value_of(node: Node) -> Fraction | None:
    """Return the rational that a tree of numbers stands for: `-2/3`; None for any other tree."""
    if node.op == NUMBER:
        return exact(node.text)
    if node.op not in ("neg", "div"):
        return None
    parts = [value_of(arg) for arg in node.args]
    if parts[0] is None or not parts[-1]:
        return -parts[0] if node.op == "neg" and parts[0] is not None else None
    return -parts[0] if node.op == "neg" else parts[0] / parts[-1]


def is_decimal(node: Node) -> bool:
    """Tell whether a decimal is typed somewhere in a tree."""
    return any(part.op == NUMBER and not part.text.isdigit() for part in each(node))


# A function along a line: `f(x + t*a, y + t*b)` is the tree of a function of t, to be looked at where t is 0.


def along(tree: Node, direction: Mapping[str, Node], *, with_unit: bool) -> Node:
    """Return f moved by `ALONG` times the direction and, if that is wanted, by `UNIT` times the unit direction."""
    moved = {name: _moved(name, component, direction, with_unit) for name, component in direction.items()}

    def rebuild(node: Node, args: list[Node]) -> Node:
        if node.op == VARIABLE and node.text in moved:
            return moved[node.text]
        return Node(node.op, tuple(args), node.text, node.span)

    return fold(tree, rebuild)


def _moved(name: str, component: Node, direction: Mapping[str, Node], with_unit: bool) -> Node:
    terms = [_variable(name), Node("mul", (_variable(ALONG), component))]
    if with_unit:
        terms.append(Node("mul", (_variable(UNIT), Node("div", (component, _length(direction))))))
    return Node("add", tuple(terms))


def _length(direction: Mapping[str, Node]) -> Node:
    squares = tuple(Node("pow", (component, Node(NUMBER, text="2"))) for component in direction.values())
    return Node("sqrt", (squares[0] if len(squares) == 1 else Node("add", squares),))


def _variable(name: str) -> Node:
    return Node(VARIABLE, text=name)
