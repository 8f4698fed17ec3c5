from __future__ import annotations

import random
from typing import Any

import pytest
from flint import acb, arb, ctx, fmpq
from mpmath import mp

from derivcli.language import catalogue, lowering
from derivcli.witnesses.proof.functions import RULES
from derivcli.witnesses.proof.functions.guards import method
from derivcli.witnesses.proof.numbers import UnprovedError, ball, checked
from tests.every import for_all
from tests.references import REFERENCES
from tests.test_trust import in_time
from tests.witnesses.proof import boxes

# Whose points off the real axis are no boxes about it: their own test holds them against their inverse.
INVERSES = {"erfinv", "erfcinv"}
# Steps choose by the sign of the real part: off the axis they jump where boxes are refused.
NAMES = sorted(RULES.keys() - INVERSES)
ARGUMENTS = [fmpq(n, 8) for n in (-40, -21, -12, -8, -5, -3, -1, 0, 1, 2, 3, 5, 6, 7, 8, 9, 12, 16, 20, 33, 80)]
ORDERS = [fmpq(n) for n in (-2, -1, 0, 1, 2, 3, 5)]
SHORT = {"LambertW": (ARGUMENTS, [fmpq(0), fmpq(-1)])}


def test_every_function_has_a_rule_or_a_definition() -> None:
    written_out = set(lowering._LOWERED)
    assert {n for n, row in catalogue.FUNCTIONS.items() if not row.definition} <= RULES.keys() | written_out


def test_every_rule_is_of_a_function_or_of_arithmetic() -> None:
    assert RULES.keys() <= catalogue.FUNCTIONS.keys() | {"add", "mul", "neg", "div", "pow"}


_PATIENCE = 0.2  # seconds for a value of mpmath's: some take minutes


def sampled(rng: random.Random, name: str) -> list[Any]:
    """Return arguments of a function: mostly whole orders, and numbers on all sides of its edges."""
    count = boxes.arity(name)
    pools = SHORT.get(name) or [ARGUMENTS if k == count - 1 or rng.random() < 0.3 else ORDERS for k in range(count)]
    return [rng.choice(pool) for pool in pools]


def by_mpmath(name: str, args: list[Any]) -> Any:
    """Return a value to 50 digits and more, None where it has none or mpmath cannot tell."""
    numbers = [mp.mpf(int(x.p)) / int(x.q) for x in args]
    if name == "gegenbauer" and args[1] <= 0 and (2 * args[1]).q == 1:
        return None  # mpmath's is 0 there, where C_1 is 2*a*x (DLMF 18.5.10)
    try:
        with mp.workprec(320):
            return in_time(lambda: real(mp.mpmathify(REFERENCES[name](*numbers))), patience=_PATIENCE)
    except (ArithmeticError, ValueError, TypeError, mp.NoConvergence):
        return None


def real(number: Any) -> Any:
    """Return a number of mpmath's that is real, but for a trace of rounding; None for another one."""
    trace = abs(mp.im(number)) <= abs(number) * mp.mpf(10) ** -60
    return mp.re(number) if mp.isfinite(number) and trace else None


def disagreements(name: str, count: int) -> list[str]:
    """Return where a rule gives a ball without mpmath's value in it."""
    rng, found = random.Random(name), []  # noqa: S311 - the same every time
    for args in (sampled(rng, name) for _ in range(count)):
        with ctx.workprec(200):
            try:
                proved = ball(checked(RULES[name](*args)))
            except UnprovedError:
                continue
        value = by_mpmath(name, args)
        with ctx.workprec(320), mp.workprec(320):
            known = None if value is None else arb(mp.nstr(value, 80))
            blur = None if known is None else abs(known) * arb(10) ** -50 + arb(10) ** -70
            if known is not None and not (proved + arb(0, blur)).contains(known):
                found.append(f"{name}{args}: {proved} is not {value}")
    return found


SPECIAL = sorted(RULES.keys() & REFERENCES.keys())


@for_all("name", SPECIAL)
def test_a_ball_holds_the_value_that_mpmath_gives_to_50_digits(name: str) -> None:
    assert not disagreements(name, 12)


@pytest.mark.nightly
@pytest.mark.parametrize("name", SPECIAL)
def test_all_night_a_ball_holds_the_value_that_mpmath_gives(name: str) -> None:
    assert not disagreements(name, 400)


def broken(name: str, rule: Any, count: int) -> list[str]:
    """Return the boxes on which a rule is not holomorphic."""
    rng = random.Random(name)  # noqa: S311 - the same every time
    cases = [(boxes.draw(rng, name), rng.randrange(3)) for _ in range(count * boxes.arity(name))]
    return [f"{name} {case}: {why}" for case, circle in cases if (why := boxes.fault(rule, case, circle))]


@for_all("name", NAMES)
def test_a_rule_is_holomorphic_on_the_boxes_that_it_accepts(name: str) -> None:
    assert not broken(name, RULES[name], 4)


