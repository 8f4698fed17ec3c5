"""The grammar: what a text means, and what is said of a text without a meaning."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcli.errors import EquationError, ExpressionError, LimitError, Span
from derivcli.language.diagnostics import draw
from derivcli.language.parser import parse, parse_equation
from derivcli.language.printer import to_text
from derivcli.language.tree import Node, postorder, variables
from tests.every import examples, for_all
from tests.language import complaint, drawn, outline, read, refusal, short


@for_all(
    ("text", "meaning"),
    [
        ("5*x**4+3*x**3", "add(mul(5, pow(x, 4)), mul(3, pow(x, 3)))"),
        ("a - b + c", "add(a, neg(b), c)"),
        ("a - (b + c)", "add(a, neg(add(b, c)))"),
        ("(a + b) + c", "add(add(a, b), c)"),
        ("a*b*c", "mul(a, b, c)"),
        ("a/b/c", "div(div(a, b), c)"),
        ("a/b*c", "mul(div(a, b), c)"),
        ("a*b/c", "div(mul(a, b), c)"),
        ("-x^2", "neg(pow(x, 2))"),
        ("-x²", "neg(pow(x, 2))"),
        ("-x!", "neg(factorial(x))"),
        ("-x*y", "mul(neg(x), y)"),
        ("2^-3", "pow(2, neg(3))"),
        ("2^-x^2", "pow(2, neg(pow(x, 2)))"),
        ("2^3^x", "pow(2, pow(3, x))"),
        ("x²^3", "pow(pow(x, 2), 3)"),
        ("x^2²", "pow(x, pow(2, 2))"),
        ("2^3!", "pow(2, factorial(3))"),
        ("x!^2", "pow(factorial(x), 2)"),
        ("x²!", "factorial(pow(x, 2))"),
        ("(x!)!", "factorial(factorial(x))"),
        ("x⁻¹", "pow(x, neg(1))"),
        ("x⁺²", "pow(x, 2)"),
        ("--x", "neg(neg(x))"),
        ("+x", "x"),
        ("2--x", "add(2, neg(neg(x)))"),
        ("2*-x", "mul(2, neg(x))"),
        ("2^+x", "pow(2, x)"),
        ("-5 % 3", "mod(neg(5), 3)"),
        ("-7//2", "floordiv(neg(7), 2)"),
        ("x - y % 3", "add(x, neg(mod(y, 3)))"),
        ("√x²", "sqrt(pow(x, 2))"),
        ("√x!", "sqrt(factorial(x))"),
        ("√4x", "mul(sqrt(4), x)"),
        ("√√x", "sqrt(sqrt(x))"),
        ("-√x", "neg(sqrt(x))"),
        ("2√3", "mul(2, sqrt(3))"),
        ("2^√x", "pow(2, sqrt(x))"),
    ],
)
def test_an_operator_binds_as_in_a_book(text: str, meaning: str) -> None:
    assert read(text) == meaning


@for_all(
    ("text", "meaning"),
    [
        ("5x^4", "mul(5, pow(x, 4))"),
        ("2sin(x)", "mul(2, sin(x))"),
        ("3(x+1)", "mul(3, add(x, 1))"),
        ("(x+1)(x-1)", "mul(add(x, 1), add(x, neg(1)))"),
        ("2pi r", "mul(2, pi, r)"),
        ("2πr", "mul(2, pi, r)"),
        ("(x)(y)(z)", "mul(x, y, z)"),
        ("2x y^2", "mul(2, x, pow(y, 2))"),
        ("sin(x)cos(x)", "mul(sin(x), cos(x))"),
        ("x²y", "mul(pow(x, 2), y)"),
        ("x!y", "mul(factorial(x), y)"),
        ("2|x|", "mul(2, abs(x))"),
        ("x√x", "mul(x, sqrt(x))"),
        ("-2x", "mul(neg(2), x)"),
        ("1/2x", "mul(div(1, 2), x)"),
        ("xy", "mul(x, y)"),
        ("2xy", "mul(2, x, y)"),
    ],
)
def test_what_stands_side_by_side_is_multiplied(text: str, meaning: str) -> None:
    assert read(text) == meaning


def test_a_name_with_a_value_multiplies_a_bracket() -> None:
    assert read("x(x+1)", "x") == "mul(x, add(x, 1))"
    assert read("x (y)", "x", "y") == "mul(x, y)"


@for_all(
    ("text", "meaning"),
    [
        ("|x|", "abs(x)"),
        ("||x||", "abs(abs(x))"),
        ("|x||y|", "mul(abs(x), abs(y))"),
        ("|x + |y||", "abs(add(x, abs(y)))"),
        ("|x|^2", "pow(abs(x), 2)"),
        ("|-x|", "abs(neg(x))"),
        ("|(x)|", "abs(x)"),
        ("sin(|x|)", "sin(abs(x))"),
        ("⌊x⌋ + ⌈x⌉", "add(floor(x), ceil(x))"),
        ("⌊x⌈y⌉⌋", "floor(mul(x, ceil(y)))"),
    ],
)
def test_brackets_that_are_functions(text: str, meaning: str) -> None:
    assert read(text) == meaning


@for_all(
    ("condition", "meaning"),
    [
        ("x<y", "lt(x, y)"),
        ("x <= y", "le(x, y)"),
        ("x > y", "gt(x, y)"),
        ("x >= y", "ge(x, y)"),
        ("x == y", "eq(x, y)"),
        ("x != y", "ne(x, y)"),
        ("x! != y", "ne(factorial(x), y)"),
        ("x + 1 > 2y", "gt(add(x, 1), mul(2, y))"),
        ("0 < x < 1", "and(lt(0, x), lt(x, 1))"),
        ("a<1 and b<2 and c<3", "and(lt(a, 1), lt(b, 2), lt(c, 3))"),
        ("a<1 or b<2 or c<3", "or(lt(a, 1), lt(b, 2), lt(c, 3))"),
        ("a<1 or b<2 and c<3", "or(lt(a, 1), and(lt(b, 2), lt(c, 3)))"),
        ("(a<1 or b<2) and c<3", "and(or(lt(a, 1), lt(b, 2)), lt(c, 3))"),
        ("not a<1 and b<2", "and(not(lt(a, 1)), lt(b, 2))"),
        ("not (a<1 and b<2)", "not(and(lt(a, 1), lt(b, 2)))"),
        ("not not a<1", "not(not(lt(a, 1)))"),
        ("((x)) < (1)", "lt(x, 1)"),
        ("True", "true"),
        ("False", "false"),
    ],
)
def test_a_condition_reads_as_in_python(condition: str, meaning: str) -> None:
    assert read(f"where({condition}, 1, 2)") == f"piecewise(1, {meaning}, 2)"


def python(node: ast.expr) -> str:
    """Return the outline of Python's own reading, its sums and products in pairs."""
    match node:
        case ast.BinOp(left, ast.Sub(), right):
            return f"add({python(left)}, neg({python(right)}))"
        case ast.BinOp(left, op, right):
            names = {"Add": "add", "Mult": "mul", "Div": "div", "FloorDiv": "floordiv", "Mod": "mod", "Pow": "pow"}
            return f"{names[type(op).__name__]}({python(left)}, {python(right)})"
        case ast.UnaryOp(ast.USub(), operand):
            return f"neg({python(operand)})"
        case ast.UnaryOp(ast.UAdd(), operand):
            return python(operand)
        case _:
            return ast.unparse(node)


