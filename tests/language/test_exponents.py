"""Numbers in notations of elsewhere."""

from __future__ import annotations

import pytest

from derivcli.errors import LimitError
from derivcli.language.parser import parse
from tests.every import for_all
from tests.language import outline, read, refusal


@for_all(
    ("text", "number"),
    [
        ("2.5d-3", "2.5e-3"),
        ("1.d0", "1.e0"),
        ("1.5D+2", "1.5e+2"),
        ("2EE3", "2e3"),
        ("2.5EE-3", "2.5e-3"),
        (".5d1", ".5e1"),
        ("3.2x10^-4", "3.2e-4"),
        ("3x10^8", "3e8"),
        ("6.02x10^(23)", "6.02e23"),
        ("6.6x10⁻³⁴", "6.6e-34"),
        ("1.6x10**-19", "1.6e-19"),
    ],
)
def test_a_number_in_another_notation_is_read_with_a_note(text: str, number: str) -> None:
    assert read(text) == number
    assert parse(f"2*{text}*x").notes == (f"`{text}` was read as the number {number}",)


@for_all(
    ("text", "names", "meaning"),
    [
        ("3.2x10^-4", ("x10",), "mul(3.2, pow(x10, neg(4)))"),
        ("3x10", ("x10",), "mul(3, x10)"),
        ("3x10^x", (), "mul(3, pow(x10, x))"),
        ("1.5f*x", ("f",), "mul(1.5, f, x)"),
        ("1.5f x", (), "mul(1.5, f, x)"),
        ("3e-x", ("e",), "add(mul(3, e), neg(x))"),
        ("2x3", ("x3",), "mul(2, x3)"),
        ("2.5d", (), "mul(2.5, d)"),
        ("2.5d-3", ("d",), "add(mul(2.5, d), neg(3))"),
        ("2.5d - 3", (), "add(mul(2.5, d), neg(3))"),
        ("2.5d0", ("d0",), "mul(2.5, d0)"),
        ("2EE3", ("EE3",), "mul(2, EE3)"),
        ("3d^2", (), "mul(3, pow(d, 2))"),
        ("1e4EE3", (), "mul(1e4, EE3)"),
        ("1e4d3", (), "mul(1e4, d3)"),
        ("1e4x10^3", ("x10",), "mul(1e4, pow(x10, 3))"),
    ],
)
def test_a_name_after_a_number_is_a_factor(text: str, names: tuple[str, ...], meaning: str) -> None:
    assert read(text, *names) == meaning


@pytest.mark.parametrize(
    ("text", "letter"), [("1d-3", "d"), ("1d-3 + d", "d"), ("2D+4", "D"), ("1.5 e-3", "e"), ("2 E-3x", "E")]
)
def test_a_number_that_looks_torn_gets_a_note(text: str, letter: str) -> None:
    note = f"`{letter}` was read as a factor; an exponent of ten is written close to its number: 1e-3"
    assert parse(text).notes == (note,)


@for_all("text", ["3d", "3d - 2", "3d^2", "2e - 3", "2*e-3", "1d-x"])
def test_a_factor_d_or_e_needs_no_note(text: str) -> None:
    assert parse(text).notes == ()


def test_an_exponent_without_end_is_an_error() -> None:
    assert isinstance(refusal(parse, "1.d999999999"), LimitError)
    assert isinstance(refusal(parse, "3x10^999999999"), LimitError)


def test_a_number_of_c_is_said() -> None:
    parsed = parse("1.0f*x + 2.5F")
    assert outline(parsed.tree) == "add(mul(1.0, x), 2.5)"
    assert parsed.notes == ("`1.0f` was read as the number 1.0", "`2.5F` was read as the number 2.5")
