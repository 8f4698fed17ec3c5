"""Tokens as they are meant: numbers in other notations, and what is said of names."""

from __future__ import annotations

import pytest

from derivcli.errors import DerivError
from derivcli.language.parser import parse
from derivcli.language.tree import variables
from tests.every import for_all
from tests.language import complaint, read, refusal


@pytest.mark.parametrize(
    ("text", "name", "power"),
    [("x2 + x", "x2", "x^2"), ("2x3 - 3x", "x3", "x^3"), ("theta2/theta", "theta2", "theta^2")],
)
def test_a_lost_superscript_gets_a_note(text: str, name: str, power: str) -> None:
    assert parse(text).notes == (f"`{name}` was read as one name; the power is {power}",)


@for_all(
    ("text", "names"),
    [("x1 + x2", ()), ("x2", ()), ("x2 + x", ("x2",)), ("y2 + x", ()), ("x0 + x", ()), ("x - x1", ())],
)
def test_a_numbered_name_alone_needs_no_note(text: str, names: tuple[str, ...]) -> None:
    assert parse(text, names).notes == ()


def test_log_beside_ln_gets_a_note() -> None:
    said = "`log` is the natural logarithm here, as `ln` is; log10(x) is the common one"
    assert parse("ln(x) + log(x)").notes == (said,)
    assert parse("log(x)").notes == parse("ln(x)").notes == ()


@pytest.mark.parametrize(
    ("text", "name", "product"),
    [("wL + w", "wL", "w*L"), ("2x + xT", "xT", "x*T"), ("nRT/V - n", "nRT", "n*R*T"), ("GM/M", "GM", "G*M")],
)
def test_a_name_with_a_capital_that_holds_another_gets_a_note(text: str, name: str, product: str) -> None:
    assert parse(text).notes == (f"`{name}` was read as one name, not as {product}",)
    assert parse(text, (name,)).notes == ()


@for_all("text", ["kT", "kT/x", "RC*t", "dT/x + T", "Sum + m", "x_T + x", "Temp + p", "Tan(x)*n"])
def test_a_name_with_a_capital_needs_no_note_otherwise(text: str) -> None:
    assert parse(text).notes == ()


@for_all("text", ["acos(x) + a", "a*atan(x)", "a*asin(x)*sin(x)"])
def test_a_name_of_the_catalogue_gets_no_note_beside_its_parts(text: str) -> None:
    assert parse(text).notes == ()


@pytest.mark.parametrize("name", ["PI", "Pi"])
def test_pi_in_capitals_gets_a_note(name: str) -> None:
    assert parse(f"2*{name}*r").notes == (f"`{name}` was read as pi",)
    assert parse(f"2*{name}*r", (name,)).notes == ()


def test_a_sign_of_a_sum_gets_a_note() -> None:
    assert parse("Σ x").notes == ("`Σ` was read as a variable; sums and products are written out",)
    assert parse("Σ x", ("Σ",)).notes == ()


@for_all("text", ["e^(i*x)", "e^(ix)", "e^{-i*x}", "exp(2*i*x)", r"e^{i\theta}", "1 + e^-i"])
def test_an_imaginary_unit_is_said_to_be_a_variable(text: str) -> None:
    assert "`i` was read as a variable: complex numbers are not supported" in parse(text).notes


@for_all("text", ["P*(1+i)^n", "e^x*i", "i*exp(x) + i", "e^(k*t) - i"])
def test_a_letter_outside_of_an_exponent_of_e_is_a_variable(text: str) -> None:
    assert parse(text).notes in ((), ("`P(1+i)^n` was read as `P*(1 + i)^n`",))


WORDS = {
    "derivative": "give the formula alone, or `d/dx` before it",
    "differentiate": "give the formula alone, or `d/dx` before it",
    "implicit": "give the formula alone, or `d/dx` before it",
    "find": "give the formula alone, or `d/dx` before it",
    "for": "give the formula alone, or `d/dx` before it",
    "plot": "give the formula alone, and --plot for a picture",
    "simplify": "only derivatives are computed",
    "of": "give the formula alone, or `d/dx` before it",
    "to": "give the formula alone, or `d/dx` before it",
    "if": "write `where(condition, a, b)`",
    "else": "write `where(condition, a, b)`",
    "then": "write `where(condition, a, b)`",
    "otherwise": "write `where(condition, a, b)`",
    "when": "write `where(condition, a, b)`",
    "xor": "write `(a and not b) or (b and not a)`",
    "at": "give the point in `at`: x=2, or write `a*t` to multiply",
    "natural": "write `log(x)`",
    "sine": "write `sin(x)`",
    "cosine": "write `cos(x)`",
    "twice": "write `2*`",
    "squared": "write `x^2`",
    "cubed": "write `x^3`",
    "plus": "write `+`",
    "minus": "write `-`",
    "divided": "write `/`",
    "over": "write `/`",
    "times": "write `*`",
    "div": "write `//`",
    "equals": "write `=`, or `==` in a condition",
}


