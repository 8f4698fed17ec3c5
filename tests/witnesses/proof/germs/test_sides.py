"""Slopes, limits and values from one side, by kind; the right values are by hand, the digits by mpmath."""

from __future__ import annotations

from flint import fmpq

from derivcli.model.statuses import Proof
from derivcli.witnesses.evidence import Outcome
from derivcli.witnesses.proof.germs.neighbourhood import Patience
from derivcli.witnesses.proof.germs.powers import Expanding
from derivcli.witnesses.proof.germs.series import UNITY
from derivcli.witnesses.proof.numbers import UnprovedError
from tests.every import for_all
from tests.witnesses.proof.asking import program
from tests.witnesses.proof.germs.asking import check, is_that, limits, sides, slopes

ROOT_2, ROOT_3, ROOT_8 = (
    "1.4142135623730950488016887242097",
    "1.7320508075688772935274463415059",
    "2.8284271247461900976033774484194",
)
LOG_2, SIN_1, HALF_PI = (
    "0.69314718055994530941723212145818",
    "0.8414709848078965066525023216303",
    "1.5707963267948966192313216916398",
)


@for_all(
    ("text", "at", "left", "right"),
    [
        ("abs(x)", "0", "-1", "1"),
        ("abs(x - 0.1)", "0.1", "-1", "1"),
        ("max(x, x^2, 0)", "0", "0", "1"),
        ("min(x, 2 - x)", "1", "1", "-1"),
        ("relu(x)", "0", "0", "1"),
        ("abs(cos(x))", "pi/2", "-1", "1"),
        ("abs(sin(x)^3)", "pi", "0", "0"),
        ("where(x^2 < 2, x, 2*x - sqrt(2))", "sqrt(2)", "1", "2"),
        ("sqrt(x^2 + abs(x)^2.000001)", "0", "-1", "1"),
        ("sqrt(1 - besselj(0, x))", "0", "-0.5", "0.5"),
        ("acos(clamp((x + 4)/(sqrt(x^2 + 4)*sqrt(5)), -1, 1))", "1", "-0.4", "0.4"),
        ("acos(1 - x^2/2)", "0", "-1", "1"),
        ("abs(x + sqrt(3 + 2*sqrt(2)) - 1 - sqrt(2))", "0", "-1", "1"),
        (
            "abs(tan(x) - 2 + sqrt(3))",
            "pi/12",
            "-1.0717967697244908258902146339765",
            "1.0717967697244908258902146339765",
        ),
        ("abs(x)^(sqrt(2) - 1)*abs(x)^(2 - sqrt(2))", "0", "-1", "1"),
        ("relu6(sqrt(3)*sqrt(12)*x)", "1", "6", "0"),
        (
            "abs(besselj(0, x) - besselj(0, 2.5))",
            "2.5",
            "-0.49709410246427403801081627626442",
            "0.49709410246427403801081627626442",
        ),
    ],
)
def test_a_corner_has_a_slope_on_each_side(text: str, at: str, left: str, right: str) -> None:
    check(slopes(text, at), left, right)


