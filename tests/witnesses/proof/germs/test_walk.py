"""Every rule on a germ, held against mpmath's values at a small step: an expansion is as near as its rest says."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from flint import ctx, fmpq
from mpmath import mp, mpf

from derivcli.language.lowering import expand
from derivcli.language.parser import parse
from derivcli.witnesses.proof.functions import RULES as OF_BALLS
from derivcli.witnesses.proof.germs.constants import number
from derivcli.witnesses.proof.germs.edges import EDGES
from derivcli.witnesses.proof.germs.elementary import ELEMENTARY
from derivcli.witnesses.proof.germs.exponents import terms_of
from derivcli.witnesses.proof.germs.powers import Expanding, NoSideError
from derivcli.witnesses.proof.germs.scales import is_beyond
from derivcli.witnesses.proof.germs.series import Germ, add, constant
from derivcli.witnesses.proof.germs.walk import walk
from derivcli.witnesses.proof.numbers import UnprovedError, ball
from tests import checks
from tests.checks import evaluate
from tests.every import for_all
from tests.witnesses.proof.asking import program

if TYPE_CHECKING:
    from derivcli.witnesses.proof.germs.scales import Scale

TERMS = 4


def germ_of(text: str, at: fmpq, way: int, most: int = TERMS) -> Any:
    asked = expand(program(text, "x"), OF_BALLS.__contains__)
    x = add(constant(at), Germ((((1, 0, 0), fmpq(way)),)), most)
    return walk(asked.instructions, {"x": x}, Expanding(most), {})[-1]


def size_of(scale: Scale, step: Any) -> Any:
    """Return a scale at a small step."""
    p, a, b = (_power_at(power, step) for power in scale)
    l = -mp.log(step)  # noqa: E741 - its name everywhere here
    return step**p / l**a / mp.log(l) ** b


def _power_at(power: Any, step: Any) -> Any:
    """Return an exponent, which may grow, at a small step."""
    return sum((_middle(c) * size_of(scale, step) for scale, c in terms_of(power)), mpf(0))


def _middle(c: Any) -> Any:
    with ctx.workprec(_BITS):
        return mpf(ball(number(c)).mid().str(40, radius=False))


def value_of(germ: Germ, step: Any) -> Any:
    """Return what the terms of a germ sum to, where s is a small number."""
    total = mpf(0)
    for scale, c in germ.terms:
        total += _middle(c) * size_of(scale, step)
    return total


# Functions, and where: some points are edges, poles and gaps.
_EVERYWHERE = "exp expm1 sin cos tan sinh cosh tanh sigmoid softplus sinc atan asinh erf erfc cbrt"
_FAR = "tanh sigmoid softplus atan asinh sinc erf erfc"
_UNIT = "asin acos atanh log1p"
_RIGHT = "log log2 log10 sqrt loggamma gamma digamma factorial Ei Ci Chi li E1"
_AT_ZERO = "erfi dawson Si Shi fresnels fresnelc elliptic_k elliptic_e"
CASES = [
    *((f"{name}(x)", at) for name in _EVERYWHERE.split() for at in ("0", "1", "-1/2")),
    *((f"{name}(1/x)", "0") for name in _FAR.split()),
    *((f"{name}(x)", at) for name in _UNIT.split() for at in ("0", "1/2", "1", "-1")),
    *((f"{name}(x)", at) for name in _RIGHT.split() for at in ("0", "1", "5/2")),
    *((f"{name}(x)", at) for name in ("gamma", "loggamma", "digamma", "factorial") for at in ("-1", "-2")),
    *((f"{name}(1/2, x)", "0") for name in ("gammainc", "gammaincc", "lowergamma", "uppergamma")),
    *((f"{name}({n}, x)", "0") for name in ("besselj", "besseli") for n in ("1/2", "2")),
    *((f"{name}(2, x)", "0") for name in ("gammainc", "lowergamma", "jn")),
    *((f"{name}(x)", "0") for name in _AT_ZERO.split()),
    *((f"{name}(x)", "1") for name in ("acosh", "zeta")),
    *((f"polylog({s}, x)", "1") for s in ("5/2", "1/2", "1", "2", "3")),
    *((f"beta({text})", "0") for text in ("x, 1", "x, x", "x - 1, 1/2")),
    *((text, "0") for text in ("cot(x)", "polygamma(1, x)", "polygamma(2, x - 1)", "LambertW(x)", "log(1 + exp(x))")),
    *((text, "0") for text in ("x^x", "x^(1/3)", "abs(x)^x*log(abs(x))", "root(x, 5)", "log(abs(log(abs(x))))")),
    *((text, "0") for text in ("atan2(x, x - x^2)", "max(x, x^2) + min(x, -x)", "where(x > 0, x, 2*x^3)")),
    *((text, "0") for text in ("abs(x)^(1 + pi)", "log(1 + abs(x)^sqrt(2))", "exp(sqrt(abs(log(abs(x)))))*x^3")),
    *((text, "0") for text in ("sign(x)*heaviside(x)", "1/(x - x^2)", "(1 + x)^(1/x)", "exp(1/log(abs(x)))")),
    *(
        (text, "2")
        for text in ("floor(x) + x", "ceil(x)*x", "floordiv(x, 2)", "mod(x, 2/3)", "round(x/4) - x", "acosh(x)")
    ),
]
_BITS = 150  # of coefficients: 45 digits, of which 40 are written out
STEP = mpf(2) ** -17
_CONSTANT = 1e7  # by which a bound may be larger than its scale: binomials, powers of 5/2
_DIGITS = mpf(10) ** -37


@for_all(("text", "at"), CASES)
def test_an_expansion_is_as_near_to_the_function_as_its_rest_says(text: str, at: str) -> None:
    above, _, below = at.partition("/")
    centre = Fraction(int(above), int(below or 1))
    for way in (-1, 1):
        germ = germ_of(text, fmpq(centre.numerator, centre.denominator), way)
        if isinstance(germ, NoSideError):
            continue
        assert isinstance(germ, Germ), repr(germ)
        with mp.workdps(60), pytest.MonkeyPatch.context() as patch:
            patch.setattr(checks, "_LARGEST", 2**40)  # erfc(2^17) is among them
            exact = evaluate(parse(text, frozenset("x")).tree, {"x": mpf(above) / int(below or 1) + way * STEP})
            apart = abs(exact - value_of(germ, STEP))
            rest = 0 if germ.rest is None or is_beyond(germ.rest.scale) else size_of(germ.rest.scale, STEP)
            assert apart <= rest * _CONSTANT + abs(exact) * _DIGITS + _DIGITS, mp.nstr((apart, rest), 5)


def test_the_bound_on_what_is_left_out_is_no_larger_than_that() -> None:
    for text, p in (("exp(x)", TERMS), ("cos(x)", TERMS), ("cbrt(x + x^2)", TERMS + Fraction(1, 3))):
        assert germ_of(text, fmpq(0), 1).rest.scale == (p, 0, 0)
    for text in ("sqrt(x)", "1/log(x)", "x^3*abs(x - 7)"):
        assert germ_of(text, fmpq(0), 1).rest is None


def test_sides_without_values_are_seen() -> None:
    left = ("log(x)", "gammainc(2, x)", "E1(x)", "acosh(x + 1)", "atanh(x - 1)", "sqrt(x^3)", "LambertW(x - 1/e)")
    right = ("asin(x + 1)", "erfinv(x + 1)", "polylog(2, x + 1)", "LambertW(x, -1)", "where(x < 0, x, log(-x))")
    for way, texts in ((-1, left), (1, right)):
        for text in texts:
            assert isinstance(germ_of(text, fmpq(0), way), NoSideError), text


def test_every_function_with_balls_has_a_rule_or_is_analytic() -> None:
    assert set(EDGES) <= set(OF_BALLS)
    assert set(ELEMENTARY) - {"add", "mul", "neg", "div", "pow"} <= set(OF_BALLS)


def test_what_has_no_germ_is_unproved_and_not_outside() -> None:
    for text in ("sin(x + inf)", "inf % x", "airyai(1/x)", "erfcx(1/x)", "binomial(x, x)"):
        found = germ_of(text, fmpq(0), 1)
        assert isinstance(found, UnprovedError), text
        assert not isinstance(found, NoSideError), text
