"""Syntax tree -> program and back: what is written in several ways becomes one, what has a definition stays.

Arguments left out get their defaults, `log(x, 10)` is `log10(x)`, `x^(2/3)` is `cbrt(x)^2`. `expand` puts the
definitions of functions in their place.
"""

from __future__ import annotations

from functools import cache, partial, reduce
from typing import TYPE_CHECKING

from derivcli.language import catalogue
from derivcli.language.program import CORE, UNDEFINED, Builder, Instruction, Program
from derivcli.language.tree import NUMBER, PIECEWISE, VARIABLE, Node, each, fold, is_decimal, value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from fractions import Fraction


def compile_tree(root: Node) -> Program:
    """Return the program of a syntax tree."""
    builder = Builder()
    return builder.build(fold(root, partial(_lower, builder)))


def outline(*roots: Node) -> tuple[Program, dict[Node, int]]:
    """Return one program of several trees, and the index of every node's instruction."""
    builder = Builder()
    indices: dict[Node, int] = {}

    def note(node: Node, args: list[int]) -> int:
        indices[node] = _lower(builder, node, args)
        return indices[node]

    for root in roots:
        fold(root, note)
    return builder.everything(), indices


def to_tree(program: Program) -> Node:
    """Return the syntax tree of a program; shared results are shared nodes."""
    nodes: list[Node] = []
    for instruction in program.instructions:
        nodes.append(node_of(instruction, [nodes[arg] for arg in instruction.args]))
    return nodes[-1]


def node_of(instruction: Instruction, operands: Sequence[Node]) -> Node:
    """Return the node of an instruction on operands."""
    op, _args, text = instruction
    if op == PIECEWISE and operands[-1].op == UNDEFINED:
        operands = operands[:-1]
    return Node(op, without_defaults(op, tuple(operands)), text)


def without_defaults(op: str, operands: tuple[Node, ...]) -> tuple[Node, ...]:
    """Leave out the last arguments of a function where they are what they are by default."""
    row = catalogue.FUNCTIONS.get(op)
    for text in reversed(row.defaults if row else ()):
        if not _is_number(operands[-1], text):
            break
        operands = operands[:-1]
    return operands


def _is_number(node: Node, text: str) -> bool:
    """Tell whether a node is this number, which may be negative."""
    if text.startswith("-"):
        return node.op == "neg" and _is_number(node.args[0], text[1:])
    return node.op == NUMBER and node.text == text


def _lower(builder: Builder, node: Node, args: list[int]) -> int:
    special = _LOWERED.get(node.op)
    if special is not None:
        return special(builder, node, args)
    row = catalogue.FUNCTIONS.get(node.op)
    if row is None:
        return builder.put(Instruction(node.op, tuple(args), node.text))
    missing = len(row.parameters) - len(args)
    if missing < 0 and row.longer is not None:
        return builder.add(row.longer, *args)
    if missing > 0:
        args = [*args, *(builder.default(text) for text in row.defaults[-missing:])]
    return builder.put(Instruction(node.op, tuple(args)))


def _lower_piecewise(builder: Builder, _node: Node, args: list[int]) -> int:
    if len(args) % 2 == 0:
        args = [*args, builder.add(UNDEFINED)]
    return builder.add(PIECEWISE, *args)


def _lower_log(builder: Builder, node: Node, args: list[int]) -> int:
    if len(args) == 2 and node.args[1].op == NUMBER and node.args[1].text in ("2", "10"):
        return builder.add(f"log{node.args[1].text}", args[0])
    logs = [builder.add("log", arg) for arg in args]
    return logs[0] if len(logs) == 1 else builder.add("div", *logs)


def _lower_extremum(builder: Builder, node: Node, args: list[int]) -> int:
    args = list(dict.fromkeys(args))  # max(x, x) is x
    return args[0] if len(args) == 1 else builder.add(node.op, *args)


def _lower_mvlgamma(builder: Builder, node: Node, args: list[int]) -> int:
    """Write out log of the multivariate gamma function (DLMF 35.3.4)."""
    dimension = int(node.args[1].text)
    terms = [args[0]]
    for j in range(1, dimension):
        shift = builder.add("div", builder.number(str(j)), builder.number("2"))
        terms.append(builder.add("add", args[0], builder.add("neg", shift)))
    terms = [builder.add("loggamma", term) for term in terms]
    scale = builder.add("div", builder.number(str(dimension * (dimension - 1))), builder.number("4"))
    total = builder.add("add", *terms, builder.add("mul", scale, builder.add("log", builder.add("pi"))))
    edge = builder.add("div", builder.number(str(dimension - 1)), builder.number("2"))
    return builder.add(PIECEWISE, total, builder.add("gt", args[0], edge), builder.add(UNDEFINED))