def in_pairs(root: Node) -> str:
    """Return the outline of our reading, its sums and products in pairs."""
    done: list[str] = []
    for node in postorder(root):
        start = len(done) - len(node.args)
        args = done[start:]
        del done[start:]
        text = (node.text or node.op) if not args else f"{node.op}({', '.join(args[:2])})"
        for arg in args[2:]:
            text = f"{node.op}({text}, {arg})"
        done.append(text)
    return done[0]


ARITHMETIC = st.recursive(
    st.sampled_from(("x", "y", "z", "2", "3.5")),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(("+", "-", "*", "/", "//", "%", "**")), inner).map(" ".join),
        inner.map("({})".format),
        inner.map("-{}".format),
        inner.map("+{}".format),
    ),
    max_leaves=12,
)


@given(ARITHMETIC)
@examples(50, 300)
def test_arithmetic_reads_as_in_python(text: str) -> None:
    assert in_pairs(parse(text).tree) == python(ast.parse(text, mode="eval").body)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("y = x^2", "pow(x, 2)"),
        ("f(x) = x^2", "pow(x, 2)"),
        ("f(x, y) = x*y", "mul(x, y)"),
        ("E_n = 2", "2"),
    ],
)
def test_a_definition_means_its_right_hand_side(text: str, meaning: str) -> None:
    assert read(text) == meaning


@for_all(
    ("text", "caret"),
    [
        ("x = x^2", "  ^"),
        ("y = x = 2", "  ^"),
        ("2 = x", "  ^"),
        ("f(2) = x", "     ^"),
        ("f() = x", "    ^"),
        ("f(x) = f(x)", "     ^"),
        ("3! = x", "   ^"),
        ("= = x", "  ^"),
        ("where(x = 1, 2, 3)", "        ^"),
    ],
)
def test_any_other_equation_is_refused(text: str, caret: str) -> None:
    hint = "give one side of it, or write `==` for a condition"
    assert complaint(text) == drawn("this is an equation, not an expression", text, caret, hint)
    assert isinstance(refusal(parse, text), EquationError)


