"""Names from elsewhere that mean one thing, `dexp` of Fortran, `M_PI`, and functions that are an operation of ours.

Functions with a blank in their name cannot be typed: the readers of foreign notations put them in the place of others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from derivcli.language.tree import NUMBER, PIECEWISE, Node

if TYPE_CHECKING:
    from collections.abc import Callable

    from derivcli.errors import Span

_DOUBLE = "exp sqrt log log10 sin cos tan asin acos atan atan2 sinh cosh tanh abs erf erfc gamma"
_SINGLE = (
    "exp exp2 sqrt cbrt log log2 log10 log1p expm1 sin cos tan asin acos atan atan2 sinh cosh tanh abs erf erfc pow"
)
_FORTRAN = {
    **{f"d{name}": name for name in _DOUBLE.split()},
    "alog": "log",
    "alog10": "log10",
    **dict.fromkeys(("dmax1", "amax1"), "max"),
    **dict.fromkeys(("dmin1", "amin1"), "min"),
    **dict.fromkeys(("dint", "aint"), "trunc"),
    **dict.fromkeys(("dmod", "amod"), "fmod"),
    **dict.fromkeys(("dble", "sngl", "dfloat", "float", "double", "real"), "value of"),
    "dlgama": "loggamma",
}
# What libraries call them as well.
SAME = {"absolute": "abs", "rint": "round", "fmax": "max", "fmin": "min"}
_CHOICES = dict.fromkeys(("if", "ifelse", "iif", "if_else", "cond", "ifthenelse", "wenn"), "where")
# Names in schools of other languages, beside the aliases of the catalogue.
_HYPERBOLIC = {"sh": "sinh", "ch": "cosh", "th": "tanh"}
_OTHER_LANGUAGES = {
    **dict.fromkeys(("raiz", "wurzel", "racine", "radice"), "sqrt"),
    "betrag": "abs",
    **dict.fromkeys(("potenz", "potencia", "puissance"), "pow"),
    "ld": "log2",
    **{f"{arc}{short}": f"a{name}" for arc in ("arg", "arc") for short, name in _HYPERBOLIC.items()},
}
# Called ones, in small letters; in other letters they mean the same.
CALLED = {
    **{f"{name}f": name for name in _SINGLE.split()},
    **_FORTRAN,
    **_CHOICES,
    "select": "where not 0",
    **SAME,
    "normsdist": "ndtr",
    "normsinv": "ndtri",
    "fact": "factorial",
    "log_sum_exp": "logsumexp",
    "arctangent": "atan",
    **_OTHER_LANGUAGES,
}
CONSTANTS = {
    **dict.fromkeys(("Pi", "PI", "M_PI"), "pi"),
    "M_E": "e",
    "M_PI_2": "(pi/2)",
    "M_PI_4": "(pi/4)",
    "M_1_PI": "(1/pi)",
    "M_2_PI": "(2/pi)",
    "M_2_SQRTPI": "(2/sqrt(pi))",
    "M_SQRT2": "sqrt(2)",
    "M_SQRT1_2": "sqrt(1/2)",
    "M_LN2": "log(2)",
    "M_LN10": "log(10)",
}
# Names with a meaning that some do not expect.
SAID = {
    "LOG": "`LOG` is the natural logarithm here; log10(x) is the common one",
    "remainder": "`remainder(x, y)` has the sign of y, as in Python; ieee_remainder(x, y) is the one of C",
}
DEGREES = frozenset({"deg", "degree", "degrees"})
# Names that lead to a reader of their own.
WORDS = DEGREES | {"if", "else", "mod", "lambda", "function", "def", "return", "const", "let", "var", "log_"}
# Words of a formula in English: the others stand beside one of these.
_SPOKEN = """
    squared cubed plus minus times over divided multiplied raised to of base twice negative
    sine cosine tangent secant cosecant cotangent natural absolute
