"""What names mean, and slips for others."""

from __future__ import annotations

import pytest

from derivcli.errors import UnknownNameError
from derivcli.language.catalogue import function_names
from derivcli.language.names import misspelt, nearest
from derivcli.language.parser import parse
from tests.every import for_all
from tests.language import complaint, drawn, read, refusal


@for_all("name", ["x", "theta", "I", "E", "N", "S", "C", "O", "Q", "lambda", "xi", "E_n", "oo", "import"])
def test_a_bare_name_is_a_variable(name: str) -> None:
    tree = parse(name).tree
    assert (tree.op, tree.text) == ("variable", name)


@for_all("name", ["gamma", "psi", "Phi", "Γ", "k1", "y0", "j0", "li", "Ei"])
def test_a_function_whose_name_is_a_letter_is_a_variable_where_it_is_not_called(name: str) -> None:
    assert read(f"2*{name} + {name}(x)", "x") == f"add(mul(2, {name}), {parse(f'{name}(x)').tree.op}(x))"
    assert parse(name).tree.op == "variable"


@pytest.mark.parametrize("name", ["pi", "e", "tau", "inf"])
def test_a_constant_is_a_constant_until_it_is_given_a_value(name: str) -> None:
    assert parse(name).tree.op == name
    tree = parse(name, frozenset({name})).tree
    assert (tree.op, tree.text) == ("variable", name)


@for_all("name", ["gamma", "sin", "max", "where", "Γ", "beta", "zeta", "Li"])
def test_a_function_with_a_value_is_a_variable(name: str) -> None:
    tree = parse(name, frozenset({name})).tree
    assert (tree.op, tree.text) == ("variable", name)


def test_variables_with_functions_names_multiply() -> None:
    assert read("gamma pr/(gamma-1)", "gamma", "pr") == "div(mul(gamma, pr), add(gamma, neg(1)))"


@for_all(
    ("text", "message"),
    [
        ("3*sine(x)", drawn("unknown function `sine`", "3*sine(x)", "  ^^^^", "did you mean `sin`?")),
        ("c0s(x)", drawn("unknown function `c0s`", "c0s(x)", "^^^", "did you mean `cos`?")),
        ("5*s1n(x)", drawn("unknown function `s1n`", "5*s1n(x)", "  ^^^", "did you mean `sin`?")),
        ("AND(x>0)", drawn("unknown function `AND`", "AND(x>0)", "^^^", "write `a and b`")),
        ("tann(x)", drawn("unknown function `tann`", "tann(x)", "^^^^", "did you mean `tan`?")),
        ("2*sQrt(x)", drawn("unknown function `sQrt`", "2*sQrt(x)", "  ^^^^", "did you mean `sqrt`?")),
        ("g(x+1)", drawn("unknown function `g`", "g(x+1)", "^", "to multiply, write `g*(...)` or give `g` a value")),
        (
            "kx(1-x)",
            drawn(
                "unknown function `kx`",
                "kx(1-x)",
                "^^",
                "deriv --functions lists all; to multiply, write `k*x*(...)` or give `kx` a value",
            ),
        ),
        ("2f(x)", drawn("unknown function `f`", "2f(x)", " ^", "to multiply, write `f*(...)` or give `f` a value")),
        (
            "__import__(x)",
            drawn(
                "unknown function `__import__`",
                "__import__(x)",
                "^^^^^^^^^^",
                "deriv --functions lists all; to multiply, write `__import__*(...)` or give `__import__` a value",
            ),
        ),
        ("Sin x", drawn("`Sin` is a function and is not called", "Sin x", "^^^", "write `sin` or `sin(x)`")),
        ("SIN^2 x", drawn("`SIN` is a function and is not called", "SIN^2 x", "^^^", "write `sin` or `sin(x)`")),
        ("2 + LN 2", drawn("`LN` is a function and is not called", "2 + LN 2", "    ^^", "write `ln` or `ln(x)`")),
        (
            "sin + 1",
            drawn(
                "`sin` is a function and is not called",
                "sin + 1",
                "^^^",
                "call it, `sin(x)`, or give it a value: sin=... in `at`",
            ),
        ),
        ("1 + nan", drawn("`nan` is not a number", "1 + nan", "    ^^^")),
        ("NaN", drawn("`NaN` is not a number", "NaN", "^^^")),
    ],
)
def test_a_name_without_a_meaning_is_explained(text: str, message: str) -> None:
    assert complaint(text) == message


