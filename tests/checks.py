"""The one numeric checker: every witness's derivatives, held against each other and against mpmath's own functions.

The outside reference is `mpmath.diff`, a central difference, of mpmath's function (or of the textbook formula written
with mpmath's functions where it has none) at 60 digits. It shares no code with derivcli.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mpmath import mp, mpf
from mpmath.libmp import to_rational

from derivcli.language import catalogue
from derivcli.language.parser import parse
from derivcli.language.program import Program, compile_tree
from derivcli.language.tree import NUMBER, PIECEWISE, VARIABLE, Node
from derivcli.witnesses.autograd import Lambda
from derivcli.witnesses.balls import Ball
from derivcli.witnesses.precise import Machine
from derivcli.witnesses.symbolic import Differentiator, via_sympy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

DIGITS = 60
RTOL, ATOL = 1e-9, 1e-12  # of float64, as in the verdicts
_LARGEST = 4_000  # bits of the exponent
PRECISE = mpf(10) ** -30  # of everything that has more digits

# mpmath's own function, or the textbook formula in mpmath's functions.
REFERENCES: dict[str, Callable[..., Any]] = {
    **{name: getattr(mp, name) for name in ("sin", "cos", "tan", "sec", "csc", "cot", "sinc")},
    **{name: getattr(mp, name) for name in ("asin", "acos", "atan", "asec", "acsc")},
    **{name: getattr(mp, name) for name in ("sinh", "cosh", "tanh", "sech", "csch", "coth")},
    **{name: getattr(mp, name) for name in ("asinh", "acosh", "atanh")},
    **{name: getattr(mp, name) for name in ("exp", "expm1", "log", "log10", "log1p", "sqrt", "hypot")},
    **{name: getattr(mp, name) for name in ("sign", "floor", "ceil", "frac", "erf", "erfc", "gamma")},
    **{name: getattr(mp, name) for name in ("digamma", "factorial")},
    "acot": lambda x: mp.atan(1 / x),
    "atan2": lambda y, x: mp.atan2(y, x) if x or y else mp.nan,
    "asech": lambda x: mp.acosh(1 / x),
    "acsch": lambda x: mp.asinh(1 / x),
    "acoth": lambda x: mp.atanh(1 / x),
    "exp2": lambda x: mpf(2) ** x,
    "log2": lambda x: mp.log(x, 2),
    "cbrt": lambda x: mp.sign(x) * mp.cbrt(abs(x)),
    "root": lambda x, n: mp.sign(x) * abs(x) ** (1 / mpf(n)) if x >= 0 or n % 2 == 1 else mp.nan,
    "abs": abs,
    "round": mp.nint,
    "mod": lambda x, y: x - y * mp.floor(x / y),
    "floordiv": lambda x, y: mp.floor(x / y),
    "max": max,
    "min": min,
    "clamp": lambda x, a, b: min(max(x, a), b),
    "heaviside": lambda x: (1 + mp.sign(x)) / 2,
    "relu": lambda x: max(x, mpf(0)),
    "sigmoid": lambda x: mp.exp(x) / (1 + mp.exp(x)),
    "softplus": lambda x: mp.log1p(mp.exp(x)),
    "loggamma": lambda x: mp.log(abs(mp.gamma(x))),
    "polygamma": lambda n, x: mp.psi(int(n), x) if n == int(n) else mp.nan,
}

# Arguments inside the domain of each row, none at a kink, as decimals.
POINTS: dict[str, tuple[tuple[str, ...], ...]] = {
    **dict.fromkeys(("sin", "cos", "tan", "sec", "csc", "cot", "sinc"), (("0.7",), ("-2.3",), ("10.25",))),
    **dict.fromkeys(("asin", "acos", "atanh"), (("0.3",), ("-0.85",), ("0.99",))),
    **dict.fromkeys(("atan", "asinh", "sinh", "cosh", "tanh", "sech"), (("0",), ("0.4",), ("-3.5",))),
    **dict.fromkeys(("csch", "coth", "acsch", "acot"), (("0.4",), ("-3.5",), ("1.75",))),
    **dict.fromkeys(("asec", "acsc", "acoth"), (("1.5",), ("-4",), ("30",))),
    **dict.fromkeys(("acosh",), (("1.5",), ("4",), ("300",))),
    **dict.fromkeys(("asech",), (("0.2",), ("0.5",), ("0.9",))),
    **dict.fromkeys(("exp", "exp2", "expm1", "softplus"), (("0",), ("1e-9",), ("-2.5",), ("25",))),
    "sigmoid": (("0",), ("1.5",), ("-30",)),
    **dict.fromkeys(("log", "log2", "log10", "sqrt"), (("0.01",), ("2.5",), ("1e6",))),
    "log1p": (("1e-9",), ("-0.75",), ("40",)),
    "cbrt": (("8",), ("-0.3",), ("1e6",)),
    "root": (("5", "3"), ("0.2", "2.5"), ("7", "-2")),
    "hypot": (("3", "4"), ("-0.5", "1e-3"), ("0", "2")),
    "atan2": (("1", "2"), ("-3", "-0.5"), ("0.25", "-2")),
    **dict.fromkeys(("abs", "sign", "heaviside", "relu", "frac"), (("0.7",), ("-2.3",), ("10.25",))),
    **dict.fromkeys(("floor", "ceil", "round"), (("0.7",), ("-2.3",), ("10.25",))),
    **dict.fromkeys(("mod", "floordiv"), (("7.5", "2"), ("-7.5", "2"), ("7.5", "-2"), ("0.3", "0.25"))),
    **dict.fromkeys(("max", "min"), (("1", "2"), ("2", "-1"), ("0.5", "0.25"))),
    "clamp": (("0.5", "0", "1"), ("-2", "0", "1"), ("3", "0", "1")),
    **dict.fromkeys(("erf", "erfc"), (("0.5",), ("-1.25",), ("3",))),
    **dict.fromkeys(("gamma", "loggamma", "digamma"), (("0.5",), ("4",), ("-1.5",), ("20.25",))),
    "factorial": (("3",), ("0.5",), ("-1.25",)),
    "polygamma": (("0", "2.5"), ("1", "0.75"), ("3", "6")),
}

# Parameters without a derivative: orders.
WITHOUT_SLOPE = {("polygamma", "n")}


def program_of(text: str) -> Program:
    """Return the program of an expression in which every name is a variable."""
    return compile_tree(parse(text).tree)


def row_program(name: str) -> Program:
    """Return the program of a row of the catalogue applied to its parameters."""
    row = catalogue.FUNCTIONS[name]
    count = max(row.least, min(len(row.parameters), row.most or len(row.parameters)))
    parameters = row.parameters[: count if name != "log" else 1]
    return compile_tree(Node(name, tuple(Node(VARIABLE, text=p) for p in parameters)))


def check_row(name: str, arguments: Sequence[str], orders: Sequence[int] = (1, 2)) -> None:
    """Hold all witnesses against mpmath's own function at one point: the value and the pure partial derivatives."""
    program = row_program(name)
    point = dict(zip(program.variables, map(mpf, arguments), strict=True))
    exact = dict(zip(program.variables, arguments, strict=True))
    for variable in program.variables:
        slopes = [] if (name, variable) in WITHOUT_SLOPE else list(orders)
        check(program, REFERENCES[name], point, exact, variable, [0, *slopes])


