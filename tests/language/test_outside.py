"""What stands around an expression: left sides that are dropped, notations that say what is asked."""

from __future__ import annotations

import pytest

from derivcli.errors import DerivError
from derivcli.language.derivatives import Asked
from derivcli.language.diagnostics import draw
from derivcli.language.parser import parse, parse_equation
from tests.every import for_all
from tests.language import complaint, drawn, outline, read

LEFT_OUT = "`{}` was left out: the right side is differentiated"
WHOLE = "`{}` was read as the derivative of all that follows it"
INSIDE = "a derivative stands inside an expression"
ALONE = "ask for it alone: `d/dx` before the whole expression"


@for_all(
    ("text", "meaning", "order", "names"),
    [
        ("d/dx x^2", "pow(x, 2)", 1, ("x",)),
        ("d/dx(x^2)", "pow(x, 2)", 1, ("x",)),
        ("d / dx [x^2]", "pow(x, 2)", 1, ("x",)),
        ("d/dx sin 2x", "sin(mul(2, x))", 1, ("x",)),
        ("d/dx xsinx", "mul(x, sin(x))", 1, ("x",)),
        ("d(x^2)/dx", "pow(x, 2)", 1, ("x",)),
        ("d{x^2}/dx", "pow(x, 2)", 1, ("x",)),
        ("d^2/dx^2 x^3", "pow(x, 3)", 2, ("x", "x")),
        ("d²/dx² x^3", "pow(x, 3)", 2, ("x", "x")),
        ("d^3/dx^3(x^4)", "pow(x, 4)", 3, ("x", "x", "x")),
        ("d^2(x^3)/dx^2", "pow(x, 3)", 2, ("x", "x")),
        ("d/dtheta sin(theta)", "sin(theta)", 1, ("theta",)),
        ("d/dθ sin θ", "sin(θ)", 1, ("θ",)),
        ("d/dx1 x1^2", "pow(x1, 2)", 1, ("x1",)),
        ("d/drate rate^2", "pow(rate, 2)", 1, ("rate",)),
        ("∂/∂x (x^2*y)", "mul(pow(x, 2), y)", 1, ("x",)),
        ("∂(x^2*y)/∂y", "mul(pow(x, 2), y)", 1, ("y",)),
        ("∂²/∂x∂y (x*y)", "mul(x, y)", 2, ("x", "y")),
        ("∂^2/∂x^2 (x*y)", "mul(x, y)", 2, ("x", "x")),
        ("d^2/dxdy (x*y)", "mul(x, y)", 2, ("x", "y")),
        ("diff(x^2, x)", "pow(x, 2)", 1, ("x",)),
        ("diff(x^2, x, 2)", "pow(x, 2)", 2, ("x", "x")),
        ("diff(x*y, x, y)", "mul(x, y)", 2, ("x", "y")),
        ("diff(max(x, y), x)", "max(x, y)", 1, ("x",)),
        ("Derivative(x**2, (x, 2))", "pow(x, 2)", 2, ("x", "x")),
        ("diff(x^2)", "pow(x, 2)", 1, ()),
        ("D(x^2)", "pow(x, 2)", 1, ()),
        ("D(x^2, x)", "pow(x, 2)", 1, ("x",)),
        ("deriv(x^2)", "pow(x, 2)", 1, ()),
        ("deriv(x^2, x)", "pow(x, 2)", 1, ("x",)),
        ("differentiate(x^2, x)", "pow(x, 2)", 1, ("x",)),
        ("(x^2)'", "pow(x, 2)", 1, ()),
        ("(x^2)''", "pow(x, 2)", 2, ()),
        ("[x^2]′", "pow(x, 2)", 1, ()),
        ("((x+1)(x+2))'", "mul(add(x, 1), add(x, 2))", 1, ()),
        ("derivative of x^2", "pow(x, 2)", 1, ()),
        ("the derivative of sin x", "sin(x)", 1, ()),
        ("find the derivative of x^2", "pow(x, 2)", 1, ()),
        ("second derivative of x^3", "pow(x, 3)", 2, ()),
        ("Derivative of X^2 with respect to X", "pow(X, 2)", 1, ("X",)),
        ("derivative of x^2*y with respect to y", "mul(pow(x, 2), y)", 1, ("y",)),
        ("second derivative of x^3 wrt x", "pow(x, 3)", 2, ("x", "x")),
        ("partial derivative of x*y with respect to y", "mul(x, y)", 1, ("y",)),
        ("what is the derivative of x^3?", "pow(x, 3)", 1, ()),
        ("differentiate x^2", "pow(x, 2)", 1, ()),
        ("differentiate twice x^3", "pow(x, 3)", 2, ()),
        ("differentiate twice with respect to x: y*x^3", "mul(y, pow(x, 3))", 2, ("x", "x")),
        ("y = d/dx x^2", "pow(x, 2)", 1, ("x",)),
        ("= diff(x^2, x);", "pow(x, 2)", 1, ("x",)),
        ("d/dx d/dx x^5", "pow(x, 5)", 2, ("x", "x")),
        ("d/dx d/dy (x*y)", "mul(x, y)", 2, ("x", "y")),
        ("d/dx (d^2/dx^2 x^5)", "pow(x, 5)", 3, ("x", "x", "x")),
        ("x^2 with respect to x", "pow(x, 2)", 1, ("x",)),
        ("x*y wrt y", "mul(x, y)", 1, ("y",)),
        ("find dy/dx if y = x^2", "pow(x, 2)", 1, ("x",)),
        ("what is dy/dx if y = x^2?", "pow(x, 2)", 1, ("x",)),
        ("dy/dx of y = x^3", "pow(x, 3)", 1, ("x",)),
        ("dy/dx of x^2", "pow(x, 2)", 1, ("x",)),
        ("what is dy/dx of sin(x)?", "sin(x)", 1, ("x",)),
        ("d^2y/dx^2 of x^3", "pow(x, 3)", 2, ("x", "x")),
        ("df/dx for x*y", "mul(x, y)", 1, ("x",)),
        ("y' of x^2", "pow(x, 2)", 1, ()),
        ("find f''(x) of x^3", "pow(x, 3)", 2, ("x", "x")),
        ("derivative of x*y in respect to y", "mul(x, y)", 1, ("y",)),
        ("d^2y/dx^2 where y = x^4", "pow(x, 4)", 2, ("x", "x")),
        ("∂z/∂x given that z = x*y", "mul(x, y)", 1, ("x",)),
        ("y = x^3; dy/dx", "pow(x, 3)", 1, ("x",)),
        ("y = x^3, find dy/dx", "pow(x, 3)", 1, ("x",)),
        ("y = x^4; d²y/dx²", "pow(x, 4)", 2, ("x", "x")),
        ("y = x^4; d2y/dx2", "pow(x, 4)", 2, ("x", "x")),
        ("find d3s/dt3 if s = t^4", "pow(t, 4)", 3, ("t", "t", "t")),
        ("z = x*y; ∂z/∂y", "mul(x, y)", 1, ("y",)),
        ("find d/dx of x^2", "pow(x, 2)", 1, ("x",)),
        ("what is d/dx x^2?", "pow(x, 2)", 1, ("x",)),
        ("find diff(x^2, x, 2)", "pow(x, 2)", 2, ("x", "x")),
        ("What's the derivative of x^2?", "pow(x, 2)", 1, ()),
        ("please find the derivative of x^2", "pow(x, 2)", 1, ()),
        ("derivative x^2", "pow(x, 2)", 1, ()),
        ("2nd derivative of x^3", "pow(x, 3)", 2, ()),
        ("the tenth derivative of x^3 wrt x", "pow(x, 3)", 10, ("x",) * 10),
        ("derivative of y = x^2", "pow(x, 2)", 1, ()),
        ("Differentiate the function f(x) = sin(x).", "sin(x)", 1, ()),
        ("differentiate with respect to x: x^2*y", "mul(pow(x, 2), y)", 1, ("x",)),
        ("derivative of x*y w.r.t. y", "mul(x, y)", 1, ("y",)),
        ("derivative of x*y for y", "mul(x, y)", 1, ("y",)),
        ("partial derivative with respect to x of x*y", "mul(x, y)", 1, ("x",)),
        ("ⅆ/ⅆx x^2", "pow(x, 2)", 1, ("x",)),
        ("derivada de x^2", "pow(x, 2)", 1, ()),
        ("Ableitung von x^2", "pow(x, 2)", 1, ()),
        ("die zweite Ableitung von x^3", "pow(x, 3)", 2, ()),
        ("la derivada de x^2", "pow(x, 2)", 1, ()),
        ("tercera derivada de x^4", "pow(x, 4)", 3, ()),
        ("d/dx x^2 = ?", "pow(x, 2)", 1, ("x",)),
        ("(x^2)' =", "pow(x, 2)", 1, ()),
        ("y = x^2; y'", "pow(x, 2)", 1, ()),
        ("y = x^2; f'", "pow(x, 2)", 1, ()),
        ("f(x) = x^3; f''(x)", "pow(x, 3)", 2, ("x", "x")),
        ("f(x,y) = x*y; df/dy", "mul(x, y)", 1, ("y",)),
        ("y = x^2, y' = ?", "pow(x, 2)", 1, ()),
        ("y = x^2 find y'", "pow(x, 2)", 1, ()),
        ("Given f(x) = x^2, find f'(x)", "pow(x, 2)", 1, ("x",)),
        ("Let f(x) = sin(x). Find f''(x).", "sin(x)", 2, ("x", "x")),
        ("if y = x^2, find dy/dx", "pow(x, 2)", 1, ("x",)),
        ("compute f'(x) if f(x) = x^2", "pow(x, 2)", 1, ("x",)),
        ("find y' where y = x^2", "pow(x, 2)", 1, ()),
        ("find dy/dx: y = x^2", "pow(x, 2)", 1, ("x",)),
        ("y = u^2; u = 3x; dy/dx", "pow(mul(3, x), 2)", 1, ("x",)),
    ],
)
def test_a_notation_says_what_is_asked(text: str, meaning: str, order: int, names: tuple[str, ...]) -> None:
    parsed = parse(text)
    assert outline(parsed.tree) == meaning
    assert parsed.asked == Asked(order, names)