def test_an_unknown_function_carries_its_suggestions() -> None:
    error = refusal(parse, "sine(x)")
    assert isinstance(error, UnknownNameError)
    assert error.suggestions[0] == "sin"
    assert error.kind == "unknown_name"


@pytest.mark.parametrize("text", ["2pi(x)", "e(x)", "tau(x)"])
def test_a_constant_multiplies_a_bracket(text: str) -> None:
    assert read(text).startswith("mul(")


@for_all(
    ("typed", "meant"),
    [
        ("sine", "sin"),
        ("sinn", "sin"),
        ("cosh2", "cosh"),
        ("tann", "tan"),
        ("squrt", "sqrt"),
        ("arcsine", "arcsin"),
        ("factoral", "factorial"),
        ("sigmod", "sigmoid"),
        ("SIN", "sin"),
        ("Log", "log"),
        ("hypotenuse", "hypot"),
    ],
)
def test_a_slip_finds_the_function_that_was_meant(typed: str, meant: str) -> None:
    assert nearest(typed, function_names())[0] == meant


@pytest.mark.parametrize("typed", ["q", "zzz", "_", "αβγδ", ""])
def test_nothing_is_suggested_for_what_resembles_nothing(typed: str) -> None:
    assert nearest(typed, function_names()) == ()


def test_the_nearest_comes_first_and_no_more_than_asked() -> None:
    assert nearest("tanx", ("tan", "tanh", "sin")) == ("tan", "tanh")
    assert len(nearest("a", ("ab", "ac", "ad", "ae"))) == 3
    assert len(nearest("a", ("ab", "ac", "ad", "ae"), most=1)) == 1


def test_no_known_names_mean_no_suggestions() -> None:
    assert nearest("sin", ()) == ()


def test_a_name_suggests_itself() -> None:
    assert nearest("sin", function_names())[0] == "sin"


