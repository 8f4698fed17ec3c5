"""The table of characters beyond ASCII."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivcli.errors import ExpressionError
from derivcli.language.parser import parse
from derivcli.language.symbols import (
    FRACTIONS,
    GREEK,
    NAMES,
    OPERATORS,
    ROOTS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    ascii_form,
    code_point,
    plain,
    spelled_out,
)
from derivcli.language.tokens import tokenize
from tests.every import for_all
from tests.language import complaint, drawn, read

TABLES = (OPERATORS, NAMES, SUPERSCRIPTS, SUBSCRIPTS, FRACTIONS, ROOTS, GREEK)
KNOWN = set().union(*TABLES)


def test_a_character_stands_in_one_table_only() -> None:
    assert len(KNOWN) == sum(len(table) for table in TABLES)


def test_the_table_holds_no_ascii_and_single_characters_only() -> None:
    assert all(len(character) == 1 and not character.isascii() for character in KNOWN)


@for_all("letter", sorted(GREEK))
def test_a_greek_letter_is_a_name(letter: str) -> None:
    assert read(letter + "1", letter + "1") == letter + "1"


@for_all(
    ("symbols", "plain"),
    [
        ("2×x", "2*x"),
        ("2·x", "2*x"),
        ("2⋅x", "2*x"),
        ("x÷2", "x/2"),
        ("x−2", "x-2"),
        ("−x", "-x"),
        ("x²", "x^2"),
        ("x⁻¹", "x^-1"),
        ("x¹⁰", "x^10"),
        ("√x", "sqrt(x)"),
        ("⌊x⌋", "floor(x)"),
        ("⌈x⌉", "ceil(x)"),
        ("π", "pi"),
        ("∞", "inf"),
        ("where(x≤1, 2, 3)", "where(x<=1, 2, 3)"),
        ("where(x≥1, 2, 3)", "where(x>=1, 2, 3)"),
        ("where(x≠1, 2, 3)", "where(x!=1, 2, 3)"),
        ("µ", "μ"),
        ("Γ(x)", "gamma(x)"),
        ("2∙x•y∗z⋅w", "2*x*y*z*w"),
        ("x–1", "x-1"),
        ("1∕x + 3⁄4", "1/x + 3/4"),
        ("½x² + ⅞", "(1/2)*x^2 + (7/8)"),
        ("x^⅓", "x^(1/3)"),
        ("∛(x + 1) + ∜y", "cbrt(x + 1) + root(y, 4)"),
        ("³√x + ⁵√(2y)", "cbrt(x) + root(2*y, 5)"),
        ("x²√x", "x^2*sqrt(x)"),
        ("sin 30° + cos(x°)", "sin(deg2rad(30)) + cos(deg2rad(x))"),
        ("45º", "deg2rad(45)"),
        ("x₁² + v₀t + x₁₂ + aₙ", "x_1^2 + v_0*t + x_12 + a_n"),
        ("log₃ x", "log(x, 3)"),
        ("xⁿ + e⁻ˣ", "x^n + e^(-x)"),
        ("e²ˣ⁺¹ + xᵃ⁽ᵇ⁺¹⁾", "e^(2*x + 1) + x^(a*(b + 1))"),
        ("𝑥 + 𝒚 + 𝐳 + 𝖺 + 𝚋", "x + y + z + a + b"),
        ("2𝜋𝑟 + 𝛼", "2*pi*r + α"),
        ("𝟐𝟓𝑥", "25*x"),
        ("ｘ＋２（ｙ－１）", "x + 2*(y - 1)"),
        ("x\u00a0+\u2009y\u202f*\u3000z", "x + y*z"),
        ("⩽".join(("where(x", "1, 2, 3)")), "where(x<=1, 2, 3)"),
        ("θ + theta", "θ + θ"),
        ("μ_1*mu_1 + sin(ω*t)*omega", "μ_1*μ_1 + sin(ω*t)*ω"),
    ],
)
def test_a_symbol_means_its_ascii_form(symbols: str, plain: str) -> None:
    assert read(symbols) == read(plain)


@for_all(
    ("character", "name", "hint"),
    [
        ("𝔵", "U+1D535 MATHEMATICAL FRAKTUR SMALL X", "write `x`"),
        ("ℝ", "U+211D DOUBLE-STRUCK CAPITAL R", "write `R`"),
        ("٣", "U+0663 ARABIC-INDIC DIGIT THREE", "write `3`"),
        ("३", "U+0969 DEVANAGARI DIGIT THREE", "write `3`"),
        ("—", "U+2014 EM DASH", "write `-`"),
        ("‘", "U+2018 LEFT SINGLE QUOTATION MARK", None),
        ("é", "U+00E9 LATIN SMALL LETTER E WITH ACUTE", None),
        ("Α", "U+0391 GREEK CAPITAL LETTER ALPHA", None),
        ("∫", "U+222B INTEGRAL", None),
        ("字", "U+5B57", None),
    ],
)
def test_any_other_character_is_named_and_its_ascii_form_offered(character: str, name: str, hint: str | None) -> None:
    name = name if " " in name else f"{name} {unicodedata.name(character)}"
    width = 2 if unicodedata.east_asian_width(character) in "WF" else 1
    source = f"1 + {character}"
    assert complaint(source) == drawn(f"unknown character {name}", source, "    " + "^" * width, hint)


@for_all(
    ("character", "shown", "name"),
    [
        ("\u200b", r"\u200b", "U+200B ZERO WIDTH SPACE"),
        ("\u202e", r"\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\ufeff", r"\ufeff", "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("\x1b", r"\x1b", "U+001B"),
        ("\0", r"\x00", "U+0000"),
        ("\ud800", r"\ud800", "U+D800"),
    ],
)
def test_an_invisible_character_is_shown_escaped(character: str, shown: str, name: str) -> None:
    caret = " " + "^" * len(shown)
    assert complaint(f"x{character}y") == drawn(f"unknown character {name}", f"x{shown}y", caret)


@given(st.characters(min_codepoint=128))
@settings(deadline=None)
def test_no_character_outside_the_table_is_read(character: str) -> None:
    if character not in KNOWN and plain(character) == character:
        with pytest.raises(ExpressionError):
            tokenize(character)


@given(st.characters())
@settings(deadline=None)
def test_a_hint_is_plain_ascii_and_a_code_point_has_a_number(character: str) -> None:
    meant = ascii_form(character)
    assert meant is None or (meant.isascii() and meant.isprintable())
    no_text = "\udc80" <= character <= "\udcff"  # how Python holds a byte that is not UTF-8
    expected = f"0x{ord(character) - 0xDC00:02X}: this byte" if no_text else f"U+{ord(character):04X}"
    assert code_point(character).startswith(expected)


def test_a_text_keeps_its_length() -> None:
    text = "".join(map(chr, range(0x20, 0x2100))) + "".join(map(chr, range(0x1D400, 0x1D800)))
    assert len(plain(text)) == len(text)


@for_all(
    ("name", "spelled"), [("θ", "theta"), ("θ_1", "theta_1"), ("β2", "beta2"), ("Δx", "Δx"), ("x", "x"), ("ϕ", "phi")]
)
def test_a_letter_that_stands_alone_is_written_out(name: str, spelled: str) -> None:
    assert spelled_out(name) == spelled


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2½", drawn("`2½` could mean two things", "2½", "^^", "write `(2 + 1/2)` or `2*(1/2)`")),
        ("x^½y", drawn("`½y` could mean two things", "x^½y", "  ^^", "write `(1/2)*y` or `(1/2*y)`")),
        (
            "3ˣ√y",
            drawn("`3ˣ√y` could mean two things", "3ˣ√y", "^^^^", "write `3^(x)*sqrt(y)` or `root(y, 3)`"),
        ),
        (
            "e⁻ˣ²",
            drawn("a power stands in a superscript", "e⁻ˣ²", " ^^^", "write the powers with ^, such as `e^(-x^2)`"),
        ),
        (
            "x³√y",
            drawn("`x³√y` could mean two things", "x³√y", "^^^^", "write `x^3*sqrt(y)` or `x*root(y, 3)`"),
        ),
        (
            "𝐱 + x",
            drawn("`𝐱` and `x` would be one name", "𝐱 + x", "    ^", "give them different names, such as x and x_1"),
        ),
    ],
)
def test_signs_in_doubt_are_refused(text: str, message: str) -> None:
    assert complaint(text) == message


def test_letters_of_another_alphabet_are_said() -> None:
    assert parse("𝑥^2").notes == ("`𝑥` was read as `x`",)


def test_a_greek_letter_and_its_name_are_one_where_one_of_them_has_a_value() -> None:
    assert read("sin(θ)", "theta") == "sin(theta)"
    assert read("sin(theta)", "θ") == "sin(θ)"
    assert read("gamma(x)*γ", "γ") == "mul(gamma(x), γ)"


@for_all(
    ("text", "plain"),
    [
        ("sin\u2061x", "sin x"),
        ("\u3016sin\u2061x\u3017^2", "(sin x)^2"),
        ("x^2\u2062y", "x^2*y"),
        ("ⅇ^x", "e^x"),
        ("\u201cx^2\u201d", "x^2"),
        ("x²\u2795x\u27962", "x^2 + x - 2"),
        ("x\u02c62", "x^2"),
        ("tan\u00af¹x", "atan(x)"),
        ("2\u1d07-3X", "2E-3X"),
    ],
)
def test_signs_of_phones_of_word_and_of_calculators_are_read(text: str, plain: str) -> None:
    assert read(text) == read(plain)


@pytest.mark.parametrize(("sign", "meant"), [("\u0445", "x"), ("\u2033", "''"), ("—", "-")])
def test_a_sign_that_looks_like_another_gets_a_hint(sign: str, meant: str) -> None:
    assert complaint(f"2{sign}").splitlines()[-1] == f"hint: write `{meant}`"
