"""Places in LaTeX that people read in two ways, and what is no formula."""

from __future__ import annotations

import pytest

from derivcli.language.parser import parse
from tests.every import at_night, for_all
from tests.language import complaint, drawn, outline, refusal
from tests.language.meanings import meaning

_DEEP = 500

BOTH = [
    (r"\sin\pi/2", r"\sin(\pi/2)", r"\sin(\pi) /2"),
    (r"\cos\theta/2", r"\cos(\theta/2)", r"\cos(\theta) /2"),
    (r"\sin 2\cdot x", r"\sin(2\cdot x)", r"\sin(2) \cdot x"),
    (r"\sin x(x+1)", r"\sin(x(x+1))", r"\sin(x) (x+1)"),
    (r"\cos\omega(t-s)", r"\cos(\omega(t-s))", r"\cos(\omega) (t-s)"),
    (r"\sin n\frac{\pi}{2}", r"\sin(n\frac{\pi}{2})", r"\sin(n) \frac{\pi}{2}"),
    (r"\ln 2\sqrt{x}", r"\ln(2\sqrt{x})", r"\ln(2) \sqrt{x}"),
    (r"\sin 2\cos x", r"\sin(2\cos x)", r"\sin(2) \cos x"),
    (r"\sin x\,y", r"\sin(x\,y)", r"\sin(x) y"),
    (r"\cos{x}y", r"\cos({x}y)", r"\cos({x}) y"),
    (r"\ln|x|^2", r"\ln(|x|^2)", r"(\ln(|x|))^2"),
    (r"\ln(x+1)^2", r"\ln((x+1)^2)", r"(\ln(x+1))^2"),
    (r"\ln\sin(x)^2", r"\ln(\sin(x)^2)", r"(\ln(\sin(x)))^2"),
    (r"1/2\pi", r"\frac{1}{2 \pi}", r"\frac{1}{2} \pi"),
    (r"t/\tau x", r"\frac{t}{\tau x}", r"\frac{t}{\tau} x"),
    (r"2\frac{1}{3}", r"2 + \frac{1}{3}", r"2 \cdot \frac{1}{3}"),
    (r"\Delta x", r"\Delta_{x}", r"\Delta \cdot x"),
    (r"\sigma(T^4-S^4)", r"\operatorname{sigmoid}(T^4-S^4)", r"\sigma \cdot (T^4-S^4)"),
]


@pytest.mark.parametrize(("text", "first", "second"), BOTH)
def test_a_place_with_two_readings_is_refused_with_both_forms(text: str, first: str, second: str) -> None:
    hint = f"write `{first}` or `{second}`"
    assert complaint(f"1 + {text}") == drawn(
        f"`{text}` could mean two things", f"1 + {text}", f"    {'^' * len(text)}", hint
    )


@pytest.mark.parametrize(("text", "first", "second"), BOTH)
def test_both_forms_of_a_hint_can_be_read_and_differ(text: str, first: str, second: str) -> None:
    assert meaning(rf"\pi + {first}") != meaning(rf"\pi + {second}")