@for_all(
    ("text", "at", "left", "right"),
    [
        ("clamp(1 + sin(x), 0, 1)", "0", "1", "0"),
        ("hardtanh(1 + tanh(x))", "0", "1", "0"),
        ("relu6(6 + sin(x))", "0", "1", "0"),
        ("hardswish(3 + sin(x))", "0", "1.5", "1"),
        ("hardsigmoid(sin(x) - 3)", "0", "0", "0.16666666666666666666666666666667"),
        ("leaky_relu(x - pi)", "pi", "0.01", "1"),
        ("elu(x - pi)", "pi", "1", "1"),
        ("softshrink(x + 0.5 - log(e))", "1", "0", "1"),
        ("clamp(x^2, 0, 2)", "sqrt(2)", ROOT_8, "0"),
        ("clamp(sin(x), 0, (sqrt(6) - sqrt(2))/4)", "pi/12", "0.96592582628906828674974319972890", "0"),
        ("floor(4*sin(x)*cos(x))", "pi/12", "jump up", "0"),
        ("floor(8*cos(x)*cos(2*x)*cos(3*x))", "pi/7", "0", "jump down"),
        ("hardtanh(2*sin(x))", "pi/6", ROOT_3, "0"),
        ("clamp(sqrt(2)*sqrt(2), 0, 2) + x", "0", "1", "1"),
        ("floor(1 + sin(x))", "0", "jump up", "0"),
        ("floor(log(x)/log(10))", "1000", "jump up", "0"),
        ("floor(exp(log(8)/3) + x)", "0", "jump up", "0"),
        ("ceil(3*sin(x)^2)", "pi/2", "0", "0"),
        ("floor(4*atan(x)/pi)", "1", "jump up", "0"),
        ("floor(6*asin(x)/pi)", "0.5", "jump up", "0"),
        ("floor(3*acos(x)/pi)", "0.5", "0", "jump down"),
        ("mod(x, pi)", "2*pi", "jump down", "1"),
        ("round(x)", "0.5", "0", "jump up"),
        ("round(x)", "1.5", "jump up", "0"),
        ("sign(x^3)", "0", "jump up", "jump up"),
        ("heaviside(x)", "0", "jump up", "jump up"),
        ("where(x != 0, x^2, 1)", "0", "jump up", "jump down"),
        ("where(x < 0, x^2, x^3)", "0", "0", "0"),
    ],
)
def test_a_switch_goes_by_exact_coefficients(text: str, at: str, left: str, right: str) -> None:
    check(slopes(text, at), left, right)


@for_all(
    ("text", "at", "left", "right"),
    [
        ("x^1.1 + x^1.2", "0", "none", "0"),
        ("(1 - x)^1.1 + (1 - x)^1.2", "1", "0", "none"),
        ("gammainc(1.1, x) + gammainc(1.2, x)", "0", "none", "0"),
        ("polylog(2.05, x) + polylog(2.1, x)", "1", "31.16529276698781241672709549692", "none"),
        ("exp(x^1.1) + x^1.2", "0", "none", "0"),
        ("x*sqrt(2 + x^0.1)", "0", "none", ROOT_2),
        ("sqrt(x)", "0", "none", "inf"),
        ("asin(x)", "1", "inf", "none"),
        ("acosh(x)", "1", "none", "inf"),
        ("x^x", "0", "none", "-inf"),
        ("(-2)^x", "2", "none", "none"),
        ("sqrt(-x^2)", "0", "none", "none"),
        ("where(x > 1, sqrt(1 - x), x)", "1", "1", "none"),
        ("li(x)", "0", "none", "0"),
    ],
)
def test_at_an_end_of_the_domain_one_side_has_no_values(text: str, at: str, left: str, right: str) -> None:
    check(slopes(text, at), left, right)


