"""Texts that people read in two ways, and functions without brackets."""

from __future__ import annotations

import pytest

from derivcli.language.parser import parse
from tests.every import for_all
from tests.language import complaint, drawn, read


@for_all(
    ("text", "place", "forms"),
    [
        ("e^2x", "e^2x", ("e^(2*x)", "e^2*x")),
        ("5^2x", "5^2x", ("5^(2*x)", "5^2*x")),
        ("e**2x", "e**2x", ("e**(2*x)", "e**2*x")),
        ("e^xy", "e^xy", ("e^(x*y)", "e^x*y")),
        ("x e^2x", "e^2x", ("e^(2*x)", "e^2*x")),
        ("2*e^3x", "e^3x", ("e^(3*x)", "e^3*x")),
        ("e^-3x ln x", "e^-3x", ("e^(-3*x)", "e^-3*x")),
        ("pi^2x", "pi^2x", ("pi^(2*x)", "pi^2*x")),
        ("2^3(x+1)", "2^3(x+1)", ("2^(3*(x+1))", "2^3*(x+1)")),
        ("e^2sin(x)", "e^2sin(x)", ("e^(2*sin(x))", "e^2*sin(x)")),
        ("e^2sin x", "e^2sin x", ("e^(2*sin x)", "e^2*sin x")),
        ("e^xcos 2x", "e^xcos 2x", ("e^(x*cos 2x)", "e^x*cos 2x")),
        ("e^xsinx", "e^xsinx", ("e^(x*sin(x))", "e^x*sin(x)")),
        ("x^2x", "x^2x", ("x^(2*x)", "x^2*x")),
        ("x^ab", "x^ab", ("x^(a*b)", "x^a*b")),
        ("x^xy", "x^xy", ("x^(x*y)", "x^x*y")),
        ("(x)^2x", "(x)^2x", ("(x)^(2*x)", "(x)^2*x")),
        ("(1+r)^nt", "(1+r)^nt", ("(1+r)^(n*t)", "(1+r)^n*t")),
    ],
)
def test_an_exponent_that_may_go_on_is_refused_with_both_forms(text: str, place: str, forms: tuple[str, str]) -> None:
    # Names in the messages are those of the text: `nt` in brackets is n*t.
    caret = " " * text.index(place) + "^" * len(place)
    hint = f"write `{forms[0]}` or `{forms[1]}`"
    assert complaint(text) == drawn(f"`{place}` could mean two things", text, caret, hint)


@for_all(
    ("text", "meaning"),
    [
        ("x^2y", "mul(pow(x, 2), y)"),
        ("x^2y^3z", "mul(pow(x, 2), pow(y, 3), z)"),
        ("x²y", "mul(pow(x, 2), y)"),
        ("x^2sin x", "mul(pow(x, 2), sin(x))"),
        ("x^2(x+1)", "mul(pow(x, 2), add(x, 1))"),
        ("(1+x)^2y", "mul(pow(add(1, x), 2), y)"),
        ("e^x(1+x)", "mul(pow(e, x), add(1, x))"),
        ("e^(2x)", "pow(e, mul(2, x))"),
        ("e^{2x}", "pow(e, mul(2, x))"),
        ("e^2 x", "mul(pow(e, 2), x)"),
        ("e^2*x", "mul(pow(e, 2), x)"),
        ("e²x", "mul(pow(e, 2), x)"),
    ],
)
def test_a_power_before_a_product_is_read_where_nobody_differs(text: str, meaning: str) -> None:
    assert read(text) == meaning