def check(
    program: Program,
    function: Callable[..., Any],
    point: Mapping[str, Any],
    exact: Mapping[str, str],
    variable: str,
    orders: Sequence[int],
) -> None:
    """Compare torch, the mpmath column and sympy with the central difference of `function` in one variable."""
    for order in orders:
        truth = central_difference(function, point, variable, order)
        torch_says = torch_derivative(program, {name: float(text) for name, text in exact.items()}, variable, order)
        label = f"order {order} in {variable} at {dict(exact)}"
        assert near(torch_says, truth, RTOL, ATOL), f"torch, {label}: {torch_says}, not {truth}"
        column = central_difference(_column(program), point, variable, order)
        assert near(column, truth, PRECISE, PRECISE), f"mpmath, {label}: {column}, not {truth}"
        symbolic = symbolic_derivative(program, point, variable, order)
        assert near(symbolic, truth, PRECISE, PRECISE), f"sympy, {label}: {symbolic}, not {truth}"


def near(number: Any, truth: Any, rtol: Any, atol: Any) -> bool:
    """Tell whether a number is within `rtol` of the truth, or within `atol` where that is 0."""
    bound = rtol * abs(truth) if abs(truth) > mpf(10) ** -40 else atol
    return bool(abs(number - truth) <= bound)


