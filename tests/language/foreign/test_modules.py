"""Notations of programs: each text has the tree of its plain form."""

from __future__ import annotations

import pytest

from derivcli.language.derivatives import Asked
from derivcli.language.parser import parse
from tests.every import for_all
from tests.language import complaint, drawn, read

SCALARS = "scalars only: write w1*x1 + w2*x2"


@for_all(
    ("text", "plain"),
    [
        # modules
        ("np.cosh(x)/numpy.sqrt(y)", "cosh(x)/sqrt(y)"),
        ("math.hypot(x, y)*math.tau", "hypot(x, y)*tau"),
        ("torch.nn.functional.silu(x) + F.mish(y)", "silu(x) + mish(y)"),
        ("torch.special.erfcx(x)", "erfcx(x)"),
        ("jnp.log1p(x) - jax.nn.softplus(y)", "log1p(x) - softplus(y)"),
        ("sympy.asinh(x) + sp.oo*0", "asinh(x) + inf*0"),
        ("scipy.special.expit(3*x)", "sigmoid(3*x)"),
        ("TMath::BesselJ0(x)*TMath::TwoPi()", "j0(x)*(2*pi)"),
        ("std::fabs(x) + std::tgamma(y)", "abs(x) + gamma(y)"),
        ("Math.log10(x)/Math.LN10", "log10(x)/log(10)"),
        ("Math.Pow(x, 3)", "x^3"),
        ("stats.norm.cdf(x)*norm.pdf(x)", "ndtr(x)*norm_pdf(x)"),
        ("np.where(x > 1, np.exp(-x), 0)", "where(x > 1, exp(-x), 0)"),
        # the same name, another meaning
        ("np.sinc(x)", "sincpi(x)"),
        ("jax.nn.gelu(x)", "gelu_tanh(x)"),
        ("F.gelu(x)", "gelu(x)"),
        ("torch.remainder(x, 3)", "mod(x, 3)"),
        ("torch.fmod(x, 3)", "fmod(x, 3)"),
        ("math.remainder(x, 3)", "ieee_remainder(x, 3)"),
        ("torch.frac(x)", "fmod(x, 1)"),
        ("scipy.special.jn(2, x)", "besselj(2, x)"),
        ("scipy.special.huber(2, x)", "huber(x, 2)"),
        ("std::expint(x)", "Ei(x)"),
        ("sp.root(x, 4) + sp.cbrt(y)", "x^(1/4) + y^(1/3)"),
        ("sp.Rational(2, 3)*x", "(2/3)*x"),
        ("np.subtract(x, y)*np.reciprocal(x)", "(x - y)*(1/x)"),
        ("TMath::Gaus(x, m, s)", "exp(-((x - m)/s)^2/2)"),
        ("F.mse_loss(a, b) + F.huber_loss(a, b)", "mse(a, b) + huber(a - b)"),
        ("F.l1_loss(a, b) + F.smooth_l1_loss(a, b, beta=2)", "abs(a - b) + huber(a - b, 2)/2"),
        ("F.binary_cross_entropy(p, y)", "-(y*log(p) + (1 - y)*log(1 - p))"),
        ("F.binary_cross_entropy_with_logits(x, y)", "softplus(x) - (x*y)"),
        ("torch.lerp(x, y, 0.25)", "x + 0.25*(y - x)"),
        ("F.threshold(x, 2, 7)", "where(x > 2, x, 7)"),
        ("tf.nn.leaky_relu(x) + tf.nn.leaky_relu(y, alpha=0.1)", "leaky_relu(x, 0.2) + leaky_relu(y, 0.1)"),
        ("torch.maximum(x, torch.tensor(0.5))", "max(x, 0.5)"),
        ("nn.functional.relu(x) + nn.gelu(y)", "relu(x) + gelu_tanh(y)"),
        # methods
        ("x.tanh()*w", "tanh(x)*w"),
        ("-x.exp()", "-exp(x)"),
        ("(x + 1).sqrt().log()", "log(sqrt(x + 1))"),
        ("torch.sin(x).pow(2).neg()", "-(sin(x)^2)"),
        ("x.atan2(y).abs()", "abs(atan2(x, y))"),
        ("(x.exp() + y).powi(3)", "(exp(x) + y)^3"),
        ("x.clamp(-1, 1)", "clamp(x, -1, 1)"),
        # arguments with a name
        ("x.clamp(min=0) + torch.clamp(y, max=1)", "max(x, 0) + min(y, 1)"),
        ("F.leaky_relu(x, negative_slope=0.3)", "leaky_relu(x, 0.3)"),
        # comments and quotes
        ("x**3 # the volume", "x^3"),
        ("x*y // area of the field", "x*y"),
        ("x /* side */ * y", "x*y"),
        ("'x*y'", "x*y"),
        ("`x*y`", "x*y"),
        ('"x*y"', "x*y"),
    ],
)
def test_a_text_of_a_program_means_its_plain_form(text: str, plain: str) -> None:
    assert read(text) == read(plain)