@for_all(
    ("text", "note"),
    [
        ("x^1/2", "`x^1/2` was read as `(x^1)/2`"),
        ("x**1/2", "`x**1/2` was read as `(x**1)/2`"),
        ("x^-1/2", "`x^-1/2` was read as `x^(-1)/2`"),
        ("(x+1)^1/3", "`(x+1)^1/3` was read as `((x + 1)^1)/3`"),
        ("x^1/n", "`x^1/n` was read as `(x^1)/n`"),
        ("x^2/3", "`x^2/3` was read as `(x^2)/3`"),
        ("x^-2/3", "`x^-2/3` was read as `x^(-2)/3`"),
        ("(x+1)^5/2", "`(x+1)^5/2` was read as `((x + 1)^5)/2`"),
        ("√x^2", "`√x^2` was read as `sqrt(x^2)`"),
        ("√x²", "`√x²` was read as `sqrt(x^2)`"),
        ("∛(x+1)^2", "`∛(x+1)^2` was read as `cbrt((x + 1)^2)`"),
        ("e^(-x)^2", "`e^(-x)^2` was read as `e^((-x)^2)`"),
        ("e^(-x)²", "`e^(-x)²` was read as `e^((-x)^2)`"),
        ("x^2^3", "`x^2^3` was read as `x^(2^3)`"),
        ("x**2**3", "`x**2**3` was read as `x**(2**3)`"),
        ("e^x+a / e^x-b", "`e^x+a / e^x-b` was read as `e^x + a/e^x - b`"),
        ("x+1 / x-1", "`x+1 / x-1` was read as `x + 1/x - 1`"),
        ("1/√1-x^2", "`1/√1-x^2` was read as `1/sqrt(1) - x^2`"),
        ("sqrt 1-x", "`sqrt 1-x` was read as `sqrt(1) - x`"),
        ("1+x/1-x", "`1+x/1-x` was read as `1 + x/1 - x`"),
        ("e^-x/2", "`e^-x/2` was read as `(e^(-x))/2`"),
        ("e^-x^2/2", "`e^-x^2/2` was read as `(e^(-x^2))/2`"),
        ("2^-t/T", "`2^-t/T` was read as `(2^(-t))/T`"),
        ("√2x", "`√2x` was read as `sqrt(2)*x`"),
        ("3√x", "`3√x` was read as `3*sqrt(x)`"),
        ("√xy", "`√xy` was read as `sqrt(x)*y`"),
        ("√2(x+1)", "`√2(x+1)` was read as `sqrt(2)*(x + 1)`"),
        ("1/2x", "`1/2x` was read as `(1/2)*x`"),
        ("x%2y", "`x%2y` was read as `(x % 2)*y`"),
        ("x//2y", "`x//2y` was read as `(x // 2)*y`"),
        ("50%x", "`50%x` was read as `50 % x`"),
        ("e^x y", "`e^x y` was read as `(e^x)*y`"),
        ("1/x(x+1)", "`1/x(x+1)` was read as `(1/x)*(x + 1)`"),
        ("sin x^2", "`sin x^2` was read as `sin(x^2)`"),
        ("sin x y", "`sin x y` was read as `sin(x*y)`"),
        ("ln x/x", "`ln x/x` was read as `ln(x)/x`"),
        ("sin 2x/3", "`sin 2x/3` was read as `sin(2*x)/3`"),
        ("sin x*y", "`sin x*y` was read as `sin(x)*y`"),
        ("sin x (x+1)", "`sin x (x+1)` was read as `sin(x)*(x + 1)`"),
        ("sin x |x|", "`sin x |x|` was read as `sin(x)*|x|`"),
        ("ln x √x", "`ln x √x` was read as `ln(x)*sqrt(x)`"),
        ("sin 2(x+1)", "`2(x+1)` was read as `2*(x + 1)`"),
        ("ln (x+1)(x+2)", "`ln (x+1)(x+2)` was read as `ln(x + 1)*(x + 2)`"),
        ("sin squared x", "`sin squared x` was read as `sin(x)^2`"),
        ("sin^-1 x", "`sin^-1(...)` was read as `asin(...)`, the inverse function"),
        ("exp -x^2/2", "`exp -x^2/2` was read as `exp(-x^2)/2`"),
    ],
)
def test_a_reading_that_may_surprise_is_said(text: str, note: str) -> None:
    assert parse(text).notes == (note,)


@for_all(
    "text",
    [
        *("x^2/4", "x^(1/2)", "x^1 / 2", "x^0.5", "x^n-1", "e^x/2", "10^-3/2", "e^-x / 2", "(e^-x)/2", "x^-4/2"),
        *("x^2/2", "x^3/3", "x^2 / 3", "x^6/3", "x²/3", "e^x^2", "e^-x^2", "x^n^2", "√(x^2)", "√x"),
        *("√(2x)", "√x y", "√(x+1)y", "sqrt(2)x", "x + 1/x - 1", "x+1/x-1", "x/1", "x / y", "x^2/y^2"),
        *("sin x", "sin^2 x", "ln 2x", "x^2 sin x", "sin 2x cos 3x", "exp -x", "sqrt|x|", "sin x e^x", "sin x + 1"),
        "ln (x+1)",
        *(
            "x Sin(x)",
            "x Sin[x]",
            "sin x / cos x",
            "sin x * cos x",
            "ln(x+1)(x+2)",
            "sin 30",
            "sin πx",
            "sqrt 2x + 1",
            "x ln x",
            "sin 2x^2",
        ),
    ],
)
def test_nothing_is_said_of_a_reading_that_nobody_doubts(text: str) -> None:
    assert parse(text).notes == ()


