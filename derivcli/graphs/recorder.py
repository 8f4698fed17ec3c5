"""What each tensor stands for, heard from torch itself: every call that it carries out passes here.

So each node of the graph has the value of its part and the part's text, also the nodes inside torch's own functions and
those of a backward pass that is recorded for a second one.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode

from derivcli.graphs.code import SUB
from derivcli.language import catalogue
from derivcli.language.tree import COMPARISONS, NUMBER, PIECEWISE, Node

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Longer parts are shown as the operation on `...`: nobody reads them, and the text of all would be quadratic.
_LARGEST = 80  # parts
_ELLIPSIS = Node("...")
_ONE = Node(NUMBER, text="1")
_SAME = frozenset({"detach", "alias", "clone", "lift_fresh"})
_FRESH = frozenset({"ones_like", "zeros_like", "full_like"})  # only the shape is of what they are given
_ORDER = {"rsub": (1, 0), "where": (1, 0, 2)}  # ours of torch's operands: rsub(x, 2) is 2 - x
# torch's names for what the catalogue has under another one.
_NAMES = {
    "rsub": SUB,
    "where": PIECEWISE,
    "maximum": "max",
    "minimum": "min",
    "remainder": "mod",
    "lgamma": "loggamma",
    "igamma": "gammainc",
    "igammac": "gammaincc",
    "log_sigmoid_forward": "logsigmoid",
    "sgn": "sign",
    "sinc": "sincpi",
    "mse_loss": "mse",
    **{f"logical_{word}": word for word in ("and", "or", "not")},
}
_OPERATIONS = frozenset({"add", "mul", "div", "neg", "pow", SUB, "and", "or", "not", *COMPARISONS})


class Made(NamedTuple):
    """A tensor that torch has made: what it stands for, by which call of which operands."""

    result: Tensor
    shown: Node
    call: Node
    operands: tuple[Tensor | None, ...]


class Recorder(TorchDispatchMode):  # type: ignore[no-untyped-call] # torch types only part of itself
    """Hears what torch does while it is entered. `constants` are numbers with what was typed for them."""

    def __init__(self, leaves: Mapping[str, Tensor], constants: Mapping[float, Node]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._names = {id(tensor): Node("variable", text=name) for name, tensor in leaves.items()}
        self._alive: list[Any] = []  # an id is a name only as long as its tensor lives
        self._constants = constants
        self.made: list[Made] = []

    def __torch_dispatch__(self, func: Any, _types: Any, args: tuple[Any, ...] = (), kwargs: Any = None) -> Any:
        out = func(*args, **(kwargs or {}))
        result = out[0] if isinstance(out, (tuple, list)) and out else out
        if isinstance(result, Tensor):
            self._alive.append((out, args))
            self._note(func.overloadpacket.__name__.removeprefix("special_").rstrip("_"), result, args, kwargs or {})
        return out

    def _note(self, name: str, result: Tensor, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
        """Remember what a result stands for. What is made of numbers alone is a number."""
        given = [arg for arg in args if isinstance(arg, (Tensor, int, float))]
        if name in _FRESH or not any(id(arg) in self._names for arg in given):
            return
        if name in _SAME:
            self._names.setdefault(id(result), self._part(given[0]))
            return
        operands = [given[place] for place in _ORDER[name]] if name in _ORDER else given
        call = _call(name, list(map(self._part, operands)), kwargs)
        shown = self._names[id(result)] = _shown(call, [isinstance(arg, Tensor) for arg in operands])
        self.made.append(Made(result, shown, call, tuple(arg if isinstance(arg, Tensor) else None for arg in operands)))

    def _part(self, value: Any) -> Node:
        """Return what a tensor or a number stands for."""
        known = self._names.get(id(value)) if isinstance(value, Tensor) else None
        return known or self._number(value.item() if isinstance(value, Tensor) else value)

    def _number(self, value: Any) -> Node:
        if isinstance(value, bool):
            return Node("true" if value else "false")
        known = self._constants.get(value)
        if known is not None and known.size <= _LARGEST:
            return known
        if math.copysign(1, value) < 0:
            return Node("neg", (self._number(-value),))
        return (
            Node(NUMBER, text=str(int(value)) if value == int(value) < 1e16 else repr(value))
            if math.isfinite(value)
            else Node(str(value))
        )


def _call(name: str, args: list[Node], kwargs: Mapping[str, Any]) -> Node:
    """Return an operation of torch's as one of the language, or else as a call with torch's name."""
    special = _SPECIAL.get(name)
    if special is not None:
        return special(args, kwargs)
    name = _NAMES.get(name, name)
    row = catalogue.find(name)
    if row is not None and row.name not in _OPERATIONS:
        return Node(row.name, tuple(args[: len(row.parameters)]))
    return Node(name, tuple(args))


_SPECIAL: dict[str, Callable[[list[Node], Mapping[str, Any]], Node]] = {
    "div": lambda args, kwargs: Node("floordiv" if kwargs.get("rounding_mode") == "floor" else "div", tuple(args)),
    "gelu": lambda args, kwargs: Node(
        "gelu" if kwargs.get("approximate", "none") == "none" else "gelu_tanh", tuple(args)
    ),
    # elu(x, alpha, scale): with a scale it is selu.
    "elu": lambda args, _kwargs: (
        Node("selu", (args[0],)) if len(args) > 2 and args[2].text != "1" else Node("elu", (*args, _ONE)[:2])
    ),
}


def _shown(call: Node, tensors: list[bool]) -> Node:
    """Return an operation as a person writes it: sums and products flat, `2/x` for what torch does in two steps.

    `tensors` tells which operands are no numbers.
    """
    op, args = call.op, call.args
    if call.size > _LARGEST:
        args = tuple(arg if arg.size <= _LARGEST // 2 else _ELLIPSIS for arg in args)
    if op == "reciprocal":
        return Node("div", (_ONE, *args))
    if op == SUB:
        return _flat("add", args[0], Node("neg", (args[1],)))
    if op == "add":
        return _flat(op, *args[:2])
    return _product(*args, is_number=not tensors[1]) if op == "mul" else Node(op, args)


def _product(left: Node, right: Node, *, is_number: bool) -> Node:
    """Return a product without a factor of 1, its number first: torch hears `4*x` as x.mul(4)."""
    if _ONE in (left, right):
        return right if left == _ONE else left
    if not is_number:
        return _flat("mul", left, right)
    if left.op == "div" and left.args[0] == _ONE:
        return Node("div", (right, left.args[1]))
    return Node("mul", (right, *(left.args if left.op == "mul" else (left,))))


def _flat(op: str, left: Node, right: Node) -> Node:
    return Node(op, (*(left.args if left.op == op else (left,)), right))
