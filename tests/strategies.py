"""Hypothesis strategies that several rooms share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from derivcli.language import catalogue
from derivcli.language.tree import COMPARISONS, NUMBER, PIECEWISE, VARIABLE, Node

if TYPE_CHECKING:
    from collections.abc import Sequence

VARIABLES = ("x", "y", "t", "x1", "x_2", "E_n", "rate", "lambda", "I", "α", "μ", "omega")

# How many operands an operation takes, at least and at most; three are enough where there is no limit.
_ARITIES = {
    "add": (2, 4),
    "mul": (2, 4),
    "neg": (1, 1),
    "div": (2, 2),
    "pow": (2, 2),
    **{row.name: (row.least, row.most or 3) for row in catalogue.FUNCTIONS.values()},
}
# Parameters that are orders or degrees: what is drawn for them.
_WHOLE = ("0", "1", "2", "3", "5")
_DECIMAL = (*_WHOLE, "0.5", "1.25", "2.5")
_ARITHMETIC = ("add", "mul", "neg", "div", "pow", "mod", "floordiv")
_LEAF = "leaf"
_OPERATIONS = (*(_LEAF,) * 10, *_ARITHMETIC * 5, *_ARITIES, *(PIECEWISE,) * 5)


def literals() -> st.SearchStrategy[str]:
    """Return number literals in every spelling: `2`, `2.`, `.5`, `2.50`, `1e-3`, `1E+3`."""
    whole = st.from_regex(r"[0-9]{1,20}\.?", fullmatch=True)
    decimal = st.from_regex(r"[0-9]{0,4}\.[0-9]{1,8}", fullmatch=True)
    exponent = st.sampled_from(("", "", "e5", "e-3", "E+2", "e0", "e030", "e-40"))
    return st.tuples(st.one_of(whole, decimal, st.sampled_from("0123")), exponent).map("".join)


@st.composite
def expressions(draw: st.DrawFn, depth: int = 4, names: Sequence[str] = VARIABLES) -> Node:
    """Return a syntax tree of any operations, such as the parser can build; `depth` does not count conditions."""
    op = draw(st.sampled_from(_OPERATIONS)) if depth else _LEAF
    if op == _LEAF:
        return draw(_leaves(names))
    terms = expressions(depth - 1, names)
    if op == PIECEWISE:
        return draw(_piecewise(terms))
    return draw(calls(op, terms))


@st.composite
def calls(draw: st.DrawFn, op: str, terms: st.SearchStrategy[Node]) -> Node:
    """Return an operation on terms; an order or a degree is a small number, so that most calls are defined."""
    count = draw(st.integers(*_ARITIES[op]))
    row = catalogue.FUNCTIONS.get(op)
    if row is None or row.most is None or count > len(row.parameters):
        return Node(op, tuple(draw(terms) for _ in range(count)))
    numbers = (_numbers(row, index) for index in range(count))
    return Node(op, tuple(draw(_constants(known) if known else terms) for known in numbers))


def _numbers(row: catalogue.Function, index: int) -> tuple[str, ...]:
    """Return the numbers that a parameter may be, none where it may be anything."""
    parameter = row.parameters[index]
    if parameter == row.literal:
        return _WHOLE[1:]
    if not row.partials or row.partials[index] is not None:
        return ()
    if row.name == "LambertW":
        return ("0", "-1")
    return _WHOLE if row.domain.startswith("n >= 0 and n == floor(n)") else _DECIMAL


def _constants(texts: Sequence[str]) -> st.SearchStrategy[Node]:
    def node(text: str) -> Node:
        number = Node(NUMBER, text=text.lstrip("-"))
        return Node("neg", (number,)) if text.startswith("-") else number

    return st.sampled_from(texts).map(node)


@st.composite
def conditions(draw: st.DrawFn, terms: st.SearchStrategy[Node], depth: int = 2) -> Node:
    """Return a comparison of terms, or several joined by `and`, `or` and `not`."""
    op = draw(st.sampled_from((*COMPARISONS, "true", "false", *(("and", "or", "not") if depth else ()))))
    if op in COMPARISONS:
        return Node(op, (draw(terms), draw(terms)))
    if op in ("true", "false"):
        return Node(op)
    count = 1 if op == "not" else draw(st.integers(2, 3))
    return Node(op, tuple(draw(conditions(terms, depth - 1)) for _ in range(count)))


def _leaves(names: Sequence[str]) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.sampled_from(names).map(lambda name: Node(VARIABLE, text=name)),
        literals().map(lambda text: Node(NUMBER, text=text)),
        st.sampled_from(sorted(catalogue.CONSTANTS)).map(Node),
    )


@st.composite
def _piecewise(draw: st.DrawFn, terms: st.SearchStrategy[Node]) -> Node:
    count = draw(st.integers(1, 3))
    args = [draw(strategy) for _ in range(count) for strategy in (terms, conditions(terms, 1))]
    if draw(st.booleans()):
        args.append(draw(terms))
    elif count > 1 and args[-1].op == "true":
        args.pop()  # the parser reads a last `True` as otherwise
    return Node(PIECEWISE, tuple(args))