@for_all(
    ("text", "place", "forms"),
    [
        ("|x|y|z|", "|x|y|z|", ("|x|*y*|z|", "|x*|y|*z|")),
        ("2|x| 3 |y|", "|x| 3 |y|", ("|x|*3*|y|", "|x*|3|*y|")),
        ("|x|y+1|z|", "|x|y+1|z|", ("|x|*y+1*|z|", "|x*|y+1|*z|")),
        ("(|x|(y)|z|)^2", "|x|(y)|z|", ("|x|*(y)*|z|", "|x*|(y)|*z|")),
    ],
)
def test_bars_that_pair_in_two_ways_are_refused_with_both_forms(text: str, place: str, forms: tuple[str, str]) -> None:
    caret = " " * text.index(place) + "^" * len(place)
    hint = f"write `{forms[0]}` or `{forms[1]}`"
    assert complaint(text) == drawn(f"`{place}` could mean two things", text, caret, hint)
    assert len({parse(form).tree for form in forms}) == len(forms)


@for_all(
    ("text", "meaning"),
    [
        ("|x|y", "abs(x)*y"),
        ("x|x|+2|x|", "x*abs(x) + 2*abs(x)"),
        ("|x||y||z|", "abs(x)*abs(y)*abs(z)"),
        ("||x|y|", "abs(abs(x)*y)"),
        ("||x|-|y||", "abs(abs(x) - abs(y))"),
        ("2|x|-3|y|", "2*abs(x) - 3*abs(y)"),
        ("|x|sin|y|", "abs(x)*sin(abs(y))"),
        ("max(|x|y, 2|z|)", "max(abs(x)*y, 2*abs(z))"),
        ("where(|x|y<1, 2, 3)+2|z|", "where(abs(x)*y < 1, 2, 3) + 2*abs(z)"),
        ("where(|x|y<2|z|, 2, 3)", "where(abs(x)*y < 2*abs(z), 2, 3)"),
        ("⌊x⌋y⌊z⌋", "floor(x)*y*floor(z)"),
    ],
)
def test_bars_that_pair_in_one_way_are_read(text: str, meaning: str) -> None:
    assert (parse(text).tree, parse(text).notes) == (parse(meaning).tree, ())


@for_all(
    ("text", "number", "column"),
    [("50% x", "50", 2), ("x%+1", "x", 1), ("5%", "5", 1), ("(x%)", "x", 2), ("5%*x", "5", 1), ("max(5%, x)", "5", 5)],
)
def test_a_per_cent_sign_is_refused(text: str, number: str, column: int) -> None:
    hint = f"write `{number}/100`, or `mod({number}, ...)`"
    assert complaint(text) == drawn("`%` is the remainder here, not per cent", text, " " * column + "^", hint)


@pytest.mark.parametrize("text", ["x%2", "x % 2", "x %2", "x%y", "5%(x+1)"])
def test_a_remainder_has_two_sides(text: str) -> None:
    assert read(text).startswith("mod(")


COMMA = "a decimal point is written `.`; a comma separates arguments"


@for_all("text", ["e^(-0,5x)", "2,5", "0,5x", "sin(0,5)", "exp(-0,5x)", "1,000x"])
def test_a_comma_between_digits_is_refused_with_the_cause(text: str) -> None:
    caret = " " * text.index(",") + "^"
    assert complaint(text) == drawn("a comma has no meaning here", text, caret, COMMA)


def test_a_comma_between_digits_that_may_separate_arguments_is_said() -> None:
    said = "the comma in `log(...)` separates two arguments; a decimal point is written `.`"
    assert parse("log(2,5)").notes == (said,)
    assert parse("max(1,5)").notes == parse("log(2, 5)").notes == ()


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("293.15[K]", "[K"),
        ("5 [m]", "[m"),
        ("2*9.81[m/s^2]", "[m/s^2"),
        ("3[W/(m^2*K)]", "[W/(m^2*K)"),
    ],
)
def test_a_unit_in_brackets_is_refused(text: str, unit: str) -> None:
    caret = " " * text.index(unit) + "^" * len(unit)
    hint = "give the numbers alone, all in one system of units"
    assert complaint(text) == drawn("units are not supported", text, caret, hint)


@pytest.mark.parametrize("text", ["2[x+1]", "2[x]", "2[(x+1)^2]"])
def test_brackets_that_hold_no_unit_multiply(text: str) -> None:
    assert read(text).startswith("mul(")


def test_a_place_that_is_too_long_is_not_quoted() -> None:
    text = f"e^2x{'y' * 20}({'x+' * 40}1)"
    assert complaint(text).startswith("error: this could mean two things\n")


