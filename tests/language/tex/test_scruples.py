r"""What people write in formulas that is no formula of scalars, and numbers of equations: trees, notes and messages."""

from __future__ import annotations

import pytest

from derivcli.language.parser import parse
from tests.language import complaint, drawn, outline
from tests.language.meanings import meaning

_BOTH = "write `{}` or `{}`"
_VECTORS = "scalars only: write w1*x1 + w2*x2; if T is a variable, give it a value: --at T=..."


@pytest.mark.parametrize(
    ("text", "tree", "number"),
    [
        (r"y = 2x + 1 \quad (3)", "add(mul(2, x), 1)", "(3)"),
        (r"\frac{1}{x} \qquad (2)", "div(1, x)", "(2)"),
        (r"x^2 \; (2.3)", "pow(x, 2)", "(2.3)"),
        (r"$$y=\pi x \hfill (3)$$", "mul(pi, x)", "(3)"),
        (r"\sin x,  (4).", "sin(x)", "(4)"),
    ],
)
def test_the_number_of_an_equation_is_left_out_with_a_note(text: str, tree: str, number: str) -> None:
    found = parse(text)
    assert outline(found.tree) == tree
    assert found.notes == (f"`{number}` was left out: it looks like the number of the equation",)


def test_a_number_that_is_called_or_multiplied_stays() -> None:
    assert meaning(r"\sin\quad(3)") == "sin(3)"
    assert meaning(r"\pi (3)") == "mul(pi, 3)"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (r"D_e\left(1-e^{-a(r-r_e)}\right)^2", "D_e*(1-e^(-a*(r-r_e)))^2"),
        (r"D_0\exp(-x)", "D_0*exp(-x)"),
        (r"D_{12}(x+1)", "D_12*(x+1)"),
        (r"D_L\left(x+1\right)", "D_L*(x+1)"),
        (r"D_{\text{eff}}\left(x+1\right)", "D_eff*(x+1)"),
        (r"D_t\left(x+1\right)", "D_t*(x+1)"),
        (r"D\left(x+1\right)", "D*(x+1)"),
    ],
)
def test_a_d_with_a_subscript_is_a_name(text: str, plain: str) -> None:
    found = parse(text)
    assert outline(found.tree) == outline(parse(plain, frozenset({"D", "D_e", "a", "r", "x"})).tree)
    assert found.asked is None


@pytest.mark.parametrize("text", ["$D_x(x^2)$", r"D_x\left(x^2\right)"])
def test_a_d_with_a_variable_that_follows_is_an_operator(text: str) -> None:
    tree, _, asked, _ = parse(text)
    assert outline(tree) == "pow(x, 2)"
    assert asked is not None
    assert asked.names == ("x",)


@pytest.mark.parametrize(
    ("text", "tree", "names"),
    [
        (r"\frac{d x^2}{dx}", "pow(x, 2)", ("x",)),
        (r"\frac{dx^2}{dx}", "pow(x, 2)", ("x",)),
        (r"\frac{d\sin x}{dx}", "sin(x)", ("x",)),
        (r"\frac{\mathrm{d}\ln x}{\mathrm{d}x}", "log(x)", ("x",)),
        (r"\frac{de^x}{dx}", "pow(e, x)", ("x",)),
        (r"\frac{d^2 x^3}{dx^2}", "pow(x, 3)", ("x", "x")),
        (r"\frac{d(x^2)}{dx}", "pow(x, 2)", ("x",)),
        (r"\frac{d (x+1)x}{dx}", "mul(add(x, 1), x)", ("x",)),
        (r"\frac{\partial x^2y}{\partial x}", "mul(pow(x, 2), y)", ("x",)),
        (r"\dv{x^2}{x}", "pow(x, 2)", ("x",)),
        (r"\dv{e^{2x}}{x}", "pow(e, mul(2, x))", ("x",)),
        (r"\dv[2]{x^3}{x}", "pow(x, 3)", ("x", "x")),
        (r"{\frac {d}{dx}}\left(x^2\right)", "pow(x, 2)", ("x",)),
    ],
)
def test_what_stands_behind_d_is_differentiated(text: str, tree: str, names: tuple[str, ...]) -> None:
    found = parse(text)
    assert outline(found.tree) == tree
    assert found.asked is not None
    assert found.asked.names == names


