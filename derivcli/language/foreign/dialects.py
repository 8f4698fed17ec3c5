"""What modules call their functions and constants, by the kind of module: `np.sinc` is sin(pi*x)/(pi*x).

A dialect holds only the names that mean something else than in the catalogue, as `jax.nn.gelu` is gelu_tanh; `!` stands
before a reason to refuse one.
"""

from __future__ import annotations

from derivcli.language.foreign.layers import LAYERS, LOSSES
from derivcli.language.foreign.vocabulary import EQUIVALENTS, SAME
from derivcli.language.tokens import SCALARS

_VECTOR = f"!{SCALARS}"
_SHORTEST = 2  # letters: `T(x + 1)` and `mv(1 + x)` are products
_HALF = "!halves are rounded in another way here: write floor(x + 1/2), or round(x)"
_OF_VECTORS = """
    dot norm matmul cross std var median
    cosine_similarity pairwise_distance layer_norm batch_norm group_norm linear bilinear conv1d conv2d conv3d
    sum mean prod average vdot inner outer mm bmm mv einsum tensordot trace
    det inv cumsum cumprod logsumexp max min amax amin nanmax nanmin nansum nanmean
    fsum array tensor asarray stack vector matrix linspace arange zeros ones normalize transpose T item
"""
# Functions of all classes together, and losses of one element: how they are written for the first of two logits.
_CLASSES = {
    "softmax": "sigmoid(x1 - x2)",
    "softmin": "sigmoid(x2 - x1)",
    "log_softmax": "x1 - logsumexp(x1, x2)",
    "cross_entropy": "logsumexp(x1, x2) - x1",
}
_OF_CLASSES = {name: f"!of the first of two logits it is `{form}`; {SCALARS}" for name, form in _CLASSES.items()}
_LOSSES = {
    "nll_loss": "-x",
    "kl_div": "y*(log(y) - x)",
    "poisson_nll_loss": "exp(x) - y*x",
    "soft_margin_loss": "softplus(-x*y)",
}
_OF_LOSSES = {name: f"!for one element write `{form}`" for name, form in _LOSSES.items()}
_VECTORS = {**dict.fromkeys(_OF_VECTORS.split(), _VECTOR), **_OF_CLASSES}
_OPERATIONS = {
    **SAME,
    "float_power": "pow",
    "add": "sum of",
    **dict.fromkeys(("subtract", "sub"), "difference of"),
    **dict.fromkeys(("multiply", "mul"), "product of"),
    **dict.fromkeys(("divide", "true_divide", "div"), "quotient of"),
    **dict.fromkeys(("negative", "neg"), "minus of"),
    "reciprocal": "inverse of",
    "positive": "value of",
    "floor_divide": "floordiv",
    "fabs": "abs",
    "nearbyint": "round",
}
_NO_CHOICE = {"piecewise": "!write `where(condition, a, b)`", "select": "!write `where(condition, a, b)`"}
_NUMPY = {
    **_VECTORS,
    **_OPERATIONS,
    **_NO_CHOICE,
    "sinc": "sincpi",
    "heaviside": "!write heaviside(x), which is 1/2 at 0, or step(x), which is 1 at 0",
}
_TORCH = {
    **_NUMPY,
    **_OF_LOSSES,
    "frac": "fraction with its sign",
    "softplus": "softplus of torch",
    "threshold": "threshold of torch",
    "lerp": "weighted mean of",
    "clamp_min": "max",
    "clamp_max": "min",
    "huber_loss": "huber of a difference",
    "smooth_l1_loss": "smooth absolute difference",
    "l1_loss": "absolute difference",
    "binary_cross_entropy": "cross entropy",
    "binary_cross_entropy_with_logits": "cross entropy of a logit",
}
_SCIPY = {
    **_VECTORS,
    **_OPERATIONS,
    "sinc": "sincpi",
    "huber": "width first huber",
    "jn": "besselj",
    "yn": "bessely",
    "kn": "besselk",
    "lambertw": "LambertW",
    "legendre": "!write legendre(n, x)",
    "ellipk": "elliptic_k",
    "ellipe": "elliptic_e",
    "ellipkinc": "elliptic_f",
    "ellipeinc": "elliptic_einc",
    "spence": "!write Li2(1 - x)",
}
_C = {
    **_OPERATIONS,
    "remainder": "ieee_remainder",
    "round": _HALF,
    "expint": "Ei",
    "cyl_bessel_j": "besselj",
    "cyl_neumann": "bessely",
    "cyl_bessel_i": "besseli",
    "cyl_bessel_k": "besselk",
    "sph_bessel": "jn",
    "riemann_zeta": "zeta",
    "comp_ellint_1": "!it takes the modulus: write elliptic_k(k^2)",
    "comp_ellint_2": "!it takes the modulus: write elliptic_e(k^2)",
}
_MATH = {**_VECTORS, "remainder": "ieee_remainder", "fabs": "abs"}
_LAYERS_OF_CLASSES = {
    "Softmax": "softmax",
    "Softmin": "softmin",
    "LogSoftmax": "log_softmax",
    "CrossEntropyLoss": "cross_entropy",
    "NLLLoss": "nll_loss",
    "KLDivLoss": "kl_div",
    "PoissonNLLLoss": "poisson_nll_loss",
    "SoftMarginLoss": "soft_margin_loss",
}
_GIVING = {
    **{layer: _TORCH[name] for layer, name in _LAYERS_OF_CLASSES.items()},
    **{name: f"!it gives a function: write `nn.{name}()({'x, y' if name in LOSSES else 'x'})`" for name in LAYERS},
}
_BESSEL = {f"bessel{kind}{order}": f"{kind}{order}" for kind in "jyik" for order in (0, 1)}
# What a module calls a function, by the kind of module. Those of `folded` ones are looked for in small letters.
DIALECTS: dict[str, dict[str, str]] = {
    "numpy": _NUMPY,
    "torch": _TORCH,
    "jax": {**_NUMPY, **_GIVING, "gelu": "gelu_tanh", "hard_tanh": "hardtanh", "hard_sigmoid": "hardsigmoid",
            **dict.fromkeys(("hard_swish", "hard_silu"), "hardswish"), "soft_sign": "softsign",
            "log_sigmoid": "logsigmoid"},
    "layers": _GIVING,
    "tensorflow": {**_NUMPY, "leaky_relu": "leaky_relu of tensorflow", "log_sigmoid": "logsigmoid",
                   "reduce_sum": _VECTOR, "reduce_mean": _VECTOR},
    "scipy": _SCIPY,
    "sympy": {"diff": "diff", "Derivative": "diff", "Rational": "quotient of", "S": "value of",
              "Integer": "value of", "Float": "value of",
              "root": "principal root", "cbrt": "principal root", "Add": "sum", "Mul": "prod"},
    "math": _MATH,
    "c": _C,
    "javascript": {**_OPERATIONS, "round": _HALF, "fround": "value of"},
    "root": {"lngamma": "loggamma", "freq": "ndtr", "erfinverse": "erfinv", "erfcinverse": "erfcinv",
             "sq": "square", "gaus": "gaus of ROOT", **_BESSEL},
    "normal": {"cdf": "ndtr", "pdf": "norm_pdf", "ppf": "ndtri", "logcdf": "log_ndtr"},
}  # fmt: skip
FOLDED = frozenset({"javascript", "root"})
# Dialects in which `%` has the sign of the left side.
DIVIDEND = frozenset({"c", "javascript", "root"})

