r"""What the tool writes as LaTeX can be read again."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given

from derivcli.errors import DerivError
from derivcli.language import catalogue
from derivcli.language.latex import to_latex
from derivcli.language.lowering import compile_tree, to_tree
from derivcli.language.parser import parse, parse_equation
from derivcli.language.tree import NUMBER, Node
from tests.every import examples, for_all
from tests.language import outline, refusal
from tests.language.meanings import canonical, meaning, variable
from tests.strategies import expressions

# Letters that are functions, constants or signs elsewhere, beside plain ones.
NAMES = (
    "x",
    "y",
    "f",
    "g_1",
    "d",
    "dx",
    "rate",
    "E_n",
    "x_12",
    "alpha",
    "gamma",
    "sigma",
    "zeta",
    "Phi",
    "Delta",
    "tau",
)
X, TWO = variable("x"), Node(NUMBER, text="2")


def again(tree: Node) -> str:
    """Return the outline of what the LaTeX of a tree means, in one form."""
    return outline(canonical(parse(to_latex(tree)).tree))


def calls(row: catalogue.Function) -> list[Node]:
    """Return a call of a function for each number of arguments that it takes."""
    names = [
        TWO if name == row.literal else variable(letter) for name, letter in zip(row.parameters, "xyzt", strict=False)
    ]
    names += [variable(letter) for letter in "uvw"]
    return [Node(row.name, tuple(names[:count])) for count in range(row.least, (row.most or 3) + 1)]


def around(call: Node) -> list[Node]:
    """Return a call in the places where a reader may lose where it ends."""
    negative = Node("neg", (TWO,))
    group = Node("add", (X, TWO))
    return [
        call,
        Node("pow", (call, TWO)),
        Node("pow", (call, negative)),
        Node("pow", (call, X)),
        Node("mul", (X, call, group)),
        Node("mul", (TWO, group, call)),
        Node("sin", (call,)),
        Node("div", (Node("neg", (call,)), call)),
    ]


@for_all("name", sorted(catalogue.FUNCTIONS))
def test_every_row_of_the_catalogue_can_be_read_again(name: str) -> None:
    for call in calls(catalogue.FUNCTIONS[name]):
        for tree in around(call):
            assert again(tree) == outline(canonical(tree)), to_latex(tree)


@for_all("name", NAMES)
def test_a_name_is_the_same_variable_again_wherever_it_stands(name: str) -> None:
    letter, group = variable(name), Node("add", (X, TWO))
    square = Node("pow", (letter, TWO))
    for left, right in product(
        (letter, square, Node("mul", (TWO, letter))), (group, letter, X, square, Node("neg", (X,)))
    ):
        for tree in (
            Node("mul", (left, right)),
            Node("div", (left, right)),
            Node("div", (left, Node("mul", (left, right)))),
        ):
            assert again(tree) == outline(canonical(tree)), to_latex(tree)


@given(expressions(names=NAMES))
@examples(37, 150)
def test_any_expression_can_be_read_again(tree: Node) -> None:
    assert again(tree) == outline(canonical(tree)), to_latex(tree)


@given(expressions(names=NAMES))
@examples(15, 60)
def test_what_a_program_becomes_can_be_read_again(tree: Node) -> None:
    program = to_tree(compile_tree(tree))
    if any(word in to_latex(program) for word in ("undefined", r"\text{nan}")):
        return  # a branch that is never taken has no value to be written
    assert again(program) == outline(canonical(program)), to_latex(program)


def test_the_check_can_fail() -> None:
    assert meaning("exp(x)") == meaning("e^x")
    assert meaning("exp(x)*y") != meaning("e^(x*y)")


PIECES = (
    *("\\frac", "{", "}", "(", ")", "[", "]", "^", "_", "\\sin", "\\ln", "x", "2", "12", "\\left(", "\\right)", "|"),
    *("\\begin{cases}", "\\end{cases}", "&", "\\\\", "\\text{if}", "\\text{otherwise}", ",", "-", "\\cdot", "/", "="),
    *(
        "\\sqrt",
        "'",
        "\\prime",
        "\\over",
        "\\dv",
        "\\bar",
        "\\circ",
        "!",
        "<",
        "\\log",
        "\\sigma",
        "\\partial",
        "$",
        "d",
    ),
    *(
        "\\operatorname{J}",
        "{}",
        "_2F_1",
        "\\mbox{if $x$}",
        "\\,",
        "\\",
        "θ",
        "²",
        "%",
        "\\rm e",
        "\\left\\{",
        "\\right.",
    ),
)


@pytest.mark.parametrize("read", [parse, parse_equation])
def test_any_pieces_are_read_or_refused_with_a_place(read: object) -> None:
    assert callable(read)
    for parts in product(PIECES, repeat=2):
        for text in ("\\pi" + "".join(parts), "".join(parts) + "\\pi x"):
            error = refusal(read, text)
            if isinstance(error, DerivError):
                assert error.span is not None or "empty" in error.message, text
                if error.span is None:
                    continue
                assert 0 <= error.span.start <= error.span.end <= len(text), text
                assert "``" not in error.message, text


@pytest.mark.parametrize(
    ("name", "latex"),
    [("x[0]", "x_{[0]}"), ("x[1,2]", "x_{[1,2]}"), ("c_d[1]", "c_{d[1]}"), ("rate[3]", r"\mathit{rate}_{[3]}")],
)
def test_a_name_with_an_index_is_written_below_and_read_again(name: str, latex: str) -> None:
    tree = parse(f"{name}^2").tree
    assert to_latex(tree) == f"{latex}^{{2}}"
    assert parse(f"${to_latex(tree)}$").tree == tree
