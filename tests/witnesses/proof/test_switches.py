"""Where functions switch: by hand, by mpmath, and for random functions whose switches are known."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp

from derivcli.language.program import FLOAT, Builder, Instruction, Program
from derivcli.witnesses.proof.numbers import UnprovedError
from derivcli.witnesses.proof.switches import switches
from tests.checks import program_of

if TYPE_CHECKING:
    from derivcli.witnesses.evidence import Switches


def found(text: str, *borders: float) -> Switches:
    return switches(program_of(text), "x", {}, borders)


def places(text: str, *borders: float) -> list[float]:
    seen = found(text, *borders)
    assert not seen.crowded
    return [place.x for place in seen.places]


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("abs(x^3 - x)", ["-1", "0", "1"]),
        ("where(x < 1/3, x, 2 - x)", ["1/3"]),
        ("1/(x^2 - 2)", ["-sqrt(2)", "sqrt(2)"]),
        ("max(x^2, 1 - x)", ["(-1 - sqrt(5))/2", "(-1 + sqrt(5))/2"]),
        ("tan(x)", ["-pi/2", "pi/2"]),
        ("max(sin(x), cos(x))", ["-3*pi/4", "pi/4"]),
        (
            "floor(x^2)",
            [
                "-2*sqrt(2)",
                "-sqrt(7)",
                "-sqrt(6)",
                "-sqrt(5)",
                "-2",
                "-sqrt(3)",
                "-sqrt(2)",
                "-1",
                "0",
                "1",
                "sqrt(2)",
                "sqrt(3)",
                "2",
                "sqrt(5)",
                "sqrt(6)",
                "sqrt(7)",
                "2*sqrt(2)",
            ],
        ),
        ("abs(x - 1e-9)", ["1e-9"]),
        ("abs(x + 0.123456)", ["-0.123456"]),
        ("sqrt(1 - x^2)", ["-1", "1"]),
        ("1/(1 + x)^2", ["-1"]),
        ("abs(x^2 - 2*x + 1)", ["1"]),
        ("sign(2*sin(x)^2 - 1)", ["-3*pi/4", "-pi/4", "pi/4", "3*pi/4"]),
        ("asin(sin(x))", ["-pi/2", "pi/2"]),
        ("where(mod(x, 2) < 1, x, -x)", ["-2", "-1", "0", "1", "2"]),
        ("max(x, abs(x))", ["0"]),
        ("max(floor(x), 2)", ["-2", "-1", "0", "1", "2"]),
        ("x*sin(x) + exp(x)", []),
        ("1/(x^2 + 1)", []),
        ("floor(exp(x)/4)", ["log(4)", "log(8)", "log(12)", "log(16)"]),
        ("abs(exp(x) - 1/12)", ["-log(12)"]),
        ("max(log(x)^2, 1)", ["0", "exp(-1)", "e"]),
    ],
)
def test_places_carry_their_exact_texts(text: str, texts: list[str]) -> None:
    seen = found(text, -2.9, 2.9)
    assert [place.text for place in seen.places] == texts
    assert not seen.crowded


@pytest.mark.parametrize(
    ("text", "low", "high", "outside"),
    [
        ("abs(cos(x) - x)", -3, 3, [mp.findroot(lambda x: mp.cos(x) - x, 0.7)]),
        ("abs(x^5 - x - 1)", -3, 3, [mp.findroot(lambda x: x**5 - x - 1, 1.1)]),
        ("abs(exp(x) - 3*x)", -3, 3, [-mp.lambertw(-mp.mpf(1) / 3), -mp.lambertw(-mp.mpf(1) / 3, -1)]),
        ("floor(sinh(x))", -0.5, 2, [0, *(mp.asinh(k) for k in range(1, 4))]),
        ("1/besselj(0, x)", 1, 15, [mp.besseljzero(0, k) for k in range(1, 5)]),
        ("abs(airyai(x))", -7, 1, [mp.airyaizero(k) for k in (4, 3, 2, 1)]),
        ("1/digamma(x)", 1, 2, [mp.findroot(mp.digamma, 1.4)]),
        ("log(x - 2*sin(x))", 1, 3, [mp.findroot(lambda x: x - 2 * mp.sin(x), 1.9)]),
    ],
)
def test_places_without_a_text_are_those_of_mpmath(text: str, low: float, high: float, outside: list[object]) -> None:
    near = [place for place in found(text, low, high).places if place.text is None or place.text == "0"]
    wanted = [float(mp.re(x)) for x in outside]
    seen = [place.x for place in near]
    for x in wanted:
        assert min(abs(place - x) for place in seen) < 1e-13 * max(1, abs(x))


ROOTS = st.lists(st.fractions(-5, 5, max_denominator=12), min_size=1, max_size=4, unique=True)


@settings(max_examples=25)
@given(ROOTS, st.sampled_from(["abs({})", "sign({})", "1/({})", "where({} > 0, 1, x)", "sqrt(abs({}))"]))
def test_no_root_of_a_polynomial_is_missed(roots: list[Fraction], form: str) -> None:
    product = "*".join(f"(x - ({root}))" for root in roots)
    assert [place.text for place in found(form.format(product), -6, 6).places] == [str(root) for root in sorted(roots)]


@settings(max_examples=25)
@given(ROOTS)
def test_no_root_is_missed_where_the_polynomial_is_not_seen(roots: list[Fraction]) -> None:
    product = "*".join(f"(exp(x) - exp({root}))" for root in roots)
    seen = places(f"abs(1 + {product} - 1)", -6, 6)
    for root in roots:
        assert min(abs(x - float(root)) for x in seen) < 1e-9


@settings(max_examples=15)
@given(st.integers(-20, 20), st.integers(1, 20), st.fractions(-3, 3, max_denominator=9))
def test_no_leap_of_a_floor_is_missed(above: int, below: int, shift: Fraction) -> None:
    slope = Fraction(above, below)
    exact = sorted((k - shift) / slope for k in range(-99, 99) if slope and -4 <= (k - shift) / slope <= 4)
    assert places(f"floor({slope}*x + ({shift}))", -4, 4) == pytest.approx([float(x) for x in exact], abs=1e-12)


def test_two_places_next_to_each_other_are_told_apart() -> None:
    assert places("abs(sin(x) - sin(1))*abs(sin(x) - sin(1.000001))", 0, 1.5) == pytest.approx([1, 1.000001], abs=1e-13)


def test_where_places_pile_up_the_stretch_is_crowded_and_the_others_are_found() -> None:
    seen = found("abs(sin(1/x))", -1, 1)
    (stretch,) = seen.crowded
    assert -0.04 < stretch.low < 0 < stretch.high < 0.04
    outside = [1 / (k * math.pi) for k in range(1, 11)]
    assert [place.x for place in seen.places if place.x > outside[-1] - 1e-6] == pytest.approx(outside[::-1], abs=1e-15)


def test_a_floor_that_leaps_everywhere_is_crowded_everywhere() -> None:
    seen = found("floor(1e6*x)", 0, 1)
    assert seen.places == ()
    assert [(stretch.low, stretch.high) for stretch in seen.crowded] == [(0, 1)]


def test_each_stretch_has_its_own_cells() -> None:
    seen = found("floor(x)", -5.5, 5.5, 1e6)
    assert [place.x for place in seen.places] == list(range(-5, 6))
    assert [(stretch.low, stretch.high) for stretch in seen.crowded] == [(5.5, 1e6)]


@pytest.mark.parametrize(
    "text", ["abs(sin(x)^2 + cos(x)^2 - 1)", "max(sqrt((x + 9)^2), x + 9)", "abs(exp(x)*exp(-x) - 1)"]
)
def test_what_is_0_all_along_is_no_switch(text: str) -> None:
    assert places(text, -3, 3) == []


def test_what_is_held_counts_exactly() -> None:
    third = Builder.of_number(Fraction(1, 3))
    (place,) = switches(program_of("abs(x - a)"), "x", {"a": third}, (-1, 1)).places
    assert (place.text, place.is_exact) == ("1/3", False)
    near = Program((Instruction(FLOAT, text=repr(1 / 3)),))
    (place,) = switches(program_of("abs(x - a)"), "x", {"a": near}, (-1, 1)).places
    assert place.text is None


def test_a_number_that_is_only_nearly_simple_has_no_simple_text() -> None:
    (place,) = found("abs(x - 1/3 - 1e-40)", -1, 1).places
    assert (place.x, place.text) == (1 / 3, None)
    (place,) = found("abs(x - pi - 1e-30)", 3, 4).places
    assert (place.x, place.text) == (math.pi, None)


def test_a_constant_that_is_no_number_is_refused() -> None:
    with pytest.raises(UnprovedError):
        switches(program_of("abs(x - a)"), "x", {"a": program_of("log(-1)")}, (-1, 1))


@pytest.mark.nightly
@given(ROOTS, ROOTS, st.sampled_from(["abs({}) + 1/({})", "log(abs({}))*sign({})", "sqrt(abs({})) + sign({})"]))
def test_functions_of_two_polynomials_switch_at_the_roots_of_both(
    a: list[Fraction], b: list[Fraction], form: str
) -> None:
    first, second = ("*".join(f"(x - ({root}))" for root in roots) for roots in (a, b))
    seen = [place.text for place in found(form.format(first, second), -6, 6).places]
    assert seen == [str(root) for root in sorted({*a, *b})]