"""
SPOKEN = frozenset(_SPOKEN.split())
# Numbers in words, which are read in such a formula and are variables nowhere.
_FROM_ZERO = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS = frozenset(_TENS.split())
DIGITS = frozenset(_FROM_ZERO.split()[1:10])
NUMERALS = {
    **{word: str(n) for n, word in enumerate(_FROM_ZERO.split())},
    **{word: str(n) for n, word in zip(range(20, 100, 10), _TENS.split(), strict=True)},
    "half": "0.5",
}
# What stands before these with a per cent sign: `%pi` of Maxima.
PER_CENT = frozenset({"pi", "e", "inf"})
# Mathematica's names, where they mean something else than ours in its letters, or nothing.
MATHEMATICA = {
    "Log": "base first log",
    "ArcTan": "x first ArcTan",
    "Power": "pow",
    "Plus": "sum",
    "Times": "prod",
    "Surd": "root",
    "CubeRoot": "cbrt",
    "UnitStep": "step",
    "HeavisideTheta": "heaviside",
    "FractionalPart": "fraction with its sign",
    "IntegerPart": "trunc",
    "ProductLog": "branch first LambertW",
    "LogisticSigmoid": "sigmoid",
    "Ramp": "relu",
    "If": "where",
    "InverseErf": "erfinv",
    "InverseErfc": "erfcinv",
    "DawsonF": "dawson",
    "SinIntegral": "Si",
    "CosIntegral": "Ci",
    "SinhIntegral": "Shi",
    "CoshIntegral": "Chi",
    "ExpIntegralEi": "Ei",
    "ExpIntegralE": "expint",
    "LogIntegral": "li",
    "LegendreP": "legendre",
    "HermiteH": "hermite",
    "LaguerreL": "laguerre",
    "GegenbauerC": "gegenbauer",
    "JacobiP": "jacobi",
    "EllipticK": "elliptic_k",
    "EllipticE": "elliptic_e",
    "EllipticF": "elliptic_f",
    "Hypergeometric1F1": "hyp1f1",
    "Hypergeometric2F1": "hyp2f1",
    "HarmonicNumber": "harmonic",
    "SphericalBesselJ": "jn",
    "SphericalBesselY": "yn",
    "AiryAi": "airyai",
    "AiryBi": "airybi",
}
# Spreadsheets': the logarithm is to the base 10, the angle takes x first.
SPREADSHEET = {
    "LOG": "spreadsheet log",
    "ATAN2": "x first atan2",
    "INT": "floor",
    "COMBIN": "binomial",
    **dict.fromkeys(("WENN", "SI", "SE"), "where"),
    **dict.fromkeys(("POTENZ", "POTENCIA", "PUISSANCE"), "pow"),
}


class Equivalent(NamedTuple):
    """What a function from elsewhere is here: how many arguments it takes, how it is written, and what it becomes."""

    least: int
    most: int
    shown: str
    build: Callable[[tuple[Node, ...], Span], Node]


def _operation(op: str, shown: str) -> Equivalent:
    return Equivalent(2, 2, shown, lambda args, span: Node(op, args, span=span))


def _swapped(name: str, shown: str, least: int = 2) -> Equivalent:
    return Equivalent(least, 2, shown, lambda args, span: Node(name, args[::-1], span=span))


def _one(op: str, shown: str) -> Equivalent:
    return Equivalent(1, 1, shown, lambda args, span: Node(op, args, span=span))


def _number(text: str, span: Span) -> Node:
    return Node(NUMBER, text=text, span=span)


def _difference(args: tuple[Node, ...], span: Span) -> Node:
    return Node("add", (args[0], Node("neg", (args[1],), span=args[1].span)), span=span)


def _inverse(args: tuple[Node, ...], span: Span) -> Node:
    return Node("div", (_number("1", span), args[0]), span=span)


def _principal_root(args: tuple[Node, ...], span: Span) -> Node:
    degree = args[1] if len(args) > 1 else _number("3", span)
    return Node("pow", (args[0], Node("div", (_number("1", span), degree), span=degree.span)), span=span)


def _choice(args: tuple[Node, ...], span: Span) -> Node:
    condition = args[0]
    if not condition.is_condition:
        condition = Node("ne", (condition, _number("0", span)), span=condition.span)
    return Node(PIECEWISE, (args[1], condition, args[2]), span=span)


def _spreadsheet_log(args: tuple[Node, ...], span: Span) -> Node:
    return Node("log10" if len(args) == 1 else "log", args, span=span)


def _leaky_relu(args: tuple[Node, ...], span: Span) -> Node:
    return Node("leaky_relu", args if len(args) > 1 else (*args, _number("0.2", span)), span=span)


def _softplus(args: tuple[Node, ...], span: Span) -> Node:
    x, *beta = args
    found = Node("softplus", (Node("mul", (*beta, x), span=span) if beta else x,), span=span)
    return Node("div", (found, *beta), span=span) if beta else found


def _huber(args: tuple[Node, ...], span: Span) -> Node:
    return Node("huber", (_difference(args[:2], span), *args[2:]), span=span)


def _smooth(args: tuple[Node, ...], span: Span) -> Node:
    """Return the smooth absolute error of torch: huber(x - y, b)/b."""
    loss = _huber(args, span)
    return Node("div", (loss, args[2]), span=span) if len(args) > 2 else loss


def _cross_entropy(args: tuple[Node, ...], span: Span) -> Node:
    """Return -(y*log(p) + (1 - y)*log(1 - p))."""
    one = _number("1", span)
    terms = [(y, Node("log", (p,), span=span)) for p, y in (args, tuple(_difference((one, a), span) for a in args))]
    return Node("neg", (Node("add", tuple(Node("mul", term, span=span) for term in terms), span=span),), span=span)


def _of_logit(args: tuple[Node, ...], span: Span) -> Node:
    """Return softplus(x) - x*y, the cross entropy of sigmoid(x)."""
    return _difference((Node("softplus", args[:1], span=span), Node("mul", args, span=span)), span)


def _threshold(args: tuple[Node, ...], span: Span) -> Node:
    x, limit, value = args
    return Node(PIECEWISE, (x, Node("gt", (x, limit), span=span), value), span=span)


def _weighted(args: tuple[Node, ...], span: Span) -> Node:
    x, y, weight = args
    return Node("add", (x, Node("mul", (weight, _difference((y, x), span)), span=span)), span=span)


def _bell(args: tuple[Node, ...], span: Span) -> Node:
    """Return exp(-((x - m)/s)^2/2), which is not normalized."""
    x, *rest = args
    shifted = _difference((x, rest[0]), span) if rest else x
    scaled = Node("div", (shifted, rest[1]), span=span) if len(rest) > 1 else shifted
    square = Node("pow", (scaled, _number("2", span)), span=span)
    half = Node("div", (Node("neg", (square,), span=span), _number("2", span)), span=span)
    return Node("exp", (half,), span=span)


WHERE_NOT_0 = "where not 0"
_POWER = _operation("pow", "x^y")
EQUIVALENTS = {
    "pow": _POWER,
    "power": _POWER,
    "sum of": Equivalent(2, 2, "x + y", lambda args, span: Node("add", args, span=span)),
    "difference of": Equivalent(2, 2, "x - y", _difference),
    "product of": Equivalent(2, 2, "x*y", lambda args, span: Node("mul", args, span=span)),
    "quotient of": _operation("div", "x/y"),
    "minus of": _one("neg", "-x"),
    "inverse of": Equivalent(1, 1, "1/x", _inverse),
    "value of": Equivalent(1, 1, "x", lambda args, _span: args[0]),
    "absolute difference": Equivalent(
        2, 2, "abs(x - y)", lambda args, span: Node("abs", (_difference(args, span),), span=span)
    ),
    "huber of a difference": Equivalent(2, 3, "huber(x - y, a)", _huber),
    "smooth absolute difference": Equivalent(2, 3, "huber(x - y, a)/a", _smooth),
    "leaky_relu of tensorflow": Equivalent(1, 2, "leaky_relu(x, a)", _leaky_relu),
    "softplus of torch": Equivalent(1, 2, "softplus(a*x)/a", _softplus),
    "threshold of torch": Equivalent(3, 3, "where(x > a, x, b)", _threshold),
    "weighted mean of": Equivalent(3, 3, "x + w*(y - x)", _weighted),
    "cross entropy": Equivalent(2, 2, "-(y*log(p) + (1 - y)*log(1 - p))", _cross_entropy),
    "cross entropy of a logit": Equivalent(2, 2, "softplus(x) - x*y", _of_logit),
    WHERE_NOT_0: Equivalent(3, 3, "where(x != 0, a, b)", _choice),
    "spreadsheet log": Equivalent(1, 2, "log(x, b)", _spreadsheet_log),
    "base first log": Equivalent(1, 2, "log(x, b)", lambda args, span: Node("log", args[::-1], span=span)),
    "x first atan2": _swapped("atan2", "atan2(y, x)"),
    "x first ArcTan": Equivalent(
        1, 2, "atan2(y, x)", lambda args, span: Node(("atan", "atan2")[len(args) - 1], args[::-1], span=span)
    ),
    "width first huber": _swapped("huber", "huber(x, a)"),
    "branch first LambertW": _swapped("LambertW", "LambertW(x, k)", least=1),
    "gaus of ROOT": Equivalent(1, 3, "exp(-((x - m)/s)^2/2)", _bell),
    "fraction with its sign": Equivalent(
        1, 1, "fmod(x, 1)", lambda args, span: Node("fmod", (args[0], _number("1", span)), span=span)
    ),
    "principal root": Equivalent(1, 2, "x^(1/n)", _principal_root),
}
