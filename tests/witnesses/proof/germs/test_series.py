"""Germs by hand: what is kept, what is left out, and how signs and products come from that."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb, fmpq

from derivcli.witnesses.proof.germs.limits import limit
from derivcli.witnesses.proof.germs.powers import Expanding
from derivcli.witnesses.proof.germs.rests import Rest, Wave
from derivcli.witnesses.proof.germs.scales import FLAT, HUGE, UNIT, Scale, raised, times
from derivcli.witnesses.proof.germs.series import (
    NOTHING,
    UNITY,
    Germ,
    ShortError,
    add,
    alike,
    constant,
    multiply,
    negative,
    plug,
    relative,
    scaled,
    split,
)
from derivcli.witnesses.proof.numbers import BlurredError, UnprovedError

S: Scale = (1, 0, 0)
WAVE = Germ((), Rest(UNIT, arb(0, 1), Wave(arb(-1), arb(1))))
FALLS = Germ((), Rest(FLAT, arb(1)))
GROWS = Germ((), Rest(HUGE, arb(1)))


def rest_of(germ: Germ) -> Rest:
    assert germ.rest is not None
    return germ.rest


def ball_of(germ: Germ) -> arb:
    found = rest_of(germ).ball
    assert found is not None
    return found


def powers(*coefficients: int, rest: Rest | None = None) -> Germ:
    """Return c0 + c1*s + c2*s^2 + ..."""
    terms = [((k, 0, 0), fmpq(c)) for k, c in enumerate(coefficients) if c]
    return Germ(tuple(terms), rest)


def test_scales_are_ordered_as_functions_are() -> None:
    l: Scale = (0, -1, 0)  # noqa: E741 - its name everywhere here
    order = [HUGE, (-1, 0, 0), (0, -2, 0), l, (0, 0, -1), UNIT, (0, 0, 1), (0, 1, 0), (Fraction(1, 7), 9, 0), S, FLAT]
    assert sorted(order) == order
    assert times(l, (0, 1, 0)) == UNIT
    assert raised((2, -1, 0), Fraction(1, 2)) == (1, Fraction(-1, 2), 0)
    assert (raised(FLAT, -1), raised(FLAT, 0), times(FLAT, (-5, 0, 0))) == (HUGE, UNIT, FLAT)
    for left, right in ((FLAT, HUGE), ((4 * 10**8, 0, 0), (4 * 10**8, 0, 0))):
        with pytest.raises(UnprovedError):
            times(left, right)
    with pytest.raises(UnprovedError):
        raised(S, 10**9)


def test_terms_below_the_rest_are_dropped_and_terms_of_its_scale_move_its_ball() -> None:
    found = add(powers(1, 2, 3), Germ((), Rest(S, arb(0, 1), Wave(arb(-1), arb(1)))), 9)
    assert found.terms == ((UNIT, fmpq(1)),)
    assert rest_of(found).wave
    assert abs(ball_of(found) - arb(2)) < 1.000001
    assert ball_of(found).contains(arb(2, 0.999999))
    assert add(powers(1, 1), powers(-1, -1), 9) == NOTHING


def test_more_terms_than_are_kept_are_bounded() -> None:
    found = add(powers(1, 1), powers(0, 0, 1, 1), 3)
    assert found.terms == powers(1, 1, 1).terms
    assert found.rest == Rest((3, 0, 0))


def test_a_wave_wavers_until_it_meets_another() -> None:
    assert rest_of(multiply(powers(0, 2), WAVE, 9)).wave
    assert rest_of(add(powers(3), WAVE, 9)).wave
    assert not rest_of(add(WAVE, WAVE, 9)).wave
    assert not rest_of(multiply(WAVE, WAVE, 9)).wave
    assert rest_of(add(WAVE, multiply(powers(0, 1), WAVE, 9), 9)).wave


def test_beyond_all_powers_only_the_sign_is_known() -> None:
    assert add(powers(1), FALLS, 9).sign() == 1
    assert add(powers(1), negative(GROWS), 9).sign() == -1
    assert multiply(powers(0, -3), FALLS, 9).sign() == -1
    assert add(GROWS, GROWS, 9).sign() == 1
    with pytest.raises(ShortError):
        add(GROWS, negative(GROWS), 9).sign()
    with pytest.raises(UnprovedError):
        multiply(GROWS, FALLS, 9)


def test_the_sign_is_that_of_the_first_term_or_of_the_ball_of_the_rest() -> None:
    assert (powers(0, -2, 5).sign(), NOTHING.sign()) == (-1, 0)
    assert Germ((), Rest(S, arb(2, 1))).sign() == 1
    for open_one, error in (
        (Germ((), Rest(S)), ShortError),
        (WAVE, BlurredError),
        (Germ((), Rest(S, arb(0))), BlurredError),
    ):
        with pytest.raises(error):
            open_one.sign()


def test_of_a_rest_of_which_nothing_is_known_there_is_no_limit_yet() -> None:
    for scale in (UNIT, (-1, 0, 0)):
        with pytest.raises(ShortError):
            limit(Germ((), Rest(scale)), Expanding(3))
    assert limit(Germ((), Rest(S)), Expanding(3)).number == 0


def test_a_product_bounds_what_each_factor_leaves_out() -> None:
    # (1 + s + O(s^2))*(s + O(s^3)) = s + s^2 + O(s^3)
    found = multiply(powers(1, 1, rest=Rest((2, 0, 0))), powers(0, 1, rest=Rest((3, 0, 0))), 9)
    assert found.terms == powers(0, 1, 1).terms
    assert found.rest == Rest((3, 0, 0))
    # (s + O(s^2))*O(1) = O(s)
    assert multiply(powers(0, 1, rest=Rest((2, 0, 0))), Germ((), Rest(UNIT)), 9) == Germ((), Rest(S))


def test_a_taylor_series_is_cut_with_a_bound() -> None:
    def of_one(_k: int) -> fmpq:
        return fmpq(1)

    assert plug(of_one, NOTHING, 4) == UNITY
    found = plug(of_one, powers(0, 1), 4)
    assert (found.terms, found.rest) == (powers(1, 1, 1, 1).terms, Rest((4, 0, 0)))
    # a wave of order s: of its square nothing is known beside it
    found = plug(of_one, multiply(powers(0, 1), WAVE, 9), 4)
    assert (found.terms, rest_of(found).scale, rest_of(found).wave is not None) == (powers(1).terms, S, True)
    # beyond all powers the first coefficient that is not 0 gives the sign
    assert add(plug(lambda k: fmpq(-1 if k > 1 else 0), FALLS, 4), NOTHING, 4).sign() == -1
    with pytest.raises(UnprovedError):
        plug(of_one, powers(1), 4)


def test_parts_of_a_germ() -> None:
    germ = Germ((((-1, 0, 0), fmpq(2)), (UNIT, fmpq(3)), (S, fmpq(5))), Rest((2, 0, 0)))
    large, middle, small = split(germ)
    assert (large.terms, middle, small.terms, small.rest) == (germ.terms[:1], 3, germ.terms[2:], germ.rest)
    with pytest.raises(ShortError):
        split(WAVE)
    scale, c, rest = relative(germ)
    assert (scale, c) == ((-1, 0, 0), 2)
    assert rest.terms == ((S, fmpq(3, 2)), ((2, 0, 0), fmpq(5, 2)))
    assert rest.rest is not None
    assert rest.rest.scale == (3, 0, 0)
    assert scaled(constant(fmpq(0)), fmpq(4)) == NOTHING
    assert ball_of(alike(powers(0, 2, 7))) == 2
    assert (alike(powers(0, 2, 7)).terms, powers(0, 1).vanishes, powers(1).vanishes, GROWS.grows) == (
        (),
        True,
        False,
        True,
    )