@for_all(
    ("text", "at", "slope"),
    [
        ("x*exp(abs(x)^0.2)", "0", "1"),
        ("x*log(2 + abs(x)^0.02)", "0", LOG_2),
        ("x*(1 + 100*abs(x)^0.15)^3", "0", "1"),
        ("x/(1 + abs(x)^1e-7)", "0", "1"),
        ("where(x == 0, 0, x*atan(log(abs(x))/1e6))", "0", f"-{HALF_PI}"),
        ("where(x == 0, 0, x*tanh(log(abs(x))/1e8))", "0", "-1"),
        ("where(x == 0, 0, x*sigmoid(log(abs(x))/1e6))", "0", "0"),
        ("x*sin(abs(x)^1e-6)", "0", "0"),
        ("2*abs(x)^1.04 - abs(x)^1.02 + x", "0", "1"),
        ("x*sin(1 + abs(x)^0.007)", "0", SIN_1),
        ("2*abs(x)^(7/6) - 0.2*abs(x)^1.3 + 10*abs(x)^1.15", "0", "0"),
        ("where(x == 0, 0, x/log(abs(x)))", "0", "0"),
        ("where(x == 0, 0, x*(1 + 1/log(abs(x))))", "0", "1"),
        ("where(x == 0, 0, x^2*log(abs(x)))", "0", "0"),
        ("abs(x)^pi", "0", "0"),
        ("abs(x)^(1 + sqrt(2)/1e6)", "0", "0"),
        ("where(x == 0, 0, exp(-1/x^2)*exp(1/abs(x)))", "0", "0"),
        ("where(x == 0, 0, exp(-1/x^2))", "0", "0"),
        ("where(x == 0, 0, x*exp(-exp(1/abs(x))))", "0", "0"),
        ("where(x == 0, 0, x^2*sin(1/x))", "0", "0"),
        ("where(x == 0, 0, x^2*floor(1/x))", "0", "1"),
        ("where(x == 0, 0, x^2*sqrt(2 + sin(1/x)))", "0", "0"),
        ("where(x == 0, 0, x^2/(3 + sin(1/x))^2)", "0", "0"),
        ("where(x == 0, 0, x^2*log(abs(x)*(2 + sin(1/x))))", "0", "0"),
        ("where(x == 0, 0, x^2*erf(sin(1/x)))", "0", "0"),
        ("where(x == 0, 0, x*sign(2 + sin(1/x)))", "0", "1"),
        ("where(x == 0, 0, x*max(sin(1/x), 2))", "0", "2"),
        ("where(x == 0, 0, x*max(sign(sin(1/x)), 2))", "0", "2"),
        ("where(x == 0, 0, x*min(sign(sin(1/x)), -2))", "0", "-2"),
        ("where(x == 0, 0, x + x*abs(x)*sin(exp(1/abs(x))))", "0", "1"),
        ("cbrt(fresnels(x))", "0", "0.80599597700823482035848342331964"),
    ],
)
def test_slow_powers_logarithms_and_waves_leave_one_slope(text: str, at: str, slope: str) -> None:
    check(slopes(text, at), slope, slope)


@for_all(
    ("text", "at", "left", "right"),
    [
        ("where(abs(1e50*(1e50*(1e50*x))) > 1, 2*x, x)", "0", "1", "1"),
        ("x*clamp(1e20*(1e20*(1e20*(1e20*(1e20*abs(x))))), 0, 1)", "0", "0", "0"),
        ("max(x, 0) + log1p(exp(-abs(x)))*0", "-5000", "0", "0"),
        ("where(x > 20, x, log(1 + exp(x)))", "5000", "1", "1"),
        ("where(x < 15, x, 10^exp(x))", "10", "1", "1"),
        ("min(x, 10^1500)", "1", "1", "1"),
        ("log(abs(sinh(x)))", "2336", "1", "1"),
    ],
)
def test_no_scale_hides(text: str, at: str, left: str, right: str) -> None:
    check(slopes(text, at), left, right)


@for_all(
    ("text", "at", "value", "slope"),
    [
        ("max(x, -inf)", "1", "1", "1"),
        ("where(x > -inf, x^2, 0)", "1", "1", "2"),
        ("clamp(x, -inf, 5)", "1", "1", "1"),
        ("logsumexp(x, -inf)", "1", "1", "1"),
        ("sigmoid(-inf) + x", "1", "1", "1"),
        ("atan(-inf) + x", "1", "-0.5707963267948966192313216916398", "1"),
        ("min(x, inf, 7)", "1", "1", "1"),
        ("max(x, inf)", "1", "none", "?"),
        ("x + inf - inf", "1", "none", "?"),
        ("0*inf + x", "1", "none", "?"),
    ],
)
def test_infinity_is_larger_than_every_number_and_no_number(text: str, at: str, value: str, slope: str) -> None:
    assert is_that(sides(text, x=at).value, value)
    if slope != "?":  # slopes are of f that has a value
        check(slopes(text, at), slope, slope)


def test_a_corner_too_small_for_floats_is_seen() -> None:
    left, right = slopes("x + 1e-35*abs(x)", "0")
    assert left is not None
    assert right is not None
    assert (left.text, left.error) == (f"0.{'9' * 35}", "0")
    assert (right.text, right.error) == (f"1.{'0' * 34}1", "0")


def test_what_no_decimals_tell_apart_is_left_open() -> None:
    assert slopes("pi*x + 1e-80*abs(x)", "0") == (None, None)


