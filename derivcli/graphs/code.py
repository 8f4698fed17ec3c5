"""The expression as a tutorial writes it: operators on two operands and torch's functions, and how that is run.

A function that torch lacks is written out by its definition, in which each argument is computed once, as in the body of
a function of Python's. Numbers stay Python's numbers; each variable is one tensor.
"""

from __future__ import annotations

import math
import operator
from functools import cache, reduce
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from derivcli.errors import UsageError
from derivcli.language import catalogue
from derivcli.language.numbers import exact
from derivcli.language.parser import parse
from derivcli.language.tree import COMPARISONS, NUMBER, PIECEWISE, VARIABLE, Node, each, fold
from derivcli.witnesses import torch_functions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Kernel = Callable[..., Tensor]

SUB = "sub"  # in a syntax tree a difference is a sum with a negated term; to torch it is an operation of its own


def _all(room: Any, names: Iterable[str]) -> dict[str, Kernel]:
    return {name: getattr(room, name) for name in names}


# What torch has beside the column of the catalogue, or calls by another name there.
_KERNELS: dict[str, Kernel] = {
    **_all(torch, ("sign", "clamp", "deg2rad", "rad2deg", "logit", "digamma")),
    **_all(torch.special, ("gammainc", "gammaincc", "zeta", "ndtr", "log_ndtr", "ndtri", "i0", "i0e", "i1", "i1e")),
    **_all(torch.nn.functional, ("relu6", "selu", "hardsigmoid", "hardswish", "softplus")),
    **_all(torch.nn.functional, ("softsign", "tanhshrink", "logsigmoid", "mish", "gelu")),
    "sincpi": torch.sinc,
    "loggamma": torch.lgamma,
    "mse": torch.nn.functional.mse_loss,
    "gelu_tanh": lambda x: torch.nn.functional.gelu(x, approximate="tanh"),
    "heaviside": lambda x: torch.heaviside(x, torch.full_like(x, 0.5)),
    "floordiv": lambda x, y: torch.div(x, y, rounding_mode="floor"),
}
# Functions that want numbers, not tensors, for all arguments but one.
_OF_ONE_TENSOR: dict[str, Kernel] = {
    **_all(torch.nn.functional, ("leaky_relu", "elu", "celu", "hardtanh", "hardshrink", "softshrink")),
    "mvlgamma": lambda x, p: torch.mvlgamma(x, int(p)),
    "polygamma": lambda x, n: torch.polygamma(int(n), x),
}
# Functions that take numbers as well as tensors behind a tensor, and then are another node.
AS_THEY_ARE = frozenset({"clamp", "mod", "fmod", "floordiv", "xlogy", "xlog1py"})
_TENSOR_LAST = frozenset({"polygamma"})
# What a tutorial writes where torch has no function, and the catalogue has none either or has a longer one.
FORMULAS = {
    "sinc": "sincpi(x/pi)",
    "cbrt": "sign(x)*abs(x)^(1/3)",
    "root": "piecewise(abs(x)^(1/n), x >= 0, -abs(x)^(1/n), mod(n, 2) == 1)",
    "trigamma": "polygamma(1, x)",
}


def kernel(op: str) -> Kernel | None:
    """Return torch's function of tensors for a row of the catalogue; None if there is none."""
    return _KERNELS.get(op) or (None if op in FORMULAS else torch_functions.kernel(op))


def numeric(op: str) -> tuple[Kernel, int] | None:
    """Return torch's function that takes numbers beside one tensor, and the place of the tensor; None if it is none."""
    found = _OF_ONE_TENSOR.get(op)
    return None if found is None else (found, -1 if op in _TENSOR_LAST else 0)


_OF_MANY = {"mul": "mul", "sum": "add", "prod": "mul", "max": "max", "min": "min", "logsumexp": "logaddexp"}


class NoKernelError(UsageError):
    """A function that torch lacks, so that autograd has no graph of it."""

    def __init__(self, node: Node) -> None:
        super().__init__(
            f"torch has no function for `{node.op}` that it can differentiate, so there is no graph",
            node.span,
            hint="leave out the graph: the answer has the derivative all the same",
        )


def written(root: Node) -> Node:
    """Return the tree as a tutorial writes it. Raises `NoKernelError` for a function that torch lacks."""
    plain = fold(root, _written)
    return plain.as_shared if root.shared else plain


def _written(node: Node, args: list[Node]) -> Node:
    if node.op == "add":
        return reduce(_sum, args)
    if node.op in _OF_MANY:
        return reduce(_pair(_OF_MANY[node.op]), args)
    if node.op == "mean":
        return Node("div", (reduce(_pair("add"), args), Node(NUMBER, text=str(len(args)))))
    if node.op == "pow" and args[0].op == "e":
        return Node("exp", (args[1],))
    if node.op == "log" and len(args) == 2:
        return _logarithm(*args)
    row = catalogue.FUNCTIONS.get(node.op)
    return Node(node.op, tuple(args), node.text, node.span) if row is None else _call(node, row, args)


def _sum(total: Node, term: Node) -> Node:
    return Node(SUB, (total, term.args[0])) if term.op == "neg" else Node("add", (total, term))


def _pair(op: str) -> Callable[[Node, Node], Node]:
    return lambda left, right: Node(op, (left, right))


def _logarithm(x: Node, base: Node) -> Node:
    if base.op == NUMBER and base.text in ("2", "10"):
        return Node(f"log{base.text}", (x,))
    return Node("div", (Node("log", (x,)), Node("log", (base,))))