_PATHS = {
    "numpy": "np numpy jnp jax.numpy cp xp onp anp",
    "torch": "torch torch.special torch.nn.functional nn.functional F",
    "layers": "torch.nn",
    "jax": "jax.nn nn",
    "tensorflow": "tf tf.math tf.nn tf.keras.activations keras.activations",
    "scipy": "scipy.special special sc jax.scipy.special jsp.special sp.special",
    "sympy": "sp sympy sy sym smp",
    "math": "math cmath",
    "c": "std",
    "javascript": "Math",
    "root": "TMath",
    "normal": "norm stats.norm scipy.stats.norm jax.scipy.stats.norm",
}
MODULES = {path: dialect for dialect, paths in _PATHS.items() for path in paths.split()}

_PLAIN_CONSTANTS = {"pi": "pi", "e": "e", "tau": "tau", "inf": "inf"}
_JAVASCRIPT = {"PI": "pi", "E": "e", "LN2": "log(2)", "LN10": "log(10)", "SQRT2": "sqrt(2)", "SQRT1_2": "sqrt(1/2)",
               "LOG2E": "log2(e)", "LOG10E": "log10(e)"}  # fmt: skip
_ROOT = {"Pi": "pi", "E": "e", "TwoPi": "(2*pi)", "PiOver2": "(pi/2)", "DegToRad": "(pi/180)", "RadToDeg": "(180/pi)",
         "Sqrt2": "sqrt(2)", "Ln10": "log(10)", "LogE": "log10(e)"}  # fmt: skip
# The constants of a module, each as it is written here.
CONSTANTS: dict[str, dict[str, str]] = {
    **dict.fromkeys(DIALECTS, _PLAIN_CONSTANTS),
    "sympy": {"pi": "pi", "E": "e", "oo": "inf", "Exp1": "e"},
    "javascript": _JAVASCRIPT,
    "root": _ROOT,
    "c": {
        **_PLAIN_CONSTANTS,
        "numbers.pi": "pi",
        "numbers.e": "e",
        "numbers.ln2": "log(2)",
        "numbers.sqrt2": "sqrt(2)",
    },
    "normal": {},
}


def elsewhere(name: str) -> str | None:
    """Return what is written here for a function or a layer of torch that stands without its module; None for others.

    Where it has a name here that is what is said, and else why there is none.
    """
    meant = _TORCH.get(name) or _GIVING.get(name) if len(name) > _SHORTEST else None
    if meant is None or meant.startswith("!"):
        return meant and meant[1:]
    return f"write `{EQUIVALENTS[meant].shown}`" if meant in EQUIVALENTS else f"write `{meant}(...)`"


# Methods of tensors and of numbers (Rust): what is called behind a dot. The others are those of torch.
_UNTRACKED = dict.fromkeys(("detach", "data"), "!it takes the gradient away: leave it out")
METHODS = {**_TORCH, **_UNTRACKED, "powi": "pow", "powf": "pow", "ln": "log", "diff": "diff"}