def test_d_with_a_value_is_a_factor() -> None:
    assert meaning(r"\frac{d x^2}{dx}", "d") == "div(mul(d, pow(x, 2)), mul(d, x))"
    assert meaning(r"3x^2\,dx", "d") == "mul(3, pow(x, 2), d, x)"
    assert meaning("$w^T x$", "T") == "mul(pow(w, T), x)"
    assert meaning(r"a^{T} + \pi T") == "add(pow(a, T), mul(pi, T))"
    assert meaning(r"(1+r)^{T}\pi") == "mul(pow(add(1, r), T), pi)"


@pytest.mark.parametrize("text", [r"1+\frac{d x^2}{dx}", r"\frac{d x^2}{dx}+x", r"\frac{d x^2}{dx} = 2x"])
def test_a_derivative_beside_something_is_refused(text: str) -> None:
    found = complaint(text).splitlines()
    assert found[0].endswith("a derivative stands inside an expression")
    assert found[-1].endswith("ask for it alone: `d/dx` before the whole expression")


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        (r"3x^2\,dx", "dx"),
        (r"x\,\mathrm{d}x", r"\mathrm{d}x"),
        (r"\frac{x^2}{2}\;dx", "dx"),
        (r"\sin x\,dx", "dx"),
    ],
)
def test_the_end_of_an_integral_is_refused(text: str, typed: str) -> None:
    message = f"`{typed}` looks like the end of an integral, or like a derivative"
    hint = r"give the function alone; for a product write `d \cdot x`"
    assert complaint(text) == drawn(message, text, " " * text.index(typed) + "^" * len(typed), hint)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("$w^Tx$", "w^T"),
        (r"\mathbf{x}^T\mathbf{x}", r"\mathbf{x}^T"),
        (r"x^{\mathsf T}y", r"x^{\mathsf T}"),
        ("$(Xw-y)^T(Xw-y)$", ")^T"),
    ],
)
def test_vectors_are_refused(text: str, place: str) -> None:
    marks = " " * text.index(place) + "^" * len(place)
    assert complaint(text) == drawn("vectors are not read", text, marks, _VECTORS)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("y^{(2)}", "y^{2}", "y_{2}"),
        ("x^{(i)}", "x^{i}", "x_{i}"),
        (r"\theta^{(t)}", r"\theta^{t}", r"\theta_{t}"),
    ],
)
def test_an_index_above_is_refused_with_both_forms(text: str, first: str, second: str) -> None:
    hint = _BOTH.format(first, second)
    assert complaint(f"1 + {text}") == drawn(
        f"`{text}` could mean two things", f"1 + {text}", f"    {'^' * len(text)}", hint
    )


def test_a_power_in_brackets_is_one() -> None:
    assert meaning("$e^{(2x)}$") == "pow(e, mul(2, x))"
    assert meaning("$x^{(1/2)}$") == "pow(x, div(1, 2))"


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (r"\sin 2x y", r"`\sin 2x y` was read as `sin(2*x*y)`"),
        (r"\sigma^2(x)", r"`\sigma^2(x)` was read as `sigma**2*x`"),
    ],
)
def test_a_doubtful_place_has_a_note(text: str, note: str) -> None:
    assert parse(text).notes == (note,)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("e^{x}^2", drawn("a second power", "e^{x}^2", "     ^", "write braces: `{x^a}^b` or `x^{a^b}`")),
        (
            r"\sin[2](x)",
            drawn(
                r"two brackets follow `\sin`",
                r"\sin[2](x)",
                "^" * 10,
                r"write a power as `\sin^{...}(...)`, a product as `\sin(...) \cdot (...)`",
            ),
        ),
        (r"$0{,}5x$", drawn("`0{,}5` has a decimal comma", r"$0{,}5x$", " ^^^^^", "write `0.5`")),
        (
            r"\root x",
            drawn(
                r"unknown command `\root`", r"\root x", "^^^^^", r"write a function as `\sin` or `\operatorname{...}`"
            ),
        ),
        (r"\sni x", drawn(r"unknown command `\sni`", r"\sni x", "^^^^", r"did you mean `\sin`?")),
        (
            r"\circ x",
            drawn(
                r"unknown command `\circ`", r"\circ x", "^^^^^", r"write a function as `\sin` or `\operatorname{...}`"
            ),
        ),
    ],
)
def test_a_refusal_says_what_to_write(text: str, message: str) -> None:
    assert complaint(text) == message


@pytest.mark.parametrize(
    "text",
    [r"{\displaystyle f(x)={\frac {x^{2}}{2}}}", r"\boxed{f(x)=\frac{x^2}{2}}", r"y &= \frac{x^2}{2}"],
)
def test_what_stands_around_a_formula_is_left_out(text: str) -> None:
    assert meaning(text) == "div(pow(x, 2), 2)"
