"""The table of characters beyond ASCII."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivcli.errors import ExpressionError
from derivcli.language.symbols import (
    GREEK,
    NAMES,
    OPERATORS,
    SPELLED,
    SUPERSCRIPTS,
    ascii_form,
    code_point,
)
from derivcli.language.tokens import tokenize
from tests.language import complaint, drawn, read

KNOWN = {*OPERATORS, *NAMES, *SUPERSCRIPTS, *GREEK, *SPELLED}


def test_a_character_stands_in_one_table_only() -> None:
    assert len(KNOWN) == sum(map(len, (OPERATORS, NAMES, SUPERSCRIPTS, GREEK, SPELLED)))


def test_the_table_holds_no_ascii_and_single_characters_only() -> None:
    assert all(len(character) == 1 and not character.isascii() for character in KNOWN)


@pytest.mark.parametrize("letter", sorted(GREEK))
def test_a_greek_letter_is_a_name(letter: str) -> None:
    assert read(letter + "1", letter + "1") == letter + "1"


@pytest.mark.parametrize(
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
    ],
)
def test_a_symbol_means_its_ascii_form(symbols: str, plain: str) -> None:
    assert read(symbols) == read(plain)


@pytest.mark.parametrize(
    ("character", "name", "hint"),
    [
        ("ｘ", "U+FF58 FULLWIDTH LATIN SMALL LETTER X", "write `x`"),
        ("２", "U+FF12 FULLWIDTH DIGIT TWO", "write `2`"),
        ("（", "U+FF08 FULLWIDTH LEFT PARENTHESIS", "write `(`"),
        ("𝐱", "U+1D431 MATHEMATICAL BOLD SMALL X", "write `x`"),
        ("𝟚", "U+1D7DA MATHEMATICAL DOUBLE-STRUCK DIGIT TWO", "write `2`"),
        ("٣", "U+0663 ARABIC-INDIC DIGIT THREE", "write `3`"),
        ("३", "U+0969 DEVANAGARI DIGIT THREE", "write `3`"),
        ("–", "U+2013 EN DASH", "write `-`"),
        ("—", "U+2014 EM DASH", "write `-`"),
        ("∗", "U+2217 ASTERISK OPERATOR", "write `*`"),
        ("∕", "U+2215 DIVISION SLASH", "write `/`"),
        ("∣", "U+2223 DIVIDES", "write `|`"),
        ("½", "U+00BD VULGAR FRACTION ONE HALF", "write `(1/2)`"),
        ("∛", "U+221B CUBE ROOT", "write `cbrt(x)`"),
        ("ℯ", "U+212F SCRIPT SMALL E", "write `e`"),
        ("‘", "U+2018 LEFT SINGLE QUOTATION MARK", None),
        ("\u00a0", "U+00A0 NO-BREAK SPACE", "write a plain space"),
        ("\u2009", "U+2009 THIN SPACE", "write a plain space"),
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


@pytest.mark.parametrize(
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
    if character not in KNOWN:
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
