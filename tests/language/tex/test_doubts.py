r"""Places that people read in two ways, and what cannot be read: whole messages."""

from __future__ import annotations

import pytest

from derivcli.language.parser import parse
from tests.every import for_all
from tests.language import complaint, drawn, refusal
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


@for_all(("text", "first", "second"), BOTH)
def test_a_place_with_two_readings_is_refused_with_both_forms(text: str, first: str, second: str) -> None:
    hint = f"write `{first}` or `{second}`"
    assert complaint(f"1 + {text}") == drawn(
        f"`{text}` could mean two things", f"1 + {text}", f"    {'^' * len(text)}", hint
    )


@for_all(("text", "first", "second"), BOTH)
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
                "sums and integrals are not read: write the terms out, or the closed form",
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
                "give it by an option: --at x=2",
            ),
        ),
        (
            r"$x$ and $y$",
            drawn("a second formula starts here", r"$x$ and $y$", "        ^", "give one formula at a time"),
        ),
        (
            r"5\text{ m/s}",
            drawn("words are not read", r"5\text{ m/s}", " ^^^^^^^^^^^", "give the formula alone"),
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


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (r"\sin x^2", r"`\sin x^2` was read as `sin(x**2)`"),
        (r"\ln t e^t", r"`\ln t e^t` was read as `log(t)*e**t`"),
        (r"\ln x/x", r"`\ln x/x` was read as `log(x)/x`"),
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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize("count", [240, 1100, 20_000])
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