def test_a_module_is_a_variable_where_its_name_has_a_value() -> None:
    assert "has no meaning here" not in complaint("F.x", "F")
    assert read("F*x", "F") == "mul(F, x)"


@for_all(
    ("text", "message"),
    [
        ("1 + np.prod(x)", drawn("`np.prod` is not supported", "1 + np.prod(x)", "    ^^^^^^^", SCALARS)),
        ("torch.max(x, 0)", drawn("`torch.max` is not supported", "torch.max(x, 0)", "^^^^^^^^^", SCALARS)),
        ("np.linalg.norm(x)", drawn("`np.linalg` is not supported", "np.linalg.norm(x)", "^^^^^^^^^", SCALARS)),
        (
            "(w*x).mean()",
            drawn(
                "`.mean` is not supported", "(w*x).mean()", "     ^^^^^", f"write `(w*x)` for one element; {SCALARS}"
            ),
        ),
        (
            "np.sum(x**2)",
            drawn("`np.sum` is not supported", "np.sum(x**2)", "^^^^^^", f"write `x**2` for one element; {SCALARS}"),
        ),
        ("torch.tensor([x])", drawn("`torch.tensor` is not supported", "torch.tensor([x])", "^^^^^^^^^^^^", SCALARS)),
        ("w @ x", drawn("`@` has no meaning here", "w @ x", "  ^", SCALARS)),
        ("dot(w, x)", drawn("unknown function `dot`", "dot(w, x)", "^^^", SCALARS)),
        (
            "x.detach()*y",
            drawn("`.detach` is not supported", "x.detach()*y", " ^^^^^^^", "it takes the gradient away: leave it out"),
        ),
        (
            "np.tahn(x)",
            drawn("`np.tahn` is not supported", "np.tahn(x)", "^^^^^^^", "did you mean `tanh`?"),
        ),
        (
            "(x+1).pow(2)(3)",
            drawn(
                "`(x+1).pow(2)` is called once more",
                "(x+1).pow(2)(3)",
                "            ^",
                "write `pow(x)` for a module of torch, or `*` to multiply",
            ),
        ),
        ("np.exp", drawn("`np.exp` is a function and is not called", "np.exp", "^^^^^^", "write `np.exp(x)`")),
        (
            "self.w*x",
            drawn("`.w` is not supported", "self.w*x", "    ^^", "give each variable a name of its own, such as w"),
        ),
        (
            "Math.round(x)",
            drawn(
                "`Math.round` is not supported",
                "Math.round(x)",
                "^^^^^^^^^^",
                "halves are rounded in another way here: write floor(x + 1/2), or round(x)",
            ),
        ),
        (
            "std::sin(x) % 3",
            drawn(
                "`%` has the sign of the left side there, of the right side here",
                "std::sin(x) % 3",
                "            ^",
                "write `fmod(x, y)` or `mod(x, y)`",
            ),
        ),
        (
            "x.^2 % area",
            drawn(
                "`%` starts a comment there, and is the remainder here",
                "x.^2 % area",
                "     ^",
                "leave the comment out, or write `mod(x, y)`",
            ),
        ),
    ],
)
def test_what_is_not_read_is_refused_with_what_to_write(text: str, message: str) -> None:
    assert complaint(text) == message


@pytest.mark.parametrize("text", ["x // 2", "7 // width", "x // sin pi", "x //y"])
def test_floor_division_stays_one(text: str) -> None:
    assert read(text).startswith("floordiv(")


def test_a_comment_is_said() -> None:
    assert parse("# speed\nx^2 /* of x */").notes == (
        "`# speed` was left out: a comment",
        "`/* of x */` was left out: a comment",
    )


def test_a_number_that_ends_in_a_point_is_no_sign_of_matlab() -> None:
    assert read("0.*x % 3") == "mod(mul(0., x), 3)"


def test_a_method_that_is_not_called_has_a_hint_in_words() -> None:
    assert complaint("x.powi").endswith("hint: give each variable a name of its own, such as w")


def test_a_derivative_of_sympys_is_asked_for() -> None:
    assert parse("sympy.diff(sin(x), x, 2)").asked == Asked(2, ("x", "x"))
    assert parse("sp.Derivative(x**3, x)").asked == Asked(1, ("x",))
    assert "`np.diff` is not supported" in complaint("np.diff(x)")
