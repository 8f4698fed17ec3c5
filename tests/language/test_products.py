"""Names that are products: which are split, which stay whole, which are refused."""

from __future__ import annotations

import pytest

from derivcli.language.cuts import readings, shown
from derivcli.language.everyday import WORDS
from derivcli.language.parser import parse
from derivcli.language.products import NOTHING, Setting
from derivcli.language.products import read as split
from derivcli.language.symbols import GREEK_NAMES
from tests import make_everyday
from tests.every import for_all
from tests.language import complaint, drawn, outline, read, refusal

SEVERAL = "`{}` could mean more than one thing"
PRODUCT_OR_NAME = "`{}` could be a product or one name"


def at_point(text: str, *names: str) -> str:
    """Return the outline of a text whose point gives these names and no others."""
    return outline(parse(text, names, at_point=True).tree)


@for_all(
    ("text", "meaning"),
    [
        ("x(x+1)", "mul(x, add(x, 1))"),
        ("t(t+1)", "mul(t, add(t, 1))"),
        ("a(b^x)", "mul(a, pow(b, x))"),
        ("e^x(1+x)", "mul(pow(e, x), add(1, x))"),
        ("x^2(x+1)", "mul(pow(x, 2), add(x, 1))"),
        ("xsin(x)", "mul(x, sin(x))"),
        ("xsin x", "mul(x, sin(x))"),
        ("xsin^2(x)", "mul(x, pow(sin(x), 2))"),
        ("xln x", "mul(x, log(x))"),
        ("xexp(-x)", "mul(x, exp(neg(x)))"),
        ("bsin(2x)", "mul(b, sin(mul(2, x)))"),
        ("(x+1)2", "mul(add(x, 1), 2)"),
        ("(x+1) 2", "mul(add(x, 1), 2)"),
        ("sin(x)2", "mul(sin(x), 2)"),
        ("|x|2", "mul(abs(x), 2)"),
        ("(x+1)2^x", "mul(add(x, 1), pow(2, x))"),
        ("xe^x", "mul(x, pow(e, x))"),
        ("2xe^(3x)", "mul(2, x, pow(e, mul(3, x)))"),
        ("te^-t", "mul(t, pow(e, neg(t)))"),
        ("ae^(bx)", "mul(a, pow(e, mul(b, x)))"),
        ("x^3+6xy", "add(pow(x, 3), mul(6, x, y))"),
        ("x (y)", "mul(x, y)"),
        ("pi(x+1)", "mul(pi, add(x, 1))"),
        ("e(2)", "mul(e, 2)"),
        ("xy(x+1)", "mul(x, y, add(x, 1))"),
    ],
)
def test_products_need_no_signs(text: str, meaning: str) -> None:
    assert read(text) == meaning