def test_an_order_of_zero_asks_for_no_derivative() -> None:
    text = "the 0th derivative of x^2"
    hint = "the first derivative is the lowest; f itself is the formula alone"
    assert complaint(text) == drawn("this is no derivative", text, "    ^^^", hint)


def test_what_is_asked_is_given_as_variables() -> None:
    assert Asked(1).wrt is None
    assert Asked(2, ("x", "x")).wrt == ("x",)
    assert Asked(2, ("x", "y")).wrt == ("x", "y")


def test_a_name_to_differentiate_by_is_a_variable() -> None:
    assert read("d/de e^2") == "pow(e, 2)"
    assert parse("diff(e^x, e)").tree.args[0].text == "e"


@pytest.mark.parametrize(
    ("text", "operator"),
    [
        ("d/dx x^2+3x", "d/dx"),
        ("d/dx x^2 * 3", "d/dx"),
        ("d/dx (x+1)(x+2)", "d/dx"),
        ("d^2/dx^2 x^3 - x", "d^2/dx^2"),
        ("∂/∂x x^2*y", "∂/∂x"),
    ],
)
def test_an_operator_takes_the_whole_with_a_note(text: str, operator: str) -> None:
    assert parse(text).notes == (WHOLE.format(operator),)


@for_all("text", ["d/dx(x^2)", "d/dx x^2", "d/dx -x", "d/dx sin 2x", "d(x+1)/dx", "diff(x+1, x)"])
def test_an_operator_before_one_term_needs_no_note(text: str) -> None:
    assert parse(text).notes == ()