@for_all(
    ("text", "message"),
    [
        (
            "$x^12$",
            drawn("`^12` could mean two things", "$x^12$", "  ^^^", r"write `^{12}` or `^{1} \cdot 2`"),
        ),
        (
            "$x_12$",
            drawn("`_12` could mean two things", "$x_12$", "  ^^^", r"write `_{12}` or `_{1} \cdot 2`"),
        ),
        (
            "$e^-2x$",
            drawn("`^-2x` could mean two things", "$e^-2x$", "  ^^^^", "write `^{-2x}` or `^{-2} x`"),
        ),
        (
            "$1e-3$",
            drawn("`1e-3` could mean two things", "$1e-3$", " ^^^^", r"write `1 \cdot 10^{-3}` or `1 \cdot e - 3`"),
        ),
        (
            "$mass$",
            drawn("`mass` could mean two things", "$mass$", " ^^^^", r"write `\mathrm{mass}` or `m a s s`"),
        ),
        (
            "$u(x)$",
            drawn(
                "`u(x)` could mean two things",
                "$u(x)$",
                " ^^^^",
                r"write `u \cdot x` for the product; give the formula of `u` for the function",
            ),
        ),
        (
            r"\zzyzx x",
            drawn(
                r"unknown command `\zzyzx`",
                r"\zzyzx x",
                "^^^^^^",
                r"write a function as `\sin` or `\operatorname{...}`",
            ),
        ),
        (
            r"1+\frca{1}{2}",
            drawn(r"unknown command `\frca`", r"1+\frca{1}{2}", "  ^^^^^", r"did you mean `\frac`?"),
        ),
        (
            r"\sum_{n} x^n",
            drawn(
                r"`\sum` has no meaning here",
                r"\sum_{n} x^n",
                "^^^^",
                "sums and integrals are not supported: write the terms out, or the closed form",
            ),
        ),
        (r"\frac{x}", drawn(r"something is missing after `\frac`", r"\frac{x}", "^^^^^")),
        (r"\frac{}{2}", drawn("there is nothing inside", r"\frac{}{2}", "     ^^")),
        (r"\sqrt{x", drawn("`{` is never closed", r"\sqrt{x", "     ^")),
        (r"\sqrt x}", drawn("`}` was never opened", r"\sqrt x}", "       ^")),
        (r"\left(x\right]", drawn(r"`\left(` is never closed", r"\left(x\right]", "^^^^^^")),
        (r"x\right)", drawn(r"`\right)` was never opened", r"x\right)", " ^^^^^^^")),
        (r"2\cdot", drawn(r"something is missing after `\cdot`", r"2\cdot", " ^^^^^")),
        (r"\sin + 1", drawn(r"`\sin` is a function and has no argument", r"\sin + 1", "^^^^", r"write `\sin(x)`")),
        (r"\cos", drawn(r"`\cos` is a function and has no argument", r"\cos", "^^^^", r"write `\cos(x)`")),
        (
            r"\frac{x}{2}3",
            drawn(
                "a number cannot follow directly",
                r"\frac{x}{2}3",
                "           ^",
                r"write `\cdot` to multiply, `^{...}` for a power or `_{...}` for a name",
            ),
        ),
        (
            r"\left.x^2\right|_{x=1}",
            drawn(
                "a point is not read from the formula",
                r"\left.x^2\right|_{x=1}",
                "                ^",
                "give it in `at`: x=1",
            ),
        ),
        (
            r"x^2|_{x=\pi/4}",
            drawn("a point is not read from the formula", r"x^2|_{x=\pi/4}", "    ^", "give it in `at`: x=pi/4"),
        ),
        (
            r"$x$ and $y$",
            drawn("a second formula starts here", r"$x$ and $y$", "        ^", "give one formula at a time"),
        ),
        (
            r"5\text{ m/s}",
            drawn("words are not supported", r"5\text{ m/s}", " ^^^^^^^^^^^", "give the formula alone"),
        ),
        (
            r"\text{find } x^2",
            drawn("words are not supported", r"\text{find } x^2", "^^^^^^^^^^^^", "give the formula alone"),
        ),
        (
            r"f\left(x\right)+1",
            drawn("unknown function `f`", r"f\left(x\right)+1", "^", r"to multiply, write `f \cdot (...)`"),
        ),
        (
            r"x_{n+1}\pi",
            drawn(
                "a subscript can be letters and digits only",
                r"x_{n+1}\pi",
                " ^^^^^^",
                "write a name such as `x_{n1}`",
            ),
        ),
    ],
)
def test_the_complaint_points_at_what_is_wrong(text: str, message: str) -> None:
    assert complaint(text) == message


@for_all(
    ("text", "note"),
    [
        (r"\sin x^2", r"`\sin x^2` was read as `sin(x^2)`"),
        (r"\ln t e^t", r"`\ln t e^t` was read as `ln(t)*e^t`"),
        (r"\ln x/x", r"`\ln x/x` was read as `ln(x)/x`"),
        (r"\sin^{-1}x", "`sin^-1(...)` was read as `asin(...)`, the inverse function"),
        (r"\log x", r"`\log` was read as the natural logarithm; write `\log_{10}` for the common one"),
        (r"e^{-t/\tau}", r"`\tau` was read as a variable; write `2\pi` for the constant"),
        (r"\sigma(2x)", r"`\sigma(...)` was read as the function sigmoid"),
        ("$V_0(x+1)$", "`V_0(x+1)` was read as `V_0*(x + 1)`"),
        ("$1/2 x$", "`1/2 x` was read as `(1/2)*x`"),
    ],
)
def test_a_reading_that_could_be_another_is_said(text: str, note: str) -> None:
    assert parse(text).notes == (note,)


@for_all(
    "text",
    [
        r"\frac{1}{2}x",
        r"\ln x",
        r"\sin^2 x\cos x",
        r"e^{2x}\sin 3x",
        r"\sqrt[3]{x}",
        r"2x\left(x+1\right)",
        r"\log_2 x",
    ],
)
def test_a_plain_reading_is_not_said(text: str) -> None:
    expected = () if "left" not in text else (r"`2x\left(x+1\right)` was read as `2*x*(x + 1)`",)
    assert parse(text).notes == expected


@pytest.mark.parametrize("count", [1100, *at_night(240, 20_000)])
@pytest.mark.parametrize(
    "piece", [("{", "}"), (r"\left(", r"\right)"), (r"\pi^{", "}"), (r"\sin ", ""), (r"\frac{1}{", "}")]
)
def test_depth_costs_no_python_stack(piece: tuple[str, str], count: int) -> None:
    text = rf"\pi + {piece[0] * count}x{piece[1] * count}"
    error = refusal(parse, text)
    if count > _DEEP or error is not None:
        assert count > _DEEP
        assert error is not None
        assert "nested too deeply" in error.message


_BOTH = "write `{}` or `{}`"
_VECTORS = "scalars only: write w1*x1 + w2*x2; if T is a variable, give it a value: T=... in `at`"


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


@for_all(
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


@for_all(
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
    assert complaint(text) == drawn("vectors are not supported", text, marks, _VECTORS)


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
        (r"\sigma^2(x)", r"`\sigma^2(x)` was read as `sigma^2*x`"),
    ],
)
def test_a_doubtful_place_has_a_note(text: str, note: str) -> None:
    assert parse(text).notes == (note,)


@for_all(
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
