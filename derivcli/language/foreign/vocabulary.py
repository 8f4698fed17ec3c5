"""Names from elsewhere that mean one thing: `dexp` of Fortran, `expf` of C, `ifelse` of R, `M_PI`, `PI()`."""

from __future__ import annotations

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
_CHOICES = dict.fromkeys(("if", "ifelse", "iif", "if_else", "cond", "ifthenelse"), "where")
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
SPREADSHEET = {"LOG": "spreadsheet log", "ATAN2": "x first atan2", "INT": "floor"}