TWO = "`{}` could mean two things"


@for_all(
    ("text", "meaning"),
    [
        ("sin x", "sin(x)"),
        ("ln 2x", "log(mul(2, x))"),
        ("x^2 sin x", "mul(pow(x, 2), sin(x))"),
        ("sin 2x cos 3x", "mul(sin(mul(2, x)), cos(mul(3, x)))"),
        ("sin^2 x", "pow(sin(x), 2)"),
        ("4sin^2 3x", "mul(4, pow(sin(mul(3, x)), 2))"),
        ("tan^-1 x", "atan(x)"),
        ("sin² x", "pow(sin(x), 2)"),
        ("sqrt x", "sqrt(x)"),
        ("exp -x", "exp(neg(x))"),
        ("cos +x", "cos(x)"),
        ("ln|x|", "log(abs(x))"),
        ("sqrt|x|", "sqrt(abs(x))"),
        ("sin⌊x⌋", "sin(floor(x))"),
        ("sin^2|x|", "pow(sin(abs(x)), 2)"),
        ("|sin x|", "abs(sin(x))"),
        ("√x+1", "add(sqrt(x), 1)"),
        ("sin √x", "sin(sqrt(x))"),
        ("ln sin x", "log(sin(x))"),
        ("ln ln ln x", "log(log(log(x)))"),
        ("sin 30", "sin(30)"),
        ("sin 2 x", "sin(mul(2, x))"),
        ("sin n pi x", "sin(mul(n, pi, x))"),
        ("log10 100", "log10(100)"),
        ("2 sin x cos x", "mul(2, sin(x), cos(x))"),
        ("a sin x y", "mul(a, sin(mul(x, y)))"),
        ("e^sin x", "pow(e, sin(x))"),
        ("2^sin x", "pow(2, sin(x))"),
        ("x^ln x", "pow(x, log(x))"),
    ],
)
def test_a_function_takes_the_product_that_follows_it(text: str, meaning: str) -> None:
    assert read(text) == meaning


@for_all(
    ("text", "meaning"),
    [
        ("sin x + 1", "add(sin(x), 1)"),
        ("sin x - y", "add(sin(x), neg(y))"),
        ("sin x*y", "mul(sin(x), y)"),
        ("sin x/y", "div(sin(x), y)"),
        ("sin x//y", "floordiv(sin(x), y)"),
        ("sin x % y", "mod(sin(x), y)"),
        ("(sin x)", "sin(x)"),
        ("[sin x]^2", "pow(sin(x), 2)"),
        ("max(sin x, cos x)", "max(sin(x), cos(x))"),
        ("where(sin x < y, 1, 2)", "piecewise(1, lt(sin(x), y), 2)"),
        ("where(sin x == y and ln x >= 0, 1, 2)", "piecewise(1, and(eq(sin(x), y), ge(log(x), 0)), 2)"),
        ("sin x cos y", "mul(sin(x), cos(y))"),
        ("sin x cos(y)", "mul(sin(x), cos(y))"),
        ("sin x e^x", "mul(sin(x), pow(e, x))"),
        ("sin x e²", "mul(sin(x), pow(e, 2))"),
        ("sin x e", "sin(mul(x, e))"),
        ("sin x (x+1)", "mul(sin(x), add(x, 1))"),
        ("sin x [x+1]", "mul(sin(x), add(x, 1))"),
        ("sin x |x|", "mul(sin(x), abs(x))"),
        ("ln x √x", "mul(log(x), sqrt(x))"),
    ],
)
def test_the_argument_ends_where_a_reader_ends_it(text: str, meaning: str) -> None:
    assert read(text) == meaning


@for_all(
    ("text", "meaning"),
    [
        ("sin x^2", "sin(pow(x, 2))"),
        ("sin 2x^2", "sin(mul(2, pow(x, 2)))"),
        ("ln x/x", "div(log(x), x)"),
        ("sin 2x/3", "div(sin(mul(2, x)), 3)"),
        ("sin (x+1)^2", "pow(sin(add(x, 1)), 2)"),
        ("sin(x+1)^2", "pow(sin(add(x, 1)), 2)"),
        ("sin (x)y", "mul(sin(x), y)"),
        ("sqrt 2x", "sqrt(mul(2, x))"),
        ("exp -x^2", "exp(neg(pow(x, 2)))"),
        ("sin^2 x^2", "pow(sin(pow(x, 2)), 2)"),
        ("sin x!", "sin(factorial(x))"),
        ("1/sin x", "div(1, sin(x))"),
    ],
)
def test_a_power_belongs_to_the_argument_and_a_division_to_the_function(text: str, meaning: str) -> None:
    assert read(text) == meaning