@for_all(
    ("text", "at", "left", "right"),
    [
        ("cbrt(x)", "0", "inf", "inf"),
        ("sqrt(abs(x))", "0", "-inf", "inf"),
        ("abs(x)^x", "0", "-inf", "-inf"),
        ("where(x == 0, 0, x*log(abs(x)))", "0", "-inf", "-inf"),
        ("where(x == 0, 0, 1/log(abs(x)))", "0", "inf", "-inf"),
        ("where(x == 0, 0, 1/x)", "0", "jump up", "jump up"),
        ("where(x == 0, 1, x*log(abs(x)))", "0", "jump up", "jump down"),
    ],
)
def test_slopes_grow_without_bound_or_f_jumps(text: str, at: str, left: str, right: str) -> None:
    check(slopes(text, at), left, right)


@for_all(
    ("text", "left", "right"),
    [
        ("where(x == 0, 0, x*sin(1/x))", "wave", "wave"),
        ("where(x == 0, 0, x*sin(log(abs(x))/1e9))", "wave", "wave"),
        ("where(x == 0, 0, x*(3 + cos(2*pi*log(abs(x))/log(99991))))", "wave", "wave"),
        ("where(x == 0, 0, sqrt(abs(x))*sin(1/x))", "wave", "wave"),
        ("where(x <= 0, x, x*cos(exp(1/x)))", "1", "wave"),
        ("where(x == 0, 0, sin(1/x))", "wave", "wave"),
        ("where(x == 0, 0, x*sin(1/x)^2)", "wave", "wave"),
        ("where(x == 0, 0, x*cos(1/x)^3)", "wave", "wave"),
        ("where(x == 0, 0, x*exp(sin(1/x)))", "wave", "wave"),
        ("where(x == 0, 0, x*atan(sin(1/x)))", "wave", "wave"),
        ("where(x == 0, 0, x*sqrt(2 + sin(1/x)))", "wave", "wave"),
        ("where(x == 0, 0, x/(2 + sin(1/x)))", "wave", "wave"),
        ("where(x == 0, 0, x*abs(sin(1/x)))", "wave", "wave"),
        ("where(x == 0, 0, x*relu(sin(1/x)))", "wave", "wave"),
        ("where(x == 0, 0, x*floor(2*sin(1/x)))", "wave", "wave"),
        ("where(x == 0, 0, x*sign(sin(1/x)))", "wave", "wave"),
        ("where(x == 0, 0, sqrt(abs(x))*sin(1/x)^3)", "wave", "wave"),
        ("where(x == 0, 0, x*erf(sin(1/x)))", "wave", "wave"),
    ],
)
def test_a_wave_of_what_grows_has_no_limit(text: str, left: str, right: str) -> None:
    check(slopes(text, "0"), left, right)


@for_all(
    "text",
    [
        "where(x == 0, 0, x*sin(2*pi*floor(1/x)))",  # 0: the argument jumps from one zero to the next
        "where(x == 0, 0, x*sin(where(sin(1/x) > 0, 1/x, 1/x + pi)))",  # jumps where the sine is 0: never below
        "where(x == 0, 0, x*(sin(1/x)^2 + cos(-1/x^2)^2))",  # of two phases
        "where(x == 0, 0, sqrt(abs(x))*sin(1/x)^2)",  # 0 again and again, but is it 0 or only small over its scale?
        "where(x == 0, 0, x*floor(sin(1/x)^2))",  # 0 but where the sine is 1 or -1
        "where(x == 0, 0, x*floor(2 + sin(1/x)^2/2))",  # 2: the wave does not reach 3
        "where(x == 0, 0, x*sin(sin(1/x)/x))",  # of what grows and turns
        "where(x == 0, 0, x*sin(floor(sin(1/x) + 3)/x))",  # the argument jumps
        "where(x == 0, 0, x*(1 + abs(x)^(1/4) + sin(1/x))/sqrt(abs(x)))",  # infinite: the wave stays above a power
        "where(x == 0, 0, legendre(2, where(x == 0, 0, x*sin(1/x))) + 0.5)",  # 0: the first coefficient is 0, unseen
        "where(x == 0, 0, x*floor(1/x)*sin(1/x))",  # a product of what is not known
        "where(x == 0, 0, x*(-0.5)^floor(1/abs(x)))",  # 0: the exponent is whole everywhere
        "(x - 2)^(4*sin(pi/12)*cos(pi/12))",  # x - 2: so is this one, which is no rational for sure
        "where(x == 0, 0, x*log(abs(log(abs(log(abs(log(abs(x)))))))))",  # no scale for it
        "abs(x + sin(2) - 2*sin(1)*cos(1))",  # algebra here does not see the 0
        "where(x == 0, 0, where(airyai(1/abs(x)) < 0, x, 2*x - x))",  # whether the condition has a value is not known
    ],
)
def test_what_is_no_theorem_is_left_open(text: str) -> None:
    left, right = slopes(text, "0")
    assert left is None
    assert right is None


