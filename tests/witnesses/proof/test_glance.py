"""A first look at points: numbers from mpmath and by hand, and where it says nothing."""

from __future__ import annotations

import pytest
from flint import fmpq
from mpmath import mp

from derivcli.witnesses.proof.glance import Glance, Rung
from derivcli.witnesses.proof.numbers import UnprovedError
from tests.checks import program_of


def glance(text: str, form: str | None, **fixed: str) -> Glance:
    constants = {name: program_of(value) for name, value in fixed.items()}
    return Glance(program_of(text), {"x": None if form is None else program_of(form)}, constants)


def test_numbers_are_the_float64_nearest_to_the_true_ones() -> None:
    look = glance("sin(x)*exp(-x^2)", "cos(x)*exp(-x^2)-2*x*sin(x)*exp(-x^2)")
    for k in range(1, 40):
        found, exact = look({"x": fmpq(k, 13)})
        with mp.workdps(40):
            x = mp.mpf(k) / 13
            value, slope = mp.sin(x) * mp.exp(-x * x), (mp.cos(x) - 2 * x * mp.sin(x)) * mp.exp(-x * x)
        assert found == [float(value), float(slope)]
        assert not exact


def test_where_digits_cancel_a_second_look_takes_more_of_them() -> None:
    look = glance("cos(x)-1+x^2/2", "x-sin(x)")
    for k in (1, 2, 3, 100, 1):
        found, _exact = look({"x": fmpq(k, 100)})
        with mp.workdps(60):
            x = mp.mpf(k) / 100
            assert found == [float(mp.cos(x) - 1 + x * x / 2), float(x - mp.sin(x))]


def test_after_a_second_look_the_next_rows_begin_with_it_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    look, asked = glance("x^2", "2*x"), []
    plain = look._at

    def at(moving: dict[str, fmpq], rung: Rung) -> object:
        asked.append(rung.bits)
        if len(asked) == 1:
            raise UnprovedError
        return plain(moving, rung)

    monkeypatch.setattr(look, "_at", at)
    for k in range(67):
        assert look({"x": fmpq(k)})[0] == [k * k, 2.0 * k]
    assert asked == [112, *[160] * 65, 112, 112]


def test_a_rational_is_known_exactly() -> None:
    assert glance("x^2+1/4", "2*x")({"x": fmpq(1, 2)}) == ([0.5, 1.0], True)
    assert glance("t*x", "t", t="pi")({"x": fmpq(2)})[1] is False


def test_what_is_fixed_stays_as_it_is_at_every_point() -> None:
    look = glance("t^2*x^2", "2*t^2*x", t="1/3")
    assert [look({"x": fmpq(3 * k)})[0] for k in (1, 2, 5)] == [[k * k, 2 * k / 3] for k in (1, 2, 5)]
    with pytest.raises(UnprovedError):
        glance("t*x", "t", t="log(-1)")


@pytest.mark.parametrize(
    ("text", "form", "x"),
    [
        ("abs(x)", "sign(x)", 0),  # a kink
        ("log(x)", "1/x", -1),
        ("x^1.5", "1.5*x^0.5", 0),  # an end of the domain
        ("sin(x)/x", "cos(x)/x-sin(x)/x^2", 0),  # a gap
        ("x^0", "0", 0),  # 0^0
        ("(sqrt(x)^2 - 2)^0 + x", "1", 2),  # the same, of a base that no ball shows to be 0
        ("x^2", "2*x+1e-9", 3),  # a form that is wrong in the tenth digit
        ("exp(x)", "exp(x)", 800),  # beyond float64
        ("exp(-x)", "-exp(-x)", 740),  # below its normal range
        ("where(x<1, x, 2-x)", "where(x<1, 1, -1)", 1),
    ],
)
def test_what_is_not_plain_is_not_settled(text: str, form: str, x: int) -> None:
    with pytest.raises(UnprovedError):
        glance(text, form)({"x": fmpq(x)})


def test_a_derivative_without_a_form_is_proved_all_the_same() -> None:
    assert glance("x^3", None)({"x": fmpq(2)}) == ([8.0, 12.0], True)


def test_a_constant_has_a_slope_of_0() -> None:
    assert glance("5", "0")({})[0] == [5.0, 0.0]