def test_an_operator_before_a_bracket_and_more_terms_is_refused_with_both_forms() -> None:
    text = "d/dx (x^2) + 3x"
    hint = "write `d/dx ((x^2) + 3x)` or `d/dx (x^2)`"
    assert complaint(text) == drawn(f"`{text}` could mean two things", text, "^" * len(text), hint)


@for_all(
    ("text", "place"),
    [
        ("1 + d/dx x^2", "d/"),
        ("2*d^2/dx^2 x", "d^"),
        ("2*diff(x^2, x)", "diff"),
        ("diff(x^2, x) + 1", "diff"),
        ("sin(D(x))", "D"),
        ("1 + deriv(x)", "deriv"),
        ("d(x)", "d"),
        ("d2/dx2 x^3", "d2/"),
        ("d^2/dx x", "d^"),
        ("d x^2/dx", "d x^2/dx"),
        ("d sin x/dx", "d sin x/dx"),
        ("d/dx (x + d/dx x)", "d/"),
        ("dy/dx if z = x^2", "dy/dx"),
        ("y = x^2; 3*dy/dx", "dy/dx"),
        ("d^2y/dx^2", "d^2y/dx"),
        ("d / d x (x^2)", "d /"),
        ("dy/dx x^2", "dy/dx"),
        ("dy/dx (x^2)", "dy/dx"),
        ("2 + df/dx x", "df/dx"),
        ("diff x^2", "diff"),
        ("1 + deriv x", "deriv"),
    ],
)
def test_a_derivative_inside_an_expression_is_an_error(text: str, place: str) -> None:
    start = text.rindex(place) if text.startswith("d/dx (x") else text.index(place)
    caret = " " * start + "^" * len(place)
    assert complaint(text) == drawn(INSIDE, text, caret, ALONE)