# These are read behind an operand, and two of them before one; `at^2` is a*t^2.
_SPOKEN = {"squared", "cubed", "plus", "minus", "over", "times"}
_SHAPES = ("2 {} y", "y {}", "{} y", "sin {}", "y*{}^2")
_READ = {
    *((_SHAPES[2], word) for word in ("twice", "minus")),
    *((shape, word) for shape in (_SHAPES[0], _SHAPES[2]) for word in ("sine", "cosine")),
    *((shape, "at") for shape in (_SHAPES[1], _SHAPES[3], _SHAPES[4])),
    *((_SHAPES[4], word) for word in ("find", "for", "plot", "simplify")),
}


@for_all(
    ("shape", "word"),
    [
        (shape, word)
        for word in WORDS
        for shape in (_SHAPES[2::2] if word in _SPOKEN else _SHAPES)
        if (shape, word) not in _READ
    ],
)
def test_a_word_between_factors_is_never_a_variable(shape: str, word: str) -> None:
    text = shape.format(word)
    if text.startswith(("differentiate", "derivative")):
        text = f"2*{text}"
    start = text.index(word)
    lines = complaint(text).splitlines()
    assert lines[0] == f"error: `{word}` is a word here, not a variable"
    assert lines[2] == "  " + " " * start + "^" * len(word)
    assert lines[3] == f"hint: {WORDS[word]}"


@for_all("word", ["double", "all", "inverse", "per", "less", "in", "for", "graph", "expand"])
def test_a_word_of_speech_is_a_variable_where_signs_stand_around_it(word: str) -> None:
    for text in (f"x*{word}", f"({word} + 1)/x", f"sin({word})^2 - x", f"-{word}^2/x"):
        assert sorted(variables(parse(text).tree)) == sorted((word, "x"))
    for text in (f"x {word}", f"x*{word} 2", f"2{word}", f"({word} x) + 1"):
        with pytest.raises(DerivError):
            parse(text)


@for_all("word", WORDS)
def test_a_word_with_a_value_is_a_variable(word: str) -> None:
    assert read(f"2 {word} y", word) == f"mul(2, {word}, y)"


def test_the_letters_of_a_word_that_all_have_values_are_a_product() -> None:
    tree = parse("u + at", ("u", "a", "t"), at_point=True).tree
    assert tree == parse("u + a*t").tree


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("2x3", ("2*3", "2*x3")),
        ("1+2x10", ("2*10", "2*x10")),
        ("3e-x", ("3*e^(-x)", "3*e - x")),
        ("3e-xy", ("3*e^(-xy)", "3*e - xy")),
    ],
)
def test_a_number_that_could_be_a_factor_or_more_is_refused_with_both_forms(text: str, forms: tuple[str, ...]) -> None:
    error = refusal(parse, text)
    assert error is not None
    assert error.suggestions == forms


def test_tau_and_e_in_capitals_are_said_unless_they_have_a_value() -> None:
    tau = "`tau` was read as the constant 2*pi; a time constant is given a value: --at tau=..."
    euler = "`E` was read as a variable; the base of the natural logarithm is `e`"
    assert parse("exp(-t/tau)").notes == (tau,)
    assert parse("exp(-t/tau)", ("tau",)).notes == ()
    assert parse("E^x").notes == (euler,)
    assert parse("E*x").notes == parse("E^x", ("E",)).notes == ()


def test_a_torn_exponent_of_ten_is_said() -> None:
    note = "`e3` was read as a name; an exponent of ten is written close to its number: 1e3"
    assert parse("2 e3 x").notes == (note,)
    assert parse("2 e3 x", ("e3",)).notes == ()
    assert parse("2*e3 x").notes == ()
