"""Any text at all is read or refused, what is read is printed so that it reads the same, and twice the text takes
twice the work.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from derivcli.errors import DerivError, ExpressionError, LimitError, Span
from derivcli.language.diagnostics import draw
from derivcli.language.parser import parse, parse_equation
from derivcli.language.printer import to_text
from derivcli.language.tree import Node, postorder, variables
from tests.every import at_night, examples, for_all

if TYPE_CHECKING:
    from types import FrameType

NAMES = ("x", "y", "t", "a", "d", "e", "f", "k", "xy", "ax", "kt", "xsinx", "sinx", "cos2x", "lnx", "asinx", "mass")
DOUBTFUL = (
    "sin2",
    "xsin2",
    "log3",
    "log2x",
    "sinx2",
    "ansqrt",
    "a1x",
    "Ae",
    "pie",
    "xT",
    "lnsin",
    "log_2",
    "nk",
    "dxdy",
)
FUNCTIONS = ("sin", "ln", "log", "log2", "exp", "sqrt", "atan2", "max", "where", "gamma", "Sin", "LN", "SQRT", "Asin")
NUMBERS = ("2", "0.5", ".5", "1.", "1e5", "2.5d-3", "3.2x10^-4", "0,5", "x10", "x2", "x0e")
SIGNS = (
    *("+", "-", "*", "/", "//", "%", "^", "**", ".^", ".*", "./", "!", "²", "⁻¹", "√", "|", "⌊", "⌋", ",", "'", "∂"),
    *("<", "<=", "==", "=", "!=", ":=", "<-", "~", "&&", "||", "?", ":", ";", "and", "or", "not", "True"),
)
BRACKETS = ("(", ")", "[", "]", "{", "}", "(x+1)", "(2)", "[0]", "[m/s]", "sin(", "f(", "diff(", "d(", "where(x>0,1,2)")
NOTATIONS = (
    "d/dx",
    "d^2/dx^2",
    "∂/∂x",
    "dy/dx",
    "/dx",
    "y' =",
    "y =",
    "f(x) =",
    "derivative of",
    "at",
    "of",
    "if",
    "D(x)",
)
BLANKS = (" ", " ", " ", "\n", "\t")
PIECES = (*NAMES, *DOUBTFUL, *FUNCTIONS, *NUMBERS, *SIGNS, *BRACKETS, *NOTATIONS, *BLANKS)
GIVEN = ("x", "y", "d", "e", "xy", "sin", "f", "x10", "at", "mass")

TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=20).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join),
    st.text(max_size=40),
)
# Mostly readable: factors, functions and signs without brackets that have to match.
FACTORS = st.sampled_from(
    (*NAMES, *DOUBTFUL, "2", "0.5", "sin ", "ln ", "sin(x)", "(x+1)", "x^2", "e^x", "e^(2x)", "√x", "|x|", " ")
)
FORMULAS = st.lists(
    st.tuples(st.lists(FACTORS, min_size=1, max_size=4).map("".join), st.sampled_from("+-*/^ ")), min_size=1, max_size=4
).map(lambda terms: "".join("".join(term) for term in terms)[:-1])


def assert_typed(error: DerivError, text: str) -> None:
    """Assert that an error is one of ours, and points into the text."""
    assert isinstance(error, (ExpressionError, LimitError))
    assert error.source == text
    assert error.span is None or 0 <= error.span.start < error.span.end <= len(text)
    assert draw(error).startswith("error: ")


def lies_within(root: Node, text: str) -> bool:
    """Tell whether each part of a tree stands in the text."""
    spans = [node.span for node in postorder(root)]
    return all(Span(0, 0) <= span and 0 <= span.start <= span.end <= len(text) for span in spans)


@given(st.one_of(TEXTS, FORMULAS), st.sets(st.sampled_from(GIVEN)), st.booleans())
@examples(50, 400)
def test_any_text_is_read_or_refused_and_reads_the_same_when_printed(
    text: str, names: set[str], at_point: bool
) -> None:
    try:
        parsed = parse(text, names, at_point=at_point)
    except DerivError as error:
        assert_typed(error, text)
        return
    assert lies_within(parsed.tree, text)
    asked = parsed.asked.names if parsed.asked else ()
    # What is printed is read with the names that it has, as --at or --wrt would give them.
    known = {*names, *asked, *variables(parsed.tree)}
    assert parse(to_text(parsed.tree), known).tree == parsed.tree
    assert all(note.isprintable() or "\n" in text or "\t" in text for note in parsed.notes)


@given(st.one_of(TEXTS, FORMULAS), st.sets(st.sampled_from(GIVEN)))
@examples(37, 150)
def test_any_equation_is_read_or_refused(text: str, names: set[str]) -> None:
    try:
        left, right = parse_equation(text, names)
    except DerivError as error:
        assert_typed(error, text)
        return
    for side in (left.tree, right.tree):
        assert parse(to_text(side), {*names, *variables(side)}).tree == side


@given(FORMULAS)
@example("x^2^x")
@examples(37, 150)
def test_what_is_printed_needs_no_notes(text: str) -> None:
    try:
        tree = parse(text).tree
    except DerivError:
        return
    again = parse(to_text(tree), variables(tree))
    assert [note for note in again.notes if "was read as" in note] == []


def work(text: str) -> int:
    """Return how many functions are called to read or to refuse a text: the work without a clock."""
    calls = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        parse(text)
    except DerivError:
        pass
    finally:
        sys.setprofile(before)
    return calls


SHAPES = {
    "sum": "x+",
    "product": "x*",
    "product without signs": "x ",
    "letters": "ax ",
    "products in names": "xsinx+",
    "names of many lengths": "abcdefgh*",
    "bare functions": "sin x+",
    "bare functions in a product": "sin x ",
    "bare functions before a division": "ln x/x+",
    "bare functions with powers": "sin^2 x ",
    "calls": "sin(x)+",
    "calls with a blank": "sin (x)(x+1)+",
    "brackets": "(x+1)",
    "brackets after letters": "x(x+1)",
    "square brackets": "[x]+",
    "indices": "x[0]+",
    "powers": "x^2+",
    "exponents of constants": "e^-x/2+",
    "powers and products": "x^2y+",
    "roots": "√2x+",
    "absolute values": "|x|+",
    "factorials": "x!+",
    "per mille": "x%2+",
    "torn numbers": "1d0+",
    "numbers of Fortran": "1.d0+",
    "powers of ten": "3x10^8+",
    "quotients of differentials": "dy/dx+",
    "long differentials": "d/dabc+",
    "equations": "x=",
    "definitions": "y:=",
    "primes": "x'",
    "commas": "x,",
    "words": "of ",
    "signs of partial derivatives": "∂",
    "semicolons": "x;",
}
WITHIN = {
    "comparisons": ("where(x", "<x", ",1,2)"),
    "and": ("where(x>0", " and x>0", ",1,2)"),
    "bars": ("where(x>0", "||x>0", ",1,2)"),
    "arguments": ("max(x", ",x", ")"),
    "derivative": ("d/dx(x", "+x", ")"),
    "diff": ("diff(x", "+x", ", x)"),
    "diff by many": ("diff(x", ",x", ")"),
    "d at the start": ("d(x", "+x", ")/dx"),
    "d before factors": ("d x", " x", "/dx"),
    "primes at the end": ("(x", "+x", ")''"),
    "an argument that goes on": ("sin 2", " x", "*y"),
    "an argument of constants": ("sin 2", " pi", "*y"),
    "an exponent that goes on": ("e^2", "x", ""),
    "a bracket after digits": ("sin2(x", "+x", ")"),
    "prose": ("derivative of x", " + x", " with respect to x"),
}
LENGTH = 200
MOST = 2.3  # times the work for twice the length


@pytest.mark.parametrize("shape", [*list(SHAPES)[::2], *at_night(*list(SHAPES)[1::2])])
def test_twice_the_text_takes_twice_the_work(shape: str) -> None:
    once, twice = (work(SHAPES[shape] * count + "x") for count in (LENGTH, 2 * LENGTH))
    assert twice <= MOST * once


@pytest.mark.parametrize("shape", WITHIN)
def test_twice_the_text_between_brackets_takes_twice_the_work(shape: str) -> None:
    start, middle, end = WITHIN[shape]
    once, twice = (work(start + middle * count + end) for count in (LENGTH, 2 * LENGTH))
    assert twice <= MOST * once


@for_all(("opener", "closer"), [("(", ")"), ("sin(", ")"), ("[", "]"), ("-", ""), ("sin ", ""), ("|", "|")])
def test_twice_the_depth_takes_twice_the_work(opener: str, closer: str) -> None:
    once, twice = (work(opener * depth + "x" + closer * depth) for depth in (200, 400))
    assert twice <= MOST * once


def test_the_count_of_work_can_fail() -> None:
    assert work("x+" * 100 + "x") > MOST * work("x+" * 20 + "x")