# What is refused, and what each suggestion makes of it in the place that it is for.
FOLLOWED = {
    "sin 2*x": ("sin(mul(2, x))", "mul(sin(2), x)"),
    "sin 2 * x + 1": ("add(sin(mul(2, x)), 1)", "add(mul(sin(2), x), 1)"),
    "ln sin 2*x": ("log(sin(mul(2, x)))", "mul(log(sin(2)), x)"),
    "sin^2 3*x": ("pow(sin(mul(3, x)), 2)", "mul(pow(sin(3), 2), x)"),
    "sin pi/2": ("sin(div(pi, 2))", "div(sin(pi), 2)"),
    "1 + cos 2pi/3": ("add(1, cos(div(mul(2, pi), 3)))", "add(1, div(cos(mul(2, pi)), 3))"),
    "sin 1/x": ("sin(div(1, x))", "div(sin(1), x)"),
    "sin 2 (x+1)": ("sin(mul(2, add(x, 1)))", "mul(sin(2), add(x, 1))"),
    "sin x(x+1)": ("sin(mul(x, add(x, 1)))", "mul(sin(x), add(x, 1))"),
    "xcosx(x+1)": ("mul(x, cos(mul(x, add(x, 1))))", "mul(x, cos(x), add(x, 1))"),
    "x(1)": ("mul(x, 1)", "x[1]"),
    "2 + k(0)": ("add(2, mul(k, 0))", "add(2, k[0])"),
    "e^2x": ("pow(e, mul(2, x))", "mul(pow(e, 2), x)"),
    "5^2x": ("pow(5, mul(2, x))", "mul(pow(5, 2), x)"),
    "e^xy": ("pow(e, mul(x, y))", "mul(pow(e, x), y)"),
    "x e^2x": ("mul(x, pow(e, mul(2, x)))", "mul(x, pow(e, 2), x)"),
    "2*e^3x": ("mul(2, pow(e, mul(3, x)))", "mul(2, pow(e, 3), x)"),
    "e^-3x ln x": ("mul(pow(e, mul(neg(3), x)), log(x))", "mul(pow(e, neg(3)), x, log(x))"),
    "e^2x/2": ("div(pow(e, mul(2, x)), 2)", "div(mul(pow(e, 2), x), 2)"),
    "x^2x": ("pow(x, mul(2, x))", "mul(pow(x, 2), x)"),
    "x^ab": ("pow(x, mul(a, b))", "mul(pow(x, a), b)"),
    "(x)^2x": ("pow(x, mul(2, x))", "mul(pow(x, 2), x)"),
    "(1+r)^nt": ("pow(add(1, r), mul(n, t))", "mul(pow(add(1, r), n), t)"),
    "e^2(x+1)": ("pow(e, mul(2, add(x, 1)))", "mul(pow(e, 2), add(x, 1))"),
    "e^2sin x": ("pow(e, mul(2, sin(x)))", "mul(pow(e, 2), sin(x))"),
    "e^xsinx": ("pow(e, mul(x, sin(x)))", "mul(pow(e, x), sin(x))"),
    "e**2x": ("pow(e, mul(2, x))", "mul(pow(e, 2), x)"),
    "asinx": ("asin(x)", "mul(a, sin(x))"),
    "2acosx": ("mul(2, acos(x))", "mul(2, a, cos(x))"),
    "log2x": ("log2(x)", "log(mul(2, x))", "log(x, 2)"),
    "log10x + 1": ("add(log10(x), 1)", "add(log(mul(10, x)), 1)", "add(log(x, 10), 1)"),
    "exp2x": ("exp2(x)", "exp(mul(2, x))"),
    "atan2x": ("atan(mul(2, x))", "mul(a, tan(mul(2, x)))"),
    "log5x": ("log(mul(5, x))", "log(x, 5)"),
    "sinx2": ("sin(pow(x, 2))", "pow(sin(x), 2)"),
    "sin2 x": ("sin(mul(2, x))", "pow(sin(x), 2)"),
    "sin2(x+1)": ("sin(mul(2, add(x, 1)))", "pow(sin(add(x, 1)), 2)"),
    "xsin2(x)": ("mul(x, sin(mul(2, x)))", "mul(x, pow(sin(x), 2))"),
    "sin2πft": ("sin(mul(2, pi, f, t))", "pow(sin(mul(pi, f, t)), 2)"),
    "sqrt2(x+1)": ("sqrt(mul(2, add(x, 1)))", "mul(sqrt(2), add(x, 1))"),
    "xlog10(x)": ("mul(x, log10(x))", "mul(x, log(10), x)"),
    "Asin(x)": ("asin(x)", "mul(A, sin(x))"),
    "Acos x": ("acos(x)", "mul(A, cos(x))"),
    "Bsin(x)": ("mul(B, sin(x))",),
    "cosnx": ("cos(mul(n, x))",),
    "zsinz": ("mul(z, sin(z))",),
    "sinr + 1": ("add(sin(r), 1)",),
    "nlogn": ("mul(n, log(n))",),
    "sine(x)": ("sin(x)", "sinc(x)", "sind(x)", "sinh(x)"),
    "3*tann(x)": ("mul(3, tan(x))", "mul(3, tand(x))", "mul(3, tanh(x))"),
    "factoral(x)": ("factorial(x)",),
    "sQrt(x)": ("sqrt(x)", "square(x)"),
    "Sin x + 1": ("add(sin(x), 1)",),
    "LN 2": ("log(2)",),
    "LOG x^2": ("log(pow(x, 2))",),
    "exp^(-x)": ("pow(e, neg(x))",),
    "sin + 1": ("add(sin(x), 1)",),
    "d/dx (x^2) + x": ("add(pow(x, 2), x)", "pow(x, 2)"),
}