@pytest.mark.parametrize(
    ("text", "caret", "variable"),
    [
        ("x^2 + y^2 = 1", "          ^", "y"),
        ("sin(b*a) = a*pi and b", "         ^", "b"),
        ("x = where(y == 1, 2, x)", "  ^", "x"),
    ],
)
def test_an_equation_of_several_variables_is_offered_as_a_curve(text: str, caret: str, variable: str) -> None:
    rest = "give one side of it, or write `==` for a condition"
    hint = f"add --implicit {variable} for the slope of the curve, or {rest}"
    assert complaint(text) == drawn("this is an equation, not an expression", text, caret, hint)


@for_all("text", ["1/2x", "1/x y", "a/b c", "2/3pi", "e^2 x", "2^3 x", "1/2(x+1)"])
def test_an_implied_product_that_may_surprise_is_said(text: str) -> None:
    (note,) = parse(f"3 + {text}").notes
    said = re.fullmatch("`(.*)` was read as `(.*)`", note)
    assert said is not None
    assert said[1] == text
    assert "*" in said[2]
    assert read(said[2]) == read(text)


@for_all("text", ["5x^4", "2pi r", "x^2y", "1/2*x", "(1/2)x", "1/(2x)", "3(x+1)", "e^(2x)", "sin(x)^2"])
def test_a_reading_that_cannot_surprise_is_not_said(text: str) -> None:
    assert parse(text).notes == ()


COMMA = "a decimal point is written `.`; a comma separates arguments"
WHERE = "use it in `where(condition, a, b)`"
MULTIPLY = "write `*` to multiply or `^` for a power"


@for_all(
    ("text", "message"),
    [
        ("x +", drawn("something is missing after `+`", "x +", "  ^")),
        ("x**", drawn("something is missing after `**`", "x**", " ^^")),
        ("sin(x,)", drawn("something is missing after `,`", "sin(x,)", "     ^")),
        ("(x+)*y", drawn("something is missing after `+`", "(x+)*y", "  ^")),
        ("x + *y", drawn("something is missing before `*`", "x + *y", "    ^")),
        ("x* *y", drawn("something is missing before `*`", "x* *y", "   ^", "write `^` or `**` for a power")),
        ("*x", drawn("something is missing before `*`", "*x", "^")),
        ("!x", drawn("something is missing before `!`", "!x", "^")),
        ("and", drawn("something is missing before `and`", "and", "^^^")),
        ("()", drawn("there is nothing inside", "()", "^^")),
        ("2*||", drawn("there is nothing inside", "2*||", "   ^")),
        ("(x", drawn("`(` is never closed", "(x", "^")),
        ("2*(x+(y)", drawn("`(` is never closed", "2*(x+(y)", "  ^")),
        ("|x", drawn("`|` is never closed", "|x", "^")),
        ("⌊x", drawn("`⌊` is never closed", "⌊x", "^")),
        ("sin(x", drawn("`(` is never closed", "sin(x", "   ^")),
        ("x)", drawn("`)` was never opened", "x)", " ^")),
        ("x⌋", drawn("`⌋` was never opened", "x⌋", " ^")),
        ("2 3", drawn("two numbers side by side", "2 3", "^^^", "write `2*3` to multiply")),
        (
            "x + 1 000",
            drawn(
                "two numbers side by side",
                "x + 1 000",
                "    ^^^^^",
                "write `1000` for one number, or `1*000` to multiply",
            ),
        ),
        ("x + 2 3.5", drawn("two numbers side by side", "x + 2 3.5", "    ^^^^^", "write `2*3.5` to multiply")),
        ("x 2", drawn("a number cannot follow directly", "x 2", "  ^", MULTIPLY)),
        ("x^2 2^x", drawn("a number cannot follow directly", "x^2 2^x", "  ^^^", "write `x^2*2^x` to multiply")),
        ("x²2", drawn("a number cannot follow directly", "x²2", "  ^", MULTIPLY)),
        ("x!2", drawn("a number cannot follow directly", "x!2", "  ^", MULTIPLY)),
        (
            "3!!",
            drawn("two factorial signs in a row", "3!!", "  ^", "write `factorial(factorial(x))` if that is meant"),
        ),
        ("2,5*x", drawn("a comma has no meaning here", "2,5*x", " ^", COMMA)),
        ("|1, 2|", drawn("a comma has no meaning here", "|1, 2|", "  ^", COMMA)),
        ("x < y", drawn("this is a condition, not a number", "x < y", "^^^^^", WHERE)),
        ("True", drawn("this is a condition, not a number", "True", "^^^^", WHERE)),
        ("1 + (x > 1)", drawn("this is a condition, not a number", "1 + (x > 1)", "    ^^^^^^^", WHERE)),
        ("sin(x > 1)", drawn("this is a condition, not a number", "sin(x > 1)", "    ^^^^^", WHERE)),
        ("|x > 1|", drawn("this is a condition, not a number", "|x > 1|", " ^^^^^", WHERE)),
        ("(x > 1)!", drawn("this is a condition, not a number", "(x > 1)!", "^^^^^^^", WHERE)),
        ("x and y>1", drawn("this is a number, not a condition", "x and y>1", "^", "compare it, such as `x > 0`")),
        ("not x", drawn("this is a number, not a condition", "not x", "    ^", "compare it, such as `x > 0`")),
        ("", "error: the expression is empty\nhint: give one, such as `x^2`"),
        (" \t ", "error: the expression is empty\nhint: give one, such as `x^2`"),
    ],
)
def test_the_complaint_points_at_what_is_wrong(text: str, message: str) -> None:
    assert complaint(text) == message