def _lower_power(builder: Builder, node: Node, args: list[int]) -> int:
    """Read `x^(2/3)` as `cbrt(x)^2`: an even power of an odd root is real for every x."""
    exponent = _typed_fraction(node.args[1])
    if exponent is None or exponent.numerator % 2 or exponent.denominator % 2 == 0 or exponent.denominator == 1:
        return builder.power(*args)
    degree = exponent.denominator
    root = builder.add("cbrt", args[0]) if degree == 3 else builder.add("root", args[0], builder.number(str(degree)))
    return builder.power(root, builder.default(str(exponent.numerator)))


def has_odd_root(tree: Node) -> bool:
    """Tell whether `x^(1/3)` or its like is in a tree: an odd power of an odd root, which some take to be real."""
    exponents = (_typed_fraction(node.args[1]) for node in each(tree) if node.op == "pow")
    return any(e is not None and e.numerator % 2 and e.denominator % 2 and e.denominator > 1 for e in exponents)


def _typed_fraction(node: Node) -> Fraction | None:
    """Return a fraction of whole numbers as it is typed: 2/3 or -2/3; a decimal may be too long to be one."""
    return None if node.op not in ("neg", "div") or is_decimal(node) else value_of(node)


_LOWERED: dict[str, Callable[[Builder, Node, list[int]], int]] = {
    NUMBER: lambda builder, node, _args: builder.number(node.text),
    "pow": _lower_power,
    PIECEWISE: _lower_piecewise,
    "log": _lower_log,
    "max": _lower_extremum,
    "min": _lower_extremum,
    "logsumexp": lambda builder, _node, args: reduce(lambda total, arg: builder.add("logaddexp", total, arg), args),
    "sum": lambda builder, _node, args: builder.add("add", *args),
    "prod": lambda builder, _node, args: builder.add("mul", *args),
    "mean": lambda builder, _node, args: builder.add("div", builder.add("add", *args), builder.number(str(len(args)))),
    "mvlgamma": _lower_mvlgamma,
    "tau": lambda builder, _node, _args: builder.add("mul", builder.number("2"), builder.add("pi")),
}


# Functions that are formulas.


def expand(program: Program, keep: Callable[[str], bool]) -> Program:
    """Return the program with each function replaced by its definition, unless `keep` says to keep it."""
    if all(op in CORE or keep(op) for op, _args, _text in program.instructions) and program.is_whole:
        return program
    builder = Builder()
    result = inline(builder, program, keep, {})
    return builder.build(result)


def inline(builder: Builder, program: Program, keep: Callable[[str], bool], bound: Mapping[str, int]) -> int:
    """Add a program to a builder, its variables bound to instructions; return the index of its result."""
    return _inlined(builder, program, keep, bound)[-1]


def _inlined(
    builder: Builder, program: Program, keep: Callable[[str], bool], bound: Mapping[str, int]
) -> tuple[int, ...]:
    """Add a program to a builder; return the index of the result of each of its instructions."""
    done: list[int] = []
    for op, args, text in program.instructions:
        indices = tuple([done[arg] for arg in args])
        if op == VARIABLE and text in bound:
            done.append(bound[text])
        elif op in CORE or keep(op):
            done.append(builder.put(Instruction(op, indices, text)))
        else:
            parameters = catalogue.FUNCTIONS[op].parameters
            done.append(inline(builder, definition(op), keep, dict(zip(parameters, indices, strict=True))))
    return tuple(done)


def expand_all(program: Program, keep: Callable[[str], bool]) -> tuple[Program, tuple[int, ...]]:
    """Expand a program all of whose instructions count; return where the result of each one stands, too."""
    if all(op in CORE or keep(op) for op, _args, _text in program.instructions):
        return program, tuple(range(len(program.instructions)))
    builder = Builder()
    places = _inlined(builder, program, keep, {})
    return builder.everything(), places


def substituted(program: Program, places: Mapping[str, Program]) -> Program:
    """Return a program with others in the place of variables."""
    builder = Builder()
    bound = {name: inline(builder, place, _as_it_is, {}) for name, place in places.items()}
    return builder.build(inline(builder, program, _as_it_is, bound))


def _as_it_is(_op: str) -> bool:
    return True


@cache
def definition(name: str) -> Program:
    """Return the program of the definition of a function of the catalogue."""
    row = catalogue.FUNCTIONS[name]
    return formula(row.definition or "", row.parameters)


@cache
def formula(text: str, parameters: tuple[str, ...]) -> Program:
    """Return the program of a formula in the catalogue."""
    from derivcli.language.parser import parse  # a third of what the worker imports besides sympy, and seldom needed

    return compile_tree(parse(text, frozenset(parameters)).tree)