@pytest.mark.parametrize("text", ["d/dx x^2 = 0", "y + d/dx x = 1", "x = 2*d/dx x"])
def test_a_derivative_in_an_equation_is_an_error(text: str) -> None:
    assert complaint(text).startswith(f"error: {INSIDE}\n")
    with pytest.raises(DerivError) as caught:
        parse_equation(text)
    assert draw(caught.value).startswith(f"error: {INSIDE}\n")


@pytest.mark.parametrize("text", ["dy/dx = x/y", "y*dx/dt = 2", "x = dy/dx"])
def test_a_differential_equation_is_no_curve(text: str) -> None:
    with pytest.raises(DerivError) as caught:
        parse_equation(text, ("y",))
    assert draw(caught.value).startswith(f"error: {INSIDE}\n")
    assert parse_equation(text, ("dx", "dy", "dt", "y"))


def test_a_calculators_sign_at_the_end_says_nothing() -> None:
    assert read("x^2 =") == read("x^2 = ?") == read("x^2,") == "pow(x, 2)"
    assert complaint("y =").startswith("error: ")


def test_a_word_with_a_value_asks_for_nothing() -> None:
    assert read("slope*x + find", "slope", "find") == "add(mul(slope, x), find)"
    assert parse("derivative*x", ("derivative",)).asked is None


@for_all("text", ["x'", "x'y'", "f'(x)", "(x^2)'+1", "sin(x)'", "(x+1)(x+2)'", "2*(x^2)'"])
def test_a_prime_inside_an_expression_is_an_error(text: str) -> None:
    hint = "write a prime only behind a whole expression in brackets: `(x^2)'`"
    assert complaint(text) == drawn("`'` has no meaning here", text, " " * text.index("'") + "^", hint)