def followed(text: str) -> tuple[str, ...]:
    """Return what each suggestion for a text that is refused makes of it, the first of each meaning."""
    error = refusal(parse, text)
    assert error is not None
    assert error.span is not None
    start, end = error.span
    return tuple(dict.fromkeys(read(text[:start] + form + text[end:]) for form in error.suggestions))


@for_all("text", FOLLOWED)
def test_a_suggestion_that_is_followed_means_what_it_says(text: str) -> None:
    assert followed(text) == FOLLOWED[text]


@for_all("text", FOLLOWED)
def test_the_hint_shows_the_suggestions(text: str) -> None:
    error = refusal(parse, text)
    assert error is not None
    for form in error.suggestions[:1]:
        assert f"{form}" in str(error.hint)


@for_all("name", ["norm", "foo", "integral", "limit", "ab", "myfunction", "q7", "sum"])
def test_a_name_that_is_near_to_nothing_gets_no_suggestion(name: str) -> None:
    error = refusal(parse, f"{name}(x)")
    assert error is not None
    assert error.suggestions == ()
    assert "did you mean" not in str(error.hint)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sinn", "sin"),  # doubled
        ("tahn", "tanh"),  # swapped
        ("sqt", "sqrt"),  # left out
        ("sqrtt", "sqrt"),  # added
        ("tam", "tan"),  # hit another
    ],
)
def test_one_slip_of_the_hand_is_mended(typed: str, meant: str) -> None:
    assert misspelt(typed, function_names())[0] == meant


@for_all("typed", ["si", "xin", "sqqqrt", "log3", "", "s"])
def test_two_slips_another_first_letter_and_other_digits_are_no_slip(typed: str) -> None:
    assert misspelt(typed, function_names()) == ()


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("SUM(x)", "`sum(x, y)`: sum of the arguments, scalars only: write w1*x1 + w2*x2"),
        ("log_b x", "write `log(x, b)`"),
        ("log base x of 2", "write `log(y, x)`"),
        ("int(x)", "write `floor(x)` or `trunc(x)`"),
        ("hypotenuse(x, y)", "did you mean `hypot`?"),
        ("foo(x)", "deriv --functions lists all; to multiply, write `foo*(...)` or give `foo` a value"),
    ],
)
def test_a_name_from_elsewhere_is_answered_with_ours(text: str, hint: str) -> None:
    assert complaint(text).splitlines()[-1] == f"hint: {hint}"


@for_all(
    ("text", "hint"),
    [
        ("softmax(x)", "of the first of two logits it is `sigmoid(x1 - x2)`; scalars only: write w1*x1 + w2*x2"),
        ("cross_entropy(x, y)", "of the first of two logits it is `logsumexp(x1, x2) - x1`; scalars only"),
        ("LogSoftmax(x)", "of the first of two logits it is `x1 - logsumexp(x1, x2)`; scalars only"),
        ("nn.CrossEntropyLoss()(x, y)", "of the first of two logits it is `logsumexp(x1, x2) - x1`; scalars only"),
        ("F.kl_div(x, y)", "for one element write `y*(log(y) - x)`"),
        ("soft_margin_loss(x, y)", "for one element write `softplus(-x*y)`"),
        ("l1_loss(x, y)", "write `abs(x - y)`"),
        ("binary_cross_entropy_with_logits(x, y)", "write `softplus(x) - x*y`"),
        ("clamp_min(x, 0)", "write `max(...)`"),
        ("MSELoss(x, y)", "it gives a function: write `nn.MSELoss()(x, y)`"),
        ("dot(x, y)", "scalars only: write w1*x1 + w2*x2"),
    ],
)
def test_a_function_of_torch_that_is_none_here_is_refused_with_what_there_is(text: str, hint: str) -> None:
    assert f"\nhint: {hint}" in complaint(text)
