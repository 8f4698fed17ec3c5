"""The faults that can be planted in the witnesses and in the verdict, and which of them are tried.

That depends on a seed and on their text, not on their place: a change elsewhere changes no choice.
"""

from __future__ import annotations

import ast
import zlib
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[1]
# Left out: `tidy`, which only gives a derivative another form: it holds each against the one it came from, so a fault
# there costs beauty and no digit.
WITNESSES = (path for path in sorted(ROOT.glob("derivcli/witnesses/**/*.py")) if "tidy" not in path.parts)
MODULES = [
    ROOT / "derivcli/closeness.py",
    ROOT / "derivcli/verdict.py",
    *(ROOT / "derivcli/language" / name for name in ("parser.py", "grammar.py", "parts.py")),
    *WITNESSES,
]
SEED = 18


def _both(*pairs: str) -> dict[type[ast.AST], Any]:
    """Return each operator of `ast` with the one that stands for it."""
    named = [[getattr(ast, name) for name in pair.split()] for pair in pairs]
    return dict(named) | {b: a for a, b in named}


_OPPOSITE = _both("Lt GtE", "Gt LtE", "Eq NotEq", "Is IsNot", "In NotIn", "And Or", "Add Sub", "Mult Div")
_BESIDE = _both("Lt LtE", "Gt GtE")  # of an integer; whether another number itself is meant makes no difference
# Their first two arguments may change places: sums, products and questions about two that are alike; or whoever does
# it sees a `TypeError` at once.
_UNSWAPPED = {"_joint_error", "_kink", "_near", "_same", "hypot", "is_one_number", "isinstance", "larger", "max", "min"}
_UNSWAPPED |= {"need", "self.add", "self.multiply", "work.add", "work.multiply", "multiply", "_order_of_product"}
_CHOICE = 10  # a whole number from here on that a module chooses is seldom the only good one: 500 or 501 is no fault


class Fault(NamedTuple):
    """A module with one fault: its name tells it from others, in whatever line it stands."""

    module: str
    line: int
    name: str
    source: bytes


def faulty(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield the faults that a node can have: an expression, and another one for it."""
    match node:
        case ast.Compare(left, [op], [right]):
            whole = any(isinstance(side, ast.Constant) and type(side.value) is int for side in (left, right))
            kinds = {**_OPPOSITE, **_BESIDE} if whole else _OPPOSITE
            yield node, ast.Compare(left, [kinds[type(op)]()], [right])
        case ast.BoolOp(op, values):
            yield node, ast.BoolOp(_OPPOSITE[type(op)](), values)
        case ast.BinOp(left, op, right) if type(op) in _OPPOSITE:
            yield node, ast.BinOp(left, _OPPOSITE[type(op)](), right)
        case ast.UnaryOp(ast.USub() | ast.Not(), operand):
            yield node, operand
        case ast.Constant(int() | float() as value) if not isinstance(value, bool) and value + 1 != value:
            yield node, ast.Constant(value + 1)
        case ast.Call(function, [first, second, *rest], keywords) if ast.dump(first) != ast.dump(second):
            if ast.unparse(function) not in _UNSWAPPED:
                yield node, ast.Call(function, [second, first, *rest], keywords)
        case ast.If(test, [*_, last], []) if isinstance(last, ast.Return | ast.Raise | ast.Continue | ast.Break):
            yield test, ast.Constant(value=False)


def faults(path: Path) -> Iterator[Fault]:
    """Yield every fault of a module."""
    text = path.read_bytes()
    starts = [0, *accumulate(map(len, text.splitlines(keepends=True)))]
    for function, node in _code(ast.parse(text), "module"):
        if function == "module" and _is_choice(node):
            continue
        for old, new in faulty(node):
            start = starts[old.lineno - 1] + old.col_offset
            end = starts[(old.end_lineno or 1) - 1] + (old.end_col_offset or 0)
            name = f"{path.relative_to(ROOT)} {function}: {ast.unparse(old)} -> {ast.unparse(new)}"
            source = b"".join((text[:start], f"({ast.unparse(new)})".encode(), text[end:]))
            yield Fault(str(path.relative_to(ROOT)), old.lineno, name, source)


def _is_choice(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int and node.value >= _CHOICE


def _code(node: ast.AST, function: str) -> Iterator[tuple[str, ast.AST]]:
    """Yield what runs, with the function it stands in: neither annotations nor the parts of an f-string."""
    for name, field in ast.iter_fields(node):
        for child in field if isinstance(field, list) else [field]:
            runs = isinstance(child, ast.AST) and not isinstance(child, ast.JoinedStr)
            if runs and name not in ("annotation", "returns", "decorator_list"):
                inside = child.name if isinstance(child, ast.FunctionDef) else function
                yield inside, child
                yield from _code(child, inside)


def chosen(count: int, modules: Iterable[Path], part: str = "") -> list[Fault]:
    """Return some of all faults whose name holds a part, the same ones every time."""
    known = {fault.name: fault for module in modules for fault in faults(module)}  # of one name the last
    named = [fault for fault in known.values() if part in fault.name]
    return sorted(named, key=lambda fault: zlib.crc32(f"{SEED} {fault.name}".encode()))[:count]