def test_every_node_knows_where_it_stands() -> None:
    text = "2sin(x) - |y|^2/(a + b)"
    stands = {text[slice(*node.span)] for node in postorder(parse(text).tree)}
    assert stands >= {text, "2sin(x)", "sin(x)", "|y|^2/(a + b)", "|y|^2", "|y|", "a", "b", "2", "x", "y"}


def test_variables_come_in_order_of_appearance() -> None:
    assert variables(parse("v*u + u^2 + pi*a").tree) == ("v", "u", "a")


PIECES = (
    *(
        "x",
        "y",
        "2",
        ".5",
        "1e5",
        "+",
        "-",
        "*",
        "/",
        "//",
        "%",
        "^",
        "**",
        "!",
        "²",
        "√",
        "(",
        ")",
        "|",
        "⌊",
        "⌋",
        ",",
    ),
    *("<", "<=", "==", "=", "and", "or", "not", "True", "sin", "sin(", "log(", "where(", "Piecewise((", "pi", "e", " "),
)
PASTED = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))


@given(PASTED)
@examples(80, 600)
def test_any_text_at_all_is_read_or_refused(text: str) -> None:
    error = refusal(parse, text)
    if error is None:
        tree = parse(text).tree
        assert parse(to_text(tree)).tree == tree
    else:
        assert isinstance(error, (ExpressionError, LimitError))
        assert error.source == text
        assert error.span is None or 0 <= error.span.start < error.span.end <= len(text)
        assert draw(error).startswith("error: ")


@pytest.mark.parametrize(
    ("text", "op", "count"),
    [
        (" + ".join(["x"] * 10_000), "add", 10_000),
        (" - ".join(["x"] * 2_000), "add", 2_000),
        ("*".join(["x"] * 2_000), "mul", 2_000),
        (" ".join(["x"] * 2_000), "mul", 2_000),
        (f"max({', '.join(['x'] * 2_000)})", "max", 2_000),
        ("/".join(["x"] * 500), "div", 2),
        ("//".join(["x"] * 500), "floordiv", 2),
        ("%".join(["x"] * 500), "mod", 2),
        ("^".join(["x"] * 500), "pow", 2),
        ("-" * 499 + "x", "neg", 1),
        ("√" * 499 + "x", "sqrt", 1),
        ("+" * 500 + "x", "variable", 0),
        (f"where({' and '.join(['x>0'] * 2_000)}, 1, 2)", "piecewise", 3),
        (f"where({' or '.join(['x>0'] * 2_000)}, 1, 2)", "piecewise", 3),
        (f"piecewise({', '.join(['1, x>0'] * 2_000)})", "piecewise", 4_000),
    ],
    ids=short,
)
def test_long_chains_are_read(text: str, op: str, count: int) -> None:
    tree = parse(text).tree
    assert (tree.op, len(tree.args)) == (op, count)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5_000 + "x" + ")" * 5_000,
        "(" * 5_000,
        "sin(" * 5_000,
        "-" * 5_000 + "x",
        "√" * 5_000 + "x",
        "|" * 5_000,
        "⌊" * 5_000,
        "x/" * 5_000 + "x",
        "x^" * 5_000 + "x",
        "x^-" * 5_000 + "x",
        "2^(" * 5_000,
        "where(" * 5_000,
        f"where({'not ' * 5_000}x>0, 1, 2)",
        "x" + " ²" * 5_000,
        "1+(" * 5_000,
    ],
    ids=short,
)
def test_depth_without_end_is_an_error_and_not_a_crash(text: str) -> None:
    start = time.monotonic()
    error = refusal(parse, text)
    assert isinstance(error, LimitError)
    assert error.message == "the expression is nested too deeply: the limit is 500 levels"
    assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    "text", [")" * 20_000, "," * 20_000, "!" * 20_000, "x" + "!" * 20_000, "= " * 20_000], ids=short
)
def test_nonsense_without_end_is_an_error_and_not_a_hang(text: str) -> None:
    start = time.monotonic()
    assert isinstance(refusal(parse, text), ExpressionError)
    assert time.monotonic() - start < 10


