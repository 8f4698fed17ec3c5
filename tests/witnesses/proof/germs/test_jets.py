"""Derivatives by two variables where f is not smooth: by hand, and jets against values at small steps."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from flint import fmpq

from derivcli.witnesses.proof.germs.elementary import ELEMENTARY
from derivcli.witnesses.proof.germs.jet_rules import JET_RULES
from derivcli.witnesses.proof.germs.jets import Crossing, Jet, still
from derivcli.witnesses.proof.germs.powers import Expanding, NoSideError
from derivcli.witnesses.proof.germs.programs import FORMULAS
from derivcli.witnesses.proof.germs.series import NOTHING, UNITY, Germ, ShortError, constant
from derivcli.witnesses.proof.germs.sides import SideProver
from derivcli.witnesses.proof.numbers import UnprovedError
from derivcli.witnesses.proof.prover import Prover
from tests.every import for_all, is_nightly
from tests.witnesses.proof.asking import program
from tests.witnesses.proof.germs.asking import is_that, sides

S = Germ((((1, 0, 0), fmpq(1)),))
T = Jet(((1, UNITY),))
HALF = Fraction(1, 2)


def crossing() -> Crossing:
    return Crossing(Expanding(4), 3)


def mixed(text: str, wrt: str, at: str = "0") -> str:
    """Return what is proved of a mixed derivative, in short; `below` and its names where that is all there is."""
    found = sides(text, x=at, y=at).mixed(tuple(wrt))
    if found is None:
        return "?"
    left, right = found.sides.left, found.sides.right
    pair = next(
        (f"{a}" if a == b else f"{a} {b}" for a in WORDS for b in WORDS if is_that(left, a) and is_that(right, b)),
        "else",
    )
    lower = "" if found.lower is None else f" below {''.join(found.lower)}"
    return pair + lower + (f" or {found.other.text} by {found.lasts}" if found.other else "")


WORDS = ("0", "1", "-1", "2", "-2", "3", "-3", "6", "-6", "inf", "-inf", "jump up", "jump down", "wave", "none")


@for_all(
    ("text", "wrt", "expected"),
    [
        ("(x^2 + y^2)^1.5", "xy", "0"),  # f_x(0, y) is 0
        ("(x^2 + y^2)^1.5", "xxy", "-3 3"),  # f_xx(0, y) = 3*|y|
        ("(x^2 + y^2)^2.5", "xxyy", "0"),
        ("hypot(x, y)^3", "xy", "0"),
        ("sqrt(x^4 + y^4)", "xy", "0"),
        ("log(1 + sqrt(x^4 + y^4))", "xy", "0"),
        ("abs(x)^3*exp(y)*(1 + y)", "xxy", "0"),
        ("abs(x)*x*exp(3*y)", "xy", "0"),
        ("abs(x)*x*exp(3*y)", "xxy", "-6 6"),
        ("abs(x)^3*abs(y)^3", "xy", "0"),
        ("abs(x)*abs(y)*x*y", "xy", "0"),
        ("cbrt(x)^4*y", "xy", "0"),
        ("exp(y*(abs(y) - abs(x)^3))", "xy", "0"),
        ("(y + abs(x)^3)^2", "xy", "0"),
        ("besselj(0, abs(x)^3 + y)", "xy", "0"),
        ("exp(2*x*y) + abs(x)^3", "xy", "2"),
        ("x*tanh(3*y)*exp(abs(x)) + abs(x - y)^3", "xy", "3"),
        ("where(x^2 + y^2 > 0, x*y*exp(-1/(x^2 + y^2)), 0)", "xy", "0"),
        ("where(x != 0, x^5*y*sin(1/x), 0)", "xy", "0"),
        ("where(x*y == 0, 0, x^3*y^3*sin(1/(x*y)))", "xy", "0"),
        ("max(x, y)^3", "xy", "0"),
        ("sqrt(1 + x*y)*2 + abs(y)^2.5", "xy", "1"),
        ("2*atan(x*y) - asinh(x*y) + abs(x)*x", "xy", "1"),
        ("abs(x) + y^2", "xy", "0"),  # a sum of functions of one variable
        # of two arguments one moves: besselj(1, z) = z/2 + ... (DLMF 10.2.2), hyp1f1(1, 2, z) = 1 + z/2 + ... (13.2.2)
        ("besselj(1, 2*x*y) + abs(x)^3", "xy", "1"),
        ("hyp1f1(1, 2, 2*x*y) + abs(x)^3", "xy", "1"),
        ("(e + x)^(x*y) + abs(x)^3", "xy", "1"),  # log(e)
        ("(e + y)^(x*y) + abs(x)^3", "xy", "1"),
        ("where(x > -1 and y < 1, x*y, 2*x*y) + abs(x)^3", "xy", "1"),
        ("where(x > 1 and y < 1, 2*x*y, x*y) + abs(x)^3", "xy", "1"),
        ("where(x > 1 or y > 1, 2*x*y, x*y) + abs(x)^3", "xy", "1"),
        ("where(x > 1 or y < 1, x*y, 2*x*y) + abs(x)^3", "xy", "1"),
        ("where(not (y > 1 or x > 1), x*y, 2*x*y) + abs(x)^3", "xy", "1"),
    ],
)
def test_a_mixed_derivative_at_a_seam_is_that_of_both_orders(text: str, wrt: str, expected: str) -> None:
    assert mixed(text, wrt) == expected


@for_all(
    ("text", "expected"),
    [
        ("x*abs(y)", "-1 1"),  # f_x(0, y) = |y|
        ("x*max(y, -x^2)", "0 1"),
        ("cbrt(y)*x", "inf"),
        # of conditions one turns with y, and f_x(0, y) with it
        ("where(y > 0 or x > 1, 2*x*y, x*y)", "1 2"),
        ("where(y > 0 and x < 1, 2*x*y, x*y)", "1 2"),
        ("piecewise(x*y, y < 0, 3*x*y, y > 1, 2*x*y)", "1 2"),
        ("abs(x)*y^2", "0 1 below x"),  # f_x(0, y) does not exist beside the point, where f_y(x, 0) is 0
        ("min(abs(x), abs(y))", "0 1 below y"),
        ("cbrt(x)*y^3", "-inf below x"),
        ("max(min(y, x^2), -x^2)", "jump down jump up"),  # f_y(x, 0) is 1, but f_y(0, 0) is 0
        ("where(abs(y) < abs(x), y, 0)", "jump down jump up"),
        ("where(x == 0 and y == 0, 0, x^2*y/(x^2 + y^2))", "jump down jump up"),
        ("where(x == 0 and y == 0, 0, (x^3 - y^3)/(x^2 + y^2))", "jump down jump up"),
        ("where(x^2 + y^2 == 0, 0, x*y*log(x^2 + y^2))", "-inf"),
        ("where(x == 0, 0, x*y*sin(1/x))", "wave"),
        ("where(x == 0, 0, x^3*y/(x*y))", "none"),  # f(x, 0) has no value
        ("(x*y)^1.5*x^2*y", "none"),  # nor has f where the signs differ
        ("x*sqrt(y)*y", "none 0"),
        ("x*abs(x)*where(y > 0, y^2, cbrt(y))", "-inf 0 below y"),
        ("x*where(y == 0, 0, 1/y)", "jump up"),  # f_x(0, y) is 1/y
        ("max(where(x > y, 2*x*y, x*y), 1*where(x > 0, x^2*y, y^3))", "0 1 below y"),
    ],
)
def test_a_mixed_derivative_that_does_not_exist_says_what_there_is(text: str, expected: str) -> None:
    assert mixed(text, "xy") == expected


def test_the_order_of_differentiation_matters_for_sure() -> None:
    # f_y(x, 0) = x and f_x(0, y) = -y (Schwarz); f_y(x, 0) = x and f_x(0, y) = 0
    for text, other in (("x*y*(x^2 - y^2)/(x^2 + y^2)", -1), ("x^3*y/(x^2 + y^2)", 0)):
        assert mixed(f"where(x^2 + y^2 == 0, 0, {text})", "xy") == f"1 or {other} by ('x', 'y')"


@for_all(
    "text",
    [
        "(x - y)^((x^2 + y^2) - (x^2 + y^2))*x*y",  # 1, but what t^2 leaves is not seen to be 0
        "x*abs(x)*where(y == 0, 0, 1/y)",  # a pole beside the point
        "where(x == 0, 0, x^2*y^2*floor(1/x))",  # jumps across jumps
        "abs(x*(sin(2) - 2*sin(1)*cos(1)) + y^2)^1.5",  # a switch whose side is open
        "where(x == 0, 0, x^3*y)*exp(1/x^2)*where(x == 0, 0, exp(-1/x^2))",  # no value
    ],
)
def test_what_is_no_theorem_for_two_variables_is_left_open(text: str) -> None:
    assert mixed(text, "xy") == "?"


def test_three_variables_of_what_is_no_product_are_left_open() -> None:
    assert sides("abs(x*y*z)^3", x="0", y="0", z="0").mixed(("x", "y", "z")) is None


@for_all(
    ("text", "wrt", "left", "right"),
    [  # at x = 0, y = 3, z = 2, w = 2, by hand: the slope of each factor, multiplied
        ("abs(x)*y^2*z", "xyz", "-6", "6"),
        ("abs(x)*y*z*w", "xyz", "-2", "2"),  # a factor that stays
        ("x*abs(x)*y^2*z", "xyz", "0", "0"),
        ("x*abs(x)*y^2*z", "xxyz", "-12", "12"),
        ("abs(x)*(y*z - 6)^2", "xyz", "-12", "12"),  # 2*(y*z - 6) + 2*y*z
        ("abs(x)*exp(y*z - 6)", "xyz", "-7", "7"),  # (1 + y*z)*exp(y*z - 6)
        ("(1 + x*abs(x))*y^2*z^3*w", "yzw", "72", "72"),  # 2*y*3*z^2
        ("y^2*z^3*abs(x)*x", "yyzx", "0", "0"),
        ("abs(x)*abs(y - 3)*z", "xyz", "?", "?"),  # two factors have a kink
        ("abs(x)*(z^2 - 4*z)*y", "xyz", "?", "?"),  # 2*z - 4 is 0: 0 with x last, and none with x first
    ],
)
def test_a_derivative_of_a_product_is_that_of_each_factor(text: str, wrt: str, left: str, right: str) -> None:
    found = sides(text, x="0", y="3", z="2", w="2").mixed(tuple(wrt))
    assert is_that(None if found is None else found.sides.left, left)
    assert is_that(None if found is None else found.sides.right, right)


def test_sums_and_products_keep_track_of_what_they_leave_out_and_where_they_bend() -> None:
    work = crossing()
    bent = work.absolute(T)
    assert (bent.parts, bent.bend, T.bend) == (T.parts, 1, math.inf)
    assert work.multiply(bent, bent, bent).bend == 3
    assert work.multiply(still(S), bent).bend == 1
    assert work.add(still(UNITY), work.multiply(T, bent)).bend == 2
    short = Jet(((1, UNITY),), order=2)
    assert work.multiply(short, T).order == 3
    assert work.multiply(T, T, T, T) == Jet((), 3)  # beyond the powers that are kept
    assert work.multiply(Jet(), short) == Jet()
    assert work.minus(T, T) == Jet()


def test_powers_of_what_t_alone_moves() -> None:
    work = crossing()
    root = work.power(T, HALF)
    assert (root.parts, root.bend) == (((HALF, UNITY),), HALF)
    assert work.power(T, -1).parts == ((-1, UNITY),)
    with pytest.raises(NoSideError):
        work.power(work.negative(T), HALF)
    # (s + t)^(1/2) = s^(1/2)*(1 + t/(2*s) - ...): what bends it is what s is
    found = work.power(work.add(still(S), T), HALF)
    assert (found.bend, found.at(1)) == (math.inf, Germ((((-HALF, 0, 0), fmpq(1, 2)),)))
    assert work.power(work.add(still(S), work.absolute(T)), HALF).bend == 1
    assert work.power(work.absolute(T), -2).bend == -math.inf  # 1/t^2, but of t < 0 nothing is known


def test_powers_of_a_sum_that_t_alone_moves_are_binomial_series() -> None:
    work = crossing()
    both = work.add(T, work.multiply(T, T))
    # 1/(t + t^2) = 1/t - 1 + t - t^2 + ..., sqrt(t + t^2) = t^(1/2)*(1 + t/2 - t^2/8 + ...)
    for q, expected in (
        (-1, ((-1, 1), (0, -1), (1, 1), (2, -1))),
        (HALF, ((HALF, 1), (Fraction(3, 2), fmpq(1, 2)), (Fraction(5, 2), fmpq(-1, 8)))),
    ):
        found = work.power(both, q)
        assert found.parts[: len(expected)] == tuple((at, constant(fmpq(c))) for at, c in expected)


def test_signs_and_floors_across_t() -> None:
    work = crossing()
    assert (work.sign(T), work.sign(work.negative(T)), work.sign(Jet())) == (1, -1, 0)
    with pytest.raises(ShortError):
        work.sign(Jet((), 3))
    assert (T.is_sided, still(S).is_sided, Jet().is_sided) == (True, False, False)

    def floor_of_half(_work: Expanding, _x: Germ) -> Germ:
        return NOTHING

    assert work.floor(work.negative(T), floor_of_half) == still(constant(fmpq(-1))).bent(0)
    assert work.floor(work.add(still(constant(fmpq(1, 2))), T), floor_of_half) == Jet()
    with pytest.raises(UnprovedError):
        work.plug(lambda _k: UNITY, still(UNITY))  # which does not tend to 0


# Functions of u = x + 2*y + x*y - 1/2, at a point where u is a number in their domain.
_FAR = "cosh acosh log log1p log2 log10 sqrt cbrt gamma loggamma erf besselj(1, {}) Ei digamma"
_NEAR = "exp expm1 sin cos tan cot sinc sinh tanh sigmoid softplus asin acos atan asinh atanh erfinv"


CASES = [
    *((name if "(" in name else f"{name}({{}})", "1/2", "1") for name in _FAR.replace(", ", ",").split()),
    *((name + "({})", "1/4", "1/3") for name in _NEAR.split()),
    *((text, "1/2", "1") for text in ("({})^(1/3)", "({})^-2", "({})^7", "2^({})", "({})^x", "root({}, 5)")),
    *((text, "1/2", "1") for text in ("atan2({}, y)", "atan2(y, {})", "y/({})", "abs({})", "max({}, x)", "min({}, x)")),
    *((text, "1/2", "1") for text in ("mod({}, 2)*x", "floor({})*x*y", "ceil({})*x*y", "round({}/2)*x*y")),
    *((text, "1/2", "1") for text in ("floordiv({}, 2)*x*y", "sign({})*x*y", "heaviside({})*x*y")),
    ("where({} > 2, x*y, x*y^2)", "1/2", "1"),
    ("where(not ({} > 2 or x > 1) and y < 3, x*y, x*y^2)", "1/2", "1"),
]


@for_all(("text", "x", "y"), CASES if is_nightly() else CASES[::3])
def test_a_jet_of_an_analytic_function_has_the_derivatives_of_its_disc(text: str, x: str, y: str) -> None:
    asked = program(text.format("(x + 2*y + x*y - 1/2)"), "x", "y")
    point = {"x": program(x), "y": program(y)}
    for wrt in ("xy", "xxy") if is_nightly() else ("xy",):
        proved, found = Prover(asked, point, 3).slope(tuple(wrt)), SideProver(asked, point).mixed(tuple(wrt))
        assert proved is not None
        assert found is not None, wrt
        assert found.sides.left == found.sides.right
        assert found.lower is None
        assert found.other is None
        assert is_that(found.sides.left, proved.text), (wrt, found.sides.left, proved)


def test_of_a_function_of_which_two_arguments_move_nothing_is_said() -> None:
    asked = program("besselj(y*y, abs(x)*y + 1)", "x", "y")
    assert SideProver(asked, {"x": program("0"), "y": program("1")}).mixed(("x", "y")) is None


def test_every_rule_of_germs_has_one_of_jets() -> None:
    assert {*JET_RULES, *FORMULAS} == {*ELEMENTARY, *FORMULAS}