def _call(node: Node, row: catalogue.Function, args: list[Node]) -> Node:
    missing = len(row.parameters) - len(args)
    defaults = row.defaults[len(row.defaults) - missing :] if missing > 0 else ()
    args = [*args, *(parse(text).tree for text in defaults)]
    if kernel(node.op) or _is_numeric(node.op, args):
        return Node(node.op, tuple(args), span=node.span)
    if node.op not in FORMULAS and row.definition is None:
        raise NoKernelError(node)
    shared = {name: arg.as_shared for name, arg in zip(row.parameters, args, strict=True)}
    try:
        return bound(_definition(node.op), shared)
    except NoKernelError:
        raise NoKernelError(node) from None


def _is_numeric(op: str, args: list[Node]) -> bool:
    """Tell whether a call is one of a function that takes numbers beside one tensor, and has no variable in them."""
    found = numeric(op)
    if found is None:
        return False
    others = [arg for place, arg in enumerate(args) if place != found[1] % len(args)]
    return not any(node.op == VARIABLE for arg in others for node in each(arg))


@cache
def _definition(name: str) -> Node:
    """Return what is written for a function, in its parameters."""
    row = catalogue.FUNCTIONS[name]
    return written(parse(FORMULAS.get(name) or row.definition or "", row.parameters).tree)


def bound(root: Node, args: Mapping[str, Node]) -> Node:
    """Put arguments in the place of those parameters that have one."""
    return fold(root, lambda node, parts: _put(node, parts, args))


def _put(node: Node, parts: list[Node], args: Mapping[str, Node]) -> Node:
    known = args.get(node.text) if node.op == VARIABLE else None
    return known or Node(node.op, tuple(parts), node.text)


_OPERATORS: dict[str, Callable[..., Any]] = {
    **{name: getattr(operator, name) for name in ("add", "sub", "mul", "neg", "pow", *COMPARISONS)},
    "div": operator.truediv,
}
_LOGIC: dict[str, Callable[..., Any]] = {"and": torch.logical_and, "or": torch.logical_or, "not": torch.logical_not}
_CONSTANTS = {"pi": math.pi, "e": math.e, "tau": math.tau, "inf": math.inf, "true": True, "false": False}
_EXACT = 2**53  # up to here every whole number is a float64


class Code:
    """Runs a tree that is written plainly. `constants` are numbers that were computed, with what was typed for them."""

    def __init__(self, leaves: Mapping[str, Tensor]) -> None:
        first = next(iter(leaves.values()))
        self._leaves = leaves
        self._kind: dict[str, Any] = {"dtype": first.dtype, "device": first.device}
        self.constants: dict[float, Node] = {}

    def run(self, tree: Node) -> Tensor:
        """Return the value of a tree. Raises `NoKernelError` for a function that torch lacks."""
        return self._tensor(fold(tree, self._value))

    def _value(self, node: Node, args: list[Any]) -> Any:
        """Return a tensor, or a number where no variable is in it."""
        if node.op == VARIABLE:
            return self._leaves[node.text]
        if node.op == NUMBER:
            return _number(node.text)
        if node.op in _CONSTANTS:
            return self._named(_CONSTANTS[node.op], node)
        if any(isinstance(arg, Tensor) for arg in args):
            return self._apply(node, args)
        return self._named(_whole(self._apply(node, list(map(self._tensor, args))).item()), node)

    def _tensor(self, value: Any) -> Tensor:
        if isinstance(value, Tensor):
            return value
        kind = {**self._kind, "dtype": torch.bool} if isinstance(value, bool) else self._kind
        return torch.tensor(value, **kind)

    def _named(self, value: Any, node: Node) -> Any:
        if node.op != "neg" and not isinstance(value, bool):  # -2 is as short as it can be, and True equals 1
            self.constants.setdefault(value, node)
        return value

    def _apply(self, node: Node, args: list[Any]) -> Any:
        if node.op in _OPERATORS:
            return _OPERATORS[node.op](*args)
        if node.op == PIECEWISE:
            return self._choice(args)
        beside = numeric(node.op)
        if beside is not None:
            call, place = beside
            x = self._tensor(args.pop(place))
            return call(x, *(arg.item() if isinstance(arg, Tensor) else arg for arg in args))
        found = _LOGIC.get(node.op) or kernel(node.op)
        if found is None:
            raise NoKernelError(node)
        tensors = [isinstance(arg, Tensor) for arg in args]
        are_taken = node.op in AS_THEY_ARE and tensors[0] and not any(tensors[1:])
        return found(*(args if are_taken else map(self._tensor, args)))

    def _choice(self, args: list[Any]) -> Tensor:
        """Write `torch.where` for each piece: it computes them all, whichever is taken."""
        pieces = args if len(args) % 2 else [*args, math.nan]
        found = self._tensor(pieces[-1])
        for value, condition in zip(pieces[-3::-2], pieces[-2::-2], strict=True):
            found = torch.where(self._tensor(condition), self._tensor(value), found)
        return found


def _number(text: str) -> float | int:
    """Return a literal as Python reads it: whole numbers are whole, as the exponents in a tutorial."""
    try:
        found: float | int = _whole(float(exact(text)))
    except OverflowError:
        return math.inf
    return found


def _whole(value: Any) -> Any:
    """Return a number as an int where it is one, and no negative zero."""
    is_whole = isinstance(value, float) and value.is_integer() and abs(value) < _EXACT
    return int(value) if is_whole and (value or math.copysign(1, value) > 0) else value