@for_all(
    ("text", "meaning"),
    [
        ("xsinx", "mul(x, sin(x))"),
        ("2senxcosx", "mul(2, sin(x), cos(x))"),
        ("xshx", "mul(x, sinh(x))"),
        ("sinxcosx", "mul(sin(x), cos(x))"),
        ("sinxcosxtanx", "mul(sin(x), cos(x), tan(x))"),
        ("secxtanx", "mul(sec(x), tan(x))"),
        ("x^3cosx", "mul(pow(x, 3), cos(x))"),
        ("x^2lnx", "mul(pow(x, 2), log(x))"),
        ("xlnx", "mul(x, log(x))"),
        ("xarctanx", "mul(x, atan(x))"),
        ("sqrtt", "sqrt(t)"),
        ("xatan2(y, x)", "mul(x, atan2(y, x))"),
        ("lnsinx", "log(sin(x))"),
        ("xlnlnx", "mul(x, log(log(x)))"),
        ("lnsinxcosx", "mul(log(sin(x)), cos(x))"),
        ("lnsin(x)", "log(sin(x))"),
        ("sqrtx+1", "add(sqrt(x), 1)"),
        ("cos12x", "cos(mul(12, x))"),
        ("ln2x", "log(mul(2, x))"),
        ("sinh2x", "sinh(mul(2, x))"),
        ("sqrt2", "sqrt(2)"),
        ("sin2pix", "sin(mul(2, pi, x))"),
        ("sinxy", "sin(mul(x, y))"),
        ("sinx^2", "sin(pow(x, 2))"),
        ("sinx/x", "div(sin(x), x)"),
        ("ysinx", "mul(y, sin(x))"),
        ("sintheta", "sin(theta)"),
        ("sinθcosθ", "mul(sin(θ), cos(θ))"),
        ("sinωt", "sin(mul(ω, t))"),
        ("cosnx + n", "add(cos(mul(n, x)), n)"),
        ("sinv/v", "div(sin(v), v)"),
        ("ax^2+bx+c", "add(mul(a, pow(x, 2)), mul(b, x), c)"),
        ("e^(-kt)", "pow(e, mul(neg(k), t))"),
        ("pie^x", "mul(pi, pow(e, x))"),
        ("axe^x + a", "add(mul(a, x, pow(e, x)), a)"),
        ("nk|x|", "mul(n, k, abs(x))"),
        ("xsin|x|", "mul(x, sin(abs(x)))"),
        ("mgh", "mul(m, g, h)"),
        ("ad - bc", "add(mul(a, d), neg(mul(b, c)))"),
        ("2pir", "mul(2, pi, r)"),
        ("E=mc^2", "mul(m, pow(c, 2))"),
        ("sin wt", "sin(mul(w, t))"),
    ],
)
def test_a_name_is_split_into_functions_and_letters(text: str, meaning: str) -> None:
    assert read(text) == meaning
    assert parse(text).notes != ()


@for_all(
    ("text", "note"),
    [
        ("x(x+1)", "`x(x+1)` was read as `x*(x + 1)`"),
        ("xsinx", "`xsinx` was read as `x*sin(x)`"),
        ("3 + cos12x", "`cos12x` was read as `cos(12*x)`"),
        ("x^3 + 6xy", "`6xy` was read as `6*x*y`"),
        ("xsin(x)", "`xsin(x)` was read as `x*sin(x)`"),
        ("2xe^(3x)", "`2xe^(3x)` was read as `2*x*e^(3*x)`"),
        ("P(1+r)^n", "`P(1+r)^n` was read as `P*(1 + r)^n`"),
    ],
)
def test_the_product_is_said(text: str, note: str) -> None:
    assert parse(text).notes == (note,)


@pytest.mark.parametrize("text", ["f(x+1)", "g(x)", "h(2)", "2f(x)", "f[x]"])
def test_a_letter_of_functions_is_no_factor(text: str) -> None:
    name = text.lstrip("2")[0]
    caret = " " * text.index(name) + "^"
    hint = f"to multiply, write `{name}*(...)` or give `{name}` a value"
    assert complaint(text) == drawn(f"unknown function `{name}`", text, caret, hint)


@pytest.mark.parametrize("text", ["x(1)", "k(2)", "P(0.5)", "2 + y(0)"])
def test_a_letter_before_a_number_in_brackets_is_an_index_or_a_product(text: str) -> None:
    place = text.removeprefix("2 + ")
    name, inner = place[:-1].split("(")
    caret = " " * text.index(place) + "^" * len(place)
    hint = f"write `{name}*({inner})` or `{name}[{inner}]`"
    assert complaint(text) == drawn(f"`{place}` could mean two things", text, caret, hint)


def test_a_letter_with_a_value_is_a_factor_but_for_an_index() -> None:
    assert read("f(x+1)", "f", "x") == "mul(f, add(x, 1))"
    assert "could mean two things" in complaint("x(1)", "x")
    assert read("x (1)") == "mul(x, 1)"


@pytest.mark.parametrize("text", ["x [1]", "x[ 1 ]", "x [ 1 ]", "k [0]"])
def test_a_number_in_square_brackets_with_blanks_is_an_index_or_a_product(text: str) -> None:
    name, number = text[0], text.strip("xk[] ")
    hint = f"write `{name}*({number})` or `{name}[{number}]`"
    assert complaint(text) == drawn(f"`{text}` could mean two things", text, "^" * len(text), hint)


@pytest.mark.parametrize(("text", "shown"), [("e(-x)", "e*(-x)")])
def test_what_looks_like_a_call_or_an_index_gets_a_note(text: str, shown: str) -> None:
    assert parse(text).notes == (f"`{text}` was read as `{shown}`",)