@for_all(
    ("text", "at", "left", "right"),
    [
        ("1/x", "0", "-inf", "inf"),
        ("sin(x)/x", "0", "1", "1"),
        ("(1 - cos(x))/x^2", "0", "0.5", "0.5"),
        ("abs(x)/x", "0", "-1", "1"),
        ("x/x*(1 + 100*abs(x)^0.15)^3", "0", "1", "1"),
        ("1/log(abs(x))", "0", "0", "0"),
        ("exp(1/log(abs(x)))", "0", "1", "1"),
        ("log(abs(log(abs(x))))", "0", "inf", "inf"),
        ("log(-log(x))*(log(-log(x)) + 1)", "0", "none", "inf"),
        ("(1 + log(-log(x))*log(-2*log(x)))/log(-log(x))^2", "0", "none", "1"),  # log(2*l) is log(l) + log(2)
        ("log(x)/log(2*x)", "0", "none", "1"),
        ("exp(-exp(1/abs(x)))", "0", "0", "0"),
        ("mod(2*pi, acos(x))", "1", "0", "none"),
        ("(1 + x)^(1/x)", "0", "2.7182818284590452353602874713527", "2.7182818284590452353602874713527"),
        ("cos(x)^(1/x^2)", "0", "0.60653065971263342360379953499118", "0.60653065971263342360379953499118"),
        ("exp(1/x)", "0", "0", "inf"),
        ("1/(1 + exp(1/x))", "0", "1", "0"),
        ("tanh(1/x)", "0", "-1", "1"),
        ("atan(1/x)", "0", f"-{HALF_PI}", HALF_PI),
        ("sin(1/x)", "0", "wave", "wave"),
        ("sin(1/sin(x))", "0", "wave", "wave"),
        ("sin(1/sin(x))^2", "0", "wave", "wave"),
        ("sign(3*sin(1/sin(x)) - 2)", "0", "wave", "wave"),  # three times a wave is above 2 and below it
        ("sign(sin(1/sin(x))/3 - 1/2)", "0", "-1", "-1"),  # a third of it stays below
        ("cos(1/sin(x))^10", "0", "wave", "wave"),
        ("floor(sin(1/x))", "0", "wave", "wave"),
        ("floor(2 + sin(1/x))", "0", "wave", "wave"),
        ("sign(sign(sin(1/x)) - 1.5)", "0", "-1", "-1"),  # a sign is 1 at most
        ("sign(sign(cos(1/x)) + 1.5)", "0", "1", "1"),
        ("heaviside(cos(1/x))", "0", "wave", "wave"),
        ("floor(sin(1/x)^2)", "0", "?", "?"),
        ("(2 + sin(1/x))/x", "0", "-inf", "inf"),
        ("x*sin(1/x)", "0", "0", "0"),
        ("tan(x)", "pi/2", "inf", "-inf"),
        ("x^3*yn(2, x)", "0", "-3", "-3"),
        ("x^2*bessely(2, x)", "0", "none", "-1.2732395447351626861510701069801"),
        ("x^2*besselk(2, x)", "0", "none", "2"),
        ("besselk(0, x)/log(x)", "0", "none", "-1"),
        ("erfinv(1 - x)/sqrt(-log(x))", "0", "none", "1"),
        ("elliptic_k(1 - x)/log(x)", "0", "none", "-0.5"),
        ("LambertW(-x, -1)/log(x)", "0", "none", "1"),
        ("erfc(1/x)*exp(1/x^2)/x", "0", "-inf", "0.56418958354775628694807945156077"),
        ("gamma(1/x)*exp(-1/x^2)", "0", "?", "0"),  # a product of what is beyond all powers
        ("exp(1/x)/exp(1/x + 1)", "0", "0.36787944117144232159552377016146", "0.36787944117144232159552377016146"),
        ("exp(exp(1/x))/exp(exp(1/x) + x)", "0", "1", "1"),
        ("exp(1/x - 1/sin(x))", "0", "1", "1"),
        ("(exp(exp(-1/x^2)) - 1)*exp(1/x^2)", "0", "1", "1"),
        ("exp(-log(abs(x))^2)/x^100", "0", "0", "0"),
        ("exp(log(abs(x))^2)*x^100", "0", "inf", "inf"),
        ("exp(-sqrt(abs(log(abs(x)))))*log(abs(x))^9", "0", "0", "0"),
        ("x*log(exp(1/x) + exp(2/x))", "0", "1", "2"),
        ("(1 + x)^(1/x^2)/exp(1/x)", "0", "0.60653065971263342360379953499118", "0.60653065971263342360379953499118"),
        ("x^sqrt(2)/x^(sqrt(3) - 1/5)", "0", "none", "inf"),
        ("x^sqrt(2)/x^(sqrt(3) - 1/3)", "0", "none", "0"),
        ("abs(x)^(sqrt(2) + sqrt(3))/abs(x)^sqrt(5 + 2*sqrt(6))", "0", "1", "1"),
        ("log(x)", "0", "none", "-inf"),
        ("sqrt(x) + log(-x)", "0", "none", "none"),
        ("atan2(x, 0)", "0", f"-{HALF_PI}", HALF_PI),
        ("(x - 2)^pi", "0", "none", "none"),
        ("(x - 2)^(1/2 + x)", "0", "none", "none"),
    ],
)
def test_f_has_limits_where_it_has_no_value(text: str, at: str, left: str, right: str) -> None:
    assert is_that(sides(text, x=at).value, "none")
    check(limits(text, at), left, right)