def central_difference(function: Callable[..., Any], point: Mapping[str, Any], variable: str, order: int) -> Any:
    """Return a derivative of an mpmath function as `mpmath.diff` sees it at 60 digits."""
    with mp.workdps(DIGITS):
        exact = {name: mpf(str(value)) for name, value in point.items()}
        return mp.diff(lambda moved: function(*({**exact, variable: moved}).values()), exact[variable], order)


def torch_derivative(program: Program, point: Mapping[str, float], variable: str, order: int) -> float:
    """Return a derivative as torch's autograd sees it, the second one by differentiating twice."""
    import torch  # after `autograd` has, which keeps it quiet

    batch = {name: torch.tensor([value], dtype=torch.float64) for name, value in point.items()}
    batch[variable].requires_grad_()
    result = Lambda(program)(batch)
    for _ in range(order):
        if not result.requires_grad:
            return 0.0
        (slope,) = torch.autograd.grad(result.sum(), batch[variable], create_graph=True, allow_unused=True)
        result = torch.zeros_like(result) if slope is None else slope
    return result.item()


def symbolic_derivative(program: Program, point: Mapping[str, Any], variable: str, order: int) -> Any:
    """Return a derivative as sympy finds it, evaluated by mpmath."""
    found: Program | None = via_sympy(program)
    for _ in range(order):
        assert found is not None
        found = Differentiator(found).derivative(variable)
    assert found is not None, f"sympy knows no derivative in {variable}"
    with mp.workdps(DIGITS):
        return _number(Machine(found).values({name: exactly(mpf(str(value))) for name, value in point.items()})[-1])


def evaluate(node: Node, point: Mapping[str, Any]) -> Any:
    """Return the value of a tree by mpmath's own functions; whatever mpmath raises leaves this function."""
    if node.op == NUMBER:
        return mpf(node.text)
    if node.op == VARIABLE:
        return mpf(point[node.text])
    if node.op == PIECEWISE:
        for value, condition in zip(node.args[::2], node.args[1::2], strict=False):
            if evaluate(condition, point):
                return evaluate(value, point)
        return evaluate(node.args[-1], point) if len(node.args) % 2 else mp.nan
    return _no_infinity(_OPERATIONS[node.op])(*(evaluate(arg, point) for arg in node.args))


def _power(x: Any, y: Any) -> Any:
    if x == 0 and y < 0:
        raise ZeroDivisionError
    return x ** int(y) if y == int(y) else x**y


def _no_infinity(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function with results that are complex, infinite or not a number refused."""

    def real(*args: Any) -> Any:
        result = function(*args)
        if not isinstance(result, bool) and not (isinstance(result, mpf) and mp.isfinite(result)):
            raise ValueError
        if not isinstance(result, bool) and result and abs(mp.mag(result)) > _LARGEST:
            raise OverflowError  # before a function of it takes for ever
        return result

    return real


_OPERATIONS: dict[str, Callable[..., Any]] = {
    **REFERENCES,
    "add": lambda *args: mp.fsum(args),
    "mul": lambda *args: mp.fprod(args),
    "neg": lambda x: -x,
    "div": lambda x, y: x / y,
    "pow": _power,
    "pi": lambda: +mp.pi,
    "e": lambda: +mp.e,
    "tau": lambda: 2 * mp.pi,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "and": lambda *args: all(args),
    "or": lambda *args: any(args),
    "not": lambda arg: not arg,
    "true": lambda: True,
    "false": lambda: False,
}


def _column(program: Program) -> Callable[..., Any]:
    """Return the mpmath column as a function of the variables."""
    machine = Machine(program)
    return lambda *args: _number(machine.values(dict(zip(program.variables, map(exactly, args), strict=True)))[-1])


def exactly(number: Any) -> Fraction:
    """Return the rational that an mpf is."""
    return Fraction(*to_rational(mpf(number)._mpf_))


def _number(value: Any) -> Any:
    """Return a number in a form that mpmath can compute with."""
    if isinstance(value, Ball):
        return value.middle
    return mpf(value.numerator) / value.denominator if isinstance(value, Fraction) else value