@for_all("name", ["xsinx", "ax", "kt", "mass", "sin2x", "lnx", "asinx", "log2x", "xyz"])
def test_a_name_with_a_value_is_one_name(name: str) -> None:
    assert read(f"2*{name} + x", name) == f"add(mul(2, {name}), x)"
    assert parse(f"2*{name}", (name,)).notes == ()


@for_all(
    ("text", "names", "meaning"),
    [
        ("ax^2+bx+c", ("a", "b", "c", "x"), "add(mul(a, pow(x, 2)), mul(b, x), c)"),
        ("ax^2+bx+c", ("ax", "bx", "c", "x"), "add(pow(ax, 2), bx, c)"),
        ("ax^2", ("x",), "pow(ax, 2)"),
        ("kt", ("k", "t"), "mul(k, t)"),
        ("2pir", ("r",), "mul(2, pi, r)"),
        ("xsinx", ("x",), "mul(x, sin(x))"),
        ("asin(bx)", ("x", "b"), "asin(mul(b, x))"),
        ("cosnx", ("n", "x"), "cos(mul(n, x))"),
        ("at^2", ("a", "t"), "mul(a, pow(t, 2))"),
        ("ysinx", ("x", "y"), "mul(y, sin(x))"),
    ],
)
def test_a_point_says_which_letters_there_are(text: str, names: tuple[str, ...], meaning: str) -> None:
    assert at_point(text, *names) == meaning


@for_all(
    ("text", "forms"),
    [
        ("asinx", ("asin(x)", "a*sin(x)")),
        ("acosx", ("acos(x)", "a*cos(x)")),
        ("log2x", ("log2(x)", "log(2*x)", "log(x, 2)")),
        ("log10x", ("log10(x)", "log(10*x)", "log(x, 10)")),
        ("exp2x", ("exp2(x)", "exp(2*x)")),
        ("atan2x", ("atan(2*x)", "a*tan(2*x)")),
        ("log5x", ("log(5*x)", "log(x, 5)")),
        ("sinx2", ("sin(x^2)", "sin(x)^2")),
        ("xsinx2", ("x*sin(x^2)", "x*sin(x)^2")),
    ],
)
def test_a_name_of_several_readings_is_refused_with_each(text: str, forms: tuple[str, ...]) -> None:
    hint = "write " + " or ".join(f"`{form}`" for form in forms)
    assert complaint(f"1+{text}") == drawn(SEVERAL.format(text), f"1+{text}", "  " + "^" * len(text), hint)


@pytest.mark.parametrize(
    ("name", "rest", "forms"),
    [
        ("xlog10", "(x)", ("x*log10", "x*log(10)")),
        ("Asin", "(x)", ("asin", "A*sin")),
        ("Acos", " x", ("acos", "A*cos")),
    ],
)
def test_a_called_name_of_several_readings_is_refused_with_each(name: str, rest: str, forms: tuple[str, ...]) -> None:
    hint = "write " + " or ".join(f"`{form}`" for form in forms)
    assert complaint(name + rest) == drawn(SEVERAL.format(name), name + rest, "^" * len(name), hint)


@for_all(
    ("text", "form"),
    [
        ("sinr", "sin(r)"),
        ("cosnx", "cos(n*x)"),
        ("zsinz", "z*sin(z)"),
        ("nlogn", "n*log(n)"),
        ("sinalpha", "sin(alpha)"),
        ("sinxyz", "sin(x*y*z)"),
    ],
)
def test_letters_that_occur_nowhere_else_leave_a_doubt(text: str, form: str) -> None:
    hint = f"write `{form}`, or give `{text}` a value: {text}=... in `at`"
    assert complaint(text) == drawn(PRODUCT_OR_NAME.format(text), text, "^" * len(text), hint)