@pytest.mark.parametrize("text", ["e^x", "e"])
def test_a_variable_e_is_a_factor_like_any_other(text: str) -> None:
    assert read(f"sin x {text}", "e", "x").startswith("sin(mul(x, ")


@for_all(
    ("text", "forms"),
    [
        ("sin 2*x", ("sin(2*x)", "sin(2)*x")),
        ("sin 2 * x", ("sin(2*x)", "sin(2)*x")),
        ("ln 3*x^2", ("ln(3*x^2)", "ln(3)*x^2")),
        ("sin -2*x", ("sin(-2*x)", "sin(-2)*x")),
        ("sin pi/2", ("sin(pi/2)", "sin(pi)/2")),
        ("cos 2pi/3", ("cos(2pi/3)", "cos(2pi)/3")),
        ("sin 1/x", ("sin(1/x)", "sin(1)/x")),
        ("sqrt 2//x", ("sqrt(2//x)", "sqrt(2)//x")),
        ("sin 2 (x+1)", ("sin(2*(x+1))", "sin(2)*(x+1)")),
        ("log 2 (x)", ("log(2*(x))", "log(2)*(x)")),
        ("sin x(x+1)", ("sin(x*(x+1))", "sin(x)*(x+1)")),
        ("sin 2x(x+1)", ("sin(2x*(x+1))", "sin(2x)*(x+1)")),
    ],
)
def test_an_argument_that_may_go_on_is_refused_with_both_forms(text: str, forms: tuple[str, str]) -> None:
    hint = f"write `{forms[0]}` or `{forms[1]}`"
    assert complaint(text) == drawn(TWO.format(text), text, "^" * len(text), hint)
    assert complaint(f"1 + {text}") == drawn(TWO.format(text), f"1 + {text}", "    " + "^" * len(text), hint)


@pytest.mark.parametrize("text", ["sin 2*cos x", "ln 2/ln x", "sin pi*sin x"])
def test_constants_before_another_function_are_an_argument(text: str) -> None:
    assert read(text) == read(text.replace(" x", "(x)").replace(" 2", "(2)").replace(" pi", "(pi)"))


@pytest.mark.parametrize("text", ["sin - x", "exp-x", "sin-1"])
def test_a_sign_between_blanks_or_close_to_a_function_subtracts_from_it(text: str) -> None:
    name = text[:3]
    hint = f"call it, `{name}(x)`, or give it a value: {name}=... in `at`"
    assert complaint(text) == drawn(f"`{name}` is a function and is not called", text, "^^^", hint)


def test_a_name_with_a_value_takes_no_argument() -> None:
    assert read("sin x", "sin", "x") == "mul(sin, x)"


@pytest.mark.parametrize(("text", "meaning"), [("gamma x", "mul(gamma, x)"), ("beta x", "mul(beta, x)")])
def test_a_letter_with_the_name_of_a_function_takes_no_argument(text: str, meaning: str) -> None:
    assert read(text) == meaning


@pytest.mark.parametrize(("name", "call"), [("atan2", "atan2(y, x)"), ("max", "max(x)"), ("mod", "mod(x, y)")])
def test_a_function_of_several_arguments_must_be_called(name: str, call: str) -> None:
    hint = f"call it, `{call}`, or give it a value: {name}=... in `at`"
    caret = "^" * len(name)
    assert complaint(f"{name} x") == drawn(f"`{name}` is a function and is not called", f"{name} x", caret, hint)


@pytest.mark.parametrize(
    ("text", "word"), [("sin by of x", "of"), ("log natural x", "natural"), ("sin if", "if"), ("root of x", "of")]
)
def test_a_word_after_a_function_is_what_is_wrong(text: str, word: str) -> None:
    assert f"`{word}` is a word here, not a variable" in complaint(text)


@for_all("text", ["let x", "x bar", "3 kg*x", "double_x mass", "3x USD", "3 USD", "x Joule"])
def test_a_word_beside_a_factor_is_said(text: str) -> None:
    assert any(f"`{text}` was read as" in note for note in parse(text).notes)
    assert parse(text, text.replace("*", " ").split()).notes == ()


@for_all("word", ["double", "triple", "thrice", "more", "less", "common", "inverse", "modulo", "all", "per"])
def test_a_word_of_speech_is_no_factor(word: str) -> None:
    assert f"`{word}` is a word here, not a variable" in complaint(f"{word} x")
    assert read(f"{word}*x", word) == f"mul({word}, x)"
