"""Text -> tokens."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from derivcli.errors import Span
from derivcli.language.tokens import tokenize
from tests.every import for_all
from tests.language import complaint, drawn, refusal
from tests.strategies import literals

MEMBERS = (
    *"+-*/^%!<>=(),|",
    "**",
    "//",
    "<=",
    ">=",
    "==",
    "!=",
    "√",
    "⌊",
    "⌋",
    "x",
    "α1",
    "π",
    "²",
    "⁻¹",
    "2",
    ".5",
    " ",
)


def pairs(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokenize(text)[:-1]]


@for_all("text", ["0", "2", "007", "2.5", ".5", "2.", "1e5", "1E5", "1e-3", "2.5e+10", ".5e0"])
def test_a_number_is_one_token_and_stays_as_typed(text: str) -> None:
    assert pairs(text) == [("number", text)]


@given(literals())
@settings(deadline=None)
def test_every_literal_is_one_token(text: str) -> None:
    assert pairs(text) == [("number", text)]


@for_all("name", ["x", "X", "x1", "x_1", "_", "__init__", "E_n", "lambda", "α", "αβ2", "Δx", "sin"])
def test_a_name_is_one_token(name: str) -> None:
    assert pairs(name) == [("name", name)]


@for_all(
    ("text", "tokens"),
    [
        ("5x", [("number", "5"), ("name", "x")]),
        ("2e", [("number", "2"), ("name", "e")]),
        ("2e3x", [("number", "2e3"), ("name", "x")]),
        ("2e+x", [("number", "2"), ("name", "e"), ("+", "+"), ("name", "x")]),
        ("0x+1", [("number", "0"), ("name", "x"), ("+", "+"), ("number", "1")]),
        ("x2", [("name", "x2")]),
        ("πr", [("name", "pi"), ("name", "r")]),
        ("2π", [("number", "2"), ("name", "pi")]),
        ("µ", [("name", "μ")]),
        ("x²", [("name", "x"), ("superscript", "2")]),
        ("x⁻¹²", [("name", "x"), ("superscript", "-12")]),
        ("x**2", [("name", "x"), ("^", "^"), ("number", "2")]),
        ("x^2", [("name", "x"), ("^", "^"), ("number", "2")]),
        ("7//2", [("number", "7"), ("//", "//"), ("number", "2")]),
        ("a<=b", [("name", "a"), ("<=", "<="), ("name", "b")]),
        (
            "a≤b≥c≠d",
            [
                ("name", "a"),
                ("<=", "<="),
                ("name", "b"),
                (">=", ">="),
                ("name", "c"),
                ("!=", "!="),
                ("name", "d"),
            ],
        ),
        ("3!", [("number", "3"), ("!", "!")]),
        (
            "3×4·5÷6−7",
            [
                ("number", "3"),
                ("*", "*"),
                ("number", "4"),
                ("*", "*"),
                ("number", "5"),
                ("/", "/"),
                ("number", "6"),
                ("-", "-"),
                ("number", "7"),
            ],
        ),
        (" \t\r\n x \n", [("name", "x")]),
        ("", []),
    ],
)
def test_a_text_is_split_where_a_reader_would_split_it(text: str, tokens: list[tuple[str, str]]) -> None:
    assert pairs(text) == tokens


def test_every_token_knows_its_span() -> None:
    spans = [token.span for token in tokenize("12 sin²(µ)")]
    assert spans == [Span(0, 2), Span(3, 6), Span(6, 7), Span(7, 8), Span(8, 9), Span(9, 10), Span(10, 10)]


@given(st.lists(st.sampled_from(MEMBERS), max_size=20).map("".join))
@settings(deadline=None)
def test_spans_cover_everything_but_spaces_in_order(text: str) -> None:
    assume(refusal(tokenize, text) is None and "/*" not in text)  # a comment of C has no token
    tokens = tokenize(text)
    end = 0
    for token in tokens:
        assert text[end : token.span.start].isspace() or end == token.span.start
        end = token.span.end
    assert end == len(text)
    assert [token.kind for token in tokens].count("end") == 1


@given(st.text(max_size=40))
@settings(deadline=None)
def test_any_text_is_split_or_refused_with_a_span_inside_it(text: str) -> None:
    error = refusal(tokenize, text)
    if error is not None:
        assert error.span is not None
        assert 0 <= error.span.start < error.span.end <= len(text)


DIGITS_ONLY = "write digits only, such as 1000000 or 2.5"


@for_all(
    ("text", "message"),
    [
        ("1_000", drawn("not a number", "1_000", "^^", DIGITS_ONLY)),
        ("x + 1.2.3", drawn("not a number", "x + 1.2.3", "    ^^^^", DIGITS_ONLY)),
        ("2..3", drawn("not a number", "2..3", "^^^", DIGITS_ONLY)),
        ("1_e5", drawn("not a number", "1_e5", "^^", DIGITS_ONLY)),
        ("1 + 0x1F", drawn("numbers are decimal", "1 + 0x1F", "    ^^^^", "write it in base ten")),
        ("0b101*x", drawn("numbers are decimal", "0b101*x", "^^^^^", "write it in base ten")),
        ("0o17", drawn("numbers are decimal", "0o17", "^^^^", "write it in base ten")),
        (".", drawn("`.` has no meaning here", ".", "^", "write the function alone, such as `sin(x)`")),
        ("x⁺", drawn("a superscript must be a whole number", "x⁺", " ^", "write the power with ^")),
        ("x²⁻³", drawn("a superscript must be a whole number", "x²⁻³", " ^^^", "write the power with ^")),
    ],
)
def test_what_is_almost_a_number_is_refused(text: str, message: str) -> None:
    assert complaint(text) == message


@pytest.mark.parametrize(
    ("text", "character", "hint"),
    [
        ("x & y", "&", "write `and` between conditions"),
        ("f'(x)", "'", "write a prime only behind a whole expression in brackets: `(x^2)'`"),
        ("x; y", ";", "give one expression at a time"),
        ("x @ y", "@", "scalars only: write w1*x1 + w2*x2"),
        ("x : y", ":", "a colon is used only in `condition ? a : b`"),
    ],
)
def test_an_ascii_character_without_a_meaning_is_refused(text: str, character: str, hint: str | None) -> None:
    caret = " " * text.index(character) + "^"
    assert complaint(text) == drawn(f"`{character}` has no meaning here", text, caret, hint)