@for_all(
    ("text", "forms"),
    [
        ("sin2 x", ("sin(2*x)", "sin(x)^2")),
        ("sin2(x)", ("sin(2*(x))", "sin(x)^2")),
        ("cos2(x+1)", ("cos(2*(x+1))", "cos(x+1)^2")),
        ("xsin2(x)", ("x*sin(2*(x))", "x*sin(x)^2")),
        ("sin2πft", ("sin(2*πft)", "sin(πft)^2")),
        ("sin2√x", ("sin(2*√x)", "sin(√x)^2")),
        ("sqrt2 x", ("sqrt(2*x)", "sqrt(2)*x")),
        ("ln2(x+1)", ("ln(2*(x+1))", "ln(2)*(x+1)")),
    ],
)
def test_digits_between_a_function_and_its_argument_are_a_factor_or_a_lost_power(
    text: str, forms: tuple[str, str]
) -> None:
    hint = f"write `{forms[0]}` or `{forms[1]}`"
    assert complaint(text) == drawn(f"`{text}` could mean two things", text, "^" * len(text), hint)


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [("sin2|x|", "sin2", "sin(2)"), ("|sin2|", "sin2", "sin(2)"), ("ansqrt|x|", "ansqrt", "a*n*sqrt")],
)
def test_a_doubtful_name_before_a_bar_is_refused(text: str, name: str, form: str) -> None:
    caret = " " * text.index(name) + "^" * len(name)
    hint = f"write `{form}`, or give `{name}` a value: {name}=... in `at`"
    assert complaint(text) == drawn(PRODUCT_OR_NAME.format(name), text, caret, hint)


@pytest.mark.parametrize(
    ("name", "rest", "form"), [("v0cos", "(x)", "v0*cos"), ("a0sin", " x", "a0*sin"), ("x1y", "(x+y)", "x1*y")]
)
def test_a_numbered_name_that_is_called_is_refused_with_the_product(name: str, rest: str, form: str) -> None:
    hint = f"write `{form}`, or give `{name}` a value: {name}=... in `at`"
    assert complaint(name + rest) == drawn(PRODUCT_OR_NAME.format(name), name + rest, "^" * len(name), hint)


@pytest.mark.parametrize("text", ["Bsin(x)", "Kexp(x)"])
def test_a_capital_before_a_function_that_is_called_is_refused_with_the_product(text: str) -> None:
    name = text.partition("(")[0]
    hint = f"write `{name[0]}*{name[1:]}`, or give `{name}` a value: {name}=... in `at`"
    assert complaint(text) == drawn(PRODUCT_OR_NAME.format(name), text, "^" * len(name), hint)


@for_all(
    "name",
    [
        *("mass", "loss", "force", "rate", "time", "vel", "acc", "lr", "wd", "abcd", "xyzw", "kT", "RT", "nRT"),
        *(
            "xdx",
            "xdt",
            "x_1",
            "x1",
            "xY",
            "Xx",
            "x_y",
            "alpha",
            "theta",
            "taux",
            "dx",
            "du",
            "dt",
            "Δx",
            "Σx",
            "x1x2",
            "sin_x",
        ),
        *("kv", "jn", "nan_", "tank", "logs", "sinus", "basin", "import"),
    ],
)
def test_a_word_or_a_marked_name_is_one_name(name: str) -> None:
    assert read(f"2*{name}") == f"mul(2, {name})"


@for_all(
    ("text", "other"),
    [
        ("cost", "cos(t)"),
        ("sinA", "sin(A)"),
        ("NlogN", "N*log(N)"),
        ("Acosx", "A*cos(x)"),
        ("x*a1x", "a1*x"),
        ("x1y", "x1*y"),
        ("m1m2", "m1*m2"),
        ("Gm1m2", "G*m1*m2"),
        ("v0cosx", "v0*cos(x)"),
        ("v_0cosx", "v_0*cos(x)"),
        ("mass*lnmass", "ln(mass)"),
        ("a_1x", "a_1*x"),
    ],
)
def test_a_whole_name_that_could_be_a_product_gets_a_note(text: str, other: str) -> None:
    name = text.rpartition("*")[2]
    assert parse(f"2*{text} + x").notes == (f"`{name}` was read as one name, not as {other}",)


def test_names_with_numbers_are_multiplied_where_each_stands_elsewhere() -> None:
    # two resistors side by side, as physics books write it
    parsed = parse("R1R2/(R1+R2)")
    assert read("R1R2/(R1+R2)") == read("R1*R2/(R1+R2)")
    assert parsed.notes == ("`R1R2` was read as `R1*R2`",)


