r"""What stands before a formula: left sides and operators of differentiation."""

from __future__ import annotations

import pytest

from derivcli.language.parser import parse, parse_equation
from tests.every import for_all
from tests.language import complaint, drawn, outline
from tests.language.meanings import meaning


@for_all(
    "left",
    [
        "f(x) =",
        r"f\left(x\right)=",
        "y =",
        r"f(x, y) :=",
        r"\gamma(v) =",
        r"\sigma(x) =",
        r"\psi =",
        r"f(x \mid \alpha, \beta) =",
        r"\mathcal{L}(\theta)=",
        r"P_n(x) =",
        r"\text{softplus}(x) =",
        r"x \mapsto",
        r"f\colon x\mapsto",
        r"\frac{dy}{dx} =",
        r"\frac{d^2y}{dx^2}=",
        r"\frac{\partial f}{\partial x} =",
        r"\mathrm{d}y/\mathrm{d}x =",
        r"f(x) \equiv",
        r"f(x) &=",
    ],
)
def test_a_left_side_is_left_out(left: str) -> None:
    assert meaning(rf"{left} t\sin t") == "mul(t, sin(t))"


@for_all(
    ("operator", "order", "names"),
    [
        (r"\frac{d}{dx}", 1, ("x",)),
        (r"\dfrac{d}{d x}", 1, ("x",)),
        (r"{d \over dx}", 1, ("x",)),
        (r"\frac{\mathrm{d}}{\mathrm{d}x}", 1, ("x",)),
        (r"\frac{d^2}{dx^2}", 2, ("x", "x")),
        (r"\frac{d^{3}}{dx^{3}}", 3, ("x", "x", "x")),
        (r"\frac{d}{d\theta}", 1, ("theta",)),
        (r"\frac{\partial}{\partial x_1}", 1, ("x_1",)),
        (r"\frac{\partial^2}{\partial x\,\partial y}", 2, ("x", "y")),
        (r"\frac{\partial^3}{\partial x^2\partial y}", 3, ("x", "x", "y")),
        (r"\dv{x}", 1, ("x",)),
        (r"\dv[2]{x}", 2, ("x", "x")),
        (r"\pdv{x}", 1, ("x",)),
        (r"\partial_x", 1, ("x",)),
        (r"d/dx", 1, ("x",)),
        (r"d^2/dx^2", 2, ("x", "x")),
        (r"y = \frac{d}{dx}", 1, ("x",)),
    ],
)
@for_all("body", [r"\left(x\theta\right)", r"\left[x\theta\right]", r"x\theta"])
def test_an_operator_before_a_formula_says_what_is_asked(
    operator: str, order: int, names: tuple[str, ...], body: str
) -> None:
    tree, _, asked, _ = parse(operator + body)
    assert outline(tree) == "mul(x, theta)"
    assert asked is not None
    assert (asked.order, asked.names) == (order, names)


@for_all("operator", ["d/dx", "d^2/dx^2", r"\frac{d}{dx}"])
@for_all(
    ("body", "said"),
    [
        (r"|x|\cdot x", "mul(abs(x), x)"),
        (r"|x|\,", "abs(x)"),
        (r"\sqrt{x}\cdot x", "mul(sqrt(x), x)"),
        (r"\frac{x}{2}", "div(x, 2)"),
    ],
)
def test_a_call_behind_an_operator_is_whole(operator: str, body: str, said: str) -> None:
    tree, _, asked, _ = parse(operator + body)
    assert outline(tree) == said
    assert asked is not None


@pytest.mark.parametrize("text", [r"\frac{d\left(x^2\right)}{dx}", r"\frac{d(x^2)}{dx}", r"D_x\left(x^2\right)"])
def test_a_differential_over_another_asks_for_the_derivative(text: str) -> None:
    tree, _, asked, _ = parse(text)
    assert outline(tree) == "pow(x, 2)"
    assert asked is not None
    assert asked.names == ("x",)


@pytest.mark.parametrize(
    ("text", "order"), [(r"\left(x^2\right)'", 1), (r"\left[ x^2 \right]^{\prime\prime}", 2), ("$(x^2)''$", 2)]
)
def test_primes_behind_a_bracket_ask_for_the_derivative(text: str, order: int) -> None:
    tree, _, asked, _ = parse(text)
    assert outline(tree) == "pow(x, 2)"
    assert asked is not None
    assert asked.order == order


def test_one_term_is_the_whole_of_what_is_differentiated_and_several_are_said() -> None:
    assert parse(r"\frac{d}{dx} x\cdot e^{x}").notes == ()
    assert parse(r"\frac{d}{dx} x + e^{x}").notes == (
        r"`\frac{d}{dx}` was read as the derivative of all that follows it",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            r"\frac{d}{dx}(x^2) + x",
            drawn(
                r"`\frac{d}{dx}(x^2) + x` could mean two things",
                r"\frac{d}{dx}(x^2) + x",
                "^^^^^^^^^^^^^^^^^^^^^",
                r"write `\frac{d}{dx} ((x^2) + x)` or `\frac{d}{dx} (x^2)`",
            ),
        ),
        (
            r"1+\frac{d}{dx}x^2",
            drawn(
                "a derivative stands inside an expression",
                r"1+\frac{d}{dx}x^2",
                "  ^^^^^^^^^^^^",
                "ask for it alone: `d/dx` before the whole expression",
            ),
        ),
        (
            "$f'(x) = x^2$",
            drawn(
                "`f'(x) = ...` gives the derivative, not the function",
                "$f'(x) = x^2$",
                " ^^^^^",
                "give f itself, such as `f = x^3`; or the right side alone, to differentiate it once more",
            ),
        ),
        (
            r"\frac{dy}{dx}",
            drawn(
                "a derivative stands inside an expression",
                r"\frac{dy}{dx}",
                "^" * 13,
                "ask for it alone: `d/dx` before the whole expression",
            ),
        ),
    ],
)
def test_what_is_no_question_is_refused(text: str, message: str) -> None:
    assert complaint(text) == message


def test_d_is_a_variable_where_it_has_a_value_or_no_variable_follows() -> None:
    assert meaning(r"\frac{d}{dx}", "d") == "div(d, mul(d, x))"
    assert meaning(r"\frac{m}{d^2}") == "div(m, pow(d, 2))"
    assert meaning(r"\frac{d}{2x}") == "div(d, mul(2, x))"


def test_an_equation_has_two_sides() -> None:
    left, right = parse_equation(r"x^{2} + \frac{y^2}{4} = \sin xy")
    assert outline(left.tree) == "add(pow(x, 2), div(pow(y, 2), 4))"
    assert outline(right.tree) == "sin(mul(x, y))"