@pytest.mark.parametrize("text", ["∂f/∂x", "2*∂x", "∂"])
def test_a_sign_of_a_partial_derivative_before_nothing_is_an_error(text: str) -> None:
    caret = " " * text.index("∂") + "^"
    hint = "write `∂/∂x` before the whole expression"
    assert complaint(text) == drawn("something is missing before `∂`", text, caret, hint)


@pytest.mark.parametrize("text", ["d/dx", "d/dx =", "diff()", "()'", "derivative of"])
def test_a_notation_of_nothing_is_an_error(text: str) -> None:
    assert complaint(text).startswith("error: ")


@pytest.mark.parametrize("text", ["diff(x^2, x, 0)", "diff(x^2, x, -1)", "diff(x^2, x, 1.5)"])
def test_an_order_is_a_whole_number_from_one(text: str) -> None:
    assert complaint(text).startswith("error: this must be a variable\n")


def test_what_is_no_name_cannot_be_differentiated_by() -> None:
    hint = "write `diff(x^2, x)` or `diff(x^2, x, 2)`"
    assert complaint("diff(x^2, 2)") == drawn("this must be a variable", "diff(x^2, 2)", "          ^", hint)


@for_all(
    ("text", "names", "meaning"),
    [
        ("d*x", ("d", "x"), "mul(d, x)"),
        ("d/dx", ("d", "dx"), "div(d, dx)"),
        ("d/density", (), "div(d, density)"),
        ("2*d/depth + density", (), "add(div(mul(2, d), depth), density)"),
        ("D(x)", ("D", "x"), "mul(D, x)"),
        ("D*x", (), "mul(D, x)"),
        ("diff*x", ("diff",), "mul(diff, x)"),
        ("dt", (), "dt"),
        ("3d", (), "mul(3, d)"),
    ],
)
def test_a_variable_may_have_the_letter_of_a_derivative(text: str, names: tuple[str, ...], meaning: str) -> None:
    parsed = parse(text, names)
    assert (outline(parsed.tree), parsed.asked) == (meaning, None)


def test_a_value_of_a_slope_of_a_formula_is_refused() -> None:
    hint = "give the formula alone, and the point in `at`: x=3"
    message, text = "`f'(3)` asks for a value of the derivative", "f'(3) of x^2"
    assert complaint(text) == drawn(message, text, "^" * 5, hint)


def test_a_slope_of_a_formula_that_has_its_name_is_refused() -> None:
    assert "a derivative stands inside an expression" in complaint("dy/dx of x*y")


def test_a_slope_of_the_first_of_several_terms_is_refused_or_said() -> None:
    assert "write `dy/dx of ((x^2) + 1)` or `dy/dx of (x^2)`" in complaint("dy/dx of (x^2) + 1")
    assert parse("dy/dx of x^2 + 1").notes == ("`dy/dx of` was read as the derivative of all that follows it",)


@pytest.mark.parametrize(("text", "place"), [("dy/dx", "dy/dx"), ("u*dt/dx", "dt/dx"), ("1 + dy/dx*x", "dy/dx")])
def test_a_quotient_of_differentials_gets_a_note(text: str, place: str) -> None:
    assert parse(text).notes[0] == f"`{place}` was read as a quotient of two variables, not as a derivative"
    assert "derivative" not in "".join(parse(text, ("dy", "dx", "dt")).notes)


@pytest.mark.parametrize(
    ("text", "typed", "name"),
    [
        ("y' = x^2", "y'", "y"),
        ("f'(x) = x^2", "f'(x)", "f"),
        ("y'' = -y", "y''", "y"),
        ("x' = -k x", "x'", "x"),
        ("y' where y = x^2", "y' where y", "y"),
    ],
)
def test_a_derivative_on_the_left_is_refused_with_what_to_write(text: str, typed: str, name: str) -> None:
    hint = f"give {name} itself, such as `{name} = x^3`; or the right side alone, to differentiate it once more"
    message = f"`{typed} = ...` gives the derivative, not the function"
    assert complaint(text) == drawn(message, text, "^" * len(typed), hint)