@for_all(
    ("text", "at", "value"),
    [
        ("1 + sin(x)", "0", "1"),
        ("floor(exp(log(8)/3) + x)", "0", "2"),
        ("clamp(x^2, 0, 2)", "sqrt(2)", "2"),
        ("LambertW(x)", "-1/e", "-1"),
        ("sin(x)^2", "pi/3", "0.75"),
        ("log(x, 10)", "1000", "3"),
        ("x^x", "0", "1"),
        ("1/sin(x)", "pi", "none"),
        ("sqrt(cos(x))", "pi", "none"),
        ("where(x < 1, 1, sqrt(x - 2))", "1", "none"),
        ("root(x - x, 4)", "1", "0"),
        ("root(x - x, 3)", "1", "0"),
        ("root(x - 9, 3)", "1", "-2"),
        ("root(x - 9, 4)", "1", "none"),
        ("root(-x, 1/2)", "1", "none"),  # a root of a degree that is no integer is of what is not negative
    ],
)
def test_values_are_exact_where_algebra_knows_them(text: str, at: str, value: str) -> None:
    found = sides(text, x=at).value
    assert is_that(found, value)
    assert found is not None
    assert found.proof is (Proof.SIDE if value == "none" else Proof.EXACT)


def test_other_values_are_balls() -> None:
    found = sides("abs(x) + erf(x)*0 + sqrt(2)", x="0").value
    assert is_that(found, ROOT_2)
    assert found is not None
    assert found.proof is Proof.BALL


@for_all(
    ("text", "zeros"),
    [
        ("abs(x)", False),
        ("x*abs(x)", False),
        ("sqrt(x)", False),
        ("floor(x)", False),
        ("x^x", True),
        ("sin(x)^0*cos(x)", True),
        ("(1 + x)^0*cos(x)", False),
        ("sin(x)^sin(x)", True),
        ("where(x == 0, 1, log(x)^2)", None),
        ("where(x == 0, 0, jn(0, 1/x)^2)", None),
    ],
)
def test_zero_to_the_zero_is_known_or_open(text: str, zeros: bool | None) -> None:
    prover = sides(text, x="0")
    assert prover.takes_zero_to_the_zero is zeros