def test_a_way_with_acceleration_is_no_word() -> None:
    assert read("v0*t + at^2/2") == read("v0*t + a*t^2/2")
    assert read("2at") == read("2*a*t")


@for_all("amplitude", ["A", "C", "y0", "N_0"])
def test_an_amplitude_before_e_with_a_variable_above_is_a_factor(amplitude: str) -> None:
    # growth and decay, as every book of calculus writes them: A = Pe^(rt)
    for exponent in ("x", "(k*t)", "(-t/tau)", "-x"):
        assert read(f"{amplitude}e^{exponent}") == read(f"{amplitude}*e^{exponent}")
        assert parse(f"{amplitude}e^{exponent}").notes[0].startswith(f"`{amplitude}e^")


@for_all(("text", "other"), [("kTe^x", "kT*e"), ("Ae^2*x", "A*e"), ("Te^(3/2)*x", "T*e"), ("y0e^2*x", "y0*e")])
def test_an_amplitude_before_e_that_may_be_a_name_gets_a_note(text: str, other: str) -> None:
    name = text.partition("^")[0]
    assert read(text).count(name) == 1
    assert parse(text).notes == (f"`{name}` was read as one name, not as {other}",)


def would_be_cut(word: str) -> bool:
    """Tell whether a word could be read as a product: of three letters, or of functions and their arguments."""
    return len(word) == 3 or word in make_everyday.SHORT.split() or any(readings(word, called=True))


def test_every_word_of_the_table_would_be_cut_without_it() -> None:
    assert [word for word in sorted(WORDS) if not would_be_cut(word)] == []


def test_every_word_of_the_table_stays_whole() -> None:
    found = split({(word, NOTHING) for word in WORDS}, Setting())
    assert {word: name for (word, _), name in found.items() if name.factors != (word,) or name.forms} == {}


def test_the_table_is_sorted_without_doubles_and_without_letters_written_out() -> None:
    from derivcli.language import everyday

    words = everyday._TEXT.split()
    assert words == sorted(set(words))
    assert not GREEK_NAMES.intersection(words)


def test_the_table_is_made_from_a_list_of_words() -> None:
    words = make_everyday.taken(["mass", "cost", "alpha", "Cat", "cat", "it's", "table", "sink"])
    assert {"cost", "cat", "sink"} <= set(words)
    assert not {"mass", "alpha", "Cat", "table"} & set(words)
    assert words == sorted(words)
    assert "WORDS = frozenset" in make_everyday.module(["cost"])


@pytest.mark.parametrize(
    ("factors", "text"),
    [
        (("x", "sin", "2", "x"), "x*sin(2*x)"),
        (("sin", "x", "cos", "x"), "sin(x)*cos(x)"),
        (("x", "sin"), "x*sin(...)"),
        (("a", "ln", "sin", "x", "y", "cos", "z"), "a*ln(sin(x*y))*cos(z)"),
        (("a", "b"), "a*b"),
    ],
)
def test_factors_are_shown_as_they_would_be_typed(factors: tuple[str, ...], text: str) -> None:
    assert shown(factors) == text


def test_each_way_to_cut_a_name_is_found() -> None:
    assert set(readings("asinx", called=False)) == {("asin", "x"), ("a", "sin", "x")}
    assert set(readings("xsin", called=True)) == {("x", "sin")}
    assert set(readings("xsin", called=False)) == set()
    assert set(readings("mass", called=True)) == set()


@pytest.mark.parametrize(
    ("text", "form"), [("COSX", "cos(x)"), ("Sinx", "sin(x)"), ("XSINX", "x*sin(x)"), ("LOGX^2", "log(x)")]
)
def test_functions_in_capitals_within_a_name_are_refused_with_small_letters(text: str, form: str) -> None:
    error = refusal(parse, text)
    assert error is not None
    assert error.suggestions == (form,)
    assert parse(text, (text.removesuffix("^2"),)).notes == ()


def test_a_word_that_ends_in_the_base_of_a_power_is_refused_where_the_exponent_is_a_variable() -> None:
    assert refusal(parse, "axe^x") is not None
    assert read("age^2") == "pow(age, 2)"