@for_all(
    "text",
    [
        *("=x^2", "= x^2", "x^2;", "x^2:", "x^2;;", "=x^2;", "y = x^2", "y=x^2;", "f(x) = x^2"),
        *(
            "y := x^2",
            "f(x):=x^2",
            "y <- x^2",
            "y ~ x^2",
            "E_n = x^2",
        ),
    ],
)
def test_a_left_side_that_names_the_formula_is_dropped(text: str) -> None:
    assert read(text) == "pow(x, 2)"
    assert parse(text).notes == ()


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("f(t) = x^2", ("`t` is no variable of the right side, `x` is",)),
        ("f(x, y) := x^2", ("`y` is no variable of the right side, `x` is",)),
        ("g(t) = x*y", ("`t` is no variable of the right side",)),
        (r"f(t) = \frac{x}{2}", ("`t` is no variable of the right side, `x` is",)),
        ("f(t) = 3x; f(t) + 1", ("f is `f(t) + 1`", "`t` is no variable of the right side, `x` is")),
        ("f(x, y) = x^2*y", ()),
        ("f(t) = xt", ("`xt` was read as `x*t`",)),
        ("f(x) = a^2; a = x + 1", ("f is `a^2`",)),
        ("f(t) = 3", ("`f(t) =` was left out: the right side is differentiated",)),
    ],
)
def test_a_variable_of_the_left_side_that_the_right_one_has_not_is_said(text: str, notes: tuple[str, ...]) -> None:
    assert parse(text).notes == notes


@for_all(
    ("text", "dropped", "meaning"),
    [
        ("dv/dt = g - k*v", "dv/dt =", "add(g, neg(mul(k, v)))"),
        ("dx/dt=-x", "dx/dt=", "neg(x)"),
        ("d2x/dt2 = -x", "d2x/dt2 =", "neg(x)"),
        ("d^2x/dt^2 = -x", "d^2x/dt^2 =", "neg(x)"),
        ("d²x/dt² = -x", "d²x/dt² =", "neg(x)"),
        ("log(P) = a - b/T", "log(P) =", "add(a, neg(div(b, T)))"),
        ("ln(y) := x^2", "ln(y) :=", "pow(x, 2)"),
        ("der(x) = -x", "der(x) =", "neg(x)"),
    ],
)
def test_a_left_side_that_may_matter_is_dropped_with_a_note(text: str, dropped: str, meaning: str) -> None:
    assert read(text) == meaning
    assert parse(text).notes == (LEFT_OUT.format(dropped),)


@pytest.mark.parametrize("text", ["sin(x) = x", "log(P) = 2", "log(P) = P + 1", "gamma(x) = 2x", "x < -y ~ 1"])
def test_another_left_side_is_an_equation(text: str) -> None:
    assert "this is an equation, not an expression" in complaint(text)


def test_a_comparison_with_a_negative_number_is_no_arrow() -> None:
    assert read("where(x<-1, 1, 2)") == "piecewise(1, lt(x, neg(1)), 2)"
    assert read("x<-1 ? 1 : 2") == read("x <-1 ? 1 : 2") == "piecewise(1, lt(x, neg(1)), 2)"
    assert "this is a condition, not a number" in complaint("x<-2")


@pytest.mark.parametrize("text", ["x^2 at x = 2", "derivative of x^2 for x=3", "x^2 | x=2", "x^2 where x = 5"])
def test_a_point_behind_the_expression_is_refused_with_the_option(text: str) -> None:
    start = next(text.index(sign) for sign in ("at ", "for ", "|", "where ") if sign in text)
    hint = f"give it in `at`: x={text[-1]}"
    caret = " " * start + "^" * (len(text) - start)
    assert complaint(text) == drawn("a point follows the expression", text, caret, hint)


def test_a_value_behind_a_derivative_is_refused_with_the_option() -> None:
    text = "d/dx(x^2)(3)"
    said = drawn("a value follows the derivative", text, "         ^^^", "give it in `at`: x=3")
    assert complaint(text) == said


