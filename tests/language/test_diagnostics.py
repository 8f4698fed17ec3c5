"""An error as a person sees it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivcli.errors import DerivError, Span
from derivcli.language.diagnostics import draw, visible
from tests.every import for_all


def test_the_example_of_the_design() -> None:
    error = DerivError("unknown function `sine`", Span(2, 6), source="3*sine(x)", hint="did you mean `sin`?")
    assert draw(error) == "error: unknown function `sine`\n  3*sine(x)\n    ^^^^\nhint: did you mean `sin`?"


@for_all(
    ("error", "message"),
    [
        (DerivError("broken"), "error: broken"),
        (DerivError("broken", hint="mend it"), "error: broken\nhint: mend it"),
        (DerivError("broken", Span(0, 1)), "error: broken"),
        (DerivError("broken", source="x"), "error: broken"),
        (DerivError("broken", Span(0, 1), source=""), "error: broken"),
        (DerivError("broken", Span(1, 1), source="x"), "error: broken\n  x\n   ^"),
        (DerivError("broken", Span(0, 1), source="x\ny"), "error: broken\n  x\\ny\n  ^"),
        (DerivError("broken", Span(2, 3), source="x\ty"), "error: broken\n  x\\ty\n     ^"),
        (DerivError("broken", Span(1, 2), source="字x"), "error: broken\n  字x\n    ^"),
        (DerivError("broken", Span(0, 1), source="字x"), "error: broken\n  字x\n  ^^"),
        (DerivError("broken", Span(2, 3), source="e\u0301x"), "error: broken\n  e\u0301x\n   ^"),
        (DerivError("bad\x1b[31m", hint="\u202e"), "error: bad\\x1b[31m\nhint: \\u202e"),
    ],
)
def test_the_caret_stands_under_the_span(error: DerivError, message: str) -> None:
    assert draw(error) == message


@for_all(
    ("text", "shown"),
    [
        ("x + 1", "x + 1"),
        ("α ≤ π²", "α ≤ π²"),
        ("[red]x[/red] :smile:", "[red]x[/red] :smile:"),
        ("\x1b[31m", r"\x1b[31m"),
        ("\0\a\b\r\n\t\x7f", r"\x00\x07\x08\r\n\t\x7f"),
        ("\x9b", r"\x9b"),
        ("\u200b\u200d\ufeff", r"\u200b\u200d\ufeff"),
        ("\u202e\u2066\u2069", r"\u202e\u2066\u2069"),
        ("\u2028\u2029", r"\u2028\u2029"),
        ("\ud800", r"\ud800"),
        ("\U000e0041", r"\U000e0041"),
        ("", ""),
    ],
)
def test_what_a_terminal_would_act_on_is_escaped(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
@settings(deadline=None)
def test_no_control_format_or_surrogate_character_is_shown(text: str) -> None:
    shown = visible(text)
    assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for character in shown)
    shown.encode()


@given(st.text(max_size=300), st.data())
@settings(deadline=None)
def test_any_error_is_drawn_in_a_few_short_lines(source: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    lines = draw(DerivError("broken", Span(start, end), source=source, hint="mend it")).split("\n")
    assert len(lines) == (4 if source else 2)
    if source:
        assert set(lines[2].strip()) == {"^"}


@pytest.mark.parametrize("before", [0, 1, 20, 100, 5_000])
@pytest.mark.parametrize("after", [0, 1, 20, 100, 5_000])
def test_a_long_source_is_cut_around_the_caret(before: int, after: int) -> None:
    source = "a" * before + "?" + "b" * after
    _, line, caret = draw(DerivError("broken", Span(before, before + 1), source=source)).split("\n")
    assert len(line) <= 80
    assert line[caret.index("^")] == "?"
    assert caret.count("^") == 1
    shown = line[2:].removeprefix("...").removesuffix("...")
    assert shown in source
    assert line[2:].startswith("...") or source.startswith(shown)
    assert line.endswith("...") or source.endswith(shown)
    assert len(shown) >= min(len(source), 70)


def test_a_span_longer_than_the_window_is_marked_to_its_edge() -> None:
    _, line, caret = draw(DerivError("broken", Span(10, 4_990), source="a" * 5_000)).split("\n")
    assert len(line) <= 80
    assert len(caret) <= len(line)