@pytest.mark.nightly
@pytest.mark.parametrize("name", NAMES)
def test_all_night_a_rule_is_holomorphic_on_the_boxes_that_it_accepts(name: str) -> None:
    assert not broken(name, RULES[name], 1_000)


@for_all("name", ["log1p", "asin", "acosh", "atanh", "Ei", "Ci", "Chi", "li", "agm"])
def test_without_its_guard_a_rule_is_seen_to_break(name: str) -> None:
    assert broken(name, method(name.lower()), 100)


@for_all(("name", "back"), [("erfinv", lambda w: w.erf()), ("erfcinv", lambda w: w.erfc())])
def test_the_inverse_of_an_error_function_maps_a_box_to_what_is_mapped_back_around_it(name: str, back: Any) -> None:
    for centre, radius in ((0.5, 0.02), (0.9, 0.002), (1e-3, 1e-5), (0.75, 2.0**-40)):
        box = acb(arb(centre, radius), arb(0, radius))
        assert back(RULES[name](box)).contains(box)
        for x in (centre - radius, centre, centre + radius):
            assert RULES[name](box).contains(acb(RULES[name](fmpq(*x.as_integer_ratio()))))


@for_all(
    ("name", "args"),
    [
        ("gamma", [-2]),
        ("log", [0]),
        ("sqrt", [-1]),
        ("div", [1, 0]),
        ("pow", [0, -1]),
        ("pow", [-8, fmpq(1, 3)]),
        ("root", [-8, 2]),
        ("asin", [fmpq(3, 2)]),
        ("atan2", [0, 0]),
        ("binomial", [-1, -1]),
        ("betainc", [1, 2, 2]),
        ("LambertW", [fmpq(-1, 2), 0]),
        ("hyp2f1", [1, 1, 3, 2]),
        ("legendre", [-1, 2]),
        ("legendre", [fmpq(1, 2), 2]),
        ("zeta", [1, 1]),
        ("elliptic_f", [2, 2]),
    ],
)
def test_outside_of_the_domain_nothing_is_proved(name: str, args: list[Any]) -> None:
    with pytest.raises(UnprovedError):
        RULES[name](*map(fmpq, args))


@for_all(
    ("name", "args", "value"),
    [  # by hand
        ("pow", [0, 0], 1),
        ("pow", [4, fmpq(-3, 2)], fmpq(1, 8)),
        ("pow", [-2, -3], fmpq(-1, 8)),
        ("cbrt", [-8], -2),
        ("root", [-32, 5], -2),
        ("root", [0, fmpq(1, 2)], 0),
        ("round", [fmpq(5, 2)], 2),
        ("round", [fmpq(-7, 2)], -4),
        ("mod", [-7, 3], 2),
        ("floordiv", [-7, 3], -3),
        ("log2", [fmpq(1, 8)], -3),
        ("log10", [1000], 3),
        ("heaviside", [0], fmpq(1, 2)),
        ("max", [1, 3, 2], 3),
        ("min", [1, 3, 2], 1),
        ("abs", [-3], 3),
        ("gamma", [5], 24),
        ("besselj", [0, 0], 1),
        ("gammaincc", [2, 0], 1),
        ("polylog", [1, 0], 0),
    ],
)
def test_what_is_rational_is_exact(name: str, args: list[Any], value: Any) -> None:
    found = checked(RULES[name](*map(fmpq, args)))
    assert isinstance(found, fmpq)
    assert found == value


@for_all(
    ("name", "args"),
    [
        ("exp", [arb(2) ** 60]),
        ("pow", [fmpq(9), fmpq(9) ** 9]),
        ("pow", [fmpq(2), fmpq(2) ** 60]),
        ("sinh", [arb(2) ** 60]),
        ("gamma", [fmpq(2) ** 50]),
        ("besselj", [fmpq(1), fmpq(2) ** 50]),
        ("struveh", [fmpq(1), fmpq(10) ** 6]),
        ("besselj", [fmpq(10**9 + 7, 3), fmpq(10) ** 13]),
        ("besseli", [fmpq(10) ** 12, fmpq(10) ** 13]),
        *((name, [fmpq(10) ** 6, fmpq(10) ** 3000]) for name in ("besselj", "bessely", "besseli", "besselk", "expint")),
        *((name, [way * fmpq(10) ** 3000]) for name in ("airyai", "airybi", "erf", "erfc") for way in (-1, 1)),
        ("legendre", [fmpq(10) ** 9, fmpq(1, 2)]),
        ("sin", [arb(2) ** 30_000]),
    ],
)
def test_what_could_fill_the_memory_or_take_minutes_is_refused_or_quick(name: str, args: list[Any]) -> None:
    with ctx.workprec(2000):
        try:
            found = ball(checked(RULES[name](*args)))
        except UnprovedError:
            return
    assert found.is_finite()