def test_patience_ends() -> None:
    asked, spent = program("abs(x) + sin(x)", "x"), Patience(0.0)
    found = spent.walk(asked, {"x": UNITY}, Expanding(3), {})
    assert all(isinstance(result, UnprovedError) for result in found)
    assert spent.left < 0
    assert Patience().walk(asked, {"x": UNITY}, Expanding(3), {})[0] == UNITY


def test_slopes_are_looked_at_once() -> None:
    prover = sides("abs(x)", x="0")
    assert prover.slopes("x") is prover.slopes("x")


@for_all(
    ("text", "at", "order", "found", "left", "right"),
    [
        ("x*abs(x)", "0", 2, 2, "-2", "2"),
        ("abs(x)^3", "0", 2, 2, "0", "0"),
        ("abs(x)^3", "0", 3, 3, "-6", "6"),
        ("abs(x)", "0", 3, 1, "-1", "1"),
        ("relu(x)^2", "0", 4, 2, "0", "2"),
        ("where(x == 0, 0, x^3*log(abs(x)))", "0", 2, 2, "0", "0"),
        ("where(x == 0, 0, x^3*log(abs(x)))", "0", 3, 3, "-inf", "-inf"),
        ("abs(x)^2.5", "0", 3, 3, "-inf", "inf"),
        ("where(x == 0, 0, exp(-1/x^2))", "0", 8, 8, "0", "0"),
        ("where(x < 0, sin(x), log(1 + x))", "0", 2, 2, "0", "-1"),
        ("elu(x)", "0", 2, 2, "1", "0"),
        ("sinh(x)*abs(x)^(4/3) + x^2", "0", 2, 2, "2", "2"),
        ("where(x == 0, 0, x^2/log(abs(x)))", "0", 2, 2, "0", "0"),
        ("(x^2)^1.5", "0", 2, 2, "0", "0"),
        ("sqrt(x)^5", "0", 2, 1, "none", "0"),
        ("where(x == 0, 0, x^3*sin(1/x))", "0", 2, 2, "wave", "wave"),
        ("where(x == 0, 0, x^5*sin(1/x))", "0", 2, 2, "0", "0"),
        ("where(x == 0, 0, x^5*sin(1/x))", "0", 3, 3, "wave", "wave"),
        ("where(x == 0, 0, x^9*cos(1/x))", "0", 2, 2, "0", "0"),
        ("where(x == 0, 0, x^9*cos(1/x))", "0", 5, 5, "wave", "wave"),
        ("where(x == 0, 0, x^4*cos(1/x)^2)", "0", 2, 2, "0", "0"),
        ("where(x == 0, 0, x^4*floor(1/x))", "0", 2, 2, "?", "?"),  # it jumps next to the point
    ],
)
def test_higher_orders_are_differentiated_term_by_term_and_waves_across_them(
    text: str, at: str, order: int, found: int, left: str, right: str
) -> None:
    slopes_of_order, of_order = sides(text, x=at).slopes("x", order)
    check(slopes_of_order, left, right)
    assert of_order == found


def test_a_path_of_higher_power_comes_from_one_side() -> None:
    prover = sides("abs(x)/x", x="0")
    assert [is_that(prover.limit({"x": (fmpq(-3), 2)}, way), "-1") for way in (-1, 1)] == [True, True]


def test_several_variables_move_together() -> None:
    prover = sides("x*y/(x^2 + y^2)", x="0", y="0")
    assert is_that(prover.limit({"x": (fmpq(1), 1), "y": (fmpq(2), 1)}, 1), "0.4")
    assert is_that(prover.limit({"x": (fmpq(1), 1)}, 1), "0")


def test_terms_without_the_variable_are_left_out() -> None:
    (left, right), _order = sides("abs(x) + jn(0, log(y))", x="0", y="3").slopes("x")
    assert is_that(left, "-1")
    assert is_that(right, "1")


def test_a_reading_of_what_is_no_number_has_no_enclosure() -> None:
    left, _right = slopes("1/x^0 + sqrt(x)", "0")
    assert left is not None
    assert (left.outcome, left.proof, left.enclosure) == (Outcome.UNDEFINED, Proof.SIDE, None)