@for_all(("first", "second"), [("x", "\ny"), ("2x", "\ny"), ("sin(x)", "\n(y)"), ("x", "  \n\n  y"), ("(x", "\r\ny)")])
def test_a_line_that_begins_with_a_factor_is_a_second_expression(first: str, second: str) -> None:
    error = refusal(parse, first + second)
    assert error is not None
    assert error.message == "a new line starts a second expression"
    assert error.span is not None
    assert error.span.start == len(first) + len(second) - len(second.lstrip())


@for_all("text", ["x *\ny", "x\n*y", "x*y\n", "\nx y", "x y"])
def test_a_line_that_goes_on_after_a_sign_is_no_second_expression(text: str) -> None:
    assert outline(parse(text).tree) == "mul(x, y)"


HEAVY = ("torch", "sympy", "mpmath", "rich", "typer")


def loaded_by(statement: str) -> set[str]:
    """Return which heavy libraries a fresh Python has loaded after a statement."""
    code = f"{statement}; import sys; print(*set({HEAVY!r}) & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("module", ["parser", "latex", "limits", "diagnostics"])
def test_the_language_loads_no_heavy_library(module: str) -> None:
    assert loaded_by(f"import derivcli.language.{module}") == set()


def test_reading_and_refusing_a_text_load_no_heavy_library() -> None:
    statement = "from derivcli.language.parser import parse; parse('sin(x)^2 + gamma(x)')"
    assert loaded_by(statement) == set()


def test_the_check_for_heavy_libraries_can_fail() -> None:
    assert loaded_by("import mpmath") == {"mpmath"}


def test_the_span_of_an_error_counts_characters_of_the_source() -> None:
    error = refusal(parse, "  α + sine(x)")
    assert error is not None
    assert error.span == Span(6, 10)


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("x^2 + y^2 = 25", "add(pow(x, 2), pow(y, 2))", "25"),
        ("x^2 + y^2 == 25", "add(pow(x, 2), pow(y, 2))", "25"),
        ("x*y - 1", "add(mul(x, y), neg(1))", "0"),
        ("y = x^2", "y", "pow(x, 2)"),
        ("where(x == 0, 1, x) = y", "piecewise(1, eq(x, 0), x)", "y"),
    ],
)
def test_an_equation_has_two_sides(text: str, left: str, right: str) -> None:
    sides = parse_equation(text)
    assert [outline(side.tree) for side in sides] == [left, right]


def test_the_notes_of_both_sides_are_kept() -> None:
    left, right = parse_equation("1/2x = 1/3y")
    assert len(left.notes) == len(right.notes) == 1


@pytest.mark.parametrize(
    ("text", "message", "caret"),
    [
        ("x = y = 3", "a second equals sign", "      ^"),
        ("x == y == 3", "a second equals sign", "       ^^"),
        ("x = 3 +* 2", "something is missing before `*`", "       ^"),
        ("2 x) = 3", "`)` was never opened", "   ^"),
    ],
)
def test_an_equation_that_cannot_be_read_is_drawn_with_a_caret(text: str, message: str, caret: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_equation(text)
    assert draw(caught.value).splitlines()[:3] == [f"error: {message}", f"  {text}", f"  {caret}"]


@pytest.mark.parametrize("text", ["x = ", "= 3", "="])
def test_an_equation_without_a_side_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError, match="the expression is empty"):
        parse_equation(text)


def test_a_text_that_was_read_before_is_read_by_what_is_known_now() -> None:
    assert outline(parse("xy").tree) == "mul(x, y)"
    assert outline(parse("xy", ["xy"]).tree) == "xy"
    assert parse("xy").tree is parse("xy").tree
    for _ in range(2):
        with pytest.raises(ExpressionError) as caught:
            parse("2*(")
        assert caught.value.source == "2*("