@pytest.mark.parametrize("text", ["x = 3", "y=2*5^2 + 1"])
def test_a_left_side_of_a_constant_is_said(text: str) -> None:
    left = text.partition("=")[0] + "="
    assert parse(text).notes == (f"`{left}` was left out: the right side is differentiated",)


@for_all(
    ("text", "meaning"),
    [
        ("[x+1]*2", "mul(add(x, 1), 2)"),
        ("{x+1}*2", "mul(add(x, 1), 2)"),
        ("2[x+{y}]", "mul(2, add(x, y))"),
        ("x^{2}", "pow(x, 2)"),
        ("sin[x]", "sin(x)"),
        ("sin{x}", "sin(x)"),
        ("max[x, y]", "max(x, y)"),
        ("x.^2 .* y ./ 2", "div(mul(pow(x, 2), y), 2)"),
        ("2.*x", "mul(2., x)"),
        ("where(x>0 && y>0, 1, 2)", "piecewise(1, and(gt(x, 0), gt(y, 0)), 2)"),
        ("where(x>0 || y>0, 1, 2)", "piecewise(1, or(gt(x, 0), gt(y, 0)), 2)"),
        ("x>0 ? x : -x", "piecewise(x, gt(x, 0), neg(x))"),
        ("x>0 ? 1 : x<0 ? -1 : 0", "piecewise(1, gt(x, 0), piecewise(neg(1), lt(x, 0), 0))"),
        ("2*(x>0 ? x : y) + 1", "add(mul(2, piecewise(x, gt(x, 0), y)), 1)"),
        ("x>0&&y>0||x<-1 ? 1 : 2", "piecewise(1, or(and(gt(x, 0), gt(y, 0)), lt(x, neg(1))), 2)"),
        ("SQRT(t)", "sqrt(t)"),
        ("Exp(-x)", "exp(neg(x))"),
        ("LN(2)", "log(2)"),
        ("Log[x]", "log(x)"),
        ("ABS(x)", "abs(x)"),
        ("x[0]", "x[0]"),
        ("c_d[1]*x[0]", "mul(c_d[1], x[0])"),
        ("x[0,1]", "x[0,1]"),
    ],
)
def test_signs_of_other_languages_are_read(text: str, meaning: str) -> None:
    assert read(text) == meaning


@for_all(
    ("text", "message", "caret", "hint"),
    [
        ("[x)", "`[` is never closed", "^", None),
        ("(x]", "`(` is never closed", "^", None),
        ("{x", "`{` is never closed", "^", None),
        ("x]", "`]` was never opened", " ^", None),
        ("x}", "`}` was never opened", " ^", None),
        ("x ? y", "`?` is never closed", "  ^", "write `condition ? a : b`"),
        ("x : y", "`:` has no meaning here", "  ^", "a colon is used only in `condition ? a : b`"),
        ("x; y", "`;` has no meaning here", " ^", "give one expression at a time"),
        ("x ? y : z", "this is a number, not a condition", "^", "compare it, such as `x > 0`"),
        ("~x", "something is missing before `~`", "^", "write `not` before a condition"),
        ("x^^2", "something is missing before `^`", "  ^", "write `^` or `**` for a power"),
    ],
)
def test_what_is_wrong_with_such_signs_is_said(text: str, message: str, caret: str, hint: str | None) -> None:
    assert complaint(text) == drawn(message, text, caret, hint)


@for_all(
    ("text", "name"),
    [("x^2 + y^2 = 1, find dy/dx", "y"), ("x^2 + y^2 = 1; dx/dy", "x"), ("x^2 + y^2 = 1", "y")],
)
def test_a_curve_is_solved_for_the_name_whose_slope_is_asked(text: str, name: str) -> None:
    assert f"hint: add --implicit {name} for the slope" in complaint(text)
